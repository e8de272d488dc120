"""Python as checks see it: what binds a name, what a call passes, how a string is put together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.code import Arguments, Code, Expansion, is_constant_name
from leery_analyzers.checks.scopes import Binding
from leery_analyzers.checks.templates import Hole, Template, joined, known
from leery_analyzers.syntax import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

_LITERALS = frozenset({"integer", "float", "true", "false", "none", "ellipsis"})
_COLLECTIONS = frozenset({"list", "tuple", "set", "expression_list", "list_splat"})
_COMPREHENSIONS = frozenset({"list_comprehension", "generator_expression", "set_comprehension"})
_SAME_TEXT = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "encode", "decode", "expandtabs", "split"}
)
_WRAPPERS = frozenset({"str", "textwrap.dedent", "dedent", "inspect.cleandoc", "tuple", "list", "sorted", "bytes"})
_NUMBERS = frozenset(
    {"int", "float", "bool", "len", "round", "abs", "ord", "hash", "id", "uuid.UUID", "uuid.uuid4", "time.time"}
)
_PERCENT = re.compile(r"%(?:\((\w*)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?([diouxXeEfFgGcrsab%])")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::([^{}]*))?\}")
_NUMBER_FORMAT = re.compile(r":[^{}]*[dfFeEgGxXobn%]")


class PythonCode(Code):
    """One Python unit."""

    calls_query: ClassVar[str] = "(call) @call"
    bindings_query: ClassVar[str] = """
    (function_definition name: (identifier) @def) @scope
    (class_definition name: (identifier) @def) @class
    (lambda) @scope
    (list_comprehension) @scope
    (set_comprehension) @scope
    (dictionary_comprehension) @scope
    (generator_expression) @scope
    (assignment left: (identifier) @name right: (_) @value)
    (assignment left: (pattern_list) @pattern)
    (assignment left: (tuple_pattern) @pattern)
    (augmented_assignment left: (identifier) @name right: (_) @augment)
    (named_expression name: (identifier) @name value: (_) @value)
    (for_statement left: (_) @pattern right: (_) @loop)
    (for_in_clause left: (_) @pattern right: (_) @loop)
    (as_pattern_target) @pattern
    (parameters (identifier) @parameter)
    (lambda_parameters (identifier) @parameter)
    (typed_parameter (identifier) @parameter type: (_) @type)
    (default_parameter name: (identifier) @parameter)
    (typed_default_parameter name: (identifier) @parameter type: (_) @type)
    (list_splat_pattern (identifier) @parameter)
    (dictionary_splat_pattern (identifier) @parameter)
    (global_statement) @pattern
    (nonlocal_statement) @pattern
    (case_pattern (dotted_name . (identifier) @other .))
    (import_statement) @import
    (import_from_statement) @import
    (if_statement condition: (_) @condition consequence: (_) @body) @if
    """
    exits: ClassVar[frozenset[str]] = frozenset(
        {"return_statement", "raise_statement", "continue_statement", "break_statement"}
    )
    blocks: ClassVar[frozenset[str]] = frozenset({"block"})
    number_types: ClassVar[frozenset[str]] = frozenset({"int", "float", "bool", "Decimal", "UUID", "uuid.UUID"})
    member: ClassVar[str] = "attribute"
    member_field: ClassVar[str] = "attribute"
    identifiers: ClassVar[frozenset[str]] = frozenset({"identifier"})

    def bare(self, node: Node) -> Node:
        """The expression inside parentheses and ``await``."""
        while node.type in {"parenthesized_expression", "await"}:
            inside = [child for child in node.named_children if child.type != "comment"]
            if len(inside) != 1:
                break
            node = inside[0]
        return node

    def arguments(self, call: Node) -> Arguments:
        """The arguments of a call."""
        positional: list[Node] = []
        named: dict[str, Node] = {}
        nodes: dict[str, Node] = {}
        spread = False
        holder = call.child_by_field_name("arguments")
        if holder is not None and holder.type == "generator_expression":
            return Arguments((holder,), {}, {})
        for child in _expressions(holder) if holder is not None else ():
            if child.type == "keyword_argument":
                name = self.text(child.child_by_field_name("name"))
                value = child.child_by_field_name("value")
                if value is not None:
                    named[name] = value
                    nodes[name] = child
            elif child.type in {"list_splat", "dictionary_splat"}:
                spread = True
            else:
                positional.append(child)
        return Arguments(tuple(positional), named, nodes, spread)

    def _bindings(self, found: Mapping[str, Node]) -> Iterator[Binding]:
        if (name := found.get("name")) is not None:
            kind, value = ("value", found["value"]) if "value" in found else ("augment", found["augment"])
            yield Binding(self.text(name), "value" if kind == "value" else "augment", name.start_byte, value)
        elif (parameter := found.get("parameter")) is not None:
            yield Binding(self.text(parameter), "parameter", parameter.start_byte, found.get("type"))
        elif (pattern := found.get("pattern")) is not None:
            loop = found.get("loop")
            plain = loop is not None and pattern.type == "identifier"
            for name in _names(pattern):
                yield Binding(self.text(name), "loop" if plain else "other", name.start_byte, loop if plain else None)
        elif (statement := found.get("import")) is not None:
            for name, target in imported_names(statement):
                yield Binding(name, "import", statement.start_byte, target=target)
        else:
            own = found.get("def") or found.get("other")
            if own is not None:
                yield Binding(self.text(own), "other", own.start_byte)

    def _imported(self) -> Iterator[Binding]:
        for index, (name, target) in enumerate(_import_table(self.unit.imports)):
            yield Binding(name, "import", -1 - index, target=target)

    def _memberships(self, condition: str, name: str) -> Iterator[tuple[str, bool]]:
        pattern = rf"(?<![\w.]){re.escape(name)}(?:\.\w+\(\))?\s+(not\s+)?in\s+([\[({{]|[\w.]+)"
        for found in re.finditer(pattern, condition):
            negated = found.group(1) is not None or condition[: found.start()].rstrip(" (").endswith("not")
            yield found.group(2).rpartition(".")[2], negated

    # Strings

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        kind = node.type
        if kind in _LITERALS:
            return known(self.text(node))
        if kind == "string":
            return self._string(node, expansion, depth)
        if kind == "concatenated_string" or kind in _COLLECTIONS:
            return expansion.all_of(_expressions(node), depth)
        if kind == "binary_operator":
            return self._operator(node, expansion, depth)
        if kind == "call":
            return self._call(node, expansion, depth)
        return self._other(node, expansion, depth)

    def _other(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        kind = node.type
        if kind == "conditional_expression":
            first, _, last = (*_expressions(node), *(node,) * 3)[:3]
            return expansion.all_of((first, last), depth) if last is not node else None
        if kind == "boolean_operator":
            return expansion.all_of(_expressions(node), depth)
        if kind in {"assignment", "named_expression"}:
            value = node.child_by_field_name("right") or node.child_by_field_name("value")
            return expansion.of(value, depth) if value is not None else None
        if kind in _COMPREHENSIONS:
            body = node.child_by_field_name("body")
            return expansion.of(body, depth) if body is not None else None
        if kind == "attribute" and is_constant_name(self.text(node.child_by_field_name("attribute"))):
            return known(self.text(node))
        if kind == "subscript":
            value = node.child_by_field_name("value")
            if value is not None and (self._is_constant_table(value) or expansion.of(value, depth).constant):
                return known(self.text(node))
        if kind == "dictionary":
            pairs = [child.child_by_field_name("value") for child in node.named_children if child.type == "pair"]
            return expansion.all_of([value for value in pairs if value is not None], depth)
        if kind in {"comparison_operator", "not_operator"}:
            return known("True")
        if kind == "unary_operator":
            return expansion.all_of(_expressions(node), depth)
        return None

    def _is_constant_table(self, node: Node) -> bool:
        return is_constant_name(self.text(node).rpartition(".")[2]) and not self.name(node).startswith("os.")

    def _string(self, node: Node, expansion: Expansion, depth: int) -> Template:
        parts: list[Template] = []
        for child in node.named_children:
            if child.type == "string_content":
                parts.append(known(self.text(child)))
            elif child.type == "interpolation":
                parts.append(self._interpolation(child, expansion, depth))
        return joined(parts) if parts else known("")

    def _interpolation(self, node: Node, expansion: Expansion, depth: int) -> Template:
        value = node.child_by_field_name("expression")
        spec = next((child for child in node.named_children if child.type == "format_specifier"), None)
        if spec is not None and _NUMBER_FORMAT.fullmatch(self.text(spec)):
            return known("0")
        return expansion.of(value, depth) if value is not None else Template((Hole(node),))

    def _operator(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        operators: list[str] = []
        operands: list[Node] = []
        left: Node | None = node
        while left is not None and left.type == "binary_operator":  # long sums nest to the left: no recursion
            operators.append(self.text(left.child_by_field_name("operator")))
            right = left.child_by_field_name("right")
            if right is None:
                return None
            operands.append(right)
            left = left.child_by_field_name("left")
        if left is None:
            return None
        operators.reverse()
        operands.reverse()
        result = expansion.of(left, depth)
        for operator, operand in zip(operators, operands, strict=True):
            if operator == "%":
                result = self._percent(result, operand, expansion, depth)
            elif operator == "*" and (result.constant or expansion.of(operand, depth).constant):
                result = result if result.constant else expansion.of(operand, depth)
            else:
                result = joined([result, expansion.of(operand, depth)])
        return result

    def _percent(self, left: Template, right: Node, expansion: Expansion, depth: int) -> Template:
        right = self.bare(right)
        values = _expressions(right) if right.type == "tuple" else [right]
        by_name = {}
        if right.type == "dictionary":
            for pair in right.named_children:
                key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
                if key is not None and value is not None:
                    by_name[self.text(key).strip("\"'")] = value
        order = iter(values)
        last = right

        def fill(found: re.Match[str]) -> Template:
            nonlocal last
            if found.group(2) == "%":
                return known("%")
            last = by_name.get(found.group(1), right) if found.group(1) is not None else next(order, last)
            return known("0") if found.group(2) in "diouxXeEfFgG" else expansion.of(last, depth)

        return _filled(left, _PERCENT, fill)

    def _call(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        name, method = self.callee(node), self.method(node)
        if name in _NUMBERS or expansion.is_safe(name, method):
            return known("0")
        arguments = self.arguments(node)
        if name in _WRAPPERS and arguments.positional and not arguments.spread:
            return expansion.of(arguments.positional[0], depth)
        function = node.child_by_field_name("function")
        receiver = function.child_by_field_name("object") if function is not None else None
        if receiver is None or function is None or function.type != "attribute":
            return None
        if method == "format":
            return self._format(receiver, arguments, node, expansion, depth)
        if method == "join" and len(arguments.positional) == 1:
            return expansion.all_of((receiver, arguments.positional[0]), depth)
        if method == "replace" and len(arguments.positional) >= 2:
            return expansion.all_of((receiver, arguments.positional[1]), depth)
        return expansion.of(receiver, depth) if method in _SAME_TEXT else None

    def _format(
        self, receiver: Node, arguments: Arguments, call: Node, expansion: Expansion, depth: int
    ) -> Template | None:
        left = expansion.of(receiver, depth)
        if receiver.type == "call" and expansion.is_safe(self.callee(receiver), self.method(receiver)):
            return left
        order = iter(range(1000))

        def fill(found: re.Match[str]) -> Template:
            if found.group() in {"{{", "}}"}:
                return known(found.group()[0])
            key = re.split(r"[.\[]", found.group(1).strip())[0]
            index = next(order) if not key else int(key) if key.isdecimal() and len(key) < 4 else -1
            value = arguments.get(index) if index >= 0 else arguments.named.get(key)
            if re.fullmatch(r"[^{}]*[dfFeEgGxXobn%]", found.group(2) or ""):
                return known("0")
            return expansion.of(value, depth) if value is not None else Template((Hole(call),))

        return _filled(left, _BRACES, fill)


def _filled(left: Template, fields: re.Pattern[str], fill: object) -> Template:
    """The template with each field in its known text replaced by what `fill` gives for it."""
    assert callable(fill)
    parts: list[Template] = []
    for piece in left.pieces:
        if isinstance(piece, Hole):
            parts.append(Template((piece,)))
            continue
        at = 0
        for found in fields.finditer(piece):
            parts.append(known(piece[at : found.start()]))
            parts.append(fill(found))
            at = found.end()
        parts.append(known(piece[at:]))
    return joined(parts)


def _expressions(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type not in {"comment", "line_continuation"}]


def _names(pattern: Node) -> Iterator[Node]:
    """The names a target binds; what stands in ``a.b`` or ``a[b]`` is not bound."""
    stack = [pattern]
    while stack:
        node = stack.pop()
        if node.type == "identifier":
            yield node
        elif node.type not in {"attribute", "subscript", "call"}:
            stack.extend(node.named_children)


def imported_names(statement: Node) -> Iterator[tuple[str, str]]:
    """Each name an import statement binds and the dotted name it stands for."""
    module = _text(statement.child_by_field_name("module_name"))
    for item in statement.children_by_field_name("name"):
        if item.type == "aliased_import":
            target = _text(item.child_by_field_name("name"))
            name = _text(item.child_by_field_name("alias"))
        else:
            target = name = _text(item)
            if not module:
                target = name = name.partition(".")[0]
        yield name, f"{module}.{target}" if module else target


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "surrogatepass") if node is not None and node.text is not None else ""


@lru_cache(maxsize=256)
def _import_table(imports: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The names bound by the import statements of a document."""
    if not imports:
        return ()
    root = parse_text("python", "\n".join(imports)).root_node
    table: list[tuple[str, str]] = []
    for statement in _statements(root):
        table.extend(imported_names(statement))
    return tuple(table)


def _statements(root: Node) -> Iterable[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in {"import_statement", "import_from_statement"}:
            yield node
        else:
            stack.extend(reversed(node.named_children))
