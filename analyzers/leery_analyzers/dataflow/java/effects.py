"""Java's calls that change what they are given: arrays that are copied into, collections that are filled."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.elements import any_element, joined_sequences
from leery_analyzers.dataflow.encodings import read
from leery_analyzers.dataflow.java.sequences import in_order
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import CLOSED, FIXED, NONE, UNKNOWN, Value, all_taints, constant, derived

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
    if name.endswith(".nextBytes") and len(given.positional) == 1:
        _put(calls, given, 0, UNKNOWN)
        return NONE
    if name.rpartition(".")[2] in _OF_PROGRAM:
        resource = given.at(0)
        return FIXED.but(type="java.io.InputStream") if resource is not None and resource.is_constant else None
    if receiver is not None and receiver.openness == FIXED.openness and name in _READS and not given.taints():
        return FIXED
    found = _EFFECTS.get(name)
    if found is None and name in _DECODERS and given.positional:
        return read(given.positional[0][0], frozenset(), _DECODERS[name])
    return found(calls, given) if found is not None else None


def _plain(text: str) -> str:
    """A text with escapes as Java reads them; one with other escapes than Python's stays unknown."""
    if "\\" in text:
        raise ValueError
    return text


def _put(calls: Calls, given: Arguments, index: int, value: Value) -> None:
    place = given.positional[index][1]
    if isinstance(place, (ir.Name, ir.Attribute)):
        calls.engine.assign_quietly(place, value)


def _copy(calls: Calls, given: Arguments) -> Value:
    """``System.arraycopy(from, at, to, at, count)``."""
    if len(given.positional) != 5:
        return NONE
    source, start, target, at = (given.positional[index][0] for index in range(4))
    count = given.positional[4][0]
    numbers = [value.only[0] for value in (start, at, count) if value.only is not None]
    known = [number for number in numbers if type(number) is int and number >= 0]
    if source.items is not None and target.items is not None and len(known) == 3:
        first, to, length = known
        items = list(target.items)
        items[to : to + length] = source.items[first : first + length]
        _put(calls, given, 2, target.but(items=tuple(items[: len(target.items)])))
    elif start.only == (0,) and at.only == (0,) and source.items is None:
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
        _put(
            calls, given, 0, Value(openness=CLOSED, items=items, rest=None if items is not None else value, type="list")
        )
    return NONE


def _add(calls: Calls, given: Arguments) -> Value:
    """``Collections.addAll(collection, values…)``."""
    if given.positional:
        collection = given.positional[0][0]
        more = Value(openness=CLOSED, items=tuple(value for value, _ in given.positional[1:]), type="list")
        _put(calls, given, 0, joined_sequences([collection, more]).but(type=collection.type))
    return constant(value=True)


def _reverse(calls: Calls, given: Arguments) -> Value:
    """``Collections.reverse(list)``."""
    collection = given.at(0)
    if collection is not None and collection.items is not None:
        _put(calls, given, 0, collection.but(items=collection.items[::-1]))
    return NONE


def _swap(calls: Calls, given: Arguments) -> Value:
    """``Collections.swap(list, i, j)``."""
    collection = given.at(0)
    places = [value.only[0] for value, _ in given.positional[1:] if value.only is not None]
    known = [place for place in places if isinstance(place, int)]
    if collection is None or collection.items is None:
        return NONE
    if len(known) == 2 and all(0 <= place < len(collection.items) for place in known):
        items = list(collection.items)
        items[known[0]], items[known[1]] = items[known[1]], items[known[0]]
        _put(calls, given, 0, collection.but(items=tuple(items)))
        return NONE
    return _mixed(calls, given)


def _sorted(calls: Calls, given: Arguments) -> Value:
    """``Collections.sort(list)``, ``Arrays.sort(array)``."""
    collection = given.at(0)
    if collection is None or collection.items is None:
        return NONE
    if len(given.positional) == 1:
        _put(calls, given, 0, in_order(collection))
        return NONE
    return _mixed(calls, given)


def _rotated(calls: Calls, given: Arguments) -> Value:
    """``Collections.rotate(list, distance)``."""
    collection, distance = given.at(0), given.at(1)
    only = distance.only if distance is not None else None
    if collection is None or not collection.items or only is None or type(only[0]) is not int:
        return _mixed(calls, given)
    by = only[0] % len(collection.items)
    items = collection.items[len(collection.items) - by :] + collection.items[: len(collection.items) - by]
    _put(calls, given, 0, collection.but(items=items))
    return NONE


def _mixed(calls: Calls, given: Arguments) -> Value:
    """``Collections.shuffle(list)``: what stands where is not known any more."""
    collection = given.at(0)
    if collection is not None and collection.items is not None and len(collection.items) > 1:
        _put(calls, given, 0, collection.but(items=None, rest=any_element(collection)))
    return NONE


_OF_PROGRAM = frozenset({"getResourceAsStream"})
"""Methods that open what is delivered with the program."""
_READS = frozenset({"java.io.InputStream.readAllBytes", "java.io.InputStream.readNBytes"})
_DECODERS: Mapping[str, Callable[[str], str]] = {
    "java.net.URLDecoder.decode": unquote_plus,
    "org.springframework.web.util.UriUtils.decode": unquote,
    "org.springframework.util.StringUtils.uriDecode": unquote,
    "org.springframework.web.util.HtmlUtils.htmlUnescape": html.unescape,
    "org.apache.commons.text.StringEscapeUtils.unescapeHtml4": html.unescape,
    "org.apache.commons.lang3.StringEscapeUtils.unescapeHtml4": html.unescape,
    "org.apache.commons.text.StringEscapeUtils.unescapeJava": _plain,
    "org.apache.commons.lang3.StringEscapeUtils.unescapeJava": _plain,
}
"""Functions that decode a text: what was found out of it before says nothing of it any more."""
_EFFECTS: Mapping[str, Effect] = {
    "java.lang.System.arraycopy": _copy,
    "java.util.Arrays.fill": _fill,
    "java.util.Collections.addAll": _add,
    "java.util.Collections.reverse": _reverse,
    "java.util.Collections.swap": _swap,
    **dict.fromkeys(("java.util.Collections.sort", "java.util.Arrays.sort"), _sorted),
    "java.util.Collections.shuffle": _mixed,
    "java.util.Collections.rotate": _rotated,
}
