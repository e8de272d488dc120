"""Statements: what each kind does to the state the engine is in, and whether the path goes on after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from leery_analyzers.dataflow import errors, flags, folding, ir, loops, outcomes
from leery_analyzers.dataflow.guards import meant
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.lowered import FOREIGN
from leery_analyzers.dataflow.state import LocalClass, join_states, overload
from leery_analyzers.dataflow.values import NONE, OPEN, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.engine import Engine


_JOINED: Mapping[str, Literal["and", "or"]] = {"&": "and", "|": "or"}


class Statements:
    """Runs statements in the engine's current state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def run(self, statement: ir.Statement) -> bool:
        """Run a statement; whether the path goes on after it."""
        return STATEMENTS[statement.__class__](self, statement)

    def _evaluate(self, node: ir.Evaluate) -> bool:
        self.engine.evaluator.of(node.value)
        return True

    def _assign(self, node: ir.Assign) -> bool:
        value = self.engine.evaluator.of(node.value)
        self.engine.value_place = node.value
        if node.declared and not node.op:
            value = self.engine.language.typed(self.engine, value, node.declared, node.value)
        if node.op:
            self._augment(node, value)
            return True
        tests = self.engine.tests
        for target in node.targets:
            if not isinstance(target, ir.Name):
                self.engine.assign(target, value)
                continue
            kept = dict(tests) if isinstance(node.value, ir.Call) and _is_same(target, node.value) else None
            before, test = tests.get(target.id), outcomes.tested(self.engine, node.value)
            self.engine.assign(target, value)
            if kept is not None:  # the same text in another form
                kept.pop(target.id, None)
                tests.update(kept)
            outcomes.remember(self.engine, target.id, test, before)
            if isinstance(node.value, ir.Name):
                self.engine.targets.twin(target.id, node.value.id)
        return True

    def _augment(self, node: ir.Assign, value: Value) -> None:
        """``ok &= test`` holds if it held before and the test does."""
        target = node.targets[0]
        before = self.engine.tests.get(target.id) if isinstance(target, ir.Name) else None
        self.engine.targets.augment(node, value)
        if isinstance(target, ir.Name) and node.op in _JOINED:
            test = ir.Bool(node.start, node.end, _JOINED[node.op], (target, node.value))
            outcomes.remember(self.engine, target.id, test, before)

    def _if(self, node: ir.If) -> bool:
        found = flags.begun(self.engine, node)
        kept = dict(self.engine.tests)
        goes_on = self._branches(node)
        if found and goes_on:
            flags.remember(self.engine, node, found, kept)
        if goes_on:
            self.engine.tests.update(flags.decided(node))
        return goes_on

    def _branches(self, node: ir.If) -> bool:
        engine = self.engine
        done: outcomes.Path | None = None
        if node.start < FOREIGN:
            engine.branching[id(node)] = node
        for test, body in node.branches:
            outcome = folding.truth(engine.evaluator.of(test))
            if outcome is False:
                continue
            engine.budget.branch(engine.state)
            rest, tests = engine.state.copy(), dict(engine.tests)
            if outcome is None:
                engine.guards.assume(test, holds=True)
            done = self._branch(node, body, done)
            if outcome is True:
                return self._meet(done)
            engine.state, engine.tests = rest, tests
            engine.guards.assume(test, holds=False)
        return self._meet(self._branch(node, node.otherwise, done))

    def _branch(self, node: ir.If, body: ir.Block, done: outcomes.Path | None) -> outcomes.Path | None:
        """Run a branch; where the paths meet that went on before it, and its own."""
        engine = self.engine
        engine.live.update(statement.start for statement in body)
        return outcomes.joined(engine, done, node) if engine.block(body) else done

    def _meet(self, path: outcomes.Path | None) -> bool:
        if path is None:
            return False
        self.engine.tests = dict(path.tests)
        return self.engine.go_on(path.state)

    def _loop(self, node: ir.Loop) -> bool:
        with outcomes.apart(self.engine):
            return loops.loop(self.engine, node)

    def _try(self, node: ir.Try) -> bool:
        return loops.attempt(self.engine, node)

    def _sequence(self, node: ir.Sequence) -> bool:
        if not node.breaks:
            return self.engine.block(node.body)
        with outcomes.apart(self.engine):
            return loops.breakable(self.engine, node)

    def _return(self, node: ir.Return) -> bool:
        value = self.engine.evaluator.of(node.value) if node.value is not None else NONE
        if self.engine.exited:
            return False
        if self.engine.frame.asks is not None:
            self._answer(node, value, holds=self.engine.frame.asks)
            return False
        value = self.engine.evaluator.guarded(value)
        if node.value is not None:
            self._given_back(node.value, value)
        self.engine.frame.result = join(self.engine.frame.result, value)
        self.engine.leave(self.engine.state)
        return False

    def _given_back(self, node: ir.Expression, value: Value) -> None:
        """What a function gives to a framework."""
        self.engine.language.answered(self.engine, node, value)
        if self.engine.frame.returns_to:
            self.engine.targets.returned(node, value)
        if self.engine.frame.answers:
            errors.shown(self.engine.sinks, errors.ANSWER, value, node)

    def _answer(self, node: ir.Return, value: Value, *, holds: bool) -> None:
        """The end of a path of a function that is asked what holds if it says yes, or no."""
        outcome = folding.truth(value)
        if outcome is None and node.value is not None:
            self.engine.guards.assume(node.value, holds=holds)
        if outcome is None or outcome is holds:
            self.engine.leave(self.engine.state)

    def _raise(self, node: ir.Raise) -> bool:
        if node.value is not None:
            value = self.engine.evaluator.of(node.value)
            if self.engine.frame.trying:
                self.engine.frame.raised.append(value)
        return False

    def _break(self, node: ir.Break) -> bool:
        if len(self.engine.frame.loops) > node.outer:
            frame = self.engine.frame.loops[-1 - node.outer]
            frame.broken = join_states(frame.broken, self.engine.state)
        return False

    def _continue(self, node: ir.Continue) -> bool:
        if len(self.engine.frame.loops) > node.outer:
            frame = self.engine.frame.loops[-1 - node.outer]
            frame.continued = join_states(frame.continued, self.engine.state)
        return False

    def _delete(self, node: ir.Delete) -> bool:
        for target in node.targets:
            self.engine.targets.delete(target)
        return True

    def _import(self, node: ir.Import) -> bool:
        self.engine.modules.add(node.qualified.partition(".")[0])
        self.engine.state.variables[node.name] = self.engine.evaluator.named(node.qualified)
        return True

    def _define(self, node: ir.Define) -> bool:
        plain = self.engine.closure(node.function)
        decorated = self.engine.wrappers.applied(node.function, plain)
        self.engine.state.variables[node.function.name] = decorated
        return True

    def _class(self, node: ir.DefineClass) -> bool:
        bases, parents = [], []
        for base in node.bases:
            value = self.engine.evaluator.of(base)
            bases.append(value.name or self.engine.text(base.start, base.end))
            if isinstance(value.target, LocalClass):
                parents.append(value.target)
        members: dict[str, Value] = {}
        made = LocalClass(node.name, tuple(bases), members, tuple(parents))
        self.engine.circular.append(made)
        self.engine.path.append(node.name)
        made.members = self.engine.outside.members(made, ".".join(self.engine.path), members)
        kept = self.engine.state
        self.engine.state = kept.copy()
        self.engine.state.variables[node.name] = Value(openness=OPEN, target=made)
        for statement in node.body:
            if isinstance(statement, ir.Define):
                self._method(statement.function, made, members)
                continue
            before = dict(self.engine.state.variables) if isinstance(statement, _COMPOUND) else {}
            self.engine.block((statement,))
            for name in _bound_names(statement) if not before else set(self.engine.state.variables) - set(before):
                if name in self.engine.state.variables:
                    members[name] = self.engine.state.variables[name]
        self.engine.state = kept
        self.engine.path.pop()
        self.engine.state.variables[node.name] = Value(openness=OPEN, target=made)
        return True

    def _method(self, function: ir.Function, owner: LocalClass, members: dict[str, Value]) -> None:
        """A method as a member; a constructor may be named like its class."""
        name = self.engine.language.constructor if function.name == owner.name else function.name
        members[name] = self.engine.closure(function, owner)
        if self.engine.language.overloads:
            members[overload(name, len(function.parameters) - function.is_method)] = members[name]


