"""``leery log export``, ``notes`` and ``verify --bundle`` as a person runs them, in a real repository."""

from __future__ import annotations

import base64
import json
import stat
import sys

import pytest
from click.testing import CliRunner
from tests.server.cli.samples import Repository
from tests.server.log.samples import EVIL, append

from leery.cli import group
from leery.document import Document, path_to_uri
from leery.log.body import FindingOpened, Insertion, LoggedOrigin
from leery.log.checkpoint import parse
from leery.log.export import git_ai
from leery.paths import log_path, private_folder, state_path
from leery.provenance.hints import Hint, at
from leery.provenance.origin import Origin
from leery.provenance.store import Store
from leery.provenance.tracker import Tracker
from leery_analyzers.text import Text, TextEdit, TextRange

BEFORE = "import subprocess\n\n\ndef mine(name):\n    return name\n"
BROUGHT = "\n\ndef theirs(x):\n    y = 'ü'\n\n    return eval(x)\n"
ORIGIN = Origin("agent", "reported", "claude-code", "m-1", "s-1", "p-1")
FOREIGN = (
    'a.py\n  h_31dce776f88375 1\n---\n{"schema_version": "authorship/3.0.0", "base_commit_sha": "x", "prompts": {}}\n'
)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Two commits; the second brings what an agent wrote, of which the server knows."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    made = Repository((tmp_path / "work").resolve())
    file = made.write("src/my file.py", BEFORE)
    made.commit()
    block = record(made.folder, file, BEFORE, BROUGHT)
    file.write_text(BEFORE + BROUGHT, encoding="utf-8")
    made.commit()
    origin = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", model="m-1", session="s-1")
    append(
        log_path(made.folder),
        Insertion(file="src/my file.py", block=block, origin=origin, lines=((6, 11),), code=BROUGHT, prompt=EVIL),
        FindingOpened(
            fingerprint="f1", rule="tls-verification-off", cwe=("CWE-95",), severity="high", confidence="high",
            file="src/my file.py", line=11, block=block, message=EVIL, versions={"bandit": "1.9.4"},
        ),
    )  # fmt: skip
    monkeypatch.chdir(made.folder)
    made.block = block
    return made


def record(root, file, before, brought):
    """What a server keeps when an agent appends to a file; gives the block."""
    uri, size = path_to_uri(file), len(before)
    tracker = Tracker()
    tracker.settle(tracker.open(Document(uri, 1, "python", Text(before))))
    tracker.hint(Hint(uri, 2, at(TextRange(size, size + len(brought))), ORIGIN, None))
    tracker.settle(tracker.change(uri, 2, [TextEdit(size, size, brought)]))
    store = Store(private_folder(state_path(root)), root, lambda notice: pytest.fail(notice.message))
    store.save(tracker.snapshot(uri), 0)
    store.close()
    (view,) = tracker.blocks(uri)
    return view.block.id


