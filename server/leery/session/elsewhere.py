"""Learns shortly what people decide elsewhere: reviews in a terminal, reviews and suppressions in another editor.

The log and the tracker's state are asked every second, in a thread, for what other processes have written; that takes
less than a millisecond while there is nothing. Must not judge decisions.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from leery.log.reader import LogUnreadableError

if TYPE_CHECKING:
    from leery.log.reader import Record
    from leery.provenance.workspace import Snapshot
    from leery.session.session import Session
    from leery.session.workspace import Workspace

_logger = logging.getLogger(__name__)

_PAUSE = 1.0
"""Seconds between two questions."""


class Elsewhere:
    """The session's eye on what others write about its workspaces.

    Args:
        session: has open documents.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        session.background(self._run())

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            for workspace in tuple(self._session.workspaces.values()):
                try:
                    await self._look(workspace)
                except Exception:
                    _logger.exception("what others decided could not be taken in")  # the next may be

    async def _look(self, workspace: Workspace) -> None:
        uris = [buffer.uri for buffer in self._session.documents.of_workspace(workspace)]
        if uris:
            self._take(workspace, *await asyncio.to_thread(_news, workspace, uris))

    def _take(self, workspace: Workspace, decisions: list[Record], snapshots: list[Snapshot]) -> None:
        for snapshot in snapshots:
            self._session.keeper.decided(snapshot)
        for (file, fingerprint), hidden in workspace.take(decisions).items():
            for buffer in self._session.documents.of_workspace(workspace):
                if buffer.name == file:
                    if hidden:
                        self._session.keeper.recorder.will_close(buffer, fingerprint, "suppressed")
                    self._session.viewer.refresh(self._session.documents.target_of(buffer.uri))


def _news(workspace: Workspace, uris: list[str]) -> tuple[list[Record], list[Snapshot]]:
    snapshots = workspace.store.advanced(uris)
    try:
        return workspace.new_decisions(), snapshots
    except LogUnreadableError:  # whoever reads the log for something else says so
        return [], snapshots
