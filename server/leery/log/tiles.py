"""The hashes of the log's tree as it is kept: tiles of 256 neighbouring nodes, as in C2SP tlog-tiles.

A tile of level L holds nodes of the tree's level 8 L, so that each eighth level is there and those in between are
computed. Tiles are derived from the entries; they make proofs fast and prove nothing by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.log.merkle import HASH_BYTES, TILE_HEIGHT, TILE_WIDTH, reduce

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class TilesDamagedError(Exception):
    """The kept hashes do not fit the entries; the message says where."""


class Tiles:
    """Reads nodes; `node` is what the functions of `merkle` ask for. Good for one transaction.

    Args:
        connection: the log's database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._loaded: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, index: int) -> bytes:
        """The hash of a node.

        Raises:
            TilesDamagedError: it is not there.
        """
        height, within = divmod(level, TILE_HEIGHT)
        tile, first = divmod(index << within, TILE_WIDTH)
        hashes = self._load(height, tile)
        edges = range(first * HASH_BYTES, (first + (1 << within)) * HASH_BYTES, HASH_BYTES)
        if len(hashes) < edges.stop:
            raise TilesDamagedError(f"tile {tile} of level {height} lacks hash {len(hashes) // HASH_BYTES}")
        return reduce([hashes[edge : edge + HASH_BYTES] for edge in edges])

    def _load(self, height: int, tile: int) -> bytes:
        key = (height, tile)
        if key not in self._loaded:
            self._loaded[key] = _read(self._connection, height, tile)
        return self._loaded[key]


def extend(connection: sqlite3.Connection, size: int, hashes: Iterable[bytes]) -> None:
    """Add the hashes of the leaves from `size` on, within the transaction that adds the entries.

    Raises:
        TilesDamagedError: the tiles do not hold exactly `size` leaves.
    """
    pending, height = list(hashes), 0
    while pending:
        tile, used = divmod(size, TILE_WIDTH)
        held = _read(connection, height, tile)
        if len(held) != used * HASH_BYTES:
            raise TilesDamagedError(f"tile {tile} of level {height} does not end with entry {size - 1}")
        full: list[bytes] = []
        size, rest = tile, pending
        while rest:
            room = TILE_WIDTH - used
            chunk, rest = rest[:room], rest[room:]
            held += b"".join(chunk)
            _write(connection, height, tile, held)
            if len(held) == TILE_WIDTH * HASH_BYTES:
                full.append(reduce([held[edge : edge + HASH_BYTES] for edge in range(0, len(held), HASH_BYTES)]))
            tile, used, held = tile + 1, 0, b""
        pending, height = full, height + 1


def _read(connection: sqlite3.Connection, height: int, tile: int) -> bytes:
    row = connection.execute("SELECT hashes FROM tiles WHERE level = ? AND tile = ?", (height, tile)).fetchone()
    return b"" if row is None else bytes(row[0])


def _write(connection: sqlite3.Connection, height: int, tile: int, hashes: bytes) -> None:
    connection.execute(
        "INSERT INTO tiles (level, tile, hashes) VALUES (?, ?, ?)"
        " ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes",
        (height, tile, hashes),
    )
