"""Python's functions that act on what they are given: iterators, heaps, members by their names, files that are logs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.python import objects
from leery_analyzers.dataflow.state import LocalClass
from leery_analyzers.dataflow.values import NONE, NOTHING, UNKNOWN, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine

_LOGS = re.compile(r"(?i)\blogs?\b|\.log\b|journal|audit")
"""Names of files that are logs."""
_LOGGING = re.compile(
    r"(?i)audit|journal|(?<![a-z])log(?:s|ger|_?file|_?path)?(?![a-z])|[a-z](?-i:Log(?:s|ger)?)(?![a-z])"
)
"""Names of settings, classes and functions that are about logs."""
_HEAPS = frozenset({
    "heapq.heappush", "heapq.heappop", "heapq.heapify", "heapq.heappushpop", "heapq.heapreplace", "bisect.insort",
    "bisect.insort_left", "bisect.insort_right", "random.shuffle",
})  # fmt: skip
_OPENS = frozenset({"open", "io.open", "codecs.open"})


def special(calls: Calls, name: str, node: ir.Call, given: Arguments) -> Value | None:
    """Files that are logs, objects that write themselves, members that are named by a text."""
    if name in _BY_NAME:
        return _BY_NAME[name](calls, node, given)
    if name in _OPENS and set((given.at(1, "mode") or UNKNOWN).text or "") & {"w", "a"} and _is_log(calls, given):
        return Value(type="io.LogFile")
    if name in _HEAPS and node.arguments and given.positional:
        return _heap(calls, name, node, given)
    if name == "str":
        return objects.own(calls.engine, given.at(0) or UNKNOWN, "__str__", node)
    if name == "setattr" and len(given.positional) == 3 and len(node.arguments) == 3:
        return _set_member(calls, node, given)
    return None


def _get_member(calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
    """``getattr``, if the name is known."""
    named = given.at(1)
    if named is None or named.text is None:
        return None
    return calls.evaluator.member(given.at(0) or UNKNOWN, named.text, node)


def _printed(calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
    """What is printed into a text that is put together in memory."""
    file = given.get("file") or UNKNOWN
    place = next((argument.value for argument in node.arguments if argument.name == "file"), None)
    if file.type != "io.StringIO" or place is None:
        return None
    inside = join_all(value for value, _ in given.positional)
    calls.engine.assign_quietly(place, file.but(rest=inside if file.rest is None else join(file.rest, inside)))
    return NONE


def _next(calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
    """The first of the elements that are left; a variable has the others from here on."""
    left = given.at(0)
    if left is None or not left.items or left.rest is not None or left.type != "list":
        return None
    place = node.arguments[0].value
    if isinstance(place, ir.Name):
        if calls.engine.frame.loops:
            return None
        calls.engine.assign_quietly(place, left.but(items=left.items[1:]))
    return left.items[0]


def entered(engine: Engine, value: Value, node: ir.Node) -> Value:
    """What a ``with`` gives: what an object's own method says, or a generator hands out first; the value otherwise."""
    found = objects.own(engine, value, "__enter__", node) or objects.own(engine, value, "__aenter__", node)
    if found is not None or value.type != "list":
        return found or value
    return value.items[0] if value.items else any_element(value)


def _set_member(calls: Calls, node: ir.Call, given: Arguments) -> Value:
    """``setattr``: under a name that is not known, any member may have changed."""
    (held, _), (named, _), (value, _) = given.positional
    place = node.arguments[0].value
    if named.text is not None:
        calls.engine.assign_quietly(ir.Attribute(node.start, node.end, place, named.text), value)
    elif held.fields is not None:
        fields = {key: join(inner, value) for key, inner in held.fields.items()}
        calls.engine.assign_quietly(place, held.but(fields=fields))
    return NONE


def _heap(calls: Calls, name: str, node: ir.Call, given: Arguments) -> Value | None:
    """A list that is kept in order: not known which element stands where."""
    held = given.positional[0][0]
    parts = [any_element(held), *(value for value, _ in given.positional[1:2])]
    inside = join_all(part for part in parts if part is not NOTHING)
    if inside is NOTHING:
        return None
    calls.engine.assign_quietly(node.arguments[0].value, held.but(items=None, rest=inside))
    return inside if "pop" in name or "replace" in name else NONE


def _is_log(calls: Calls, given: Arguments) -> bool:
    """Whether a file that is written is a log, by its path, by where that comes from, or by who writes it."""
    if _LOGS.search(_path(given)):
        return True
    frame, found = calls.engine.frame, given.at(0, "file") or UNKNOWN
    owner = frame.own.target if frame.own is not None else None
    told = [taint.source.text for taint in found.taints if taint.source.origin == "environment"]
    told += [owner.name if isinstance(owner, LocalClass) else "", frame.function.name if frame.function else ""]
    return any(_LOGGING.search(one) for one in told)


def _path(given: Arguments) -> str:
    """What is known of the path of a file that is opened."""
    found = given.at(0, "file")
    if found is None:
        return ""
    return found.text or " ".join(piece for form in found.forms for piece in form if isinstance(piece, str))


_BY_NAME: Mapping[str, Callable[[Calls, ir.Call, Arguments], Value | None]] = {
    "next": _next,
    "print": _printed,
    "getattr": _get_member,
}
