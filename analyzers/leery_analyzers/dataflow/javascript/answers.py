"""Requests and answers as whole objects, and functions that a request chooses by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.arguments import entry
from leery_analyzers.dataflow.errors import RULE
from leery_analyzers.dataflow.models import SinkModel
from leery_analyzers.dataflow.values import Value, all_taints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine

_ANSWER = SinkModel((0,), RULE)
_PAGE = SinkModel((0,), "cross-site-scripting", text="html")
_ADDRESS = SinkModel((0,), "open-redirect")
_CHOSEN = SinkModel((0,), "unsafe-reflection", confidence="medium", parameter="none")
_TABLES = frozenset({"Map", "array", "set", "object"})
_INNER = ("data", "$set", "values", "update", "doc", "create", "set", "$setOnInsert", "fields")
_DEEPEST = 3


def answered(engine: Engine, node: ir.Expression, fields: Mapping[ir.Constant, Value]) -> None:
    """What a function answers as an object: its body, its type, where it leads."""
    span = node.start, node.end
    body = fields.get("body")
    headers = fields.get("headers")
    known = {str(key).lower(): value for key, value in (headers.fields or {}).items()} if headers is not None else {}
    if body is not None:
        place = entry(node, "body")
        engine.sinks.reach(_ANSWER, body, place, span)
        said = known.get("content-type")
        if said is not None and "html" in (said.text or ""):
            engine.sinks.reach(_PAGE, body, place, span)
    if "location" in known:
        engine.sinks.reach(_ADDRESS, known["location"], entry(node, "headers"), span)


def named_by_request(engine: Engine, node: ir.Call, callee: ir.Index) -> None:
    """A function that is found by a name from outside in something whose members are not all known."""
    base = engine.peek(callee.base)
    if base.fields is None and base.items is None and base.type not in _TABLES:
        engine.sinks.reach(_CHOSEN, engine.peek(callee.key), callee.key, (node.start, node.end))


def whole_requests(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """Arguments that hold whatever a request brings, under names that it chooses."""
    for value, place in given.positional:
        found = _whole(value, place, 0)
        if found is not None:
            yield found


def _whole(value: Value, place: ir.Node, depth: int) -> tuple[Value, ir.Node] | None:
    if value.type == "web.Fields" and value.fields is None:
        return (value, place) if value.taints else None
    if value.type not in {"object", "web.Fields"} or depth > _DEEPEST:
        return None
    loose = (*value.taints, *(all_taints(value.rest) if value.rest is not None else ()))
    if loose:
        return Value(taints=loose), place
    for name in _INNER:
        inner = (value.fields or {}).get(name)
        found = _whole(inner, entry(place, name), depth + 1) if inner is not None else None
        if found is not None:
            return found
    return None
