"""Checks entries one after the other: their bytes, their private texts, their keys, and the tree over them.

Knows no database: a log, a bundle or a damaged copy may stand behind. Imports nothing that writes, and says about the
first thing that is wrong where it is.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from leery.log import canonical
from leery.log.body import BODIES, Key
from leery.log.checkpoint import Note, endorsement_text, from_base64, signed
from leery.log.entry import (
    LEAF_BYTES,
    LEAF_VERSION,
    SALT_BYTES,
    body_of,
    commitment,
    is_leaf,
    parse_leaf,
    parse_time,
)
from leery.log.merkle import Frontier, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

Text: TypeAlias = tuple[str, bytes, bytes | None]
"""A private text as `leery.log.entry.PrivateText` has it: its name, its salt, and its UTF-8 where it is kept."""

_REMARKS = 100
_CROSSING_SECONDS = 300.0
_BROKEN_BYTES = (ValueError, RecursionError)


class Fault(Exception):  # noqa: N818 - it is what a verifier finds, not what fails in it
    """What is wrong, and where: an entry's index, or None for the log as a whole."""

    def __init__(self, what: str, index: int | None = None) -> None:
        super().__init__(what if index is None else f"entry {index}: {what}")
        self.index = index


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """A key, raw, and the index of the entry from which on it signs."""

    first: int
    public: bytes


@dataclass(slots=True)
class Chain:
    """What was seen so far; `add` every entry, then `finish`.

    Attributes:
        wanted: sizes at which the root is to be kept in `roots`.
        partial: private texts may be missing: they were not handed over.
        origin: the log's name, from its first key.
        keys: the keys, in order.
        remarks: what is no fault but a reviewer should know.
        types: how many entries there are of each type.
        later: how many entries a later version of Leery wrote; they count, but are not understood.
        last: the hash of the newest entry.
    """

    wanted: frozenset[int] = frozenset()
    partial: bool = False
    roots: dict[int, bytes] = field(default_factory=dict)
    origin: str | None = None
    keys: list[KeyPeriod] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    later: int = 0
    last: bytes = b""
    frontier: Frontier = field(default_factory=Frontier)
    _has_text: bytearray = field(default_factory=bytearray)
    _missing: set[int] = field(default_factory=set)
    _time: str = ""

    @property
    def size(self) -> int:
        """How many entries were added."""
        return self.frontier.size

    def add(self, index: int, leaf: bytes, texts: Sequence[Text]) -> list[tuple[int, int, list[bytes]]]:
        """Check the next entry; gives the tiles that it fills, as `Frontier.append` does.

        Raises:
            Fault: it is wrong.
        """
        frontier = self.frontier
        if index != frontier.size:
            raise Fault("it is missing", frontier.size)
        self.inspect(index, leaf, texts)
        full = frontier.append(self.last)
        if frontier.size in self.wanted:
            self.roots[frontier.size] = frontier.root()
        return full

    def inspect(self, index: int, leaf: bytes, texts: Sequence[Text]) -> None:
        """Check an entry without its place in the tree; those before it need not have been seen.

        Raises:
            Fault: it is wrong.
        """
        value = _parsed(index, leaf)
        kind, time = value["type"], value["time"]
        if kind not in BODIES or value["v"] > LEAF_VERSION:
            self.later += 1
        if time >= self._time:
            self._time = time
        else:
            self._go_back(index, time)
        self._check_texts(index, value, texts)
        self.types[kind] += 1
        if kind == "key":
            self._follow_key(index, value)
        elif kind == "erasure":
            self._follow_erasure(index, value)
        elif kind == "gap":
            self._remark(f"entry {index} tells of a gap: {plain(value.get('what'))}")
        self.last = leaf_hash(leaf)

    def finish(self) -> None:
        """Check what only the whole can tell.

        Raises:
            Fault: a private text is gone that nobody erased.
        """
        if 0 in self.wanted:
            self.roots[0] = Frontier().root()
        if self._missing and not self.partial:
            raise Fault("a private text is missing, and no later entry says that it was erased", min(self._missing))
        if self.later:
            self._remark(f"{self.later} entries were written by a later version: bound by the tree, but not understood")

    def check(self, note: Note, name: str) -> None:
        """Check a checkpoint of this log, of a size in `wanted`.

        Raises:
            Fault: it does not fit.
        """
        point = note.checkpoint
        if point.origin != self.origin:
            raise Fault(f"{name} is of another log: {plain(point.origin)}")
        if point.size > self.size:
            raise Fault(f"entries are missing at the end: {name} saw {point.size}, here are {self.size}")
        public = self.key_at(point.size)
        if public is None or not note.signed_by(public):
            raise Fault(f"{name}, of {point.size} entries, is not signed by the key that the log had then")
        if self.roots[point.size] != point.root:
            raise Fault(f"{name} saw other entries than the first {point.size} here")

    def key_at(self, size: int) -> bytes | None:
        """The key that signs the state with so many entries."""
        return next((key.public for key in reversed(self.keys) if key.first < size), None)

    def _go_back(self, index: int, time: str) -> None:
        """Tell of a clock that went back; entries of several processes may well cross each other a little."""
        if _seconds(self._time) - _seconds(time) > _CROSSING_SECONDS:
            self._remark(f"the clock went back at entry {index}, from {plain(self._time)} to {plain(time)}")
            self._time = time

    def _check_texts(self, index: int, value: dict[str, Any], texts: Sequence[Text]) -> None:
        commitments = value.get("commitments")
        if not isinstance(commitments, dict):
            raise Fault("its commitments are no object", index)
        withheld = value.get("withheld")
        if withheld is not None and not isinstance(withheld, list):
            raise Fault("what was withheld of it is no list", index)
        if not commitments and not texts:
            self._has_text.append(False)
            return
        missing = set(commitments)
        for name, salt, data in texts:
            if name not in missing:
                raise Fault(f"a text {plain(name)} stands beside it that it does not commit to", index)
            missing.remove(name)
            if len(salt) != SALT_BYTES:
                raise Fault(f"the salt of its {name} is not of {SALT_BYTES} bytes", index)
            if data is not None and commitment(salt, data) != commitments[name]:
                raise Fault(f"its {name} is not what it was when it was written", index)
            if withheld is not None and (data is None) != (name in withheld):
                raise Fault(f"its {name} was kept when it was written, and is not there", index)
        self._has_text.append(bool(texts))
        if missing:
            self._missing.add(index)

    def _follow_erasure(self, index: int, value: dict[str, Any]) -> None:
        runs = value.get("entries") or []
        if not isinstance(runs, list):
            raise Fault("what it erases is no list", index)
        for run in runs:
            if not (isinstance(run, list) and len(run) == 2 and all(isinstance(edge, int) for edge in run)):
                raise Fault("what it erases is not given by first and last index", index)
            first, last = run
            if not 0 <= first <= last < index:
                raise Fault("it erases entries that do not precede it", index)
            if index != self.size:  # a disclosure: those before it were not all seen, and may be any number
                continue
            self._missing.difference_update(range(first, last + 1))
            still = self._has_text.find(1, first, last + 1)
            if still >= 0:
                raise Fault(f"its private text is still there, though entry {index} says that it was erased", still)

    def _follow_key(self, index: int, value: dict[str, Any]) -> None:
        try:
            body = body_of(parse_leaf(json.dumps(value)), {})
        except _BROKEN_BYTES:
            body = None
        if not isinstance(body, Key) or not _is_spelled(body):
            raise Fault("it is about a key, but not complete", index)
        public = _decoded(body.public, index)
        if body.action == "retired":
            if public not in {key.public for key in self.keys[:-1]}:
                raise Fault("it retires a key that was not replaced", index)
            return
        if self.origin is None:
            self.origin = body.name
        elif body.name != self.origin:
            raise Fault(f"its key is of another log: {plain(body.name)}", index)
        self._succeed(index, body, public)
        self.keys.append(KeyPeriod(index, public))

    def _succeed(self, index: int, body: Key, public: bytes) -> None:
        old = self.keys[-1].public if self.keys else None
        if (body.previous is None) != (old is None) or (old and _decoded(body.previous or "", index) != old):
            raise Fault("its key does not follow the one before", index)
        if body.action == "created":
            if old is not None:
                self._remark(f"the key was lost and replaced at entry {index}: nothing old vouches for the new one")
            return
        if old is None or not signed(old, _decoded(body.endorsement or "", index), endorsement_text(body.name, public)):
            raise Fault("the key before did not sign for its key", index)

    def _remark(self, text: str) -> None:
        if len(self.remarks) < _REMARKS:
            self.remarks.append(text)
        elif len(self.remarks) == _REMARKS:
            self.remarks.append("there is more of this kind")


