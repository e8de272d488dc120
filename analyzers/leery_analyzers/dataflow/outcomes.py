"""What variables hold of tests: kept while nothing that was tested changes, and brought together where paths meet.

``ok = name in ALLOWED`` says of ``name`` what the comparison says for as long as both hold what they held then.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from leery_analyzers.dataflow import folding, ir
from leery_analyzers.dataflow.bindings import walk
from leery_analyzers.dataflow.values import all_taints

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import State
    from leery_analyzers.dataflow.values import Value

_LARGEST = 48
"""Nodes of what is remembered of one variable where paths meet."""
_TESTS = (ir.Compare, ir.Bool, ir.Not, ir.Operation, ir.Conditional)


class Path(NamedTuple):
    """The end of a path: what is remembered there, and what holds."""

    tests: Mapping[str, ir.Expression]
    state: State


def tested(engine: Engine, value: ir.Expression) -> ir.Expression | None:
    """The test whose outcome an expression is, be it that of a variable; None if it is none."""
    if isinstance(value, ir.Name):
        return engine.tests.get(value.id)
    called = isinstance(value, ir.Call) and isinstance(value.callee, (ir.Name, ir.Attribute))
    return value if called or isinstance(value, _TESTS) else None


def remember(engine: Engine, name: str, test: ir.Expression | None, before: ir.Expression | None) -> None:
    """Remember what a variable was given, if that is a test.

    Args:
        engine: behind the assignment.
        name: of the variable.
        test: what it was given, as of `tested`.
        before: the test whose outcome it held until then.
    """
    left = _without(engine, test, {name}, before) if test is not None else None
    if left is not None:
        engine.tests[name] = left


def changed(engine: Engine, name: str) -> None:
    """A variable holds something else than before: what was tested of that is past."""
    if engine.touched is not None:
        engine.touched.add(name)
    engine.tests.pop(name, None)
    for key in [*engine.state.cleared] if engine.state.cleared else ():
        if name in key[1] and re.search(rf"[\[(,]\s*{re.escape(name)}\b", key[1]):  # data under another key now
            del engine.state.cleared[key]
    about = [(other, test) for other, test in engine.tests.items() if name in _names(engine, test)]
    for other, test in about:
        _cut(engine, other, test, {name})


def grown(
    engine: Engine, name: str, before: Value | None, after: Value, path: Sequence[ir.Constant | None] = ()
) -> None:
    """Something was put into the object that a variable holds.

    Args:
        engine: behind that.
        name: of the variable.
        before: what it held.
        after: what it holds.
        path: names and keys that lead to what was changed; None for one that is not known.
    """
    about = [(other, test) for other, test in engine.tests.items() if name in _names(engine, test)]
    about = [(other, test) for other, test in about if not path or _reads(test, name, path)]
    if not about and engine.touched is None:
        return
    held = () if before is None else all_taints(before)
    keys = {taint.source.key for taint in held}
    if all(taint.source.key in keys for taint in all_taints(after)):
        return
    if engine.touched is not None:
        engine.touched.add(name)
    for other, test in about:
        if other != name:
            _cut(engine, other, test, {name})


def _reads(node: object, name: str, path: Sequence[ir.Constant | None]) -> bool:
    """Whether a test reads what a path leads to, or something around it or in it."""
    if isinstance(node, tuple):
        return any(_reads(part, name, path) for part in node)
    keys: list[ir.Constant | None] = []
    inner: list[object] = []
    here = node
    while isinstance(here, (ir.Attribute, ir.Index)):
        if isinstance(here, ir.Index):
            inner.append(here.key)
        constant = here.name if isinstance(here, ir.Attribute) else getattr(here.key, "value", None)
        keys.insert(0, constant)
        here = here.base
    if isinstance(here, ir.Name):
        same = (None in {one, other} or one == other for one, other in zip(keys, path, strict=False))
        return (here.id == name and all(same)) or _reads(tuple(inner), name, path)
    if not isinstance(here, ir.Node):
        return False
    parts = [getattr(here, part) for part in ir.PARTS[type(here)]]
    if isinstance(here, ir.Call) and isinstance(here.callee, ir.Attribute):
        parts = [here.callee.base, here.arguments]
    return _reads((*inner, *parts), name, path)


def _cut(engine: Engine, name: str, test: ir.Expression, gone: Collection[str]) -> None:
    left = _without(engine, test, gone, None)
    if left is None:
        del engine.tests[name]
    elif left is not test:
        engine.tests[name] = left


def _names(engine: Engine, test: ir.Expression) -> frozenset[str]:
    """The variables that a test reads."""
    known = engine.reads.get(id(test))
    if known is None:
        nodes = [*walk((test,))]
        names = frozenset(node.id for node in nodes if isinstance(node, ir.Name))
        known = engine.reads[id(test)] = test, names, len(nodes)
    return known[1]


def _without(
    engine: Engine, test: ir.Expression, gone: Collection[str], instead: ir.Expression | None
) -> ir.Expression | None:
    """What is left of a test without what it says of some variables; None if that is nothing.

    Args:
        engine: keeps which variables it reads.
        test: the test.
        gone: the variables.
        instead: the test whose outcome one of them held.
    """
    left: ir.Expression | None = None
    if _names(engine, test).isdisjoint(gone):
        left = test
    elif isinstance(test, ir.Name):
        left = instead
    elif isinstance(test, ir.Not):
        inner = _without(engine, test.operand, gone, instead)
        left = None if inner is None else ir.Not(test.start, test.end, inner)
    elif isinstance(test, ir.Bool):
        parts = [_without(engine, part, gone, instead) for part in test.operands]
        if test.start == test.end or any(parts):
            kept = [part or ir.Unknown(test.start, test.start) for part in parts]
            left = ir.Bool(test.start, test.end, test.op, tuple(kept))
    elif isinstance(test, ir.Conditional):
        asked, then, otherwise = (_without(engine, p, gone, instead) for p in (test.test, test.then, test.otherwise))
        if then is not None and otherwise is not None:
            asked = asked or ir.Unknown(test.start, test.start)
            left = ir.Conditional(test.start, test.end, asked, then, otherwise)
    return left


@contextmanager
def apart(engine: Engine) -> Iterator[None]:
    """Statements that may run again, or in part: nothing that was tested of what they change is remembered behind."""
    kept, outer = dict(engine.tests), engine.touched
    names = engine.touched = set()
    yield
    engine.touched = outer
    if outer is not None:
        outer |= names
    engine.tests = kept
    for name, test in [*kept.items()] if names else ():
        if name in names:
            del kept[name]
        else:
            _cut(engine, name, test, names)


def joined(engine: Engine, done: Path | None, place: ir.Node) -> Path:
    """Where the paths that went on before, if any did, meet the one that ends here."""
    own = Path(engine.tests, engine.state)
    return own if done is None else Path(_met(engine, done, own, place), done.state.join(own.state))


def _met(engine: Engine, one: Path, other: Path, place: ir.Node) -> dict[str, ir.Expression]:
    """What is remembered where two paths meet."""
    tests: dict[str, ir.Expression] = {}
    for name in {**one.tests, **other.tests}:
        left, right = _held(one, name), _held(other, name)
        if left is right:
            tests[name] = left
        elif not isinstance(left, ir.Unknown) and not isinstance(right, ir.Unknown):
            asked = ir.Unknown(place.start, place.start)
            both = ir.Conditional(place.start, place.start, asked, left, right)
            _names(engine, both)
            if engine.reads[id(both)][2] <= _LARGEST:
                tests[name] = both
    return tests


def _held(path: Path, name: str) -> ir.Expression:
    """The test whose outcome a variable holds, or what it counts as; unknown if it is neither."""
    test = path.tests.get(name)
    if test is not None:
        return test
    value = path.state.variables.get(name)
    counts = folding.truth(value) if value is not None and value.is_constant else None
    return ir.Unknown(0, 0) if counts is None else ir.Const(0, 0, counts)
