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


_MOST_CHANGES = 16
"""Edits that wait at most."""


@dataclass(slots=True)
class Entry:
    """A unit in the listing: where it is now (code points, line from 0), its key, and itself as it was made."""

    start: int
    end: int
    line: int
    key: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Change:
    """An edit, the places where units may differ after it, by how much the text grew, and its size; code points."""

    edit: TextEdit
    affected: TextRange
    by: int
    lines: int
    size: int


class Outline:
    """All units of one document.

    Args:
        segmenter: cuts the document; `edit` must be called after its own.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._entries: list[Entry] | None = None
        self._dirty: list[TextRange] = []
        self._changes: list[_Change] = []

    def edit(self, before: Text, after: Text, edit: TextEdit, affected: TextRange) -> None:
        """Follow one edit; `affected` is what `Segmenter.edit` returned for it.

        To look at every entry takes a while in a long document, so that it waits until somebody wants them.
        """
        if self._entries is None:
            return
        lines = after.line_count - before.line_count
        self._changes.append(_Change(edit, affected, len(after) - len(before), lines, len(after)))
        if len(self._changes) >= _MOST_CHANGES:
            self._entries = self._settled(self._entries)

    def entries(self) -> list[Entry]:
        """Every unit, in document order."""
        if self._entries is None:
            self._entries = [_entry(unit) for unit in self._segmenter.units(None)]
            return self._entries
        entries = self._entries = self._settled(self._entries)
        if self._dirty:
            units = self._segmenter.units(self._dirty)
            starts = {unit.start for unit in units}
            known = {(entry.start, entry.end) for entry in entries if entry.start in starts}
            for unit in units:
                if (unit.start, unit.end) not in known:
                    insort(entries, _entry(unit), key=lambda entry: (entry.start, -entry.end))
        self._dirty = []
        return entries

    def _settled(self, entries: list[Entry]) -> list[Entry]:
        """The entries after the edits that wait; those that they changed are left out, and their places are dirty."""
        changes, self._changes = self._changes, []
        for change in changes:
            entries = self._after(change, entries)
        return entries

    def _after(self, change: _Change, entries: list[Entry]) -> list[Entry]:
        edit, affected, by, size = change.edit, change.affected, change.by, change.size
        kept: list[Entry] = []
        dirty = [_moved(place, edit, by) for place in self._dirty]
        for entry in entries:
            if entry.start >= edit.end and entry.start > edit.start:
                entry.start += by
                entry.end += by
                entry.line += change.lines
            elif entry.end >= edit.start:
                entry.end = max(entry.end + by, entry.start)
                dirty.append(TextRange(min(entry.start, size), min(entry.start + 1, size)))
                continue
            if entry.start <= affected.end and affected.start <= entry.end:
                dirty.append(TextRange(entry.start, min(entry.start + 1, size)))
            else:
                kept.append(entry)
        self._dirty = [*dirty, affected]
        return kept


def _entry(unit: Unit) -> Entry:
    return Entry(unit.start, unit.end, unit.line, unit.key, unit)


def _moved(place: TextRange, edit: TextEdit, by: int) -> TextRange:
    """Where a place is after an edit; one that the edit touches covers what was inserted too."""
    if place.start >= edit.end:
        return place.shift(by)
    if place.end <= edit.start:
        return place
    return TextRange(min(place.start, edit.start), max(place.end + by, edit.start + len(edit.text)))
