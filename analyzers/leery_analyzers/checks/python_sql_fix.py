"""Turns Python SQL text with values in it into a statement with parameters.

Handles what can be rewritten in place: an f-string (also of several parts), ``%`` and ``.format`` of one string, a sum
of strings on one line; in the call itself or in the one local variable that it passes. Anything else gets no fix.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.python_strings import expressions
from leery_analyzers.checks.sql import Slot, python_styles, slot
from leery_analyzers.fixes.arguments import append_argument
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_METHODS = frozenset({"execute"})
_MOST_OPERANDS = 50
_TITLES = {"?": "Pass the values as parameters (?)", "%s": "Pass the values as parameters (%s)"}


def parameter_fixes(code: Code, call: Node, statement: Node) -> tuple[Fix, ...]:
    """The fixes for a call of ``execute``, one for each placeholder that its driver may want."""
    arguments = code.arguments(call)
    if code.method(call) not in _METHODS or len(arguments.positional) != 1 or arguments.named or arguments.spread:
        return ()
    built = _built(code, statement)
    if built is None:
        return ()
    fixes = []
    for style in python_styles(code.import_lines):
        edits = _edits(code, built, style)
        if edits is None:
            continue
        statement_edits, values = edits
        packed = f"({values[0]},)" if len(values) == 1 else f"({', '.join(values)})"
        added = append_argument(code, call, packed)
        if added is not None and values:
            fixes.append(Fix(_TITLES[style], "review", _merged(statement_edits, added)))
    return tuple(fixes)


def _merged(edits: list[TextEdit], added: TextEdit) -> tuple[TextEdit, ...]:
    """The edits with the new argument, which may begin where the last of them ends."""
    last = edits[-1]
    if last.end == added.start:
        return (*edits[:-1], TextEdit(last.start, last.end, last.text + added.text))
    return (*edits, added)


def _built(code: Code, statement: Node) -> Node | None:
    """The expression that puts the statement together, if it is used for nothing else."""
    statement = code.bare(statement)
    if statement.type not in code.identifiers:
        return statement
    name = code.text(statement)
    bindings = code.scopes.lookup(name, statement.start_byte)
    uses = len(re.findall(rf"(?<![\w.]){re.escape(name)}\b", code.source))
    if len(bindings) != 1 or bindings[0].kind != "value" or bindings[0].value is None or uses != 2:
        return None
    return code.bare(bindings[0].value)


def _edits(code: Code, built: Node, style: str) -> tuple[list[TextEdit], list[str]] | None:
    if built.type == "string":
        return _from_strings(code, [built], style)
    if built.type == "concatenated_string":
        return _from_strings(code, [child for child in built.named_children if child.type == "string"], style)
    if built.type == "binary_operator":
        operator = code.text(built.child_by_field_name("operator"))
        if operator == "%":
            return _from_percent(code, built, style)
        return _from_sum(code, built, style) if operator == "+" else None
    return _from_format(code, built, style) if built.type == "call" and code.method(built) == "format" else None


def _from_strings(code: Code, strings: list[Node], style: str) -> tuple[list[TextEdit], list[str]] | None:
    """Edits that write a placeholder for each value in f-strings, and leave everything else as it stands."""
    pieces = [piece for string in strings for piece in string.named_children]
    texts = [code.text(piece) if piece.type == "string_content" else "" for piece in pieces]
    if any("{{" in text or "}}" in text for text in texts):
        return None
    edits: list[TextEdit] = []
    values: list[str] = []
    before = ""
    for index, piece in enumerate(pieces):
        if piece.type != "interpolation":
            before += texts[index]
            continue
        value = piece.child_by_field_name("expression")
        if value is None or piece.named_child_count != 1:
            return None
        after = texts[index + 1] if index + 1 < len(texts) and piece.end_byte == pieces[index + 1].start_byte else ""
        here = slot(before, after)
        if here is None:
            return None
        place = code.range(piece)
        edits.append(TextEdit(place.start - here.cut_before, place.end + here.cut_after, style))
        values.append(_value(code.text(value), here))
        before += style
        if here.cut_after:
            texts[index + 1] = texts[index + 1][here.cut_after :]
            before = before[: len(before) - len(style) - here.cut_before] + style
    if style == "%s" and any("%" in text for text in _left_over(code, pieces, edits)):
        return None
    return [*_without_f(code, strings), *edits], values


def _left_over(code: Code, pieces: list[Node], edits: list[TextEdit]) -> Iterator[str]:
    """The text that stays, in which a per cent sign would be taken for a placeholder."""
    for piece in pieces:
        if piece.type == "string_content":
            place = code.range(piece)
            text = code.text(piece)
            for edit in reversed(edits):
                low, high = max(edit.start, place.start) - place.start, min(edit.end, place.end) - place.start
                if low < high:
                    text = text[:low] + text[high:]
            yield text


def _without_f(code: Code, strings: list[Node]) -> Iterator[TextEdit]:
    for string in strings:
        opening = string.named_children[0]
        text = code.text(opening)
        if "f" in text.lower():
            yield code.replace(opening, re.sub("[fF]", "", text))


def _value(text: str, here: Slot) -> str:
    if not here.prefix and not here.suffix:
        return text
    if '"' in text or "\\" in text or "{" in text:
        return f'"{here.prefix}" + {text} + "{here.suffix}"'
    return f'f"{here.prefix}{{{text}}}{here.suffix}"'


def _from_percent(code: Code, built: Node, style: str) -> tuple[list[TextEdit], list[str]] | None:
    left, right = built.child_by_field_name("left"), built.child_by_field_name("right")
    if left is None or right is None or left.type != "string":
        return None
    right = code.bare(right)
    values = expressions(right) if right.type == "tuple" else [right]
    if right.type == "dictionary" or "%" in code.text(left).replace("%s", ""):
        return None
    return _from_fields(code, built, left, values, "%s", style)


def _from_format(code: Code, built: Node, style: str) -> tuple[list[TextEdit], list[str]] | None:
    """``"… {}".format(value)`` with plain fields only."""
    function = built.child_by_field_name("function")
    left = function.child_by_field_name("object") if function is not None else None
    arguments = code.arguments(built)
    if left is None or left.type != "string" or arguments.named or arguments.spread:
        return None
    text = code.text(left)
    if re.search(r"[{}]", text.replace("{}", "")) or (style == "%s" and "%" in text):
        return None
    return _from_fields(code, built, left, list(arguments.positional), "{}", style)


def _from_fields(
    code: Code, built: Node, left: Node, values: list[Node], field: str, style: str
) -> tuple[list[TextEdit], list[str]] | None:
    """A string with as many equal fields as there are values, each of them standing where a value can."""
    opening, closing = code.text(left.named_children[0]), code.text(left.named_children[-1])
    parts = code.text(left)[len(opening) : -len(closing)].split(field)
    if len(parts) != len(values) + 1:
        return None
    whole, given = parts[0], []
    for value, after in zip(values, parts[1:], strict=True):
        here = slot(whole, after)
        if here is None:
            return None
        whole = whole[: len(whole) - here.cut_before] + style + after[here.cut_after :]
        given.append(_value(code.text(value), here))
    return [code.replace(built, f"{opening}{whole}{closing}")], given


def _from_sum(code: Code, built: Node, style: str) -> tuple[list[TextEdit], list[str]] | None:
    """A sum of plain strings and values on one line, written as one string."""
    if built.start_point.row != built.end_point.row:
        return None
    operands: list[Node] = []
    node: Node | None = built
    while node is not None and node.type == "binary_operator":
        right = node.child_by_field_name("right")
        if right is None or code.text(node.child_by_field_name("operator")) != "+":
            return None
        operands.append(right)
        node = node.child_by_field_name("left")
    if node is None or len(operands) > _MOST_OPERANDS:
        return None
    operands = [node, *reversed(operands)]
    return _summed(code, built, operands, style)


def _summed(code: Code, built: Node, operands: list[Node], style: str) -> tuple[list[TextEdit], list[str]] | None:
    quote = code.text(operands[0])[:1]
    whole = ""
    values: list[str] = []
    skip = 0
    for index, operand in enumerate(operands):
        text = code.text(operand)
        if operand.type == "string":
            if text[:1] != quote or text[:3] == quote * 3 or text[:1] not in "\"'" or ("%" in text and style == "%s"):
                return None
            whole += text[1 + skip : -1]
            skip = 0
            continue
        following = operands[index + 1] if index + 1 < len(operands) else None
        after = code.text(following)[1:-1] if following is not None and following.type == "string" else ""
        here = slot(whole, after)
        if here is None:
            return None
        whole = whole[: len(whole) - here.cut_before] + style
        skip = here.cut_after
        inner = code.bare(operand)
        is_str = inner.type == "call" and code.callee(inner) == "str" and len(code.arguments(inner).positional) == 1
        value = code.text(code.arguments(inner).positional[0]) if is_str else text
        values.append(_value(value, here))
    return [code.replace(built, f"{quote}{whole}{quote}")], values
