"""The geometry of edits: trimming, sliding, and where an edit's place was before and is after.

Pure functions over texts and offsets (code points). Nothing here knows owners.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.text import Text

_SLIDE_LIMIT = 1_000
"""How far, in code points, an insertion or deletion is moved to a line's start."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An edit without the characters that did not change.

    Attributes:
        edit: the trimmed edit.
        removed: the characters it takes away.
        head: what was trimmed in front of it.
        tail: what was trimmed behind it.
    """

    edit: TextEdit
    removed: str
    head: str = ""
    tail: str = ""

    @property
    def whole(self) -> str:
        """The text as the client inserted it."""
        return self.head + self.edit.text + self.tail


def common_prefix(one: str, other: str) -> int:
    """How many characters both start with."""
    size = min(len(one), len(other))
    if one[:size] == other[:size]:
        return size
    low, high = 0, size
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low if one[low:high] != other[low:high] else high


def common_suffix(one: str, other: str) -> int:
    """How many characters both end with."""
    size = min(len(one), len(other))
    if size == 0 or one[-size:] == other[-size:]:
        return size
    low, high = 0, size
    while high - low > 1:
        middle = (low + high) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle
    return low


def trim(text: Text, edit: TextEdit) -> Cut | None:
    """The part of an edit that changes `text`; None when it changes nothing. Places outside are moved inside."""
    start = min(max(edit.start, 0), len(text))
    end = min(max(edit.end, start), len(text))
    new = edit.text
    if start == end:
        return Cut(TextEdit(start, end, new), "") if new else None
    old = text.slice(start, end)
    if not new:
        return Cut(TextEdit(start, end, ""), old)
    head = common_prefix(old, new)
    tail = common_suffix(old[head:], new[head:])
    kept = TextEdit(start + head, end - tail, new[head : len(new) - tail])
    if kept.start == kept.end and not kept.text:
        return None
    return Cut(kept, old[head : len(old) - tail], new[:head], new[len(new) - tail :])


def align_to_line(text: Text, cut: Cut) -> Cut:
    r"""Move an insertion or a deletion to a line's start when that changes the same characters.

    Clients that send a minimal difference (Neovim) report the line ``foo(a)`` inserted below ``foo(b)`` as the
    insertion of ``a)\nfoo(``. Both readings give the same text; whole lines are what was meant. Only text with
    something other than white space and with a line ending is moved, and by less than its own length.
    """
    edit = cut.edit
    moving = edit.text or cut.removed
    if (edit.text and cut.removed) or cut.head or cut.tail:
        return cut
    last = max(moving.rfind("\n"), moving.rfind("\r"))
    if last < 0 or not moving.strip() or _starts_line(text, edit.start):
        return cut
    back = len(moving) - last - 1  # so far left, and the text ends with its line ending
    if back <= _SLIDE_LIMIT and back <= edit.start:
        turned = moving[last + 1 :] + moving[: last + 1]
        before = text.slice(edit.start - back, edit.start)
        if before == moving[last + 1 :] and _starts_line(text, edit.start - back):
            return _moved(cut, edit, -back, turned)
    first = _first_break(moving)
    if first <= _SLIDE_LIMIT and text.slice(edit.end, edit.end + first) == moving[:first]:
        return _moved(cut, edit, first, moving[first:] + moving[:first])
    return cut


def _first_break(text: str) -> int:
    """Offset after the first line ending; there is one."""
    places = [at for at in (text.find("\n"), text.find("\r")) if at >= 0]
    at = min(places)
    return at + (2 if text[at : at + 2] == "\r\n" else 1)


def _starts_line(text: Text, at: int) -> bool:
    if at == 0:
        return True
    before = text.slice(at - 1, at + 1)
    return before[0] == "\n" or (before[0] == "\r" and before[1:] != "\n")


def _moved(cut: Cut, edit: TextEdit, by: int, turned: str) -> Cut:
    if edit.text:
        return Cut(TextEdit(edit.start + by, edit.start + by, turned), "")
    return Cut(TextEdit(edit.start + by, edit.end + by, ""), turned, cut.head, cut.tail)


def slide_into(after: Text, inserted: TextRange, place: TextRange) -> int | None:
    """By how much an insertion must move to lie within `place`; None when that would change the text after it.

    Args:
        after: the text after the insertion.
        inserted: where it was reported.
        place: where it should be; at least as long.
    """
    if inserted.start < place.start:
        by = place.start - inserted.start
    elif inserted.end > place.end:
        by = place.end - inserted.end
    else:
        return 0
    if inserted.start + by < place.start or inserted.end + by > place.end:
        return None
    if by > 0:
        same = after.slice(inserted.start, inserted.start + by) == after.slice(inserted.end, inserted.end + by)
    else:
        same = after.slice(inserted.start + by, inserted.start) == after.slice(inserted.end + by, inserted.end)
    return by if same else None


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of an old text and what stands in its place in a new one."""

    old: TextRange
    new: TextRange


def compose(edits: Iterable[TextEdit]) -> list[Region]:
    """The disjoint, sorted regions that sequential edits replaced; regions that touch are one."""
    regions: list[Region] = []
    for edit in edits:
        regions = _compose_one(regions, edit)
    return regions


def _compose_one(regions: list[Region], edit: TextEdit) -> list[Region]:
    """Add an edit given in the coordinates of the new text."""
    grown = len(edit.text) - (edit.end - edit.start)
    before = [region for region in regions if region.new.end < edit.start]
    after = [region for region in regions if region.new.start > edit.end]
    touched = regions[len(before) : len(regions) - len(after)]
    shift = before[-1].old.end - before[-1].new.end if before else 0
    start, end = edit.start, edit.end
    old_start, old_end = start + shift, end + shift
    if touched:
        first, last = touched[0], touched[-1]
        start, old_start = min(start, first.new.start), min(old_start, first.old.start)
        past = max(end - last.new.end, 0)
        end, old_end = max(end, last.new.end), last.old.end + past
    here = Region(TextRange(old_start, old_end), TextRange(start, end + grown))
    return [*before, here, *(Region(region.old, region.new.shift(grown)) for region in after)]


def back(place: TextRange, edit: TextEdit) -> TextRange | None:
    """Where a place in the text after an edit was before it; None when the edit inserted or cut into it."""
    inserted_end = edit.start + len(edit.text)
    if place.end <= edit.start:
        return place
    if place.start >= inserted_end:
        return place.shift(edit.end - edit.start - len(edit.text))
    return None
