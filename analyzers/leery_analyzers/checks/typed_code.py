"""Java, C# and Go as checks see them, as far as they are alike: names have types, texts have few values.

`java_code`, `csharp_code` and `go_code` know the grammars. Must not know a rule.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from leery_analyzers.checks.code import NO_NAMES, Code
from leery_analyzers.checks.guards import confined
from leery_analyzers.checks.scopes import Binding
from leery_analyzers.checks.templates import Hole, Template, joined, known
from leery_analyzers.syntax import ancestors
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.checks.code import Expansion
    from leery_analyzers.checks.guards import Tests
    from leery_analyzers.checks.scopes import BindingKind
    from leery_analyzers.syntax import SyntaxTree

_MAX_DEPTH = 12
_NEAR = 60  # levels of the tree looked through for a name or a block
_LONGEST_SUM = 500
_WHOLE = re.compile(r"(\d[\d_]{0,30})[lLuU]{0,2}\s*(?://.*)?")
_WRAPPED = re.compile(
    r"(?:params\s+|\.\.\.|\*|\[\])*(?:\w*(?:List|Enumerable|Collection|Set|Array|Nullable)<)?([\w.]+)\??>?\??(?:\[\])?"
)


class TextValue(NamedTuple):
    """One text that an expression may have.

    Attributes:
        text: the characters, quotes taken away.
        node: the expression that is this text.
        fallback: whether it is used only where a setting is missing.
    """

    text: str
    node: Node
    fallback: bool = False


class TypedCode(Code):
    """One unit of a language whose variables are declared with types."""

    text_types: ClassVar[frozenset[str]] = NO_NAMES
    literal_types: ClassVar[frozenset[str]] = NO_NAMES
    function_types: ClassVar[frozenset[str]] = NO_NAMES
    class_types: ClassVar[frozenset[str]] = NO_NAMES
    choice_type: ClassVar[str] = ""
    parts: ClassVar[frozenset[str]] = NO_NAMES
    """Expressions that read a part of something, which a condition may have tested."""
    tests: ClassVar[Tests | None] = None
    sum_type: ClassVar[str] = "binary_expression"
    inferred: ClassVar[frozenset[str]] = NO_NAMES
    """What stands in the place of a type that the initial value gives."""

    def __init__(self, unit: Unit, tree: SyntaxTree | None = None) -> None:
        super().__init__(unit, tree)
        self.switches: list[Node] = []
        self._types: dict[int, str] = {}

    # Types

    def type_of(self, node: Node) -> str:
        """The simple name of an expression's type, or of the class that it names; empty if it cannot be told."""
        return self._type(node, 0)

    def simple(self, node: Node | None) -> str:
        """A type without its package, arguments and brackets."""
        text = self.text(node).partition("<")[0].strip("*&?[] \t\n")
        return text.rpartition(".")[2]

    def imported_as(self, name: str) -> str:
        """The dotted name that an import gives to a simple one; empty without such an import."""
        bindings = self.scopes.lookup(name, 0)
        return next((binding.target for binding in bindings if binding.kind == "import"), "")

    def _type(self, node: Node, depth: int) -> str:
        del node, depth
        return ""

    def _type_of_name(self, node: Node, depth: int) -> str:
        """The type of a variable; a name that nothing binds and that is written like a type stands for one."""
        own = self.text(node)
        bindings = self.scopes.lookup(own, node.start_byte)
        for binding in bindings:
            if binding.kind == "import":
                return binding.target.rpartition(".")[2]
            declared = self._types.get(binding.at, "")
            if declared and declared not in self.inferred:
                return declared
            if binding.kind == "value" and binding.value is not None and depth < _MAX_DEPTH:
                found = self._type(binding.value, depth + 1)
                if found:
                    return found
        return own if not bindings and own[:1].isupper() else ""

    def _bindings(self, found: Mapping[str, Node]) -> Iterator[Binding]:
        """What one match of `bindings_query` binds; a variable without a value is bound to its own name."""
        if (switch := found.get("switch")) is not None:
            self.switches.append(switch)
            return
        declared = found.get("type")
        if (name := found.get("name")) is not None:
            if declared is not None:
                self._types[name.start_byte] = self.simple(declared)
            added, loop = found.get("augment"), found.get("loop")
            kind: BindingKind = "augment" if added is not None else "loop" if loop is not None else "value"
            yield Binding(self.text(name), kind, name.start_byte, added or loop or found.get("value") or name.parent)
        elif (parameter := found.get("parameter")) is not None:
            if declared is not None:
                self._types[parameter.start_byte] = self.simple(declared)
            yield Binding(self.text(parameter), "parameter", parameter.start_byte, declared)
        elif (defined := found.get("def") or found.get("other")) is not None:
            yield Binding(self.text(defined), "other", defined.start_byte)

    # Where values come from

    def is_number_type(self, annotation: Node | None) -> bool:
        """Whether a type is one of numbers or of several of them."""
        found = _WRAPPED.fullmatch(self.text(annotation).strip())
        return found is not None and found.group(1) in self.number_types

    def is_text_parameter(self, binding: Binding, *, plain: bool) -> bool:
        """Whether a caller may give any text by a parameter.

        Args:
            binding: the parameter.
            plain: whether it is used as it is, and not only a part of it.
        """
        del plain
        return not self.is_number_type(binding.value)

    def is_receiver(self, binding: Binding) -> bool:
        """Whether a name stands for the object that a method belongs to."""
        del binding
        return False

    def unbound(self, node: Node) -> Template | None:
        """A constant that the document declares elsewhere."""
        value = self.constants.get(self.text(node))
        if value is None:
            return None
        return known(value.strip('@"`') if value[:1] in {'"', "@", "`"} else self.text(node))

    def guarded(self, name: str, at: int) -> bool:
        """Whether a use of a value is reached only with one of a few, or with one of a harmless form."""
        return super().guarded(name, at) or (self.tests is not None and confined(self, name, at, self.tests))

    def leaves(self, part: Node) -> bool:
        """Whether a part of a switch ends the function or raises."""
        return any(child.type in self.exits - {"break_statement"} or self.is_abort(child) for child in _inner(part))

    def is_abort(self, statement: Node) -> bool:
        """Whether a statement is a call that never returns."""
        return re.match(r"(?:panic|log\.Fatal\w*|os\.Exit)\(", self.text(statement)) is not None

    def slice(self, start: int, end: int) -> str:
        """The source between two bytes."""
        return self.source[start:end] if self._ascii else self._encoded[start:end].decode("utf-8", "replace")

    @cached_property
    def _encoded(self) -> bytes:
        return self.source.encode("utf-8", "surrogatepass")

    # Texts

    def texts(self, node: Node) -> tuple[TextValue, ...]:
        """The texts that an expression may have, as far as they stand in this unit."""
        return tuple(islice(self._texts(node, 0), 20))

    def literal(self, node: Node) -> str | None:
        """The characters of a text literal as they are written; None for anything else."""
        node = self.bare(node)
        if node.type not in self.text_types:
            return None
        inner = [child for child in node.named_children if "fragment" in child.type or "content" in child.type]
        if inner:
            last = node.named_children[-1]
            return self.slice(inner[0].start_byte, last.end_byte)
        whole = self.text(node)
        return whole[whole.find('"') + 1 : -1] if '"' in whole else whole.strip("`")

    def last_values(self, node: Node) -> tuple[Binding, ...]:
        """The values that a variable may have at a use of it: those since the last one that every way leads through."""
        kept: list[Binding] = []
        for binding in reversed(self.scopes.lookup(self.text(node), node.start_byte)):
            kept.append(binding)
            if binding.value is None or binding.kind == "augment":
                continue
            block = next((a for a in islice(ancestors(binding.value), _NEAR) if a.type in self.blocks), None)
            if block is not None and block.start_byte <= node.start_byte < block.end_byte:
                break
        return tuple(reversed(kept))

    def whole_number(self, node: Node) -> int | None:
        """The whole number that an expression is: a literal, a variable's only value, a constant declared elsewhere."""
        node = self.bare(node)
        text = self.text(node)
        if node.type in self.identifiers:
            values = self.last_values(node)
            only = values[0].value if len(values) == 1 and values[0].kind == "value" else None
            text = self.text(only) if only is not None else "" if values else self.constants.get(text, "")
        found = _WHOLE.fullmatch(text)
        return int(found.group(1).replace("_", "")) if found is not None else None

    def fallback(self, call: Node) -> Node | None:
        """What a call that looks a setting up gives where there is none."""
        del call
        return None

    def _texts(self, node: Node, depth: int) -> Iterator[TextValue]:
        node = self.bare(node)
        text = self.literal(node)
        if text is not None:
            yield TextValue(text, node)
        elif depth <= _MAX_DEPTH:
            for part, is_fallback in self._ways(node):
                for value in self._texts(part, depth + 1):
                    yield value._replace(fallback=True) if is_fallback else value
            if node.type == self.sum_type:
                template = self.template(node)
                if template.constant:
                    yield TextValue(template.text, node)

    def _ways(self, node: Node) -> Iterator[tuple[Node, bool]]:
        """The expressions whose value another may have, each with whether it is a fallback."""
        if node.type in self.identifiers:
            for binding in self.last_values(node):
                if binding.kind == "value" and binding.value is not None:
                    yield binding.value, False
        elif node.type == self.choice_type:
            for field in ("consequence", "alternative"):
                if (branch := node.child_by_field_name(field)) is not None:
                    yield branch, False
        elif (default := self.fallback(node)) is not None:
            yield default, True

    # Places

    def import_lines_of(self, word: str) -> str:
        """The import statements that hold here, a line each, where they start with this word."""
        own = re.findall(rf"(?m)^\s*{word}\b.*$", self.source)
        return "\n".join((*self.unit.imports, *own))

    def called(self, call: Node) -> TextRange:
        """The place of what is called, its arguments left out."""
        own = call.child_by_field_name("name") or call.child_by_field_name("function") or call
        if own is call:
            own = call.child_by_field_name("type") or call
        return TextRange(self.offset(call.start_byte), self.offset(own.end_byte))

    def function(self, node: Node) -> Node | None:
        """The function or method around a node."""
        return next((around for around in islice(ancestors(node), _NEAR) if around.type in self.function_types), None)

    def bare_parent(self, node: Node) -> Node | None:
        """What a value is put into, parentheses and casts left out."""
        around = node.parent
        while around is not None and around.type in {"parenthesized_expression", "cast_expression", "await_expression"}:
            around = around.parent
        return around

    def block(self, node: Node) -> Node | None:
        """The innermost block around a node."""
        return next((around for around in islice(ancestors(node), _NEAR) if around.type in self.blocks), None)

    def statement(self, node: Node) -> Node | None:
        """The statement that a node stands in: what lies in a block by itself."""
        inner = node
        for around in islice(ancestors(node), _NEAR):
            if around.type in self.blocks:
                return inner
            inner = around
        return None

    def indent(self, node: Node) -> str:
        """The white space before a node on its line."""
        before = self.source.encode("utf-8", "surrogatepass")[: node.start_byte].decode("utf-8", "replace")
        line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
        return line[: len(line) - len(line.lstrip())]

    def newline(self) -> str:
        """How lines end in this unit."""
        return "\r\n" if "\r\n" in self.source else "\n"

    def purposes(self, node: Node) -> Iterator[str]:
        """What a value is for, nearest first: variables, fields and arguments it goes to, the function, the class."""
        inner = node
        for around in islice(ancestors(node), _NEAR):
            name = self._target(around, inner)
            if name:
                yield name
            inner = around

    def _target(self, around: Node, inner: Node) -> str:
        """The name that one level of the tree gives to the value inside it."""
        if around.type in self.function_types or around.type in self.class_types:
            return self.text(around.child_by_field_name("name"))
        left = around.child_by_field_name("left")
        if left is not None and left != inner and "assign" in around.type:
            return self.text(left)
        own = around.child_by_field_name("name")
        return self.text(own) if own is not None and own != inner and "declarat" in around.type else ""

    # Strings

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name."""
        if node.type in self.literal_types:
            return known(self.text(node))
        text = self.literal(node)
        if text is not None:
            return known(text)
        if node.type == self.sum_type:
            return self._sum(node, expansion, depth)
        if node.type == self.choice_type:
            branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
            return expansion.all_of([branch for branch in branches if branch is not None], depth)
        if "declarator" in node.type or node.type in {"var_spec", "const_spec"}:
            return known("")  # a variable without a first value
        return None

    def _sum(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """``a + b``; what other operators give is no text."""
        parts: list[Template] = []
        left: Node | None = node
        while left is not None and left.type == self.sum_type:  # long sums nest to the left: no recursion
            operator, right = left.child_by_field_name("operator"), left.child_by_field_name("right")
            if right is None or len(parts) > _LONGEST_SUM:
                return None
            if self.text(operator) != "+":
                return known("0") if self.text(operator) != "??" else Template((Hole(node),))
            parts.append(expansion.of(right, depth))
            left = self.bare_left(left)
        if left is None:
            return None
        parts.append(expansion.of(left, depth))
        return joined(parts[::-1])

    @staticmethod
    def bare_left(node: Node) -> Node | None:
        """The left side of an operation."""
        return node.child_by_field_name("left")

    def values_of(self, nodes: Iterable[Node]) -> list[Node]:
        """Nodes without comments."""
        return [node for node in nodes if "comment" not in node.type]


def _inner(part: Node) -> list[Node]:
    """The statements of a part of a switch, braces left out."""
    return [inner for child in part.named_children for inner in (child, *_of_list(child))]


def _of_list(node: Node) -> list[Node]:
    return node.named_children if node.type in {"statement_list", "block"} else []