def _parsed(index: int, leaf: bytes) -> dict[str, Any]:
    """The members of a leaf that is spelled as it must be and has what every leaf has."""
    if len(leaf) > LEAF_BYTES:
        raise Fault(f"it is longer than {LEAF_BYTES} bytes", index)
    try:
        value, is_canonical = canonical.read(leaf)
    except _BROKEN_BYTES:
        raise Fault("it is no canonical JSON", index) from None
    if not is_canonical:
        raise Fault("it is not in the canonical form of JSON", index)
    if not is_leaf(value):
        raise Fault("it lacks its id, its time or its type", index)
    version = value.get("v")
    if not isinstance(version, int) or version < 1:
        raise Fault("it lacks its version", index)
    return value


def _is_spelled(key: Key) -> bool:
    parts: tuple[Any, ...] = (key.action, key.name, key.public, key.previous or "", key.endorsement or "")
    return all(isinstance(part, str) for part in parts)


def _seconds(time: str) -> float:
    """A time of an entry, in seconds; 0 for what is none."""
    moment = parse_time(time)
    try:
        return 0.0 if moment is None else moment.timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _decoded(text: str, index: int) -> bytes:
    try:
        return from_base64(text)
    except ValueError:
        raise Fault("its key or its signature is no base64", index) from None


def plain(value: object) -> str:
    """Text of an entry as part of a message: short, and without anything that a terminal obeys."""
    text = str(value)
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:80])
