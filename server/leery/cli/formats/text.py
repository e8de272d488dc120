"""For a person: findings by file with the code underlined, then notices, then one line that sums up.

Nothing of a file is taken as console markup, and nothing of it can steer the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text as Styled

from leery.batch.result import FAILED_KINDS
from leery.cli.formats.places import place_of
from leery.cwe import cwe_url
from leery.output import printable
from leery_analyzers.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery.batch.result import FileResult, ScanResult
    from leery_analyzers.model import Finding, Fix, Level, Notice
    from leery_analyzers.text import Text, TextRange

_STYLES: dict[Level, str] = {"high": "bold red", "medium": "bold yellow", "low": "bold blue"}
_MOST_LINES = 6  # of one place; the rest is told by number
_WIDTH = 100  # characters of one line of code
_LEAD = 30  # characters kept before the place when a long line is cut
_TAB = "    "


def write(result: ScanResult, stream: TextIO) -> None:
    """Write the report; with colours where the stream is a terminal that has them."""
    console = Console(file=stream, highlight=False, soft_wrap=True)
    for file in result.files:
        if file.findings or file.explanations:
            console.print(Styled(printable(file.source.name), style="bold underline"))
            for finding in file.findings:
                for line in _finding(file, finding):
                    console.print(line)
            for line in _explained(file):
                console.print(line)
    _print_notices(console, result)
    console.print(summary(result))


def summary(result: ScanResult) -> Styled:
    """How many files, findings of each severity, suppressed and refuted ones, and notices."""
    line = Styled(_count(result.scanned, "file") + " scanned: ")
    parts = [Styled(f"{n} {level}", style=_STYLES[level]) for level in reversed(LEVELS) if (n := result.counts[level])]
    line.append_text(Styled(", ").join(parts) if parts else Styled("no findings", style="green"))
    if result.suppressed:
        line.append(f", {result.suppressed} suppressed")
    if result.refuted:
        line.append(f", {result.refuted} refuted")
    if result.all_notices:
        line.append(", " + _count(len(result.all_notices), "notice"))
    if result.exit_code == 3:
        line.append("; the analysis is incomplete", style="bold red")
    return line.append(".")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _finding(file: FileResult, finding: Finding) -> Iterator[Styled]:
    place = place_of(file.text, finding.range)
    head = Styled.assemble(
        (f"{printable(file.source.name)}:{place.line}:{place.column}", "cyan"),
        " ",
        (finding.severity, _STYLES[finding.severity]),
        " ",
        (printable(finding.rule), "bold"),
    )
    for cwe in finding.cwe:
        head.append(" ").append(printable(cwe), style=Style(link=cwe_url(cwe)))
    yield head
    yield Styled("  " + printable(finding.message, keep="\n").replace("\n", "\n  "))
    yield from _frame(file.text, finding.range, _STYLES[finding.severity])
    for number, step in enumerate(finding.path, start=1):
        at = place_of(file.text, step.range)
        yield Styled(f"  {number}. line {at.line}, column {at.column}: {printable(step.message)}", style="magenta")
    for fix in finding.fixes:
        yield Styled(f"  fix ({fix.applicability}): {printable(fix.title)}{_where(file.text, fix)}", style="green")
    engines = ", ".join(map(printable, finding.engines))
    yield Styled(f"  found by {engines}; confidence {finding.confidence}", style="dim")
    if finding.cwe:
        yield Styled(f"  {cwe_url(finding.cwe[0])}", style="dim")
    yield Styled("")


def _explained(file: FileResult) -> Iterator[Styled]:
    """Why data from outside does no harm, and what other engines say of it all the same."""
    name = printable(file.source.name)
    for item in file.explanations:
        at, source, guard = (place_of(file.text, where) for where in (item.range, item.source, item.guard))
        line = Styled.assemble((f"{name}:{at.line}:{at.column}", "cyan"), f" no {item.rule}: ")
        line.append(f"what comes in at {source.line}:{source.column} is harmless here: {printable(item.reason)}")
        line.append(f" ({guard.line}:{guard.column})" + ("" if item.certain else "; a guess"))
        yield line
    for refuted in file.refuted if file.explanations else ():
        at = place_of(file.text, refuted.finding.range)
        line = Styled.assemble((f"{name}:{at.line}:{at.column}", "cyan"), " refuted ")
        line.append(f"{printable(refuted.finding.rule)}: {printable(refuted.reason)}")
        yield line


def _where(text: Text, fix: Fix) -> str:
    lines = sorted({text.line_of(edit.start) + 1 for edit in fix.edits})
    if not lines:
        return ""
    return (", line " if len(lines) == 1 else ", lines ") + ", ".join(map(str, lines))


def _frame(text: Text, where: TextRange, style: str) -> Iterator[Styled]:
    """The lines of a place, each with what lies in it underlined."""
    first, last = text.line_of(where.start), text.line_of(where.end)
    shown = range(first, min(last, first + _MOST_LINES - 1) + 1)
    gutter = len(str(shown[-1] + 1))
    for line in shown:
        begin, end = text.line_start(line), text.line_end(line)
        start, stop = max(where.start, begin) - begin, min(where.end, end) - begin
        before, marked, after = _cut(text.slice(begin, end), start, max(stop, start))
        yield Styled(f"  {line + 1:>{gutter}} │ {before}{marked}{after}".rstrip())
        if marked or first == last:
            pad = " " * cell_len(before)
            yield Styled(f"  {'':>{gutter}} │ {pad}").append("━" * max(cell_len(marked), 1), style=style)
    if last not in shown:
        yield Styled(f"  {'':>{gutter}} │ … and {_count(last - shown[-1], 'more line')}", style="dim")


def _cut(line: str, start: int, stop: int) -> tuple[str, str, str]:
    """A line in three printable parts around a place; a very long one loses what is far from the place."""
    left = max(start - _LEAD, 0) if start > _WIDTH - _LEAD else 0
    right = min(len(line), left + _WIDTH)
    before = ("…" if left else "") + _visible(line[left:start])
    after = _visible(line[max(stop, left) : right]) + ("…" if right < len(line) and stop <= right else "")
    marked = _visible(line[start : min(stop, right)]) + ("…" if stop > right else "")
    return before, marked, after


def _visible(code: str) -> str:
    return printable(code, keep="\t").replace("\t", _TAB)


def _print_notices(console: Console, result: ScanResult) -> None:
    for owner, notice in result.all_notices:
        style = "bold red" if notice.kind in FAILED_KINDS else "yellow"
        console.print(Styled.assemble(("notice ", style), f"{_place(owner, notice)}{printable(notice.message)}"))
    for problem in result.problems:
        console.print(Styled.assemble(("configuration ", "bold red"), printable(problem)))


def _place(owner: FileResult | None, notice: Notice) -> str:
    where = ""
    if owner is not None:
        where = printable(owner.source.name)
        if notice.range is not None:
            where += f":{owner.text.line_of(notice.range.start) + 1}"
        where += ": "
    return f"{where}[{printable(notice.engine)}] "
