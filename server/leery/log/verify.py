"""Verifies a log from its raw entries: recomputes everything, believes nothing derived. Imports nothing that writes.

What is checked, in this order: entry by entry (see `chain`) with the kept hash of each, then the signed head, the
checkpoints that were handed out, those that were kept elsewhere, and the database's own structure.
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from leery.log.chain import Chain, Fault, Text, plain
from leery.log.checkpoint import Note, NoteError, parse
from leery.log.merkle import HASH_BYTES, TILE_HEIGHT, TILE_WIDTH
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.schema import SIZE, TREE_VERSION, objects
from leery.paths import log_key_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path


_CACHE_KIB = 32_768
"""For SQLite's own check, which looks for each entry in every index: by default it would read most pages many times."""
GONE: Final = "there is no log, but its key is there: the log is gone"
_LEAVES = "SELECT idx, CAST(leaf AS BLOB), typeof(leaf) = 'text' FROM entries ORDER BY idx"
_BEHIND_ALL = 1 << 63
"""No integer in SQLite is as large."""
_NO_TEXT: tuple[int, Text] = (_BEHIND_ALL, ("", b"", None))


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that was kept at a `place`, which messages name; one that is `required` must be of this log."""

    place: str
    note: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    Attributes:
        fault: the first thing that is wrong, None when the log holds.
        entry: the index of the entry that it lies in, or None.
        chain: what was seen until then.
        checked: the checkpoints that hold, by name, in the order of their check.
        outside: how many of them were kept elsewhere, where the log's owner perhaps cannot change them.
    """

    fault: str | None
    entry: int | None
    chain: Chain
    checked: tuple[str, ...]
    outside: int = 0


def verify(path: Path, kept: Sequence[Kept] = ()) -> Verdict:
    """Verify the log in a database.

    Args:
        path: the database.
        kept: checkpoints from elsewhere to hold it against.

    Raises:
        LogUnreadableError: it is no log, or cannot be opened at all.
    """
    reader = LogReader(path)
    with reader.connected() as connection, ThreadPoolExecutor(1) as beside:
        if connection is None:
            return _empty(path, kept)
        connection.execute("BEGIN")
        return _Verification(connection, has_key=log_key_path(path).exists()).run(
            kept, beside.submit(_structure, reader)
        )


def _empty(path: Path, kept: Sequence[Kept]) -> Verdict:
    lost = next((item.place for item in kept if item.required), None)
    if lost is not None:
        return Verdict(f"there is no log, but {lost} saw one", None, Chain(), ())
    return Verdict(GONE if log_key_path(path).exists() else None, None, Chain(), ())


def is_gone(path: Path) -> bool:
    """Whether there is no log, but the key of one.

    Raises:
        LogUnreadableError: what is there is no log, or cannot be opened at all.
    """
    with LogReader(path).connected() as connection:
        return connection is None and log_key_path(path).exists()


def _structure(reader: LogReader) -> str:
    """What SQLite itself says of the file, indices included: ``ok``, or what is wrong. Takes a processor of its own."""
    try:
        with reader.connected() as connection:
            if connection is None:
                return "ok"
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except LogUnreadableError as error:
        return str(error)


