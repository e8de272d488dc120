"""What a regular expression lets a text begin with: its alternatives, and the first characters of each.

It reads the expression and runs none; what it cannot read may begin with anything.
"""

from __future__ import annotations

import re

from leery_analyzers.lazy import lazy_regex

_STEP = lazy_regex(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_MEMBER = lazy_regex(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_FLAGS = lazy_regex(r"\(\?[a-zA-Z]+\)")
_LINES = lazy_regex(r"\(\?[a-zA-Z]*m")
_EMPTY = lazy_regex(r"[?*]|\{0*[,}]")
_COUNTED = lazy_regex(r"[?*+]|\{\d*,?\d*\}")
_NAMED = lazy_regex(r"\?(?::|P?<\w+>|>)")
_KINDS = {"w": str.isalnum, "d": str.isdigit, "s": str.isspace}
_STRANGE = lazy_regex(r"\\[^\WwWdDsSnrt_]")
"""Letters and digits behind a backslash of which it is not read here what they stand for."""
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}


def alternatives(pattern: str) -> list[str]:
    """The alternatives of an expression, those within groups left together."""
    found = [""]
    depth = 0
    for step in _STEP.findall(_FLAGS.sub("", pattern)):
        depth += (step == "(") - (step == ")")
        if step == "|" and not depth:
            found.append("")
        else:
            found[-1] += step
    return found


def by_line(pattern: str) -> str:
    """An expression whose start and end are those of any line; the same if it says nothing of either."""
    ends = any(one.startswith("^") or one.endswith("$") for one in alternatives(pattern))
    return f"(?m){pattern}" if ends else pattern


def is_anchored(pattern: str) -> bool:
    """Whether every alternative says that it matches from the start of the text."""
    starts = (r"\A",) if _LINES.match(pattern) is not None else ("^", r"\A")
    return all(one.startswith(starts) for one in alternatives(pattern))


def is_ended(pattern: str) -> bool:
    """Whether every alternative says that it matches up to the end of the text."""
    ends = (r"\Z", r"\z") if _LINES.match(pattern) is not None else ("$", r"\Z", r"\z")
    return all(
        one.endswith(ends) and len(_STEP.findall(one)[-1]) == (1 if one.endswith("$") else 2)
        for one in alternatives(pattern)
    )


def may_begin(pattern: str, char: str) -> bool:
    """Whether a text that an expression matches from its start may begin with a character."""
    return any(_begins(one, char) is not False for one in alternatives(pattern))


def _begins(pattern: str, char: str) -> bool | None:
    """Whether what one alternative matches may begin with a character; None if it may also match nothing."""
    rest = pattern
    while rest:
        step, rest = _first(rest)
        if step in {"^", r"\A", r"\b"}:
            continue
        if step.startswith("(?!"):
            if step[3:-1] in {char, f"\\{char}"} or (step[3:-1][:1] == "[" and _is_listed(step[3:-1], char)):
                return False
            continue
        if step.startswith("(?="):
            if not may_begin(step[3:-1], char):
                return False
            continue
        counted = _COUNTED.match(rest)
        empty = _EMPTY.match(rest) is not None
        if counted is not None:
            rest = rest[counted.end() + (rest[counted.end() :][:1] in {"?", "+"}) :]
        begins = _matches(step, char)
        if begins:
            return True
        if begins is False and not empty:
            return False
    return None


def _first(pattern: str) -> tuple[str, str]:
    """The first step of an expression, a whole group if it is one, and the rest."""
    depth, end = 0, 0
    for step in _STEP.finditer(pattern):
        depth += (step[0] == "(") - (step[0] == ")")
        end = step.end()
        if depth <= 0:
            break
    return pattern[:end], pattern[end:]


def _matches(step: str, char: str) -> bool | None:
    """Whether a step may match a text that begins with a character; None if it may also match nothing."""
    if step.startswith("("):
        inside = step[1:-1]
        named = _NAMED.match(inside)
        if named is None and inside.startswith("?"):
            return True
        found = [_begins(one, char) for one in alternatives(inside[named.end() :] if named is not None else inside)]
        return True if True in found else None if None in found else False
    if step.startswith("["):
        return _is_listed(step, char)
    if step.startswith("\\") and len(step) == 2:
        return _is_kind(step[1], char)
    return step in {char, ".", "$"}


def _is_listed(step: str, char: str) -> bool:
    """Whether a character is one of a set; sets that name other sets by words hold everything."""
    if step[-1:] != "]":
        return True
    inside = step[1:-1].removeprefix("^")
    if "[:" in inside or "&&" in inside or _STRANGE.search(inside) is not None:
        return True
    found = False
    for member in _MEMBER.finditer(inside):
        low, high = member[1], member[2]
        if len(low) == 2:
            found = found or _is_kind(low[1], char) or (high is not None and char in {"-", high[-1]})
        elif high is None or len(high) == 2:
            found = found or char == low or (high is not None and (char == "-" or _is_kind(high[1], char)))
        else:
            found = found or low <= char <= high
    return found is not step.startswith("[^")


def _is_kind(letter: str, char: str) -> bool:
    """Whether a character is what a letter behind a backslash stands for."""
    kind = _KINDS.get(letter.lower())
    if kind is not None:
        return (kind(char) or (letter in "wW" and char == "_")) is letter.islower()
    if letter.isalnum():
        return letter not in _CONTROL or _CONTROL[letter] == char
    return letter == char
