"""Settings in objects written out, and what becomes of them before anybody reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.values import key_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_DEEPEST = 4


def replaced_later(code: Code, pair: Node) -> bool:
    """Whether an entry of an object of JavaScript, or one around it, is given another value before anything reads it.

    The object is the value of a variable, and one of the statements that follow in the same block puts something else
    in the place of the entry: ``const options = { ssl: { … } }; options.ssl = …;``.

    Args:
        code: what the entry stands in.
        pair: the entry.
    """
    paths: list[str] = []
    here: Node | None = pair
    for _ in range(_DEEPEST):
        if here is None or here.type != "pair":
            break
        paths = [f".{key_of(code, here)}", *(f".{key_of(code, here)}{path}" for path in paths)]
        table = here.parent
        here = table.parent if table is not None else None
    if here is None or here.type != "variable_declarator" or here.parent is None:
        return False
    name = code.text(here.child_by_field_name("name"))
    read = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    after = here.parent.next_named_sibling
    while after is not None:
        left, right = _assignment(after)
        if left is not None and right is not None and code.text(left) in {f"{name}{path}" for path in paths}:
            return code.text(right) not in {"false", "null", "undefined"}
        if read.search(code.text(after if right is None else right)):
            return False  # somebody may have read it
        after = after.next_named_sibling
    return False


def _assignment(statement: Node) -> tuple[Node | None, Node | None]:
    inner = statement.named_children[0] if statement.type == "expression_statement" else None
    if inner is None or inner.type != "assignment_expression":
        return None, None
    return inner.child_by_field_name("left"), inner.child_by_field_name("right")
