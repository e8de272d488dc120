"""How Python puts strings together, read as templates.

One function for each form of expression. They follow names through `Expansion`, and see nothing but the tree.
"""

from __future__ import annotations

import re
from itertools import count, islice
from typing import TYPE_CHECKING

from leery_analyzers.checks.code import is_constant_name
from leery_analyzers.checks.templates import Hole, Template, joined, known
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Arguments, Code, Expansion

_LONGEST_SUM = 500
_MOST_FIELDS = 200
_LITERALS = frozenset({"integer", "float", "true", "false", "none", "ellipsis"})
_SAME_TEXT = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "encode", "decode", "expandtabs", "split"}
)
_WRAPPERS = frozenset({"str", "textwrap.dedent", "dedent", "inspect.cleandoc", "tuple", "list", "sorted", "bytes"})
_NUMBERS = frozenset(
    {"int", "float", "bool", "len", "round", "abs", "ord", "hash", "id", "uuid.UUID", "uuid.uuid4", "time.time"}
)
_PERCENT = lazy_regex(r"%(?:\((\w*)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?([diouxXeEfFgGcrsab%])")
_BRACES = lazy_regex(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::([^{}]*))?\}")
_NUMBER_FORMAT = lazy_regex(r":[^{}]*[dfFeEgGxXobn%]")


