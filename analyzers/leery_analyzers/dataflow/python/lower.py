"""Python statements as IR, from tree-sitter's tree.

What the parser could not make sense of becomes `ir.Unknown` with the expressions found in it; nothing raises.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.bindings import walk
from leery_analyzers.dataflow.expressions import MAX_DEPTH
from leery_analyzers.dataflow.python.lower_records import constructor
from leery_analyzers.dataflow.python.lower_values import Values
from leery_analyzers.syntax import encode, parse_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node

_EMPTY = frozenset({"comment", "pass_statement", "type_alias_statement", "type", "line_continuation"})


def lower(root: Node, source: bytes, imports: tuple[str, ...] = ()) -> ir.Module:
    """The IR of a Python unit.

    Args:
        root: its tree.
        source: the bytes that were parsed.
        imports: import statements of the document that hold in the unit.
    """
    lowering = PythonLowering(source)
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
    lowering = PythonLowering(encode(text))
    found: list[ir.Statement] = []
    stack = list(reversed(parse_text("python", text).root_node.children))
    while stack:
        node = stack.pop()
        if node.type in {"import_statement", "import_from_statement"}:
            found.extend(ir.Import(-1, -1, item.name, item.qualified) for item in lowering.imports(node))
        else:
            stack.extend(reversed(node.children))
    return tuple(found)


class PythonLowering:
    """One lowering.

    Args:
        source: the bytes that were parsed.

    Attributes:
        broken: whether something could not be parsed.
        cut: whether something nests too deep.
        saw_yield: set by every ``yield``.
    """

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.broken = False
        self.cut = False
        self.saw_yield = False
        self._outer: set[str] = set()
        self._depth = 0
        self.values = Values(self)

    def text(self, node: Node) -> str:
        """A node's characters."""
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def block(self, node: Node | None) -> ir.Block:
        """The statements under a node."""
        if node is None:
            return ()
        if self._depth > MAX_DEPTH:
            self.cut = True
            return ()
        self._depth += 1
        done: list[ir.Statement] = []
        for child in node.named_children:
            kind = child.type
            if kind in _EMPTY:
                continue
            build = _STATEMENTS.get(kind)
            if build is not None:
                done.extend(build(self, child))
            elif kind == "ERROR":
                self.broken = True
                done.extend(self.block(child))
            else:
                done.append(ir.Evaluate(child.start_byte, child.end_byte, self.values.of(child)))
        self._depth -= 1
        return tuple(done)

    # Simple statements

    def expression(self, node: Node) -> Iterable[ir.Statement]:
        """An expression, an assignment, an augmented assignment."""
        inside = [child for child in node.named_children if child.type != "comment"]
        if len(inside) == 1:
            child = inside[0]
            if child.type == "assignment":
                return self.assignment(child)
            if child.type == "augmented_assignment":
                return self.augmented(child)
            return (ir.Evaluate(node.start_byte, node.end_byte, self.values.of(child)),)
        return tuple(ir.Evaluate(c.start_byte, c.end_byte, self.values.of(c)) for c in inside)

    def assignment(self, node: Node) -> Iterable[ir.Statement]:
        """``a = b = value``."""
        targets: list[ir.Expression] = []
        annotation = ""
        here: Node | None = node
        while here is not None and here.type == "assignment":
            targets.append(self.values.of(here.child_by_field_name("left")))
            declared = here.child_by_field_name("type")
            annotation = self.text(declared) if declared is not None else annotation
            here = here.child_by_field_name("right")
        if here is None:
            return ()
        value = self.values.of(here)
        return (ir.Assign(node.start_byte, node.end_byte, tuple(targets), value, declared=annotation),)

    def augmented(self, node: Node) -> Iterable[ir.Statement]:
        """``a += value``."""
        operator = node.child_by_field_name("operator")
        target = self.values.of(node.child_by_field_name("left"))
        value = self.values.of(node.child_by_field_name("right"))
        op = operator.type.removesuffix("=") if operator is not None else "+"
        return (ir.Assign(node.start_byte, node.end_byte, (target,), value, op),)

    def returned(self, node: Node) -> Iterable[ir.Statement]:
        """``return``."""
        value = self._only(node)
        return (ir.Return(node.start_byte, node.end_byte, self.values.of(value) if value is not None else None),)

    def raised(self, node: Node) -> Iterable[ir.Statement]:
        """``raise``."""
        value = self._only(node)
        return (ir.Raise(node.start_byte, node.end_byte, self.values.of(value) if value is not None else None),)

    def asserted(self, node: Node) -> Iterable[ir.Statement]:
        """``assert test`` raises unless the test holds."""
        value = self._only(node)
        if value is None:
            return ()
        test = ir.Not(value.start_byte, value.end_byte, self.values.of(value))
        stop = ir.Raise(node.start_byte, node.end_byte, None)
        return (ir.If(node.start_byte, node.end_byte, ((test, (stop,)),), ()),)

    def broke(self, node: Node) -> Iterable[ir.Statement]:
        """``break``."""
        return (ir.Break(node.start_byte, node.end_byte),)

    def continued(self, node: Node) -> Iterable[ir.Statement]:
        """``continue``."""
        return (ir.Continue(node.start_byte, node.end_byte),)

    def deleted(self, node: Node) -> Iterable[ir.Statement]:
        """``del``."""
        return (ir.Delete(node.start_byte, node.end_byte, self.values.all_of(node.named_children)),)

    def outer(self, node: Node) -> Iterable[ir.Statement]:
        """``global`` and ``nonlocal``."""
        self._outer.update(self.text(child) for child in node.named_children if child.type == "identifier")
        return ()

    def imports(self, node: Node) -> list[ir.Import]:
        """What an import statement binds."""
        module = node.child_by_field_name("module_name")
        base = self.text(module).lstrip(".") + "." if module is not None else ""
        found: list[ir.Import] = []
        for item in node.children_by_field_name("name"):
            named = item.child_by_field_name("name") if item.type == "aliased_import" else item
            alias = item.child_by_field_name("alias") if item.type == "aliased_import" else None
            target = self.text(named) if named is not None else ""
            name = self.text(alias) if alias is not None else target
            if alias is None and not base:
                name = target = target.partition(".")[0]
            found.append(ir.Import(node.start_byte, node.end_byte, name, f"{base}{target}"))
        return found

    def _only(self, node: Node) -> Node | None:
        return next((child for child in node.named_children if child.type != "comment"), None)

    # Compound statements

    def branch(self, node: Node) -> Iterable[ir.Statement]:
        """``if``, ``elif``, ``else``."""
        branches = [(self._test(node), self.block(node.child_by_field_name("consequence")))]
        otherwise: ir.Block = ()
        for part in node.children_by_field_name("alternative"):
            if part.type == "elif_clause":
                branches.append((self._test(part), self.block(part.child_by_field_name("consequence"))))
            else:
                otherwise = self.block(part.child_by_field_name("body"))
        return (ir.If(node.start_byte, node.end_byte, tuple(branches), otherwise),)

    def _test(self, node: Node) -> ir.Expression:
        return self.values.of(node.child_by_field_name("condition"))

    def loop(self, node: Node) -> Iterable[ir.Statement]:
        """``for`` and ``while``."""
        test = target = iterable = None
        if node.type == "while_statement":
            test = self._test(node)
        else:
            target = self.values.of(node.child_by_field_name("left"))
            iterable = self.values.of(node.child_by_field_name("right"))
        body = self.block(node.child_by_field_name("body"))
        last = node.child_by_field_name("alternative")
        otherwise = self.block(last.child_by_field_name("body")) if last is not None else ()
        return (ir.Loop(node.start_byte, node.end_byte, test, target, iterable, body, otherwise=otherwise),)

    def attempt(self, node: Node) -> Iterable[ir.Statement]:
        """``try``."""
        handlers: list[ir.Handler] = []
        otherwise: ir.Block = ()
        final: ir.Block = ()
        for part in node.named_children:
            if part.type in {"except_clause", "except_group_clause"}:
                handlers.append(self._handler(part))
            elif part.type == "else_clause":
                otherwise = self.block(part.child_by_field_name("body"))
            elif part.type == "finally_clause":
                final = self.block(next((c for c in part.named_children if c.type == "block"), None))
        body = self.block(node.child_by_field_name("body"))
        return (ir.Try(node.start_byte, node.end_byte, body, tuple(handlers), otherwise, final),)

    def _handler(self, node: Node) -> ir.Handler:
        value = node.child_by_field_name("value")
        alias = value.child_by_field_name("alias") if value is not None and value.type == "as_pattern" else None
        body = self.block(next((child for child in node.named_children if child.type == "block"), None))
        if value is None or alias is None:
            return ir.Handler(node.start_byte, node.end_byte, "", body)
        caught = ir.Node(value.start_byte, value.end_byte)
        return ir.Handler(node.start_byte, node.end_byte, self.text(alias), body, caught)

    def managed(self, node: Node) -> Iterable[ir.Statement]:
        """``with``: what it enters stands for itself."""
        done: list[ir.Statement] = []
        clause = next((child for child in node.named_children if child.type == "with_clause"), None)
        for item in clause.named_children if clause is not None else ():
            value = item.child_by_field_name("value") if item.type == "with_item" else item
            if value is None:
                continue
            alias = value.child_by_field_name("alias") if value.type == "as_pattern" else None
            entered = self.values.of(value.named_children[0] if value.type == "as_pattern" else value)
            if alias is None:
                done.append(ir.Evaluate(value.start_byte, value.end_byte, entered))
            else:
                inside = ir.Cast(entered.start, entered.end, entered, "(entered)")
                done.append(ir.Assign(value.start_byte, value.end_byte, (self.values.of(alias),), inside))
        return (*done, *self.block(node.child_by_field_name("body")))

    def match(self, node: Node) -> Iterable[ir.Statement]:
        """``match``: each case is a branch; patterns other than values are unknown tests."""
        subject = self.values.of(node.child_by_field_name("subject"))
        branches: list[tuple[ir.Expression, ir.Block]] = []
        otherwise: ir.Block = ()
        body = node.child_by_field_name("body")
        for case in body.named_children if body is not None else ():
            if case.type != "case_clause":
                continue
            patterns = [child for child in case.named_children if child.type == "case_pattern"]
            inside = self.block(case.child_by_field_name("consequence"))
            names = [name for pattern in patterns for name in self._captured(pattern)]
            whole_names = [name for pattern in patterns if (name := self._alias(pattern)) is not None]
            bound = tuple(ir.Assign(n.start, n.end, (n,), ir.Unknown(n.start, n.end, (subject,))) for n in names)
            bound += tuple(ir.Assign(n.start, n.end, (n,), subject) for n in whole_names)
            guard = case.child_by_field_name("guard")
            tests = [self._pattern(subject, pattern) for pattern in patterns]
            if guard is None and len(tests) == 1 and tests[0] is None:
                otherwise = bound + inside
                break
            parts = tuple(test or ir.Const(case.start_byte, case.start_byte, value=True) for test in tests)
            if guard is not None:
                parts += self.values.all_of(guard.named_children)
            whole = parts[0] if len(parts) == 1 else ir.Bool(case.start_byte, case.end_byte, "and", parts)
            branches.append((whole, bound + inside))
        return (ir.If(node.start_byte, node.end_byte, tuple(branches), otherwise),)

    def _pattern(self, subject: ir.Expression, pattern: Node) -> ir.Expression | None:
        """The test of a pattern; None if everything matches."""
        start, end = pattern.start_byte, pattern.end_byte
        inside = [child for child in pattern.named_children if child.type != "comment"]
        if not inside:
            return None if self.text(pattern) == "_" else ir.Unknown(start, end)
        child = inside[0]
        if child.type == "as_pattern" and child.named_children[0].type == "case_pattern":
            return self._pattern(subject, child.named_children[0])
        if child.type == "union_pattern":
            tests = [
                self._pattern(subject, part) if part.type == "case_pattern" else self._literal(subject, part)
                for part in child.named_children
            ]
            known = tuple(test for test in tests if test is not None)
            return ir.Bool(start, end, "or", known) if len(known) == len(tests) and len(known) > 1 else None
        if child.type == "dotted_name":
            return None if len(child.named_children) == 1 else ir.Unknown(start, end)
        return self._literal(subject, child)

    def _literal(self, subject: ir.Expression, node: Node) -> ir.Expression:
        value = self.values.of(node)
        if isinstance(value, ir.Const):
            return ir.Compare(node.start_byte, node.end_byte, "==", subject, value)
        return ir.Unknown(node.start_byte, node.end_byte)

    def _alias(self, pattern: Node) -> ir.Name | None:
        """The name of all that a pattern matches, where it has one."""
        inside = [child for child in pattern.named_children if child.type == "as_pattern"]
        alias = inside[0].named_children[-1] if inside else None
        if alias is None or alias.type != "identifier":
            return None
        return ir.Name(alias.start_byte, alias.end_byte, self.text(alias))

    def _captured(self, pattern: Node) -> list[ir.Name]:
        found: list[ir.Name] = []
        stack = [pattern]
        while stack:
            node = stack.pop()
            names = node.named_children
            if node.type == "dotted_name" and len(names) == 1:
                found.append(ir.Name(node.start_byte, node.end_byte, self.text(node)))
            else:
                stack.extend(names[1:] if node.type == "class_pattern" else names)
        return [name for name in found if name.id != "_"]

    # Definitions

    def decorated(self, node: Node) -> Iterable[ir.Statement]:
        """A definition with decorators."""
        definition = node.child_by_field_name("definition")
        if definition is None:
            return ()
        found = [child for child in node.named_children if child.type == "decorator"]
        decorators = tuple(self.values.of(self._only(child)) for child in found)
        if definition.type == "class_definition":
            return (self._class(definition, decorators),)
        return (self._define(definition, decorators),)

    def define(self, node: Node) -> Iterable[ir.Statement]:
        """``def``."""
        return (self._define(node, ()),)

    def classed(self, node: Node) -> Iterable[ir.Statement]:
        """``class``."""
        return (self._class(node, ()),)

    def _define(self, node: Node, decorators: tuple[ir.Expression, ...]) -> ir.Define:
        name = node.child_by_field_name("name")
        function = self._function(node, self.text(name) if name is not None else "", decorators)
        return ir.Define(node.start_byte, node.end_byte, function)

    def _class(self, node: Node, decorators: tuple[ir.Expression, ...]) -> ir.DefineClass:
        name = node.child_by_field_name("name")
        holder = node.child_by_field_name("superclasses")
        bases = tuple(
            self.values.of(child)
            for child in (holder.named_children if holder is not None else ())
            if child.type in {"identifier", "attribute", "subscript", "call"}
        )
        body = self.block(node.child_by_field_name("body"))
        for statement in body:
            if isinstance(statement, ir.Define):
                names = {d.id for d in statement.function.decorators if isinstance(d, ir.Name)}
                statement.function.is_method = "staticmethod" not in names
        named = self.text(name) if name is not None else ""
        made = ir.DefineClass(node.start_byte, node.end_byte, named, bases, body, decorators)
        made.body = (*body, *constructor(self, node, made))
        return made

    def _function(self, node: Node, name: str, decorators: tuple[ir.Expression, ...]) -> ir.Function:
        parameters = self._parameters(node.child_by_field_name("parameters"))
        kept = self._outer, self.saw_yield
        self._outer, self.saw_yield = set(), False
        body = self.block(node.child_by_field_name("body"))
        function = ir.Function(
            node.start_byte,
            node.end_byte,
            name,
            parameters,
            body,
            decorators,
            outer=frozenset(self._outer),
            is_generator=self.saw_yield,
            in_order=self.saw_yield and _in_order(body),
        )
        self._outer, self.saw_yield = kept
        return function

    def lambda_function(self, node: Node) -> ir.Function:
        """The function of a lambda."""
        parameters = self._parameters(node.child_by_field_name("parameters"))
        value = node.child_by_field_name("body")
        result = self.values.of(value)
        body = (ir.Return(result.start, result.end, result),)
        return ir.Function(node.start_byte, node.end_byte, "", parameters, body)

    def _parameters(self, node: Node | None) -> tuple[ir.Parameter, ...]:
        found: list[ir.Parameter] = []
        for child in node.named_children if node is not None else ():
            annotation = child.child_by_field_name("type")
            default = child.child_by_field_name("value")
            own: Node | None = child.child_by_field_name("name") or child
            if own is not None and own.type == "typed_parameter":
                own = self._only(own)
            spread: ir.Spread = ""
            if own is not None and own.type in {"list_splat_pattern", "dictionary_splat_pattern"}:
                spread = "items" if own.type == "list_splat_pattern" else "fields"
                own = self._only(own)
            if own is None or own.type != "identifier":
                continue
            found.append(
                ir.Parameter(
                    child.start_byte,
                    child.end_byte,
                    self.text(own),
                    self.text(annotation) if annotation is not None else "",
                    self.values.of(default) if default is not None else None,
                    spread,
                )
            )
        return tuple(found)


