"""Expressions: what they may be, given what holds where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leery_analyzers.dataflow import folding, ir, linear, slices, texts
from leery_analyzers.dataflow.bindings import bound_names
from leery_analyzers.dataflow.calls import Calls
from leery_analyzers.dataflow.elements import (
    any_element,
    element,
    joined_sequences,
    loose_entries,
    mapped,
    merge_all,
    overlaid,
)
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.names import is_constant_name
from leery_analyzers.dataflow.state import LOOKS, Bound, Closure, LocalClass
from leery_analyzers.dataflow.values import (
    CLOSED,
    COUNTED,
    FIXED,
    MAX_FIELDS,
    NOTHING,
    OPEN,
    TEXT,
    UNKNOWN,
    Clearance,
    Source,
    Taint,
    Value,
    all_taints,
    clear,
    constant,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.models import SourceModel
    from leery_analyzers.dataflow.state import State

_MOST_ROUNDS = 8
"""Elements for each of which a comprehension is followed."""
_MOST_NAMED = 16_384
_LENGTHS = frozenset({"length", "size"})
"""What tells how long something is, in every language."""
_NEXT = frozenset({
    "input", "raw_input", "read", "readline", "readLine", "recv", "recvfrom", "receive", "next", "nextLine", "prompt",
    "question", "questionInt", "poll", "take", "__next__",
})  # fmt: skip
"""Functions that give something else each time, of which checks of what they gave before say nothing."""
_PLAIN_RECORDS = frozenset({"web.Upload"})
"""Types of objects no member of which is made of what another one holds."""
_TEXT_CLASSES = frozenset({TEXT})


class Evaluator:
    """Evaluates expressions in the engine's current state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.calls = Calls(engine, self)
        self.models = engine.models
        self._budget = engine.budget
        self._max_depth = engine.max_depth
        self._seen = engine.seen

    def release(self) -> None:
        """Part what refers to each other; ends its use."""
        del self.calls

    def of(self, node: ir.Expression) -> Value:
        """The value of an expression, with its effects on the state."""
        budget = self._budget
        left = budget.left = budget.left - 1
        if not left & LOOKS:
            budget.look()
        if budget.depth >= self._max_depth:
            budget.too_deep = True
            return UNKNOWN
        budget.depth += 1
        value = _FORMS[node.__class__](self, node)
        budget.depth -= 1
        self._seen[id(node)] = value
        return value

    # Leaves

    def _const(self, node: ir.Const) -> Value:
        return constant(node.value)

    def _name(self, node: ir.Name) -> Value:
        found = self.engine.lookup(node.id)
        if found is not None:
            return found
        return self.named(node.id)

    def named(self, qualified: str) -> Value:
        """What a qualified name stands for."""
        known = self.models.named
        found = known.get(qualified)
        if found is None:
            name = self.models.aliases.get(qualified, qualified)
            kind = self.models.types.get(name, "")
            openness = FIXED.openness if is_constant_name(name.rpartition(".")[2]) else OPEN
            if len(known) >= _MOST_NAMED:
                known.clear()
            found = known[qualified] = Value(openness=openness, name=name, type=kind)
        return found

    def _unknown(self, node: ir.Unknown) -> Value:
        taints: tuple[Taint, ...] = ()
        for part in node.parts:
            taints = merge_taints(taints, all_taints(self.of(part)))
        return Value(taints=derived(taints, weak=True)) if taints else UNKNOWN

    # Members

    def _attribute(self, node: ir.Attribute) -> Value:
        base = self.of(node.base)
        return self.member(base, node.name, node)

    def member(self, base: Value, name: str, node: ir.Expression) -> Value:
        """A member of a value."""
        if base.fields is not None and name in base.fields:
            return base.fields[name]
        special = self.engine.language.member(self, base, name, node)
        if special is not None:
            return special
        if isinstance(base.target, LocalClass) and name in base.target.members:
            found = _bound(base, base.target.members[name])
            is_open = base.taints and found.target is None and found.openness == OPEN and not found.taints
            return found.with_taints(derived(base.taints)) if is_open else found
        bases = base.target.bases if isinstance(base.target, LocalClass) else ()
        for owner in (base.name, base.type, *bases):
            source = self.models.read(owner, name)
            if source is not None:
                return self.part_of_source(base, source, node)
        if base.name:
            return self.named(f"{base.name}.{name}")
        kind = ""
        if base.type:
            known = self.models.types.get(f"{base.type}.{name}") or self.models.types.get(f"{base.type}.*")
            kind = known or f"{base.type}.{name}"
        own = base.fields is not None and isinstance(base.target, LocalClass)  # what is in one field is in no other
        own = own or (base.type in _PLAIN_RECORDS and base.rest is None)
        taints = derived(base.taints if own else all_taints(base))
        openness = FIXED.openness if is_constant_name(name) and not taints else OPEN
        return Value(openness=openness, taints=taints, type=kind)

    def part_of_source(self, base: Value, model: SourceModel, node: ir.Node) -> Value:
        """A part of a source is one of its own, unless it was passed into another unit: the path starts before it."""
        known = any(taint.source.origin != "parameter" for taint in base.taints)
        if known and self.engine.is_foreign(node):
            return Value(taints=derived(base.taints), type=model.type)
        first = base.taints[0].source if base.taints else None
        if first is not None and model.origin == "request" and first.origin in {"network", "model"}:
            model = replace(model, origin=first.origin, title=first.title, confidence=first.confidence)
        return self.source(model, node)

    def source(self, model: SourceModel, node: ir.Node) -> Value:
        """Data from outside that an expression reads."""
        text = self.engine.text(node.start, node.end)
        source = Source(node.start, node.end, text, model.origin, model.title, model.confidence)
        if isinstance(node, ir.Call) and getattr(node.callee, "name", getattr(node.callee, "id", "")) in _NEXT:
            self.engine.state.cleared.pop(source.key, None)
        proofs = (Clearance(_TEXT_CLASSES, "it is a text", node.start, node.end),) if model.text else ()
        if model.harmless:
            reason = (
                "it is one part of the request" if model.origin == "request" else f"{model.title} is the operator's"
            )
            known = Clearance(frozenset(model.harmless), reason, node.start, node.end)
            proofs = (*proofs, known)
        return Value(taints=(Taint(source, clearances=proofs, exact=True),), type=model.type)

    def _index(self, node: ir.Index) -> Value:
        base = self.of(node.base)
        if isinstance(node.key, ir.Slice):
            return self._slice(base, node.key)
        key = self.of(node.key)
        special = self.engine.language.indexed(self.engine, base, key, node) if base.target is not None else None
        if special is not None:
            return special
        if base.fields is not None and key.only is not None and key.only[0] in base.fields:
            return self.engine.language.element(base, key, element(base, key))
        for owner in (base.type, base.name):
            source = self.models.reads.get(f"{owner}.[]") if owner else None
            if source is not None:
                return self.engine.language.element(base, key, self.part_of_source(base, source, node))
        return self.engine.language.element(base, key, element(base, key))

    def _slice(self, base: Value, node: ir.Slice) -> Value:
        bounds = [self.of(bound).only if bound is not None else (None,) for bound in (node.low, node.high, node.step)]
        numbers = [bound[0] if bound is not None else "?" for bound in bounds]
        if all(number is None or (isinstance(number, int) and number is not True) for number in numbers):
            low, high, step = (number if isinstance(number, int) else None for number in numbers)
            found = slices.cut(base, low, high, step) if step != 0 else None
        else:
            found = self._measured(base, node)
        if found is not None:
            return found
        if base.is_constant:
            return FIXED
        rest = base.rest if base.items is None else any_element(base)
        return Value(openness=base.openness, taints=derived(all_taints(base)), type=base.type, rest=rest)

    def _measured(self, base: Value, node: ir.Slice) -> Value | None:
        """What is as long as the first part of a text that was put together, or what comes after that."""
        bound = node.high if node.low is None else node.low
        if node.step is not None or (node.low is not None and node.high is not None) or not isinstance(bound, ir.Call):
            return None
        if len(bound.arguments) != 1 or self.engine.peek(bound.callee).name != "len":
            return None
        return slices.parted(base, self.engine.peek(bound.arguments[0].value), before=node.low is None)

    def _slice_alone(self, node: ir.Slice) -> Value:
        for bound in (node.low, node.high, node.step):
            if bound is not None:
                self.of(bound)
        return UNKNOWN

    # Text and operators

    def _format(self, node: ir.Format) -> Value:
        parts: list[Value] = []
        for index, part in enumerate(node.parts):
            if isinstance(part, str):
                parts.append(constant(part))
                continue
            value = self.engine.language.written(self.engine, self.of(part), part)
            parts.append(self.engine.as_number(value, part) if index in node.numeric else value)
        made = texts.concatenate(parts)
        self.engine.sinks.built(made, node)
        return made

    def _operation(self, node: ir.Operation) -> Value:
        values = [self.of(operand) for operand in node.operands]
        if len(values) == 1:
            only = values[0]
            return (
                folding.unary(node.op, only)
                if only.is_constant
                else Value(taints=derived(all_taints(only)), openness=only.openness)
            )
        if node.op in linear.OPERATORS and not all(value.only for value in values):
            found = linear.cancelled(node, self.engine.peek)
            if found is not None:
                return found
        special = self.engine.language.operation(self, node, values)
        if special is not None:
            self.engine.sinks.built(special, node)
            return special
        if node.op == "+":
            made = self._sum(values)
            self.engine.sinks.built(made, node)
            return made
        result = values[0]
        for value in values[1:]:
            result = folding.arithmetic(node.op, result, value)
        return result

    def _sum(self, values: list[Value]) -> Value:
        if all(value.is_constant for value in values):
            result = values[0]
            for value in values[1:]:
                result = folding.arithmetic("+", result, value)
            return result
        if any(value.items is not None or value.type in {"list", "tuple"} for value in values):
            return joined_sequences(values, leading=self.engine.language.leading)
        if all(value.is_constant and not isinstance(value.constants[0], str) for value in values[:1]):
            return Value(taints=merge_all(values))
        return texts.concatenate(values)

    def _compare(self, node: ir.Compare) -> Value:
        left, right = _counted(node.left, self.of(node.left)), _counted(node.right, self.of(node.right))
        outcome = folding.compare(node.op, left, right)
        return Value(type="bool", openness=OPEN) if outcome is None else constant(outcome)

    def _not(self, node: ir.Not) -> Value:
        outcome = folding.truth(self.of(node.operand))
        return Value(type="bool", openness=OPEN) if outcome is None else constant(not outcome)

    def _bool(self, node: ir.Bool) -> Value:
        result = NOTHING
        kept = self.engine.state
        self.engine.state = kept.copy()
        certain = True
        for index, operand in enumerate(node.operands):
            before = self.engine.state.variables.copy()
            value = self.of(operand)
            self._done(before, kept, certain=certain)
            decided = folding.truth(value)
            stops = decided is (node.op == "or") and decided is not None
            last = index == len(node.operands) - 1
            if stops or last:
                result = join(result, value)
                break
            if decided is None:
                certain = False
                result = join(result, self._when_false(value) if node.op == "and" else value)
                self.engine.guards.assume(operand, holds=node.op == "and")
        self.engine.state = kept
        return result

    def _done(self, before: Mapping[str, Value], kept: State, *, certain: bool) -> None:
        """Take what evaluating an operand did to variables into the state that goes on behind the whole.

        Args:
            before: the variables before it.
            kept: the state, without what the operands say when they hold.
            certain: whether the operand is evaluated whatever the others give.
        """
        for name, value in self.engine.state.variables.items():
            if before.get(name) is not value:
                known = None if certain else kept.variables.get(name)
                kept.variables[name] = value if known is None else join(known, value)

    @staticmethod
    def _when_false(value: Value) -> Value:
        """What is left of a value that counts as false: nothing that could do harm."""
        del value
        return constant(value=False)

    def _conditional(self, node: ir.Conditional) -> Value:
        test = folding.truth(self.of(node.test))
        if test is not None:
            return self.of(node.then if test else node.otherwise)
        before = self.engine.state.copy()
        self.engine.guards.assume(node.test, holds=True)
        then = self.guarded(self.of(node.then))
        after = self.engine.state
        self.engine.state = before
        self.engine.guards.assume(node.test, holds=False)
        otherwise = self.guarded(self.of(node.otherwise))
        self.engine.state = after.join(self.engine.state)
        return join(then, otherwise)

    def guarded(self, value: Value) -> Value:
        """A value with what guards know of its sources where the path ends; it leaves with it."""
        for key, proofs in self.engine.state.cleared.items():
            if any(taint.source.key == key for taint in all_taints(value)):
                for proof in proofs:
                    value = clear(value, proof, of=key)
        return value

    # Collections

    def _collection(self, node: ir.Collection) -> Value:
        if node.kind == "map":
            return self._map(node)
        parts: list[Value] = []
        for _, item in node.items:
            if not isinstance(item, ir.Argument):
                parts.append(Value(openness=CLOSED, items=(self.of(item),)))
                continue
            inside = self.of(item.value)
            whole = inside.items is not None or self.engine.language.leading
            parts.append(inside if whole else Value(openness=CLOSED, rest=any_element(inside)))
        return joined_sequences(parts, leading=self.engine.language.leading).but(type=self._kind(node.kind))

    def _kind(self, kind: ir.CollectionKind) -> str:
        return self.engine.language.kinds[kind]

    def _map(self, node: ir.Collection) -> Value:
        fields: dict[ir.Constant, Value] = {}
        rest = NOTHING
        for key, item in node.items:
            if isinstance(item, ir.Argument):
                inside = self.of(item.value)
                fields = overlaid(fields, inside)
                more = loose_entries(inside)
                rest = rest if more is None else join(rest, more)
                continue
            value = self.of(item)
            known = self.of(key).only if key is not None else None
            if known is not None and len(fields) < MAX_FIELDS:
                fields[known[0]] = value
            else:
                rest = join(rest, value)
        return Value(openness=CLOSED, fields=fields, rest=None if rest is NOTHING else rest, type=self._kind("map"))

    def _comprehension(self, node: ir.Comprehension) -> Value:
        kept = self.engine.state
        own = {name for generator in node.generators for name in bound_names(generator.target)}
        self.engine.state = kept.copy()
        first = self.of(node.generators[0].iterable)
        listed = first.items if first.rest is None else None
        if listed is not None and len(node.generators) == 1 and 0 < len(listed) <= _MOST_ROUNDS:
            return self._listed(node, listed, kept, own)
        made = self._of_any(node, first)
        self._leave(kept, own)
        return made

    def _leave(self, kept: State, own: Container[str]) -> None:
        """Go back to the state before a loop in an expression, with what was put into other variables on the way."""
        kept.take_in(self.engine.state, own)
        self.engine.state = kept

    def _of_any(self, node: ir.Comprehension, source: Value) -> Value:
        """A collection made from elements of which it is not known one by one what they are."""
        empty = source.items is not None and not source.items and source.rest is None
        for generator in node.generators:
            if generator is not node.generators[0]:
                source = self.of(generator.iterable)
                empty = empty or (source.items is not None and not source.items and source.rest is None)
            self.engine.assign(generator.target, any_element(source))
            self._conditions(generator)
        key = self.of(node.key) if node.key is not None else None
        value = self.guarded(self.of(node.element))
        if empty:
            return Value(openness=CLOSED, items=(), type=node.kind)
        if node.kind == "map":
            taints = derived(all_taints(key)) if key is not None else ()
            return Value(openness=CLOSED, fields={}, rest=value, taints=taints, type="dict")
        return Value(openness=CLOSED, rest=value, type=node.kind)

    def _conditions(self, generator: ir.Generator) -> bool | None:
        """Take the conditions of a loop for given; whether they hold, if that is known."""
        holds: bool | None = True
        for condition in generator.conditions:
            told = folding.truth(self.of(condition))
            holds = False if holds is False or told is False else None if told is None else holds
            self.engine.guards.assume(condition, holds=True)
        return holds

    def _listed(self, node: ir.Comprehension, listed: tuple[Value, ...], before: State, own: Container[str]) -> Value:
        """A collection made from elements that are known one by one; which are left out may not be known."""
        exact = True
        made: list[tuple[Value | None, Value]] = []
        for item in listed:
            self._leave(before, own)
            self.engine.state = before.copy()
            self.engine.assign(node.generators[0].target, item)
            holds = self._conditions(node.generators[0])
            if holds is False:
                continue
            exact = exact and holds is True
            key = self.of(node.key) if node.key is not None else None
            made.append((key, self.guarded(self.of(node.element))))
        self._leave(before, own)
        if node.kind == "map":
            return mapped(made, exact=exact)
        values = tuple(value for _, value in made)
        if exact and node.kind == "list":
            return Value(openness=CLOSED, items=values, type="list")
        return Value(openness=CLOSED, rest=join_all(values) if values else None, type=node.kind)

    # Functions and effects

    def _lambda(self, node: ir.Lambda) -> Value:
        return self.engine.closure(node.function)

    def _assignment(self, node: ir.AssignExpression) -> Value:
        value = self.of(node.value)
        self.engine.assign(node.target, value)
        return value

    def _cast(self, node: ir.Cast) -> Value:
        return self.engine.language.typed(self.engine, self.of(node.value), node.type, node)

    def _yield(self, node: ir.Yield) -> Value:
        if node.value is not None:
            self.engine.yielded(self.of(node.value), every=node.every)
        return UNKNOWN

    def _call(self, node: ir.Call) -> Value:
        return self.calls.of(node)