class _Verification:
    """One run over one consistent state of the database."""

    def __init__(self, connection: sqlite3.Connection, *, has_key: bool) -> None:
        self._connection = connection
        self._has_key = has_key
        self._chain = Chain()
        self._checked: list[str] = []
        self._outside = 0

    def run(self, kept: Sequence[Kept], structure: Future[str]) -> Verdict:
        fault: Fault | None = None
        try:
            self._check_version()
            own, elsewhere = list(self._own_notes()), list(self._elsewhere(kept))
            self._chain.wanted = frozenset(note.checkpoint.size for _, note, _ in [*own, *elsewhere])
            self._check_entries()
            self._check_notes(own)
            self._outside = self._check_notes(elsewhere)
            if structure.result() != "ok":
                raise Fault(f"the database is damaged: {structure.result()}")  # noqa: TRY301 - as any other fault
            self._check_schema()
        except Fault as found:
            fault = found
        except (sqlite3.DatabaseError, ValueError, TypeError, OverflowError, RecursionError) as error:
            fault = Fault(f"the database is damaged after entry {self._chain.size - 1}: {error}")
        if fault is None:
            return Verdict(None, None, self._chain, tuple(self._checked), self._outside)
        return Verdict(str(fault), fault.index, self._chain, tuple(self._checked))

    def _check_version(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version < TREE_VERSION:
            raise Fault("the log is of the first version and not signed; it will be when the next entry is written")

    def _check_schema(self) -> None:
        """A view, a trigger or another table can show others what is not verified, or keep what is erased."""
        sql = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        found, wanted = dict(self._connection.execute(sql).fetchall()), objects()
        for name in sorted(found.keys() | wanted.keys(), key=str):
            if found.get(name) != wanted.get(name):
                what = (
                    "is not in it"
                    if name not in found
                    else "is not one of a log's"
                    if name not in wanted
                    else "differs"
                )
                raise Fault(f"the structure of the database was changed: {plain(name)} {what}")

    def _check_entries(self) -> None:
        chain, tiles, kept = self._chain, _Tiles(self._connection), b""
        for index, leaf, texts in self._entries():
            full = chain.add(index, leaf, texts)
            place = index % TILE_WIDTH * HASH_BYTES
            if not place:
                kept = tiles.kept(0, index >> TILE_HEIGHT)
            if kept[place : place + HASH_BYTES] != chain.last:
                raise Fault("it is not the one whose hash the tree keeps", index)
            for tile in full:
                tiles.compare(*tile)
        tiles.compare_rest(chain)
        chain.finish()

    def _entries(self) -> Iterator[tuple[int, bytes, Sequence[Text]]]:
        """Each entry with its texts: two cursors that move side by side, since a text may be of a megabyte."""
        texts = self._texts()
        ahead, text = next(texts, _NO_TEXT)
        for index, leaf, is_text in self._connection.execute(_LEAVES):
            if not is_text:
                raise Fault("it is not of the right type", index)
            if ahead > index:
                yield index, leaf, ()
                continue
            if ahead < index == self._chain.size:
                raise Fault("a private text belongs to no entry", ahead)
            mine: list[Text] = []
            while ahead == index:
                mine.append(text)
                ahead, text = next(texts, _NO_TEXT)
            yield index, leaf, mine
        if ahead != _BEHIND_ALL:
            raise Fault("a private text belongs to an entry that is missing", ahead)

    def _texts(self) -> Iterator[tuple[int, Text]]:
        for index, name, salt, data in self._connection.execute(
            "SELECT idx, name, salt, data FROM texts ORDER BY idx, name"
        ):
            if type(index) is not int:
                raise Fault("a private text belongs to no entry")
            if type(name) is not str or type(salt) is not bytes or not (data is None or type(data) is bytes):
                raise Fault("a private text is not of the right type", index)
            yield index, (name, salt, data)

    def _own_notes(self) -> Iterator[tuple[str, Note, bool]]:
        head = self._connection.execute("SELECT size, note FROM head").fetchone()
        (count,) = self._connection.execute(SIZE).fetchone()
        if head is None:
            if count or self._has_key:
                raise Fault("no signed head stands over the log")
            return
        if head[0] != count:
            raise Fault(f"the signed head is over {head[0]} entries, but there are {count}")
        for size, note in [head, *self._connection.execute("SELECT size, note FROM checkpoints ORDER BY size")]:
            name = "the signed head" if note is head[1] else f"the checkpoint of {size} entries that was handed out"
            parsed = _parsed(name, note)
            if parsed.checkpoint.size != size:
                raise Fault(f"{name} is in the place of another")
            yield name, parsed, True

    def _elsewhere(self, kept: Sequence[Kept]) -> Iterator[tuple[str, Note, bool]]:
        for item in kept:
            yield item.place, _parsed(item.place, item.note), item.required

    def _check_notes(self, notes: Sequence[tuple[str, Note, bool]]) -> int:
        """Check them; gives how many are of this log."""
        before = len(self._checked)
        others: set[str] = set()
        for name, note, required in notes:
            if not required and note.checkpoint.origin != self._chain.origin:
                others.add(note.checkpoint.origin)
                continue
            self._chain.check(note, name)
            self._checked.append(name)
        if others:
            self._chain.remarks.append(f"the repository also holds checkpoints of {len(others)} other logs")
        return len(self._checked) - before


class _Tiles:
    """The kept hashes, and whether those of whole tiles are what they must be."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def kept(self, level: int, tile: int) -> bytes:
        """The hashes of a tile, empty when it is not there."""
        row = self._connection.execute(
            "SELECT hashes FROM tiles WHERE level = ? AND tile = ?", (level, tile)
        ).fetchone()
        return b"" if row is None or not isinstance(row[0], bytes) else row[0]

    def compare(self, level: int, tile: int, hashes: Sequence[bytes]) -> None:
        """Compare a tile."""
        if self.kept(level, tile) != b"".join(hashes):
            raise Fault(f"the hashes of tile {tile} on level {level} are not those of its entries")

    def compare_rest(self, chain: Chain) -> None:
        """The tiles that are not full, and that there are no others."""
        rest = list(chain.frontier.rest())
        for tile in rest:
            self.compare(*tile)
        tiles = sum(chain.size >> TILE_HEIGHT * (level + 1) for level in range(8)) + len(rest)
        (count,) = self._connection.execute("SELECT count(*) FROM tiles").fetchone()
        if count != tiles:
            raise Fault(f"the tree keeps {count} tiles of hashes, where {tiles} belong to its entries")


def _parsed(name: str, note: object) -> Note:
    try:
        return parse(str(note))
    except NoteError as error:
        raise Fault(f"{name} cannot be read: {error}") from error
