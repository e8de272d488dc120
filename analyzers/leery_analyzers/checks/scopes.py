"""Which names a unit binds, where, and to what: enough to follow a local variable one step back.

Holds no grammar: the languages' `Code` classes say what binds. Scopes are functions, classes and comprehensions; the
block scopes of JavaScript are not told apart, so a name has all the values it gets anywhere in its function.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

_MOST = 24
_place = attrgetter("at")
BindingKind = Literal["import", "value", "augment", "loop", "parameter", "other"]


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that gives a name a value.

    Attributes:
        name: the name.
        kind: how it is bound; `other` where the value cannot be told (unpacking, ``with``, ``except``, a definition).
        at: byte offset of the name.
        value: the expression assigned or added, the collection looped over, a parameter's type annotation.
        target: dotted name of what an import binds.
    """

    name: str
    kind: BindingKind
    at: int
    value: Node | None = None
    target: str = ""


class Span(NamedTuple):
    """The bytes of a scope; the names of a class are not seen from the functions inside it."""

    start: int
    end: int
    is_class: bool


class Scopes:
    """The bindings of a unit by scope and name.

    Args:
        spans: all scopes but the outermost, in any order.
        bindings: all bindings; those in `outside` belong to the scope around the one that starts with them.
        outside: offsets of the bindings that are a scope's own name.
    """

    def __init__(self, spans: Iterable[Span], bindings: Iterable[Binding], outside: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(set(spans), key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._parents = self._nest()
        self._names: dict[str, dict[int, list[Binding]]] = {}
        moved = dict(outside)
        for binding in bindings:
            scope = self._scope_at(moved.get(binding.at, binding.at))
            if binding.at in moved:
                scope = self._parents[scope]
            self._names.setdefault(binding.name, {}).setdefault(scope, []).append(binding)
        for by_scope in self._names.values():
            for here in by_scope.values():
                here.sort(key=_place)

    def lookup(self, name: str, at: int) -> tuple[Binding, ...]:
        """What binds `name` for a use at byte `at`, in order; empty when nothing in the unit does.

        Bindings after the use are left out if there are some before it, and so are all but the last few.
        """
        by_scope = self._names.get(name)
        if by_scope is None:
            return ()
        scope = self._scope_at(at)
        first = True
        while True:
            here = by_scope.get(scope)
            if here is not None and (first or scope < 0 or not self._spans[scope].is_class):
                before = bisect_left(here, at, key=_place)
                return tuple(here[max(0, before - _MOST) : before] or here[:_MOST])
            if scope < 0:
                return ()
            scope = self._parents[scope]
            first = False

    def _nest(self) -> dict[int, int]:
        parents: dict[int, int] = {}
        stack: list[int] = []
        for index, span in enumerate(self._spans):
            while stack and self._spans[stack[-1]].end <= span.start:
                stack.pop()
            parents[index] = stack[-1] if stack else -1
            stack.append(index)
        return parents

    def _scope_at(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        while index >= 0 and self._spans[index].end <= at:
            index = self._parents[index]
        return index
