"""Java expressions as IR; part of `lower`."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.java.lower_calls import CallForms
from leery_analyzers.dataflow.java.lower_switch import Switches
from leery_analyzers.dataflow.java.text import text_block, unescape
from leery_analyzers.dataflow.java.types import NUMBERS, canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tree_sitter import Node

    from leery_analyzers.dataflow.java.lower import JavaLowering

_MAX_DIGITS = 40
_MOST_ELEMENTS = 30
_COMMENTS = frozenset({"line_comment", "block_comment"})
_OPERATORS = {">>>": ">>"}


class Values(CallForms):
    """Lowers expressions; part of a `JavaLowering`."""

    def __init__(self, lowering: JavaLowering) -> None:
        self.lowering = lowering
        self.forms = _BUILDERS
        self.scopes = lowering.scopes
        self.text = lowering.text
        self.depth = 0

    def all_of(self, nodes: Sequence[Node]) -> tuple[ir.Expression, ...]:
        """The IR of several."""
        return tuple(self.of(node) for node in nodes if node.type not in _COMMENTS)

    def only(self, node: Node | None) -> Node | None:
        """The first child that is no comment."""
        if node is None:
            return None
        return next((child for child in node.named_children if child.type not in _COMMENTS), None)

    # Types

    def type_name(self, node: Node | None) -> str:
        """The qualified name of a type; empty for ``var`` and none."""
        if node is None:
            return ""
        if node.type in {"generic_type", "annotated_type"}:
            return self.type_name(self.only(node) if node.type == "generic_type" else node.named_children[-1])
        if node.type == "array_type":
            return f"{self.type_name(node.child_by_field_name('element'))}[]"
        text = "".join(self.text(node).split())
        if "." in text and not text[:1].isupper():
            return canonical(text)
        head, dot, tail = text.partition(".")
        return "" if text == "var" or node.type.endswith("_parameters") else self._qualified(head) + dot + tail

    def held(self, node: Node | None) -> str:
        """The type of a parameter: that of its elements where a collection holds numbers alone."""
        name = self.type_name(node)
        if node is None or node.type != "generic_type":
            return name
        inside = next((child for child in node.named_children if child.type == "type_arguments"), None)
        kinds = {self.type_name(child) for child in inside.named_children} if inside is not None else set()
        return kinds.pop() if len(kinds) == 1 and kinds <= NUMBERS else name

    def _qualified(self, head: str) -> str:
        return self.scopes.types.qualified(head) if head[:1].isupper() else head

    def simple_name(self, node: Node) -> str:
        """The last part of the name of the type that a ``new`` makes."""
        return self.type_name(node.child_by_field_name("type")).rpartition(".")[2]

    def type_expression(self, node: Node | None) -> ir.Expression:
        """A type as a value."""
        if node is None:
            return ir.Unknown(0, 0)
        if node.type == "generic_type":
            return self.type_expression(self.only(node))
        start, end = node.start_byte, node.end_byte
        parts = "".join(self.text(node).split()).split(".")
        if parts[0][:1].isupper() or len(parts) == 1:
            self.scopes.types.qualified(parts[0])
            made = self.scopes.class_named(parts[0], start, end)
        else:
            made = ir.Name(start, end, "javax" if parts[0] == "jakarta" else parts[0])
        for part in parts[1:]:
            made = ir.Attribute(start, end, made, part)
        return made

    def typed_test(self, kind: Node, name: Node, subject: ir.Expression, start: int, end: int) -> ir.Expression:
        """``subject instanceof Type name``."""
        declared = self.type_name(kind)
        self.scopes.declare(self.text(name), declared)
        target = ir.Name(name.start_byte, name.end_byte, self.text(name))
        bound = ir.AssignExpression(start, end, target, ir.Cast(start, end, subject, declared))
        return ir.Compare(start, end, "instance-of", bound, self.type_expression(kind))

    def taken_apart(self, pattern: Node, subject: ir.Expression) -> ir.Expression:
        """``subject instanceof Type(String first, int second)``: each part may hold what the subject holds."""
        start, end = pattern.start_byte, pattern.end_byte
        tests: list[ir.Expression] = [ir.Unknown(start, end, (subject,))]
        waiting = [pattern]
        while waiting:
            here = waiting.pop()
            waiting += here.named_children
            name = here.named_children[-1] if here.type == "record_pattern_component" and here.named_children else None
            if name is not None and name.type == "identifier":
                self.scopes.declare(self.text(name), self.type_name(here.named_children[0]))
                target = ir.Name(name.start_byte, name.end_byte, self.text(name))
                part = ir.Unknown(name.start_byte, name.end_byte, (subject,))
                tests.append(ir.AssignExpression(name.start_byte, name.end_byte, target, part))
        return ir.Bool(start, end, "and", tuple(tests))

    # Leaves

    def name(self, node: Node) -> ir.Expression:
        """A plain name."""
        return self.scopes.variable(self.text(node), node.start_byte, node.end_byte)

    def is_member(self, name: str) -> bool:
        """Whether a plain name is a local or a field that the unit shows."""
        return isinstance(self.scopes.variable(name, 0, 0), ir.Name) or (
            self.scopes.here is not None and name in self.scopes.here.fields
        )

    def this(self, node: Node) -> ir.Expression:
        """``this`` and ``super``."""
        return self.scopes.this(node.start_byte, node.end_byte)

    def integer(self, node: Node) -> ir.Expression:
        """An integer in any base; one of very many digits is unknown."""
        text = self.text(node).replace("_", "").rstrip("lL")
        if len(text) > 1 and text[0] == "0" and text.isdigit():
            text = f"0o{text[1:]}"
        value = 0
        with contextlib.suppress(ValueError):
            value = int(text[:_MAX_DIGITS], 0)
        return ir.Const(node.start_byte, node.end_byte, value)

    def float(self, node: Node) -> ir.Expression:
        """A number with a fraction."""
        value = 0.5
        with contextlib.suppress(ValueError):
            value = float(self.text(node).replace("_", "").rstrip("fFdD"))
        return ir.Const(node.start_byte, node.end_byte, value)

    def constant(self, node: Node) -> ir.Expression:
        """``true``, ``false`` and ``null``."""
        value = {"true": True, "false": False}.get(node.type)
        return ir.Const(node.start_byte, node.end_byte, value)

    def character(self, node: Node) -> ir.Expression:
        """A character, as a text of length one."""
        return ir.Const(node.start_byte, node.end_byte, unescape(self.text(node)[1:-1]))

    def string(self, node: Node) -> ir.Expression:
        """A literal or a text block."""
        text = self.text(node)
        if text.startswith('"""'):
            return ir.Const(node.start_byte, node.end_byte, text_block(text[3:].removesuffix('"""')))
        return ir.Const(node.start_byte, node.end_byte, unescape(text[1:].removesuffix('"')))

    def class_literal(self, node: Node) -> ir.Expression:
        """``Type.class``."""
        return ir.Attribute(node.start_byte, node.end_byte, self.type_expression(self.only(node)), "class")

    # Composed

    def before_dot(self, node: Node | None) -> ir.Expression:
        """What stands before a dot: a value, a type or a package."""
        if node is not None and node.type == "identifier":
            text = self.text(node)
            if text[:1].isupper():
                self.scopes.types.qualified(text)
            return self.scopes.base(text, node.start_byte, node.end_byte)
        return self.of(node)

    def field(self, node: Node) -> ir.Expression:
        """``base.name``."""
        last, base = node.child_by_field_name("field"), node.child_by_field_name("object")
        if last is not None and last.type == "this":
            return self.scopes.this(node.start_byte, node.end_byte)
        made = self.before_dot(base)
        name = self.text(last)
        if name == "length" and isinstance(made, (ir.Name, ir.Call, ir.Attribute)):
            start, end = node.start_byte, node.end_byte
            return ir.Call(start, end, ir.Attribute(start, end, made, "length"), ())
        return ir.Attribute(node.start_byte, node.end_byte, made, name)

    def element(self, node: Node) -> ir.Expression:
        """``base[key]``."""
        base = self.of(node.child_by_field_name("array"))
        return ir.Index(node.start_byte, node.end_byte, base, self.of(node.child_by_field_name("index")))

    def binary(self, node: Node) -> ir.Expression:
        """Operators; a chain of one operator is one operation, comparisons have their own form."""
        op = node.child_by_field_name("operator")
        spelled = op.type if op is not None else ""
        operands: list[Node] = []
        here: Node | None = node
        while here is not None and here.type == "binary_expression":
            own = here.child_by_field_name("operator")
            if own is None or own.type != spelled or (here is not node and spelled not in {"+", "&&", "||"}):
                break
            right = here.child_by_field_name("right")
            if right is not None:
                operands.append(right)
            here = here.child_by_field_name("left")
        if here is not None:
            operands.append(here)
        operands.reverse()
        values = self.all_of(operands)
        start, end = node.start_byte, node.end_byte
        if spelled in {"&&", "||"}:
            return ir.Bool(start, end, "and" if spelled == "&&" else "or", values)
        if spelled in {"==", "!=", "<", ">", "<=", ">="} and len(values) == 2:
            return ir.Compare(start, end, spelled, values[0], values[1])
        return ir.Operation(start, end, _OPERATORS.get(spelled, spelled), values)

    def unary(self, node: Node) -> ir.Expression:
        """``-x``, ``+x``, ``~x``, ``!x``."""
        op = node.child_by_field_name("operator")
        spelled = op.type if op is not None else ""
        operand = self.of(node.child_by_field_name("operand"))
        start, end = node.start_byte, node.end_byte
        if spelled == "!":
            return ir.Not(start, end, operand)
        if spelled == "-" and isinstance(operand, ir.Const) and isinstance(operand.value, (int, float)):
            return ir.Const(start, end, -operand.value)
        return operand if spelled == "+" else ir.Operation(start, end, spelled, (operand,))

    def update(self, node: Node) -> ir.Expression:
        """``i++`` and ``++i`` as values."""
        start, end = node.start_byte, node.end_byte
        text = self.text(node)
        op, other = ("-", "+") if "--" in text else ("+", "-")
        target = self.of(self.only(node))
        one = ir.Const(start, end, 1)
        changed = ir.AssignExpression(start, end, target, ir.Operation(start, end, op, (target, one)))
        return changed if text.startswith(("+", "-")) else ir.Operation(start, end, other, (changed, one))

    def assignment(self, node: Node) -> ir.Expression:
        """An assignment as a value."""
        start, end = node.start_byte, node.end_byte
        op = node.child_by_field_name("operator")
        target = self.of(node.child_by_field_name("left"))
        value = self.of(node.child_by_field_name("right"))
        declared = self.scopes.type_of(target.id) if isinstance(target, ir.Name) else ""
        if declared and op is not None and op.type == "=":
            value = ir.Cast(start, end, value, declared)
        if op is not None and op.type != "=":
            value = ir.Operation(start, end, op.type.removesuffix("="), (target, value))
        return ir.AssignExpression(start, end, target, value)

    def conditional(self, node: Node) -> ir.Expression:
        """``test ? then : otherwise``."""
        fields = [node.child_by_field_name(name) for name in ("condition", "consequence", "alternative")]
        test, then, otherwise = (self.of(item) for item in fields)
        return ir.Conditional(node.start_byte, node.end_byte, test, then, otherwise)

    def instance_of(self, node: Node) -> ir.Expression:
        """``x instanceof Type``, with or without a name for it."""
        left = self.of(node.child_by_field_name("left"))
        right, name = node.child_by_field_name("right"), node.child_by_field_name("name")
        start, end = node.start_byte, node.end_byte
        pattern = next((child for child in node.named_children if child.type == "record_pattern"), None)
        if pattern is not None:
            return self.taken_apart(pattern, left)
        if right is None:
            return ir.Unknown(start, end, (left,))
        if name is not None:
            return self.typed_test(right, name, left, start, end)
        return ir.Compare(start, end, "instance-of", left, self.type_expression(right))

    def cast(self, node: Node) -> ir.Expression:
        """``(Type) value``."""
        kind = self.type_name(node.child_by_field_name("type"))
        return ir.Cast(node.start_byte, node.end_byte, self.of(node.child_by_field_name("value")), kind)

    def array(self, node: Node) -> ir.Expression:
        """``{a, b}``."""
        items = tuple((None, value) for value in self.all_of(node.named_children))
        return ir.Collection(node.start_byte, node.end_byte, "list", items)

    def new_array(self, node: Node) -> ir.Expression:
        """``new Type[…]``, with its elements or empty."""
        written = node.child_by_field_name("value")
        start, end = node.start_byte, node.end_byte
        if written is not None:
            return ir.Cast(start, end, self.array(written), "java.lang.Object[]")
        sizes = [child for child in node.named_children if child.type == "dimensions_expr"]
        size = self.of(self.only(sizes[0])) if len(sizes) == 1 else ir.Unknown(start, end)
        if isinstance(size, ir.Const) and isinstance(size.value, int) and 0 < size.value <= _MOST_ELEMENTS:
            nothing = tuple((None, ir.Const(start, start, None)) for _ in range(size.value))
            return ir.Collection(start, end, "list", nothing)
        return ir.Cast(start, end, ir.Unknown(start, end), "java.lang.Object[]")

    def inner(self, node: Node) -> ir.Expression:
        """What changes nothing: parentheses."""
        inside = self.only(node)
        return self.of(inside) if inside is not None and not inside.is_error else self.unknown(node)

    def switch(self, node: Node) -> ir.Expression:
        """``switch`` as a value."""
        return Switches(self.lowering).value(node)


