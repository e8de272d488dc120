"""Methods of JavaScript's maps, and of what has keys of its own as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.elements import with_any
from leery_analyzers.dataflow.javascript.sequences import Change, array_of
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.values import CLOSED, NONE, OPEN, Value, constant, derived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments

KEYED = frozenset({"Map", "URLSearchParams", "FormData", "Headers"})
"""Types of containers whose elements have keys of their own."""


def _get(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    if key is None:
        return None
    known = key.only
    if receiver.fields is not None and known is not None and known[0] in receiver.fields:
        return receiver.fields[known[0]], None
    if receiver.openness == CLOSED and known is not None and receiver.rest is None and not receiver.taints:
        return NONE, None
    inside = [*(receiver.fields or {}).values()]
    if receiver.rest is not None:
        inside.append(receiver.rest)
    found = join_all(inside)
    if receiver.openness == OPEN or receiver.taints:
        found = join(found, Value(taints=derived(receiver.taints)))
    return (join(found, NONE) if found.is_constant else found), None


def _set(receiver: Value, given: Arguments) -> Change | None:
    key, value = given.at(0), given.at(1)
    if key is None or value is None:
        return None
    known = key.only
    if known is None:
        fields = with_any(receiver.fields, value)
        after = receiver.but(fields=fields, rest=value if receiver.rest is None else join(receiver.rest, value))
    else:
        after = receiver.but(fields={**(receiver.fields or {}), known[0]: value})
    return after, after


def pairs(receiver: Value) -> Value:
    """What a loop over a map goes through: its keys with their values."""
    if is_listed(receiver):
        return array_of(tuple(array_of((constant(key), value)) for key, value in (receiver.fields or {}).items()))
    key = join_all(constant(key) for key in receiver.fields or {})
    if receiver.rest is not None or receiver.taints or receiver.openness == OPEN:
        key = join(key, Value(taints=derived(receiver.taints), openness=receiver.openness, type="str"))
    inside = join_all((receiver.fields or {}).values())
    if receiver.rest is not None:
        inside = join(inside, receiver.rest)
    if receiver.openness == OPEN or receiver.taints:
        inside = join(inside, Value(taints=derived(receiver.taints)))
    return Value(openness=CLOSED, rest=array_of((key, inside)), type="array")


def is_listed(receiver: Value) -> bool:
    """Whether every key of a map is known, with its value."""
    return receiver.fields is not None and receiver.rest is None and receiver.openness == CLOSED and not receiver.taints


def _pairs(receiver: Value, given: Arguments) -> Change | None:
    del given
    return pairs(receiver), None


def _keys_of_map(receiver: Value, given: Arguments) -> Change | None:
    del given
    if not is_listed(receiver):
        return None
    return array_of(tuple(constant(key) for key in receiver.fields or {})), None


def _has(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    known = key.only if key is not None else None
    if known is not None and is_listed(receiver):
        return constant(known[0] in (receiver.fields or {})), None
    return Value(type="bool", openness=OPEN), None


def _delete(receiver: Value, given: Arguments) -> Change | None:
    key = given.at(0)
    known = key.only if key is not None else None
    done = Value(type="bool", openness=OPEN)
    if known is None or receiver.type != "Map":
        return done, None
    fields = {name: value for name, value in (receiver.fields or {}).items() if name != known[0]}
    if not is_listed(receiver):
        fields[known[0]] = NONE
    return done, receiver.but(fields=fields)


def _clear(receiver: Value, given: Arguments) -> Change | None:
    del given
    return NONE, Value(openness=CLOSED, fields={}, type=receiver.type)


def _values(receiver: Value, given: Arguments) -> Change | None:
    if is_listed(receiver):
        return array_of(tuple((receiver.fields or {}).values())), None
    found = join_all((receiver.fields or {}).values())
    rest = found if receiver.rest is None else join(found, receiver.rest)
    del given
    return Value(openness=receiver.openness, taints=derived(receiver.taints), rest=rest, type="array"), None


MAP: Mapping[str, Callable[[Value, Arguments], Change | None]] = {
    "get": _get,
    "getAll": _get,
    "set": _set,
    "append": _set,
    "values": _values,
    "entries": _pairs,
    "keys": _keys_of_map,
    "has": _has,
    "delete": _delete,
    "clear": _clear,
}
