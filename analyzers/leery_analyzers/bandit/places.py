"""From the lines and UTF-8 columns of `ast` to offsets in code points, and from a bandit hit to the place to mark.

Knows syntax nodes and offsets; it must not import bandit.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from leery_analyzers.text import TextRange, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lines:
    """Offsets of the lines of one source text; lines end as for Python, which agrees with the LSP here."""

    def __init__(self, source: str) -> None:
        self._lines = split_lines(source)
        self._starts = [0, *accumulate(map(len, self._lines))]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place as `ast` gives it.

        Args:
            line: from 1.
            column: UTF-8 bytes from the start of the line.
        """
        index = min(max(line, 1), len(self._lines)) - 1
        text = self._lines[index]
        if not text.isascii():
            column = len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))
        return self._starts[index] + min(max(column, 0), len(text))

    def line_of(self, offset: int) -> int:
        """The line, from 1, that holds the character at `offset`."""
        return min(bisect_right(self._starts, offset), len(self._lines))

    def rest(self, line: int, column: int) -> TextRange:
        """From a place (both numbers from 1, the column in code points) to the end of its line."""
        index = min(max(line, 1), len(self._lines)) - 1
        end = self._starts[index] + len(self._lines[index].rstrip("\r\n"))
        return TextRange(min(self._starts[index] + max(column - 1, 0), end), end)

    def char(self, line: int, column: int) -> TextRange:
        """The one character at a place as in `rest`."""
        start = self.rest(line, column).start
        return TextRange(start, start + 1)

    def range_of(self, node: ast.AST) -> TextRange:
        """A node's own place."""
        placed: Any = node
        start = self.offset(placed.lineno, placed.col_offset)
        return TextRange(start, max(start, self.offset(placed.end_lineno, placed.end_col_offset)))


def marked(node: ast.AST, message: str, lines: Lines) -> TextRange:
    """The place a reader should look at for an issue found at `node`.

    That is the node itself, but: an argument or default whose value the message quotes instead of the call or the
    definition around it; a definition up to the end of its parameters, never with its body; and for a literal the
    whole expression that builds a string from it, since bandit reports such an expression once a piece.
    """
    for value in _given_values(node):
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and message.endswith(f": '{value.value}'"):
            return lines.range_of(value)
    if isinstance(node, ast.Constant):
        return lines.range_of(_built_string(node))
    place = lines.range_of(node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return TextRange(place.start, max(place.start, *(lines.range_of(part).end for part in _parameters(node))))
    string = _enclosing_f_string(node)
    whole = place if string is None else lines.range_of(string)
    return place if whole.contains(place) else whole  # before 3.12 Python may misplace the pieces of an f-string


def _built_string(node: ast.AST) -> ast.AST:
    """The outermost concatenation, formatting or f-string that a literal is a piece of."""
    above = getattr(node, "_bandit_parent", None)
    while isinstance(above, ast.BinOp | ast.JoinedStr | ast.FormattedValue | ast.Attribute):
        if isinstance(above, ast.Attribute):
            call = getattr(above, "_bandit_parent", None)
            if above.attr not in {"format", "replace"} or not isinstance(call, ast.Call) or call.func is not above:
                return node
            above = call
        node, above = above, getattr(above, "_bandit_parent", None)
    return node


def _given_values(node: ast.AST) -> Iterator[ast.AST | None]:
    if isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from node.args.defaults


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """Placed nodes of the parameter list; its closing parenthesis has no node."""
    return (part for part in ast.walk(node.args) if hasattr(part, "end_lineno"))


def _enclosing_f_string(node: ast.AST) -> ast.AST | None:
    """The outermost f-string around a node; it ends at the statement."""
    found = None
    around = getattr(node, "_bandit_parent", None)
    while isinstance(around, ast.expr | ast.keyword | ast.comprehension | ast.arguments):
        if isinstance(around, ast.JoinedStr):
            found = around
        around = getattr(around, "_bandit_parent", None)
    return found
