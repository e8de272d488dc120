"""Runs the checks of what a document lacks over all its units, beside the flows, and keeps the facts of units.

Knows no rule by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.checks.code import Code
from leery_analyzers.checks.discovery import all_checks
from leery_analyzers.checks.lacking import DocumentCheck
from leery_analyzers.checks.languages import CODE
from leery_analyzers.dataflow.document import FlowDocuments
from leery_analyzers.judge import Flows
from leery_analyzers.model import Finding, Notice, Report
from leery_analyzers.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.checks.lacking import Facts, Lack
    from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
    from leery_analyzers.dataflow.surroundings import Listed
    from leery_analyzers.text import TextRange

_KEPT = 16_384
"""Facts of one check that are kept; of a longer document all are, until it is looked at again."""
_MOST_CHARACTERS = 100_000
"""Longer units give no facts."""


class DocumentChecks:
    """The checks of whole documents.

    Args:
        checks: the checks to run; by default all of this package.
    """

    def __init__(self, checks: Sequence[DocumentCheck] | None = None) -> None:
        found = (check for check in all_checks() if isinstance(check, DocumentCheck))
        self._checks = tuple(checks) if checks is not None else tuple(found)
        self._kept: dict[str, dict[str, Facts]] = {check.id: {} for check in self._checks}

    def report(self, listed: Sequence[Listed]) -> Report:
        """What a document lacks, in its coordinates; never raises.

        Args:
            listed: all units, in document order.
        """
        findings: list[Finding] = []
        notices: list[Notice] = []
        for check in self._checks:
            try:
                document = self._facts_of(check, listed)
                lacks = check.lacks(document) if any(document) else ()
                findings.extend(_finding(check, lack).shift(listed[lack.unit].start) for lack in lacks)
            except Exception as error:  # noqa: BLE001 - one check's mistake must not hide what the others find
                notices.append(Notice("checks", "crash", f"the check {check.id} failed: {type(error).__name__}"))
        return Report(tuple(findings), tuple(notices))

    def _facts_of(self, check: DocumentCheck, listed: Sequence[Listed]) -> list[Facts]:
        kept = self._kept[check.id]
        if len(kept) >= _KEPT:
            kept.clear()
        for item in listed:
            if item.key not in kept:
                kept[item.key] = _facts(check, item.unit)
        return [kept[item.key] for item in listed]


def _facts(check: DocumentCheck, unit: Unit) -> Facts:
    kind = CODE.get(unit.language)
    if kind is None or not check.applies_to(unit.language) or len(unit.source) > _MOST_CHARACTERS:
        return ()
    if not check.clue.search(unit.text):
        return ()
    return check.facts(kind(unit, parse(unit)) if check.parsed else Code(unit))


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