_BUILDERS: Mapping[str, Callable[[Values, Node], ir.Expression]] = {
    "identifier": Values.name,
    "this": Values.this,
    "super": Values.this,
    **dict.fromkeys(
        ("decimal_integer_literal", "hex_integer_literal", "octal_integer_literal", "binary_integer_literal"),
        Values.integer,
    ),
    "decimal_floating_point_literal": Values.float,
    "hex_floating_point_literal": Values.float,
    "true": Values.constant,
    "false": Values.constant,
    "null_literal": Values.constant,
    "character_literal": Values.character,
    "string_literal": Values.string,
    "class_literal": Values.class_literal,
    "field_access": Values.field,
    "array_access": Values.element,
    "method_invocation": Values.invocation,
    "object_creation_expression": Values.creation,
    "method_reference": Values.reference,
    "lambda_expression": Values.function,
    "binary_expression": Values.binary,
    "unary_expression": Values.unary,
    "update_expression": Values.update,
    "assignment_expression": Values.assignment,
    "ternary_expression": Values.conditional,
    "instanceof_expression": Values.instance_of,
    "cast_expression": Values.cast,
    "array_initializer": Values.array,
    "element_value_array_initializer": Values.array,
    "array_creation_expression": Values.new_array,
    "parenthesized_expression": Values.inner,
    "switch_expression": Values.switch,
}
