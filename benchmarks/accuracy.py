"""``make accuracy``: what Leery finds and wrongly reports on its own corpus, beside bandit, ruff and semgrep.

How it counts stands in `benchmarks.accuracy_count`, what a case is in `benchmarks.accuracy_cases`. The tools:

- *leery*: all engines, as ``leery scan`` runs them; *without dataflow* and *dataflow*: parts of it.
- *semgrep*: semgrep with Leery's pack on whole files. *bandit* and *ruff S*: their defaults, on Python only. What
  weakness a test of bandit finds is told by bandit itself and by a table beside it, in its favour; ruff's rules have
  what the table says of the test with the same number. Notes on imports (``B4…``) count like all that they say.

A tool counts with everything it says, whatever its severity; ``--confidence`` sets a floor for Leery's findings.
Prints what was measured and asserts nothing.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from benchmarks import accuracy_known
from benchmarks.accuracy_cases import kinds, load
from benchmarks.accuracy_count import Count, by_class, judge, means
from benchmarks.accuracy_tools import PYTHON_ONLY, TOOLS, at_least, run
from benchmarks.accuracy_variants import change_of, origin, variants
from benchmarks.measure import console
from rich.markup import escape
from rich.table import Table

from leery_analyzers.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.accuracy_cases import Case
    from benchmarks.accuracy_count import Verdict
    from benchmarks.accuracy_tools import Answer

_LANGUAGES = ("python", "javascript", "java", "csharp", "go", "c", "text")


def main() -> None:
    """Measure and print."""
    options = _arguments()
    cases = [case for case in load() if _is_wanted(case, options)]
    if options.accept:
        for section, names in accuracy_known.accept(load()).items():
            console.print(f"{section}: {len(names)} new in {accuracy_known.KNOWN.name}", *sorted(names), sep="\n  ")
        return
    made = [variant for case in cases for variant in variants(case, options.seed)] if options.variants else []
    tools = options.tools.split(",") if options.tools else ["leery"] if options.variants else list(TOOLS)
    with console.status(f"{', '.join(tools)} on {len(cases) + len(made):,} files"):
        answers = run(tools, [*cases, *made])
    hits = {tool: at_least(answer, options.confidence) for tool, answer in answers.items()}
    _print_faults(answers)
    verdicts = {tool: judge(cases, found) for tool, found in hits.items()}
    if options.variants:
        changed = {tool: judge(made, found) for tool, found in hits.items()}
        for tool in tools:
            _print_variants(tool, verdicts[tool], changed[tool], show_all=options.misses)
        return
    _print_classes(verdicts)
    _print_means(verdicts)
    _print_exact(verdicts)
    if options.misses:
        for tool in tools:
            _print_misses(tool, verdicts[tool])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--language", default="", help=f"of {', '.join(_LANGUAGES)}, joined by commas; all by default")
    parser.add_argument("--class", dest="kinds", default="", help="folders' names, joined by commas; all by default")
    parser.add_argument("--tools", default="", help=f"of {', '.join(TOOLS)}, joined by commas")
    parser.add_argument("--confidence", choices=LEVELS, default="low", help="floor for Leery's findings")
    parser.add_argument("--misses", action="store_true", help="list every miss and every false alarm")
    parser.add_argument("--variants", action="store_true", help="variants of the cases instead of the cases")
    parser.add_argument("--seed", type=int, default=1, help="for the variants")
    parser.add_argument("--accept", action="store_true", help="write what is missed now as known, for review")
    options = parser.parse_args()
    unknown = (set(options.tools.split(",")) - {""} - set(TOOLS)) | (
        set(options.kinds.split(",")) - {""} - set(kinds())
    )
    if unknown:
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    return options


def _is_wanted(case: Case, options: argparse.Namespace) -> bool:
    languages, names = options.language.split(","), options.kinds.split(",")
    return (languages == [""] or case.group in languages) and (names == [""] or case.kind.name in names)


def _tools_for(language: str, tools: Sequence[str]) -> list[str]:
    return [tool for tool in tools if language == "python" or tool not in PYTHON_ONLY]


def _print_faults(answers: dict[str, Answer]) -> None:
    for tool, answer in answers.items():
        if answer.faults:
            console.print(f"{tool} could not look at {len(answer.faults)} files, which count as empty:", style="red")
            for fault in answer.faults[:10]:
                console.print(f"  {escape(fault)}")


def _print_classes(verdicts: dict[str, list[Verdict]]) -> None:
    """Found of all vulnerable cases, and false alarms of all secure ones, by language and class."""
    counts = {tool: by_class(judged) for tool, judged in verdicts.items()}
    everything = {key for table in counts.values() for key in table}
    for language in _languages(everything):
        tools = _tools_for(language, list(verdicts))
        title = f"{language}: found / vulnerable cases, false alarms / secure cases"
        table = Table(title=title, title_justify="left", min_width=len(title))
        table.add_column("class")
        for tool in tools:
            table.add_column(tool, justify="right")
        names = sorted((name for group, name in everything if group == language), key=lambda n: (kinds()[n].tier, n))
        for name in names:
            row = [counts[tool].get((language, name), Count()) for tool in tools]
            table.add_row(name, *(_cell(count) for count in row))
        console.print(table)


def _cell(count: Count) -> str:
    found = f"{count.found}/{count.vulnerable}"
    alarms = f"{count.alarms}/{count.secure}"
    return f"{found:>7} {f'[red]{alarms}[/red]' if count.alarms else alarms}"


def _print_means(verdicts: dict[str, list[Verdict]]) -> None:
    """Means over the classes of each language."""
    title = "mean over classes: recall, false alarms, balanced score in points"
    table = Table(title=title, title_justify="left", min_width=len(title))
    table.add_column("language")
    for tool in verdicts:
        table.add_column(tool, justify="right")
    of_tool = {tool: means(by_class(judged)) for tool, judged in verdicts.items()}
    for language in _languages({(group, "") for table_of in of_tool.values() for group in table_of}):
        cells = []
        for tool in verdicts:
            mean = of_tool[tool].get(language)
            shown = mean is not None and tool in _tools_for(language, list(verdicts))
            cells.append(
                f"{mean.recall:.0%} {mean.false_rate:.0%} {mean.balanced:+.0f}" if shown and mean is not None else ""
            )
        table.add_row(language, *cells)
    console.print(table)


def _print_variants(tool: str, verdicts: list[Verdict], changed: list[Verdict], *, show_all: bool) -> None:
    """By change: found and false alarms before and after; the cases whose verdict a change has turned wrong."""
    before = {verdict.case.name: verdict for verdict in verdicts}
    counts: dict[tuple[str, str], tuple[Count, Count]] = {}
    for verdict in changed:
        key = (verdict.case.group, change_of(verdict.case))
        old, new = counts.get(key, (Count(), Count()))
        counts[key] = (old + before[origin(verdict.case)].count, new + verdict.count)
    table = Table(title=f"variants, {tool}: before → after the change", title_justify="left")
    for heading in ("language", "change"):
        table.add_column(heading)
    for heading in ("found", "of", "false alarms", "of"):
        table.add_column(heading, justify="right")
    for (language, change), (old, new) in sorted(counts.items()):
        found, alarms = f"{old.found} → {new.found}", f"{old.alarms} → {new.alarms}"
        table.add_row(language, change, found, str(new.vulnerable), alarms, str(new.secure))
    console.print(table)
    lost = [verdict for verdict in changed if before[origin(verdict.case)].right and not verdict.right]
    console.print(f"{len(lost)} of {len(changed)} variants are judged wrongly where their case is not")
    if show_all:
        _print_misses(f"{tool}: turned wrong by a change", lost)


def _print_exact(verdicts: dict[str, list[Verdict]]) -> None:
    for tool, judged in verdicts.items():
        promised = sum(verdict.promised for verdict in judged)
        if tool in {"leery", "dataflow"} and promised:
            exact = sum(verdict.exact for verdict in judged)
            console.print(f"{tool}: exact range, and path where marked: {exact} of {promised}")


def _print_misses(tool: str, verdicts: list[Verdict]) -> None:
    console.print(f"\n{tool}", style="bold")
    for verdict in verdicts:
        name = escape(verdict.case.name)
        if verdict.right:
            if verdict.hits and verdict.exact < verdict.promised and tool in {"leery", "dataflow"}:
                said = "; ".join(f"{escape(repr(hit.text))} from line {hit.start}" for hit in verdict.hits)
                console.print(f"  inexact {name}: {said}")
            continue
        if not verdict.case.vulnerable:
            for hit in verdict.hits:
                console.print(f"  false  {name}:{hit.first} {hit.rule} ({hit.confidence})")
            continue
        lines = ", ".join(f"{expected.line}" for expected in verdict.case.expectations)
        near = ", ".join(f"{hit.rule} on {hit.first}" for hit in verdict.elsewhere)
        console.print(f"  missed {name}:{lines}{f' (but {near})' if near else ''}")


def _languages(keys: set[tuple[str, str]]) -> list[str]:
    there = {language for language, _ in keys}
    return [language for language in _LANGUAGES if language in there] + sorted(there - set(_LANGUAGES))


if __name__ == "__main__":
    main()
