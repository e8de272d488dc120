"""How Go puts strings together, read as templates.

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
    from leery_analyzers.checks.go_code import GoCode

APPENDS = frozenset({"WriteString", "WriteByte", "WriteRune", "Fprintf", "Fprint"})
"""Methods and functions that add to a text being built."""
_VERBS = re.compile(r"%(?:\[(\d+)\])?[-+# 0]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?(?:\[(\d+)\])?([a-zA-Z%])")
_HARMLESS_VERBS = "dtbcoxXUeEfFgGpT"
_NUMBERS = frozenset(
    {"strconv.Itoa", "strconv.FormatInt", "strconv.FormatUint", "strconv.FormatBool", "strconv.Quote", "len", "int"}
    | {"int64", "int32", "uint", "uint64", "float64", "strconv.FormatFloat", "strconv.Atoi", "uuid.New"}
    | {"uuid.NewString", "strconv.ParseInt", "strconv.ParseUint", "strconv.ParseFloat", "strconv.ParseBool"}
    | {"net.ParseIP", "time.Now", "time.Parse", "uuid.Parse", "uuid.MustParse", "os.Getpid", "uint32", "uint16"}
)
_SAME_TEXT = frozenset(
    {"strings.TrimSpace", "strings.ToLower", "strings.ToUpper", "strings.Trim", "strings.TrimPrefix", "string"}
    | {"url.QueryUnescape", "url.PathUnescape", "html.UnescapeString", "net/url.QueryUnescape", "net/url.PathUnescape"}
    | {"strings.Repeat", "strings.TrimSuffix", "strings.TrimRight", "strings.TrimLeft", "strings.Title", "[]byte"}
)
_SPRINTF = frozenset({"fmt.Sprintf", "fmt.Sprint", "fmt.Sprintln"})


def pieces(code: GoCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """The pieces of an expression that is no plain name; None if its value is unknown or nothing here reads it."""
    if node.type in code.parts and code.guarded(code.text(node), node.start_byte):
        return known(code.text(node))
    reader = _READERS.get(node.type)
    return reader(code, node, expansion, depth) if reader is not None else None


def _conversion(code: GoCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    del code
    operand = node.child_by_field_name("operand")
    return expansion.of(operand, depth) if operand is not None else None


def _selector(code: GoCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """What another package exports is taken for a constant."""
    del expansion, depth
    base, field = node.child_by_field_name("operand"), code.text(node.child_by_field_name("field"))
    bound = code.scopes.lookup(code.text(base), node.start_byte) if base is not None else ()
    package = bool(bound) and bound[-1].kind == "import"
    return known(code.text(node)) if package and field[:1].isupper() and node.type != "call_expression" else None


def _element(code: GoCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """An element of a table that is written out."""
    base = node.child_by_field_name("operand")
    if base is None or base.type != "identifier":
        return None
    if code.text(base) in code.constants:
        return known(code.text(base))
    bound = code.scopes.lookup(code.text(base), node.start_byte)
    table = bound[-1].value if len(bound) == 1 else None
    if table is None or table.type != "composite_literal":
        return None
    body = table.child_by_field_name("body")
    pairs = [child.child_by_field_name("value") or child for child in body.named_children] if body is not None else []
    values = [value.named_children[0] for value in pairs if value.named_children]
    return expansion.all_of(values, depth) if len(values) == len(pairs) else None


def _call(code: GoCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    name, method, values = code.callee(node), code.method(node), code.arguments(node).positional
    if name in _NUMBERS or expansion.is_safe(name, method):
        return known("0")
    if method in APPENDS:
        skipped = 0 if method.startswith("Write") else 1
        return _sprintf(values[skipped:], expansion, depth, form=method == "Fprintf")
    base = code.receiver(node)
    if base is not None and base.type == "identifier" and _is_number(code, base):
        return known("0")
    if method == "String" and not values and base is not None:
        return expansion.of(base, depth) if _is_read_back(code, base) else None
    return _of_function(name, values, expansion, depth) if values else None


def _of_function(name: str, values: tuple[Node, ...], expansion: Expansion, depth: int) -> Template | None:
    found: Template | None = None
    if name in _SPRINTF:
        found = _sprintf(values, expansion, depth, form=name == "fmt.Sprintf")
    elif name in _SAME_TEXT:
        found = expansion.of(values[0], depth)
    elif name in {"strings.ReplaceAll", "strings.Replace"} and len(values) > 2:
        found = expansion.all_of((values[0], values[2]), depth)
    elif name == "strings.Join":
        found = expansion.all_of(values, depth)
    return found


def _is_number(code: GoCode, name: Node) -> bool:
    """Whether a parameter is of a type whose methods give no text of a user's, such as a time."""
    found = code.scopes.lookup(code.text(name), name.start_byte)
    return bool(found) and all(b.kind == "parameter" and code.is_number_type(b.value) for b in found)


def _list(code: GoCode, node: Node, expansion: Expansion, depth: int) -> Template | None:
    """A slice or an array that is written out: one of its elements."""
    kind, body = node.child_by_field_name("type"), node.child_by_field_name("body")
    if kind is None or body is None or kind.type not in {"slice_type", "array_type", "implicit_length_array_type"}:
        return None
    elements = [child.named_children[0] for child in code.values_of(body.named_children) if child.named_children]
    return expansion.all_of(elements, depth)


def _is_read_back(code: GoCode, node: Node) -> bool:
    """Whether a variable is a text being built, or what was read from a text and is no text any more."""
    node = code.bare(node)
    found = code.scopes.lookup(code.text(node), node.start_byte) if node.type == "identifier" else ()
    words = r"\b(?:Builder|Buffer|net\.ParseIP|uuid\.\w+|time\.\w+)\b"
    return any(b.value is not None and re.search(words, code.text(b.value)) for b in found)


def _sprintf(values: tuple[Node, ...], expansion: Expansion, depth: int, *, form: bool) -> Template | None:
    if not form or not values:
        return expansion.all_of(values, depth)
    written = expansion.of(values[0], depth)
    if not written.constant:
        return written
    parts: list[Template] = []
    at, index = 0, 0
    for found in _VERBS.finditer(written.text):
        parts.append(known(written.text[at : found.start()]))
        at = found.end()
        explicit = found.group(1) or found.group(2)
        if found.group(3) == "%":
            continue
        index = int(explicit) if explicit else index + 1
        if found.group(3) in _HARMLESS_VERBS:
            parts.append(known("0"))
        elif index < len(values):
            parts.append(expansion.of(values[index], depth))
    parts.append(known(written.text[at:]))
    return joined(parts)


_READERS: Mapping[str, Callable[[GoCode, Node, Expansion, int], Template | None]] = {
    "call_expression": _call,
    "type_conversion_expression": _conversion,
    "selector_expression": _selector,
    "index_expression": _element,
    "composite_literal": _list,
}
