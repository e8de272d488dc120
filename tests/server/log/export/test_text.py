"""JSON Lines and CSV: every field is there, and nothing hostile in the log acts."""

from __future__ import annotations

import csv
import io
import json

from tests.server.log.export.forms import HOSTILE, NOW, STEERING

from leery.log.export import csv_, jsonl
from leery.log.reader import LogReader


def test_json_lines_are_json_and_inert(hostile):
    lines = list(jsonl.export(LogReader(hostile).records()))
    assert len(lines) == 3 * len(HOSTILE) + 1
    for line in lines:
        assert line.isascii()
        assert line.endswith("\n")
        assert not STEERING.search(line)
        assert json.loads(line)["type"]


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_column_for_every_field(log):
    found = rows("".join(csv_.export(LogReader(log).records())))
    assert len(found) == 12
    assert [row["type"] for row in found[:4]] == ["key", "insertion", "finding-opened", "insertion"]
    first = found[1]
    assert (first["index"], first["file"], first["origin.assistant"], first["code"]) == (
        "1", "a.py", "claude-code", "eval(x)\n",
    )  # fmt: skip
    assert (first["lines"], first["cwe"], found[2]["cwe"]) == ("[[1,1]]", "", '["CWE-95"]')
    assert found[3]["file"] == 'ü "q",\n.py'
    assert {row["other"] for row in found} == {""}
    bones = rows("".join(csv_.export(LogReader(log).records(), private=False)))
    assert "code" not in bones[0]
    assert "eval(x)" not in str(bones)


def test_no_cell_of_csv_is_a_formula_or_steers_a_terminal(hostile):
    text = "".join(csv_.export(LogReader(hostile).records()))
    assert not STEERING.search(text.replace("\r\n", "\n"))
    for row in rows(text):
        assert row.pop("line") in {"", "-1"}, "a number is no formula"
        for name, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")), (name, cell)
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d")), (name, cell)
    assert "'=1+1" in text


def test_an_entry_of_a_later_version_keeps_all_that_it_says():
    class Later:
        raw = b""

        def to_json(self, *, private):
            return {"index": 1, "id": "x", "time": NOW, "type": "later", "v": 9, "news": {"a": private}}

    (row,) = rows("".join(csv_.export([Later()])))
    assert json.loads(row["other"]) == {"news": {"a": True}}
