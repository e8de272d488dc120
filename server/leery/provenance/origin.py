"""The words of provenance: origins, evidence, owners, blocks, reviews, and how unhinted text is classified.

Plain data with its JSON form. It must not know documents or how owners move.

Every character of a document has one *owner*, a string: `NOBODY` (there when the file was first seen), `VCS` (git has
it), `TYPED`, or the id of a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast, get_args

Kind = Literal["typed", "paste", "completion", "chat", "agent", "disk", "vcs", "unknown"]
Evidence = Literal["reported", "observed", "matched", "inferred"]
BlockState = Literal["unreviewed", "reviewed", "lapsed"]
Decision = Literal["approved", "rejected"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
EVIDENCE: Final[tuple[Evidence, ...]] = get_args(Evidence)
"""Strongest first."""

NOBODY: Final = ""
VCS: Final = "vcs"
TYPED: Final = "typed"
_NO_BLOCK: Final = frozenset((NOBODY, VCS, TYPED))

UNKNOWN_THRESHOLD: Final = 40
"""Characters that are not white space from which on unhinted text is `unknown`."""

_ENTER = re.compile(r"(?:\r\n|\n|\r)[ \t]*")
_BREAKS = re.compile(r"\r\n|\n|\r")
_FIRST_LOOK = 1_024


def is_block(owner: str) -> bool:
    """Whether an owner is the id of a block."""
    return owner not in _NO_BLOCK


@dataclass(frozen=True, slots=True)
class Origin:
    """Where text came from.

    Attributes:
        kind: what brought it.
        evidence: how that is known.
        assistant: its name, as whoever told of it gives it.
        model: as the assistant names it.
        session: the assistant's session.
        prompt: a reference to the prompt, never its text.
    """

    kind: Kind
    evidence: Evidence
    assistant: str | None = None
    model: str | None = None
    session: str | None = None
    prompt: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """All six fields, absent ones None."""
        return {
            "kind": self.kind,
            "evidence": self.evidence,
            "assistant": self.assistant,
            "model": self.model,
            "session": self.session,
            "prompt": self.prompt,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Origin:
        """The origin that `data` describes; unknown keys are ignored.

        Raises:
            ValueError: kind or evidence is missing or unknown, or a field is no string.
        """
        kind, evidence = data.get("kind"), data.get("evidence")
        if kind not in KINDS:
            raise ValueError(f"unknown kind of origin: {kind!r}")
        if evidence not in EVIDENCE:
            raise ValueError(f"unknown evidence: {evidence!r}")
        rest = [data.get(name) for name in ("assistant", "model", "session", "prompt")]
        if not all(value is None or isinstance(value, str) for value in rest):
            raise ValueError("assistant, model, session and prompt are strings or null")
        return cls(cast("Kind", kind), cast("Evidence", evidence), *rest)

    def stronger_than(self, other: Origin) -> bool:
        """Whether this one rests on better evidence."""
        return EVIDENCE.index(self.evidence) < EVIDENCE.index(other.evidence)


TYPED_ORIGIN: Final = Origin("typed", "inferred")
VCS_ORIGIN: Final = Origin("vcs", "matched")
UNKNOWN_ORIGIN: Final = Origin("unknown", "inferred")
DISK_ORIGIN: Final = Origin("disk", "observed")


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision about a block, bound to what the block held.

    Attributes:
        decision: what was decided.
        hashes: digests of the contents it holds for: the one reviewed and those that formatting made of it.
        time: seconds since the epoch.
        note: the person's words.
    """

    decision: Decision
    hashes: tuple[str, ...]
    time: float
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON value that `from_json` reads back."""
        return {"decision": self.decision, "hashes": list(self.hashes), "time": self.time, "note": self.note}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Review:
        """The review written by `to_json`."""
        return cls(data["decision"], tuple(data["hashes"]), float(data["time"]), data["note"])


@dataclass(frozen=True, slots=True)
class Block:
    """One insertion; where its characters are now, the attributions of the documents tell.

    Attributes:
        id: unique, opaque.
        origin: where it came from.
        inserted: characters it had when inserted, plus or minus what formatters made of them since.
        created: seconds since the epoch.
        review: the last decision about it.
    """

    id: str
    origin: Origin
    inserted: int
    created: float
    review: Review | None = None

    def joined(self, other: Block) -> Block:
        """This block with what another process knows better of it: stronger evidence, a later review."""
        origin = other.origin if other.origin.stronger_than(self.origin) else self.origin
        reviews = [review for review in (self.review, other.review) if review is not None]
        return replace(self, origin=origin, review=max(reviews, key=lambda review: review.time, default=None))

    def to_json(self) -> dict[str, Any]:
        """A JSON value that `from_json` reads back."""
        return {
            "id": self.id,
            "origin": self.origin.to_json(),
            "inserted": self.inserted,
            "created": self.created,
            "review": None if self.review is None else self.review.to_json(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Block:
        """The block written by `to_json`.

        Raises:
            KeyError, TypeError, ValueError: the value was not written by it.
        """
        review = data["review"]
        return cls(
            data["id"],
            Origin.from_json(data["origin"]),
            int(data["inserted"]),
            float(data["created"]),
            None if review is None else Review.from_json(review),
        )


def is_enter(text: str) -> bool:
    """Whether an insertion is one line ending with the next line's indentation."""
    return _ENTER.fullmatch(text) is not None


def is_keystroke(text: str) -> bool:
    """Whether an insertion is what a key or two produce: one to three characters, or Enter with its indentation."""
    return 1 <= len(text) <= 3 or is_enter(text)


def has_solid(text: str, count: int) -> bool:
    """Whether so many characters are not white space; of a long text mostly the beginning is looked at."""
    size = _FIRST_LOOK
    while sum(map(len, text[:size].split())) < count:
        if size >= len(text):
            return False
        size *= 8
    return True


def is_unexplained(text: str, threshold: int) -> bool:
    """Whether an unhinted insertion is too large to be typing.

    That is from `threshold` characters that are not white space or from two non-blank lines on, unless it is a
    keystroke.
    """
    if is_keystroke(text):
        return False
    if has_solid(text, threshold):
        return True
    filled = 0
    for line in _BREAKS.split(text):
        filled += bool(line) and not line.isspace()
        if filled == 2:
            return True
    return False
