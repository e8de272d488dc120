"""The interpreter: runs a unit's IR over abstract values, statement by statement, every path once.

It knows no language: what is one language's own (methods of texts and lists, ``self``) is in a `Language`. Functions of
the unit are followed at each call with the values at hand, results kept by values; functions that nothing in the unit
calls are followed once more as entries, their parameters as sources.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import around, flags, ir
from leery_analyzers.dataflow.elements import MAX_ITEMS, any_element
from leery_analyzers.dataflow.evaluate import Evaluator
from leery_analyzers.dataflow.guards import Guards
from leery_analyzers.dataflow.imports import Imports
from leery_analyzers.dataflow.joins import join
from leery_analyzers.dataflow.lowered import FOREIGN, page
from leery_analyzers.dataflow.memory import MAX_CALLS, Memory
from leery_analyzers.dataflow.outside import Outside
from leery_analyzers.dataflow.routes import route_of
from leery_analyzers.dataflow.sinks import Sinks
from leery_analyzers.dataflow.state import (
    LOOKS,
    MAX_DEPTH,
    Budget,
    Closure,
    Frame,
    LocalClass,
    State,
)
from leery_analyzers.dataflow.statements import STATEMENTS, Statements
from leery_analyzers.dataflow.targets import Targets
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    NONE,
    NOTHING,
    OPEN,
    UNKNOWN,
    Clearance,
    Taint,
    Value,
    all_taints,
    clear,
    map_taints,
    marked,
    merge_taints,
    surest,
)
from leery_analyzers.dataflow.wrappers import Wrappers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.language import CommonLanguage
    from leery_analyzers.dataflow.lowered import Lowered, Shelf
    from leery_analyzers.dataflow.models import Models, RouteModel, SourceModel
    from leery_analyzers.dataflow.surroundings import Questions

MAX_ENTRIES = 3
"""Times that one function is followed as an entry: it is a new value each time that the code around it runs."""
MAX_ROUNDS = 8
"""Calls of a function by itself, inside each other, that are followed while it counts; four times as many in all."""
MAX_CALLBACKS = 16
"""Functions inside each other of which the innermost is written as an argument."""

_NOWHERE = Frame(None, None, None)


class Engine:
    """One analysis of one unit.

    Args:
        lowered: the unit.
        models: sources, sinks and so on.
        language: what is the language's own.
        questions: to the rest of the document.
        shelf: its units as IR.
        budget: how much it may do.

    Attributes:
        state: what holds where the analysis is; only meaningful while there is a path.
        exited: set by a call that does not come back.
        tests: for variables that hold the outcome of a test, the test.
        touched: variables that got something else within statements that may run in part, or again; None outside.
        reads: for tests by identity, the variables that they read, and how large they are.
        twins: for variables that hold an object, the other names of it.
        modules: top-level modules that are imported.
        value_place: what is being assigned.
        branching: the unit's branchings that were looked at, by identity.
        entered: pages of other units whose functions were followed.
        live: first bytes of statements in branches that some path has entered.
        escaping: what functions make harmless by how they take texts apart, by identity.
        gate: the last call on the way that stands in the unit itself.
        errors: keys of the errors that came in, where the language follows what they tell.
        options: whether an option of the command line, by name, lets only harmless values pass.
        path: names of the classes whose body is being looked at, outermost first.
        rounds: calls of functions by themselves that were followed because they count.
        classes: names of classes of which a field was changed that all objects share.
        circular: every function and class that was made; what they know leads back to them.
    """

    max_depth = MAX_DEPTH

    def __init__(
        self,
        lowered: Lowered,
        models: Models,
        language: CommonLanguage,
        questions: Questions,
        shelf: Shelf,
        budget: Budget,
    ) -> None:
        self.lowered = lowered
        self.models = models
        self.language = language
        self.outside = Outside(self, questions, shelf)
        self.budget = budget
        self.state = State()
        self.exited = False
        self.tests: dict[str, ir.Expression] = {}
        self.touched: set[str] | None = None
        self.reads: dict[int, tuple[ir.Expression, frozenset[str], int]] = {}
        self.twins: dict[str, set[str]] = {}
        self.seen: dict[int, Value] = {}
        self.sinks = Sinks(self)
        self.guards = Guards(self)
        self.evaluator = Evaluator(self)
        self.targets = Targets(self)
        self.statements = Statements(self)
        self.frame = Frame(None, None, self.state)
        self.frames: list[Frame] = [self.frame]
        self.defined: list[Closure] = []
        self.modules: set[str] = set()
        self.path: list[str] = []
        self.value_place: ir.Node | None = None
        self.branching: dict[int, ir.If] = {}
        self.live: set[int] = set()
        self.escaping: dict[int, frozenset[str]] = {}
        self.entered: set[int] = set()
        self.imports = Imports(self)
        self.memory = Memory(self)
        self.errors: set[tuple[str, str]] = set()
        self.options: dict[str, bool] = {}
        self.wrappers = Wrappers(self)
        self.gate: ir.Node | None = None
        self.classes: set[str] = set()
        self.rounds = 0
        self.circular: list[Closure | LocalClass] = []

    def release(self) -> None:
        """Part what refers to each other, so that all is gone at once and nobody has to find it; ends its use."""
        for made in self.circular:
            if isinstance(made, Closure):
                made.frame = _NOWHERE
            else:
                made.members, made.parents = {}, ()
        self.evaluator.release()
        vars(self).clear()

    # Small services

    def text(self, start: int, end: int) -> str:
        """The characters of a span, on one line."""
        return self.lowered.text(start, end) if start < FOREIGN else self.outside.text(start, end)

    def whole(self, node: ir.Node) -> str:
        """The characters of the unit that a node stands in, on one line."""
        unit = self.lowered if node.start < FOREIGN else self.outside.used.get(page(node.start))
        return unit.text(unit.base, unit.base + len(unit.source)) if unit is not None else ""

    def lookup(self, name: str, *, outside: bool = True) -> Value | None:
        """A variable's value, from the innermost scope that has it; the document's top level is the outermost.

        Args:
            name: of the variable.
            outside: whether to look there, too.
        """
        found = self.state.variables.get(name)
        if found is not None:
            return found
        frame = self.frame.parent
        while frame is not None:
            if frame.state is not None:
                found = frame.state.variables.get(name)
                if found is not None:
                    return found
            frame = frame.parent
        return self.outside.lookup(name) if outside else None

    def peek(self, node: ir.Expression) -> Value:
        """The value that an expression had when it was last looked at, without its effects."""
        if isinstance(node, ir.Name):
            found = self.lookup(node.id)
            return found if found is not None else self.evaluator.named(node.id)
        return self.seen.get(id(node), UNKNOWN)

    @staticmethod
    def is_foreign(node: ir.Node) -> bool:
        """Whether a node stands in another unit than the one under analysis."""
        return node.start >= FOREIGN

    def cleared(self, taint: Taint, sink: str) -> Clearance | None:
        """What guards have found out about a taint's source."""
        return surest(self.state.cleared.get(taint.source.key, ()), sink)

    def clear_source(self, taint: Taint, proof: Clearance) -> None:
        """Remember that a source's data is harmless from here on."""
        known = self.state.cleared.get(taint.source.key, ())
        if proof not in known:
            self.state.cleared[taint.source.key] = (*known, proof)

    def as_number(self, value: Value, node: ir.Node) -> Value:
        """A value that is written as a number."""
        proof = Clearance(frozenset({EVERY}), "it is written as a number", node.start, node.end)
        return clear(value, proof) if all_taints(value) else value

    def closure(self, function: ir.Function, owner: LocalClass | None = None) -> Value:
        """A function as a value."""
        made = Closure(function, self.frame, owner, cleared=self.state.cleared)
        self.circular.append(made)
        if function.start < FOREIGN:
            self.defined.append(made)
        return Value(openness=OPEN, target=made)

    def assign(self, target: ir.Expression, value: Value) -> None:
        """Give a target a value."""
        self.targets.assign(target, value)

    def assign_quietly(self, target: ir.Expression, value: Value) -> None:
        """Give a target the same value with more known about it: no step, no sink."""
        self.targets.update(target, value)

    def yielded(self, value: Value, *, every: bool = False) -> None:
        """A value handed out of the function at hand, or every element of it."""
        known, function = self.frame.yielded, self.frame.function
        before = known.items if known is not None else ()
        more = (value,) if not every else value.items if value.rest is None else None
        if function is not None and function.in_order and before is not None and more is not None:
            items = (*before, *more)
            if len(items) <= MAX_ITEMS:
                self.frame.yielded = Value(openness=CLOSED, items=items, type="list")
                return
        inside = any_element(value) if every else value
        rest = inside if known is None else join(any_element(known), inside)
        self.frame.yielded = Value(openness=CLOSED, rest=rest, type="list")

    # Blocks and statements

    def block(self, body: ir.Block) -> bool:
        """Run statements; whether the path goes on after them."""
        budget, statements, frame = self.budget, self.statements, self.frame
        if body and body[0].__class__ is ir.Import and not frame.trying and budget.depth < self.max_depth:
            body = self.imports.take(body)
        for statement in body:
            left = budget.left = budget.left - 1
            if not left & LOOKS:
                budget.look()
            if budget.depth >= self.max_depth:
                budget.too_deep = True
                return True
            budget.depth += 1
            goes_on = STATEMENTS[statement.__class__](statements, statement)
            budget.depth -= 1
            if self.exited:
                self.exited = False
                return False
            if not goes_on:
                return False
            if frame.trying:
                frame.watched.append(self.state.copy())
        return True

    def dead(self) -> list[ir.Statement]:
        """Statements of branches that no path has entered."""
        branches = (
            body for node in self.branching.values() for body in (*(b for _, b in node.branches), node.otherwise)
        )
        return [statement for body in branches for statement in body if statement.start not in self.live]

    def go_on(self, state: State | None) -> bool:
        """Go on from a state; whether there is one."""
        if state is None:
            return False
        self.state = state
        return True

    # Functions

    def invoke(
        self, closure: Closure, given: Arguments, node: ir.Node, own: Value | None = None
    ) -> tuple[Value, Value | None]:
        """Follow a call of a function of the unit.

        Returns:
            What it returns, and the object after it, for a method.
        """
        closure.called = True
        self.memory.touch(closure)
        self.wrappers.note(closure, given, node, own)
        if closure.function.start >= FOREIGN:
            self.entered.add(page(closure.function.start))
        running = sum(frame.function is closure.function for frame in self.frames)
        deep = running > 1 or (running and closure.function.name and not self.language.again(given))
        if len(self.frames) > MAX_CALLS or (deep and not self._counts(closure, given, running)):
            taints = map_taints(given.taints(), lambda taint: replace(taint, exact=False))
            return Value(taints=taints), own
        variables = around.entering(self, closure, self.targets.bind(closure.function, given, node, own))
        outer = self.gate
        self.gate = node if node.start < FOREIGN else outer
        frame, state = self.memory.run(closure, variables, own)
        self.gate = outer
        if frame.cleared is not None:
            self.state.cleared.update(frame.cleared)
        elif self.language.ends and not self._is_abstract(closure.function):
            self.exited = True
        if state is not None:
            around.hand_back(self, closure, given, state)
        flags.handed(self, closure, given)
        around.take_over(self, closure, frame, given)
        result = frame.result if frame.result is not NOTHING else NONE
        if frame.yielded is not None:
            result = frame.yielded
        name = closure.function.name
        if name:
            result = marked(
                self._escaped(closure.function, result), node.start, node.end, f"comes back from `{name}` here"
            )
        if own is not None and state is not None and closure.function.parameters:
            own = state.variables.get(closure.function.parameters[0].name, own)
        return result, own

    def _counts(self, closure: Closure, given: Arguments, running: int) -> bool:
        """Whether a function calls itself with a number that is known, and another one than before."""
        spent = running > MAX_ROUNDS or self.rounds >= 4 * MAX_ROUNDS
        if spent or self.frames[-1].function is not closure.function:
            return False
        for parameter, (value, _) in zip(closure.function.passed, given.positional, strict=False):
            known = self.state.variables.get(parameter.name)
            counted = value.only is not None and type(value.only[0]) is int and known is not None and known.only
            if counted and counted != value.only:
                self.rounds += 1
                return True
        return False

    def _escaped(self, function: ir.Function, result: Value) -> Value:
        """What a function gives that takes harmful characters out of texts one by one."""
        if not result.taints:
            return result
        key = id(function)
        if key not in self.escaping:
            self.escaping[key] = self.language.escaped(function)
        classes = self.escaping[key]
        proof = Clearance(classes, f"`{function.name}` replaces harmful characters", function.start, function.start)
        return clear(result, proof) if classes else result

    def _is_abstract(self, function: ir.Function) -> bool:
        """Whether a function only says that another one is to be written in its place."""
        last = function.body[-1] if function.body else None
        value = last.value if isinstance(last, ir.Raise) else None
        return value is not None and self.text(value.start, value.end).startswith("NotImplemented")

    def ask(self, closure: Closure, given: Arguments, node: ir.Node, own: Value | None, *, holds: bool) -> None:
        """Take for given that a function of the unit answered yes, or no: what it found out on the way there."""
        self.memory.touch(closure)
        if len(self.frames) > MAX_CALLS or any(frame.function is closure.function for frame in self.frames):
            return
        if closure.function.start >= FOREIGN:
            self.entered.add(page(closure.function.start))
        variables = self.targets.bind(closure.function, given, node, own)
        self.sinks.muted += 1
        frame, _ = self.run_function(closure, variables, own, asks=holds)
        self.sinks.muted -= 1
        if frame.cleared is not None:
            self.state.cleared.update(frame.cleared)
            around.take_over(self, closure, frame, given)

    def passed(self, closure: Closure, given: Arguments, node: ir.Node, own: Value | None) -> Value:
        """The first argument of a function of the unit where that answers yes."""
        self.invoke(closure, given, node, own)
        value = given.positional[0][0]
        parameters = closure.function.parameters[own is not None :]
        if len(self.frames) > MAX_CALLS or not parameters:
            return value
        variables = self.targets.bind(closure.function, given, node, own)
        self.sinks.muted += 1
        frame, _ = self.run_function(closure, variables, own, asks=True)
        self.sinks.muted -= 1
        value = frame.kept.get(parameters[0].name, value)
        for key, proofs in (frame.cleared or {}).items():
            for proof in proofs:
                value = clear(value, proof, of=key)
        return value

    def run_function(
        self,
        closure: Closure,
        variables: dict[str, Value],
        own: Value | None,
        *,
        asks: bool | None = None,
        returns: str = "",
        route: RouteModel | None = None,
    ) -> tuple[Frame, State | None]:
        """Follow a function's body.

        Args:
            closure: the function.
            variables: its parameters.
            own: the object that it is called on.
            asks: as of `Frame`.
            returns: id of the rule for what it returns, empty for that of its route.
            route: that it is, if that is known.

        Returns:
            What came of it, and what holds at its end.
        """
        outer_frame, outer_state, outer_tests, touched = self.frame, self.state, self.tests, self.touched
        outer_frame.state = outer_state
        self.tests, self.touched = {}, None
        self.frame = Frame(closure.function, closure.frame, None, own=own)
        if asks is None:
            route = route or route_of(self, closure)
            self.frame.returns_to = returns or route.returns
            asked = bool(route.title) and "a model" not in route.title
            self.frame.answers = asked or self.language.answers_with(closure)
        self.frame.asks = asks
        self.frames.append(self.frame)
        self.state = State(variables, dict(outer_state.cleared))
        self.frame.state = None
        frame = self.frame
        try:
            going = self.block(closure.function.body)
            state = self.state
            frame.state = state
            if going and asks is not True:
                frame.result = join(frame.result, NONE)
                self.leave(state)
        finally:
            self.frames.pop()
            self.frame, self.state, self.tests, self.touched = outer_frame, outer_state, outer_tests, touched
            self.exited = False
        around.change(self, closure, outer_state, state)
        return frame, state

    def leave(self, state: State) -> None:
        """A path comes back from the function at hand."""
        self.frame.leave(state)
        around.leave(self.frame, state)

    def entry(self, closure: Closure) -> Frame:
        """Follow a function that nothing in the unit calls; its parameters are sources."""
        own = self.outside.object_of(closure.owner, closure) if closure.owner is not None else None
        route = route_of(self, closure)
        variables = self.targets.entry_parameters(closure, own, route=route)
        passed, variables = self.wrappers.through(closure, variables)
        before = {**passed, **self.state.cleared, **closure.cleared}
        kept, self.state = self.state, State(self.state.variables, before)
        known = route if closure.frame is self.frame else None  # another scope may know its decorators by other names
        try:
            return self.run_function(closure, variables, own, route=known)[0]
        finally:
            self.state = kept

    def callback(
        self, closure: Closure, passed: Value, source: SourceModel | None = None, *, returns: str = ""
    ) -> Value:
        """Follow a function written as an argument where it stands; what it is called with is not known.

        Args:
            closure: the function.
            passed: what it may be called with, beyond what its parameters say.
            source: what it is called with for certain.
            returns: id of the rule for what it returns, empty if that goes to no sink.
        """
        closure.called = True
        self.memory.touch(closure)
        running = sum(frame.function is closure.function for frame in self.frames)
        if len(self.frames) > MAX_CALLBACKS or running > 1:
            return UNKNOWN
        variables = self.targets.entry_parameters(closure, None, inline=True, source=source)
        if passed.taints:
            variables = {
                name: value.with_taints(merge_taints(value.taints, passed.taints)) for name, value in variables.items()
            }
        return self.run_function(closure, variables, None, returns=returns)[0].result

    def made_by(self, maker: Closure, made: Value) -> Value:
        """The object that a constructor leaves when it is called from outside; nothing in it counts as a sink."""
        self.sinks.muted += 1
        variables = self.targets.entry_parameters(maker, made)
        with self.memory.apart():
            _, state = self.run_function(maker, variables, made)
        self.sinks.muted -= 1
        if state is None or not maker.function.parameters:
            return made
        return state.variables.get(maker.function.parameters[0].name, made)

    def aside(self, frame: Frame, body: ir.Block, path: Sequence[str] = ()) -> None:
        """Run statements of the rest of the document in a frame of their own; nothing in them counts as a sink."""
        kept = self.frame, self.frames, self.state, self.path, self.exited, self.value_place
        tests, touched = self.tests, self.touched
        self.frame.state = self.state
        self.frame, self.frames, self.path = frame, [self.frames[0], frame], [*path]
        self.tests, self.touched = {}, None
        self.state, frame.state = frame.state or State(), None
        self.sinks.muted += 1
        try:
            with self.memory.apart():
                self.block(body)
        finally:
            self.sinks.muted -= 1
            frame.state = self.state
            self.frame, self.frames, self.state, self.path, self.exited, self.value_place = kept
            self.tests, self.touched = tests, touched

    def run(self, module: ir.Module) -> None:
        """Follow a unit: its statements, then every function that they do not call."""
        self.block(module.body)
        self.frame.state = self.state
        index = 0
        entered: Counter[int] = Counter()
        while index < len(self.defined):
            closure = self.defined[index]
            index += 1
            again = entered[id(closure.function)] < MAX_ENTRIES
            if again and (not closure.called or route_of(self, closure).title):
                entered[id(closure.function)] += 1
                self.entry(closure)
                closure.called = True
