"""A document's units, kept up to date through its edits.

Holds the result of a scanner's fold over the lines (see `marks`) in arrays that an edit splices, and makes units from
it on demand. It must not know any language.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Notice
from leery_analyzers.text import Text, TextRange
from leery_analyzers.units import embedded, marks
from leery_analyzers.units.imports import Imports
from leery_analyzers.units.languages import scanner_for
from leery_analyzers.units.lines import document_lines
from leery_analyzers.units.making import UnitMaker, header_end
from leery_analyzers.units.structure import Piece, Structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from leery_analyzers.text import TextEdit

MAX_UNIT = 1_000_000
"""Code points from which on a unit is not analysed."""

_FIRST_BATCH = 8
_LAST_BATCH = 2_048


def segment(text: Text | str, language: str) -> list[Unit]:
    """All units of a text.

    Args:
        text: the document.
        language: language id as in the LSP.
    """
    segmenter = Segmenter(language)
    segmenter.reset(text if isinstance(text, Text) else Text(text))
    return segmenter.units(None)


class Segmenter:
    """The units of one document; what it says depends on the current text alone, not on the edits that led to it.

    Every character of the document belongs to exactly one unit; a class's frame has it members blanked. A unit that
    is too long (`MAX_UNIT`) or holds too long a line (`marks.LONG_LINE`) is left out of `units` and named in `notices`.

    Args:
        language: language id as in the LSP. A language without a scanner gives one unit, the whole file; of one
            that holds scripts, its scripts.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._scanner = scanner_for(language)
        self.reset(Text())

    def reset(self, text: Text) -> None:
        """Start again with a whole text."""
        self._text = text
        self._making: UnitMaker | None = None
        self._notices: tuple[Notice, ...] | None = None
        if self._scanner is None:
            return
        lines = document_lines(text, 0, text.line_count)
        folded = self._scanner.fold(self._scanner.start, lines)
        self._structure = Structure(array("q", [*folded.states, folded.end]), folded.marks)
        self._long = _long_flags(lines)
        self._imports = Imports(self._scanner, folded.imports, self._structure.states, lines)

    def edit(self, text_after: Text, edit: TextEdit) -> TextRange:
        """Follow one edit.

        Args:
            text_after: the text after it.
            edit: the edit, in the coordinates of the text before.

        Returns:
            The places in `text_after` where units may differ from what they were in anything but their own place:
            what an import or a class's header has changed is in it. Blanked members of a frame do not count.
        """
        before, self._text = self._text, text_after
        self._making = None
        known, self._notices = self._notices, None
        if self._scanner is None:
            return TextRange(0, len(text_after))
        first = before.line_of(max(edit.start - 1, 0))
        old_last = before.line_of(edit.end)
        new_last = old_last + text_after.line_count - before.line_count
        end, imports_changed = self._refold(first, old_last + 1, new_last + 1)
        if known == () and not self._has_long(first, end):
            self._notices = ()
        return self._affected(first, end, imports_changed=imports_changed)

    def units(self, ranges: Iterable[TextRange] | None = None) -> list[Unit]:
        """The units that meet any of the places, in document order; all of them for None.

        A class's frame is met by its own lines, not by those of its members. An empty place meets the units on both
        sides of it.
        """
        if self._scanner is None:
            return [] if self.notices or not len(self._text) else [self._whole()]
        found = {(piece.start, piece.depth): piece for piece in self._met(ranges)}
        if not len(self._text):
            return []
        if self._making is None:
            self._making = UnitMaker(self.language, self._scanner, self._structure, self._imports, self._text)
        making = self._making
        return [making.unit(found[key]) for key in sorted(found) if not self._is_long(found[key])]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is not analysed because it is too long."""
        if self._notices is None:
            self._notices = tuple(self._too_long())
        return self._notices

    # Following edits

    def _refold(self, first: int, old_end: int, new_end: int) -> tuple[int, bool]:
        """Fold again from line `first` on, at least to before `new_end` (`old_end` before the edit).

        Returns the line from which on the fold agrees with what is stored, and whether an import changed.
        """
        scanner, states = self._scanner, self._structure.states
        assert scanner is not None
        total, shift = self._structure.line_count, new_end - old_end
        lines = self._lines(first, new_end)
        folded = scanner.fold(states[first], lines)
        new_states, new_marks, new_imports = array("q", folded.states), folded.marks, folded.imports
        long, state, batch = _long_flags(lines), folded.end, _FIRST_BATCH
        while old_end < total and states[old_end] != state:
            count = min(batch, total - old_end)
            batch = min(batch * 4, _LAST_BATCH)
            lines = self._lines(old_end + shift, old_end + shift + count)
            folded = scanner.fold(state, lines)
            take = next((i for i in range(1, count) if folded.states[i] == states[old_end + i]), count)
            state = folded.end if take == count else folded.states[take]
            new_states.extend(folded.states[:take])
            new_marks += folded.marks[:take]
            new_imports += folded.imports[:take]
            long += _long_flags(lines[:take])
            old_end += take
        states[old_end] = state
        self._structure.splice(first, old_end, new_states, new_marks)
        self._long[first:old_end] = long
        return old_end + shift, self._imports.splice(first, old_end, new_imports, states, self._lines)

    def _affected(self, first: int, end: int, *, imports_changed: bool) -> TextRange:
        """The text range of `Segmenter.edit` for lines folded again."""
        structure = self._structure
        start = max(first - 1, 0)
        assert self._scanner is not None
        if imports_changed:
            start = 0 if self._scanner.global_imports else start
            return TextRange(self._text.line_start(start), len(self._text))
        here, last = structure.piece_at(first), structure.piece_at(max(end - 1, first))
        stop = end
        for container in (*structure.around(here), here, *structure.containers_in(first, end), last):
            if container.role == marks.CONTAINER and header_end(self._scanner, structure, container) > first:
                stop = max(stop, container.end)
        return TextRange(self._text.line_start(start), self._text.line_start(stop))

    def _place(self, piece: Piece) -> TextRange:
        return TextRange(self._text.line_start(piece.start), self._text.line_start(piece.end))

    def _lines(self, first: int, end: int) -> list[str]:
        return document_lines(self._text, first, end)

    # Making units

    def _met(self, ranges: Iterable[TextRange] | None) -> Iterator[Piece]:
        if ranges is None:
            yield from self._structure.pieces(0, self._structure.line_count)
            return
        for place in ranges:
            start, end = (place.start, place.end - 1) if place.start < place.end else (place.start - 1, place.end)
            yield from self._structure.pieces(self._text.line_of(start), self._text.line_of(end) + 1)

    def _whole(self) -> Unit:
        text = str(self._text)
        if self.language in embedded.LANGUAGES:
            language, text = embedded.scripts_of(text)
            return Unit(language, "file", "", 0, 0, text)
        return Unit(self.language, "file", "", 0, 0, text)

    # Limits

    def _is_long(self, piece: Piece) -> bool:
        if len(self._text) > MAX_UNIT:
            place = self._place(piece)
            if len(place) > MAX_UNIT:
                return True
        if self._long.find(1, piece.start, piece.end) < 0:
            return False
        return any(self._long.find(1, start, end) >= 0 for start, end in self._structure.own_lines(piece))

    def _has_long(self, first: int, end: int) -> bool:
        """Whether a piece that meets these lines, or a container around one, is too long."""
        if len(self._text) <= MAX_UNIT and self._long.find(1) < 0:
            return False
        met = self._structure.pieces(max(first - 1, 0), min(end + 1, self._structure.line_count))
        return any(self._is_long(one) for piece in met for one in (piece, *self._structure.around(piece)))

    def _too_long(self) -> Iterator[Notice]:
        if len(self._text) <= MAX_UNIT and (self._scanner is None or self._long.find(1) < 0):
            return
        if self._scanner is None:
            yield _notice(TextRange(0, len(self._text)))
            return
        seen = {(piece.start, piece.depth): piece for piece in self._met(None)}
        for _, piece in sorted(seen.items()):
            if self._is_long(piece):
                yield _notice(self._place(piece))


def _long_flags(lines: Sequence[str]) -> bytearray:
    if marks.LongLine not in set(map(type, lines)):
        return bytearray(len(lines))
    return bytearray(isinstance(line, marks.LongLine) for line in lines)


def _notice(place: TextRange) -> Notice:
    message = f"Not analysed: more than {MAX_UNIT:,} characters in one piece or {marks.LONG_LINE:,} on one line."
    return Notice("units", "limit", message, place)
