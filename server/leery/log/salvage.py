"""Reads what survives of a damaged log: entry by entry, stepping over what SQLite cannot read. Only reads.

Each entry is held against the hash that the tree keeps of it, where that survives: one that fits is as it was written.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.log.entry import parse_leaf
from leery.log.merkle import HASH_BYTES, TILE_WIDTH, leaf_hash
from leery.log.reader import LogUnreadableError, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SMALLEST = 64
"""No entry takes fewer bytes than that."""
_GIVE_UP = 10_000
"""So many entries in a row that cannot be read count as the end, where nothing else tells it."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """An entry that survived; `fits` tells whether it is the one whose hash the tree keeps, None when nothing does."""

    record: Record
    fits: bool | None


def salvage(path: Path) -> Iterator[Salvaged]:
    """The entries that survive in a log's file, in order.

    Raises:
        LogUnreadableError: the file is not there or not even the beginning of a database.
    """
    if not path.is_file():
        raise LogUnreadableError(f"there is no file {path}")
    try:
        opened = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise LogUnreadableError(f"{path} cannot be opened: {error}") from error
    with closing(opened) as connection:
        try:
            connection.execute("SELECT leaf FROM entries WHERE idx IS NULL").fetchone()  # reads the schema only
        except sqlite3.DatabaseError as error:
            raise LogUnreadableError(f"nothing of {path} can be read: {error}") from error
        yield from _entries(connection, _room(path))


def _room(path: Path) -> int:
    """How many entries can stand in the file at most, whatever a damaged number in it says."""
    files = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists()) // _SMALLEST


def _entries(connection: sqlite3.Connection, room: int) -> Iterator[Salvaged]:
    end = _end(connection)
    end = None if end is None else min(end, room)
    index = lost = 0
    while index < end if end is not None else lost < _GIVE_UP:
        found = _entry(connection, index)
        if found is None:
            lost += 1
        else:
            lost = 0
            yield found
        index += 1


def _end(connection: sqlite3.Connection) -> int | None:
    """How many entries there were, from whatever tells it; None when nothing does."""
    ends = []
    for sql in ("SELECT max(idx) + 1 FROM entries", "SELECT size FROM head"):
        row = _one(connection, sql)
        if row is not None and isinstance(row[0], int):
            ends.append(row[0])
    return max(ends, default=None)


def _entry(connection: sqlite3.Connection, index: int) -> Salvaged | None:
    row = _one(connection, "SELECT CAST(leaf AS BLOB) FROM entries WHERE idx = ?", index)
    if row is None or not isinstance(row[0], bytes):
        return None
    raw = row[0]
    try:
        leaf = parse_leaf(raw)
    except (ValueError, RecursionError):
        return None
    return Salvaged(Record(index, raw, leaf, _texts(connection, index)), _fits(connection, index, raw))


def _texts(connection: sqlite3.Connection, index: int) -> dict[str, str | None]:
    try:
        rows = connection.execute("SELECT name, data FROM texts WHERE idx = ?", (index,)).fetchall()
    except sqlite3.DatabaseError:
        return {}
    return {str(name): data.decode("utf-8", "replace") if isinstance(data, bytes) else None for name, data in rows}


def _fits(connection: sqlite3.Connection, index: int, raw: bytes) -> bool | None:
    tile, place = divmod(index, TILE_WIDTH)
    row = _one(connection, "SELECT hashes FROM tiles WHERE level = 0 AND tile = ?", tile)
    if row is None or not isinstance(row[0], bytes):
        return None
    kept = row[0][place * HASH_BYTES : (place + 1) * HASH_BYTES]
    return kept == leaf_hash(raw) if len(kept) == HASH_BYTES else None


def _one(connection: sqlite3.Connection, sql: str, *values: Any) -> Any:
    """The first row; None when there is none or it cannot be read."""
    try:
        return connection.execute(sql, values).fetchone()
    except sqlite3.DatabaseError:
        return None
