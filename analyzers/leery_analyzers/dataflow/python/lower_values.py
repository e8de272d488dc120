"""Python expressions as IR."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import Expressions
from leery_analyzers.dataflow.python.text import Slot, is_number_format, percent_template, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from leery_analyzers.dataflow.python.lower import PythonLowering

_MAX_DIGITS = 40
_SINGLE = frozenset({"identifier", "attribute", "call", "subscript", "string", "parenthesized_expression"})
_COMPARISONS = {"not in": "not-in", "is not": "is-not", "<>": "!="}
_KINDS: Mapping[str, ir.CollectionKind] = {
    "list": "list",
    "tuple": "tuple",
    "set": "set",
    "expression_list": "tuple",
    "pattern_list": "tuple",
    "tuple_pattern": "tuple",
    "list_pattern": "list",
    "list_comprehension": "list",
    "set_comprehension": "set",
    "generator_expression": "list",
    "dictionary_comprehension": "map",
}


class Values(Expressions):
    """Lowers expressions; part of a `PythonLowering`."""

    lowering: PythonLowering

    def __init__(self, lowering: PythonLowering) -> None:
        self.lowering = lowering
        self.forms = _BUILDERS
        self.depth = 0
        self.text = lowering.text

    # Leaves

    def name(self, node: Node) -> ir.Expression:
        """A plain name."""
        return ir.Name(node.start_byte, node.end_byte, self.text(node))

    def integer(self, node: Node) -> ir.Expression:
        """An integer; one of very many digits is unknown."""
        text = self.text(node)
        value: ir.Constant = None
        if len(text) <= _MAX_DIGITS:
            with contextlib.suppress(ValueError):
                value = int(text, 0)
        if value is None:
            with contextlib.suppress(ValueError):
                value = int(text[:_MAX_DIGITS])
        return ir.Const(node.start_byte, node.end_byte, 0 if value is None else value)

    def float(self, node: Node) -> ir.Expression:
        """A number with a fraction."""
        value = 0.5
        with contextlib.suppress(ValueError):
            value = float(self.text(node))
        return ir.Const(node.start_byte, node.end_byte, value)

    def constant(self, node: Node) -> ir.Expression:
        """``True``, ``False``, ``None`` and ``...``."""
        value = {"true": True, "false": False}.get(node.type)
        return ir.Const(node.start_byte, node.end_byte, value)

    # Text

    def string(self, node: Node) -> ir.Expression:
        """One literal, or several beside each other."""
        parts: list[str | ir.Expression] = []
        numeric: set[int] = set()
        literals = node.named_children if node.type == "concatenated_string" else [node]
        for literal in literals:
            if literal.type == "string":
                self._literal(literal, parts, numeric)
        if all(isinstance(part, str) for part in parts):
            text = "".join(part for part in parts if isinstance(part, str))
            return ir.Const(node.start_byte, node.end_byte, text)
        return ir.Format(node.start_byte, node.end_byte, tuple(parts), frozenset(numeric))

    def _literal(self, node: Node, parts: list[str | ir.Expression], numeric: set[int]) -> None:
        raw = False
        template = False
        for child in node.children:
            kind = child.type
            if kind == "string_start":
                prefix = self.text(child).lower()
                raw, template = "r" in prefix, "f" in prefix or "t" in prefix
            elif kind == "string_content":
                text = self.text(child)
                text = text if raw else unescape(text)
                if template and ("{{" in text or "}}" in text):
                    text = text.replace("{{", "{").replace("}}", "}")
                parts.append(text)
            elif kind == "interpolation":
                if self._is_number(child):
                    numeric.add(len(parts))
                parts.append(self._interpolated(child))

    def _interpolated(self, node: Node) -> ir.Expression:
        inside = node.child_by_field_name("expression")
        value = self.of(inside) if inside is not None else self.unknown(node)
        conversion = node.child_by_field_name("type_conversion")
        return _shown(value) if conversion is not None and self.text(conversion) in {"!r", "!a"} else value

    def _is_number(self, node: Node) -> bool:
        """Whether an interpolation's format writes numbers only."""
        spec = node.child_by_field_name("format_specifier")
        return spec is not None and is_number_format(self.text(spec))

    # Composed

    def attribute(self, node: Node) -> ir.Expression:
        """``base.name``."""
        last = node.child_by_field_name("attribute")
        base = self.of(node.child_by_field_name("object"))
        return ir.Attribute(node.start_byte, node.end_byte, base, self.text(last) if last is not None else "")

    def subscript(self, node: Node) -> ir.Expression:
        """``base[key]``; several keys are a tuple."""
        keys = self.all_of(node.children_by_field_name("subscript"))
        key: ir.Expression
        if len(keys) == 1:
            key = keys[0]
        else:
            key = ir.Collection(node.start_byte, node.end_byte, "tuple", tuple((None, item) for item in keys))
        return ir.Index(node.start_byte, node.end_byte, self.of(node.child_by_field_name("value")), key)

    def slice(self, node: Node) -> ir.Expression:
        """``low:high:step``."""
        bounds: list[ir.Expression | None] = [None]
        for child in node.children:
            if child.type == ":":
                bounds.append(None)
            elif child.is_named:
                bounds[-1] = self.of(child)
        bounds += [None] * (3 - len(bounds))
        return ir.Slice(node.start_byte, node.end_byte, bounds[0], bounds[1], bounds[2])

    def call(self, node: Node) -> ir.Expression:
        """A call."""
        holder = node.child_by_field_name("arguments")
        arguments: list[ir.Argument] = []
        if holder is not None and holder.type == "generator_expression":
            arguments.append(ir.Argument(holder.start_byte, holder.end_byte, self.of(holder)))
        elif holder is not None:
            arguments.extend(self.argument(child) for child in holder.named_children if child.type != "comment")
        callee = self.of(node.child_by_field_name("function"))
        return ir.Call(node.start_byte, node.end_byte, _of_parent(callee), tuple(arguments))

    def argument(self, node: Node) -> ir.Argument:
        """One argument, or one part of a collection that may be spread."""
        start, end = node.start_byte, node.end_byte
        if node.type == "keyword_argument":
            name = node.child_by_field_name("name")
            value = self.of(node.child_by_field_name("value"))
            return ir.Argument(start, end, value, self.text(name) if name is not None else "")
        if node.type in {"list_splat", "list_splat_pattern", "dictionary_splat"} and node.named_children:
            value = self.of(node.named_children[0])
            return ir.Argument(start, end, value, spread="fields" if node.type.startswith("dict") else "items")
        return ir.Argument(start, end, self.of(node))

    def binary(self, node: Node) -> ir.Expression:
        """An operator; a chain of one operator is one operation."""
        op = node.child_by_field_name("operator")
        spelled = op.type if op is not None else ""
        operands: list[Node] = []
        here: Node | None = node
        while here is not None and here.type == "binary_operator":
            own = here.child_by_field_name("operator")
            if own is None or own.type != spelled or (spelled in {"%", "**"} and here is not node):
                break
            right = here.child_by_field_name("right")
            if right is not None:
                operands.append(right)
            here = here.child_by_field_name("left")
        if here is not None:
            operands.append(here)
        operands.reverse()
        values = self.all_of(operands)
        if spelled == "%" and len(values) == 2:
            filled = self._percent(node, values[0], operands[1], values[1])
            if filled is not None:
                return filled
        return ir.Operation(node.start_byte, node.end_byte, spelled, values)

    def _percent(self, node: Node, left: ir.Expression, right: Node, value: ir.Expression) -> ir.Expression | None:
        """A `Format`, if the left side is a text and the right side written out."""
        if not isinstance(left, ir.Const) or not isinstance(left.value, str):
            return None
        pieces = percent_template(left.value)
        given = _operands(right, value)
        if pieces is None or given is None:
            return None
        parts: list[str | ir.Expression] = []
        numeric: set[int] = set()
        for piece in pieces:
            if isinstance(piece, Slot):
                if piece.number:
                    numeric.add(len(parts))
                filled = given.get(piece.key, value)
                parts.append(_shown(filled) if piece.shown else filled)
            else:
                parts.append(piece)
        return ir.Format(node.start_byte, node.end_byte, tuple(parts), frozenset(numeric))

    def unary(self, node: Node) -> ir.Expression:
        """``-x``, ``+x``, ``~x``."""
        operator = node.child_by_field_name("operator")
        operand = self.of(node.child_by_field_name("argument"))
        if (
            operator is not None
            and operator.type == "-"
            and isinstance(operand, ir.Const)
            and isinstance(operand.value, (int, float))
        ):
            return ir.Const(node.start_byte, node.end_byte, -operand.value)
        return ir.Operation(node.start_byte, node.end_byte, operator.type if operator is not None else "", (operand,))

    def boolean(self, node: Node) -> ir.Expression:
        """``and`` and ``or``; a chain is one."""
        op = node.child_by_field_name("operator")
        spelled = op.type if op is not None else "and"
        operands: list[Node] = []
        here: Node | None = node
        while here is not None and here.type == "boolean_operator":
            own = here.child_by_field_name("operator")
            if own is None or own.type != spelled:
                break
            right = here.child_by_field_name("right")
            if right is not None:
                operands.append(right)
            here = here.child_by_field_name("left")
        if here is not None:
            operands.append(here)
        operands.reverse()
        return ir.Bool(node.start_byte, node.end_byte, "or" if spelled == "or" else "and", self.all_of(operands))

    def negation(self, node: Node) -> ir.Expression:
        """``not x``."""
        return ir.Not(node.start_byte, node.end_byte, self.of(node.child_by_field_name("argument")))

    def comparison(self, node: Node) -> ir.Expression:
        """``a < b``; a chain of comparisons is an ``and``."""
        operators = [child.type for child in node.children_by_field_name("operators")]
        named = [child for child in node.named_children if child.type != "comment" and not child.is_error]
        operands = [child for child in named if child.type not in {"not in", "is not"}]
        values = self.all_of(operands)
        if len(operators) != len(values) - 1:
            return ir.Unknown(node.start_byte, node.end_byte, values)
        pairs = tuple(
            ir.Compare(left.start, right.end, _COMPARISONS.get(op, op), left, right)
            for left, op, right in zip(values, operators, values[1:], strict=False)
        )
        return pairs[0] if len(pairs) == 1 else ir.Bool(node.start_byte, node.end_byte, "and", pairs)

    def conditional(self, node: Node) -> ir.Expression:
        """``a if test else b``."""
        named = [child for child in node.named_children if child.type != "comment"]
        if len(named) != 3:
            return self.unknown(node)
        then, test, otherwise = self.all_of(named)
        return ir.Conditional(node.start_byte, node.end_byte, test, then, otherwise)

    def collection(self, node: Node) -> ir.Expression:
        """A list, tuple or set; also as the target of an assignment."""
        items: list[tuple[ir.Expression | None, ir.Expression | ir.Argument]] = []
        for child in node.named_children:
            if child.type in {"list_splat", "list_splat_pattern"}:
                items.append((None, self.argument(child)))
            elif child.type != "comment":
                items.append((None, self.of(child)))
        return ir.Collection(node.start_byte, node.end_byte, _KINDS[node.type], tuple(items))

    def dictionary(self, node: Node) -> ir.Expression:
        """A map."""
        items: list[tuple[ir.Expression | None, ir.Expression | ir.Argument]] = []
        for child in node.named_children:
            if child.type == "pair":
                value = self.of(child.child_by_field_name("value"))
                items.append((self.of(child.child_by_field_name("key")), value))
            elif child.type == "dictionary_splat":
                items.append((None, self.argument(child)))
        return ir.Collection(node.start_byte, node.end_byte, "map", tuple(items))

    def comprehension(self, node: Node) -> ir.Expression:
        """Loops that make a collection."""
        body = node.child_by_field_name("body")
        generators: list[ir.Generator] = []
        for child in node.named_children:
            if child.type == "for_in_clause":
                target = self.of(child.child_by_field_name("left"))
                iterable = self.of(child.child_by_field_name("right"))
                generators.append(ir.Generator(child.start_byte, child.end_byte, target, iterable, ()))
            elif child.type == "if_clause" and generators:
                conditions = self.all_of(child.named_children)
                last = generators[-1]
                generators[-1] = ir.Generator(
                    last.start, child.end_byte, last.target, last.iterable, last.conditions + conditions
                )
        key = None
        if body is not None and body.type == "pair":
            key = self.of(body.child_by_field_name("key"))
            body = body.child_by_field_name("value")
        kind = _KINDS[node.type]
        return ir.Comprehension(node.start_byte, node.end_byte, kind, tuple(generators), key, self.of(body))

    def function(self, node: Node) -> ir.Expression:
        """A lambda."""
        return ir.Lambda(node.start_byte, node.end_byte, self.lowering.lambda_function(node))

    def named(self, node: Node) -> ir.Expression:
        """``name := value``, or an assignment inside another."""
        target = node.child_by_field_name("name") or node.child_by_field_name("left")
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        return ir.AssignExpression(node.start_byte, node.end_byte, self.of(target), self.of(value))

    def inner(self, node: Node) -> ir.Expression:
        """What changes nothing: parentheses, ``await``, an alias's value."""
        inside = [child for child in node.named_children if child.type != "comment"]
        return self.of(inside[0]) if len(inside) == 1 else self.unknown(node)

    def yielded(self, node: Node) -> ir.Expression:
        """``yield`` and ``yield from``."""
        self.lowering.saw_yield = True
        inside = node.named_children
        return ir.Yield(node.start_byte, node.end_byte, self.of(inside[0]) if inside else None)


