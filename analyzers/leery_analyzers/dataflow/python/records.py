"""Records that are made of whatever a request brings: calls of classes that look like those of a database's records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.models import SinkModel
from leery_analyzers.dataflow.values import Clearance, Value, clear, derived
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine

RULE = "mass-assignment"
VALIDATED = frozenset({"validated_data", "cleaned_data", "validated"})
"""Members under which forms and serialisers give what their fields let pass."""
_RECORD = lazy_regex(r"[A-Z][A-Za-z0-9]*")
_OTHER = lazy_regex(
    r"(?:Form|Schema|Serializer|Response|Request|Error|Exception|Input|Create|Update|In|Out|DTO|Dto|Config|Settings|"
    r"Query|Params|Payload|Body|Options|Args|Filter|Command|Event|Client|Service|Validator|Model|Data|Path|Counter)$"
)
_ELSEWHERE = lazy_regex(
    r"(?i)schema|form|dto|serializer|pydantic|request|config|client|types|settings|langchain|openai"
)
_ASKED = lazy_regex(r"(?:\w+\.)*(?:get_user_model\(\)|get_model\([\"'](?P<name>[\w.]+)[\"'][^()]*\))$")
_STORED = lazy_regex(r"(?i)(?:^|\.)(?:models?|entities|entity|orm|db|database|tables)(?:\.|$)")
_BASES = frozenset({"Base", "Model", "db.Model", "DeclarativeBase", "Document", "models.Model", "SQLModel", "Entity"})
_CHECKING = frozenset({"fastapi", "pydantic", "starlette", "litestar", "ninja"})
"""Modules beside which most classes check their fields."""


def made(engine: Engine, name: str, bases: Iterable[str], given: Arguments, node: ir.Node) -> None:
    """Look at a class that is called with an object whose keys come from outside.

    Args:
        engine: of the analysis.
        name: of the class, qualified.
        bases: what it derives from, if the document says so.
        given: the arguments.
        node: the call.
    """
    if given.loose is None:
        return
    module, _, last = name.rpartition(".")
    listed = {base.removesuffix("()") for base in bases}
    stored = bool(listed & _BASES) or any(base.endswith((".Model", ".Document")) for base in listed)
    if not _RECORD.fullmatch(last) or not (stored or (not listed and _is_record(module, last))):
        return
    known = stored or _STORED.search(module) is not None or not (_CHECKING & engine.modules)
    value, place = given.loose
    sink = SinkModel((), RULE, "medium" if known else "low")
    engine.sinks.reach(sink, Value(taints=value.taints), place, (node.start, node.end))


def found_class(engine: Engine, node: ir.Call) -> str:
    """The record's class that is called as soon as it is asked for: ``get_user_model()(**data)``; empty for others."""
    callee = node.callee
    found = _ASKED.match(engine.text(callee.start, callee.end))
    return f"models.{(found['name'] or 'User').rpartition('.')[2]}" if found is not None else ""


def checked(value: Value, node: ir.Node) -> Value:
    """What a form or a serialiser has gone over."""
    proof = Clearance(frozenset({RULE, "nosql-injection"}), "only the fields of the form pass", node.start, node.end)
    return clear(Value(taints=derived(value.taints)), proof)


def _is_record(module: str, name: str) -> bool:
    return _OTHER.search(name) is None and _ELSEWHERE.search(module) is None
