"""JavaScript's arrays as values, and what changes one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.elements import MAX_ITEMS, any_element
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.values import CLOSED, WIDENED, Taint, Value, all_taints, map_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir

Change = tuple[Value, "Value | None"]
SPLIT = "it is split there"
"""Why what a text is split at is in none of its parts; it may be again where these are joined."""
_BETWEEN = re.compile(r"""[\w -]*|&#?\w+;|''|""|\\['"]|'\\''|['"]?, ?(?:"'"|'"'), ?['"]?""")
"""What does no harm between the parts: letters, entities, and quotes that are escaped."""
_DEPTH = 2
NUMBER = Value(type="number", openness=WIDENED)


def is_sequence(value: Value) -> bool:
    """Whether a value is known to be an array."""
    return value.items is not None or value.type == "array"


def array_of(items: tuple[Value, ...]) -> Value:
    """An array written out."""
    if len(items) > MAX_ITEMS:
        return Value(openness=CLOSED, rest=join_all(items), type="array")
    return Value(openness=CLOSED, items=items, type="array")


def moved(value: Value) -> Value:
    """An array of which no more than some places are known, as one whose elements may stand anywhere."""
    if value.fields is None or value.items is not None:
        return value
    held = [one for key, one in value.fields.items() if type(key) is int]
    return value.but(fields=None, rest=join_all([*held, any_element(value.but(fields=None))]))


def cut_from(value: Value, start: int, end: int | None) -> Value:
    """The same from one place to another: what is counted from the end stays where it is, if the end does."""
    loose = moved(value)
    fields: dict[ir.Constant, Value] = {}
    for key, one in (value.fields or {}).items():
        if type(key) is not int:
            continue
        if key >= start >= 0 and (end is None or end < 0 or key < end):
            fields[key - start] = one
        elif key < 0 and end is None and (start >= 0 or key >= start):
            fields[key] = one
    return loose.but(fields=fields or None)


def put_between(value: Value, by: str | None) -> Value:
    """An array's element in the text that all are joined to, by a text that may not be known."""
    return value if by is not None and _BETWEEN.fullmatch(by) else _whole_again(value)


def _whole_again(value: Value, depth: int = 0) -> Value:
    if not all_taints(value) and not value.forms:
        return value
    forms = tuple(
        tuple(piece if isinstance(piece, str) or depth > _DEPTH else _whole_again(piece, depth + 1) for piece in form)
        for form in value.forms
    )
    return value.but(taints=map_taints(value.taints, _joined_again), forms=forms)


def _joined_again(taint: Taint) -> Taint:
    kept = tuple(proof for proof in taint.clearances if proof.reason != SPLIT)
    if len(kept) == len(taint.clearances):
        return taint
    return Taint(taint.source, taint.marks, kept, taint.exact, taint.weak)
