"""Lists and streams whose elements are known, tested and put together one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import folding
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.java.calls import applied
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.values import CLOSED, NONE, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

    Change = tuple[Value, Value | None]

MOST_APPLIED = 12


def followed(receiver: Value) -> tuple[Value, ...] | None:
    """The elements of a sequence that are followed one by one; None if there are too many, or others."""
    if receiver.items is None or receiver.rest is not None or len(receiver.items) > MOST_APPLIED:
        return None
    return receiver.items


def filtered(calls: Calls, node: ir.Call, test: Value | None, receiver: Value, *, keep: bool = True) -> Value:
    """What is left of a sequence after a test.

    Args:
        calls: the engine's calls.
        node: the call.
        test: the function that is asked of each element.
        receiver: the sequence.
        keep: whether what it says yes to is left, or what it says no to.
    """
    items = followed(receiver)
    if items is None:
        inside = any_element(receiver)
        applied(calls, test, [inside], node)
        return Value(openness=CLOSED, rest=after_test(calls, test, inside, holds=keep), type="list")
    left: list[Value] = []
    sure = True
    for item in items:
        decided = folding.truth(applied(calls, test, [item], node))
        if decided is None:
            sure = False
            left.append(after_test(calls, test, item, holds=keep))
        elif decided is keep:
            left.append(item)
    if sure:
        return Value(openness=CLOSED, items=tuple(left), type=receiver.type or "list")
    return Value(openness=CLOSED, rest=join_all(left), type=receiver.type or "list")


def until(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value:
    """``takeWhile`` and ``dropWhile``: what stands before the first element that a test says no to, or from it on."""
    items, test = followed(receiver), given.at(0)
    taken: list[Value] = []
    for index, item in enumerate(items or ()):
        decided = folding.truth(applied(calls, test, [item], node))
        if decided is False and name == "takeWhile":
            return Value(openness=CLOSED, items=tuple(taken), type="list")
        if decided is False and items is not None:
            return Value(openness=CLOSED, items=items[index:], type="list")
        if decided is None:
            items = None
            break
        taken.append(item)
    if items is None:
        inside = any_element(receiver)
        applied(calls, test, [inside], node)
        kept = after_test(calls, test, inside) if name == "takeWhile" else inside
        return Value(openness=CLOSED, rest=kept, type="list")
    return Value(openness=CLOSED, items=items if name == "takeWhile" else (), type="list")


def after_test(calls: Calls, test: Value | None, inside: Value, *, holds: bool = True) -> Value:
    """What a test lets pass: its own parameter where the test comes out as wanted."""
    target = test.target if test is not None else None
    function = getattr(target, "function", None)
    if function is None or len(function.parameters) != 1 or not function.body:
        return inside
    last = function.body[-1]
    condition = getattr(last, "value", None)
    if condition is None or not all_taints(inside):
        return inside
    engine = calls.engine
    kept = engine.state
    engine.state = kept.copy()
    name = function.parameters[0].name
    engine.state.variables[name] = inside
    engine.evaluator.of(condition)
    engine.guards.assume(condition, holds=holds)
    found = engine.state.variables.get(name, inside)
    engine.state = kept
    return found


def reduced(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value:
    """``stream.reduce(first, function)``, from the left to the right."""
    items, values = followed(receiver), [value for value, _ in given.positional]
    function = values[-1] if values else None
    if items is None or function is None or len(values) > 2:
        known = [value for value in values if value.target is None]
        return Value(taints=derived(all_taints(join_all([any_element(receiver), *known]))))
    rest: Sequence[Value] = [*values[:-1], *items]
    if not rest:
        return NONE
    result = rest[0]
    for item in rest[1:]:
        result = applied(calls, function, [result, item], node)
    return result


def functional(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Change | None:
    """Methods of lists that are given functions; None for any other."""
    if name == "removeIf":
        return constant(value=True), filtered(calls, node, given.at(0), receiver, keep=False).but(type=receiver.type)
    if name == "replaceAll" and len(given.positional) == 1:
        items = followed(receiver)
        if items is not None:
            changed = tuple(applied(calls, given.at(0), [item], node) for item in items)
            return NONE, receiver.but(items=changed)
        inside = any_element(receiver)
        return NONE, receiver.but(items=None, rest=join(inside, applied(calls, given.at(0), [inside], node)))
    return None


def in_order(collection: Value, *, back: bool = False) -> Value:
    """A list after it was sorted: in the order of its elements if all are known, in any order otherwise."""
    if collection.items is None or len(collection.items) < 2:
        return collection
    known = [item.only[0] for item in collection.items if item.only is not None]
    texts, numbers = [x for x in known if isinstance(x, str)], [x for x in known if type(x) is int]
    count = len(collection.items)
    found: Sequence[str | int] = texts if len(texts) == count else numbers
    if len(found) != count:
        return collection.but(items=None, rest=any_element(collection))
    return collection.but(items=tuple(constant(item) for item in sorted(found, reverse=back)))
