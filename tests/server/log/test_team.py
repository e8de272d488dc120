"""What docs/team.md shows is run as it stands there, over what the export writes of real logs."""

import base64
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from benchmarks.team import make, queries

from leery.log.body import FindingClosed, FindingOpened, Gap, Insertion, LoggedOrigin, Review, Suppression
from leery.log.checkpoint import verifier_key
from leery.log.database import LogDatabase
from leery.log.entry import Entry, format_time, new_id, seal
from leery.log.export import parquet
from leery.log.reader import LogReader

duckdb = pytest.importorskip("duckdb")
PAGE = (Path(__file__).parents[3] / "docs" / "team.md").read_text(encoding="utf-8")
INGEST = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
NOW = datetime.now(timezone.utc)
OPUS = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", model="opus", session="session-7")
FILE = "src/orders.py"


def opened(name, block):
    return FindingOpened(
        fingerprint=name, rule="r", cwe=("CWE-89",), severity="high", confidence="high", file=FILE, line=1, block=block
    )


BODIES = (
    Insertion(file=FILE, block="b1", origin=OPUS, lines=((1, 2),)),
    opened("f1", "b1"),
    opened("f2", "b1"),
    FindingClosed(fingerprint="f1", rule="r", how="fixed", file=FILE, block="b1"),
    Insertion(file=FILE, block="b2", origin=OPUS),
    opened("f3", "b2"),
    Review(file=FILE, block="b2", decision="rejected"),
    Insertion(file=FILE, block="b3", origin=OPUS),
    Suppression(fingerprint="f3", rule="r", file=FILE, expires=(NOW + timedelta(days=9)).date().isoformat()),
    Gap(what="client-off", count=3),
)


@pytest.fixture
def lake(tmp_path):
    """The lake of one log, its checkpoint and its key."""
    database = LogDatabase(tmp_path / "state" / "log.db", new_id())
    start = NOW - timedelta(hours=20)
    for hour, body in enumerate(BODIES):
        database.append([seal(Entry(new_id(), "run", format_time(start + timedelta(hours=hour)), body))])
    note = database.hand_out()
    key = next(record for record in LogReader(tmp_path / "state" / "log.db").records() if record.type == "key").leaf
    database.close()
    reader = LogReader(tmp_path / "state" / "log.db")
    parquet.export(reader, tmp_path / "lake", repository="shop", origin=key["name"], private=False)
    (tmp_path / "note.txt").write_text(note)
    (tmp_path / "ingest.py").write_text(INGEST)
    return tmp_path, key


def ask(folder, name):
    (view,) = re.findall(r"```sql\n-- name: entries\n(.*?)```", PAGE, re.DOTALL)
    with duckdb.connect() as connection:
        connection.execute(view.replace("lake/", f"{folder.as_posix()}/lake/"))
        return connection.sql(queries(PAGE)[name]).to_arrow_table().to_pylist()


def test_every_query_answers_what_it_says(lake):
    folder, _ = lake
    assert ask(folder, "columns that differ from the leaf") == []
    assert ask(folder, "insecure insertions by assistant and model") == [
        {"origin_assistant": "claude-code", "origin_model": "opus", "insertions": 3, "insecure": 2, "percent": 66.7}
    ]
    assert ask(folder, "open findings by class and repository") == [{"cwe": "CWE-89", "repository": "shop", "open": 2}]
    (grave,) = ask(folder, "unreviewed blocks with findings of high severity")
    assert (grave["block"], grave["file"], grave["rules"]) == ("b1", FILE, ["r"])
    (fixed,) = ask(folder, "time to fix by repository")
    assert (fixed["fixed"], fixed["median_seconds"], fixed["p90_seconds"]) == (1, 7200.0, 7200.0)
    assert [row["type"] for row in ask(folder, "history of a file")] == [body.type for body in BODIES[:-1]]
    assert [row["block"] for row in ask(folder, "blocks and findings of a session")] == ["b1", "b1", "b2"]
    (ending,) = ask(folder, "suppressions about to end")
    assert (ending["repository"], ending["rule"]) == ("shop", "r")
    (gap,) = ask(folder, "gaps and alerts")
    assert (gap["what"], gap["missing"]) == ("client-off", 3)


def ingest(folder, key):
    public = base64.b64decode(key["public"])
    command = [sys.executable, "ingest.py", "lake", "note.txt", verifier_key(key["name"], public)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def rewrite(folder, change):
    """Change the table of each file of the lake."""
    for path in folder.glob("lake/**/*.parquet"):
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{path}', hive_partitioning = false)")
            connection.execute(change)
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def test_what_the_checkpoint_covers_is_taken_in(lake):
    folder, key = lake
    assert ingest(folder, key) == (0, f"{len(BODIES) + 1} entries of {key['name']} hold\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("DELETE FROM t WHERE index = (SELECT max(index) - 1 FROM t)", "is missing or twice there"),
        ("INSERT INTO t SELECT * FROM t ORDER BY index LIMIT 1", "is missing or twice there"),
        (
            "UPDATE t SET leaf = replace(decode(leaf), 'orders', 'others')::BLOB WHERE block = 'b3'",
            "the entries are not those that the checkpoint was signed over",
        ),
    ],
)
def test_what_was_changed_is_not(lake, change, message):
    folder, key = lake
    rewrite(folder, change)
    code, said = ingest(folder, key)
    assert code == 1
    assert message in said


def test_a_column_that_was_changed_alone_comes_out(lake):
    folder, _ = lake
    rewrite(folder, "UPDATE t SET origin_assistant = 'nobody' WHERE block = 'b3'")
    found = ask(folder, "columns that differ from the leaf")
    assert [row["index"] for row in found] == [8]
    other = {"name": "x", "public": "A" * 43 + "="}
    assert ingest(folder, other)[1].strip() == "the checkpoint is not signed with that key"


@pytest.mark.slow
def test_the_generated_lake_answers_every_query(tmp_path):
    make(tmp_path / "lake", 2_000, memory="1GB")
    for name in queries(PAGE):
        ask(tmp_path, name)
    assert ask(tmp_path, "columns that differ from the leaf") == []
    assert len(ask(tmp_path, "insecure insertions by assistant and model")) == 28
