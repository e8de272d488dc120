"""JavaScript and TypeScript as checks see them: what binds a name, what a call passes, how a string is put together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks import javascript_strings
from leery_analyzers.checks.code import Arguments, Code
from leery_analyzers.checks.scopes import Binding
from leery_analyzers.syntax import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Expansion
    from leery_analyzers.checks.templates import Template

_WRAPPING = frozenset(
    {"parenthesized_expression", "await_expression", "as_expression", "satisfies_expression", "non_null_expression"}
)
_NAMED_IN_PATTERNS = frozenset({"identifier", "shorthand_property_identifier_pattern"})
_PATTERN_PART = {
    "pair_pattern": "value",
    "object_assignment_pattern": "left",
    "assignment_pattern": "left",
    "required_parameter": "pattern",
    "optional_parameter": "pattern",
}


class JavaScriptCode(Code):
    """One JavaScript or TypeScript unit."""

    calls_query: ClassVar[str] = "(call_expression) @call (new_expression) @call"
    bindings_query: ClassVar[str] = """
    (function_declaration name: (identifier) @def) @scope
    (generator_function_declaration name: (identifier) @def) @scope
    (function_expression) @scope
    (generator_function) @scope
    (arrow_function) @scope
    (method_definition) @scope
    (variable_declarator name: (identifier) @name value: (_) @value)
    (variable_declarator name: (object_pattern) @pattern value: (_) @source)
    (variable_declarator name: (array_pattern) @pattern)
    (assignment_expression left: (identifier) @name right: (_) @value)
    (augmented_assignment_expression left: (identifier) @name right: (_) @augment)
    (formal_parameters) @parameters
    (arrow_function parameter: (identifier) @pattern)
    (for_in_statement left: (_) @pattern right: (_) @loop)
    (catch_clause parameter: (_) @pattern)
    (import_statement) @import
    (if_statement condition: (_) @condition consequence: (_) @body) @if
    """
    exits: ClassVar[frozenset[str]] = frozenset(
        {"return_statement", "throw_statement", "continue_statement", "break_statement"}
    )
    blocks: ClassVar[frozenset[str]] = frozenset({"statement_block"})
    number_types: ClassVar[frozenset[str]] = frozenset({"number", "bigint", "boolean"})
    member: ClassVar[str] = "member_expression"
    member_field: ClassVar[str] = "property"
    identifiers: ClassVar[frozenset[str]] = frozenset(
        {"identifier", "property_identifier", "shorthand_property_identifier"}
    )

    def bare(self, node: Node) -> Node:
        """The expression inside parentheses, type assertions and ``await``."""
        while node.type in _WRAPPING:
            inside = javascript_strings.expressions(node)
            if not inside:
                break
            node = inside[0]
        return node

    def arguments(self, call: Node) -> Arguments:
        """The arguments of a call; JavaScript passes none by name."""
        holder = call.child_by_field_name("arguments")
        if holder is None or holder.type != "arguments":
            return Arguments((), {}, {})
        values = javascript_strings.expressions(holder)
        plain = tuple(value for value in values if value.type != "spread_element")
        return Arguments(plain, {}, {}, spread=len(plain) < len(values))

    def method(self, call: Node) -> str:
        """The last part of what a call calls; of a function imported under another name, its own."""
        text = super().method(call)
        function = call.child_by_field_name("function")
        if function is None or function.type != "identifier":
            return text
        own = self.callee(call).rpartition(".")
        return own[2] if own[1] and own[2].isidentifier() else text

    def properties(self, node: Node) -> dict[str, Node]:
        """The pairs of an object literal by key; spread and shorthand parts are left out."""
        pairs: dict[str, Node] = {}
        for child in javascript_strings.expressions(node):
            if child.type == "pair":
                key = child.child_by_field_name("key")
                pairs[self.text(key).strip("\"'`")] = child
        return pairs

    def _bindings(self, found: Mapping[str, Node]) -> Iterator[Binding]:
        if (name := found.get("name")) is not None:
            value = found.get("value")
            module = self._module(value) if value is not None else ""
            if module:
                yield Binding(self.text(name), "import", name.start_byte, target=module)
            else:
                kind = found.get("augment")
                yield Binding(self.text(name), "augment" if kind else "value", name.start_byte, kind or value)
        elif (pattern := found.get("pattern")) is not None:
            yield from self._pattern_bindings(pattern, found.get("source"), found.get("loop"))
        elif (parameters := found.get("parameters")) is not None:
            for parameter in parameters.named_children:
                annotation = parameter.child_by_field_name("type")
                for name in _names(parameter):
                    yield Binding(self.text(name), "parameter", name.start_byte, annotation)
        elif (statement := found.get("import")) is not None:
            for text, target in imported_names(statement):
                yield Binding(text, "import", statement.start_byte, target=target)
        elif (own := found.get("def")) is not None:
            yield Binding(self.text(own), "other", own.start_byte)

    def _pattern_bindings(self, pattern: Node, source: Node | None, loop: Node | None) -> Iterator[Binding]:
        module = self._module(source) if source is not None else ""
        if module:
            for name, member in _destructured(pattern):
                yield Binding(self.text(name), "import", name.start_byte, target=f"{module}.{self.text(member)}")
            return
        plain = loop is not None and pattern.type == "identifier"
        for name in _names(pattern):
            yield Binding(self.text(name), "loop" if plain else "other", name.start_byte, loop if plain else None)

    def _module(self, node: Node) -> str:
        """The dotted name of ``require("x")``, ``await import("x")`` or a member of it."""
        node = self.bare(node)
        members: list[str] = []
        while node.type == "member_expression":
            members.append(self.text(node.child_by_field_name("property")))
            base = node.child_by_field_name("object")
            if base is None:
                return ""
            node = self.bare(base)
        if node.type != "call_expression" or self.text(node.child_by_field_name("function")) not in {
            "require",
            "import",
        }:
            return ""
        values = self.arguments(node).positional
        if len(values) != 1 or values[0].type != "string":
            return ""
        return ".".join([module_name(self.text(values[0])), *reversed(members)])

    def _special_name(self, node: Node, depth: int) -> str:
        if node.type != "call_expression":
            return ""
        if self.text(node.child_by_field_name("function")).endswith("promisify"):
            values = self.arguments(node).positional
            return self._name(values[0], depth + 1) if len(values) == 1 else ""
        return self._module(node)

    def _names_of(self, statements: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return _import_table(self.unit.language, statements)

    def _memberships(self, condition: str, name: str) -> Iterator[tuple[str, bool]]:
        pattern = rf"(!\s*)?([\w.$]+|\[[^\]]*\])\s*\.(?:includes|has|hasOwnProperty)\(\s*{re.escape(name)}\s*[),]"
        for found in re.finditer(pattern, condition):
            collection = found.group(2)
            yield collection if collection.startswith("[") else collection.rpartition(".")[2], bool(found.group(1))

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        return javascript_strings.pieces(self, node, expansion, depth)


def module_name(quoted: str) -> str:
    """A module's name without quotes and without the ``node:`` scheme."""
    return quoted.strip("\"'`").removeprefix("node:")


