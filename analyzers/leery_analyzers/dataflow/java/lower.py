"""Java units as IR, from tree-sitter's tree: classes, methods, fields, imports.

A class has the same form as one of Python: methods get their object as first parameter, a constructor is called like
its class, fields are assignments in the class's body. What the parser could not make sense of becomes `ir.Unknown`
with the expressions found in it; nothing raises.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import MAX_DEPTH
from leery_analyzers.dataflow.java.lower_methods import Methods, has_code
from leery_analyzers.dataflow.java.lower_values import Values
from leery_analyzers.dataflow.java.scopes import THIS, ClassInfo, Scopes
from leery_analyzers.dataflow.java.types import Types, canonical
from leery_analyzers.syntax import encode, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

CLASSES = frozenset({
    "class_declaration", "interface_declaration", "enum_declaration", "record_declaration",
    "annotation_type_declaration",
})  # fmt: skip
_FIELDS = frozenset({"field_declaration", "constant_declaration"})


def lower(root: Node, source: bytes, imports: tuple[str, ...] = ()) -> ir.Module:
    """The IR of a Java unit.

    Args:
        root: its tree.
        source: the bytes that were parsed.
        imports: import statements of the document that hold in the unit.
    """
    here = _imports(root, source)
    names = (*_imported(imports), *here)
    lowering = JavaLowering(source, Types(name for name, static in names if not static))
    lowering.scopes.statics = {name.rpartition(".")[2] for name, static in names if static}
    body = lowering.module(root)
    bound = tuple(
        ir.Import(-1, -1, name.rpartition(".")[2], canonical(name)) for name, _ in names if not name.endswith(".*")
    )
    taken = {item.name for item in bound} | set(lowering.scopes.classes)
    guessed = tuple(
        ir.Import(-1, -1, simple, qualified)
        for simple, qualified in lowering.scopes.types.names.items()
        if simple not in taken and "." in qualified
    )
    module = ir.Module(root.start_byte, root.end_byte, bound + guessed + body, lowering.broken, lowering.cut)
    vars(lowering).clear()  # it and its parts refer to each other, and would wait for the collector of garbage
    return module


@lru_cache(maxsize=256)
def _imported(imports: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """What import statements elsewhere give."""
    if not imports:
        return ()
    text = "\n".join(imports)
    return tuple(_imports(parse_text("java", text).root_node, encode(text)))


def _imports(root: Node, source: bytes) -> list[tuple[str, bool]]:
    """The names that import statements give, and whether they are of members."""
    found: list[tuple[str, bool]] = []
    for node in root.named_children:
        if node.type != "import_declaration":
            continue
        text = " ".join(source[node.start_byte : node.end_byte].decode("utf-8", "replace").split())
        words = text.removeprefix("import").rstrip("; ").split()
        if words:
            found.append((words[-1], words[0] == "static"))
    return found


class JavaLowering(Methods):
    """One lowering.

    Args:
        source: the bytes that were parsed.
        types: what names of types stand for.

    Attributes:
        broken: whether something could not be parsed.
        cut: whether something nests too deep.
        pending: definitions that must stand before the statement at hand.
        labels: those of the loops and switches around, innermost last; empty for those without.
        label: what stands before the statement at hand.
        answer: the type that the method at hand gives.
    """

    def __init__(self, source: bytes, types: Types) -> None:
        self.source = source
        self.broken = False
        self.cut = False
        self.scopes = Scopes(types)
        self.pending: list[ir.Statement] = []
        self.depth = 0
        self.labels: list[str] = []
        self.label = ""
        self.answer = ""
        self._anonymous = 0
        self.values = Values(self)

    def module(self, root: Node) -> ir.Block:
        """The statements and declarations of a unit; classes come after those they derive from."""
        for child in root.named_children:
            if child.type in CLASSES:
                info = self._info(child)
                self.scopes.classes[info.name] = info
        return _ordered(self.block(root))

    # Classes

    def class_statement(self, node: Node) -> Iterable[ir.Statement]:
        """A class declared among statements or at the top."""
        return (self.class_of(node, self._info(node)),)

    def loose_method(self, node: Node) -> Iterable[ir.Statement]:
        """A method outside of a class, as in a snippet."""
        kept = self.scopes.here
        if kept is None:
            self.scopes.here = ClassInfo("")
        made = self.method(node, ())
        self.scopes.here = kept
        if isinstance(made, ir.Define) and kept is None:
            made.function.is_method = False
            made.function.parameters = tuple(p for p in made.function.parameters if p.name != THIS)
        return (made,)

    def anonymous(self, node: Node, body: Node, base: ir.Expression) -> ir.Name:
        """A class without a name; it is defined before the statement at hand."""
        self._anonymous += 1
        name = f"{self.values.simple_name(node) or 'Object'}${self._anonymous}"
        info = ClassInfo(name, this=f"{THIS}${self._anonymous}", outer=self.scopes.here)
        info.bases = (self.text(node.child_by_field_name("type")),)
        self._fill(info, body)
        kept = self.pending
        self.pending = []
        made = self._class(node, name, (base,), info, body)
        self.pending = [*kept, *self.pending, made]
        return ir.Name(node.start_byte, node.start_byte, name)

    def _info(self, node: Node) -> ClassInfo:
        named = node.child_by_field_name("name")
        info = ClassInfo(self.text(named) if named is not None else "", outer=self.scopes.here)
        body = node.child_by_field_name("body")
        if body is not None:
            self._fill(info, body)
        if node.type == "record_declaration":
            for parameter in self.record_fields(node):
                info.fields[parameter.name] = parameter.annotation
                info.methods.add(parameter.name)
        info.bases = tuple(self.text(base) for base in self._bases(node))
        return info

    def _fill(self, info: ClassInfo, body: Node) -> None:
        """Take in the names of a body's members."""
        for child in _members(body):
            static = "static" in self.words(child) or body.type == "interface_body"
            if child.type in _FIELDS:
                kind = self.values.type_name(child.child_by_field_name("type"))
                for declarator in child.children_by_field_name("declarator"):
                    name = self.text(declarator.child_by_field_name("name"))
                    info.fields[name] = kind
                    info.static.update({name} if static else ())
            elif child.type == "method_declaration":
                name = self.text(child.child_by_field_name("name"))
                info.methods.add(name)
                info.static.update({name} if "static" in self.words(child) else ())
            elif child.type in CLASSES:
                info.nested.add(self.text(child.child_by_field_name("name")))
            elif child.type == "enum_constant":
                name = self.text(child.child_by_field_name("name"))
                info.fields[name] = info.name
                info.static.add(name)

    def _bases(self, node: Node) -> list[Node]:
        found: list[Node] = []
        for child in node.named_children:
            if child.type in {"superclass", "super_interfaces", "extends_interfaces"}:
                for item in child.named_children:
                    found.extend(item.named_children if item.type == "type_list" else (item,))
        return found

    def class_of(self, node: Node, info: ClassInfo) -> ir.DefineClass:
        """A class with its members."""
        bases = tuple(self.values.type_expression(base) for base in self._bases(node))
        if node.type == "enum_declaration":
            bases += (ir.Name(node.start_byte, node.start_byte, "java.lang.Enum"),)
        body = node.child_by_field_name("body")
        return self._class(node, info.name, bases, info, body)

    def _class(
        self, node: Node, name: str, bases: tuple[ir.Expression, ...], info: ClassInfo, body: Node | None
    ) -> ir.DefineClass:
        kept = self.scopes.here, self.scopes.in_static, self.scopes.in_body
        self.scopes.here, self.scopes.in_static, self.scopes.in_body = info, False, False
        self.depth += 1
        decorators = self.decorators(node)
        methods: list[ir.Statement] = []
        fields: list[ir.Statement] = []
        if self.depth > MAX_DEPTH:
            self.cut = True
        else:
            members = _members(body) if body is not None else []
            methods += [self.method(child, decorators) for child in members if has_code(child)]
            methods += [made for child in members if (made := self.mapped(child)) is not None]
            if node.type == "record_declaration":
                methods += self.record(node, {m.function.name for m in methods if isinstance(m, ir.Define)})
            self.scopes.in_body = True
            for child in members:
                fields.extend(self._field(child, info))
        self.depth -= 1
        self.scopes.here, self.scopes.in_static, self.scopes.in_body = kept
        nested = [item for item in fields if isinstance(item, ir.DefineClass)]
        values = [item for item in fields if not isinstance(item, ir.DefineClass)]
        whole = (*_ordered(nested), *methods, *values)
        return ir.DefineClass(node.start_byte, node.end_byte, name, bases, whole, decorators)

    def _field(self, child: Node, info: ClassInfo) -> Iterable[ir.Statement]:
        """A field, an initialiser or a class inside of a class."""
        if child.type in _FIELDS:
            made = self._declared_fields(child)
        elif child.type in CLASSES:
            kept = self.scopes.in_body
            made = [self.class_of(child, self._info(child))]
            self.scopes.in_body = kept
        elif child.type == "enum_constant":
            made = [self._constant(child, info)]
        elif child.type in {"static_initializer", "block"}:
            inner = (
                child if child.type == "block" else next((c for c in child.named_children if c.type == "block"), None)
            )
            self.scopes.push()
            made = list(self.block(inner))
            self.scopes.pop()
        else:
            self.broken = self.broken or child.is_error
            made = []
        waiting, self.pending = self.pending, []
        return [*waiting, *made]

    def _declared_fields(self, node: Node) -> list[ir.Statement]:
        kind = self.values.type_name(node.child_by_field_name("type"))
        final = "final" in self.words(node) or node.type == "constant_declaration"
        decorators = self.decorators(node)
        found: list[ir.Statement] = []
        for declarator in node.children_by_field_name("declarator"):
            named = declarator.child_by_field_name("name")
            if named is None:
                continue
            start, end = declarator.start_byte, declarator.end_byte
            given = declarator.child_by_field_name("value")
            value: ir.Expression = ir.Unknown(start, start)
            if given is not None:
                value = self.values.of(given)
                if not final and isinstance(value, ir.Const):
                    value = ir.Unknown(start, start)
            for decorator in decorators:
                if isinstance(decorator, ir.Call):
                    value = ir.Unknown(start, start) if given is None else value
            target = ir.Name(named.start_byte, named.end_byte, self.text(named))
            found.append(ir.Assign(start, end, (target,), value, declared=kind))
        return found

    def _constant(self, node: Node, info: ClassInfo) -> ir.Statement:
        """A constant of an enum: its name, or an object if it is made with values."""
        named = node.child_by_field_name("name")
        start, end = node.start_byte, node.end_byte
        name = self.text(named)
        given = node.child_by_field_name("arguments")
        value: ir.Expression = ir.Const(start, end, name)
        if given is not None and given.named_children:
            callee = self.scopes.class_path(info, start, start)
            value = ir.Call(start, end, callee, self.values.arguments(given), is_new=True)
        return ir.Assign(start, end, (ir.Name(start, end, name),), value)


def _members(body: Node) -> list[Node]:
    """The members of a class's body, those of an enum after its constants, too."""
    found: list[Node] = []
    for child in body.named_children:
        if child.type == "enum_body_declarations":
            found.extend(child.named_children)
        else:
            found.append(child)
    return found


def _ordered(body: Iterable[ir.Statement]) -> ir.Block:
    """Classes after those they derive from, as far as both stand here."""
    waiting = list(body)
    classes = {item.name: item for item in waiting if isinstance(item, ir.DefineClass)}
    if len(classes) < 2:
        return tuple(waiting)
    done: list[ir.Statement] = []
    seen: set[str] = set()

    def place(item: ir.DefineClass) -> None:
        if item.name in seen:
            return
        seen.add(item.name)
        for base in item.bases:
            known = classes.get(base.name if isinstance(base, ir.Attribute) else getattr(base, "id", ""))
            if known is not None:
                place(known)
        done.append(item)

    for statement in waiting:
        if isinstance(statement, ir.DefineClass):
            place(statement)
        else:
            done.append(statement)
    return tuple(done)
