"""How the time of a backtracking search grows with the text: decided from the pattern's tree.

Ambiguity is what costs time: a text that a loop can take in several ways is tried in all of them before a search
fails. A loop is looked at as an automaton whose states are the characters of the pattern (Glushkov). Two ways from a
state back to itself on one text make the time exponential; two loops side by side that take the same characters make
it a polynomial.

See Weideman, van der Merwe, Berglund and Watson, "Analyzing matching time behavior of backtracking regular expression
matchers by using ambiguity of NFA" (CIAA 2016). Where the search cannot fail after the loop there is no going back,
and where the bounds here are passed nothing is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Literal

from leery_analyzers.checks.regex_tree import (
    OTHER,
    Chars,
    Choice,
    Mark,
    Part,
    Repeat,
    Sequence,
    UnsupportedPatternError,
    parse_pattern,
)

_STATES = 60
_STEPS = 20_000
_MANY = 25
"""So many repetitions count as without end."""
Growth = Literal["exponential", "polynomial"]


@dataclass(frozen=True, slots=True)
class Slow:
    """A part of a pattern that takes too long.

    Attributes:
        growth: how the time grows.
        start: offset of the part in the pattern.
        end: offset after it.
    """

    growth: Growth
    start: int
    end: int


@dataclass(slots=True)
class _Automaton:
    """Characters as states, what may follow what, and how often so."""

    masks: list[int] = field(default_factory=list)
    follow: Counter[tuple[int, int]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Ends:
    first: frozenset[int]
    last: frozenset[int]
    empty: bool


@lru_cache(maxsize=1024)
def slow_part(pattern: str, *, ignore_case: bool = False, whole: bool = False) -> Slow | None:
    """The first part of a pattern that makes a failing search slow, the worst kind first; None if there is none.

    Args:
        pattern: the characters of the expression.
        ignore_case: whether case does not matter.
        whole: whether the text has to be matched to its end.
    """
    try:
        tree = parse_pattern(pattern, ignore_case=ignore_case)
    except UnsupportedPatternError:
        return None
    loops: list[Repeat] = []
    beside: list[tuple[Repeat, Repeat]] = []
    _collect(tree, whole, loops, beside)
    for loop in loops:
        if _is_ambiguous(loop):
            return Slow("exponential", loop.start, loop.end)
    for one, two in beside:
        if _single(one) & _single(two):
            return Slow("polynomial", one.start, two.end)
    return None


def endless(part: Part) -> bool:
    """Whether a part is repeated without end, or as good as."""
    return isinstance(part, Repeat) and not 0 <= part.most < _MANY


def _collect(part: Part, fails: bool, loops: list[Repeat], beside: list[tuple[Repeat, Repeat]]) -> None:
    """Loops, and loops side by side, after which the search can fail."""
    if isinstance(part, Repeat):
        _collect(part.part, fails, loops, beside)
        if fails and endless(part) and not isinstance(part.part, Chars):
            loops.append(part)
    elif isinstance(part, Choice):
        for one in part.parts:
            _collect(one, fails, loops, beside)
    elif isinstance(part, Sequence):
        parts = part.parts
        for index in range(len(parts) - 1, -1, -1):
            _collect(parts[index], fails, loops, beside)
            if fails:
                _neighbours(parts, index, beside)
            fails = fails or not _nullable(parts[index]) or (isinstance(parts[index], Mark) and _refuses(parts[index]))


def _refuses(part: Part) -> bool:
    return isinstance(part, Mark) and part.fails


def _neighbours(parts: tuple[Part, ...], index: int, beside: list[tuple[Repeat, Repeat]]) -> None:
    """The loop that ends at `index` and the one before it with nothing required between."""
    last = parts[index]
    if not isinstance(last, Repeat) or not endless(last) or not isinstance(last.part, Chars):
        return
    for before in reversed(parts[:index]):
        if isinstance(before, Repeat) and endless(before) and isinstance(before.part, Chars):
            beside.append((before, last))
            return
        if not _nullable(before) or isinstance(before, Mark):
            return


def _single(loop: Repeat) -> int:
    return loop.part.mask if isinstance(loop.part, Chars) else 0


def _nullable(part: Part) -> bool:
    if isinstance(part, Chars):
        return False
    if isinstance(part, Mark):
        return True
    if isinstance(part, Repeat):
        return part.least == 0 or _nullable(part.part)
    check = all if isinstance(part, Sequence) else any
    return check(_nullable(one) for one in part.parts)


def _is_ambiguous(loop: Repeat) -> bool:
    """Whether a loop can take one text in two ways and be where it was."""
    automaton = _Automaton()
    try:
        _build(loop, automaton)
    except UnsupportedPatternError:
        return False
    after: dict[int, list[int]] = {}
    for (one, two), times in automaton.follow.items():
        if times > 1:
            return True
        after.setdefault(one, []).append(two)
    return _meets_again(automaton.masks, after)


def _meets_again(masks: list[int], after: dict[int, list[int]]) -> bool:
    """Whether two ways that part on one text can come together again."""
    steps = 0
    start = [(state, state) for state in range(len(masks))]
    seen: set[tuple[int, int]] = set()
    while start:
        one, two = start.pop()
        for left, right in product(after.get(one, ()), after.get(two, ())):
            steps += 1
            if steps > _STEPS:
                return False
            if not masks[left] & masks[right] or (left == right and one == two):
                continue
            if left == right:
                return True
            pair = (left, right) if left < right else (right, left)
            if pair not in seen:
                seen.add(pair)
                start.append(pair)
    return False


def _build(part: Part, automaton: _Automaton) -> _Ends:
    """The states of a part; every way from one to the next is counted."""
    if isinstance(part, Chars):
        if len(automaton.masks) >= _STATES:
            raise UnsupportedPatternError
        automaton.masks.append(part.mask & ~OTHER)  # two sets of other characters need not meet
        own = frozenset({len(automaton.masks) - 1})
        return _Ends(own, own, empty=False)
    if isinstance(part, Mark):  # what stands around may rule out one of two ways
        raise UnsupportedPatternError
    if isinstance(part, Repeat):
        return _repeated(part, automaton)
    ends = [_build(one, automaton) for one in part.parts]
    if isinstance(part, Choice):
        first = frozenset().union(*(one.first for one in ends))
        last = frozenset().union(*(one.last for one in ends))
        return _Ends(first, last, empty=any(one.empty for one in ends))
    return _joined(ends, automaton)


def _repeated(part: Repeat, automaton: _Automaton) -> _Ends:
    inner = _build(part.part, automaton)
    if endless(part):
        for pair in product(inner.last, inner.first):
            automaton.follow[pair] += 1
    elif part.most > 1 and not inner.empty:
        needed = max(1, min(part.least, 3))  # a few copies tell as much as all of them
        for copy in range(1, needed + min(part.most - max(1, part.least), 2)):
            more = _build(part.part, automaton)
            inner = _joined([inner, _Ends(more.first, more.last, empty=copy >= needed)], automaton)
    return _Ends(inner.first, inner.last, empty=inner.empty or part.least == 0)


def _joined(ends: list[_Ends], automaton: _Automaton) -> _Ends:
    whole = _Ends(frozenset(), frozenset(), empty=True)
    for one in ends:
        for pair in product(whole.last, one.first):
            automaton.follow[pair] += 1
        first = whole.first | one.first if whole.empty else whole.first
        last = whole.last | one.last if one.empty else one.last
        whole = _Ends(first, last, empty=whole.empty and one.empty)
    return whole
