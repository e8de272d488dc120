"""Where ``break`` and ``continue`` of JavaScript lead: labels, and the loops and switches around."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower import JavaScriptLowering

BLOCK = "{"
"""What stands before the label of a block: a jump without a label does not end that."""


class Jumps:
    """The loops, switches and labelled blocks around a statement; part of a `JavaScriptLowering`.

    Attributes:
        label: what stands before the statement at hand.
    """

    def __init__(self, lowering: JavaScriptLowering) -> None:
        self.lowering = lowering
        self.label = ""
        self._around: list[str] = []

    @contextmanager
    def inside(self, label: str = "") -> Iterator[None]:
        """While the statements of a loop, a switch or a labelled block are lowered."""
        self._around.append(label or self.label)
        self.label = ""
        try:
            yield
        finally:
            self._around.pop()

    def leaves(self, node: Node) -> int:
        """How many of them a jump leaves besides the one that it ends."""
        named = node.child_by_field_name("label")
        label = self.lowering.text(named) if named is not None else ""
        for count, around in enumerate(reversed(self._around)):
            if around.removeprefix(BLOCK) == label if label else not around.startswith(BLOCK):
                return count
        return 0
