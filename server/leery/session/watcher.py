"""Sees files change outside the editor, and records the changes that an open document does not follow.

Must not change texts: what a buffer holds, the client alone says. A change that the client takes over is seen as an
edit and attributed there; one that it does not is a gap in what Leery knows.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leery.document import path_to_uri
from leery.log.entry import now
from leery.provenance.vcs import decode
from leery.provenance.watch import FileEvent, GitEvent, WatchLimit, watch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from leery.session.session import Session

_PATIENCE = 1.5
"""Seconds a client gets to take over what was written outside."""


class Watcher:
    """The session's eyes on the disk.

    Args:
        session: has the open documents.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._folders: set[Path] = set()
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._looking: set[str] = set()

    def add(self, folder: Path) -> None:
        """See what happens below a folder."""
        self._folders.add(folder)
        self._restart()

    def remove(self, folder: Path) -> None:
        """A folder is of no interest any more."""
        self._folders.discard(folder)
        self._restart()

    def changed(self, paths: Iterable[Path]) -> None:
        """Files were written, by whomever."""
        paths = list(paths)
        self._session.stock.changed(paths)
        for path in paths:
            uri = path_to_uri(path)
            if uri in self._session.documents.buffers and uri not in self._looking:
                self._looking.add(uri)
                self._session.background(self._look(uri, path, now()))

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _restart(self) -> None:
        self._stop.set()
        self._stop = asyncio.Event()
        if self._folders:
            self._task = self._session.background(self._watch(frozenset(self._folders), self._stop))

    async def _watch(self, folders: frozenset[Path], stop: asyncio.Event) -> None:
        async for events in watch(folders, stop):
            for event in events:
                if isinstance(event, WatchLimit):
                    self._session.listener.tell(event.message)
                elif isinstance(event, GitEvent):
                    self._session.keeper.git_changed(event.root)
            self.changed(event.path for event in events if isinstance(event, FileEvent))

    async def _look(self, uri: str, path: Path, since: str) -> None:
        """Give the client time to follow; if the buffer then differs from a file it did not write, say so."""
        await asyncio.sleep(_PATIENCE)
        self._looking.discard(uri)
        buffer = self._session.documents.buffers.get(uri)
        if buffer is None or buffer.saved:
            return
        content = await asyncio.to_thread(_read, path)
        if content is not None and content != str(buffer.text) and not buffer.saved:
            buffer.workspace.gap(what="changed-unseen", file=buffer.name, since=since)


def _read(path: Path) -> str | None:
    try:
        return decode(path.read_bytes())
    except OSError:
        return None
