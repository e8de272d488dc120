"""Dataflow as an engine: a unit in, findings with their paths out; also what made flows harmless, and verdicts.

Never raises: what goes wrong, or takes too long, is a notice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.dataflow.engine import Engine
from leery_analyzers.dataflow.languages import LANGUAGES, support
from leery_analyzers.dataflow.lowered import FOREIGN, Shelf, page
from leery_analyzers.dataflow.messages import message, sink_step, source_step
from leery_analyzers.dataflow.model_files import models_for
from leery_analyzers.dataflow.rules import flow_rules
from leery_analyzers.dataflow.sinks import is_assumed
from leery_analyzers.dataflow.state import Budget, GiveUpError, StoppedError
from leery_analyzers.dataflow.surroundings import Questions, Surroundings
from leery_analyzers.judge import ANY, Explanation, Judgement, Verdict
from leery_analyzers.model import Finding, Notice, Report, Rule, Step
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.dataflow.lowered import Lowered
    from leery_analyzers.dataflow.model_files import UserModel
    from leery_analyzers.dataflow.sinks import Arrival, Hit, Outcome
    from leery_analyzers.dataflow.surroundings import Listed
    from leery_analyzers.dataflow.values import Taint

MAX_CHARACTERS = 200_000
"""Longer units are not analysed."""
MAX_FINDINGS = 200
_GRAMMARS = ("python", "javascript", "typescript", "java")


class Spot(NamedTuple):
    """A place in a unit of the document: its key, empty for the unit under analysis, and where in its text."""

    key: str
    range: TextRange


@dataclass(frozen=True, slots=True)
class Flow:
    """A finding whose places may lie in several units.

    Attributes:
        finding: relative to the unit of its place, without a path.
        place: the sink.
        steps: the path.
        assumed: whether the data is a parameter of a function that may be called from outside.
    """

    finding: Finding
    place: Spot
    steps: tuple[tuple[Spot, str], ...]
    assumed: bool = False

    def placed(self, starts: Mapping[str, int]) -> Finding | None:
        """The finding in the coordinates of a document; None if the sink's unit is not there.

        Args:
            starts: where each unit starts, by key; the unit under analysis has the empty one.
        """
        if self.place.key not in starts:
            return None
        path = tuple(Step(s.range.shift(starts[s.key]), message) for s, message in self.steps if s.key in starts)
        start = starts[self.place.key]
        return replace(self.finding.shift(start), path=path)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything an analysis of one unit gives.

    Attributes:
        flows: what was found.
        notices: what could not be done.
        explanations: what made flows harmless.
        judgements: what arrives at each sink, by the key of its unit, empty for the unit itself.
        entered: keys of other units whose functions were followed.
        answers: what it depends on besides the unit, as `surroundings.Questions` keeps it.
    """

    flows: tuple[Flow, ...] = ()
    notices: tuple[Notice, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    judgements: tuple[tuple[str, Judgement], ...] = ()
    entered: frozenset[str] = frozenset()
    answers: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """What stands in the unit itself."""
        placed = (flow.placed({"": 0}) for flow in self.flows)
        return Report(tuple(finding for finding in placed if finding is not None), self.notices)


class DataflowAnalyzer:
    """The dataflow engine for units.

    Args:
        models: the user's own, which add to ours.
    """

    name = "dataflow"

    def __init__(self, models: tuple[UserModel, ...] = ()) -> None:
        self._models = models
        self._shelf = Shelf()
        self.languages = LANGUAGES

    @property
    def version(self) -> str:
        """Changes whenever a result could."""
        return _version()

    def rules(self) -> tuple[Rule, ...]:
        """Every rule it can report, sorted by id."""
        return tuple(rule.rule for rule in flow_rules().values())

    def analyze(self, unit: Unit) -> Report:
        """Findings with ranges relative to ``unit.text``; never raises."""
        return self.follow(unit).report

    def explain(self, unit: Unit) -> list[Explanation]:
        """What made flows harmless, in document order."""
        return list(self.follow(unit).explanations)

    def surroundings(self, listed: Sequence[Listed]) -> Surroundings:
        """What `follow` may ask of a document.

        Args:
            listed: all its units, in order.
        """
        return Surroundings(listed, lambda item: self._shelf.binds(item.unit, item.key))

    def follow(
        self,
        unit: Unit,
        around: Surroundings | None = None,
        *,
        key: str = "",
        own: int = -1,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> Analysis:
        """The whole analysis.

        Args:
            unit: the unit.
            around: the document that it belongs to.
            key: its key there.
            own: where it starts there now, in code points.
            interrupted: whether there is something else to do; asked once the analysis has taken long.

        Raises:
            StoppedError: it was interrupted.
        """
        if unit.language not in self.languages:
            return Analysis()
        if len(unit.source) > MAX_CHARACTERS:
            text = f"a part of more than {MAX_CHARACTERS} characters was not followed"
            return Analysis(notices=(Notice("dataflow", "limit", text),))
        lowered = self._shelf.own(unit, key or unit.key)
        run = _Run(lowered, Questions(around, own), self._shelf, self._models, Budget(interrupted))
        try:
            run.go()
        except StoppedError:
            raise
        except GiveUpError as error:
            kind: Literal["timeout", "limit"] = "timeout" if error.args[0] == "timeout" else "limit"
            run.notices.append(Notice("dataflow", kind, "gave up on a part that takes too long to follow"))
        except RecursionError:
            run.notices.append(Notice("dataflow", "limit", "a part nests too deep to be followed"))
        except Exception as error:  # noqa: BLE001 - a mistake here must not hide what other engines find
            run.notices.append(Notice("dataflow", "crash", f"dataflow failed: {type(error).__name__}"))
        analysis = run.analysis()
        run.engine.release()
        return analysis


class _Run:
    """One analysis of a unit."""

    def __init__(
        self,
        lowered: Lowered,
        questions: Questions,
        shelf: Shelf,
        models: tuple[UserModel, ...],
        budget: Budget,
    ) -> None:
        self.questions = questions
        self.lowered = lowered
        serving = support(lowered.unit.language)
        self.engine = Engine(
            self.lowered, models_for(serving.models, models), serving.plugin(), questions, shelf, budget
        )
        self.notices: list[Notice] = []
        self._spots: dict[tuple[int, int], Spot | None] = {}

    def go(self) -> None:
        module = self.lowered.module
        self.engine.run(module)
        if self.lowered.given_up:
            self.notices.append(Notice("dataflow", "timeout", "a part that takes too long to parse was not followed"))
        if self.engine.budget.too_deep or module.cut:
            self.notices.append(Notice("dataflow", "limit", "a part nests too deep to be followed wholly"))

    def analysis(self) -> Analysis:
        flows = [flow for hit in self.engine.sinks.hits.values() if (flow := self._flow(hit)) is not None]
        flows.sort(key=lambda flow: (flow.place.key, flow.place.range, flow.finding.rule))
        if len(flows) > MAX_FINDINGS:
            self.notices.append(Notice("dataflow", "limit", f"more than {MAX_FINDINGS} findings in one part"))
        here = [arrival for arrival in self.engine.sinks.arrivals.values() if arrival.start < FOREIGN]
        return Analysis(
            tuple(flows[:MAX_FINDINGS]),
            tuple(self.notices),
            tuple(self._explanations(here)),
            (*self._judgements(), *self._dead()),
            frozenset(self.engine.outside.used[number].key for number in self.engine.entered),
            self.questions.answers,
        )

    def _spot(self, start: int, end: int) -> Spot | None:
        """A span as a place; None outside of a unit's text, in a header or in an import."""
        if (start, end) not in self._spots:
            self._spots[start, end] = self._found(start, end)
        return self._spots[start, end]

    def _found(self, start: int, end: int) -> Spot | None:
        lowered = self.lowered if start < FOREIGN else self.engine.outside.used.get(page(start))
        if lowered is None or start < 0:
            return None
        place = lowered.range(start, end)
        if place.start < 0 or place.end > len(lowered.unit.text):
            return None
        return Spot("" if lowered is self.lowered else lowered.key, place)

    def _flow(self, hit: Hit) -> Flow | None:
        place = self._spot(hit.start, hit.end)
        if place is None:
            return None
        rule = flow_rules()[hit.rule]
        source = hit.taint.source
        spots = [(self._spot(source.start, source.end), source_step(source))]
        spots += [(self._spot(mark.start, mark.end), mark.message) for mark in hit.taint.marks]
        spots.append((place, sink_step(rule, hit)))
        steps = tuple((spot, message) for spot, message in spots if spot is not None)
        if not any(spot.key == "" for spot, _ in steps) and not self._joins(source.start, hit.start):
            return None  # a flow of another unit alone: that unit's analysis tells
        finding = Finding(
            rule=hit.rule,
            range=place.range,
            message=message(rule, hit, self.engine.text(source.start, source.end)),
            severity=rule.rule.severity,
            confidence=hit.confidence,
            cwe=rule.rule.cwe,
            engines=("dataflow",),
            reach=self._reach(hit, place),
        )
        return Flow(finding, place, steps, is_assumed(hit.taint))

    def _joins(self, source: int, sink: int) -> bool:
        """Whether only the unit at hand calls both, where data enters and where it arrives; a field holds it then."""
        used = self.engine.outside.used
        first, last = used.get(page(source)), used.get(page(sink))
        if first is None or last is None or first is last or source < FOREIGN or sink < FOREIGN:
            return False
        return last.unit.name.rpartition(".")[2] not in first.unit.text

    def _reach(self, hit: Hit, place: Spot) -> TextRange | None:
        """From the start of the call to the argument; callbacks that follow it are no part of it."""
        call = self.engine.sinks.arrivals[hit.rule, hit.start, hit.end].call
        spot = self._spot(*call)
        if spot is None or not spot.range.contains(place.range):
            return None
        return TextRange(spot.range.start, place.range.end)

    def _explanations(self, arrivals: Iterable[Arrival]) -> Iterable[Explanation]:
        found = set()
        for arrival in arrivals:
            place = self._here(arrival.start, arrival.end)
            for taint, proof in arrival.proofs:
                source = self._entrance(taint) or place
                guard = self._here(proof.start, proof.end) or source
                if place is not None and source is not None and guard is not None:
                    found.add(Explanation(arrival.rule, place, source, guard, proof.reason, not proof.guess))
        return sorted(found, key=lambda item: (item.range, item.rule, item.source, item.guard))

    def _entrance(self, taint: Taint) -> TextRange | None:
        """Where data enters the unit."""
        spans = [(taint.source.start, taint.source.end), *((mark.start, mark.end) for mark in taint.marks)]
        return next((place for start, end in spans if (place := self._here(start, end)) is not None), None)

    def _here(self, start: int, end: int) -> TextRange | None:
        spot = self._spot(start, end)
        return spot.range if spot is not None and not spot.key else None

    def _dead(self) -> Iterable[tuple[str, Judgement]]:
        """Nothing arrives at sinks in branches that cannot run."""
        if self.notices:
            return
        for statement in self.engine.dead():
            place = self._here(statement.start, statement.end)
            if place is not None:
                yield "", Judgement(ANY, place, place, "refuted", "this branch cannot run", within=True)

    def _judgements(self) -> Iterable[tuple[str, Judgement]]:
        for arrival in self.engine.sinks.arrivals.values():
            spot, call = self._spot(arrival.start, arrival.end), self._spot(*arrival.call)
            if spot is None:
                continue
            kind = class_of_cwe(flow_rules()[arrival.rule].rule.cwe[0])
            outcome = _judged(arrival.outcome)
            if outcome == "refuted" and self.notices:
                outcome = "undecided"  # not every path was followed
            reasons = tuple(dict.fromkeys(proof.reason for _, proof in arrival.proofs if not proof.guess))
            reason = "; ".join(reasons) or arrival.reason or "only constants arrive here"
            whole = call.range if call is not None and call.key == spot.key else spot.range
            yield spot.key, Judgement(kind, spot.range, whole, outcome, reason, assumed=arrival.assumed)


def _judged(outcome: Outcome) -> Verdict:
    return "confirmed" if outcome == "tainted" else "undecided" if outcome == "open" else "refuted"


@cache
def _version() -> str:
    """A digest of everything a result may depend on."""
    digest = hashlib.blake2b(digest_size=8)
    root = Path(__file__).parent
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml"), root.parent / "syntax.py", root.parent / "cwe.py"]):
        digest.update(path.relative_to(root.parent).as_posix().encode())
        digest.update(path.read_bytes())
    from importlib import metadata  # noqa: PLC0415 - 35 ms for who stores results; the worker does not

    for package in ("tree-sitter", *(f"tree-sitter-{name}" for name in _GRAMMARS)):
        digest.update(metadata.version(package).encode())
    return digest.hexdigest()
