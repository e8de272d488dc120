"""Operators over constants, bounded in size: what a program would compute, without running any of it."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow.values import (
    CLOSED,
    COUNTED,
    FIXED,
    MAX_CONSTANTS,
    MAX_TEXT,
    OPEN,
    UNKNOWN,
    Value,
    all_taints,
    constants,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.ir import Constant

_MOST = 1 << 128
_MOST_SHIFTED, _MOST_BITS = 1 << 32, 32
_ALWAYS_TRUE = frozenset({"array", "object"})
"""Types that JavaScript counts as true even when they are empty."""
_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "**": operator.pow,
}
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "===": operator.eq,
    "!=": operator.ne,
    "!==": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": lambda left, right: left is right or (left == right and type(left) is type(right)),
    "is-not": lambda left, right: not (left is right or (left == right and type(left) is type(right))),
}


def arithmetic(op: str, left: Value, right: Value) -> Value:
    """The value of an operator over two values that are not put together as text."""
    if left.is_constant and right.is_constant and len(left.constants) * len(right.constants) <= MAX_CONSTANTS:
        found: list[Constant] = []
        for one in left.constants:
            for other in right.constants:
                done, result = _apply(op, one, other)
                if not done:
                    return FIXED
                found.append(result)
        return constants(found)
    taints = merge_taints(derived(all_taints(left)), derived(all_taints(right)))
    if not taints and OPEN not in {left.openness, right.openness}:
        return FIXED
    return Value(taints=taints) if taints else UNKNOWN


def unary(op: str, value: Value) -> Value:
    """The value of an operator over one constant."""
    known = [item for item in value.constants if type(item) is int]
    if op not in {"-", "~"} or len(known) != len(value.constants):
        return FIXED
    return constants([-item if op == "-" else ~item for item in known])


def _apply(op: str, left: Constant, right: Constant) -> tuple[bool, Constant]:
    function = _ARITHMETIC.get(op)
    if function is None or not _small(op, left, right):
        return False, None
    try:
        result = function(left, right)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return False, None
    if isinstance(result, (str, bytes)):
        return len(result) <= MAX_TEXT, result
    if isinstance(result, (int, float)):
        return -_MOST < result < _MOST, result
    return False, None


def _small(op: str, left: Constant, right: Constant) -> bool:
    if op == "%" and isinstance(left, (str, bytes)):
        return False
    if op in {"<<", ">>", "**"}:
        return type(left) is int and type(right) is int and abs(left) <= _MOST_SHIFTED and 0 <= right <= _MOST_BITS
    if op == "*":
        for one, other in ((left, right), (right, left)):
            if isinstance(one, (str, bytes)) and isinstance(other, int) and len(one) * max(other, 0) > MAX_TEXT:
                return False
    return True


def compare(op: str, left: Value, right: Value) -> bool | None:
    """The outcome of a comparison, if it is the same for all alternatives."""
    if op in {"in", "not-in"}:
        inside = _contained(left, right)
        return inside if op == "in" or inside is None else not inside
    function = _COMPARISONS.get(op)
    if COUNTED in {left.name, right.name} and (told := _counted(op, left, right)) is not None:
        return told
    if function is None or not left.is_constant or not right.is_constant:
        return None
    seen: set[bool] = set()
    for one in left.constants:
        for other in right.constants:
            try:
                seen.add(bool(function(one, other)))
            except TypeError:
                return None
    return seen.pop() if len(seen) == 1 else None


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _counted(op: str, left: Value, right: Value) -> bool | None:
    """The outcome of comparing a number that is never below zero."""
    if right.name == COUNTED:
        left, right, op = right, left, _MIRRORED.get(op, op)
    if not right.is_constant or not all(type(item) in {int, float} for item in right.constants):
        return None
    highest = max(float(item) for item in right.constants if isinstance(item, (int, float)))
    if highest < 0:
        return {">": True, ">=": True, "!=": True, "<": False, "<=": False, "==": False}.get(op)
    return {">=": True, "<": False}.get(op) if highest == 0 else None


def _contained(left: Value, right: Value) -> bool | None:
    if not left.is_constant:
        return None
    if right.text is not None:
        text = right.text
        found = {isinstance(item, str) and item in text for item in left.constants}
        return found.pop() if len(found) == 1 else None
    if right.openness != CLOSED or right.rest is not None:
        return None
    if right.items is not None and all(item.is_constant and len(item.constants) == 1 for item in right.items):
        known = [item.constants[0] for item in right.items]
    elif right.fields is not None and right.items is None:
        known = list(right.fields)
    else:
        return None
    found = {item in known for item in left.constants}
    return found.pop() if len(found) == 1 else None


def truth(value: Value) -> bool | None:
    """Whether a value counts as true, if it is the same for all alternatives."""
    if value.is_constant:
        seen = {bool(item) for item in value.constants}
        return seen.pop() if len(seen) == 1 else None
    if value.type in _ALWAYS_TRUE:
        return True if value.openness == CLOSED and not value.constants else None
    if value.openness == CLOSED and not value.constants and not value.forms and value.rest is None:
        if value.items is not None:
            return bool(value.items)
        if value.fields is not None and not value.taints and value.type in {"dict", "map"}:
            return bool(value.fields)
    return None
