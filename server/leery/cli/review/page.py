"""How a block that waits is shown: its origin, its lines with what is found in them, and the same as JSON.

Whatever comes from a file passes through `printable`, so that nothing in it can steer the terminal.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from rich.text import Text as Styled

from leery.output import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery.batch.reviews import Item
    from leery_analyzers.model import Finding, Level
    from leery_analyzers.text import Text, TextRange

_STYLES: dict[Level, str] = {"high": "bold red", "medium": "bold yellow", "low": "bold blue"}
_CONTEXT = 2  # lines above and below a place of the block
_MOST_LINES = 400  # of one block; the rest is told by number
_WIDTH = 240  # characters of one line
_TAB = "    "
_LINE_FEED = "\n"


def page(item: Item, number: int, total: int) -> Iterator[Styled]:
    """A block as it is shown for a decision.

    Args:
        item: the block.
        number: its place in the walk, from 1.
        total: how many blocks the walk has.
    """
    yield Styled()
    yield Styled(f"── {number}/{total}  {_place(item)} ", style="bold cyan").append("─" * 20, style="cyan")
    yield from _facts(item)
    yield Styled()
    yield from _code(item)
    for finding in item.findings:
        yield Styled()
        yield from _finding(item.text, finding)


def listed(item: Item) -> Iterator[Styled]:
    """A block in a list: a line, and one for each finding."""
    yield Styled(f"{_place(item)}  {_origin(item)}  ({item.view.state})", style="bold")
    for finding in item.findings:
        line = item.text.line_of(finding.range.start) + 1
        yield _head(finding, "  ").append(f"  line {line}: {printable(finding.message.partition(_LINE_FEED)[0])}")


def as_json(item: Item) -> dict[str, Any]:
    """A block in the form of ``leery review --format json``; lines count from 1, the last one is included."""
    return {
        "file": item.file,
        "block": item.block,
        "origin": item.view.block.origin.to_json(),
        "state": item.view.state,
        "survived": round(item.view.survived, 4),
        "lines": [list(_lines(item.text, place)) for place in item.view.ranges],
        "findings": [_finding_json(item.text, finding) for finding in item.findings],
    }


def _finding_json(text: Text, finding: Finding) -> dict[str, Any]:
    first, last = _lines(text, finding.range)
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "cwe": list(finding.cwe),
        "line": first,
        "endLine": last,
        "message": finding.message,
        "path": [{"line": _lines(text, step.range)[0], "message": step.message} for step in finding.path],
    }


def _lines(text: Text, place: TextRange) -> tuple[int, int]:
    """First and last line of a place, from 1."""
    return text.line_of(place.start) + 1, text.line_of(max(place.start, place.end - 1)) + 1


def _place(item: Item) -> str:
    first, last = _lines(item.text, item.view.ranges[0])[0], _lines(item.text, item.view.ranges[-1])[1]
    return f"{printable(item.file)}:{first}" + (f"-{last}" if last > first else "")


def _origin(item: Item) -> str:
    origin = item.view.block.origin
    parts = (origin.kind, origin.evidence, origin.assistant, origin.model)
    return " · ".join(printable(part) for part in parts if part)


def _facts(item: Item) -> Iterator[Styled]:
    block = item.view.block
    made = datetime.fromtimestamp(block.created, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    yield Styled.assemble(("origin   ", "dim"), (_origin(item), "yellow"))
    if block.origin.session:
        yield Styled.assemble(("session  ", "dim"), printable(block.origin.session))
    yield Styled.assemble(("block    ", "dim"), f"{printable(block.id)}, {made}, {item.view.survived:.0%} still there")
    review = block.review
    if item.view.state == "lapsed" and review is not None:
        note = f" ({printable(review.note)})" if review.note else ""
        yield Styled.assemble(("review   ", "dim"), (f"{review.decision}{note}, but rewritten since", "yellow"))


def _code(item: Item) -> Iterator[Styled]:
    """The block's lines with their numbers and some around them; a mark stands before its own and found ones."""
    text = item.text
    own = _numbers(text, item.view.ranges)
    found = {line: finding.severity for finding in reversed(item.findings) for line in _numbers(text, [finding.range])}
    near = {line + step for line in own for step in range(-_CONTEXT, _CONTEXT + 1)}
    shown = sorted(line for line in near if 0 <= line < text.line_count)
    width = len(str(shown[-1] + 1))
    before = shown[0]
    for line in shown[:_MOST_LINES]:
        if line > before + 1:
            yield Styled(f"{'⋮':>{width}}", style="dim")
        yield _code_line(text, line, width, is_own=line in own, severity=found.get(line))
        before = line
    if len(shown) > _MOST_LINES:
        rest = len(shown) - _MOST_LINES
        yield Styled(f"({rest} more lines of this block are not shown: e opens them)", style="bold yellow")


def _code_line(text: Text, line: int, width: int, *, is_own: bool, severity: Level | None) -> Styled:
    code = text.slice(text.line_start(line), text.line_end(line))
    more = f" … ({len(code) - _WIDTH} more characters)" if len(code) > _WIDTH else ""
    code = printable(code[:_WIDTH], keep="\t").replace("\t", _TAB)
    mark = "!" if severity else "+" if is_own else " "
    style = _STYLES[severity] if severity else "green" if is_own else "dim"
    return Styled.assemble(
        (f"{line + 1:>{width}} {mark} ", style), (code, "default" if is_own else "dim"), (more, "dim")
    )


def _numbers(text: Text, places: Any) -> set[int]:
    """The lines, from 0, that places touch."""
    return {line for place in places for line in range(_lines(text, place)[0] - 1, _lines(text, place)[1])}


def _head(finding: Finding, lead: str = "") -> Styled:
    cwe = "".join(f" {printable(name)}" for name in finding.cwe)
    return Styled.assemble(
        lead, (finding.severity, _STYLES[finding.severity]), (f" {printable(finding.rule)}", "bold"), cwe
    )


def _finding(text: Text, finding: Finding) -> Iterator[Styled]:
    first, last = _lines(text, finding.range)
    yield _head(finding).append(f"  line {first}" + (f"-{last}" if last > first else ""), style="cyan")
    yield Styled("  " + printable(finding.message, keep="\n").replace("\n", "\n  "))
    for number, step in enumerate(finding.path, start=1):
        at = _lines(text, step.range)[0]
        yield Styled(f"  {number}. line {at}: {printable(step.message)}", style="magenta")
    engines = ", ".join(map(printable, finding.engines))
    yield Styled(f"  found by {engines}; confidence {finding.confidence}", style="dim")