def _is_same(target: ir.Name, value: ir.Expression) -> bool:
    """Whether a variable is given what it holds in another form."""
    same = meant(value)
    return isinstance(same, ir.Name) and same.id == target.id


_COMPOUND = (ir.If, ir.Loop, ir.Try, ir.Sequence)


def _bound_names(statement: ir.Statement) -> list[str]:
    """The names that a simple statement of a class's body binds."""
    if isinstance(statement, ir.Assign):
        return [target.id for target in statement.targets if isinstance(target, ir.Name)]
    return [statement.name] if isinstance(statement, (ir.Import, ir.DefineClass)) else []


STATEMENTS: Mapping[type, Callable[[Statements, Any], bool]] = {
    ir.Evaluate: Statements._evaluate,  # noqa: SLF001 - the table of the class above
    ir.Assign: Statements._assign,  # noqa: SLF001
    ir.If: Statements._if,  # noqa: SLF001
    ir.Loop: Statements._loop,  # noqa: SLF001
    ir.Try: Statements._try,  # noqa: SLF001
    ir.Sequence: Statements._sequence,  # noqa: SLF001
    ir.Return: Statements._return,  # noqa: SLF001
    ir.Raise: Statements._raise,  # noqa: SLF001
    ir.Break: Statements._break,  # noqa: SLF001
    ir.Continue: Statements._continue,  # noqa: SLF001
    ir.Delete: Statements._delete,  # noqa: SLF001
    ir.Import: Statements._import,  # noqa: SLF001
    ir.Define: Statements._define,  # noqa: SLF001
    ir.DefineClass: Statements._class,  # noqa: SLF001
}
"""What runs a kind of statement; whether the path goes on after it."""
