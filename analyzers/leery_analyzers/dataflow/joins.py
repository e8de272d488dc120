"""Joins of abstract values, bounded, and their widening in loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.values import (
    CLOSED,
    MAX_CONSTANTS,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_FORMS,
    NONE,
    NOTHING,
    WIDENED,
    Value,
    all_taints,
    derived,
    distinct,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leery_analyzers.dataflow.ir import Constant
    from leery_analyzers.dataflow.values import Form, Openness, Taint


def join(left: Value, right: Value, depth: int = 0) -> Value:
    """What is one or the other."""
    if left is right or right is NOTHING:
        return left
    if left is NOTHING:
        return right
    if _adds_nothing(left, right):
        return left
    listed = left.constants if left.constants == right.constants else distinct((*left.constants, *right.constants))
    if left.forms == right.forms:
        forms = left.forms
    else:
        forms = _distinct_forms((*(left.forms or _whole(left)), *(right.forms or _whole(right))))
    openness: Openness = max(left.openness, right.openness)
    if len(listed) > MAX_CONSTANTS:
        listed, openness = (), max(openness, WIDENED)
    if openness == CLOSED and _differ(left, right):
        openness = WIDENED
    inside = left if left.fields is right.fields and left.items is right.items else None
    return Value(  # by position: this is called often, and names cost as much as all the rest
        listed,
        forms,
        openness,
        merge_taints(left.taints, right.taints),
        _join_types(left.type, right.type),
        left.name if left.name == right.name else "",
        left.fields if inside is not None else _join_fields(left, right, depth),
        left.items if inside is not None else _join_items(left, right, depth),
        _join_rest(left, right, depth),
        left.target if left.target is right.target else left.target or right.target,
    )


def _whole(value: Value) -> tuple[Form, ...]:
    """Data from outside as a text that holds nothing else: beside texts with holes, it would be overlooked."""
    return ((value,),) if value.taints and value.fields is None and value.items is None and not value.name else ()


def _join_types(left: str, right: str) -> str:
    """The type of one or the other, if they have one; what a type in parentheses says holds for both."""
    if left == right or not right or left.startswith("("):
        return left
    return right if not left or right.startswith("(") else ""


def _adds_nothing(left: Value, right: Value) -> bool:
    """Whether joining `right` to `left` gives `left`; may say no where it does."""
    return (
        right.openness <= left.openness
        and left.type == right.type
        and left.name == right.name
        and left.target is right.target
        and left.rest is right.rest
        and left.fields is right.fields
        and left.items is right.items
        and left.constants == right.constants
        and (left.forms is right.forms or _same_forms(left.forms, right.forms))
        and (left.taints is right.taints or _same_taints(left.taints, right.taints))
    )


def _same_taints(left: tuple[Taint, ...], right: tuple[Taint, ...]) -> bool:
    if len(left) != len(right):
        return False
    return all(
        one is other
        or (
            one.source.key == other.source.key
            and one.clearances == other.clearances
            and one.exact is other.exact
            and one.weak is other.weak
        )
        for one, other in zip(left, right, strict=True)
    )


def _same_forms(left: tuple[Form, ...], right: tuple[Form, ...]) -> bool:
    if len(left) != len(right):
        return False
    for one, other in zip(left, right, strict=True):
        if len(one) != len(other):
            return False
        for mine, theirs in zip(one, other, strict=True):
            if isinstance(mine, str) or isinstance(theirs, str):
                if mine != theirs:
                    return False
            elif mine is not theirs and not _adds_nothing(mine, theirs):
                return False
    return True


def adds(before: Value, after: Value) -> bool:
    """Whether there is data in a value that is not in another one, or may do more harm than there."""
    known = all_taints(before)
    return any(
        not any(one.source.key == taint.source.key and {*one.clearances} <= {*taint.clearances} for one in known)
        for taint in all_taints(after)
    )


def widen(before: Value, after: Value) -> Value:
    """A value that no further round of a loop changes: whatever still grew is given up."""
    joined = join(before, after)
    if len(joined.constants) > len(before.constants):
        joined = joined.but(constants=(), openness=max(joined.openness, WIDENED))
    if len(joined.forms) > len(before.forms) and before.forms:
        joined = joined.but(forms=before.forms, openness=max(joined.openness, WIDENED))
    return joined


def _join_fields(left: Value, right: Value, depth: int) -> Mapping[Constant, Value] | None:
    if left.fields is None:
        return _or_outside(right.fields, left)
    if right.fields is None:
        return _or_outside(left.fields, right)
    if depth > MAX_DEPTH:
        return None
    lacking = left.openness == CLOSED == right.openness and _differ(left, right)
    merged: dict[Constant, Value] = dict(left.fields)
    for key in left.fields if lacking else ():
        if key not in right.fields:
            merged[key] = join(merged[key], NONE)
    for key, value in right.fields.items():
        known = merged.get(key)
        if known is not None:
            merged[key] = join(known, value, depth + 1)
        elif len(merged) < MAX_FIELDS:
            merged[key] = join(value, NONE) if lacking else value
    return merged


def _differ(left: Value, right: Value) -> bool:
    """Whether one of two objects has entries that the other one lacks."""
    return left.fields is not None and right.fields is not None and left.fields.keys() != right.fields.keys()


def _or_outside(fields: Mapping[Constant, Value] | None, other: Value) -> Mapping[Constant, Value] | None:
    """The fields of what is either an object or data from outside, which may have something else under each key."""
    if not fields or not other.taints:
        return fields
    outside = Value(taints=derived(other.taints))
    return {key: join(value, outside) for key, value in fields.items()}


def _join_items(left: Value, right: Value, depth: int) -> tuple[Value, ...] | None:
    if left.items is None or right.items is None or len(left.items) != len(right.items) or depth > MAX_DEPTH:
        return None
    return tuple(join(one, other, depth + 1) for one, other in zip(left.items, right.items, strict=True))


def _join_rest(left: Value, right: Value, depth: int) -> Value | None:
    rest = [value.rest for value in (left, right) if value.rest is not None]
    if rest and (left.fields is None) is not (right.fields is None):
        other = left if left.fields is None else right
        rest += [Value(taints=derived(other.taints))] if other.taints else []
    if left.items is not None or right.items is not None:
        kept = left.items is not None and right.items is not None and len(left.items) == len(right.items)
        if not kept:
            rest += [*(left.items or ()), *(right.items or ())]
    if not rest or depth > MAX_DEPTH:
        return None
    joined = rest[0]
    for value in rest[1:]:
        joined = join(joined, value, depth + 1)
    return joined


def join_all(values: Iterable[Value]) -> Value:
    """The join of any number; `NOTHING` of none."""
    joined = NOTHING
    for value in values:
        joined = join(joined, value)
    return joined


def _distinct_forms(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    kept: list[Form] = []
    for form in forms:
        if not any(form is other or _same_forms((form,), (other,)) for other in kept):
            kept.append(form)
    return tuple(kept[:MAX_FORMS])
