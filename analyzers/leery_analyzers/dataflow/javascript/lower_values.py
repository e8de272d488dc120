"""JavaScript and TypeScript expressions as IR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.javascript.lower_markup import element
from leery_analyzers.dataflow.javascript.lower_targets import Items, Targets
from leery_analyzers.dataflow.javascript.text import number, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower import JavaScriptLowering

_LOGIC = frozenset({"&&", "||", "??"})
_COMPARISONS = {
    "===": "==", "!==": "!=", "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in",
    "instanceof": "instance-of",
}  # fmt: skip
_SHIFTS = {">>>": ">>"}
TAGGED = "(tagged)"
ITERATED = "(iterated)"
"""What a value is said to be where its elements are taken in order."""
"""The member of a template's tag that is called with the template's parts."""
_WRITING_TAGS = frozenset({
    "String.raw", "dedent", "outdent", "stripIndent", "stripIndents", "oneLine", "commonTags.stripIndent", "gql",
    "graphql",
})  # fmt: skip


class Values(Targets):
    """Lowers expressions; part of a `JavaScriptLowering`."""

    def __init__(self, lowering: JavaScriptLowering) -> None:
        self.lowering = lowering
        self.forms = _BUILDERS
        self.depth = 0
        self.text = lowering.text

    # Leaves

    def name(self, node: Node) -> ir.Expression:
        """A plain name, ``this`` and ``super`` too."""
        return ir.Name(node.start_byte, node.end_byte, self.text(node))

    def constant(self, node: Node) -> ir.Expression:
        """``true``, ``false``, ``null``, ``undefined``."""
        value = {"true": True, "false": False}.get(node.type)
        return ir.Const(node.start_byte, node.end_byte, value)

    def number(self, node: Node) -> ir.Expression:
        """A number."""
        value = number(self.text(node))
        if value is None:
            here = node.start_byte, node.end_byte
            return ir.Call(*here, ir.Name(*here, "Number"), ())
        return ir.Const(node.start_byte, node.end_byte, value)

    def string(self, node: Node) -> ir.Expression:
        """A text in quotes."""
        return ir.Const(node.start_byte, node.end_byte, unescape(self.text(node)[1:-1]))

    def template(self, node: Node) -> ir.Expression:
        """A text in backticks."""
        parts: list[str | ir.Expression] = []
        for child in node.named_children:
            if child.type == "template_substitution":
                inside = self.lowering.only(child)
                if inside is not None:
                    parts.append(self.of(inside))
            elif child.type in {"string_fragment", "escape_sequence"}:
                piece = unescape(self.text(child))
                if parts and isinstance(parts[-1], str):
                    parts[-1] += piece
                else:
                    parts.append(piece)
        start, end = node.start_byte, node.end_byte
        if not parts:
            return ir.Const(start, end, "")
        if len(parts) == 1 and isinstance(parts[0], str):
            return ir.Const(start, end, parts[0])
        return ir.Format(start, end, tuple(parts))

    def regex(self, node: Node) -> ir.Expression:
        """A regular expression: what ``RegExp`` makes of its pattern."""
        here = node.start_byte, node.end_byte
        pattern, flags = node.child_by_field_name("pattern"), node.child_by_field_name("flags")
        texts = [self.text(part) if part is not None else "" for part in (pattern, flags)]
        given = tuple(ir.Argument(*here, ir.Const(*here, text)) for text in texts)
        return ir.Call(*here, ir.Name(*here, "RegExp"), given)

    # Members and calls

    def member(self, node: Node) -> ir.Expression:
        """``a.b`` and ``a?.b``."""
        base = self.of(node.child_by_field_name("object"))
        name = node.child_by_field_name("property")
        return ir.Attribute(node.start_byte, node.end_byte, base, self.text(name) if name is not None else "")

    def subscript(self, node: Node) -> ir.Expression:
        """``a[b]``; with a text in it, it is a member."""
        base = self.of(node.child_by_field_name("object"))
        key = self.of(node.child_by_field_name("index"))
        if isinstance(key, ir.Const) and isinstance(key.value, str):
            return ir.Attribute(node.start_byte, node.end_byte, base, key.value)
        self.lowering.functions.touch(base)
        return ir.Index(node.start_byte, node.end_byte, base, key)

    def call(self, node: Node) -> ir.Expression:
        """A call, a construction, a tagged template."""
        made = node.type == "new_expression"
        callee_node = node.child_by_field_name("constructor" if made else "function")
        callee = self.of(callee_node)
        if isinstance(callee, ir.Attribute):
            self.lowering.functions.touch(callee.base)
        arguments = node.child_by_field_name("arguments")
        if arguments is not None and arguments.type == "template_string":
            text = self.template(arguments)
            if callee_node is not None and self.text(callee_node) in _WRITING_TAGS:
                return text
            given = [ir.Argument(text.start, text.end, part) for part in _tagged(text)]
            name = ir.Attribute(callee.start, callee.end, callee, TAGGED)
            return ir.Call(node.start_byte, node.end_byte, name, tuple(given))
        passed = tuple(self.argument(child) for child in self.inside(arguments))
        return ir.Call(node.start_byte, node.end_byte, callee, passed, is_new=made)

    def argument(self, node: Node) -> ir.Argument:
        """What a call or a collection holds."""
        if node.type == "spread_element":
            inside = self.lowering.only(node)
            return ir.Argument(node.start_byte, node.end_byte, self.of(inside), spread="items")
        return ir.Argument(node.start_byte, node.end_byte, self.of(node))

    def import_function(self, node: Node) -> ir.Expression:
        """``import`` as a function."""
        return ir.Name(node.start_byte, node.end_byte, "require")

    # Operators

    def binary(self, node: Node) -> ir.Expression:
        """An operator with two sides; a chain of the same one is one operation."""
        operator = node.child_by_field_name("operator")
        op = operator.type if operator is not None else "+"
        start, end = node.start_byte, node.end_byte
        if op in _COMPARISONS:
            left = self.of(node.child_by_field_name("left"))
            return ir.Compare(start, end, _COMPARISONS[op], left, self.of(node.child_by_field_name("right")))
        operands: list[Node] = []
        here: Node | None = node
        while here is not None and here.type == "binary_expression":
            own = here.child_by_field_name("operator")
            if own is None or own.type != op:
                break
            right = here.child_by_field_name("right")
            if right is not None:
                operands.append(right)
            here = here.child_by_field_name("left")
        if here is not None:
            operands.append(here)
        operands.reverse()
        values = self.all_of(operands)
        if op in _LOGIC:
            return ir.Bool(start, end, "and" if op == "&&" else "or", values)
        return ir.Operation(start, end, _SHIFTS.get(op, op), values)

    def unary(self, node: Node) -> ir.Expression:
        """``!x``, ``-x``, ``+x``, ``typeof x`` and so on."""
        operator = node.child_by_field_name("operator")
        op = operator.type if operator is not None else ""
        here = node.start_byte, node.end_byte
        operand = self.of(node.child_by_field_name("argument"))
        if op == "!":
            return ir.Not(*here, operand)
        if op == "delete":
            if isinstance(operand, ir.Attribute) or (
                isinstance(operand, ir.Index) and isinstance(operand.key, ir.Const)
            ):
                return ir.AssignExpression(*here, operand, ir.Const(*here, None))
            return ir.Const(*here, value=True)
        if op == "void":
            return ir.Const(*here, None) if isinstance(operand, ir.Const) else ir.Unknown(*here, (operand,))
        if op in {"-", "~"}:
            return _turned(op, operand, here)
        called = "Number" if op == "+" else op or "Number"
        return ir.Call(*here, ir.Name(*here, called), (ir.Argument(operand.start, operand.end, operand),))

    def update(self, node: Node) -> ir.Expression:
        """``x++``: a number whatever it was."""
        here = node.start_byte, node.end_byte
        operator = node.child_by_field_name("operator")
        target = self.target(node.child_by_field_name("argument"), declares=False)
        step = -1 if operator is None or operator.type == "++" else 1
        changed = ir.Operation(*here, "-", (target, ir.Const(*here, step)))
        made = ir.AssignExpression(*here, target, changed)
        if operator is None or operator.start_byte == node.start_byte or not self._is_used(node):
            return made
        return ir.Operation(*here, "-", (made, ir.Const(*here, -step)))

    @staticmethod
    def _is_used(node: Node) -> bool:
        """Whether what an expression gives is taken up where it stands."""
        around = node.parent
        return around is not None and around.type not in {"expression_statement", "for_statement"}

    def assignment(self, node: Node) -> ir.Expression:
        """``a = b`` inside an expression."""
        target = self.target(node.child_by_field_name("left"), declares=False)
        return ir.AssignExpression(node.start_byte, node.end_byte, target, self.of(node.child_by_field_name("right")))

    def augmented(self, node: Node) -> ir.Expression:
        """``a += b`` inside an expression, ``a ??= b``."""
        here = node.start_byte, node.end_byte
        operator = node.child_by_field_name("operator")
        op = operator.type.removesuffix("=") if operator is not None else "+"
        target = self.target(node.child_by_field_name("left"), declares=False)
        value = self.of(node.child_by_field_name("right"))
        made: ir.Expression = ir.Operation(*here, _SHIFTS.get(op, op), (target, value))
        if op in _LOGIC:
            made = ir.Bool(*here, "and" if op == "&&" else "or", (target, value))
        return ir.AssignExpression(*here, target, made)

    def conditional(self, node: Node) -> ir.Expression:
        """``a ? b : c``."""
        parts = [node.child_by_field_name(name) for name in ("condition", "consequence", "alternative")]
        test, then, otherwise = (self.of(part) for part in parts)
        return ir.Conditional(node.start_byte, node.end_byte, test, then, otherwise)

    def sequence(self, node: Node) -> ir.Expression:
        """``a, b``: the last one's value."""
        values = self.all_of(self.inside(node))
        if len(values) > 1 and all(isinstance(value, ir.Const) for value in values[:-1]):
            return values[-1]
        here = node.start_byte, node.end_byte
        listed = ir.Collection(*here, "tuple", tuple((None, value) for value in values))
        return ir.Index(*here, listed, ir.Const(*here, -1))

    # Collections

    def array(self, node: Node) -> ir.Expression:
        """An array."""
        items: Items = []
        for child in self.inside(node):
            spread = child.type == "spread_element"
            items.append((None, self._spread(child) if spread else self.of(child)))
        return ir.Collection(node.start_byte, node.end_byte, "list", tuple(items))

    def _spread(self, node: Node) -> ir.Argument:
        """``...x`` in an array."""
        made = self.argument(node)
        inside = ir.Cast(made.value.start, made.value.end, made.value, ITERATED)
        return ir.Argument(made.start, made.end, inside, spread="items")

    def object(self, node: Node) -> ir.Expression:
        """An object."""
        items: Items = []
        for child in self.inside(node):
            if child.type == "pair":
                value = self.of(child.child_by_field_name("value"))
                key = child.child_by_field_name("key")
                if isinstance(value, ir.Lambda) and not value.function.name and key is not None:
                    value.function.name = self.text(key)
                items.append((self.key(key), value))
            elif child.type == "shorthand_property_identifier":
                items.append((ir.Const(child.start_byte, child.end_byte, self.text(child)), self.name(child)))
            elif child.type == "spread_element":
                inside = self.of(self.lowering.only(child))
                items.append((None, ir.Argument(child.start_byte, child.end_byte, inside, spread="fields")))
            elif child.type == "method_definition":
                function = self.lowering.functions.method(child)
                items.append((self._method_key(child), ir.Lambda(child.start_byte, child.end_byte, function)))
        return ir.Collection(node.start_byte, node.end_byte, "map", tuple(items))

    def _method_key(self, node: Node) -> ir.Expression | None:
        """The key of a method of an object; of a getter or a setter with what it is."""
        key = self.key(node.child_by_field_name("name"))
        kind = next((part.type for part in node.children if part.type in {"get", "set"}), "")
        return (
            ir.Const(key.start, key.end, f"{kind} {key.value}")
            if kind and isinstance(key, ir.Const) and isinstance(key.value, str)
            else key
        )

    def function(self, node: Node) -> ir.Expression:
        """A function as a value."""
        name = node.child_by_field_name("name")
        made = self.lowering.functions.of(node, self.text(name) if name is not None else "")
        return ir.Lambda(node.start_byte, node.end_byte, made)

    def class_value(self, node: Node) -> ir.Expression:
        """A class as a value: it is defined before the statement."""
        made = self.lowering.functions.class_of(node, [])
        self.lowering.before.append(made)
        return ir.Name(node.start_byte, node.end_byte, made.name)

    def inner(self, node: Node) -> ir.Expression:
        """What changes nothing: parentheses, ``await``, types."""
        inside = self.lowering.only(node)
        return self.of(inside) if inside is not None else self.unknown(node)

    def asserted(self, node: Node) -> ir.Expression:
        """``<T>x``."""
        inside = self.inside(node)
        return self.of(inside[-1]) if inside else self.unknown(node)

    def yielded(self, node: Node) -> ir.Expression:
        """``yield``."""
        self.lowering.functions.yields += 1
        inside = self.lowering.only(node)
        every = any(child.type == "*" for child in node.children)
        value = self.of(inside) if inside is not None else None
        if every and value is not None:
            value = ir.Cast(value.start, value.end, value, ITERATED)
        return ir.Yield(node.start_byte, node.end_byte, value, every)

    def markup(self, node: Node) -> ir.Expression:
        """JSX."""
        return element(self, node)


