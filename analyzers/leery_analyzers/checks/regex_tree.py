"""Regular expressions of Python and JavaScript as trees, as far as the time they take depends on them.

Characters are sets over ASCII and one member for all others. What a tree cannot say (back references inside
groups, conditions, atomic groups) is refused: nothing is better than a wrong tree. Holds no rule and knows no host
language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OTHER = 1 << 128
EVERY = (1 << 129) - 1
_MOST = 2_000
_DEEPEST = 40


def _set(text: str) -> int:
    """The set of some characters."""
    mask = 0
    for char in text:
        mask |= 1 << ord(char) if ord(char) < 128 else OTHER
    return mask


_DIGIT = _set("0123456789")
_UPPER = _set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = _set("abcdefghijklmnopqrstuvwxyz")
_WORD = _DIGIT | _UPPER | _LOWER | _set("_") | OTHER
_SPACE = _set(" \t\n\r\f\v")
_NEWLINE = _set("\n")
_CLASSES = {
    "d": _DIGIT, "D": EVERY & ~_DIGIT, "w": _WORD, "W": EVERY & ~_WORD | OTHER, "s": _SPACE, "S": EVERY & ~_SPACE,
}  # fmt: skip
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)")
_GROUP = re.compile(r"\?(?::|P?<[A-Za-z_]\w*>|(?=[=!]|<[=!])|([aiLmsux-]*):)")
_REFERENCE = re.compile(r"[1-9]|k<\w+>")
_FLAGS = re.compile(r"\?[aiLmsux]+\)")


class UnsupportedPatternError(ValueError):
    """The pattern is wrong, too long, or says what a tree here cannot say."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set."""

    mask: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place: takes no characters.

    Attributes:
        fails: whether it may refuse: an end, a look ahead; not a start or a word boundary.
    """

    fails: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times.

    Attributes:
        part: what is repeated.
        least: how often at least.
        most: how often at most; -1 without an end.
        start: offset of the part in the pattern.
        end: offset after the quantifier.
    """

    part: Part
    least: int
    most: int
    start: int
    end: int


Part = Chars | Mark | Sequence | Choice | Repeat


def parse_pattern(pattern: str, *, ignore_case: bool = False) -> Part:
    """The tree of a pattern.

    Raises:
        UnsupportedPatternError: there is none.
    """
    if len(pattern) > _MOST:
        raise UnsupportedPatternError
    reader = _Reader(pattern, ignore_case=ignore_case)
    tree = reader.choice(0)
    if reader.at < len(pattern):
        raise UnsupportedPatternError
    return tree


