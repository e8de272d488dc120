"""JavaScript and TypeScript functions, parameters and classes as IR, and which names belong to which scope."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower import JavaScriptLowering

_REQUEST = frozenset({"query", "params", "body", "headers", "cookies", "file", "files", "searchParams"})
_BESIDE = _REQUEST | {
    "req", "res", "user", "session", "url", "method", "ip", "path", "app", "log", "protocol", "hostname", "get",
    "locale", "signedCookies", "originalUrl", "request", "response", "cookie", "set", "redirect", "preview",
    "previewData",
}  # fmt: skip
_ANSWERS = frozenset({"res", "response", "reply", "rep", "h", "resp"})
_ROUTE = frozenset({"params", "searchParams"})
_LOADER = _ROUTE | {"request", "context", "url", "locals", "cookies", "fetch", "setHeaders"}
_EVENT = frozenset({"params", "locals", "cookies", "setHeaders"})
"""What stands beside the address in an event of SvelteKit."""
_PROCEDURE = frozenset({"input", "ctx", "signal", "path", "type", "rawInput"})
_VAGUE = frozenset({"any", "unknown", "object", "Object", "{}", "never", "void"})
_LITERALS = re.compile(
    r"""\s*\|?\s*(?:'[^']*'|"[^"]*"|-?\d+|true|false)(?:\s*\|\s*(?:'[^']*'|"[^"]*"|-?\d+|true|false))*\s*"""
)
_GENERIC = re.compile(r"(?:Promise|Readonly|Partial|Required|Awaited|NonNullable)<(.*)>", re.DOTALL)
_KINDS = (
    (re.compile(r"(?i)request(?:event)?$|(^|\.)IncomingMessage$"), "Request"),
    (re.compile(r"(?i)response$"), "Response"),
    (re.compile(r"(?i)reply$"), "Response"),
    (re.compile(r"(?:^|\.)\w*Context$"), "Context"),
)
PATTERNS = frozenset({"object_pattern", "array_pattern"})


def _is_yield(statement: ir.Statement) -> bool:
    return isinstance(statement, ir.Evaluate) and isinstance(statement.value, ir.Yield)


