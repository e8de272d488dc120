"""Dataflow over the units of a whole document, with the results of units kept for as long as they hold.

A result holds for a unit's content and for the answers to what its analysis asked about the rest of the document. What
this gives depends on the document alone, never on what was asked before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.state import StoppedError
from leery_analyzers.dataflow.surroundings import Questions
from leery_analyzers.judge import Flows, Judgement
from leery_analyzers.model import Report
from leery_analyzers.text import TextRange, union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.dataflow.analyzer import Analysis, DataflowAnalyzer
    from leery_analyzers.dataflow.surroundings import Listed, Surroundings
    from leery_analyzers.judge import Explanation

_KEPT = 4096
_PRIVATE = re.compile(r"(?:\s|@\w+(?:\([^()]*\))?)*private\b")
"""How a function begins that nothing but its document can call."""
_EXAMPLE = re.compile(r"_*(?i:main|tests?|demos?|examples?|usage|samples?)(?![a-z])")
_ROUTE = re.compile(r"\s*@(?!pytest\b)\w+\.\w+\(")
"""How a function begins that a framework calls."""
_VARIANTS = 4
"""Results of one unit that are kept, for different surroundings."""


class FlowDocuments:
    """Follows the flows of documents, one version after the other.

    Args:
        engine: follows the flows of a unit.
    """

    def __init__(self, engine: DataflowAnalyzer) -> None:
        self._engine = engine
        self._kept: dict[str, list[Analysis]] = {}

    @property
    def languages(self) -> frozenset[str]:
        """Language ids that are understood."""
        return self._engine.languages

    def follow(
        self,
        listed: Sequence[Listed],
        ranges: Sequence[TextRange] | None = None,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> Flows | None:
        """The flows of a document with a place in any of the ranges, and perhaps others.

        Args:
            listed: all units, in document order.
            ranges: places in code points; None for all.
            interrupted: whether to stop, asked after every unit that was not known, and within one that takes long;
                what was done of other units is kept.

        Returns:
            None if it was interrupted.
        """
        around = self._engine.surroundings(listed)
        wanted = list(listed) if ranges is None else _concerned(around, ranges)
        wanted = [item for item in wanted if item.unit.language in self._engine.languages]
        done: list[tuple[Listed, Analysis]] = []
        for item in wanted:
            found = self._known(item, around)
            if found is None:
                try:
                    found = self._follow(item, around, interrupted)
                except StoppedError:
                    return None
                if interrupted() and item is not wanted[-1]:
                    return None
            done.append((item, found))
        return _placed(done, {item.key: item.start for item in reversed(listed)}, _answered_for(done, around))

    def explanations(self, listed: Sequence[Listed]) -> Iterator[Explanation]:
        """What made flows harmless, in the document's coordinates."""
        around = self._engine.surroundings(listed)
        for item in listed:
            if item.unit.language in self._engine.languages:
                analysis = self._known(item, around) or self._follow(item, around)
                yield from (explanation.shift(item.start) for explanation in analysis.explanations)

    def _known(self, item: Listed, around: Surroundings) -> Analysis | None:
        """The result that is kept, if it holds here."""
        known = self._kept.pop(item.key, None)
        if known is None:
            return None
        self._kept[item.key] = known  # the last one used is forgotten last
        return next((found for found in known if Questions.hold(found.answers, around, item.start)), None)

    def _follow(self, item: Listed, around: Surroundings, interrupted: Callable[[], bool] = lambda: False) -> Analysis:
        found = self._engine.follow(item.unit, around, key=item.key, own=item.start, interrupted=interrupted)
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[item.key] = [found, *self._kept.get(item.key, ())[: _VARIANTS - 1]]
        return found


def _concerned(around: Surroundings, ranges: Sequence[TextRange]) -> list[Listed]:
    """The units that meet some places, and all into which a flow from there may lead.

    Those are the callers of their functions, whoever calls one of these, and all that speak of a name which their
    statements bind.
    """
    found = {item.start: item for item in _meeting(around.listed, ranges)}
    left = list(found.values())
    while left:
        item = left.pop()
        for user in around.users(item):
            if user.start not in found:
                found[user.start] = user
                left.append(user)
    return [found[start] for start in sorted(found)]


