"""What the tracker knows of the whole workspace: open and closed documents, blocks, removed texts.

State and small helpers only; the rules are elsewhere.
"""

from __future__ import annotations

import uuid
from collections import Counter, OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from leery.provenance.carry import Contents, Ring
from leery.provenance.origin import UNKNOWN_THRESHOLD, Block, is_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leery.document import Document
    from leery.provenance.attribution import Attribution
    from leery.provenance.hints import Hint
    from leery.provenance.history import History, State
    from leery.provenance.origin import BlockState, Origin
    from leery_analyzers.text import Text, TextRange

_CLOSED = 256
_ALIASES = 4_096


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All there is to keep of one document: its text, whose the characters are, and the blocks among the owners."""

    uri: str
    text: Text
    owners: Attribution
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A hint that was matched: where, when, and the block it made (None: it carried, kept or typed)."""

    state: State
    ranges: tuple[TextRange, ...]
    origin: Origin
    block: str | None
    time: float


@dataclass(slots=True)
class Opened:
    """One open document.

    Attributes:
        document: its present version.
        history: its recent past.
        waiting: hints that found no change so far, with the time they came.
        claims: recently matched hints.
        held: states that unfinished jobs speak of.
        reviews: the last known state of every reviewed block.
        saved_at: when the client last saved it, monotonic seconds.
    """

    document: Document
    history: History
    waiting: list[tuple[Hint, float]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    held: list[State] = field(default_factory=list)
    reviews: dict[str, BlockState] = field(default_factory=dict)
    saved_at: float = float("-inf")

    @property
    def now(self) -> State:
        """The present state."""
        return self.history.now


class Workspace:
    """Everything the tracker remembers.

    `reported` holds the blocks that a caller has been told of, with the origin they had then.

    Args:
        clock: monotonic seconds.
        wall: seconds since the epoch.
        new_id: makes ids of blocks.
    """

    def __init__(self, clock: Callable[[], float], wall: Callable[[], float], new_id: Callable[[], str]) -> None:
        self.clock = clock
        self.wall = wall
        self.threshold = UNKNOWN_THRESHOLD
        self.documents: OrderedDict[str, Opened] = OrderedDict()
        self.closed: OrderedDict[str, Snapshot] = OrderedDict()
        self.pasts: dict[str, tuple[State, ...]] = {}
        self.blocks: dict[str, Block] = {}
        self.reported: dict[str, Origin] = {}
        self.ring = Ring()
        self.contents = Contents()
        self._new_id = new_id
        self._aliases: OrderedDict[str, str] = OrderedDict()
        self._seq = 0

    def next_seq(self) -> int:
        """A number larger than all before."""
        self._seq += 1
        return self._seq

    def make_block(self, origin: Origin, inserted: int) -> str:
        """Register a new block; its id."""
        block = Block(self._new_id(), origin, inserted, self.wall())
        self.blocks[block.id] = block
        return block.id

    def update(self, block: str, *, origin: Origin | None = None, inserted: int | None = None) -> None:
        """Change what is known of a block."""
        known = self.blocks[block]
        self.blocks[block] = replace(
            known,
            origin=known.origin if origin is None else origin,
            inserted=known.inserted if inserted is None else inserted,
        )

    def take_review(self, block: Block) -> bool:
        """Another process may know a later review of a block that is known here; whether it does."""
        known = self.blocks.get(block.id)
        if known is None:
            return False
        self.blocks[block.id] = replace(known, review=known.joined(block).review)
        return self.blocks[block.id].review != known.review

    def alias(self, block: str, owner: str) -> None:
        """From now on characters that are carried from elsewhere as `block` belong to `owner`."""
        self.blocks.pop(block, None)
        self._aliases[block] = owner
        if len(self._aliases) > _ALIASES:
            self._aliases.popitem(last=False)

    def resolve(self, owners: Attribution) -> Attribution:
        """Owners from elsewhere under their present names."""
        return owners.rename(self._aliases) if self._aliases else owners

    def touch(self, uri: str) -> Opened:
        """An open document, which becomes the most recent one."""
        self.documents.move_to_end(uri)
        return self.documents[uri]

    def search_order(self, uri: str, first: State) -> Iterator[State]:
        """`first`, then the present states of the other open documents, the most recent one first."""
        yield first
        for other, opened in reversed(self.documents.items()):
            if other != uri:
                yield opened.now

    def keep_closed(self, snapshot: Snapshot, past: tuple[State, ...]) -> None:
        """Remember a closed document, and forget the one closed longest ago when there are too many.

        Args:
            snapshot: the document.
            past: what undo could come back to: an editor that reads a file again may close and open it, and undo that.
        """
        self.closed[snapshot.uri] = snapshot
        self.closed.move_to_end(snapshot.uri)
        self.pasts[snapshot.uri] = past
        if len(self.closed) > _CLOSED:
            oldest, _ = self.closed.popitem(last=False)
            self.pasts.pop(oldest, None)

    def count(self, block: str) -> int:
        """How many characters of a block there are in the open and the closed documents."""
        return sum(opened.now.owners.count(block) for opened in self.documents.values()) + sum(
            snapshot.owners.count(block) for snapshot in self.closed.values()
        )

    def inserted(self, block: str) -> int:
        """How many characters a block would have, had nobody taken any away."""
        grown = sum(opened.now.growth.get(block, 0) for opened in self.documents.values())
        return self.blocks[block].inserted + grown

    def counts(self) -> Counter[str]:
        """How many characters every owner has in the open and the closed documents."""
        counts: Counter[str] = Counter()
        states = [opened.now.owners for opened in self.documents.values()]
        for owners in [*states, *(snapshot.owners for snapshot in self.closed.values())]:
            for length, owner in owners.runs():
                counts[owner] += length
        return counts

    def survived(self, block: str, count: int) -> float:
        """The fraction of a block's characters that are still there when there are `count`, 0 to 1."""
        inserted = self.inserted(block)
        return min(1.0, count / inserted) if inserted > 0 else 1.0

    def snapshot(self, uri: str) -> Snapshot:
        """What there is to keep of an open document."""
        state = self.documents[uri].now
        known = dict.fromkeys(owner for owner in state.owners.owners if is_block(owner) and owner in self.blocks)
        blocks = tuple(replace(self.blocks[owner], inserted=self.inserted(owner)) for owner in known)
        return Snapshot(uri, state.text, state.owners, blocks)


def new_id() -> str:
    """An id for a block."""
    return uuid.uuid4().hex
