"""The result cache: what is kept comes back equal, nothing is unpickled, damage costs only time."""

import asyncio
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from leery.cache import RefusedRowError, ResultCache, TextDisk, _name
from leery_analyzers.model import Finding, Fix, Notice, Report, Step
from leery_analyzers.text import TextEdit, TextRange

FINDING = Finding(
    rule="r",
    range=TextRange(1, 3),
    message="m \udc80 é",
    severity="high",
    confidence="low",
    cwe=("CWE-89",),
    engines=("bandit",),
    path=(Step(TextRange(0, 1), "from here"),),
    fixes=(Fix("Use x", "safe", (TextEdit(1, 3, "x\n"),)),),
    fingerprint="f",
)
REPORT = Report((FINDING,), (Notice("bandit", "limit", "too much", None),))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "leery"


@pytest.fixture
def told():
    return []


def read(folder, key="k", version="1", **more):
    """What a new process would read from the disk."""
    cache = ResultCache(folder, **more)
    try:
        return cache.get_many_now("bandit", version, [key]).get(key)
    finally:
        cache.close()


def write(folder, key="k", report=REPORT, **more):
    cache = ResultCache(folder, **more)
    cache.put("bandit", "1", key, report)
    cache.close()


def database(folder):
    return folder / "results-1" / "cache.db"


def run_sql(folder, statement, values=()):
    with closing(sqlite3.connect(database(folder))) as connection, connection:
        connection.execute(statement, values)


def test_a_report_comes_back_equal(folder):
    write(folder)
    assert read(folder) == REPORT
    assert read(folder, version="2") is None
    assert read(folder, key="other") is None


def test_memory_answers_at_once_and_after_closing(folder):
    cache = ResultCache(folder)
    assert cache.peek("bandit", "1", "k") is None
    cache.put("bandit", "1", "k", REPORT)
    assert cache.peek("bandit", "1", "k") is REPORT
    cache.close()
    cache.close()
    cache.put("bandit", "1", "late", REPORT)
    assert cache.peek("bandit", "1", "late") is REPORT
    assert read(folder, key="late") is None


async def test_the_event_loop_waits_for_the_disk_only(folder):
    for number in range(3):
        write(folder, key=str(number), report=Report((), (Notice("bandit", "parse", str(number)),)))
    cache = ResultCache(folder)
    found = await cache.get_many("bandit", "1", ["0", "2", "9"])
    assert {key: report.notices[0].message for key, report in found.items()} == {"0": "0", "2": "2"}
    assert await cache.get("bandit", "1", "1") == Report((), (Notice("bandit", "parse", "1"),))
    assert cache.peek("bandit", "1", "2") == found["2"]
    cache.close()
    assert await cache.get("bandit", "1", "9") is None


async def test_a_slow_disk_does_not_hold_the_event_loop(folder, monkeypatch):
    write(folder)
    fetch = TextDisk.fetch
    turned = threading.Event()
    # A disk that is read once the event loop has turned: never, if the loop waits for the disk.
    monkeypatch.setattr(TextDisk, "fetch", lambda *arguments: fetch(*arguments) if turned.wait(60) else None)
    cache = ResultCache(folder)

    async def other():
        for _ in range(10):
            await asyncio.sleep(0.001)
        turned.set()

    task = asyncio.create_task(other())
    assert await cache.get("bandit", "1", "k") == REPORT
    await task
    cache.close()


def test_memory_is_bounded_and_forgets_the_longest_unused():
    cache = ResultCache(None, weight=4)
    clean = Report()
    for key in "abcd":
        cache.put("checks", "1", key, clean)
    cache.peek("checks", "1", "a")
    cache.put("checks", "1", "e", Report((FINDING,)))
    assert [key for key in "abcde" if cache.peek("checks", "1", key) is not None] == ["a", "d", "e"]
    cache.put("checks", "1", "e", clean)
    cache.put("checks", "1", "f", clean)
    assert [key for key in "adef" if cache.peek("checks", "1", key) is not None] == ["a", "d", "e", "f"]
    cache.close()


@pytest.mark.parametrize("more", [{"megabytes": 0}, {}])
def test_memory_only(tmp_path, more):
    folder = tmp_path / "cache" / "leery" if more else None
    cache = ResultCache(folder, **more)
    cache.put("bandit", "1", "k", REPORT)
    assert cache.get_many_now("bandit", "1", ["k", "l"]) == {"k": REPORT}
    cache.close()
    assert list(tmp_path.iterdir()) == []


def test_the_disk_is_bounded(folder):
    cache = ResultCache(folder, megabytes=1)
    for number in range(1_000):
        big = Report((), (Notice("bandit", "limit", f"{number}:" + "x" * 10_000),))
        cache.put("bandit", "1", str(number), big)
    cache.close()
    assert sum(part.stat().st_size for part in database(folder).parent.iterdir()) < 6_000_000
    assert read(folder, key="999").notices[0].message.startswith("999:")
    assert read(folder, key="0") is None


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_the_folder_is_private(folder):
    write(folder)
    assert [part.stat().st_mode & 0o777 for part in (folder, database(folder).parent)] == [0o700, 0o700]


