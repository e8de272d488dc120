"""Dataflow over the units of a whole document, with the results of units kept for as long as they hold.

A result holds for a unit's content and for the answers to what its analysis asked about the rest of the document. What
this gives depends on the document alone, never on what was asked before.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow.surroundings import Questions, Surroundings
from leery_analyzers.judge import Judgement, judgement_from_json, judgement_to_json
from leery_analyzers.model import Report, report_from_json, report_to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.dataflow.analyzer import Analysis, DataflowAnalyzer, Explanation
    from leery_analyzers.dataflow.surroundings import Listed
    from leery_analyzers.text import TextRange

_KEPT = 4096
_VARIANTS = 4
"""Results of one unit that are kept, for different surroundings."""


@dataclass(frozen=True, slots=True)
class Flows:
    """What dataflow says of a document, or of the parts that were asked for; all in the document's coordinates."""

    report: Report = field(default_factory=Report)
    judgements: tuple[Judgement, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A JSON value that `from_json` reads back."""
        return {"report": report_to_json(self.report), "judgements": [judgement_to_json(j) for j in self.judgements]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Flows:
        """The flows written by `to_json`."""
        return cls(report_from_json(data["report"]), tuple(judgement_from_json(j) for j in data["judgements"]))


class FlowDocuments:
    """Follows the flows of documents, one version after the other.

    Args:
        engine: follows the flows of a unit.
    """

    def __init__(self, engine: DataflowAnalyzer) -> None:
        self._engine = engine
        self._kept: dict[str, list[Analysis]] = {}

    def follow(
        self, listed: Sequence[Listed], ranges: Sequence[TextRange] | None = None, seconds: float | None = None
    ) -> Flows | None:
        """The flows of a document with a place in any of the ranges, and perhaps others.

        Args:
            listed: all units, in document order.
            ranges: places in code points; None for all.
            seconds: how long to work at most; what was done by then is kept for the next time.

        Returns:
            None if the time was up.
        """
        ends = None if seconds is None else time.perf_counter() + seconds
        around = Surroundings(listed)
        wanted = list(listed) if ranges is None else _concerned(around, ranges)
        wanted = [item for item in wanted if item.unit.language in self._engine.languages]
        done: list[tuple[Listed, Analysis]] = []
        for item in wanted:
            if ends is not None and time.perf_counter() > ends:
                return None
            done.append((item, self._analysis(item, around)))
        return _placed(done, {item.key: item.start for item in reversed(listed)})

    def explanations(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, Explanation]]:
        """What made flows harmless, unit by unit; places are relative to the unit."""
        around = Surroundings(listed)
        for item in listed:
            for explanation in self._analysis(item, around).explanations:
                yield item, explanation

    def _analysis(self, item: Listed, around: Surroundings) -> Analysis:
        known = self._kept.pop(item.key, [])
        found = next((a for a in known if Questions.hold(a.answers, around, item.start)), None)
        if found is None:
            found = self._engine.follow(item.unit, around, own=item.start)
            known = [found, *known[: _VARIANTS - 1]]
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[item.key] = known
        return found


def _concerned(around: Surroundings, ranges: Sequence[TextRange]) -> list[Listed]:
    """The units that meet some places, and all that call a function of theirs, or one that does."""
    found = {i.start: i for i in around.listed if any(_meets(i, place) for place in ranges)}
    left = list(found.values())
    while left:
        item = left.pop()
        name = item.unit.name.rpartition(".")[2] if item.unit.kind == "function" else ""
        for caller in around.callers(name) if name else ():
            if caller.start not in found:
                found[caller.start] = caller
                left.append(caller)
    return [found[start] for start in sorted(found)]


def _meets(item: Listed, place: TextRange) -> bool:
    return item.start <= place.end and place.start <= item.start + len(item.unit.text)


def _placed(done: Sequence[tuple[Listed, Analysis]], starts: dict[str, int]) -> Flows:
    findings = []
    notices = []
    judgements: list[Judgement] = []
    for item, analysis in done:
        places = {**starts, "": item.start}
        findings += [f for flow in analysis.flows if (f := flow.placed(places)) is not None]
        notices += [notice.shift(item.start) for notice in analysis.notices]
        judgements += [judgement.shift(item.start) for judgement in analysis.judgements]
    return Flows(Report(tuple(findings), tuple(notices)), tuple(judgements))
