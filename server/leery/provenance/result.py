"""What a call of the tracker changed, for those who log, publish and persist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery.document import Document
    from leery.provenance.hints import Hint
    from leery.provenance.jobs import Job
    from leery.provenance.origin import Block, Origin


@dataclass(frozen=True, slots=True)
class Matched:
    """A hint that found its change.

    Attributes:
        hint: the hint.
        block: the block it made or named; None when the text was typed, carried its own origin or changed nothing.
    """

    hint: Hint
    block: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """Characters of a block that could not be found again in a text that changed unseen.

    Attributes:
        block: its id.
        count: how many characters.
    """

    block: str
    count: int


@dataclass(frozen=True, slots=True)
class TrackResult:
    """What changed in one document.

    Attributes:
        document: its present version.
        created: new blocks.
        reattributed: blocks that were known before and whose origin is now known better, with the former origin.
        arrived: ids of blocks known before that have characters in this document now and had none.
        touched: ids of blocks here that lost or gained characters, or were split.
        removed: ids of blocks that have no character left in this document.
        lapsed: ids of blocks whose review held and does not any more.
        matched: hints that found their change.
        unmatched: hints whose time is up.
        lost: what could not be found again.
        jobs: work to run in a thread; give each and its outcome to `Tracker.finish`. As long as they run, the origin of
            what came last is not final: wait for them before logging or publishing, they take milliseconds.
    """

    document: Document
    created: tuple[Block, ...] = ()
    reattributed: tuple[tuple[Block, Origin], ...] = ()
    arrived: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    matched: tuple[Matched, ...] = ()
    unmatched: tuple[Hint, ...] = ()
    lost: tuple[Lost, ...] = ()
    jobs: tuple[Job, ...] = ()
