"""What lowering expressions has in common in every language: which form builds a node, how deep it may nest, the rest.

Knows no language; a language's own forms are a table by the kind of node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tree_sitter import Node

MAX_DEPTH = 100
"""Levels of nesting that are lowered; deeper ones are unknown."""


class Lowering(Protocol):
    """The lowering of a unit.

    Attributes:
        broken: whether something could not be parsed.
        cut: whether something nests too deep.
    """

    broken: bool
    cut: bool


class Expressions:
    """Lowers expressions.

    Attributes:
        depth: levels that are being lowered inside each other.
        forms: what builds the IR of a kind of node.
    """

    lowering: Lowering
    depth: int
    forms: Mapping[str, Callable[[Any, Node], ir.Expression]]

    def of(self, node: Node | None) -> ir.Expression:
        """An expression's IR; `Unknown` for what is not there or nests too deep."""
        if node is None:
            return ir.Unknown(0, 0)
        build = self.forms.get(node.type)
        if build is None or self.depth > MAX_DEPTH:
            return self.unknown(node)
        self.depth += 1
        made = build(self, node)
        self.depth -= 1
        return made

    def all_of(self, nodes: Sequence[Node]) -> tuple[ir.Expression, ...]:
        """The IR of several."""
        return tuple([self.of(node) for node in nodes])

    def unknown(self, node: Node) -> ir.Expression:
        """What there is no form for, with what can be told of its parts."""
        if self.depth > MAX_DEPTH:
            self.lowering.cut = True
            return ir.Unknown(node.start_byte, node.end_byte)
        if node.is_error or node.has_error:
            self.lowering.broken = True
        self.depth += 1
        parts = self.all_of([child for child in node.named_children if child.type in self.forms])
        self.depth -= 1
        return ir.Unknown(node.start_byte, node.end_byte, parts)
