"""What the unit under analysis uses from the rest of its document, found by name when it is first needed.

Functions and classes become values that the engine follows at each call with what it has at hand; of top-level
statements only those that bind a name are looked at, and nothing that they do counts as a sink here. Knows no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.lowered import page
from leery_analyzers.dataflow.state import Closure, Frame, LocalClass, State
from leery_analyzers.dataflow.values import OPEN, UNKNOWN, Value, all_taints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.ir import Constant
    from leery_analyzers.dataflow.lowered import Lowered, Shelf
    from leery_analyzers.dataflow.surroundings import Listed, Questions


class Outside:
    """The rest of the document, for one analysis.

    Args:
        engine: runs what is found.
        questions: to the document.
        shelf: units as IR.

    Attributes:
        used: units that were looked into, by the page of their addresses.
        constructor: name of the member that makes an object.
    """

    def __init__(self, engine: Engine, questions: Questions, shelf: Shelf) -> None:
        self._engine = engine
        self._questions = questions
        self._shelf = shelf
        self._values: dict[str, Value | None] = {}
        self._objects: dict[int, tuple[LocalClass, Value]] = {}
        self._filling: set[int] = set()
        self.used: dict[int, Lowered] = {}
        self.constructor = engine.language.constructor

    def lookup(self, name: str) -> Value | None:
        """What a name stands for at the document's top level; None if nothing there binds it."""
        if name not in self._values:
            self._values[name] = UNKNOWN  # for what refers to itself
            self._values[name] = self._defined(name)
        return self._values[name]

    def members(self, owner: LocalClass, path: str, own: dict[str, Value]) -> Mapping[str, Value]:
        """The members of a class of the unit at hand, with those that stand elsewhere.

        Args:
            owner: the class.
            path: its qualified name.
            own: its members in the unit.
        """
        return Members(self, owner, path, own)

    def object_of(self, owner: LocalClass, but: Closure) -> Value:
        """An object of a class as its constructor leaves it; what was passed to that is not known.

        Args:
            owner: the class.
            but: a method that is being looked at: nothing is known to the constructor.
        """
        maker = owner.members.get(self._engine.language.constructor)
        plain = Value(openness=OPEN, fields=self._stored(owner, but), target=owner, type="self")
        if maker is None or not isinstance(maker.target, Closure) or maker.target.function is but.function:
            return plain
        if id(owner) not in self._objects:
            self._objects[id(owner)] = owner, plain
            made = self._engine.made_by(maker.target, plain)
            fields = {name: self._field(name, value, maker.target) for name, value in (made.fields or {}).items()}
            self._objects[id(owner)] = owner, plain.but(fields={**fields, **(plain.fields or {})})
        return self._objects[id(owner)][1]

    def text(self, start: int, end: int) -> str:
        """The characters of a span of another unit."""
        found = self.used.get(page(start))
        return found.text(start, end) if found is not None else ""

    def look_into(self, item: Listed) -> Lowered:
        """A unit as IR."""
        found = self._shelf.foreign(item.unit, item.key)
        self.used[page(found.base)] = found
        return found

    def ask(self, what: str, name: str) -> Sequence[Listed]:
        """A question to the document."""
        return self._questions.ask(what, name)

    def knows_any(self, names: Sequence[str]) -> bool:
        """Whether any of some names stands for anything at the document's top level, as far as asking costs little."""
        return bool(self.ask("any_of", " ".join(names)))

    def run(self, body: ir.Block, path: Sequence[str] = ()) -> Frame:
        """Run statements by themselves; the frame has what they leave.

        Args:
            body: of the document's top level, or of a class's.
            path: names of the classes around it.
        """
        frame = Frame(None, self._engine.frames[0], State())
        self._engine.aside(frame, body, path)
        return frame

    def method(self, function: ir.Function, frame: Frame, owner: LocalClass) -> Value:
        """A method that stands elsewhere, as a value."""
        made = Closure(function, frame, owner)
        self._engine.circular.append(made)
        return Value(openness=OPEN, target=made)

    def _defined(self, name: str) -> Value | None:
        named = self.ask("named", name)
        if named:
            return self._declared(named[-1])
        found: Value | None = None
        for item in self.ask("binders", name):
            lowered = self.look_into(item)
            module, chosen = lowered.module, lowered.bindings.get(name)
            if chosen is None:
                continue
            known = {} if found is None else {name: found}
            frame = Frame(None, self._engine.frames[0], State(known))
            self._engine.aside(frame, (*lowered.imports, *(module.body[index] for index in chosen)))
            found = frame.state.variables.get(name, found) if frame.state is not None else found
        if found is None or found.target is not None or found.name:
            return found
        return _opened(found) if self.ask("changers", name) else found

    def _declared(self, item: Listed) -> Value | None:
        frame = self.run(self.look_into(item).module.body)
        first, *rest = item.unit.name.split(".")
        value = frame.state.variables.get(first) if frame.state is not None else None
        for part in rest:
            if value is None or not isinstance(value.target, LocalClass):
                return None
            value = value.target.members.get(part)
        return value

    def _stored(self, owner: LocalClass, but: Closure) -> dict[Constant, Value]:
        """What other methods that answer requests leave in fields which all requests share, read by one of them."""
        members = owner.members
        if not isinstance(members, Members) or id(owner) in self._filling:
            return {}
        language, text = self._engine.language, self._engine.text(but.function.start, but.function.end)
        if not language.keeps(text):
            return {}
        found: dict[Constant, Value] = {}
        self._filling.add(id(owner))
        for name in members.fields():
            if name not in text:
                continue
            for item in self.ask("changers", name):
                last = item.unit.name.rpartition(".")[2]
                method = members.get(last) if last != but.function.name else None
                if method is None or not isinstance(method.target, Closure) or not language.keeps(item.unit.text):
                    continue
                plain = Value(openness=OPEN, fields={}, target=owner, type="self")
                left = (self._engine.made_by(method.target, plain).fields or {}).get(name)
                taints = tuple(t for t in all_taints(left) if not t.weak) if left is not None else ()
                if left is not None and any(taint.source.origin == "request" for taint in taints):
                    listed = left.items is not None or left.rest is not None or left.fields is not None
                    inside = Value(taints=taints)
                    found[name] = left.but(items=None, fields=None, rest=inside) if listed else _opened(left)
        self._filling.discard(id(owner))
        return found

    def _field(self, name: object, value: Value, maker: Closure) -> Value:
        if any(taint.source.origin == "parameter" for taint in all_taints(value)):
            value = _opened(value.with_taints(tuple(t for t in value.taints if t.source.origin != "parameter")))
        others = [item for item in self.ask("changers", str(name)) if not item.unit.name.endswith(maker.function.name)]
        return _opened(value) if others else value


