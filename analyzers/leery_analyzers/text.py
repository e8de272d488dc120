r"""Immutable text as a balanced tree of chunks, and the only place that counts in units other than code points.

Holds `Text` and the two value types `TextRange` and `TextEdit`. It must not know languages, files or LSP types.

Lines end in ``\n``, ``\r\n`` or a lone ``\r`` and in nothing else, as the LSP specification says (3.17, "Text
Documents"); ``str.splitlines`` knows seven more separators and must not be used on a document.

The tree is height-balanced and persistent: an edit copies the path to the place and shares the rest, so it costs
O(log n) whatever the size of the file. Joining follows Blelloch, Ferizovic and Sun, "Just Join for Parallel Ordered
Sets" (2016), with the AVL balance criterion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_CHUNK = 1024
_PRIME = 18_446_744_073_709_551_557  # the largest prime below 2**64


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
        return TextRange(self.start + by, self.end + by)

    def overlaps(self, other: TextRange) -> bool:
        """Whether both share at least one character; an empty range counts when it lies within or at an edge."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def contains(self, other: TextRange) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """A replacement of the characters from `start` to `end` (code points) by `text`."""

    start: int
    end: int
    text: str


class _Node:
    """A leaf (`chunk` is a string) or an inner node with two children; carries the sums over what lies below."""

    __slots__ = (
        "breaks",
        "bytes8",
        "chars",
        "chunk",
        "ends_cr",
        "hash_",
        "height",
        "left",
        "right",
        "starts_lf",
        "units16",
    )

    chunk: str | None
    left: _Node
    right: _Node
    height: int
    chars: int
    bytes8: int
    units16: int
    breaks: int
    starts_lf: bool
    ends_cr: bool
    hash_: int | None


def _leaf(chunk: str) -> _Node:
    node = _Node()
    node.chunk = chunk
    node.height = 0
    node.hash_ = None
    node.chars, node.bytes8, node.units16, node.breaks = _measure(chunk)
    node.starts_lf = chunk[:1] == "\n"
    node.ends_cr = chunk[-1:] == "\r"
    return node


def _measure(chunk: str) -> tuple[int, int, int, int]:
    """Code points, UTF-8 bytes, UTF-16 code units and line breaks of a string; a lone surrogate counts 1, 3, 1."""
    chars = len(chunk)
    breaks = chunk.count("\n")
    if "\r" in chunk:
        breaks += chunk.count("\r") - chunk.count("\r\n")
    if chunk.isascii():
        return chars, chars, chars, breaks
    bytes8 = len(chunk.encode("utf-8", "surrogatepass"))
    units16 = len(chunk.encode("utf-16-le", "surrogatepass")) // 2
    return chars, bytes8, units16, breaks


def _branch(left: _Node, right: _Node) -> _Node:
    node = _Node()
    node.chunk = None
    node.left = left
    node.right = right
    node.height = max(left.height, right.height) + 1
    node.chars = left.chars + right.chars
    node.bytes8 = left.bytes8 + right.bytes8
    node.units16 = left.units16 + right.units16
    node.breaks = left.breaks + right.breaks - (1 if left.ends_cr and right.starts_lf else 0)
    node.starts_lf = left.starts_lf
    node.ends_cr = right.ends_cr
    node.hash_ = None
    return node


def _balance(left: _Node, right: _Node) -> _Node:
    """Join two trees whose heights differ by at most two."""
    if left.height > right.height + 1:
        if left.left.height >= left.right.height:
            return _branch(left.left, _branch(left.right, right))
        return _branch(_branch(left.left, left.right.left), _branch(left.right.right, right))
    if right.height > left.height + 1:
        if right.right.height >= right.left.height:
            return _branch(_branch(left, right.left), right.right)
        return _branch(_branch(left, right.left.left), _branch(right.left.right, right.right))
    return _branch(left, right)


def _join(left: _Node | None, right: _Node | None) -> _Node | None:
    if left is None or left.chars == 0:
        return right
    if right is None or right.chars == 0:
        return left
    return _join_full(left, right)


def _join_full(left: _Node, right: _Node) -> _Node:
    if left.chunk is not None and right.chunk is not None:
        if left.chars + right.chars <= _CHUNK:
            return _leaf(left.chunk + right.chunk)
        return _branch(left, right)
    if (
        left.chunk is None
        and left.height >= right.height
        and (right.chunk is not None or left.height > right.height + 1)
    ):
        return _balance(left.left, _join_full(left.right, right))
    if (
        right.chunk is None
        and right.height >= left.height
        and (left.chunk is not None or right.height > left.height + 1)
    ):
        return _balance(_join_full(left, right.left), right.right)
    return _branch(left, right)


def _split(node: _Node, at: int) -> tuple[_Node | None, _Node | None]:
    """Cut a tree before the character with offset `at`."""
    if at <= 0:
        return None, node
    if at >= node.chars:
        return node, None
    if node.chunk is not None:
        return _leaf(node.chunk[:at]), _leaf(node.chunk[at:])
    if at < node.left.chars:
        head, tail = _split(node.left, at)
        return head, _join(tail, node.right)
    head, tail = _split(node.right, at - node.left.chars)
    return _join(node.left, head), tail


def _build(text: str) -> _Node:
    level = [_leaf(text[i : i + _CHUNK]) for i in range(0, len(text), _CHUNK)] or [_leaf("")]
    while len(level) > 1:
        paired = [_branch(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired[-1] = _join_full(paired[-1], level[-1])
        level = paired
    return level[0]


def _hash(node: _Node) -> int:
    """A polynomial hash that does not depend on where the chunks are cut."""
    if node.hash_ is None:
        if node.chunk is not None:
            node.hash_ = int.from_bytes(node.chunk.encode("utf-32-be", "surrogatepass"), "big") % _PRIME
        else:
            weight = pow(2, 32 * node.right.chars, _PRIME)
            node.hash_ = (_hash(node.left) * weight + _hash(node.right)) % _PRIME
    return node.hash_


def _same(one: _Node, other: _Node) -> bool:
    """Whether two trees hold the same characters; what they share is not looked at."""
    if one is other:
        return True
    if one.chars != other.chars or _hash(one) != _hash(other):
        return False
    if one.chunk is None and other.chunk is None and one.left.chars == other.left.chars:
        return _same(one.left, other.left) and _same(one.right, other.right)
    return "".join(_leaves(one)) == "".join(_leaves(other))


def _replace_in_leaf(node: _Node, start: int, end: int, text: str) -> _Node | None:
    """The tree after an edit that stays inside one leaf, or None when it does not."""
    if node.chunk is not None:
        if node.chars - (end - start) + len(text) > _CHUNK:
            return None
        return _leaf(node.chunk[:start] + text + node.chunk[end:])
    at = node.left.chars
    if end <= at:
        left = _replace_in_leaf(node.left, start, end, text)
        return None if left is None or left.chars == 0 else _branch(left, node.right)
    if start >= at:
        right = _replace_in_leaf(node.right, start - at, end - at, text)
        return None if right is None or right.chars == 0 else _branch(node.left, right)
    return None


def _leaves(node: _Node) -> Iterator[str]:
    stack = [node]
    while stack:
        top = stack.pop()
        if top.chunk is not None:
            yield top.chunk
        else:
            stack.append(top.right)
            stack.append(top.left)


class Text:
    """An immutable sequence of code points with lines; every method that takes a place takes code points.

    Lone surrogates, which JSON can carry, are ordinary code points here.
    """

    __slots__ = ("_root",)

    def __init__(self, text: str = "") -> None:
        self._root = _build(text)

    @classmethod
    def _of(cls, root: _Node | None) -> Text:
        text = cls.__new__(cls)
        text._root = root if root is not None else _leaf("")  # noqa: SLF001 - the only other constructor
        return text

    def __len__(self) -> int:
        return self._root.chars

    def __str__(self) -> str:
        return "".join(_leaves(self._root))

    def __repr__(self) -> str:
        return f"<Text of {len(self)} code points, {self.line_count} lines>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return _same(self._root, other._root)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def fingerprint(self) -> int:
        """A 64-bit hash of the content, O(log n) after an edit. Not collision-proof: confirm with ``==``."""
        return _hash(self._root)

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
        _collect(self._root, start, end, parts)
        return "".join(parts)

    def replace(self, start: int, end: int, text: str) -> Text:
        """The text after one edit.

        Raises:
            ValueError: the place is not inside the text.
        """
        if not 0 <= start <= end <= len(self):
            raise ValueError(f"edit {start}..{end} outside a text of {len(self)} code points")
        inside = _replace_in_leaf(self._root, start, end, text)
        if inside is not None:
            return Text._of(inside)
        head, rest = _split(self._root, start)
        tail = _split(rest, end - start)[1] if rest is not None else None
        middle = _build(text) if text else None
        return Text._of(_join(_join(head, middle), tail))

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
        return offset + _nth_break(node.chunk, line)

    def line_of(self, offset: int) -> int:
        """The line, from 0, that holds the character at `offset`; amid a two-character line ending still the first."""
        offset = min(max(offset, 0), len(self))
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
        _, more8, more16, more_breaks = _measure(node.chunk[:offset])
        return bytes8 + more8, units16 + more16, breaks + more_breaks

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
        return offset + _units_to_chars(node.chunk, wanted, encoding)


def _collect(node: _Node, start: int, end: int, parts: list[str]) -> None:
    if node.chunk is not None:
        parts.append(node.chunk[start:end])
        return
    at = node.left.chars
    if start < at:
        _collect(node.left, start, min(end, at), parts)
    if end > at:
        _collect(node.right, max(start - at, 0), end - at, parts)


def _nth_break(chunk: str, count: int) -> int:
    """Offset after the `count`-th line break of a chunk."""
    at = 0
    carriage = "\r" in chunk
    for _ in range(count):
        newline = chunk.find("\n", at)
        ret = chunk.find("\r", at) if carriage else -1
        if ret >= 0 and (newline < 0 or ret < newline):
            at = ret + (2 if chunk[ret + 1 : ret + 2] == "\n" else 1)
        else:
            at = newline + 1
    return at


def _units_to_chars(chunk: str, wanted: int, encoding: Encoding) -> int:
    """How many whole code points fit into `wanted` units from the chunk's start."""
    if chunk.isascii():
        return min(wanted, len(chunk))
    units = 0
    for index, char in enumerate(chunk):
        code = ord(char)
        if encoding == "utf-16":
            units += 2 if code > 0xFFFF else 1
        else:
            units += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
        if units > wanted:
            return index
    return len(chunk)


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
