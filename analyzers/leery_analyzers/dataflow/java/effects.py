"""Java's calls that change what they are given: arrays that are copied into, collections that are filled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.evaluate import any_element, joined_sequences
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import CLOSED, NONE, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

    Effect = Callable[[Calls, Arguments], Value]


def effect(calls: Calls, name: str, receiver: Value | None, given: Arguments) -> Value | None:
    """Carry out a call that changes an argument; None for any other call.

    Args:
        calls: the engine's calls.
        name: the qualified name of what is called, or ``.method``.
        receiver: what it is called on.
        given: the arguments.
    """
    if name.endswith(".getChars") and receiver is not None and len(given.positional) == 4:
        _put(calls, given, 2, Value(taints=derived(all_taints(receiver)), openness=receiver.openness))
        return NONE
    found = _EFFECTS.get(name)
    if found is None and name in _DECODERS and given.taints():
        return _decoded(given)
    return found(calls, given) if found is not None else None


def _decoded(given: Arguments) -> Value:
    """A text after it was decoded: what was found out of it before says nothing of it any more."""
    taints = tuple(replace(taint, clearances=(), exact=False) for taint in all_taints(given.positional[0][0]))
    return Value(taints=taints, type="str")


def _put(calls: Calls, given: Arguments, index: int, value: Value) -> None:
    place = given.positional[index][1]
    if isinstance(place, (ir.Name, ir.Attribute)):
        calls.engine.assign_quietly(place, value)


def _copy(calls: Calls, given: Arguments) -> Value:
    """``System.arraycopy(from, at, to, at, count)``."""
    if len(given.positional) != 5:
        return NONE
    source, start, target, at = (given.positional[index][0] for index in range(4))
    if start.only == (0,) and at.only == (0,):
        _put(calls, given, 2, source)
    else:
        inside = join(any_element(source), any_element(target))
        _put(calls, given, 2, Value(openness=CLOSED, rest=inside, type="list"))
    return NONE


def _fill(calls: Calls, given: Arguments) -> Value:
    """``Arrays.fill(array, value)``: nothing else is left in it."""
    if len(given.positional) == 2:
        array, value = given.positional[0][0], given.positional[1][0]
        items = tuple(value for _ in array.items) if array.items is not None else None
        _put(calls, given, 0, replace(array, items=items, rest=None if items is not None else value, taints=()))
    return NONE


def _add(calls: Calls, given: Arguments) -> Value:
    """``Collections.addAll(collection, values…)``."""
    if given.positional:
        collection = given.positional[0][0]
        more = Value(openness=CLOSED, items=tuple(value for value, _ in given.positional[1:]), type="list")
        _put(calls, given, 0, replace(joined_sequences([collection, more]), type=collection.type))
    return constant(value=True)


_DECODERS = frozenset({
    "java.net.URLDecoder.decode", "org.springframework.web.util.UriUtils.decode",
    "org.springframework.util.StringUtils.uriDecode", "org.springframework.web.util.HtmlUtils.htmlUnescape",
    "org.apache.commons.text.StringEscapeUtils.unescapeHtml4", "org.apache.commons.text.StringEscapeUtils.unescapeJava",
    "org.apache.commons.lang3.StringEscapeUtils.unescapeHtml4",
    "org.apache.commons.lang3.StringEscapeUtils.unescapeJava",
})  # fmt: skip
_EFFECTS: Mapping[str, Effect] = {
    "java.lang.System.arraycopy": _copy,
    "java.util.Arrays.fill": _fill,
    "java.util.Collections.addAll": _add,
}
