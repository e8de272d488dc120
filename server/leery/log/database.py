"""The log's database opened for writing: one connection, transactions, and a fresh start when it is corrupt.

Blocking; it must be used from one thread, which `writer` provides. SQLite keeps several processes apart.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from leery.log.keys import KeyStore
from leery.log.schema import APPLICATION_ID, DDL, SCHEMA_VERSION, UPGRADE, statements
from leery.log.transaction import Transaction, current_key, rebuild
from leery.paths import log_key_path, private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from leery.log.body import Key
    from leery.log.entry import Sealed

_RETRY_SECONDS = 0.02
_WAL_PAGES = 4_000
"""So long the write-ahead log gets before an append has to move it into the database, which takes many times as long
as the append; `tidy` does it before in a quiet moment."""
_FIRST_VERSION = 1


class LogCorruptError(Exception):
    """The file at the log's place cannot be used as a log; the message says why, without its path."""


class LogDatabase:
    """Appends batches of sealed entries; every error leaves the batch unwritten and the object usable.

    Args:
        path: the database; its folder is made private. The signing key lies beside it.
        run: the run that entries of the log about itself belong to.
        busy: seconds to wait for other processes that are writing.
    """

    def __init__(self, path: Path, run: str, busy: float = 10.0) -> None:
        self._path = path
        self._run = run
        self._busy = busy
        self._keys = KeyStore(log_key_path(path))
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None

    def append(self, batch: Sequence[Sealed], *, retried: bool = False) -> list[int]:
        """Write all entries in one transaction, on disk when this returns; gives the index of each.

        Args:
            batch: the entries in order.
            retried: an earlier attempt with some of these failed, perhaps after it was on disk: look for them first.

        Raises:
            LogCorruptError: see there; `start_afresh` helps.
            sqlite3.Error, OSError: it cannot be written now; try again later.
        """
        try:
            indices = self._append(batch, retried=retried)
            if not self._still_there():  # another process moved a corrupt database away meanwhile
                self.close()
                indices = self._append(batch, retried=True)
        except sqlite3.DatabaseError as error:
            self.close()
            if is_corrupt(error):
                raise LogCorruptError(str(error)) from error
            raise
        except OSError:
            self.close()
            raise
        return indices

    def start_afresh(self) -> str | None:
        """Move a corrupt database aside, kept for salvage; the next append makes a new one.

        Returns the new name of the old file, or None when another process has already done it.

        Raises:
            sqlite3.Error, OSError: it cannot be moved.
        """
        self.close()
        with self._exclusive():
            if self._is_sound():
                return None
            stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
            aside = self._path.with_name(f"{self._path.name}.corrupt-{stamp}")
            self._path.replace(aside)
            for suffix in ("-wal", "-shm"):
                _move(self._path.with_name(self._path.name + suffix), aside.with_name(aside.name + suffix))
            _move(log_key_path(self._path), log_key_path(aside))  # the next log has a key and a name of its own
            return aside.name

    def close(self) -> None:
        """Close the connection; the next append opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _append(self, batch: Sequence[Sealed], *, retried: bool) -> list[int]:
        with self.transaction() as transaction:
            indices: list[int] = []
            for sealed in batch:
                index = transaction.find(sealed.id) if retried else None
                indices.append(transaction.add(sealed) if index is None else index)
        return indices

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction: on disk, under a signed head, once its block has ended; undone when that raises.

        Raises:
            LogCorruptError, sqlite3.Error, OSError: as for `append`, but corruption may come as SQLite's own error.
        """
        connection = self._connection or self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            transaction = Transaction(connection, self._keys, self._run)
            yield transaction
            transaction.seal_head()
            self._commit(connection)
        except BaseException:
            self._keys.forget()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _commit(self, connection: sqlite3.Connection) -> None:
        """Commit; a new key takes its place with it, unless another process has moved this database away meanwhile."""
        if not self._keys.is_unsettled:
            connection.execute("COMMIT")
            return
        with self._exclusive():
            connection.execute("COMMIT")
            if self._still_there():
                self._keys.settle()
            else:
                self._keys.forget()

    def tidy(self) -> None:
        """Move what was appended from the write-ahead log into the database, as far as nobody else is in the way.

        Whatever hinders it hinders the next append too, or does not matter; so it raises nothing.
        """
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def truncate(self) -> None:
        """Take what was deleted out of the write-ahead log; waits for readers as long as for writers.

        Raises:
            sqlite3.OperationalError: somebody reads without end.
        """
        connection = self._connection or self._open()
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError("the write-ahead log is in use and could not be cut; erase again")

    def hand_out(self) -> str | None:
        """The signed head, which the log remembers as handed out from now on; None in an empty log.

        Raises:
            LogCorruptError, sqlite3.Error, OSError: as for `transaction`.
        """
        with self.transaction() as transaction:
            return transaction.hand_out()

    def sign(self, message: bytes) -> tuple[bytes, bytes]:
        """See `Transaction.sign`; a log whose key is lost gets a new one first, as for an entry.

        Raises:
            LogCorruptError, sqlite3.Error, OSError: as for `transaction`.
        """
        with self.transaction() as transaction:
            return transaction.sign(message)

    def sign_digest(self, message: bytes) -> tuple[bytes, bytes]:
        """See `Transaction.sign_digest`; otherwise as `sign`."""
        with self.transaction() as transaction:
            return transaction.sign_digest(message)

    def current_key(self) -> Key | None:
        """The entry about the key that signs, None in an empty log."""
        with self.transaction() as transaction:
            return current_key(transaction.connection)

    def rotate_key(self) -> None:
        """Hand over to a new signing key; the old one's private half is gone afterwards.

        Raises:
            LogCorruptError, sqlite3.Error, OSError: nothing has changed.
        """
        with self.transaction() as transaction:
            transaction.rotate()

    def _open(self) -> sqlite3.Connection:
        private_folder(self._path.parent)
        with self._exclusive():  # nobody may open a database whose files are just being moved, one after the other
            connection = sqlite3.connect(self._path, timeout=self._busy, isolation_level=None)
            try:
                self._prepare(connection)
                status = self._path.stat()
            except BaseException:
                connection.close()
                raise
        self._identity = (status.st_dev, status.st_ino)
        self._connection = connection
        return connection

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Keep others from opening or replacing the database; a lock of SQLite's, which dies with its process."""
        guard = self._path.with_name(self._path.name + ".lock")
        with closing(sqlite3.connect(guard, timeout=self._busy, isolation_level=None)) as mutex:
            mutex.execute("BEGIN EXCLUSIVE")
            yield

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: without it a flush stays in the drive's cache
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        self._to_wal(connection)
        if _version(connection) < SCHEMA_VERSION:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if _version(connection) == 0:
                    _create(connection)
                if _version(connection) == _FIRST_VERSION:
                    _upgrade(connection)
                    Transaction(connection, self._keys, self._run).seal_head()
                connection.execute("COMMIT")
                self._keys.settle()
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        _check_kind(connection)

    def _to_wal(self, connection: sqlite3.Connection) -> None:
        """Turn the write-ahead log on; while several processes do that at once SQLite does not wait by itself."""
        limit = time.monotonic() + self._busy
        while not _try_wal(connection, last=time.monotonic() > limit):
            time.sleep(_RETRY_SECONDS)

    def _still_there(self) -> bool:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return False
        return (status.st_dev, status.st_ino) == self._identity

    def _is_sound(self) -> bool:
        """Whether the file at the place is a sound log, or no file is there."""
        if not self._path.exists():
            return True
        try:
            with closing(sqlite3.connect(self._path, timeout=self._busy, isolation_level=None)) as connection:
                if _version(connection) == 0 and _is_empty(connection):
                    return True
                _check_kind(connection)
                connection.execute("SELECT entries.idx, texts.idx FROM entries, texts LIMIT 1")
                (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        except LogCorruptError:
            return False
        except sqlite3.DatabaseError as error:
            if is_corrupt(error):
                return False
            raise
        return bool(verdict == "ok")


def _move(file: Path, to: Path) -> None:
    if file.exists():
        file.replace(to)


def is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that the file is damaged; Python 3.10 has only the message to tell by."""
    message = str(error)
    return "malformed" in message or "not a database" in message or "no such table" in message


def _try_wal(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last or "locked" not in str(error):
            raise
        return False
    return True


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _is_empty(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,))


def _create(connection: sqlite3.Connection) -> None:
    if not _is_empty(connection):
        raise LogCorruptError("it is a database of something else")
    for statement in statements(DDL):
        connection.execute(statement)


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring a log of the first version, which had no tree, to the second."""
    _check_kind(connection)
    for statement in statements(UPGRADE):
        connection.execute(statement)
    rebuild(connection)


def _check_kind(connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise LogCorruptError("it is a database of something else")
    if _version(connection) > SCHEMA_VERSION:
        raise sqlite3.NotSupportedError("the log was made by a later version of Leery")
