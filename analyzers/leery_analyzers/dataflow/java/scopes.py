"""Which name means what in a Java unit: locals, fields and methods of the classes around, types, packages.

Part of the lowering; knows IR, but no tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from leery_analyzers.dataflow.java.types import Types

_ROOTS = frozenset({
    "java", "javax", "jakarta", "org", "com", "net", "io", "edu", "de", "dev", "ai", "groovy", "ognl", "sun",
    "freemarker", "kotlin", "reactor", "okhttp3", "jdk", "uk", "ch", "fr", "lombok", "scala", "cn", "me", "nl", "se",
    "eu", "us",
})  # fmt: skip
THIS = "this"


@dataclass(slots=True)
class ClassInfo:
    """A class around.

    Attributes:
        name: its name.
        this: the name of the object in its methods.
        fields: its fields with their types.
        methods: names of its methods.
        static: names of its static members.
        nested: names of the classes in it.
        bases: simple names of what it derives from.
        outer: the class it is in.
    """

    name: str
    this: str = THIS
    fields: dict[str, str] = field(default_factory=dict)
    methods: set[str] = field(default_factory=set)
    static: set[str] = field(default_factory=set)
    nested: set[str] = field(default_factory=set)
    bases: tuple[str, ...] = ()
    outer: ClassInfo | None = None


class Scopes:
    """Resolves names.

    Args:
        types: what names of types stand for.

    Attributes:
        locals: variables of the blocks around, innermost last, with their types.
        here: the class at hand.
        statics: names that static imports give.
        in_static: whether there is no object.
        in_body: whether fields are being initialised, so that members are variables.
        classes: classes at the top of the unit, by name.
    """

    def __init__(self, types: Types) -> None:
        self.types = types
        self.locals: list[dict[str, str]] = [{}]
        self.here: ClassInfo | None = None
        self.statics: set[str] = set()
        self.in_static = False
        self.in_body = False
        self.classes: dict[str, ClassInfo] = {}

    def push(self) -> None:
        """Enter a block."""
        self.locals.append({})

    def pop(self) -> None:
        """Leave it."""
        self.locals.pop()

    def declare(self, name: str, kind: str) -> None:
        """A local variable."""
        self.locals[-1][name] = kind

    def type_of(self, name: str) -> str:
        """The declared type of a local; empty if there is none."""
        for names in reversed(self.locals):
            if name in names:
                return names[name]
        return ""

    def is_local(self, name: str) -> bool:
        """Whether it is a variable of a block around."""
        return any(name in names for names in reversed(self.locals))

    def this(self, start: int, end: int) -> ir.Expression:
        """The object at hand."""
        return ir.Name(start, end, self.here.this if self.here is not None else THIS)

    def variable(self, name: str, start: int, end: int) -> ir.Expression:
        """What a plain name stands for where a value is wanted."""
        if self.is_local(name):
            return ir.Name(start, end, name)
        owner = self._owner(name, fields=True)
        if owner is not None:
            return self._member(owner, name, start, end)
        if name in self.statics or self.here is None:
            return ir.Name(start, end, name)
        if self._is_class(name):
            return self.class_named(name, start, end)
        if name[:1].isupper() and not name.isupper():
            return ir.Name(start, end, name)
        return self._of_own(name, start, end)

    def base(self, name: str, start: int, end: int) -> ir.Expression:
        """The same before a dot, where it may also be a type or a package."""
        if not self.is_local(name) and self._owner(name, fields=True) is None:
            if name in _ROOTS:
                return ir.Name(start, end, "javax" if name == "jakarta" else name)
            if name[:1].isupper() and (not name.isupper() or self.types.qualified(name) != name):
                return self.class_named(name, start, end)
        return self.variable(name, start, end)

    def method(self, name: str, start: int, end: int) -> ir.Expression:
        """What a plain name stands for where it is called."""
        owner = self._owner(name, fields=False)
        if owner is not None:
            return self._member(owner, name, start, end)
        if name in self.statics or self.here is None:
            return ir.Name(start, end, name)
        return self._of_own(name, start, end)

    def class_named(self, name: str, start: int, end: int) -> ir.Expression:
        """A class by its simple name."""
        here = self.here
        while here is not None:
            if name in here.nested:
                return ir.Attribute(start, end, self.class_path(here, start, end), name)
            here = here.outer
        return ir.Name(start, end, name)

    def class_path(self, info: ClassInfo, start: int, end: int) -> ir.Expression:
        """A class of the unit."""
        if info.outer is None or info.name not in info.outer.nested:
            return ir.Name(start, end, info.name)
        return ir.Attribute(start, end, self.class_path(info.outer, start, end), info.name)

    def _is_class(self, name: str) -> bool:
        here = self.here
        while here is not None:
            if name in here.nested or name == here.name:
                return True
            here = here.outer
        return name in self.classes

    def _owner(self, name: str, *, fields: bool) -> ClassInfo | None:
        here = self.here
        while here is not None:
            if name in (here.fields if fields else here.methods):
                return here
            here = here.outer
        return None

    def _member(self, owner: ClassInfo, name: str, start: int, end: int) -> ir.Expression:
        if self.in_body and owner is self.here and name in owner.fields:
            return ir.Name(start, end, name)
        if name in owner.static or (owner is self.here and self.in_static):
            return ir.Attribute(start, end, self.class_path(owner, start, start), name)
        if owner is self.here or owner.this != THIS or (self.here is not None and self.here.this != THIS):
            return ir.Attribute(start, end, ir.Name(start, start, owner.this), name)
        return ir.Attribute(start, end, self.class_path(owner, start, start), name)

    def _of_own(self, name: str, start: int, end: int) -> ir.Expression:
        """A member of the class at hand that the unit does not show."""
        assert self.here is not None
        if self.in_static or self.in_body:
            return ir.Attribute(start, end, self.class_path(self.here, start, start), name)
        return ir.Attribute(start, end, ir.Name(start, start, self.here.this), name)
