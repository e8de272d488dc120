"""What can be read off a state: the ranges of blocks, who is to blame for a line, and what a review is bound to.

Pure functions; nothing here changes anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.provenance.origin import NOBODY, TYPED, TYPED_ORIGIN, VCS, VCS_ORIGIN, is_block
from leery_analyzers.text import TextRange, split_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery.provenance.history import State
    from leery.provenance.origin import Block, BlockState, Origin


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as it is in one document.

    Attributes:
        block: what is known of it.
        ranges: where its characters are in this document, sorted, in code points.
        state: whether a person's review of it holds.
        survived: the fraction of its inserted characters that are still there, 0 to 1, in the whole workspace.
    """

    block: Block
    ranges: tuple[TextRange, ...]
    state: BlockState
    survived: float


def origin_of(owner: str, blocks: Mapping[str, Block]) -> Origin | None:
    """The origin of a character's owner; None for nobody's."""
    if owner == TYPED:
        return TYPED_ORIGIN
    if owner == VCS:
        return VCS_ORIGIN
    block = blocks.get(owner)
    return None if block is None else block.origin


def content_hash(state: State, block: str) -> str:
    """A digest of what a review of a block is bound to.

    That is every character that any block owns in the lines the block stands in, white space left out; lines between
    two of its ranges count when nothing there was in the file before. So what an assistant puts into the block's lines
    or between them counts, and what a person types beside it does not.
    """
    digest = hashlib.sha256()
    for place in _lines(state, block):
        for start, end, owner in state.owners.spans(place.start, place.end):
            if is_block(owner):
                digest.update("".join(state.text.slice(start, end).split()).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _lines(state: State, block: str) -> list[TextRange]:
    """The whole lines that a block's ranges touch."""
    text = state.text
    lines: list[TextRange] = []
    for place in state.owners.ranges_of(block):
        start = text.line_start(text.line_of(place.start))
        end = text.line_range(text.line_of(place.end - 1)).end
        if lines and (start <= lines[-1].end or _is_new(state, lines[-1].end, start)):
            lines[-1] = TextRange(lines[-1].start, max(end, lines[-1].end))
        else:
            lines.append(TextRange(start, end))
    return lines


def _is_new(state: State, start: int, end: int) -> bool:
    return not any(owner in (NOBODY, VCS) for _, _, owner in state.owners.spans(start, end))


def review_state(state: State, block: Block) -> BlockState:
    """Whether a review holds in a state: only as long as the content is one it was given for."""
    if block.review is None:
        return "unreviewed"
    return "reviewed" if content_hash(state, block.id) in block.review.hashes else "lapsed"


def blame(state: State, blocks: Mapping[str, Block]) -> list[dict[str, Any]]:
    """One object a line, in the form of ``leery blame --format json``; columns are code points from 0.

    `spans` covers the line without its ending. A line's origin is the one with most characters, the first of equals;
    an empty line has that of its ending. What follows the last line ending is a line only if it has characters, as
    ``git blame`` counts.
    """
    lines: list[dict[str, Any]] = []
    origins = {owner: origin_of(owner, blocks) for owner in set(state.owners.owners)}
    forms = {owner: None if origin is None else origin.to_json() for owner, origin in origins.items()}
    runs = list(state.owners.spans())
    index = start = 0
    for number, line in enumerate(filter(None, split_lines(str(state.text))), 1):
        end = start + len(line.rstrip("\r\n"))
        spans: list[dict[str, Any]] = []
        weights: dict[Origin | None, int] = {}
        owner = NOBODY
        while index < len(runs) and runs[index][0] < start + len(line):
            left, right, owner = runs[index]
            left, right = max(left, start), min(right, end)
            if left < right:
                weights[origins[owner]] = weights.get(origins[owner], 0) + right - left
                block = owner if is_block(owner) else None
                spans.append({"start": left - start, "end": right - start, "block": block, "origin": forms[owner]})
            if runs[index][1] > start + len(line):
                break
            index += 1
        most = max(weights, key=weights.__getitem__) if weights else origins.get(owner)
        lines.append({"line": number, "origin": None if most is None else most.to_json(), "spans": spans})
        start += len(line)
    return lines
