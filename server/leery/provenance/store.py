"""Tracker state on disk, so that a restart knows what the last session knew; two servers may share it.

One SQLite file, `tracker.db`, in a private folder. Write-ahead log with ``synchronous=NORMAL``: a killed process loses
nothing that was committed and the file is never torn; only a power cut may lose the last commits, and what is lost
then is found again by comparing texts. (The provenance log, which is evidence, syncs fully.) ``secure_delete`` is
always on, so that erased text does not stay in free pages.

Every document has a revision. Who saves over a revision it has not read merges first: the other's characters are found
again in the text to be saved and the better known owner wins, so no block is lost.

Methods raise nothing for a bad disk: what cannot be written stays in memory and is reported once as a `StoreNotice`.
Only a server, which begins a damaged database anew, sets it aside: commands leave it as it is, so that each says so.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from leery.document import path_to_uri, uri_to_path
from leery.provenance.database import connect, look
from leery.provenance.merge import merge
from leery.provenance.origin import NOBODY, Review, is_block
from leery.provenance.rows import (
    bindable,
    is_unicode,
    owners_from,
    owners_to,
    read_block,
    text_from,
    text_to,
    transaction,
    write_block,
)
from leery.provenance.workspace import Snapshot
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_T = TypeVar("_T")

NAME: Final = "tracker.db"

Use = Literal["keep", "change", "read"]
"""Whose a store is: a server's, which goes on whatever happens; a command's that writes; one's that only looks."""


