"""``leery log verify|checkpoint|key|erase`` as a person or a script runs them, with a real repository."""

import json
import sqlite3
import subprocess
import sys
from importlib import import_module

import pytest
from click.testing import CliRunner

from leery.cli.log import command
from leery.log.body import Insertion, LoggedOrigin, Suppression
from leery.log.checkpoint import parse
from leery.log.reader import LogReader
from leery.log.writer import LogWriter
from leery.paths import log_path

REF = "refs/leery/checkpoints"
ORIGIN = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", session="s1")


def git(root, *arguments):
    done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "work"
    root.mkdir()
    git(root, "init", "-q")
    git(root, "config", "user.name", "Ada")
    git(root, "config", "user.email", "ada@example.org")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def log(root):
    write(root, "b1", "b2")
    return log_path(root)


def write(root, *blocks):
    with LogWriter(log_path(root)) as writer:
        for number, block in enumerate(blocks):
            at = f"2026-11-2{number}T10:00:00.000000Z"
            writer.append(Insertion(file="a.py", block=block, origin=ORIGIN, code=f"eval({block})\n"), at=at)
        writer.append(Suppression(fingerprint="f", rule="r", file="a.py", block="b1", reason="because", by="Ada"))


def run(*arguments, code=0):
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.usefixtures("log")
def test_a_log_that_holds():
    output = run("verify")
    assert output.startswith("the log holds: 4 entries, root ")
    assert "agrees with the signed head" in output
    assert "no checkpoint was kept elsewhere" in output
    value = json.loads(run("verify", "--format", "json"))
    assert (value["holds"], value["fault"], value["entries"]) == (True, None, 4)
    assert value["types"] == {"insertion": 2, "key": 1, "suppression": 1}


def test_a_log_that_does_not_hold(log):
    connection = sqlite3.connect(log)
    connection.execute("DROP TRIGGER entries_are_final")
    connection.execute("UPDATE entries SET leaf = replace(leaf, 'a.py', 'b.py') WHERE idx = 2")
    connection.commit()
    connection.close()
    output = run("verify", code=1)
    assert "the log does not hold: entry 2: it is not the one whose hash the tree keeps" in output
    assert json.loads(run("verify", "--format", "json", code=1))["entry"] == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"junk" * 2000, "the provenance log"),
        (b"", "there is no log, but its key is there: the log is gone"),
        (None, "there is no log, but its key is there: the log is gone"),
    ],
)
def test_a_file_that_is_no_log_does_not_hold(log, content, why):
    for part in log.parent.glob("log.db-*"):
        part.unlink()
    log.unlink()
    if content is not None:
        log.write_bytes(content)
    assert f"the log does not hold: {why}" in run("verify", code=1)


@pytest.mark.usefixtures("root")
def test_nothing_to_verify():
    assert "0 entries" in run("verify")
    assert "no provenance log" in run("checkpoint", code=2)
    assert "no provenance log" in run("key", code=2)


@pytest.mark.usefixtures("log")
def test_the_checkpoint_is_a_signed_note():
    note = parse(run("checkpoint"))
    verdict = json.loads(run("verify", "--format", "json"))
    assert note.checkpoint.size == 4
    assert note.checkpoint.root.hex() == verdict["root"]
    assert note.checkpoint.origin == verdict["origin"]
    assert verdict["checkpoints"][1] == "the checkpoint of 4 entries that was handed out"
    key = run("key").strip()
    assert key.startswith(f"{note.checkpoint.origin}+{note.signatures[0].key_id.hex()}+")


