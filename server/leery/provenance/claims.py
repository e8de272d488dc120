"""What a hint that is matched changes: the recipes of the steps that explain it, and so everything after them.

A hint may come after its edit, even after later edits; it is applied to the past and the present follows. It must not
decide whether a hint matches; `hints` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.provenance import tokens
from leery.provenance.batch import INLINE, recipe, shifted
from leery.provenance.carry import find_copy
from leery.provenance.diff import diff
from leery.provenance.edits import Cut
from leery.provenance.hints import WINDOW, Reading, explain, interleaved, replaced_by, resolve
from leery.provenance.history import Carry, Keep, Own, Part, Patch
from leery.provenance.origin import TYPED, VCS
from leery.provenance.workspace import Claim
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery.provenance.hints import Hint, Match
    from leery.provenance.history import Step
    from leery.provenance.workspace import Opened, Workspace

_CANDIDATES = 64


def claim(workspace: Workspace, opened: Opened, hint: Hint, time: float) -> Claim | None:
    """Match a hint that came at `time` against the recent steps and apply it; None when nothing explains it."""
    steps = opened.history.steps
    own, later = _candidates(hint, steps, time)
    tries = [(Reading.NEAR, own), (Reading.FAR, own), (Reading.NEAR, later), (Reading.FAR, later)]
    for index in (*own, *later):
        ranges = interleaved(hint, steps[index], time)
        if ranges is not None:
            made = _interleave(workspace, opened, hint, steps[index], ranges, time)
            opened.claims.append(made)
            return made
    if duplicate_of(opened, hint) is None:
        tries.append((Reading.LOOSE, [*own, *later]))
    for reading, indices in tries:
        for index in indices:
            match = explain(hint, steps[index].after, steps[: index + 1], time, reading)
            if match is not None:
                made = _apply(workspace, opened, hint, match, time)
                opened.claims.append(made)
                return made
    return None


def _candidates(hint: Hint, steps: Sequence[Step], time: float) -> tuple[list[int], list[int]]:
    """Indices of steps whose later state the hint may speak of: those of its own version, those of later ones.

    The last state of a version comes first; the others count too, since a client may send a hint amid a batch.
    """
    recent = [index for index in range(len(steps) - 1, -1, -1) if abs(time - steps[index].time) <= WINDOW]
    recent = recent[:_CANDIDATES]
    if hint.version is None:
        return recent, []
    later = [index for index in recent if steps[index].after.version > hint.version]
    later.sort(key=lambda index: (steps[index].after.version, -index))
    return [index for index in recent if steps[index].after.version == hint.version], later


def duplicate_of(opened: Opened, hint: Hint) -> Claim | None:
    """The claim that an unmatched hint repeats."""
    for made in opened.claims:
        if resolve(hint, made.state) == made.ranges:
            return made
    return None


def _apply(workspace: Workspace, opened: Opened, hint: Hint, match: Match, time: float) -> Claim:
    steps = [step for step, _ in match.steps]
    made = [step.made for step in reversed(steps) if step.made is not None and step.made in workspace.blocks]
    owner = {"typed": TYPED, "vcs": VCS}.get(hint.origin.kind)
    block = None
    if owner is None:
        block = owner = made[0] if made else workspace.make_block(hint.origin, 0)
    parts = [
        _parts(workspace, opened, hint, match, place, replaced, owner)
        for place, replaced in zip(match.ranges, match.replaced, strict=True)
    ]
    _rewrite(opened, match, owner)
    if not match.exact or any(not isinstance(part, Own) for some in parts for part in some):
        assert match.state.step is not None
        match.state.step.patches += tuple(
            Patch(place, match.base, some) for place, some in zip(match.ranges, parts, strict=True)
        )
    opened.history.recompute(steps[-1])
    for other in made:
        if other != block:
            workspace.alias(other, owner)
    if block is not None:
        count = match.state.owners.count(block)
        workspace.update(block, origin=hint.origin, inserted=count)
        if not count:
            workspace.blocks.pop(block)
            block = None
    return Claim(match.state, match.ranges, hint.origin, block, time)


def _interleave(
    workspace: Workspace, opened: Opened, hint: Hint, step: Step, ranges: Sequence[TextRange], time: float
) -> Claim:
    """Let a step have inserted just these ranges; what it wrote again between them stays whose it was."""
    place = replaced_by(step, ranges)
    by_hint = {"typed": TYPED, "vcs": VCS}.get(hint.origin.kind)
    made = step.made if step.made in workspace.blocks else None
    owner = by_hint or made or workspace.make_block(hint.origin, 0)
    parts: list[Part] = []
    at = old = place.start
    for one in (*ranges, TextRange(place.end, place.end)):
        parts += [Keep(old, old + one.start - at), Own(len(one), owner)]
        old += one.start - at
        at = one.end
    step.cut = Cut(TextEdit(place.start, old, step.after.text.slice(place.start, place.end)), step.cut.removed)
    step.parts = tuple(part for part in parts if not isinstance(part, Own) or part.length)
    step.claimed = True
    step.made = None
    _drop_overrides(opened, step)
    opened.history.recompute(step)
    if by_hint is not None:
        if made is not None:
            workspace.alias(made, owner)
        return Claim(step.after, tuple(ranges), hint.origin, None, time)
    workspace.update(owner, origin=hint.origin, inserted=step.after.owners.count(owner))
    return Claim(step.after, tuple(ranges), hint.origin, owner, time)


def _rewrite(opened: Opened, match: Match, owner: str) -> None:
    """Let the steps say what the hint says, and no batch that holds one of them say otherwise."""
    for step, edit in match.steps:
        if _slid(step, edit):
            step.cut = Cut(edit, "")
        step.parts = (Own(len(step.edit.text), owner),) if step.edit.text else ()
        step.claimed = True
        step.made = None
        _drop_overrides(opened, step)


def _drop_overrides(opened: Opened, step: Step) -> None:
    """Let no batch that holds a step say otherwise than the step."""
    for other in opened.history.steps:
        if other.override is not None and other.override.first <= step.seq <= other.seq:
            other.override = None


def _slid(step: Step, edit: TextEdit) -> bool:
    """Whether the hint reads an insertion at another place than the client sent it."""
    return edit.start == edit.end and edit.start != step.edit.start


def _parts(
    workspace: Workspace, opened: Opened, hint: Hint, match: Match, place: TextRange, replaced: TextRange, owner: str
) -> tuple[Part, ...]:
    """The recipe for one of the hint's ranges.

    Text that was cut or copied here keeps its owners when it is pasted. Where the insertion took the place of other
    text, whole lines that both share keep their owners, and all of it does when it is the same but for formatting;
    in lines that differ all characters are the insertion's, for the hint says that they were inserted.
    """
    text = match.state.text.slice(place.start, place.end)
    if hint.origin.kind == "paste":
        carried = _copied(workspace, opened, hint, match, text) or _carried(workspace, opened, match, text)
        if carried is not None:
            return (carried,)
    if not len(replaced):
        again = _written_again(opened, match, text, owner) if hint.origin.kind == "disk" else None
        return again or (Own(len(text), owner),)
    old = match.base.text.slice(replaced.start, replaced.end)
    if len(old) + len(text) <= INLINE:
        formatted = tokens.formatting(old, text)
        if formatted is not None:
            return tuple(shifted(part, replaced.start) for part in formatted)
    return recipe(replaced.start, len(text), diff(old, text, refine=False), owner)


def _written_again(opened: Opened, match: Match, text: str, owner: str) -> tuple[Part, ...] | None:
    """The recipe for a file that was empty for a moment: who writes it anew empties it first, and editors may see that.

    What both texts share keeps the owners that it had before.
    """
    if len(match.base.text):
        return None
    first = match.steps[-1][0]
    emptied = [step for step in opened.history.steps if step.seq < first.seq and not len(step.after.text)]
    if not emptied or first.time - emptied[-1].time > WINDOW or not len(emptied[-1].before.text):
        return None
    before = emptied[-1].before
    kept = diff(before.text.slice(0, len(before.text)), text, refine=False)
    parts = recipe(0, len(text), kept, owner)
    return tuple(Carry(before.owners.slice(one.start, one.end)) if isinstance(one, Keep) else one for one in parts)


def _copied(workspace: Workspace, opened: Opened, hint: Hint, match: Match, text: str) -> Part | None:
    """The owners that the text has where the client saw it being copied, if it really stands there."""
    if hint.source is None:
        return None
    here = hint.source.uri == opened.document.uri
    if not here and hint.source.uri not in workspace.documents:
        return None
    state = match.base if here else workspace.documents[hint.source.uri].now
    for place in hint.source.place(state.text):
        end = place.start + len(text)  # copying a line without a selection takes its line ending along
        if place.start >= 0 and end <= len(state.text) and state.text.slice(place.start, end) == text:
            return Keep(place.start, end) if here else Carry(state.owners.slice(place.start, end))
    return None


def _carried(workspace: Workspace, opened: Opened, match: Match, text: str) -> Part | None:
    oldest = match.steps[-1][0]
    owners = workspace.ring.find(text, oldest.time, oldest.seq)
    if owners is not None:
        return Carry(workspace.resolve(owners))
    found = find_copy(text, workspace.search_order(opened.document.uri, match.base), workspace.contents)
    if found is None:
        return None
    state, at = found
    if state is match.base:
        return Keep(at, at + len(text))
    return Carry(state.owners.slice(at, at + len(text)))
