"""What one `didChange` does: its steps, and where the characters it inserts come from as far as no hint says.

The rules, in the order they are tried on a batch and then on each edit:

1. The text is that of an earlier state: undo or redo, the owners are that state's.
2. The batch is formatting: white space and punctuation go to their neighbours, tokens keep their owners.
3. One to three characters, blanks, or Enter with its indentation are typed.
4. The text was just removed somewhere, or is removed by a later edit of the batch: it moved and keeps its owners.
5. Several lines take the place of several lines: what is equal or similar keeps its owners, the rest is new.
6. New text below the threshold is typed. Above it, text that stands in an open document was copied and has its owners;
   anything else is a block of unknown origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.provenance import tokens
from leery.provenance.carry import SHORTEST_MOVE, Removed, find_copy
from leery.provenance.diff import Kept, diff
from leery.provenance.edits import Cut, Region, align_to_line, back, compose, trim
from leery.provenance.history import Carry, Keep, Like, Own, Part, Remap, Restore, State, Step
from leery.provenance.origin import TYPED, UNKNOWN_ORIGIN, is_keystroke, is_unexplained
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery.provenance.workspace import Opened, Workspace
    from leery_analyzers.text import Text

INLINE = 8_000
"""Characters, old and new together, up to which a change is compared at once; larger ones are left to a job."""
_SMALL_BATCH = 32
_COMPOSED = 256


@dataclass(frozen=True, slots=True)
class Advance:
    """What a batch did.

    Attributes:
        steps: the steps it added.
        formatted: whether it was formatting.
        deferred: whether its comparison with the text before is left to a job.
    """

    steps: tuple[Step, ...]
    formatted: bool = False
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class _Prepared:
    cut: Cut
    before: Text
    after: Text


def advance(
    workspace: Workspace, opened: Opened, version: int, edits: Sequence[TextEdit], now: float, text: Text | None = None
) -> Advance:
    """Apply sequential edits to a document's history; `text` is what they lead to, where that is known."""
    batch = _prepare(opened.now.text, edits, text)
    if not batch:
        opened.now.version = version
        return Advance(())
    whole = _whole(workspace, opened, batch)
    small = len(batch) <= _SMALL_BATCH
    steps: list[Step] = []
    for index, one in enumerate(batch):
        step = Step(workspace.next_seq() if index else whole.first, opened.now, one.cut, now)
        state = State(one.after, version)
        opened.history.push(step, state)
        steps.append(step)
        _attribute(workspace, opened, whole, step, batch[index:] if small else ())
        if small:
            _remember_removed(workspace, step)
            if index + 1 < len(batch):
                opened.history.remember(state)
    last = steps[-1]
    last.override = whole.override or last.override
    if isinstance(whole.override, Restore):
        last.after.growth = whole.override.state.growth
    opened.history.remember(last.after)
    return Advance(tuple(steps), whole.blank or isinstance(whole.override, Remap), whole.deferred)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What holds for a batch as a whole: `blank` when only white space comes and goes in more than a keystroke."""

    first: int
    override: Restore | Remap | None = None
    blank: bool = False
    deferred: bool = False


def _whole(workspace: Workspace, opened: Opened, batch: Sequence[_Prepared]) -> _Whole:
    first = workspace.next_seq()
    restored = opened.history.find(batch[-1].after)
    if restored is not None:
        return _Whole(first, Restore(first, restored))
    if not _may_be_formatting([one.cut for one in batch]):
        return _Whole(first)
    if not any((one.cut.edit.text + one.cut.removed).strip() for one in batch):
        return _Whole(first, blank=True)
    if _size(batch) > INLINE and any(one.cut.removed for one in batch):
        return _Whole(first, deferred=True)
    base = opened.now
    places = formatted_places(base.text, batch[-1].after, [one.cut.edit for one in batch], INLINE)
    return _Whole(first, None if places is None else Remap(first, base, places))


def _attribute(workspace: Workspace, opened: Opened, whole: _Whole, step: Step, rest: Sequence[_Prepared]) -> None:
    """Set a step's recipe; `rest` is the batch from this step on when it is a small one."""
    if whole.blank:
        step.parts = _like_neighbours(step)
        return
    known = len(rest) > 1 and not isinstance(whole.override, Remap)
    earlier = opened.history.find(step.after.text) if known else None
    if whole.override is not None or earlier is not None:
        step.parts = _typed(step.edit)
    else:
        step.parts = _origin_of(workspace, opened, step, rest)
    if earlier is not None:
        step.override = Restore(step.seq, earlier)
        step.after.growth = earlier.growth


def _prepare(text: Text, edits: Sequence[TextEdit], result: Text | None) -> list[_Prepared]:
    batch: list[_Prepared] = []
    for number, edit in enumerate(edits, 1):
        cut = trim(text, edit)
        if cut is None:
            continue
        cut = align_to_line(text, cut)
        after = result if number == len(edits) else None
        if after is None:
            after = text.replace(cut.edit.start, cut.edit.end, cut.edit.text)
        batch.append(_Prepared(cut, text, after))
        text = after
    return batch


