"""What Java rules ask of a value: is it written in the source, is it `false`, which number is it.

Follows a variable to the values it has in the same unit, and a constant to where its class declares it. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.java_code import JavaCode

_ARRAYS = frozenset({"array_creation_expression", "array_initializer"})
_WRITTEN_BYTES = re.compile(r"(?s)\".*\.\s*(?:getBytes|toCharArray)\(.*\)|(?:new\s+(?:byte|char)\s*\[\s*\]\s*)?\{.*\}")
"""Bytes as a constant of a class has them."""
_WHOLE = re.compile(r"\d[\d_]*[lL]?")
_TEXT = re.compile(r"\"[^\"\\]*\"")
_DECODERS = frozenset({"decodeHex", "parseHex", "parseHexBinary", "decode", "decodeBase64", "hexStringToByteArray"})


def is_constant(code: JavaCode, node: Node) -> bool:
    """Whether bytes are written in the source: a text's, an array's with its elements, or an array of zeros."""
    node = code.own_name(code.bare(node))
    if node.type in _ARRAYS:
        inner = node.child_by_field_name("value") or node
        elements = inner.named_children if inner.type == "array_initializer" else []
        return all(code.template(element).constant for element in elements if "comment" not in element.type)
    if _WRITTEN_BYTES.fullmatch(code.written(node)):
        return True
    if node.type == "identifier":
        values = code.last_values(node)
        return bool(values) and all(
            b.kind == "value" and b.value is not None and is_constant(code, b.value) for b in values
        )
    return node.type == "method_invocation" and _is_constant_text(code, node)


def _is_constant_text(code: JavaCode, call: Node) -> bool:
    """Whether a call gives the bytes of a text that is written in the source."""
    text, method = call.child_by_field_name("object"), code.method(call)
    if method in _DECODERS:
        text = code.arguments(call).get(0)
    elif method not in {"getBytes", "toCharArray"}:
        return False
    return text is not None and (bool(text_of(code, text)) or (bool(code.texts(text)) and code.constant(text)))


def text_of(code: JavaCode, node: Node) -> str:
    """The text that a constant of the class has; empty for anything else."""
    written = code.written(node)
    return written[1:-1] if _TEXT.fullmatch(written) else ""


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
    node = code.own_name(code.bare(node))
    if node.type == "identifier":
        values = code.last_values(node)
        only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
        return only if only is not None and only.type == "decimal_integer_literal" else None
    return node if node.type == "decimal_integer_literal" else None


def number(code: JavaCode, node: Node | None) -> int | None:
    """The whole number that an expression is: a literal, a variable's only value, or a constant of the class."""
    if node is None:
        return None
    literal = number_literal(code, node)
    text = code.text(literal) if literal is not None else code.written(node)
    return int(text.rstrip("lL").replace("_", "")) if _WHOLE.fullmatch(text) else None
