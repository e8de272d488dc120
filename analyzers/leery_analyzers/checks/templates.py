"""Strings as checks see them: known text with holes where a value is put in.

One form for f-strings, ``%``, ``.format``, ``+``, template literals and local variables that hold them, so that a rule
asks one question: does anything unknown get into this string?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Hole:
    """A value that is not known from the code at hand.

    Attributes:
        node: the expression.
        number: an annotation says that it is a number, which nothing enforces when the program runs.
    """

    node: Node
    number: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """The pieces of a string in order."""

    pieces: tuple[str | Hole, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The unknown values."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Hole))

    @property
    def text(self) -> str:
        """The known text, a NUL for each hole."""
        return "".join(piece if isinstance(piece, str) else "\0" for piece in self.pieces)

    @property
    def constant(self) -> bool:
        """Whether everything is known."""
        return not any(isinstance(piece, Hole) for piece in self.pieces)

    @property
    def opaque(self) -> bool:
        """Whether nothing is known: one value, passed on as it is."""
        return all(isinstance(piece, Hole) for piece in self.pieces) and len(self.pieces) == 1

    @property
    def only_numbers(self) -> bool:
        """Whether every hole is annotated as a number."""
        return all(hole.number for hole in self.holes)


def known(text: str) -> Template:
    """A template without holes."""
    return Template((text,))


def joined(parts: list[Template]) -> Template:
    """Templates one after the other."""
    return Template(tuple(piece for part in parts for piece in part.pieces))
