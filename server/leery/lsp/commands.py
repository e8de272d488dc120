"""The commands behind code actions, lenses and menus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from leery.lsp import messages
from leery.lsp.diagnostics import require_object
from leery.session import NotFoundError

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

Json = dict[str, Any]


class Commands:
    """Registers every command of `messages.COMMANDS`."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        for name, handler in (
            (messages.REVIEW, self.review),
            (messages.SUPPRESS, self.suppress),
            (messages.SET_ORIGIN, self.set_origin),
            (messages.SHOW_PROVENANCE, self.show_provenance),
            (messages.EXPORT_LOG, self.export_log),
        ):
            server.on_command(name, handler)

    async def review(self, *arguments: Any) -> Json:
        """``{uri, block, decision: "approved" | "rejected", note?}``: attest that a person looked at the block."""
        argument = require_object(_only(arguments), "uri", "block", "decision")
        if argument["decision"] not in {"approved", "rejected"}:
            raise JsonRpcInvalidParams("decision is 'approved' or 'rejected'")
        with _not_found():
            await self._server.session.actions.review(
                argument["uri"], argument["block"], argument["decision"], argument.get("note")
            )
        return {}

    async def suppress(self, *arguments: Any) -> Json:
        """``{uri, fingerprint, reason, expires?}``: hide a finding; a reason is required, `expires` is a date."""
        argument = require_object(_only(arguments), "uri", "fingerprint", "reason")
        if not argument["reason"].strip():
            raise JsonRpcInvalidParams("the command needs a 'reason'")
        with _not_found():
            await self._server.session.actions.suppress(
                argument["uri"], argument["fingerprint"], argument["reason"], argument.get("expires")
            )
        return {}

    async def set_origin(self, *arguments: Any) -> Json:
        """``{uri, block, origin}``: correct where a block came from."""
        argument = require_object(_only(arguments), "uri", "block")
        if not isinstance(argument.get("origin"), dict):
            raise JsonRpcInvalidParams("the command needs 'origin'")
        with _not_found():
            await self._server.session.actions.set_origin(argument["uri"], argument["block"], argument["origin"])
        return {}

    async def show_provenance(self, *arguments: Any) -> list[Json]:
        """``{uri, block?}``: the log's entries on a block, or on the document, oldest first."""
        argument = require_object(_only(arguments), "uri")
        return await self._server.session.actions.history(argument["uri"], argument.get("block"))

    async def export_log(self, *arguments: Any) -> Json:
        """``{uri?, path?}``: the workspace's log as JSON Lines, written to `path` or returned as text."""
        argument = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
        return await self._server.session.actions.export_log(argument.get("uri"), argument.get("path"))


class _not_found:  # noqa: N801 - reads as a statement
    """Turns an unknown document, block, finding or date into an answer the client can show."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, (NotFoundError, ValueError)):
            raise JsonRpcInvalidParams(str(error)) from error


def _only(arguments: tuple[Any, ...]) -> Any:
    return arguments[0] if len(arguments) == 1 else None
