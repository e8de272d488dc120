"""Says once a day, and writes into the log, that too many of the last days' insertions were insecure.

The log is asked in a thread: once a workspace is loaded and the engines are there, and after what was found has been
logged. A look takes in what is new since the one before, and the pause after it is many times as long as it took. Must
not judge single findings.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from leery.log.entry import format_time
from leery.log.reader import LogUnreadableError

if TYPE_CHECKING:
    from leery.log.reader import LogReader
    from leery.log.stats import Share
    from leery.log.window import Window
    from leery.session.session import Session
    from leery.session.workspace import Workspace

FEWEST = 5
"""Of fewer insertions a share says nothing."""
_PAUSE = 30.0
"""Seconds between two looks at one log, at least."""
_SHARE = 100
"""So many times as long as a look took is the pause after it."""
_SETTLED = 0.5
"""Seconds in which what is to be counted gets into the log."""


@dataclass(slots=True)
class _Watched:
    """A workspace's log, when the next look at it may begin, and the day on which something was said of it.

    One look at a time: what comes during one is for the next, which waits until the pause after this one is over.
    """

    window: Window | None = None
    next: float = 0.0
    waiting: bool = False
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    told: str = ""


class Alarm:
    """The session's alarm.

    Args:
        session: has workspaces and a listener.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._watched: dict[int, _Watched] = {}

    def consider(self, workspace: Workspace) -> None:
        """There may be more in a workspace's log; returns at once."""
        watched = self._watched.setdefault(id(workspace), _Watched())
        if not watched.waiting and watched.told != _today() and workspace.config.alert_threshold < 100:
            watched.waiting = True
            self._session.background(self._look(workspace, watched))

    async def _look(self, workspace: Workspace, watched: _Watched) -> None:
        clock = asyncio.get_running_loop().time
        await self._session.complete.wait()
        async with watched.looking:
            await asyncio.sleep(max(watched.next - clock(), _SETTLED))
            watched.waiting = False
            began = clock()
            until = datetime.now(timezone.utc)
            since = format_time(until - timedelta(days=workspace.config.alert_window))
            try:
                share = await asyncio.to_thread(_share, watched, workspace.reader, since)
            except LogUnreadableError:
                return  # whoever reads the log for something else says so
            finally:
                watched.next = clock() + max(_SHARE * (clock() - began), _PAUSE)
        exceeds = share.insertions >= FEWEST and share.exceeds(workspace.config.alert_threshold)
        if exceeds and watched.told != _today():
            watched.told = _today()
            self._raise(workspace, share, (since, format_time(until)))

    def _raise(self, workspace: Workspace, share: Share, period: tuple[str, str]) -> None:
        days, threshold = workspace.config.alert_window, workspace.config.alert_threshold
        self._session.listener.tell(
            f"{share.insecure} of {share.insertions} insertions ({share.rate:.0%})"
            f" of the last {days} days in {workspace.root.name} had security findings;"
            f" the limit is {threshold} % ({_today()}). `leery stats` says which assistants and models."
        )
        detail = f"{share.insecure} of {share.insertions}, limit {threshold} %"
        workspace.gap(what="alert", since=period[0], until=period[1], count=share.insecure, detail=detail)


def _share(watched: _Watched, reader: LogReader, since: str) -> Share:
    """What a look at the log gives; blocks."""
    if watched.window is None:
        from leery.log.window import Window  # noqa: PLC0415 - nothing that is needed while a server starts

        watched.window = Window(reader)
    return watched.window.look(since)


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()
