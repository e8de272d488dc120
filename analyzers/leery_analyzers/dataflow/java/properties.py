"""Java's objects of classes that the document does not hold: what is set is got, a part of data is data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.models import SourceModel
from leery_analyzers.dataflow.values import MAX_FIELDS, Value, all_taints, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

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
_REQUEST = SourceModel("request", "the request", "medium", "str")


def property_method(
    calls: Calls, node: ir.Call, callee: ir.Attribute, receiver: Value, given: Arguments
) -> Value | None:
    """What such a method gives; None for any other."""
    name = callee.name
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
    after = replace(receiver, fields=fields)
    if isinstance(callee.base, (ir.Name, ir.Attribute)):
        calls.engine.assign_quietly(callee.base, after)
    return after  # many give the object back
