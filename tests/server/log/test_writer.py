"""The writer within one process: order, durability, append-only tables, and every way in which writing can fail."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from tests.unprivileged import unprivileged

from leery.log.body import Gap, Insertion, LoggedOrigin, Review
from leery.log.database import LogDatabase
from leery.log.entry import commitment, new_id
from leery.log.reader import LogReader
from leery.log.schema import APPLICATION_ID
from leery.log.writer import LogUnavailableError, LogWriter

ORIGIN = LoggedOrigin(kind="paste", evidence="observed")


def insertion(name, code="x = 1\n"):
    return Insertion(file=name, block="b", origin=ORIGIN, code=code)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "leery" / "w" / "log.db"


def real(path):
    """The records but for the first, which is about the log's key."""
    first, *rest = LogReader(path).records()
    assert (first.index, first.type, first.body.action) == (0, "key", "created")
    assert "key" not in [record.type for record in rest]
    return rest


def files(path):
    return [record.leaf["file"] for record in real(path)]


def types(path):
    return [record.type for record in LogReader(path).records()]


def run_sql(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_entries_are_numbered_in_order_after_the_one_about_the_key(path):
    with LogWriter(path) as writer:
        receipts = [future.result(60) for future in [writer.append(insertion(f"{n}.py")) for n in range(1_200)]]
    assert [receipt.index for receipt in receipts] == list(range(1, 1_201))
    assert files(path) == [f"{n}.py" for n in range(1_200)]
    assert [record.id for record in real(path)] == [receipt.id for receipt in receipts]
    assert [record.index for record in LogReader(path).records()] == list(range(1_201))
    assert len({record.leaf["run"] for record in LogReader(path).records()}) == 1


def test_text_and_salt_stand_beside_the_leaf_and_match_its_commitment(path):
    with LogWriter(path) as writer:
        writer.append(insertion("a.py", "y\udc80\n"))
    with closing(sqlite3.connect(path)) as connection:
        ((name, salt, data),) = connection.execute("SELECT name, salt, data FROM texts").fetchall()
    (record,) = real(path)
    assert (name, data) == ("code", b"y\xed\xb2\x80\n")
    assert record.leaf["commitments"] == {"code": commitment(salt, data)}
    assert record.texts == {"code": "y\udc80\n"}


def test_the_folder_is_private_and_nothing_is_made_before_the_first_entry(path):
    with LogWriter(path) as writer:
        assert not path.parent.exists()
        writer.append(insertion("a.py")).result(60)
        assert path.parent.stat().st_mode & 0o777 == 0o700 or os.name == "nt"


def test_an_acknowledged_entry_is_there_while_the_writer_lives(path):
    with LogWriter(path) as writer:
        for name in ("a.py", "b.py"):
            writer.append(insertion(name)).result(60)
            assert files(path)[-1] == name


def test_the_database_syncs_fully_and_overwrites_what_is_erased(path):
    database = LogDatabase(path, new_id())
    connection = database._open()
    values = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")}
    assert values == {"synchronous": 2, "secure_delete": 1}
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_once_it_is_quiet_what_was_written_is_in_the_database_itself(path, tmp_path):
    with LogWriter(path) as writer:
        futures = [
            writer.append(insertion(f"{n}.py")) for n in range(64)
        ]  # as many as are worth it, so that all are moved at once
        futures[-1].result(60)
        limit = time.monotonic() + 60
        while _without_wal(path, tmp_path) < 65 and time.monotonic() < limit:
            time.sleep(0.05)
        assert _without_wal(path, tmp_path) == 65
        writer.append(insertion("later.py")).result(60)
        assert files(path)[-1] == "later.py"


def _without_wal(path, folder):
    """How many entries the file has by itself."""
    copy = shutil.copy(path, folder / "copy.db")
    with closing(sqlite3.connect(copy)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM entries").fetchone()[0]
        except sqlite3.DatabaseError:  # copied while it was being written
            return 0


def test_many_threads_lose_nothing(path):
    with LogWriter(path) as writer:

        def work(thread):
            for number in range(50):
                writer.append(insertion(f"{thread}-{number}"))

        threads = [threading.Thread(target=work, args=(thread,)) for thread in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        writer.flush(60)
        assert LogReader(path).count() == 401
    for thread in range(8):
        mine = [name for name in files(path) if name.startswith(f"{thread}-")]
        assert mine == [f"{thread}-{number}" for number in range(50)]


async def test_futures_can_be_awaited_and_cancelling_does_not_take_an_entry_back(path):
    with LogWriter(path) as writer:
        task = asyncio.ensure_future(asyncio.wrap_future(writer.append(insertion("a.py"))))
        task.cancel()
        receipt = await asyncio.wrap_future(writer.append(insertion("b.py")))
    assert receipt.index == 2
    assert files(path) == ["a.py", "b.py"]


def test_a_body_that_cannot_be_an_entry_fails_alone(path):
    with LogWriter(path) as writer:
        good, bad, last = (
            writer.append(body) for body in (insertion("a"), Gap(what="client-off", count=0.5), insertion("c"))
        )
        assert [good.result(60).index, last.result(60).index] == [1, 2]
        with pytest.raises(TypeError):
            bad.result(60)


def test_nothing_is_taken_after_closing(path):
    writer = LogWriter(path)
    writer.append(insertion("a.py"))
    writer.close()
    with pytest.raises(LogUnavailableError, match="closed"):
        writer.append(insertion("b.py")).result(60)
    writer.close()
    assert files(path) == ["a.py"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET leaf = leaf",
        "DELETE FROM entries",
        "INSERT INTO entries VALUES (8, json_set((SELECT leaf FROM entries WHERE idx = 1), '$.id', 'new'))",
        "INSERT OR REPLACE INTO entries VALUES (1, json_set((SELECT leaf FROM entries WHERE idx = 1), '$.id', 'new'))",
        "INSERT OR REPLACE INTO entries SELECT 3, leaf FROM entries WHERE idx = 1",
        "UPDATE texts SET data = x'00'",
        "INSERT INTO texts VALUES (1, 'more', x'00', x'00')",
        "INSERT OR REPLACE INTO texts SELECT idx, name, salt, x'00' FROM texts WHERE idx = 2",
    ],
)
def test_the_tables_only_grow(path, statement):
    with LogWriter(path) as writer:
        writer.append(insertion("a.py"))
        writer.append(insertion("b.py"))
    before = [(record.raw, record.texts) for record in LogReader(path).records()]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        run_sql(path, statement)
    assert [(record.raw, record.texts) for record in LogReader(path).records()] == before


def test_erasing_a_text_leaves_the_leaf(path):
    with LogWriter(path) as writer:
        writer.append(insertion("a.py"))
    (before,) = real(path)
    run_sql(path, "DELETE FROM texts WHERE idx = 1")
    (after,) = real(path)
    assert after.raw == before.raw
    assert (before.erased, after.erased) == ((), ("code",))


def test_a_place_that_cannot_be_opened_is_told_once_and_written_later(path):
    told = []
    path.mkdir(parents=True)
    with LogWriter(path, report=told.append) as writer:
        future = writer.append(insertion("a.py"))
        with pytest.raises(LogUnavailableError):
            writer.flush(60)
        with pytest.raises(LogUnavailableError):
            writer.flush(60)
        assert writer.failing_since is not None
        assert len(told) == 1
        assert "cannot be written" in told[0]
        path.rmdir()
        writer.append(insertion("b.py"))
        writer.flush(60)
        assert future.result(0).index == 1
        assert writer.failing_since is None
    assert len(told) == 2
    assert "written again; no entries were lost" in told[1]
    assert files(path) == ["a.py", "b.py"]


def test_a_read_only_folder(path):
    told = []
    path.parent.parent.mkdir(parents=True)
    path.parent.parent.chmod(0o500)
    with unprivileged(), LogWriter(path, report=told.append) as writer:
        writer.append(insertion("a.py"))
        with pytest.raises(LogUnavailableError):
            writer.flush(60)
        path.parent.parent.chmod(0o700)
    assert files(path) == ["a.py"]
    assert "Permission denied" in told[0]


def test_a_planted_link_is_refused(path, tmp_path):
    told = []
    path.parent.parent.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path.parent.symlink_to(elsewhere, target_is_directory=True)
    with LogWriter(path, report=told.append) as writer:
        future = writer.append(insertion("a.py"))
    with pytest.raises(LogUnavailableError):
        future.result(60)
    assert "symbolic link" in told[0]
    assert list(elsewhere.iterdir()) == []


def test_a_locked_log_is_waited_for(path):
    told = []
    with LogWriter(path) as writer:
        writer.append(insertion("a.py"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with LogWriter(path, report=told.append, busy=0.05) as writer:
            future = writer.append(insertion("b.py"))
            with pytest.raises(LogUnavailableError):
                writer.flush(60)
            assert "locked" in told[0]
            other.execute("COMMIT")
            assert future.result(60).index == 2


def test_what_does_not_fit_in_memory_leaves_a_gap(path):
    path.mkdir(parents=True)
    told = []
    with LogWriter(path, report=told.append, max_entries=3) as writer:
        futures = [writer.append(insertion("0"))]
        with pytest.raises(LogUnavailableError):
            writer.flush(60)
        futures += [writer.append(insertion(str(number))) for number in range(1, 6)]
        for future in futures[3:]:
            with pytest.raises(LogUnavailableError, match="too much waits"):
                future.result(60)
        path.rmdir()
        writer.flush(60)
    records = real(path)
    assert [record.leaf["file"] for record in records] == ["0", "1", "2", None]
    gap = records[-1].body
    assert (gap.what, gap.count) == ("log-unwritable", 3)
    assert records[2].time <= gap.since <= gap.until
    assert "3 entries were lost" in told[-1]


def test_private_text_in_memory_is_bounded_too(path):
    path.mkdir(parents=True)
    with LogWriter(path, max_characters=100) as writer:
        writer.append(insertion("0", "x" * 60))
        with pytest.raises(LogUnavailableError):
            writer.flush(60)
        big, small = writer.append(insertion("1", "x" * 60)), writer.append(insertion("2", "x" * 30))
        path.rmdir()
        assert small.result(60).index == 2
        with pytest.raises(LogUnavailableError):
            big.result(60)


def test_closing_a_failing_writer_ends_every_future(path):
    path.mkdir(parents=True)
    told = []
    writer = LogWriter(path, report=told.append)
    futures = [writer.append(insertion(str(number))) for number in range(3)]
    writer.close()
    for future in futures:
        with pytest.raises(LogUnavailableError):
            future.result(0)
    assert len(told) == 1


def overwrite_pages(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


def truncate(path):
    with path.open("r+b") as file:
        file.truncate(5_000)


def other_database(path):
    path.unlink()
    run_sql(path, "CREATE TABLE other (x)")


def drop_tables(path):
    run_sql(path, "DROP TRIGGER entries_stay", "DROP TABLE entries")


@pytest.mark.parametrize(
    "damage", [lambda path: path.write_bytes(b"garbage" * 999), overwrite_pages, truncate, other_database, drop_tables]
)
def test_a_damaged_log_is_kept_aside_and_a_new_one_begun(path, damage):
    with LogWriter(path) as writer:
        for number in range(200):
            writer.append(insertion(f"old{number}"))
    damage(path)
    damaged = path.read_bytes()
    told = []
    with LogWriter(path, report=told.append) as writer:
        assert writer.append(insertion("new")).result(60).index == 2
        assert writer.append(insertion("newer")).result(60).index == 3
    (aside,) = path.parent.glob("log.db.corrupt-????????T????????????")
    assert aside.read_bytes()[4_096:5_000] == damaged[4_096:5_000]
    records = real(path)
    assert [record.leaf["file"] for record in records] == [None, "new", "newer"]
    assert (records[0].body.what, records[0].body.detail) == ("log-corrupt", aside.name)
    assert len(told) == 1
    assert aside.name in told[0]


@pytest.mark.parametrize("_time", range(5))
def test_writers_that_find_the_damage_at_once_agree_on_one_new_log(path, _time):
    with LogWriter(path) as writer:
        for number in range(200):
            writer.append(insertion(f"old{number}"))
    overwrite_pages(path)
    writers = [LogWriter(path) for _ in range(4)]
    futures = [writer.append(insertion(f"c{number}")) for number in range(10) for writer in writers]
    indices = {future.result(60).index for future in futures}
    for writer in writers:
        writer.close()
    kinds = types(path)
    assert sorted(kinds) == ["gap"] + ["insertion"] * 40 + ["key"]
    assert kinds[0] == "key"
    assert indices == set(range(1, 42)) - {kinds.index("gap")}
    assert sorted(filter(None, files(path))) == sorted(f"c{number}" for number in range(10) for _ in writers)
    assert len(list(path.parent.glob("log.db.corrupt-????????T????????????"))) == 1


def test_a_log_that_was_removed_is_begun_anew(path):
    with LogWriter(path) as writer:
        writer.append(insertion("a")).result(60)
        for part in path.parent.iterdir():
            part.unlink()
        writer.append(insertion("b")).result(60)
        assert files(path) == ["b"]


def test_a_log_of_a_later_version_is_left_alone(path):
    with LogWriter(path) as writer:
        writer.append(insertion("a"))
    run_sql(path, "PRAGMA user_version = 99")
    told = []
    with LogWriter(path, report=told.append) as writer:
        future = writer.append(insertion("b"))
    with pytest.raises(LogUnavailableError, match="later version"):
        future.result(60)
    assert files(path) == ["a"]
    assert len(told) == 1


def test_an_entry_that_was_written_although_the_attempt_failed_is_not_written_twice(path, monkeypatch):
    inner = LogDatabase._append
    failures = iter([True, False])

    def append(self, batch, *, retried):
        indices = inner(self, batch, retried=retried)
        if next(failures, False):
            raise sqlite3.OperationalError("disk I/O error")  # after the commit reached the disk
        return indices

    monkeypatch.setattr(LogDatabase, "_append", append)
    with LogWriter(path) as writer:
        first = writer.append(insertion("a"))
        second = writer.append(insertion("b"))
        assert (first.result(60).index, second.result(60).index) == (1, 2)
    assert files(path) == ["a", "b"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from leery.log.body import Review
from leery.log.writer import LogUnavailableError, LogWriter

told = []
body = Review(file="a.py", block="b", decision="approved", note="n" * 2_000)
with LogWriter(Path(sys.argv[1]), report=told.append) as writer:
    writer.append(body).result(60)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, unlimited[1]))
    futures = [writer.append(body) for _ in range(600)]
    try:
        writer.flush(60)
    except LogUnavailableError:
        print("full", len(told))
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    writer.flush(60)
    print(sorted(future.result(0).index for future in futures) == list(range(2, 602)), len(told))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk(path):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split("\n")[:2] == ["full 1", "True 2"], done.stderr
    assert LogReader(path).count() == 602
    assert all(isinstance(record.body, Review) for record in real(path))


def test_the_database_is_marked_as_a_log(path):
    with LogWriter(path) as writer:
        writer.append(insertion("a"))
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID
