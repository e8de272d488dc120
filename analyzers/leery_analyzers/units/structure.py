"""Which lines make up which piece of a document, read off the marks of a scanner.

Knows lines only: no text, no language. Looking up a piece costs a few searches in byte arrays, whatever their length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from leery_analyzers.units import marks

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that make up one unit.

    Attributes:
        role: `marks.STATEMENTS`, `marks.FUNCTION` or `marks.CONTAINER`.
        depth: number of containers around it.
        start: its first line.
        end: the line after its last one; for a container the line after the whole of it.
        head: the line with the name of a function or container; otherwise its first line.
    """

    role: int
    depth: int
    start: int
    end: int
    head: int


_HEADS = re.compile(rb"[%c-%c]" % (marks.FUNCTION_HEAD, 0xFF), re.DOTALL)
_CONTAINERS = re.compile(
    rb"[%s-%s%s-\xff]"
    % tuple(re.escape(bytes([byte])) for byte in (marks.CONTAINER, marks.FRAME - 1, marks.CONTAINER_HEAD)),
    re.DOTALL,
)


@cache
def _starts_outside(depth: int) -> re.Pattern[bytes]:
    """Matches a mark that starts a piece with at most `depth` containers around it."""
    found = bytes(role | level for role in marks.STARTS for level in range(depth + 1))
    return re.compile(b"[" + b"".join(re.escape(bytes([byte])) for byte in found) + b"]", re.DOTALL)


class Structure:
    """The pieces of a document.

    Args:
        states: the scanner's state before each line and after the last one.
        lines_marks: the mark of each line; at least one line.
    """

    def __init__(self, states: array[int], lines_marks: bytearray) -> None:
        self.states = states
        self._marks = lines_marks
        self._starts = bytearray()
        self._mend(0, 0)

    @property
    def line_count(self) -> int:
        """Number of lines."""
        return len(self._marks)

    def splice(self, first: int, end: int, states: array[int], lines_marks: bytearray) -> None:
        """Replace the lines from `first` to before `end` by others."""
        self.states[first:end] = states
        self._marks[first:end] = lines_marks
        self._mend(first, end)

    def _mend(self, first: int, end: int) -> None:
        if self._marks[0] == marks.MORE:
            self._marks[0] = marks.STATEMENTS
        last = first + len(self._marks) - len(self._starts) + (end - first)
        self._starts[first:end] = self._marks[first:last].translate(_IS_START)

    def piece_at(self, line: int) -> Piece:
        """The piece that a line belongs to."""
        start = self._starts.rfind(1, 0, line + 1)
        mark = self._marks[start]
        role, depth, head = marks.role(mark), marks.depth(mark), start
        end = self._next(start)
        if role == marks.PENDING:
            role = marks.FRAME if depth else marks.STATEMENTS
            found = _HEADS.search(self._marks, start, end)
            if found is not None:
                head = found.start()
                is_function = marks.role(self._marks[head]) == marks.FUNCTION_HEAD
                role = marks.FUNCTION if is_function else marks.CONTAINER
        if role == marks.FRAME:
            return self.container(start, depth - 1)
        if role == marks.CONTAINER:
            end = self._container_end(end, depth)
        return Piece(role, depth, start, end, head)

    def container(self, line: int, depth: int) -> Piece:
        """The container with `depth` others around it that holds a line of depth `depth` + 1 or more."""
        direct = self._marks.rfind(marks.CONTAINER | depth, 0, line)
        head = max(direct, self._marks.rfind(marks.CONTAINER_HEAD | depth, 0, line))
        start = head if head == direct else self._starts.rfind(1, 0, head)
        return Piece(marks.CONTAINER, depth, start, self._container_end(self._next(start), depth), head)

    def around(self, piece: Piece) -> list[Piece]:
        """The containers around a piece, outermost first."""
        return [self.container(piece.start, depth) for depth in range(piece.depth)]

    def own_lines(self, piece: Piece) -> Iterator[tuple[int, int]]:
        """The runs of lines, start and end, that belong to a piece and to no member of it."""
        if piece.role != marks.CONTAINER:
            yield piece.start, piece.end
            return
        line = run = piece.start
        while line < piece.end:
            mark = self._marks[line]
            owned = line == piece.start or self._is_frame(line, mark, piece.depth + 1)
            if not owned:
                if run < line:
                    yield run, line
                line = self.piece_at(line).end
                run = line
                continue
            line = self._next(line)
        if run < line:
            yield run, line

    def pieces(self, first: int, end: int) -> Iterator[Piece]:
        """The pieces that own a line from `first` to before `end`, a container's frame as often as it is met."""
        line = first
        while line < end:
            yield self.piece_at(line)
            line = self._next(line)

    def containers_in(self, first: int, end: int) -> Iterator[Piece]:
        """The containers named on a line from `first` to before `end`."""
        for found in _CONTAINERS.finditer(self._marks, first, end):
            yield self.container(found.start() + 1, marks.depth(self._marks[found.start()]))

    def _is_frame(self, line: int, mark: int, depth: int) -> bool:
        if mark == marks.FRAME | depth:
            return True
        return mark == marks.PENDING | depth and _HEADS.search(self._marks, line, self._next(line)) is None

    def _next(self, line: int) -> int:
        """The line on which something else starts than on `line` or before."""
        found = self._starts.find(1, line + 1)
        return found if found >= 0 else len(self._marks)

    def _container_end(self, line: int, depth: int) -> int:
        found = _starts_outside(depth).search(self._marks, line)
        return found.start() if found is not None else len(self._marks)


_IS_START = bytes(marks.role(mark) in marks.STARTS for mark in range(256))
