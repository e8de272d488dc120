"""Decorators of the document: what a name stands for once they are applied, and what they do before the call.

A function that a framework calls is entered with what its decorators pass on: the values of its parameters, and what
guards have found out on every way through them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import CLOSED, UNKNOWN, Value, all_taints, common

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
        self.reached: list[tuple[Cleared, Mapping[str, Value]]] = []

    def note(self, closure: Closure, given: Arguments, node: ir.Node, own: Value | None) -> None:
        """A function is called."""
        if closure.function is self.awaited:
            bound = self.engine.targets.bind(closure.function, given, node, own)
            self.reached.append((dict(self.engine.state.cleared), bound))

    def applied(self, function: ir.Function, plain: Value) -> Value:
        """What a function's name stands for: what the decorators of the document make of it."""
        engine, value = self.engine, plain
        for decorator in reversed(function.decorators):
            maker = engine.evaluator.of(decorator).target
            if not isinstance(maker, Closure) or maker.function.is_method or len(function.decorators) > _MOST:
                continue
            defined = len(engine.defined)
            made = engine.invoke(maker, Arguments([(value, decorator)]), decorator)[0]
            del engine.defined[defined:]
            value = made if isinstance(made.target, Closure) and not made.taints else value
        return value

    def through(self, closure: Closure, variables: dict[str, Value]) -> tuple[Cleared, dict[str, Value]]:
        """What holds of sources on every way from a function's own decorators into it, and what its parameters hold.

        Args:
            closure: the function.
            variables: its parameters, as they are when it is called from outside.
        """
        found: dict[tuple[str, str], tuple[Clearance, ...]] = {}
        if self.awaited is not None:
            return found, variables
        for decorator in closure.function.decorators[:_MOST]:
            if not isinstance(decorator, (ir.Name, ir.Call)):
                continue
            for cleared, passed in self._through(decorator, closure, variables):
                for key, proofs in cleared.items():
                    found[key] = (*found.get(key, ()), *proofs)
                variables = {name: _passed(value, passed.get(name)) for name, value in variables.items()}
        return found, variables

    def _through(
        self, decorator: ir.Expression, closure: Closure, variables: Mapping[str, Value]
    ) -> list[tuple[Cleared, Mapping[str, Value]]]:
        engine = self.engine
        name = decorator.callee if isinstance(decorator, ir.Call) else decorator
        known = engine.lookup(name.id) if isinstance(name, ir.Name) else None
        if known is None or not isinstance(known.target, Closure):
            return []
        called, self.awaited, self.reached = closure.called, closure.function, []
        defined = len(engine.defined)
        engine.sinks.muted += 1
        try:
            with engine.memory.apart():
                maker = engine.evaluator.of(decorator).target
                if isinstance(maker, Closure):
                    wrapper = engine.invoke(maker, Arguments([(Value(target=closure), decorator)]), decorator)[0].target
                    if isinstance(wrapper, Closure) and wrapper is not closure:
                        engine.run_function(wrapper, _given(wrapper.function, variables), None)
        finally:
            engine.sinks.muted -= 1
            self.awaited, closure.called = None, called
            del engine.defined[defined:]
        if not self.reached:
            return []
        (first, passed), *others = self.reached
        for other, values in others:
            first = {key: common(proofs, other.get(key, ())) for key, proofs in first.items()}
            passed = {name: join(value, values.get(name, UNKNOWN)) for name, value in passed.items()}
        return [(first, passed)]


def _passed(value: Value, passed: Value | None) -> Value:
    """What a parameter holds once a decorator has passed it on, as far as that can be told."""
    if passed is None or not value.taints:
        return value
    own = {taint.source.key for taint in all_taints(value)}
    inside = {taint.source.key for taint in all_taints(passed)}
    return passed if inside == own or passed.is_constant else value


def _given(function: ir.Function, variables: Mapping[str, Value]) -> dict[str, Value]:
    """What a wrapper's parameters hold when the framework calls it by name, or with what comes first."""
    given: dict[str, Value] = {}
    values = [*variables.values()]
    for index, parameter in enumerate(function.parameters):
        if parameter.spread == "items":
            given[parameter.name] = Value(openness=CLOSED, items=(), type="tuple")
        elif parameter.spread == "fields":
            fields: dict[ir.Constant, Value] = dict(variables.items())
            given[parameter.name] = Value(openness=CLOSED, fields=fields, type="dict")
        else:
            place = values[index] if index < len(values) else UNKNOWN
            given[parameter.name] = variables.get(parameter.name, place)
    return given
