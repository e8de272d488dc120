"""The balanced tree of chunks under `Text`: persistent nodes with the sums over what lies below them.

Holds nodes and functions on them; must not know lines' or edits' meaning beyond counting line breaks.

An edit copies the path to the place and shares the rest, so it costs O(log n) whatever the size of the file. Joining
follows Blelloch, Ferizovic and Sun, "Just Join for Parallel Ordered Sets" (2016), with the AVL balance criterion.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_CHUNK = 1024
_PRIME = 18_446_744_073_709_551_557  # the largest prime below 2**64


class Node:
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
    left: Node
    right: Node
    height: int
    chars: int
    bytes8: int
    units16: int
    breaks: int
    starts_lf: bool
    ends_cr: bool
    hash_: int | None


def leaf(chunk: str) -> Node:
    """A leaf that holds a string."""
    node = Node()
    node.chunk = chunk
    node.height = 0
    node.hash_ = None
    node.chars, node.bytes8, node.units16, node.breaks = measure(chunk)
    node.starts_lf = chunk[:1] == "\n"
    node.ends_cr = chunk[-1:] == "\r"
    return node


def measure(chunk: str) -> tuple[int, int, int, int]:
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


def length_in(chunk: str, encoding: Encoding) -> int:
    """The length of a string in units of an encoding."""
    if encoding == "utf-32" or chunk.isascii():
        return len(chunk)
    return measure(chunk)[1 if encoding == "utf-8" else 2]


def branch(left: Node, right: Node) -> Node:
    """A node over two others, which must differ in height by at most one."""
    node = Node()
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


def _balance(left: Node, right: Node) -> Node:
    """Join two trees whose heights differ by at most two."""
    if left.height > right.height + 1:
        if left.left.height >= left.right.height:
            return branch(left.left, branch(left.right, right))
        return branch(branch(left.left, left.right.left), branch(left.right.right, right))
    if right.height > left.height + 1:
        if right.right.height >= right.left.height:
            return branch(branch(left, right.left), right.right)
        return branch(branch(left, right.left.left), branch(right.left.right, right.right))
    return branch(left, right)


def join(left: Node | None, right: Node | None) -> Node | None:
    """The tree of two texts, one after the other; None stands for no text."""
    if left is None or left.chars == 0:
        return right
    if right is None or right.chars == 0:
        return left
    return _join_full(left, right)


def _join_full(left: Node, right: Node) -> Node:
    if left.chunk is not None and right.chunk is not None:
        if left.chars + right.chars <= _CHUNK:
            return leaf(left.chunk + right.chunk)
        return branch(left, right)
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
    return branch(left, right)


def split(node: Node, at: int) -> tuple[Node | None, Node | None]:
    """Cut a tree before the character with offset `at`."""
    if at <= 0:
        return None, node
    if at >= node.chars:
        return node, None
    if node.chunk is not None:
        return leaf(node.chunk[:at]), leaf(node.chunk[at:])
    if at < node.left.chars:
        head, tail = split(node.left, at)
        return head, join(tail, node.right)
    head, tail = split(node.right, at - node.left.chars)
    return join(node.left, head), tail


def build(text: str) -> Node:
    """The tree of a whole text."""
    level = [leaf(text[i : i + _CHUNK]) for i in range(0, len(text), _CHUNK)] or [leaf("")]
    while len(level) > 1:
        paired = [branch(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired[-1] = _join_full(paired[-1], level[-1])
        level = paired
    return level[0]


def content_hash(node: Node) -> int:
    """A polynomial hash of the UTF-8 bytes, which does not depend on where the chunks are cut."""
    if node.hash_ is None:
        if node.chunk is not None:
            node.hash_ = int.from_bytes(node.chunk.encode("utf-8", "surrogatepass"), "big") % _PRIME
        else:
            weight = _weight(node.right.bytes8)
            node.hash_ = (content_hash(node.left) * weight + content_hash(node.right)) % _PRIME
    return node.hash_


@lru_cache(maxsize=4096)
def _weight(size: int) -> int:
    """What the hash of a text is multiplied by when so many bytes follow it."""
    return pow(2, 8 * size, _PRIME)


def same(one: Node, other: Node) -> bool:
    """Whether two trees hold the same characters; what they share is not looked at."""
    if one is other:
        return True
    if one.chars != other.chars or content_hash(one) != content_hash(other):
        return False
    if one.chunk is None and other.chunk is None and one.left.chars == other.left.chars:
        return same(one.left, other.left) and same(one.right, other.right)
    return "".join(chunks(one)) == "".join(chunks(other))


def replace_in_leaf(node: Node, start: int, end: int, text: str) -> Node | None:
    """The tree after an edit that stays inside one leaf, or None when it does not."""
    if node.chunk is not None:
        if node.chars - (end - start) + len(text) > _CHUNK:
            return None
        return leaf(node.chunk[:start] + text + node.chunk[end:])
    at = node.left.chars
    if end <= at:
        left = replace_in_leaf(node.left, start, end, text)
        return None if left is None or left.chars == 0 else branch(left, node.right)
    if start >= at:
        right = replace_in_leaf(node.right, start - at, end - at, text)
        return None if right is None or right.chars == 0 else branch(node.left, right)
    return None


def chunks(node: Node) -> Iterator[str]:
    """The leaves' strings, in order."""
    stack = [node]
    while stack:
        top = stack.pop()
        if top.chunk is not None:
            yield top.chunk
        else:
            stack.append(top.right)
            stack.append(top.left)


def collect(node: Node, start: int, end: int, parts: list[str]) -> None:
    """Append the characters from `start` to `end` to `parts`."""
    if node.chunk is not None:
        parts.append(node.chunk[start:end])
        return
    at = node.left.chars
    if start < at:
        collect(node.left, start, min(end, at), parts)
    if end > at:
        collect(node.right, max(start - at, 0), end - at, parts)


def nth_break(chunk: str, count: int) -> int:
    """Offset after the `count`-th line break of a chunk."""
    if "\r" not in chunk:
        return len(chunk) - len(chunk.split("\n", count)[-1])
    at = 0
    for _ in range(count):
        newline = chunk.find("\n", at)
        ret = chunk.find("\r", at)
        if ret >= 0 and (newline < 0 or ret < newline):
            at = ret + (2 if chunk[ret + 1 : ret + 2] == "\n" else 1)
        else:
            at = newline + 1
    return at


def units_to_chars(chunk: str, wanted: int, encoding: Encoding) -> int:
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
