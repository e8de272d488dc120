"""Java's objects that hold one thing: references that threads share, locals of a thread, boxes of libraries.

Also what comes later: the value of a future is the value that it will have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.java.calls import applied
from leery_analyzers.dataflow.values import CLOSED, NONE, UNKNOWN, Value, all_taints, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

HOLDER = "java.Holder"
_HELD = "held"
_READ = frozenset({"get", "getPlain", "getAcquire", "getOpaque", "getValue", "getAndSet", "orElse", "toString"})
_WRITE = frozenset({"set", "setPlain", "setRelease", "setOpaque", "setValue", "lazySet", "getAndSet"})
_CHANGE = frozenset({"updateAndGet", "getAndUpdate", "accumulateAndGet"})
_LATER = frozenset({
    "java.util.concurrent.CompletableFuture.supplyAsync", "io.reactivex.Single.fromCallable",
    "reactor.core.publisher.Mono.fromSupplier", "reactor.core.publisher.Mono.fromCallable",
    "reactor.core.publisher.Mono.defer", "java.security.AccessController.doPrivileged",
})  # fmt: skip
_RUNS = frozenset({"submit", "invokeAny", "supply", "computeInTransaction"})


def held(given: Arguments) -> Value:
    """The value of ``new AtomicReference<>(first)``."""
    return Value(openness=CLOSED, fields={_HELD: given.at(0) or NONE}, type=HOLDER)


def holder_method(calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """What a holder's method gives, the holder changed; None if it is none."""
    if receiver.type != HOLDER:
        return None
    inside = (receiver.fields or {}).get(_HELD, Value(taints=derived(all_taints(receiver))))
    name = callee.name
    after: Value | None = None
    if name in _WRITE:
        after = given.at(0) or UNKNOWN
    elif name in _CHANGE:
        after = applied(calls, given.at(len(given.positional) - 1), [inside, *_values(given)], node)
    elif name == "remove":
        after = NONE
    if after is not None:
        calls.engine.assign_quietly(callee.base, receiver.but(openness=CLOSED, fields={_HELD: after}, taints=()))
        return inside if name.startswith("getAnd") else after if name in _CHANGE else NONE
    return inside if name in _READ else None


def _values(given: Arguments) -> list[Value]:
    return [value for value, _ in given.positional if value.target is None]


def later(calls: Calls, node: ir.Call, names: list[str], given: Arguments) -> Value | None:
    """What a function that is passed to be run by another thread will give; None for any other call."""
    if not names or not (names[0] in _LATER or names[0].rpartition(".")[2] in _RUNS):
        return None
    function = given.at(0)
    if function is None or function.target is None:
        return None
    found = applied(calls, function, [], node)
    return found if found is not NONE else None
