"""C# as checks see it: what binds a name, what a call calls, how a string is put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks import csharp_strings
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

_FACTORIES = frozenset({"Create", "CreateDefault", "CreateBuilder", "GetInstance"})
_MAX_CHAIN = 12
_READ = "|".join(sorted(csharp_strings.NUMBERS))
_PARSED = rf"(?:{_READ}|Enum|IPAddress|TimeSpan|DateTimeOffset|DateOnly|Version|short|byte|float|uint|ulong)"
_LISTS = lazy_regex(r"(?i)cache|header|query|form|cookie|session|request|route|param")
_TESTED = rf"{NAME}(?:\.(?:To(?:Lower|Upper)(?:Invariant)?|Trim|ToString)\(\))*"
_TESTS = Tests(
    passes=lazy_regex(
        rf"(?P<no>!\s*)?(?<![\w.])(?:(?:new Regex\(@?\"[^\"]*\"\)"
        rf"|[\w.]*(?:[Rr]egex|[Pp]attern|_?re|rx)\w*(?:\(\))?)\.IsMatch\(\s*{_TESTED}\s*[,)]"
        rf"|{_PARSED}\.(?:TryParse|IsDefined)(?:<\w+>)?\((?:typeof\(\w+\),)?\s*{_TESTED}\s*[,)]"
        rf"|[\w.]*(?i:valid|allowed|permitted|safe|known|supported|whitelist)\w*\(\s*{_TESTED}\s*[,)]"
        rf"|{NAME}\.All\(\s*(?:char\.Is|\w+\s*=>\s*char\.Is)"
        rf"|{_TESTED}\s*==\s*(?:\"[^\"]+\"|'.'|\d)|{_TESTED}\s+is\s+(?:\"|\(\s*\")"
        rf"|(?:string|String)\.Equals\(\s*{_TESTED}\s*,\s*\"|{_TESTED}\.Equals\(\s*\"[^\"]"
        rf"|Array\.IndexOf\([\w.]+,\s*{_TESTED}\)\s*(?:>=\s*0|>\s*-1|!=\s*-1)"
        rf"|\w*(?i:allowed|valid|permitted|known|supported)\w*\.(?:Any|Exists|Contains)\([^;]*{NAME})"
    ),
    fails=lazy_regex(
        rf"{_TESTED}\s*!=\s*\"[^\"]+\"|{_TESTED}\s+is\s+not\s+[\"(]"
        rf"|Array\.IndexOf\([\w.]+,\s*{_TESTED}\)\s*(?:<\s*0|==\s*-1)"
    ),
    default="default",
)


def sets(*names: str) -> str:
    """A query for assignments to properties of these names, in statements and initialisers.

    It captures ``set``, the assignment, ``key``, the property, and ``value``.
    """
    among = " ".join(f'"{name}"' for name in names)
    return (
        "(assignment_expression left: [(identifier) @key (member_access_expression name: (identifier) @key)]"
        f" right: (_) @value (#any-of? @key {among})) @set"
    )


class CSharpCode(TypedCode):
    """One C# unit. Calls are named by the simple name of the class: ``MD5.Create``, ``new SqlCommand``."""

    calls_query: ClassVar[str] = (
        "(invocation_expression) @call (object_creation_expression) @call (implicit_object_creation_expression) @call"
    )
    bindings_query: ClassVar[str] = """
    (class_declaration name: (identifier) @def) @scope
    (method_declaration) @scope
    (constructor_declaration) @scope
    (local_function_statement) @scope
    (lambda_expression) @scope
    (variable_declaration type: (_) @type (variable_declarator name: (identifier) @name))
    (property_declaration type: (_) @type name: (identifier) @name)
    (assignment_expression left: (identifier) @name "=" right: (_) @value)
    (assignment_expression left: (identifier) @name "+=" right: (_) @augment)
    (foreach_statement type: (_) @type left: (identifier) @name right: (_) @loop)
    (parameter type: (_)? @type name: (identifier) @parameter)
    (lambda_expression parameters: (implicit_parameter) @parameter)
    (catch_declaration type: (_) @type name: (identifier) @parameter)
    (declaration_pattern type: (_) @type name: (identifier) @parameter)
    (declaration_expression type: (_) @type name: (identifier) @parameter)
    (if_statement condition: (_) @condition consequence: (_) @body) @if
    (switch_statement) @switch
    (invocation_expression function: (member_access_expression expression: (identifier) @built name: (identifier) @end)
      arguments: (argument_list (_)) (#any-of? @end "Append" "AppendLine" "AppendFormat" "AppendJoin" "Insert"))
    """
    exits: ClassVar[frozenset[str]] = frozenset(
        {"return_statement", "throw_statement", "continue_statement", "break_statement"}
    )
    blocks: ClassVar[frozenset[str]] = frozenset({"block", "switch_section", "compilation_unit"})
    identifiers: ClassVar[frozenset[str]] = frozenset({"identifier"})
    number_types: ClassVar[frozenset[str]] = frozenset(
        {"int", "long", "short", "byte", "double", "float", "decimal", "bool", "Guid", "DateTime", "uint", "ulong"}
        | {"int?", "long?", "Guid?", "bool?", "DateTimeOffset", "TimeSpan", "ushort", "sbyte", "DateOnly", "TimeOnly"}
        | {"Int32", "Int64", "Boolean", "Decimal", "Double", "IPAddress", "nint", "Single"}
    )
    text_types: ClassVar[frozenset[str]] = frozenset(
        {"string_literal", "verbatim_string_literal", "raw_string_literal"}
    )
    literal_types: ClassVar[frozenset[str]] = frozenset(
        {"integer_literal", "real_literal", "boolean_literal", "character_literal", "null_literal", "typeof_expression"}
    )
    function_types: ClassVar[frozenset[str]] = frozenset(
        {"method_declaration", "constructor_declaration", "local_function_statement"}
    )
    class_types: ClassVar[frozenset[str]] = frozenset({"class_declaration", "record_declaration", "struct_declaration"})
    choice_type: ClassVar[str] = "conditional_expression"
    inferred: ClassVar[frozenset[str]] = frozenset({"var"})
    parts: ClassVar[frozenset[str]] = frozenset(
        {"member_access_expression", "element_access_expression", "invocation_expression"}
    )
    tests: ClassVar[Tests | None] = _TESTS

    def bare(self, node: Node) -> Node:
        """The expression inside parentheses and ``await``."""
        while node.type in {"parenthesized_expression", "await_expression"}:
            inner = next(iter(self.values_of(node.named_children)), None)
            if inner is None:
                break
            node = inner
        return node

    def callee(self, call: Node) -> str:
        """``Type.Method``, ``new Type``, or the bare name of a method; empty where the type is not known."""
        known_name = self._callees.get(call.id)
        if known_name is None:
            known_name = self._callees[call.id] = self._callee(call)
        return known_name

    def _callee(self, call: Node) -> str:
        if call.type != "invocation_expression":
            return f"new {self._type(call, 0)}"
        base, own = self.receiver(call), self.method(call)
        if base is None:
            return own
        kind = self.type_of(base)
        return f"{kind}.{own}" if kind else ""

    def method(self, call: Node) -> str:
        """The name of the method that is called, without type arguments; empty for an object made."""
        function = call.child_by_field_name("function") if call.type == "invocation_expression" else None
        if function is None:
            return ""
        if function.type == "conditional_access_expression":
            function = function.named_children[-1]
        name = function.child_by_field_name("name") or function
        return self.text(name).partition("<")[0]

    def receiver(self, call: Node) -> Node | None:
        """What stands before the method's name."""
        function = call.child_by_field_name("function")
        if function is None:
            return None
        if function.type == "conditional_access_expression":
            return function.child_by_field_name("condition")
        return function.child_by_field_name("expression") if function.type == "member_access_expression" else None

    def arguments(self, call: Node) -> Arguments:
        """The arguments of a call or of an object made."""
        holder = call.child_by_field_name("arguments") or next(
            (child for child in call.named_children if child.type == "argument_list"), None
        )
        positional: list[Node] = []
        named: dict[str, Node] = {}
        nodes: dict[str, Node] = {}
        for child in self.values_of(holder.named_children) if holder is not None else ():
            name = child.child_by_field_name("name")
            value = next((v for v in reversed(self.values_of(child.named_children)) if v != name), None)
            if value is not None and name is not None:
                named[self.text(name)] = value
                nodes[self.text(name)] = child
            elif value is not None:
                positional.append(value)
        return Arguments(tuple(positional), named, nodes)

    def initial(self, call: Node) -> dict[str, Node]:
        """The properties that the initialiser of an object sets, the assignments by name."""
        holder = next((child for child in call.named_children if child.type == "initializer_expression"), None)
        pairs = holder.named_children if holder is not None else ()
        return {
            self.text(pair.child_by_field_name("left")): pair for pair in pairs if pair.type == "assignment_expression"
        }

    def declared_value(self, declarator: Node) -> Node | None:
        """The value that a declarator or a property gives at once."""
        name = declarator.child_by_field_name("name")
        if declarator.type == "property_declaration":
            value = declarator.child_by_field_name("value")
            return value if value is None or value.type != "arrow_expression_clause" else value.named_children[0]
        values = [child for child in self.values_of(declarator.named_children) if child != name]
        return values[-1] if values and values[-1].type != "bracketed_argument_list" else None

    def fallback(self, call: Node) -> Node | None:
        """``setting ?? fallback``."""
        operator = call.child_by_field_name("operator")
        if call.type == "binary_expression" and self.text(operator) == "??":
            return call.child_by_field_name("right")
        return None

    def is_number_type(self, annotation: Node | None) -> bool:
        """Whether a type is one of numbers; of ``out var x``, whether the call reads one from a text or looks it up."""
        if annotation is None or annotation.type != "implicit_type":
            return super().is_number_type(annotation)
        call = self._filling(annotation)
        looked_up = re.match(r"([\w.]+)\.TryGetValue\(", call)
        if looked_up is not None:
            return _LISTS.search(looked_up.group(1)) is None
        return re.match(rf"{_PARSED}\.TryParse\b", call) is not None

    def is_text_parameter(self, binding: Binding, *, plain: bool) -> bool:
        """Whether a caller may give any text by a parameter; not by one of a class of its own, taken whole."""
        kind = self.text(binding.value)
        if kind == "var" or self.is_number_type(binding.value):
            return False
        if re.search(
            r"Exception\b|(?:Context|Service|Repository|Logger|Factory|Options|Configuration|Environment)$", kind
        ):
            return False
        return (
            not plain
            or not kind
            or re.search(r"(?i)string|object|dynamic|char|uri|span<|StringValues", kind) is not None
        )

    def _filling(self, annotation: Node) -> str:
        """The call that fills an ``out`` variable."""
        argument = annotation.parent.parent if annotation.parent is not None else None
        holder = argument.parent if argument is not None else None
        return self.text(holder.parent) if holder is not None else ""

    def _appended(self, name: Node) -> Iterator[Binding]:
        """What a chain of calls appends to a text being built."""
        call = name.parent.parent if name.parent is not None else None
        while call is not None and call.type == "invocation_expression" and self.method(call) in csharp_strings.APPENDS:
            holder = call.child_by_field_name("arguments")
            yield Binding(self.text(name), "augment", (holder or call).start_byte, call)
            call = call.parent.parent if call.parent is not None else None

    def _bindings(self, found: Mapping[str, Node]) -> Iterator[Binding]:
        if (built := found.get("built")) is not None:
            yield from self._appended(built)
            return
        name = found.get("name")
        if name is not None and "type" in found and "loop" not in found and name.parent is not None:
            self._types[name.start_byte] = self.simple(found["type"])
            value = self.declared_value(name.parent)
            yield Binding(self.text(name), "value", name.start_byte, value or name.parent)
        else:
            yield from super()._bindings(found)

    def _type(self, node: Node, depth: int) -> str:
        node = self.bare(node)
        if node.type == "identifier":
            return self._type_of_name(node, depth)
        if node.type == "member_access_expression":
            base, name = node.child_by_field_name("expression"), node.child_by_field_name("name")
            if base is not None and name is not None and self.text(base) == "this":
                return self._type_of_name(name, depth)
            return self.simple(name) if self.text(name)[:1].isupper() else ""
        if node.type == "invocation_expression":
            base = self.receiver(node) if self.method(node) in _FACTORIES else None
            return self._type(base, depth + 1) if base is not None and depth < _MAX_CHAIN else ""
        return self._written_type(node)

    def _written_type(self, node: Node) -> str:
        """The type that an expression itself names."""
        if node.type == "implicit_object_creation_expression":
            holder = node.parent.parent if node.parent is not None else None
            return self.simple(holder.child_by_field_name("type")) if holder is not None else ""
        if node.type in {"predefined_type", "generic_name"}:
            return self.text(node)
        field = {"as_expression": "right"}.get(node.type, "type")
        made = node.type.endswith(("creation_expression", "cast_expression", "as_expression"))
        return self.simple(node.child_by_field_name(field)) if made else ""

    def _memberships(self, condition: str, name: str) -> Iterable[tuple[str, bool]]:
        pattern = rf"(!\s*)?([\w.]+)\s*\.(?:Contains|ContainsKey|TryGetValue)\(\s*{re.escape(name)}\s*[,)]"
        for found in re.finditer(pattern, condition):
            yield found.group(2).rpartition(".")[2], bool(found.group(1))

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        found = csharp_strings.pieces(self, node, expansion, depth)
        return found if found is not None else super().pieces(node, expansion, depth)
