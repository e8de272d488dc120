"""Conditions about every element of an array: ``some``, ``every``, ``find``, and what they tell of the array."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.javascript.prototypes import RULE
from leery_analyzers.dataflow.javascript.sequences import is_sequence
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import Clearance, Value, all_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow.guards import Guards

_HOLDS_FOR_ALL = {"every": True, "some": False, "find": False, "findIndex": False}
"""Methods that ask a function of every element, and how all of them answer it where the method's answer is the same."""
_FEW = 12
_PARTS = frozenset({RULE})
"""What holds of a text if it holds of each of its parts."""


def of_all(
    guards: Guards, receiver: Value, argument: ir.Expression, base: ir.Expression, test: ir.Call, *, holds: bool
) -> bool:
    """What is known where a test has the same outcome for all elements; whether it is such a test.

    Args:
        guards: of the engine.
        receiver: the array.
        argument: the function.
        base: the array as it is written.
        test: the call.
        holds: whether the call is true.
    """
    name = test.callee.name if isinstance(test.callee, ir.Attribute) else ""
    closure = guards.engine.peek(argument).target
    if _HOLDS_FOR_ALL.get(name) is not holds or not isinstance(closure, Closure):
        return False
    body, parameters = closure.function.body, closure.function.parameters
    if len(body) != 1 or not isinstance(body[0], ir.Return) or body[0].value is None or not parameters:
        return False
    if receiver.items is not None and receiver.rest is None and len(receiver.items) <= _FEW:
        for item in receiver.items:
            _assumed(guards, closure, body[0].value, item, holds=holds)
        return True
    inside = any_element(receiver)
    if not all_taints(inside):
        return False
    kept = guards.engine.state
    guards.engine.state = kept.copy()
    found = _assumed(guards, closure, body[0].value, inside, holds=holds)
    guards.engine.state = kept
    for proof in _proofs(found, inside):
        _narrowed(guards, base, proof)
    return True


def _assumed(guards: Guards, closure: Closure, body: ir.Expression, item: Value, *, holds: bool) -> Value:
    """The element after a test of it has had an outcome, which is taken for given in the current state."""
    engine, name = guards.engine, closure.function.parameters[0].name
    closure.called = True
    before = engine.state.variables.get(name)
    engine.state.variables[name] = item
    engine.evaluator.of(body)
    guards.assume(body, holds=holds)
    found = engine.state.variables.get(name, item)
    if before is None:
        engine.state.variables.pop(name, None)
    else:
        engine.state.variables[name] = before
    return found


def _proofs(after: Value, before: Value) -> list[Clearance]:
    """What was found out of all that is in a value."""
    held = {proof for taint in all_taints(before) for proof in taint.clearances}
    taints = all_taints(after)
    first = taints[0].clearances if taints else ()
    return [proof for proof in first if proof not in held and all(proof in taint.clearances for taint in taints)]


def _narrowed(guards: Guards, base: ir.Expression, proof: Clearance) -> None:
    """Clear an array, or the text that it is made of by taking that apart."""
    whole = base.items[0][1] if isinstance(base, ir.Collection) and len(base.items) == 1 else None
    if isinstance(whole, ir.Argument):
        guards.narrow(whole.value, proof)
    elif isinstance(base, (ir.Name, ir.Attribute, ir.Index)):
        guards.narrow(base, proof)
    elif isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and base.callee.name == "split":
        classes = proof.classes & _PARTS
        if classes:
            guards.narrow(base.callee.base, Clearance(classes, proof.reason, proof.start, proof.end, proof.guess))


def lists(value: Value) -> bool:
    """Whether a value is an array whose elements are not known one by one."""
    return value.items is None and is_sequence(value)
