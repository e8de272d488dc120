"""The import statements of a document in order, kept in step with its lines.

Knows no language: a scanner flags the lines and reads the statements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leery_analyzers.units.marks import Scanner

    Lines = Callable[[int, int], Sequence[str]]

Statements = tuple[str, ...]


class Imports:
    """Import statements by the line they start on.

    Statements are kept in the order of their lines, without line numbers, so that an edit above costs nothing.

    Args:
        scanner: reads statements.
        flags: 1 for each line on which a statement may start.
        states: the scanner's states before each line and after the last one.
        lines: the document's lines.
    """

    def __init__(self, scanner: Scanner, flags: bytearray, states: Sequence[int], lines: Sequence[str]) -> None:
        self._scanner = scanner
        self._flags = flags
        self._statements = self._read(0, len(flags), states, lambda first, stop: lines[first:stop])

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
        if self._scanner.continues(states[first]):  # the statement may have started further up
            start = self._flags.rfind(1, 0, first)
            if start >= 0:
                flags, first = self._flags[start:first] + flags, start
        before = self._flags.count(1, 0, first)
        after = before + self._flags.count(1, first, end)
        self._flags[first:end] = flags
        new = self._read(first, first + len(flags), states, lines)
        old, self._statements[before:after] = self._statements[before:after], new
        return [text for group in old for text in group] != [text for group in new for text in group]

    def outside(self, first: int, end: int, *, after: bool) -> Statements:
        """The statements that start before line `first` and, if asked, those from line `end` on."""
        upto = self._flags.count(1, 0, first)
        groups = self._statements[:upto]
        if after:
            groups += self._statements[upto + self._flags.count(1, first, end) :]
        return tuple(statement for group in groups for statement in group)

    def _read(self, first: int, end: int, states: Sequence[int], lines: Lines) -> list[Statements]:
        found = []
        line = self._flags.find(1, first, end)
        while line >= 0:
            stop = line + 1
            while stop < len(self._flags) and self._scanner.continues(states[stop]):
                stop += 1
            found.append(self._scanner.import_statements("\n".join(lines(line, stop))))
            line = self._flags.find(1, line + 1, end)
        return found