@pytest.mark.usefixtures("log")
def test_checkpoints_in_a_file(root, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text(run("checkpoint"))
    write(root, "b3")
    assert f"agrees with the checkpoint in {kept}" in run("verify", "--checkpoint", str(kept))
    kept.write_text("junk")
    assert "is no checkpoint" in run("verify", "--checkpoint", str(kept), code=2)
    assert "neither a file nor a git revision" in run("verify", "--checkpoint", "no-such", code=2)


@pytest.mark.usefixtures("log")
def test_checkpoints_in_git_are_found_without_being_told(root):
    run("checkpoint", "--git")
    write(root, "b3")
    run("checkpoint", "--git")
    assert git(root, "rev-list", "--count", REF) == "2"
    names = git(root, "ls-tree", "--name-only", REF).splitlines()
    assert [name.rpartition("-")[2] for name in names] == ["4", "6"]
    value = json.loads(run("verify", "--format", "json"))
    assert [name for name in value["checkpoints"] if REF in name] == [
        f"the checkpoint {name} in {REF}" for name in names
    ]
    assert git(root, "status", "--porcelain") == ""
    head = git(root, "rev-parse", REF)
    run("checkpoint", "--git")
    assert git(root, "rev-parse", REF) == head, "the same checkpoint is not stored twice"


def test_a_log_that_was_cut_is_caught_by_the_repository(root, log):
    old = log.read_bytes()
    write(root, "b3")
    run("checkpoint", "--git")
    for part in log.parent.glob("log.db-*"):
        part.unlink()
    log.write_bytes(old)
    output = run("verify", code=1)
    assert "entries are missing at the end" in output
    assert "saw 6, here are 4" in output


@pytest.mark.usefixtures("log")
def test_a_repository_travels_with_its_checkpoints(root, tmp_path):
    run("checkpoint", "--git")
    bare = tmp_path / "bare"
    git(root, "init", "-q", "--bare", str(bare))
    git(root, "push", "-q", str(bare), REF)
    git(root, "update-ref", "-d", REF)
    assert "no checkpoint was kept elsewhere" in run("verify")
    git(root, "fetch", "-q", str(bare), f"{REF}:refs/leery/theirs")
    assert "in refs/leery/theirs" in run("verify")
    assert "agrees with" in run("verify", "--checkpoint", "refs/leery/theirs")


def test_outside_a_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "plain"
    folder.mkdir()
    monkeypatch.chdir(folder)
    write(folder, "b1")
    assert "cannot be stored in git" in run("checkpoint", "--git", code=2)
    assert "the log holds" in run("verify")


@pytest.mark.usefixtures("log")
def test_the_key_is_rotated():
    before = run("key")
    after = run("key", "--rotate")
    assert before != after == run("key")
    assert "the log holds: 6 entries" in run("verify")


@pytest.mark.usefixtures("log")
def test_erasing_asks_first():
    output = run("erase", "--block", "b1")
    assert output == "would erase 3 texts of 2 entries, and 1 blocks\nnothing has changed; add --yes\n"
    assert "eval(b1)" in run("show")


@pytest.mark.parametrize(
    ("arguments", "gone", "kept"),
    [
        (["--block", "b1"], {1, 3}, {2}),
        (["b1"], {1, 3}, {2}),
        (["b1", "b2"], {1, 2, 3}, set()),
        (["--session", "s1"], {1, 2, 3}, set()),
        (["--before", "2026-11-20T12:00Z"], {1}, {2, 3}),
    ],
)
def test_what_is_erased(log, arguments, gone, kept):
    run("erase", *arguments, "--reason", "asked for", "--yes")
    records = list(LogReader(log).records())
    assert {record.index for record in records if record.erased} == gone
    assert {record.index for record in records[1:4] if record.texts} == kept
    assert records[-1].type == "erasure"
    assert records[-1].texts == {"by": "Ada <ada@example.org>", "reason": "asked for"}
    assert "the log holds: 5 entries" in run("verify")
    for index in gone & {1, 2}:
        assert all(f"eval(b{index})".encode() not in file.read_bytes() for file in log.parent.iterdir())


def test_an_entry_is_erased_by_its_id(log):
    record = next(item for item in LogReader(log).records() if item.type == "suppression")
    run("erase", record.id, "--yes")
    assert {item.index for item in LogReader(log).records() if item.erased} == {3}


def test_others_wait_while_a_long_log_is_erased(log, monkeypatch):
    assert "servers cannot write" not in run("erase", "--block", "b2", "--yes")
    monkeypatch.setattr(import_module("leery.cli.log.erase"), "_LONG", log.stat().st_size - 1)
    assert "servers cannot write to it until this is done" in run("erase", "--block", "b1", "--yes")


@pytest.mark.usefixtures("log")
def test_what_cannot_be_erased():
    assert "neither an entry nor a block" in run("erase", "no-such", "--yes", code=2)
    assert "name entries or blocks" in run("erase", code=2)
    assert "would erase 0 texts" in run("erase", "--block", "no-such")


def test_verifying_loads_nothing_that_writes():
    code = "import sys, leery.log.verify; print([name for name in sys.modules if name.startswith('leery.log.')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for writer in ("writer", "database", "transaction", "keys", "tiles", "erase"):
        assert f"'leery.log.{writer}'" not in loaded


@pytest.mark.usefixtures("log")
def test_a_ref_that_is_no_commit_hides_no_checkpoint(root):
    run("checkpoint", "--git")
    blob = subprocess.run(
        ["git", "-C", root, "hash-object", "-w", "--stdin"], input="x", capture_output=True, text=True, check=True
    ).stdout.strip()
    git(root, "update-ref", "refs/leery/aaa", blob)
    output = run("verify")
    assert f"-4 in {REF}" in output
    assert "no checkpoint was kept elsewhere" not in output


@pytest.mark.usefixtures("log")
def test_what_a_witness_says_is_shown_as_text():
    output = run("checkpoint", "--witness", "sh -c \"printf '\\033[31mno' >&2; exit 1\"", code=2)
    assert output == "Error: <U+001B>[31mno\n"


def test_a_head_with_what_a_terminal_obeys_is_not_handed_out(log):
    with sqlite3.connect(log) as connection:
        connection.execute("UPDATE head SET note = char(27) || '[31m' || note")
    connection.close()
    assert "the signed head is damaged" in run("checkpoint", code=2)


def test_a_database_of_something_else_is_told_of(log):
    with sqlite3.connect(log) as connection:
        connection.execute("PRAGMA application_id = 5")
    connection.close()
    for arguments in (["erase", "b1", "--yes"], ["key"], ["checkpoint"], ["show"]):
        assert "it is a database of something else" in run(*arguments, code=2), arguments


def test_an_entry_with_members_of_other_types_is_shown(log):
    leaf = {"id": "x", "time": "t", "type": "insertion", "lines": [1], "origin": 3, "code": [], "commitments": {}}
    with sqlite3.connect(log) as connection:
        connection.execute("DROP TRIGGER entries_are_final")
        connection.execute("UPDATE entries SET leaf = ? WHERE idx = 3", (json.dumps(leaf),))
    connection.close()
    output = run("show")
    assert "lines:       1" in output


def test_erasing_names_the_damaged_copies_that_it_does_not_reach(log):
    for name in ("log.db.corrupt-20260101T000000", "log.db.corrupt-20260101T000000.key", "tracker.db.damaged-1"):
        (log.parent / name).write_bytes(b"")
    output = run("erase", "b1", "--yes")
    assert f"may still hold texts: {log.parent / 'log.db.corrupt-20260101T000000'}\n" in output
    assert f"may still hold texts: {log.parent / 'tracker.db.damaged-1'}\n" in output
    assert ".key" not in output
