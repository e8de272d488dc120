"""Methods of JavaScript's arrays, sets and maps: what they give, and what the container is afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.elements import ELEMENTS, MAX_ITEMS, any_element, element, joined_sequences
from leery_analyzers.dataflow.javascript.maps import KEYED, MAP, is_listed
from leery_analyzers.dataflow.javascript.prototypes import LOOKED_UP
from leery_analyzers.dataflow.javascript.sequences import NUMBER, Change, array_of, is_sequence
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import (
    CLOSED,
    FIXED,
    NONE,
    OPEN,
    UNKNOWN,
    Value,
    all_taints,
    constant,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.calls import Calls

_PRECISE = 8
"""Elements of an array for which a callback is followed one by one."""
_WITH_FUNCTION = frozenset({
    "map", "forEach", "filter", "find", "findLast", "some", "every", "flatMap", "reduce", "reduceRight", "findIndex",
    "sort", "toSorted", "each",
})  # fmt: skip


def container_method(name: str, receiver: Value, given: Arguments) -> Change | None:
    """The result of a container's method and the container after it (None if it stays); None for any other method."""
    if receiver.type in KEYED:
        method = MAP.get(name)
    elif is_sequence(receiver) or receiver.type == "set":
        method = _ARRAY.get(name)
    elif name in {"push", "unshift"} and not receiver.name:
        return _collected(receiver, given)
    else:
        return None
    return method(receiver, given) if method is not None else None


def _collected(receiver: Value, given: Arguments) -> Change | None:
    """Something unknown that is pushed to is an array, if that matters."""
    if not given.taints():
        return None
    value = join_all(value for value, _ in given.positional)
    rest = value if receiver.rest is None else join(receiver.rest, value)
    return NUMBER, receiver.but(rest=rest, type=receiver.type or "array")


def _push(receiver: Value, given: Arguments) -> Change | None:
    more = tuple(value for value, _ in given.positional)
    if receiver.items is not None and given.rest is None and len(receiver.items) + len(more) <= MAX_ITEMS:
        return NUMBER, receiver.but(items=(*receiver.items, *more))
    added = join_all(more) if given.rest is None else join(join_all(more), any_element(given.rest))
    return NUMBER, receiver.but(items=None, rest=join(any_element(receiver), added))


def _unshift(receiver: Value, given: Arguments) -> Change | None:
    more = tuple(value for value, _ in given.positional)
    if receiver.items is not None and given.rest is None and len(receiver.items) + len(more) <= MAX_ITEMS:
        return NUMBER, receiver.but(items=(*more, *receiver.items))
    return _push(receiver, given)


def _end(receiver: Value, place: int) -> Change:
    """What is taken off an array of which no more than some places are known."""
    fields = receiver.fields or {}
    return fields.get(place, any_element(receiver)), receiver.but(fields=None) if fields else None


def _pop(receiver: Value, given: Arguments) -> Change | None:
    del given
    if not receiver.items:
        return _end(receiver, -1)
    return receiver.items[-1], receiver.but(items=receiver.items[:-1])


def _shift(receiver: Value, given: Arguments) -> Change | None:
    del given
    if not receiver.items:
        return _end(receiver, 0)
    return receiver.items[0], receiver.but(items=receiver.items[1:])


def _splice(receiver: Value, given: Arguments) -> Change | None:
    more = [value for value, _ in given.positional[2:]]
    cut = _cut(receiver, given)
    if cut is not None and len(cut[0]) + len(more) + len(cut[2]) <= MAX_ITEMS:
        return receiver.but(items=cut[1]), receiver.but(items=(*cut[0], *more, *cut[2]))
    inside = join_all([any_element(receiver), *more])
    loose = receiver.but(items=None, rest=inside)
    return loose, loose


def _to_spliced(receiver: Value, given: Arguments) -> Change | None:
    changed = _splice(receiver, given)
    return (changed[1] or receiver, None) if changed is not None else None


def _cut(receiver: Value, given: Arguments) -> tuple[tuple[Value, ...], tuple[Value, ...], tuple[Value, ...]] | None:
    """The elements before those that ``splice`` takes out, these, and those behind; None if that is not known."""
    items, bounds = receiver.items, [value.only for value, _ in given.positional[:2]]
    if items is None or receiver.rest is not None or given.rest is not None or not bounds:
        return None
    numbers = [bound[0] for bound in bounds if bound is not None and isinstance(bound[0], int)]
    if len(numbers) != len(bounds):
        return None
    start = max(numbers[0] + len(items), 0) if numbers[0] < 0 else min(numbers[0], len(items))
    end = len(items) if len(numbers) == 1 else min(start + max(numbers[1], 0), len(items))
    return items[:start], items[start:end], items[end:]


def _with(receiver: Value, given: Arguments) -> Change | None:
    index, value = given.at(0), given.at(1)
    known = index.only if index is not None else None
    if value is None:
        return None
    items = receiver.items
    if items is not None and known is not None and isinstance(known[0], int) and -len(items) <= known[0] < len(items):
        changed = list(items)
        changed[known[0]] = value
        return receiver.but(items=tuple(changed)), None
    return receiver.but(items=None, rest=join(any_element(receiver), value)), None


def _slice(receiver: Value, given: Arguments) -> Change | None:
    bounds = [value.only for value, _ in given.positional[:2]]
    if receiver.items is None or any(item is None or not isinstance(item[0], int) for item in bounds):
        return (
            (receiver, None)
            if receiver.items is None
            else (receiver.but(items=None, rest=join_all(receiver.items)), None)
        )
    numbers = [int(item[0]) for item in bounds if item is not None and isinstance(item[0], int)]
    return receiver.but(items=receiver.items[slice(*[*numbers, None, None][:2])]), None


