"""Hints: what a client says about an insertion, and which recent edits explain it.

Matching only; what a matched hint changes, the tracker decides.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from leery.provenance.edits import slide_into
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leery.provenance.history import State, Step
    from leery.provenance.origin import Origin
    from leery_analyzers.text import Text

WINDOW = 2.0
"""Seconds between a hint and its edit, in either order."""
_FARTHEST = 10_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where a client saw a pasted text being copied.

    Attributes:
        uri: the document.
        place: as in `Hint`, in that document's text just before the paste.
    """

    uri: str
    place: Callable[[Text], Sequence[TextRange]]


@dataclass(frozen=True, slots=True)
class Hint:
    """What a client says about one insertion (``leery/insertion``).

    Attributes:
        uri: the document.
        version: the version the client named; the edit may belong to it or to a later one. None: not known.
        place: gives the ranges after the edit in code points, sorted or not, for the text of a version. Positions in
            other units can only be resolved against the right text, which the matching finds; it must not raise.
        origin: what the client says.
        text_hash: SHA-256 hex of the UTF-8 of the inserted text, several ranges joined in document order.
        source: for a paste, where the text was copied.
    """

    uri: str
    version: int | None
    place: Callable[[Text], Sequence[TextRange]]
    origin: Origin
    text_hash: str | None = None
    source: Source | None = None


def at(*ranges: TextRange) -> Callable[[Text], Sequence[TextRange]]:
    """A hint's place when it is known in code points."""
    return lambda _text: ranges


def hash_text(text: str) -> str:
    """SHA-256 hex of the UTF-8 of a text; a lone surrogate counts as its three-byte form."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class _Trace:
    """One range of a hint, followed back through the edits.

    `hull` is where it is now; `pieces` are the characters of the range that no edit has explained so far.
    """

    hull: TextRange
    pieces: list[TextRange]


@dataclass(frozen=True, slots=True)
class Match:
    """How recent edits explain a hint.

    Attributes:
        state: the state its ranges speak of.
        ranges: those ranges, sorted.
        steps: the steps that explain it, newest first, each with its edit as the hint reads it.
        base: the state before the first of them.
        replaced: for each range, what it replaced in `base`.
        exact: whether the edits inserted every character of every range and replaced nothing.
    """

    state: State
    ranges: tuple[TextRange, ...]
    steps: tuple[tuple[Step, TextEdit], ...]
    base: State
    replaced: tuple[TextRange, ...]
    exact: bool


def resolve(hint: Hint, state: State) -> tuple[TextRange, ...] | None:
    """The hint's ranges in a state's text, sorted and not empty; None when they are not in it or the hash differs."""
    size = len(state.text)
    places = sorted(place for place in hint.place(state.text) if place.start < place.end)
    if not places or places[0].start < 0 or places[-1].end > size:
        return None
    if any(one.end > other.start for one, other in pairwise(places)):
        return None
    if hint.text_hash is not None:
        joined = "".join(state.text.slice(place.start, place.end) for place in places)
        if hash_text(joined) != hint.text_hash.lower():
            return None
    return tuple(places)


def interleaved(hint: Hint, step: Step, now: float) -> tuple[TextRange, ...] | None:
    """The hint's ranges, when a step inserted just them and everything between was there before; else None.

    A client that sends differences makes one edit of what was put into several lines at once, such as a block of text.
    """
    if step.claimed or abs(now - step.time) > WINDOW or len(hint.place(step.after.text)) < 2:
        return None  # looked at first, since most hints are about one place and to resolve one is to hash its text
    ranges = resolve(hint, step.after)
    if ranges is None or len(ranges) < 2:
        return None
    place = replaced_by(step, ranges)
    kept: list[str] = []
    at = place.start
    for one in (*ranges, TextRange(place.end, place.end)):
        kept.append(step.after.text.slice(at, one.start))
        at = one.end
    grown = len(step.after.text) - len(step.before.text)
    return ranges if "".join(kept) == step.before.text.slice(place.start, place.end - grown) else None


def replaced_by(step: Step, ranges: Sequence[TextRange]) -> TextRange:
    """Where a step's insertion and a hint's ranges stand together in the text after it."""
    edit = step.edit
    return TextRange(min(edit.start, ranges[0].start), max(edit.start + len(edit.text), ranges[-1].end))


class Reading(Enum):
    """How freely recent edits are read when a hint is to be explained."""

    NEAR = auto()
    """Edits that meet the hint's ranges insert all of them, perhaps slid."""
    FAR = auto()
    """As `NEAR`, and insertions elsewhere count when sliding them into a range gives the same text."""
    LOOSE = auto()
    """Some characters of the ranges were there before: a client that trims its edits does not send what an insertion
    and the text it replaced have in common. Only for a hint with a hash."""


