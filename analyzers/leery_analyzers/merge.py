"""One finding per place and class, whatever number of engines saw it, and the fingerprint that names it.

Pure functions of findings and text: no engine is run, nothing is remembered. What becomes of one place depends on the
findings there and on nothing else in the document, except that identical twins are told apart by counting.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.fingerprint import fingerprint, statement_at
from leery_analyzers.model import LEVELS, Finding
from leery_analyzers.steps import at_once
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from leery_analyzers.model import Fix, Level
    from leery_analyzers.text import Text

_AT_ONCE = 40
"""Findings that are named in less than two milliseconds."""
_PRECISION = ("dataflow", "checks", "semgrep", "bandit")


def class_of(finding: Finding) -> str:
    """What the finding is about: the identifier that stands for its first CWE, or its own rule if it has none."""
    return class_of_cwe(finding.cwe[0]) if finding.cwe else f"rule:{finding.rule}"


def merge(findings: Iterable[Finding], text: Text) -> tuple[Finding, ...]:
    """The distinct findings in document order, each with its fingerprint.

    Findings of one class are one when their places overlap, or when they start beside each other on one line and no
    engine speaks of both. Two that do not overlap stay two if one engine reports both, unless a more precise engine
    marks a place that covers them.

    The most precise engine gives rule, message and range (dataflow, checks, semgrep, bandit, then any other by name);
    severity and confidence are the highest that any gives. That several agree raises neither: they match the same
    text, which is no independent evidence. Merging what is merged changes nothing.

    Args:
        findings: of any number of engines, in any order, in absolute offsets of `text`.
        text: the document.
    """
    return at_once(merging(findings, text))


def merging(findings: Iterable[Finding], text: Text) -> Generator[None, None, tuple[Finding, ...]]:
    """`merge` in steps."""
    by_class: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_class[class_of(finding)].append(finding)
    merged: list[tuple[str, Finding]] = []
    for kind, members in by_class.items():
        yield
        places = _overlapping(members)
        yield
        merged += [(kind, _joined(place.members)) for place in _same_line(places, text)]
    merged.sort(key=lambda item: (item[1].range, item[0]))
    return (yield from _named(merged, text))


@dataclass(slots=True)
class _Place:
    """Findings of one class that are one.

    Attributes:
        extent: what the members that belong only here cover; extents do not overlap.
        members: most precise first; that one gives the range.
    """

    extent: TextRange
    members: list[Finding]

    @property
    def engines(self) -> set[str]:
        return {engine for member in self.members for engine in member.engines}

    def reaches(self, finding: Finding) -> bool:
        """Whether a finding of another engine belongs here."""
        head = self.members[0]
        same = set(head.engines) & set(finding.engines)
        return head.reach is not None and not same and head.reach.contains(finding.range)

    def line(self, text: Text) -> int:
        """The line where the finding will stand."""
        return text.line_of(self.members[0].range.start)


def _overlapping(findings: list[Finding]) -> list[_Place]:
    """Places from overlap alone, in document order.

    Findings claim places in order of precision, the narrow before the wide. One that overlaps a single place joins
    and widens it; one that overlaps several is evidence for each, and no place of its own. One that overlaps none, but
    lies within the reach of some, joins those.
    """
    places: list[_Place] = []  # sorted, and their extents never overlap
    farthest = max((len(finding.reach) for finding in findings if finding.reach is not None), default=0)
    for finding in _by_precision(findings):
        covered = _covered(finding)
        at = bisect_left(places, covered, key=lambda place: place.extent)
        low, high = at, at
        while low > 0 and places[low - 1].extent.overlaps(covered):
            low -= 1
        while high < len(places) and places[high].extent.overlaps(covered):
            high += 1
        for place in places[low:high]:
            place.members.append(finding)
        if low == high and (near := [*_reaching(places, high, finding, farthest)]):
            for place in near:
                place.members.append(finding)
        elif low == high:
            places.insert(at, _Place(covered, [finding]))
        elif high - low == 1:
            extent = places[low].extent
            places[low].extent = TextRange(min(extent.start, covered.start), max(extent.end, covered.end))
    return places


def _reaching(places: list[_Place], first: int, finding: Finding, farthest: int) -> Iterator[_Place]:
    """The places behind a finding that reach it: a reach ends where its place does.

    Args:
        places: all of them, in order.
        first: the first one behind the finding.
        finding: overlaps none of them.
        farthest: the length of the longest reach.
    """
    for place in places[first:]:
        if place.extent.start > finding.range.start + farthest:
            return
        if place.reaches(finding):
            yield place


def _same_line(places: list[_Place], text: Text) -> list[_Place]:
    """Neighbours that no engine tells apart made one if they start on one line."""
    kept: list[_Place] = []
    for place in places:
        last = kept[-1] if kept else None
        if last is not None and not last.engines & place.engines and last.line(text) == place.line(text):
            last.members = _by_precision([*last.members, *place.members])
        else:
            kept.append(place)
    return kept


def _covered(finding: Finding) -> TextRange:
    """The characters a finding marks; one between two characters marks the second."""
    return TextRange(finding.range.start, max(finding.range.end, finding.range.start + 1))


def _by_precision(findings: list[Finding]) -> list[Finding]:
    """The most precise engine's first, then the narrow, then the worse; no two orders are possible."""
    if len(findings) == 1:
        return findings
    keys = [_precision(finding) for finding in findings]
    if len(set(keys)) < len(keys):
        findings = sorted(findings, key=repr)
        keys = [_precision(finding) for finding in findings]
    return [findings[index] for index in sorted(range(len(keys)), key=keys.__getitem__)]


