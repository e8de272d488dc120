"""JavaScript and TypeScript statements as IR, from tree-sitter's tree.

What the parser could not make sense of becomes `ir.Unknown` with the expressions found in it; nothing raises.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import MAX_DEPTH
from leery_analyzers.dataflow.javascript.jumps import BLOCK, Jumps
from leery_analyzers.dataflow.javascript.lower_functions import PATTERNS, Functions
from leery_analyzers.dataflow.javascript.lower_switch import switch
from leery_analyzers.dataflow.javascript.lower_values import ITERATED, Values
from leery_analyzers.dataflow.javascript.modules import imported, required
from leery_analyzers.syntax import encode, parse_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node

_EMPTY = frozenset({
    "comment", "empty_statement", "debugger_statement", "interface_declaration", "type_alias_declaration",
    "ambient_declaration", "function_signature", "hash_bang_line", "import_alias", "statement_identifier", "decorator",
})  # fmt: skip
_FUNCTIONS = frozenset({"function_declaration", "generator_function_declaration"})
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})


def lower(root: Node, source: bytes, imports: tuple[str, ...] = ()) -> ir.Module:
    """The IR of a JavaScript or TypeScript unit.

    Args:
        root: its tree.
        source: the bytes that were parsed.
        imports: import statements of the document that hold in the unit.
    """
    lowering = JavaScriptLowering(source)
    body = lowering.block(root)
    module = ir.Module(root.start_byte, root.end_byte, _imported(imports) + body, lowering.broken, lowering.cut)
    vars(lowering).clear()  # it and its parts refer to each other, and would wait for the collector of garbage
    return module


@lru_cache(maxsize=256)
def _imported(imports: tuple[str, ...]) -> ir.Block:
    """The bindings of import statements elsewhere; their spans are empty."""
    if not imports:
        return ()
    text = "\n".join(imports)
    lowering = JavaScriptLowering(encode(text))
    body = lowering.block(parse_text("typescript", text).root_node)
    return tuple(ir.Import(-1, -1, item.name, item.qualified) for item in body if isinstance(item, ir.Import))


class JavaScriptLowering:
    """One lowering.

    Args:
        source: the bytes that were parsed.

    Attributes:
        broken: whether something could not be parsed.
        cut: whether something nests too deep.
        before: statements that the expression at hand needs done first.
    """

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.broken = False
        self.cut = False
        self.before: list[ir.Statement] = []
        self._depth = 0
        self.jumps = Jumps(self)
        self.values = Values(self)
        self.functions = Functions(self)

    def text(self, node: Node) -> str:
        """A node's characters."""
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def block(self, node: Node | None) -> ir.Block:
        """The statements under a node, functions first, as they can be called before they are written."""
        return self.statements(node.named_children) if node is not None else ()

    def body(self, node: Node | None) -> ir.Block:
        """The statements of a block, or the one statement without braces."""
        if node is None:
            return ()
        return self.block(node) if node.type in {"statement_block", "program"} else self.statements([node])

    def statements(self, nodes: Iterable[Node]) -> ir.Block:
        """Several statements."""
        if self._depth > MAX_DEPTH:
            self.cut = True
            return ()
        self._depth += 1
        first: list[ir.Statement] = []
        done: list[ir.Statement] = []
        for node in nodes:
            kept, self.before = self.before, []
            made = tuple(self.statement(node))
            (first if self._is_function(node) else done).extend((*self.before, *made))
            self.before = kept
        self._depth -= 1
        return (*first, *done)

    @staticmethod
    def _is_function(node: Node) -> bool:
        if node.type == "export_statement":
            declared = node.child_by_field_name("declaration")
            return declared is not None and declared.type in _FUNCTIONS
        return node.type in _FUNCTIONS

    def statement(self, node: Node) -> Iterable[ir.Statement]:
        """One statement."""
        kind = node.type
        if kind in _EMPTY:
            return ()
        build = _STATEMENTS.get(kind)
        if build is not None:
            return build(self, node)
        if kind == "ERROR":
            self.broken = True
            return self.block(node)
        return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(node)),)

    # Simple statements

    def expression(self, node: Node) -> Iterable[ir.Statement]:
        """An expression statement; assignments are statements of their own."""
        inside = [child for child in node.named_children if child.type != "comment"]
        return [made for child in inside for made in self.evaluated(child)]

    def evaluated(self, node: Node) -> Iterable[ir.Statement]:
        """An expression for its effects."""
        if node.type == "parenthesized_expression" and node.named_child_count == 1:
            return self.evaluated(node.named_children[0])
        if node.type == "sequence_expression":
            return [made for child in node.named_children for made in self.evaluated(child)]
        if node.type == "assignment_expression":
            return self._assigned(node)
        if node.type == "augmented_assignment_expression":
            return self._augmented(node)
        return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(node)),)

    def _assigned(self, node: Node) -> Iterable[ir.Statement]:
        targets: list[ir.Expression] = []
        here: Node | None = node
        while here is not None and here.type == "assignment_expression":
            left = here.child_by_field_name("left")
            targets.append(self.values.target(left, declares=False))
            here = here.child_by_field_name("right")
        value = self.values.of(here)
        self._name(value, targets[0])
        return (ir.Assign(node.start_byte, node.end_byte, tuple(targets), value),)

    @staticmethod
    def _name(value: ir.Expression, target: ir.Expression) -> None:
        """A function without a name takes the one of what it is assigned to."""
        if isinstance(value, ir.Lambda) and not value.function.name:
            value.function.name = target.id if isinstance(target, ir.Name) else getattr(target, "name", "")

    def _augmented(self, node: Node) -> Iterable[ir.Statement]:
        operator = node.child_by_field_name("operator")
        op = operator.type.removesuffix("=") if operator is not None else "+"
        if op in {"??", "||", "&&"}:
            return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(node)),)
        target = self.values.target(node.child_by_field_name("left"), declares=False)
        value = self.values.of(node.child_by_field_name("right"))
        return (ir.Assign(node.start_byte, node.end_byte, (target,), value, op),)

    def declaration(self, node: Node) -> Iterable[ir.Statement]:
        """``const``, ``let`` and ``var``."""
        done: list[ir.Statement] = []
        for child in node.named_children:
            if child.type == "variable_declarator":
                done.extend((*self.before, *self._declared(child)))
                self.before = []
        return done

    def _declared(self, node: Node) -> Iterable[ir.Statement]:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        found = required(self, name, value)
        if found is not None:
            self.functions.declare(item.name for item in found)
            return found
        target = self.values.target(name, declares=True)
        annotation = node.child_by_field_name("type")
        declared = self.functions.annotation(annotation) if annotation is not None else ""
        made = self.values.of(value) if value is not None else ir.Const(node.start_byte, node.end_byte, None)
        self._name(made, target)
        return (ir.Assign(node.start_byte, node.end_byte, (target,), made, declared=declared),)

    def returned(self, node: Node) -> Iterable[ir.Statement]:
        """``return``."""
        value = self.only(node)
        return (ir.Return(node.start_byte, node.end_byte, self.values.of(value) if value is not None else None),)

    def raised(self, node: Node) -> Iterable[ir.Statement]:
        """``throw``."""
        value = self.only(node)
        return (ir.Raise(node.start_byte, node.end_byte, self.values.of(value) if value is not None else None),)

    def broke(self, node: Node) -> Iterable[ir.Statement]:
        """``break``."""
        return (ir.Break(node.start_byte, node.end_byte, self.jumps.leaves(node)),)

    def continued(self, node: Node) -> Iterable[ir.Statement]:
        """``continue``."""
        return (ir.Continue(node.start_byte, node.end_byte, self.jumps.leaves(node)),)

    def labeled(self, node: Node) -> Iterable[ir.Statement]:
        """A statement with a label, or one that has a scope of its own."""
        label, body = node.child_by_field_name("label"), node.child_by_field_name("body")
        if label is None or body is None:
            return self.body(body)
        if body.type != "statement_block":
            self.jumps.label = self.text(label)
            done = self.body(body)
            self.jumps.label = ""
            return done
        with self.jumps.inside(f"{BLOCK}{self.text(label)}"):
            return (ir.Sequence(node.start_byte, node.end_byte, self.block(body), breaks=True),)

    def imports(self, node: Node) -> Iterable[ir.Statement]:
        """``import``."""
        found = imported(self, node)
        self.functions.declare(item.name for item in found)
        return found

    def exported(self, node: Node) -> Iterable[ir.Statement]:
        """``export`` of a declaration or a value."""
        declared = node.child_by_field_name("declaration")
        if declared is not None:
            if declared.type in _CLASSES:
                decorators = [child for child in node.named_children if child.type == "decorator"]
                return (self.functions.class_of(declared, decorators),)
            return self.statement(declared)
        value = node.child_by_field_name("value")
        if value is None:
            return ()
        return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(value)),)

    def only(self, node: Node) -> Node | None:
        """The first child that is no comment."""
        return next((child for child in node.named_children if child.type != "comment"), None)

    # Compound statements

    def branch(self, node: Node) -> Iterable[ir.Statement]:
        """``if`` with every ``else if``."""
        branches: list[tuple[ir.Expression, ir.Block]] = []
        here: Node | None = node
        otherwise: ir.Block = ()
        while here is not None:
            test = self.values.of(here.child_by_field_name("condition"))
            branches.append((test, self.body(here.child_by_field_name("consequence"))))
            clause = here.child_by_field_name("alternative")
            last = self.only(clause) if clause is not None else None
            here = last if last is not None and last.type == "if_statement" else None
            otherwise = self.body(last) if here is None else ()
        return (ir.If(node.start_byte, node.end_byte, tuple(branches), otherwise),)

    def loop(self, node: Node) -> Iterable[ir.Statement]:
        """``while``, ``do`` and ``for`` with three parts."""
        start, end = node.start_byte, node.end_byte
        condition = node.child_by_field_name("condition")
        test = self.values.of(condition) if condition is not None and condition.is_named else None
        if condition is not None and condition.type == "empty_statement":
            test = None
        with self.jumps.inside():
            body = self.body(node.child_by_field_name("body"))
        if node.type != "for_statement":
            return (ir.Loop(start, end, test, None, None, body, test_last=node.type == "do_statement"),)
        step = node.child_by_field_name("increment")
        first = node.child_by_field_name("initializer")
        update = tuple(self.evaluated(step)) if step is not None else ()
        test = test if test is not None else ir.Const(start, start, value=True)
        before = tuple(self.statement(first)) if first is not None else ()
        return (*before, ir.Loop(start, end, test, None, None, body, update))

    def each(self, node: Node) -> Iterable[ir.Statement]:
        """``for … of`` and ``for … in``."""
        operator, left = node.child_by_field_name("operator"), node.child_by_field_name("left")
        right = node.child_by_field_name("right")
        target = self.values.target(left, declares=node.child_by_field_name("kind") is not None)
        iterable = self.values.of(right)
        if operator is not None and operator.type == "in":
            here = iterable.start, iterable.end
            keys = ir.Attribute(*here, ir.Name(*here, "Object"), "keys")
            iterable = ir.Call(*here, keys, (ir.Argument(*here, iterable),))
        iterable = ir.Cast(iterable.start, iterable.end, iterable, ITERATED)
        with self.jumps.inside():
            body = self.body(node.child_by_field_name("body"))
        return (ir.Loop(node.start_byte, node.end_byte, None, target, iterable, body),)

    def attempt(self, node: Node) -> Iterable[ir.Statement]:
        """``try``."""
        handler, last = node.child_by_field_name("handler"), node.child_by_field_name("finalizer")
        body = self.block(node.child_by_field_name("body"))
        handlers: tuple[ir.Handler, ...] = ()
        if handler is not None:
            named = handler.child_by_field_name("parameter")
            handlers = (self._handler(handler, named if named is not None else handler),)
        final = self.block(last.child_by_field_name("body")) if last is not None else ()
        return (ir.Try(node.start_byte, node.end_byte, body, handlers, (), final),)

    def _handler(self, node: Node, named: Node) -> ir.Handler:
        """``catch``; an error that is taken apart at once gets a name that no other has."""
        start, end = named.start_byte, named.end_byte
        name = " ".join(self.text(named).split()) if named is not node else ""
        first: list[ir.Statement] = []
        if named.type in PATTERNS:
            target = self.values.target(named, declares=True)
            first.append(ir.Assign(start, end, (target,), ir.Name(start, start, name)))
        self.functions.declare([name] if name else [])
        body = (*first, *self.block(node.child_by_field_name("body")))
        return ir.Handler(node.start_byte, node.end_byte, name, body, ir.Node(start, end))

    # Definitions

    def define(self, node: Node) -> Iterable[ir.Statement]:
        """``function``."""
        name = node.child_by_field_name("name")
        function = self.functions.of(node, self.text(name) if name is not None else "default")
        self.functions.declare([function.name])
        return (ir.Define(node.start_byte, node.end_byte, function),)

    def classed(self, node: Node) -> Iterable[ir.Statement]:
        """``class``."""
        return (self.functions.class_of(node, []),)

    def enumeration(self, node: Node) -> Iterable[ir.Statement]:
        """``enum``: a map of constants."""
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        items: list[tuple[ir.Expression | None, ir.Expression | ir.Argument]] = []
        for index, child in enumerate(body.named_children if body is not None else ()):
            own = child.child_by_field_name("name") if child.type == "enum_assignment" else child
            value = child.child_by_field_name("value") if child.type == "enum_assignment" else None
            if own is None or own.type == "comment":
                continue
            key = ir.Const(own.start_byte, own.end_byte, self.text(own))
            held = self.values.of(value) if value is not None else ir.Const(own.start_byte, own.end_byte, index)
            items.append((key, held))
        target = self.values.target(name, declares=True)
        made = ir.Collection(node.start_byte, node.end_byte, "map", tuple(items))
        return (ir.Assign(node.start_byte, node.end_byte, (target,), made),)

    def namespace(self, node: Node) -> Iterable[ir.Statement]:
        """``namespace``: what it holds."""
        return self.block(node.child_by_field_name("body"))


