"""Calls of JavaScript's own that call a function they are given, change what they are given, or write it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.contexts import NO_TAGS
from leery_analyzers.dataflow.dispatch import written
from leery_analyzers.dataflow.javascript.callbacks import with_function
from leery_analyzers.dataflow.javascript.encodings import encoded
from leery_analyzers.dataflow.javascript.functions import FUNCTIONS
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.state import Closure, LocalClass
from leery_analyzers.dataflow.values import (
    CLOSED,
    FIXED,
    OPEN,
    UNKNOWN,
    WIDENED,
    Clearance,
    Value,
    all_taints,
    clear,
    derived,
)

if TYPE_CHECKING:
    from leery_analyzers.dataflow.calls import Calls

_KEPT = frozenset({"useMemo", "react.useMemo", "React.useMemo", "computed", "vue.computed"})
"""Functions that give what a function gives."""
_ASSIGNS = frozenset({"Object.assign", "lodash.assign", "lodash.extend", "object-assign"})
_DEFINES = frozenset({"Reflect.set", "Object.defineProperty"})
WRITES = ("[Symbol.toPrimitive]", "toString")
"""Methods that write an object as a text, those that are asked first before others."""
_CHILDREN = frozenset({"appendChild", "append", "replaceChildren", "prepend"})
_TEXTS = frozenset({"textContent", "innerText"})
_NODE = "(text of a page)"
_GROUPS = 3
"""What a function that replaces is given at most: the match and two groups."""


def made(calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
    """What such a call gives; None for any other."""
    if isinstance(node.callee, ir.Attribute):
        found = _by_method(calls, node, node.callee, given)
        if found is not None:
            return found
    found = None
    if name.rpartition(".")[2] == "createTextNode":
        found = Value(taints=derived(given.taints()), type=_NODE)
    elif name in _KEPT:
        found = given.at(0)
        if found is not None and isinstance(found.target, Closure):
            found = calls.apply(found, Arguments(), node)
            if name.endswith("computed"):
                fields: dict[ir.Constant, Value] = {"value": found}
                found = Value(openness=CLOSED, fields=fields, type="vue.Computed")
    elif name == "String" and given.positional and isinstance(given.positional[0][0].target, LocalClass):
        found = written(calls.engine, given.positional[0][0], node, WRITES)
    elif name in _ASSIGNS or (name in _DEFINES and len(given.positional) > 1):
        found = (_merged if name in _ASSIGNS else _defined)(calls, node, name, given)
    elif name == "Array.from" and len(given.positional) > 1:
        elements = FUNCTIONS[name](given, node) or UNKNOWN
        found = with_function(calls, node, "map", elements, Arguments(given.positional[1:2]))
    return found


def _merged(calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
    """``Object.assign``: the first object is changed, too."""
    found = FUNCTIONS[name](given, node)
    if found is not None and given.positional and isinstance(node.arguments[0].value, (ir.Name, ir.Attribute)):
        calls.engine.assign_quietly(node.arguments[0].value, found)
    return found


def _by_method(calls: Calls, node: ir.Call, callee: ir.Attribute, given: Arguments) -> Value | None:
    """What a method gives that is one of many types."""
    if callee.name == "toString" and given.positional:
        return encoded(calls.engine.peek(callee.base), given.positional[0][0].text or "", node)
    if callee.name in {"replace", "replaceAll"}:
        return _filled(calls, node, calls.engine.peek(callee.base), given)
    if callee.name in _CHILDREN and any(value.type == _NODE for value, _ in given.positional):
        target = ir.Attribute(node.start, node.end, callee.base, "textContent")
        calls.engine.assign_quietly(target, join_all(value for value, _ in given.positional))
    return None


def _filled(calls: Calls, node: ir.Call, receiver: Value, given: Arguments) -> Value | None:
    """A text of the program's own in which a function's answers are put in the place of what is found."""
    function = given.at(1)
    if function is None or not isinstance(function.target, Closure) or all_taints(receiver):
        return None
    found = UNKNOWN if receiver.openness == OPEN else FIXED
    filled = calls.apply(function, Arguments([(found, node)] * _GROUPS), node)
    taints = derived(all_taints(filled))
    known = OPEN not in {receiver.openness, filled.openness}
    return Value(taints=taints, type="str", openness=WIDENED if known and not taints else OPEN)


def written_as_markup(base: Value, node: ir.Expression) -> Value | None:
    """What a page makes of a text that was put into an element as a text; None if none was."""
    held = [value for name, value in (base.fields or {}).items() if name in _TEXTS]
    if not held:
        return None
    proof = Clearance(frozenset({NO_TAGS}), "the page writes it as a text", node.start, node.end)
    taints = derived(all_taints(join_all(held)))
    return clear(Value(taints=taints, type="str", openness=OPEN if taints else WIDENED), proof)


def _defined(calls: Calls, node: ir.Call, name: str, given: Arguments) -> Value | None:
    """``Reflect.set`` and ``Object.defineProperty``."""
    value, key = given.at(2) or UNKNOWN, given.at(1)
    if name == "Object.defineProperty":
        value = (value.fields or {}).get("value") or UNKNOWN
    if key is None or key.only is None or len(node.arguments) != len(given.positional):
        return None
    target = ir.Index(node.start, node.end, node.arguments[0].value, node.arguments[1].value)
    calls.engine.assign_quietly(target, value)
    return given.at(0) if name == "Object.defineProperty" else Value(type="bool", openness=OPEN)
