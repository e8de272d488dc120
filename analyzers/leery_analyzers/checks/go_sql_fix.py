"""Turns a SQL text with values in it into one with parameters, in Go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.sql import slot
from leery_analyzers.checks.templates import Hole
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.go_code import GoCode
    from leery_analyzers.checks.templates import Template

_NUMBERED = re.compile(r"lib/pq|jackc/pgx|pgxpool|driver/postgres|go-pg")
_QUESTION = re.compile(r"go-sql-driver/mysql|sqlite|gorm|driver/mysql")


def parameterised(code: GoCode, call: Node, text: Node, template: Template) -> tuple[Fix, ...]:
    """The fixes, one for each way to write a parameter that the file's driver may want.

    Args:
        code: the unit.
        call: the call that runs the statement.
        text: its argument.
        template: what the argument is made of.
    """
    source = _source(code, text)
    holder = call.child_by_field_name("arguments")
    if source is None or holder is None or code.arguments(call).spread:
        return ()
    lines = code.import_lines
    styles = ("$",) if _NUMBERED.search(lines) else ("?",) if _QUESTION.search(lines) else ("?", "$")
    fixes = []
    for style in styles:
        found = _statement(code, template, style)
        if found is None:
            return ()
        statement, values = found
        given = "".join(f", {value}" for value in values)
        at = code.range(text).end
        edits = [code.replace(source, f'"{statement}"'), TextEdit(at, at, given)]
        if source == code.bare(text):
            edits = [code.replace(text, f'"{statement}"{given}')]
        title = f"Pass the values as parameters ({style}{'1' if style == '$' else ''})"
        fixes.append(Fix(title, "review", tuple(sorted(edits, key=lambda edit: edit.start))))
    return tuple(fixes)


def _source(code: GoCode, text: Node) -> Node | None:
    """The expression that builds the text: the argument, or the one value of the variable that is the argument."""
    text = code.bare(text)
    if text.type == "identifier":
        values = code.scopes.lookup(code.text(text), text.start_byte)
        if len(values) != 1 or values[0].kind != "value" or values[0].value is None:
            return None
        if values[0].value.end_byte > text.start_byte:
            return None
        text = code.bare(values[0].value)
    built = text.type == "binary_expression" or (text.type == "call_expression" and code.callee(text) == "fmt.Sprintf")
    return text if built else None


def _statement(code: GoCode, template: Template, style: str) -> tuple[str, list[str]] | None:
    statement, cut = "", 0
    values: list[str] = []
    pieces = template.pieces
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            statement += piece[cut:]
            cut = 0
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else ""
        if isinstance(following, Hole):
            return None
        place = slot(statement, following)
        if place is None:
            return None
        values.append(_value(code, piece, place.prefix, place.suffix))
        mark = f"${len(values)}" if style == "$" else style
        statement = f"{statement[: len(statement) - place.cut_before]}{mark}"
        cut = place.cut_after
    if "\n" in statement or '"' in statement or "0" in template.text.split("\0")[0][-1:]:
        return None
    return statement, values


def _value(code: GoCode, hole: Hole, prefix: str, suffix: str) -> str:
    value = f'"{prefix}"+{code.text(hole.node)}' if prefix else code.text(hole.node)
    return f'{value}+"{suffix}"' if suffix else value
