"""The import statements of a document in order, kept in step with its lines; declarations of constants are among them.

Knows no language: a scanner flags the lines and reads the statements.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leery_analyzers.units.marks import Scanner

    Lines = Callable[[int, int], Sequence[str]]

Statements = tuple[str, ...]


class Imports:
    """Import statements by the line they start on.

    Args:
        scanner: reads statements.
        flags: 1 for each line on which a statement may start.
        states: the scanner's states before each line and after the last one.
        lines: the document's lines.
    """

    def __init__(self, scanner: Scanner, flags: bytearray, states: Sequence[int], lines: Sequence[str]) -> None:
        self._scanner = scanner
        self._starts = _flagged(flags, 0)
        self._statements = self._read(self._starts, states, lambda first, stop: lines[first:stop])

    def splice(self, first: int, end: int, flags: bytearray, states: Sequence[int], lines: Lines) -> bool:
        """Follow the replacement of the lines from `first` to before `end`.

        Args:
            first: first line replaced.
            end: line after the last one replaced, counted before the replacement.
            flags: those of the new lines.
            states: the scanner's states, as in the constructor, after the replacement.
            lines: gives the lines from one to before another, after the replacement.

        Returns:
            Whether any statement changed.
        """
        before, after = self.count(first), self.count(end)
        new = _flagged(flags, first)
        if before and self._scanner.continues(states[first]):  # the statement may have started further up
            before -= 1
            new.insert(0, self._starts[before])
        shift = len(flags) - (end - first)
        self._starts[before:] = new + [line + shift for line in self._starts[after:]]
        statements = self._read(new, states, lines)
        old, self._statements[before:after] = self._statements[before:after], statements
        return list(chain.from_iterable(old)) != list(chain.from_iterable(statements))

    def count(self, line: int) -> int:
        """How many lines before `line` may start a statement."""
        return bisect_left(self._starts, line)

    def outside(self, before: int, upto: int, *, after: bool) -> Statements:
        """The statements of the first `before` flagged lines and, if asked, those of the ones from `upto` on."""
        groups = self._statements[:before] + (self._statements[upto:] if after else [])
        return tuple(chain.from_iterable(groups))

    def _read(self, starts: Sequence[int], states: Sequence[int], lines: Lines) -> list[Statements]:
        found = []
        for line in starts:
            stop = line + 1
            while stop < len(states) - 1 and self._scanner.continues(states[stop]):
                stop += 1
            found.append(self._scanner.import_statements("\n".join(lines(line, stop))))
        return found


def _flagged(flags: bytearray, first: int) -> list[int]:
    return [first + index for index, flag in enumerate(flags) if flag]
