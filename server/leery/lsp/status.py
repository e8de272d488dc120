"""``leery/status``: engines' health and counts, sent when they change, at most ten times a second."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leery.lsp import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from leery.lsp.app import LeeryServer

_DELAY = 0.1


class Later:
    """Calls something once, a moment after the first of many wishes."""

    def __init__(self, delay: float, call: Callable[[], None]) -> None:
        self._delay = delay
        self._call = call
        self._handle: asyncio.TimerHandle | None = None

    def wish(self) -> None:
        """Have it called after the delay, unless that is under way already."""
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_later(self._delay, self._fire)

    def _fire(self) -> None:
        self._handle = None
        self._call()


class Status:
    """Sender of the status notification."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        self._later = Later(_DELAY, self._send)
        self._sent: messages.StatusParams | None = None

    def send_soon(self) -> None:
        """Send the status shortly, unless it is what was sent last."""
        self._later.wish()

    def _send(self) -> None:
        status: messages.StatusParams = self._server.session.status()
        if status != self._sent:
            self._sent = status
            self._server.protocol.send_json({"method": messages.STATUS, "params": dict(status)})
