"""What the outcome of a job changes, and what else reaches back into the past: reviews after formatting, erasure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leery.provenance import view
from leery.provenance.batch import compared, new_text, recipe, scaled
from leery.provenance.history import History, Overlay, Own, Remap, State, build
from leery.provenance.jobs import Explained, OriginJob, Reanchored, ReanchorJob, Refined, RefineJob
from leery.provenance.origin import (
    DISK_ORIGIN,
    NOBODY,
    TYPED,
    UNKNOWN_ORIGIN,
    VCS,
    Block,
    is_block,
)
from leery.provenance.result import Lost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery.provenance.attribution import Attribution
    from leery.provenance.history import Step
    from leery.provenance.jobs import Job, Outcome
    from leery.provenance.workspace import Opened, Workspace

_REVIEWED_FORMS = 16


@dataclass(frozen=True, slots=True)
class Finished:
    """What a job's outcome led to.

    Attributes:
        lost: characters that were not found again.
        made: blocks whose origin git or the disk may explain.
    """

    lost: tuple[Lost, ...] = ()
    made: tuple[str, ...] = ()


def apply(workspace: Workspace, opened: Opened, job: Job, outcome: Outcome) -> Finished:
    """Apply a job's outcome to the state it was made for, and let what came later follow."""
    if isinstance(job, RefineJob):
        assert isinstance(outcome, Refined)
        return _refine(workspace, opened, job, outcome)
    if isinstance(job, ReanchorJob):
        assert isinstance(outcome, Reanchored)
        return _reanchor(workspace, opened, job, outcome)
    assert isinstance(outcome, Explained)
    return _explain(workspace, opened, job, outcome)


def _refine(workspace: Workspace, opened: Opened, job: RefineJob, outcome: Refined) -> Finished:
    steps = job.steps
    if outcome.places is not None and not any(step.claimed for step in steps):
        for step in steps:
            _drop(workspace, step)
        steps[-1].override = Remap(steps[0].seq, job.base, outcome.places)
        opened.history.recompute(steps[0])
        _grow_late(workspace, opened, job)
        known = {owner for owner in job.base.owners.owners if owner in workspace.blocks}
        rebind_reviews(workspace, job.base, job.state, known)
        return Finished()
    for step, found in zip(steps, outcome.found, strict=True):
        if found is not None and found[1] and not step.claimed and all(isinstance(part, Own) for part in step.parts):
            lines, kept = found
            compared(workspace, step, lines.old, kept, lines.texts[1])
    opened.history.recompute(steps[0])
    made = tuple(step.made for step in steps if step.made is not None and step.made in workspace.blocks)
    return Finished(made=made)


def _drop(workspace: Workspace, step: Step) -> None:
    if step.made is not None:
        workspace.alias(step.made, TYPED)
        step.made = None


def _grow_late(workspace: Workspace, opened: Opened, job: RefineJob) -> None:
    """As `grow`, for a state that others have followed since."""
    growth = dict(job.state.growth)
    for block in {owner for owner in job.base.owners.owners if is_block(owner) and owner in workspace.blocks}:
        there, then = job.base.owners.count(block), job.state.owners.count(block)
        inserted = workspace.blocks[block].inserted + growth.get(block, 0)
        growth[block] = growth.get(block, 0) + scaled(inserted, there, then) - inserted
    former = job.state.growth
    job.state.growth = growth
    for step in opened.history.steps:
        if step.after.growth is former:
            step.after.growth = growth


def _reanchor(workspace: Workspace, opened: Opened, job: ReanchorJob, outcome: Reanchored) -> Finished:
    made: tuple[str, ...] = ()
    if outcome.places is not None:
        owners = job.owners
        for place, parts in reversed(outcome.places):
            owners = owners.splice(place.start, place.end, build(parts, job.owners))
        lost = _rescaled(workspace, job.owners, owners)
    else:
        text = str(job.state.text)
        new = new_text(text, outcome.kept)
        owner = NOBODY
        if new.strip():
            owner = workspace.make_block(DISK_ORIGIN, len(new))
            made = (owner,)
        owners = build(recipe(0, len(text), outcome.kept, owner), job.owners)
        lost = _lost(job.owners, owners)
    job.state.reset(owners)
    opened.history.recompute_after(job.state)
    return Finished(lost, made)


def _lost(old: Attribution, new: Attribution) -> tuple[Lost, ...]:
    blocks = [owner for owner in dict.fromkeys(old.owners) if is_block(owner)]
    counted = [(block, old.count(block) - new.count(block)) for block in blocks]
    return tuple(Lost(block, count) for block, count in counted if count > 0)


def _rescaled(workspace: Workspace, old: Attribution, new: Attribution) -> tuple[Lost, ...]:
    """Formatting outside loses nothing: blocks count as many characters as they have now."""
    for block in {owner for owner in old.owners if is_block(owner) and owner in workspace.blocks}:
        inserted = workspace.blocks[block].inserted
        workspace.update(block, inserted=scaled(inserted, old.count(block), new.count(block)))
    return ()


def _explain(workspace: Workspace, opened: Opened, job: OriginJob, outcome: Explained) -> Finished:
    suspects = [block for block in job.blocks if _is_suspect(workspace, block)]
    if outcome.committed:
        overlay = Overlay(outcome.committed, VCS, frozenset((NOBODY, *suspects)))
        job.state.add_overlay(overlay)
        opened.history.recompute_after(job.state)
    for block in suspects:
        left = job.state.owners.count(block)
        if not left:
            workspace.alias(block, VCS)
            continue
        came_from_disk = outcome.on_disk and opened.saved_at < job.started
        origin = DISK_ORIGIN if came_from_disk else None
        workspace.update(block, origin=origin, inserted=left)
    return Finished()


def _is_suspect(workspace: Workspace, block: str) -> bool:
    known = workspace.blocks.get(block)
    return known is not None and known.origin in (UNKNOWN_ORIGIN, DISK_ORIGIN)


def rebind_reviews(workspace: Workspace, old: State, new: State, near: Iterable[str]) -> None:
    """Let reviews that held before formatting hold for what it made of the blocks it can have changed."""
    for block in near:
        known = workspace.blocks[block]
        if known.review is None or view.review_state(old, known) != "reviewed" or block not in new.owners:
            continue
        hashes = dict.fromkeys((*known.review.hashes, view.content_hash(new, block)))
        review = replace(known.review, hashes=tuple(hashes)[-_REVIEWED_FORMS:])
        workspace.blocks[block] = replace(known, review=review)


def erase(workspace: Workspace, blocks: frozenset[str]) -> None:
    """Forget what is known of blocks, and every remembered text that holds them."""
    workspace.ring.forget(blocks)
    workspace.pasts.clear()
    for block in blocks & workspace.blocks.keys():
        known = workspace.blocks[block]
        workspace.blocks[block] = Block(block, UNKNOWN_ORIGIN, known.inserted, known.created)
    for opened in workspace.documents.values():
        now = opened.now
        if not blocks.isdisjoint(now.owners.owners) or any(
            not blocks.isdisjoint(step.before.owners.owners) for step in opened.history.steps
        ):
            state = State(now.text, now.version, now.owners)
            state.growth = now.growth
            opened.history = History(state)
            opened.claims.clear()
            opened.held.clear()
    for uri in [uri for uri, one in workspace.closed.items() if not blocks.isdisjoint(one.owners.owners)]:
        del workspace.closed[uri]
