"""Parts of Java's texts: their ends, and what stands between separators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.values import CLOSED, WIDENED, Clearance, Value, all_taints, clear, constant, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.arguments import Arguments

AFTER = "java.After "
"""What the type of a number begins with that is the last place of a character in a text."""
_FEW = 5
"""Characters in which no other folder can be named."""
_PATHS = frozenset({"path-traversal", "zip-slip"})
MAX_PARTS = 60
_SPECIAL = frozenset(".$|()[{^?*+\\")
"""Characters that mean something else in a pattern."""


def last_place(sought: Value) -> Value | None:
    """Where a character stands last: what comes after it has none of it."""
    return Value(openness=WIDENED, type=f"{AFTER}{sought.text}") if sought.text in {".", "/"} else None


def ending(name: str, receiver: Value, given: Arguments, place: ir.Node) -> Value | None:
    """The end of a name: what comes after its last dot, or its last few characters, leads into no other folder."""
    if name not in {"substring", "subSequence"} or not given.positional or not all_taints(receiver):
        return None
    where, node = given.positional[0]
    harmless = where.type in {f"{AFTER}.", f"{AFTER}.+", f"{AFTER}/+"}
    if isinstance(node, ir.Operation) and node.op == "-" and len(node.operands) == 2 and len(given.positional) == 1:
        length, count = node.operands
        last = length.callee.name if isinstance(length, ir.Call) and isinstance(length.callee, ir.Attribute) else ""
        number = count.value if isinstance(count, ir.Const) else None
        harmless = harmless or (last == "length" and type(number) is int and number <= _FEW)
    if not harmless:
        return None
    made = Value(taints=derived(all_taints(receiver)), type="str", openness=receiver.openness)
    return clear(made, Clearance(_PATHS, "only the end of the name is kept", place.start, place.end))


def is_nothing(name: str, given: Arguments) -> bool:
    """``text.substring(n, n)``."""
    if len(given.positional) != 2 or name not in {"substring", "subSequence"}:
        return False
    (low, first), (high, last) = given.positional
    same = isinstance(first, ir.Name) and isinstance(last, ir.Name) and first.id == last.id
    return same or (low.only is not None and low.only == high.only)


def split_pieces(pattern: str, limit: int, receiver: Value) -> Value | None:
    """The parts of a text whose values have nothing of the separator in them."""
    separator = pattern[1:] if len(pattern) == 2 and pattern[0] == "\\" and not pattern[1].isalnum() else pattern
    if len(separator) != 1 or (separator == pattern and pattern in _SPECIAL):
        return None
    parts: list[list[Value]] = [[]]
    for piece in receiver.forms[0]:
        if isinstance(piece, Value):
            if not _lacks(piece, separator):
                return None
            parts[-1].append(piece)
            continue
        first, *more = piece.split(separator)
        parts[-1].append(constant(first))
        parts += [[constant(item)] for item in more]
    if 0 < limit < len(parts) or len(parts) > MAX_PARTS:
        return None
    return Value(openness=CLOSED, items=tuple(texts.concatenate(part) for part in parts), type="list")


def _lacks(piece: Value, char: str) -> bool:
    """Whether a character is surely not in a value."""
    taints = all_taints(piece)
    if taints:
        return all(taint.cleared(f"(no {char})") for taint in taints)
    return piece.type in {"int", "long", "java.util.UUID"} and not char.isalnum() and char != "-"


def tokens(given: Arguments) -> Value:
    """``new StringTokenizer(text, separators)``: the parts of a text that are not empty."""
    text, separators = given.at(0), given.at(1)
    by = " \t\n\r\f" if separators is None else separators.text or ""
    if text is None or not by or len(given.positional) > 2:
        return Value(taints=derived(given.taints()), type="java.util.StringTokenizer")
    pieces = list(text.forms[0]) if len(text.forms) == 1 and not text.constants else [text.text or text]
    parts: list[list[Value]] = [[]]
    for piece in pieces:
        if isinstance(piece, Value):
            parts[-1].append(piece)
            if all(_lacks(piece, char) for char in by):
                continue
            known = tuple(texts.concatenate(part) for part in parts[:-1] if part)
            rest = Value(taints=derived(all_taints(text)), type="str")
            return Value(openness=CLOSED, items=(*known, rest), type="list")
        first, *more = re.split(f"[{re.escape(by)}]", piece)
        parts[-1] += [constant(first)] if first else []
        parts += [[constant(item)] if item else [] for item in more]
    return Value(openness=CLOSED, items=tuple(texts.concatenate(part) for part in parts if part), type="list")