_FORMS: Mapping[type, Callable[[Evaluator, Any], Value]] = {
    ir.Const: Evaluator._const,  # noqa: SLF001 - the table of the class above
    ir.Name: Evaluator._name,  # noqa: SLF001
    ir.Attribute: Evaluator._attribute,  # noqa: SLF001
    ir.Index: Evaluator._index,  # noqa: SLF001
    ir.Slice: Evaluator._slice_alone,  # noqa: SLF001
    ir.Call: Evaluator._call,  # noqa: SLF001
    ir.Format: Evaluator._format,  # noqa: SLF001
    ir.Operation: Evaluator._operation,  # noqa: SLF001
    ir.Compare: Evaluator._compare,  # noqa: SLF001
    ir.Not: Evaluator._not,  # noqa: SLF001
    ir.Bool: Evaluator._bool,  # noqa: SLF001
    ir.Conditional: Evaluator._conditional,  # noqa: SLF001
    ir.Collection: Evaluator._collection,  # noqa: SLF001
    ir.Comprehension: Evaluator._comprehension,  # noqa: SLF001
    ir.Lambda: Evaluator._lambda,  # noqa: SLF001
    ir.AssignExpression: Evaluator._assignment,  # noqa: SLF001
    ir.Cast: Evaluator._cast,  # noqa: SLF001
    ir.Yield: Evaluator._yield,  # noqa: SLF001
    ir.Unknown: Evaluator._unknown,  # noqa: SLF001
}


def _counted(node: ir.Expression, value: Value) -> Value:
    """A value that is compared; the length of something is never below zero."""
    told = node.callee if isinstance(node, ir.Call) and not node.arguments else node
    if value.is_constant or not isinstance(told, ir.Attribute) or told.name not in _LENGTHS:
        return value
    return value.but(name=COUNTED)


def _bound(base: Value, found: Value) -> Value:
    """A member of a class, bound to an object of it."""
    if isinstance(found.target, Closure) and found.target.function.is_method and not base.name:
        return found.but(target=Bound(found.target, base))
    return found
