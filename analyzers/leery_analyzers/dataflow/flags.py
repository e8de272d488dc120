"""Flags and lists of faults: what a condition found, remembered until somebody asks for it.

``if (!good(x)) { valid = false; }`` and ``errors.push(…)``: where the flag still stands as it began, or nothing was put
into the list, no such condition held.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.folding import truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.dataflow.engine import Engine

_PUTS = frozenset({"push", "append", "add", "unshift"})
_TAKEN = r"\b{}\s*\.\s*(?:pop|shift|splice|clear|remove|delete|length\s*=(?!=))"
_MOST = 24


def begun(engine: Engine, node: ir.If) -> dict[str, bool]:
    """The flags that all branches of a condition change, and lists they all add to, with what they count as before."""
    if node.otherwise or not node.branches or not node.branches[0][1]:
        return {}
    changed = [_changed(body) for _, body in node.branches]
    names = {name for name, to in changed[0].items() if all(other.get(name) is to for other in changed)}
    found: dict[str, bool] = {}
    for name in names:
        value = engine.lookup(name, outside=False)
        kept = engine.tests.get(name)
        known = isinstance(kept, ir.Bool) and kept.start == kept.end
        listed = value is not None and (value.items == () or (known and value.fields is None and not value.constants))
        before = False if listed else truth(value) if value is not None and value.is_constant else None
        if before is None and known and isinstance(kept, ir.Bool):
            before = kept.op == "and"
        if before is not None and changed[0][name] is not before:
            found[name] = before
    return found


def remember(engine: Engine, node: ir.If, flags: dict[str, bool], kept: Mapping[str, ir.Expression]) -> None:
    """Remember after a condition what it says of the flags.

    Args:
        engine: behind the condition.
        node: the condition.
        flags: as of `begun`.
        kept: the tests that were known before it.
    """
    function = engine.frame.function
    text = engine.text(function.start, function.end) if function is not None else ""
    for name, before in flags.items():
        if re.search(_TAKEN.format(re.escape(name)), text):
            continue
        known = kept.get(name)
        tests: list[ir.Expression] = (
            [*known.operands] if isinstance(known, ir.Bool) and known.start == known.end else []
        )
        here = node.start, node.start
        for test, _ in node.branches:
            tests.append(ir.Not(*here, test) if before else test)
        if len(tests) <= _MOST:
            engine.tests[name] = ir.Bool(*here, "and" if before else "or", tuple(tests))


def forget(engine: Engine, kept: Mapping[str, ir.Expression]) -> None:
    """Forget what conditions say of flags that were not asked on every path.

    Args:
        engine: behind the statement that they stand in.
        kept: the tests that were known before it.
    """
    for name, test in [*engine.tests.items()]:
        if isinstance(test, ir.Bool) and test.start == test.end and kept.get(name) is not test:
            del engine.tests[name]


def _changed(body: ir.Block) -> dict[str, bool]:
    """Names that the statements of a branch give a constant, or put something into: what they count as then."""
    found: dict[str, bool] = {}
    for statement in body:
        if isinstance(statement, ir.Assign) and isinstance(statement.value, ir.Const) and not statement.op:
            to = bool(statement.value.value)
            found.update((target.id, to) for target in statement.targets if isinstance(target, ir.Name))
        elif isinstance(statement, ir.Evaluate):
            found.update(_done(statement.value))
    return found


def _done(node: ir.Expression) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ir.AssignExpression):
        if isinstance(node.value, ir.Const) and isinstance(node.target, ir.Name):
            yield node.target.id, bool(node.value.value)
        return
    callee = node.callee if isinstance(node, ir.Call) else None
    if isinstance(callee, ir.Attribute) and callee.name in _PUTS and isinstance(callee.base, ir.Name):
        yield callee.base.id, True
