"""Sorted places of a text, asked which of them meet another; each question takes a search, not a walk over all.

Offsets are code points. Must not hold texts.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery_analyzers.text import Text


class Places:
    """Places whose starts are sorted, and whose ends are, too: none lies within another.

    Args:
        places: in order.
    """

    def __init__(self, places: Iterable[TextRange]) -> None:
        self._places = tuple(places)
        self._ends = [place.end for place in self._places]

    def near(self, place: TextRange) -> Iterator[tuple[int, TextRange]]:
        """The places that overlap or touch one, with their numbers."""
        for index in range(bisect_left(self._ends, place.start), len(self._places)):
            mine = self._places[index]
            if mine.start > place.end:
                return
            yield index, mine

    def touch(self, place: TextRange) -> bool:
        """Whether one of the places overlaps or touches another."""
        return next(self.near(place), None) is not None

    def overlap(self, place: TextRange) -> bool:
        """Whether one of the places overlaps another, see `TextRange.overlaps`."""
        return any(place.overlaps(mine) for _, mine in self.near(place))


def whole_lines(place: TextRange, text: Text) -> TextRange:
    """The place grown to whole lines, without the last one's line ending: who touches it has a character's line."""
    start, last = text.line_start(text.line_of(place.start)), text.line_of(place.end)
    end = text.line_start(last + 1) - 1 if last + 1 < text.line_count else len(text)
    return TextRange(start, max(start, end))
