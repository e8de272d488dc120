"""Edits of Java that several rules make: calls taken away, statements put in. Comments and layout stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.fixes.arguments import whole_lines
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.java_code import JavaCode


def drop_call(code: JavaCode, call: Node) -> TextEdit | None:
    """An edit that takes a call away: with its statement, or out of a chain of calls; None where its value is used."""
    around = call.parent
    if around is None:
        return None
    place = code.range(call)
    if around.type == "expression_statement":
        base = call.child_by_field_name("object")
        if base is not None and base.type == "method_invocation" and not _is_plain(base):
            return TextEdit(code.range(base).end, place.end, "")
        whole = code.range(around)
        return whole_lines(code.unit.text, TextEdit(whole.start, whole.end, ""))
    base = call.child_by_field_name("object")
    if base is not None and (around.type == "method_invocation" or base.type == "method_invocation"):
        return TextEdit(code.range(base).end, place.end, "")
    return None


def after_statement(code: JavaCode, node: Node, *texts: str) -> TextEdit | None:
    """An edit that puts statements behind the one that a node stands in."""
    statement = code.statement(node)
    if statement is None:
        return None
    lines = "".join(f"{code.newline()}{code.indent(statement)}{text}" for text in texts)
    end = code.range(statement).end
    comment = re.match(r"[ \t]*//[^\r\n]*", code.unit.text[end:])
    at = end + comment.end() if comment is not None else end
    return TextEdit(at, at, lines)


def _is_plain(call: Node) -> bool:
    """Whether a call is a getter of a variable, ``a.getB()``, and not a part of a chain that does something."""
    base, holder = call.child_by_field_name("object"), call.child_by_field_name("arguments")
    return (base is None or base.type == "identifier") and (holder is None or not holder.named_children)