def _meeting(listed: Sequence[Listed], ranges: Sequence[TextRange]) -> Iterator[Listed]:
    """The units with more than white space in any of the ranges; an empty one meets those on both sides of it."""
    places = union(place if len(place) else TextRange(max(place.start - 1, 0), place.end + 1) for place in ranges)
    ends = [place.end for place in places]
    for item in listed:
        start, text = item.start, item.unit.text
        if not places or start >= ends[-1]:
            break
        if start + len(text) <= places[0].start:
            continue
        for place in places[bisect_right(ends, start) :]:
            if place.start >= start + len(text):
                break
            if text[max(place.start - start, 0) : place.end - start].strip():
                yield item
                break


def _answered_for(done: Sequence[tuple[Listed, Analysis]], around: Surroundings) -> set[int]:
    """Where functions start whose every caller in the document was followed into them.

    Then what their parameters hold is known, and need not be assumed. An example of their use is no such caller. Of
    functions without a name that stand in a table, one who takes them from there speaks for all.
    """
    by_start = {item.start: analysis for item, analysis in done}
    known = set()
    for item, _ in done:
        if item.unit.kind == "statements" and "lambda" in item.unit.text:
            used = (by_start.get(user.start) for user in around.users(item) if user.start != item.start)
            if any(analysis is not None and item.key in analysis.entered for analysis in used):
                known.add(item.start)
            continue
        name = item.unit.name.rpartition(".")[2]
        if item.unit.kind != "function" or not name:
            continue
        called = False
        for caller in around.callers(name):
            if caller.start == item.start or (_is_example(caller.unit) and not _PRIVATE.match(item.unit.text)):
                continue
            analysis = by_start.get(caller.start)
            called = analysis is not None and item.key in analysis.entered
            if not called:
                break
        else:
            passed = (by_start.get(passer.start) for passer in around.passers(name) if passer.start != item.start)
            called = called or any(analysis is not None and item.key in analysis.entered for analysis in passed)
        if called:
            known.add(item.start)
    return known


def _is_example(unit: Unit) -> bool:
    """Whether a caller only shows how something is used: a script's own statements, ``main``, a test."""
    if unit.kind == "function":
        return _EXAMPLE.match(unit.name.rpartition(".")[2]) is not None and _ROUTE.match(unit.text) is None
    return unit.language == "python" or not ("=>" in unit.text or "function" in unit.text)


def _placed(done: Sequence[tuple[Listed, Analysis]], starts: dict[str, int], known: set[int]) -> Flows:
    findings = []
    notices = []
    judgements: list[tuple[Judgement, int]] = []
    assumed: list[tuple[Judgement, int]] = []
    places = dict(starts)
    for item, analysis in done:
        places[""] = item.start
        flows = (flow for flow in analysis.flows if not (flow.assumed and item.start in known))
        findings += [finding for flow in flows if (finding := flow.placed(places)) is not None]
        notices += [notice.shift(item.start) for notice in analysis.notices]
        for key, judgement in analysis.judgements:
            if key in places:
                open_here = not key and judgement.outcome == "undecided"
                into = assumed if item.start in known and (judgement.assumed or open_here) else judgements
                into.append((judgement, places[key]))
    judged = {_sink(judgement, start) for judgement, start in judgements}
    # Callers speak for a sink in a function that they all are followed into; one that none of them reaches is open.
    left = ((judgement, start) for judgement, start in assumed if _sink(judgement, start) not in judged)
    judgements += [(replace(judgement, outcome="undecided"), start) for judgement, start in left]
    return Flows(Report(tuple(findings), tuple(notices)), tuple(_telling(judgements)))


def _sink(judgement: Judgement, start: int) -> tuple[str, int, int]:
    """What a judgement speaks of, in the document's coordinates."""
    return judgement.kind, judgement.range.start + start, judgement.range.end + start


def _telling(judgements: Sequence[tuple[Judgement, int]]) -> Iterator[Judgement]:
    """Those that can refute a finding, and those that can keep it from being refuted; most do neither.

    Args:
        judgements: each with where its unit starts.
    """
    spans = union(one.call.shift(start) for one, start in judgements if one.outcome == "refuted")
    starts = [span.start for span in spans]
    for judgement, start in judgements:
        at = bisect_right(starts, judgement.call.end + start) - 1
        if judgement.outcome == "refuted" or (at >= 0 and spans[at].end >= judgement.call.start + start):
            yield judgement.shift(start)
