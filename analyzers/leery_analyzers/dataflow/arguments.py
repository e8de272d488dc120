"""What a call passes, as values with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.values import (
    NOTHING,
    all_taints,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow.values import Taint, Value


@dataclass(slots=True)
class Arguments:
    """Evaluated arguments.

    Attributes:
        positional: values and places, in order.
        named: by name.
        rest: what spread arguments may hold; None if there are none.
        loose: an object that is spread and whose keys come from outside, with its place.
    """

    positional: list[tuple[Value, ir.Node]] = field(default_factory=list)
    named: dict[str, tuple[Value, ir.Node]] = field(default_factory=dict)
    rest: Value | None = None
    loose: tuple[Value, ir.Node] | None = None

    def find(self, which: int | str) -> tuple[Value, ir.Node] | None:
        """An argument by position or name."""
        if isinstance(which, int):
            return self.positional[which] if which < len(self.positional) else None
        if which in self.named:
            return self.named[which]
        head, dot, name = which.partition(".")
        return self._option(head, name) if dot else None

    def _option(self, where: str, name: str) -> tuple[Value, ir.Node] | None:
        """An entry of an object that is an argument, or of an object in it: at a position, or of any (``*``)."""
        held = [self.named[where]] if where in self.named else []
        held += [one for index, one in enumerate(self.positional) if where in {"*", str(index)}]
        return next((found for value, place in held if (found := _part(value, place, name)) is not None), None)

    def get(self, which: str) -> Value | None:
        """An argument's value by name, or by a position written as text."""
        found = self.find(int(which) if which.isdigit() else which)
        return found[0] if found is not None else None

    def at(self, index: int, name: str = "") -> Value | None:
        """An argument's value by position or name."""
        found = self.find(index) or (self.named.get(name) if name else None)
        return found[0] if found is not None else None

    def everything(self) -> list[tuple[Value, ir.Node]]:
        """Every argument with its place."""
        return [*self.positional, *self.named.values()] if self.named else self.positional

    def system_messages(self) -> Iterator[tuple[Value, ir.Node]]:
        """What the messages of role ``system`` say, in a list of messages for a model."""
        found = self.find("messages") or self.find("*.messages")
        if found is None:
            return
        value, place = found
        for message in value.items or ():
            fields = message.fields or {}
            role = fields.get("role")
            if role is not None and role.text in {"system", "developer"} and "content" in fields:
                yield fields["content"], place

    def taints(self, *, objects: bool = True) -> tuple[Taint, ...]:
        """The taints of all arguments.

        Args:
            objects: those of objects written out, too: they are settings and questions more often than texts.
        """
        found: tuple[Taint, ...] = ()
        for value, _ in self.everything():
            if objects or value.type != "object":
                found = merge_taints(found, all_taints(value))
        return found if self.rest is None else merge_taints(found, all_taints(self.rest))

    def spread(self, value: Value) -> None:
        """Take in a spread argument."""
        self.rest = join(self.rest or NOTHING, value)


def _part(value: Value, place: ir.Node, name: str) -> tuple[Value, ir.Node] | None:
    """An entry of an object by its name, or by the names on the way to it, joined by dots."""
    if value.fields is None:
        return None
    if name in value.fields:
        return value.fields[name], entry(place, name)
    head, dot, rest = name.partition(".")
    inner = value.fields.get(head) if dot else None
    return _part(inner, entry(place, head), rest) if inner is not None else None


def entry(place: ir.Node, name: str) -> ir.Node:
    """Where an entry of an object stands, if that is written out here."""
    if isinstance(place, ir.Collection):
        for key, item in place.items:
            if isinstance(key, ir.Const) and key.value == name:
                return item
    return place