def pieces(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """The pieces of an expression that is no plain name; None if its value is unknown."""
    if node.type in _LITERALS:
        return known(code.text(node))
    reader = _READERS.get(node.type)
    return reader(code, node, expansion, depth) if reader is not None else None


def expressions(node: Node) -> list[Node]:
    """The named parts of a node without comments."""
    return [child for child in node.named_children if child.type not in {"comment", "line_continuation"}]


def _all(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template:
    return expansion.all_of(expressions(node), depth)


def _condition(_code: Code, _node: Node, _expansion: Expansion, _depth: int) -> Template:
    return known("True")


def _choice(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """``a if test else b`` may be either."""
    parts = expressions(node)
    return expansion.all_of((parts[0], parts[2]), depth) if len(parts) == 3 else None


def _field(name: str) -> Callable[[Code, Node, Expansion, int], Template | None]:
    """An expression whose value is that of one of its parts."""

    def read(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
        value = node.child_by_field_name(name)
        return expansion.of(value, depth) if value is not None else None

    return read


def _attribute(code: Code, node: Node, _expansion: Expansion, _depth: int) -> Template | None:
    name = code.text(node.child_by_field_name("attribute"))
    return known(code.text(node)) if is_constant_name(name) else None


def _subscript(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """An entry of a table of constants is constant."""
    table = node.child_by_field_name("value")
    if table is None:
        return None
    constant = is_constant_name(code.text(table).rpartition(".")[2]) or expansion.of(table, depth).constant
    return known(code.text(node)) if constant else None


def _dictionary(_code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    pairs = expressions(node)
    values = [pair.child_by_field_name("value") for pair in pairs if pair.type == "pair"]
    if len(values) < len(pairs):
        return None
    return expansion.all_of([value for value in values if value is not None], depth)


def _string(code: Code, node: Node, expansion: Expansion, depth: int) -> Template:
    parts: list[Template] = []
    for child in node.named_children:
        if child.type == "string_content":
            parts.append(known(code.text(child)))
        elif child.type == "interpolation":
            parts.append(_interpolation(code, child, expansion, depth))
    return joined(parts) if parts else known("")


def _interpolation(code: Code, node: Node, expansion: Expansion, depth: int) -> Template:
    value = node.child_by_field_name("expression")
    spec = next((child for child in node.named_children if child.type == "format_specifier"), None)
    if spec is not None and _NUMBER_FORMAT.fullmatch(code.text(spec)):
        return known("0")
    return expansion.of(value, depth) if value is not None else Template((Hole(node),))


def _operator(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """A sum, ``text % values``, or a repetition; of any other operation both sides."""
    chain: list[tuple[str, Node]] = []
    left: Node | None = node
    while left is not None and left.type == "binary_operator":  # long sums nest to the left: no recursion
        right = left.child_by_field_name("right")
        if right is None or len(chain) > _LONGEST_SUM:
            return None
        chain.append((code.text(left.child_by_field_name("operator")), right))
        left = left.child_by_field_name("left")
    if left is None:
        return None
    parts = [expansion.of(left, depth)]
    for operator, right in reversed(chain):
        if operator == "%":
            parts = [_percent(code, joined(parts), right, expansion, depth)]
        elif operator == "*":
            times, whole = expansion.of(right, depth), joined(parts)
            parts = [whole] if whole.constant else [times] if times.constant else [whole, times]
        else:
            parts.append(expansion.of(right, depth))
    return joined(parts)


def _percent(code: Code, left: Template, right: Node, expansion: Expansion, depth: int) -> Template:
    right = code.bare(right)
    values = expressions(right) if right.type == "tuple" else [right]
    by_name = {}
    if right.type == "dictionary":
        for pair in right.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None:
                by_name[code.text(key).strip("\"'")] = value
    order = iter(values)
    last = right

    def fill(found: re.Match[str]) -> Template:
        nonlocal last
        if found.group(2) == "%":
            return known("%")
        last = by_name.get(found.group(1), right) if found.group(1) is not None else next(order, last)
        return known("0") if found.group(2) in "diouxXeEfFgG" else expansion.of(last, depth)

    return _filled(left, _PERCENT, fill)


def _call(code: Code, node: Node, expansion: Expansion, depth: int) -> Template | None:
    name, method = code.callee(node), code.method(node)
    if name in _NUMBERS or expansion.is_safe(name, method):
        return known("0")
    arguments = code.arguments(node)
    if name in _WRAPPERS and arguments.positional and not arguments.spread:
        return expansion.of(arguments.positional[0], depth)
    function = node.child_by_field_name("function")
    receiver = function.child_by_field_name("object") if function is not None else None
    if receiver is None:
        return None
    if method == "format":
        return _format(code, receiver, arguments, node, expansion, depth)
    given = {"join": 0, "replace": 1}.get(method)
    if given is not None and given < len(arguments.positional):
        return expansion.all_of((receiver, arguments.positional[given]), depth)
    return expansion.of(receiver, depth) if method in _SAME_TEXT else None


def _format(
    code: Code, receiver: Node, arguments: Arguments, call: Node, expansion: Expansion, depth: int
) -> Template | None:
    left = expansion.of(receiver, depth)
    if receiver.type == "call" and expansion.is_safe(code.callee(receiver), code.method(receiver)):
        return left
    order = count()

    def fill(found: re.Match[str]) -> Template:
        if found.group() in {"{{", "}}"}:
            return known(found.group()[0])
        key = re.split(r"[.\[]", found.group(1).strip())[0]
        index = next(order) if not key else int(key) if key.isdecimal() and len(key) < 4 else -1
        value = arguments.get(index) if index >= 0 else arguments.named.get(key)
        if re.fullmatch(r"[^{}]*[dfFeEgGxXobn%]", found.group(2) or ""):
            return known("0")
        return expansion.of(value, depth) if value is not None else Template((Hole(call),))

    return _filled(left, _BRACES, fill)


def _filled(left: Template, fields: re.Pattern[str], fill: Callable[[re.Match[str]], Template]) -> Template:
    """The template with each field in its known text replaced by what `fill` gives for it."""
    parts: list[Template] = []
    for piece in left.pieces:
        if isinstance(piece, Hole):
            parts.append(Template((piece,)))
            continue
        at = 0
        for found in islice(fields.finditer(piece), _MOST_FIELDS):
            parts.append(known(piece[at : found.start()]))
            parts.append(fill(found))
            at = found.end()
        parts.append(known(piece[at:]))
    return joined(parts)


_READERS: Mapping[str, Callable[[Code, Node, Expansion, int], Template | None]] = {
    "string": _string,
    "concatenated_string": _all,
    "binary_operator": _operator,
    "call": _call,
    "conditional_expression": _choice,
    "boolean_operator": _all,
    "unary_operator": _all,
    "comparison_operator": _condition,
    "not_operator": _condition,
    "assignment": _field("right"),
    "named_expression": _field("value"),
    "attribute": _attribute,
    "subscript": _subscript,
    "dictionary": _dictionary,
    **dict.fromkeys(("list", "tuple", "set", "expression_list", "list_splat"), _all),
    **dict.fromkeys(("list_comprehension", "generator_expression", "set_comprehension"), _field("body")),
}
