"""Java statements as IR; part of `lower`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import MAX_DEPTH
from leery_analyzers.dataflow.java.lower_switch import Switches
from leery_analyzers.dataflow.java.types import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node

    from leery_analyzers.dataflow.java.lower_values import Values
    from leery_analyzers.dataflow.java.scopes import Scopes

_TRUTH = frozenset({"boolean", "java.lang.Boolean"})
_EMPTY = frozenset({
    "line_comment", "block_comment", "import_declaration", "package_declaration", "assert_statement",
    "module_declaration",
})  # fmt: skip


class Statements(ABC):
    """Lowers statements.

    Attributes: see `lower.JavaLowering`.
    """

    source: bytes
    broken: bool
    cut: bool
    scopes: Scopes
    pending: list[ir.Statement]
    depth: int
    labels: list[str]
    label: str
    answer: str
    values: Values

    def text(self, node: Node | None) -> str:
        """A node's characters."""
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace") if node is not None else ""

    @abstractmethod
    def class_statement(self, node: Node) -> Iterable[ir.Statement]:
        """A class declared among statements."""

    @abstractmethod
    def loose_method(self, node: Node) -> Iterable[ir.Statement]:
        """A method outside of a class."""

    def block(self, node: Node | None) -> ir.Block:
        """The statements under a node, in a scope of their own."""
        if node is None:
            return ()
        if self.depth > MAX_DEPTH:
            self.cut = True
            return ()
        self.depth += 1
        self.scopes.push()
        done = self.statements(node.named_children)
        self.scopes.pop()
        self.depth -= 1
        return done

    def statements(self, nodes: Iterable[Node]) -> ir.Block:
        """Several statements."""
        done: list[ir.Statement] = []
        for child in nodes:
            made = self._statement(child)
            if self.pending:
                done.extend(self.pending)
                self.pending = []
            done.extend(made)
        return tuple(done)

    def body(self, node: Node | None) -> ir.Block:
        """A statement or a block as a block."""
        if node is None:
            return ()
        if node.type == "block":
            return self.block(node)
        if self.depth > MAX_DEPTH:
            self.cut = True
            return ()
        self.depth += 1
        self.scopes.push()
        done = self.statements([node])
        self.scopes.pop()
        self.depth -= 1
        return done

    def _statement(self, node: Node) -> tuple[ir.Statement, ...]:
        kind = node.type
        if kind in _EMPTY:
            return ()
        build = _STATEMENTS.get(kind)
        if build is not None:
            return tuple(build(self, node))
        if kind == "ERROR":
            self.broken = True
            return self.block(node)
        if not node.is_named:
            return ()
        return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(node)),)

    # Simple statements

    def declaration(self, node: Node) -> Iterable[ir.Statement]:
        """Variables."""
        kind = self.values.type_name(node.child_by_field_name("type"))
        for declarator in node.children_by_field_name("declarator"):
            named = declarator.child_by_field_name("name")
            given = declarator.child_by_field_name("value")
            if named is None:
                continue
            value = self.values.of(given) if given is not None else None
            name = self.text(named)
            self.scopes.declare(name, kind)
            if value is not None:
                target = ir.Name(named.start_byte, named.end_byte, name)
                yield ir.Assign(declarator.start_byte, declarator.end_byte, (target,), value, declared=kind)

    def expression(self, node: Node) -> Iterable[ir.Statement]:
        """An expression for its effects, or an assignment."""
        for child in node.named_children:
            if child.type == "assignment_expression":
                yield self.assignment(child)
            elif child.type == "update_expression":
                target = self.values.of(self.values.only(child))
                one = ir.Const(child.start_byte, child.end_byte, 1)
                op = "-" if "--" in self.text(child) else "+"
                yield ir.Assign(child.start_byte, child.end_byte, (target,), one, op)
            elif child.type not in {"line_comment", "block_comment"}:
                yield ir.Evaluate(node.start_byte, node.end_byte, self.values.of(child))

    def assignment(self, node: Node) -> ir.Assign:
        """``a = value``, ``a += value``."""
        left, op = node.child_by_field_name("left"), node.child_by_field_name("operator")
        value = self.values.of(node.child_by_field_name("right"))
        spelled = op.type.removesuffix("=") if op is not None else ""
        declared = self.scopes.type_of(self.text(left)) if left is not None and left.type == "identifier" else ""
        return ir.Assign(node.start_byte, node.end_byte, (self.values.of(left),), value, spelled, declared)

    def returned(self, node: Node) -> Iterable[ir.Statement]:
        """``return`` and, in a switch that is a value, ``yield``."""
        given = self.values.only(node)
        value = self.values.of(given) if given is not None else None
        if (
            value is not None
            and self.answer in NUMBERS
            and self.answer not in _TRUTH
            and node.type == "return_statement"
        ):
            value = ir.Cast(value.start, value.end, value, self.answer)
        return (ir.Return(node.start_byte, node.end_byte, value),)

    def thrown(self, node: Node) -> Iterable[ir.Statement]:
        """``throw``."""
        return (ir.Raise(node.start_byte, node.end_byte, self.values.of(self.values.only(node))),)

    def broke(self, node: Node) -> Iterable[ir.Statement]:
        """``break``."""
        return (ir.Break(node.start_byte, node.end_byte, self._outer(node)),)

    def continued(self, node: Node) -> Iterable[ir.Statement]:
        """``continue``."""
        return (ir.Continue(node.start_byte, node.end_byte, self._outer(node)),)

    def _outer(self, node: Node) -> int:
        """How many loops and switches a jump leaves besides the one that its label names."""
        label = self.text(self.values.only(node))
        around = list(reversed(self.labels))
        return around.index(label) if label and label in around else 0

    def enter(self) -> None:
        """A loop or a switch starts; it has the label before it."""
        self.labels.append(self.label)
        self.label = ""

    def constructor(self, node: Node) -> Iterable[ir.Statement]:
        """``this(…)`` and ``super(…)`` as the first statement of a constructor."""
        start, end = node.start_byte, node.end_byte
        given = self.values.arguments(node.child_by_field_name("arguments"))
        said = node.child_by_field_name("constructor")
        name = "super.<init>" if said is not None and said.type == "super" else "<init>"
        callee = ir.Attribute(start, end, self.scopes.this(start, start), name)
        return (ir.Evaluate(start, end, ir.Call(start, end, callee, given)),)

    # Compound statements

    def branch(self, node: Node) -> Iterable[ir.Statement]:
        """``if`` with all its ``else if``."""
        branches: list[tuple[ir.Expression, ir.Block]] = []
        here: Node | None = node
        otherwise: ir.Block = ()
        self.scopes.push()
        while here is not None and here.type == "if_statement":
            test = self.values.of(here.child_by_field_name("condition"))
            branches.append((test, self.body(here.child_by_field_name("consequence"))))
            here = here.child_by_field_name("alternative")
        if here is not None:
            otherwise = self.body(here)
        names = self.scopes.locals.pop()
        self.scopes.locals[-1].update(names)
        return (ir.If(node.start_byte, node.end_byte, tuple(branches), otherwise),)

    def while_loop(self, node: Node) -> Iterable[ir.Statement]:
        """``while`` and ``do``."""
        self.enter()
        test = self.values.of(node.child_by_field_name("condition"))
        body = self.body(node.child_by_field_name("body"))
        self.labels.pop()
        last = node.type == "do_statement"
        return (ir.Loop(node.start_byte, node.end_byte, test, None, None, body, test_last=last),)

    def for_loop(self, node: Node) -> Iterable[ir.Statement]:
        """``for`` with its three parts."""
        self.scopes.push()
        self.enter()
        done: list[ir.Statement] = []
        for first in node.children_by_field_name("init"):
            done.extend(self._effect(first))
        condition = node.child_by_field_name("condition")
        test = self.values.of(condition) if condition is not None else None
        body = self.body(node.child_by_field_name("body"))
        update = [step for item in node.children_by_field_name("update") for step in self._effect(item)]
        self.scopes.pop()
        self.labels.pop()
        if test is None:
            test = ir.Const(node.start_byte, node.start_byte, value=True)
        return (*done, ir.Loop(node.start_byte, node.end_byte, test, None, None, body, tuple(update)))

    def _effect(self, node: Node) -> Iterable[ir.Statement]:
        if node.type == "local_variable_declaration":
            return tuple(self.declaration(node))
        if node.type == "assignment_expression":
            return (self.assignment(node),)
        return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(node)),)

    def each(self, node: Node) -> Iterable[ir.Statement]:
        """``for (type name : values)``."""
        iterable = self.values.of(node.child_by_field_name("value"))
        named = node.child_by_field_name("name")
        self.scopes.push()
        name = self.text(named)
        kind = self.values.type_name(node.child_by_field_name("type"))
        self.scopes.declare(name, kind)
        start, end = (named.start_byte, named.end_byte) if named is not None else (node.start_byte, node.start_byte)
        target = ir.Name(start, end, name)
        self.enter()
        body = self.body(node.child_by_field_name("body"))
        self.labels.pop()
        if kind:
            typed = ir.Assign(start, end, (target,), ir.Cast(start, end, target, kind))
            body = (typed, *body)
        self.scopes.pop()
        return (ir.Loop(node.start_byte, node.end_byte, None, target, iterable, body),)

    def attempt(self, node: Node) -> Iterable[ir.Statement]:
        """``try``, also with resources."""
        self.scopes.push()
        opened: list[ir.Statement] = []
        holder = node.child_by_field_name("resources")
        for item in holder.named_children if holder is not None else ():
            if item.type == "resource":
                opened.extend(self._resource(item))
        body = (*opened, *self.block(node.child_by_field_name("body")))
        self.scopes.pop()
        handlers: list[ir.Handler] = []
        final: ir.Block = ()
        for part in node.named_children:
            if part.type == "catch_clause":
                handlers.append(self._handler(part))
            elif part.type == "finally_clause":
                final = self.block(next((child for child in part.named_children if child.type == "block"), None))
        if not handlers and not final:
            return body
        return (ir.Try(node.start_byte, node.end_byte, body, tuple(handlers), (), final),)

    def _resource(self, item: Node) -> Iterable[ir.Statement]:
        start, end = item.start_byte, item.end_byte
        named, given = item.child_by_field_name("name"), item.child_by_field_name("value")
        if named is None or given is None:
            inside = self.values.only(item)
            return (ir.Evaluate(start, end, self.values.of(inside)),) if inside is not None else ()
        kind = self.values.type_name(item.child_by_field_name("type"))
        value = self.values.of(given)
        self.scopes.declare(self.text(named), kind)
        target = ir.Name(named.start_byte, named.end_byte, self.text(named))
        return (ir.Assign(start, end, (target,), value, declared=kind),)

    def _handler(self, node: Node) -> ir.Handler:
        said = next((child for child in node.named_children if child.type == "catch_formal_parameter"), None)
        name = self.text(said.child_by_field_name("name")) if said is not None else ""
        self.scopes.push()
        self.scopes.declare(name, "java.lang.Exception")
        body = self.block(node.child_by_field_name("body"))
        self.scopes.pop()
        return ir.Handler(node.start_byte, node.end_byte, name, body)

    def switch(self, node: Node) -> Iterable[ir.Statement]:
        """``switch`` as a statement."""
        return Switches(self).statement(node)

    def labeled(self, node: Node) -> Iterable[ir.Statement]:
        """A statement with a label."""
        named, *rest = node.named_children
        self.label = self.text(named)
        if rest and rest[-1].type == "block":
            self.enter()
            body = self.block(rest[-1])
            self.labels.pop()
            return (ir.Sequence(node.start_byte, node.end_byte, body, breaks=True),)
        done = self.statements(rest)
        self.label = ""
        return done

    def locked(self, node: Node) -> Iterable[ir.Statement]:
        """``synchronized``."""
        return self.block(node.child_by_field_name("body"))