def _typed(edit: TextEdit) -> tuple[Part, ...]:
    return (Own(len(edit.text), TYPED),) if edit.text else ()


def _remember_removed(workspace: Workspace, step: Step) -> None:
    if step.cut.removed:
        owners = step.before.owners.slice(step.edit.start, step.edit.end)
        workspace.ring.add(Removed(step.cut.removed, owners, step.time, step.seq))


def _may_be_formatting(cuts: Sequence[Cut]) -> bool:
    """Whether a batch is more than one keystroke and inserts something."""
    inserting = [cut.edit.text for cut in cuts if cut.edit.text]
    return bool(inserting) and (len(cuts) > 1 or not (is_keystroke(inserting[0]) or _is_blanks(inserting[0])))


def _is_blanks(text: str) -> bool:
    return text.isspace() and "\n" not in text and "\r" not in text


def _size(batch: Sequence[_Prepared]) -> int:
    return sum(len(one.cut.edit.text) + len(one.cut.removed) for one in batch)


def _like_neighbours(step: Step) -> tuple[Part, ...]:
    """White space up to the last line ending goes with what stands before it, indentation with what follows."""
    edit, size = step.edit, len(step.before.text)
    text = edit.text
    if edit.end - edit.start == size:
        return _typed(edit)  # there is no neighbour
    last = max(text.rfind("\n"), text.rfind("\r")) + 1
    before = edit.start - 1 if edit.start else min(edit.end, size - 1)
    after = edit.end if edit.end < size else before
    if not last and _ends_with_break(step.before.text.slice(edit.start - 1, edit.start)):
        before = after  # indentation
    parts = (Like(last, before), Like(len(text) - last, after)) if last else (Like(len(text), before),)
    return tuple(part for part in parts if part.length)


def _ends_with_break(text: str) -> bool:
    return text[-1:] in ("", "\n", "\r")


def formatted_places(
    old: Text, new: Text, edits: Sequence[TextEdit], limit: int
) -> tuple[tuple[TextRange, tuple[Part, ...]], ...] | None:
    """For each changed stretch of whole lines whose its new characters are; None when the change is no formatting."""
    regions = _line_regions(old, compose(edits) if len(edits) <= _COMPOSED else [_hull(old, new)])
    if sum(len(region.old) + len(region.new) for region in regions) > 2 * limit:
        return None
    places: list[tuple[TextRange, tuple[Part, ...]]] = []
    for region in regions:
        start = region.old.start
        parts = tokens.formatting(old.slice(start, region.old.end), new.slice(region.new.start, region.new.end))
        if parts is None:
            return None
        places.append((region.old, tuple(shifted(part, start) for part in parts)))
    return tuple(places)


def shifted(part: tokens.Same | tokens.Like, by: int) -> Part:
    """The recipe for a piece of a formatted text whose old text starts at `by`."""
    if isinstance(part, tokens.Same):
        return Keep(part.old + by, part.old + by + part.length)
    return Like(part.length, part.old + by)


def _hull(old: Text, new: Text) -> Region:
    cut = trim(old, TextEdit(0, len(old), str(new)))
    assert cut is not None
    edit = cut.edit
    return Region(TextRange(edit.start, edit.end), TextRange(edit.start, edit.start + len(edit.text)))


def _line_regions(old: Text, regions: Sequence[Region]) -> list[Region]:
    """The regions grown to whole lines of the old text and one more, for context; those that meet are joined."""
    grown: list[Region] = []
    for region in regions:
        head = region.old.start - old.line_start(old.line_of(region.old.start))
        tail = old.line_range(old.line_of(region.old.end) + 1).end - region.old.end
        here = Region(
            TextRange(region.old.start - head, region.old.end + tail),
            TextRange(region.new.start - head, region.new.end + tail),
        )
        if grown and here.old.start < grown[-1].old.end:
            last = grown.pop()
            here = Region(TextRange(last.old.start, here.old.end), TextRange(last.new.start, here.new.end))
        grown.append(here)
    return grown


