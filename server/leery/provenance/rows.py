"""The forms in which the tracker's database keeps texts, owners and blocks; `store` says when."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from leery.provenance.attribution import Attribution
from leery.provenance.origin import Block

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """What is done within happens wholly or not at all; who comes second waits."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def text_to(text: str) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def text_from(data: bytes) -> str:
    """The text that is kept so."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def owners_to(owners: Attribution) -> str:
    """Owners as they are kept."""
    return json.dumps(list(owners.runs()), separators=(",", ":"))


def owners_from(data: str) -> Attribution:
    """The owners that are kept so."""
    return Attribution((int(length), str(owner)) for length, owner in json.loads(data))


def read_block(connection: sqlite3.Connection, block: str) -> Block | None:
    """A stored block, or None."""
    row = connection.execute("SELECT data FROM blocks WHERE id = ?", (block,)).fetchone()
    return None if row is None else Block.from_json(json.loads(row[0]))


def is_unicode(text: str) -> bool:
    """Whether SQLite can hold a text: a file's name need be none, and JSON can bring half a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def bindable(text: str) -> str:
    """A text as SQLite can hold it; what is no Unicode is escaped."""
    return text.encode("utf-8", "backslashreplace").decode()


def write_block(connection: sqlite3.Connection, block: Block) -> Block:
    """Write a block with all that is known of it here and there; what was written."""
    there = read_block(connection, block.id)
    if there is not None:
        block = block.joined(there)
    session = None if block.origin.session is None else bindable(block.origin.session)
    connection.execute(
        "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?)",
        (block.id, session, block.created, json.dumps(block.to_json(), separators=(",", ":"))),
    )
    return block
