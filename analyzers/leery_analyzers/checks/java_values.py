"""What Java rules ask of a value: is it written in the source, is it `false`, which number is it.

Follows a variable to the values it has in the same unit and nothing further. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.java_code import JavaCode

_ARRAYS = frozenset({"array_creation_expression", "array_initializer"})
_DECODERS = frozenset({"decodeHex", "parseHex", "parseHexBinary", "decode", "decodeBase64", "hexStringToByteArray"})


def is_constant(code: JavaCode, node: Node) -> bool:
    """Whether bytes are written in the source: a text's, an array's with its elements, or an array of zeros."""
    node = code.bare(node)
    if node.type in _ARRAYS:
        inner = node.child_by_field_name("value") or node
        elements = inner.named_children if inner.type == "array_initializer" else []
        return all(code.template(element).constant for element in elements if "comment" not in element.type)
    if node.type == "identifier":
        values = code.last_values(node)
        return bool(values) and all(
            b.kind == "value" and b.value is not None and is_constant(code, b.value) for b in values
        )
    if node.type != "method_invocation":
        return False
    base, method = node.child_by_field_name("object"), code.method(node)
    if method in {"getBytes", "toCharArray"} and base is not None:
        return bool(code.texts(base)) and code.constant(base)
    values_given = code.arguments(node).positional
    if method in _DECODERS and values_given:
        return bool(code.texts(values_given[0])) and code.constant(values_given[0])
    return False


def is_filled(code: JavaCode, name: Node) -> bool:
    """Whether an array is given to anything, or an element of it set, before this use."""
    function = code.function(name)
    if function is None:
        return True
    own = re.escape(code.text(name))
    before = code.text(function)[: code.offset(name.start_byte) - code.offset(function.start_byte)]
    return re.search(rf"[(,]\s*{own}\s*[,)]|\b{own}\s*\[[^\]]*\]\s*=", before) is not None


def is_word(code: JavaCode, value: Node, word: str) -> bool:
    """Whether a value is a literal such as ``false``, directly or through variables."""
    value = code.bare(value)
    if value.type == "identifier":
        values = code.last_values(value)
        return bool(values) and all(b.kind == "value" and b.value is not None and b.value.type == word for b in values)
    return value.type == word or code.text(value) == f"Boolean.{word.upper()}"


def number_literal(code: JavaCode, node: Node) -> Node | None:
    """The one number literal that an expression is, directly or through a variable."""
    node = code.bare(node)
    if node.type == "identifier":
        values = code.last_values(node)
        only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
        return only if only is not None and only.type == "decimal_integer_literal" else None
    return node if node.type == "decimal_integer_literal" else None


def number(code: JavaCode, literal: Node) -> int:
    """What a decimal literal says."""
    return int(re.sub(r"\D", "", code.text(literal)) or "0")
