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
_DAPPER = frozenset(
    f"{name}{end}"
    for name in ("Query", "QueryFirst", "QueryFirstOrDefault", "QuerySingle", "QuerySingleOrDefault", "Execute")
    for end in ("", "Async")
)
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
    if method in _INTERPOLATED and text.type == "interpolated_string_expression":
        return _interpolated(code, call, text, template, _INTERPOLATED[method])
    found, source = _statement(code, template), _source(code, text)
    if source is None or found is None:
        return ()
    statement, values = found
    if method in _INTERPOLATED:
        return _numbered(code, call, text, source, statement, values)
    if method:
        return _anonymous(code, call, text, source, statement, values) if method in _DAPPER else ()
    target, after = _command(code, call)
    if not target or after is None:
        return _in_using(code, call, source, statement, values)
    indent, newline = code.indent(after), code.newline()
    given = "".join(f'{newline}{indent}{target}.Parameters.AddWithValue("@{name}", {value});' for name, value in values)
    end = code.range(after).end
    comment = re.match(r"[ \t]*//[^\r\n]*", code.unit.text[end:])
    at = end + comment.end() if comment is not None else end
    edits = (code.replace(source, f'"{statement}"'), TextEdit(at, at, given))
    return (Fix("Pass the values as parameters", "review", edits),)


def _anonymous(
    code: CSharpCode, call: Node, text: Node, source: Node, statement: str, values: list[tuple[str, str]]
) -> tuple[Fix, ...]:
    """Dapper takes the values as the properties of an object."""
    if len(code.arguments(call).positional) != 1 or code.arguments(call).named:
        return ()
    given = ", ".join(name if name == value else f"{name} = {value}" for name, value in values)
    at = code.range(text).end
    if source == code.bare(text):
        edits: tuple[TextEdit, ...] = (code.replace(text, f'"{statement}", new {{ {given} }}'),)
    else:
        edits = (code.replace(source, f'"{statement}"'), TextEdit(at, at, f", new {{ {given} }}"))
    return (Fix("Pass the values as parameters", "review", edits),)


def _in_using(
    code: CSharpCode, call: Node, source: Node, statement: str, values: list[tuple[str, str]]
) -> tuple[Fix, ...]:
    """``using (var command = new SqlCommand(text)) { … }``: the parameters go first into the body."""
    declarator = call.parent
    holder = declarator.parent.parent if declarator is not None and declarator.parent is not None else None
    body = holder.child_by_field_name("body") if holder is not None and holder.type == "using_statement" else None
    if declarator is None or body is None or body.type != "block" or not body.named_children:
        return ()
    first = body.named_children[0]
    name, indent = code.text(declarator.child_by_field_name("name")), code.indent(first)
    given = "".join(
        f'{name}.Parameters.AddWithValue("@{own}", {value});{code.newline()}{indent}' for own, value in values
    )
    edits = (code.replace(source, f'"{statement}"'), code.insert(first.start_byte, given))
    return (Fix("Pass the values as parameters", "review", edits),)


def _source(code: CSharpCode, text: Node) -> Node | None:
    """The expression that builds the text: the one given, or the one value of the variable that is given."""
    text = code.bare(text)
    if text.type == "identifier":
        values = code.scopes.lookup(code.text(text), text.start_byte)
        if len(values) != 1 or values[0].kind != "value" or values[0].value is None:
            return None
        if values[0].value.end_byte > text.start_byte:
            return None
        text = code.bare(values[0].value)
    return text if text.type in _BUILT else None


def _numbered(
    code: CSharpCode, call: Node, text: Node, source: Node, statement: str, values: list[tuple[str, str]]
) -> tuple[Fix, ...]:
    """``FromSqlRaw("… {0}", value)`` makes parameters of its arguments."""
    if len(code.arguments(call).positional) != 1:
        return ()
    for index, (name, _) in enumerate(values):
        statement = re.sub(rf"@{name}\b", f"{{{index}}}", statement, count=1)
    given = "".join(f", {value}" for _, value in values)
    at = code.range(text).end
    if source == code.bare(text):
        edits: tuple[TextEdit, ...] = (code.replace(text, f'"{statement}"{given}'),)
    else:
        edits = (code.replace(source, f'"{statement}"'), TextEdit(at, at, given))
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
