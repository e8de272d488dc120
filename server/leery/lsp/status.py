"""``leery/status``: engines' health and counts, sent when they change, at most ten times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.lsp import messages
from leery.lsp.later import Later

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

_DELAY = 0.1


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
