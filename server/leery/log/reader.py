"""Reads the log: entries by filter, and which suppressions and reviews hold. Never writes, imports nothing that does.

Every call opens the database by itself, so a reader may live as long as it likes beside servers that write.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from leery.log.body import BODIES, PRIVATE_FIELDS, Body, Lapse, Review, Suppression
from leery.log.entry import body_of, escape, parse_leaf
from leery.log.query import COLUMNS, Query
from leery.log.schema import APPLICATION_ID, ID, SIZE
from leery.paths import check_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PAGE = 1_000
_AMONG = "WHERE idx IN (SELECT value FROM json_each(?)) ORDER BY idx"


class LogUnreadableError(Exception):
    """There is a log, but it cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as it was read.

    Attributes:
        index: place in the log, from 0.
        raw: the leaf's bytes as they are on disk.
        leaf: its members, escapes undone.
        texts: private fields by JSON name: the text where it is kept, None where only its salt is. A field that the
            leaf commits to but that is missing here has been erased.
    """

    index: int
    raw: bytes
    leaf: dict[str, Any]
    texts: dict[str, str | None]

    @property
    def id(self) -> str:
        """The entry's id."""
        return str(self.leaf["id"])

    @property
    def time(self) -> str:
        """RFC 3339, UTC."""
        return str(self.leaf["time"])

    @property
    def type(self) -> str:
        """The type's name, perhaps of a later version."""
        return str(self.leaf["type"])

    @property
    def body(self) -> Body | None:
        """The typed body, None for a type that this version does not know."""
        return body_of(self.leaf, self.texts)

    @property
    def erased(self) -> tuple[str, ...]:
        """Names of the private fields that were erased, sorted."""
        return tuple(sorted(self._committed().keys() - self.texts.keys()))

    @property
    def withheld(self) -> tuple[str, ...]:
        """Names of the private fields of which only the commitment was ever kept, sorted."""
        told = self.leaf.get("withheld")
        if isinstance(told, list):
            return tuple(sorted(map(str, told)))
        return tuple(sorted(name for name in self._committed() if self.texts.get(name, "") is None))

    def _committed(self) -> dict[str, Any]:
        commitments = self.leaf.get("commitments")
        return commitments if isinstance(commitments, dict) else {}

    def to_json(self, *, private: bool = True) -> dict[str, Any]:
        """The form of ``leery log show --format json``.

        ``index``, ``id``, ``time`` and ``type`` come first, then the other members of the leaf, then each private
        field of the type by its name, null where it is not kept, and the names in ``erased`` and ``withheld``.

        Args:
            private: whether to give private texts; without, they are left out with their names.
        """
        first = {"index": self.index, "id": self.id, "time": self.time, "type": self.type}
        value = {**first, **{name: item for name, item in self.leaf.items() if name not in first}}
        if private:
            names = [name for _, name, _ in PRIVATE_FIELDS[self.type]] if self.type in BODIES else sorted(self.texts)
            value.update({name: self.texts.get(name) for name in names})
        return {**value, "erased": list(self.erased), "withheld": list(self.withheld)}


@dataclass(frozen=True, slots=True)
class Decision:
    """A suppression or a review, and the lapse that ended it, if one did.

    Attributes:
        record: its entry.
        body: the entry's body.
        lapse: the entry that ended it, or None.
    """

    record: Record
    body: Suppression | Review
    lapse: Record | None


