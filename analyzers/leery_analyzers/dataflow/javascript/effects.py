"""Calls of JavaScript's own that call a function they are given, change what they are given, or write it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.javascript.containers import with_function
from leery_analyzers.dataflow.javascript.encodings import encoded
from leery_analyzers.dataflow.javascript.functions import FUNCTIONS
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import OPEN, UNKNOWN, Value

if TYPE_CHECKING:
    from leery_analyzers.dataflow.calls import Calls

_KEPT = frozenset({"useMemo", "react.useMemo", "React.useMemo", "computed", "vue.computed"})
"""Functions that give what a function gives."""


def made(calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
    """What such a call gives; None for any other."""
    callee = node.callee
    if isinstance(callee, ir.Attribute) and callee.name == "toString" and given.positional:
        return encoded(calls.engine.peek(callee.base), given.positional[0][0].text or "", node)
    if name in _KEPT:
        function = given.at(0)
        if function is not None and isinstance(function.target, Closure):
            return calls.apply(function, Arguments(), node)
        return function
    if name in {"Reflect.set", "Object.defineProperty"} and len(given.positional) > 1:
        return _defined(calls, node, name, given)
    if name == "Array.from" and len(given.positional) > 1:
        elements = FUNCTIONS[name](given, node) or UNKNOWN
        return with_function(calls, node, "map", elements, Arguments(given.positional[1:2]))
    return None


def _defined(calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
    """``Reflect.set`` and ``Object.defineProperty``."""
    value, key = given.at(2) or UNKNOWN, given.at(1)
    if name == "Object.defineProperty":
        value = (value.fields or {}).get("value") or UNKNOWN
    if key is None or key.only is None or len(node.arguments) != len(given.positional):
        return None
    target = ir.Index(node.start, node.end, node.arguments[0].value, node.arguments[1].value)
    calls.engine.assign_quietly(target, value)
    return given.at(0) if name == "Object.defineProperty" else Value(type="bool", openness=OPEN)
