"""JSX as IR: an element is a call of ``React.createElement`` with its tag, its attributes by name and its children."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.dataflow.javascript.lower_values import Values

ELEMENT = "React.createElement"
_CHILDREN = frozenset({"jsx_element", "jsx_self_closing_element", "jsx_fragment", "jsx_expression"})


def element(values: Values, node: Node) -> ir.Expression:
    """An element, or a fragment."""
    start, end = node.start_byte, node.end_byte
    opening = node.child_by_field_name("open_tag") or node
    name = opening.child_by_field_name("name")
    tag = values.text(name) if name is not None else ""
    given = [ir.Argument(start, start, ir.Const(start, start, tag))]
    for child in opening.named_children:
        given.extend(_attribute(values, child))
    if opening is not node:
        inside = [child for child in node.named_children if child.type in _CHILDREN]
        given += [
            ir.Argument(child.start_byte, child.end_byte, values.of(child))
            for child in inside
            if values.lowering.only(child) is not None
        ]
    return ir.Call(start, end, ir.Name(start, start, ELEMENT), tuple(given))


def _attribute(values: Values, node: Node) -> Iterator[ir.Argument]:
    if node.type == "jsx_expression":
        spread = values.lowering.only(node)
        if spread is not None and spread.type == "spread_element":
            inside = values.of(values.lowering.only(spread))
            yield ir.Argument(node.start_byte, node.end_byte, inside, spread="fields")
        return
    if node.type != "jsx_attribute":
        return
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) == 2:
        yield ir.Argument(node.start_byte, node.end_byte, values.of(parts[1]), name=values.text(parts[0]))
