r"""The Merkle tree of RFC 9162 (section 2.1): hashes, roots and proofs. Must not know where hashes are kept.

A *node* is the root of a perfect subtree: ``node(level, index)`` covers the 2\ :sup:`level` leaves from
``index * 2**level`` on. All hashes are SHA-256, 32 bytes; indices count from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TypeAlias

HASH_BYTES = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
"""Hashes in a full tile: as in C2SP tlog-tiles each eighth level of the tree is kept, in rows of this length."""
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

Node: TypeAlias = Callable[[int, int], bytes]
"""Gives the hash of a node by level and index; it is asked only for complete ones."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def reduce(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of neighbouring hashes."""
    row = hashes
    while len(row) > 1:  # `node_hash` written out: a call for each costs as much as a quarter of the hash
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


class Frontier:
    """The root of a tree that only grows, in memory of O(log n): the rows of nodes that are not yet a full tile.

    Row L holds the newest nodes of level 8 L, at most `TILE_WIDTH` - 1 of them.
    """

    def __init__(self) -> None:
        self.size = 0
        self._rows: list[list[bytes]] = [[]]

    def append(self, hashed: bytes) -> list[tuple[int, int, list[bytes]]]:
        """Add the hash of the next leaf; gives level, number and hashes of each tile that this fills."""
        self.size += 1
        row = self._rows[0]
        row.append(hashed)
        return [] if len(row) < TILE_WIDTH else list(self._filled())

    def _filled(self) -> Iterator[tuple[int, int, list[bytes]]]:
        """Move each full row into a node of the row above."""
        number = self.size
        for level, row in enumerate(self._rows):
            if len(row) < TILE_WIDTH:
                break
            number >>= TILE_HEIGHT
            yield level, number - 1, row
            self._rows[level] = []
            if level + 1 == len(self._rows):
                self._rows.append([])
            self._rows[level + 1].append(reduce(row))

    def rest(self) -> Iterator[tuple[int, int, list[bytes]]]:
        """Level, number and hashes of each tile that is not full."""
        for level, row in enumerate(self._rows):
            if row:
                yield level, self.size >> TILE_HEIGHT * (level + 1), row

    def root(self) -> bytes:
        """The root over everything added so far."""
        value = b""
        for row in self._rows:
            for level, index in reversed(list(_peaks(0, len(row)))):
                peak = reduce(row[index << level : (index + 1) << level])
                value = node_hash(peak, value) if value else peak
        return value or EMPTY_ROOT


def root(size: int, node: Node) -> bytes:
    """The root of the tree's first `size` leaves."""
    return _range(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that leaf `index` is in the tree of the first `size` leaves (section 2.1.3.1), lowest hash first.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} entries has no entry {index}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range(middle, end, node))
            end = middle
        else:
            proof.append(_range(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the first `new` leaves begin with the first `old` ones (section 2.1.4.1), lowest hash first.

    Raises:
        ValueError: `old` is not between 1 and `new`.
    """
    if not 0 < old <= new:
        raise ValueError(f"there is no proof from {old} to {new} entries")
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range(middle, end, node))
            end = middle
        else:
            proof.append(_range(start, middle, node))
            start, whole = middle, False
    if not whole:
        proof.append(_range(start, end, node))
    return proof[::-1]


def verify_inclusion(hashed: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether a proof shows that the leaf with this hash is at `index` under the root `expected` (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    value = hashed
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(step, value)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, step)
        place, last = place >> 1, last >> 1
    return last == 0 and value == expected


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree of `new` leaves only grew from that of `old` ones (section 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def _range(start: int, end: int, node: Node) -> bytes:
    """The root over the leaves from `start`, a multiple of the power of two that holds them, to `end`, excluded."""
    peaks = [node(level, index) for level, index in _peaks(start, end)]
    value = peaks.pop()
    while peaks:
        value = node_hash(peaks.pop(), value)
    return value


def _peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The perfect subtrees that make up a range, the largest first."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level
