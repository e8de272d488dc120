"""Schemas of zod, Joi, yup and valibot: what of the data that they let pass can still do harm.

A schema is a value of a type of its own; ``parse`` and its like give the data back, each part as the schema says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.javascript.text_methods import matched_classes
from leery_analyzers.dataflow.models import SourceModel
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    OPEN,
    TEXT,
    UNKNOWN,
    Clearance,
    Value,
    all_taints,
    clear,
    derived,
)

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.calls import Calls

_LIBRARIES = (
    "zod.",
    "z.",
    "joi.",
    "Joi.",
    "yup.",
    "Yup.",
    "valibot.",
    "v.",
    "@hapi.joi.",
    "@sinclair.typebox.Type.",
    "zod.z.",
)
_FIXED = frozenset({
    "number", "int", "boolean", "bool", "date", "bigint", "enum", "literal", "nativeEnum", "uuid", "valid", "equal",
    "oneOf", "integer", "picklist", "guid", "float", "null", "undefined", "nan", "ulid", "cuid", "cuid2", "nanoid",
    "ip", "ipv4", "ipv6", "alphanum", "hex", "isoDate", "datetime", "hexadecimal", "objectId",
})  # fmt: skip
_TEXTS = frozenset({"string", "email", "url", "str", "uri", "nonEmpty", "trim", "min", "max", "length", "base64"})
_OBJECTS = frozenset({"object", "strictObject", "shape", "looseObject", "Object"})
_ARRAYS = frozenset({"array", "set", "Array"})
_PARSING = frozenset({"parse", "parseAsync", "validateSync", "cast", "attempt", "assert", "validateAsync"})
_REPORTING = frozenset({"safeParse", "safeParseAsync", "validate"})
_SCHEMA = "schema."
_PROCEDURE = "trpc.Procedure"


def schema_made(name: str, given: Arguments) -> Value | None:
    """A schema that a function of a library makes; None for any other function."""
    if not name.startswith(_LIBRARIES):
        return None
    return _kind(name.rpartition(".")[2], given, None)


def schema_method(name: str, receiver: Value, given: Arguments, node: ir.Call) -> Value | None:
    """A method of a schema: a stricter schema, or the data that it lets pass; None for what is no schema."""
    if not receiver.type.startswith(_SCHEMA):
        return None
    if name in _PARSING:
        return passed(receiver, given.at(0) or UNKNOWN, node)
    if name in _REPORTING:
        data = passed(receiver, given.at(0) or UNKNOWN, node)
        fields: dict[ir.Constant, Value] = dict.fromkeys(("data", "value", "output"), data)
        return Value(openness=OPEN, fields={**fields, "success": UNKNOWN, "error": UNKNOWN}, type="object")
    return _kind(name, given, receiver) or receiver


def _kind(name: str, given: Arguments, before: Value | None) -> Value | None:
    first = given.at(0)
    found = None
    if name in _FIXED:
        found = Value(type=f"{_SCHEMA}fixed")
    elif name in _TEXTS and (before is None or before.type == f"{_SCHEMA}text"):
        found = before.but(type=f"{_SCHEMA}text") if before is not None else Value(type=f"{_SCHEMA}text")
    elif name in {"regex", "pattern", "matches"} and first is not None:
        found = Value(type=f"{_SCHEMA}text", fields={"pattern": first})
    elif name in _OBJECTS and first is not None and first.fields is not None:
        found = Value(type=f"{_SCHEMA}object", fields=first.fields)
    elif name in _ARRAYS or (name in {"of", "items"} and first is not None):
        found = Value(type=f"{_SCHEMA}array", rest=first if first is not None else UNKNOWN)
    elif before is None:
        found = Value(type=f"{_SCHEMA}any")
    return found


def passed(schema: Value, data: Value, node: ir.Node) -> Value:
    """The data that a schema lets pass."""
    taints = derived(all_taints(data))
    if schema.type == f"{_SCHEMA}object" and schema.fields is not None:
        fields = {key: _part(part, data, key, node) for key, part in schema.fields.items()}
        return Value(openness=CLOSED, fields=fields, type="object")
    if schema.type == f"{_SCHEMA}array" and schema.rest is not None:
        return Value(openness=CLOSED, rest=_leaf(schema.rest, Value(taints=taints), node), type="array")
    return _leaf(schema, Value(taints=taints), node)


def _part(schema: Value, data: Value, key: ir.Constant, node: ir.Node) -> Value:
    known = (data.fields or {}).get(key)
    return _leaf(schema, known if known is not None else Value(taints=derived(all_taints(data))), node)


def _leaf(schema: Value, data: Value, node: ir.Node) -> Value:
    if schema.type in {f"{_SCHEMA}object", f"{_SCHEMA}array"}:
        return passed(schema, data, node)
    if not all_taints(data):
        return data
    if schema.type == f"{_SCHEMA}fixed":
        proof = Clearance(frozenset({EVERY}), "the schema lets only values of a fixed form pass", node.start, node.end)
        return clear(data, proof)
    if schema.type == f"{_SCHEMA}text":
        pattern = (schema.fields or {}).get("pattern")
        classes = matched_classes(pattern, holds=True)[0] if pattern is not None else frozenset()
        return clear(data, Clearance(classes | {TEXT}, "the schema says what it looks like", node.start, node.end))
    return data


def procedure(calls: Calls, node: ir.Call, name: str, receiver: Value, given: Arguments) -> Value | None:
    """A procedure of tRPC: what its schema lets pass is what its function gets; None for what is none."""
    first = given.at(0)
    if name == "input" and first is not None and first.type.startswith(_SCHEMA):
        return Value(type=_PROCEDURE, fields={"(input)": first})
    if receiver.type != _PROCEDURE or receiver.fields is None:
        return None
    if name not in {"query", "mutation", "subscription"}:
        return receiver
    if first is not None and isinstance(first.target, Closure):
        data = calls.evaluator.source(SourceModel("request", "the request", "high"), node.callee)
        fields: dict[ir.Constant, Value] = {"input": passed(receiver.fields["(input)"], data, node), "ctx": UNKNOWN}
        given = Arguments([(Value(openness=OPEN, fields=fields, type="object"), node)])
        calls.engine.invoke(first.target, given, node)
    return UNKNOWN


YAML_SCHEMAS = tuple(
    f"{module}.{schema}.extend"
    for module in ("js-yaml", "yaml", "js-yaml.default")
    for schema in ("DEFAULT_SCHEMA", "CORE_SCHEMA", "JSON_SCHEMA", "FAILSAFE_SCHEMA")
)


def yaml_schema(given: Arguments, node: ir.Call) -> Value | None:
    """What a schema of YAML is that is extended: whether texts of it can hold functions; None if that is not known."""
    del node
    types = given.at(0)
    if types is None:
        return None
    listed = [item.name for item in (types.items if types.items is not None else (types,))]
    if any(name in _FUNCTION_TYPES for name in listed):
        return Value(name="js-yaml.(schema with functions)")
    return Value(name="js-yaml.(schema of data)") if all(name in _DATA_TYPES for name in listed) else None


_FUNCTION_TYPES = frozenset({
    "js-yaml-js-types", "js-yaml-js-types.all", "js-yaml-js-types.function", "js-yaml-js-types.default.all",
})  # fmt: skip
_DATA_TYPES = frozenset({"js-yaml-js-types.undefined", "js-yaml-js-types.regexp"})
