"""What dataflow knows of a sink, and what follows for findings of engines that only look at its shape.

Confirmed: data from outside arrives there. Refuted: on every path only constants arrive, or data that a guard or a
sanitiser has made harmless for certain. Undecided: anything else. Pure data and functions of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.model import Report, report_from_json, report_to_json
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery_analyzers.model import Finding

ANY = "*"
"""In the place of a class of weakness: every class."""
_WRITTEN = frozenset({"CWE-798", "CWE-259", "CWE-321", "CWE-312", "CWE-1007", "CWE-1357"})
"""Weaknesses of what is written, whether it runs or not: secrets, hidden characters, names of packages."""
_AT_ONCE = 40
"""Findings or judgements that are read in less than two milliseconds."""
Verdict = Literal["confirmed", "refuted", "undecided"]


@dataclass(slots=True, unsafe_hash=True)
class Judgement:
    """What arrives at one sink; never changed once made (frozen ones are slow to make).

    Attributes:
        kind: the class of weakness, as `class_of_cwe` gives it, or `ANY`.
        range: the sink's argument.
        call: the call that it belongs to.
        outcome: of everything that arrives on any path.
        reason: for people; of use where it is refuted.
        within: whether it speaks only of findings that lie within `range`, as of code that cannot run.
        assumed: whether it rests on what a parameter may hold.
    """

    kind: str
    range: TextRange
    call: TextRange
    outcome: Verdict
    reason: str
    within: bool = False
    assumed: bool = False

    def shift(self, by: int) -> Judgement:
        """The same moved by a signed number of code points."""
        if by == 0:
            return self
        place, call = self.range.shift(by), self.call.shift(by)
        return Judgement(self.kind, place, call, self.outcome, self.reason, self.within, self.assumed)

    def speaks_of(self, finding: Finding) -> bool:
        """Whether a finding is about this sink."""
        if self.kind != ANY and (not finding.cwe or class_of_cwe(finding.cwe[0]) != self.kind):
            return False
        here = finding.range
        if self.within:
            return self.range.contains(here)
        if here.start == self.call.start and here.end <= self.range.start:
            return True  # what is called
        return here.overlaps(self.range) or (self.call.contains(here) and here.contains(self.call))


def verdict(finding: Finding, judgements: Iterable[Judgement]) -> tuple[Verdict, str]:
    """What all judgements together say of a finding, and why; all places speak of the same text."""
    here = [judgement for judgement in judgements if judgement.speaks_of(finding)]
    if any(judgement.outcome == "confirmed" for judgement in here):
        return "confirmed", ""
    if here and all(judgement.outcome == "refuted" for judgement in here):
        return "refuted", "; ".join(dict.fromkeys(judgement.reason for judgement in here))
    return "undecided", ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why data from outside that arrives at a sink does no harm there.

    Attributes:
        rule: id of the rule that would have reported it.
        range: the sink's argument.
        source: where the data comes from; where it enters the unit, if it comes from another one.
        guard: what makes it harmless, likewise.
        reason: that in words.
        certain: whether more than a name says so.
    """

    rule: str
    range: TextRange
    source: TextRange
    guard: TextRange
    reason: str
    certain: bool

    def shift(self, by: int) -> Explanation:
        """The same moved by a signed number of code points."""
        return replace(self, range=self.range.shift(by), source=self.source.shift(by), guard=self.guard.shift(by))

    def to_json(self) -> list[Any]:
        """A JSON value that `from_json` reads back."""
        places = [edge for place in (self.range, self.source, self.guard) for edge in (place.start, place.end)]
        return [self.rule, *places, self.reason, self.certain]

    @classmethod
    def from_json(cls, data: list[Any]) -> Explanation:
        """The explanation written by `to_json`."""
        rule, *edges, reason, certain = data
        place, source, guard = (TextRange(*edges[index : index + 2]) for index in (0, 2, 4))
        return cls(rule, place, source, guard, reason, certain)


@dataclass(frozen=True, slots=True)
class Refuted:
    """A finding that dataflow proves wrong, and why."""

    finding: Finding
    reason: str


def _must_run(finding: Finding) -> bool:
    """Whether code must run to do harm; a secret is told by being written, and a package by being named."""
    return finding.refutable or not _WRITTEN.intersection(finding.cwe)


def adjudicate(findings: Iterable[Finding], judgements: Iterable[Judgement]) -> tuple[list[Finding], list[Refuted]]:
    """The findings that stand, and those that are refuted; what is not `refutable` can be where nothing runs only.

    Args:
        findings: of single engines, not merged yet.
        judgements: of the same text.
    """
    by_kind: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_kind.setdefault(judgement.kind, []).append(judgement)
    stands: list[Finding] = []
    refuted: list[Refuted] = []
    for finding in findings:
        known = by_kind.get(ANY, []) if _must_run(finding) else []
        if finding.refutable and finding.cwe:
            known = by_kind.get(class_of_cwe(finding.cwe[0]), []) + known
        outcome, reason = verdict(finding, known) if known else ("undecided", "")
        if outcome == "refuted":
            refuted.append(Refuted(finding, reason))
        else:
            stands.append(finding)
    return stands, refuted


@dataclass(frozen=True, slots=True)
class Flows:
    """What dataflow says of a document, or of the parts that were asked for; all in the document's coordinates."""

    report: Report = field(default_factory=Report)
    judgements: tuple[Judgement, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A JSON value that `from_json` reads back."""
        return {"report": report_to_json(self.report), "judgements": [_to_json(j) for j in self.judgements]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Flows:
        """The flows written by `to_json`."""
        flows = cls()
        for flows in cls.read(data):  # noqa: B007 - the last one is meant
            pass
        return flows

    @classmethod
    def read(cls, data: dict[str, Any]) -> Iterator[Flows]:
        """The flows written by `to_json`, read little by little: more of them each time, all of them at last."""
        report, judged = data["report"], data["judgements"]
        flows = cls(report_from_json({"findings": [], "notices": report["notices"]}))
        for start in range(0, len(report["findings"]), _AT_ONCE):
            part = report["findings"][start : start + _AT_ONCE]
            flows = cls(flows.report + report_from_json({"findings": part, "notices": []}))
            yield flows
        for start in range(0, len(judged), _AT_ONCE):
            judgements = tuple(_from_json(j) for j in judged[start : start + _AT_ONCE])
            flows = cls(flows.report, flows.judgements + judgements)
            yield flows
        yield flows


def _to_json(judgement: Judgement) -> list[Any]:
    place, call = judgement.range, judgement.call
    places = [place.start, place.end, call.start, call.end]
    return [judgement.kind, *places, judgement.outcome, judgement.reason, judgement.within, judgement.assumed]


def _from_json(data: list[Any]) -> Judgement:
    kind, start, end, call_start, call_end, outcome, reason, within, assumed = data
    return Judgement(kind, TextRange(start, end), TextRange(call_start, call_end), outcome, reason, within, assumed)
