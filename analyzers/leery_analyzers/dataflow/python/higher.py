"""Functions of Python's library that call those they are given: now, later, once for each element, or with more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.elements import any_element, element
from leery_analyzers.dataflow.state import Bound, Closure, LocalClass, Preset
from leery_analyzers.dataflow.values import CLOSED, NOTHING, OPEN, UNKNOWN, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.calls import Calls

FUTURE = "concurrent.futures.Future"
_MOST = 20
"""Elements for each of which a function is followed."""
_PARTIAL = frozenset({"functools.partial", "functools.partialmethod"})
_NOW: Mapping[str, int] = {
    "asyncio.to_thread": 0,
    "anyio.to_thread.run_sync": 0,
    "fastapi.concurrency.run_in_threadpool": 0,
    "starlette.concurrency.run_in_threadpool": 0,
    "run_in_threadpool": 0,
    ".run_in_executor": 1,
    ".run_sync": 0,
    "copy_context.run": 0,
}
"""Functions that give what another one gives, and at which position they take it; its arguments stand behind it."""
_LATER: Mapping[str, int] = {
    ".submit": 0,
    ".add_task": 0,
    ".call_soon": 0,
    ".call_soon_threadsafe": 0,
    ".call_later": 1,
    ".call_at": 1,
    "atexit.register": 0,
    ".on_commit": 0,
    ".start_soon": 0,
    ".spawn": 0,
    ".spawn_later": 1,
    ".spawn_n": 0,
    "gevent.spawn": 0,
    "eventlet.spawn": 0,
    ".start_background_task": 0,
    ".enqueue": 0,
    ".callLater": 1,
    ".callInThread": 0,
    ".deferToThread": 0,
    "_thread.start_new_thread": 0,
}
_BEHIND: Mapping[str, str] = {
    ".execute_read": "neo4j.Session",
    ".execute_write": "neo4j.Session",
    ".read_transaction": "neo4j.Session",
    ".write_transaction": "neo4j.Session",
    ".with_transaction": "",
    "curses.wrapper": "",
}
"""Functions that call another one with something of their own first, of which type, then with what stands behind."""
_LISTED: Mapping[str, tuple[int, int, int]] = {
    "threading.Thread": (1, 3, 4),
    "multiprocessing.Process": (1, 3, 4),
    "threading.Timer": (1, 2, 3),
    ".apply_async": (0, 1, 2),
    ".apply": (0, 1, 2),
}
"""Functions that take another one's arguments as a list and a map: where they take which."""
_NAMES = (("target", "function", "func"), ("args",), ("kwargs", "kwds"))
_GETTERS = {"operator.itemgetter": "(item)", "operator.attrgetter": "(member)"}
"""Functions that give one which reads an element, or a member."""
_EACH = frozenset({"map", "itertools.starmap", ".map", ".imap", ".imap_unordered", ".starmap", ".map_async"})
_STARRED = frozenset({"itertools.starmap", ".starmap"})


def called(calls: Calls, names: list[str], node: ir.Call, given: Arguments) -> Value | None:
    """What such a function gives; None for any other, and where nothing is known of what it is given."""
    if names and names[0] in _GETTERS and given.positional and not given.named:
        return Value(openness=OPEN, target=Preset(Value(name=_GETTERS[names[0]]), given))
    if names and names[0] in _GETTERS.values():
        return _read(calls, names[0], node, given)
    return next((found for name in names if (found := _named(calls, name, node, given)) is not None), None)


def _named(calls: Calls, name: str, node: ir.Call, given: Arguments) -> Value | None:
    if name in _PARTIAL:
        return _preset(given)
    if name in _LISTED and (found := _listed(calls, _LISTED[name], node, given)) is not None:
        return found
    if name in _EACH:
        return _each(calls, node, given, starred=name in _STARRED)
    if name == "filter":
        return _kept(calls, node, given)
    return _once(calls, name, node, given)


def _once(calls: Calls, name: str, node: ir.Call, given: Arguments) -> Value | None:
    """What a function gives that calls another one with what it is given behind it."""
    where = _NOW.get(name, _LATER.get(name))
    if where is not None:
        return _passed_on(calls, where, node, given, later=name in _LATER)
    if name in _BEHIND:
        return _behind(calls, Value(openness=OPEN, type=_BEHIND[name]), node, given)
    return None


