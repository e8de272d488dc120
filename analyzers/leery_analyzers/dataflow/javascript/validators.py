"""Checks of a request that are written in front of its handler, as express-validator has them.

A chain such as ``query('id').isInt()`` is a value that knows which part of the request it speaks of and what it makes
harmless; the handler that is passed along with it is followed with that known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.state import Closure, State
from leery_analyzers.dataflow.values import (
    EVERY,
    OPEN,
    TEXT,
    UNKNOWN,
    Clearance,
    Value,
    all_taints,
    clear,
    constant,
    derived,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

CHAIN = "validator.chain"
_LIBRARY = "express-validator."
_PLACES = {
    "body": ("body",), "query": ("query",), "param": ("params",), "header": ("headers",), "cookie": ("cookies",),
    "check": ("body", "query", "params", "cookies", "headers"), "checkExact": (),
}  # fmt: skip
_FIXED = frozenset({
    "isInt", "isNumeric", "isFloat", "isDecimal", "isUUID", "isAlphanumeric", "isAlpha", "isIn", "isMongoId",
    "isBoolean", "toInt", "toFloat", "toBoolean", "isDate", "isISO8601", "isHexadecimal", "isIP", "isSlug", "matches",
    "whitelist", "isPort", "isMobilePhone", "isPostalCode", "custom",
})  # fmt: skip
_PARSES = frozenset({
    "parse", "parseAsync", "safeParse", "safeParseAsync", "validate", "validateAsync", "validateSync", "cast",
})  # fmt: skip
_WRAPPED = frozenset({"safeParse", "safeParseAsync", "validate"})
_SCHEMA = re.compile(r"(?i)schema$")
_SHAPED = frozenset({TEXT, "nosql-injection", "mass-assignment", "prototype-pollution"})
_ASSERTS = re.compile(
    r"(?i)(?:assert|ensure|enforce|require)_?\w*(?:public|allowed|safe|host|url|address|external|trusted|path|inside|within)"
)
_ADDRESSED = frozenset({"server-side-request-forgery", "open-redirect", "path-traversal", "zip-slip"})
_FORMS = frozenset({"uuid", "date", "date-time", "time", "ipv4", "ipv6"})
_ESCAPED = "cross-site-scripting"


def chain(name: str, receiver: Value | None, given: Arguments) -> Value | None:
    """A chain of checks that a call makes or makes longer; None for any other call."""
    last = name.rpartition(".")[2]
    if receiver is not None and receiver.type == CHAIN:
        return longer(receiver, last)
    if not name.startswith(_LIBRARY) or last not in _PLACES:
        return None
    first = given.at(0)
    field = first.text if first is not None else None
    if field is None:
        return Value(type=CHAIN, fields={})
    paths: dict[ir.Constant, Value] = {f"req.{place}.{field}": constant("") for place in _PLACES[last]}
    return Value(type=CHAIN, fields=paths)


def longer(receiver: Value, method: str) -> Value:
    """A chain with one more check."""
    fields = dict(receiver.fields or {})
    for path, held in fields.items():
        if held.text == EVERY:
            continue
        if method in _FIXED:
            fields[path] = constant(EVERY)
        elif method == "escape":
            fields[path] = constant(_ESCAPED)
    return Value(type=CHAIN, fields=fields)


def checked(calls: Calls, names: list[str], node: ir.Call, given: Arguments) -> Value | None:
    """A call that is given checks and handlers; None if there are no checks."""
    handlers = [value.target for value, _ in given.everything() if isinstance(value.target, Closure)]
    if not handlers:
        return None
    chains = [value for value in _flat(given) if value.type == CHAIN]
    schema = given.get("1.schema")
    if not chains and schema is None:
        return None
    engine = calls.engine
    kept = engine.state
    cleared = dict(kept.cleared)
    for part, classes in _described(schema, handlers) if schema is not None else ():
        proof = Clearance(classes, "the route's schema checks it before", node.start, node.start)
        cleared["request", part] = (*cleared.get(("request", part), ()), proof)
    for one in chains:
        for path, held in (one.fields or {}).items():
            if held.text:
                reason = f"`{names[-1].removeprefix('.')}` checks it before" if names else "it is checked before"
                proof = Clearance(frozenset({held.text}), reason, node.start, node.start)
                cleared["request", str(path)] = (*cleared.get(("request", str(path)), ()), proof)
    engine.state = State(kept.variables, cleared)
    for handler in handlers:
        engine.callback(handler, UNKNOWN)
    engine.state = kept
    return UNKNOWN


def _described(schema: Value, handlers: list[Closure]) -> Iterator[tuple[str, frozenset[str]]]:
    """The parts of a request that a route's JSON schema describes, as handlers name them, and what that clears."""
    names = [handler.function.parameters[0].name for handler in handlers if handler.function.parameters]
    for place, part in (schema.fields or {}).items():
        properties = (part.fields or {}).get("properties")
        for field, kind in ((properties.fields or {}) if properties is not None else {}).items():
            held = _held(kind)
            if held:
                yield str(field), held
                where = "query" if place == "querystring" else str(place)
                yield from ((f"{name}.{where}.{field!s}", held) for name in names)


def _held(kind: Value) -> frozenset[str]:
    """What a schema of one value makes harmless."""
    fields = kind.fields or {}
    said = fields["type"].text if "type" in fields else None
    if said in {"integer", "number", "boolean"} or "enum" in fields or "const" in fields:
        return frozenset({EVERY})
    if said != "string":
        return frozenset()
    form = fields["format"].text if "format" in fields else None
    return frozenset({EVERY}) if form in _FORMS else frozenset({TEXT})


def _flat(given: Arguments) -> Iterator[Value]:
    for value, _ in given.everything():
        yield value
        yield from value.items or ()


def checked_elsewhere(calls: Calls, callee: ir.Attribute, given: Arguments, node: ir.Call) -> Value | None:
    """What a schema lets pass that another file declares; None for any other method."""
    value = given.at(0)
    said = calls.engine.text(callee.base.start, callee.base.end)
    if callee.name not in _PARSES or value is None or not all_taints(value) or _SCHEMA.search(said) is None:
        return None
    proof = Clearance(_SHAPED, f"`{said}` checks it, by its name", node.start, node.end, guess=True)
    passed = clear(Value(taints=derived(all_taints(value))), proof)
    if callee.name not in _WRAPPED:
        return passed
    fields: dict[ir.Constant, Value] = {"data": passed, "value": passed}
    return Value(openness=OPEN, fields=fields)


def asserted(calls: Calls, node: ir.Call, name: str) -> None:
    """A function of another file that throws, as its name says, where an address or a path is none of those meant."""
    if _ASSERTS.match(name.rpartition(".")[2]) is None or not node.arguments:
        return
    proof = Clearance(_ADDRESSED, f"`{name}` checks it, by its name", node.start, node.end, guess=True)
    for argument in node.arguments:
        calls.engine.guards.narrow_host(argument.value, proof)
