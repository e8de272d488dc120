"""Turns a SQL text with values in it into one with parameters, in Java.

Where the method makes a `Statement` and runs it, both become a `PreparedStatement`; for Spring's templates the values
become arguments. A text that is built in any other way than by ``+`` and local variables is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.sql import slot
from leery_analyzers.checks.templates import Hole
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.java_code import JavaCode
    from leery_analyzers.checks.templates import Template

_RUNS = frozenset({"executeQuery", "executeUpdate", "execute", "executeLargeUpdate"})
_WITH_VALUES = frozenset({"query", "queryForObject", "queryForList", "queryForMap", "update", "queryForRowSet"})
_IMPORT = ("import java.sql.PreparedStatement;",)


def prepared(code: JavaCode, call: Node, text: Node, template: Template) -> tuple[Fix, ...]:
    """The fix, if there is one.

    Args:
        code: the unit.
        call: the call that runs the statement.
        text: its argument.
        template: what the argument is made of.
    """
    source = _source(code, text)
    parameterised = _parameterised(code, template) if source is not None else None
    if source is None or parameterised is None:
        return ()
    statement, values = parameterised
    literal = f'"{statement}"'
    if code.method(call) in _WITH_VALUES:
        return _template_fix(code, call, source, literal, values)
    if code.method(call) in _RUNS and len(code.arguments(call).positional) == 1:
        return _statement_fix(code, call, text, source, literal, values)
    return ()


def _source(code: JavaCode, text: Node) -> Node | None:
    """The sum itself: the argument, or the one value of the variable that is the argument."""
    text = code.bare(text)
    if text.type == "identifier":
        bindings = code.scopes.lookup(code.text(text), text.start_byte)
        if len(bindings) != 1 or bindings[0].kind != "value" or bindings[0].value is None:
            return None
        if bindings[0].value.end_byte > text.start_byte:
            return None
        text = code.bare(bindings[0].value)
    return text if text.type == "binary_expression" else None


def _parameterised(code: JavaCode, template: Template) -> tuple[str, list[str]] | None:
    """The statement with a ``?`` for each value, and the values as they are written."""
    pieces = template.pieces
    statement, values = "", []
    cut = 0
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            statement += piece[cut:]
            cut = 0
            continue
        after = "".join(_until_hole(pieces[index + 1 :]))
        place = slot(statement, after)
        if place is None or "\\" in statement[-2:]:
            return None
        statement = statement[: len(statement) - place.cut_before] + "?"
        cut = place.cut_after
        value = code.text(piece.node)
        if piece.node.type in {"binary_expression", "ternary_expression"} and (place.prefix or place.suffix):
            value = f"({value})"
        value = f'"{place.prefix}" + {value}' if place.prefix else value
        values.append(f'{value} + "{place.suffix}"' if place.suffix else value)
    return statement, values


def _until_hole(pieces: tuple[str | Hole, ...]) -> list[str]:
    found = []
    for piece in pieces:
        if isinstance(piece, Hole):
            break
        found.append(piece)
    return found


def _template_fix(code: JavaCode, call: Node, source: Node, literal: str, values: list[str]) -> tuple[Fix, ...]:
    """``template.query(sql, mapper, values…)``."""
    holder = call.child_by_field_name("arguments")
    if holder is None or not holder.named_children or "new Object" in code.text(holder):
        return ()
    last = code.range(holder.named_children[-1]).end
    given = "".join(f", {value}" for value in values)
    inner = source == holder.named_children[-1]
    edits = (
        (code.replace(source, f"{literal}{given}"),)
        if inner
        else (code.replace(source, literal), TextEdit(last, last, given))
    )
    return (Fix("Pass the values as parameters", "review", edits),)


def _statement_fix(
    code: JavaCode, call: Node, text: Node, source: Node, literal: str, values: list[str]
) -> tuple[Fix, ...]:
    """``Statement s = c.createStatement(); … s.executeQuery(sql)``, where `s` runs nothing else."""
    base, function = call.child_by_field_name("object"), code.function(call)
    holder, run = call.child_by_field_name("arguments"), code.statement(call)
    if base is None or base.type != "identifier" or function is None or holder is None or run is None:
        return ()
    name = code.text(base)
    bindings = code.scopes.lookup(name, base.start_byte)
    made = bindings[0].value if len(bindings) == 1 else None
    if made is None or made.type != "method_invocation" or code.method(made) != "createStatement":
        return ()
    if (
        code.arguments(made).positional
        or len(
            re.findall(
                rf"\b{re.escape(name)}\.(?:execute|"
                rf"addBatch)",
                code.text(function),
            )
        )
        != 1
    ):
        return ()
    declared = _declared_type(made)
    own = made.child_by_field_name("name")
    if declared is None or own is None or code.simple(declared) not in {"Statement", "var"}:
        return ()
    variable = source != code.bare(text)
    if variable and source.start_byte > made.start_byte:
        return ()
    given = code.text(text) if variable else literal
    edits = [
        TextEdit(code.range(own).start, code.range(made).end, f"prepareStatement({given})"),
        code.insert(run.start_byte, "".join(_setters(code, run, name, values))),
        code.replace(holder, "()"),
    ]
    if code.simple(declared) == "Statement":
        edits.append(code.replace(declared, "PreparedStatement"))
    if variable:
        edits.append(code.replace(source, literal))
    return (Fix("Use a prepared statement", "review", tuple(sorted(edits, key=lambda e: e.start)), _IMPORT),)


def _setters(code: JavaCode, run: Node, name: str, values: list[str]) -> list[str]:
    end = f"{code.newline()}{code.indent(run)}"
    return [f"{name}.setString({index}, {value});{end}" for index, value in enumerate(values, 1)]


def _declared_type(made: Node) -> Node | None:
    """The type that the variable is declared with, where it gets its value at once."""
    around = made.parent
    if around is not None and around.type == "resource":
        return around.child_by_field_name("type")
    if around is None or around.type != "variable_declarator" or around.parent is None:
        return None
    return around.parent.child_by_field_name("type")
