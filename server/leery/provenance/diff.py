"""Which characters of a new text are those of an old one: alignment of lines, then of tokens within changed lines.

Pure functions over strings, O(n log n) whatever they are given. Lines that occur once on both sides anchor the
alignment (Bram Cohen's patience diff); where none does, small gaps are solved exactly and large ones by pairing the
n-th occurrence on each side. Lines that moved are found again by content.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from leery.provenance.edits import common_prefix, common_suffix
from leery.provenance.origin import has_solid
from leery_analyzers.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_EXACT_CELLS = 10_000
_ALL_CELLS = 300_000
_DEPTH = 24
_CANDIDATES = 16
_PAIRED_LINES = 60
_SIMILAR = 0.6
SHORTEST_MOVED = 4
"""Characters that are not white space from which on moved lines are found again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Characters of the new text, from `new` on, that are those of the old text from `old` on."""

    old: int
    new: int
    length: int


def diff(old: str, new: str, *, refine: bool = True) -> list[Kept]:
    """The parts of `new` that come from `old`, in the order of `new`, without overlaps; `old` may be out of order.

    Args:
        old: the text before.
        new: the text after.
        refine: whether to look inside changed lines; otherwise only whole lines are kept.
    """
    a, b = split_lines(old), split_lines(new)
    a_at, b_at = _offsets(a), _offsets(b)
    aligner = _Aligner(a, b)
    matches = aligner.run()
    kept = [Kept(a_at[i], b_at[j], a_at[i + n] - a_at[i]) for i, j, n in matches]
    gaps = list(_gaps(matches, len(a), len(b)))
    moved, gaps = _moves(a, b, gaps)
    kept += [Kept(a_at[i], b_at[j], a_at[i + n] - a_at[i]) for i, j, n in moved]
    if refine:
        for i0, i1, j0, j1 in gaps:
            for i, j in _pairs(a[i0:i1], b[j0:j1]):
                kept += _within(a[i0 + i], b[j0 + j], a_at[i0 + i], b_at[j0 + j])
    kept.sort(key=lambda one: one.new)
    return _joined(one for one in kept if one.length)


def _offsets(lines: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, lines))]


def _joined(kept: Iterable[Kept]) -> list[Kept]:
    result: list[Kept] = []
    for one in kept:
        last = result[-1] if result else None
        if last is not None and last.old + last.length == one.old and last.new + last.length == one.new:
            result[-1] = Kept(last.old, last.new, last.length + one.length)
        else:
            result.append(one)
    return result


def align(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs (i, j, n) with ``a[i:i+n] == b[j:j+n]``, increasing in both."""
    return _Aligner(a, b).run()


class _Aligner:
    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        self.a, self.b = a, b
        self.matched: list[tuple[int, int]] = []
        self.cells = _ALL_CELLS

    def run(self) -> list[tuple[int, int, int]]:
        work = [(0, len(self.a), 0, len(self.b), 0)]
        while work:
            work += self._part(*work.pop())
        self.matched.sort()
        runs: list[tuple[int, int, int]] = []
        for i, j in self.matched:
            if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
                runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
            else:
                runs.append((i, j, 1))
        return runs

    def _part(self, i0: int, i1: int, j0: int, j1: int, depth: int) -> list[tuple[int, int, int, int, int]]:
        """Match what can be matched in a gap; the smaller gaps that are left."""
        a, b = self.a, self.b
        while i0 < i1 and j0 < j1 and a[i0] == b[j0]:
            self.matched.append((i0, j0))
            i0, j0 = i0 + 1, j0 + 1
        while i0 < i1 and j0 < j1 and a[i1 - 1] == b[j1 - 1]:
            i1, j1 = i1 - 1, j1 - 1
            self.matched.append((i1, j1))
        if i0 == i1 or j0 == j1:
            return []
        anchors = _increasing(_unique(a, b, i0, i1, j0, j1)) if depth < _DEPTH else []
        if anchors:
            return list(self._between(anchors, i0, i1, j0, j1, depth + 1))
        cells = (i1 - i0) * (j1 - j0)
        if cells <= min(_EXACT_CELLS, self.cells):
            self.cells -= cells
            self.matched += _exact(a[i0:i1], b[j0:j1], i0, j0)
        else:
            self.matched += _increasing(_ranked(a, b, i0, i1, j0, j1))
        return []

    def _between(
        self, anchors: list[tuple[int, int]], i0: int, i1: int, j0: int, j1: int, depth: int
    ) -> Iterator[tuple[int, int, int, int, int]]:
        for i, j in anchors:
            if i0 < i and j0 < j:
                yield i0, i, j0, j, depth
            self.matched.append((i, j))
            i0, j0 = i + 1, j + 1
        if i0 < i1 and j0 < j1:
            yield i0, i1, j0, j1, depth


