"""Code lenses over blocks: origin, findings, review state, each with its action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from leery.lsp import messages
from leery.lsp.convert import offsets_to_range
from leery.lsp.later import Later
from leery.session.views import phrase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer
    from leery.session import BlockView
    from leery_analyzers.text import Text

Json = dict[str, Any]

_DELAY = 0.3


class CodeLenses:
    """Answers ``textDocument/codeLens``."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        self._later = Later(_DELAY, self._refresh)
        server.on(types.TEXT_DOCUMENT_CODE_LENS, self.code_lens, types.CodeLensOptions(resolve_provider=False))

    async def code_lens(self, params: types.CodeLensParams) -> list[Json]:
        """For every block one lens that shows its provenance, and one that marks it reviewed while it is not."""
        uri = params.text_document.uri
        session = self._server.session
        await session.keeper.ready(uri)
        text = session.text(uri)
        if text is None or not session.config.code_lens:
            return []
        return [lens for block in session.blocks(uri) for lens in self._lenses(uri, text, block)]

    def refresh_soon(self) -> None:
        """Have the client ask again shortly, where it can."""
        self._later.wish()

    def _refresh(self) -> None:
        workspace = self._server.protocol.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self._server.protocol.send_request("workspace/codeLens/refresh", None)

    def _lenses(self, uri: str, text: Text, block: BlockView) -> list[Json]:
        start = block.ranges[0].start
        place = offsets_to_range(text, TextRange(start, start), self._server.encoding)
        count = len(block.findings)
        found = "no findings" if count == 0 else f"{count} finding{'' if count == 1 else 's'}"
        title = f"{phrase(block.origin)} · {found} · {block.state}"
        argument = {"uri": uri, "block": block.id}
        lenses = [
            {"range": place, "command": {"title": title, "command": messages.SHOW_PROVENANCE, "arguments": [argument]}}
        ]
        if block.state != "reviewed":
            approve = {**argument, "decision": "approved"}
            command = {"title": "Mark reviewed", "command": messages.REVIEW, "arguments": [approve]}
            lenses.append({"range": place, "command": command})
        return lenses
