"""Methods of Python's lists, dicts, buffers and settings: what they give, and what the container is afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.elements import MAX_ITEMS, any_element, element, joined_sequences, overlaid
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.values import (
    CLOSED,
    NONE,
    NOTHING,
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

    Change = tuple[Value, Value | None]
    Method = Callable[[Value, Arguments], Change | None]

_SEQUENCES = frozenset({"list", "set", "tuple"})


def container_method(name: str, receiver: Value, given: Arguments) -> Change | None:
    """The result of a container's method and the container after it (None if it stays); None for any other method."""
    if receiver.fields is not None and receiver.type in {"dict", "map"}:
        table = _DICT
    elif receiver.type in _SPECIAL:
        table = _SPECIAL[receiver.type]
    elif receiver.items is not None or receiver.type in _SEQUENCES:
        if receiver.items is not None and receiver.rest is not None and name not in {"append", "extend", "copy"}:
            receiver = receiver.but(items=None, rest=any_element(receiver))
        table = _LIST
    else:
        return _new_list(name, receiver, given)
    method = table.get(name)
    return method(receiver, given) if method is not None else None


def _new_list(name: str, receiver: Value, given: Arguments) -> Change | None:
    """Something unknown that is appended to is taken for a list, if that matters."""
    value = given.at(0)
    if name not in {"append", "add", "push", "appendleft"} or value is None or receiver.name or not all_taints(value):
        return None
    return NONE, Value(rest=value, type="list")


# Sequences


