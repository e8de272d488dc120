"""Which tests of a value a C# or Go function makes before it uses it: after them it is one of a few harmless ones.

Reads the conditions of ``if`` and the labels of ``switch`` as they are written. Knows no rule and no grammar beyond the
fields that both have.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.typed_code import TypedCode

NAME = "\x01"
"""Stands for the value in a condition that is looked at."""
_MOST = 40
_LONGEST = 120
_LONGEST_CONDITION = 2_000


@dataclass(frozen=True, slots=True)
class Tests:
    """How conditions of a language test values.

    Attributes:
        passes: matches a test, with `NAME` in it, that only harmless values pass; the group ``no`` is its negation.
        fails: matches a test that every harmful value passes.
        default: the type of a switch's part for all other values.
    """

    passes: re.Pattern[str]
    fails: re.Pattern[str]
    default: str


def confined(code: TypedCode, name: str, at: int, tests: Tests) -> bool:
    """Whether a use of a value is reached only with one of a few, or with one of a harmless form.

    Args:
        code: the unit.
        name: the value as it is written.
        at: the byte where it is used.
        tests: those of the language.
    """
    if len(name) > _LONGEST:
        return False
    before = bisect_left(code.guards, at, key=attrgetter("start"))
    for guard in code.guards[max(0, before - _MOST) : before]:
        if name not in guard.condition or len(guard.condition) > _LONGEST_CONDITION:
            continue
        passes, fails = _verdict(guard.condition, name, tests)
        if passes and guard.body_start <= at < guard.body_end:
            return True
        if fails and guard.end <= at and (guard.leaves or _is_replaced(code, name, guard.body_start, guard.body_end)):
            return True
    return any(_is_switched(code, switch, name, at, tests) for switch in code.switches if switch.start_byte < at)


def _verdict(condition: str, name: str, tests: Tests) -> tuple[bool, bool]:
    """Whether a condition that holds means that the value is harmless, and whether one that does not hold does."""
    marked = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", NAME, condition)
    found = [bool(match.groupdict().get("no")) for match in tests.passes.finditer(marked)]
    return False in found, True in found or tests.fails.search(marked) is not None


def _is_replaced(code: TypedCode, name: str, start: int, end: int) -> bool:
    """Whether the body of an ``if`` puts a literal in the place of the value."""
    return re.search(rf"(?<![\w.]){re.escape(name)}\s*=\s*[\"\d]", code.slice(start, end)) is not None


def _is_switched(code: TypedCode, switch: Node, name: str, at: int, tests: Tests) -> bool:
    value = switch.child_by_field_name("value")
    if value is None or re.sub(r"\.\w+\(\)\Z|\Astrings\.\w+\((.*)\)\Z", r"\1", code.text(code.bare(value))) != name:
        return False
    body = switch.child_by_field_name("body") or switch
    for part in body.named_children:
        other = part.type == tests.default or code.text(part).startswith("default")
        if part.start_byte <= at < part.end_byte:
            return not other and part.type != "identifier"
        if other and switch.end_byte <= at:
            return code.leaves(part) or _is_replaced(code, name, part.start_byte, part.end_byte)
    return False
