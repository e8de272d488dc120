"""Methods of Java's collections, maps, options and streams: what they give, and what the collection is afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow.elements import MAX_ITEMS, any_element, element, joined_sequences, with_any
from leery_analyzers.dataflow.java import sequences
from leery_analyzers.dataflow.java.maps import functional
from leery_analyzers.dataflow.java.streams import stream_method
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.values import (
    CLOSED,
    MAX_FIELDS,
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

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

    Change = tuple[Value, Value | None]
    Method = Callable[[Value, Arguments], Change | None]

_NEXT = frozenset({"next", "nextElement", "nextToken"})
_SEQUENCES = frozenset({"list", "set", "tuple"})


def container_method(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Change | None:
    """The result of a container's method and the container after it (None if it stays); None for any other method."""
    if name in _NEXT and receiver.items and not any(frame.loops for frame in calls.engine.frames):
        return _shift(receiver, given)
    streamed = stream_method(calls, node, name, receiver, given)
    if streamed is not None:
        return streamed, None
    if receiver.type == "dict":
        changed = functional(calls, node, name, receiver, given)
        if changed is not None:
            return changed
        method = _MAP.get(name)
    elif receiver.items is not None or receiver.type in _SEQUENCES:
        changed = sequences.functional(calls, node, name, receiver, given)
        if changed is not None:
            return changed
        method = _LIST.get(name)
    else:
        return _guessed(name, receiver, given)
    return method(receiver, given) if method is not None else None


def _guessed(name: str, receiver: Value, given: Arguments) -> Change | None:
    """Something unknown that things are put into is taken for a container, if that matters."""
    if receiver.name or receiver.type or receiver.target is not None or not given.taints():
        return None
    if name in {"add", "addLast", "addFirst", "push", "offer"} and len(given.positional) == 1:
        return NONE, Value(rest=given.at(0), taints=receiver.taints, type="list")
    if name == "put" and len(given.positional) == 2:
        return _put(Value(openness=OPEN, fields={}, taints=receiver.taints, type="dict"), given)
    return None


# Sequences


def _length(receiver: Value, given: Arguments) -> Change | None:
    del given
    return (constant(len(receiver.items)), None) if receiver.items is not None else None


def _empty(receiver: Value, given: Arguments) -> Change | None:
    del given
    return (constant(not receiver.items), None) if receiver.items is not None else None


def _add(receiver: Value, given: Arguments) -> Change | None:
    if len(given.positional) == 2:
        return _insert(receiver, given)
    value = given.at(0)
    if value is None:
        return None
    if receiver.items is not None and len(receiver.items) < MAX_ITEMS:
        return constant(value=True), receiver.but(items=(*receiver.items, value))
    return constant(value=True), _loose(receiver, value)


def _argument(receiver: Value, given: Arguments) -> Change | None:
    """``line.addArgument(text, quoted)``, which gives the line back."""
    value = given.at(0)
    if value is None or receiver.items is None or len(receiver.items) >= MAX_ITEMS:
        return None
    after = receiver.but(items=(*receiver.items, value))
    return after, after


