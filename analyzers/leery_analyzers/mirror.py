"""One document as somebody else has it: its text, its units and their listing, kept through edits.

Must not analyse anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.outline import Outline
from leery_analyzers.text import Text, TextEdit, TextRange
from leery_analyzers.units import Segmenter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.outline import Entry


class Mirror:
    """A document's text and its units, edited in step.

    Args:
        language: language id as in the LSP.
        text: its text at first.
    """

    def __init__(self, language: str, text: Text) -> None:
        self.text = text
        self.segmenter = Segmenter(language)
        self.segmenter.reset(text)
        self._outline = Outline(self.segmenter)

    def edit(self, edits: Iterable[TextEdit]) -> list[TextEdit]:
        """Apply edits one after the other; returns those that undo them, in the order to apply."""
        inverse = []
        for edit in edits:
            before, removed = self.text, self.text.slice(edit.start, edit.end)
            self.text = self.text.replace(edit.start, edit.end, edit.text)
            self._outline.edit(before, self.text, edit, self.segmenter.edit(self.text, edit))
            inverse.append(TextEdit(edit.start, edit.start + len(edit.text), removed))
        return inverse[::-1]

    def listed(self, ranges: list[list[int]] | None) -> list[tuple[int, int, str, Unit]]:
        """The units that meet the ranges, or all: start, line, key, and the unit, whose own place may be stale."""
        if ranges is None:
            return [(entry.start, entry.line, entry.key, entry.unit) for entry in self._outline.entries()]
        units = self.segmenter.units([TextRange(start, end) for start, end in ranges])
        return [(unit.start, unit.line, unit.key, unit) for unit in units]

    def entries(self) -> list[Entry]:
        """All units, in document order."""
        return self._outline.entries()
