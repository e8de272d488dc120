"""Java's checks of a text character by character: what holds of every character holds of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.bindings import walk
from leery_analyzers.dataflow.java.lines import absent, refused, ruled_out
from leery_analyzers.dataflow.values import EVERY, Clearance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow.guards import Guards

_HARMLESS = frozenset({"isDigit", "isLetterOrDigit", "isLetter", "isAlphabetic", "isUpperCase", "isLowerCase"})
_PLAIN = frozenset("_-")
_ASKED_OF_ALL = {("allMatch", True): True, ("noneMatch", True): False, ("anyMatch", False): False}
"""By method and answer: whether its test holds of every character; the opposite does otherwise."""
_ENDS = (ir.Return, ir.Raise)


def every_character(guards: Guards, test: ir.Call, callee: ir.Attribute, *, holds: bool) -> bool:
    """``text.chars().allMatch(Character::isDigit)``, or that none is another; whether that is what the test is."""
    base = callee.base
    wanted = _ASKED_OF_ALL.get((callee.name, holds))
    if wanted is None or len(test.arguments) != 1 or not isinstance(base, ir.Call):
        return False
    made, check = base.callee, test.arguments[0].value
    if not isinstance(made, ir.Attribute) or made.name not in {"chars", "codePoints"}:
        return False
    if isinstance(check, ir.Lambda) and check.function.body and check.function.parameters:
        last = check.function.body[-1]
        if isinstance(last, ir.Return) and last.value is not None:
            name = check.function.parameters[0].name
            gone = ruled_out(last.value, {name}, wanted=wanted)
            if gone:
                absent(guards, made.base, gone, test)
                return True
            asked = last.value if wanted else last.value.operand if isinstance(last.value, ir.Not) else None
            if asked is not None and _is_harmless(asked, {name}):
                said = guards.engine.text(test.start, test.end)
                guards.narrow(made.base, Clearance(frozenset({EVERY}), f"`{said}` holds", test.start, test.end))
                return True
    return False


def checked_by_loop(guards: Guards, loop: ir.Loop) -> None:
    """A loop that comes to its end only if no character is another one: ``if (!Character.isDigit(c)) return``."""
    names: dict[str, ir.Expression] = {}
    text = _characters_of(loop.iterable)
    if text is not None and isinstance(loop.target, ir.Name):
        names[loop.target.id] = text
    for statement in loop.body:
        if (
            isinstance(statement, ir.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ir.Name)
        ):
            text = _character_of(statement.value)
            if text is not None:
                names[statement.targets[0].id] = text
        elif isinstance(statement, ir.If) and len(statement.branches) == 1 and not statement.otherwise:
            test, body = statement.branches[0]
            if body and isinstance(body[-1], _ENDS):
                _narrow(guards, test, names)
                for text in {id(item): item for item in (*names.values(), *_asked_directly(test))}.values():
                    absent(guards, text, refused(test, names), test)


def _narrow(guards: Guards, test: ir.Expression, names: dict[str, ir.Expression]) -> None:
    refused = test.operands if isinstance(test, ir.Bool) and test.op == "and" else (test,)
    for subject in {item for check in refused for item in _subjects(check)}:
        text = names.get(subject) if isinstance(subject, str) else subject
        if text is None or not all(_is_refused(check, subject) for check in refused):
            continue
        said = guards.engine.text(test.start, test.end)
        proof = Clearance(frozenset({EVERY}), f"`{said}` keeps harmful characters out", test.start, test.end)
        guards.narrow(text, proof)


def _asked_directly(test: ir.Expression) -> list[ir.Expression]:
    """The texts of which a test asks for ``text.charAt(index)`` itself."""
    return [text for node in _within(test) if (text := _character_of(node)) is not None]


def _within(test: ir.Expression) -> Iterator[ir.Expression]:
    """The operands that a test is made of."""
    for node in walk((ir.Evaluate(test.start, test.end, test),)):
        if isinstance(node, ir.Expression):
            yield node


def _subjects(check: ir.Expression) -> list[str | ir.Expression]:
    """The variable, or the text whose character is asked directly."""
    call = check.operand if isinstance(check, ir.Not) else check
    if isinstance(call, ir.Bool):
        return [found for item in call.operands for found in _subjects(item)]
    if isinstance(call, ir.Compare):
        return [call.left.id] if isinstance(call.left, ir.Name) else []
    if not isinstance(call, ir.Call) or len(call.arguments) != 1:
        return []
    asked = call.arguments[0].value
    if isinstance(asked, ir.Name):
        return [asked.id]
    text = _character_of(asked)
    return [text] if text is not None else []


def _is_refused(check: ir.Expression, subject: str | ir.Expression) -> bool:
    names = {subject} if isinstance(subject, str) else set[str]()
    if isinstance(check, ir.Not):
        return _is_harmless(check.operand, names)
    if isinstance(check, ir.Compare) and check.op == "!=":
        return isinstance(check.right, ir.Const) and check.right.value in _PLAIN
    return False


def _is_harmless(check: ir.Expression, names: set[str]) -> bool:
    """Whether a test holds of harmless characters alone."""
    if isinstance(check, ir.Bool) and check.op == "or":
        return all(_is_harmless(item, names) for item in check.operands)
    if isinstance(check, ir.Bool) and len(check.operands) == 2:
        return _is_range(check.operands[0], check.operands[1], names)
    if isinstance(check, ir.Compare) and check.op == "==":
        return isinstance(check.right, ir.Const) and check.right.value in _PLAIN
    if not isinstance(check, ir.Call) or not isinstance(check.callee, ir.Attribute) or len(check.arguments) != 1:
        return False
    asked = check.arguments[0].value
    if isinstance(asked, ir.Cast):
        asked = asked.value
    known = isinstance(asked, ir.Name) and (not names or asked.id in names)
    return check.callee.name in _HARMLESS and (known or _character_of(asked) is not None)


def _is_range(low: ir.Expression, high: ir.Expression, names: set[str]) -> bool:
    """``c >= 'a' && c <= 'z'``."""
    if not isinstance(low, ir.Compare) or not isinstance(high, ir.Compare) or (low.op, high.op) != (">=", "<="):
        return False
    first, last = (item.right.value if isinstance(item.right, ir.Const) else None for item in (low, high))
    same = isinstance(low.left, ir.Name) and isinstance(high.left, ir.Name) and low.left.id == high.left.id
    known = same and isinstance(low.left, ir.Name) and (not names or low.left.id in names)
    return known and (first, last) in {("a", "z"), ("A", "Z"), ("0", "9")}


def escapes(function: ir.Function) -> frozenset[str]:
    """The characters that a function writes in another form, or leaves out, where it looks at each of a text."""
    found: set[str] = set()
    for loop in (node for node in walk(function.body) if isinstance(node, ir.Loop)):
        names = {loop.target.id} if isinstance(loop.target, ir.Name) and _characters_of(loop.iterable) else set[str]()
        inside = list(walk(loop.body))
        for node in inside:
            if isinstance(node, ir.Assign) and _character_of(node.value) is not None:
                names.update(target.id for target in node.targets if isinstance(target, ir.Name))
        for branching in (node for node in inside if isinstance(node, ir.If)):
            for test, body in branching.branches:
                found |= set() if _keeps(body, names) else _asked(test, names)
    return frozenset(found)


def _keeps(body: ir.Block, names: set[str]) -> bool:
    """Whether statements put a character as it is into something."""
    calls = (node for node in walk(body) if isinstance(node, ir.Call) and isinstance(node.callee, ir.Attribute))
    return any(
        call.callee.name in {"append", "write", "print"}  # type: ignore[attr-defined] # told by the line before
        and any(isinstance(item.value, ir.Name) and item.value.id in names for item in call.arguments)
        for call in calls
    )


def _asked(test: ir.Expression, names: set[str]) -> set[str]:
    """The characters for which a test holds."""
    if isinstance(test, ir.Bool):
        return set().union(*(_asked(item, names) for item in test.operands)) if test.op == "or" else set()
    if not isinstance(test, ir.Compare):
        return set()
    left, right = test.left, test.right
    if test.op == "==" and isinstance(left, ir.Name) and left.id in names and isinstance(right, ir.Const):
        return {str(right.value)} if isinstance(right.value, str) else set()
    listed = left.callee if isinstance(left, ir.Call) else None
    if test.op in {">=", "!=", ">"} and isinstance(listed, ir.Attribute) and listed.name == "indexOf":
        return (
            set(listed.base.value)
            if isinstance(listed.base, ir.Const) and isinstance(listed.base.value, str)
            else set()
        )
    return set()


def _characters_of(node: ir.Expression | None) -> ir.Expression | None:
    """The text of ``text.toCharArray()``."""
    if isinstance(node, ir.Call) and isinstance(node.callee, ir.Attribute) and node.callee.name == "toCharArray":
        return node.callee.base
    return None


def _character_of(node: ir.Expression) -> ir.Expression | None:
    """The text of ``text.charAt(index)``."""
    if isinstance(node, ir.Call) and isinstance(node.callee, ir.Attribute) and node.callee.name == "charAt":
        return node.callee.base
    return None
