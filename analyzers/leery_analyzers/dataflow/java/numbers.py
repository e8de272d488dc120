"""Java's numbers and characters where they are known: casts, operators, constants and functions of the library."""

from __future__ import annotations

import math
import operator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.values import UNKNOWN, Value, constant, constants

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine

    Fold = Callable[[Arguments], Value | None]

_INTEGERS = frozenset({"int", "long", "short", "byte", "java.lang.Integer", "java.lang.Long"})
_FRACTIONS = frozenset({"double", "float", "java.lang.Double", "java.lang.Float"})
_BITS = 64
MEMBERS: Mapping[str, ir.Constant] = MappingProxyType(
    {
        "java.lang.Integer.MAX_VALUE": (1 << 31) - 1,
        "java.lang.Integer.MIN_VALUE": -(1 << 31),
        "java.lang.Long.MAX_VALUE": (1 << 63) - 1,
        "java.lang.Long.MIN_VALUE": -(1 << 63),
        "java.lang.Short.MAX_VALUE": (1 << 15) - 1,
        "java.lang.Byte.MAX_VALUE": 127,
        "java.lang.Math.PI": math.pi,
        "java.lang.Math.E": math.e,
        "java.lang.Boolean.TRUE": True,
        "java.lang.Boolean.FALSE": False,
    }
)
"""Constants of the library by their qualified names."""


def cast(value: Value, kind: str) -> Value:
    """A known number or character as another type of number; the value itself for anything else."""
    only = value.only
    if only is None or isinstance(only[0], bool):
        return value
    known = only[0]
    if kind in _INTEGERS:
        if isinstance(known, str) and len(known) == 1:
            return constant(ord(known))
        if isinstance(known, float) and math.isfinite(known):
            return constant(int(known))
    elif kind in _FRACTIONS and isinstance(known, int):
        return constant(float(known))
    elif kind == "char" and isinstance(known, int) and 0 <= known <= 0xFFFF:
        return constant(chr(known))
    return value


def operation(engine: Engine, node: ir.Operation, values: list[Value]) -> Value | None:
    """The value of an operator over two integers or characters; None for any other."""
    if len(values) != 2:
        return None
    left, right = (_integer(engine, place, value) for place, value in zip(node.operands, values, strict=True))
    if left is None or right is None:
        return None
    if node.op in {"/", "%"}:
        return _divided(node.op, left, right)
    if node.op in {"+", "-"} and not all(type(value.constants[0]) is int for value in values):
        return constant(left + right if node.op == "+" else left - right)
    shift = _SHIFTS.get(node.op)
    return constant(shift(left, right)) if shift is not None and 0 <= right < _BITS else None


def _integer(engine: Engine, place: ir.Expression, value: Value) -> int | None:
    """A known integer; also a character that is written there."""
    only = value.only
    if only is None:
        return None
    if type(only[0]) is int:
        return only[0]
    written = isinstance(place, ir.Const) and engine.text(place.start, place.end).startswith("'")
    return ord(only[0]) if written and isinstance(only[0], str) and len(only[0]) == 1 else None


def _divided(op: str, left: int, right: int) -> Value:
    if right == 0:
        return UNKNOWN
    quotient = abs(left) // abs(right) * (1 if (left < 0) is (right < 0) else -1)
    return constant(quotient if op == "/" else left - quotient * right)


_SHIFTS: Mapping[str, Callable[[int, int], int]] = {
    "<<": operator.lshift,
    ">>": operator.rshift,
}


def _folded(function: Callable[..., Any], *kinds: type) -> Fold:
    """A function of known values of some types as one of values."""

    def fold(given: Arguments) -> Value | None:
        known = [value.only for value, _ in given.positional]
        if not known or None in known:
            return None
        plain = [item[0] for item in known if item is not None]
        if not all(isinstance(item, kinds) for item in plain):
            return None
        try:
            found = function(*plain)
        except (TypeError, ValueError, OverflowError, IndexError, ZeroDivisionError):
            return None
        return constants([found]) if isinstance(found, (int, float, str)) else None

    return fold


def _number(function: Callable[..., Any]) -> Fold:
    return _folded(function, int, float)


def _character(function: Callable[[str], Any]) -> Fold:
    return _folded(lambda char: function(char) if len(char) == 1 else None, str)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _compared(left: float, right: float) -> int:
    return (left > right) - (left < right)


def _digit(char: str) -> int:
    return int(char, 36) if char.isascii() and char.isalnum() else -1


def _power(base: float, exponent: float) -> float:
    return math.pow(base, exponent)


FOLDS: Mapping[str, Fold] = {
    "java.lang.Math.max": _number(max),
    "java.lang.Math.min": _number(min),
    "java.lang.Math.abs": _number(abs),
    "java.lang.Math.pow": _number(_power),
    "java.lang.Math.sqrt": _number(math.sqrt),
    "java.lang.Math.cbrt": _number(lambda value: float(round(value ** (1 / 3), 12))),
    "java.lang.Math.floor": _number(lambda value: float(math.floor(value))),
    "java.lang.Math.ceil": _number(lambda value: float(math.ceil(value))),
    "java.lang.Math.round": _number(lambda value: math.floor(value + 0.5)),
    "java.lang.Math.floorMod": _number(operator.mod),
    "java.lang.Math.floorDiv": _number(operator.floordiv),
    "java.lang.Math.signum": _number(lambda value: float(_compared(value, 0))),
    **dict.fromkeys(("java.lang.Math.addExact", "java.lang.Integer.sum", "java.lang.Long.sum"), _number(operator.add)),
    "java.lang.Math.subtractExact": _number(operator.sub),
    "java.lang.Math.multiplyExact": _number(operator.mul),
    **dict.fromkeys(("java.lang.Integer.max", "java.lang.Long.max"), _number(max)),
    **dict.fromkeys(("java.lang.Integer.min", "java.lang.Long.min"), _number(min)),
    **dict.fromkeys(("java.lang.Integer.signum", "java.lang.Long.signum"), _number(lambda value: _compared(value, 0))),
    **dict.fromkeys(
        ("java.lang.Integer.compare", "java.lang.Long.compare", "java.lang.Double.compare"), _number(_compared)
    ),
    **dict.fromkeys(
        ("java.lang.Integer.toString", "java.lang.Long.toString", "java.lang.Boolean.toString"), _number(_written)
    ),
    "java.lang.Integer.toHexString": _folded(lambda value: f"{value & 0xFFFFFFFF:x}", int),
    "java.lang.Integer.toBinaryString": _folded(lambda value: f"{value & 0xFFFFFFFF:b}", int),
    **dict.fromkeys(("java.lang.Double.parseDouble", "java.lang.Double.valueOf"), _folded(float, str, int, float)),
    "java.lang.Character.isDigit": _character(str.isdigit),
    **dict.fromkeys(("java.lang.Character.isLetter", "java.lang.Character.isAlphabetic"), _character(str.isalpha)),
    "java.lang.Character.isLetterOrDigit": _character(str.isalnum),
    "java.lang.Character.isUpperCase": _character(str.isupper),
    "java.lang.Character.isLowerCase": _character(str.islower),
    **dict.fromkeys(("java.lang.Character.isWhitespace", "java.lang.Character.isSpaceChar"), _character(str.isspace)),
    "java.lang.Character.toUpperCase": _character(str.upper),
    "java.lang.Character.toLowerCase": _character(str.lower),
    "java.lang.Character.getNumericValue": _character(_digit),
    **dict.fromkeys(("java.lang.Character.toString", "java.lang.Character.valueOf"), _character(str)),
}
"""Functions of the library that give a known value for known ones; None means that nothing is known of a call."""
