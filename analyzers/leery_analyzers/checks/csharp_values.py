"""What C# rules ask of a value: is it written in the source, is it `false`, which number is it.

Follows a variable to the values it has in the same unit and nothing further. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.csharp_code import CSharpCode

_DECODERS = frozenset({"GetBytes", "FromBase64String", "FromHexString"})
_ARRAYS = frozenset({"array_creation_expression", "implicit_array_creation_expression", "initializer_expression"})


def is_constant_bytes(code: CSharpCode, node: Node) -> bool:
    """Whether bytes are written in the source: a text's, an array's with its elements, or an array of zeros."""
    node = code.bare(node)
    if node.type in _ARRAYS or (node.type == "object_creation_expression" and "byte[" in code.text(node)[:20]):
        inner = node if node.type == "initializer_expression" else None
        for child in node.named_children:
            inner = child if child.type == "initializer_expression" else inner
        elements = code.values_of(inner.named_children) if inner is not None else []
        return all(code.template(element).constant for element in elements)
    if node.type == "identifier":
        values = code.last_values(node)
        return bool(values) and all(
            b.kind == "value" and b.value is not None and is_constant_bytes(code, b.value) for b in values
        )
    if node.type != "invocation_expression" or code.method(node) not in _DECODERS:
        return False
    first = code.arguments(node).get(0)
    return first is not None and bool(code.texts(first)) and code.constant(first)


def is_filled(code: CSharpCode, name: Node) -> bool:
    """Whether an array is given to anything, or an element of it set, before this use."""
    if name.type != "identifier":
        return False
    function = code.function(name)
    if function is None:
        return True
    own = re.escape(code.text(name))
    before = code.text(function)[: code.offset(name.start_byte) - code.offset(function.start_byte)]
    return re.search(rf"[(,]\s*{own}\s*[,)]|\b{own}\s*\[[^\]]*\]\s*=|\b{own}\.AsSpan", before) is not None


def is_word(code: CSharpCode, value: Node, word: str) -> bool:
    """Whether a value is a literal such as ``false``, directly or through variables."""
    value = code.bare(value)
    if value.type == "identifier":
        values = code.last_values(value)
        return bool(values) and all(b.value is not None and code.text(b.value) == word for b in values)
    return code.text(value) == word


def always(code: CSharpCode, function: Node, word: str) -> bool:
    """Whether a lambda or an anonymous method gives a literal such as ``true`` and does nothing else."""
    body = function.child_by_field_name("body") or next((c for c in function.named_children if c.type == "block"), None)
    if body is None:
        return False
    if body.type != "block":
        return code.text(body) == word
    statements = code.values_of(body.named_children)
    return len(statements) == 1 and re.fullmatch(rf"return\s+{word}\s*;", code.text(statements[0])) is not None


def number_literal(code: CSharpCode, node: Node) -> Node | None:
    """The one number literal that an expression is, directly or through a variable."""
    node = code.bare(node)
    if node.type == "identifier":
        values = code.last_values(node)
        only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
        return only if only is not None and only.type == "integer_literal" else None
    return node if node.type == "integer_literal" else None
