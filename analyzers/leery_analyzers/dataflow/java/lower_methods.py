"""Java methods as IR: their parameters and annotations, those that a record has by itself; part of `lower`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.java.lower_statements import Statements
from leery_analyzers.dataflow.java.scopes import THIS
from leery_analyzers.dataflow.java.told import from_outside, holds_data
from leery_analyzers.dataflow.java.types import NUMBERS

if TYPE_CHECKING:
    from tree_sitter import Node

_METHODS = frozenset({"method_declaration", "constructor_declaration", "compact_constructor_declaration"})
_COMMENTS = frozenset({"line_comment", "block_comment"})
MARKUP = "(markup)"
"""The mark of a method that makes a piece of a page."""
_MAKES_MARKUP = re.compile(r"(?i)^(?:render|to_?html|as_?html|format_?html|build_?html|markup|html)|html$|markup$")
_OF_MARKUP = re.compile(
    r"(?:Render(?:er)?|Macro|Widget|Html\w*|HTML\w*|Tag|Component|Markup\w*|Badge|Card|Template|Page)$"
)
_TAG = re.compile(r"\"[^\"\n]*</?[a-zA-Z][\w-]*(?:[\s>]|\\|\"|$)")
TOLD = "(told)"
"""The mark of a parameter that comes from outside as a comment says."""
_STATEMENTS = frozenset({"Select", "Insert", "Update", "Delete"})
_MAPPED = "org.apache.ibatis.Statement"
_WRITTEN_IN = re.compile(r"\$\{\s*(\w+)[^}]*\}")
_TEXTS = ("String", "CharSequence", "ResponseEntity<String>", "Mono<String>", "HttpEntity<String>", "Object")
_NOT_HTML = ("json", "JSON", "TEXT_PLAIN", "text/plain", "OCTET_STREAM", "octet-stream", "XML", "xml", "pdf", "PDF")


class Methods(Statements):
    """Lowers methods.

    Attributes: see `lower.JavaLowering`.
    """

    def method(self, node: Node, around: tuple[ir.Expression, ...]) -> ir.Statement:
        """A method or a constructor; `around` are the annotations of its class."""
        info = self.scopes.here
        assert info is not None
        static = "static" in self.words(node)
        named = node.child_by_field_name("name")
        name = info.name if node.type != "method_declaration" else self.text(named)
        own = () if static else (ir.Parameter(node.start_byte, node.start_byte, info.this),)
        kept = self.scopes.in_static, self.scopes.in_body, self.pending
        self.scopes.in_static, self.scopes.in_body, self.pending = static, False, []
        self.scopes.push()
        compact = node.type == "compact_constructor_declaration"
        record = node.parent.parent if compact and node.parent is not None else None
        parameters = self.parameters((record or node).child_by_field_name("parameters"))
        if name == "main" and static:
            parameters = tuple(self._from_command_line(parameter) for parameter in parameters)
        else:
            parameters = self._told(node, parameters)
        kept_answer, self.answer = self.answer, self.values.type_name(node.child_by_field_name("type"))
        body = self.block(node.child_by_field_name("body"))
        self.answer = kept_answer
        if compact:
            body = (*body, *self._stored(parameters))
        self.scopes.pop()
        self.scopes.in_static, self.scopes.in_body, self.pending = kept
        decorators = self.decorators(node)
        if "private" in self.words(node):
            decorators = (*decorators, ir.Name(node.start_byte, node.start_byte, "private"))
        said = {_name_of(item) for item in around}, {_name_of(item) for item in decorators}
        if self._answers_with_text(node, *said):
            decorators = (ir.Name(node.start_byte, node.start_byte, "ResponseText"), *decorators)
        elif self._makes_markup(node, *said):
            decorators = (ir.Name(node.start_byte, node.start_byte, MARKUP), *decorators)
        elif self._names_view(node, *said):
            decorators = (*decorators, ir.Name(node.start_byte, node.start_byte, "ViewName"))
        function = ir.Function(
            node.start_byte, node.end_byte, name, (*own, *parameters), body, decorators, is_method=not static
        )
        return ir.Define(node.start_byte, node.end_byte, function)

    def mapped(self, node: Node) -> ir.Statement | None:
        """A method that runs the SQL of its annotation, with parameters written into it as they are: ``${name}``."""
        if node.type != "method_declaration" or has_code(node):
            return None
        for decorator in self.decorators(node):
            if _name_of(decorator) not in _STATEMENTS or not isinstance(decorator, ir.Call) or not decorator.arguments:
                continue
            place = decorator.arguments[0].value
            said = _written(place)
            if "${" not in said:
                continue
            self.scopes.push()
            parameters = self.parameters(node.child_by_field_name("parameters"))
            self.scopes.pop()
            parts: list[str | ir.Expression] = []
            for index, piece in enumerate(_WRITTEN_IN.split(said)):
                named = ir.Name(place.start, place.end, piece)
                parts.append(piece if index % 2 == 0 else named)
            text = ir.Argument(place.start, place.end, ir.Format(place.start, place.end, tuple(parts)))
            call = ir.Call(place.start, place.end, ir.Name(place.start, place.start, _MAPPED), (text,))
            name = self.text(node.child_by_field_name("name"))
            body = (ir.Evaluate(place.start, place.end, call),)
            return ir.Define(
                node.start_byte, node.end_byte, ir.Function(place.start, node.end_byte, name, parameters, body)
            )
        return None

    @staticmethod
    def _from_command_line(parameter: ir.Parameter) -> ir.Parameter:
        said = ir.Name(parameter.start, parameter.start, "main")
        return replace(parameter, decorators=(*parameter.decorators, said), spread="", annotation="java.lang.String[]")

    def _told(self, node: Node, parameters: tuple[ir.Parameter, ...]) -> tuple[ir.Parameter, ...]:
        """The parameters, marked where the comment before the method says that they come from outside."""
        said: list[str] = []
        before = node.prev_named_sibling
        while before is not None and before.type in _COMMENTS:
            said.append(self.text(before))
            before = before.prev_named_sibling
        data = [p.name for p in parameters if holds_data(p)]
        told = from_outside("\n".join(reversed(said)), data) if said and data else ()
        return tuple(
            replace(p, decorators=(ir.Name(p.start, p.start, TOLD),)) if p.name in told else p for p in parameters
        )

    def _answers_with_text(self, node: Node, around: set[str], own: set[str]) -> bool:
        """Whether what a method returns is shown by browsers as it is."""
        kind = node.child_by_field_name("type")
        if kind is None or self.text(kind).replace(" ", "") not in _TEXTS:
            return False
        head = self.text(node)[: max(0, kind.start_byte - node.start_byte)]
        if not any(name.endswith("Mapping") for name in own):
            return "TEXT_HTML" in head or "text/html" in head
        if not {"RestController", "ResponseBody"} & (around | own):
            return False
        return "html" in head.lower() or not any(word in head for word in _NOT_HTML)

    def _makes_markup(self, node: Node, around: set[str], own: set[str]) -> bool:
        """Whether a method of the program's own makes a piece of a page."""
        kind = self.text(node.child_by_field_name("type"))
        if kind not in {"String", "CharSequence"} or any(name.endswith("Mapping") for name in own | around):
            return False
        name, owner = (
            self.text(node.child_by_field_name("name")),
            node.parent.parent if node.parent is not None else None,
        )
        named = self.text(owner.child_by_field_name("name")) if owner is not None else ""
        says = _MAKES_MARKUP.search(name) is not None or _OF_MARKUP.search(named) is not None
        return says and "private" not in self.words(node) and _TAG.search(self.text(node)) is not None

    def _names_view(self, node: Node, around: set[str], own: set[str]) -> bool:
        """Whether what a method returns is the name of a template."""
        kind = self.text(node.child_by_field_name("type")).replace(" ", "")
        asked = any(name.endswith("Mapping") for name in own) and "ResponseBody" not in own | around
        return asked and kind == "String" and "Controller" in around

    def _stored(self, parameters: tuple[ir.Parameter, ...]) -> ir.Block:
        """The assignments that a record's short constructor leaves out."""
        return tuple(
            ir.Assign(
                p.start,
                p.end,
                (ir.Attribute(p.start, p.end, ir.Name(p.start, p.start, THIS), p.name),),
                ir.Name(p.start, p.end, p.name),
            )
            for p in parameters
        )

    def record_fields(self, node: Node) -> tuple[ir.Parameter, ...]:
        """The fields of a record, as parameters of its constructor."""
        self.scopes.push()
        parameters = self.parameters(node.child_by_field_name("parameters"))
        self.scopes.pop()
        return parameters

    def record(self, node: Node, known: set[str]) -> list[ir.Statement]:
        """The constructor and the methods that a record has without being told."""
        parameters = self.record_fields(node)
        named = self.text(node.child_by_field_name("name"))
        own = ir.Parameter(node.start_byte, node.start_byte, THIS)
        made: list[ir.Statement] = []
        if named not in known:
            body = self._stored(parameters)
            function = ir.Function(node.start_byte, node.end_byte, named, (own, *parameters), body, is_method=True)
            made.append(ir.Define(node.start_byte, node.end_byte, function))
        for p in parameters:
            if p.name not in known:
                value: ir.Expression = ir.Attribute(p.start, p.end, ir.Name(p.start, p.start, THIS), p.name)
                if p.annotation in NUMBERS:
                    value = ir.Cast(p.start, p.end, value, p.annotation)
                back = (ir.Return(p.start, p.end, value),)
                made.append(
                    ir.Define(p.start, p.end, ir.Function(p.start, p.end, p.name, (own,), back, is_method=True))
                )
        return made

    def parameters(self, node: Node | None) -> tuple[ir.Parameter, ...]:
        """The parameters of a method, declared as locals."""
        found: list[ir.Parameter] = []
        for child in node.named_children if node is not None else ():
            if child.type not in {"formal_parameter", "spread_parameter"}:
                continue
            named = child.child_by_field_name("name")
            many = child.type == "spread_parameter"
            if many:
                holder = next((c for c in child.named_children if c.type == "variable_declarator"), None)
                named = holder.child_by_field_name("name") if holder is not None else None
                kind = next(
                    (c for c in child.named_children if c.type not in {"modifiers", "variable_declarator"}), None
                )
            else:
                kind = child.child_by_field_name("type")
            if named is None:
                continue
            name, typed = self.text(named), self.values.held(kind)
            self.scopes.declare(name, "" if many else typed)
            found.append(
                ir.Parameter(
                    child.start_byte, child.end_byte, name, typed, None, "items" if many else "", self.decorators(child)
                )
            )
        return tuple(found)

    def decorators(self, node: Node) -> tuple[ir.Expression, ...]:
        """The annotations of a declaration."""
        found: list[ir.Expression] = []
        for child in node.named_children:
            if child.type != "modifiers":
                continue
            noted = (item for item in child.named_children if item.type in {"marker_annotation", "annotation"})
            found.extend(self._annotation(item) for item in noted)
        return tuple(found)

    def _annotation(self, node: Node) -> ir.Expression:
        start, end = node.start_byte, node.end_byte
        name = ir.Name(start, end, self.text(node.child_by_field_name("name")).rpartition(".")[2])
        given = node.child_by_field_name("arguments")
        if given is None:
            return name
        return ir.Call(start, end, name, self.values.arguments(given))

    def words(self, node: Node) -> set[str]:
        """The modifiers of a declaration."""
        for child in node.named_children:
            if child.type == "modifiers":
                return {item.type for item in child.children}
        return set()


def has_code(member: Node) -> bool:
    """Whether a member is a method with a body: what an interface only promises is not known."""
    return member.type in _METHODS and member.child_by_field_name("body") is not None


def _written(place: ir.Expression) -> str:
    """A text that is written out, in one piece or in several."""
    if isinstance(place, ir.Const):
        return place.value if isinstance(place.value, str) else ""
    if isinstance(place, ir.Operation) and place.op == "+":
        return "".join(_written(part) for part in place.operands)
    if isinstance(place, ir.Format):
        return "".join(part if isinstance(part, str) else _written(part) for part in place.parts)
    if isinstance(place, ir.Collection):
        return " ".join(_written(item) for _, item in place.items if isinstance(item, ir.Expression))
    return ""


def _name_of(decorator: ir.Expression) -> str:
    callee = decorator.callee if isinstance(decorator, ir.Call) else decorator
    return callee.id if isinstance(callee, ir.Name) else ""
