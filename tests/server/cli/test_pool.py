"""Workers that die, hang or are gone: every file gets an answer, and the culprit is named."""

import sys
import time

import pytest
from tests.server.cli.samples import source
from tests.unprivileged import unprivileged

from leery.batch import pool
from leery.batch.pool import Pool
from leery.batch.worker import read_file
from leery_analyzers.model import Notice

# A real worker whose own end does as the file's name says, before it looks at the file.
BOOT = """
import json, os, sys, time
sys.path[:] = json.loads(sys.argv[1])
import leery.batch.worker as worker
answer = worker._answer
def _answer(request, limit, reporter):
    if "die" in request["path"]:
        os._exit(7)
    if "hang" in request["path"]:
        time.sleep(60)
    if "print" in request["path"]:
        print("noise")
    return answer(request, limit, reporter)
worker._answer = _answer
worker.main()
"""
SETUP = {"engines": ["checks"], "limit": 1000, "explain": False, "models": []}


def outcomes(folder, names, *, jobs=2, timeout=60.0):
    for name in names:
        (folder / name).write_text("eval(input())\n")
    with Pool([source(folder, name) for name in names], SETUP, folder, jobs, timeout) as running:
        return {outcome.source.name: outcome for outcome in running.outcomes()}


def messages(found):
    return {name: [(note.kind, note.message) for note in one.report.notices] for name, one in found.items()}


def test_a_death_costs_one_file_and_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_BOOT", BOOT)
    names = ["a.py", "die.py", "b.py", "c.py", "print.py"]
    found = outcomes(tmp_path, names)
    assert messages(found) == {
        **{name: [] for name in names},
        "die.py": [("crash", "Not analysed: the analysis worker died (status 7).")],
    }
    assert {name: len(one.report.findings) for name, one in found.items()} == {**dict.fromkeys(names, 1), "die.py": 0}


def test_a_file_that_takes_too_long_costs_that_file(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_BOOT", BOOT)
    found = outcomes(tmp_path, ["a.py", "hang.py", "b.py"], jobs=1, timeout=20.0)  # starting counts, too
    assert messages(found) == {
        "a.py": [],
        "b.py": [],
        "hang.py": [("timeout", "Not analysed: the analysis took too long.")],
    }


def test_workers_that_keep_dying_are_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_BOOT", "raise SystemExit(3)")
    names = [f"{number}.py" for number in range(30)]
    said = messages(outcomes(tmp_path, names))
    assert {len(notices) for notices in said.values()} == {1}
    assert {notices[0][0] for notices in said.values()} == {"crash"}
    assert sum("died 10 times" in notices[0][1] for notices in said.values()) >= 18


def test_a_python_that_cannot_be_started_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(pool.sys, "executable", str(tmp_path / "nowhere" / "python"))
    ((kind, message),) = messages(outcomes(tmp_path, ["a.py"]))["a.py"]
    assert kind == "crash"
    assert "No such file" in message


def test_leaving_early_ends_the_children(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "_BOOT", BOOT)
    names = ["hang1.py", "hang2.py", "a.py", "b.py"]
    for name in names:
        (tmp_path / name).write_text("x = 1\n")
    with Pool([source(tmp_path, name) for name in names], SETUP, tmp_path, 2) as running:
        lanes = running._lanes
        while any(lane._asked is None for lane in lanes):
            time.sleep(0.01)
        children = [lane._child for lane in lanes]
        assert [child.poll() for child in children] == [None, None]
    assert [child.returncode is not None for child in children] == [True, True]


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "big.py").write_text("x = 1\n" * 1000)
    (tmp_path / "link.py").symlink_to(tmp_path / "big.py")
    sources = [source(tmp_path, name) for name in ("big.py", "gone.py", "link.py")]
    with Pool(sources, SETUP, tmp_path, 1) as running:
        said = messages({outcome.source.name: outcome for outcome in running.outcomes()})
    assert said["big.py"] == [("limit", "Larger than 1,000 bytes: not analysed.")]
    assert said["gone.py"] == [("limit", "Cannot be read (No such file or directory): not analysed.")]
    ((kind, message),) = said["link.py"]
    assert kind == "limit"
    assert message.startswith("Cannot be read (")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX modes")
def test_a_file_that_is_closed_to_us_was_not_looked_at(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "a.py").chmod(0)
    with unprivileged():
        told = read_file(str(tmp_path / "a.py"), 100, found=True)
    assert told == Notice("leery", "crash", "Cannot be read (Permission denied): not analysed.")


def test_equal_units_are_found_in_every_place(tmp_path):
    body = "def run(x):\n    return eval(x)\n"
    (tmp_path / "twice.py").write_text(f"{body}\n\n{body}")
    (tmp_path / "again.py").write_text(f"# shifted\n\n{body}")
    sources = [source(tmp_path, name) for name in ("twice.py", "again.py")]
    with Pool(sources, SETUP, tmp_path, 1) as running:
        found = {outcome.source.name: outcome for outcome in running.outcomes()}
    places = {
        name: sorted(text[finding.range.start : finding.range.end] for finding in one.report.findings)
        for name, one in found.items()
        if (text := (tmp_path / name).read_text())
    }
    assert places == {"twice.py": ["x", "x"], "again.py": ["x"]}
    assert len({finding.range for finding in found["twice.py"].report.findings}) == 2
    bodies = [unit.key for one in found.values() for unit in one.bodies]
    assert len(bodies) == len(set(bodies))
    copies = {key for one in found.values() for proof in one.proofs for _, key in proof.after}
    assert {key for one in found.values() for _, key in one.units} | copies == set(bodies)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_no_more_workers_than_files(tmp_path, count):
    sources = [source(tmp_path, f"{number}.py") for number in range(count)]
    with Pool(sources, SETUP, tmp_path, 8) as running:
        assert len(running._lanes) == count
        assert len(list(running.outcomes())) == count
