"""Which top-level statements of a unit say what a name stands for. Looks at IR only and evaluates nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MULTILINE = frozenset({"M", "MULTILINE"})


def bindings(module: ir.Module) -> Mapping[str, list[int]]:
    """By name, the top-level statements that bind it, or call a member of what they have bound; by index.

    Imports that stand elsewhere in the document, which have no place, count for the unit where they stand.
    """
    binding: dict[str, list[int]] = {}
    calling: dict[str, list[int]] = {}
    for index, statement in enumerate(module.body):
        for name in dict.fromkeys(names_of(statement)):
            binding.setdefault(name, []).append(index)
        called = _called_on(statement)
        if called:
            calling.setdefault(called, []).append(index)
    return {name: sorted({*indices, *calling.get(name, ())}) for name, indices in binding.items()}


def walk(body: tuple[ir.Node, ...]) -> Iterator[ir.Node]:
    """Every node of statements."""
    stack: list[object] = [body]
    while stack:
        here = stack.pop()
        if isinstance(here, tuple):
            stack.extend(here)
        elif isinstance(here, ir.Node):
            yield here
            stack.extend([getattr(here, name) for name in ir.PARTS[type(here)]])


def is_multiline(given: Iterable[ir.Node]) -> bool:
    """Whether the flags of a regular expression say that each line has a start and an end."""
    parts = (part for node in given for part in walk((node,)))
    return any(getattr(part, "name", getattr(part, "id", "")) in _MULTILINE for part in parts)


def is_assigned(function: ir.Function, name: str) -> bool:
    """Whether a function gives one of its parameters another value, or changes a part of it."""
    return any(name in names_of(statement) for statement in function.body)


def names_of(statement: ir.Statement) -> Iterator[str]:
    """The names that a statement binds, anywhere in it but in functions."""
    stack: list[ir.Statement] = [statement]
    while stack:
        here = stack.pop()
        stack.extend(_inner(here))
        if isinstance(here, ir.Assign):
            for target in here.targets:
                yield from bound_names(target)
        elif isinstance(here, ir.DefineClass) or (isinstance(here, ir.Import) and here.start >= 0):
            yield here.name
        elif isinstance(here, ir.Define):
            yield here.function.name
        elif isinstance(here, ir.Loop) and here.target is not None:
            yield from bound_names(here.target)


def _inner(statement: ir.Statement) -> Iterator[ir.Statement]:
    if isinstance(statement, ir.If):
        for _, body in statement.branches:
            yield from body
        yield from statement.otherwise
    elif isinstance(statement, ir.Loop):
        yield from (*statement.body, *statement.otherwise)
    elif isinstance(statement, ir.Try):
        yield from (*statement.body, *statement.otherwise, *statement.final)
        for handler in statement.handlers:
            yield from handler.body
    elif isinstance(statement, ir.Sequence):
        yield from statement.body


def _called_on(statement: ir.Statement) -> str:
    """The name whose member a statement calls; empty if it does nothing of the kind."""
    if isinstance(statement, ir.Evaluate) and isinstance(statement.value, ir.Call):
        callee = statement.value.callee
        if isinstance(callee, ir.Attribute) and isinstance(callee.base, ir.Name):
            return callee.base.id
    return ""


def bound_names(target: ir.Expression | ir.Argument) -> Iterator[str]:
    """The variables that a target gives values, or changes parts of."""
    if isinstance(target, ir.Argument):
        target = target.value
    if isinstance(target, ir.AssignExpression):
        target = target.target
    if isinstance(target, ir.Name):
        yield target.id
    elif isinstance(target, ir.Collection):
        for _, item in target.items:
            yield from bound_names(item)
    elif isinstance(target, (ir.Index, ir.Attribute)):
        yield from bound_names(target.base)
