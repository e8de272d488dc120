"""What a scanner says about each line, and the contract of a scanner.

Holds one byte per line, its *mark*: a role and a nesting depth. It must not know any language.

A scanner is a left fold: from the state before a line and the line it computes the state after the line and the
line's mark. Nothing else may influence either, so that redoing the fold from an edited line until the state agrees
with the stored one gives the same result as folding the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONG_LINE = 200_000
"""Code points from which on a line is opaque: it is not lexed and its unit is not analysed."""

LONG_LINE_HEAD = 1_000
"""Code points of an opaque line that a scanner gets to see."""

MAX_DEPTH = 30
"""Containers nested deeper stay whole, inside the frame of the one around them."""

MORE = 0
"""The line goes on with what the line before belongs to."""
STATEMENTS = 1 << 5
"""A run of top-level statements starts."""
FUNCTION = 2 << 5
"""A function or method starts."""
CONTAINER = 3 << 5
"""A class or namespace starts."""
FRAME = 4 << 5
"""The frame of the container around it goes on, after a member."""
PENDING = 5 << 5
"""Something starts whose role a later line tells (`FUNCTION_HEAD`, `CONTAINER_HEAD`); if none does, it is `FRAME`
inside a container and `STATEMENTS` outside."""
FUNCTION_HEAD = 6 << 5
"""What a `PENDING` line started is a function."""
CONTAINER_HEAD = 7 << 5
"""What a `PENDING` line started is a container."""

STARTS = frozenset({STATEMENTS, FUNCTION, CONTAINER, FRAME, PENDING})
"""Roles that start a piece; the mark's depth counts the containers around the piece."""

_ROLE = 0b111 << 5
_DEPTH = 0b11111


def role(mark: int) -> int:
    """The role of a mark, one of the constants above."""
    return mark & _ROLE


def depth(mark: int) -> int:
    """The number of containers around the line."""
    return mark & _DEPTH


class LongLine(str):
    """The head of an opaque line."""

    __slots__ = ()


@dataclass(slots=True)
class Folded:
    """The fold over some lines; every list has one element for each of them.

    Attributes:
        states: the state before the line.
        marks: the line's mark.
        imports: 1 where an import statement or a declaration of constants may start.
        end: the state after the last line.
    """

    states: list[int] = field(default_factory=list)
    marks: bytearray = field(default_factory=bytearray)
    imports: bytearray = field(default_factory=bytearray)
    end: int = 0


class Scanner(Protocol):
    """The lexical knowledge of one language. States are opaque numbers; equal states behave equally."""

    start: int
    """The state before the first line."""

    global_imports: bool
    """Whether an import statement holds for what stands before it, too."""

    bare_headers: bool
    """Whether a container's header goes without the lines (decorators) before the one that names it."""

    filler: str
    """A statement to put in the place of members blanked from a frame, so that it stays valid; may be empty."""

    def fold(self, state: int, lines: Sequence[str]) -> Folded:
        """Fold over lines without their endings; opaque lines come as `LongLine`."""
        ...

    def continues(self, state: int) -> bool:
        """Whether a line with this state before it goes on with the statement of the line before."""
        ...

    def header(self, head: str) -> str:
        """What must stand before a member to put it into a container: whole lines.

        Args:
            head: the whole lines of the statement that starts the container.
        """
        ...

    def name(self, head: str) -> str:
        """The name that the first lines of a function or container declare; empty when they have none."""
        ...

    def closing(self, before: int, after: int) -> str:
        """What must follow a member to close the containers open around it.

        Args:
            before: the state before the member.
            after: the state after it.
        """
        ...

    def import_statements(self, text: str) -> tuple[str, ...]:
        """The complete import statements in a text that holds whole statements, without what surrounds them.

        Declarations of constants are among them, where `constants` tells of them.
        """
        ...

    def constants(self, statement: str) -> Mapping[str, str]:
        """The constants that a statement declares, as written, by name; none if it is an import."""
        ...

    def opening(self, constants: Sequence[tuple[str, str]]) -> str:
        """Lines before a unit that declare constants again, so that they are part of what is parsed.

        Args:
            constants: names and values, as written; empty where the unit keeps them beside its text.
        """
        ...
