"""What is assigned to: names, unpacking, members, elements; and the parameters of functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from leery_analyzers.dataflow import contexts, flags, folding, ir, outcomes, texts
from leery_analyzers.dataflow.elements import any_element, joined_sequences, with_any
from leery_analyzers.dataflow.joins import join, join_all
from leery_analyzers.dataflow.models import SinkModel
from leery_analyzers.dataflow.names import is_constant_name
from leery_analyzers.dataflow.routes import address_of, number_in, route_of
from leery_analyzers.dataflow.state import LocalClass
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
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
    derived,
    marked,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.language import CommonLanguage
    from leery_analyzers.dataflow.models import ParameterModel, RouteModel, SourceModel
    from leery_analyzers.dataflow.state import Closure
    from leery_analyzers.dataflow.values import Origin
    from leery_analyzers.model import Level

_NO_DATA = frozenset({"err", "error", "_", "next", "cb", "callback", "ack", "done"})
"""Parameters of callbacks that hold no data."""
_TEXT = frozenset({TEXT})
_SCRIPTS = frozenset({"cross-site-scripting"})
VIEW = "ViewName"
"""The decorator of a function whose answer names a template."""
_SHAPED = frozenset({"nosql-injection", "mass-assignment"})
"""What is harmless once the fields of an object are known."""
_UNCHECKED = frozenset({"Any", "Dict", "Mapping", "Optional", "Union", "Annotated"})


class Targets:
    """Assigns in the engine's current state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def assign(self, target: ir.Expression, value: Value) -> None:
        """Give a target a value, with a step on the path of what is from outside."""
        if isinstance(target, ir.Name):
            if value.taints:
                value = marked(value, target.start, target.end, f"goes into `{target.id}` here")
            self._name(target, value)
        elif isinstance(target, ir.Collection):
            (self._unpack_map if target.kind == "map" else self._unpack)(target, value)
        elif isinstance(target, ir.AssignExpression):
            self._with_default(target, value)
        elif isinstance(target, (ir.Attribute, ir.Index)):
            self._part(target, value)
        elif isinstance(target, ir.Unknown):
            for part in target.parts:
                if isinstance(part, ir.Name):
                    self.assign(part, Value(taints=derived(all_taints(value))))

    def _part(self, target: ir.Attribute | ir.Index, value: Value) -> None:
        if isinstance(target, ir.Attribute) and self.engine.language.put(self.engine, target, value):
            return
        self._sink(target, value)
        if value.taints:
            text = self.engine.text(target.start, target.end)
            value = marked(value, target.start, target.end, f"goes into `{text}` here")
        self.update(target, value)

    def _name(self, target: ir.Name, value: Value) -> None:
        self.engine.state.variables[target.id] = value
        outcomes.changed(self.engine, target.id)

    def _sink(self, target: ir.Index | ir.Attribute, value: Value) -> None:
        if isinstance(target, ir.Attribute):
            if target.name in self.engine.models.members or "*" in self.engine.models.members:
                self._member_sink(target, value)
            return
        base = self.engine.evaluator.of(target.base)
        self.engine.language.assigned(self.engine, target, base, value)
        if base.fields is not None and not base.name and base.openness == CLOSED:
            return
        names = [name for name in (base.name, base.type) if name]
        written = self.engine.text(target.base.start, target.base.end)
        key = self.engine.evaluator.of(target.key).text or ""
        self.engine.sinks.assigned([*names, written], value, self.engine.value_place or target, key)

    def _member_sink(self, target: ir.Attribute, value: Value) -> None:
        base = self.engine.evaluator.of(target.base)
        names = [f"{owner}.{target.name}" for owner in (base.name, base.type) if owner]
        written = self.engine.text(target.start, target.end).removeprefix("window.")
        names += [written, f".{target.name}", f"{base.type}.*"]
        self.engine.sinks.assigned(names, value, self.engine.value_place or target, target.name)

    def _unpack(self, target: ir.Collection, value: Value) -> None:
        items = value.items
        rest_at = next((i for i, (_, item) in enumerate(target.items) if isinstance(item, ir.Argument)), None)
        count = len(target.items)
        for index, (_, item) in enumerate(target.items):
            inner = item.value if isinstance(item, ir.Argument) else item
            if items is None:
                known = value.fields.get(index) if value.fields and value.type in {"list", "array"} else None
                part = known if known is not None and rest_at is None else any_element(value)
            elif rest_at is None:
                part = items[index] if index < len(items) and value.rest is None else any_element(value)
            elif index < rest_at:
                part = items[index] if index < len(items) else UNKNOWN
            elif index == rest_at:
                part = Value(openness=CLOSED, items=items[index : len(items) - (count - index - 1)], type="list")
            else:
                back = index - count
                part = items[back] if -back <= len(items) else UNKNOWN
            if isinstance(item, ir.Argument) and items is None:
                part = Value(openness=OPEN, rest=part, type="list")
            self.assign(inner, part)

    def _unpack_map(self, target: ir.Collection, value: Value) -> None:
        taken: set[ir.Constant] = set()
        for key, item in target.items:
            if isinstance(item, ir.Argument):
                fields = {k: v for k, v in (value.fields or {}).items() if k not in taken}
                self.assign(item.value, value.but(fields=fields if value.fields is not None else None))
                continue
            known = self.engine.evaluator.of(key).only if key is not None else None
            if known is not None and isinstance(known[0], str):
                taken.add(known[0])
                self.assign(item, self.engine.evaluator.member(value, known[0], item))
            else:
                self.assign(item, any_element(value))

    def _with_default(self, target: ir.AssignExpression, value: Value) -> None:
        """A target that has a value for the case that there is none."""
        if value.only is None:
            value = join(value, self.engine.evaluator.of(target.value))
        elif value.only == (None,):
            value = self.engine.evaluator.of(target.value)
        self.assign(target.target, value)

    def update(self, target: ir.Expression, value: Value) -> None:
        """Put a value where a target points, without a step."""
        if isinstance(target, ir.Name):
            self._change(target.id, value)
            return
        path: list[ir.Constant | None] = []
        nodes: list[ir.Expression] = []
        here = target
        while isinstance(here, (ir.Attribute, ir.Index)):
            if isinstance(here, ir.Attribute):
                path.append(here.name)
            elif isinstance(here.key, ir.Slice):
                path.append(None)
            else:
                known = (
                    self.engine.peek(here.key)
                    if id(here.key) in self.engine.seen
                    else self.engine.evaluator.of(here.key)
                ).only
                path.append(known[0] if known is not None else None)
            nodes.append(here)
            here = here.base
        if not isinstance(here, ir.Name):
            return
        path.reverse()
        nodes.reverse()
        if isinstance(target, ir.Index) and isinstance(target.key, ir.Slice):
            value = any_element(value)
        root = self.engine.lookup(here.id) or self.engine.evaluator.named(here.id)
        self._change(here.id, self._put(root, path, nodes, value), path)

    def twin(self, name: str, other: str) -> None:
        """Two variables that hold the same object: what is done to it by the one is seen by the other."""
        value = self.engine.state.variables.get(name)
        if value is not None and not value.is_constant:
            flags.shared(self.engine, name, other)
        if name != other and value is not None and self._is_object(value):
            self.engine.twins.setdefault(name, set()).add(other)
            self.engine.twins.setdefault(other, set()).add(name)

    def _is_object(self, value: Value) -> bool:
        """Whether what is done to a value is seen by all who hold it."""
        return value.fields is not None or value.items is not None or value.type in self.engine.language.shared

    def _change(self, name: str, value: Value, path: Sequence[ir.Constant | None] = ()) -> None:
        """Put what became of an object into every variable that still holds it."""
        variables = self.engine.state.variables
        before = variables.get(name)
        outcomes.grown(self.engine, name, self.engine.lookup(name), value, path)
        self.engine.state.put(name, value, self.engine.lookup(name))
        if value.target.__class__ is LocalClass and value.target.name == name:
            self.engine.classes.add(name)
        is_object = before is not None and before is not value and self._is_object(before)
        waiting = [*self.engine.twins.get(name, ())] if is_object else []
        while waiting:
            other = waiting.pop()
            if variables.get(other) is before:
                variables[other] = value
                waiting += self.engine.twins.get(other, ())

    def _put(self, base: Value, path: list[ir.Constant | None], nodes: list[ir.Expression], value: Value) -> Value:
        """A value with another one under a path of keys; the parts on the way are what reading them gives."""
        key = path[0]
        if len(path) == 1:
            return _with(base, key, value)
        inner = _inside(base, key)
        if inner is None:
            inner = UNKNOWN
            if isinstance(key, str):
                inner = self.engine.evaluator.member(base, key, nodes[0])
            elif base.taints:
                inner = Value(taints=derived(base.taints))
        return _with(base, key, self._put(inner, path[1:], nodes[1:], value))

    def augment(self, node: ir.Assign, value: Value) -> None:
        """``target op= value``."""
        target = node.targets[0]
        before = self.engine.evaluator.of(target)
        operation = ir.Operation(node.start, node.end, node.op, (target, node.value))
        special = self.engine.language.operation(self.engine.evaluator, operation, [before, value])
        if special is not None:
            result = special
        elif node.op == "+":
            if before.items is not None or before.type in {"list", "tuple"}:
                result = joined_sequences([before, value], leading=self.engine.language.leading)
            elif (before.is_constant and not isinstance(before.constants[0], str)) or (
                before.is_constant and value.is_constant
            ):
                result = folding.arithmetic("+", before, value)
            else:
                result = texts.concatenate([before, value])
        elif node.op == "|" and before.type == "dict":
            result = join(before, value)
        else:
            result = folding.arithmetic(node.op, before, value)
        self.assign(target, result)

    def delete(self, target: ir.Expression) -> None:
        """Take away a name or an element."""
        if isinstance(target, ir.Name):
            self.engine.state.variables.pop(target.id, None)
            outcomes.changed(self.engine, target.id)
        elif isinstance(target, ir.Index):
            base = self.engine.evaluator.of(target.base)
            if base.items is not None:
                self.update(target.base, self._without(base, base.items, target.key))
                return
            known = self.engine.evaluator.of(target.key).only
            if base.fields is not None and known is not None:
                left = {key: value for key, value in base.fields.items() if key != known[0]}
                self.update(target.base, base.but(fields=left))

    def _without(self, base: Value, items: tuple[Value, ...], key: ir.Expression) -> Value:
        """A sequence without an element, or a stretch of it; any element where it is not known which."""
        if base.rest is not None:
            only = None if isinstance(key, ir.Slice) else self.engine.evaluator.of(key).only
            if only is None or type(only[0]) is not int or not 0 <= only[0] < len(items):
                return base.but(items=None, rest=any_element(base))
        parts = (key.low, key.high, key.step) if isinstance(key, ir.Slice) else (key,)
        known = [self.engine.evaluator.of(part).only if part is not None else (None,) for part in parts]
        numbers = [one[0] for one in known if one is not None and (one[0] is None or type(one[0]) is int)]
        left = [*items]
        if len(numbers) == len(parts):
            try:
                del left[slice(*numbers) if isinstance(key, ir.Slice) else cast("int", numbers[0])]
            except (IndexError, TypeError, ValueError):
                return base
            return base.but(items=tuple(left))
        return base.but(items=None, rest=any_element(base))

    @staticmethod
    def loop_element(elements: Value) -> Value:
        """What a loop's target gets in a round."""
        found = any_element(elements)
        return found if found is not NOTHING else UNKNOWN

    # Functions

    def bind(self, function: ir.Function, given: Arguments, node: ir.Node, own: Value | None) -> dict[str, Value]:
        """The parameters of a function that is called with these arguments."""
        variables: dict[str, Value] = {}
        position = 0
        for index, parameter in enumerate(function.parameters):
            if index == 0 and own is not None and function.is_method:
                variables[parameter.name] = own
                continue
            if parameter.spread == "items":
                rest = tuple(value for value, _ in given.positional[position:])
                more = any_element(given.rest) if given.rest is not None else None
                variables[parameter.name] = Value(openness=CLOSED, items=rest, type="tuple", rest=more)
                position = len(given.positional)
                continue
            if parameter.spread == "fields":
                names = {p.name for p in function.parameters}
                fields: dict[ir.Constant, Value] = {k: value for k, (value, _) in given.named.items() if k not in names}
                keys = derived(given.loose[0].taints) if given.loose is not None else ()
                loose = Value(taints=keys) if keys else None
                if given.rest is not None:
                    more = any_element(given.rest)
                    loose = more if loose is None else join(loose, more)
                variables[parameter.name] = Value(openness=CLOSED, taints=keys, fields=fields, type="dict", rest=loose)
                continue
            found = given.find(position) or given.named.get(parameter.name)
            position += 1
            if found is not None:
                value, place = found
                if value.taints:
                    what = f"is passed to `{function.name or 'a function'}` here"
                    value = marked(value, place.start, place.end, what)
            elif given.rest is not None:
                value = any_element(given.rest)
            elif parameter.default is not None:
                value = self.engine.evaluator.of(parameter.default)
            else:
                value = UNKNOWN
            variables[parameter.name] = value
        del node
        return variables

    def entry_parameters(
        self,
        closure: Closure,
        own: Value | None,
        *,
        inline: bool = False,
        source: SourceModel | None = None,
        route: RouteModel | None = None,
    ) -> dict[str, Value]:
        """The parameters of a function that is called from outside.

        Args:
            closure: the function.
            own: the object that it is called on.
            inline: whether it is written as an argument, and so less is known of who calls it.
            source: what it is called with; None if that is not known.
            route: that it is, if that is known.
        """
        route = route or route_of(self.engine, closure)
        address = address_of(closure)
        variables: dict[str, Value] = {}
        for index, parameter in enumerate(closure.function.parameters):
            if index == 0 and closure.function.is_method:
                if own is not None and not any(
                    getattr(d, "id", "") in self.engine.language.of_class for d in closure.function.decorators
                ):
                    variables[parameter.name] = own
                else:
                    variables[parameter.name] = UNKNOWN
                continue
            value = self._parameter(closure, parameter, route, address)
            if source is not None and value.taints and parameter.name not in _NO_DATA:
                taint = self._taint(parameter, source.origin, source.title, source.confidence)
                value = Value(taints=(taint,), type=source.type)
            elif inline and value.taints and value.taints[0].source.origin == "parameter":
                value = value.with_taints(derived(value.taints, weak=True))
            variables[parameter.name] = self.engine.language.entered(self.engine, closure.function, parameter, value)
        return variables

    def library_object(self, annotation: str) -> Value | None:
        """An object of a class that a library makes, by an annotation; None for any other annotation."""
        qualified = self._resolved(_plain(annotation))
        kind = self.engine.models.returns.get(qualified, "") if "." in qualified else ""
        return Value(openness=OPEN, type=kind) if kind else None

    def _parameter(self, closure: Closure, parameter: ir.Parameter, route: RouteModel, address: str) -> Value:
        plain = _plain(parameter.annotation)
        qualified = self._resolved(plain)
        told = self.engine.language.handed(self.engine, closure, parameter)
        if told:
            return Value(taints=told, type="exception")
        model = self._parameter_model(closure.function, parameter, plain, qualified)
        if model is None or model.source is None:
            made = Value(openness=OPEN, type=model.type) if model else self.library_object(parameter.annotation)
            if made is not None:
                return made
        reason = _number_reason(self.engine.language, parameter, {plain, qualified}, address)
        reason = reason or self.engine.language.converted(self.engine, parameter, plain)
        if reason:
            return self._harmless(parameter, reason, guess=not route.title)
        typed = self.engine.language.typed
        if model is not None and model.source is not None:
            taint = self._taint(parameter, model.source.origin, model.source.title, model.source.confidence)
            value = Value(taints=(taint,), type=model.type)
            if model.source.text:
                value = clear(value, Clearance(_TEXT, "it is a text", parameter.start, parameter.end))
            return typed(self.engine, value, plain, parameter)
        kind = plain.partition("[")[0]
        if (
            kind in self.engine.language.not_data
            or is_constant_name(parameter.name)
            or _is_injected(self.engine.language, parameter)
        ):
            known = Value(openness=OPEN, type="pathlib.Path") if kind == "Path" else UNKNOWN
            return typed(self.engine, known, plain, parameter)
        return typed(self.engine, self._outsider(closure.function, parameter, route), plain, parameter)

    def _outsider(self, function: ir.Function, parameter: ir.Parameter, route: RouteModel) -> Value:
        """A parameter that may hold data from outside."""
        if route.title:
            value = self._collected(parameter, self._taint(parameter, "request", route.title, "high"))
            return self._typed(parameter, value)
        if self._is_queued(function):
            return self._collected(parameter, self._taint(parameter, "network", "the task's arguments", "medium"))
        title = f"a parameter of `{function.name}`" if function.name else "a parameter"
        return self._collected(parameter, self._taint(parameter, "parameter", title, "medium"))

    def _is_queued(self, function: ir.Function) -> bool:
        """Whether a function is called with what anybody put into a queue: nothing in the document does."""
        queued = self.engine.language.queued
        for decorator in function.decorators if queued else ():
            callee = decorator.callee if isinstance(decorator, ir.Call) else decorator
            if (getattr(callee, "name", "") or getattr(callee, "id", "")) in queued:
                return not self.engine.outside.ask("speakers", function.name)
        return False

    @staticmethod
    def _typed(parameter: ir.Parameter, value: Value) -> Value:
        """What a framework gives for an annotated parameter: a text, or an object of a class that checks its fields."""
        kind = parameter.annotation.strip("'\" ").partition("[")[0]
        if kind == "str":
            return value.but(type="str")
        if kind[:1].isupper() and kind not in _UNCHECKED:
            reason = f"`{kind}` checks its fields"
            return clear(value, Clearance(_SHAPED, reason, parameter.start, parameter.end))
        return value

    def _parameter_model(
        self, function: ir.Function, parameter: ir.Parameter, plain: str, qualified: str
    ) -> ParameterModel | None:
        models = self.engine.models
        for decorator in parameter.decorators:
            callee = decorator.callee if isinstance(decorator, ir.Call) else decorator
            name = getattr(callee, "id", "") or getattr(callee, "name", "")
            known = self.engine.lookup(name) if isinstance(callee, ir.Name) else None
            last = known.name.rpartition(".")[2] if known is not None and known.name else ""
            model = models.by_decorator.get(name) or models.by_decorator.get(last)
            if model is not None:
                return model
        if not plain:
            found = models.by_name.get(parameter.name)
            names = {other.name for other in function.parameters}
            return found if found is not None and (not found.beside or names & set(found.beside.split("|"))) else None
        found = models.by_annotation.get(qualified)
        if found is None and not any(part.startswith("_") for part in qualified.split(".")[:-1]):
            found = models.by_annotation.get(plain)  # a private module's class is the program's own
        return found

    def _collected(self, parameter: ir.Parameter, taint: Taint) -> Value:
        if parameter.spread == "items":
            return Value(openness=OPEN, taints=(replace(taint, exact=False, weak=True),), type="tuple")
        if parameter.spread == "fields":
            return Value(openness=OPEN, taints=(replace(taint, exact=False, weak=True),))
        return Value(taints=(taint,))

    def _harmless(self, parameter: ir.Parameter, reason: str, *, guess: bool) -> Value:
        taint = self._taint(parameter, "parameter", "a parameter", "low")
        proof = Clearance(frozenset({EVERY}), reason, parameter.start, parameter.end, guess=guess)
        return clear(Value(taints=(taint,)), proof)

    @staticmethod
    def _taint(parameter: ir.Parameter, origin: Origin, title: str, confidence: Level) -> Taint:
        source = Source(parameter.start, parameter.end, parameter.name, origin, title, confidence)
        return Taint(source, exact=True)

    def _resolved(self, name: str) -> str:
        head, _, tail = name.partition(".")
        found = self.engine.lookup(head) if head else None
        if found is None or not found.name:
            return name
        return f"{found.name}.{tail}" if tail else found.name

    def returned(self, node: ir.Expression, value: Value) -> None:
        """A value that a view returns."""
        place: ir.Node = node
        if value.items is not None and value.type == "tuple" and value.items and isinstance(node, ir.Collection):
            no_page = any(_is_no_page(headers.fields or {}) for headers in value.items[1:])
            value, place = value.items[0], node.items[0][1]
            if no_page:
                value = clear(value, Clearance(_SCRIPTS, "the answer says that it is no page", node.start, node.end))
        if (isinstance(node, ir.Call) and not value.forms) or value.fields is not None or value.items is not None:
            return
        rule = self.engine.frame.returns_to
        sink = SinkModel((0,), rule, text="html" if rule == "cross-site-scripting" else "redirect")
        self.engine.sinks.reach(sink, value, place, (node.start, node.end))
        function = self.engine.frame.function
        if (
            rule == "open-redirect"
            and function is not None
            and any(getattr(d, "id", "") == VIEW for d in function.decorators)
        ):
            view = SinkModel((0,), "template-injection", confidence="medium", text="view")
            self.engine.sinks.reach(view, value, place, (node.start, node.end))


