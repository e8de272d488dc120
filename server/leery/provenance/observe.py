"""What a call changed, read off the state before and the state after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.provenance import view
from leery.provenance.origin import is_block
from leery.provenance.result import TrackResult
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery.provenance.attribution import Attribution
    from leery.provenance.hints import Hint
    from leery.provenance.history import State, Step
    from leery.provenance.jobs import Job
    from leery.provenance.result import Lost, Matched
    from leery.provenance.workspace import Opened, Workspace


@dataclass(frozen=True, slots=True)
class Before:
    """What was so before a call: the state then present, and its owners then (they can be learned to be others)."""

    state: State
    owners: Attribution

    @classmethod
    def of(cls, opened: Opened) -> Before:
        """Remember the present."""
        return cls(opened.now, opened.now.owners)

    def near(self, workspace: Workspace, steps: Sequence[Step]) -> set[str]:
        """The blocks that had characters in what steps since then changed, or beside it."""
        hull = _hull(steps)
        grown = len(steps[-1].after.text) - len(self.state.text)
        spans = self.owners.spans(hull.start - 1, hull.end - grown + 1)
        return {owner for _, _, owner in spans if owner in workspace.blocks}


def compare(
    workspace: Workspace,
    opened: Opened,
    before: Before,
    *,
    steps: Sequence[Step] = (),
    matched: tuple[Matched, ...] = (),
    unmatched: tuple[Hint, ...] = (),
    lost: tuple[Lost, ...] = (),
    jobs: tuple[Job, ...] = (),
) -> TrackResult:
    """The result of a call, given what was so before it; blocks it names count as reported from now on."""
    now = opened.now.owners
    here = _blocks(workspace, now)
    reported = workspace.reported
    there = dict.fromkeys(owner for owner in before.owners.owners if owner in reported)
    created = [block for block in here if block not in reported]
    known = [(workspace.blocks[block], reported[block]) for block in here if block in reported]
    reported.update((block, workspace.blocks[block].origin) for block in here)
    hull = _hull(steps)
    return TrackResult(
        opened.document,
        created=tuple(workspace.blocks[block] for block in created),
        reattributed=tuple((block, origin) for block, origin in known if origin != block.origin),
        arrived=tuple(block for block in here if block not in there and block not in created),
        touched=_touched(here, before, now, hull, bool(matched or lost)),
        removed=tuple(block for block in there if block not in here),
        lapsed=_lapsed(workspace, opened, here, None if matched or not steps else hull),
        matched=matched,
        unmatched=unmatched,
        lost=lost,
        jobs=jobs,
    )


def _blocks(workspace: Workspace, owners: Attribution) -> dict[str, None]:
    return dict.fromkeys(owner for owner in owners.owners if is_block(owner) and owner in workspace.blocks)


def _hull(steps: Sequence[Step]) -> TextRange:
    """The stretch of the present text that sequential steps changed."""
    start = end = 0
    for index, step in enumerate(steps):
        edit = step.edit
        grown = len(edit.text) - (edit.end - edit.start)
        if index == 0:
            start, end = edit.start, edit.end + grown
        else:
            start, end = min(start, edit.start), max(end, edit.end) + grown
    return TextRange(start, max(start, end))


def _touched(here: Iterable[str], before: Before, now: Attribution, hull: TextRange, anywhere: bool) -> tuple[str, ...]:
    """Blocks in both states of which some character came, went or was parted from its neighbour."""
    old = before.owners
    if old is now:
        return ()
    if anywhere or len(old) == len(now):
        return tuple(block for block in here if block in old and old.ranges_of(block) != now.ranges_of(block))
    grown = len(now) - len(old)
    near = [owner for _, _, owner in now.spans(hull.start - 1, hull.end + 1)]
    near += [owner for _, _, owner in old.spans(hull.start - 1, hull.end - grown + 1)]
    candidates = set(near)
    return tuple(
        block for block in here if block in candidates and block in old and _shape(old, block) != _shape(now, block)
    )


def _shape(owners: Attribution, block: str) -> list[int]:
    return [len(place) for place in owners.ranges_of(block)]


def _lapsed(workspace: Workspace, opened: Opened, here: Iterable[str], hull: TextRange | None) -> tuple[str, ...]:
    """Blocks near the change (None: anywhere) whose review held and does not any more."""
    state = opened.now
    reviewed = [workspace.blocks[block] for block in here if workspace.blocks[block].review is not None]
    if reviewed and hull is not None:
        near = _near(state, hull, {block.id for block in reviewed})
        reviewed = [block for block in reviewed if block.id in near]
    lapsed: list[str] = []
    for block in reviewed:
        holds = view.review_state(state, block)
        if holds == "lapsed" and opened.reviews.get(block.id, "reviewed") == "reviewed":
            lapsed.append(block.id)
        opened.reviews[block.id] = holds
    return tuple(lapsed)


def _near(state: State, hull: TextRange, blocks: set[str]) -> set[str]:
    """Those blocks that begin before the changed lines and their neighbours end, and end after they begin."""
    text = state.text
    start = text.line_start(text.line_of(hull.start) - 1)
    end = text.line_range(text.line_of(hull.end) + 1).end
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for left, right, owner in state.owners.spans():
        if owner in blocks:
            first.setdefault(owner, left)
            last[owner] = right
    return {block for block in first if first[block] < end and last[block] > start}