def _of_parent(callee: ir.Expression) -> ir.Expression:
    """``super().method`` as a member of the object at hand; any other callee as it is."""
    base = callee.base if isinstance(callee, ir.Attribute) else None
    if not isinstance(callee, ir.Attribute) or not isinstance(base, ir.Call):
        return callee
    if not isinstance(base.callee, ir.Name) or base.callee.id != "super":
        return callee
    own = ir.Name(base.start, base.end, "self")
    return ir.Attribute(callee.start, callee.end, own, f"super.{callee.name}")


def _shown(value: ir.Expression) -> ir.Expression:
    """``repr(value)``, which other notations stand for."""
    name = ir.Name(value.start, value.start, "repr")
    return ir.Call(value.start, value.end, name, (ir.Argument(value.start, value.end, value),))


def _operands(right: Node, value: ir.Expression) -> dict[int | str, ir.Expression] | None:
    """What stands right of ``%`` by position or name; None if that cannot be told."""
    if not isinstance(value, ir.Collection) or value.kind not in {"tuple", "map"}:
        return {0: value} if right.type in _SINGLE else None
    given: dict[int | str, ir.Expression] = {}
    for index, (key, item) in enumerate(value.items):
        if isinstance(item, ir.Argument):
            return None
        if isinstance(key, ir.Const) and isinstance(key.value, str):
            given[key.value] = item
        elif key is None:
            given[index] = item
    return given


