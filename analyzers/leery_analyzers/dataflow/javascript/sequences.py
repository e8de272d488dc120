"""JavaScript's arrays as values, and what changes one."""

from __future__ import annotations

from leery_analyzers.dataflow.elements import MAX_ITEMS
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.values import CLOSED, WIDENED, Value

Change = tuple[Value, "Value | None"]
NUMBER = Value(type="number", openness=WIDENED)


def is_sequence(value: Value) -> bool:
    """Whether a value is known to be an array."""
    return value.items is not None or value.type == "array"


def array_of(items: tuple[Value, ...]) -> Value:
    """An array written out."""
    if len(items) > MAX_ITEMS:
        return Value(openness=CLOSED, rest=join_all(items), type="array")
    return Value(openness=CLOSED, items=items, type="array")
