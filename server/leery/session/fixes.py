"""Fixes as a person may take them: proven, with the imports they need, alone or several at once.

Must not edit a document. Offsets are code points of the document a view speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.scheduler.proof import prove

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery.scheduler import Scheduler
    from leery.session.views import Shown, View
    from leery_analyzers.model import Finding, Fix
    from leery_analyzers.text import Text, TextEdit

_KEPT = 512


class Fixes:
    """Proofs, kept for as long as the text stays the same.

    Args:
        scheduler: knows how to prove.
    """

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._proofs: dict[tuple[str, int, str, int], bool] = {}

    async def proven(self, target: str, finding: Finding, language: str, index: int) -> bool:
        """Whether a finding's fix holds on the target's present text.

        Args:
            target: the scheduler's name for the text.
            finding: in its coordinates.
            language: language id.
            index: which of its fixes.
        """
        text = self._scheduler.text(target)
        if text is None:
            return False
        key = (target, text.fingerprint, finding.fingerprint, index)
        if key not in self._proofs:
            edits = complete(text, language, finding.fixes[index])
            holds = edits is not None and await prove(self._scheduler, target, finding, edits)
            if len(self._proofs) >= _KEPT:
                del self._proofs[next(iter(self._proofs))]
            self._proofs[key] = holds
        return self._proofs[key]


def complete(text: Text, language: str, fix: Fix) -> tuple[TextEdit, ...] | None:
    """A fix's edits with those that bring in the imports it needs; None when two of them collide."""
    return combine(text, language, [fix])


def combine(text: Text, language: str, fixes: Iterable[Fix]) -> tuple[TextEdit, ...] | None:
    """The edits of several fixes of one text together; None when none is left.

    A fix whose edits overlap those of an earlier one is left out: it can be taken afterwards.
    """
    taken: list[TextEdit] = []
    imports: dict[str, None] = {}
    for fix in fixes:
        if any(_collide(mine, other) for mine in fix.edits for other in taken):
            continue
        taken += fix.edits
        imports.update(dict.fromkeys(fix.requires_import))
    if imports:
        from leery_analyzers.fixes.imports import import_edit  # noqa: PLC0415 - for who takes such a fix only
    for statement in imports:
        edit = import_edit(text, language, statement)
        if edit is not None:
            taken.append(edit)
    return tuple(sorted(taken, key=lambda edit: (edit.start, edit.end))) or None


def safe_fixes(view: View, rule: str | None) -> list[tuple[Shown, int]]:
    """For every finding, or those of one rule, the fix to take when all are taken: for all rules only safe ones."""
    chosen = []
    for shown in view.findings:
        if rule is not None and shown.finding.rule != rule:
            continue
        for index, fix in enumerate(shown.finding.fixes):
            if fix.applicability == "safe" or (rule is not None and fix.applicability == "review"):
                chosen.append((shown, index))
                break
    return chosen


def _collide(one: TextEdit, other: TextEdit) -> bool:
    return (one.start < other.end and other.start < one.end) or (one.start, one.end) == (other.start, other.end)
