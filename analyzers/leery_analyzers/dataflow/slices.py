"""Stretches of sequences and texts, as far as it is known where they begin and end."""

from __future__ import annotations

from leery_analyzers.dataflow import texts
from leery_analyzers.dataflow.values import CLOSED, Value, constant


def cut(base: Value, low: int | None, high: int | None, step: int | None) -> Value | None:
    """A stretch of a value; None where nothing exact is known of it.

    Args:
        base: a sequence or a text.
        low: where it begins.
        high: where it ends.
        step: of which elements it consists.
    """
    if low is not None and low == high and not base.items:
        return constant("").but(type=base.type)
    if base.items is not None:
        return _elements(base, base.items, low, high, step)
    exact = base.openness == CLOSED and len(base.forms) == 1 and not base.constants
    begun = base.forms[0][0] if exact else None
    if isinstance(begun, str) and step is None and 0 <= (low or 0) <= (high or -1) <= len(begun):
        return constant(begun[low:high])
    if base.is_constant and all(isinstance(item, (str, bytes)) for item in base.constants):
        parts = tuple(item[low:high:step] for item in base.constants if isinstance(item, (str, bytes)))
        return base.but(constants=parts)
    return None


def _elements(
    base: Value, items: tuple[Value, ...], low: int | None, high: int | None, step: int | None
) -> Value | None:
    if base.rest is None:
        return base.but(items=items[low:high:step])
    if step is not None or not 0 <= (low or 0) <= len(items):
        return None
    if high is None:
        return base.but(items=items[low:])
    return base.but(items=items[low:high], rest=None) if 0 <= high <= len(items) else None


def parted(base: Value, first: Value, *, before: bool) -> Value | None:
    """The first part of a text that was put together, or what comes after it; None if it is not that part.

    Args:
        base: the text.
        first: what it begins with, if that is the very value.
        before: whether the first part is meant.
    """
    exact = base.openness == CLOSED and len(base.forms) == 1 and not base.constants
    form = base.forms[0] if exact else ()
    if len(form) < 2 or form[0] is not first:
        return None
    return first if before else texts.from_forms([form[1:]], base.taints)
