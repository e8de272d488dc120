"""What a person is shown of a document: findings that are wanted, with their origin, and the blocks they lie in.

Values and pure functions; must not analyse, log or know LSP. Offsets are code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.places import Places
from leery_analyzers.fingerprint import fingerprint, statement_at
from leery_analyzers.text import Text, TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from leery_analyzers.model import Finding, Notice

Json = dict[str, Any]
Place = tuple[str, Text, TextRange, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block is, and whose it is: what every keystroke asks for.

    Attributes:
        id: the block's name.
        ranges: sorted, not empty.
        origin: as JSON, every member present.
        flagged: whether findings in it are shown in scope `blocks`.
    """

    id: str
    ranges: tuple[TextRange, ...]
    origin: Json
    flagged: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block of a document, as ``leery/blocks`` tells it.

    Attributes:
        id: the block's name.
        ranges: sorted, not empty.
        origin: as JSON, every member present.
        state: `unreviewed`, `reviewed` or `lapsed`.
        survived: fraction of its inserted characters that are still there.
        findings: fingerprints.
    """

    id: str
    ranges: tuple[TextRange, ...]
    origin: Json
    state: str
    survived: float
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as shown.

    Attributes:
        finding: with the ranges of the document it is shown in.
        message: what is wrong, why here, and where the code came from.
        block: id of the block it lies in, if any.
        path: related places as (uri, text, range, message).
    """

    finding: Finding
    message: str
    block: str | None
    path: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A notice as shown: what could not be done, and the name by which a person may suppress it."""

    notice: Notice
    fingerprint: str

    @property
    def rule(self) -> str:
        """What stands for a rule's id."""
        return f"analysis-{self.notice.kind}"

    @property
    def range(self) -> TextRange:
        """Its place; the document's start for one that concerns all of it."""
        return self.notice.range or TextRange(0, 0)


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of one version of a document; `complete` once no engine works on it any more."""

    uri: str
    version: int | None
    text: Text
    findings: tuple[Shown, ...]
    remarks: tuple[Remark, ...]
    complete: bool


class Holders:
    """The blocks of a document, asked which of them a finding lies in.

    Args:
        blocks: no character belongs to two of them.
    """

    def __init__(self, blocks: Iterable[Spot]) -> None:
        ordered = sorted(blocks, key=lambda block: not block.flagged)
        held = sorted((place, rank) for rank, block in enumerate(ordered) for place in block.ranges)
        self._places = Places(place for place, _ in held)
        self._ranks = [rank for _, rank in held]
        self._blocks = ordered

    def of(self, finding: Finding) -> Spot | None:
        """The block that a finding, or else a step of its path, lies in; flagged ones first."""
        for place in finding.places():
            met = [self._ranks[index] for index, mine in self._places.near(place) if place.overlaps(mine)]
            if met:
                return self._blocks[min(met)]
        return None


def remark(notice: Notice, text: Text) -> Remark:
    """A notice with a name that is bound to the statement it speaks of, if it speaks of a place."""
    statement = statement_at(text, notice.range.start) if notice.range is not None else ""
    return Remark(notice, fingerprint(f"{notice.engine} {notice.kind}", statement, 0))


def show(finding: Finding, block: Spot | None, locate: Callable[[TextRange], tuple[str, Text, TextRange]]) -> Shown:
    """A finding with its message and its path as places in documents."""
    path = tuple((*locate(step.range), step.message) for step in finding.path)
    return Shown(finding, message(finding, block), block.id if block else None, path)


def message(finding: Finding, block: Spot | None) -> str:
    """What is wrong, why here, and where the code came from."""
    parts = [finding.message]
    if finding.path:
        parts.append("Path: " + " → ".join(step.message for step in finding.path) + ".")
    if block is not None:
        parts.append(f"Origin: {phrase(block.origin)}.")
    return "\n".join(parts)


def phrase(origin: Json) -> str:
    """One phrase on where a block came from, e.g. ``completion by copilot (gpt-5), observed``."""
    text = str(origin["kind"])
    if origin.get("assistant"):
        text += f" by {origin['assistant']}"
    if origin.get("model"):
        text += f" ({origin['model']})"
    return f"{text}, {origin['evidence']}"