def _concat(receiver: Value, given: Arguments) -> Change | None:
    parts = [value if is_sequence(value) else array_of((value,)) for value, _ in given.positional]
    joined = joined_sequences([receiver, *parts])
    return joined.but(type="array"), None


def _join(receiver: Value, given: Arguments) -> Change | None:
    by = given.at(0) or constant(",")
    if receiver.items is not None and receiver.rest is None and by.text is not None:
        parts: list[Value] = []
        for index, item in enumerate(receiver.items):
            parts.extend([by, item] if index else [item])
        return (texts.concatenate(parts) if parts else constant("")), None
    inside = any_element(receiver)
    if inside.is_constant or (inside.openness != OPEN and not all_taints(inside) and not inside.forms):
        return FIXED, None
    taints = merge_taints(derived(all_taints(receiver)), derived(all_taints(by)))
    if inside.forms:
        return Value(forms=inside.forms, taints=taints, type="str", openness=CLOSED), None
    return Value(taints=taints, type="str"), None


def _shuffled(receiver: Value, given: Arguments) -> Change | None:
    del given
    if receiver.items is None:
        return receiver, None
    loose = receiver.but(items=None, rest=join_all(receiver.items))
    return loose, loose


def _sorted(receiver: Value, given: Arguments) -> Change | None:
    changed = _shuffled(receiver, given)
    return (changed[0], None) if changed is not None else None


def _reverse(receiver: Value, given: Arguments) -> Change | None:
    if receiver.items is None or receiver.rest is not None:
        return _shuffled(receiver, given)
    turned = receiver.but(items=receiver.items[::-1])
    return turned, turned


def _to_reversed(receiver: Value, given: Arguments) -> Change | None:
    changed = _reverse(receiver, given)
    return (changed[0], None) if changed is not None else None


def _same(receiver: Value, given: Arguments) -> Change | None:
    del given
    return receiver, None


def _at(receiver: Value, given: Arguments) -> Change | None:
    return element(receiver, given.at(0) or UNKNOWN), None


def _index(_receiver: Value, _given: Arguments) -> Change | None:
    return NUMBER, None


def _place(receiver: Value, given: Arguments) -> Change | None:
    """Where the first of some constants stands."""
    wanted = given.at(0)
    known = [item.only for item in receiver.items or ()]
    if wanted is None or wanted.only is None or None in known or receiver.items is None or receiver.rest is not None:
        return NUMBER, None
    return constant(known.index(wanted.only) if wanted.only in known else -1), None


def _entries(receiver: Value, given: Arguments) -> Change | None:
    del given
    if receiver.items is not None and receiver.rest is None and receiver.type != "set":
        return array_of(tuple(array_of((constant(i), item)) for i, item in enumerate(receiver.items))), None
    inside = array_of((FIXED, any_element(receiver)))
    return Value(openness=CLOSED, rest=inside, type="array"), None


def _includes(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    known = receiver.items is not None and receiver.rest is None and receiver.openness == CLOSED
    if known and value is not None and value.only is not None:
        items = [item.only for item in receiver.items or ()]
        if None not in items:
            return constant(value.only in items), None
    return Value(type="bool", openness=OPEN), None


def _fill(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0) or UNKNOWN
    if len(given.positional) > 1:
        value = join(any_element(receiver), value)
    return Value(openness=CLOSED, rest=value, type="array"), Value(openness=CLOSED, rest=value, type="array")


def _empty(receiver: Value, given: Arguments) -> Change | None:
    del given
    return NONE, Value(openness=CLOSED, items=(), type=receiver.type)


def _next(receiver: Value, given: Arguments) -> Change | None:
    """The next element of what a generator gives."""
    del given
    if receiver.rest is None and receiver.items:
        fields: dict[ir.Constant, Value] = {"value": receiver.items[0], "done": constant(value=False)}
        return Value(openness=CLOSED, fields=fields, type="object"), receiver.but(items=receiver.items[1:])
    fields = {"value": any_element(receiver), "done": Value(type="bool", openness=OPEN)}
    return Value(openness=CLOSED, fields=fields, type="object"), None


_ARRAY: Mapping[str, Callable[[Value, Arguments], Change | None]] = {
    "push": _push,
    "add": _push,
    "unshift": _unshift,
    "pop": _pop,
    "shift": _shift,
    "splice": _splice,
    "slice": _slice,
    "concat": _concat,
    "join": _join,
    "reverse": _reverse,
    "toReversed": _to_reversed,
    "toSpliced": _to_spliced,
    "with": _with,
    "sort": _shuffled,
    "toSorted": _sorted,
    "next": _next,
    "clear": _empty,
    "flat": _same,
    "at": _at,
    "indexOf": _place,
    "lastIndexOf": _index,
    "entries": _entries,
    "values": _same,
    "keys": _index,
    "includes": _includes,
    "has": _includes,
    "fill": _fill,
}


# Methods that call a function


def with_function(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """The result of an array's method that calls a function for its elements; None for any other."""
    function = given.at(0) if name in _WITH_FUNCTION else None
    if function is None or f"{receiver.type}.{name}" in calls.models.callbacks or not _may_be_array(receiver):
        return None
    if not isinstance(function.target, Closure) and not function.name:
        return receiver if name in {"sort", "toSorted", "filter"} else None
    if name in {"reduce", "reduceRight"}:
        return _reduced(calls, node, receiver, given)
    if receiver.items is not None and not receiver.items:
        return array_of(())
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


def _called(calls: Calls, node: ir.Call, function: Value, values: tuple[Value, ...]) -> Value:
    if not isinstance(function.target, Closure):
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
