"""Says once a day, and writes into the log, that too many of the last days' insertions were insecure.

The log is asked in a thread, when a workspace is loaded and after what was found has been logged. Must not judge single
findings.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from leery.log.entry import format_time
from leery.log.reader import LogUnreadableError
from leery.log.stats import stats

if TYPE_CHECKING:
    from leery.log.stats import Stats
    from leery.session.session import Session
    from leery.session.workspace import Workspace

FEWEST = 5
"""Of fewer insertions a share says nothing."""
_PAUSE = 30.0
"""Seconds between two looks at one log."""
_SETTLED = 0.5
"""Seconds in which what is to be counted gets into the log."""


class Alarm:
    """The session's alarm.

    Args:
        session: has workspaces and a listener.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: dict[int, str] = {}
        self._next: dict[int, float] = {}
        self._waiting: set[int] = set()

    def consider(self, workspace: Workspace) -> None:
        """There may be more in a workspace's log; returns at once."""
        key = id(workspace)
        if key not in self._waiting and self._told.get(key) != _today() and workspace.config.alert_threshold < 100:
            self._waiting.add(key)
            self._session.background(self._look(workspace))

    async def _look(self, workspace: Workspace) -> None:
        key, clock = id(workspace), asyncio.get_running_loop().time
        await asyncio.sleep(max(self._next.get(key, 0.0) - clock(), _SETTLED))
        self._waiting.discard(key)
        self._next[key] = clock() + _PAUSE
        try:
            found = await asyncio.to_thread(_window, workspace)
        except LogUnreadableError:
            return  # whoever reads the log for something else says so
        total, threshold = found.total, workspace.config.alert_threshold
        if total.insertions >= FEWEST and total.exceeds(threshold):
            self._told[key] = _today()
            self._raise(workspace, found, threshold)

    def _raise(self, workspace: Workspace, found: Stats, threshold: int) -> None:
        total, days = found.total, workspace.config.alert_window
        share = f"{total.insecure} of {total.insertions} insertions ({total.rate:.0%})"
        self._session.listener.tell(
            f"{share} of the last {days} days in {workspace.root.name} had security findings;"
            f" the limit is {threshold} % ({_today()}). `leery stats` says which assistants and models."
        )
        detail = f"{total.insecure} of {total.insertions}, limit {threshold} %"
        workspace.gap(what="alert", since=found.since, until=found.until, count=total.insecure, detail=detail)


def _window(workspace: Workspace) -> Stats:
    now = datetime.now(timezone.utc)
    since = now - timedelta(days=workspace.config.alert_window)
    return stats(workspace.reader, format_time(since), format_time(now))


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()
