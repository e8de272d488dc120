"""One text under analysis: its units, what every engine has said of them, and how that becomes findings.

Plain state and pure functions of it; must not start work or know processes. All offsets are code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from leery.places import Places, whole_lines
from leery_analyzers.judge import Flows, adjudicate
from leery_analyzers.merge import merging
from leery_analyzers.model import Finding, Fix, Notice, Report, Step
from leery_analyzers.steps import at_once
from leery_analyzers.text import Text, TextEdit, TextRange, union

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Generator, Iterable, Sequence

    from leery_analyzers.analyzer import Unit

Ranges = tuple[TextRange, ...]

INSTANT = "instant"
DATAFLOW = "dataflow"

_TYPED = 3  # more characters than this at once are hardly a keystroke
_GLANCE = 200
_AT_ONCE = 40
"""Findings that are moved in a millisecond."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of one version of a target.

    Attributes:
        name: the target's name.
        version: the version all places speak of.
        findings: merged, in document order.
        notices: what could not be analysed.
        pending: engines that still work on it.
    """

    name: str
    version: int
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    pending: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit's key and where it stands now."""

    start: int
    key: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the instant worker says of some units, dataflow included."""

    units: list[tuple[Unit, Report]]
    flows: Flows


@dataclass(frozen=True, slots=True)
class Early:
    """An analysis asked for before the focus was known; of use if the guess was right."""

    generation: int
    focus: Ranges | None
    answer: asyncio.Future[dict[str, Any]]


@dataclass
class Target:
    """The mutable record of one text; `focus` is None when everything is of interest.

    Attributes:
        units: those that meet the focus, for the version `analyzed`.
        bodies: the units themselves by key.
        reports: by engine and key; a missing one is still being worked on.
        shown: each slow engine's findings as last assembled, moved along with edits since.
        generation: counts the edits; a client may send one version twice.
        failures: how often the instant worker died on this very text.
        early: an analysis that was asked for together with the last edit.
        blocked: why this text is not analysed; None while it is.
        flows: what dataflow said last.
        refuted: what it refuted then, moved along with edits since.
        flows_for: the generation and the focus that it spoke of.
        asked: how often flows were to be followed anew although the text is the same.
        followed: whether dataflow understands the language, as far as is known.
        news: counts what changes an analysis.
        latest: the analysis that all were told of last, begun when `news` had the number beside it.
        telling: counts the analyses that were begun, to tell of them.
    """

    name: str
    language: str
    version: int
    text: Text
    focus: Ranges | None
    units: tuple[PlacedUnit, ...] = ()
    analyzed: int | None = None
    bodies: dict[str, Unit] = field(default_factory=dict)
    reports: dict[str, dict[str, Report]] = field(default_factory=dict)
    shown: dict[str, list[Finding]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    generation: int = 0
    failures: int = 0
    early: Early | None = None
    blocked: Notice | None = None
    flows: Flows = field(default_factory=Flows)
    refuted: list[Finding] = field(default_factory=list)
    flows_for: tuple[int, Ranges | None] | None = None
    asked: int = 0
    followed: bool = True
    news: int = 0
    latest: tuple[int, Analysis] | None = None
    telling: int = 0

    @property
    def awaits_flows(self) -> bool:
        """Whether dataflow has not yet spoken of the present text and focus."""
        return self.followed and self.blocked is None and self.flows_for != (self.generation, self.focus)

    @property
    def told(self) -> Analysis | None:
        """The analysis that all were told of, unless there has been news since."""
        return self.latest[1] if self.latest is not None and self.latest[0] == self.news else None

    def guess(self, edits: Sequence[TextEdit]) -> Ranges | None:
        """What the focus is likely to be after edits: then the analysis need not wait until somebody knows.

        Args:
            edits: sequential, of the present text.
        """
        if self.focus is None:
            return None
        places = self.focus
        for edit in edits:
            end = edit.start + len(edit.text)
            by = end - edit.end
            before = (TextRange(p.start, min(p.end, edit.start)) for p in places if p.start < edit.start)
            behind = (TextRange(max(p.start + by, end), p.end + by) for p in places if p.end > edit.end)
            block = len(edit.text[:_GLANCE].strip()) > _TYPED
            places = union((*before, *behind, *([TextRange(edit.start, end)] if block else ())))
        return places

    def edit(self, edits: Sequence[TextEdit], version: int, text: Text) -> None:
        """Go on to the next version; findings of slow engines on lines that stay are moved along."""
        step = self.text
        for number, edit in enumerate(edits, 1):
            change = _Change(edit, step)
            for engine, findings in self.shown.items():
                self.shown[engine] = [moved for f in findings if (moved := _moved(f, change)) is not None]
            self.refuted = [moved for f in self.refuted if (moved := _moved(f, change)) is not None]
            step = text if number == len(edits) else step.replace(edit.start, edit.end, edit.text)
        self.text, self.version = text, version
        self.news += 1
        self.analyzed = None
        self.generation += 1
        self.failures, self.blocked = 0, None

    def learn(self, key: str, unit: Unit, report: Report) -> None:
        """Take the body and the instant report of a unit that was not seen before, of whatever version."""
        self.bodies[key] = unit
        self.reports.setdefault(INSTANT, {})[key] = report

    def place(self, units: Iterable[PlacedUnit], version: int) -> None:
        """Take the units of a version, all of which are known."""
        self.units = tuple(units)
        self.news += 1
        self.analyzed = version
        keys = {unit.key for unit in self.units}
        _keep(self.bodies, keys)
        for reports in self.reports.values():
            _keep(reports, keys)

    def block(self, notice: Notice) -> None:
        """No engine looks at the present text any more, dataflow neither; the notice says why."""
        self.blocked = notice
        self.place((), self.version)
        self.flows = Flows()

    def missing(self, engine: str) -> list[Unit]:
        """Units that the engine has not reported on."""
        reports = self.reports.get(engine, {})
        keys = dict.fromkeys(placed.key for placed in self.units if placed.key not in reports)
        return [self.bodies[key] for key in keys]

    def report(self, engine: str, reports: dict[str, Report]) -> None:
        """Take an engine's reports for units that are still there."""
        self.news += 1
        mine = self.reports.setdefault(engine, {})
        mine.update({key: report for key, report in reports.items() if key in self.bodies})

    def assemble(self, engines: Sequence[str], *, checks: bool = True, dataflow: bool = False) -> Analysis:
        """Everything known of the current version, slow engines' earlier findings standing in for what is under way.

        Args:
            engines: the slow ones in use.
            checks: whether findings of the instant tier count.
            dataflow: whether dataflow is in use.
        """
        return at_once(self.assembling(engines, checks=checks, dataflow=dataflow))

    def assembling(
        self, engines: Sequence[str], *, checks: bool = True, dataflow: bool = False
    ) -> Generator[None, None, Analysis]:
        """`assemble` in steps; of no use once anything has changed in between."""
        findings: list[Finding] = []
        notices: list[Notice] = [*self.notices, *([self.blocked] if self.blocked else [])]
        pending = set()
        for engine in (INSTANT, *engines):
            found, said, complete = yield from self._of_engine(engine)
            findings += found if checks or engine != INSTANT else []
            notices += said
            if not complete:
                pending.add(engine)
            if engine != INSTANT:
                self.shown[engine] = found
            yield
        if dataflow and self.followed:
            findings = self._followed(findings)
            if self.awaits_flows:
                pending.add(DATAFLOW)
            else:
                notices += self.flows.report.notices
            yield
        near = self._near_focus(findings)
        yield
        merged = self._in_focus((yield from merging(near, self.text)))
        return Analysis(self.name, self.version, merged, _distinct(notices), frozenset(pending))

    def _followed(self, findings: list[Finding]) -> list[Finding]:
        """The findings of other engines that stand, and dataflow's; what it said last holds until it speaks again."""
        if self.awaits_flows:
            refuted = {(finding.rule, finding.range) for finding in self.refuted}
            stands = [finding for finding in findings if (finding.rule, finding.range) not in refuted]
        else:
            stands, known = adjudicate(findings, self.flows.judgements)
            self.refuted = [item.finding for item in known]
            self.shown[DATAFLOW] = list(self.flows.report.findings)
        return [*stands, *self.shown.get(DATAFLOW, ())]

    def _of_engine(self, engine: str) -> Generator[None, None, tuple[list[Finding], list[Notice], bool]]:
        """Its findings and notices, and whether it has reported on all units; in steps."""
        reports = self.reports.get(engine, {})
        earlier = self.shown.get(engine, [])
        findings: list[Finding] = []
        notices: list[Notice] = []
        complete = True
        rest = _AT_ONCE
        for placed in self.units:
            if len(findings) > rest:
                rest = len(findings) + _AT_ONCE
                yield
            report = reports.get(placed.key)
            if report is not None:
                if report.findings:
                    findings += [finding.shift(placed.start) for finding in report.findings]
                if report.notices:
                    notices += [notice.shift(placed.start) for notice in report.notices]
                continue
            complete = False
            end = placed.start + len(self.bodies[placed.key].text)
            findings += [f for f in earlier if placed.start <= f.range.start and f.range.end <= end]
        return findings, notices, complete

    def _near_focus(self, findings: list[Finding]) -> list[Finding]:
        """Findings on lines of the focus, or with a step there: what merges with one in the focus is among them."""
        if self.focus is None:
            return findings
        lines = Places(whole_lines(place, self.text) for place in self.focus)
        return [finding for finding in findings if any(map(lines.touch, finding.places()))]

    def _in_focus(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings that lie in the focus, or have a step of their path there."""
        if self.focus is None:
            return tuple(findings)
        focus = Places(self.focus)
        return tuple(finding for finding in findings if any(map(focus.overlap, finding.places())))


class _Change:
    """What an edit does to places of the text before it.

    Args:
        edit: the edit.
        text: the text before.
    """

    def __init__(self, edit: TextEdit, text: Text) -> None:
        self._by = len(edit.text) - (edit.end - edit.start)
        self._behind = edit.end
        self._first = text.line_start(text.line_of(edit.start))
        self._last = text.line_end(text.line_of(edit.end))
        # Whole lines put above a line leave it as it is.
        self._above = edit.start == edit.end == self._first and edit.text.endswith(("\n", "\r"))

    def touches(self, place: TextRange) -> bool:
        """Whether the edit changes a line of the place."""
        return place.end >= self._first and place.start <= (self._first - 1 if self._above else self._last)

    def is_before(self, place: TextRange) -> bool:
        """Whether the place stays where it is."""
        return place.end < self._first

    def after(self, place: TextRange) -> TextRange:
        """Where a place is afterwards that is not touched."""
        return place.shift(self._by) if place.start >= self._behind else place


def move(finding: Finding, edit: TextEdit, text: Text) -> Finding | None:
    """The finding after an edit of `text`, or None when the edit touches a line it speaks of."""
    return _moved(finding, _Change(edit, text))


def _moved(finding: Finding, change: _Change) -> Finding | None:
    places = [finding.range, *(step.range for step in finding.path)]
    places += [TextRange(e.start, e.end) for fix in finding.fixes for e in fix.edits]
    places += [finding.reach] if finding.reach is not None else []
    if all(change.is_before(place) for place in places):
        return finding
    if any(change.touches(place) for place in places):
        return None

    def fix_after(fix: Fix) -> Fix:
        moved = ((change.after(TextRange(e.start, e.end)), e.text) for e in fix.edits)
        return replace(fix, edits=tuple(TextEdit(place.start, place.end, new) for place, new in moved))

    return replace(
        finding,
        range=change.after(finding.range),
        path=tuple(Step(change.after(step.range), step.message) for step in finding.path),
        fixes=tuple(fix_after(fix) for fix in finding.fixes),
        reach=change.after(finding.reach) if finding.reach is not None else None,
    )


def _keep(known: dict[str, Any], keys: set[str]) -> None:
    for key in known.keys() - keys:
        del known[key]


def _distinct(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(dict.fromkeys(notices))
