"""Places that were rewritten, and how many findings each version left: what grew from one rewrite to the next.

A place is a block with all blocks that took characters from it, and those that took some from these. Must not know how
it is shown.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery.log.summary import Block, Summary


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a place.

    Attributes:
        time: when it came in, RFC 3339 in UTC.
        block: the block that came in.
        open: how many findings of the place were open when the next version came, or are open now.
    """

    time: str
    block: Block
    open: int


@dataclass(frozen=True, slots=True)
class Rewrites:
    """A place whose findings grew at least once when it was rewritten; its versions, oldest first."""

    versions: tuple[Version, ...]

    @property
    def file(self) -> str:
        """Where it is now."""
        return self.versions[-1].block.file

    @property
    def growth(self) -> int:
        """How many findings more are open now than in the first version."""
        return self.versions[-1].open - self.versions[0].open

    @property
    def grew_at(self) -> tuple[Version, ...]:
        """The versions that left more findings than the one before."""
        return tuple(after for before, after in pairwise(self.versions) if after.open > before.open)


def rewrites(summary: Summary) -> tuple[Rewrites, ...]:
    """The places whose findings grew; those that are worst now come first."""
    places = [Rewrites(_versions(blocks)) for blocks in _places(summary)]
    grown = [place for place in places if place.grew_at]
    return tuple(sorted(grown, key=lambda place: (-place.growth, -place.versions[-1].open, place.file)))


def _places(summary: Summary) -> Iterable[list[Block]]:
    """Blocks by place, for places with more than one version: union of what `Block.replaces` joins."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := parent.get(name, name)) != name:
            parent[name] = parent.get(above, above)
            name = above
        return name

    for block in summary.blocks.values():
        for other in block.replaces:
            parent[root(other)] = root(block.id)
    places: dict[str, list[Block]] = {}
    for block in summary.blocks.values():
        if block.id in parent or len(block.times) > 1 or block.replaces:
            places.setdefault(root(block.id), []).append(block)
    return places.values()


def _versions(blocks: Sequence[Block]) -> tuple[Version, ...]:
    came = sorted(((time, block) for block in blocks for time in block.times), key=lambda pair: pair[0])
    findings = [finding for block in blocks for finding in block.findings]
    opened = sorted(finding.opened for finding in findings)
    closed = sorted(finding.closed for finding in findings if finding.closed is not None)
    ends = [time for time, _ in came[1:]]
    left = [bisect_left(opened, end) - bisect_left(closed, end) for end in ends]
    left.append(len(opened) - len(closed))
    return tuple(Version(time, block, count) for (time, block), count in zip(came, left, strict=True))
