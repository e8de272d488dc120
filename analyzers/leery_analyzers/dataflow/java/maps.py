"""Methods of Java's maps that are given functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.elements import element
from leery_analyzers.dataflow.java.calls import applied
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import CLOSED, MAX_FIELDS, NONE, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

    Change = tuple[Value, Value | None]


def functional(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Change | None:
    """What such a method gives and the map after it; None for any other."""
    if name == "forEach":
        return _each(calls, node, receiver, given), None
    if name == "replaceAll":
        fields = {
            key: applied(calls, given.at(0), [constant(key), value], node)
            for key, value in (receiver.fields or {}).items()
        }
        return NONE, receiver.but(fields=fields)
    key = given.at(0)
    if key is None or name not in {"computeIfAbsent", "computeIfPresent", "compute", "merge"}:
        return None
    known = (receiver.fields or {}).get(key.only[0]) if key.only is not None else None
    complete = receiver.openness == CLOSED and receiver.rest is None and key.only is not None
    before = known if known is not None else NONE if complete else element(receiver, key)
    function = given.at(len(given.positional) - 1)
    if name == "computeIfAbsent":
        made = known if known is not None else applied(calls, function, [key], node)
    elif name == "merge":
        value = given.at(1) or NONE
        made = value
        if before is not NONE:
            both = applied(calls, function, [before, value], node)
            made = both if known is not None else join(value, both)
    else:
        made = applied(calls, function, [key, before], node)
    return made, _with(receiver, key, made)


def _with(receiver: Value, key: Value, value: Value) -> Value:
    fields = receiver.fields or {}
    if key.only is not None and (key.only[0] in fields or len(fields) < MAX_FIELDS):
        return receiver.but(fields={**fields, key.only[0]: value})
    return receiver.but(fields=fields, rest=value if receiver.rest is None else join(receiver.rest, value))


def _each(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    for key, value in (receiver.fields or {}).items():
        applied(calls, given.at(0), [constant(key), value], node)
    if receiver.fields is None or receiver.rest is not None:
        inside = receiver.rest if receiver.rest is not None else Value(taints=derived(receiver.taints))
        keys = Value(taints=derived(all_taints(receiver) if receiver.fields is None else receiver.taints))
        applied(calls, given.at(0), [keys, inside], node)
    return NONE
