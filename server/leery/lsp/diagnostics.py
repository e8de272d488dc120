"""Diagnostics, pushed with versions and pulled with result ids.

Must not decide what is shown: the session's views hold findings that are wanted, in document order.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from leery.gently import gently
from leery.lsp.convert import offsets_to_range
from leery.lsp.messages import SOURCE
from leery_analyzers.steps import at_once
from leery_analyzers.wire import dumps

if TYPE_CHECKING:
    from collections.abc import Generator

    from leery.lsp.app import LeeryServer
    from leery.session import Remark, Shown, View

Json = dict[str, Any]

_SEVERITY = {"high": 1, "medium": 2, "low": 3}
_INFORMATION = 3
_WARNING = 2
_AT_ONCE = 40
"""Diagnostics that are made in less than two milliseconds."""


class Diagnostics:
    """Owner of what the client has been told of each document."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        self._pushed: dict[str, list[Json]] = {}
        self._seen: dict[str, View] = {}
        options = types.DiagnosticOptions(identifier=SOURCE, inter_file_dependencies=False, workspace_diagnostics=True)
        server.on(types.TEXT_DOCUMENT_DIAGNOSTIC, self.document_diagnostic, options)
        server.on(types.WORKSPACE_DIAGNOSTIC, self.workspace_diagnostic)

    def push(self, uri: str) -> None:
        """Publish a document's diagnostics if they differ from what was published last."""
        if not self._server.session.config.pushes:
            return
        view = self._server.session.view(uri)
        if view is not None and _shows_the_same(view, self._seen.get(uri)):
            return
        self._seen.pop(uri, None)
        if view is not None:
            self._seen[uri] = view
            if len(view.findings) > _AT_ONCE:
                self._server.session.background(self._push_gently(uri, view))
                return
        self._send(uri, view, self.items(view) if view is not None else [])

    async def _push_gently(self, uri: str, view: View) -> None:
        """Publish many diagnostics, unless there are others before they are made."""

        def holds() -> bool:
            now = self._server.session.view(uri)
            return self._seen.get(uri) is view and now is not None and now.text is view.text

        items = await gently(self._listing(view), holds) if holds() else None
        if items is not None:
            self._send(uri, view, items)

    def _send(self, uri: str, view: View | None, items: list[Json]) -> None:
        if items == self._pushed.get(uri, []):
            return
        if items:
            self._pushed[uri] = items
        else:
            self._pushed.pop(uri, None)
        params: Json = {"uri": uri, "diagnostics": items}
        if view is not None and view.version is not None:
            params["version"] = view.version
        self._server.protocol.send_json({"method": "textDocument/publishDiagnostics", "params": params})

    def forget(self, uri: str) -> None:
        """Clear what was published for a document that is gone."""
        self._seen.pop(uri, None)
        if self._pushed.pop(uri, None) is not None:
            params = {"uri": uri, "diagnostics": []}
            self._server.protocol.send_json({"method": "textDocument/publishDiagnostics", "params": params})

    def items(self, view: View) -> list[Json]:
        """A view's findings and notices as LSP diagnostics."""
        return at_once(self._listing(view))

    def _listing(self, view: View) -> Generator[None, None, list[Json]]:
        """`items` in steps."""
        diagnostics = []
        for number, shown in enumerate(view.findings, 1):
            diagnostics.append(self.item(view, shown))
            if number % _AT_ONCE == 0:
                yield
        return diagnostics + [self.remark(view, remark) for remark in view.remarks]

    async def document_diagnostic(self, params: types.DocumentDiagnosticParams) -> Json:
        """Pull: waits until every engine is done with the newest version."""
        uri = params.text_document.uri
        view = await self._server.session.settled(uri)
        items = await gently(self._listing(view)) if view is not None else None
        return _report(items or [], params.previous_result_id)

    async def workspace_diagnostic(self, params: types.WorkspaceDiagnosticParams) -> Json:
        """Pull for every document of the workspace that holds blocks; the first ones come as partial results."""
        previous = {item.uri: item.value for item in params.previous_result_ids}
        reports: list[Json] = []
        sent = False
        async for uri, view in self._server.session.workspace_views():
            items = await gently(self._listing(view)) or []
            report = {"uri": uri, "version": view.version, **_report(items, previous.pop(uri, None))}
            if params.partial_result_token is None:
                reports.append(report)
            else:
                value = {"items": [report]}
                self._server.protocol.send_json(
                    {"method": "$/progress", "params": {"token": params.partial_result_token, "value": value}}
                )
                sent = True
        gone: list[Json] = [
            {"uri": uri, "version": None, "kind": "full", "resultId": _digest([]), "items": []} for uri in previous
        ]
        return {"items": gone if sent else reports + gone}

    def item(self, view: View, shown: Shown) -> Json:
        """One finding as an LSP diagnostic."""
        finding = shown.finding
        item: Json = {
            "range": offsets_to_range(view.text, finding.range, self._server.encoding),
            "severity": _SEVERITY[finding.severity],
            "code": finding.rule,
            "source": SOURCE,
            "message": shown.message,
            "data": {
                "fingerprint": finding.fingerprint,
                "cwe": list(finding.cwe),
                "engines": list(finding.engines),
                "severity": finding.severity,
                "confidence": finding.confidence,
                "block": shown.block,
            },
        }
        if finding.cwe:
            item["codeDescription"] = {"href": cwe_address(finding.cwe[0])}
        related = [
            {
                "location": {"uri": uri, "range": offsets_to_range(text, place, self._server.encoding)},
                "message": message,
            }
            for uri, text, place, message in shown.path
        ]
        if related:
            item["relatedInformation"] = related
        return item

    def remark(self, view: View, remark: Remark) -> Json:
        """One notice as an LSP diagnostic."""
        notice = remark.notice
        return {
            "range": offsets_to_range(view.text, remark.range, self._server.encoding),
            "severity": _INFORMATION if notice.kind == "parse" else _WARNING,
            "code": remark.rule,
            "source": SOURCE,
            "message": notice.message,
            "data": {
                "fingerprint": remark.fingerprint,
                "cwe": [],
                "engines": [notice.engine],
                "severity": "low",
                "confidence": "high",
                "block": None,
            },
        }


def cwe_address(cwe: str) -> str:
    """The page that defines a weakness such as ``CWE-89``."""
    return f"https://cwe.mitre.org/data/definitions/{cwe.removeprefix('CWE-')}.html"


def _report(items: list[Json], previous: str | None) -> Json:
    result_id = _digest(items)
    if result_id == previous:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "resultId": result_id, "items": items}


def _shows_the_same(view: View, before: View | None) -> bool:
    """Whether a view of the same text says what another said: every engine's answer makes one, few say more."""
    return (
        before is not None
        and view.text is before.text
        and view.findings == before.findings
        and view.remarks == before.remarks
    )


def _digest(items: list[Json]) -> str:
    return hashlib.blake2b(dumps(items), digest_size=12).hexdigest()