class _Reader:
    """One reading of a pattern."""

    def __init__(self, pattern: str, *, ignore_case: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self.ignore_case = ignore_case

    def choice(self, depth: int) -> Part:
        if depth > _DEEPEST:
            raise UnsupportedPatternError
        parts = [self.sequence(depth)]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            parts.append(self.sequence(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def sequence(self, depth: int) -> Part:
        parts: list[Part] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.at
            part = self.quantified(self.atom(depth), start)
            parts.append(part)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self, part: Part, start: int) -> Part:
        while (found := _QUANTIFIER.match(self.pattern, self.at)) is not None:
            sign, low, comma, high, mode = found.groups()
            if not sign and not low and not high:
                break
            if mode == "+":
                raise UnsupportedPatternError
            self.at = found.end()
            if sign:
                least, most = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[sign]
            else:
                least = int(low or 0)
                most = least if not comma else int(high) if high else -1
            part = Repeat(part, least, most, start, self.at)
        return part

    def atom(self, depth: int) -> Part:
        char = self.pattern[self.at]
        self.at += 1
        if char == "(":
            return self.group(depth)
        if char == "[":
            return Chars(self.character_class())
        if char == "\\":
            again = _REFERENCE.match(self.pattern, self.at) if depth == 0 else None
            return self.escape() if again is None else self.reference(again)
        if char == ".":
            return Chars(EVERY & ~_NEWLINE)
        if char in "^$":
            return Mark(char == "$")
        if char in "*+?":
            raise UnsupportedPatternError
        return Chars(self.folded(_set(char)))

    def group(self, depth: int) -> Part:
        if (flags := _FLAGS.match(self.pattern, self.at)) is not None:
            if "x" in flags.group():
                raise UnsupportedPatternError
            self.ignore_case = self.ignore_case or "i" in flags.group()
            self.at = flags.end()
            return Mark(fails=False)
        look, outside = False, self.ignore_case
        if self.pattern.startswith("?", self.at):
            found = _GROUP.match(self.pattern, self.at)
            if found is None or "x" in (found.group(1) or ""):
                raise UnsupportedPatternError
            self.at = found.end()
            flags_on, _, flags_off = (found.group(1) or "").partition("-")
            self.ignore_case = (outside or "i" in flags_on) and "i" not in flags_off
            for sign in ("=", "!", "<=", "<!"):
                if found.group() == "?" and self.pattern.startswith(sign, self.at):
                    look = True
                    self.at += len(sign)
                    break
        inner = self.choice(depth + 1)
        self.ignore_case = outside
        if not self.pattern.startswith(")", self.at):
            raise UnsupportedPatternError
        self.at += 1
        return Mark(fails=True) if look else inner

    def reference(self, found: re.Match[str]) -> Part:
        """What a group took, again, outside of any group: it may refuse, and what it takes is no choice."""
        self.at = found.end()
        return Mark(fails=True)

    def escape(self) -> Part:
        if self.at >= len(self.pattern):
            raise UnsupportedPatternError
        char = self.pattern[self.at]
        if char in "bBAG":
            self.at += 1
            return Mark(fails=False)
        if char in "Zz":
            self.at += 1
            return Mark(fails=True)
        if char in "123456789k":
            raise UnsupportedPatternError
        return Chars(self.folded(self.escaped()))

    def escaped(self) -> int:
        """The set that an escape stands for, the backslash read already."""
        char = self.pattern[self.at]
        self.at += 1
        if char in _CLASSES:
            return _CLASSES[char]
        if char in _CONTROL:
            return _set(_CONTROL[char])
        if char in "pP":
            return self.property(negated=char == "P")
        if char in "xuU":
            found = re.compile(r"\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2,8})").match(self.pattern, self.at)
            if found is None:
                return _set(char)
            size = {"x": 2, "u": 4, "U": 8}[char]
            digits = found.group(1) or found.group(2)[:size]
            self.at = found.end() if found.group(1) else self.at + len(digits)
            code = int(digits, 16)
            return 1 << code if code < 128 else OTHER
        return _set(char)

    def property(self, *, negated: bool) -> int:
        found = re.compile(r"\{([^}]*)\}").match(self.pattern, self.at)
        if found is None:
            raise UnsupportedPatternError
        self.at = found.end()
        name = found.group(1)
        mask = _LOWER | _UPPER | OTHER if name.startswith("L") else _DIGIT | OTHER if name.startswith("N") else OTHER
        return EVERY & ~mask | OTHER if negated else mask

    def character_class(self) -> int:
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        mask, first = 0, self.at
        while True:
            if self.at >= len(self.pattern):
                raise UnsupportedPatternError
            if self.pattern[self.at] == "]" and self.at > first:
                break
            if self.pattern[self.at] == "]" and not negated and self.pattern.startswith("[]", first - 1):
                break
            mask |= self.member()
        self.at += 1
        mask = self.folded(mask)
        return EVERY & ~mask | (OTHER if mask & OTHER else 0) if negated else mask

    def member(self) -> int:
        low = self.one()
        if not self.pattern.startswith("-", self.at) or self.pattern[self.at + 1 : self.at + 2] in {"]", ""}:
            return low
        self.at += 1
        high = self.one()
        if low.bit_count() != 1 or high.bit_count() != 1 or high < low:
            return low | high | _set("-")
        return (high << 1) - low

    def one(self) -> int:
        char = self.pattern[self.at]
        self.at += 1
        if char != "\\":
            return _set(char)
        if self.at >= len(self.pattern):
            raise UnsupportedPatternError
        if self.pattern[self.at] == "b":
            self.at += 1
            return _set("\b")
        return self.escaped()

    def folded(self, mask: int) -> int:
        """Both cases of every letter, where case does not matter."""
        if not self.ignore_case:
            return mask
        return mask | (mask & _LOWER) >> 32 | (mask & _UPPER) << 32
