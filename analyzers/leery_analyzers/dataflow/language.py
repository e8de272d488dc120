"""What holds for a language unless it says otherwise; the base of every plugin."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls
    from leery_analyzers.dataflow.evaluate import Evaluator
    from leery_analyzers.dataflow.guards import Guards
    from leery_analyzers.dataflow.values import Value


class CommonLanguage:
    """A language without anything of its own; see `leery_analyzers.dataflow.engine.Language`."""

    constructor = ""
    numbers: frozenset[str] = frozenset()
    not_data: frozenset[str] = frozenset()
    injected: frozenset[str] = frozenset()
    of_class: frozenset[str] = frozenset()
    matchers: Mapping[str, bool] = MappingProxyType({})
    kinds: Mapping[ir.CollectionKind, str] = MappingProxyType(
        {"list": "list", "tuple": "tuple", "set": "set", "map": "dict"}
    )
    own_callbacks = False
    answers = False

    def is_private(self, function: ir.Function) -> bool:
        """False."""
        del function
        return False

    def member(self, evaluator: Evaluator, base: Value, name: str, node: ir.Expression) -> Value | None:
        """None."""
        del evaluator, base, name, node
        return None

    def assume(self, guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
        """False."""
        del guards, test, holds
        return False

    def call(
        self, calls: Calls, node: ir.Call, names: list[str], receiver: Value | None, given: Arguments
    ) -> Value | None:
        """None."""
        del calls, node, names, receiver, given
        return None

    def operation(self, evaluator: Evaluator, node: ir.Operation, values: list[Value]) -> Value | None:
        """None."""
        del evaluator, node, values
        return None
