"""The commands behind code actions, lenses and menus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from leery.lsp import messages
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
        argument = _object(arguments, ("uri", "block", "decision"), ("note",))
        if argument["decision"] not in {"approved", "rejected"}:
            raise JsonRpcInvalidParams("decision is 'approved' or 'rejected'")
        with _not_found():
            await self._server.session.actions.review(
                argument["uri"], argument["block"], argument["decision"], argument.get("note")
            )
        return {}

    async def suppress(self, *arguments: Any) -> Json:
        """``{uri, fingerprint, reason, expires?}``: hide a finding; a reason is required, `expires` is a date."""
        argument = _object(arguments, ("uri", "fingerprint", "reason"), ("expires",))
        if not argument["reason"].strip():
            raise JsonRpcInvalidParams("the command needs a 'reason'")
        with _not_found():
            await self._server.session.actions.suppress(
                argument["uri"], argument["fingerprint"], argument["reason"], argument.get("expires")
            )
        return {}

    async def set_origin(self, *arguments: Any) -> Json:
        """``{uri, block, origin}``: correct where a block came from."""
        argument = _object(arguments, ("uri", "block"))
        if not isinstance(argument.get("origin"), dict):
            raise JsonRpcInvalidParams("the command needs 'origin'")
        with _not_found():
            await self._server.session.actions.set_origin(argument["uri"], argument["block"], argument["origin"])
        return {}

    async def show_provenance(self, *arguments: Any) -> list[Json]:
        """``{uri, block?}``: the log's entries on a block, or on the document, oldest first."""
        argument = _object(arguments, ("uri",), ("block",))
        return await self._server.session.actions.history(argument["uri"], argument.get("block"))

    async def export_log(self, *arguments: Any) -> Json:
        """``{uri?, path?, scope?}``: the workspace's log as JSON Lines, to `path` or returned; its report to ``…html``.

        With the `scope` ``file`` instead of ``workspace`` only what is about the document `uri`.
        """
        argument = _object(arguments or ({},), (), ("uri", "path", "scope"))
        scope = argument.get("scope") or "workspace"
        if scope not in {"workspace", "file"}:
            raise JsonRpcInvalidParams("scope is 'workspace' or 'file'")
        try:
            with _not_found():
                return await self._server.session.actions.export_log(
                    argument.get("uri"), argument.get("path"), of_file=scope == "file"
                )
        except OSError as error:
            raise JsonRpcInvalidParams(f"{argument.get('path')} cannot be written: {error.strerror}") from error


class _not_found:  # noqa: N801 - reads as a statement
    """Turns an unknown document, block, finding or date into an answer the client can show."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, (NotFoundError, ValueError)):
            raise JsonRpcInvalidParams(str(error)) from error


def _object(arguments: tuple[Any, ...], required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Json:
    """The single object a command takes, with texts as the named members.

    Raises:
        JsonRpcInvalidParams: there is no such object, it lacks a required member, or a member is no text.
    """
    argument = arguments[0] if len(arguments) == 1 else None
    if not isinstance(argument, dict):
        raise JsonRpcInvalidParams("the command takes one object")
    for name in required:
        if not isinstance(argument.get(name), str) or not argument[name]:
            raise JsonRpcInvalidParams(f"the command needs {name!r}")
    for name in optional:
        if not isinstance(argument.get(name), (str, type(None))):
            raise JsonRpcInvalidParams(f"{name!r} is a text")
    return argument
