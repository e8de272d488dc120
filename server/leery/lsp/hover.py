"""Hover: what was found here, by which path it gets in, and where the code came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from leery.lsp.convert import offsets_to_range, position_to_offset
from leery.lsp.diagnostics import cwe_address
from leery.session.views import phrase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer
    from leery.session import BlockView, Shown

Json = dict[str, Any]


class Hover:
    """Answers ``textDocument/hover``."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        server.on(types.TEXT_DOCUMENT_HOVER, self.hover)

    def hover(self, params: types.HoverParams) -> Json | None:
        """Findings at the position with their paths, then the block it lies in."""
        uri = params.text_document.uri
        view = self._server.session.view(uri)
        if view is None:
            return None
        position = {"line": params.position.line, "character": params.position.character}
        offset = position_to_offset(view.text, position, self._server.encoding)
        here = TextRange(offset, offset)
        found = [shown for shown in view.findings if shown.finding.range.overlaps(here)]
        blocks = [b for b in self._server.session.blocks(uri) if any(r.start <= offset < r.end for r in b.ranges)]
        if not found and not blocks:
            return None
        parts = [_finding(shown) for shown in found] + [_block(block) for block in blocks]
        place = found[0].finding.range if found else next(r for r in blocks[0].ranges if r.start <= offset < r.end)
        return {
            "contents": {"kind": "markdown", "value": "\n\n---\n\n".join(parts)},
            "range": offsets_to_range(view.text, place, self._server.encoding),
        }


def _finding(shown: Shown) -> str:
    finding = shown.finding
    cwe = ", ".join(f"[{name}]({cwe_address(name)})" for name in finding.cwe)
    lines = [
        f"**{plain(finding.rule)}** · {finding.severity} severity, {finding.confidence} confidence · {cwe}",
        plain(finding.message),
    ]
    for uri, text, place, message in shown.path:
        line, _ = text.position_at(place.start)
        lines.append(f"{line + 1}. [{plain(message)}]({uri}#L{line + 1})")
    lines.append(f"Found by {', '.join(finding.engines)}.")
    if finding.fixes:
        lines.append(f"Fix: {plain(finding.fixes[0].title)} ({finding.fixes[0].applicability}).")
    return "\n\n".join(lines)


def _block(block: BlockView) -> str:
    share = f"{block.survived:.0%}"
    return (
        f"{plain(phrase(block.origin))} · {block.state} · {share} unchanged · "
        f"{len(block.findings)} open finding{'' if len(block.findings) == 1 else 's'}"
    )


def plain(text: str) -> str:
    """Text that Markdown shows as it stands: what a hint or a rule says must not format or link."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+-!|~" else char for char in text.replace("\n", " "))