class Members(Mapping[str, Value]):
    """A class's members, wherever in the document they stand; each is looked up when it is first asked for.

    Args:
        outside: the document.
        owner: the class.
        path: its qualified name.
        own: members that are known already.
    """

    def __init__(self, outside: Outside, owner: LocalClass, path: str, own: dict[str, Value]) -> None:
        self._outside = outside
        self._owner = owner
        self._path = path
        self._own = own
        self._known: dict[str, Value | None] = {}
        self._fields: Mapping[str, Value] | None = None

    def __getitem__(self, name: str) -> Value:
        if name in self._own:
            return self._own[name]
        if name not in self._known:
            self._known[name] = None
            self._known[name] = self._find(name)
        found = self._known[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        listed = self._outside.ask("members", self._path)
        names = (item.unit.name.rpartition(".")[2] for item in listed)
        return iter([name for name in dict.fromkeys((*self._own, *names)) if name in self])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def fields(self) -> Mapping[str, Value]:
        """The fields that the class's own lines declare."""
        return self._frame()

    def _find(self, name: str) -> Value | None:
        plain, _, count = name.partition("/")
        if plain == self._outside.constructor and self._outside.ask("named", f"{self._path}.{self._owner.name}"):
            plain = self._owner.name
        written = plain.removeprefix("get ").removeprefix("set ")
        for item in reversed(self._outside.ask("named", f"{self._path}.{written}")):
            found = self._member(item, plain, count)
            if found is not None:
                return found
        found = self._frame().get(name)
        if found is not None:
            return found
        inherited = name.removeprefix("super.")
        for parent in self._owner.parents:
            if parent is not self._owner and inherited in parent.members:
                return parent.members[inherited]
        return None

    def _member(self, item: Listed, name: str, count: str = "") -> Value | None:
        lowered = self._outside.look_into(item)
        inner = _inside(lowered.module.body, self._path.split("."))
        for statement in inner:
            if isinstance(statement, ir.Define) and statement.function.name == name:
                function = statement.function
                if count and int(count) != len(function.parameters) - function.is_method:
                    continue
                frame = self._outside.run(lowered.imports)
                return self._outside.method(statement.function, frame, self._owner)
            if isinstance(statement, ir.DefineClass) and statement.name == name:
                frame = self._outside.run((*lowered.imports, statement), self._path.split("."))
                return frame.state.variables.get(name) if frame.state is not None else None
        return None

    def _frame(self) -> Mapping[str, Value]:
        """The fields that the class's own lines give it."""
        if self._fields is None:
            self._fields = {}
            for item in self._outside.ask("named", self._path):
                lowered, path = self._outside.look_into(item), self._path.split(".")
                body = tuple(s for s in _inside(lowered.module.body, path) if not isinstance(s, _DEFINITIONS))
                frame = self._outside.run((*lowered.imports, *body), path)
                if frame.state is not None:
                    imported = {statement.name for statement in lowered.imports}
                    found = {k: v for k, v in frame.state.variables.items() if k not in imported}
                    changed = (name for name in found if self._outside.ask("changers", name))
                    self._fields = {**self._fields, **found, **{name: _opened(found[name]) for name in changed}}
        return self._fields


_DEFINITIONS = (ir.Define, ir.DefineClass)


def _opened(value: Value) -> Value:
    """A value that others may have changed since."""
    return Value(openness=OPEN, taints=value.taints, type=value.type, name=value.name, target=value.target)


def _inside(body: ir.Block, path: Sequence[str]) -> ir.Block:
    """The body of a class inside of classes."""
    for name in path:
        found = next((s.body for s in body if isinstance(s, ir.DefineClass) and s.name == name), ())
        body = found
    return body
