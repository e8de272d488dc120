"""Java's streams and options; an option is what it may hold, a stream is a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.java.calls import applied
from leery_analyzers.dataflow.java.sequences import MOST_APPLIED, after_test, filtered, followed, reduced, until
from leery_analyzers.dataflow.java.strings import joined
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import CLOSED, NONE, UNKNOWN, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

_LISTS = frozenset({"list", "set", "tuple"})


def stream_method(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """What a method of a stream, an option or a collection gives; None for any other."""
    if receiver.name:
        return None
    is_list = receiver.items is not None or receiver.type in _LISTS
    if receiver.type == "dict":
        return None
    method = (_STREAM if is_list else _OPTION).get(name)
    return method(calls, node, receiver, given) if method is not None else None


def _listed(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    del calls, node, given
    if receiver.items is not None:
        return Value(openness=receiver.openness, items=receiver.items, type="list")
    return Value(openness=receiver.openness, rest=receiver.rest, taints=receiver.taints, type="list")


def _bound(given: Arguments) -> int | None:
    only = given.at(0)
    number = only.only[0] if only is not None and only.only is not None else None
    return number if isinstance(number, int) else None


def _cut(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    listed, bound = _listed(calls, node, receiver, given), _bound(given)
    return listed.but(items=listed.items[:bound]) if listed.items is not None and bound is not None else listed


def _cut_off(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    listed, bound = _listed(calls, node, receiver, given), _bound(given)
    return listed.but(items=listed.items[bound:]) if listed.items is not None and bound is not None else listed


def _mapped(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    if receiver.items is not None and len(receiver.items) <= MOST_APPLIED:
        items = tuple(applied(calls, given.at(0), [item], node) for item in receiver.items)
        return Value(openness=CLOSED, items=items, type="list")
    return Value(openness=CLOSED, rest=applied(calls, given.at(0), [any_element(receiver)], node), type="list")


def _flat(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    inside = applied(calls, given.at(0), [any_element(receiver)], node)
    return Value(openness=CLOSED, rest=any_element(inside), type="list")


def _filtered(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    return filtered(calls, node, given.at(0), receiver).but(type="list")


def _taken(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    return until(calls, node, "takeWhile", receiver, given)


def _dropped(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    return until(calls, node, "dropWhile", receiver, given)


def _each(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    items = followed(receiver) if receiver.type != "set" else None
    for item in (any_element(receiver),) if items is None else items:
        applied(calls, given.at(0), [item], node)
    return NONE


def _entries(calls: Calls, node: ir.Call, receiver: Value, how: Value) -> Value | None:
    """The map of ``Collectors.toMap`` where the keys of all elements are known."""
    items, functions = followed(receiver), how.fields
    if items is None or functions is None:
        return None
    made: dict[ir.Constant, Value] = {}
    for item in items:
        key = applied(calls, functions["key"], [item], node).only
        if key is None:
            return None
        made[key[0]] = applied(calls, functions["value"], [item], node)
    return Value(openness=CLOSED, fields=made, type="dict")


def _collected(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    how = given.at(0)
    if how is not None and how.type == "java.Joining":
        return joined((how.fields or {}).get("separator", constant("")), [receiver])
    if how is not None and how.type == "java.Mapping":
        return _entries(calls, node, receiver, how) or Value(taints=derived(all_taints(receiver)), type="dict")
    return receiver


def _element(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    del calls, node, given
    return receiver.items[0] if receiver.items else any_element(receiver)


def _or_else(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    del calls, node
    default = given.at(0)
    return receiver if default is None else join(receiver, default)


def _or_else_get(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    return join(receiver, applied(calls, given.at(0), [], node))


def _option_map(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    function = given.at(0)
    if function is None or function.target is None:
        return None
    return applied(calls, function, [receiver], node)


def _combined(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    """``future.thenCombine(other, (a, b) -> …)``."""
    other, function = given.at(0), given.at(1)
    if other is None or function is None or function.target is None:
        return None
    return applied(calls, function, [receiver, other], node)


def _option_each(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    function = given.at(0)
    if function is None or function.target is None:
        return None
    applied(calls, function, [receiver], node)
    if len(given.positional) > 1:
        applied(calls, given.at(1), [], node)
    return NONE


def _option_filter(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    function = given.at(0)
    if function is None or function.target is None:
        return None
    del node
    return after_test(calls, function, receiver)


def _option_get(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    del calls, node
    if given.positional:
        return None
    return receiver if receiver.is_constant or receiver.forms or receiver.type == "java.util.Optional" else None


def _throwing(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    del calls, node, given
    return receiver if receiver is not UNKNOWN else None


_STREAM: Mapping[str, Callable[[Calls, ir.Call, Value, Arguments], Value | None]] = {
    **dict.fromkeys(
        (
            "stream",
            "parallelStream",
            "boxed",
            "sequential",
            "parallel",
            "distinct",
            "sorted",
            "peek$",
            "asList",
            "spliterator",
            "unordered",
        ),
        _listed,
    ),
    "limit": _cut,
    "skip": _cut_off,
    "map": _mapped,
    "mapToObj": _mapped,
    "flatMap": _flat,
    "filter": _filtered,
    "takeWhile": _taken,
    "dropWhile": _dropped,
    **dict.fromkeys(("forEach", "forEachOrdered", "forEachRemaining"), _each),
    "collect": _collected,
    **dict.fromkeys(("findFirst", "findAny"), _element),
    "reduce": reduced,
}
_OPTION: Mapping[str, Callable[[Calls, ir.Call, Value, Arguments], Value | None]] = {
    "orElse": _or_else,
    "orElseGet": _or_else_get,
    "orElseThrow": _throwing,
    "map": _option_map,
    "flatMap": _option_map,
    "filter": _option_filter,
    "ifPresent": _option_each,
    **dict.fromkeys(("thenApply", "thenApplyAsync", "thenCompose", "thenComposeAsync"), _option_map),
    **dict.fromkeys(("thenAccept", "thenAcceptAsync"), _option_each),
    **dict.fromkeys(("thenCombine", "thenCombineAsync"), _combined),
    "join": _option_get,
    "getNow": _or_else,
    "ifPresentOrElse": _option_each,
    "get": _option_get,
}  # fmt: skip
