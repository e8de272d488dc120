"""What it takes for a fix to hold: what was found is gone, and nothing new came.

Compares what engines said of the parts around a place before and after; must not analyse or change anything. A weaker
finding of the same class that stays behind (a subprocess call without a shell is still a subprocess call) is no reason
to withhold a fix.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from leery_analyzers.fixes.imports import adds_import
from leery_analyzers.judge import adjudicate
from leery_analyzers.merge import class_of
from leery_analyzers.model import LEVELS, Report
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery_analyzers.judge import Flows
    from leery_analyzers.model import Finding
    from leery_analyzers.text import Text, TextEdit

Said = list[tuple[int, "Report"]]
"""Where a unit starts, in code points of the document, and what an engine said of it."""


class Where(NamedTuple):
    """Places of a text.

    Attributes:
        units: whose units are to be looked at.
        flows: from where flows are to be followed: an import that is new leads nowhere else.
    """

    units: tuple[TextRange, ...]
    flows: tuple[TextRange, ...]


def places(finding: Finding, edits: Sequence[TextEdit], text: Text, language: str) -> tuple[Where, Where]:
    """What has to be looked at before and after.

    Args:
        finding: in the document's coordinates.
        edits: simultaneous, of the same text.
        text: the document.
        language: its language id.

    Returns:
        Places of the text, and the same places of the text with the edits applied.
    """
    edited = [TextRange(edit.start, edit.end) for edit in edits]
    telling = [place for place, edit in zip(edited, edits, strict=True) if not adds_import(text, language, edit)]
    before = Where((finding.range, *edited), (finding.range, *telling))
    return before, Where(*(tuple(_after(place, edits) for place in where) for where in before))


def believed(said: Said, flows: Flows) -> Said:
    """What engines said together with what dataflow said of the same text, without what that refutes."""
    found = [finding.shift(start) for start, report in said for finding in report.findings]
    notices = tuple(notice for _, report in said for notice in report.notices)
    stands, _ = adjudicate(found, flows.judgements)
    return [(0, Report((*stands, *flows.report.findings), (*notices, *flows.report.notices)))]


def holds(finding: Finding, before: Said, after: Said) -> bool:
    """Whether a fix takes a finding away and brings nothing new.

    Args:
        finding: what is to be gone, in the coordinates of the text before.
        before: of the units that meet the places before, by any number of engines.
        after: of those that meet the places after, by the same engines.
    """
    if _notices(after) > _notices(before):
        return False
    return _gone(finding, before, after) and _nothing_new(finding, before, after)


def _gone(finding: Finding, before: Said, after: Said) -> bool:
    """Whether every rule that spoke of the place speaks once less."""
    kind = class_of(finding)
    at_place = {f.rule for f in _all(before) if class_of(f) == kind and f.range.overlaps(finding.range)}
    count_before, count_after = _count(_all(before)), _count(_all(after))
    strong = {rule for rule in at_place if _strongest(_all(before), rule) >= LEVELS.index(finding.severity)}
    return all(count_after[rule] < count_before[rule] for rule in strong | ({finding.rule} & at_place))


def _nothing_new(finding: Finding, before: Said, after: Said) -> bool:
    kind, floor = class_of(finding), LEVELS.index(finding.severity)
    new = _count(_all(after)) - _count(_all(before))
    return all(
        class_of(found) == kind and LEVELS.index(found.severity) < floor for found in _all(after) if found.rule in new
    )


def _all(said: Said) -> Iterable[Finding]:
    return [finding.shift(start) for start, report in said for finding in report.findings]


def _notices(said: Said) -> int:
    return sum(len(report.notices) for _, report in said)


def _count(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.rule for finding in findings)


def _strongest(findings: Iterable[Finding], rule: str) -> int:
    return max(LEVELS.index(finding.severity) for finding in findings if finding.rule == rule)


def _after(place: TextRange, edits: Sequence[TextEdit]) -> TextRange:
    """Where a place of the text lies in the copy; text inserted at its edges is included."""
    start = place.start + sum(
        len(e.text) - (e.end - e.start) for e in edits if e.end <= place.start and e.start < place.start
    )
    end = place.end + sum(len(e.text) - (e.end - e.start) for e in edits if e.start <= place.end)
    return TextRange(min(start, end), max(start, end))