def _add_first(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is None:
        return None
    if receiver.items is not None and len(receiver.items) < MAX_ITEMS:
        return NONE, receiver.but(items=(value, *receiver.items))
    return NONE, _loose(receiver, value)


def _loose(receiver: Value, value: Value) -> Value:
    inside = any_element(receiver) if receiver.items is not None else receiver.rest
    return receiver.but(items=None, rest=value if inside is None else join(inside, value))


def _insert(receiver: Value, given: Arguments) -> Change | None:
    where, value = given.at(0), given.at(1)
    if where is None or value is None:
        return None
    only = where.only
    if receiver.items is None or only is None or not isinstance(only[0], int):
        return NONE, _loose(receiver, value)
    items = list(receiver.items)
    items.insert(only[0], value)
    return NONE, receiver.but(items=tuple(items))


def _set(receiver: Value, given: Arguments) -> Change | None:
    where, value = given.at(0), given.at(1)
    if where is None or value is None:
        return None
    index = _index(receiver, where)
    if index is None or receiver.items is None:
        return element(receiver, where), _loose(receiver, value)
    items = list(receiver.items)
    before, items[index] = items[index], value
    return before, receiver.but(items=tuple(items))


def _index(receiver: Value, where: Value) -> int | None:
    only = where.only
    if receiver.items is None or only is None or type(only[0]) is not int:
        return None
    return only[0] if 0 <= only[0] < len(receiver.items) else None


def _get(receiver: Value, given: Arguments) -> Change | None:
    where = given.at(0)
    if where is None:
        return any_element(receiver), None
    return element(receiver, where), None


def _first(receiver: Value, given: Arguments) -> Change | None:
    del given
    return (receiver.items[0] if receiver.items else any_element(receiver)), None


def _last(receiver: Value, given: Arguments) -> Change | None:
    del given
    return (receiver.items[-1] if receiver.items else any_element(receiver)), None


def _remove(receiver: Value, given: Arguments) -> Change | None:
    where = given.at(0)
    if where is None:
        return _shift(receiver, given)
    if receiver.items is None:
        return any_element(receiver), None
    index = _index(receiver, where)
    if index is None and where.text is not None:
        index = next((i for i, item in enumerate(receiver.items) if item.only == where.only), None)
    if index is None:
        index = next((i for i, item in enumerate(receiver.items) if item is where), None)
    if index is None:
        inside = join_all(receiver.items)
        return inside, receiver.but(items=None, rest=inside)
    items = list(receiver.items)
    gone = items.pop(index)
    return gone, receiver.but(items=tuple(items))


def _shift(receiver: Value, given: Arguments) -> Change | None:
    del given
    if not receiver.items:
        return any_element(receiver), None
    return receiver.items[0], receiver.but(items=receiver.items[1:])


def _pop(receiver: Value, given: Arguments) -> Change | None:
    del given
    if not receiver.items:
        return any_element(receiver), None
    return receiver.items[-1], receiver.but(items=receiver.items[:-1])


def _add_all(receiver: Value, given: Arguments) -> Change | None:
    where, more = given.at(0), given.at(1)
    if where is not None and more is not None:
        items, only = receiver.items, where.only
        if items is None or more.items is None or only is None or type(only[0]) is not int:
            return constant(value=True), _loose(receiver, any_element(more))
        at = only[0]
        return constant(value=True), receiver.but(items=(*items[:at], *more.items, *items[at:]))
    value = given.at(len(given.positional) - 1) if given.positional else None
    return (
        None if value is None else (constant(value=True), joined_sequences([receiver, value]).but(type=receiver.type))
    )


def _clear(receiver: Value, given: Arguments) -> Change | None:
    del given
    return NONE, Value(openness=CLOSED, items=(), type=receiver.type)


def _shuffled(receiver: Value, given: Arguments) -> Change | None:
    del given
    if receiver.items is None:
        return NONE, None
    return NONE, receiver.but(items=None, rest=join_all(receiver.items))


def _same(receiver: Value, given: Arguments) -> Change | None:
    del given
    return receiver.but(type="list"), None


def _element(receiver: Value, given: Arguments) -> Change | None:
    del given
    return any_element(receiver), None


def _sub_list(receiver: Value, given: Arguments) -> Change | None:
    bounds = [value.only for value, _ in given.positional]
    if receiver.items is not None and len(bounds) == 2 and None not in bounds:
        low, high = (bound[0] for bound in bounds if bound is not None)
        if isinstance(low, int) and isinstance(high, int):
            return receiver.but(items=receiver.items[low:high]), None
    return receiver, None


def _of_pair(index: int) -> Method:
    def part(receiver: Value, given: Arguments) -> Change | None:
        del given
        return (receiver.items[index], None) if receiver.items is not None and len(receiver.items) == 2 else None

    return part


# Maps


def _looked_up(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    if key is None:
        return None
    default = given.at(1) or NONE
    known, fields = key.only, receiver.fields
    if known is not None and fields is not None and known[0] in fields:
        return fields[known[0]], None
    if fields is not None and known is not None and receiver.rest is None and receiver.openness == CLOSED:
        return default, None
    found = element(receiver, key)
    maybe = given.at(1) is not None or (known is None and fields is not None)  # a key that is not there gives null
    return (join(found, default) if maybe else found), None


def _put(receiver: Value, given: Arguments) -> Change | None:
    key, value = given.at(0), given.at(1)
    if key is None or value is None:
        return None
    known, fields = key.only, receiver.fields or {}
    before = fields.get(known[0], NONE) if known is not None else UNKNOWN
    if known is not None and (known[0] in fields or len(fields) < MAX_FIELDS):
        return before, receiver.but(fields={**fields, known[0]: value})
    taints = merge_taints(receiver.taints, derived(all_taints(key)))
    rest = value if receiver.rest is None else join(receiver.rest, value)
    fields = fields if known is not None else with_any(fields, value) or {}
    return before, receiver.but(fields=fields, rest=rest, taints=taints)


def _put_if_absent(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    if key is not None and key.only is not None and receiver.fields is not None and key.only[0] in receiver.fields:
        found, value = receiver.fields[key.only[0]], given.at(1)
        if NONE.constants[0] not in found.constants or value is None:
            return found, None
        return found, receiver.but(fields={**receiver.fields, key.only[0]: join(found, value)})
    return _put(receiver, given)


def _remove_key(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    if key is None:
        return None
    known, fields = key.only, dict(receiver.fields or {})
    if known is not None and known[0] in fields:
        gone = fields.pop(known[0])
        return gone, receiver.but(fields=fields)
    return element(receiver, key), None


def _put_all(receiver: Value, given: Arguments) -> Change | None:
    other = given.at(0)
    if other is None:
        return None
    rest, fields = receiver.rest, receiver.fields
    if other.rest is not None or other.openness == OPEN:
        inside = other.rest if other.rest is not None else Value(taints=derived(other.taints))
        rest, fields = inside if rest is None else join(rest, inside), with_any(fields, inside)
    return NONE, receiver.but(fields={**(fields or {}), **(other.fields or {})}, rest=rest)


def _keys(receiver: Value, given: Arguments) -> Change | None:
    del given
    if receiver.fields is None:
        return Value(taints=derived(receiver.taints), type="set"), None
    keys = tuple(constant(key) for key in receiver.fields)
    if receiver.rest is None and receiver.openness == CLOSED:
        return Value(openness=CLOSED, items=keys, type="set"), None
    rest = join(join_all(keys), Value(taints=derived(receiver.taints)))
    return Value(openness=CLOSED, rest=rest, type="set"), None


def _values(receiver: Value, given: Arguments) -> Change | None:
    del given
    if receiver.fields is None:
        return Value(taints=derived(receiver.taints), type="list"), None
    found = tuple(receiver.fields.values())
    if receiver.rest is None and receiver.openness == CLOSED:
        return Value(openness=CLOSED, items=found, type="list"), None
    rest = join_all(found) if receiver.rest is None else join(join_all(found), receiver.rest)
    own = receiver.taints if receiver.openness == OPEN else ()  # what a map made here is tainted with are its keys
    return Value(openness=CLOSED, rest=rest, type="list", taints=own), None


def _pairs(receiver: Value, given: Arguments) -> Change | None:
    del given
    fields = receiver.fields or {}
    pairs = [Value(openness=CLOSED, items=(constant(key), value), type="tuple") for key, value in fields.items()]
    if receiver.rest is not None or receiver.openness == OPEN:
        key = Value(taints=derived(receiver.taints))
        pairs.append(Value(openness=CLOSED, items=(key, receiver.rest or key), type="tuple"))
    return Value(openness=CLOSED, items=tuple(pairs), type="set"), None


def _end(pick: Callable[[list[Any]], ir.Constant], *, entry: bool) -> Method:
    """The first or the last of a sorted map: a key, or a key with its value."""

    def found(receiver: Value, given: Arguments) -> Change | None:
        listed = _pairs(receiver, given) if entry else _keys(receiver, given)
        keys = [key for key in receiver.fields or {} if type(key) in {str, int}]
        if (
            listed is None
            or not keys
            or len(keys) != len(receiver.fields or {})
            or len(set(map(type, keys))) > 1
            or receiver.rest is not None
        ):
            return (any_element(listed[0]), None) if listed is not None else None
        inside = [*(receiver.fields or {})].index(pick(keys))
        return (listed[0].items[inside] if listed[0].items else any_element(listed[0])), None

    return found


def _map_empty(receiver: Value, given: Arguments) -> Change | None:
    del given
    known = receiver.fields is not None and receiver.openness == CLOSED and receiver.rest is None
    return (constant(not receiver.fields), None) if known else None


def _loaded(receiver: Value, given: Arguments) -> Change | None:
    """Anything may be in it now."""
    rest = Value(taints=derived(given.taints()))
    return NONE, receiver.but(openness=OPEN, fields={}, rest=rest)


def _map_clear(receiver: Value, given: Arguments) -> Change | None:
    del receiver, given
    return NONE, Value(openness=CLOSED, fields={}, type="dict")


_LIST: Mapping[str, Method] = {
    "addArgument": _argument,
    **dict.fromkeys(("add", "addLast", "offer", "addElement", "offerLast", "put", "putLast"), _add),
    **dict.fromkeys(("push", "addFirst", "offerFirst"), _add_first),
    **dict.fromkeys(("size", "length"), _length),
    "isEmpty": _empty,
    "set": _set,
    **dict.fromkeys(("get", "elementAt"), _get),
    **dict.fromkeys(("getFirst", "firstElement", "peek", "peekFirst", "element"), _first),
    **dict.fromkeys(("getLast", "lastElement", "peekLast"), _last),
    "remove": _remove,
    **dict.fromkeys(("removeFirst", "poll", "pollFirst", "pop", "take", "takeFirst"), _shift),
    **dict.fromkeys(("removeLast", "pollLast"), _pop),
    "addAll": _add_all,
    "clear": _clear,
    **dict.fromkeys(("sort", "retainAll", "removeAll"), _shuffled),
    **dict.fromkeys(
        ("iterator", "listIterator", "elements", "asIterator", "toArray", "clone", "toList", "copy", "reversed"), _same
    ),
    **dict.fromkeys(("next", "nextElement", "previous"), _element),
    "subList": _sub_list,
    **dict.fromkeys(("getKey", "getLeft", "getValue0"), _of_pair(0)),
    **dict.fromkeys(("getValue", "getRight", "getValue1"), _of_pair(1)),
}
_MAP: Mapping[str, Method] = {
    **dict.fromkeys(("get", "getOrDefault", "getProperty"), _looked_up),
    **dict.fromkeys(("put", "replace", "setProperty"), _put),
    **dict.fromkeys(("load", "loadFromXML"), _loaded),
    "stringPropertyNames": _keys,
    "putIfAbsent": _put_if_absent,
    "remove": _remove_key,
    "putAll": _put_all,
    **dict.fromkeys(("keySet", "keys", "navigableKeySet"), _keys),
    **dict.fromkeys(("values", "elements"), _values),
    "entrySet": _pairs,
    "firstKey": _end(min, entry=False),
    "lastKey": _end(max, entry=False),
    "firstEntry": _end(min, entry=True),
    "lastEntry": _end(max, entry=True),
    "isEmpty": _map_empty,
    "clear": _map_clear,
}
