"""Calls: sinks, sources, sanitisers, functions of the unit, known and unknown ones.

The policy for a function that nothing is known of: what it returns may hold everything it was given, which counts as
weak (one step less sure; in JavaScript objects written out as arguments are left out); a function that it was given is
called with anything else it was given; its arguments stay as they were. A name that says ``escape`` or ``sanitize`` is
believed for that, and marked as a guess.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, TypeVar

from leery_analyzers.dataflow import dispatch, ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.models import Role, Told
from leery_analyzers.dataflow.names import is_cleaner, is_lookup
from leery_analyzers.dataflow.state import Bound, Closure, LocalClass, Preset, overload
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    FIXED,
    NOTHING,
    OPEN,
    UNKNOWN,
    Clearance,
    Value,
    all_taints,
    clear,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.evaluate import Evaluator
    from leery_analyzers.dataflow.models import CallbackModel
    from leery_analyzers.dataflow.values import Taint

_MOST_NAMES = 3
_TOLD = frozenset({"execute", "handler", "func", "run", "call"})
"""Entries of an object under which a function is passed that is called with data from outside."""
_ASKED = frozenset({"nosql-injection"})
_STORED = frozenset({"trust-boundary-violation"})
RESOLVED = "(resolved)"
"""A class that no sink has: the value is a path without ``..`` and links."""


_Model = TypeVar("_Model")


def _first(models: Mapping[str, _Model], names: list[str]) -> _Model | None:
    """What there is under the first of some names that there is anything under."""
    for name in names:
        if name in models:
            return models[name]
    return None


class Calls:
    """Evaluates calls."""

    def __init__(self, engine: Engine, evaluator: Evaluator) -> None:
        self.engine = engine
        self.evaluator = evaluator
        self.models = engine.models

    def of(self, node: ir.Call) -> Value:
        """The value of a call."""
        callee = node.callee
        receiver: Value | None = None
        if isinstance(callee, ir.Attribute):
            receiver = self.evaluator.of(callee.base)
            function = self.engine.seen[id(callee)] = self._member(receiver, callee, len(node.arguments))
        else:
            function = self.evaluator.of(callee)
        given = self._arguments(node)
        names = self.names(function, receiver, callee)
        if isinstance(function.target, (Closure, Bound)):
            names = [name for name in names if not name.startswith(".")]
            self.engine.sinks.shadowed(node, receiver, given)
        told = self._told(names)
        is_sink = self.engine.sinks.call(told, node, receiver, given)
        if function.target is not None and not isinstance(function.target, str):
            found = self._local(function.target, node, given, receiver)
            if found is not None:
                return found
        elif (known := dispatch.method(self.engine, receiver, callee, len(given.positional))) is not None:
            (bound, sure), is_known = known, bool(told.role)
            found = self.engine.invoke(bound.closure, given, node, own=bound.own)[0]
            if sure and not is_known:
                return found
            return join(found, self._known(names, told, node, receiver, given, is_sink=is_sink))
        return self._known(names, told, node, receiver, given, is_sink=is_sink)

    def _told(self, names: list[str]) -> Told:
        """What models say of a call under any of its names."""
        roles = self.models.roles
        listed = [name for name in names if name in roles]
        role = 0
        for name in listed:
            role |= roles[name]
        return Told(listed, role)

    def _member(self, receiver: Value, callee: ir.Attribute, count: int) -> Value:
        if receiver.fields is not None and receiver.type in {"dict", "map"}:
            return UNKNOWN
        if self.engine.language.overloads and isinstance(receiver.target, LocalClass):
            own = overload(callee.name, count)
            if own in receiver.target.members:
                return self.evaluator.member(receiver, own, callee)
        found = receiver.fields.get(callee.name) if receiver.fields is not None else None
        if found is not None:
            return found
        if isinstance(receiver.target, LocalClass):
            return self.evaluator.member(receiver, callee.name, callee)
        return Value(name=f"{receiver.name}.{callee.name}") if receiver.name else UNKNOWN

    def names(self, function: Value, receiver: Value | None, callee: ir.Expression) -> list[str]:
        """The names under which models may know what is called, the most certain first."""
        names: list[str] = []
        if function.name:
            names.append(function.name)
        elif function.type and receiver is None:
            names.append(f"{function.type}.()")
        if receiver is not None and isinstance(callee, ir.Attribute):
            if receiver.type:
                names.append(f"{receiver.type}.{callee.name}")
            parts = [callee.name]
            base = callee.base
            names.append(f".{callee.name}")
            while isinstance(base, ir.Attribute) and len(parts) < _MOST_NAMES:
                parts.insert(0, base.name)
                names.append(f".{'.'.join(parts)}")
                base = base.base
        return names

    def _arguments(self, node: ir.Call) -> Arguments:
        given = Arguments()
        for argument in node.arguments:
            value = self.evaluator.of(argument.value)
            if argument.spread == "fields" and value.taints:
                given.loose = value, argument
            if argument.spread == "items" and value.items is not None and given.rest is None:
                given.positional.extend((item, argument) for item in value.items)
                if value.rest is not None:
                    given.spread(Value(openness=CLOSED, rest=value.rest))
            elif argument.spread == "fields" and value.fields is not None:
                given.named.update((str(key), (item, argument)) for key, item in value.fields.items())
                if value.rest is not None:
                    given.spread(Value(openness=CLOSED, rest=value.rest))
            elif argument.spread:
                given.spread(value)
            elif argument.name:
                given.named[argument.name] = (value, argument.value)
            else:
                given.positional.append((value, argument.value))
        return given

    # Functions of the unit

    def _local(self, target: object, node: ir.Call, given: Arguments, receiver: Value | None) -> Value | None:
        if isinstance(target, Bound):
            result, own = self.engine.invoke(target.closure, given, node, own=target.own)
            if own is not None and isinstance(node.callee, ir.Attribute):
                self.engine.assign_quietly(self._root(node.callee.base, own), own)
            return result
        if isinstance(target, Closure):
            if target.function.is_method and receiver is not None and target.owner is not None:
                return None
            return self.engine.invoke(target, given, node)[0]
        if isinstance(target, LocalClass):
            called = self._as_function(target, node)
            return self._made(target, given, node) if called is None else self._local(called, node, given, None)
        if isinstance(target, Preset):
            return self.apply(target.function, put_behind(target.given, given), node)
        return None

    def _made(self, target: LocalClass, given: Arguments, node: ir.Call) -> Value:
        """What calling a class gives."""
        promised = self.engine.language.constructed(self.engine, target, given, node)
        return promised if promised is not None else self._constructed(target, given, node)

    def _as_function(self, target: LocalClass, node: ir.Call) -> Bound | None:
        """The method that is run where an object of a class is called as a function is; None for the class itself."""
        name, held = self.engine.language.called, self.engine.seen.get(id(node.callee))
        if not name or held is None or held.fields is None or name not in target.members:
            return None
        found = target.members[name].target
        return Bound(found, held) if isinstance(found, Closure) else None

    def _constructed(self, target: LocalClass, given: Arguments, node: ir.Call) -> Value:
        """A new object of a class of the unit."""
        made = Value(openness=OPEN, fields={}, type=f"local.{target.name}", target=target)
        maker = target.members.get(self.engine.language.constructor)
        if self.engine.language.overloads:
            maker = target.members.get(overload(self.engine.language.constructor, len(node.arguments)), maker)
        if maker is not None and isinstance(maker.target, Closure):
            own = self.engine.invoke(maker.target, given, node, own=made)[1] or made
            after = target.members.get(self.engine.language.completes) if self.engine.language.completes else None
            if after is not None and isinstance(after.target, Closure):
                own = self.engine.invoke(after.target, Arguments(), node, own=own)[1] or own
            return own
        return made.but(taints=derived(given.taints()))

    def _root(self, base: ir.Expression, own: Value) -> ir.Expression:
        """What holds an object whose methods are called one after the other: ``page`` of ``page.add(a).add(b)``."""
        while isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute):
            inner = base.callee.base
            if self.engine.seen.get(id(inner), UNKNOWN).target is not own.target:
                break
            base = inner
        return base

    # Functions that models know

    def apply(self, function: Value, given: Arguments, node: ir.Call) -> Value:
        """The value of a call of a function that is a value."""
        target = function.target
        if isinstance(target, Bound):
            return self.engine.invoke(target.closure, given, node, own=target.own)[0]
        if isinstance(target, Closure):
            return self.engine.invoke(target, given, node)[0]
        if isinstance(target, Preset):
            return self.apply(target.function, put_behind(target.given, given), node)
        if isinstance(target, LocalClass):
            return self._made(target, given, node)
        names = [function.name] if function.name else []
        told = self._told(names)
        is_sink = self.engine.sinks.call(told, node, None, given)
        return self._known(names, told, node, None, given, is_sink=is_sink)

    def _known(
        self, names: list[str], told: Told, node: ir.Call, receiver: Value | None, given: Arguments, *, is_sink: bool
    ) -> Value:
        """The value of a call of something outside of the unit."""
        if told.role & Role.EXIT:
            self.engine.exited = True
            return UNKNOWN
        found = self._modelled(names, told, node, receiver, given)
        if found is not None:
            return found
        if self.engine.language.answers and (is_sink or (names and is_lookup(names[0].rpartition(".")[2]))):
            self._call_back(names, node, given, receiver, passing=False)
            return UNKNOWN if receiver is None else _looked_up(receiver, node)
        result = self._unknown(names, node, receiver, given)
        if is_sink and result.taints and names and is_lookup(names[0].rpartition(".")[2]):
            return clear(result, Clearance(_ASKED, "it is what the database holds", node.start, node.end))
        return result

    def _modelled(
        self, names: list[str], told: Told, node: ir.Call, receiver: Value | None, given: Arguments
    ) -> Value | None:
        """The value of a call that models or the language know.

        Args:
            names: those of the function.
            told: what models say under them.
            node: the call.
            receiver: what it is called on.
            given: its arguments.
        """
        listed, role = told
        if role & Role.GUARD:
            self._asserted(listed, node, receiver)
        if role & (Role.SOURCE | Role.SANITIZER):
            found = self._from_outside(names, listed, node, receiver, given)
            if found is not None:
                return found
        found = self.engine.language.call(self, node, names, receiver, given)
        if found is not None:
            self.engine.sinks.built(found, node)
            return found
        return self._passed_on(listed, node, receiver, given) if role & (Role.PROPAGATOR | Role.RETURN) else None

    def _from_outside(
        self, names: list[str], listed: list[str], node: ir.Call, receiver: Value | None, given: Arguments
    ) -> Value | None:
        """What a source or a sanitiser gives."""
        source = _first(self.models.calls, listed)
        if source is not None:
            read = self.evaluator.part_of_source(receiver or UNKNOWN, source, node)
            return self.engine.language.sourced(read, given, node)
        sanitizer = _first(self.models.sanitizers, [*takewhile(self._may_clean, listed)])
        if sanitizer is None:
            return None
        if all(value.is_constant for value, _ in given.everything()):
            folded = self.engine.language.call(self, node, names, receiver, given)
            if folded is not None:
                return folded
        result = self._through(receiver, given)
        if any(isinstance(value.target, LocalClass) for value in (receiver or UNKNOWN, given.at(0) or UNKNOWN)):
            result = self.engine.language.call(self, node, names, receiver, given) or result
        if EVERY in sanitizer.classes and not result.taints:
            return FIXED
        return clear(result, Clearance(sanitizer.classes, sanitizer.reason, node.start, node.end))

    def _may_clean(self, name: str) -> bool:
        """Whether nothing else is known under a name: what passes data on cleans it under no wider name."""
        return name not in self.models.propagators or name in self.models.sanitizers

    def _passed_on(self, names: list[str], node: ir.Call, receiver: Value | None, given: Arguments) -> Value | None:
        """What a propagator or a function of known type gives."""
        for name in names:
            if name in self.models.propagators:
                return self._propagated(name, node, receiver, given)
        kind = _first(self.models.returns, names)
        return Value(taints=self._inside(receiver, given), type=kind) if kind is not None else None

    def _inside(self, receiver: Value | None, given: Arguments) -> tuple[Taint, ...]:
        taints = derived(given.taints())
        if receiver is not None:
            taints = merge_taints(derived(all_taints(receiver)), taints)
        return taints

    def _through(self, receiver: Value | None, given: Arguments) -> Value:
        """What a function gives back that changes the form of its argument."""
        taints = self._inside(receiver, given)
        values = [value for value, _ in given.everything()]
        if not taints and values and all(value.openness != OPEN for value in values):
            return Value(openness=1)
        return Value(taints=taints)

    def _propagated(self, name: str, node: ir.Call, receiver: Value | None, given: Arguments) -> Value:
        taints = self._inside(receiver, given)
        values = [value for value, _ in given.everything()]
        known = not taints and all(value.openness != OPEN for value in values)
        if receiver is not None and receiver.openness == OPEN and not receiver.name:
            known = False
        result = Value(taints=taints, type=self.models.propagators[name], openness=1 if known else 2)
        if name in self.models.resolvers:
            proof = Clearance(frozenset({RESOLVED}), "the path is resolved", node.start, node.end)
            return clear(result, proof)
        return result

    def _asserted(self, names: list[str], node: ir.Call, receiver: Value | None) -> None:
        for name in names:
            guard = self.models.guards.get(name)
            if guard is None or not guard.asserts:
                continue
            proof = Clearance(guard.classes, guard.reason, node.start, node.end)
            if name.startswith(".") and receiver is not None and isinstance(node.callee, ir.Attribute):
                self.engine.guards.narrow(node.callee.base, proof, resolved=guard.resolved)
            elif not name.startswith(".") and node.arguments:
                self.engine.guards.narrow(node.arguments[0].value, proof, resolved=guard.resolved)
            return

    def _unknown(self, names: list[str], node: ir.Call, receiver: Value | None, given: Arguments) -> Value:
        self._call_back(names, node, given, receiver, passing=True)
        taints = derived(given.taints(objects=not self.engine.language.answers), weak=True)
        if receiver is not None:
            taints = merge_taints(derived(all_taints(receiver), weak=bool(given.positional)), taints)
        if not taints:
            return UNKNOWN
        result = Value(taints=taints)
        last = names[0].rpartition(".")[2] if names else ""
        if is_lookup(last) and given.taints():
            reason = f"`{last}` looks it up, by its name"
            result = clear(result, Clearance(_STORED, reason, node.start, node.end, guess=True))
        if is_cleaner(last):
            reason = f"`{last}` cleans it, by its name"
            result = clear(result, Clearance(frozenset({EVERY}), reason, node.start, node.end, guess=True))
        return result

    def _called_with(self, names: list[str], node: ir.Call, given: Arguments) -> CallbackModel | None:
        """The data from outside with which functions that are passed are called."""
        for name in names:
            for model in self.models.callbacks.get(name, ()):
                if self.engine.sinks.fits(model, node, given):
                    return model
        return None

    def _returns(self, closure: Closure, model: CallbackModel | None) -> str:
        """The id of the rule for what a function returns that a framework calls; empty if there is none."""
        if model is None or not model.returns:
            return ""
        said = not model.says or model.says in self.engine.text(closure.function.start, closure.function.end)
        return model.returns if said else ""

    def _call_back(
        self, names: list[str], node: ir.Call, given: Arguments, receiver: Value | None, *, passing: bool
    ) -> None:
        """Call the functions that are passed to a function that is not known.

        Args:
            names: those of the function.
            node: the call.
            given: its arguments.
            receiver: what it is called on.
            passing: whether they may be called with the other arguments.
        """
        values = [value for value, _ in given.everything()]
        if not any(value.target is not None or value.fields for value in values):
            return
        model = self._called_with(names, node, given)
        source = model.source if model is not None else None
        if source is not None:
            values += [v for value in values for key, v in (value.fields or {}).items() if key in _TOLD]
        targets = [value.target for value in values if isinstance(value.target, (Closure, Bound))]
        if not targets:
            return
        others = [value for value, _ in given.everything() if value.target is None] if passing else []
        if receiver is not None and not receiver.name:
            others.append(receiver)
        passed = join_all(Value(taints=derived(all_taints(value), weak=True), openness=OPEN) for value in others)
        for target in targets:
            closure = target.closure if isinstance(target, Bound) else target
            own = self.engine.language.own_callbacks or model is not None
            if own and (source is not None or not closure.function.name):
                self.engine.callback(closure, passed, source, returns=self._returns(closure, model))
            elif passed.taints:
                again = Arguments([(passed, node) for _ in closure.function.parameters])
                self.engine.invoke(closure, again, node, own=target.own if isinstance(target, Bound) else None)


def put_behind(first: Arguments, more: Arguments) -> Arguments:
    """Arguments behind others; those that are named once more take the place of the first ones."""
    rest = more.rest if first.rest is None else first.rest if more.rest is None else join(first.rest, more.rest)
    positional, loose = [*first.positional, *more.positional], more.loose or first.loose
    if first.rest is not None and more.positional:  # not known how many stand before them
        values = [Value(openness=CLOSED, items=tuple(value for value, _ in more.positional)), rest or NOTHING]
        rest, positional = Value(openness=CLOSED, rest=join_all(map(any_element, values))), [*first.positional]
    return Arguments(positional, {**first.named, **more.named}, rest, loose)


def _looked_up(receiver: Value, node: ir.Call) -> Value:
    """What is looked up in something that was passed: what that is, callers know."""
    if not receiver.taints or any(taint.source.origin != "parameter" for taint in receiver.taints):
        return UNKNOWN
    proof = Clearance(frozenset({EVERY}), "it is looked up, by its name", node.start, node.end, guess=True)
    return clear(Value(taints=derived(receiver.taints, weak=True)), proof)
