"""Runs the checks of what a document lacks over all its units, beside the flows, and keeps the facts of units.

Knows no rule by name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from leery_analyzers.checks.code import Code
from leery_analyzers.checks.discovery import checks_for
from leery_analyzers.checks.lacking import DocumentCheck
from leery_analyzers.checks.languages import code_class
from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.judge import Flows
from leery_analyzers.model import Finding, Notice, Report
from leery_analyzers.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.checks.lacking import Facts, Lack
    from leery_analyzers.dataflow.analyzer import Analysis, DataflowAnalyzer
    from leery_analyzers.dataflow.surroundings import Listed, Surroundings
    from leery_analyzers.text import TextRange

_KEPT = 16_384
"""Units whose facts are kept; of a longer document all are, until it is looked at again."""
_MOST_CHARACTERS = 100_000
"""Longer units give no facts."""
_NOTHING: Mapping[DocumentCheck, Facts | Exception] = {}


class DocumentChecks:
    """The checks of whole documents.

    Args:
        checks: the checks to run; by default all of this package.
    """

    def __init__(self, checks: Sequence[DocumentCheck] | None = None) -> None:
        self._given = tuple(checks) if checks is not None else None
        self._kept: dict[str, Mapping[DocumentCheck, Facts | Exception]] = {}

    def report(self, listed: Sequence[Listed]) -> Report:
        """What a document lacks, in its coordinates; never raises.

        Args:
            listed: all units, in document order.
        """
        findings: list[Finding] = []
        notices: list[Notice] = []
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        told: dict[DocumentCheck, list[tuple[Listed, Facts | Exception]]] = {}
        for item in listed:
            found = self._kept.get(item.key)
            if found is None:
                found = self.facts(item)
            if found:
                for check, facts in found.items():
                    told.setdefault(check, []).append((item, facts))
        for check, those in sorted(told.items(), key=lambda one: one[0].id):
            try:
                lacks = check.lacks([_unbroken(facts) for _, facts in those])
                findings.extend(_finding(check, lack).shift(those[lack.unit][0].start) for lack in lacks)
            except Exception as error:  # noqa: BLE001 - one check's mistake must not hide what the others find
                notices.append(Notice("checks", "crash", f"the check {check.id} failed: {type(error).__name__}"))
        return Report(tuple(findings), tuple(notices))

    def facts(self, item: Listed) -> Mapping[DocumentCheck, Facts | Exception]:
        """What a unit tells to each check that it tells something, or the check's mistake."""
        found = self._kept.get(item.key)
        if found is None:
            found = self._kept[item.key] = self._facts(item.unit) or _NOTHING
        return found

    def _checks(self, language: str) -> Sequence[DocumentCheck]:
        """Those that look at texts of a language."""
        if self._given is not None:
            return [check for check in self._given if check.applies_to(language)]
        return _checks_for(language)

    def _facts(self, unit: Unit) -> Mapping[DocumentCheck, Facts | Exception]:
        kind = code_class(unit.language)
        if kind is None or len(unit.source) > _MOST_CHARACTERS:
            return _NOTHING
        found: dict[DocumentCheck, Facts | Exception] = {}
        parsed: Code | None = None
        for check in self._checks(unit.language):
            if not check.clue.search(unit.text):
                continue
            try:
                parsed = parsed or (kind(unit, parse(unit)) if check.parsed else None)
                facts = check.facts(parsed if check.parsed and parsed is not None else Code(unit))
            except Exception as error:  # noqa: BLE001 - told where the document is looked at as a whole
                found[check] = error
            else:
                if facts:
                    found[check] = facts
        return found


@cache
def _checks_for(language: str) -> tuple[DocumentCheck, ...]:
    return tuple(check for check in checks_for(language) if isinstance(check, DocumentCheck))


def _unbroken(facts: Facts | Exception) -> Facts:
    if isinstance(facts, Exception):
        raise facts
    return facts


class Documents(FlowDocuments):
    """Flows and what is lacking, as one answer about a document.

    Args:
        engine: follows the flows of a unit.
    """

    def __init__(self, engine: DataflowAnalyzer) -> None:
        super().__init__(engine)
        self._lacking = DocumentChecks()

    def follow(
        self,
        listed: Sequence[Listed],
        ranges: Sequence[TextRange] | None = None,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> Flows | None:
        """As of `FlowDocuments`; what is lacking is told of the whole document, whatever the ranges."""
        flows = super().follow(listed, ranges, interrupted)
        if flows is None:
            return None
        return Flows(flows.report + self._lacking.report(listed), flows.judgements)

    def _follow(self, item: Listed, around: Surroundings, interrupted: Callable[[], bool] = lambda: False) -> Analysis:
        self._lacking.facts(item)  # now, as both read the same tree
        return super()._follow(item, around, interrupted)


def _finding(check: DocumentCheck, lack: Lack) -> Finding:
    return Finding(
        rule=check.id,
        range=lack.at,
        message=lack.message,
        severity=check.severity,
        confidence=lack.confidence or check.confidence,
        cwe=check.cwe,
        engines=("checks",),
        fixes=(lack.fix,) if lack.fix is not None else (),
    )