class Functions:
    """Lowers functions and classes; part of a `JavaScriptLowering`.

    Attributes:
        yields: how many ``yield`` there were.
    """

    def __init__(self, lowering: JavaScriptLowering) -> None:
        self.lowering = lowering
        self.yields = 0
        self._declared: set[str] = set()
        self._touched: set[str] = set()

    # Scopes

    def declare(self, names: Iterable[str]) -> None:
        """Names that belong to the function at hand."""
        self._declared.update(names)

    def declares(self, name: str) -> bool:
        """Whether a name belongs to the function at hand."""
        return name in self._declared

    def touch(self, node: ir.Expression) -> None:
        """Something that is changed, or may be: its root may belong to a scope around."""
        while isinstance(node, (ir.Attribute, ir.Index)):
            node = node.base
        if isinstance(node, ir.Name):
            self._touched.add(node.id)

    # Functions

    def of(
        self, node: Node, name: str, *, own: bool = False, decorators: tuple[ir.Expression, ...] = ()
    ) -> ir.Function:
        """A function.

        Args:
            node: a declaration, a function's or arrow function's expression, a method.
            name: its name, empty if it has none.
            own: whether it is called on an object, ``this``.
            decorators: what is applied to it.
        """
        kept = self._declared, self._touched, self.yields, self.lowering.before
        self._declared, self._touched, self.yields, self.lowering.before = set(), set(), 0, []
        start, end = node.start_byte, node.end_byte
        first: list[ir.Statement] = []
        parameters = self._parameters(node, first)
        if own:
            parameters.insert(0, ir.Parameter(start, start, "this"))
            self.declare(["this"])
        body = self._body(node.child_by_field_name("body"))
        function = ir.Function(
            start,
            end,
            name,
            tuple(parameters),
            (*first, *self.lowering.before, *body),
            decorators,
            is_method=own,
            outer=frozenset(self._touched - self._declared),
            is_generator=self.yields > 0,
            in_order=self.yields == sum(_is_yield(statement) for statement in body),
        )
        self._declared, self._touched, self.yields, self.lowering.before = kept
        self._touched |= function.outer
        return function

    def _body(self, node: Node | None) -> ir.Block:
        if node is None:
            return ()
        if node.type == "statement_block":
            return self.lowering.block(node)
        value = self.lowering.values.of(node)
        return (ir.Return(value.start, value.end, value),)

    # Parameters

    def _parameters(self, node: Node, first: list[ir.Statement]) -> list[ir.Parameter]:
        alone = node.child_by_field_name("parameter")
        if alone is not None:
            self.declare([self.lowering.text(alone)])
            return [ir.Parameter(alone.start_byte, alone.end_byte, self.lowering.text(alone))]
        holder = node.child_by_field_name("parameters")
        nodes = [child for child in (holder.named_children if holder is not None else ()) if child.type != "comment"]
        return [self._parameter(child, nodes[index + 1 :], index, first) for index, child in enumerate(nodes)]

    def _parameter(self, node: Node, later: list[Node], index: int, first: list[ir.Statement]) -> ir.Parameter:
        lowering = self.lowering
        pattern = node.child_by_field_name("pattern") or node.child_by_field_name("left") or node
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        default = lowering.values.of(value) if value is not None and node is not pattern else None
        spread: ir.Spread = ""
        if pattern.type == "rest_pattern":
            spread = "items"
            pattern = lowering.only(pattern) or pattern
        start, end = pattern.start_byte, pattern.end_byte
        declared = node.child_by_field_name("type")
        annotation = self.annotation(declared) if declared is not None else ""
        if pattern.type in PATTERNS:
            name = self._stand_in(pattern, later, index)
            annotation = "" if name == "req" or not annotation.startswith("(") else annotation
            source = ir.Name(start, start, name)
            target = lowering.values.target(pattern, declares=True)
            first.append(ir.Assign(start, end, (target,), source))
        else:
            name = lowering.text(pattern)
            if any(child.type in {"accessibility_modifier", "readonly"} for child in node.children):
                here = ir.Attribute(start, end, ir.Name(start, start, "this"), name)
                first.append(ir.Assign(start, end, (here,), ir.Name(start, end, name)))
        self.declare([name])
        decorators = tuple(self._decorator(child) for child in node.named_children if child.type == "decorator")
        return ir.Parameter(start, end, name, annotation, default, spread, decorators)

    def _decorator(self, node: Node) -> ir.Expression:
        return self.lowering.values.of(self.lowering.only(node))

    def _stand_in(self, pattern: Node, later: list[Node], index: int) -> str:
        """A name for a parameter that is taken apart: a request's, if its parts are a request's."""
        text = " ".join(self.lowering.text(pattern).split())
        if pattern.type != "object_pattern":
            return text
        keys = set()
        for child in pattern.named_children:
            own = child.child_by_field_name("key") or child.child_by_field_name("left") or child
            keys.add(self.lowering.text(own))
        held = keys & _REQUEST
        answers = {self.lowering.text(child.child_by_field_name("pattern") or child) for child in later[:1]} & _ANSWERS
        if held and index == 0 and keys <= _BESIDE and (answers or len(held) > 1 or "req" in keys or "request" in keys):
            return "req"
        if keys and (keys <= _ROUTE or (keys <= _LOADER and ("request" in keys or ("url" in keys and keys & _EVENT)))):
            return "req"
        if "input" in keys and keys <= _PROCEDURE:
            return "(input)"
        return text

    def annotation(self, node: Node) -> str:
        """A type as the engine knows it: its plain name, empty for one that says nothing."""
        text = self.lowering.text(node).removeprefix(":").strip()
        if _LITERALS.fullmatch(text):
            return "(literals)"
        inside = _GENERIC.fullmatch(text)
        text = inside[1].strip() if inside is not None else text
        text = text.partition("|")[0].partition("&")[0].strip() if not text.startswith("{") else ""
        text = text.partition("<")[0].strip()
        if text in _VAGUE:
            return ""
        for pattern, kind in _KINDS:
            if pattern.search(text):
                return kind
        return text.removesuffix("[]")

    # Methods and classes

    def method(self, node: Node, decorators: tuple[ir.Expression, ...] = (), *, own: bool = False) -> ir.Function:
        """A method of an object or a class."""
        name = node.child_by_field_name("name")
        text = self.lowering.text(name) if name is not None else ""
        kinds = {child.type for child in node.children if not child.is_named}
        if kinds & {"get", "set"}:
            text = f"{min(kinds & {'get', 'set'})} {text}"
        return self.of(node, text, own=own and "static" not in kinds, decorators=decorators)

    def class_of(self, node: Node, decorators: list[Node]) -> ir.DefineClass:
        """A class."""
        named, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        name = self.lowering.text(named) if named is not None else f"(class {node.start_byte})"
        self.declare([name])
        found = [*decorators, *(child for child in node.named_children if child.type == "decorator")]
        applied = tuple(self._decorator(child) for child in found)
        bases: list[ir.Expression] = []
        for holder in node.named_children:
            if holder.type == "class_heritage":
                parts = [
                    part for clause in holder.named_children for part in (clause.child_by_field_name("value"), clause)
                ]
                bases += [self.lowering.values.of(part) for part in parts if part is not None and part.type in _BASES]
        done: list[ir.Statement] = []
        waiting: list[ir.Expression] = []
        for child in body.named_children if body is not None else ():
            if child.type == "decorator":
                waiting.append(self._decorator(child))
                continue
            done.extend(self._class_member(child, tuple(waiting)))
            waiting = []
        return ir.DefineClass(node.start_byte, node.end_byte, name, tuple(bases), tuple(done), applied)

    def _class_member(self, node: Node, decorators: tuple[ir.Expression, ...]) -> Iterable[ir.Statement]:
        if node.type == "method_definition":
            own = tuple(self._decorator(child) for child in node.named_children if child.type == "decorator")
            function = self.method(node, (*decorators, *own), own=True)
            return (ir.Define(node.start_byte, node.end_byte, function),)
        if node.type in {"field_definition", "public_field_definition"}:
            name, value = (
                node.child_by_field_name("property") or node.child_by_field_name("name"),
                node.child_by_field_name("value"),
            )
            if name is None or value is None:
                return ()
            made = self.lowering.values.of(value)
            text = self.lowering.text(name)
            if isinstance(made, ir.Lambda):
                made.function.name = text
            return (ir.Assign(node.start_byte, node.end_byte, (ir.Name(name.start_byte, name.end_byte, text),), made),)
        if node.type == "class_static_block":
            return self.lowering.block(node.child_by_field_name("body"))
        return ()


_BASES = frozenset({"identifier", "member_expression", "call_expression"})
