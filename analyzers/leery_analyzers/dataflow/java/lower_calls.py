"""Java calls as IR: methods, constructors, method references, lambdas; part of `lower`.

What other languages write as an operator gets its form here: ``a.equals(b)`` is a comparison, ``list.contains(a)`` a
membership.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import Expressions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from leery_analyzers.dataflow.java.lower import JavaLowering
    from leery_analyzers.dataflow.java.scopes import Scopes

_EQUAL = frozenset({"equals", "contentEquals"})
_SOME = frozenset({"anyMatch", "noneMatch"})
_COMMENTS = frozenset({"line_comment", "block_comment"})


class CallForms(Expressions):
    """Lowers calls.

    Attributes: see `lower_values.Values`.
    """

    lowering: JavaLowering
    scopes: Scopes
    text: Callable[[Node | None], str]

    @abstractmethod
    def before_dot(self, node: Node | None) -> ir.Expression:
        """What stands before a dot."""

    @abstractmethod
    def type_expression(self, node: Node | None) -> ir.Expression:
        """A type as a value."""

    @abstractmethod
    def only(self, node: Node | None) -> Node | None:
        """The first child that is no comment."""

    def arguments(self, node: Node | None) -> tuple[ir.Argument, ...]:
        """The arguments of a call or an annotation."""
        found: list[ir.Argument] = []
        for child in node.named_children if node is not None else ():
            if child.type in _COMMENTS:
                continue
            name = ""
            given: Node | None = child
            if child.type == "element_value_pair":
                name = self.text(child.child_by_field_name("key"))
                given = child.child_by_field_name("value")
            found.append(ir.Argument(child.start_byte, child.end_byte, self.of(given), name))
        return tuple(found)

    def invocation(self, node: Node) -> ir.Expression:
        """A call of a method."""
        start, end = node.start_byte, node.end_byte
        given, named = node.child_by_field_name("object"), node.child_by_field_name("name")
        name = self.text(named)
        base = self.before_dot(given) if given is not None else None
        arguments = self.arguments(node.child_by_field_name("arguments"))
        if base is not None:
            if given is not None and given.type == "super" and self._has_base():
                name = f"super.{name}"
            special = _operator(start, end, base, name, arguments)
            if special is not None:
                return special
            # The callee ends with the method's name, so that a receiver's place is the receiver alone.
            callee: ir.Expression = ir.Attribute(start, named.end_byte if named is not None else end, base, name)
        else:
            callee = self.scopes.method(name, start, named.end_byte if named is not None else end)
        return ir.Call(start, end, callee, arguments)

    def _has_base(self) -> bool:
        """Whether the class at hand derives from another one."""
        return self.scopes.here is not None and bool(self.scopes.here.bases)

    def creation(self, node: Node) -> ir.Expression:
        """``new Type(…)``, also with a body."""
        start, end = node.start_byte, node.end_byte
        kind = node.child_by_field_name("type")
        arguments = self.arguments(node.child_by_field_name("arguments"))
        callee = self.type_expression(kind)
        body = next((child for child in node.named_children if child.type == "class_body"), None)
        if body is not None and any(child.type == "method_declaration" for child in body.named_children):
            callee = self.lowering.anonymous(node, body, callee)
        return ir.Call(start, end, callee, arguments, is_new=True)

    def reference(self, node: Node) -> ir.Expression:
        """``base::method`` as a function of what it is given."""
        start, end = node.start_byte, node.end_byte
        inside = [child for child in node.named_children if child.type not in _COMMENTS | {"type_arguments"}]
        if not inside:
            return ir.Unknown(start, end)
        given = ir.Name(start, start, "given$")
        is_new = any(child.type == "new" for child in node.children)
        name = self.text(inside[-1])
        if is_new:
            made = ir.Call(start, end, self.type_expression(inside[0]), (ir.Argument(start, end, given),), is_new=True)
        elif inside[0].type in {"this", "super"} or len(inside) < 2:
            callee = ir.Attribute(start, end, self.scopes.this(start, start), name)
            made = ir.Call(start, end, callee, (ir.Argument(start, end, given),))
        else:
            head = self.text(inside[0])
            is_type = inside[0].type != "identifier" or (head[:1].isupper() and not self.scopes.is_local(head))
            plain = self.scopes.types.qualified(head) in _VALUES and name not in _STATIC
            own = is_type and (plain or _GETTER.fullmatch(name) is not None)
            base = given if own else self.before_dot(inside[0]) if inside[0].type == "identifier" else None
            callee = ir.Attribute(start, end, base if base is not None else self.of(inside[0]), name)
            passed = () if own else (ir.Argument(start, end, given),)
            special = None if own else _operator(start, end, callee.base, name, passed)
            made = special if special is not None else ir.Call(start, end, callee, passed)  # type: ignore[assignment]
            if is_type and not own:
                self.scopes.types.qualified(head)
        function = ir.Function(start, end, "", (ir.Parameter(start, start, "given$"),), (ir.Return(start, end, made),))
        return ir.Lambda(start, end, function)

    def function(self, node: Node) -> ir.Expression:
        """A lambda."""
        start, end = node.start_byte, node.end_byte
        said, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
        self.scopes.push()
        parameters: tuple[ir.Parameter, ...] = ()
        if said is not None and said.type == "formal_parameters":
            parameters = self.lowering.parameters(said)
        elif said is not None:
            names = [said] if said.type == "identifier" else said.named_children
            for name in names:
                self.scopes.declare(self.text(name), "")
            parameters = tuple(ir.Parameter(n.start_byte, n.end_byte, self.text(n)) for n in names)
        kept, self.lowering.pending = self.lowering.pending, []
        answer, self.lowering.answer = self.lowering.answer, ""
        if body is not None and body.type == "block":
            done = self.lowering.block(body)
        else:
            value = self.of(body)
            done = (*self.lowering.pending, ir.Return(value.start, value.end, value))
        self.lowering.pending, self.lowering.answer = kept, answer
        self.scopes.pop()
        return ir.Lambda(start, end, ir.Function(start, end, "", parameters, done))


_GETTER = re.compile(r"get[A-Z]\w*")
"""Names of methods that read a part of what they are called on; few of them are static and take an argument."""
_VALUES = frozenset(
    {"java.lang.String", "java.lang.Object", "java.io.File", "java.nio.file.Path", "java.util.Map.Entry"}
)
_STATIC = frozenset({"valueOf", "format", "of", "join", "copyValueOf"})


def _operator(
    start: int, end: int, base: ir.Expression, name: str, arguments: tuple[ir.Argument, ...]
) -> ir.Expression | None:
    """The form of a method that is an operator elsewhere."""
    values = [argument.value for argument in arguments]
    if len(values) == 1:
        other = values[0]
        if name in _EQUAL:
            return ir.Compare(start, end, "==", base, other)
        if name == "equalsIgnoreCase":
            return ir.Compare(start, end, "==", _lowered(base), _lowered(other))
        if name in {"contains", "containsKey"}:
            return ir.Compare(start, end, "in", other, base)
        if name in _SOME:
            return _any_match(start, end, base, name, other)
    elif len(values) == 2 and name in {"equals", "deepEquals"}:
        return ir.Compare(start, end, "==", values[0], values[1])
    return None


def _lowered(value: ir.Expression) -> ir.Expression:
    return ir.Call(value.start, value.end, ir.Attribute(value.start, value.end, value, "toLowerCase"), ())


def _any_match(start: int, end: int, base: ir.Expression, name: str, test: ir.Expression) -> ir.Expression | None:
    """``values.stream().anyMatch(v -> v.equals(x))`` is a membership."""
    if not isinstance(test, ir.Lambda) or len(test.function.parameters) != 1:
        return None
    own = test.function.parameters[0].name
    last = test.function.body[-1] if test.function.body else None
    if not isinstance(last, ir.Return) or not isinstance(last.value, ir.Compare) or last.value.op != "==":
        return None
    sides = [last.value.left, last.value.right]
    roots = [_root(side) for side in sides]
    if roots.count(own) != 1:
        return None
    other = sides[1 - roots.index(own)]
    return ir.Compare(start, end, "in" if name == "anyMatch" else "not-in", other, _source(base))


def _root(value: ir.Expression) -> str:
    """The name of what a chain of calls starts with."""
    while isinstance(value, (ir.Call, ir.Attribute)):
        value = value.callee if isinstance(value, ir.Call) else value.base
    return value.id if isinstance(value, ir.Name) else ""


def _source(base: ir.Expression) -> ir.Expression:
    """What a stream is made of."""
    if isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and base.callee.name == "stream":
        return base.arguments[0].value if base.arguments else base.callee.base
    if isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and base.callee.name == "of":
        items = tuple((None, argument.value) for argument in base.arguments)
        return ir.Collection(base.start, base.end, "list", items)
    return base
