"""The tables of the log's database, shared by what writes and what reads.

The database holds leaves and private texts; filters use indices over the leaf itself, so no column can disagree with
the bytes that count. Derived are only the tree's hashes and the signed head, which `verify` checks against the leaves.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache

APPLICATION_ID = 0x4C454552  # "LEER", read by file(1)
SCHEMA_VERSION = TREE_VERSION = 2
"""From version 2 on the database holds the tree's hashes and a signed head."""

ID = "json_extract(leaf, '$.id')"
TYPE = "json_extract(leaf, '$.type')"
FILE = "json_extract(leaf, '$.file')"
BLOCK = "json_extract(leaf, '$.block')"
TIME = "json_extract(leaf, '$.time')"
SIZE = "SELECT CAST(coalesce(max(idx) + 1, 0) AS INTEGER) FROM entries"
"""How many entries there are; the cast is for a forged index, the largest there is, whose successor is no integer."""
HAS_CROSSED = "json_array_length(leaf, '$.pathBlocks') > 0"
_CROSSED = "EXISTS (SELECT 1 FROM json_each(leaf, '$.pathBlocks') WHERE value = ?)"
_ENTRIES = "SELECT idx FROM entries WHERE"
OF_BLOCK = f"{_ENTRIES} {BLOCK} = ? UNION {_ENTRIES} {HAS_CROSSED} AND {_CROSSED}"
"""Places of the entries about a block; its id is bound twice."""

# Without row ids there is one tree of pages and no index beside it that could say something else.
_TEXTS = """CREATE TABLE texts (
  idx INTEGER NOT NULL REFERENCES entries,
  name TEXT NOT NULL,
  salt BLOB NOT NULL,
  data BLOB,
  PRIMARY KEY (idx, name)
) WITHOUT ROWID"""

_TEXT_TRIGGERS = """
CREATE TRIGGER texts_are_final BEFORE UPDATE ON texts
BEGIN SELECT raise(ABORT, 'the log is append-only: texts are erased, not changed'); END;
CREATE TRIGGER texts_stay_theirs BEFORE INSERT ON texts
WHEN NEW.idx IS NOT (SELECT max(idx) FROM entries)
  OR EXISTS (SELECT 1 FROM texts WHERE idx = NEW.idx AND name = NEW.name)
BEGIN SELECT raise(ABORT, 'the log is append-only: texts come with their entry'); END;
"""

_TREE = """
CREATE TABLE tiles (
  level INTEGER NOT NULL,
  tile INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, tile)
) WITHOUT ROWID;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL);
CREATE TRIGGER head_grows BEFORE UPDATE ON head WHEN NEW.size < OLD.size
BEGIN SELECT raise(ABORT, 'the log is append-only: its head does not shrink'); END;
CREATE TRIGGER head_stays BEFORE DELETE ON head
BEGIN SELECT raise(ABORT, 'the log is append-only: its head stays'); END;
CREATE TRIGGER checkpoints_are_final BEFORE UPDATE ON checkpoints
BEGIN SELECT raise(ABORT, 'the log is append-only: checkpoints are not changed'); END;
CREATE TRIGGER checkpoints_stay BEFORE DELETE ON checkpoints
BEGIN SELECT raise(ABORT, 'the log is append-only: checkpoints stay'); END;
"""

# INSERT OR REPLACE deletes without a delete trigger, hence the two conditions on what may be inserted.
DDL = f"""
CREATE TABLE entries (idx INTEGER PRIMARY KEY, leaf TEXT NOT NULL);
CREATE UNIQUE INDEX entries_id ON entries ({ID});
CREATE INDEX entries_type ON entries ({TYPE});
CREATE INDEX entries_file ON entries ({FILE}) WHERE {FILE} IS NOT NULL;
CREATE INDEX entries_block ON entries ({BLOCK}) WHERE {BLOCK} IS NOT NULL;
CREATE INDEX entries_crossing ON entries (idx) WHERE {HAS_CROSSED};
{_TEXTS};
CREATE TRIGGER entries_are_dense BEFORE INSERT ON entries
WHEN NEW.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM entries)
  OR EXISTS (SELECT 1 FROM entries WHERE {ID} = json_extract(NEW.leaf, '$.id'))
BEGIN SELECT raise(ABORT, 'the log is append-only: not the next entry'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'the log is append-only: entries are not deleted'); END;
CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'the log is append-only: entries are not changed'); END;
{_TEXT_TRIGGERS}{_TREE}PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""  # noqa: S608 - made of constants

REWRITE_TEXTS = f"""
DROP TRIGGER IF EXISTS texts_are_final;
DROP TRIGGER IF EXISTS texts_stay_theirs;
ALTER TABLE texts RENAME TO texts_before;
{_TEXTS};
INSERT INTO texts SELECT idx, name, salt, data FROM texts_before;
DROP TABLE texts_before;
{_TEXT_TRIGGERS}"""  # noqa: S608 - made of constants
"""Moves the private texts to fresh pages. When SQLite divides a page, what moved away stays in the old page's gap,
where `secure_delete` does not find it once the text is erased; pages that are given up as a whole it overwrites."""

UPGRADE = f"""{REWRITE_TEXTS}{_TREE}PRAGMA user_version = {SCHEMA_VERSION};
"""
"""Brings a log of version 1, which had no tree, to version 2; the hashes are still to be computed."""


def statements(script: str) -> list[str]:
    """The statements of a script: `executescript` would commit first and let another process in between."""
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


@cache
def objects() -> dict[str, str]:
    """What makes each table, index and trigger of a log, by name, as SQLite keeps it."""
    found = (re.match(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER) (\w+)", sql.strip()) for sql in statements(DDL))
    return {hit[1]: hit.string.rstrip(";") for hit in found if hit is not None}
