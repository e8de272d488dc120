r"""Immutable text as a balanced tree of chunks, and the only place that counts in units other than code points.

Holds `Text` and the two value types `TextRange` and `TextEdit`. It must not know languages, files or LSP types.

Lines end in ``\n``, ``\r\n`` or a lone ``\r`` and in nothing else, as the LSP specification says (3.17, "Text
Documents"); ``str.splitlines`` knows seven more separators and must not be used on a document.

The characters stand in a balanced tree (see `chunks`), so that an edit costs what the edit costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.chunks import (
    Encoding,
    build,
    chunks,
    collect,
    content_hash,
    join,
    leaf,
    length_in,
    measure,
    nth_break,
    replace_in_leaf,
    same,
    split,
    units_to_chars,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery_analyzers.chunks import Node

__all__ = ["BuiltText", "Encoding", "Text", "TextEdit", "TextRange", "split_lines"]


@dataclass(frozen=True, slots=True, order=True)
class TextRange:
    """A half-open place in a text.

    Attributes:
        start: offset of the first character, in code points from the start of the text.
        end: offset after the last character, in code points; never before `start`.
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def shift(self, by: int) -> TextRange:
        """The same range moved by a signed number of code points."""
        return TextRange(self.start + by, self.end + by) if by else self

    def overlaps(self, other: TextRange) -> bool:
        """Whether both share at least one character; an empty range counts when it lies within or at an edge."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def contains(self, other: TextRange) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def union(ranges: Iterable[TextRange]) -> tuple[TextRange, ...]:
    """Sorted ranges, none empty, that do not overlap or touch and cover the same characters."""
    merged: list[TextRange] = []
    for place in sorted(ranges):
        if merged and place.start <= merged[-1].end:
            merged[-1] = TextRange(merged[-1].start, max(merged[-1].end, place.end))
        elif len(place):
            merged.append(place)
    return tuple(merged)


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """A replacement of the characters from `start` to `end` (code points) by `text`."""

    start: int
    end: int
    text: str


class BuiltText(str):
    """A string that brings the tree along that `Text` needs, made where it holds nobody up."""

    __slots__ = ("root",)

    def __init__(self, text: str) -> None:
        self.root = build(text)
        content_hash(self.root)


class Text:
    """An immutable sequence of code points with lines; every method that takes a place takes code points.

    Lone surrogates, which JSON can carry, are ordinary code points here.
    """

    __slots__ = ("_root",)

    def __init__(self, text: str = "") -> None:
        self._root = _tree(text)

    @classmethod
    def _of(cls, root: Node | None) -> Text:
        text = cls.__new__(cls)
        text._root = root if root is not None else leaf("")  # noqa: SLF001 - the only other constructor
        return text

    def __len__(self) -> int:
        return self._root.chars

    def __str__(self) -> str:
        return "".join(chunks(self._root))

    def __repr__(self) -> str:
        return f"<Text of {len(self)} code points, {self.line_count} lines>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return same(self._root, other._root)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def fingerprint(self) -> int:
        """A 64-bit hash of the content, O(log n) after an edit. Not collision-proof: confirm with ``==``."""
        return content_hash(self._root)

    @property
    def line_count(self) -> int:
        """Number of lines: line breaks plus one."""
        return self._root.breaks + 1

    @property
    def byte_length(self) -> int:
        """Length in UTF-8 bytes."""
        return self._root.bytes8

    def slice(self, start: int, end: int) -> str:
        """The characters from `start` to `end`, both clamped to the text."""
        start, end = max(start, 0), min(end, len(self))
        if start >= end:
            return ""
        parts: list[str] = []
        collect(self._root, start, end, parts)
        return "".join(parts)

    def replace(self, start: int, end: int, text: str) -> Text:
        """The text after one edit.

        Raises:
            ValueError: the place is not inside the text.
        """
        if not 0 <= start <= end <= len(self):
            raise ValueError(f"edit {start}..{end} outside a text of {len(self)} code points")
        inside = replace_in_leaf(self._root, start, end, text)
        if inside is not None:
            return Text._of(inside)
        head, rest = split(self._root, start)
        tail = split(rest, end - start)[1] if rest is not None else None
        middle = _tree(text) if text else None
        return Text._of(join(join(head, middle), tail))

    def apply(self, edits: Iterable[TextEdit]) -> Text:
        """The text after edits that all speak of this text; they must not overlap.

        Edits at the same place are applied in the order given.

        Raises:
            ValueError: two edits overlap, or one lies outside.
        """
        result = self
        limit = len(self)
        ordered = sorted(enumerate(edits), key=lambda item: (item[1].start, item[1].end, item[0]))
        for _, edit in reversed(ordered):
            if edit.end > limit:
                raise ValueError(f"edit {edit.start}..{edit.end} overlaps the next one")
            result = result.replace(edit.start, edit.end, edit.text)
            limit = edit.start
        return result

    def line_start(self, line: int) -> int:
        """Offset of a line's first character; lines count from 0. Past the last line: the end of the text."""
        if line <= 0:
            return 0
        if line >= self.line_count:
            return len(self)
        node, offset = self._root, 0
        while node.chunk is None:
            left = node.left
            complete = left.breaks - (1 if left.ends_cr and node.right.starts_lf else 0)
            if line <= complete:
                node = left
            else:
                line -= complete
                offset += left.chars
                node = node.right
        return offset + nth_break(node.chunk, line)

    def line_of(self, offset: int) -> int:
        """The line, from 0, that holds the character at `offset`; amid a two-character line ending still the first."""
        offset = min(max(offset, 0), len(self))
        chunk, inside, _, _, breaks = self._leaf_at(offset)
        if inside and "\r" not in chunk:
            return breaks + chunk.count("\n", 0, inside)
        breaks = self._prefix(offset)[2]
        if 0 < offset < len(self) and self.slice(offset - 1, offset + 1) == "\r\n":
            breaks -= 1
        return breaks

    def line_range(self, line: int) -> TextRange:
        """A line's place including its line ending."""
        return TextRange(self.line_start(line), self.line_start(line + 1))

    def line(self, line: int) -> str:
        """A line's characters including its line ending."""
        return self.slice(self.line_start(line), self.line_start(line + 1))

    def line_end(self, line: int) -> int:
        """Offset after a line's last character, before its line ending."""
        start, end = self.line_start(line), self.line_start(line + 1)
        if end == len(self) and line + 1 >= self.line_count:
            return end
        ending = self.slice(max(start, end - 2), end)
        return end - (2 if ending == "\r\n" else 1)

    def offset_at(self, line: int, character: int, encoding: Encoding = "utf-32") -> int:
        """The offset (code points) of a position given as line and units of `encoding`.

        A character past the line's end means its end, a line past the last one the end of the text, and a place
        inside a character (the second half of a surrogate pair, a continuation byte) that character's start.
        """
        if line < 0:
            return 0
        if line >= self.line_count:
            return len(self)
        start, end = self.line_start(line), self.line_end(line)
        if encoding == "utf-32" or character <= 0:
            return min(start + max(character, 0), end)
        wanted = self._units_before(start, encoding) + character
        return min(self._offset_of_units(wanted, encoding), end)

    def position_at(self, offset: int, encoding: Encoding = "utf-32") -> tuple[int, int]:
        """The (line, character) of an offset; `character` in units of `encoding`."""
        offset = min(max(offset, 0), len(self))
        chunk, inside, _, _, breaks = self._leaf_at(offset)
        newline = chunk.rfind("\n", 0, inside)
        if newline >= 0 and "\r" not in chunk:  # the line starts in this leaf: nothing else need be looked at
            before = chunk[newline + 1 : inside]
            return breaks + chunk.count("\n", 0, inside), length_in(before, encoding)
        line = self.line_of(offset)
        start = self.line_start(line)
        if encoding == "utf-32":
            return line, offset - start
        return line, self._units_before(offset, encoding) - self._units_before(start, encoding)

    def byte_offset(self, offset: int) -> int:
        """UTF-8 bytes before an offset given in code points."""
        return self._prefix(min(max(offset, 0), len(self)))[0]

    def _units_before(self, offset: int, encoding: Encoding) -> int:
        bytes8, units16, _ = self._prefix(offset)
        return bytes8 if encoding == "utf-8" else units16

    def _prefix(self, offset: int) -> tuple[int, int, int]:
        """UTF-8 bytes, UTF-16 units and line breaks before `offset`."""
        chunk, inside, bytes8, units16, breaks = self._leaf_at(offset)
        _, more8, more16, more_breaks = measure(chunk[:inside])
        return bytes8 + more8, units16 + more16, breaks + more_breaks

    def _leaf_at(self, offset: int) -> tuple[str, int, int, int, int]:
        """The leaf that holds `offset`, the offset in it, and UTF-8 bytes, UTF-16 units and line breaks before it."""
        node = self._root
        bytes8 = units16 = breaks = 0
        while node.chunk is None:
            left = node.left
            if offset < left.chars:
                node = left
                continue
            bytes8 += left.bytes8
            units16 += left.units16
            breaks += left.breaks
            if left.ends_cr and node.right.starts_lf and offset > left.chars:
                breaks -= 1  # the right side counts the whole \r\n
            offset -= left.chars
            node = node.right
        return node.chunk, offset, bytes8, units16, breaks

    def _offset_of_units(self, wanted: int, encoding: Encoding) -> int:
        node, offset = self._root, 0
        while node.chunk is None:
            here = node.left.bytes8 if encoding == "utf-8" else node.left.units16
            if wanted < here:
                node = node.left
            else:
                wanted -= here
                offset += node.left.chars
                node = node.right
        return offset + units_to_chars(node.chunk, wanted, encoding)


def _tree(text: str) -> Node:
    return text.root if isinstance(text, BuiltText) else build(text)


def split_lines(text: str) -> Sequence[str]:
    """A string's lines with their endings, by the LSP's rule; ``"".join`` gives the string back. Never empty."""
    lines: list[str] = []
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        while (ret := text.find("\r", start, end)) >= 0 and not (ret == end - 1 and end < len(text)):
            lines.append(text[start : ret + 1])
            start = ret + 1
        lines.append(text[start : end + 1])
        start = end + 1
    return lines
