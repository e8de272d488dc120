"""The tables of the log's database, shared by what writes and what reads.

The database holds leaves and private texts and nothing derived: filters use indices over the leaf itself, so no
column can disagree with the bytes that count.
"""

from __future__ import annotations

APPLICATION_ID = 0x4C454552  # "LEER", read by file(1)
SCHEMA_VERSION = 1

ID = "json_extract(leaf, '$.id')"
TYPE = "json_extract(leaf, '$.type')"
FILE = "json_extract(leaf, '$.file')"
BLOCK = "json_extract(leaf, '$.block')"
TIME = "json_extract(leaf, '$.time')"
HAS_CROSSED = "json_array_length(leaf, '$.pathBlocks') > 0"
_CROSSED = "EXISTS (SELECT 1 FROM json_each(leaf, '$.pathBlocks') WHERE value = ?)"
_ENTRIES = "SELECT idx FROM entries WHERE"
OF_BLOCK = f"{_ENTRIES} {BLOCK} = ? UNION {_ENTRIES} {HAS_CROSSED} AND {_CROSSED}"
"""Places of the entries about a block; its id is bound twice."""

# INSERT OR REPLACE deletes without a delete trigger, hence the two conditions on what may be inserted.
DDL = f"""
CREATE TABLE entries (idx INTEGER PRIMARY KEY, leaf TEXT NOT NULL);
CREATE UNIQUE INDEX entries_id ON entries ({ID});
CREATE INDEX entries_type ON entries ({TYPE});
CREATE INDEX entries_file ON entries ({FILE}) WHERE {FILE} IS NOT NULL;
CREATE INDEX entries_block ON entries ({BLOCK}) WHERE {BLOCK} IS NOT NULL;
CREATE INDEX entries_crossing ON entries (idx) WHERE {HAS_CROSSED};
CREATE TABLE texts (
  idx INTEGER NOT NULL REFERENCES entries,
  name TEXT NOT NULL,
  salt BLOB NOT NULL,
  data BLOB,
  PRIMARY KEY (idx, name)
);
CREATE TRIGGER entries_are_dense BEFORE INSERT ON entries
WHEN NEW.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM entries)
  OR EXISTS (SELECT 1 FROM entries WHERE {ID} = json_extract(NEW.leaf, '$.id'))
BEGIN SELECT raise(ABORT, 'the log is append-only: not the next entry'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'the log is append-only: entries are not deleted'); END;
CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'the log is append-only: entries are not changed'); END;
CREATE TRIGGER texts_are_final BEFORE UPDATE ON texts
BEGIN SELECT raise(ABORT, 'the log is append-only: texts are erased, not changed'); END;
CREATE TRIGGER texts_stay_theirs BEFORE INSERT ON texts
WHEN NEW.idx IS NOT (SELECT max(idx) FROM entries)
  OR EXISTS (SELECT 1 FROM texts WHERE idx = NEW.idx AND name = NEW.name)
BEGIN SELECT raise(ABORT, 'the log is append-only: texts come with their entry'); END;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""  # noqa: S608 - made of constants
