"""Java's text builders and writers in memory: the value of one is the text it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, texts
from leery_analyzers.dataflow.java.strings import formatted, text_method
from leery_analyzers.dataflow.values import MAX_TEXT, NONE, UNKNOWN, Value, all_taints, constant, derived, merge_taints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

BUILDER = "java.Builder"
WRITER = "java.Writer"
"""What writes into a builder, which is the variable that is its target."""
_FLUENT = frozenset(
    {"append", "insert", "replace", "reverse", "deleteCharAt", "delete", "add", "write", "print", "appendCodePoint"}
)


def builder_method(calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """What a builder's method gives, the builder changed; None if it is no builder or has no such method."""
    name = callee.name
    if receiver.type == WRITER:
        return _written(calls, name, receiver, given)
    if receiver.type != BUILDER:
        return None
    if name in {"toString", "getBuffer", "toByteArray", "toCharArray", "substring", "charAt", "chars"}:
        plain = receiver.but(type="str")
        return (
            plain
            if name in {"toString", "getBuffer", "toByteArray", "toCharArray"}
            else text_method(name, plain, given, callee) or plain
        )
    if name in {"length", "indexOf", "lastIndexOf", "isEmpty"}:
        return text_method(name, receiver.but(type="str"), given, callee) or UNKNOWN
    change = _CHANGES.get(name)
    if change is None:
        return None
    after = change(receiver, given).but(type=BUILDER)
    root = _root(callee.base)
    if root is not None:
        calls.engine.assign_quietly(root, after)
    return after if name in _FLUENT else NONE


def _written(calls: Calls, name: str, receiver: Value, given: Arguments) -> Value | None:
    """Something written through a writer into its builder."""
    change, place = _CHANGES.get(name), receiver.target
    if change is None or not isinstance(place, (ir.Name, ir.Attribute)):
        return None
    after = change(calls.engine.peek(place), given).but(type=BUILDER)
    calls.engine.assign_quietly(place, after)
    return receiver if name in _FLUENT else NONE


def _root(base: ir.Expression) -> ir.Expression | None:
    """The variable that holds the builder, before a chain of calls."""
    while isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and base.callee.name in _FLUENT:
        base = base.callee.base
    return base if isinstance(base, (ir.Name, ir.Attribute, ir.Index)) else None


def _append(receiver: Value, given: Arguments) -> Value:
    values = [value for value, _ in given.positional]
    if len(values) == 3:
        values = [Value(taints=derived(all_taints(values[0])), openness=values[0].openness)]
    return texts.concatenate([receiver, *values[:1]])


def _line(receiver: Value, given: Arguments) -> Value:
    return texts.concatenate([_append(receiver, given), constant("\n")])


def _format(receiver: Value, given: Arguments) -> Value:
    return texts.concatenate([receiver, formatted([value for value, _ in given.positional])])


def _insert(receiver: Value, given: Arguments) -> Value:
    where, value = given.at(0), given.at(1)
    if value is None:
        return receiver
    if where is not None and where.only == (0,):
        return texts.concatenate([value, receiver])
    if receiver.text is not None and where is not None and where.only is not None and isinstance(where.only[0], int):
        at = where.only[0]
        return texts.concatenate([constant(receiver.text[:at]), value, constant(receiver.text[at:])])
    return _mixed(receiver, value)


def _replace(receiver: Value, given: Arguments) -> Value:
    value = given.at(2)
    start = given.positional[0][0].only if given.positional else None
    if value is not None and start is not None and _is_length(given.positional[1][1]):
        kept = _begun(receiver, start[0])
        if kept is not None:
            return texts.concatenate([kept, value])
    bounds = [given.at(index) for index in (0, 1)]
    known = [bound.only[0] for bound in bounds if bound is not None and bound.only is not None]
    if value is None:
        return receiver
    if receiver.text is not None and len(known) == 2 and all(isinstance(bound, int) for bound in known):
        low, high = (int(str(bound)) for bound in known)
        return texts.concatenate([constant(receiver.text[:low]), value, constant(receiver.text[high:])])
    return _mixed(receiver, value)


def _delete(receiver: Value, given: Arguments) -> Value:
    known = [value.only[0] for value, _ in given.positional if value.only is not None]
    if len(given.positional) == 2 and known and _is_length(given.positional[1][1]):
        return _begun(receiver, known[0]) or receiver
    numbers = [number for number in known if isinstance(number, int)]
    if receiver.text is not None and numbers and len(numbers) == len(given.positional):
        low, high = numbers[0], numbers[1] if len(numbers) > 1 else numbers[0] + 1
        return constant(receiver.text[:low] + receiver.text[high:])
    return receiver


def _begun(receiver: Value, length: ir.Constant) -> Value | None:
    """The first characters of a builder; None where it is not known which those are."""
    if type(length) is not int or length < 0:
        return None
    if length == 0 or receiver.text is not None:
        return constant((receiver.text or "")[:length])
    return texts.cut(receiver, 0, length)


def _is_length(place: ir.Node) -> bool:
    """``text.length()``: of the builder itself, since no other would be meant."""
    return isinstance(place, ir.Call) and isinstance(place.callee, ir.Attribute) and place.callee.name == "length"


def _set_length(receiver: Value, given: Arguments) -> Value:
    length = given.at(0)
    known = length.only[0] if length is not None and length.only is not None else None
    return _begun(receiver, known) or receiver


def _reverse(receiver: Value, given: Arguments) -> Value:
    del given
    if receiver.text is not None and len(receiver.text) <= MAX_TEXT:
        return constant(receiver.text[::-1])
    return Value(taints=derived(all_taints(receiver)), openness=receiver.openness)


def _mixed(receiver: Value, value: Value) -> Value:
    """Both, in an order that is not known."""
    taints = merge_taints(derived(all_taints(receiver)), derived(all_taints(value)))
    return Value(taints=taints, openness=max(receiver.openness, value.openness, 1))


_CHANGES: Mapping[str, Callable[[Value, Arguments], Value]] = {
    **dict.fromkeys(("append", "write", "print", "appendCodePoint", "add", "writeBytes", "writeChars"), _append),
    "println": _line,
    **dict.fromkeys(("printf", "format"), _format),
    "insert": _insert,
    "replace": _replace,
    "delete": _delete,
    "deleteCharAt": _delete,
    "setLength": _set_length,
    "reverse": _reverse,
    "reset": lambda receiver, given: constant(""),  # noqa: ARG005 - nothing is left of it
}
