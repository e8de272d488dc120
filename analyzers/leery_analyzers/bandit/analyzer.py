"""The `Analyzer` over bandit: a unit in, a report with offsets in code points out.

Imports bandit with the first use, not before.
"""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import TYPE_CHECKING

from leery_analyzers.bandit.hints import DOUBTED, HINTS
from leery_analyzers.bandit.places import Lines, marked
from leery_analyzers.bandit.terms import level, message, weaknesses
from leery_analyzers.model import Finding, Notice, Report
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery_analyzers.analyzer import Unit
    from leery_analyzers.bandit.engine import Crash, Hit, Outcome
    from leery_analyzers.model import Rule

_NAME = "bandit"
_REVISION = 3  # of this adaptor: one more whenever it would give another report for the same unit
_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_NUMBER = re.compile(r" ?\((?:detected at |<unknown>, )?line \d+\)| on line \d+")


class BanditAnalyzer:
    """Every test of the installed bandit, its plugins included, with their default options.

    Not for several threads at once: bandit keeps the options of its tests on the functions.

    Args:
        hints: whether `HINTS` are reported, too.
    """

    name = _NAME
    languages = frozenset({"python"})

    def __init__(self, *, hints: bool = True) -> None:
        self._hints = hints

    @property
    def version(self) -> str:
        """Changes whenever a result could; only who stores results asks."""
        return _version() + ("" if self._hints else "-hints")

    def rules(self) -> tuple[Rule, ...]:
        """Every test of bandit's, by its ``B`` number."""
        from leery_analyzers.bandit import engine  # noqa: F401, PLC0415 - imports bandit, and first, without its warnings
        from leery_analyzers.bandit.catalogue import rules  # noqa: PLC0415 - imports more of bandit

        return tuple(rule for rule in rules() if self._hints or rule.id not in HINTS)

    def analyze(self, unit: Unit) -> Report:
        """What bandit says about one unit; ranges are relative to ``unit.text``."""
        if unit.language not in self.languages:
            return Report(notices=(Notice(_NAME, "missing", f"bandit does not read {unit.language}"),))
        source = _readable(unit.source)
        own = slice(len(unit.prefix), len(unit.prefix) + len(unit.text))
        try:
            from leery_analyzers.bandit import engine  # noqa: PLC0415 - costs 150 ms, once

            without = frozenset() if self._hints else HINTS
            outcome = engine.run(source, own, unit.imports, whole_file=unit.kind == "file", without=without)
        except ImportError as error:
            return Report(notices=(Notice(_NAME, "missing", f"bandit cannot be loaded: {error}"),))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return Report(notices=(_unreadable(error, source, own),))
        except Exception as error:  # noqa: BLE001 - whatever bandit does, the person is told
            return Report(notices=(Notice(_NAME, "crash", f"bandit failed: {type(error).__name__}"),))
        report = _report(outcome, Lines(source), own)
        if self._hints:
            return report
        kept = (finding for finding in report.findings if finding.rule not in HINTS)
        weighed = (replace(finding, confidence="low") if finding.rule in DOUBTED else finding for finding in kept)
        return Report(tuple(weighed), report.notices)


@cache
def _version() -> str:
    """Names all that a result depends on: bandit, its plugins, the Python that parses, and this adaptor."""
    try:
        installed = version(_NAME)
    except PackageNotFoundError:
        return "missing"
    installed_points = entry_points()  # reads those of every distribution
    tests = (installed_points.select(group=f"bandit.{group}") for group in ("plugins", "blacklists"))
    names = sorted(f"{point.name}={point.value}" for group in tests for point in group)
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]
    return f"{installed}+{_REVISION}.{digest}.py{_PYTHON}"


def _readable(source: str) -> str:
    """The same number of characters, without those that keep Python from reading the rest.

    A byte order mark becomes a form feed, which Python allows before the first statement; half of a surrogate pair,
    which UTF-8 cannot say, the replacement character.
    """
    if source.startswith("\ufeff"):
        source = "\f" + source[1:]
    return source if source.isascii() else _SURROGATE.sub("\ufffd", source)


def _unreadable(error: Exception, source: str, own: slice) -> Notice:
    if isinstance(error, RecursionError | MemoryError):
        return Notice(_NAME, "limit", "the code is nested too deeply for Python's parser")
    if not isinstance(error, SyntaxError) or error.lineno is None:
        return Notice(_NAME, "parse", f"Python {_PYTHON} cannot read this: {_LINE_NUMBER.sub('', str(error))}")
    lines = Lines(source)
    place = _inside(lines.rest(error.lineno, error.offset or 1), own, clamp=True)
    assert place is not None
    line = lines.line_of(place.start + own.start) - lines.line_of(own.start) + 1
    what = _LINE_NUMBER.sub("", error.msg)
    return Notice(_NAME, "parse", f"Python {_PYTHON} cannot read line {line} of this part: {what}", place)


def _report(outcome: Outcome, lines: Lines, own: slice) -> Report:
    findings = [finding for hit in outcome.hits if (finding := _finding(hit, lines, own)) is not None]
    notices = {crash.test: notice for crash in outcome.crashes if (notice := _crashed(crash, lines, own)) is not None}
    return Report(tuple(findings), tuple(notices.values()))


def _finding(hit: Hit, lines: Lines, own: slice) -> Finding | None:
    issue = hit.issue
    place = lines.char(issue.lineno, issue.col_offset) if hit.node is None else marked(hit.node, issue.text, lines)
    inside = _inside(place, own, clamp=False)
    if inside is None:
        return None
    return Finding(
        rule=issue.test_id,
        range=inside,
        message=message(issue.text, issue.cwe.id),
        severity=level(issue.severity),
        confidence=level(issue.confidence),
        cwe=weaknesses(issue.test_id, issue.cwe.id),
        engines=(_NAME,),
        refutable=True,
    )


def _crashed(crash: Crash, lines: Lines, own: slice) -> Notice | None:
    place = None
    if crash.node is not None and hasattr(crash.node, "lineno"):
        place = _inside(marked(crash.node, "", lines), own, clamp=False)
        if place is None:
            return None
    return Notice(_NAME, "crash", f"bandit's test {crash.test} failed: {type(crash.error).__name__}", place)


def _inside(place: TextRange, own: slice, *, clamp: bool) -> TextRange | None:
    """A place of the source in the coordinates of the unit's text; one that starts outside is moved in, or None."""
    length = own.stop - own.start
    start, end = place.start - own.start, place.end - own.start
    if not clamp and not 0 <= start < max(length, 1):
        return None
    start = min(max(start, 0), length)
    return TextRange(start, min(max(end, start), length))
