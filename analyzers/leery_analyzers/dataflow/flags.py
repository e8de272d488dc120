"""Flags and lists of faults: what a condition found, remembered until somebody asks for it.

``if (!good(x)) { valid = false; }`` and ``errors.push(…)``: where the flag still stands as it began, or nothing was put
into the list, no such condition held.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.bindings import names_of, walk
from leery_analyzers.dataflow.folding import truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import Closure

_PUTS = frozenset({"push", "append", "add", "unshift"})
_TAKEN = (
    r"\b{0}\s*\.\s*(?:pop|shift|splice|clear|remove|delete|discard|poll|drain|retain|(?:difference|intersection)_update"
    r"|length\s*(?:=(?!=)|-[-=]))|--\s*{0}\s*\.\s*length|\bdel\s*\(?\s*{0}\b"
    r"|\b{0}\s*(?:\[[^\]=]*\]|[*&^-])\s*=(?!=)"
)
"""What takes something out of a list, or puts another thing in its place."""
_MOST = 24
_NOT_EMPTY: Mapping[tuple[str, ir.Constant], bool] = {
    (">", 0): True, ("!=", 0): True, (">=", 1): True, ("==", 0): False, ("<", 1): False, ("<=", 0): False,
}  # fmt: skip
"""Comparisons of a length, and whether they say that there is something."""


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


def decided(node: ir.If) -> dict[str, ir.Expression]:
    """The flags that a condition gives one constant if it holds and another one if not: they hold what it comes to."""
    if len(node.branches) != 1 or not node.otherwise:
        return {}
    test, body = node.branches[0]
    then, otherwise = _changed(body), _changed(node.otherwise)
    found = {name: to for name, to in then.items() if name in otherwise and otherwise[name] is not to}
    bound = {name for statement in (*body, *node.otherwise) for name in names_of(statement)} if found else set()
    read = {part.id for part in walk((test,)) if isinstance(part, ir.Name)} if found else set()
    if bound & read:
        return {}
    return {name: test if to else ir.Not(test.start, test.end, test) for name, to in found.items()}


def remember(engine: Engine, node: ir.If, flags: dict[str, bool], kept: Mapping[str, ir.Expression]) -> None:
    """Remember after a condition what it says of the flags.

    Args:
        engine: behind the condition.
        node: the condition.
        flags: as of `begun`.
        kept: the tests that were known before it.
    """
    function = engine.frame.function
    text = engine.text(function.start, function.end) if function is not None else engine.whole(node)
    for name, before in flags.items():
        if name in engine.twins or _is_taken_from(name, text):
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


def counted(engine: Engine, test: ir.Expression) -> tuple[ir.Name, bool] | None:
    """The list of faults that a condition asks for, and whether something is in it if the condition holds."""
    found: tuple[ir.Expression | None, bool | None] = None, None
    if isinstance(test, ir.Compare):
        known = engine.peek(test.right).only
        empty = isinstance(test.right, ir.Collection) and not test.right.items
        if empty and test.op in {"==", "!="}:
            found = test.left, test.op == "!="
        elif known is not None and isinstance(test.left, ir.Call):
            found = _measured(test.left), _NOT_EMPTY.get((test.op, known[0]))
    elif isinstance(test, ir.Call):
        name = getattr(test.callee, "name", "")
        given = test.arguments[0].value if len(test.arguments) == 1 else getattr(test.callee, "base", None)
        found = (given, name == "isNotEmpty") if name in {"isEmpty", "isNotEmpty"} else (_measured(test), True)
    listed, some = found
    return (listed, some) if isinstance(listed, ir.Name) and some is not None else None


def _measured(call: ir.Call) -> ir.Expression | None:
    """What a call tells the length of."""
    if isinstance(call.callee, ir.Attribute) and call.callee.name == "size" and not call.arguments:
        return call.callee.base
    named = isinstance(call.callee, ir.Name) and call.callee.id in {"len", "bool", "any"}
    return call.arguments[0].value if named and len(call.arguments) == 1 else None


def handed(engine: Engine, closure: Closure, given: Arguments) -> None:
    """A function of the document that was given a list may have taken out of it what a condition put in."""
    for parameter, (_, place) in zip(closure.function.passed, given.positional, strict=False):
        if isinstance(place, ir.Name) and _is_kept(engine.tests.get(place.id)):
            text = engine.text(closure.function.start, closure.function.end)
            if _is_taken_from(parameter.name, text):
                del engine.tests[place.id]


def shared(engine: Engine, *names: str) -> None:
    """A list has two names: what is taken out of it under one is gone under the other."""
    for name in names:
        if _is_kept(engine.tests.get(name)):
            del engine.tests[name]


def _is_kept(test: ir.Expression | None) -> bool:
    """Whether a test is what conditions said of a flag."""
    return isinstance(test, ir.Bool) and test.start == test.end


def _is_taken_from(name: str, text: str) -> bool:
    return re.search(_TAKEN.format(re.escape(name)), text) is not None


def _changed(body: ir.Block) -> dict[str, bool]:
    """Names that the statements of a branch give a constant, or put something into: what they count as then."""
    found: dict[str, bool] = {}
    for statement in body:
        for name, to in _given(statement):
            if found.get(name) is not to:
                found.pop(name, None)
        if isinstance(statement, ir.Assign) and isinstance(statement.value, ir.Const) and not statement.op:
            to = bool(statement.value.value)
            found.update((target.id, to) for target in statement.targets if isinstance(target, ir.Name))
        elif isinstance(statement, ir.Evaluate):
            found.update(_done(statement.value))
    return found


def _given(statement: ir.Statement) -> Iterator[tuple[str, bool | None]]:
    """The names that get something anywhere in a statement, and what they count as then if that is a constant."""
    for part in walk((statement,)):
        if isinstance(part, (ir.Assign, ir.AssignExpression)):
            plain = isinstance(part, ir.AssignExpression) or not part.op
            to = bool(part.value.value) if plain and isinstance(part.value, ir.Const) else None
            for target in part.targets if isinstance(part, ir.Assign) else (part.target,):
                if isinstance(target, ir.Name):
                    yield target.id, to


def _done(node: ir.Expression) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ir.AssignExpression):
        if isinstance(node.value, ir.Const) and isinstance(node.target, ir.Name):
            yield node.target.id, bool(node.value.value)
        return
    callee = node.callee if isinstance(node, ir.Call) else None
    if isinstance(callee, ir.Attribute) and callee.name in _PUTS and isinstance(callee.base, ir.Name):
        yield callee.base.id, True
