"""Python as checks see it: what binds a name, what a call passes, how a string is put together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks import python_strings
from leery_analyzers.checks.code import Arguments, Code
from leery_analyzers.checks.scopes import Binding
from leery_analyzers.syntax import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Expansion
    from leery_analyzers.checks.templates import Template


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
        found = self._arguments.get(call.id)
        if found is None:
            found = self._arguments[call.id] = self._arguments_of(call)
        return found

    def _arguments_of(self, call: Node) -> Arguments:
        positional: list[Node] = []
        named: dict[str, Node] = {}
        nodes: dict[str, Node] = {}
        spread = False
        holder = call.child_by_field_name("arguments")
        if holder is not None and holder.type == "generator_expression":
            return Arguments((holder,), {}, {})
        for child in python_strings.expressions(holder) if holder is not None else ():
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
            added = found.get("augment")
            yield Binding(self.text(name), "augment" if added else "value", name.start_byte, added or found["value"])
        elif (parameter := found.get("parameter")) is not None:
            yield Binding(self.text(parameter), "parameter", parameter.start_byte, found.get("type"))
        elif (pattern := found.get("pattern")) is not None:
            loop = found.get("loop")
            plain = loop is not None and pattern.type == "identifier"
            for own in _names(pattern):
                yield Binding(self.text(own), "loop" if plain else "other", own.start_byte, loop if plain else None)
        elif (statement := found.get("import")) is not None:
            for text, target in imported_names(statement):
                yield Binding(text, "import", statement.start_byte, target=target)
        else:
            defined = found.get("def") or found.get("other")
            if defined is not None:
                yield Binding(self.text(defined), "other", defined.start_byte)

    def _names_of(self, statements: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return _import_table(statements)

    def _memberships(self, condition: str, name: str) -> Iterator[tuple[str, bool]]:
        pattern = rf"(?<![\w.]){re.escape(name)}(?:\.\w+\(\))?\s+(not\s+)?in\s+([\[({{]|[\w.]+)"
        for found in re.finditer(pattern, condition):
            negated = found.group(1) is not None or condition[: found.start()].rstrip(" (").endswith("not")
            yield found.group(2).rpartition(".")[2], negated

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        return python_strings.pieces(self, node, expansion, depth)


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