def _names(pattern: Node) -> Iterator[Node]:
    """The names that a pattern binds."""
    stack = [pattern]
    while stack:
        node = stack.pop()
        if node.type in _NAMED_IN_PATTERNS:
            yield node
        elif (field := _PATTERN_PART.get(node.type)) is not None:
            part = node.child_by_field_name(field)
            if part is not None:
                stack.append(part)
        elif node.type in {"object_pattern", "array_pattern", "rest_pattern"}:
            stack.extend(node.named_children)


def _destructured(pattern: Node) -> Iterator[tuple[Node, Node]]:
    """The names that an object pattern binds, each with the member it takes."""
    for child in pattern.named_children:
        if child.type == "shorthand_property_identifier_pattern":
            yield child, child
        elif child.type == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None and value.type == "identifier":
                yield value, key


def imported_names(statement: Node) -> Iterator[tuple[str, str]]:
    """Each name an import statement binds and the dotted name it stands for; a default import stands for the module."""
    source = statement.child_by_field_name("source")
    module = module_name(_text(source))
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    for child in clause.named_children if clause is not None and module else ():
        if child.type == "identifier":
            yield _text(child), module
        elif child.type == "namespace_import":
            yield _text(child.named_children[-1] if child.named_children else None), module
        elif child.type == "named_imports":
            for item in child.named_children:
                name = _text(item.child_by_field_name("name"))
                alias = _text(item.child_by_field_name("alias")) or name
                yield alias, module if name == "default" else f"{module}.{name}"


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "surrogatepass") if node is not None and node.text is not None else ""


@lru_cache(maxsize=256)
def _import_table(language: str, imports: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The names bound by the import statements of a document, ``require`` among them."""
    if not imports:
        return ()
    return tuple(_table(language, "\n".join(imports)))


def _table(language: str, text: str) -> Iterator[tuple[str, str]]:
    root = parse_text(language, text).root_node
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if node.type == "import_statement":
            yield from imported_names(node)
        elif node.type == "variable_declarator":
            yield from _required(node)
        else:
            stack.extend(reversed(node.named_children))


_REQUIRE = re.compile(r"""(?:await\s+import|require)\s*\(\s*["'`]([^"'`]+)["'`]\s*\)((?:\s*\.\s*[\w$]+)*)\s*""")


def _required(declarator: Node) -> Iterable[tuple[str, str]]:
    name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    found = _REQUIRE.fullmatch(_text(value))
    if name is None or found is None:
        return ()
    module = module_name(found.group(1)) + re.sub(r"\s", "", found.group(2))
    if name.type == "identifier":
        return ((_text(name), module),)
    return tuple((_text(own), f"{module}.{_text(member)}") for own, member in _destructured(name))