_BUILDERS: Mapping[str, Callable[[Values, Node], ir.Expression]] = {
    "identifier": Values.name,
    "this": Values.name,
    "super": Values.name,
    "shorthand_property_identifier": Values.name,
    "true": Values.constant,
    "false": Values.constant,
    "null": Values.constant,
    "undefined": Values.constant,
    "number": Values.number,
    "string": Values.string,
    "template_string": Values.template,
    "regex": Values.regex,
    "member_expression": Values.member,
    "subscript_expression": Values.subscript,
    "call_expression": Values.call,
    "new_expression": Values.call,
    "import": Values.import_function,
    "binary_expression": Values.binary,
    "unary_expression": Values.unary,
    "update_expression": Values.update,
    "assignment_expression": Values.assignment,
    "augmented_assignment_expression": Values.augmented,
    "ternary_expression": Values.conditional,
    "sequence_expression": Values.sequence,
    "array": Values.array,
    "object": Values.object,
    "arrow_function": Values.function,
    "function_expression": Values.function,
    "generator_function": Values.function,
    "class": Values.class_value,
    "await_expression": Values.inner,
    "parenthesized_expression": Values.inner,
    "as_expression": Values.inner,
    "satisfies_expression": Values.inner,
    "non_null_expression": Values.inner,
    "instantiation_expression": Values.inner,
    "type_assertion": Values.asserted,
    "yield_expression": Values.yielded,
    "jsx_element": Values.markup,
    "jsx_self_closing_element": Values.markup,
    "jsx_fragment": Values.markup,
    "jsx_expression": Values.inner,
}


def _tagged(text: ir.Expression) -> Iterable[ir.Expression]:
    """What a template's tag is called with: its texts in an array, and the values between them."""
    texts, values = [""], []
    for part in text.parts if isinstance(text, ir.Format) else ():
        if isinstance(part, str):
            texts[-1] += part
        else:
            texts.append("")
            values.append(part)
    if isinstance(text, ir.Const) and isinstance(text.value, str):
        texts = [text.value]
    here = text.start, text.end
    listed = tuple((None, ir.Const(*here, one)) for one in texts)
    return ir.Collection(*here, "list", listed), *values


def _turned(op: str, operand: ir.Expression, here: tuple[int, int]) -> ir.Expression:
    """``-x`` and ``~x``."""
    if op == "~":
        return ir.Operation(*here, "^", (operand, ir.Const(*here, -1)))
    if isinstance(operand, ir.Const) and isinstance(operand.value, (int, float)):
        return ir.Const(*here, -operand.value)
    return ir.Operation(*here, "-", (ir.Const(*here, 0), operand))
