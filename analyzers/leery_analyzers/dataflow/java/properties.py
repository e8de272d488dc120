"""Java's objects of classes that the document does not hold: what is set is got, a part of data is data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.models import SourceModel
from leery_analyzers.dataflow.state import LocalClass
from leery_analyzers.dataflow.values import MAX_FIELDS, NONE, UNKNOWN, Value, all_taints, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.engine import Engine

_SETTER = re.compile(r"set([A-Z]\w*)")
_GETTER = re.compile(r"(?:get|is)([A-Z]\w*)")
_OF_REQUEST = re.compile(r"(?i)get\w*(param|header|cookie|query)")
_READERS = frozenset({
    "get", "path", "at", "getString", "optString", "getAsString", "getAsJsonObject", "getJSONObject", "getJsonObject",
    "getProperty", "getText", "getOrDefault", "getFirst", "getAsJsonArray", "getJSONArray", "asText", "textValue",
    "getMember", "findValue", "required", "getOne", "getAll",
})  # fmt: skip
"""Methods that give a part of what they are asked of, chosen by a name or a position."""
WRAPPER = "web.Wrapper"
_LIBRARIES = ("java", "web.", "servlet.", "xml.", "str", "list", "dict", "set", "tuple")
"""How the types begin of objects whose getters have a meaning of their own."""
SERVLET_REQUEST = "javax.servlet.http.HttpServletRequest"
_FORWARDED = re.compile(
    r"servlet\.(?:error|forward|include)\.(?:request_uri|message|query_string|path_info|servlet_path)"
    r"|RequestDispatcher\.(?:ERROR|FORWARD|INCLUDE)_(?:REQUEST_URI|MESSAGE|QUERY_STRING|PATH_INFO|SERVLET_PATH)"
)
_REQUEST = SourceModel("request", "the request", "medium", "str")


def generated(calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """What a getter or a setter does that nobody wrote, since a tool makes it out of a class's field."""
    owner = receiver.target
    if not isinstance(owner, LocalClass) or (receiver.fields is None and not all_taints(receiver)):
        return None
    found = _GETTER.fullmatch(callee.name) or _SETTER.fullmatch(callee.name)
    field = f"{found[1][0].lower()}{found[1][1:]}" if found is not None else callee.name
    if callee.name in owner.members or field not in owner.members:
        return None
    if not given.positional:
        return calls.evaluator.member(receiver, field, callee)
    if (
        callee.name.startswith("set")
        and len(given.positional) == 1
        and isinstance(callee.base, (ir.Name, ir.Attribute))
    ):
        fields = {**(receiver.fields or {}), field: given.positional[0][0]}
        calls.engine.assign_quietly(callee.base, receiver.but(fields=fields))
        return NONE
    return None


def read_by(engine: Engine, node: ir.Expression) -> ir.Expression:
    """The field that a getter gives, as a place; any other expression as it is."""
    if not isinstance(node, ir.Call) or node.arguments or not isinstance(node.callee, ir.Attribute):
        return node
    base, name = node.callee.base, node.callee.name
    found = _GETTER.fullmatch(name)
    if not isinstance(base, (ir.Name, ir.Attribute)):
        return node
    owner = engine.peek(base)
    if isinstance(owner.target, LocalClass):
        field = f"{found[1][0].lower()}{found[1][1:]}" if found is not None else name
        return ir.Attribute(node.start, node.end, base, field)
    if found is None or owner.name or owner.type.startswith(_LIBRARIES):
        return node
    return ir.Attribute(node.start, node.end, base, found[1])


def _is_forwarded(given: Arguments) -> bool:
    """Whether an attribute is what the server keeps of a request that led to another page, as to that of an error."""
    key = given.at(0)
    return key is not None and _FORWARDED.search(key.text or key.name) is not None


def _attribute(calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """What is kept with a request under a name of the program's, and got from there; None for anything else."""
    if callee.name == "getAttribute" and _is_forwarded(given):
        return calls.evaluator.source(_REQUEST, node)
    key, kept = given.at(0), given.at(1)
    if key is None or key.text is None or not isinstance(callee.base, (ir.Name, ir.Attribute)):
        return None
    fields, field = dict(receiver.fields or {}), f"({key.text})"
    if callee.name == "getAttribute":
        return fields.get(field, UNKNOWN) if fields else None
    if callee.name not in {"setAttribute", "removeAttribute"} or (field not in fields and len(fields) >= MAX_FIELDS):
        return None
    fields[field] = kept if kept is not None else NONE
    calls.engine.assign_quietly(callee.base, receiver.but(fields=fields))
    return NONE


def property_method(
    calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments
) -> Value | None:
    """What such a method gives; None for any other."""
    name = callee.name
    if receiver.type == SERVLET_REQUEST and (found := _attribute(calls, node, callee, receiver, given)) is not None:
        return found
    if receiver.type == WRAPPER and _OF_REQUEST.match(name):
        return calls.evaluator.source(_REQUEST, node)
    if name in _READERS and all_taints(receiver) and not given.taints():
        return Value(taints=derived(all_taints(receiver)))
    getter = _GETTER.fullmatch(name)
    if getter and receiver.fields is not None and receiver.type != "dict" and not given.positional:
        return receiver.fields.get(getter[1])
    setter = _SETTER.fullmatch(name)
    if setter is None or len(given.positional) != 1 or receiver.target is not None or receiver.type == "dict":
        return None
    fields = dict(receiver.fields or {})
    if len(fields) < MAX_FIELDS:
        fields[setter[1]] = given.positional[0][0]
    after = receiver.but(fields=fields)
    if isinstance(callee.base, (ir.Name, ir.Attribute)):
        calls.engine.assign_quietly(callee.base, after)
    return after  # many give the object back
