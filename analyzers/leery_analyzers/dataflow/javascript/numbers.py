"""JavaScript's numbers: what operators and functions give where all that goes in is known."""

from __future__ import annotations

import math
import operator
import re
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow import folding
from leery_analyzers.dataflow.values import FIXED, Value, constant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

_DIGITS = re.compile(r"\s*[+-]?\d{1,15}")
_BITS = 32
_MOST = 1 << 53
_OPERATORS: Mapping[str, Callable[[Any, Any], float]] = {
    "/": operator.truediv,
    "%": math.fmod,
    "**": math.pow,
    "<<": lambda left, right: left << right if 0 <= right < _BITS and 0 <= left < _MOST else math.nan,
    ">>": lambda left, right: left >> right if 0 <= right < _BITS else math.nan,
}
"""Operators on numbers that other languages have otherwise, or not at all."""


def computed(op: str, left: Value, right: Value) -> Value:
    """The value of an operator on numbers."""
    one, other = left.only, right.only
    way = _OPERATORS.get(op)
    if way is None or one is None or other is None:
        return folding.arithmetic(op, left, right)
    if type(one[0]) not in {int, float} or type(other[0]) not in {int, float}:
        return folding.arithmetic(op, left, right)
    try:
        found = way(one[0], other[0])
    except (ArithmeticError, ValueError, TypeError):
        return FIXED
    if not -_MOST < found < _MOST:
        return FIXED
    return constant(int(found) if found == int(found) else found)


def _numbers(way: Callable[..., float]) -> Callable[[Arguments, ir.Call], Value | None]:
    """A function of numbers, where all of them are known."""

    def computed(given: Arguments, node: ir.Call) -> Value | None:
        del node
        known = [value.only for value, _ in given.positional]
        if not known or given.rest is not None or None in known:
            return None
        try:
            found = way(*(one[0] for one in known if one is not None))
        except (TypeError, ValueError, OverflowError):
            return None
        return constant(int(found) if found == int(found) else found)

    return computed


def _whole(text: ir.Constant, base: int = 10) -> int:
    found = _DIGITS.match(str(text)) if base == 10 else None
    return int(found[0]) if found is not None else int(str(text), base)


NUMBERS: Mapping[str, Callable[[Arguments, ir.Call], Value | None]] = {
    "Math.floor": _numbers(math.floor),
    "Math.ceil": _numbers(math.ceil),
    "Math.trunc": _numbers(math.trunc),
    "Math.round": _numbers(lambda number: math.floor(number + 0.5)),
    "Math.abs": _numbers(abs),
    "Math.sqrt": _numbers(math.sqrt),
    "Math.pow": _numbers(math.pow),
    "Math.sign": _numbers(lambda number: (number > 0) - (number < 0)),
    "Math.max": _numbers(lambda *numbers: max(numbers)),
    "Math.min": _numbers(lambda *numbers: min(numbers)),
    **dict.fromkeys(("parseInt", "Number.parseInt"), _numbers(_whole)),
    **dict.fromkeys(("parseFloat", "Number.parseFloat", "Number"), _numbers(float)),
}
"""By qualified name; None means that nothing is known of this call."""