_BUILDERS: Mapping[str, Callable[[Values, Node], ir.Expression]] = {
    "identifier": Values.name,
    "dotted_name": Values.inner,
    "integer": Values.integer,
    "float": Values.float,
    "true": Values.constant,
    "false": Values.constant,
    "none": Values.constant,
    "ellipsis": Values.constant,
    "string": Values.string,
    "concatenated_string": Values.string,
    "attribute": Values.attribute,
    "subscript": Values.subscript,
    "slice": Values.slice,
    "call": Values.call,
    "binary_operator": Values.binary,
    "unary_operator": Values.unary,
    "boolean_operator": Values.boolean,
    "not_operator": Values.negation,
    "comparison_operator": Values.comparison,
    "conditional_expression": Values.conditional,
    "list": Values.collection,
    "tuple": Values.collection,
    "set": Values.collection,
    "expression_list": Values.collection,
    "pattern_list": Values.collection,
    "tuple_pattern": Values.collection,
    "list_pattern": Values.collection,
    "dictionary": Values.dictionary,
    "list_comprehension": Values.comprehension,
    "set_comprehension": Values.comprehension,
    "generator_expression": Values.comprehension,
    "dictionary_comprehension": Values.comprehension,
    "lambda": Values.function,
    "named_expression": Values.named,
    "assignment": Values.named,
    "parenthesized_expression": Values.inner,
    "await": Values.inner,
    "as_pattern_target": Values.inner,
    "yield": Values.yielded,
    "type": Values.inner,
}
