"""Parquet: read back by DuckDB, as its users do."""

from __future__ import annotations

import sys
from datetime import datetime, timezone

import pytest
from tests.server.log.export.forms import HOSTILE
from tests.server.log.samples import BODIES

from leery.extras import MissingExtraError
from leery.log.checkpoint import parse
from leery.log.database import LogDatabase
from leery.log.entry import Entry, new_id, parse_leaf, seal
from leery.log.export import parquet
from leery.log.merkle import Frontier, leaf_hash
from leery.log.reader import LogReader


def duck(sql):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def table(folder):
    return f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"


def write_parquet(log, folder, repository="example.org/team/app", **options):
    records = LogReader(log).records()
    origin = next(record.leaf["name"] for record in records if record.type == "key")
    return parquet.export(LogReader(log), folder, repository=repository, origin=origin, **options)


def test_parquet_of_several_logs_is_one_table(log, hostile, tmp_path):
    folder = tmp_path / "all"
    write_parquet(log, folder)
    write_parquet(hostile, folder, repository="other: 100%=bad/../x")
    today = datetime.now(timezone.utc).date().isoformat()
    assert {path.parent.parent.name for path in folder.rglob("*.parquet")} == {f"date={today}"}
    found = duck(f"SELECT repository, count(*), count(DISTINCT log) FROM {table(folder)} GROUP BY 1 ORDER BY 1")
    assert found == [("example.org/team/app", 12, 1), ("other: 100%=bad/../x", 3 * len(HOSTILE) + 1, 1)]
    assert duck(
        f"SELECT rule, cwe[1], origin_assistant, file, line, code FROM {table(folder)} WHERE index IN (1, 2)"
        " AND repository LIKE 'example%' ORDER BY index"
    ) == [(None, None, "claude-code", "a.py", None, "eval(x)\n"), ("dangerous-eval", "CWE-95", None, "a.py", 1, None)]
    assert duck(f"SELECT firstLine, lastLine FROM {table(folder)} WHERE block = 'b2'") == [(3, 4)]


def test_parquet_rows_can_be_held_against_a_checkpoint(log, tmp_path):
    write_parquet(log, tmp_path / "all")
    frontier = Frontier()
    for index, leaf in duck(f"SELECT index, leaf FROM {table(tmp_path / 'all')} ORDER BY index"):
        assert index == frontier.size
        frontier.append(leaf_hash(leaf))
        assert parse_leaf(leaf)["id"]
    database = LogDatabase(log, new_id())
    assert parse(database.hand_out()).checkpoint.root == frontier.root()
    database.close()


def test_parquet_again_replaces_and_a_clock_that_jumps_does_no_harm(tmp_path):
    path = tmp_path / "state" / "log.db"
    days = ["2026-11-20", "2026-11-22", "2026-11-20", "2026-11-21"]
    append_at(path, [f"{day}T10:00:00.000000Z" for day in days])
    for _ in range(2):
        written = write_parquet(path, tmp_path / "all")
    assert written.entries == 5
    dated = duck(
        f"SELECT date, list(index ORDER BY index) FROM {table(tmp_path / 'all')} WHERE type = 'insertion' GROUP BY 1"
    )
    assert sorted((str(date), indices) for date, indices in dated) == [
        ("2026-11-20", [1, 3]), ("2026-11-21", [4]), ("2026-11-22", [2]),
    ]  # fmt: skip
    assert not list((tmp_path / "all").rglob(".*"))


def append_at(path, times):
    database = LogDatabase(path, new_id())
    database.append([seal(Entry(new_id(), "r", time, BODIES[0])) for time in times])
    database.close()


def test_parquet_without_texts_and_without_pyarrow(log, tmp_path, monkeypatch):
    write_parquet(log, tmp_path / "bones", private=False)
    kept = "code IS NOT NULL OR reason IS NOT NULL OR prompt IS NOT NULL"
    assert duck(f"SELECT count(*) FROM {table(tmp_path / 'bones')} WHERE {kept}") == [(0,)]
    assert b"eval(x)" not in b"".join(path.read_bytes() for path in (tmp_path / "bones").rglob("*.parquet"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"leery\[parquet\]"):
        write_parquet(log, tmp_path / "none")
