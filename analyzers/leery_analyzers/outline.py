"""The listing of all units of a document, kept up to date through edits instead of made anew.

Holds keys and places only; must not analyse. What it lists is exactly what `Segmenter.units(None)` gives.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from leery_analyzers.analyzer import Unit
    from leery_analyzers.text import Text, TextEdit
    from leery_analyzers.units import Segmenter


@dataclass(slots=True)
class Entry:
    """A unit in the listing: where it is now (code points, line from 0), its key, and itself as it was made."""

    start: int
    end: int
    line: int
    key: str
    unit: Unit


class Outline:
    """All units of one document.

    Args:
        segmenter: cuts the document; `edit` must be called after its own.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._entries: list[Entry] | None = None
        self._dirty: list[TextRange] = []

    def edit(self, before: Text, after: Text, edit: TextEdit, affected: TextRange) -> None:
        """Follow one edit; `affected` is what `Segmenter.edit` returned for it."""
        if self._entries is None:
            return
        by, lines = len(after) - len(before), after.line_count - before.line_count
        kept: list[Entry] = []
        dirty = [_moved(place, edit, by) for place in self._dirty]
        for entry in self._entries:
            if entry.start >= edit.end and entry.start > edit.start:
                entry.start += by
                entry.end += by
                entry.line += lines
            elif entry.end >= edit.start:
                entry.end = max(entry.end + by, entry.start)
                dirty.append(TextRange(min(entry.start, len(after)), min(entry.start + 1, len(after))))
                continue
            if entry.start <= affected.end and affected.start <= entry.end:
                dirty.append(TextRange(entry.start, min(entry.start + 1, len(after))))
            else:
                kept.append(entry)
        self._entries = kept
        self._dirty = [*dirty, affected]

    def entries(self) -> list[Entry]:
        """Every unit, in document order."""
        if self._entries is None:
            self._entries = [_entry(unit) for unit in self._segmenter.units(None)]
        elif self._dirty:
            units = self._segmenter.units(self._dirty)
            starts = {unit.start for unit in units}
            known = {(entry.start, entry.end) for entry in self._entries if entry.start in starts}
            for unit in units:
                if (unit.start, unit.end) not in known:
                    insort(self._entries, _entry(unit), key=lambda entry: (entry.start, -entry.end))
        self._dirty = []
        return self._entries


def _entry(unit: Unit) -> Entry:
    return Entry(unit.start, unit.end, unit.line, unit.key, unit)


def _moved(place: TextRange, edit: TextEdit, by: int) -> TextRange:
    """Where a place is after an edit; one that the edit touches covers what was inserted too."""
    if place.start >= edit.end:
        return place.shift(by)
    if place.end <= edit.start:
        return place
    return TextRange(min(place.start, edit.start), max(place.end + by, edit.start + len(edit.text)))