def _append(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is None:
        return None
    if receiver.items is not None and receiver.rest is not None:
        return NONE, receiver.but(rest=join(receiver.rest, value))
    if receiver.items is not None and len(receiver.items) < MAX_ITEMS:
        return NONE, receiver.but(items=(*receiver.items, value))
    return _loose(receiver, given)


def _loose(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is None:
        return None
    return NONE, receiver.but(items=None, rest=join(any_element(receiver), value))


def _append_left(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is not None and receiver.items is not None and len(receiver.items) < MAX_ITEMS:
        return NONE, receiver.but(items=(value, *receiver.items))
    return _loose(receiver, given)


def _extend_left(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is not None and value.items is not None:
        value = value.but(items=value.items[::-1])
    return None if value is None else (NONE, joined_sequences([value, receiver]))


def _pop_left(receiver: Value, given: Arguments) -> Change | None:
    del given
    if not receiver.items:
        return None
    return receiver.items[0], receiver.but(items=receiver.items[1:])


def _pop_right(receiver: Value, given: Arguments) -> Change | None:
    """The last element; arguments only say how long to wait for one."""
    del given
    if not receiver.items:
        return None
    return receiver.items[-1], receiver.but(items=receiver.items[:-1])


def _any(receiver: Value, given: Arguments) -> Change | None:
    del given
    found = any_element(receiver)
    return None if found is NOTHING else (found, None)


def _rotate(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0, "n") or constant(1)
    if receiver.items is None or value.only is None or not isinstance(value.only[0], int) or not receiver.items:
        return _shuffled(receiver, given)
    by = value.only[0] % len(receiver.items)
    return NONE, receiver.but(
        items=receiver.items[len(receiver.items) - by :] + receiver.items[: len(receiver.items) - by]
    )


def _extend(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    return None if value is None else (NONE, joined_sequences([receiver, value], leading=True))


def _insert(receiver: Value, given: Arguments) -> Change | None:
    where, value = given.at(0), given.at(1)
    if where is None or value is None:
        return None
    only = where.only
    if receiver.items is None or only is None or not isinstance(only[0], int):
        return NONE, receiver.but(items=None, rest=join(any_element(receiver), value))
    items = list(receiver.items)
    items.insert(only[0], value)
    return NONE, receiver.but(items=tuple(items))


def _pop(receiver: Value, given: Arguments) -> Change | None:
    if not receiver.items:
        return None
    value = given.at(0)
    where = value.only if value is not None else (-1,)
    if where is None or not isinstance(where[0], int) or not -len(receiver.items) <= where[0] < len(receiver.items):
        inside = join_all(receiver.items)
        return inside, receiver.but(items=None, rest=inside)
    items = list(receiver.items)
    gone = items.pop(where[0])
    return gone, receiver.but(items=tuple(items))


def _clear(receiver: Value, given: Arguments) -> Change | None:
    del given
    return NONE, receiver.but(items=(), rest=None, taints=())


def _shuffled(receiver: Value, given: Arguments) -> Change | None:
    del given
    if receiver.items is None:
        return None
    return NONE, receiver.but(items=None, rest=join_all(receiver.items))


def _reversed(receiver: Value, given: Arguments) -> Change | None:
    if receiver.items is None:
        return _shuffled(receiver, given)
    return NONE, receiver.but(items=receiver.items[::-1])


def _copy(receiver: Value, given: Arguments) -> Change | None:
    del given
    return receiver, None


def _remove(receiver: Value, given: Arguments) -> Change | None:
    """The element that is one for certain goes; of others it is not known which."""
    value = given.at(0)
    if value is None or receiver.items is None or receiver.type != "list":
        return _shuffled(receiver, given)
    same = [index for index, item in enumerate(receiver.items) if item is value]
    known = all(item.is_constant for item in receiver.items[: same[0]]) if same else False
    if not known or not (value.is_constant or value.taints):
        return _shuffled(receiver, given)
    return NONE, receiver.but(items=receiver.items[: same[0]] + receiver.items[same[0] + 1 :])


# Dicts


def _get(receiver: Value, given: Arguments) -> Change | None:
    return _looked_up(receiver, given, keep=False)


def _setdefault(receiver: Value, given: Arguments) -> Change | None:
    return _looked_up(receiver, given, keep=True)


def _looked_up(receiver: Value, given: Arguments, *, keep: bool) -> Change | None:
    key = given.at(0)
    if key is None:
        return None
    default = given.at(1, "default") or NONE
    known, fields = key.only, receiver.fields or {}
    if known is not None and known[0] in fields:
        if receiver.openness == CLOSED:
            return fields[known[0]], None
        found = join(fields[known[0]], default)
        return found, receiver.but(fields={**fields, known[0]: found}) if keep else None
    if known is not None and receiver.rest is None and receiver.openness == CLOSED:
        return default, receiver.but(fields={**fields, known[0]: default}) if keep else None
    return join(element(receiver, key), default), None


def _pop_key(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    if key is None:
        return None
    known, fields = key.only, dict(receiver.fields or {})
    if known is not None and known[0] in fields:
        gone = fields.pop(known[0])
        return gone if receiver.openness == CLOSED else join(gone, given.at(1) or NONE), receiver.but(fields=fields)
    return join(element(receiver, key), given.at(1) or NONE), None


def _update(receiver: Value, given: Arguments) -> Change | None:
    fields: dict[ir.Constant, Value] = dict(receiver.fields or {})
    rest = receiver.rest
    for value, _ in given.positional:
        fields = overlaid(fields, value)
        if value.rest is not None or value.openness == OPEN:
            inside = any_element(value) if value.rest is None else value.rest
            rest = inside if rest is None else join(rest, inside)
    fields.update({name: value for name, (value, _) in given.named.items()})
    return NONE, receiver.but(fields=fields, rest=rest)


def _keys(receiver: Value, given: Arguments) -> Change | None:
    del given
    return Value(openness=CLOSED, rest=any_element(receiver), type="list"), None


def _values(receiver: Value, given: Arguments) -> Change | None:
    del given
    found = join_all((receiver.fields or {}).values())
    rest = found if receiver.rest is None else join(found, receiver.rest)
    return Value(openness=CLOSED, rest=rest, type="list"), None


def _pairs(receiver: Value, given: Arguments) -> Change | None:
    del given
    fields = receiver.fields or {}
    pairs = [Value(openness=CLOSED, items=(constant(key), value), type="tuple") for key, value in fields.items()]
    if receiver.rest is not None:
        key = Value(taints=derived(receiver.taints))
        pairs.append(Value(openness=CLOSED, items=(key, receiver.rest), type="tuple"))
    if receiver.openness != CLOSED and pairs:
        return Value(openness=CLOSED, rest=join_all(pairs), type="list"), None
    return Value(openness=CLOSED, items=tuple(pairs), type="list"), None


# Settings and buffers


def _set_option(receiver: Value, given: Arguments) -> Change | None:
    names = [value.text for value, _ in given.positional[:2]]
    if len(given.positional) < 3 or None in names:
        return None
    section, option, value = str(names[0]), str(names[1]).lower(), given.positional[2][0]
    known = (receiver.fields or {}).get(section) or Value(openness=CLOSED, fields={}, type="dict")
    inner = known.but(fields={**(known.fields or {}), option: value})
    return NONE, receiver.but(fields={**(receiver.fields or {}), section: inner})


def _get_option(receiver: Value, given: Arguments) -> Change | None:
    section, option = given.at(0, "section"), given.at(1, "option")
    if section is None or option is None or section.text is None or option.text is None:
        return None
    inside = (receiver.fields or {}).get(section.text)
    fields = inside.fields if inside is not None else None
    found = fields.get(option.text.lower(), fields.get(option.text)) if fields is not None else None
    return (found, None) if found is not None else None


def _read_options(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0, "dictionary")
    if value is None or value.fields is None or value.rest is not None:
        return None
    return NONE, receiver.but(fields={**(receiver.fields or {}), **value.fields})


def _write(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is None:
        return None
    return NONE, receiver.but(rest=value if receiver.rest is None else join(receiver.rest, value))


def _write_lines(receiver: Value, given: Arguments) -> Change | None:
    value = given.at(0)
    if value is None:
        return None
    inside = any_element(value)
    return NONE, receiver.but(rest=inside if receiver.rest is None else join(receiver.rest, inside))


def _read(receiver: Value, given: Arguments) -> Change | None:
    del given
    inside = receiver.rest if receiver.rest is not None else UNKNOWN
    return Value(openness=inside.openness, taints=merge_taints(receiver.taints, derived(all_taints(inside)))), None


def common_elements(*sets: Value) -> Value | None:
    """What several sets have in common is in the one whose elements the program lists; None if none is such a set."""
    listed = next((one for one in sets if one.type == "set" and one.openness == CLOSED and not all_taints(one)), None)
    return None if listed is None else Value(openness=CLOSED, rest=any_element(listed), type="set")


def _intersection(receiver: Value, given: Arguments) -> Change | None:
    found = common_elements(receiver, *[value for value, _ in given.positional])
    return None if found is None else (found, None)


def _intersect(receiver: Value, given: Arguments) -> Change | None:
    found = common_elements(receiver, *[value for value, _ in given.positional])
    return None if found is None else (NONE, found)


_LIST: Mapping[str, Method] = {
    "intersection": _intersection,
    "intersection_update": _intersect,
    "append": _append,
    "add": _append,
    "appendleft": _append_left,
    "extend": _extend,
    "update": _extend,
    "extendleft": _extend_left,
    "popleft": _pop_left,
    "rotate": _rotate,
    "insert": _insert,
    "pop": _pop,
    "clear": _clear,
    "reverse": _reversed,
    "sort": _shuffled,
    "remove": _remove,
    "copy": _copy,
}
_DICT: Mapping[str, Method] = {
    "get": _get,
    "setdefault": _setdefault,
    "pop": _pop_key,
    "update": _update,
    "keys": _keys,
    "values": _values,
    "items": _pairs,
    "copy": _copy,
}
_SPECIAL: Mapping[str, Mapping[str, Method]] = {
    "configparser.ConfigParser": {"set": _set_option, "get": _get_option, "read_dict": _read_options},
    "queue.Queue": {"put": _append, "put_nowait": _append, "get": _pop_left, "get_nowait": _pop_left},
    "queue.PriorityQueue": {"put": _loose, "put_nowait": _loose, "get": _any, "get_nowait": _any},
    "queue.LifoQueue": {"put": _append, "put_nowait": _append, "get": _pop_right, "get_nowait": _pop_right},
    "concurrent.futures.Future": {"result": _any, "get": _any},
    "io.StringIO": {"write": _write, "writelines": _write_lines, "getvalue": _read, "read": _read, "readline": _read},
}