def _plain(annotation: str) -> str:
    """The class that an annotation names, without what may be there instead of it."""
    return annotation.strip("'\" ").removeprefix("Optional[").removesuffix("]").partition("|")[0].strip()


def _number_reason(language: CommonLanguage, parameter: ir.Parameter, kinds: set[str], address: str) -> str:
    """Why a parameter holds a number; empty if nothing says so."""
    if kinds & language.numbers:
        return "its annotation says that it is a number"
    if isinstance(parameter.default, ir.Const) and isinstance(parameter.default.value, (bool, int, float)):
        return "its default says that it is a number"
    return number_in(address, parameter.name)


def _is_no_page(headers: Mapping[ir.Constant, Value]) -> bool:
    """Whether headers say that an answer is no page."""
    kind = next((value.text for key, value in headers.items() if str(key).lower() == "content-type"), None)
    return kind is not None and not contexts.is_page(kind)


def _is_injected(language: CommonLanguage, parameter: ir.Parameter) -> bool:
    """Whether the framework makes the value."""
    default = parameter.default
    return isinstance(default, ir.Call) and getattr(default.callee, "id", "") in language.injected


def _with(base: Value, key: ir.Constant | None, inner: Value) -> Value:
    """A value with another one under a key."""
    if base.items is not None and base.rest is not None and not (isinstance(key, int) and 0 <= key < len(base.items)):
        return base.but(items=None, rest=join_all([*base.items, base.rest, inner]))
    if base.items is not None and isinstance(key, int) and -len(base.items) <= key < len(base.items):
        items = list(base.items)
        items[key] = inner
        return base.but(items=tuple(items))
    if base.items is not None:
        return base.but(items=None, rest=join(any_element(base), inner))
    if key is None:
        joined = inner if base.rest is None else join(base.rest, inner)
        fields = with_any(base.fields, inner)
        return (
            base.but(rest=joined, fields=fields)
            if base.openness == CLOSED
            else base.but(taints=merge_taints(base.taints, derived(all_taints(inner))), fields=fields)
        )
    fields = dict(base.fields or {})
    if key in fields or len(fields) < MAX_FIELDS:
        fields[key] = inner
        return base.but(fields=fields)
    return base.but(rest=inner if base.rest is None else join(base.rest, inner))


def _inside(base: Value, key: ir.Constant | None) -> Value | None:
    """What is known of an element or a member; None if nothing is."""
    if base.fields is not None and key in base.fields:
        return base.fields[key]
    lowest = -len(base.items or ()) if base.rest is None else 0
    if base.items is not None and isinstance(key, int) and lowest <= key < len(base.items):
        return base.items[key]
    return None
