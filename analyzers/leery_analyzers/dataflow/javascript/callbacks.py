"""Methods of JavaScript's arrays, sets and maps that call a function for their elements."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.elements import ELEMENTS, any_element
from leery_analyzers.dataflow.folding import truth
from leery_analyzers.dataflow.javascript.maps import KEYED, is_listed
from leery_analyzers.dataflow.javascript.prototypes import LOOKED_UP
from leery_analyzers.dataflow.javascript.sequences import array_of, is_sequence, moved
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.state import CALLABLE, Closure
from leery_analyzers.dataflow.values import CLOSED, FIXED, NONE, OPEN, UNKNOWN, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.calls import Calls

_PRECISE = 8
"""Elements of an array for which a callback is followed one by one."""
_WITH_FUNCTION = frozenset({
    "map", "forEach", "filter", "find", "findLast", "some", "every", "flatMap", "reduce", "reduceRight", "findIndex",
    "sort", "toSorted", "each",
})  # fmt: skip
_ASKS = frozenset({"filter", "find", "findLast", "some", "every"})
_NOTHING = {"find": NONE, "findLast": NONE, "some": constant(value=False), "every": constant(value=True)}
"""What methods give that ask a function of no element at all; the others give an array."""


def with_function(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """The result of an array's method that calls a function for its elements; None for any other."""
    function = given.at(0) if name in _WITH_FUNCTION else None
    if function is None or f"{receiver.type}.{name}" in calls.models.callbacks or not _may_be_array(receiver):
        return None
    if name in {"filter", "sort", "toSorted"} and receiver.fields is not None:
        receiver = moved(receiver)
        if name == "sort" and isinstance(node.callee, ir.Attribute):
            calls.engine.assign_quietly(node.callee.base, receiver)
    if not isinstance(function.target, CALLABLE) and not function.name:
        return receiver if name in {"sort", "toSorted", "filter"} else None
    if name in {"reduce", "reduceRight"}:
        return _reduced(calls, node, receiver, given)
    found, receiver = _exact(calls, node, name, receiver, function)
    if found is not None:
        return found
    if name in {"filter", "find", "findLast"}:
        return _chosen(calls, node, name, receiver, function)
    return _mapped(calls, node, name, receiver, function)


def _may_be_array(value: Value) -> bool:
    if is_sequence(value):
        return True
    known = value.rest is not None or not value.type or value.type in ELEMENTS
    return not value.name and (bool(value.taints) or known)


def _mapped(calls: Calls, node: ir.Call, name: str, receiver: Value, function: Value) -> Value:
    """``map`` and what only goes through the elements."""
    if name == "forEach" and receiver.type == "Map" and is_listed(receiver) and len(receiver.fields or ()) <= _PRECISE:
        for known, value in (receiver.fields or {}).items():
            _called(calls, node, function, (value, constant(known), receiver))
        return NONE
    if name in {"map", "flatMap", "forEach"} and receiver.items is not None and len(receiver.items) <= _PRECISE:
        made = [
            _called(calls, node, function, (item, constant(index), receiver))
            for index, item in enumerate(receiver.items)
        ]
        return array_of(tuple(made)) if name == "map" else Value(openness=CLOSED, rest=join_all(made), type="array")
    inside = any_element(receiver)
    sorts = name in {"sort", "toSorted"}
    key = Value(taints=derived(all_taints(receiver)), type="str") if receiver.type in KEYED else FIXED
    result = _called(calls, node, function, (inside, inside) if sorts else (inside, key, receiver))
    if name == "forEach" and isinstance(function.target, Closure) and function.target.function.outer:
        _called(calls, node, function, (inside, key, receiver))  # what one round leaves is there in the next
    if sorts:
        loose = receiver if receiver.items is None else receiver.but(items=None, rest=inside)
        if name == "sort" and isinstance(node.callee, ir.Attribute) and loose is not receiver:
            calls.engine.assign_quietly(node.callee.base, loose)
        return loose
    if name in {"map", "flatMap"}:
        rest = join(result, any_element(result)) if name == "flatMap" and is_sequence(result) else result
        return Value(openness=CLOSED, rest=rest, type="array")
    return NONE if name == "forEach" else Value(type="bool", openness=OPEN)