class Payload:
    """Makes a marker file when it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return Path.touch, (self.marker,)


def test_a_planted_pickle_is_neither_run_nor_returned(folder, tmp_path, told):
    marker = tmp_path / "marker"
    data = pickle.dumps(Payload(marker))
    write(folder)
    run_sql(folder, "UPDATE Cache SET mode = 4, value = ?", (data,))
    assert read(folder, report=told.append) is None
    assert not marker.exists()
    assert len(told) == 1
    assert "mode 4" in told[0]
    pickle.loads(data)
    assert marker.exists()


def test_a_planted_pickle_in_a_file_or_as_key_is_not_run_either(folder, tmp_path):
    marker = tmp_path / "marker"
    write(folder)
    (database(folder).parent / "p.val").write_bytes(pickle.dumps(Payload(marker)))
    run_sql(folder, "UPDATE Cache SET mode = 4, value = NULL, filename = 'p.val'")
    assert read(folder) is None
    run_sql(
        folder,
        "INSERT INTO Cache (key, raw, store_time, mode, value) VALUES (?, 0, 0, 1, 'x')",
        (pickle.dumps(Payload(marker)),),
    )
    write(folder, key="more")
    assert read(folder, key="more") == REPORT
    assert not marker.exists()


def test_a_row_cannot_name_a_file_to_read_or_delete(folder, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text('{"findings": [], "notices": []}')
    write(folder)
    for mode in (1, 2, 3):
        run_sql(folder, "UPDATE Cache SET mode = ?, filename = ?, value = NULL", (mode, str(victim)))
        assert read(folder) is None
    write(folder)
    assert read(folder) == REPORT
    assert victim.exists()


def test_a_refused_row_is_replaced_by_the_next_result(folder):
    write(folder)
    run_sql(folder, "UPDATE Cache SET mode = 4")
    write(folder)
    assert read(folder) == REPORT


@pytest.mark.parametrize(
    "call",
    [
        lambda disk: disk.put(b"k"),
        lambda disk: disk.put(("k",)),
        lambda disk: disk.get(pickle.dumps(1), raw=False),
        lambda disk: disk.store({"a": 1}, read=False),
        lambda disk: disk.store(b"x", read=False),
        lambda disk: disk.store("x", read=True),
        lambda disk: disk.fetch(4, None, pickle.dumps(1), read=False),
        lambda disk: disk.fetch(1, None, b"x", read=False),
        lambda disk: disk.fetch(3, "name", None, read=False),
    ],
)
def test_the_disk_takes_and_gives_text_alone(tmp_path, call):
    with pytest.raises(RefusedRowError):
        call(TextDisk(str(tmp_path)))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"findings": 1, "notices": []}', '{"findings": [{}], "notices": []}'])
def test_text_that_is_no_report_counts_as_missing(folder, text):
    write(folder)
    run_sql(folder, "UPDATE Cache SET value = ?", (text,))
    assert read(folder) is None


def garbage(path):
    path.write_bytes(b"garbage" * 999)


def cut(path):
    with path.open("r+b") as file:
        file.truncate(9_000)


def scribble(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


def planted_setting(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO Settings VALUES ('disk_surprise', 1)")


@pytest.mark.parametrize("damage", [garbage, cut, scribble, planted_setting])
def test_a_damaged_cache_is_moved_aside_and_told_once(folder, told, damage):
    full = ResultCache(folder)
    for number in range(40):
        full.put("bandit", "1", str(number), REPORT)
    full.close()
    damage(database(folder))
    cache = ResultCache(folder, report=told.append)
    assert cache.get_many_now("bandit", "1", [str(number) for number in range(40)]) == {}
    cache.put("bandit", "1", "k", REPORT)
    cache.close()
    assert read(folder, report=told.append) == REPORT
    assert len(told) == 1
    assert "begun anew" in told[0]
    assert (folder / "results-1.damaged").is_dir()


def test_a_folder_that_cannot_be_used_leaves_memory(tmp_path, told):
    (tmp_path / "leery").write_text("a file in the way")
    cache = ResultCache(tmp_path / "leery", report=told.append)
    cache.put("bandit", "1", "k", REPORT)
    assert cache.get_many_now("bandit", "1", ["k", "l"]) == {"k": REPORT}
    assert cache.get_many_now("bandit", "1", ["m"]) == {}
    cache.close()
    assert len(told) == 1
    assert "not a folder" in told[0]


def test_a_planted_link_is_refused(tmp_path, told):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "leery").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert read(tmp_path / "leery", report=told.append) is None
    assert "symbolic link" in told[0]
    assert list((tmp_path / "elsewhere").iterdir()) == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from leery.cache import ResultCache
from leery_analyzers.model import Notice, Report

told = []
cache = ResultCache(Path(sys.argv[1]), report=told.append)
cache.put("bandit", "1", "first", Report())
cache.get_many_now("bandit", "1", ["missing"])
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, unlimited[1]))
for number in range(300):
    cache.put("bandit", "1", str(number), Report((), (Notice("bandit", "limit", "x" * 3_000),)))
print(len(cache.get_many_now("bandit", "1", ["first", *map(str, range(300)), "missing"])))
cache.close()
print(len(told), told[0].count("cannot be used now"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_memory(folder):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split("\n")[:2] == ["301", "1 1"], done.stderr


def test_several_processes_share_one_cache(folder):
    first, second = ResultCache(folder), ResultCache(folder)
    first.put("bandit", "1", "k", REPORT)
    first.close()
    assert second.get_many_now("bandit", "1", ["k"]) == {"k": REPORT}
    second.close()


def test_names_cannot_run_into_each_other():
    assert _name("a", "b,c", "d") != _name("a,b", "c", "d")
