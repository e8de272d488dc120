"""How far a value that gets into a text can be seen to come from outside, within a C# or Go function.

What a caller or a user gives is one thing; a field, or what an unknown call returns, may as well be written in the
source. Knows no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from leery_analyzers.checks.scopes import Binding
    from leery_analyzers.checks.templates import Hole
    from leery_analyzers.checks.typed_code import TypedCode
    from leery_analyzers.model import Level

_DEEPEST = 6
_LONGEST = 40
_BASES = ("function", "expression", "operand", "condition", "object")
_INPUT = re.compile(
    r"Console\.Read|\bargs\[|GetCommandLineArgs|\b(?:Request|HttpContext|Model|Input|QueryString|Session)\b|\.Text\b"
    r"|\.SelectedValue|\.SelectedItem|os\.Args|\bflag\.|(?:[sS]canner|input)\.Text\(|\.ReadString\(|\.ReadLine"
)


def from_outside(code: TypedCode, holes: Iterable[Hole]) -> tuple[Node, Level] | None:
    """The value that most clearly comes from outside, numbers left out, and how sure that is.

    Returns:
        The value with ``medium`` for a parameter, a part of one or input, ``low`` for what cannot be told; None if
        there is no unknown value but the object's own fields.
    """
    unsure: Node | None = None
    for hole in holes:
        if hole.number:
            continue
        if is_given(code, hole.node, 0):
            return hole.node, "medium"
        unsure = unsure or (hole.node if not _is_own(code, hole.node) else None)
    return (unsure, "low") if unsure is not None else None


def is_given(code: TypedCode, node: Node, depth: int) -> bool:
    """Whether a value is a parameter, a part of one, or input, directly or through variables."""
    node = code.bare(node)
    if _INPUT.search(code.text(node)):
        return True
    if depth > _DEEPEST:
        return False
    root, plain = _root(code, node)
    if root.type not in code.identifiers:
        return False
    return any(_is_given(code, binding, depth, plain=plain) for binding in code.last_values(root))


def _is_own(code: TypedCode, node: Node) -> bool:
    """Whether a value is a field of the object or a variable of the package, which callers do not set."""
    if "(" in code.text(node):
        return False
    root, _ = _root(code, code.bare(node))
    own = code.text(root)
    if root.type not in code.identifiers or own == "this":
        return True
    bindings = code.scopes.lookup(own, root.start_byte)
    if not bindings:
        return not own[:1].isupper()
    return all(code.is_receiver(binding) for binding in bindings)


def _is_given(code: TypedCode, binding: Binding, depth: int, *, plain: bool) -> bool:
    if binding.kind == "parameter":
        return code.is_text_parameter(binding, plain=plain)
    if binding.value is None or binding.kind in {"import", "other"}:
        return False
    return is_given(code, binding.value, depth + 1)


def _root(code: TypedCode, node: Node) -> tuple[Node, bool]:
    """What a chain of calls, members and elements starts with, and whether it is that alone."""
    start = node
    for _ in range(_LONGEST):
        inner = next((base for field in _BASES if (base := node.child_by_field_name(field)) is not None), None)
        if inner is None:
            break
        node = code.bare(inner)
    return node, node == start