def _sequence(lowering: JavaScriptLowering, node: Node) -> Iterable[ir.Statement]:
    return (ir.Sequence(node.start_byte, node.end_byte, lowering.block(node)),)


_STATEMENTS: Mapping[str, Callable[[JavaScriptLowering, Node], Iterable[ir.Statement]]] = {
    "expression_statement": JavaScriptLowering.expression,
    "lexical_declaration": JavaScriptLowering.declaration,
    "variable_declaration": JavaScriptLowering.declaration,
    "return_statement": JavaScriptLowering.returned,
    "throw_statement": JavaScriptLowering.raised,
    "break_statement": JavaScriptLowering.broke,
    "continue_statement": JavaScriptLowering.continued,
    "labeled_statement": JavaScriptLowering.labeled,
    "import_statement": JavaScriptLowering.imports,
    "export_statement": JavaScriptLowering.exported,
    "if_statement": JavaScriptLowering.branch,
    "while_statement": JavaScriptLowering.loop,
    "do_statement": JavaScriptLowering.loop,
    "for_statement": JavaScriptLowering.loop,
    "for_in_statement": JavaScriptLowering.each,
    "try_statement": JavaScriptLowering.attempt,
    "switch_statement": switch,
    "function_declaration": JavaScriptLowering.define,
    "generator_function_declaration": JavaScriptLowering.define,
    "class_declaration": JavaScriptLowering.classed,
    "abstract_class_declaration": JavaScriptLowering.classed,
    "enum_declaration": JavaScriptLowering.enumeration,
    "internal_module": JavaScriptLowering.namespace,
    "module": JavaScriptLowering.namespace,
    "with_statement": JavaScriptLowering.labeled,
    "statement_block": _sequence,
}
