"""Verification: a sound log holds, and whatever is changed, taken away, put in or cut off is named."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, suppress

import pytest
import rfc8785
from tests.server.log.samples import BODIES, EVIL, append, hand_out

from leery.log.body import Erasure
from leery.log.chain import Chain, Fault
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.entry import Entry, PrivateText, new_id, now, seal
from leery.log.keys import KeyStore
from leery.log.merkle import TILE_WIDTH
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.verify import Kept, verify

FREE = "DROP TRIGGER {}"
TRIGGERS = [
    "entries_are_dense",
    "entries_stay",
    "entries_are_final",
    "texts_are_final",
    "texts_stay_theirs",
    "head_grows",
    "head_stays",
    "checkpoints_are_final",
    "checkpoints_stay",
]


def change(path, *statements):
    """Change the database as somebody would who knows it well: the triggers stand again afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        dropped = {name: sql for name, sql in connection.execute(triggers) if name in TRIGGERS}
        for trigger in dropped:
            connection.execute(FREE.format(trigger))
        for statement, *values in statements:
            assert connection.execute(statement, values).rowcount != 0, statement
        for trigger in dropped.keys() - dict(connection.execute(triggers)).keys():
            with suppress(sqlite3.OperationalError):  # its table was taken away
                connection.execute(dropped[trigger])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rows(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_sound_log_holds(log):
    verdict = verify(log)
    assert verdict.fault is None
    assert verdict.chain.size == 7
    assert verdict.checked == ("the signed head",)
    assert verdict.chain.types["insertion"] == 2
    assert verdict.chain.remarks == ["entry 6 tells of a gap: client-off"]


def test_no_log_holds_nothing_to_complain_about(tmp_path):
    assert verify(tmp_path / "log.db").fault is None


@pytest.mark.portable
def test_every_byte_of_every_entry_counts(log):
    entries = [leaf for (leaf,) in rows(log, "SELECT CAST(leaf AS BLOB) FROM entries ORDER BY idx")]
    texts = [
        [PrivateText(*row) for row in rows(log, f"SELECT name, salt, data FROM texts WHERE idx = {index}")]
        for index in range(len(entries))
    ]
    head = parse(rows(log, "SELECT note FROM head")[0][0])

    def fault(index, changed):
        chain = Chain(wanted=frozenset({len(entries)}))
        try:
            for at, leaf in enumerate(entries):
                chain.add(at, changed if at == index else leaf, texts[at])
            chain.check(head, "the head")
        except Fault as found:
            return found
        return None

    assert fault(0, entries[0]) is None
    for index, leaf in enumerate(entries):
        for place in range(len(leaf)):
            found = fault(index, leaf[:place] + bytes([leaf[place] ^ 1]) + leaf[place + 1 :])
            assert found is not None, (index, place)
            assert found.index in {index, None}, (index, place, found)


@pytest.mark.parametrize("index", range(7))
def test_a_changed_byte_is_found_in_its_entry(log, index):
    ((leaf,),) = rows(log, f"SELECT CAST(leaf AS BLOB) FROM entries WHERE idx = {index}")
    for place in range(index, len(leaf), 79):
        changed = leaf[:place] + bytes([leaf[place] ^ 1]) + leaf[place + 1 :]
        # An index over the leaf would refuse what is no JSON: somebody who edits the file does not ask it.
        named = rows(log, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql > ''")
        change(
            log,
            *((f"DROP INDEX {name}",) for (name,) in named),
            ("UPDATE entries SET leaf = CAST(? AS TEXT) WHERE idx = ?", changed, index),
        )
        assert verify(log).entry == index, (place, changed)


def test_private_texts_and_salts_count(log):
    for index, name, salt, data in rows(log, "SELECT idx, name, salt, data FROM texts"):
        for column, value in (("salt", salt), ("data", data)):
            for place in range(0, len(value or b""), 5):
                changed = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
                change(log, (f"UPDATE texts SET {column} = ? WHERE idx = ? AND name = ?", changed, index, name))
                verdict = verify(log)
                if column == "salt" and data is None:
                    continue  # of a text that was never kept only the commitment can be checked
                assert verdict.fault == f"entry {index}: its {name} is not what it was when it was written"
            change(log, (f"UPDATE texts SET {column} = ? WHERE idx = ? AND name = ?", value, index, name))
    assert verify(log).fault is None


def test_the_kept_hashes_count(log):
    ((hashes,),) = rows(log, "SELECT hashes FROM tiles")
    assert len(hashes) == 7 * 32
    for place in range(0, len(hashes), 7):
        changed = hashes[:place] + bytes([hashes[place] ^ 1]) + hashes[place + 1 :]
        change(log, ("UPDATE tiles SET hashes = ?", changed))
        assert verify(log).entry == place // 32
    change(log, ("UPDATE tiles SET hashes = ?", hashes + bytes(32)))
    assert "tile 0 on level 0" in verify(log).fault or verify(log).entry == 7


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A log of two full tiles of hashes and a third that has begun."""
    path = tmp_path_factory.mktemp("long") / "log.db"
    append(path, *(BODIES[number % 2] for number in range(2 * TILE_WIDTH + 8)))
    return path


SPACED = "UPDATE entries SET leaf = replace(leaf, '\"v\":2', '\"v\": 2') WHERE idx = {index}"
"""The same entry in another form."""
RENAMED = 'UPDATE entries SET leaf = replace(leaf, \'"run":"\', \'"run":"0\') WHERE idx = {index}'
"""Another entry in the right form."""
REHASHED = (
    "UPDATE tiles SET hashes = CAST(substr(hashes, 1, 32 * ({index} & 255)) || zeroblob(32)"
    " || substr(hashes, 32 * ({index} & 255) + 33) AS BLOB) WHERE level = 0 AND tile = {index} >> 8"
)
RESALTED = "UPDATE texts SET salt = zeroblob(32) WHERE idx = {index}"


@pytest.mark.parametrize("index", [1, TILE_WIDTH - 1, TILE_WIDTH, 2 * TILE_WIDTH - 1, 2 * TILE_WIDTH, 519])
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (SPACED, "it is not in the canonical form of JSON"),
        (RENAMED, "it is not the one whose hash the tree keeps"),
        ("DELETE FROM entries WHERE idx = {index}", "it is missing"),
        (REHASHED, "it is not the one whose hash the tree keeps"),
        (RESALTED, "is not what it was when it was written"),
    ],
)
def test_what_is_wrong_first_is_named_at_the_edges_of_tiles(long, tmp_path, index, statement, fault):
    path = tmp_path / "log.db"
    shutil.copy(long, path)
    change(path, (statement.format(index=index),), (SPACED.format(index=index + 1),))
    verdict = verify(path)
    assert (verdict.entry, verdict.fault[-len(fault) :]) == (index, fault)
    assert verdict.chain.size == index + (fault == "it is not the one whose hash the tree keeps")


def test_the_hashes_over_full_tiles_count(long, tmp_path):
    path = tmp_path / "log.db"
    shutil.copy(long, path)
    change(path, ("UPDATE tiles SET hashes = CAST(hashes || zeroblob(32) AS BLOB) WHERE level = 0 AND tile = 1",))
    assert verify(path).fault == "the hashes of tile 1 on level 0 are not those of its entries"
    change(path, ("UPDATE tiles SET hashes = substr(hashes, 1, 8192)",), ("DELETE FROM tiles WHERE level = 1",))
    assert verify(path).fault == "the hashes of tile 0 on level 1 are not those of its entries"


def test_the_head_counts(log):
    ((note,),) = rows(log, "SELECT note FROM head")
    for place in range(0, len(note), 3):
        change(log, ("UPDATE head SET note = ?", note[:place] + chr(ord(note[place]) ^ 1) + note[place + 1 :]))
        assert verify(log).fault is not None, place
    change(log, ("UPDATE head SET note = ?", note))
    assert verify(log).fault is None


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM entries WHERE idx = 6", "the signed head is over 7 entries, but there are 6"),
        ("DELETE FROM entries WHERE idx = 3", "entry 3: it is missing"),
        ("DELETE FROM entries WHERE idx = 0", "entry 0: it is missing"),
        ("UPDATE entries SET idx = CASE idx WHEN 4 THEN 99 ELSE idx END", "the signed head is over 7 entries"),
        ("DELETE FROM head", "no signed head stands over the log"),
        ("DELETE FROM tiles", "entry 0: it is not the one whose hash the tree keeps"),
        ("DELETE FROM texts WHERE idx = 4", "entry 4: a private text is missing, and no later entry says"),
        ("UPDATE texts SET data = NULL WHERE idx = 1 AND name = 'prompt'", "entry 1: its prompt was kept"),
        ("UPDATE texts SET name = 'note' WHERE idx = 4 AND name = 'reason'", "entry 4: a text note stands beside it"),
        ("UPDATE texts SET idx = 6 WHERE idx = 5", "entry 6: a text"),
        ("UPDATE texts SET idx = 60 WHERE idx = 5", "entry 60: a private text belongs to an entry that is missing"),
        ("UPDATE texts SET idx = -1 WHERE idx = 5", "entry -1: a private text belongs to no entry"),
        ("UPDATE texts SET salt = x'00' WHERE idx = 5", "entry 5: the salt"),
        ("PRAGMA user_version = 1", "the log is of the first version and not signed"),
    ],
)
def test_what_is_taken_away_or_moved_is_named(log, statement, fault):
    change(log, (statement,))
    assert verify(log).fault.startswith(fault), verify(log).fault


def test_swapped_entries_are_named(log):
    for here, there in ((99, 2), (2, 4), (4, 99)):
        change(log, ("UPDATE entries SET idx = ? WHERE idx = ?", here, there))
    assert verify(log).entry == 2


def test_an_entry_put_in_by_hand_is_named(log):
    ((leaf,),) = rows(log, "SELECT leaf FROM entries WHERE idx = 6")
    twin = json.dumps(json.loads(leaf) | {"id": new_id()}, sort_keys=True, separators=(",", ":"))
    change(log, ("INSERT INTO entries (idx, leaf) VALUES (7, ?)", twin))
    assert verify(log).fault == "the signed head is over 7 entries, but there are 8"


def test_a_shorter_log_with_its_own_old_head_is_caught_by_a_later_checkpoint(log, tmp_path):
    old = tmp_path / "old.db"
    shutil.copy(log, old)
    append(log, BODIES[0])
    kept = [Kept("the checkpoint in my drawer", hand_out(log))]
    assert verify(log, kept).checked == (
        "the signed head",
        "the checkpoint of 8 entries that was handed out",
        "the checkpoint in my drawer",
    )
    verdict = verify(old, kept)
    assert verdict.fault == "entries are missing at the end: the checkpoint in my drawer saw 8, here are 7"


def test_a_fork_is_caught_by_a_checkpoint_of_the_other_branch(log, tmp_path):
    other = tmp_path / "other" / "log.db"
    shutil.copytree(log.parent, other.parent)
    append(log, BODIES[0])
    kept = [Kept("the checkpoint in my drawer", hand_out(log))]
    append(other, BODIES[0], BODIES[1])
    assert verify(other).fault is None, "it is sound by itself"
    assert verify(other, kept).fault == "the checkpoint in my drawer saw other entries than the first 8 here"


def test_a_checkpoint_of_another_log(log, tmp_path):
    other = tmp_path / "other" / "log.db"
    append(other, BODIES[0])
    note = hand_out(other)
    assert verify(log, [Kept("that", note)]).fault.startswith("that is of another log: leery-log/")
    verdict = verify(log, [Kept("that", note, required=False)])
    assert verdict.fault is None
    assert "the repository also holds checkpoints of 1 other logs" in verdict.chain.remarks
    assert verify(tmp_path / "none" / "log.db", [Kept("that", note)]).fault == "there is no log, but that saw one"


def test_a_log_made_anew_with_a_key_of_ones_own_is_caught(log):
    kept = [Kept("that", hand_out(log))]
    log.unlink()
    (log.parent / "log.db.key").unlink()
    append(log, *BODIES)
    assert verify(log).fault is None, "nobody can tell without a checkpoint kept elsewhere"
    assert verify(log, kept).fault.startswith("that is of another log")


def test_a_log_that_was_deleted_leaves_a_gap(log):
    log.unlink()
    append(log, BODIES[0])
    assert verify(log).chain.remarks == ["entry 1 tells of a gap: log-missing"]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE VIEW more AS SELECT 1", "more is not one of a log's"),
        (
            "CREATE TRIGGER leak AFTER INSERT ON texts BEGIN SELECT 1; END",
            "leak is not one of a log's",
        ),
        ("CREATE TABLE copies AS SELECT * FROM texts", "copies is not one of a log's"),
        ("DROP TRIGGER entries_stay", "entries_stay is not in it"),
        ("DROP INDEX entries_block", "entries_block is not in it"),
    ],
)
def test_a_changed_structure_is_named(log, statement, what):
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        connection.execute(statement)
    assert verify(log).fault == f"the structure of the database was changed: {what}"


def test_a_view_in_the_place_of_the_entries_is_named(log):
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE real AS SELECT idx, leaf FROM entries")
        connection.execute("DROP TRIGGER entries_stay")
        connection.execute("DROP TABLE entries")
        connection.execute("CREATE VIEW entries AS SELECT idx, leaf FROM real")
    assert "structure of the database was changed: entries differs" in verify(log).fault


def test_a_text_of_no_entry_is_named_whatever_its_index_is(log):
    change(log, ("UPDATE texts SET idx = 'abc' WHERE idx = 1 AND name = 'code'",))
    assert verify(log).fault == "a private text belongs to no entry"


def test_a_leaf_that_is_no_text_is_named(log):
    change(log, ("UPDATE entries SET leaf = CAST(leaf AS BLOB) WHERE idx = 2",))
    assert verify(log).fault == "entry 2: it is not of the right type"
    with pytest.raises(LogUnreadableError, match="entry 2 is damaged"):
        list(LogReader(log).records())


def test_a_leaf_too_deep_to_read_is_named(log):
    deep = json.dumps({"id": "x", "time": "t", "type": "key", "v": 2, "x": 0}, separators=(",", ":"))
    change(log, ("UPDATE entries SET leaf = ? WHERE idx = 2", deep.replace("0", "[" * 900 + "]" * 900)))
    assert "entry 2" in verify(log).fault or "after entry 1" in verify(log).fault


def test_an_erasure_that_did_not_happen_is_named(log):
    append(log, Erasure(selector="id", entries=((1, 1),), count=1))
    assert verify(log).fault == "entry 1: its private text is still there, though entry 7 says that it was erased"


def test_keys_change_and_old_checkpoints_still_hold(log):
    kept = [Kept("old", hand_out(log))]
    before = (log.parent / "log.db.key").read_bytes()
    database = LogDatabase(log, new_id())
    database.rotate_key()
    database.close()
    assert (log.parent / "log.db.key").read_bytes() != before
    append(log, BODIES[0])
    kept.append(Kept("new", hand_out(log)))
    verdict = verify(log, kept)
    assert verdict.fault is None
    assert [key.first for key in verdict.chain.keys] == [0, 7]
    assert verdict.checked[-2:] == ("old", "new")
    assert [record.leaf["action"] for record in LogReader(log).records() if record.type == "key"] == [
        "created",
        "rotated",
        "retired",
    ]


def test_a_lost_key_is_replaced_and_said(log):
    (log.parent / "log.db.key").unlink()
    append(log, BODIES[0])
    verdict = verify(log)
    assert verdict.fault is None
    assert "the key was lost and replaced at entry 7: nothing old vouches for the new one" in verdict.chain.remarks


def test_a_damaged_key_is_put_aside(log):
    key = log.parent / "log.db.key"
    key.write_bytes(b"junk")
    append(log, BODIES[0])
    assert verify(log).fault is None
    assert (log.parent / "log.db.key.unusable-1").read_bytes() == b"junk"
    assert key.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


def test_a_head_signed_with_the_old_key_after_its_handover_is_no_head(log):
    old = (log.parent / "log.db.key").read_bytes()
    ((note,),) = rows(log, "SELECT note FROM head")
    database = LogDatabase(log, new_id())
    database.rotate_key()
    database.close()
    assert old not in [file.read_bytes() for file in log.parent.iterdir()]
    change(log, ("UPDATE head SET note = ?", note))
    assert verify(log).fault == "the signed head is in the place of another"


def test_damaged_hashes_are_computed_anew_by_the_next_entry(log):
    change(log, ("UPDATE tiles SET hashes = x'00'",))
    append(log, BODIES[0])
    verdict = verify(log)
    assert verdict.fault is None
    assert verdict.chain.types["gap"] == 2


def test_a_later_version_s_entries_count(log):
    append(log, BODIES[0])
    run = new_id()
    entry = seal(Entry(new_id(), run, now(), BODIES[5]))
    leaf = json.dumps({**json.loads(entry.leaf), "v": 3, "news": [1]}, sort_keys=True, separators=(",", ":"))
    database = LogDatabase(log, run)
    database.append([type(entry)(entry.id, leaf.encode(), ())])
    database.close()
    verdict = verify(log)
    assert verdict.fault is None
    assert verdict.chain.later == 1
    assert any("later version" in remark for remark in verdict.chain.remarks)


@pytest.mark.parametrize(
    "value", ["1.0", "NaN", "-Infinity", "[1e5]", "9007199254740993", '{"\uffff":1,"\U00010000":1}']
)
def test_what_only_python_takes_for_canonical_is_named(value):
    leaf = f'{{"commitments":{{}},"id":"x","news":{value},"time":"t","type":"gap","v":2}}'
    with pytest.raises(Fault, match="canonical"):
        Chain().add(0, leaf.encode(), ())


@pytest.mark.parametrize("name", ["\x10#two", json.loads(900 * "[" + 900 * "]")])
def test_a_key_s_entry_that_cannot_be_read_is_named(name):
    leaf = {"id": "i", "time": "2026-11-20T10:00:00.000000Z", "type": "key", "v": 2, "commitments": {}, "name": name}
    with pytest.raises(Fault, match=r"^entry 7: it is about a key, but not complete$"):
        Chain().inspect(7, rfc8785.dumps(leaf), [])


def test_a_clock_that_goes_back_is_said(log):
    run = new_id()
    database = LogDatabase(log, run)
    database.append([seal(Entry(new_id(), run, "2001-01-01T00:00:00.000000Z", BODIES[5]))])
    database.close()
    verdict = verify(log)
    assert verdict.fault is None
    assert verdict.chain.remarks[-1].endswith("tells of a gap: client-off")
    assert any(remark.startswith("the clock went back at entry 7, from 20") for remark in verdict.chain.remarks)


def test_a_log_without_a_tree_is_brought_up(log):
    change(
        log,
        ("DROP TABLE tiles",),
        ("DROP TABLE head",),
        ("DROP TABLE checkpoints",),
        ("CREATE TABLE plain (idx INTEGER, name TEXT, salt BLOB, data BLOB, PRIMARY KEY (idx, name))",),
        ("INSERT INTO plain SELECT * FROM texts",),
        ("DROP TABLE texts",),
        ("ALTER TABLE plain RENAME TO texts",),
        ("CREATE TRIGGER texts_are_final BEFORE UPDATE ON texts BEGIN SELECT raise(ABORT, 'no'); END",),
        ("CREATE TRIGGER texts_stay_theirs BEFORE INSERT ON texts BEGIN SELECT raise(ABORT, 'no'); END",),
        ("PRAGMA user_version = 1",),
    )
    assert verify(log).fault.startswith("the log is of the first version")
    assert hand_out(log) is not None, "opening it for writing is enough"
    assert verify(log).fault is None
    append(log, BODIES[0])
    verdict = verify(log)
    assert verdict.fault is None
    assert verdict.chain.size == 8
    assert next(record.texts for record in LogReader(log).records() if record.index == 4)["reason"] == EVIL


def test_a_log_whose_first_entry_was_never_finished_holds(log):
    for table in ("texts", "entries", "tiles", "head"):
        change(log, (f"DELETE FROM {table}",))
    assert verify(log).fault == "no signed head stands over the log", "the key tells that one did"
    (log.parent / "log.db.key").unlink()
    assert verify(log).fault is None


def test_a_key_that_another_process_settled_stays(tmp_path):
    """Between one process's commit and its settling another may write, and even hand over to a key of its own."""
    path = tmp_path / "log.db.key"
    one, other = KeyStore(path), KeyStore(path)
    signer, first = one.signer(None)
    other.signer(first)
    other.rotated(first)
    one.settle()
    assert KeyStore(path).signer(first)[0].public == signer.public
    other.settle()
    assert KeyStore(path).signer(first)[1] is not None, "the other's key is in its place"