def _origin_of(workspace: Workspace, opened: Opened, step: Step, rest: Sequence[_Prepared]) -> tuple[Part, ...]:
    """The recipe for an unhinted insertion; sets the step's block and override when it needs them."""
    cut = step.cut
    text = cut.edit.text
    if is_keystroke(text) or not text or _is_blanks(text):
        return _typed(cut.edit)
    moved = _moved(workspace, cut, step, rest)
    if moved is not None:
        return (moved,)
    if _has_break(text) and _has_break(cut.removed) and len(text) + len(cut.removed) <= INLINE:
        lines = changed_lines(step)
        kept = diff(*lines.texts)
        if kept:
            compared(workspace, step, lines.old, kept, lines.texts[1])
            return _typed(cut.edit)
    if not is_unexplained(text, workspace.threshold):
        return _typed(cut.edit)
    copied = copy_of(workspace, opened, cut, step.before)
    if copied is not None:
        return (copied,)
    step.made = workspace.make_block(UNKNOWN_ORIGIN, len(text))
    return (Own(len(text), step.made),)


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The whole lines that an edit changed: their place in the text before, and their texts before and after."""

    old: TextRange
    texts: tuple[str, str]


def changed_lines(step: Step) -> ChangedLines:
    """The whole lines that a step's edit changed."""
    edit = step.edit
    there = Region(TextRange(edit.start, edit.end), TextRange(edit.start, edit.start + len(edit.text)))
    (region,) = _line_regions(step.before.text, [there])
    return ChangedLines(
        region.old,
        (
            step.before.text.slice(region.old.start, region.old.end),
            step.after.text.slice(region.new.start, region.new.end),
        ),
    )


def compared(workspace: Workspace, step: Step, old: TextRange, kept: Sequence[Kept], text: str) -> None:
    """Let lines that took the place of others keep what a comparison found; the rest is judged as one insertion."""
    new = new_text(text, kept)
    if is_unexplained(new, workspace.threshold):
        if step.made is None:
            step.made = workspace.make_block(UNKNOWN_ORIGIN, len(new))
        workspace.update(step.made, inserted=len(new))
    elif step.made is not None:
        workspace.alias(step.made, TYPED)
        step.made = None
    parts = recipe(old.start, len(text), kept, step.made or TYPED)
    step.override = Remap(step.seq, step.before, ((old, parts),))


def _has_break(text: str) -> bool:
    return "\n" in text or "\r" in text


def _moved(workspace: Workspace, cut: Cut, step: Step, later: Sequence[_Prepared]) -> Part | None:
    """Where an insertion's text was taken away, lately or by a later edit of the same batch."""
    head, size = len(cut.head), len(cut.edit.text)
    for text, skip in ((cut.whole, head), (cut.edit.text, 0)):
        if len(text) >= SHORTEST_MOVE:
            owners = workspace.ring.find(text, step.time, step.seq)
            if owners is not None:
                return Carry(workspace.resolve(owners.slice(skip, skip + size)))
    for index in range(1, len(later)):
        removal = later[index].cut
        if removal.removed == cut.edit.text and size >= SHORTEST_MOVE:
            place: TextRange | None = TextRange(removal.edit.start, removal.edit.end)
            for earlier in reversed(later[:index]):
                place = None if place is None else back(place, earlier.cut.edit)
            if place is not None:
                return Keep(place.start, place.end)
    return None


def copy_of(workspace: Workspace, opened: Opened, cut: Cut, before: State) -> Part | None:
    """Where an insertion's text stands in an open document, this one first."""
    head, size = len(cut.head), len(cut.edit.text)
    for text, skip in dict.fromkeys(((cut.whole, head), (cut.edit.text, 0))):
        found = find_copy(text, workspace.search_order(opened.document.uri, before), workspace.contents)
        if found is not None:
            state, at = found
            if state is before:
                return Keep(at + skip, at + skip + size)
            return Carry(state.owners.slice(at + skip, at + skip + size))
    return None


def new_text(text: str, kept: Sequence[Kept]) -> str:
    """What of a text is new, joined."""
    at = 0
    pieces: list[str] = []
    for one in kept:
        pieces.append(text[at : one.new])
        at = one.new + one.length
    return "".join((*pieces, text[at:]))


def recipe(start: int, length: int, kept: Sequence[Kept], owner: str) -> tuple[Part, ...]:
    """The recipe for a compared text: kept characters keep their owners, others get `owner`.

    Args:
        start: where the old text starts in the text that `Keep` speaks of.
        length: of the new text.
        kept: what the comparison found.
        owner: of the new characters.
    """
    parts: list[Part] = []
    at = 0
    for one in kept:
        if at < one.new:
            parts.append(Own(one.new - at, owner))
        parts.append(Keep(start + one.old, start + one.old + one.length))
        at = one.new + one.length
    if at < length:
        parts.append(Own(length - at, owner))
    return tuple(parts)


def grow(workspace: Workspace, before: State, after: State, near: Iterable[str]) -> None:
    """Let formatting change how many characters blocks count as inserted, so that none seems to have been lost.

    Args:
        workspace: whose blocks they are.
        before: the state before formatting.
        after: the present state.
        near: the blocks that formatting can have changed.
    """
    growth = dict(after.growth)
    for block in near:
        gained = after.owners.count(block) - before.owners.count(block)
        if gained:
            there = workspace.count(block) - gained
            inserted = workspace.inserted(block)
            growth[block] = growth.get(block, 0) + scaled(inserted, there, there + gained) - inserted
    after.growth = growth


def scaled(inserted: int, before: int, after: int) -> int:
    """How many characters count as inserted when formatting makes `after` of `before`; the fraction never falls."""
    return inserted * after // before if before > 0 else inserted
