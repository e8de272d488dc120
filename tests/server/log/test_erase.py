"""Erasing, asked for or by age: the texts are gone from every file, and the log holds."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone

from tests.server.log.samples import ORIGIN, hand_out

from leery.log.body import Erasure, Insertion
from leery.log.database import LogDatabase
from leery.log.entry import Entry, format_time, new_id, now, seal
from leery.log.erase import Selection, erase, retain
from leery.log.reader import LogReader
from leery.log.verify import Kept, verify


def test_erased_texts_are_gone_and_the_log_holds(log):
    kept = [Kept("that", hand_out(log))]
    database = LogDatabase(log, new_id())
    erased = erase(database, Selection(blocks=("b1",)), by="A <a@b.c>", reason="asked for")
    database.close()
    assert erased.entries == (1, 2, 4, 5)
    assert erased.blocks == ("b1",)
    verdict = verify(log, kept)
    assert verdict.fault is None
    assert verdict.checked[-1] == "that"
    record = next(item for item in LogReader(log).records() if item.index == 1)
    assert record.erased == ("code", "prompt")
    tombstone = list(LogReader(log).records())[-1].body
    assert tombstone == Erasure(selector="block", entries=((1, 2), (4, 5)), count=4, by="A <a@b.c>", reason="asked for")
    for file in log.parent.iterdir():
        assert b"eval(x)" not in file.read_bytes(), file
        assert b"write it" not in file.read_bytes(), file


def test_what_a_divided_page_moved_away_is_erased_too(tmp_path):
    path, chance = tmp_path / "state" / "log.db", random.Random(0)
    database = LogDatabase(path, new_id())
    for number in range(250):
        code = f"MARK{number:06}" * chance.choice([30, 90, 120])
        body = Insertion(file="a.py", block=f"b{number}", origin=ORIGIN, code=code, prompt=f"PRMT{number:06}" * 2)
        database.append([seal(Entry(new_id(), "r", now(), body), keep_prompts=True)])
    erase(database, Selection(blocks=tuple(f"b{number}" for number in range(0, 250, 3))), by=None, reason=None)
    database.close()
    left = re.findall(rb"(?:MARK|PRMT)([0-9]{6})", path.read_bytes())
    assert {int(number) for number in left} == {number for number in range(250) if number % 3}
    assert verify(path).fault is None


def test_what_is_older_than_the_setting_allows_is_erased(log):
    run = new_id()
    database = LogDatabase(log, run)
    old = Insertion(file="old.py", block="b0", origin=ORIGIN, code="print('years ago')\n")
    database.append([seal(Entry(new_id(), run, "2020-01-01T00:00:00.000000Z", old))])
    database.close()
    assert retain(log, 365).entries == (7,)
    last = list(LogReader(log).records())[-1].body
    assert last == Erasure(selector="age", entries=((7, 7),), count=1)
    assert verify(log).fault is None
    assert all(b"years ago" not in file.read_bytes() for file in log.parent.iterdir())
    with closing(sqlite3.connect(log, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert retain(log, 365).entries == (), "where nothing is due nobody is waited for"
    assert verify(log).chain.size == 9, "nothing to erase makes no entry"


def test_days_are_whole_so_that_something_is_due_once_a_day(log):
    midnight = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=30)
    run = new_id()
    database = LogDatabase(log, run)
    for at, code in ((midnight - timedelta(microseconds=1), "the day before"), (midnight, "that day")):
        body = Insertion(file="a.py", block="b9", origin=ORIGIN, code=code)
        database.append([seal(Entry(new_id(), run, format_time(at), body))])
    database.close()
    assert retain(log, 30).entries == (7,)
