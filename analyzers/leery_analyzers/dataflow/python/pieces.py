"""Texts with known pieces that are split: the ends that are known stay known, whatever is between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import texts
from leery_analyzers.dataflow.joins import join_all
from leery_analyzers.dataflow.values import CLOSED, UNKNOWN, Value, all_taints, constant, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.values import Form

_SPLITS = frozenset({"split", "rsplit", "partition", "rpartition"})


def split(name: str, receiver: Value, given: Arguments) -> Value | None:
    """The parts of a text of which some pieces are known; None where that tells nothing about any part."""
    separator = given.at(0, "sep")
    exact = receiver.openness == CLOSED and len(receiver.forms) == 1 and not receiver.constants
    if name not in _SPLITS or not exact or separator is None:
        return None
    form, by = receiver.forms[0], separator.text
    if not by:
        return None
    limited = given.at(1, "maxsplit") is not None
    first = None if limited and name == "rsplit" else _until(form, by)
    last = None if limited and name == "split" else _since(form, by)
    if limited and (given.at(1, "maxsplit") or UNKNOWN).only not in {(1,), (2,), (3,)}:
        return None
    if first is None and last is None:
        return None
    whole = Value(taints=derived(all_taints(receiver)), type="str")
    if name in {"partition", "rpartition"}:
        return _in_three(name, form, by, whole)
    fields: dict[ir.Constant, Value] = {}
    if first is not None:
        fields[0] = first
    if last is not None:
        fields[-1] = last
    rest = join_all((whole, *fields.values()))
    return Value(openness=CLOSED, fields=fields, rest=rest, type="list")


def _in_three(name: str, form: Form, by: str, whole: Value) -> Value | None:
    """Before the first separator, and after it; or before the last one, and after that."""
    head, tail = _until(form, by), _since(form, by)
    if name == "partition" and head is not None:
        return Value(openness=CLOSED, items=(head, constant(by), _after(form, by) or whole), type="tuple")
    if name == "rpartition" and tail is not None:
        return Value(openness=CLOSED, items=(whole, constant(by), tail), type="tuple")
    return None


def _until(form: Form, by: str) -> Value | None:
    """What stands before the first separator, if that is in the first piece, and nothing before it is unknown."""
    first = form[0]
    return constant(first.partition(by)[0]) if isinstance(first, str) and by in first else None


def _since(form: Form, by: str) -> Value | None:
    """What stands behind the last separator: known if the last piece has one; else what comes behind it, or a part."""
    last = form[-1]
    if isinstance(last, str):
        return constant(last.rpartition(by)[2]) if by in last else None
    before = form[-2] if len(form) > 1 else None
    if isinstance(before, str) and before.endswith(by) and isinstance(last, Value):
        return Value(taints=derived(all_taints(last)), openness=last.openness, type="str")
    return None


def _after(form: Form, by: str) -> Value | None:
    """What stands behind the first separator, which is in the first piece."""
    first = form[0]
    if not isinstance(first, str):
        return UNKNOWN
    rest = first.partition(by)[2]
    pieces = [constant(rest)] if rest else []
    return texts.concatenate([*pieces, *(constant(one) if isinstance(one, str) else one for one in form[1:])])