_STATEMENTS: Mapping[str, Callable[[Statements, Node], Iterable[ir.Statement]]] = {
    "local_variable_declaration": Statements.declaration,
    "field_declaration": Statements.declaration,
    "expression_statement": Statements.expression,
    "return_statement": Statements.returned,
    "yield_statement": Statements.returned,
    "throw_statement": Statements.thrown,
    "break_statement": Statements.broke,
    "continue_statement": Statements.continued,
    "explicit_constructor_invocation": Statements.constructor,
    "if_statement": Statements.branch,
    "while_statement": Statements.while_loop,
    "do_statement": Statements.while_loop,
    "for_statement": Statements.for_loop,
    "enhanced_for_statement": Statements.each,
    "try_statement": Statements.attempt,
    "try_with_resources_statement": Statements.attempt,
    "switch_expression": Statements.switch,
    "switch_statement": Statements.switch,
    "labeled_statement": Statements.labeled,
    "synchronized_statement": Statements.locked,
    "block": lambda lowering, node: lowering.block(node),
    "method_declaration": lambda lowering, node: lowering.loose_method(node),
    **dict.fromkeys(
        ("class_declaration", "interface_declaration", "enum_declaration", "record_declaration",
         "annotation_type_declaration"),
        lambda lowering, node: lowering.class_statement(node),
    ),
}  # fmt: skip
