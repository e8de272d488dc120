"""Units made from pieces: their text, the headers around them, their names and imports.

Must not change what it reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.analyzer import Unit
from leery_analyzers.units import marks

if TYPE_CHECKING:
    from leery_analyzers.analyzer import UnitKind
    from leery_analyzers.text import Text
    from leery_analyzers.units.imports import Imports, Statements
    from leery_analyzers.units.marks import Scanner
    from leery_analyzers.units.structure import Piece, Structure

_LINE = re.compile(r"[^\r\n]+")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WORD = re.compile(r"\w+")
_KINDS: dict[int, UnitKind] = {
    marks.STATEMENTS: "statements",
    marks.FUNCTION: "function",
    marks.CONTAINER: "class",
}


class UnitMaker:
    """Makes units of one version of a document; what several of them share is made once."""

    def __init__(self, language: str, scanner: Scanner, structure: Structure, imports: Imports, text: Text) -> None:
        self._language = language
        self._scanner = scanner
        self._structure = structure
        self._imports = imports
        self._text = text
        self._made: dict[Piece, Unit] = {}
        self._headers: dict[Piece, tuple[str, str]] = {}
        self._elsewhere: dict[tuple[int, int], tuple[Statements, dict[str, str]]] = {}

    def unit(self, piece: Piece) -> Unit:
        """The unit of a piece."""
        found = self._made.get(piece)
        if found is None:
            found = self._made[piece] = self._make(piece)
        return found

    def _make(self, piece: Piece) -> Unit:
        states = self._structure.states
        start = self._text.line_start(piece.start)
        text = self._text.slice(start, self._text.line_start(piece.end))
        headers = [self._header(container) for container in self._structure.around(piece)]
        imports, constants = self._imports_for(piece)
        named = _named_in(text, constants)
        opening = self._scanner.opening(named)
        name = self._scanner.name(self._head(piece, text)) if piece.role != marks.STATEMENTS else ""
        return Unit(
            language=self._language,
            kind=_KINDS[piece.role],
            name=".".join(part for part in (*(header[1] for header in headers), name) if part),
            start=start,
            line=piece.start,
            text=self._frame(piece, text) if piece.role == marks.CONTAINER else text,
            prefix=opening + "".join(header[0] for header in headers),
            suffix=self._scanner.closing(states[piece.start], states[piece.end]) if headers else "",
            imports=imports,
            constants=() if opening else named,
        )

    def _head(self, piece: Piece, text: str) -> str:
        """The lines of a piece, whose text is given, up to the one with its name."""
        start = end = 0
        for line in range(piece.start, piece.head + 1):
            start = start if line < piece.head else end
            found = _LINES.match(text, end)
            assert found is not None
            end = found.end()
        return text[start if self._scanner.bare_headers else 0 : end]

    def _header(self, container: Piece) -> tuple[str, str]:
        """A container's header up to its body, and its name."""
        found = self._headers.get(container)
        if found is None:
            start = container.head if self._scanner.bare_headers else container.start
            end = header_end(self._scanner, self._structure, container)
            text = self._text.slice(self._text.line_start(start), self._text.line_start(end))
            header = self._scanner.header(text)
            found = self._headers[container] = header, self._scanner.name(header)
        return found

    def _imports_for(self, piece: Piece) -> tuple[Statements, dict[str, str]]:
        """The import statements and the constants that stand elsewhere and hold in a piece."""
        around = self._imports.count(piece.start), self._imports.count(piece.end)
        found = self._elsewhere.get(around)
        if found is None:
            imports: list[str] = []
            constants: dict[str, str] = {}
            for statement in self._imports.outside(*around, after=self._scanner.global_imports):
                declared = self._scanner.constants(statement)
                constants.update(declared)
                if not declared:
                    imports.append(statement)
            found = self._elsewhere[around] = tuple(imports), constants
        return found

    def _frame(self, container: Piece, text: str) -> str:
        """A container's text with its members blanked."""
        origin = self._text.line_start(container.start)
        parts: list[str] = []
        at = 0
        for first, end in self._structure.own_lines(container):
            start, stop = self._text.line_start(first) - origin, self._text.line_start(end) - origin
            if at < start:
                parts.append(_blanked(text[at:start], self._scanner.filler))
            parts.append(text[start:stop])
            at = stop
        if at < len(text):
            parts.append(_blanked(text[at:], self._scanner.filler))
        return "".join(parts)


def header_end(scanner: Scanner, structure: Structure, container: Piece) -> int:
    """The line after a container's header."""
    line = container.head + 1
    while line < container.end and scanner.continues(structure.states[line]):
        line += 1
    return line


def _named_in(text: str, constants: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Those of the constants that a text speaks of."""
    if not constants:
        return ()
    return tuple((name, constants[name]) for name in sorted(constants.keys() & set(_WORD.findall(text))))


def _blanked(member: str, filler: str) -> str:
    """Spaces in the place of a member, with a filler at its indentation on the first line that has room for it."""
    indent = len(member) - len(member.lstrip(" \t\f"))
    missing = [filler] if filler else []

    def blank(line: re.Match[str]) -> str:
        length = line.end() - line.start()
        if missing and length >= indent + len(filler):
            return member[:indent] + missing.pop() + " " * (length - indent - len(filler))
        return " " * length

    return _LINE.sub(blank, member)
