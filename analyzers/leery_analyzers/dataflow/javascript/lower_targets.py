"""What JavaScript assigns to, as IR: names, members, patterns; and the keys of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import Expressions

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower import JavaScriptLowering

_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern", "shorthand_property_identifier"})
_PATTERNS = frozenset({"object_pattern", "array_pattern"})
Items = list[tuple["ir.Expression | None", "ir.Expression | ir.Argument"]]


class Targets(Expressions):
    """Lowers targets; the base of what lowers expressions.

    Attributes:
        lowering: that of the unit.
    """

    lowering: JavaScriptLowering

    @staticmethod
    def inside(node: Node | None) -> list[Node]:
        """A node's parts without comments."""
        return [child for child in node.named_children if child.type != "comment"] if node is not None else []

    def key(self, node: Node | None) -> ir.Expression:
        """The key of an object's entry."""
        if node is None:
            return ir.Unknown(0, 0)
        if node.type == "computed_property_name":
            return self.of(self.lowering.only(node))
        if node.type in {"string", "number"}:
            return self.of(node)
        return ir.Const(node.start_byte, node.end_byte, self.lowering.text(node))

    def target(self, node: Node | None, *, declares: bool) -> ir.Expression:
        """What is assigned to: a name, a member, a pattern.

        Args:
            node: its tree.
            declares: whether the names in it belong to the function at hand.
        """
        if node is None:
            return ir.Unknown(0, 0)
        kind = node.type
        if kind in _NAMES:
            return self._named(node, declares=declares)
        if kind in _PATTERNS or (kind in {"object", "array"} and not declares):
            return self._pattern(node, declares=declares)
        if kind in {"assignment_pattern", "object_assignment_pattern", "assignment_expression"}:
            inner = self.target(node.child_by_field_name("left"), declares=declares)
            default = self.of(node.child_by_field_name("right"))
            return ir.AssignExpression(node.start_byte, node.end_byte, inner, default)
        if kind in {"parenthesized_expression", "non_null_expression", "as_expression"}:
            return self.target(self.lowering.only(node), declares=declares)
        made_of = self.of(node)
        self.lowering.functions.touch(made_of)
        return made_of

    def _named(self, node: Node, *, declares: bool) -> ir.Expression:
        """A name; the page's address is a member of its window, whatever name it is assigned by."""
        made = ir.Name(node.start_byte, node.end_byte, self.lowering.text(node))
        if declares:
            self.lowering.functions.declare([made.id])
        elif made.id == "location" and not self.lowering.functions.declares(made.id):
            return ir.Attribute(made.start, made.end, ir.Name(made.start, made.start, "window"), made.id)
        else:
            self.lowering.functions.touch(made)
        return made

    def _pattern(self, node: Node, *, declares: bool) -> ir.Expression:
        """What takes an object or an array apart."""
        start, end = node.start_byte, node.end_byte
        if node.type in {"object_pattern", "object"}:
            return ir.Collection(start, end, "map", tuple(self._entries(node, declares=declares)))
        items: Items = []
        commas = 0
        for child in node.children:
            if child.type == ",":
                commas += 1
                if commas > len(items):
                    items.append((None, ir.Unknown(child.start_byte, child.start_byte)))
            elif child.is_named and child.type != "comment":
                items.append((None, self._held(child, declares=declares)))
        return ir.Collection(start, end, "list", tuple(items))

    def _held(self, node: Node, *, declares: bool) -> ir.Expression | ir.Argument:
        if node.type in {"rest_pattern", "spread_element"}:
            inner = self.target(self.lowering.only(node), declares=declares)
            return ir.Argument(node.start_byte, node.end_byte, inner, spread="items")
        return self.target(node, declares=declares)

    def _entries(self, node: Node, *, declares: bool) -> Items:
        items: Items = []
        for child in self.inside(node):
            if child.type in {"pair_pattern", "pair"}:
                inner = self.target(child.child_by_field_name("value"), declares=declares)
                items.append((self.key(child.child_by_field_name("key")), inner))
            elif child.type in {"rest_pattern", "spread_element"}:
                items.append((None, self._held(child, declares=declares)))
            else:
                own = child.child_by_field_name("left") or child
                key = ir.Const(own.start_byte, own.end_byte, self.lowering.text(own))
                items.append((key, self.target(child, declares=declares)))
        return items