_STATEMENTS: Mapping[str, Callable[[PythonLowering, Node], Iterable[ir.Statement]]] = {
    "expression_statement": PythonLowering.expression,
    "return_statement": PythonLowering.returned,
    "raise_statement": PythonLowering.raised,
    "assert_statement": PythonLowering.asserted,
    "break_statement": PythonLowering.broke,
    "continue_statement": PythonLowering.continued,
    "delete_statement": PythonLowering.deleted,
    "global_statement": PythonLowering.outer,
    "nonlocal_statement": PythonLowering.outer,
    "import_statement": PythonLowering.imports,
    "import_from_statement": PythonLowering.imports,
    "if_statement": PythonLowering.branch,
    "for_statement": PythonLowering.loop,
    "while_statement": PythonLowering.loop,
    "try_statement": PythonLowering.attempt,
    "with_statement": PythonLowering.managed,
    "match_statement": PythonLowering.match,
    "decorated_definition": PythonLowering.decorated,
    "function_definition": PythonLowering.define,
    "class_definition": PythonLowering.classed,
    "block": lambda lowering, node: lowering.block(node),
}


def _in_order(body: ir.Block) -> bool:
    """Whether a generator's own lines hand out all that it does."""
    own = sum(isinstance(statement, ir.Evaluate) and isinstance(statement.value, ir.Yield) for statement in body)
    return own == sum(isinstance(node, ir.Yield) for node in walk(body))