class LogReader:
    """The reading side of one workspace's log.

    Args:
        path: the database, usually `leery.paths.log_path`. While it does not exist the log is empty.

    Every method raises `LogUnreadableError` for a log that is damaged or not to be trusted.

    Attributes:
        malformed: places of the entries that `bodies` has come upon and left out.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.malformed: set[int] = set()

    def count(self) -> int:
        """How many entries there are."""
        with self.connected() as connection:
            if connection is None:
                return 0
            (count,) = connection.execute(SIZE).fetchone()
            return int(count)

    def records(self, query: Query | None = None) -> Iterator[Record]:
        """The entries that match, read page by page from one consistent state of the log."""
        sql, values = (query or Query()).statement()
        with self.connected() as connection:
            if connection is None:
                return
            connection.execute("BEGIN")
            cursor = connection.execute(sql, values)
            while rows := cursor.fetchmany(_PAGE):
                for index, leaf in rows:
                    yield _record(index, leaf, _texts(connection, index))

    def bodies(self, query: Query | None = None) -> Iterator[tuple[Record, Body]]:
        """The entries that match and say what their type says; others, but for types of later versions, are noted."""
        for record in self.records(query):
            body = record.body
            if body is not None:
                yield record, body
            elif record.type in BODIES:
                self.malformed.add(record.index)

    def leaves(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Index and members of every entry, oldest first, without private texts: many times faster than `records`."""
        with self.connected() as connection:
            if connection is None:
                return
            cursor = connection.execute(f"{COLUMNS} ORDER BY idx")
            while rows := cursor.fetchmany(_PAGE):
                for index, leaf in rows:
                    yield index, _parsed(index, leaf)

    def at(self, indices: Iterable[int]) -> dict[int, Record]:
        """The entries at these places, by index; those that are not there are left out."""
        with self.connected() as connection:
            if connection is None:
                return {}
            connection.execute("BEGIN")
            wanted = json.dumps(list(indices))
            texts: dict[int, list[tuple[str, bytes | None]]] = {}
            found = connection.execute(f"SELECT idx, name, data FROM texts {_AMONG}", [wanted])  # noqa: S608 - a constant
            for index, name, data in found:
                texts.setdefault(index, []).append((name, data))
            rows = connection.execute(f"{COLUMNS} {_AMONG}", [wanted])
            return {index: _record(index, leaf, texts.get(index, ())) for index, leaf in rows}

    def find(self, entry: str) -> Record | None:
        """The entry with this id."""
        with self.connected() as connection:
            if connection is None:
                return None
            row = connection.execute(f"{COLUMNS} WHERE {ID} = ?", (escape(entry),)).fetchone()
            return None if row is None else _record(row[0], row[1], _texts(connection, row[0]))

    def suppressions(self) -> list[Decision]:
        """Every suppression ever made, oldest first."""
        return self._decisions("suppression")

    def active_suppressions(self, today: str | None = None) -> list[Decision]:
        """The suppressions that hold: not lapsed and not past their last day; oldest first.

        Args:
            today: ``YYYY-MM-DD``; the present day in UTC when None.
        """
        today = today or datetime.now(timezone.utc).date().isoformat()
        return [item for item in self.suppressions() if item.lapse is None and not _is_over(item.body, today)]

    def reviews(self) -> list[Decision]:
        """The latest review of each block, lapsed ones included; oldest first."""
        latest: dict[tuple[str, str], Decision] = {}
        for item in self._decisions("review"):
            if isinstance(item.body, Review):
                key = (item.body.file, item.body.block)
                latest.pop(key, None)
                latest[key] = item
        return list(latest.values())

    def _decisions(self, kind: str) -> list[Decision]:
        lapses: dict[str, Record] = {}
        made: list[tuple[Record, Suppression | Review]] = []
        for record, body in self.bodies(Query(types=(kind, Lapse.type))):
            if isinstance(body, Lapse):
                lapses.setdefault(body.subject, record)
            elif isinstance(body, (Suppression, Review)):
                made.append((record, body))
        return [Decision(record, body, lapses.get(record.id)) for record, body in made]

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that can only read, or None when there is no log yet."""
        try:
            check_private(self._path.parent)
            if not self._path.exists():
                yield None
                return
            with closing(_open(self._path)) as connection:
                yield None if _is_unborn(connection) else connection
        except (sqlite3.Error, OSError, ValueError) as error:
            raise LogUnreadableError(f"the provenance log {self._path} cannot be read: {error}") from error


def _open(path: Path) -> sqlite3.Connection:
    """Open read-only; in a folder where SQLite cannot make its shared-memory file, as a file that nobody changes."""
    uri = path.resolve().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=10.0, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        return sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_unborn(connection: sqlite3.Connection) -> bool:
    """Whether the file has no tables yet, because its first writer is just making them."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application == APPLICATION_ID:
        return False
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        return True
    raise ValueError("it is a database of something else")


def _texts(connection: sqlite3.Connection, index: int) -> list[tuple[str, bytes | None]]:
    return connection.execute("SELECT name, data FROM texts WHERE idx = ?", (index,)).fetchall()


def _record(index: int, leaf: str, rows: Iterable[tuple[str, bytes | None]]) -> Record:
    try:
        texts = {str(name): None if data is None else data.decode("utf-8", "surrogatepass") for name, data in rows}
        raw = leaf.encode()
    except (ValueError, AttributeError) as error:  # a text or a leaf may be of any type
        raise ValueError(f"entry {index} is damaged: {error}") from error
    return Record(index, raw, _parsed(index, leaf), texts)


def _parsed(index: int, leaf: str) -> dict[str, Any]:
    try:
        return parse_leaf(leaf)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"entry {index} is damaged: {error}") from error


def _is_over(body: Suppression | Review, today: str) -> bool:
    return isinstance(body, Suppression) and body.expires is not None and body.expires < today
