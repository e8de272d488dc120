"""Places as people and file formats count them: lines and columns from 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery_analyzers.text import Encoding, Text, TextRange


@dataclass(frozen=True, slots=True)
class Place:
    """A half-open range: lines and columns from 1, the end column after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def place_of(text: Text, where: TextRange, encoding: Encoding = "utf-32") -> Place:
    """A range of a text; columns in units of `encoding` (``utf-32``: code points)."""
    line, column = text.position_at(where.start, encoding)
    end_line, end_column = text.position_at(where.end, encoding)
    return Place(line + 1, column + 1, end_line + 1, end_column + 1)
