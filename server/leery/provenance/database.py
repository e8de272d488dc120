"""The tracker's database, opened and prepared; `store` says what is in it."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BUSY = 5.0
_FORMAT = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, text BLOB NOT NULL, owners TEXT NOT NULL, revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    id TEXT PRIMARY KEY, session TEXT, created REAL NOT NULL, data TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
"""


def connect(path: Path) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; its folder must be there.

    Raises:
        sqlite3.OperationalError: it cannot be used now, or was made by a newer version.
        sqlite3.DatabaseError: it is damaged.
    """
    connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
    try:
        _prepare_patiently(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def look(path: Path) -> sqlite3.Connection:
    """A connection that can only read, of a database that is there and need not be in a folder that can be written.

    Raises:
        sqlite3.OperationalError: it cannot be used now, or was made by a newer version.
        sqlite3.DatabaseError: it is damaged.
    """
    uri = path.resolve().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=_BUSY, isolation_level=None)
    try:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            if path.with_name(path.name + "-wal").exists():
                raise
            connection.close()  # SQLite cannot make its shared-memory file there, and nobody writes
            connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
        _check(connection, is_empty=_version(connection) < _FORMAT)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_patiently(connection: sqlite3.Connection) -> None:
    """Prepare a connection; SQLite does not wait by itself while another switches to the write-ahead log."""
    deadline = time.monotonic() + _BUSY
    while True:
        try:
            return _prepare(connection)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a document in files that are merely deleted
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _version(connection) < _FORMAT:
        connection.executescript(_SCHEMA)
    _check(connection)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _FORMAT:
        raise sqlite3.OperationalError("the database was made by a newer version of Leery")
    return int(version)


def _check(connection: sqlite3.Connection, *, is_empty: bool = False) -> None:
    if is_empty:
        raise sqlite3.DatabaseError("there is nothing in it")
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError("integrity check failed")