def _precision(finding: Finding) -> tuple[tuple[int, str], int, TextRange, int, int, str, str]:
    best = min((_rank(engine) for engine in finding.engines), default=(len(_PRECISION), ""))
    grades = (-LEVELS.index(finding.severity), -LEVELS.index(finding.confidence))
    return (best, len(finding.range), finding.range, *grades, finding.rule, finding.message)


def _rank(engine: str) -> tuple[int, str]:
    return (_PRECISION.index(engine) if engine in _PRECISION else len(_PRECISION), engine)


def _joined(members: list[Finding]) -> Finding:
    """One finding out of all members, the first of which speaks for them."""
    first = members[0]
    if len(members) == 1:
        engines = tuple(sorted(set(first.engines)))
        return first if engines == first.engines else replace(first, engines=engines)
    return replace(
        first,
        severity=_highest(member.severity for member in members),
        confidence=_highest(member.confidence for member in members),
        cwe=tuple(dict.fromkeys(cwe for member in members for cwe in member.cwe)),
        engines=tuple(sorted({engine for member in members for engine in member.engines})),
        path=max((member.path for member in members), key=len),
        fixes=_distinct(fix for member in members for fix in member.fixes),
    )


def _highest(levels: Iterable[Level]) -> Level:
    return max(levels, key=LEVELS.index)


def _distinct(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """Fixes that change the text in different ways, first come first kept."""
    kept: dict[tuple[object, ...], Fix] = {}
    for fix in fixes:
        kept.setdefault((fix.edits, fix.requires_import), fix)
    return tuple(kept.values())


def _named(merged: list[tuple[str, Finding]], text: Text) -> Generator[None, None, tuple[Finding, ...]]:
    """The findings with fingerprints, in steps; twins are counted in document order."""
    seen: Counter[tuple[str, str]] = Counter()
    named = []
    for number, (kind, finding) in enumerate(merged, 1):
        statement = statement_at(text, finding.range.start)
        named.append(replace(finding, fingerprint=fingerprint(kind, statement, seen[kind, statement])))
        seen[kind, statement] += 1
        if number % _AT_ONCE == 0:
            yield
    return tuple(named)
