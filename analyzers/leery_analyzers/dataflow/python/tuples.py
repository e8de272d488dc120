"""Classes that a call makes (named tuples), and copies of records in which some fields are others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.state import LocalClass
from leery_analyzers.dataflow.values import CLOSED, OPEN, Value, all_taints, derived

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

MAKERS = frozenset({
    "collections.namedtuple", "namedtuple", "typing.NamedTuple", "NamedTuple", "dataclasses.make_dataclass",
    "make_dataclass",
})  # fmt: skip
_CHANGED = frozenset({"dataclasses.replace", "copy.replace", "attrs.evolve", "attr.evolve", "msgspec.structs.replace"})
_AS_DICT = frozenset({"dataclasses.asdict", "attrs.asdict", "attr.asdict", "msgspec.structs.asdict", "vars"})
_OWN_DICT = frozenset({"_asdict", "model_dump", "dict"})
_MOST = 40


def called(calls: Calls, name: str, node: ir.Call, given: Arguments) -> Value | None:
    """What functions about records give; None for any other."""
    if name in MAKERS:
        return _made(calls, node, given)
    record = given.at(0)
    if record is None or not _is_record(record):
        return None
    if name in _CHANGED:
        return _with(record, _named(given), given.rest)
    return _as_dict(record) if name in _AS_DICT else None


def method(name: str, receiver: Value, given: Arguments) -> Value | None:
    """What a method that every record of some kind has gives; None for any other."""
    if not _is_record(receiver) or name in receiver.target.members:
        return None
    if name == "_replace":
        return _with(receiver, _named(given), given.rest)
    if name in {"model_copy", "copy"}:
        update = given.get("update")
        fields = update.fields if update is not None and update.fields is not None else {}
        return _with(receiver, fields, None if update is None else update.rest)
    return _as_dict(receiver) if name in _OWN_DICT and not given.everything() else None


def _named(given: Arguments) -> Mapping[ir.Constant, Value]:
    return {key: value for key, (value, _) in given.named.items()}


def _is_record(value: Value) -> bool:
    return isinstance(value.target, LocalClass) and bool(value.fields) and not value.taints


def _with(record: Value, changed: Mapping[ir.Constant, Value], loose: Value | None) -> Value:
    """A copy of a record with some other fields."""
    fields: dict[ir.Constant, Value] = dict(record.fields or {})
    if loose is not None:
        more = Value(taints=derived(all_taints(loose)))
        fields = {key: join(value, more) for key, value in fields.items()}
    return record.but(fields={**fields, **changed})


def _as_dict(record: Value) -> Value:
    return Value(openness=CLOSED, fields=dict(record.fields or {}), type="dict")


def _made(calls: Calls, node: ir.Call, given: Arguments) -> Value | None:
    """A class with the fields that a call names, and a constructor that keeps them."""
    named, listed = given.at(0, "typename"), given.find(1) or given.find("field_names")
    if named is None or named.text is None or listed is None:
        return None
    names = list(_names(listed[0]))
    if not names or len(names) > _MOST:
        return None
    start, end = node.start, node.end
    defaults = given.get("defaults")
    known = defaults.items if defaults is not None and defaults.items is not None else ()
    first = len(names) - len(known)
    parameters = tuple(
        ir.Parameter(start, end, name, default=_default(node, index - first) if index >= first else None)
        for index, name in enumerate(names)
    )
    own = ir.Name(start, end, "self")
    body = tuple(
        ir.Assign(start, end, (ir.Attribute(start, end, own, name),), ir.Name(start, end, name)) for name in names
    )
    maker = ir.Function(start, end, "__init__", (ir.Parameter(start, start, "self"), *parameters), body, is_method=True)
    members: dict[str, Value] = {}
    made = LocalClass(named.text, ("NamedTuple",), members)
    calls.engine.circular.append(made)
    members["__init__"] = calls.engine.closure(maker, made)
    members["__init__"].target.called = True
    return Value(openness=OPEN, target=made)


def _default(node: ir.Call, index: int) -> ir.Expression | None:
    """A default as it is written."""
    place = next((argument.value for argument in node.arguments if argument.name == "defaults"), None)
    items = place.items if isinstance(place, ir.Collection) else ()
    found = items[index][1] if 0 <= index < len(items) else None
    return found if isinstance(found, ir.Expression) else ir.Unknown(node.start, node.end)


def _names(fields: Value) -> Iterator[str]:
    """The names of fields: in one text, listed, or listed with their types."""
    if fields.text is not None:
        yield from fields.text.replace(",", " ").split()
    for item in fields.items or ():
        name = item if item.text is not None else item.items[0] if item.items else item
        if name.text is not None:
            yield name.text
