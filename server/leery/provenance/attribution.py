"""Who owns every character of a text: an immutable list of runs.

Knows nothing of texts, blocks or edits; owners are opaque strings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Attribution:
    """Runs of characters with the same owner; neighbours differ and none is empty. Offsets are code points.

    Two tuples, the runs' ends and their owners: a splice copies both (C speed, a few nanoseconds a run) and a lookup is
    a bisection.
    """

    __slots__ = ("_ends", "_owners")

    _ends: tuple[int, ...]
    _owners: tuple[str, ...]

    def __init__(self, runs: Iterable[tuple[int, str]] = ()) -> None:
        """Build from (length, owner) pairs; empty ones are dropped, equal neighbours joined."""
        ends: list[int] = []
        owners: list[str] = []
        at = 0
        for length, owner in runs:
            if length <= 0:
                continue
            at += length
            if owners and owners[-1] == owner:
                ends[-1] = at
            else:
                ends.append(at)
                owners.append(owner)
        self._ends, self._owners = tuple(ends), tuple(owners)

    @classmethod
    def _of(cls, ends: tuple[int, ...], owners: tuple[str, ...]) -> Attribution:
        made = cls.__new__(cls)
        made._ends, made._owners = ends, owners  # noqa: SLF001 - the only other constructor
        return made

    @classmethod
    def of(cls, length: int, owner: str) -> Attribution:
        """One run."""
        return cls._of((length,), (owner,)) if length > 0 else cls._of((), ())

    @classmethod
    def join(cls, parts: Iterable[Attribution]) -> Attribution:
        """The parts one after another."""
        return cls(run for part in parts for run in part.runs())

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Attribution):
            return NotImplemented
        return self._ends == other._ends and self._owners == other._owners

    def __hash__(self) -> int:
        return hash((self._ends, self._owners))

    def __repr__(self) -> str:
        return f"Attribution({list(self.runs())!r})"

    def __contains__(self, owner: object) -> bool:
        return owner in self._owners

    @property
    def owners(self) -> tuple[str, ...]:
        """The owner of each run, in order."""
        return self._owners

    def runs(self) -> Iterator[tuple[int, str]]:
        """(length, owner) pairs."""
        at = 0
        for end, owner in zip(self._ends, self._owners, strict=True):
            yield end - at, owner
            at = end

    def spans(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
        """(start, end, owner) of every run, cut to the given place."""
        stop = len(self) if end is None else min(end, len(self))
        at = max(start, 0)
        index = bisect_right(self._ends, at)
        while at < stop:
            run_end = min(self._ends[index], stop)
            yield at, run_end, self._owners[index]
            at = run_end
            index += 1

    def owner_at(self, offset: int) -> str:
        """The owner of one character.

        Raises:
            IndexError: no character there.
        """
        if offset < 0:
            raise IndexError(offset)
        return self._owners[bisect_right(self._ends, offset)]

    def ranges_of(self, owner: str) -> tuple[TextRange, ...]:
        """Where an owner's characters are, sorted."""
        found: list[TextRange] = []
        at = -1
        try:
            while True:
                at = self._owners.index(owner, at + 1)
                found.append(TextRange(self._ends[at - 1] if at else 0, self._ends[at]))
        except ValueError:
            return tuple(found)

    def count(self, owner: str) -> int:
        """How many characters an owner has."""
        return sum(len(place) for place in self.ranges_of(owner))

    def slice(self, start: int, end: int) -> Attribution:
        """The owners of the characters from `start` to `end`, both clamped."""
        start, end = max(start, 0), min(end, len(self))
        if start >= end:
            return Attribution._of((), ())
        first = bisect_right(self._ends, start)
        last = bisect_left(self._ends, end)
        ends = (*(at - start for at in self._ends[first:last]), end - start)
        return Attribution._of(ends, self._owners[first : last + 1])

    def splice(self, start: int, end: int, middle: Attribution) -> Attribution:
        """The owners after the characters from `start` to `end` gave way to others.

        Raises:
            ValueError: the place is not inside.
        """
        if not 0 <= start <= end <= len(self):
            raise ValueError(f"splice {start}..{end} outside an attribution of {len(self)}")
        ends, owners = self._head(start)
        _append(ends, owners, middle._ends, middle._owners, start)
        index = bisect_right(self._ends, end)
        _append(ends, owners, self._ends[index:], self._owners[index:], start + len(middle) - end)
        return Attribution._of(tuple(ends), tuple(owners))

    def _head(self, stop: int) -> tuple[list[int], list[str]]:
        """The runs before `stop`, as lists."""
        index = bisect_left(self._ends, stop)
        ends, owners = list(self._ends[:index]), list(self._owners[:index])
        if stop > (ends[-1] if ends else 0):
            ends.append(stop)
            owners.append(self._owners[index])
        return ends, owners

    def rename(self, names: Mapping[str, str]) -> Attribution:
        """The same runs under other owners; owners without a new name stay."""
        if not any(owner in names for owner in self._owners):
            return self
        return Attribution((length, names.get(owner, owner)) for length, owner in self.runs())

    def overlay(self, places: Iterable[TextRange], owner: str, over: Iterable[str]) -> Attribution:
        """Give the characters at `places` (sorted) to `owner`, but only those that one of `over` has."""
        replaced = frozenset(over)
        runs: list[tuple[int, str]] = []
        at = 0
        for place in places:
            runs += ((end - start, name) for start, end, name in self.spans(at, place.start))
            for start, end, name in self.spans(max(at, place.start), place.end):
                runs.append((end - start, owner if name in replaced else name))
            at = max(at, min(place.end, len(self)))
        runs += ((end - start, name) for start, end, name in self.spans(at))
        return Attribution(runs)


def _append(
    ends: list[int], owners: list[str], more_ends: tuple[int, ...], more_owners: tuple[str, ...], shift: int
) -> None:
    """Add runs whose ends move by `shift`, joining the first to an equal neighbour."""
    if not more_ends:
        return
    if owners and owners[-1] == more_owners[0]:
        ends.pop()
        owners.pop()
    ends.extend([at + shift for at in more_ends] if shift else more_ends)
    owners.extend(more_owners)