def set_aside(folder: Path) -> list[Path]:
    """The damaged databases that servers have put aside in a folder of state; what they held is known no more."""
    return sorted(path for path in folder.glob(f"{NAME}.damaged-*") if not path.name.endswith(("-wal", "-shm")))


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """What did not work, for a person; without document text."""

    kind: Literal["corrupt", "unwritable", "unreadable"]
    message: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored document and the revision it has."""

    snapshot: Snapshot
    revision: int


@dataclass(frozen=True, slots=True)
class Stored:
    """The outcome of a save.

    Attributes:
        revision: what the document has now; None when it could only be kept in memory.
        merged: what was written when another server had saved meanwhile and knew more; give it to `Tracker.adopt`.
    """

    revision: int | None
    merged: Snapshot | None = None


class Store:
    """Tracker state of one workspace. Not thread-safe: use it on one thread (`StoreWriter` does).

    Args:
        folder: private to the user; made with mode 0700 when missing.
        root: the workspace's folder; documents in it are named relative to it, so that it may move.
        notify: is told once about each kind of trouble.
        use: whose it is.
    """

    def __init__(
        self, folder: Path, root: Path | None, notify: Callable[[StoreNotice], None], use: Use = "keep"
    ) -> None:
        self._folder = folder
        self._root = root
        self._notify = notify
        self._use = use
        self._told: set[str] = set()
        self._memory: dict[str, Snapshot] = {}
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None

    @property
    def path(self) -> Path:
        """The database file."""
        return self._folder / NAME

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = self._version = None

    def load(self, uri: str) -> Saved | None:
        """What is known of a document, or None."""
        kept = self._memory.get(uri)
        if kept is not None:
            return Saved(kept, 0)
        return self._try(lambda connection: self._read(connection, uri))

    def advanced(self, known: Mapping[str, int]) -> list[Snapshot]:
        """What other processes have written since the last question; cheap while they write nothing.

        Args:
            known: the documents that are of interest, with the revision each of them has as far as is known here.
        """
        if self._connection is None:  # nothing was ever loaded, or the file cannot be used
            return []

        def work(connection: sqlite3.Connection) -> list[Snapshot]:
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if version == self._version:
                return []
            self._version = version
            ahead = [uri for uri, revision in known.items() if self._revision(connection, uri) > revision]
            return [saved.snapshot for uri in ahead if (saved := self._read(connection, uri)) is not None]

        return self._try(work) or []

    def documents(self) -> dict[str, frozenset[str]]:
        """The stored documents, and the blocks that some of their characters belong to."""

        def work(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
            rows = connection.execute("SELECT name, owners FROM documents ORDER BY name").fetchall()
            return {self._uri(name): frozenset(filter(is_block, owners_from(runs).owners)) for name, runs in rows}

        kept = {uri: frozenset(filter(is_block, one.owners.owners)) for uri, one in self._memory.items()}
        return {**(self._try(work) or {}), **kept}

    def uris(self) -> list[str]:
        """The stored documents in which some character belongs to a block."""
        return [uri for uri, blocks in self.documents().items() if blocks]

    def save(self, snapshot: Snapshot, known: int) -> Stored:
        """Write a document.

        Args:
            snapshot: what to write.
            known: the revision it is based on, 0 when the document was not in the store.
        """
        stored = self._try(lambda connection: self._write(connection, snapshot, known))
        if stored is None:
            self._memory[snapshot.uri] = snapshot
            return Stored(None)
        self._memory.pop(snapshot.uri, None)
        return stored

    def review(self, uri: str, block: str, review: Review) -> bool:
        """Keep a person's decision about a block; False when it cannot be kept, or nothing is known of the block.

        Nothing else of the document changes; a server that has it open learns of the decision by `advanced`.
        """

        def work(connection: sqlite3.Connection) -> bool:
            with transaction(connection):
                known = read_block(connection, block)
                if known is not None:
                    write_block(connection, replace(known, review=review))
                    advance = "UPDATE documents SET revision = revision + 1 WHERE name = ?"
                    connection.execute(advance, (self._name(uri),))
            return known is not None

        return bool(self._try(work))

    def rename(self, old: str, new: str) -> None:
        """A file or folder has another URI."""
        one, other = self._name(old), self._name(new)

        def work(connection: sqlite3.Connection) -> bool:
            with transaction(connection):
                names = [name for (name,) in connection.execute("SELECT name FROM documents")]
                for name in names:
                    if name == one or name.startswith(one + "/"):
                        target = other + name[len(one) :]
                        connection.execute("DELETE FROM documents WHERE name = ?", (target,))
                        connection.execute("UPDATE documents SET name = ? WHERE name = ?", (target, name))
            return True

        self._try(work)

    def find_blocks(self, *, session: str | None = None, before: float | None = None) -> list[str]:
        """Ids of the stored blocks of a session, or made before a time (seconds since the epoch)."""

        def work(connection: sqlite3.Connection) -> list[str]:
            query = "SELECT id FROM blocks WHERE (?1 IS NULL OR session = ?1) AND (?2 IS NULL OR created < ?2)"
            return [name for (name,) in connection.execute(query, (session, before))]

        session = None if session is None else bindable(session)
        return [] if session is None and before is None else self._try(work) or []

    def erase(self, blocks: Iterable[str]) -> bool:
        """Erase blocks and their text, write-ahead log and free pages included.

        Their characters are blanked in the stored texts, so that the rest keeps its owners. False when it could not be
        done, or when another process still reads the old log: then call again.
        """
        doomed = frozenset(blocks)
        for uri in [uri for uri, kept in self._memory.items() if not doomed.isdisjoint(kept.owners.owners)]:
            del self._memory[uri]

        def work(connection: sqlite3.Connection) -> bool:
            with transaction(connection):
                connection.executemany("DELETE FROM blocks WHERE id = ?", [(block,) for block in doomed])
                rows = connection.execute("SELECT name, text, owners FROM documents").fetchall()
                for name, text, owners in rows:
                    self._blank(connection, name, text, owners, doomed)
            connection.execute("VACUUM")  # what a divided page moved away stays in its gap, even with secure_delete
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

        return bool(self._try(work))

    @staticmethod
    def _blank(connection: sqlite3.Connection, name: str, data: bytes, runs: str, doomed: frozenset[str]) -> None:
        owners = owners_from(runs)
        if doomed.isdisjoint(owners.owners):
            return
        text = text_from(data)
        parts = [
            "".join(char if char in "\r\n" else "\0" for char in text[start:end])
            if owner in doomed
            else text[start:end]
            for start, end, owner in owners.spans()
        ]
        rest = owners.rename(dict.fromkeys(doomed, NOBODY))
        connection.execute(
            "UPDATE documents SET text = ?, owners = ?, revision = revision + 1 WHERE name = ?",
            (text_to("".join(parts)), owners_to(rest), name),
        )

    def _read(self, connection: sqlite3.Connection, uri: str) -> Saved | None:
        query = "SELECT text, owners, revision FROM documents WHERE name = ?"
        row = connection.execute(query, (self._name(uri),)).fetchone()
        if row is None:
            return None
        text, owners = text_from(row[0]), owners_from(row[1])
        if len(text) != len(owners):
            raise sqlite3.DatabaseError("text and owners differ in length")
        names = [owner for owner in dict.fromkeys(owners.owners) if is_block(owner)]
        blocks = [block for block in (read_block(connection, name) for name in names) if block is not None]
        missing = set(names) - {block.id for block in blocks}
        owners = owners.rename(dict.fromkeys(missing, NOBODY))
        return Saved(Snapshot(uri, Text(text), owners, tuple(blocks)), row[2])

    def _revision(self, connection: sqlite3.Connection, uri: str) -> int:
        query = "SELECT revision FROM documents WHERE name = ?"
        (revision,) = connection.execute(query, (self._name(uri),)).fetchone() or (0,)
        return int(revision)

    def _write(self, connection: sqlite3.Connection, snapshot: Snapshot, known: int) -> Stored:
        with transaction(connection):
            revision = self._revision(connection, snapshot.uri)
            written = snapshot
            if revision != known and (there := self._read(connection, snapshot.uri)) is not None:
                written = merge(snapshot, there.snapshot)
            written = replace(written, blocks=tuple(write_block(connection, block) for block in written.blocks))
            connection.execute(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)",
                (
                    self._name(snapshot.uri),
                    text_to(str(written.text)),
                    owners_to(written.owners),
                    revision + 1,
                ),
            )
        is_news = revision != known and (written.owners != snapshot.owners or _reviews(written) != _reviews(snapshot))
        return Stored(revision + 1, written if is_news else None)

    def _name(self, uri: str) -> str:
        """A document's key: its path relative to the workspace, else its URI."""
        path = uri_to_path(uri)
        name = uri
        if path is not None and self._root is not None and path.is_relative_to(self._root):
            name = "./" + path.relative_to(self._root).as_posix()
        return name if is_unicode(name) else bindable(uri)

    def _uri(self, name: str) -> str:
        """The URI of a document's key."""
        return path_to_uri(self._root / name) if self._root is not None and name.startswith("./") else name

    def _try(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do something with the database; None when it cannot be used."""
        try:
            return work(self._connect())
        except sqlite3.OperationalError as error:
            self._tell_unusable(str(error))
        except OSError as error:
            self._tell_unusable(error.strerror or type(error).__name__)
        except (UnicodeEncodeError, OverflowError):  # what was to be written, not what is there, is at fault
            self._tell("unwritable", "tracker state of a document that SQLite cannot hold is kept in memory only")
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError, zlib.error) as error:
            if self._use != "keep":
                self._tell("corrupt", f"the tracker's database {self.path} is damaged: {error}")
                self.close()
                return None
            self._set_aside(error)
            with suppress(sqlite3.Error, OSError):
                return work(self._connect())
        self.close()
        return None

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None and self._use == "read":
            self._connection = look(self.path)
        elif self._connection is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = connect(self.path)
        return self._connection

    def _set_aside(self, error: Exception) -> None:
        """Move a damaged database away, so that a new one can be begun."""
        self.close()
        number = 1
        while (target := self._folder / f"{NAME}.damaged-{number}").exists():
            number += 1
        self._tell("corrupt", f"the tracker's database was damaged and set aside as {target.name}: {error}")
        with suppress(OSError):
            self.path.rename(target)
        for suffix in ("-wal", "-shm"):
            with suppress(OSError):
                (self._folder / (NAME + suffix)).unlink()

    def report(self, error: Exception) -> None:
        """Tell of an error that nobody expected; the store goes on."""
        self._tell("unwritable", f"tracker state could not be written: {type(error).__name__}")

    def _tell_unusable(self, why: str) -> None:
        if self._use == "read":
            self._tell("unreadable", f"the tracker's database {self.path} cannot be read: {why}")
        else:
            self._tell("unwritable", f"tracker state is kept in memory only: {why}")

    def _tell(self, kind: Literal["corrupt", "unwritable", "unreadable"], message: str) -> None:
        if kind not in self._told:
            self._told.add(kind)
            self._notify(StoreNotice(kind, message))


def _reviews(snapshot: Snapshot) -> dict[str, Review]:
    return {block.id: block.review for block in snapshot.blocks if block.review is not None}
