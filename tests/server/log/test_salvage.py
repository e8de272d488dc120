"""What survives of damaged logs, and how the next log tells of the break."""

import random
import sqlite3
from contextlib import closing

import pytest

from leery.log.body import Gap, Insertion, LoggedOrigin
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.salvage import salvage
from leery.log.verify import verify
from leery.log.writer import LogWriter

ORIGIN = LoggedOrigin(kind="agent", evidence="reported")
COUNT = 300


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "state" / "log.db"
    with LogWriter(path) as writer:
        for number in range(COUNT):
            writer.append(
                Insertion(file=f"{number}.py", block=f"b{number}", origin=ORIGIN, code=f"x = {number}\n" * 50)
            )
    return path


def test_everything_survives_in_a_sound_log(log):
    found = list(salvage(log))
    assert [item.record.index for item in found] == list(range(COUNT + 1))
    assert all(item.fits for item in found)
    assert [item.record.texts["code"] for item in found[1:]] == [f"x = {number}\n" * 50 for number in range(COUNT)]


def test_an_end_that_cannot_be_keeps_nobody_waiting(log):
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        connection.execute("UPDATE head SET size = 9000000000000000000")
    assert len(list(salvage(log))) == COUNT + 1


@pytest.mark.parametrize("seed", range(8))
def test_what_lies_outside_the_damage_survives(log, seed):
    whole = {item.record.index: item.record for item in salvage(log)}
    data = bytearray(log.read_bytes())
    pages = random.Random(seed).sample(range(8, len(data) // 4096), 12)
    for page in pages:
        data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    log.write_bytes(data)
    found = list(salvage(log))
    assert COUNT // 2 < len(found) <= COUNT + 1
    for item in found:
        assert item.record.raw == whole[item.record.index].raw


def test_an_entry_that_was_changed_does_not_fit(log):
    data = log.read_bytes()
    assert data.count(b'"file":"7.py"') == 1
    log.write_bytes(data.replace(b'"file":"7.py"', b'"file":"8.py"'))
    assert [item.record.index for item in salvage(log) if not item.fits] == [8]


@pytest.mark.parametrize("content", [b"", b"junk" * 1000])
def test_nothing_can_be_read(tmp_path, content):
    path = tmp_path / "log.db"
    path.write_bytes(content)
    with pytest.raises(LogUnreadableError, match="can be read"):
        list(salvage(path))
    with pytest.raises(LogUnreadableError, match="no file"):
        list(salvage(tmp_path / "none"))


def test_the_next_log_tells_of_the_break_and_the_old_one_stays(log):
    data = bytearray(log.read_bytes())
    data[100:4096] = bytes(3996)
    log.write_bytes(data)
    with LogWriter(log) as writer:
        writer.append(Insertion(file="new.py", block="n", origin=ORIGIN))
    records = list(LogReader(log).records())
    assert [record.type for record in records] == ["key", "gap", "insertion"]
    gap = records[1].body
    assert isinstance(gap, Gap)
    assert gap.what == "log-corrupt"
    assert (log.parent / gap.detail).stat().st_size == len(data)
    assert (log.parent / f"{gap.detail}.key").exists(), "whoever salvages the old log can still tell its key"
    verdict = verify(log)
    assert verdict.fault is None
    assert verdict.chain.remarks == ["entry 1 tells of a gap: log-corrupt"]
