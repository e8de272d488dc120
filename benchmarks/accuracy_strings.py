"""Other ways to build the same text: concatenation, interpolation, formatting.

Each function gives the edits for every expression that it can rewrite, on single lines only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.accuracy_edits import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.accuracy_edits import Source
    from tree_sitter import Node

Part = tuple[bool, str]
"""Literal text as it stands in the source, or an expression: whether it is literal, and its code."""

_PLAIN_PREFIXES = {"python": ('"', "'"), "javascript": ('"', "'"), "java": ('"',)}
_LITERALS = {"python": {"string"}, "javascript": {"string"}, "java": {"string_literal"}}
_SUMS = {"python": "binary_operator", "javascript": "binary_expression", "java": "binary_expression"}


def interpolated_parts(source: Source, node: Node) -> list[Part] | None:
    """The parts of an f-string or a template literal; None when it cannot be taken apart."""
    code = source.code(node)
    if source.family == "python":
        if not re.match(r"""f(["'])(?!\1\1)""", code) or "\\" in code:
            return None
        first, last = node.start_byte + 2, node.end_byte - 1
        holes = [child for child in node.children if child.type == "interpolation"]
        if any(child.type in {"format_specifier", "type_conversion"} for hole in holes for child in hole.children):
            return None
    else:
        first, last = node.start_byte + 1, node.end_byte - 1
        holes = [child for child in node.children if child.type == "template_substitution"]
    if not holes or node.start_point.row != node.end_point.row:
        return None
    parts: list[Part] = []
    for hole in holes:
        inner = hole.named_children
        if len(inner) != 1:
            return None
        parts += [(True, source.data[first : hole.start_byte].decode()), (False, source.code(inner[0]))]
        first = hole.end_byte
    parts.append((True, source.data[first:last].decode()))
    if source.family == "python":
        parts = [(literal, text.replace("{{", "{").replace("}}", "}") if literal else text) for literal, text in parts]
    return [part for part in parts if part != (True, "")]


def sum_parts(source: Source, node: Node) -> list[Part] | None:
    """The parts of a chain of ``+`` that holds a literal text; None when it is something else."""
    kind, literals = _SUMS[source.family], _LITERALS[source.family]
    if node.type != kind or node.start_point.row != node.end_point.row:
        return None
    operands: list[Node] = []
    current: Node | None = node
    while current is not None and current.type == kind:
        operator, right = current.child_by_field_name("operator"), current.child_by_field_name("right")
        if operator is None or right is None or source.code(operator) != "+":
            return None
        operands.append(right)
        current = current.child_by_field_name("left")
    if current is None:
        return None
    operands.append(current)
    operands.reverse()
    parts: list[Part] = []
    for operand in operands:
        code = source.code(operand)
        if operand.type in literals and code.startswith(_PLAIN_PREFIXES[source.family]):
            parts.append((True, code[1:-1]))
        elif operand.type in {*literals, "template_string", kind, "concatenated_string"}:
            return None
        else:
            parts.append((False, code))
    texts = [text for literal, text in parts if literal]
    if not texts or len(texts) == len(parts) or any(re.search(r"[\"'`{}%$\\]", text) for text in texts):
        return None
    # Whether a sum without text at its start is one of texts cannot be seen.
    return parts if parts[0][0] or parts[1][0] else None


def percent_parts(source: Source, node: Node) -> list[Part] | None:
    """The parts of ``"… %s …" % values`` in Python; None when it is something else."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None or source.code(operator) != "%":
        return None
    text = source.code(left)
    if left.type != "string" or not re.match(r"""(["'])(?!\1\1)""", text) or node.start_point.row != node.end_point.row:
        return None
    values = [source.code(child) for child in (right.named_children if right.type == "tuple" else [right])]
    pieces = text[1:-1].split("%s")
    if (
        len(pieces) != len(values) + 1
        or any(re.search(r"[{}%\\]", piece) for piece in pieces)
        or right.type == "dictionary"
    ):
        return None
    parts: list[Part] = [(True, pieces[0])]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts += [(False, value), (True, piece)]
    return [part for part in parts if part != (True, "")]


def _quoted(text: str) -> str:
    """A literal with other quotes than the ones inside it."""
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', '\\"') + '"'


def _as_sum(family: str, parts: list[Part]) -> str:
    cast = "str" if family == "python" else ""
    pieces = [_quoted(text) if literal else f"{cast}({text})" for literal, text in parts]
    if not parts[0][0]:
        pieces.insert(0, '""')
    return f"({' + '.join(pieces)})"


def _as_format(_family: str, parts: list[Part]) -> str:
    text = "".join(text.replace("{", "{{").replace("}", "}}") if literal else "{}" for literal, text in parts)
    return f"{_quoted(text)}.format({', '.join(text for literal, text in parts if not literal)})"


def _as_percent(_family: str, parts: list[Part]) -> str:
    text = "".join(text.replace("%", "%%") if literal else "%s" for literal, text in parts)
    return f"({_quoted(text)} % ({', '.join(text for literal, text in parts if not literal)},))"


def _as_template(_family: str, parts: list[Part]) -> str:
    return "`" + "".join(text if literal else f"${{{text}}}" for literal, text in parts) + "`"


def _as_java_format(_family: str, parts: list[Part]) -> str:
    text = "".join(text if literal else "%s" for literal, text in parts)
    return f'String.format("{text}", {", ".join(text for literal, text in parts if not literal)})'


def _as_builder(_family: str, parts: list[Part]) -> str:
    steps = "".join(f".append({_quoted(text) if literal else text})" for literal, text in parts)
    return f"new StringBuilder(){steps}.toString()"


STYLES: dict[str, dict[str, Callable[[str, list[Part]], str]]] = {
    "python": {"plus": _as_sum, "format": _as_format, "percent": _as_percent},
    "javascript": {"plus": _as_sum, "template": _as_template},
    "java": {"format": _as_java_format, "builder": _as_builder},
}


def restyled(source: Source, style: str) -> list[Edit]:
    """Every text that is built in another style than this one, built in this one."""
    write = STYLES[source.family][style]
    edits = []
    for node, parts, own in _built(source):
        if own != style and not _is_bound(source, node):
            edits.append(Edit(node.start_byte, node.end_byte, write(source.family, parts)))
    return edits


def _built(source: Source) -> Iterator[tuple[Node, list[Part], str]]:
    for node in source.nodes("string", "template_string", "binary_operator", "binary_expression"):
        parts: list[Part] | None = None
        own = ""
        if node.type in {"string", "template_string"}:
            if source.family == "python" or node.type == "template_string":
                parts, own = interpolated_parts(source, node), "template"
        elif (parts := sum_parts(source, node)) is not None:
            own = "plus"
        elif node.type == "binary_operator":
            parts, own = percent_parts(source, node), "percent"
        if parts is not None and len(parts) > 1 and not _has_bytes(parts):
            yield node, parts, own


def _has_bytes(parts: list[Part]) -> bool:
    return any(not literal and re.search(r"\bb[\"']|\.encode\(|\bawait\b", text) for literal, text in parts)


def _is_bound(source: Source, node: Node) -> bool:
    """Whether the expression's form matters: in a template's tag, an annotation, a larger sum, beside another text."""
    parent = node.parent
    while parent is not None and parent.type == "parenthesized_expression":
        parent = parent.parent
    if parent is None:
        return True
    if parent.type in {"concatenated_string", _SUMS[source.family], "binary_operator", "interpolation"}:
        return True
    if parent.type == "template_substitution" or (parent.type == "call_expression" and node.type == "template_string"):
        return True
    above: Node | None = parent
    while above is not None:
        if "annotation" in above.type or above.type == "decorator":
            return True
        above = above.parent
    return False
