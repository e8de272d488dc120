"""What two servers know of one document, as one. Pure; must not know where it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.provenance.attribution import Attribution
from leery.provenance.batch import recipe
from leery.provenance.history import build
from leery.provenance.jobs import reanchor
from leery.provenance.origin import NOBODY, TYPED, VCS, is_block
from leery.provenance.workspace import Snapshot

if TYPE_CHECKING:
    from leery.provenance.origin import Block


def merge(ours: Snapshot, theirs: Snapshot) -> Snapshot:
    """Our text with the better known owner of every character; theirs are found again by comparing the texts.

    Typed text and text that git has are better known than nobody's and than a block of unknown or disk origin; any
    other block is better known than all of these. Of equals ours stays.
    """
    same = ours.text == theirs.text
    text = str(ours.text)
    kept = () if same else reanchor(str(theirs.text), text)
    anchored = theirs.owners if same else build(recipe(0, len(text), kept, NOBODY), theirs.owners)
    blocks = {block.id: block for block in (*theirs.blocks, *ours.blocks)}
    runs: list[tuple[int, str]] = []
    for start, end, other in anchored.spans():
        for left, right, mine in ours.owners.spans(start, end):
            runs.append((right - left, other if _known(other, blocks) > _known(mine, blocks) else mine))
    owners = Attribution(runs)
    return Snapshot(ours.uri, ours.text, owners, tuple(blocks.values()))


def _known(owner: str, blocks: dict[str, Block]) -> int:
    if owner == NOBODY or (is_block(owner) and owner not in blocks):
        return 0
    if owner in (VCS, TYPED):
        return 2
    return 1 if blocks[owner].origin.kind in ("unknown", "disk") else 3
