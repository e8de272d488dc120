"""Several processes writing at once, and one that is killed in the middle of it."""

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from leery.log.reader import LogReader
from leery.log.verify import verify

PROCESSES, ENTRIES = 8, 200

APPEND = """
import sys
from pathlib import Path
from leery.log.body import Insertion, LoggedOrigin
from leery.log.writer import LogWriter

path, me, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
origin = LoggedOrigin(kind="agent", evidence="reported")
sys.stdin.readline()
with LogWriter(path) as writer:
    for number in range(count):
        body = Insertion(file=f"{me}-{number}", block="b", origin=origin, code="x" * 300)
        future = writer.append(body)
        if number % 7 == 0 or count > 100_000:
            receipt = future.result(120)
            print(receipt.index, receipt.id, body.file, flush=True)
    writer.flush(120)
"""


def start(path, me, count):
    command = [sys.executable, "-c", APPEND, str(path), me, str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def check_sound(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    records = list(LogReader(path).records())
    assert [record.index for record in records] == list(range(len(records)))
    assert len({record.id for record in records}) == len(records)
    assert [record.index for record in records if record.type == "key"] == [0]
    assert all(record.texts == {"code": "x" * 300} for record in records[1:])
    assert verify(path).fault is None
    return records


def test_eight_processes_at_once_lose_nothing_and_write_nothing_twice(tmp_path):
    path = tmp_path / "state" / "log.db"
    children = [start(path, str(number), ENTRIES) for number in range(PROCESSES)]
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    outputs = [child.communicate(timeout=120)[0] for child in children]
    assert [child.returncode for child in children] == [0] * PROCESSES
    records = check_sound(path)
    names = [record.leaf.get("file") for record in records]
    assert sorted(names[1:]) == sorted(f"{me}-{number}" for me in range(PROCESSES) for number in range(ENTRIES))
    for me in range(PROCESSES):
        mine = [name for name in names[1:] if name.startswith(f"{me}-")]
        assert mine == [f"{me}-{number}" for number in range(ENTRIES)]
    for line in "".join(outputs).splitlines():
        index, entry, name = line.split()
        assert (records[int(index)].id, names[int(index)]) == (entry, name)


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_process_leaves_every_acknowledged_entry(tmp_path, seed):
    path = tmp_path / "state" / "log.db"
    child = start(path, "k", 1_000_000)
    child.stdin.write("\n")
    child.stdin.flush()
    lines = [child.stdout.readline() for _ in range(5)]
    time.sleep(random.Random(seed).uniform(0.0, 0.3))
    child.kill()
    lines += child.communicate(timeout=120)[0].splitlines(keepends=True)
    acknowledged = [line.split() for line in lines if line.endswith("\n")]
    records = check_sound(path)
    assert len(acknowledged) >= 5
    for index, entry, name in acknowledged:
        assert (records[int(index)].id, records[int(index)].leaf["file"]) == (entry, name)
    second = start(path, "again", 1)
    second.communicate("\n", timeout=120)
    assert check_sound(path)[-1].leaf["file"] == "again-0"
