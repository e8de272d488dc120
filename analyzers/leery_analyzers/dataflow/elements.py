"""What is inside values that hold others: elements of sequences, entries of maps, and such values put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import texts
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.values import (
    CLOSED,
    FIXED,
    NONE,
    OPEN,
    UNKNOWN,
    Taint,
    Value,
    all_taints,
    constant,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leery_analyzers.dataflow import ir

MAX_ITEMS = 60
"""Elements of a sequence that are known one by one."""
ELEMENTS = {
    "zipfile.ZipFile": "archive.Member",
    "tarfile.TarFile": "archive.Member",
    "archive.Member": "archive.Member",
    "archive.Entries": "archive.Entry",
    "web.Value": "web.Value",
    "web.Files": "web.Upload",
    "web.Texts": "web.Texts",
    "web.Upload": "web.Upload",
}
"""Types of what a loop over a value of some type gives."""


def merge_all(values: list[Value]) -> tuple[Taint, ...]:
    """The taints of several values in something made of them."""
    taints: tuple[Taint, ...] = ()
    for value in values:
        taints = merge_taints(taints, derived(all_taints(value)))
    return taints


def joined_sequences(values: list[Value], *, leading: bool = False) -> Value:
    """Sequences one after the other; what comes first may be known although the rest is not."""
    items, rest = run_together(values)
    if rest is None:
        return Value(openness=CLOSED, items=tuple(items), type="list")
    if items and leading:
        return Value(openness=CLOSED, items=tuple(items), rest=rest, type="list")
    return Value(openness=CLOSED, rest=join_all([*items, rest]), type="list")


def run_together(values: Iterable[Value]) -> tuple[list[Value], Value | None]:
    """The elements of sequences one after the other: those whose place is known, and what the others may be."""
    items: list[Value] = []
    rest: Value | None = None
    for value in values:
        if rest is None and value.items is not None and len(items) + len(value.items) <= MAX_ITEMS:
            items.extend(value.items)
            rest = value.rest
        else:
            inside = any_element(value)
            rest = inside if rest is None else join(rest, inside)
    return items, rest


def mapped(made: list[tuple[Value | None, Value]], *, exact: bool) -> Value:
    """A map of keys and values."""
    keys = [key.only if key is not None else None for key, _ in made]
    if exact and None not in keys:
        fields = {key[0]: value for key, (_, value) in zip(keys, made, strict=True) if key is not None}
        return Value(openness=CLOSED, fields=fields, type="dict")
    taints = merge_all([key for key, _ in made if key is not None])
    rest = join_all(value for _, value in made) if made else None
    return Value(openness=CLOSED, fields={}, rest=rest, taints=taints, type="dict")


def overlaid(fields: Mapping[ir.Constant, Value], value: Value) -> dict[ir.Constant, Value]:
    """The fields of an object after another one was copied into it, which may have more than is known of it."""
    loose = value.rest
    if value.taints:
        more = Value(taints=derived(value.taints))
        loose = more if loose is None else join(loose, more)
    own = value.fields or {}
    if loose is None:
        return {**fields, **own}
    return {**{key: held if key in own else join(held, loose) for key, held in fields.items()}, **own}


def with_any(fields: Mapping[ir.Constant, Value] | None, value: Value) -> dict[ir.Constant, Value] | None:
    """The fields of an object after something was put under a key that is not known."""
    return None if fields is None else {key: join(held, value) for key, held in fields.items()}


def loose_entries(value: Value) -> Value | None:
    """What a map holds under keys that are not known; None if there are none."""
    return value.rest if value.openness == CLOSED else any_element(value)


def any_element(value: Value) -> Value:
    """What a loop over a value gives."""
    if value.items is not None:
        found = join_all(value.items)
        return found if value.rest is None else join(found, value.rest)
    if value.fields is not None and value.type in {"dict", "map"}:
        keys = [constant(key) for key in value.fields]
        found = join_all(keys)
        return found if value.rest is None else join(found, Value(taints=derived(value.taints)))
    if value.rest is not None and not value.taints:
        return value.rest
    if value.is_constant:
        return FIXED
    kind = ELEMENTS.get(value.type, "")
    taints = derived(value.taints)
    if value.rest is not None:
        taints = merge_taints(taints, derived(all_taints(value.rest)))
    return Value(openness=value.openness, taints=taints, type=kind)


def element(base: Value, key: Value) -> Value:
    """The element of a value under a key; a key from outside gives what the code put there, nothing else."""
    known = key.only
    if base.items is not None:
        return _listed(base, base.items, known)
    if base.fields is not None:
        return _field(base, base.fields, known)
    if known is not None and isinstance(known[0], int) and (found := _character(base, known[0])) is not None:
        return found
    if base.rest is not None:
        is_outside = base.openness == OPEN and base.taints
        return join(base.rest, Value(taints=derived(base.taints))) if is_outside else base.rest
    if base.is_constant or (base.openness != OPEN and not base.taints):
        return FIXED
    return Value(taints=derived(base.taints))


def _character(base: Value, place: int) -> Value | None:
    """A character of a text that is known up to there; None for any other."""
    if base.text is None:
        return texts.cut(base, place, place + 1)
    return constant(base.text[place]) if -len(base.text) <= place < len(base.text) else UNKNOWN


def _listed(base: Value, items: tuple[Value, ...], known: tuple[ir.Constant] | None) -> Value:
    if base.rest is not None and not (known and type(known[0]) is int and 0 <= known[0] < len(items)):
        return join_all([*items, base.rest])
    found = _item(items, known)
    if found is None:
        found = join_all(items) if items else UNKNOWN
    return found


def _item(items: tuple[Value, ...], known: tuple[ir.Constant] | None) -> Value | None:
    if known is None or not isinstance(known[0], int) or not -len(items) <= known[0] < len(items):
        return None
    return items[known[0]]


def _field(base: Value, fields: Mapping[ir.Constant, Value], known: tuple[ir.Constant] | None) -> Value:
    if known is not None and known[0] in fields:
        return fields[known[0]]
    if known is not None and base.rest is not None:
        return base.rest
    if known is None and (fields or base.rest is not None):
        found = join_all(fields.values())
        return found if base.rest is None else join(found, base.rest)
    return Value(taints=derived(base.taints)) if base.openness == OPEN else NONE
