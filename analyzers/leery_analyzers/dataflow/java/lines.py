r"""Java's tests for line breaks and control characters: ``text.indexOf('\r') >= 0``, ``Character.isISOControl(c)``.

What a log or a header can be forged with are line feed and carriage return. A text is harmless there once both are
ruled out, for a log once the first one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.values import Clearance, all_taints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.dataflow.guards import Guards

_BREAKS = frozenset("\r\n")
_NOTHING: frozenset[str] = frozenset()
_FOUND = {(">=", 0): True, ("!=", -1): True, (">", -1): True, ("<", 0): False, ("==", -1): False, ("<=", -1): False}
"""What a comparison of ``indexOf`` says where it holds: that the character is there, or that it is not."""
_SPACE = 32
_CONTROLS = frozenset({"isISOControl", "isWhitespace", "isSpaceChar"})
_ANY_OF = {"containsAny": False, "containsNone": True}
"""Functions that look for several characters, and what they answer where none is there."""


def assume(guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
    """Take a condition for given; whether it is a test for line breaks."""
    if isinstance(test, ir.Compare):
        found = _compared(guards, test)
        if found is None:
            return False
        text, sought, there = found
        if there is not holds:
            absent(guards, text, sought, test)
        return True
    if not isinstance(test, ir.Call) or not isinstance(test.callee, ir.Attribute) or len(test.arguments) < 2:
        return False
    if _ANY_OF.get(test.callee.name) is not holds:
        return False
    known = [guards.engine.peek(item.value).only for item in test.arguments[1:]]
    absent(guards, test.arguments[0].value, {char for item in known if item for char in str(item[0])}, test)
    return True


def _compared(guards: Guards, test: ir.Compare) -> tuple[ir.Expression, frozenset[str], bool] | None:
    """The text, the line breaks that are looked for, and whether they are there where the comparison holds."""
    if test.op in {"in", "not-in"}:
        sought = _breaks(guards, test.left)
        return (test.right, sought, test.op == "in") if sought else None
    call = test.left
    if not isinstance(call, ir.Call) or not isinstance(call.callee, ir.Attribute) or len(call.arguments) != 1:
        return None
    bound = guards.engine.peek(test.right).only
    there = _FOUND.get((test.op, bound[0])) if bound is not None and isinstance(bound[0], int) else None
    if there is None or call.callee.name not in {"indexOf", "lastIndexOf"}:
        return None
    sought = _breaks(guards, call.arguments[0].value)
    return (call.callee.base, sought, there) if sought else None


def _breaks(guards: Guards, node: ir.Expression) -> frozenset[str]:
    """The line break that an argument is, as a text, a character or its number."""
    known = guards.engine.peek(node).only
    value = known[0] if known is not None else None
    char = chr(value) if isinstance(value, int) and 0 < value < _SPACE else value
    return frozenset({char}) if isinstance(char, str) and char in _BREAKS else _NOTHING


def absent(guards: Guards, text: ir.Expression, characters: Iterable[str], test: ir.Node) -> None:
    """Some characters are not in a text.

    Args:
        guards: those of the engine.
        text: the text.
        characters: what is not in it.
        test: what says so.
    """
    gone = _BREAKS & set(characters)
    if not gone:
        return
    taints = all_taints(guards.engine.peek(text))
    for char in _BREAKS - gone:
        mark = f"(no {char})"
        if all(taint.cleared(mark) or guards.engine.cleared(taint, mark) for taint in taints):
            gone |= {char}
    classes = {f"(no {char})" for char in gone}
    if gone == _BREAKS:
        classes |= LINE_CLASSES
    elif "\n" in gone:
        classes.add("log-injection")
    said = guards.engine.text(test.start, test.end)
    guards.narrow(text, Clearance(frozenset(classes), f"`{said}` keeps line breaks out", test.start, test.end))


def refused(check: ir.Expression, names: Iterable[str]) -> frozenset[str]:
    """The line breaks for which a test of a character surely holds.

    Args:
        check: the test.
        names: the variables that may stand for the character.
    """
    if isinstance(check, ir.Bool) and check.op == "or":
        return frozenset().union(*(refused(item, names) for item in check.operands))
    if isinstance(check, ir.Not):
        return _admitted(check.operand, names)
    if isinstance(check, ir.Call) and isinstance(check.callee, ir.Attribute) and len(check.arguments) == 1:
        asked = check.callee.name in _CONTROLS and _is_character(check.arguments[0].value, names)
        return _BREAKS if asked else _NOTHING
    if not isinstance(check, ir.Compare) or not _is_character(check.left, names):
        return _NOTHING
    code = _code(check.right)
    if check.op == "==":
        return _BREAKS & {chr(code)} if code is not None else _NOTHING
    return _BREAKS if code is not None and _covers(check.op, code) else _NOTHING


def _admitted(check: ir.Expression, names: Iterable[str]) -> frozenset[str]:
    """The line breaks for which a test of a character surely does not hold."""
    if isinstance(check, ir.Bool) and check.op == "and":
        return frozenset().union(*(_admitted(item, names) for item in check.operands))
    if isinstance(check, ir.Not):
        return refused(check.operand, names)
    if not isinstance(check, ir.Compare) or not _is_character(check.left, names):
        return _NOTHING
    code = _code(check.right)
    if check.op == "!=":
        return _BREAKS & {chr(code)} if code is not None else _NOTHING
    return _BREAKS if code is not None and _covers({">=": "<", ">": "<="}.get(check.op, ""), code) else _NOTHING


def ruled_out(check: ir.Expression, names: Iterable[str], *, wanted: bool) -> frozenset[str]:
    """The line breaks that no character is for which a test comes out as wanted."""
    return _admitted(check, names) if wanted else refused(check, names)


def _covers(op: str, code: int) -> bool:
    """Whether every line break is below a bound."""
    return (op == "<" and ord("\r") < code <= _SPACE + 1) or (op == "<=" and ord("\r") <= code <= _SPACE)


def _code(node: ir.Expression) -> int | None:
    value = node.value if isinstance(node, ir.Const) else None
    if isinstance(value, str) and len(value) == 1:
        return ord(value)
    return value if type(value) is int and 0 <= value <= _SPACE + 1 else None


def _is_character(node: ir.Expression, names: Iterable[str]) -> bool:
    if isinstance(node, ir.Cast):
        node = node.value
    if isinstance(node, ir.Name):
        return node.id in names
    return isinstance(node, ir.Call) and isinstance(node.callee, ir.Attribute) and node.callee.name == "charAt"
