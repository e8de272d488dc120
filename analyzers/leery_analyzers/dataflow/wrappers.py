"""Decorators of the document around functions that are called from outside: what they found out before the call.

Only what guards say of sources is taken over; what the parameters hold is what a caller from outside gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import CLOSED, Value, common

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Clearance

    Cleared = Mapping[tuple[str, str], tuple[Clearance, ...]]

_MOST = 4


class Wrappers:
    """Looks at decorators, and notes the state in which they call what they are put around."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.awaited: ir.Function | None = None
        self.reached: list[Cleared] = []

    def note(self, closure: Closure) -> None:
        """A function is called."""
        if closure.function is self.awaited:
            self.reached.append(dict(self.engine.state.cleared))

    def cleared(self, closure: Closure, variables: Mapping[str, Value]) -> Cleared:
        """What holds of sources on every way from a function's own decorators into it.

        Args:
            closure: the function.
            variables: its parameters, as they are when it is called from outside.
        """
        found: dict[tuple[str, str], tuple[Clearance, ...]] = {}
        if self.awaited is not None:
            return found
        for decorator in closure.function.decorators[:_MOST]:
            maker = self.engine.lookup(decorator.id) if isinstance(decorator, ir.Name) else None
            if maker is None or not isinstance(maker.target, Closure):
                continue
            for key, proofs in self._through(maker.target, closure, variables, decorator).items():
                found[key] = (*found.get(key, ()), *proofs)
        return found

    def _through(
        self, maker: Closure, closure: Closure, variables: Mapping[str, Value], place: ir.Expression
    ) -> Cleared:
        engine = self.engine
        called, self.awaited, self.reached = closure.called, closure.function, []
        defined = len(engine.defined)
        engine.sinks.muted += 1
        try:
            with engine.memory.apart():
                wrapper = engine.invoke(maker, Arguments([(Value(target=closure), place)]), place)[0].target
                if isinstance(wrapper, Closure) and wrapper is not closure:
                    engine.run_function(wrapper, _given(wrapper.function, variables), None)
        finally:
            engine.sinks.muted -= 1
            self.awaited, closure.called = None, called
            del engine.defined[defined:]
        if not self.reached:
            return {}
        first, *others = self.reached
        for other in others:
            first = {key: common(proofs, other.get(key, ())) for key, proofs in first.items()}
        return first


def _given(function: ir.Function, variables: Mapping[str, Value]) -> dict[str, Value]:
    """What a wrapper's parameters hold when the framework calls it by name."""
    given: dict[str, Value] = {}
    for parameter in function.parameters:
        if parameter.spread == "items":
            given[parameter.name] = Value(openness=CLOSED, items=(), type="tuple")
        elif parameter.spread == "fields":
            fields: dict[ir.Constant, Value] = dict(variables.items())
            given[parameter.name] = Value(openness=CLOSED, fields=fields, type="dict")
        else:
            given[parameter.name] = variables.get(parameter.name, Value())
    return given
