"""How JavaScript puts strings together, read as templates.

One function for each form of expression. They follow names through `Expansion`, and see nothing but the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.checks.code import is_constant_name
from leery_analyzers.checks.templates import Template, joined, known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code, Expansion

_LONGEST_SUM = 500
_LITERALS = frozenset({"number", "true", "false", "null", "undefined", "regex"})
_ADDING = frozenset({"+", "||", "??", "&&"})
_NUMBERS = frozenset(
    {"Number", "parseInt", "parseFloat", "Boolean", "BigInt", "Number.parseInt", "Number.parseFloat", "Date.now"}
)
_SAME_TEXT = frozenset(
    {"trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "toString", "normalize", "split", "slice"}
)
_WITH_ARGUMENTS = frozenset({"join", "concat", "fill", "repeat", "padStart", "padEnd"})


def pieces(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """The pieces of an expression that is no plain name; None if its value is unknown."""
    if node.type in _LITERALS:
        return known(code.text(node))
    reader = _READERS.get(node.type)
    return reader(code, node, expansion, depth) if reader is not None else None


def expressions(node: Node) -> list[Node]:
    """The named parts of a node without comments."""
    return [child for child in node.named_children if child.type != "comment"]


def _string(code: Code, node: Node, _expansion: Expansion, _depth: int) -> Template:
    return known(code.text(node)[1:-1])


def _array(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template:
    return expansion.all_of(expressions(node), depth)


def _template_string(code: Code, node: Node, expansion: Expansion, depth: int) -> Template:
    parts: list[Template] = []
    for child in node.named_children:
        if child.type == "template_substitution":
            parts.append(expansion.all_of(expressions(child), depth))
        else:
            parts.append(known(code.text(child)))
    return joined(parts) if parts else known("")


def _operator(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """A sum, or a choice between values; every other operator gives a number or a truth value."""
    operands: list[Node] = []
    left = node
    while left.type == "binary_expression":  # long sums nest to the left: no recursion
        first, right = left.child_by_field_name("left"), left.child_by_field_name("right")
        if first is None or right is None or len(operands) > _LONGEST_SUM:
            return None
        if code.text(left.child_by_field_name("operator")) not in _ADDING:
            break
        operands.append(right)
        left = first
    if left == node:
        return known("0")
    return expansion.all_of([left, *reversed(operands)], depth)


def _choice(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """``test ? a : b`` may be either."""
    first, second = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
    return expansion.all_of((first, second), depth) if first is not None and second is not None else None


def _assignment(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    value = node.child_by_field_name("right")
    return expansion.of(value, depth) if value is not None else None


def _member(code: Code, node: Node, _expansion: Expansion, _depth: int) -> Template | None:
    last = code.text(node.child_by_field_name("property"))
    constant = is_constant_name(last) and not code.name(node).startswith("process.env.")
    return known(code.text(node)) if constant or last == "length" else None


def _subscript(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """An entry of a table of constants is constant."""
    table = node.child_by_field_name("object")
    if table is None:
        return None
    constant = is_constant_name(code.text(table)) or expansion.of(table, depth).constant
    return known(code.text(node)) if constant else None


def _object(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    pairs = expressions(node)
    values = [pair.child_by_field_name("value") for pair in pairs if pair.type == "pair"]
    if len(values) < len(pairs):
        return None
    return expansion.all_of([value for value in values if value is not None], depth)


def _number(_code: Code, _node: Node, _expansion: Expansion, _depth: int) -> Template:
    return known("0")


def _arrow(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """What a short function returns, as in ``items.map((item) => "?")``."""
    body = node.child_by_field_name("body")
    return expansion.of(body, depth) if body is not None and body.type != "statement_block" else None


def _call(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    name, method = code.callee(node), code.method(node)
    if name in _NUMBERS or method == "toFixed" or expansion.is_safe(name, method):
        return known("0")
    values = code.arguments(node).positional
    if name == "String" and values:
        return expansion.of(values[0], depth)
    function = node.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    return _method(receiver, method, values, expansion, depth) if receiver is not None else None


def _method(receiver: Node, method: str, values: tuple[Node, ...], expansion: Expansion, depth: int) -> Template | None:
    if method in _WITH_ARGUMENTS:
        return expansion.all_of((receiver, *values), depth)
    if method == "map" and values and values[0].type == "arrow_function":
        return expansion.of(values[0], depth)
    if method in {"replace", "replaceAll"} and len(values) == 2:
        return expansion.all_of((receiver, values[1]), depth)
    return expansion.of(receiver, depth) if method in _SAME_TEXT else None


_READERS: Mapping[str, Callable[[Code, Node, Expansion, int], Template | None]] = {
    "string": _string,
    "template_string": _template_string,
    "array": _array,
    "binary_expression": _operator,
    "ternary_expression": _choice,
    "assignment_expression": _assignment,
    "member_expression": _member,
    "subscript_expression": _subscript,
    "object": _object,
    "unary_expression": _number,
    "arrow_function": _arrow,
    "call_expression": _call,
}
