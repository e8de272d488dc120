"""Calls of JavaScript's that have ways of their own: tags of templates, ``bind``, ``super``, iterators, proxies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.javascript.lower_values import TAGGED
from leery_analyzers.dataflow.javascript.sequences import is_sequence
from leery_analyzers.dataflow.state import Bound, Closure, LocalClass, Preset
from leery_analyzers.dataflow.values import CLOSED, EVERY, OPEN, UNKNOWN, Clearance, Value, clear, constant, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.evaluate import Evaluator

_PROXY = "js.Proxy"
"""The type of what stands in front of another object."""
_TARGET, _HANDLER = "(target)", "(handler)"
_ITERATES = frozenset({"Symbol.iterator", "Symbol.asyncIterator"})
_ITERATORS = ("[Symbol.iterator]", "[Symbol.asyncIterator]")


def elements(engine: Engine, value: Value, node: ir.Node) -> Value | None:
    """What a loop over an object of one of the document's classes goes through; None for any other."""
    if not isinstance(value.target, LocalClass) or value.fields is None:
        return None
    method = next((value.target.member(name).target for name in _ITERATORS if name in value.target.members), None)
    found = engine.invoke(method, Arguments(), node, own=value)[0] if isinstance(method, Closure) else UNKNOWN
    return found if is_sequence(found) else None


def called(calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
    """What such a call gives; None for any other."""
    callee = node.callee
    if isinstance(callee, ir.Attribute) and callee.name == TAGGED:
        return _tagged(calls, callee, node, given)
    if isinstance(callee, ir.Attribute):
        is_parent = isinstance(callee.base, ir.Name) and callee.base.id == "super"
        return _of_parent(calls, node, callee.name, given) if is_parent else None
    if isinstance(callee, ir.Name) and callee.id == "super":
        return _of_parent(calls, node, "constructor", given)
    if isinstance(callee, ir.Name) and callee.id == "Proxy" and node.is_new and len(given.positional) == 2:
        fields: dict[ir.Constant, Value] = {_TARGET: given.positional[0][0], _HANDLER: given.positional[1][0]}
        return Value(openness=CLOSED, fields=fields, type=_PROXY)
    if isinstance(callee, ir.Index) and calls.engine.text(callee.key.start, callee.key.end) in _ITERATES:
        base = calls.engine.peek(callee.base)
        return base.but(type="list") if base.items is not None else base
    return None


def _tagged(calls: Calls, callee: ir.Attribute, node: ir.Call, given: Arguments) -> Value:
    """A template with a tag: a function of the document's, or one that keeps the values apart from the text."""
    tag = calls.engine.peek(callee.base)
    if isinstance(tag.target, (Closure, Bound)):
        return calls.apply(tag, given, node)
    reason = "a template's tag gets it apart from the text"
    proof = Clearance(frozenset({EVERY}), reason, node.start, node.end, guess=True)
    return clear(Value(taints=derived(given.taints())), proof)


def of_object(evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
    """A member that an object written out gives by a function, or by one of its handler; None for any other."""
    if base.type == _PROXY:
        return _through(evaluator, base, name, node)
    if name == "raw" and base.items is not None:
        return base  # the texts of a template
    own = base.fields.get(f"get {name}") if base.fields is not None else None
    if own is None or not isinstance(own.target, Closure):
        return None
    return evaluator.engine.invoke(own.target, Arguments(), node, own=base)[0]


def _through(evaluator: Evaluator, proxy: Value, name: str, node: ir.Expression) -> Value:
    """A member of what stands in front of another object, as its handler gives it."""
    fields = proxy.fields or {}
    target, handler = fields.get(_TARGET, UNKNOWN), fields.get(_HANDLER, UNKNOWN)
    trap = (handler.fields or {}).get("get")
    if trap is None or not isinstance(trap.target, Closure):
        return evaluator.member(target, name, node)
    given = Arguments([(target, node), (constant(name), node), (proxy, node)])
    own = handler if trap.target.function.is_method else None
    return evaluator.engine.invoke(trap.target, given, node, own=own)[0]


def invoked(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """``call``, ``apply`` and ``bind`` of a function."""
    if name == "bind":
        if len(given.positional) < 2 or given.rest is not None:
            return receiver
        return Value(openness=OPEN, target=Preset(receiver, Arguments(given.positional[1:])))
    if name == "call":
        return calls.apply(receiver, Arguments(given.positional[1:]), node)
    if name == "apply":
        passed = given.at(1) or UNKNOWN
        items = passed.items if passed.items is not None else (any_element(passed),)
        return calls.apply(receiver, Arguments([(item, node) for item in items]), node)
    return None


def _of_parent(calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
    """``super.name(…)`` of a class whose parent the document declares."""
    own = calls.engine.lookup("this")
    here = own.target if own is not None else None
    function = calls.engine.frame.function
    while isinstance(here, LocalClass) and not _declares(here, function):
        here = here.parents[0] if here.parents else None
    parent = here.parents[0] if isinstance(here, LocalClass) and here.parents else None
    method = parent.member(name).target if parent is not None else None
    if own is None or not isinstance(method, Closure):
        return None
    result, after = calls.engine.invoke(method, given, node, own=own)
    if after is not None:
        calls.engine.assign_quietly(ir.Name(node.start, node.end, "this"), after)
    return result


def _declares(owner: LocalClass, function: ir.Function | None) -> bool:
    """Whether a function is a method of a class itself, and of none that it derives from."""
    inherited = owner.parents[0].members if owner.parents else {}
    return any(
        isinstance(member.target, Closure) and member.target.function is function and inherited.get(name) is not member
        for name, member in owner.members.items()
    )
