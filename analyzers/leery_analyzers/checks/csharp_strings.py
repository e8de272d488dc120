"""How C# puts strings together, read as templates.

One function for each form of expression. They follow names through `Expansion`, and see nothing but the tree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.templates import Template, joined, known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Expansion
    from leery_analyzers.checks.csharp_code import CSharpCode

NUMBERS = frozenset({"int", "long", "Int32", "Int64", "Guid", "decimal", "double", "Convert", "bool", "DateTime"})
"""Classes whose methods give no text of a user's."""
APPENDS = frozenset({"Append", "AppendLine", "AppendFormat", "AppendJoin", "Insert"})
_SAME_TEXT = frozenset(
    {"Trim", "ToString", "ToLower", "ToUpper", "ToLowerInvariant", "ToUpperInvariant", "TrimEnd", "TrimStart"}
    | {"ToArray", "ToList", "Distinct", "AsEnumerable"}
)
_BRACES = re.compile(r"\{\{|\}\}|\{(\d+)[^{}]*\}")
_COUNTS = frozenset({"Length", "Count", "LongLength", "Year", "Month", "Day", "Ticks", "HasValue", "TotalSeconds"})
_EMPTY = frozenset({"string.Empty", "String.Empty", "Environment.NewLine"})
_HOLDERS = frozenset(
    {"Request", "Model", "Input", "User", "HttpContext", "Context", "Session", "Page", "Settings", "Form", "Query"}
    | {"ViewData", "ViewBag", "TempData", "Response", "Filter", "Search", "Options", "Configuration", "Parameters"}
    | {"Console", "Environment", "Thread", "Command", "Entity", "Item", "Data", "Path"}
)
"""Properties that hold what users gave, though they are written like classes."""


def pieces(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """The pieces of an expression that is no plain name; None if its value is unknown or nothing here reads it."""
    if node.type in code.parts and code.guarded(code.text(node), node.start_byte):
        return known(code.text(node))
    reader = _READERS.get(node.type)
    return reader(code, node, expansion, depth) if reader is not None else None


def _interpolated(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template:
    parts: list[Template] = []
    for child in node.named_children:
        if child.type == "interpolation":
            value = next((v for v in child.named_children if "brace" not in v.type), None)
            if value is not None:
                parts.append(expansion.of(value, depth))
        elif child.type in {"string_content", "escape_sequence"}:
            parts.append(known(code.text(child)))
    return joined(parts) if parts else known("")


def _member(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    del expansion, depth
    text = code.text(node)
    if text in _EMPTY:
        return known("")
    base, name = node.child_by_field_name("expression"), node.child_by_field_name("name")
    owner = code.text(base)
    if code.text(name) in _COUNTS or (base is not None and code.type_of(base) in code.number_types):
        return known("0")
    if base is None or base.type != "identifier" or not owner[:1].isupper() or not code.text(name)[:1].isupper():
        return None
    constant = owner not in _HOLDERS and not code.scopes.lookup(owner, base.start_byte)  # as in ``Tables.Users``
    return known(text) if constant else None


def _element(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """An element of a table that is written out."""
    del expansion, depth
    owner = code.text(node.child_by_field_name("expression"))
    return known(owner) if owner in code.constants else None


def _choice(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template:
    """``value switch { … }``."""
    del code
    arms = [child.named_children[-1] for child in node.named_children if child.type == "switch_expression_arm"]
    return expansion.all_of(arms, depth)


def _cast(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    del expansion, depth
    return known("0") if code.simple(node.child_by_field_name("type")) in code.number_types else None


def _made(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    if code.simple(node.child_by_field_name("type")) != "StringBuilder":
        return None
    first = code.arguments(node).get(0)
    return expansion.of(first, depth) if first is not None else known("")


def _list(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template:
    """A list that is written out: one of its elements."""
    inner = next((child for child in node.named_children if child.type == "initializer_expression"), node)
    elements = [child for child in code.values_of(inner.named_children) if "type" not in child.type]
    return expansion.all_of(elements, depth)


def _nothing(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template:
    """What has no value: an exception thrown, a property without an initial one."""
    del code, node, expansion, depth
    return known("")


def _call(code: CSharpCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    base, method = code.receiver(node), code.method(node)
    text = code.text(base)
    if code.callee(node).partition(".")[0] in NUMBERS or text in NUMBERS or method == "nameof":
        return known("0")
    if base is None:
        return None
    values = code.arguments(node).positional
    if text in {"string", "String"}:
        return _of_string(code, method, values, expansion, depth)
    return _of_value(code, node, base, expansion, depth)


def _of_string(
    code: CSharpCode, method: str, values: tuple[Node, ...], expansion: Expansion, depth: int
) -> Template | None:
    """``string.Concat``, ``string.Join``, ``string.Format``."""
    if method == "Format" and values:
        return _format(code, values, expansion, depth)
    return expansion.all_of(values, depth) if method in {"Concat", "Join"} else None


def _of_value(code: CSharpCode, call: Node, base: Node, expansion: Expansion, depth: int) -> Template | None:
    """A method of a text, of a text being built or of several texts."""
    method, values = code.method(call), code.arguments(call).positional
    found: Template | None = None
    if method == "AppendFormat" and values:
        found = _format(code, values, expansion, depth)
    elif method in APPENDS:
        found = expansion.all_of(values, depth)
    elif method == "Select" and values:
        found = _projected(code, base, values[0], expansion, depth)
    elif code.type_of(base) in code.number_types:
        found = known("0")
    elif method in _SAME_TEXT:
        found = expansion.of(base, depth)
    elif method == "Replace" and len(values) > 1:
        found = expansion.all_of((base, values[1]), depth)
    return found


def _projected(code: CSharpCode, base: Node, function: Node, expansion: Expansion, depth: int) -> Template | None:
    """``ids.Select((id, i) => "@p" + i)``: known where the lambda makes texts of places in the list only."""
    body = function.child_by_field_name("body") if function.type == "lambda_expression" else None
    if body is None or body.type == "block":
        return None
    names = re.findall(r"\w+", code.text(function.child_by_field_name("parameters")))
    counted = names[:1] if code.text(base).startswith("Enumerable.Range") else names[1:2]
    made = expansion.of(body, depth)
    return known(made.text) if all(code.text(hole.node) in counted for hole in made.holes) else None


def _format(code: CSharpCode, values: tuple[Node, ...], expansion: Expansion, depth: int) -> Template:
    del code
    written = expansion.of(values[0], depth)
    if not written.constant:
        return written
    parts: list[Template] = []
    at = 0
    for found in _BRACES.finditer(written.text):
        parts.append(known(written.text[at : found.start()] + (found.group()[:1] if not found.group(1) else "")))
        at = found.end()
        if found.group(1) and int(found.group(1)) + 1 < len(values):
            parts.append(expansion.of(values[int(found.group(1)) + 1], depth))
    parts.append(known(written.text[at:]))
    return joined(parts)


_READERS: Mapping[str, Callable[[CSharpCode, Node, Expansion, int], Template | None]] = {
    "interpolated_string_expression": _interpolated,
    "invocation_expression": _call,
    "member_access_expression": _member,
    "element_access_expression": _element,
    "switch_expression": _choice,
    "cast_expression": _cast,
    "object_creation_expression": _made,
    "array_creation_expression": _list,
    "implicit_array_creation_expression": _list,
    "throw_expression": _nothing,
    "property_declaration": _nothing,
}