def explain(hint: Hint, state: State, steps: Sequence[Step], now: float, reading: Reading) -> Match | None:
    """The recent, unclaimed steps up to `state` that explain the hint, or None.

    Args:
        hint: what the client says.
        state: the state its ranges are tried on.
        steps: the steps that led to `state`, oldest first.
        now: when the hint came, monotonic seconds.
        reading: how freely the edits are read.
    """
    if reading is Reading.LOOSE and hint.text_hash is None:
        return None
    ranges = resolve(hint, state)
    if ranges is None:
        return None
    traces = [_Trace(place, [place]) for place in ranges]
    chosen: list[tuple[Step, TextEdit]] = []
    replaced: tuple[TextRange, ...] = ()
    for step in reversed(steps):
        if abs(now - step.time) > WINDOW or not any(trace.pieces for trace in traces):
            break
        found = _read(step, traces, reading)
        if found is None:
            break
        edit, explains = found
        _follow_back(edit, traces, reading)
        if explains:
            chosen.append((step, edit))
            replaced = tuple(trace.hull for trace in traces)
    covered = not any(trace.pieces for trace in traces)
    if not chosen or (not covered and reading is not Reading.LOOSE):
        return None
    exact = covered and not any(len(place) for place in replaced)
    return Match(state, ranges, tuple(chosen), chosen[-1][0].before, replaced, exact)


def _read(step: Step, traces: list[_Trace], reading: Reading) -> tuple[TextEdit, bool] | None:
    """The step's edit as the hint reads it, and whether it explains a range; None when it contradicts the hint."""
    edit = step.edit
    inserted = TextRange(edit.start, edit.start + len(edit.text))
    whole = _untrimmed(step)
    for trace in traces:
        outside = _is_outside(inserted, trace.hull, reading)
        meant = whole.text and trace.hull.contains(TextRange(whole.start, whole.start + len(whole.text)))
        if outside and not meant and reading is not Reading.FAR:
            continue
        if step.claimed and not outside:
            return None
        if meant or (not outside and trace.hull.contains(inserted)):
            return whole if meant else edit, True
        slid = None if step.claimed or not trace.pieces else _slid(step, inserted, trace.hull)
        if slid is not None:
            return slid, True
        if not outside:
            return None
    return edit, False


def _slid(step: Step, inserted: TextRange, hull: TextRange) -> TextEdit | None:
    """The step's insertion moved into a place, when that gives the same text."""
    edit = step.edit
    near = hull.start - _FARTHEST <= inserted.start <= hull.end + _FARTHEST
    if edit.start != edit.end or not edit.text or not near:
        return None
    by = slide_into(step.after.text, inserted, hull)
    if by is None:
        return None
    start = edit.start + by
    return TextEdit(start, start, step.after.text.slice(start, start + len(edit.text)))


def _untrimmed(step: Step) -> TextEdit:
    """The edit as the client sent it."""
    cut, edit = step.cut, step.edit
    return TextEdit(edit.start - len(cut.head), edit.end + len(cut.tail), cut.whole)


def _is_outside(inserted: TextRange, hull: TextRange, reading: Reading) -> bool:
    """Whether an edit does not concern a range; read loosely, a deletion at its edge does."""
    if reading is Reading.LOOSE and not len(inserted):
        return inserted.end < hull.start or inserted.start > hull.end
    return inserted.end <= hull.start or inserted.start >= hull.end


def _follow_back(edit: TextEdit, traces: list[_Trace], reading: Reading) -> None:
    """Move every trace from the text after an edit to the text before it."""
    inserted = TextRange(edit.start, edit.start + len(edit.text))
    grown = len(edit.text) - (edit.end - edit.start)
    for trace in traces:
        if _is_outside(inserted, trace.hull, reading):
            if inserted.start < trace.hull.end:
                trace.hull = trace.hull.shift(-grown)
                trace.pieces = [piece.shift(-grown) for piece in trace.pieces]
            continue
        trace.hull = TextRange(trace.hull.start, trace.hull.end - grown)
        left = [TextRange(p.start, min(p.end, inserted.start)) for p in trace.pieces]
        right = [TextRange(max(p.start, inserted.end), p.end).shift(-grown) for p in trace.pieces]
        trace.pieces = [p for p in (*left, *right) if p.start < p.end]
