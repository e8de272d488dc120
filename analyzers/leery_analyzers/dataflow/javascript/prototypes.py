"""Objects whose properties are set under names from outside: two levels deep, that can reach the prototype of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.models import SinkModel
from leery_analyzers.dataflow.values import OPEN, Value, all_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.engine import Engine

LOOKED_UP = "(looked up)"
"""The type of what was looked up by a name from outside, and may be a prototype."""
RULE = "prototype-pollution"
NOT_PROTO = "(not __proto__)"
"""A class that no sink has: a name is not the one that leads to the prototype at once."""
NAMES = frozenset({"__proto__", "constructor", "prototype"})
_BY_TEXT = SinkModel((), RULE, parameter="medium", confidence="medium")
_BY_ANYTHING = SinkModel((), RULE, confidence="medium")


def looked_up(base: Value, key: Value, found: Value) -> Value:
    """An element under a key from outside, marked as such."""
    if found.type not in {"", "object", LOOKED_UP} or found.name or base.items is not None or not all_taints(key):
        return found
    if base.type == "Map" or (base.fields is not None and base.type in {"array", "set", "web.Value"}):
        return found
    if all(taint.cleared(RULE) or taint.cleared(NOT_PROTO) for taint in all_taints(key)):
        return found
    return found.but(type=LOOKED_UP)


def assigned(engine: Engine, target: ir.Index, base: Value, value: Value) -> None:
    """A property that is set: whether its object was looked up by a name from outside."""
    if base.type != LOOKED_UP or (value.openness != OPEN and not all_taints(value)):
        return
    key = engine.evaluator.of(target.key)
    if not all_taints(key):
        return
    sink = _BY_TEXT if key.type == "str" else _BY_ANYTHING
    engine.sinks.reach(sink, key, target, (target.start, target.end))
