"""Calling Java's functional objects: lambdas and method references, however their interface names the method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.state import Bound, Closure
from leery_analyzers.dataflow.values import CLOSED, UNKNOWN, Value

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.calls import Calls

COMPOSED = "java.Composed"
"""A function made of two that are called one after the other."""
_THEN = {"andThen": ("first", "then"), "compose": ("then", "first")}

_INTERFACES = frozenset({
    "apply", "accept", "test", "get", "run", "call", "compare", "applyAsInt", "applyAsLong", "applyAsDouble",
    "getAsInt", "invoke", "execute", "handle", "process", "map", "transform", "evaluate",
})  # fmt: skip


def is_function(target: Any) -> bool:
    """Whether a target is a function without a name of its own."""
    return isinstance(target, Closure) and not target.function.name


def composed(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """``first.andThen(then)``, a call of what that made, and ``text.transform(f)``; None for any other call."""
    other = given.at(0)
    if name == "transform" and other is not None and len(given.positional) == 1:
        return applied(calls, other, [receiver], node)
    if name in _THEN and other is not None and other.target is not None:
        own, its = _THEN[name]
        return Value(openness=CLOSED, fields={own: receiver, its: other}, type=COMPOSED)
    if receiver.type != COMPOSED or receiver.fields is None or name not in _INTERFACES:
        return None
    between = applied(calls, receiver.fields["first"], [value for value, _ in given.positional], node)
    return applied(calls, receiver.fields["then"], [between], node)


def call_function(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """``function.apply(x)``."""
    if name in {"andThen", "compose", "negate", "or", "and"} or not isinstance(receiver.target, Closure):
        return None
    if name in _INTERFACES or len(receiver.target.function.parameters) == len(given.positional):
        return calls.engine.invoke(receiver.target, given, node)[0]
    return None


def applied(calls: Calls, function: Value | None, values: list[Value], node: ir.Node) -> Value:
    """What a function that was passed gives for some values; unknown if it is not one of the document's."""
    if function is None:
        return UNKNOWN
    target = function.target
    given = Arguments([(value, node) for value in values])
    if function.type == COMPOSED and function.fields is not None:
        return applied(calls, function.fields["then"], [applied(calls, function.fields["first"], values, node)], node)
    if isinstance(target, Bound):
        return calls.engine.invoke(target.closure, given, node, own=target.own)[0]
    if isinstance(target, Closure):
        return calls.engine.invoke(target, given, node)[0]
    return UNKNOWN
