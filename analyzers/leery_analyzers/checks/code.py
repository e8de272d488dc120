"""A unit as checks see it: its tree, places in it, what names mean, and what strings are made of.

Holds what the languages share; `python_code` and `javascript_code` know their grammars. A `Code` lives for one
analysis. It knows no rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.scopes import Binding, Scopes, Span
from leery_analyzers.checks.templates import Hole, Template, joined, known
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tree_sitter import Node

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.syntax import SyntaxTree

NO_NAMES: frozenset[str] = frozenset()
_ALL_CAPS = re.compile(r"_*[A-Z][A-Z0-9_]+")
_ALLOWED = re.compile(r"(?i)allow|valid|permit|whitelist|known|support|choices|columns|fields")
_ENDINGS = frozenset({"js", "mjs", "cjs", "jsx", "ts", "tsx", "json"})
"""What a module's own name may end with, in JavaScript."""
_IMPORTS = re.compile(
    r"(?m)^[ \t]*(?:(?:from\s+[\w.]+\s+)?import\b(?:[^\n({]*[({][^)}]*[)}])?[^\n]*"
    r"|(?:const|let|var)\s+(?:\{[^}]*\}|\w+)\s*=\s*require\([^\n]*)"
)
"""Import statements, in the languages whose names checks spell."""
_WORD = re.compile(r"[^\W\d]\w*")
_MAX_DEPTH = 24
_MAX_STEPS = 600
_MAX_VALUES = 6
_MOST_GUARDS = 100
_NO_SCOPES = Scopes((), (), ())


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a call.

    Attributes:
        positional: values without a name, in order.
        named: values by name.
        nodes: the whole argument by name, ``name=value``.
        spread: whether some come from an unpacked collection, so that more may be passed than is seen.
    """

    positional: tuple[Node, ...]
    named: Mapping[str, Node]
    nodes: Mapping[str, Node]
    spread: bool = False

    def get(self, position: int, name: str = "") -> Node | None:
        """The value at a position or, failing that, under a name."""
        if position < len(self.positional):
            return self.positional[position]
        return self.named.get(name) if name else None


@dataclass(frozen=True, slots=True)
class _Guard:
    """An ``if`` and the condition it tests."""

    condition: str
    start: int
    end: int
    body_start: int
    body_end: int
    leaves: bool


class Code:
    """One unit; by itself without a grammar, so that only characters can be looked at.

    Args:
        unit: the unit.
        tree: its tree; None if nothing was parsed.
    """

    bindings_query: ClassVar[str] = ""
    calls_query: ClassVar[str] = ""
    exits: ClassVar[frozenset[str]] = NO_NAMES
    blocks: ClassVar[frozenset[str]] = NO_NAMES
    identifiers: ClassVar[frozenset[str]] = NO_NAMES
    number_types: ClassVar[frozenset[str]] = NO_NAMES
    member: ClassVar[str] = ""
    member_field: ClassVar[str] = ""

    def __init__(self, unit: Unit, tree: SyntaxTree | None = None) -> None:
        self.unit = unit
        self.tree = tree
        self.source = unit.source
        self.scopes = _NO_SCOPES
        self.guards: list[_Guard] = []
        self.constants = dict(unit.constants)
        self._prefix = len(unit.prefix)
        self._ascii = self.source.isascii()
        self._callees: dict[int, str] = {}
        self._arguments: dict[int, Arguments] = {}

    # Places

    def offset(self, byte: int) -> int:
        """The offset in ``unit.text``, code points, of a byte of the parsed source."""
        return byte - self._prefix if self._ascii or self.tree is None else self.tree.offset(byte)

    def range(self, node: Node) -> TextRange:
        """A node's place in ``unit.text``; outside of it for what stands in the wrapping lines."""
        return TextRange(self.offset(node.start_byte), self.offset(node.end_byte))

    def text(self, node: Node | None) -> str:
        """A node's text; empty without a node."""
        if node is None or self.tree is None:
            return ""
        return self.source[node.start_byte : node.end_byte] if self._ascii else self.tree.text(node)

    def replace(self, node: Node, text: str) -> TextEdit:
        """An edit that puts `text` in the place of a node."""
        place = self.range(node)
        return TextEdit(place.start, place.end, text)

    def insert(self, byte: int, text: str) -> TextEdit:
        """An edit that inserts `text` before a byte of the parsed source."""
        at = self.offset(byte)
        return TextEdit(at, at, text)

    @cached_property
    def import_lines(self) -> str:
        """The import statements that hold here, those of the unit itself included, a line each."""
        own = re.findall(r"(?m)^.*(?:\bimport\b|\brequire\(|\bfrom\b).*$", self.source)
        return "\n".join((*self.unit.imports, *own))

    # Names

    def spelled(self, text: str) -> str:
        """Some code with what is imported under another name called as where it comes from."""
        if not self._aliases:
            return text
        return _WORD.sub(lambda found: self._aliases.get(found[0], found[0]), text)

    @cached_property
    def _aliases(self) -> dict[str, str]:
        own = (found[0] for found in _IMPORTS.finditer(self.source))
        names = self._names_of((*self.unit.imports, *own))
        return {name: member for name, target in names if (member := _member(target)) not in {"", name}}

    def bind(self, matches: Sequence[Mapping[str, Node]]) -> None:
        """Take in the matches of `bindings_query`."""
        spans: list[Span] = []
        bindings: dict[tuple[int, str], Binding] = {}
        outside: list[tuple[int, int]] = []
        for found in matches:
            for label in ("scope", "class"):
                if (node := found.get(label)) is not None:
                    spans.append(Span(node.start_byte, node.end_byte, label == "class"))
                    if (own := found.get("def")) is not None:
                        outside.append((own.start_byte, node.start_byte))
            if (branch := found.get("if")) is not None:
                self._guard(branch, found["condition"], found["body"])
            for binding in self._bindings(found):
                key = (binding.at, binding.name)
                if key not in bindings or binding.kind == "import":
                    bindings[key] = binding
        self.guards.sort(key=attrgetter("start"))
        for index, (name, target) in enumerate(self._names_of(self.unit.imports)):
            bindings[-1 - index, name] = Binding(name, "import", -1 - index, target=target)
        self.scopes = Scopes(spans, bindings.values(), outside)

    def callee(self, call: Node) -> str:
        """The dotted name of what a call calls, as `name` gives it."""
        known_name = self._callees.get(call.id)
        if known_name is None:
            function = call.child_by_field_name("function") or call.child_by_field_name("constructor")
            known_name = self._callees[call.id] = self.name(function) if function is not None else ""
        return known_name

    def name(self, node: Node) -> str:
        """The dotted name an expression stands for, through imports and plain aliases.

        A name that nothing here binds stands for itself, so pasted code without its imports is understood. Empty for
        everything else: calls, and what hangs on a local variable.
        """
        return self._name(node, 0)

    def method(self, call: Node) -> str:
        """The last part of what a call calls: ``execute`` of ``db.cursor().execute``, whatever it is imported as."""
        function = call.child_by_field_name("function")
        if function is None:
            return ""
        if function.type in self.identifiers:
            holder, _, last = self.callee(call).rpartition(".")
            return last if holder and last != "default" else self.text(function)
        last_part = function.child_by_field_name(self.member_field) if function.type == self.member else None
        return self.text(last_part) if last_part is not None and last_part.type in self.identifiers else ""

    def _name(self, node: Node, depth: int) -> str:
        if depth > _MAX_DEPTH:
            return ""
        node = self.bare(node)
        if node.type in self.identifiers:
            return self._identifier_name(node, depth)
        if node.type == self.member:
            base = node.child_by_field_name("object")
            last = node.child_by_field_name(self.member_field)
            head = self._name(base, depth + 1) if base is not None else ""
            return f"{head}.{self.text(last)}" if head and last is not None else ""
        return self._special_name(node, depth)

    def _identifier_name(self, node: Node, depth: int) -> str:
        own = self.text(node)
        bindings = self.scopes.lookup(own, node.start_byte)
        if not bindings:
            return own
        if len(bindings) == 1 or all(b.kind == "import" for b in bindings):
            binding = bindings[-1]
            if binding.kind == "import":
                return binding.target
            if binding.kind == "value" and binding.value is not None:
                return self._name(binding.value, depth + 1)
        return ""

    def bare(self, node: Node) -> Node:
        """The expression inside parentheses, type assertions and ``await``."""
        return node

    def arguments(self, call: Node) -> Arguments:
        """The arguments of a call."""
        del call
        return Arguments((), {}, {})

    def _bindings(self, found: Mapping[str, Node]) -> Iterable[Binding]:
        """What one match of `bindings_query` binds."""
        del found
        return ()

    def _names_of(self, statements: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Each name that import statements bind, and the dotted name it stands for."""
        del statements
        return ()

    def _special_name(self, node: Node, depth: int) -> str:
        """The dotted name of an expression that is neither identifier nor member access."""
        del node, depth
        return ""

    # Strings

    def template(self, node: Node, safe: frozenset[str] = NO_NAMES) -> Template:
        """What a string expression is made of, following local variables.

        Args:
            node: the expression.
            safe: calls whose result counts as known: dotted names, or ``.name`` for a method of anything.
        """
        return Expansion(self, safe).of(node)

    def constant(self, node: Node, safe: frozenset[str] = NO_NAMES) -> bool:
        """Whether nothing unknown gets into the value of an expression."""
        return self.template(node, safe).constant

    def pieces(self, node: Node, expansion: Expansion, depth: int) -> Template | None:
        """The pieces of an expression that is no plain name; None if its value is unknown."""
        del node, expansion, depth
        return None

    def unbound(self, node: Node) -> Template | None:
        """What is known of a name that nothing in the unit binds."""
        del node
        return None

    def is_number_type(self, annotation: Node | None) -> bool:
        """Whether a type annotation names a number."""
        return self.text(annotation).strip(" :") in self.number_types

    # Guards: ``if x not in ALLOWED: raise``

    def guarded(self, name: str, at: int) -> bool:
        """Whether a use of `name` at byte `at` is reached only after finding it among known values."""
        before = bisect_left(self.guards, at, key=attrgetter("start"))
        for guard in self.guards[max(0, before - _MOST_GUARDS) : before]:
            if name not in guard.condition:
                continue
            inside = guard.body_start <= at < guard.body_end
            for collection, negated in self._memberships(guard.condition, name):
                if not (
                    _ALL_CAPS.fullmatch(collection)
                    or collection[:1] in "[({"
                    or _ALLOWED.search(collection)
                    or collection in self.constants
                ):
                    continue
                if (inside and not negated) or (negated and guard.leaves and guard.end <= at):
                    return True
        return False

    def _guard(self, branch: Node, condition: Node, body: Node) -> None:
        last = body.named_children[-1] if body.named_children and body.type in self.blocks else body
        tail = self.text(last)
        leaves = last.type in self.exits or re.match(r"\s*(\w+\.)*(abort|exit|fail|error)\(", tail) is not None
        told = self.condition(branch, condition)
        self.guards.append(_Guard(told, branch.start_byte, branch.end_byte, body.start_byte, body.end_byte, leaves))

    def condition(self, branch: Node, condition: Node) -> str:
        """What an ``if`` tests, as written."""
        del branch
        return self.text(condition)

    def _memberships(self, condition: str, name: str) -> Iterable[tuple[str, bool]]:
        """Collections that a condition looks `name` up in, each with whether the test is negated."""
        del condition, name
        return ()


class Expansion:
    """One reading of a string expression; bounded, since text may be as deep and as long as it likes."""

    def __init__(self, code: Code, safe: frozenset[str]) -> None:
        self.code = code
        self.safe = safe
        self._steps = 0
        self._open: set[int] = set()

    def of(self, node: Node, depth: int = 0) -> Template:
        """The template of an expression."""
        self._steps += 1
        if depth > _MAX_DEPTH or self._steps > _MAX_STEPS:
            return Template((Hole(node),))
        inner = self.code.bare(node)
        if inner.type in self.code.identifiers:
            return self._of_name(inner, depth)
        pieces = self.code.pieces(inner, self, depth + 1)
        return pieces if pieces is not None else Template((Hole(inner),))

    def all_of(self, nodes: Iterable[Node], depth: int) -> Template:
        """The templates of several expressions, one after the other."""
        parts: list[Template] = []
        for node in nodes:
            parts.append(self.of(node, depth))
            if self._steps > _MAX_STEPS:
                break
        return joined(parts)

    def is_safe(self, name: str, method: str) -> bool:
        """Whether the result of a call counts as known."""
        return name in self.safe or f".{method}" in self.safe

    def _of_name(self, node: Node, depth: int) -> Template:
        name = self.code.text(node)
        bindings = self.code.scopes.lookup(name, node.start_byte)
        unknown = Template((Hole(node),))
        if not bindings or all(binding.kind == "import" for binding in bindings):
            return known(name) if is_constant_name(name) else self.code.unbound(node) or unknown
        if self.code.guarded(name, node.start_byte):
            return known(name)
        if sum(binding.kind != "augment" for binding in bindings) > _MAX_VALUES:
            return unknown
        parts: list[Template] = []
        for binding in bindings:
            part = self._of_binding(binding, node, depth)
            if part is None:
                return unknown
            parts.append(part)
        return joined(parts)

    def _of_binding(self, binding: Binding, use: Node, depth: int) -> Template | None:
        if binding.kind == "parameter":
            return Template((Hole(use, number=self.code.is_number_type(binding.value)),))
        if binding.value is None or binding.kind in {"import", "other"}:
            return None
        if binding.at in self._open:
            return known("")
        self._open.add(binding.at)
        try:
            part = self.of(binding.value, depth + 1)
        finally:
            self._open.discard(binding.at)
        if binding.kind == "loop" and not part.constant:
            return None
        if part.opaque and part.holes[0].node.type not in self.code.identifiers:
            return Template((Hole(use),))  # name the variable, not the call it was taken from
        return part


def _member(target: str) -> str:
    """What an imported name is called in the module it comes from; empty where that cannot be told."""
    module, _, name = target.rpartition(".")
    return name if module and name.isidentifier() and name not in _ENDINGS else ""


def is_constant_name(name: str) -> bool:
    """Whether a name is written as constants are, ``LIKE_THIS``."""
    return _ALL_CAPS.fullmatch(name) is not None
