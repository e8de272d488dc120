"""Values of the program itself that do harm where they are used: names of broken algorithms, keys, vectors, modes.

The checks see them where they are written at the call; here they come through variables, tables and other units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.lowered import FOREIGN
from leery_analyzers.dataflow.values import CLOSED, Source, Taint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.models import FixedModel
    from leery_analyzers.dataflow.values import Value

_FEWEST_BYTES = 8


def used(engine: Engine, names: list[str], node: ir.Call, given: Arguments) -> Iterator[tuple[str, Taint, ir.Node]]:
    """What a call is given that should not be fixed, or not be this: the rule's id, the value, its place."""
    for name in names:
        for model in engine.models.fixed.get(name, ()):
            first = given.at(0)
            if first is not None and first.text is not None and not model.first.search(first.text):
                continue
            for which in model.arguments:
                if which == "()":
                    called = _called(engine, [name], node)
                    if called is not None:
                        source = Source(
                            called[1].start, called[1].end, called[0], "constant", "the program itself", "high"
                        )
                        yield model.rule, Taint(source), called[1]
                    continue
                found = given.find(which)
                if found is None or isinstance(found[1], ir.Const):
                    continue
                value, place = found
                if value.name and engine.text(place.start, place.end).endswith(value.name.rpartition(".")[2]):
                    continue
                text = _lacking(model, value, place) if model.lacks else _harmful(model, value)
                if text is not None:
                    here = engine.gate if place.start >= FOREIGN and engine.gate is not None else place
                    source = Source(here.start, here.end, text, "constant", "the program itself", model.confidence)
                    yield model.rule, Taint(source), place


def _lacking(model: FixedModel, value: Value, place: ir.Node) -> str | None:
    """The entry that an object lacks, if it is known wholly and not written where it is used."""
    whole = value.fields is not None and value.openness == CLOSED and value.rest is None
    if not whole or isinstance(place, ir.Collection):
        return None
    return next((f"no {name}" for name in model.lacks if name not in (value.fields or {})), None)


def _harmful(model: FixedModel, value: Value) -> str | None:
    """The constant that a value may be and should not."""
    if model.always and (value.openness != CLOSED or value.forms):
        return None
    if value.items and value.rest is None and model.always:
        return _bytes(value.items)
    if value.name and model.value.fullmatch(value.name):
        return value.name
    return next((text for item in value.constants if (text := _written(model, item)) is not None), None)


def _bytes(items: tuple[Value, ...]) -> str | None:
    """Bytes that are written out one by one."""
    known = [item.only[0] for item in items if item.only is not None and item.openness == CLOSED]
    numbers = [item for item in known if isinstance(item, int)]
    return f"{len(items)} bytes" if len(numbers) == len(items) >= _FEWEST_BYTES else None


def _written(model: FixedModel, item: object) -> str | None:
    """A constant as a text, if it is one of those that a model means."""
    if isinstance(item, bool):
        item = str(item).lower()
    if isinstance(item, int) and 0 < item < model.below:
        return str(item)
    if isinstance(item, int):
        if model.bits or not model.value.pattern:
            return f"{item:#o}" if item & model.bits else None
        item = str(item)
    if isinstance(item, bytes):
        item = item.decode("latin-1")
    return item if isinstance(item, str) and model.value.fullmatch(item) else None


def _called(engine: Engine, names: list[str], node: ir.Call) -> tuple[str, ir.Node] | None:
    """The name of a function that is called by another one, with its place."""
    callee = node.callee
    written = engine.text(callee.start, callee.end)
    last = names[0].rpartition(".")
    plain = {names[0], last[2], ".".join(names[0].split(".")[-2:])}
    return None if written in plain else (names[0], callee)
