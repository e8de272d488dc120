"""Code actions: proven fixes, fix all, suppress with a reason, mark reviewed, set the origin.

Must not offer a fix that has not been proven on the text it is offered for. Edits are computed when an action is
resolved, against the version the client has then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from leery.lsp import messages
from leery.lsp.convert import edit_to_json, range_to_offsets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leery.lsp.app import LeeryServer
    from leery.session import BlockView, Shown, View
    from leery_analyzers.model import Fix
    from leery_analyzers.text import TextEdit, TextRange

Json = dict[str, Any]

_KINDS = [types.CodeActionKind.QuickFix, messages.FIX_ALL]
_CONTENT_MODIFIED = -32801


class CodeActions:
    """Answers ``textDocument/codeAction`` and ``codeAction/resolve``."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        options = types.CodeActionOptions(code_action_kinds=_KINDS, resolve_provider=True)
        server.on(types.TEXT_DOCUMENT_CODE_ACTION, self.code_action, options)
        server.on(types.CODE_ACTION_RESOLVE, self.resolve)

    async def code_action(self, params: types.CodeActionParams) -> list[Json]:
        """Actions for the findings and blocks that meet the range."""
        uri = params.text_document.uri
        session = self._server.session
        view = session.view(uri)
        if view is None:
            return []
        place = range_to_offsets(view.text, _range(params.range), self._server.encoding)
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        actions: list[Json] = []
        if _wanted("quickfix", only):
            for shown in view.findings:
                if _meets(view, shown.finding.range, place):
                    actions += await self._for_finding(uri, view, shown)
            for remark in view.remarks:
                if _meets(view, remark.range, place):
                    diagnostic = self._server.diagnostics.remark(view, remark)
                    actions.append(_suppress(uri, remark.rule, remark.fingerprint, diagnostic))
            for block in session.blocks(uri):
                if any(r.overlaps(place) for r in block.ranges):
                    actions += _for_block(uri, block)
        if _wanted(messages.FIX_ALL, only) and any(_safe(shown) for shown in view.findings):
            actions.append(_fix_all(uri, view, None, "Fix all safe Leery findings", messages.FIX_ALL))
        return actions

    async def resolve(self, params: types.CodeAction) -> Json:
        """Fill in an action's edit, for the present version only."""
        data: Any = params.data
        action: Json = self._server.protocol.unstructure(params)
        if not isinstance(data, dict) or not isinstance(uri := data.get("uri"), str):
            return action
        actions = self._server.session.actions
        view = self._server.session.view(uri)
        if view is None or view.version != data.get("version"):
            raise JsonRpcException("the document has changed", _CONTENT_MODIFIED)
        if "fix" not in data:
            edits = await actions.fix_all_edits(uri, data.get("rule"))
        elif await actions.proven(uri, *(chosen := _chosen(data))):
            edits = actions.fix_edits(uri, *chosen)
        else:
            edits = None
        if edits is None:
            raise JsonRpcException("the finding is gone", _CONTENT_MODIFIED)
        action["edit"] = self._workspace_edit(edits)
        return action

    async def _for_finding(self, uri: str, view: View, shown: Shown) -> list[Json]:
        finding = shown.finding
        diagnostic = self._server.diagnostics.item(view, shown)
        actions: list[Json] = []
        for index, fix in enumerate(finding.fixes):
            if await self._server.session.actions.proven(uri, finding.fingerprint, index):
                actions.append(_fix(uri, view, finding.fingerprint, index, fix, diagnostic))
        twins = [other for other in view.findings if other.finding.rule == finding.rule and other.finding.fixes]
        if actions and len(twins) > 1:
            title = f"Fix all of this kind ({finding.rule})"
            actions.append(_fix_all(uri, view, finding.rule, title, "quickfix"))
        actions.append(_suppress(uri, finding.rule, finding.fingerprint, diagnostic))
        return actions

    def _workspace_edit(self, edits: Mapping[str, Sequence[TextEdit]]) -> Json:
        buffers = self._server.session.documents.buffers
        listed = {
            uri: [edit_to_json(buffers[uri].text, edit, self._server.encoding) for edit in mine]
            for uri, mine in edits.items()
        }
        workspace = self._server.client_capabilities.workspace
        if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
            return {
                "documentChanges": [
                    {"textDocument": {"uri": uri, "version": buffers[uri].version}, "edits": mine}
                    for uri, mine in listed.items()
                ]
            }
        return {"changes": listed}


def _chosen(data: Json) -> tuple[str, int]:
    """The fingerprint and the number of the fix that an action speaks of; the client can send anything back.

    Raises:
        JsonRpcInvalidParams: they are none.
    """
    fingerprint, fix = data.get("fingerprint"), data["fix"]
    if not isinstance(fingerprint, str) or not isinstance(fix, int) or fix < 0:
        raise JsonRpcInvalidParams("the action's data are not what was sent with it")
    return fingerprint, fix


def _fix(uri: str, view: View, fingerprint: str, index: int, fix: Fix, diagnostic: Json) -> Json:
    note = "" if fix.applicability == "safe" else f" ({fix.applicability})"
    return {
        "title": f"{fix.title}{note}",
        "kind": "quickfix",
        "isPreferred": fix.applicability == "safe",
        "diagnostics": [diagnostic],
        "data": {"uri": uri, "version": view.version, "fingerprint": fingerprint, "fix": index},
    }


def _suppress(uri: str, rule: str, fingerprint: str, diagnostic: Json) -> Json:
    argument = {"uri": uri, "fingerprint": fingerprint}
    return {
        "title": f"Suppress {rule} here, with a reason…",
        "kind": "quickfix",
        "diagnostics": [diagnostic],
        "command": {"title": "Suppress", "command": messages.SUPPRESS, "arguments": [argument]},
    }


def _fix_all(uri: str, view: View, rule: str | None, title: str, kind: str) -> Json:
    return {"title": title, "kind": kind, "data": {"uri": uri, "version": view.version, "rule": rule}}


def _for_block(uri: str, block: BlockView) -> list[Json]:
    argument = {"uri": uri, "block": block.id}
    actions = []
    if block.state != "reviewed":
        approve = {**argument, "decision": "approved"}
        command = {"title": "Mark reviewed", "command": messages.REVIEW, "arguments": [approve]}
        actions.append({"title": "Mark this block reviewed", "kind": "quickfix", "command": command})
    command = {"title": "Set origin", "command": messages.SET_ORIGIN, "arguments": [argument]}
    actions.append({"title": "Set this block's origin…", "kind": "quickfix", "command": command})
    return actions


def _safe(shown: Shown) -> bool:
    return any(fix.applicability == "safe" for fix in shown.finding.fixes)


def _meets(view: View, mine: TextRange, place: TextRange) -> bool:
    """Whether what is marked overlaps a place or starts on one of its lines."""
    first, last = view.text.line_of(place.start), view.text.line_of(place.end)
    return mine.overlaps(place) or first <= view.text.line_of(mine.start) <= last


def _wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == wanted or kind.startswith(wanted + ".") for wanted in only)


def _range(value: types.Range) -> Json:
    return {
        "start": {"line": value.start.line, "character": value.start.character},
        "end": {"line": value.end.line, "character": value.end.character},
    }
