"""Sums and differences in which variables cancel: ``n - n`` is nothing, whatever ``n`` is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.values import OPEN, Value, all_taints, constant

if TYPE_CHECKING:
    from collections.abc import Callable

    Sum = dict[str, int]
    """How often each variable is in a sum; the empty name stands for one."""

_MOST_TERMS = 12
OPERATORS = frozenset("+-^")


def cancelled(node: ir.Operation, look: Callable[[ir.Expression], Value]) -> Value | None:
    """The number that an operation gives although not all of its variables are known; None if it gives another.

    Args:
        node: a sum, a difference or an exclusive or.
        look: the value of a variable.
    """
    if node.op == "^":
        return constant(0) if _same(node, look) else None
    used: set[str] = set()
    found = _sum(node, look, used)
    if found is None or not any(name and not count for name, count in found.items()):
        return None
    return constant(found.get("", 0)) if not any(count for name, count in found.items() if name) else None


def _same(node: ir.Operation, look: Callable[[ir.Expression], Value]) -> bool:
    names = [item.id for item in node.operands if isinstance(item, ir.Name) and _is_number(look(item))]
    return len(names) == len(node.operands) == 2 and names[0] == names[1]


def _sum(node: ir.Expression, look: Callable[[ir.Expression], Value], used: set[str]) -> Sum | None:
    if isinstance(node, ir.Operation):
        known = [part for item in node.operands if (part := _sum(item, look, used)) is not None]
        return _put_together(node.op, known) if len(known) == len(node.operands) > 0 else None
    value = look(node) if isinstance(node, ir.Name) else None
    only = (node.value,) if isinstance(node, ir.Const) else value.only if value is not None else None
    if only is not None:
        return {"": only[0]} if type(only[0]) is int else None
    if value is None or not isinstance(node, ir.Name) or not _is_number(value):
        return None
    used.add(node.id)
    return {node.id: 1} if len(used) <= _MOST_TERMS else None


def _put_together(op: str, parts: list[Sum]) -> Sum | None:
    if op == "*":
        return _product(parts)
    if op not in {"+", "-"}:
        return None
    sign = -1 if op == "-" else 1
    total = dict(parts[0]) if len(parts) > 1 else {}
    for part in parts[1:] or parts:
        for name, count in part.items():
            total[name] = total.get(name, 0) + sign * count
    return total


def _product(factors: list[Sum]) -> Sum | None:
    result = factors[0]
    for factor in factors[1:]:
        plain = [item for item in (result, factor) if not any(count for name, count in item.items() if name)]
        if not plain:
            return None
        other = factor if plain[0] is result else result
        by = plain[0].get("", 0)
        names = {*result, *factor} - {""}
        result = {name: other.get(name, 0) * by for name in ("", *names)}
    return result


def _is_number(value: Value) -> bool:
    """Whether a value is, as far as anybody knows, a number that the program has made."""
    if value.forms or value.items is not None or value.fields is not None or value.target is not None:
        return False
    if all_taints(value) or value.type in {"str", "list", "dict"}:
        return False
    return all(type(item) is int for item in value.constants) and (value.openness != OPEN or not value.name)
