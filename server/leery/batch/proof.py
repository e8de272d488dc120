"""Proves the fixes of a scanned file: each is applied to a copy, which is parsed and analysed again.

The child that analysed the file does so for the engines it hosts; what semgrep says of the same units is added where
the scan is put together. A fix without a proof goes into no report. Must not write a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from leery_analyzers.fixes.imports import import_edits
from leery_analyzers.proof import believed, holds, places
from leery_analyzers.syntax import is_broken
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.judge import Flows
    from leery_analyzers.mirror import Mirror
    from leery_analyzers.model import Finding, Fix, Report
    from leery_analyzers.proof import Said, Where
    from leery_analyzers.text import Text, TextRange

Json = dict[str, Any]
Listed = tuple[tuple[int, str], ...]

MOST_FIXES = 200
"""Fixes of one file that are tried; each costs about as much as a unit's analysis."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A fix that holds as far as the engines of one child can say.

    Attributes:
        edits: all of them, those for imports included; simultaneous, sorted.
        before: start and key of the units that were looked at before.
        after: of those that were looked at with the fix applied.
    """

    edits: tuple[TextEdit, ...]
    before: Listed
    after: Listed

    def to_json(self) -> Json:
        """A JSON value that `from_json` reads back."""
        edits = [[edit.start, edit.end, edit.text] for edit in self.edits]
        return {"edits": edits, "before": self.before, "after": self.after}

    @classmethod
    def from_json(cls, data: Json) -> Proof:
        """The proof written by `to_json`."""
        edits = tuple(TextEdit(start, end, text) for start, end, text in data["edits"])
        before, after = (tuple((start, key) for start, key in data[name]) for name in ("before", "after"))
        return cls(edits, before, after)

    def holds_for(self, finding: Finding, reports: Mapping[str, Report]) -> bool:
        """Whether another engine agrees.

        Args:
            finding: what is to be gone.
            reports: what it says, by the keys of all units named here.
        """
        before, after = ([(start, reports[key]) for start, key in listed] for listed in (self.before, self.after))
        return holds(finding, before, after)


class Prover:
    """Tries the fixes of one file.

    Args:
        mirror: has the file; it is given back as it was.
        report: what the engines say of a unit, which has a key.
        flows: what dataflow says of places in what the mirror has.
    """

    def __init__(
        self,
        mirror: Mirror,
        report: Callable[[Unit, str], Report],
        flows: Callable[[Mirror, Sequence[TextRange]], Flows],
    ) -> None:
        self._mirror = mirror
        self._report = report
        self._flows = flows
        self.units: dict[str, Unit] = {}
        """Units of the copies by key: others may be asked about them too."""

    def prove(self, finding: Finding, fix: Fix) -> Proof | None:
        """The proof that a fix of a finding holds; None if it does not."""
        mirror = self._mirror
        edits = complete(mirror.text, mirror.segmenter.language, fix)
        try:
            mirror.text.apply(edits)
        except ValueError:
            return None
        places_before, places_after = places(finding, edits, mirror.text, mirror.segmenter.language)
        before, said_before = self._said(places_before)
        inverse = mirror.edit(edits[::-1])
        try:
            after, said_after = self._said(places_after)
        finally:
            mirror.edit(inverse)
        if any(is_broken(unit) for unit in after):
            return None
        if not holds(finding, said_before, said_after):
            return None
        self.units.update((unit.key, unit) for unit in after)
        return Proof(edits, _listed(before), _listed(after))

    def _said(self, where: Where) -> tuple[list[Unit], Said]:
        """The units that meet some places of what the mirror has, and what is said of them."""
        units = self._mirror.segmenter.units(where.units)
        said = [(unit.start, self._report(unit, unit.key)) for unit in units]
        return units, believed(said, self._flows(self._mirror, where.flows))


def complete(text: Text, language: str, fix: Fix) -> tuple[TextEdit, ...]:
    """A fix's edits with those for the imports that it needs, sorted."""
    edits = (*import_edits(text, language, fix.requires_import), *fix.edits)
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))


def proven(
    finding: Finding, text: Text, language: str, proofs: Sequence[Proof], semgrep: Mapping[str, Report] | None
) -> Finding:
    """The finding with those of its fixes that hold, complete with their imports.

    Args:
        finding: merged, with fixes as the engines gave them.
        text: the file's text.
        language: language id.
        proofs: of the file's fixes.
        semgrep: what semgrep says of units, by key; None when it was not asked.
    """
    by_edits = {proof.edits: proof for proof in proofs}
    fixes = []
    for fix in finding.fixes:
        edits = complete(text, language, fix)
        proof = by_edits.get(edits)
        if proof is not None and (semgrep is None or proof.holds_for(finding, semgrep)):
            fixes.append(replace(fix, edits=edits, requires_import=()))
    return replace(finding, fixes=tuple(fixes))


def _listed(units: Iterable[Unit]) -> Listed:
    return tuple((unit.start, unit.key) for unit in units)