def _exact(calls: Calls, node: ir.Call, name: str, receiver: Value, function: Value) -> tuple[Value | None, Value]:
    """The result where every element is known and what the function says of each, and the array without some others."""
    items = receiver.items
    if items is not None and not items:
        return _NOTHING.get(name) or array_of(()), receiver
    if items is None or receiver.rest is not None or len(items) > _PRECISE:
        return None, receiver
    if not isinstance(function.target, CALLABLE):
        return None, receiver
    if name in {"sort", "toSorted"}:
        return _ordered(calls, node, name, receiver, function), receiver
    return _answered(calls, node, name, receiver, function) if name in _ASKS else (None, receiver)


def _ordered(calls: Calls, node: ir.Call, name: str, receiver: Value, function: Value) -> Value | None:
    """An array in the order that a function tells; None where that is not known."""

    def order(one: Value, other: Value) -> int:
        only = _called(calls, node, function, (one, other)).only
        if only is None or not isinstance(only[0], (int, float)):
            raise ValueError
        return (only[0] > 0) - (only[0] < 0)

    try:
        ordered = receiver.but(items=tuple(sorted(receiver.items or (), key=cmp_to_key(order))))
    except ValueError:
        return None
    if name == "sort" and isinstance(node.callee, ir.Attribute):
        calls.engine.assign_quietly(node.callee.base, ordered)
    return ordered


def _answered(calls: Calls, node: ir.Call, name: str, receiver: Value, function: Value) -> tuple[Value | None, Value]:
    """What a question gives that is asked of every element, and the elements that are still in question.

    Returns:
        The result, None where the answers do not tell it, and the array without those that are left out for certain.
    """
    items = receiver.items or ()
    answers = [
        truth(_called(calls, node, function, (item, constant(index), receiver))) for index, item in enumerate(items)
    ]
    if name in {"some", "every"}:
        decides = name == "some"
        known = decides if decides in answers else None if None in answers else not decides
        return (None if known is None else constant(known)), receiver
    order = [*zip(items, answers, strict=True)]
    if name == "findLast":
        order.reverse()
    kept = [item for item, answer in order if answer is not False]
    certain = all(answer is not None for _, answer in order)
    if name == "filter":
        return (array_of(tuple(kept)) if certain else None), receiver.but(items=tuple(kept))
    first = next((index for index, (_, answer) in enumerate(order) if answer is True), None)
    if first is not None and all(answer is False for _, answer in order[:first]):
        return order[first][0], receiver
    return (NONE if certain else None), receiver.but(items=tuple(kept))


def _called(calls: Calls, node: ir.Call, function: Value, values: tuple[Value, ...]) -> Value:
    if not isinstance(function.target, CALLABLE):
        values = values[:1]
    return calls.apply(function, Arguments([(value, node) for value in values]), node)


def _reduced(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    function, first = given.at(0) or UNKNOWN, given.at(1)
    inside = any_element(receiver)
    result = first if first is not None else inside
    items = receiver.items if receiver.items is not None and len(receiver.items) <= _PRECISE else None
    if items:
        places = [*enumerate(items)]
        if isinstance(node.callee, ir.Attribute) and node.callee.name == "reduceRight":
            places.reverse()
        if first is None:
            result = places.pop(0)[1]
        for index, item in places:
            result = _called(calls, node, function, (result, item, constant(index), receiver))
        return result
    once = _called(calls, node, function, (result, inside, FIXED, receiver))
    if once.type == LOOKED_UP:
        _called(calls, node, function, (once, inside, FIXED, receiver))
    return join(result, once)


def _chosen(calls: Calls, node: ir.Call, name: str, receiver: Value, function: Value) -> Value:
    """Elements that a test lets pass."""
    inside = any_element(receiver)
    passed = passing(calls, function, inside) if isinstance(function.target, Closure) else None
    if passed is None:
        _called(calls, node, function, (inside, FIXED, receiver))
        passed = inside
    if name != "filter":
        return join(passed, NONE) if passed.is_constant else passed
    if passed is inside:
        return receiver.but(items=None, rest=inside) if receiver.items is not None else receiver
    return Value(openness=CLOSED, rest=passed, type="array")


def passing(calls: Calls, function: Value, inside: Value) -> Value | None:
    """What is known of an element for which a function of one expression gives true; None if it is no such function."""
    closure: Closure = function.target
    body, parameters = closure.function.body, closure.function.parameters
    if len(body) != 1 or not isinstance(body[0], ir.Return) or body[0].value is None or not parameters:
        return None
    engine = calls.engine
    closure.called = True
    kept = engine.state
    engine.state = kept.copy()
    name = parameters[0].name
    engine.state.variables[name] = inside
    calls.evaluator.of(body[0].value)
    engine.guards.assume(body[0].value, holds=True)
    found = engine.state.variables[name]
    engine.state = kept
    return found
