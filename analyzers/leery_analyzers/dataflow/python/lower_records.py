"""Classes of Python that say which fields they have, and get a constructor for them: data classes, models, tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.dataflow.python.lower import PythonLowering

_DECORATORS = frozenset({"dataclass", "define", "frozen", "attrs", "mutable", "attributes", "s"})
_BASES = frozenset({"BaseModel", "NamedTuple", "SQLModel", "Struct", "TypedDict"})
_NO_FIELD = ("ClassVar", "ConfigDict", "typing.ClassVar")


def constructor(lowering: PythonLowering, node: Node, made: ir.DefineClass) -> tuple[ir.Statement, ...]:
    """The ``__init__`` that such a class gets, if it has none of its own.

    Args:
        lowering: of the unit.
        node: the class.
        made: the same as IR.
    """
    if not (_names(made.decorators) & _DECORATORS or _names(made.bases) & _BASES):
        return ()
    if any(isinstance(item, ir.Define) and item.function.name == "__init__" for item in made.body):
        return ()
    fields = tuple(_fields(lowering, node))
    if not fields:
        return ()
    start, end = fields[0].start, fields[-1].end
    own = ir.Parameter(start, start, "self")
    body = tuple(_kept(field) for field in fields)
    function = ir.Function(start, end, "__init__", (own, *fields), body, is_method=True)
    return (ir.Define(start, end, function),)


def _fields(lowering: PythonLowering, node: Node) -> Iterator[ir.Parameter]:
    holder = node.child_by_field_name("body")
    for child in holder.named_children if holder is not None else ():
        inner = child.named_children[0] if child.type == "expression_statement" and child.named_children else None
        kind = inner.child_by_field_name("type") if inner is not None and inner.type == "assignment" else None
        left = inner.child_by_field_name("left") if inner is not None and kind is not None else None
        if inner is None or kind is None or left is None or left.type != "identifier":
            continue
        annotation = lowering.text(kind)
        if not annotation.startswith(_NO_FIELD):
            right = inner.child_by_field_name("right")
            default = lowering.values.of(right) if right is not None else None
            yield ir.Parameter(inner.start_byte, inner.end_byte, lowering.text(left), annotation, default)


def _kept(field: ir.Parameter) -> ir.Statement:
    start, end = field.start, field.start + len(field.name.encode())
    target = ir.Attribute(start, end, ir.Name(start, end, "self"), field.name)
    value = ir.Cast(start, end, ir.Name(start, end, field.name), field.annotation)
    return ir.Assign(start, end, (target,), value)


def _names(nodes: tuple[ir.Expression, ...]) -> set[str]:
    """The last parts of names, also of those that are called."""
    plain = [node.callee if isinstance(node, ir.Call) else node for node in nodes]
    return {node.name if isinstance(node, ir.Attribute) else getattr(node, "id", "") for node in plain}
