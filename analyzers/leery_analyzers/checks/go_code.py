"""Go as checks see it: what binds a name, which package a call is of, how a string is put together."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks import go_strings
from leery_analyzers.checks.code import Arguments
from leery_analyzers.checks.guards import NAME, Tests
from leery_analyzers.checks.scopes import Binding
from leery_analyzers.checks.typed_code import TypedCode
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Expansion
    from leery_analyzers.checks.templates import Template

_IMPORT = lazy_regex(r"(?m)^\s*(?:import\s+)?\(?\s*(?:([\w.]+)\s+)?[\"`]([^\"`\n]+)[\"`]")
_TESTED = rf"(?:strings\.(?:ToLower|ToUpper|TrimSpace)\()?{NAME}\)?"
_CHECKING = r"\w*(?i:valid|allowed|permitted|safe|known|supported|whitelist)\w*"
_TESTS = Tests(
    passes=lazy_regex(
        rf"(?P<no>!\s*)?(?<![\w.])(?:(?:regexp\.MustCompile\((?:`[^`]*`|\"[^\"]*\")\)|[\w.]+)\.MatchString\((?:[^,()]*,\s*)?{NAME}\)|(?:\w+\.)*{_CHECKING}\({NAME}\s*[,)](?!\s*;)"
        rf"|{_TESTED}\s*==\s*\"[^\"]+\"|slices\.Contains\(\s*\[\]\w+\{{[^{{}}]*\}}\s*,\s*{NAME}\)|filepath\.IsLocal\({NAME}\))"
        rf"|[\w.]*(?i:allow|valid|known|support|table|column|field)\w*\[{NAME}\];\s*(?P<not>!)?(?(not)(?!))\w"
    ),
    fails=lazy_regex(
        rf"{_TESTED}\s*!=\s*\"[^\"]+\"|net\.ParseIP\({NAME}\)\s*==\s*nil"
        rf"|\[{NAME}\];\s*!"
        rf"|(?:strconv\.(?:Atoi|Parse\w+)|uuid\.Parse|(?:\w+\.)*{_CHECKING})\({NAME}\s*[,)].*;\s*\w+\s*!=\s*nil"
    ),
    default="default_case",
)


def named(path: str, *names: str) -> frozenset[str]:
    """Calls of functions of a package, as they are named with its import (by path) and without (by its name).

    Args:
        path: import path, such as ``crypto/md5``.
        names: of the functions.
    """
    last = path.rpartition("/")[2]
    return frozenset(f"{package}.{name}" for package in (path, last) for name in names)


def sets(*names: str) -> str:
    """A query for fields of these names that get a value, in literals and statements.

    It captures ``set``, the whole, ``key``, the field, and ``value``.
    """
    among = " ".join(f'"{name}"' for name in names)
    return (
        "(keyed_element key: (literal_element (identifier) @key) value: (literal_element (_) @value)"
        f" (#any-of? @key {among})) @set\n"
        "(assignment_statement left: (expression_list . (selector_expression field: (field_identifier) @key) .)"
        f" right: (expression_list . (_) @value .) (#any-of? @key {among})) @set"
    )


class GoCode(TypedCode):
    """One Go unit. Calls are named by import path, ``math/rand.Intn``; without the import by what is written."""

    calls_query: ClassVar[str] = "(call_expression) @call"
    bindings_query: ClassVar[str] = """
    (function_declaration name: (identifier) @def) @scope
    (method_declaration) @scope
    (func_literal) @scope
    (short_var_declaration left: (expression_list) @targets right: (expression_list) @values)
    (assignment_statement left: (expression_list) @targets operator: "=" right: (expression_list) @values)
    (assignment_statement left: (expression_list . (identifier) @name .) operator: "+="
      right: (expression_list . (_) @augment .))
    (var_spec) @spec
    (const_spec) @spec
    (range_clause left: (expression_list (identifier) @name) right: (_) @loop)
    (parameter_declaration name: (identifier) @parameter type: (_) @type)
    (variadic_parameter_declaration name: (identifier) @parameter type: (_) @type)
    (type_switch_statement alias: (expression_list (identifier) @other))
    (import_spec) @import
    (if_statement condition: (_) @condition consequence: (_) @body) @if
    (expression_switch_statement) @switch
    (call_expression function: (selector_expression operand: (identifier) @built field: (field_identifier) @end)
      arguments: (argument_list (_)) (#any-of? @end "WriteString" "WriteByte" "WriteRune" "Fprintf" "Fprint"))
    """
    exits: ClassVar[frozenset[str]] = frozenset(
        {"return_statement", "continue_statement", "break_statement", "goto_statement"}
    )
    blocks: ClassVar[frozenset[str]] = frozenset({"block", "statement_list", "expression_case", "communication_case"})
    identifiers: ClassVar[frozenset[str]] = frozenset({"identifier"})
    number_types: ClassVar[frozenset[str]] = frozenset(
        {"int", "int64", "int32", "int16", "int8", "uint", "uint64", "uint32", "uint16", "uint8", "float64", "float32"}
        | {"bool", "uuid.UUID", "time.Time", "time.Duration"}
    )
    member: ClassVar[str] = "selector_expression"
    member_field: ClassVar[str] = "field"
    text_types: ClassVar[frozenset[str]] = frozenset({"interpreted_string_literal", "raw_string_literal"})
    literal_types: ClassVar[frozenset[str]] = frozenset(
        {"int_literal", "float_literal", "rune_literal", "true", "false", "nil", "imaginary_literal"}
    )
    function_types: ClassVar[frozenset[str]] = frozenset({"function_declaration", "method_declaration"})
    parts: ClassVar[frozenset[str]] = frozenset({"selector_expression", "call_expression", "index_expression"})
    tests: ClassVar[Tests | None] = _TESTS

    def bare(self, node: Node) -> Node:
        """The expression inside parentheses, without ``&``."""
        while node.type == "parenthesized_expression" or (
            node.type == "unary_expression" and self.text(node).startswith("&")
        ):
            inner = next(iter(self.values_of(node.named_children)), None)
            if inner is None:
                break
            node = inner
        return node

    def callee(self, call: Node) -> str:
        """``import/path.Name``, ``Type.Method`` for a variable of a known type, or a bare name."""
        known_name = self._callees.get(call.id)
        if known_name is None:
            known_name = self._callees[call.id] = self._callee(call)
        return known_name

    def _callee(self, call: Node) -> str:
        function = call.child_by_field_name("function")
        if function is None:
            return ""
        if function.type != "selector_expression":
            return self.text(function) if function.type == "identifier" else ""
        return self.qualified(function)

    def qualified(self, node: Node) -> str:
        """The dotted name of a selector: with the import path of its package, or the type of its variable."""
        base, field = node.child_by_field_name("operand"), self.text(node.child_by_field_name("field"))
        if base is None:
            return ""
        if base.type == "identifier":
            own = self.text(base)
            bindings = self.scopes.lookup(own, base.start_byte)
            if not bindings:
                return f"{own}.{field}"
            if bindings[-1].kind == "import":
                return f"{bindings[-1].target}.{field}"
        kind = self.type_of(base)
        return f"{kind}.{field}" if kind else ""

    def name(self, node: Node) -> str:
        """The dotted name of a selector or an identifier, as `callee` has it."""
        node = self.bare(node)
        return self.qualified(node) if node.type == "selector_expression" else self.text(node)

    def method(self, call: Node) -> str:
        """The name of the method or of the function of another package that is called."""
        function = call.child_by_field_name("function")
        return self.text(function.child_by_field_name("field")) if function is not None else ""

    def receiver(self, call: Node) -> Node | None:
        """What stands before the method's name."""
        function = call.child_by_field_name("function")
        return function.child_by_field_name("operand") if function is not None else None

    def arguments(self, call: Node) -> Arguments:
        """The arguments of a call; Go passes none by name."""
        holder = call.child_by_field_name("arguments")
        values = self.values_of(holder.named_children) if holder is not None else []
        plain = tuple(value for value in values if value.type != "variadic_argument")
        return Arguments(plain, {}, {}, spread=len(plain) < len(values))

    def fields(self, literal: Node) -> dict[str, Node]:
        """The keyed fields of a composite literal, values by name."""
        body = literal.child_by_field_name("body")
        pairs: dict[str, Node] = {}
        for child in body.named_children if body is not None else ():
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is not None and value is not None and value.named_children:
                pairs[self.text(key)] = value.named_children[0]
        return pairs

    def type_name(self, node: Node | None) -> str:
        """A type as it is written, without pointer: ``http.Request``."""
        return self.text(node).strip("*&[] \t\n")

    @cached_property
    def import_lines(self) -> str:
        """The import statements that hold here, groups as they are."""
        own = re.findall(r"(?ms)^import\s*\(.*?^\)|^import\s[^\n]*", self.source)
        return "\n".join((*self.unit.imports, *own))

    def condition(self, branch: Node, condition: Node) -> str:
        """What an ``if`` tests, with the statement before it: ``_, ok := known[name]; !ok``."""
        first = branch.child_by_field_name("initializer")
        return f"{self.text(first)}; {self.text(condition)}" if first is not None else self.text(condition)

    def is_receiver(self, binding: Binding) -> bool:
        """Whether a name stands for the object that a method belongs to."""
        declared = binding.value.parent if binding.kind == "parameter" and binding.value is not None else None
        holder = declared.parent if declared is not None else None
        method = holder.parent if holder is not None else None
        return method is not None and method.child_by_field_name("receiver") == holder

    def is_text_parameter(self, binding: Binding, *, plain: bool) -> bool:
        """Whether a caller may give any text by a parameter; what a method belongs to is none."""
        if binding.value is None or self.is_number_type(binding.value):
            return False
        if self.is_receiver(binding):
            return False
        kind = self.text(binding.value).strip("*[]. ")
        return kind in {"string", "byte", "any", "interface{}", "rune"} if plain else "context.Context" not in kind

    def _guard(self, branch: Node, condition: Node, body: Node) -> None:
        inner = next((child for child in body.named_children if child.type == "statement_list"), body)
        super()._guard(branch, condition, inner)

    def foreign_package(self, path: str, name: str) -> bool:
        """Whether a package name stands for another path than this one."""
        target = self.imported_as(name)
        return bool(target) and target != path

    def written_type(self, node: Node) -> str:
        """The type that a variable is declared with, ``http.Request``; empty if it cannot be told."""
        node = self.bare(node)
        if node.type != "identifier":
            return ""
        for binding in self.scopes.lookup(self.text(node), node.start_byte):
            if binding.kind == "parameter":
                return self.type_name(binding.value)
            if binding.value is not None:
                value = self.bare(binding.value)
                if value.type == "composite_literal":
                    return self.type_name(value.child_by_field_name("type"))
        return ""

    def _type(self, node: Node, depth: int) -> str:
        node = self.bare(node)
        if node.type == "identifier":
            own = self._type_of_name(node, depth)
            return own if own != self.text(node) else ""
        return self.simple(node.child_by_field_name("type")) if node.type == "composite_literal" else ""

    def _bindings(self, found: Mapping[str, Node]) -> Iterator[Binding]:
        if (built := found.get("built")) is not None:
            call = built.parent.parent if built.parent is not None else None
            if call is not None and (place := self._written_to(built, call)) is not None:
                yield Binding(self.text(place), "augment", place.start_byte, call)
            return
        if (targets := found.get("targets")) is not None:
            yield from self._assigned(targets.named_children, found["values"].named_children)
        elif (spec := found.get("spec")) is not None:
            holder = spec.child_by_field_name("value")
            names = spec.children_by_field_name("name")
            declared = spec.child_by_field_name("type")
            for name in names:
                if declared is not None:
                    self._types[name.start_byte] = self.simple(declared)
            yield from self._assigned(names, holder.named_children if holder is not None else [spec] * len(names))
        elif (statement := found.get("import")) is not None:
            for own, target in _imported(self.text(statement)):
                yield Binding(own, "import", statement.start_byte, target=target)
        else:
            yield from super()._bindings(found)

    def _assigned(self, targets: list[Node], values: list[Node]) -> Iterator[Binding]:
        """``a, b = f()`` binds the first name to the call, since the rest is mostly an error."""
        for index, target in enumerate(targets):
            if target.type != "identifier" or self.text(target) == "_":
                continue
            if len(values) == len(targets):
                yield Binding(self.text(target), "value", target.start_byte, values[index])
            else:
                first = index == 0 and len(values) == 1
                yield Binding(self.text(target), "value" if first else "other", target.start_byte, values[0])

    def _names_of(self, statements: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return _import_table(statements)

    def _target(self, around: Node, inner: Node) -> str:
        if around.type in {"short_var_declaration", "assignment_statement"}:
            return self.text(around.child_by_field_name("left"))
        if around.type in {"var_spec", "const_spec"}:
            return self.text(around.child_by_field_name("name"))
        if around.type == "keyed_element":
            return self.text(around.child_by_field_name("key"))
        return super()._target(around, inner)

    def _memberships(self, condition: str, name: str) -> Iterable[tuple[str, bool]]:
        escaped = re.escape(name)
        for found in re.finditer(rf"(!\s*)?slices\.Contains\(\s*([\w.]+)\s*,\s*{escaped}\s*\)", condition):
            yield found.group(2).rpartition(".")[2], bool(found.group(1))
        for found in re.finditer(rf"(!\s*)?([\w.]+)\[\s*{escaped}\s*\]", condition):
            yield found.group(2).rpartition(".")[2], bool(found.group(1))

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        found = go_strings.pieces(self, node, expansion, depth)
        return found if found is not None else super().pieces(node, expansion, depth)

    def _written_to(self, name: Node, call: Node) -> Node | None:
        """The variable that a call appends to: ``b.WriteString(text)``, ``fmt.Fprintf(&b, text)``."""
        values = self.arguments(call).positional
        if not self.method(call).startswith("F"):
            return name if len(values) == 1 else None
        target = self.bare(values[0]) if values and values[0].type == "unary_expression" else None
        return target if target is not None and target.type == "identifier" else None


def _imported(statement: str) -> Iterator[tuple[str, str]]:
    """Each name an import statement binds, and the path it stands for; a version at the end is no name."""
    for found in _IMPORT.finditer(statement):
        alias, path = found.groups()
        base = re.sub(r"/v\d+$", "", path)
        name = alias or base.rpartition("/")[2]
        if name not in {".", "_"}:
            yield name, base


@lru_cache(maxsize=256)
def _import_table(imports: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The names bound by the import statements of a document."""
    return tuple(pair for statement in imports for pair in _imported(statement))