def run(*arguments, code=0):
    done = CliRunner().invoke(group, ["log", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done.output


def export(*arguments, code=0):
    return run("export", "--format", *arguments, code=code)


@pytest.mark.usefixtures("repository")
def test_every_stream_goes_to_standard_output_or_to_a_file(tmp_path):
    for form in ("jsonl", "csv", "sarif", "agent-trace", "git-ai"):
        text = export(form)
        assert text, form
        assert "\x1b" not in text
        (tmp_path / form).touch()
        assert export(form, "--output", tmp_path / form) == ""
        written = (tmp_path / form).read_bytes().decode()
        assert written.replace("\r\n", "\n") == text.replace("\r\n", "\n")
    assert (
        json.loads(export("sarif"))["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"]
        != "tls-verification-off"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean nothing there")
@pytest.mark.usefixtures("repository")
def test_a_file_with_texts_is_for_this_user_only(tmp_path):
    export("jsonl", "--output", tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600


def test_a_bundle_is_made_and_verified(repository, tmp_path):
    run("checkpoint")
    said = export("bundle", "--output", tmp_path / "audit")
    assert said == f"3 entries of 3 in {tmp_path / 'audit'}\n"
    assert "the bundle holds: all 3 entries" in run("verify", "--bundle", tmp_path / "audit")
    told = json.loads(run("verify", "--bundle", tmp_path / "audit", "--format", "json"))
    assert (told["holds"], told["entries"], told["checkpoints"]) == (
        True,
        3,
        ["checkpoint", "checkpoints/000000000003"],
    )
    assert "is not empty" in export("bundle", "--output", tmp_path / "audit", code=2)
    entries = tmp_path / "audit" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes().replace(b"tls-verification-off", b"tls-verification-oft"))
    assert "the bundle does not hold" in run("verify", "--bundle", tmp_path / "audit", code=1)
    assert "holds no bundle" in run("verify", "--bundle", repository.folder, code=2)


def test_a_bundle_is_held_against_checkpoints_from_elsewhere(repository, tmp_path):
    (tmp_path / "kept").write_text(run("checkpoint"))
    append(log_path(repository.folder), Insertion(file="b.py", block="b2", origin=LoggedOrigin(kind="x", evidence="y")))
    export("bundle", "--output", tmp_path / "audit")
    said = run("verify", "--bundle", tmp_path / "audit", "--checkpoint", tmp_path / "kept")
    assert f"agrees with the checkpoint in {tmp_path / 'kept'}" in said
    assert "could have made it anew" not in said
    export("disclosure", "--block", repository.block, "--checkpoint", tmp_path / "kept", "--output", tmp_path / "one")
    said = run("verify", "--bundle", tmp_path / "one", "--checkpoint", tmp_path / "kept")
    assert "the bundle holds: 3 entries of 3" in said


@pytest.mark.parametrize("arguments", [
    ("bundle",), ("parquet",), ("disclosure", "--output", "x"), ("csv", "--block", "b"), ("csv", "--commit", "HEAD"),
    ("bundle", "--output", "x", "--checkpoint", __file__), ("xml",),
])  # fmt: skip
def test_what_does_not_go_together_is_said(repository, arguments):
    export(*arguments, code=2)
    assert not (repository.folder / "x").exists()


@pytest.mark.usefixtures("repository")
def test_what_cannot_be_exported_is_said(tmp_path):
    assert "is about the block nothing" in export(
        "disclosure", "--block", "nothing", "--output", tmp_path / "x", code=2
    )
    assert "names no commit" in export("in-toto", "--commit", "nothing", code=2)
    assert "no line of that commit" in export("git-ai", "--commit", "HEAD~1", code=2)
    assert "cannot be written" in export("csv", "--output", tmp_path / "no" / "file", code=2)


def test_a_commits_lines_are_those_that_it_brought(repository):
    trace = json.loads(export("agent-trace", "--commit", "HEAD"))
    assert trace["vcs"] == {"type": "git", "revision": repository.git("rev-parse", "HEAD")}
    (file,) = trace["files"]
    assert file["path"] == "src/my file.py"
    assert file["conversations"] == [
        {"contributor": {"type": "ai", "model_id": "m-1"}, "ranges": [{"start_line": 6, "end_line": 11}]}
    ]
    assert json.loads(export("agent-trace", "--commit", "HEAD~1"))["files"] == []
    (repository.folder / "src" / "my file.py").write_text("# moved\n" + BEFORE + BROUGHT, encoding="utf-8")
    repository.commit()
    assert json.loads(export("agent-trace", "--commit", "HEAD"))["files"] == [], (
        "it brought one line, which is nobody's"
    )


def test_a_note_is_written_shown_and_replaced_only_if_it_is_ours(repository):
    commit = repository.git("rev-parse", "HEAD")
    assert "has no note" in run("notes", code=1)
    assert run("notes", "--write") == f"commit {commit[:12]}: written; push it with: git push origin refs/notes/ai\n"
    shown = repository.git("notes", "--ref=ai", "show", "HEAD")
    assert shown.splitlines()[0] == '"src/my file.py"'
    assert git_ai.read(shown + "\n").ours
    assert run("notes") == "src/my file.py:6-11  ai claude-code m-1\n"
    told = json.loads(run("notes", commit, "--format", "json"))
    assert (told["commit"], told["recordedByLeery"]) == (commit, True)
    assert "it stands there already" in run("notes", "--write")
    repository.git("notes", "--ref=ai", "add", "-f", "-m", FOREIGN, "HEAD")
    assert "that Leery did not write" in run("notes", "--write", code=2)
    assert repository.git("notes", "--ref=ai", "show", "HEAD") == FOREIGN.strip()
    assert run("notes") == "a.py:1  human\n"
    assert repository.git("for-each-ref", "--format=%(refname)", "refs/notes").split() == ["refs/notes/ai"]


def blamed(file="src/my file.py"):
    done = CliRunner().invoke(group, ["blame", file, "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_what_others_noted_is_shown_where_nothing_better_is_known(repository):
    note = FOREIGN.replace("a.py\n  h_31dce776f88375 1", '"src/my file.py"\n  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1,4-5')
    note = note.replace(
        "}\n", ', "sessions": {"s_c9883b05a2487d": {"agent_id": {"tool": "\\u001bcodex", "model": "o"}}}}\n'
    )
    repository.git("notes", "--ref=ai", "add", "-m", note, "HEAD~1")
    repository.git("notes", "--ref=ai", "add", "-m", note.replace("1,4-5", "6-11"), "HEAD")
    said = {"by": "ai", "tool": "\x1bcodex", "model": "o", "session": None, "person": None}
    lines = blamed()
    assert [line.get("noted") for line in lines] == [said, None, None, said, said, *[None] * 6]
    assert lines[7]["origin"]["assistant"] == "claude-code", "what Leery saw itself counts more"
    shown = CliRunner().invoke(group, ["blame", "src/my file.py"]).output.splitlines()
    assert shown[0].split("  ")[0].strip() == "noted <U+001B>codex o"
    first, rest = BEFORE.split("\n", 1)
    (repository.folder / "src" / "my file.py").write_text(f"# new\r\n{first}  # mine\n{rest}", encoding="utf-8")
    noted = [line["line"] for line in blamed() if "noted" in line]
    assert noted == [5, 6], "of the noted lines the first is another one now, and the others stand one lower"


def test_notes_follow_a_file_to_its_new_name(repository):
    note = FOREIGN.replace("a.py\n", '"src/my file.py"\n')
    repository.git("notes", "--ref=ai", "add", "-m", note, "HEAD~1")
    for name in ("new.py", "neu ü.py"):
        (repository.folder / "src" / "my file.py").rename(repository.folder / name)
        repository.commit()
        assert blamed(name)[0]["noted"]["by"] == "human", name
        (repository.folder / name).rename(repository.folder / "src" / "my file.py")


def test_notes_of_a_file_with_letters_beyond_ascii(repository):
    repository.write("ü.py", "x = 1\n")
    repository.commit()
    repository.git("notes", "--ref=ai", "add", "-m", FOREIGN.replace("a.py\n", "ü.py\n"), "HEAD")
    assert blamed("ü.py")[0]["noted"]["by"] == "human"


def test_notes_of_others_on_other_commits_stay(repository):
    repository.git("notes", "--ref=ai", "add", "-m", FOREIGN, "HEAD~1")
    run("notes", "--write")
    assert repository.git("notes", "--ref=ai", "show", "HEAD~1") == FOREIGN.strip()
    assert run("notes") == "src/my file.py:6-11  ai claude-code m-1\n"
    ours = repository.git("notes", "--ref=ai", "show", "HEAD").replace("leery ", "leery 0+")
    repository.git("notes", "--ref=ai", "add", "-f", "-m", ours, "HEAD")
    assert ": written" in run("notes", "--write"), "another version's is replaced"


def test_a_hostile_note_is_inert_and_one_that_is_none_is_said(repository):
    note = FOREIGN.replace("a.py", "\x1b]0;x\x07\u202ea.py")
    repository.git("notes", "--ref=ai", "add", "-m", note, "HEAD")
    assert "\x1b" not in run("notes")
    assert "\u202e" not in run("notes")
    repository.git("notes", "--ref=ai", "add", "-f", "-m", "hello", "HEAD")
    assert "cannot be understood" in run("notes", code=1)
    assert "that Leery did not write" in run("notes", "--write", code=2)


def test_statements_are_about_the_commit_and_what_was_found_in_it(repository):
    lines = [json.loads(line) for line in export("in-toto").splitlines()]
    origin, result = (json.loads(base64.b64decode(line["payload"])) for line in lines)
    assert origin["subject"] == result["subject"] == [{"digest": {"gitCommit": repository.git("rev-parse", "HEAD")}}]
    assert [(item["file"], item["lines"]) for item in origin["predicate"]["blocks"]] == [("src/my file.py", [[6, 11]])]
    assert result["predicate"]["result"] == "FAILED"
    note = origin["predicate"]["log"]["checkpoint"]
    (repository.folder / "kept").write_text(note, encoding="utf-8")
    assert parse(note).checkpoint.size == 3
    run("verify", "--checkpoint", "kept")


def results():
    """The findings and the Test Result about the last commit."""
    lines = [json.loads(line) for line in export("in-toto").splitlines()]
    origin, result = [json.loads(base64.b64decode(line["payload"]))["predicate"] for line in lines]
    shown = [(item["file"], item["rule"], item["state"]) for item in origin["findings"]]
    return [(item["file"], item["lines"]) for item in origin["blocks"]], shown, result


def test_what_is_open_in_a_moved_file_fails_the_commit_that_moved_it(repository):
    (repository.folder / "src" / "my file.py").rename(repository.folder / "moved.py")
    repository.write("other.py", "x = 1\n")
    repository.commit()
    blocks, findings, result = results()
    assert blocks == [("moved.py", [[6, 11]])]
    assert findings == [("src/my file.py", "tls-verification-off", "open")]
    assert (result["result"], result["failedTests"]) == ("FAILED", ["tls-verification-off"])


def test_a_commit_does_not_pass_while_something_is_open_in_a_file_that_is_lost(repository):
    append(
        log_path(repository.folder),
        FindingOpened(
            fingerprint="f2", rule="code-eval", cwe=("CWE-95",), severity="high", confidence="high",
            file="untitled:Untitled-1", line=1, message="in no file", versions={"checks": "1"},
        ),
    )  # fmt: skip
    (repository.folder / "src" / "my file.py").unlink()
    repository.write("other.py", "x = 1\n")
    repository.commit()
    blocks, findings, result = results()
    assert blocks == []
    assert findings == [("src/my file.py", "tls-verification-off", "lost")]
    assert (result["result"], result["warnedTests"]) == ("WARNED", ["tls-verification-off"])


@pytest.mark.parametrize(("address", "name"), [
    ("https://user:secret@example.org/team/app.git", "example.org/team/app"),
    ("git@example.org:team/app.git", "example.org/team/app"),
    ("ssh://git@example.org:2222/team/app", "example.org/2222/team/app"),
    (None, "work"),
])  # fmt: skip
def test_parquet_names_the_repository_without_credentials(repository, tmp_path, address, name):
    if address is not None:
        repository.git("remote", "add", "origin", address)
    assert export("parquet", "--output", tmp_path / "all") == f"3 entries in 1 files in {tmp_path / 'all'}\n"
    (file,) = (tmp_path / "all").rglob("*.parquet")
    assert file.parent.name == "repository=" + name.replace("/", "%2F")
    assert "secret" not in str(file)


def test_without_a_log_and_without_a_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "leery.toml").touch()
    monkeypatch.chdir(tmp_path / "work")
    assert export("jsonl") == ""
    assert export("csv").count("\n") == 1
    assert json.loads(export("sarif"))["runs"][0]["results"] == []
    assert "no provenance log yet" in export("bundle", "--output", tmp_path / "x", code=2)
    assert "is in no git repository" in export("git-ai", code=2)
    assert "is in no git repository" in run("notes", code=2)
    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "x").exists()
