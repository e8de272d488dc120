"""Methods of JavaScript's arrays, sets and maps: what they give, and what the container is afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.elements import MAX_ITEMS, any_element, element, joined_sequences
from leery_analyzers.dataflow.javascript.maps import KEYED, MAP
from leery_analyzers.dataflow.javascript.sequences import (
    NUMBER,
    Change,
    array_of,
    cut_from,
    is_sequence,
    moved,
    put_between,
)
from leery_analyzers.dataflow.joins import join, join_all
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

    from leery_analyzers.dataflow.arguments import Arguments


_PLACES_STAY = frozenset({
    "at", "pop", "shift", "slice", "join", "indexOf", "lastIndexOf", "includes", "has", "entries", "keys", "values",
    "next",
})  # fmt: skip
"""Methods that move no element, and those that tell by themselves where each stands afterwards."""


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
    if method is None:
        return None
    return method(receiver if name in _PLACES_STAY or receiver.type in KEYED else moved(receiver), given)


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
    after = moved(receiver)
    found = (receiver.fields or {}).get(place)
    return any_element(after) if found is None else found, None if after is receiver else after


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
    numbers = [int(bound[0]) for bound in bounds if bound is not None and isinstance(bound[0], int)]
    if len(numbers) != len(bounds) or given.rest is not None:
        return (
            moved(receiver) if receiver.items is None else receiver.but(items=None, rest=any_element(receiver))
        ), None
    start, end = (*numbers, None)[:2] if numbers else (0, None)
    if receiver.items is None:
        return cut_from(receiver, start or 0, end), None
    if receiver.rest is not None and min(start or 0, end or 0) < 0:
        return receiver.but(items=None, rest=any_element(receiver)), None
    return receiver.but(items=receiver.items[start:end]), None


def _concat(receiver: Value, given: Arguments) -> Change | None:
    parts = [value if is_sequence(value) else array_of((value,)) for value, _ in given.positional]
    joined = joined_sequences([receiver, *parts])
    return joined.but(type="array"), None


def _join(receiver: Value, given: Arguments) -> Change | None:
    by = given.at(0) or constant(",")
    if receiver.items is not None and receiver.rest is None and by.text is not None:
        parts: list[Value] = []
        for index, item in enumerate(receiver.items):
            part = put_between(item, by.text)
            parts.extend([by, part] if index else [part])
        return (texts.concatenate(parts) if parts else constant("")), None
    inside = any_element(receiver)
    if inside.is_constant or (inside.openness != OPEN and not all_taints(inside) and not inside.forms):
        return FIXED, None
    inside = put_between(inside, by.text)
    taints = merge_taints(derived(all_taints(inside)), derived(all_taints(by)))
    if inside.forms:
        return Value(forms=inside.forms, taints=taints, type="str", openness=CLOSED), None
    return Value(taints=taints, type="str"), None


def _shuffled(receiver: Value, given: Arguments) -> Change | None:
    del given
    loose = receiver if receiver.items is None else receiver.but(items=None, rest=any_element(receiver))
    return loose, loose


def _in_order(receiver: Value, given: Arguments) -> Change | None:
    """Sorted by the texts of the elements, if all of these are known."""
    texts_of = [item.text for item in receiver.items or ()]
    if given.positional or receiver.rest is not None or None in texts_of or not receiver.items:
        return _shuffled(receiver, given)
    ordered = receiver.but(items=tuple(sorted(receiver.items, key=lambda item: item.text or "")))
    return ordered, ordered


def _sorted(receiver: Value, given: Arguments) -> Change | None:
    changed = _in_order(receiver, given)
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
    wanted = given.at(0) if len(given.positional) == 1 else None
    known = [item.only for item in receiver.items or ()]
    if wanted is None or wanted.only is None or receiver.items is None or receiver.rest is not None:
        return NUMBER, None
    listed = [(type(item[0]), item[0]) for item in known if item is not None]
    sought = type(wanted.only[0]), wanted.only[0]
    if len(listed) != len(known):
        return NUMBER, None
    return constant(listed.index(sought) if sought in listed else -1), None


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
    "sort": _in_order,
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
