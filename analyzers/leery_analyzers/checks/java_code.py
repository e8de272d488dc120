"""Java as checks see it: what binds a name, what a call calls, which type a variable has."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.code import Arguments
from leery_analyzers.checks.scopes import Binding
from leery_analyzers.checks.templates import Template, joined, known
from leery_analyzers.checks.typed_code import TypedCode
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Expansion

_IMPORT = re.compile(r"import\s+(?:static\s+)?([\w.]+)\s*;")
_FACTORIES = frozenset(
    {"getInstance", "newInstance", "create", "of", "newFactory", "getDefault", "builder", "getCipher"}
)
_LOOKUPS = frozenset({"getProperty", "getOrDefault", "orElse", "getString", "getenv", "optString", "get"})
_MAX_CHAIN = 12
_TYPED = ("creation_expression", "cast_expression")
_SAME_TEXT = frozenset({"concat", "trim", "strip", "toString", "toLowerCase", "toUpperCase", "intern"})
_BUILDERS = frozenset({"new StringBuilder", "new StringBuffer"})
_NUMBERS = frozenset({"Integer", "Long", "Double", "Float", "Boolean", "Short", "Byte", "UUID"})
_CLASSES = frozenset({"class_declaration", "enum_declaration", "record_declaration", "interface_declaration"})
_NEAR = 40
_PLAIN_TEXT = re.compile(r"\"[^\"\\]*(?:\\.[^\"\\]*)*\"")
_FORMAT = re.compile(r"%(?:\d+\$)?[-#+ 0,(]*\d*(?:\.\d+)?([a-zA-Z%])")


class JavaCode(TypedCode):
    """One Java unit.

    Calls are named by the simple name of the class: ``MessageDigest.getInstance`` however the class is written,
    ``Cookie.setSecure`` for a variable declared as `Cookie`, ``new Random`` for an object made.
    """

    calls_query: ClassVar[str] = "(method_invocation) @call (object_creation_expression) @call"
    bindings_query: ClassVar[str] = """
    (class_declaration name: (identifier) @def) @scope
    (method_declaration) @scope
    (constructor_declaration) @scope
    (lambda_expression) @scope
    (object_creation_expression (class_body) @scope)
    (local_variable_declaration type: (_) @type
      declarator: (variable_declarator name: (identifier) @name value: (_)? @value))
    (field_declaration type: (_) @type
      declarator: (variable_declarator name: (identifier) @name value: (_)? @value))
    (assignment_expression left: (identifier) @name operator: "=" right: (_) @value)
    (assignment_expression left: (field_access object: (this) field: (identifier) @name) operator: "="
      right: (_) @value)
    (assignment_expression left: (identifier) @name operator: "+=" right: (_) @augment)
    (enhanced_for_statement type: (_) @type name: (identifier) @name value: (_) @loop)
    (resource type: (_) @type name: (identifier) @name value: (_) @value)
    (formal_parameter type: (_) @type name: (identifier) @parameter)
    (spread_parameter (variable_declarator name: (identifier) @parameter))
    (lambda_expression parameters: (identifier) @parameter)
    (inferred_parameters (identifier) @parameter)
    (catch_formal_parameter (catch_type) @type name: (identifier) @parameter)
    (instanceof_expression right: (_) @type name: (identifier) @parameter)
    (import_declaration) @import
    (if_statement condition: (_) @condition consequence: (_) @body) @if
    """
    exits: ClassVar[frozenset[str]] = frozenset(
        {"return_statement", "throw_statement", "continue_statement", "break_statement"}
    )
    blocks: ClassVar[frozenset[str]] = frozenset({"block", "constructor_body", "switch_block_statement_group"})
    identifiers: ClassVar[frozenset[str]] = frozenset({"identifier"})
    number_types: ClassVar[frozenset[str]] = frozenset(
        {
            "int",
            "long",
            "short",
            "byte",
            "double",
            "float",
            "boolean",
            "Integer",
            "Long",
            "UUID",
            "Double",
            "BigDecimal",
            "BigInteger",
            "LocalDate",
            "LocalDateTime",
            "Instant",
            "Duration",
            "Short",
            "Byte",
            "Float",
        }
    )
    member: ClassVar[str] = "field_access"
    member_field: ClassVar[str] = "field"
    text_types: ClassVar[frozenset[str]] = frozenset({"string_literal"})
    literal_types: ClassVar[frozenset[str]] = frozenset(
        {"decimal_integer_literal", "hex_integer_literal", "decimal_floating_point_literal", "true", "false"}
        | {"character_literal", "null_literal", "class_literal"}
    )
    function_types: ClassVar[frozenset[str]] = frozenset({"method_declaration", "constructor_declaration"})
    class_types: ClassVar[frozenset[str]] = frozenset({"class_declaration"})
    choice_type: ClassVar[str] = "ternary_expression"
    inferred: ClassVar[frozenset[str]] = frozenset({"var"})

    def bare(self, node: Node) -> Node:
        """The expression inside parentheses and casts to a text."""
        while node.type == "parenthesized_expression" or (
            node.type == "cast_expression" and self.simple(node.child_by_field_name("type")) == "String"
        ):
            inner = node.child_by_field_name("value") or next(iter(self.values_of(node.named_children)), None)
            if inner is None:
                break
            node = inner
        return node

    def callee(self, call: Node) -> str:
        """``Type.method``, or ``new Type``; empty where the type is not known."""
        known_name = self._callees.get(call.id)
        if known_name is None:
            known_name = self._callees[call.id] = self._callee(call)
        return known_name

    def _callee(self, call: Node) -> str:
        if call.type == "object_creation_expression":
            return f"new {self.simple(call.child_by_field_name('type'))}"
        own, base = self.text(call.child_by_field_name("name")), call.child_by_field_name("object")
        if base is None:
            static = self.imported_as(own)
            return ".".join(static.split(".")[-2:]) if static else own
        kind = self.type_of(base)
        return f"{kind}.{own}" if kind else ""

    def method(self, call: Node) -> str:
        """The name of the method that is called; empty for an object made."""
        return self.text(call.child_by_field_name("name")) if call.type == "method_invocation" else ""

    def foreign(self, node: Node, *packages: str) -> bool:
        """Whether a class is said, by an import or by its full name, to be of other packages than these.

        Args:
            node: a type, an object made, or the receiver of a call.
            packages: starts of qualified names.
        """
        if node.type == "object_creation_expression":
            node = node.child_by_field_name("type") or node
        elif node.type == "method_invocation":
            node = node.child_by_field_name("object") or node
        text = self.text(node).partition("<")[0]
        variable = text[:1].islower() and "." not in text
        if variable or not re.fullmatch(r"[\w.]+", text) or text.startswith("this."):
            text = self.type_of(node)
        if "." not in text:
            text = self.imported_as(text)
        return bool(text) and not text.startswith(packages)

    def arguments(self, call: Node) -> Arguments:
        """The arguments of a call; Java passes none by name."""
        holder = call.child_by_field_name("arguments")
        return Arguments(tuple(self.values_of(holder.named_children)) if holder is not None else (), {}, {})

    def fallback(self, call: Node) -> Node | None:
        """``getProperty(name, fallback)`` and ``optional.orElse(fallback)``."""
        if call.type != "method_invocation" or self.method(call) not in _LOOKUPS:
            return None
        values = self.arguments(call).positional
        if len(values) == 2 and self.method(call) != "orElse":
            return values[1]
        return values[0] if len(values) == 1 and self.method(call) == "orElse" else None

    def head(self, function: Node | None) -> str:
        """A method's annotations, name and parameters as they are written; empty without one."""
        body = function.child_by_field_name("body") if function is not None else None
        if function is None:
            return ""
        return self.slice(function.start_byte, body.start_byte if body is not None else function.end_byte)

    def own_name(self, node: Node) -> Node:
        """The plain name that ``this.name`` or ``Class.name`` stands for inside of that class; else the node."""
        base, field = node.child_by_field_name("object"), node.child_by_field_name("field")
        if node.type != "field_access" or base is None or field is None:
            return node
        around = (item for item in islice(ancestors(node), _NEAR) if item.type in _CLASSES)
        owners = {self.text(item.child_by_field_name("name")) for item in around}
        return field if base.type == "this" or self.text(base) in owners else node

    def written(self, node: Node) -> str:
        """The value, as it is written, of a constant that another part of the document declares; else empty."""
        node = self.own_name(self.bare(node))
        if node.type != "identifier" or self.scopes.lookup(self.text(node), node.start_byte):
            return ""
        return self.constants.get(self.text(node), "")

    def unbound(self, node: Node) -> Template | None:
        """A constant that the document declares elsewhere: its text, or its name for anything else."""
        value = self.written(node)
        return known(value[1:-1] if _PLAIN_TEXT.fullmatch(value) else self.text(node)) if value else None

    def annotation(self, node: Node) -> dict[str, Node]:
        """The values of an annotation by name, that of a single one as ``value``."""
        holder = node.child_by_field_name("arguments")
        values: dict[str, Node] = {}
        for child in self.values_of(holder.named_children) if holder is not None else ():
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if child.type == "element_value_pair" and value is not None:
                values[self.text(key)] = value
            else:
                values["value"] = child
        return values

    def _type(self, node: Node, depth: int) -> str:
        node = self.bare(node)
        if node.type == "identifier":
            return self._type_of_name(node, depth)
        if node.type == "field_access":
            return self._type_of_field(node, depth)
        if node.type != "method_invocation":
            return self.simple(node.child_by_field_name("type")) if node.type.endswith(_TYPED) else ""
        base = node.child_by_field_name("object") if self.method(node) in _FACTORIES else None
        return self._type(base, depth + 1) if base is not None and depth < _MAX_CHAIN else ""

    def _type_of_field(self, node: Node, depth: int) -> str:
        """``this.name``, or ``a.b.Class``."""
        base, field = node.child_by_field_name("object"), node.child_by_field_name("field")
        if base is not None and base.type == "this" and field is not None:
            return self._type_of_name(field, depth)
        return self.text(field) if self.text(field)[:1].isupper() else ""

    def _bindings(self, found: Mapping[str, Node]) -> Iterator[Binding]:
        if (statement := found.get("import")) is not None:
            for name, target in _imported(self.text(statement)):
                yield Binding(name, "import", statement.start_byte, target=target)
        else:
            yield from super()._bindings(found)

    def _names_of(self, statements: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return _import_table(statements)

    def _memberships(self, condition: str, name: str) -> Iterator[tuple[str, bool]]:
        pattern = rf"(!\s*)?([\w.]+(?:\([^()]*\))?)\s*\.contains(?:Key)?\(\s*{re.escape(name)}\s*\)"
        for found in re.finditer(pattern, condition):
            yield found.group(2).rpartition(".")[2], bool(found.group(1))

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        if node.type == "field_access":
            field = self.text(node.child_by_field_name("field"))
            return known(self.text(node)) if field.isupper() else None
        if node.type == "cast_expression":
            number = self.simple(node.child_by_field_name("type")) in self.number_types
            value = node.child_by_field_name("value")
            return known("0") if number or value is None else expansion.of(value, depth)
        if node.type == "method_invocation":
            return self._call_pieces(node, expansion, depth)
        return super().pieces(node, expansion, depth)

    def _call_pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        name, method, values = self.callee(node), self.method(node), self.arguments(node).positional
        base = node.child_by_field_name("object")
        if name.partition(".")[0] in _NUMBERS:
            return known("0")
        if name in {"String.valueOf", "Objects.toString", "String.join"} and values:
            return expansion.all_of(values if method == "join" else values[:1], depth)
        if name == "String.format" and values:
            return self._format(values[0], values[1:], expansion, depth)
        return self._method_pieces(node, base, expansion, depth) if base is not None else None

    def _method_pieces(self, node: Node, base: Node, expansion: Expansion, depth: int) -> Template | None:
        method, values = self.method(node), self.arguments(node).positional
        if method == "formatted":
            return self._format(base, values, expansion, depth)
        if method == "toString" and (appended := self.appended(node)) is not None:
            return joined([expansion.of(part, depth) for part in appended])
        return expansion.all_of((base, *values), depth) if method in _SAME_TEXT else None

    def appended(self, node: Node) -> list[Node] | None:
        """What ``new StringBuilder(a).append(b).toString()`` puts together; None for any other expression."""
        parts: list[Node] = []
        while self.method(node) in {"append", "toString"}:
            inner, values = node.child_by_field_name("object"), self.arguments(node).positional
            if inner is None or len(values) != (self.method(node) == "append"):
                return None
            parts += values
            node = self.bare(inner)
        if node.type != "object_creation_expression" or self.callee(node) not in _BUILDERS:
            return None
        parts += [value for value in self.arguments(node).positional if value.type not in self.literal_types]
        return parts[::-1]

    def _format(self, text: Node, values: tuple[Node, ...], expansion: Expansion, depth: int) -> Template:
        written = expansion.of(text, depth)
        if not written.constant:
            return written
        parts: list[Template] = []
        at, index = 0, 0
        for found in _FORMAT.finditer(written.text):
            parts.append(known(written.text[at : found.start()]))
            at = found.end()
            if found.group(1) in "%n":
                continue
            if found.group(1) in "dxXofeEgb":
                parts.append(known("0"))
            elif index < len(values):
                parts.append(expansion.of(values[index], depth))
            index += 1
        parts.append(known(written.text[at:]))
        return joined(parts)


def _imported(statement: str) -> Iterator[tuple[str, str]]:
    found = _IMPORT.search(statement)
    if found is not None:
        yield found.group(1).rpartition(".")[2], found.group(1)


@lru_cache(maxsize=256)
def _import_table(imports: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The names bound by the import statements of a document."""
    return tuple(pair for statement in imports for pair in _imported(statement))