def _read(calls: Calls, name: str, node: ir.Call, given: Arguments) -> Value | None:
    """An element or a member of the last argument, under each of the others."""
    *keys, (whole, _) = given.positional
    if name == "(item)":
        found = [element(whole, key) for key, _ in keys]
    else:
        told = [key.text for key, _ in keys]
        if not all(one is not None and one.isidentifier() for one in told):
            return None
        found = [calls.evaluator.member(whole, str(one), node) for one in told]
    if not found:
        return None
    return found[0] if len(found) == 1 else Value(openness=CLOSED, items=tuple(found), type="tuple")


def _is_known(function: Value) -> bool:
    return isinstance(function.target, (Closure, Bound, LocalClass, Preset)) or bool(function.name)


def _preset(given: Arguments) -> Value | None:
    if not given.positional or not _is_known(given.positional[0][0]):
        return None
    more = Arguments(given.positional[1:], given.named, given.rest, given.loose)
    return Value(openness=OPEN, target=Preset(given.positional[0][0], more))


def _passed_on(calls: Calls, where: int, node: ir.Call, given: Arguments, *, later: bool) -> Value | None:
    if len(given.positional) <= where or not _is_local(given.positional[where][0]):
        return None
    more = Arguments(given.positional[where + 1 :], given.named, given.rest, given.loose)
    result = calls.apply(given.positional[where][0], more, node)
    return Value(openness=CLOSED, rest=result, type=FUTURE) if later else result


def _behind(calls: Calls, own: Value, node: ir.Call, given: Arguments) -> Value | None:
    """What a function gives that is called with something that its caller makes, then with the further arguments."""
    if not given.positional or not _is_local(given.positional[0][0]):
        return None
    (function, place), *others = given.positional
    return calls.apply(function, Arguments([(own, place), *others], given.named, given.rest, given.loose), node)


def _is_local(function: Value) -> bool:
    return isinstance(function.target, (Closure, Bound, Preset))


def _listed(calls: Calls, places: tuple[int, int, int], node: ir.Call, given: Arguments) -> Value | None:
    found = [
        next((value for name in names if (value := given.find(name)) is not None), None) or given.find(place)
        for place, names in zip(places, _NAMES, strict=True)
    ]
    function, listed, named = found
    if function is None or not _is_local(function[0]):
        return None
    more = Arguments()
    if listed is not None:
        if listed[0].items is not None and listed[0].rest is None:
            more.positional.extend((item, listed[1]) for item in listed[0].items)
        else:
            more.spread(listed[0])
    if named is not None:
        more.named.update((str(key), (value, named[1])) for key, value in (named[0].fields or {}).items())
    return Value(openness=CLOSED, rest=calls.apply(function[0], more, node), type=FUTURE)


def _each(calls: Calls, node: ir.Call, given: Arguments, *, starred: bool) -> Value | None:
    if len(given.positional) < 2 or given.rest is not None or not _is_known(given.positional[0][0]):
        return None
    (function, _), *lists = given.positional
    known = [value.items for value, _ in lists if value.items is not None and value.rest is None]
    rows: list[list[Value]]
    exact = len(known) == len(lists) and min(len(items) for items in known) <= _MOST
    rows = [list(row) for row in zip(*known, strict=False)] if exact else [[any_element(value) for value, _ in lists]]
    results = [_one(calls, function, row, lists[0][1], node, starred=starred) for row in rows]
    if exact:
        return Value(openness=CLOSED, items=tuple(results), type="list")
    return Value(openness=CLOSED, rest=results[0], type="list")


def _one(calls: Calls, function: Value, row: list[Value], place: ir.Node, node: ir.Call, *, starred: bool) -> Value:
    """What a function gives for one element, or one of each list."""
    if any(value is NOTHING for value in row):
        return UNKNOWN
    more = Arguments()
    if not starred:
        more.positional.extend((value, place) for value in row)
    elif row[0].items is not None and row[0].rest is None:
        more.positional.extend((value, place) for value in row[0].items)
    else:
        more.spread(row[0])
    return calls.apply(function, more, node)


def _kept(calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
    """``filter``: the elements that a function of the document says yes to."""
    if len(given.positional) != 2 or not isinstance(given.positional[0][0].target, (Closure, Bound)):
        return None
    (function, _), (whole, place) = given.positional
    target = function.target
    closure, own = (target.closure, target.own) if isinstance(target, Bound) else (target, None)
    inside = any_element(whole)
    if inside is NOTHING:
        return None
    passed = calls.engine.passed(closure, Arguments([(inside, place)]), node, own)
    return Value(openness=CLOSED, rest=passed, type="list")
