"""Dataflow as an engine: a unit in, findings with their paths out; also what made flows harmless, and verdicts.

Never raises: what goes wrong, or takes too long, is a notice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.dataflow.engine import Engine
from leery_analyzers.dataflow.languages import SUPPORTED
from leery_analyzers.dataflow.messages import message, sink_step, source_step
from leery_analyzers.dataflow.models import models_for
from leery_analyzers.dataflow.rules import flow_rules
from leery_analyzers.dataflow.state import GiveUpError
from leery_analyzers.dataflow.summaries import NoSummaries
from leery_analyzers.model import Finding, Notice, Report, Rule, Step
from leery_analyzers.syntax import encode, parse
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.dataflow.sinks import Arrival, Hit
    from leery_analyzers.dataflow.summaries import Summaries, Summary
    from leery_analyzers.syntax import SyntaxTree

MAX_CHARACTERS = 200_000
"""Longer units are not analysed."""
MAX_FINDINGS = 200
Verdict = Literal["confirmed", "refuted", "undecided"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why data from outside that arrives at a sink does no harm there.

    Attributes:
        rule: id of the rule that would have reported it.
        range: the sink's argument.
        source: where the data comes from.
        guard: what makes it harmless.
        reason: that in words.
        certain: whether more than a name says so.
    """

    rule: str
    range: TextRange
    source: TextRange
    guard: TextRange
    reason: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything an analysis of one unit gives."""

    report: Report
    explanations: tuple[Explanation, ...]
    summaries: tuple[Summary, ...]
    arrivals: tuple[tuple[Arrival, TextRange, TextRange], ...]


class DataflowAnalyzer:
    """The dataflow engine for units.

    Args:
        summaries: what is known of functions outside of the unit; nothing by default.
    """

    name = "dataflow"

    def __init__(self, summaries: Summaries | None = None) -> None:
        self._summaries = summaries if summaries is not None else NoSummaries()
        self.version = _version()
        self.languages = frozenset(SUPPORTED)

    def rules(self) -> tuple[Rule, ...]:
        """Every rule it can report, sorted by id."""
        return tuple(rule.rule for rule in flow_rules().values())

    def analyze(self, unit: Unit) -> Report:
        """Findings with ranges relative to ``unit.text``; never raises."""
        return self.follow(unit).report

    def explain(self, unit: Unit) -> list[Explanation]:
        """What made flows harmless, in document order."""
        return list(self.follow(unit).explanations)

    def summarize(self, unit: Unit) -> tuple[Summary, ...]:
        """Summaries of the functions that the unit defines at its top, for units that call them."""
        return self.follow(unit).summaries

    def adjudicate(self, unit: Unit, finding: Finding) -> Verdict:
        """What dataflow says of another engine's finding in this unit; ranges are relative to its text.

        Confirmed: data from outside arrives there. Refuted: on every path only constants arrive, or data that a guard
        or sanitiser has made harmless for certain. Undecided: anything else, other classes included.
        """
        return verdict(self.follow(unit), finding)

    def follow(self, unit: Unit, tree: SyntaxTree | None = None) -> Analysis:
        """The whole analysis.

        Args:
            unit: the unit.
            tree: its tree, if it is parsed already.
        """
        if unit.language not in self.languages:
            return Analysis(Report(), (), (), ())
        if len(unit.source) > MAX_CHARACTERS:
            return _nothing(f"a part of more than {MAX_CHARACTERS} characters was not followed")
        run = _Run(unit, tree if tree is not None else parse(unit), self._summaries)
        try:
            run.go()
        except GiveUpError as error:
            kind: Literal["timeout", "limit"] = "timeout" if error.args[0] == "timeout" else "limit"
            run.notices.append(Notice("dataflow", kind, "gave up on a part that takes too long to follow"))
        except RecursionError:
            run.notices.append(Notice("dataflow", "limit", "a part nests too deep to be followed"))
        except Exception as error:  # noqa: BLE001 - a mistake here must not hide what other engines find
            run.notices.append(Notice("dataflow", "crash", f"dataflow failed: {type(error).__name__}"))
        return run.analysis()


class _Run:
    """One analysis of a unit."""

    def __init__(self, unit: Unit, tree: SyntaxTree, summaries: Summaries) -> None:
        self.unit = unit
        self.tree = tree
        self.source = encode(unit.source)
        self.support = SUPPORTED[unit.language]
        self.engine = Engine(self.source, models_for(self.support.models), self.support.plugin(), summaries)
        self.notices: list[Notice] = []
        self.summaries: list[Summary] = []
        self._whole = TextRange(0, len(unit.text))

    def go(self) -> None:
        module = self.support.lower(self.tree.root, self.source, self.unit.imports)
        self.engine.run(module)
        if self.engine.budget.too_deep or module.cut:
            self.notices.append(Notice("dataflow", "limit", "a part nests too deep to be followed wholly"))

    def analysis(self) -> Analysis:
        findings = [self._finding(hit) for hit in self.engine.sinks.hits.values()]
        held = [finding for finding in findings if finding is not None]
        held.sort(key=lambda finding: (finding.range, finding.rule))
        if len(held) > MAX_FINDINGS:
            self.notices.append(Notice("dataflow", "limit", f"more than {MAX_FINDINGS} findings in one part"))
        arrivals = tuple(
            (arrival, self._range(arrival.start, arrival.end), self._range(*arrival.call))
            for arrival in self.engine.sinks.arrivals.values()
        )
        report = Report(tuple(held[:MAX_FINDINGS]), tuple(self.notices))
        return Analysis(report, tuple(self._explanations(arrivals)), self._summaries(), arrivals)

    def _range(self, start: int, end: int) -> TextRange:
        return TextRange(self.tree.offset(start), self.tree.offset(end))

    def _finding(self, hit: Hit) -> Finding | None:
        place = self._range(hit.start, hit.end)
        if not self._whole.contains(place):
            return None
        rule = flow_rules()[hit.rule]
        source = hit.taint.source
        steps = [Step(self._range(source.start, source.end), source_step(source))]
        steps += [Step(self._range(mark.start, mark.end), mark.message) for mark in hit.taint.marks]
        steps.append(Step(place, sink_step(rule, hit)))
        return Finding(
            rule=hit.rule,
            range=place,
            message=message(rule, hit, self.engine.text(source.start, source.end)),
            severity=rule.rule.severity,
            confidence=hit.confidence,
            cwe=rule.rule.cwe,
            engines=("dataflow",),
            path=tuple(step for step in steps if self._whole.contains(step.range)),
        )

    def _explanations(self, arrivals: Iterable[tuple[Arrival, TextRange, TextRange]]) -> Iterable[Explanation]:
        found = {
            Explanation(
                arrival.rule,
                place,
                self._range(taint.source.start, taint.source.end),
                self._range(proof.start, proof.end),
                proof.reason,
                not proof.guess,
            )
            for arrival, place, _ in arrivals
            for taint, proof in arrival.proofs
        }
        return sorted(found, key=lambda item: (item.range, item.rule, item.source, item.guard))

    def _summaries(self) -> tuple[Summary, ...]:
        return tuple(self.engine.summarized)


def verdict(analysis: Analysis, finding: Finding) -> Verdict:
    """What an analysis says of a finding in the same unit.

    Args:
        analysis: of the unit.
        finding: of any engine, with a place relative to the unit's text.
    """
    if not finding.cwe:
        return "undecided"
    wanted = class_of_cwe(finding.cwe[0])
    rules = {rule_id for rule_id, rule in flow_rules().items() if class_of_cwe(rule.rule.cwe[0]) == wanted}
    if any(
        own.rule in rules and own.range.overlaps(finding.range) and own.confidence != "low"
        for own in analysis.report.findings
    ):
        return "confirmed"
    here = [a for a, place, call in analysis.arrivals if a.rule in rules and _at(finding.range, place, call)]
    if any(arrival.outcome == "tainted" for arrival in here):
        return "confirmed"
    complete = not analysis.report.notices
    if here and complete and all(arrival.outcome in {"constant", "cleared"} for arrival in here):
        return "refuted"
    return "undecided"


def _at(wanted: TextRange, place: TextRange, call: TextRange) -> bool:
    return wanted.overlaps(place) or (call.contains(wanted) and wanted.contains(call))


def _nothing(reason: str) -> Analysis:
    return Analysis(Report(notices=(Notice("dataflow", "limit", reason),)), (), (), ())


@cache
def _version() -> str:
    """A digest of everything a result may depend on."""
    digest = hashlib.blake2b(digest_size=8)
    root = Path(__file__).parent
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml"), root.parent / "syntax.py", root.parent / "cwe.py"]):
        digest.update(path.relative_to(root.parent).as_posix().encode())
        digest.update(path.read_bytes())
    for package in ("tree-sitter", "tree-sitter-python"):
        digest.update(metadata.version(package).encode())
    return digest.hexdigest()
