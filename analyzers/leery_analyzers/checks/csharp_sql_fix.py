"""Turns a SQL text with values in it into one with parameters, in C#."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.sql import slot
from leery_analyzers.checks.templates import Hole
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.csharp_code import CSharpCode
    from leery_analyzers.checks.templates import Template

_INTERPOLATED = {
    "FromSqlRaw": "FromSqlInterpolated",
    "ExecuteSqlRaw": "ExecuteSqlInterpolated",
    "ExecuteSqlRawAsync": "ExecuteSqlInterpolatedAsync",
}
_BUILT = frozenset({"binary_expression", "interpolated_string_expression"})


def parameterised(code: CSharpCode, call: Node, text: Node, template: Template) -> tuple[Fix, ...]:
    """The fix, if there is one.

    Args:
        code: the unit.
        call: the call or assignment that is given the statement.
        text: the statement.
        template: what it is made of.
    """
    method = code.method(call) if call.type == "invocation_expression" else ""
    if method in _INTERPOLATED:
        return _interpolated(code, call, text, template, _INTERPOLATED[method])
    found = _statement(code, template)
    if text.type not in _BUILT or found is None or method:
        return ()
    statement, values = found
    target, after = _command(code, call)
    if not target or after is None:
        return ()
    indent, newline = code.indent(after), code.newline()
    given = "".join(f'{newline}{indent}{target}.Parameters.AddWithValue("@{name}", {value});' for name, value in values)
    end = code.range(after).end
    comment = re.match(r"[ \t]*//[^\r\n]*", code.unit.text[end:])
    at = end + comment.end() if comment is not None else end
    edits = (code.replace(text, f'"{statement}"'), TextEdit(at, at, given))
    return (Fix("Pass the values as parameters", "review", edits),)


def _interpolated(code: CSharpCode, call: Node, text: Node, template: Template, better: str) -> tuple[Fix, ...]:
    """``FromSqlInterpolated`` makes parameters of the values itself; quotes around them have to go."""
    function = call.child_by_field_name("function")
    own = function.child_by_field_name("name") if function is not None else None
    if own is None or text.type != "interpolated_string_expression" or _statement(code, template) is None:
        return ()
    plain = re.sub(r"'(\{[^{}]*\})'", r"\1", code.text(text))
    if "'{" in plain or "}'" in plain or "%{" in plain:
        return ()
    edits = (code.replace(own, better), code.replace(text, plain))
    return (Fix(f"Use {better}", "review", edits),)


def _statement(code: CSharpCode, template: Template) -> tuple[str, list[tuple[str, str]]] | None:
    """The statement with a name for each value, and names and values; None where a value cannot be a parameter."""
    values: list[tuple[str, str]] = []
    statement, cut = "", 0
    pieces = template.pieces
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            statement += piece[cut:]
            cut = 0
            continue
        after = next((p for p in pieces[index + 1 :] if isinstance(p, str)), "")
        if index + 1 < len(pieces) and isinstance(pieces[index + 1], Hole):
            return None
        place = slot(statement, after)
        if place is None or "\n" in statement:
            return None
        name = _name(code.text(piece.node), [known for known, _ in values])
        statement = f"{statement[: len(statement) - place.cut_before]}@{name}"
        cut = place.cut_after
        value = code.text(piece.node)
        value = f'"{place.prefix}" + {value}' if place.prefix else value
        values.append((name, f'{value} + "{place.suffix}"' if place.suffix else value))
    return statement, values


def _name(value: str, taken: list[str]) -> str:
    words = words_of(re.sub(r"\(.*|\[.*", "", value).rpartition(".")[2]) or ["value"]
    name = words[0] + "".join(word.capitalize() for word in words[1:])
    return name if name not in taken and name.isascii() else f"p{len(taken)}"


def _command(code: CSharpCode, call: Node) -> tuple[str, Node | None]:
    """The variable of the command, and the statement behind which its parameters can be given."""
    if call.type == "assignment_expression":
        left = call.child_by_field_name("left")
        base = left.child_by_field_name("expression") if left is not None else None
        return (code.text(base), code.statement(call)) if base is not None else ("", None)
    around, statement = call.parent, code.statement(call)
    if around is None or around.type != "variable_declarator" or statement is None:
        return "", None
    if statement.type == "local_declaration_statement":
        return code.text(around.child_by_field_name("name")), statement
    return "", None
