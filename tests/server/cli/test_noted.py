"""What ``leery scan --origin assistant`` takes from git's notes: lines that other tools saw assistants write."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from tests.server.cli.samples import Repository

from leery.batch.noted import Notes
from leery.cli import group
from leery.document import Document, path_to_uri
from leery.paths import private_folder, state_path
from leery.provenance.store import Store
from leery.provenance.tracker import Tracker
from leery_analyzers.text import Text, TextEdit

PARTS = {name: f"def {name}(x):\n    return eval(x)\n\n\n" for name in ("plain", "cursor", "ada", "changed")}
NOTE = """ü.py
  s_c9883b05a2487d::t_9f8e7d6c5b4a32 5-6,13-14
  h_31dce776f88375 9-10
---
{"schema_version": "authorship/3.0.0", "base_commit_sha": "x",
 "sessions": {"s_c9883b05a2487d": {"agent_id": {"tool": "cursor", "model": "m", "id": "s"}}},
 "humans": {"h_31dce776f88375": {"author": "Ada"}}}"""


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """As somebody has it who has just cloned it, notes included: no server was ever here."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    made = Repository((tmp_path / "work").resolve())
    made.write("ü.py", "".join(PARTS.values()))
    made.commit()
    monkeypatch.chdir(made.folder)
    return made


def scanned():
    """The functions with findings, by scope, and what is said besides."""
    options = ("--without", "semgrep", "--without", "bandit", "--format", "json", "--origin", "assistant")
    told = json.loads(CliRunner().invoke(group, ["scan", ".", *options]).stdout)
    lines = [""] + [line for part in PARTS.values() for line in part.splitlines()]
    found = {lines[finding["range"]["start"]["line"] - 1] for finding in told["findings"]}
    return found, [notice["message"] for notice in told["notices"]]


def test_lines_that_an_assistant_wrote_by_the_notes(repository):
    found, notices = scanned()
    assert found == set()
    assert any("is not known: no server has recorded it" in notice for notice in notices)
    repository.git("notes", "--ref=ai", "add", "-m", NOTE, "HEAD")
    assert scanned() == ({"def cursor(x):", "def changed(x):"}, [])


@pytest.mark.portable
def test_lines_that_were_changed_since_are_not_the_assistant_s(repository):
    repository.git("notes", "--ref=ai", "add", "-m", NOTE, "HEAD")
    changed = PARTS | {"changed": PARTS["changed"].replace("x", "y")}
    text = "# new\r\n" + "".join(changed.values())
    file = repository.write("ü.py", text)
    noted = {6: "ai", 7: "ai", 10: "human", 11: "human"}
    assert {number: item.by for number, item in Notes(pytest.fail).said(file, Text(text)).items()} == noted
    repository.commit()
    assert {number: item.by for number, item in Notes(pytest.fail).said(file, Text(text)).items()} == noted
    repository.write("ü.py", "".join(changed.values()))
    assert scanned()[0] == {"def cursor(x):"}


@pytest.mark.portable
def test_what_was_seen_here_counts_more(repository):
    repository.git("notes", "--ref=ai", "add", "-m", NOTE, "HEAD")
    file, text = repository.folder / "ü.py", "".join(PARTS.values())
    uri = path_to_uri(file)
    tracker = Tracker()
    tracker.settle(tracker.open(Document(uri, 1, "python", Text(""))))
    for version, char in enumerate(text, 2):
        tracker.settle(tracker.change(uri, version, [TextEdit(version - 2, version - 2, char)]))
    assert {line["origin"]["kind"] for line in tracker.blame(uri)} == {"typed"}
    store = Store(private_folder(state_path(repository.folder)), repository.folder, pytest.fail)
    store.save(tracker.snapshot(uri), 0)
    store.close()
    assert scanned()[0] == set()
    assert Notes(pytest.fail).said(file, Text(text)) != {}


def test_ranges_that_meet_and_more_of_them_than_could_be_counted_through(repository):
    ranges = ",".join(["9-9999999999", "6-10", "2-3", "3-3", *(f"{start}-9999999999" for start in range(100, 5_000))])
    repository.git(
        "notes", "--ref=ai", "add", "-m", NOTE.replace("5-6,13-14", ranges).replace("9-10\n", "1-1\n"), "HEAD"
    )
    said = Notes(pytest.fail).said(repository.folder / "ü.py", Text("".join(PARTS.values())))
    assert {number: item.by for number, item in said.items()} == {
        1: "human", **dict.fromkeys((2, 3, *range(6, 17)), "ai"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("no note at all", "no line --- parts attestations from metadata"),
        (NOTE.replace("5-6", "5-x"), "a range of lines cannot be read"),
        (NOTE.replace("3.0.0", "9.9.9"), "it is not of the version authorship/3.0.0"),
    ],
)
def test_a_note_that_cannot_be_understood_is_told_once(repository, note, reason):
    repository.git("notes", "--ref=ai", "add", "-m", note, "HEAD")
    told = []
    notes = Notes(told.append)
    for _ in range(2):
        assert notes.said(repository.folder / "ü.py", Text("".join(PARTS.values()))) == {}
    commit = repository.git("rev-parse", "HEAD")
    assert told == [f"git's note of commit {commit} cannot be understood: {reason}."]
    assert scanned() == (set(), told)


def test_a_shallow_clone_does_not_know_who_wrote_what_is_older(repository, tmp_path, monkeypatch):
    repository.git("notes", "--ref=ai", "add", "-m", NOTE, "HEAD")
    repository.write("later.py", "x = 1\n")
    repository.commit()
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth", "1", repository.folder.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    fetch = ("fetch", "--quiet", "origin", "refs/notes/ai:refs/notes/ai")
    Repository.git(SimpleNamespace(folder=clone), *fetch)
    told = f"What git's notes say of {clone.resolve()} is known in part: the clone is shallow (git fetch --unshallow)."
    assert scanned() == (set(), [told])
    Repository.git(SimpleNamespace(folder=clone), "fetch", "--quiet", "--unshallow")
    assert scanned() == ({"def cursor(x):", "def changed(x):"}, [])


def test_a_damaged_repository_is_told_and_no_repository_is_nothing_to_tell(repository):
    options = ("scan", ".", "--without", "semgrep", "--without", "bandit", "--origin", "assistant")
    (repository.folder / ".git" / "HEAD").write_text("")
    run = CliRunner().invoke(group, options)
    assert (run.exit_code, f"git's notes of {repository.folder} cannot be read: fatal: " in run.output) == (3, True)
    shutil.rmtree(repository.folder / ".git")
    run = CliRunner().invoke(group, options)
    assert (run.exit_code, "cannot be read" in run.output) == (0, False)