def _unique(a: Sequence[str], b: Sequence[str], i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
    """Places of the items that occur once in either gap and are not blank."""
    count_a, count_b = Counter(a[i0:i1]), Counter(b[j0:j1])
    where = {b[j]: j for j in range(j0, j1) if count_b[b[j]] == 1}
    return [(i, where[a[i]]) for i in range(i0, i1) if a[i] in where and count_a[a[i]] == 1 and not a[i].isspace()]


def _ranked(a: Sequence[str], b: Sequence[str], i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
    """Pairs of the n-th occurrence in one gap with the n-th in the other."""
    where: dict[tuple[str, int], int] = {}
    seen: Counter[str] = Counter()
    for j in range(j0, j1):
        where[b[j], seen[b[j]]] = j
        seen[b[j]] += 1
    seen = Counter()
    pairs = []
    for i in range(i0, i1):
        found = where.get((a[i], seen[a[i]]))
        seen[a[i]] += 1
        if found is not None:
            pairs.append((i, found))
    return pairs


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence that increases in the second item too (patience sorting)."""
    tails: list[int] = []
    tops: list[int] = []
    back: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tails, j)
        back.append(tops[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [j]
        tops[pile : pile + 1] = [index]
    result: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        result.append(pairs[at])
        at = back[at]
    return result[::-1]


def _exact(a: Sequence[str], b: Sequence[str], i0: int, j0: int) -> list[tuple[int, int]]:
    """A longest common subsequence by dynamic programming; blank items weigh little."""
    weight = [1 if item.isspace() else 100 for item in a]
    rows = [[0] * (len(b) + 1)]
    for i in range(len(a) - 1, -1, -1):
        below, row, item = rows[-1], [0] * (len(b) + 1), a[i]
        for j in range(len(b) - 1, -1, -1):
            best = max(below[j], row[j + 1])
            if item == b[j] and below[j + 1] + weight[i] > best:
                best = below[j + 1] + weight[i]
            row[j] = best
        rows.append(row)
    rows.reverse()
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j] and rows[i][j] == rows[i + 1][j + 1] + weight[i]:
            pairs.append((i0 + i, j0 + j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _gaps(matches: list[tuple[int, int, int]], size_a: int, size_b: int) -> Iterator[tuple[int, int, int, int]]:
    i0 = j0 = 0
    for i, j, n in [*matches, (size_a, size_b, 0)]:
        if i0 < i or j0 < j:
            yield i0, i, j0, j
        i0, j0 = i + n, j + n


def _moves(
    a: Sequence[str], b: Sequence[str], gaps: list[tuple[int, int, int, int]]
) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int, int]]]:
    """Lines that stand in a gap of `a` and in another place of `b`, and the gaps that are left."""
    free: dict[str, deque[int]] = {}
    unused: set[int] = set()
    for i0, i1, _, _ in gaps:
        for i in range(i0, i1):
            free.setdefault(a[i], deque()).append(i)
            unused.add(i)
    moved: list[tuple[int, int, int]] = []
    left: list[tuple[int, int, int, int]] = []
    for i0, i1, j0, j1 in gaps:
        start = j = j0
        while j < j1:
            i, n = _longest(a, b, free, unused, j, j1)
            if n and has_solid("".join(b[j : j + n]), SHORTEST_MOVED):
                moved.append((i, j, n))
                unused.difference_update(range(i, i + n))
                if start < j:
                    left.append((i0, i1, start, j))
                j += n
                start = j
            else:
                j += max(n, 1)
        if start < j1:
            left.append((i0, i1, start, j1))
    return moved, left


def _longest(
    a: Sequence[str], b: Sequence[str], free: dict[str, deque[int]], unused: set[int], j: int, stop: int
) -> tuple[int, int]:
    """Where the longest run of free lines equal to those of `b` from `j` on starts, and its length."""
    best = (0, 0)
    places = free.get(b[j], deque())
    while places and places[0] not in unused:
        places.popleft()
    for i in islice(places, _CANDIDATES):
        n = 0
        while j + n < stop and i + n in unused and a[i + n] == b[j + n]:
            n += 1
        if n > best[1]:
            best = (i, n)
    return best


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines of a gap that are versions of each other, in order."""
    if not old or not new or len(old) > _PAIRED_LINES or len(new) > _PAIRED_LINES:
        return []
    bags = [Counter(_TOKEN.findall(line.strip())) for line in old]
    pairs: list[tuple[int, int]] = []
    first = 0
    for j, line in enumerate(new):
        bag = Counter(_TOKEN.findall(line.strip()))
        scored = [(_likeness(bags[i], bag), -i) for i in range(first, len(old))]
        if scored and max(scored)[0] >= _SIMILAR:
            i = -max(scored)[1]
            pairs.append((i, j))
            first = i + 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Sørensen-Dice coefficient of two bags of tokens, by their characters."""
    shared = sum(len(token) * count for token, count in (one & other).items())
    total = sum(len(token) * count for bag in (one, other) for token, count in bag.items())
    return 2 * shared / total if total else 0.0


def _within(old: str, new: str, old_at: int, new_at: int) -> Iterator[Kept]:
    """What two versions of a line share: their ends, and equal tokens between."""
    head = common_prefix(old, new)
    tail = common_suffix(old[head:], new[head:])
    yield Kept(old_at, new_at, head)
    yield Kept(old_at + len(old) - tail, new_at + len(new) - tail, tail)
    a, b = _TOKEN.findall(old[head : len(old) - tail]), _TOKEN.findall(new[head : len(new) - tail])
    a_at, b_at = _offsets(a), _offsets(b)
    for i, j, n in align(a, b):
        yield Kept(old_at + head + a_at[i], new_at + head + b_at[j], a_at[i + n] - a_at[i])
