"""Erases private texts with their salts: gone from disk, while the leaves that commit to them, and every proof, stay.

What was erased, by what selector, and by whom becomes entries of the log, in the same transaction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING

from leery.log.body import Erasure
from leery.log.database import LogDatabase
from leery.log.entry import escape, format_time, new_id
from leery.log.reader import LogReader
from leery.log.schema import BLOCK, ID, OF_BLOCK, TIME, TYPE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_RUNS = 250
_SESSION = "json_extract(leaf, '$.origin.session')"
_GIVEN = "idx IN (SELECT value FROM json_each(?))"
_HELD = f"SELECT idx, count(data) FROM texts WHERE {_GIVEN} GROUP BY idx"  # noqa: S608 - these are made of constants
"""The entries that hold texts, or at least salts, and how many texts."""
_BRINGS = f"{TYPE} = 'insertion' AND typeof({BLOCK}) = 'text'"
_BROUGHT = f"SELECT {BLOCK} FROM entries WHERE {_GIVEN} AND {_BRINGS}"  # noqa: S608
# By age it goes from the texts to their entries, so that what was erased before costs nothing.
_OLD = f"FROM (SELECT idx, count(data) AS kept FROM texts GROUP BY idx) CROSS JOIN entries USING (idx) WHERE {TIME} < ?"  # noqa: S608
_HELD_BEFORE = f"SELECT idx, kept {_OLD}"
_BROUGHT_BEFORE = f"SELECT {BLOCK} FROM entries WHERE {TIME} < ? AND {_BRINGS}"  # noqa: S608
_IS_DUE = f"SELECT 1 FROM (SELECT DISTINCT idx FROM texts) CROSS JOIN entries USING (idx) WHERE {TIME} < ? LIMIT 1"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Selection:
    """What to erase; each part that is given selects by itself.

    Attributes:
        ids: entries' ids, or blocks' ids.
        blocks: blocks' ids: every entry about one, findings and reviews included.
        session: a session's id: every entry about a block that came from it.
        before: a time as entries have it: every entry older than that.
        by_age: nobody asked for it but a setting.
    """

    ids: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    session: str | None = None
    before: str | None = None
    by_age: bool = False

    @property
    def selector(self) -> str:
        """The word for it that the erasure's entry has."""
        if self.before is not None:
            return "age" if self.by_age else "before"
        return "session" if self.session is not None else "block" if self.blocks else "id"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: entries by index, how many texts, and the blocks that these entries brought.

    Of an erasure by age nobody asks for the blocks, and none are told.
    """

    entries: tuple[int, ...]
    texts: int
    blocks: tuple[str, ...]


class NothingSelectedError(Exception):
    """An id names no entry and no block; the message names it."""


def select(connection: sqlite3.Connection, selection: Selection) -> Erased:
    """What a selection would erase now.

    Raises:
        NothingSelectedError: see there.
    """
    chosen: set[int] = set()
    for name in selection.ids:
        chosen |= _of_id(connection, name)
    for block in selection.blocks:
        chosen |= _of_block(connection, block)
    if selection.session is not None:
        chosen |= _of_session(connection, selection.session)
    given = json.dumps(sorted(chosen))
    held: dict[int, int] = dict(connection.execute(_HELD, (given,)))
    blocks = {block for (block,) in connection.execute(_BROUGHT, (given,))}
    if selection.before is not None:
        held.update(connection.execute(_HELD_BEFORE, (selection.before,)))
        if not selection.by_age:
            blocks.update(block for (block,) in connection.execute(_BROUGHT_BEFORE, (selection.before,)))
    return Erased(tuple(sorted(held)), sum(held.values()), tuple(sorted(blocks)))


def erase(database: LogDatabase, selection: Selection, *, by: str | None, reason: str | None) -> Erased:
    """Erase what a selection names; it is gone from the database, its write-ahead log and its free pages.

    Args:
        database: the log, opened for writing.
        selection: what to erase.
        by: who asks for it, or None.
        reason: why, or None.

    Raises:
        NothingSelectedError: see there; nothing has changed.
        LogCorruptError, sqlite3.Error, OSError: it could not be erased, or not be cut from the write-ahead log.
    """
    with database.transaction() as transaction:
        erased = select(transaction.connection, selection)
        transaction.connection.executemany("DELETE FROM texts WHERE idx = ?", [(index,) for index in erased.entries])
        if erased.entries:
            transaction.rewrite_texts()
        for runs in _chunks(_runs(erased.entries)):
            count = sum(last - first + 1 for first, last in runs)
            entry = Erasure(selector=selection.selector, entries=tuple(runs), count=count, by=by, reason=reason)
            transaction.note(entry)
    database.truncate()
    return erased


def retain(path: Path, days: int) -> Erased:
    """Erase what is older than so many whole days; makes no entry, and no log, when there is nothing.

    Days end at midnight UTC, so that something is due once a day at most, however often this is called; until then it
    only reads, and holds up nobody.

    Raises:
        LogUnreadableError: it could not be looked at.
        LogCorruptError, sqlite3.Error, OSError: as for `erase`.
    """
    today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    selection = Selection(before=format_time(today - timedelta(days=days)), by_age=True)
    with LogReader(path).connected() as connection:
        if connection is None or connection.execute(_IS_DUE, (selection.before,)).fetchone() is None:
            return Erased((), 0, ())
    database = LogDatabase(path, new_id())
    try:
        return erase(database, selection, by=None, reason=None)
    finally:
        database.close()


def _of_id(connection: sqlite3.Connection, name: str) -> set[int]:
    found = _indices(connection, f"SELECT idx FROM entries WHERE {ID} = ?", escape(name))  # noqa: S608 - a constant
    found = found or _of_block(connection, name)
    if not found:
        raise NothingSelectedError(f"{name} is neither an entry nor a block of this log")
    return found


def _of_block(connection: sqlite3.Connection, block: str) -> set[int]:
    return _indices(connection, OF_BLOCK, escape(block), escape(block))


def _of_session(connection: sqlite3.Connection, session: str) -> set[int]:
    rows = connection.execute(f"SELECT idx, {BLOCK} FROM entries WHERE {_SESSION} = ?", (escape(session),))  # noqa: S608
    chosen: set[int] = set()
    for index, block in rows.fetchall():
        chosen.add(index)
        if block is not None:
            chosen |= _indices(connection, OF_BLOCK, block, block)
    return chosen


def _indices(connection: sqlite3.Connection, sql: str, *values: str) -> set[int]:
    return {index for (index,) in connection.execute(sql, values)}


def _runs(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours in a sorted sequence."""
    first = last = None
    for index in indices:
        if first is not None and last is not None and index != last + 1:
            yield first, last
            first = None
        first, last = (index if first is None else first), index
    if first is not None and last is not None:
        yield first, last


def _chunks(runs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    iterator = iter(runs)
    while chunk := list(islice(iterator, _RUNS)):
        yield chunk
