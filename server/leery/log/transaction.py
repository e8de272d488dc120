"""One transaction of the log: entries go in, and the tree's hashes and the signed head follow before it is committed.

So the signed head always covers all that has been acknowledged. The verifier must not import this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.log.body import Body, Gap, Key
from leery.log.entry import Entry, Sealed, body_of, new_id, now, parse_leaf, seal
from leery.log.merkle import leaf_hash, root
from leery.log.schema import ID, REWRITE_TEXTS, SIZE, TYPE, statements
from leery.log.tiles import Tiles, TilesDamagedError, extend

if TYPE_CHECKING:
    import sqlite3

    from leery.log.keys import KeyStore, Signer

_PIECE = 10_000


class Transaction:
    """Adds entries within a transaction that the caller begins, and ends after `seal_head`.

    Args:
        connection: the log's database, in an immediate transaction.
        keys: where the signing key lies.
        run: the run that entries of the log about itself belong to.
    """

    def __init__(self, connection: sqlite3.Connection, keys: KeyStore, run: str) -> None:
        self.connection = connection
        self._keys = keys
        self._run = run
        (self._first,) = connection.execute(SIZE).fetchone()
        self._hashes: list[bytes] = []
        self._signer: Signer | None = None

    @property
    def size(self) -> int:
        """How many entries the log has now."""
        return int(self._first) + len(self._hashes)

    def note(self, body: Body, at: str | None = None) -> int:
        """Add an entry of the log about itself, made now or `at` a time that entries have; gives its index."""
        return self.add(seal(Entry(new_id(), self._run, at or now(), body)))

    def add(self, sealed: Sealed) -> int:
        """Add an entry; gives its index. Before the first one of a log comes the entry about its key."""
        if self._signer is None:
            self._begin(sealed)
        index = self.size
        self.connection.execute("INSERT INTO entries (idx, leaf) VALUES (?, ?)", (index, sealed.leaf.decode()))
        self.connection.executemany(
            "INSERT INTO texts (idx, name, salt, data) VALUES (?, ?, ?, ?)",
            [(index, text.name, text.salt, text.data) for text in sealed.texts],
        )
        self._hashes.append(leaf_hash(sealed.leaf))
        return index

    def find(self, entry: str) -> int | None:
        """The index of the entry with this id."""
        row = self.connection.execute(f"SELECT idx FROM entries WHERE {ID} = ?", (entry,)).fetchone()  # noqa: S608
        return None if row is None else int(row[0])

    def rewrite_texts(self) -> None:
        """Leave nothing of what was erased in the gaps of pages; costs as much as all kept texts are long."""
        for statement in statements(REWRITE_TEXTS):
            self.connection.execute(statement)

    def rotate(self) -> None:
        """Hand over to a new key, with which the head is signed then."""
        self._begin()
        current = current_key(self.connection)
        assert current is not None
        self._signer, entries = self._keys.rotated(current)
        for entry in entries:
            self.note(entry)

    def sign(self, message: bytes) -> tuple[bytes, bytes]:
        """The key that signs the log, raw, and its signature over a message, which must not read like a checkpoint."""
        self._begin()
        assert self._signer is not None
        return self._signer.public, self._signer.private.sign(message)

    def sign_digest(self, message: bytes) -> tuple[bytes, bytes]:
        """The key that signs the log, raw, and its Ed25519ph signature over a message, which may be anything.

        Raises:
            MissingExtraError: PyNaCl is not installed.
        """
        self._begin()
        assert self._signer is not None
        return self._signer.public, self._signer.sign_digest(message)

    def hand_out(self) -> str | None:
        """The signed head as it is on disk, remembered as handed out; None in an empty log."""
        head = self.connection.execute("SELECT size, note FROM head").fetchone()
        if head is None:
            return None
        self.connection.execute("INSERT INTO checkpoints (size, note) VALUES (?, ?) ON CONFLICT DO NOTHING", head)
        return str(head[1])

    def seal_head(self) -> str | None:
        """Bring hashes and signed head up to date; gives the signed note, None when nothing is to be signed."""
        if self._signer is None and self.size and self.connection.execute("SELECT 1 FROM head").fetchone() is None:
            self._begin()  # a log that was just brought up from the version without a head
        if self._signer is None:
            return None
        try:
            extend(self.connection, int(self._first), self._hashes)
            note = self._signed(self._signer)
        except TilesDamagedError as error:
            self.note(Gap(what="log-corrupt", detail=f"hashes-rebuilt: {error}"))
            rebuild(self.connection)
            note = self._signed(self._signer)
        self.connection.execute(
            "INSERT INTO head (one, size, note) VALUES (1, ?, ?)"
            " ON CONFLICT (one) DO UPDATE SET size = excluded.size, note = excluded.note",
            (self.size, note),
        )
        return note

    def _begin(self, first: Sealed | None = None) -> None:
        """Find the key to sign with; one that is new to the log is entered, dated no later than the `first` entry."""
        self._signer, entry = self._keys.signer(current_key(self.connection))
        if entry is None:
            return
        at = None if first is None else min(parse_leaf(first.leaf)["time"], now())
        is_lost = self.size == 0 and self._keys.has_outlived_a_log()
        self.note(entry, at)
        if is_lost:
            self.note(Gap(what="log-missing"), at)

    def _signed(self, signer: Signer) -> str:
        return signer.note(self.size, root(self.size, Tiles(self.connection).node))


def current_key(connection: sqlite3.Connection) -> Key | None:
    """The newest entry about a key that signs, None in a log that no key has signed yet."""
    rows = connection.execute(f"SELECT leaf FROM entries WHERE {TYPE} = 'key' ORDER BY idx DESC")  # noqa: S608 - a constant
    for (leaf,) in rows:
        body = body_of(parse_leaf(leaf), {})
        if isinstance(body, Key) and body.action != "retired":
            return body
    return None


def rebuild(connection: sqlite3.Connection) -> None:
    """Compute all hashes anew from the entries."""
    connection.execute("DELETE FROM tiles")
    cursor = connection.execute("SELECT leaf FROM entries ORDER BY idx")
    size = 0
    while rows := cursor.fetchmany(_PIECE):
        extend(connection, size, [leaf_hash(leaf.encode()) for (leaf,) in rows])
        size += len(rows)
