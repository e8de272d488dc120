"""Texts that were cut or stand elsewhere in the workspace, so that moving and copying carries their owners.

Holds the ring of removed texts and the search for a text in open documents. It must not decide when to look.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.provenance.origin import has_solid, is_block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery.provenance.attribution import Attribution
    from leery.provenance.history import State
    from leery_analyzers.text import Text

SHORTEST_MOVE = 4
"""Characters from which on an unhinted insertion is looked for among the removed texts."""
SHORTEST_COPY = 10
"""Characters that are not white space from which on a text is looked for in open documents."""
_COUNT = 100
_CHARS = 4_000_000
_AGE = 600.0
_SEARCHED = 8_000_000
_HITS = 64
_LONG = 4_096


@dataclass(frozen=True, slots=True)
class Removed:
    """A text that an edit took away.

    Attributes:
        text: its characters.
        owners: who owned them.
        time: when, monotonic seconds.
        seq: its place in the order of all steps.
    """

    text: str
    owners: Attribution
    time: float
    seq: int


class Ring:
    """The recently removed texts of the whole workspace; short ones have a ring of their own, lest keystrokes push
    out what was cut."""  # noqa: D205, D209 - one sentence

    def __init__(self) -> None:
        self._long: deque[Removed] = deque()
        self._short: deque[Removed] = deque(maxlen=16)
        self._chars = 0

    def add(self, removed: Removed) -> None:
        """Remember a removed text."""
        if len(removed.text) < SHORTEST_MOVE:
            self._short.append(removed)
            return
        self._long.append(removed)
        self._chars += len(removed.text)
        while self._long and (len(self._long) > _COUNT or self._chars > _CHARS):
            self._chars -= len(self._long.popleft().text)

    def find(self, text: str, now: float, before: int) -> Attribution | None:
        """The owners of the latest equal text that was removed before step `before`, ten minutes ago at most."""
        ring = self._short if len(text) < SHORTEST_MOVE else self._long
        for removed in reversed(ring):
            if now - removed.time > _AGE:
                return None
            if removed.seq < before and removed.text == text:
                return removed.owners
        return None

    def forget(self, blocks: frozenset[str]) -> None:
        """Drop every text that holds a character of one of the blocks."""
        self._long = deque(one for one in self._long if blocks.isdisjoint(one.owners.owners))
        self._short = deque((one for one in self._short if blocks.isdisjoint(one.owners.owners)), maxlen=16)
        self._chars = sum(len(one.text) for one in self._long)


class Contents:
    """The texts searched last as strings: making one of a large document costs more than searching it."""

    def __init__(self) -> None:
        self._kept: deque[tuple[Text, str]] = deque(maxlen=4)

    def of(self, text: Text) -> str:
        """The text as a string."""
        for known, content in self._kept:
            if known is text:
                return content
        content = str(text)
        self._kept.append((text, content))
        return content


def find_copy(text: str, states: Iterable[State], contents: Contents) -> tuple[State, int] | None:
    """Where `text` stands in the given states, the most telling ones first.

    The first state that holds the text decides; within it an occurrence with a block's characters is preferred to one
    without, and an earlier one to a later: what was copied from generated code stays generated. Searching ends after
    some million characters, so that many large open files cannot hold an edit up.
    """
    if not has_solid(text, SHORTEST_COPY):
        return None
    budget = _SEARCHED
    for state in states:
        budget -= len(state.text)
        if budget < 0:
            return None
        at = _best(contents.of(state.text), text, state)
        if at is not None:
            return state, at
    return None


def _find(content: str, text: str) -> int:
    """`str.find`, which prepares long texts for longer than it takes to see that their beginning is nowhere."""
    if len(text) <= _LONG or text[:_LONG] in content:
        return content.find(text)
    return -1


def _best(content: str, text: str, state: State) -> int | None:
    first = _find(content, text)
    if first < 0:
        return None
    at = first
    for _ in range(_HITS):
        if any(is_block(owner) for _, _, owner in state.owners.spans(at, at + len(text))):
            return at
        at = content.find(text, at + 1)
        if at < 0:
            break
    return first
