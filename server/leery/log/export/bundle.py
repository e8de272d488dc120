"""A bundle: the log's exact bytes as a folder that anybody can verify with one small program; see docs/log-format.md.

With `disclose` only the entries about some blocks go into it, each with its proof, and those about the log's keys.
"""

from __future__ import annotations

import base64
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.log.bundle import ENTRIES, HANDED_OUT, HEAD, PROGRAM, PROOFS, README, TEXTS, line, program, text_line
from leery.log.checkpoint import Checkpoint, Note, NoteError, parse
from leery.log.entry import PrivateText, escape
from leery.log.export.readme import readme
from leery.log.merkle import inclusion_proof
from leery.log.schema import OF_BLOCK, TREE_VERSION, TYPE
from leery.log.tiles import Tiles, TilesDamagedError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from leery.log.reader import LogReader

NAME = "bundle"
DISCLOSURE = "disclosure"


class NotBundledError(Exception):
    """The bundle cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle holds: how many entries, and the state of the log that it was made from."""

    entries: int
    head: Checkpoint


def export(reader: LogReader, folder: Path, *, private: bool = True) -> Bundled:
    """Write the whole log.

    Args:
        reader: the log.
        folder: where to; it must not exist yet, or be empty. It is made for this user alone.
        private: whether private texts go along.

    Raises:
        NotBundledError: the log is not signed yet, or the folder is in use.
        LogUnreadableError, OSError: the log cannot be read, or the folder not be written.
    """
    with _snapshot(reader) as connection:
        head = _head(connection)
        _make(folder)
        count = _write(folder / ENTRIES, (leaf + b"\n" for _, leaf in _leaves(connection)))
        if private:
            _write(folder / TEXTS, (text_line(index, text) for index, text in _texts(connection)))
        _notes(folder, connection)
        _finish(folder, head, private=private, blocks=())
    return Bundled(count, head.checkpoint)


def disclose(
    reader: LogReader,
    folder: Path,
    *,
    blocks: Sequence[str],
    checkpoint: str | None = None,
    private: bool = True,
) -> Bundled:
    """Write the entries about some blocks, and what proves that they are in the log.

    Args:
        reader: the log.
        folder: as for `export`.
        blocks: ids of the blocks.
        checkpoint: a signed note of this log that whoever gets it has already: the proofs lead to its root. By default
            they lead to that of the signed head.
        private: whether private texts go along.

    Raises:
        NotBundledError: there are no such entries, or they came after the checkpoint; or as for `export`.
        LogUnreadableError, OSError: as for `export`.
    """
    with _snapshot(reader) as connection:
        head = _head(connection)
        known = _given(checkpoint, head)
        size = known.checkpoint.size
        indices = [index for block in blocks for index in _of_block(connection, block, size)]
        keys = connection.execute(f"SELECT idx FROM entries WHERE {TYPE} = 'key' AND idx < ?", (size,))  # noqa: S608
        chosen = sorted({*indices, *(index for (index,) in keys)})
        _make(folder)
        _write(folder / ENTRIES, (leaf + b"\n" for index in chosen for _, leaf in _leaves(connection, index)))
        _write(folder / PROOFS, _proofs(connection, chosen, size))
        if private:
            of_chosen = (item for index in chosen for item in _texts(connection, index))
            _write(folder / TEXTS, (text_line(index, text) for index, text in of_chosen))
        _put(folder / HEAD, (checkpoint or _signed_head(connection)).encode())
        _finish(folder, known, private=private, blocks=blocks)
    return Bundled(len(chosen), known.checkpoint)


@contextmanager
def _snapshot(reader: LogReader) -> Iterator[sqlite3.Connection]:
    """One consistent state of the log."""
    with reader.connected() as connection:
        if connection is None:
            raise NotBundledError("there is no provenance log yet")
        connection.execute("BEGIN")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < TREE_VERSION or connection.execute("SELECT 1 FROM head").fetchone() is None:
            raise NotBundledError("the log is not signed yet; it will be when the next entry is written")
        yield connection


def _signed_head(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT note FROM head").fetchone()[0])


def _head(connection: sqlite3.Connection) -> Note:
    try:
        return parse(_signed_head(connection))
    except NoteError as error:
        raise NotBundledError(f"the signed head is damaged: {error}") from error


def _given(checkpoint: str | None, head: Note) -> Note:
    if checkpoint is None:
        return head
    try:
        note = parse(checkpoint)
    except NoteError as error:
        raise NotBundledError(f"the checkpoint cannot be read: {error}") from error
    if note.checkpoint.origin != head.checkpoint.origin or note.checkpoint.size > head.checkpoint.size:
        raise NotBundledError("the checkpoint is of another log, or of a longer one")
    return note


def _of_block(connection: sqlite3.Connection, block: str, size: int) -> list[int]:
    name = escape(block)
    found = [index for (index,) in connection.execute(OF_BLOCK, (name, name)) if index < size]
    if not found:
        raise NotBundledError(f"no entry among the first {size} is about the block {block}")
    return found


def _leaves(connection: sqlite3.Connection, only: int | None = None) -> Iterator[tuple[int, bytes]]:
    where = "" if only is None else " WHERE idx = ?"
    sql = f"SELECT idx, CAST(leaf AS BLOB) FROM entries{where} ORDER BY idx"  # noqa: S608 - a constant
    yield from _rows(connection, sql, () if only is None else (only,))


def _texts(connection: sqlite3.Connection, only: int | None = None) -> Iterator[tuple[int, PrivateText]]:
    where = "" if only is None else " WHERE idx = ?"
    sql = f"SELECT idx, name, salt, data FROM texts{where} ORDER BY idx, name"  # noqa: S608 - a constant
    for index, name, salt, data in _rows(connection, sql, () if only is None else (only,)):
        yield index, PrivateText(name, salt, data)


def _rows(connection: sqlite3.Connection, sql: str, values: tuple[int, ...]) -> Iterator[Any]:
    cursor = connection.execute(sql, values)
    while (row := cursor.fetchone()) is not None:  # not many at once: a text may be of a megabyte
        yield row


def _proofs(connection: sqlite3.Connection, indices: Iterable[int], size: int) -> Iterator[bytes]:
    node = Tiles(connection).node
    try:
        for index in indices:
            proof = [base64.b64encode(step).decode("ascii") for step in inclusion_proof(index, size, node)]
            yield line({"index": index, "proof": proof})
    except TilesDamagedError as error:
        raise NotBundledError(f"{error}; `leery log verify` tells more") from error


def _notes(folder: Path, connection: sqlite3.Connection) -> None:
    _put(folder / HEAD, _signed_head(connection).encode())
    handed_out = connection.execute("SELECT size, note FROM checkpoints ORDER BY size").fetchall()
    if handed_out:
        (folder / HANDED_OUT).mkdir(mode=0o700)
    for size, note in handed_out:
        _put(folder / HANDED_OUT / f"{size:012}", note.encode())


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotBundledError(f"{folder} is not empty")


def _finish(folder: Path, head: Note, *, private: bool, blocks: Sequence[str]) -> None:
    _put(folder / PROGRAM, program())
    _put(folder / README, readme(head.checkpoint, private=private, blocks=blocks).encode())


def _put(path: Path, data: bytes) -> None:
    _write(path, [data])


def _write(path: Path, parts: Iterable[bytes]) -> int:
    """Write a new file that only this user can read; gives how many parts there were."""
    count = 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        for part in parts:
            file.write(part)
            count += 1
    return count
