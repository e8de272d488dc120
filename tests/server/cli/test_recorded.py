"""What scan and blame take from the servers' records: blocks from the tracker's store, suppressions from the log."""

import json
import sys
from datetime import datetime, timedelta, timezone

import pytest
from click.testing import CliRunner
from tests.server.cli.samples import check_sarif
from tests.unprivileged import unprivileged

from leery.cli import group
from leery.document import Document, path_to_uri
from leery.log.body import Lapse, Suppression
from leery.log.writer import LogWriter
from leery.paths import log_path, private_folder, state_path
from leery.provenance.hints import Hint, at
from leery.provenance.origin import Origin
from leery.provenance.store import Store
from leery.provenance.tracker import Tracker
from leery_analyzers.text import Text, TextEdit, TextRange

TYPED = "import subprocess\n\n\ndef mine(name):\n    subprocess.call(name, shell=True)\n\n\n"
PASTED = 'def theirs(x):\n    """Ä😀"""\n    return eval(x)\n'
ORIGIN = Origin("paste", "observed", "Helper", "m-1", "s-1", "p-1")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = (tmp_path / "workspace").resolve()
    folder.mkdir()
    (folder / "leery.toml").touch()
    monkeypatch.chdir(folder)
    return folder


def run(*arguments):
    return CliRunner().invoke(group, [*arguments])


def scan(*arguments):
    done = run("scan", ".", "--without", "semgrep", "--without", "bandit", "--format", "json", *arguments)
    return done, json.loads(done.stdout)


def record_paste(workspace, file, *, origin=ORIGIN):
    """What a server keeps when someone pastes into a file that held `TYPED`."""
    uri = path_to_uri(file)
    tracker = Tracker()
    tracker.settle(tracker.open(Document(uri, 1, "python", Text(TYPED))))
    size = len(TYPED)
    tracker.hint(Hint(uri, 2, at(TextRange(size, size + len(PASTED))), origin, None))
    tracker.settle(tracker.change(uri, 2, [TextEdit(size, size, PASTED)]))
    store = Store(private_folder(state_path(workspace)), workspace, lambda notice: pytest.fail(notice.message))
    store.save(tracker.snapshot(uri), 0)
    store.close()
    (view,) = tracker.blocks(uri)
    return view.block.id


def lines(data):
    return [(item["file"], item["range"]["start"]["line"]) for item in data["findings"]]


def test_only_what_nobody_here_typed(workspace):
    file = workspace / "a.py"
    file.write_text(TYPED + PASTED, encoding="utf-8")
    (workspace / "unseen.py").write_text(TYPED)
    record_paste(workspace, file)
    assert lines(scan()[1]) == [("a.py", 5), ("a.py", 10), ("unseen.py", 5)]
    done, data = scan("--origin", "assistant")
    assert done.exit_code == 1
    assert lines(data) == [("a.py", 10)]


@pytest.mark.portable
def test_blocks_are_found_again_in_a_file_that_has_changed_since(workspace):
    file = workspace / "a.py"
    record_paste(workspace, file)
    changed = "# a new head\n\n" + TYPED.replace("mine", "yours") + PASTED.replace("return", "return  ")
    file.write_text(changed, encoding="utf-8")
    assert lines(scan("--origin", "assistant")[1]) == [("a.py", 12)]


@pytest.mark.parametrize("kind", ["typed", "vcs"])
def test_quiet_kinds_are_no_assistants(workspace, kind):
    file = workspace / "a.py"
    file.write_text(TYPED + PASTED, encoding="utf-8")
    record_paste(workspace, file, origin=Origin("chat", "reported"))
    store = Store(state_path(workspace), workspace, lambda notice: pytest.fail(notice.message))
    tracker = Tracker()
    uri = path_to_uri(file)
    tracker.settle(tracker.open(Document(uri, 1, "python", Text(TYPED + PASTED)), store.load(uri).snapshot))
    (view,) = tracker.blocks(uri)
    tracker.set_origin(uri, view.block.id, Origin(kind, "reported"))
    store.save(tracker.snapshot(uri), 1)
    store.close()
    assert lines(scan("--origin", "assistant")[1]) == []


def test_without_a_record_that_is_said_and_none_is_made(workspace):
    (workspace / "a.py").write_text(TYPED)
    done, data = scan("--origin", "assistant")
    assert done.exit_code == 0
    assert [item["message"] for item in data["notices"] if "toml" not in item["message"]] == [
        f"Where the text of {workspace} came from is not known: no server has recorded it."
    ]
    assert not state_path(workspace).exists()


def test_a_damaged_record_is_no_clean_bill(workspace):
    (workspace / "a.py").write_text(TYPED)
    folder = private_folder(state_path(workspace))
    (folder / "tracker.db").write_bytes(b"this is no database" * 100)
    done, data = scan("--origin", "assistant")
    assert done.exit_code == 3
    (notice,) = [item for item in data["notices"] if item["engine"] == "provenance"]
    assert notice["kind"] == "crash"
    assert "damaged" in notice["message"]


def test_a_damaged_record_stays_as_it_is_and_every_command_says_so(workspace):
    file = workspace / "a.py"
    file.write_text(TYPED + PASTED, encoding="utf-8")
    record_paste(workspace, file)
    database = state_path(workspace) / "tracker.db"
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.write_bytes(b"garbage" * 2000)
    commands = (("review", "--list"), ("review", "--list"), ("blame", "a.py"), ("scan", ".", "--origin", "assistant"))
    for command in commands:
        done = run(*command, *(() if command[0] == "blame" else ("--without", "semgrep", "--without", "bandit")))
        assert done.exit_code == 3, command
        assert f"database {database} is damaged: file is not a database" in " ".join(done.output.split()), command
        assert database.read_bytes() == b"garbage" * 2000
        assert [path.name for path in database.parent.iterdir()] == ["tracker.db"]


@pytest.mark.parametrize("is_begun_anew", [True, False])
def test_a_record_that_was_set_aside_is_told_of_until_it_is_deleted(workspace, is_begun_anew):
    file = workspace / "a.py"
    file.write_text(TYPED + PASTED, encoding="utf-8")
    folder = private_folder(state_path(workspace))
    aside = folder / "tracker.db.damaged-1"
    (folder / "tracker.db").write_bytes(b"garbage" * 2000)
    server = Store(folder, workspace, lambda _notice: None)
    server.load(path_to_uri(file))
    server.close()
    assert aside.read_bytes() == b"garbage" * 2000
    if not is_begun_anew:
        (folder / "tracker.db").unlink()
    for _ in range(2):
        done, data = scan("--origin", "assistant")
        assert done.exit_code == 3
        (message,) = [item["message"] for item in data["notices"] if item["engine"] == "provenance"]
        assert message == (
            f"What was recorded of {workspace} before is lost: its database was damaged and set aside as {aside}. "
            "Delete that file once everything was reviewed anew."
        )
        assert run("blame", "a.py").exit_code == run("review", "--list").exit_code == 3
    aside.unlink()
    assert scan("--origin", "assistant")[0].exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX modes")
def test_a_record_in_a_folder_that_cannot_be_written_is_read(workspace):
    file = workspace / "a.py"
    file.write_text(TYPED + PASTED, encoding="utf-8")
    record_paste(workspace, file)
    folder = state_path(workspace)
    folder.chmod(0o500)
    try:
        with unprivileged():
            assert lines(scan("--origin", "assistant")[1]) == [("a.py", 10)]
    finally:
        folder.chmod(0o700)


def suppress(workspace, fingerprint, **more):
    writer = LogWriter(log_path(workspace))
    fields = {"fingerprint": fingerprint, "rule": "r", "file": "a.py", "reason": "checked by hand"}
    receipt = writer.append(Suppression(**(fields | more))).result(60)
    return writer, receipt


@pytest.mark.slow
def test_a_suppressed_finding_does_not_count_and_is_shown_as_such(workspace, sarif_schema):
    (workspace / "a.py").write_text(PASTED)
    fingerprint = scan()[1]["findings"][0]["fingerprint"]
    writer, _ = suppress(workspace, fingerprint)
    writer.close()
    done, data = scan()
    assert done.exit_code == 0
    assert data["summary"]["suppressed"] == 1
    assert [item["suppressed"] for item in data["findings"]] == [{"reason": "checked by hand"}]
    done = run("scan", ".", "--without", "semgrep", "--without", "bandit", "--format", "sarif")
    log = json.loads(done.stdout)
    check_sarif(sarif_schema, log)
    (item,) = log["runs"][0]["results"]
    assert item["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "checked by hand"}]
    done = run("scan", ".", "--without", "semgrep", "--without", "bandit")
    assert "1 file scanned: no findings, 1 suppressed" in done.stdout
    assert (
        run("scan", ".", "--without", "semgrep", "--without", "bandit", "--format", "github").stdout.count("a.py") == 0
    )


@pytest.mark.portable
def test_suppressions_that_do_not_hold_do_nothing(workspace):
    (workspace / "a.py").write_text(PASTED)
    fingerprint = scan()[1]["findings"][0]["fingerprint"]
    yesterday = (datetime.now(timezone.utc) - timedelta(days=1)).date().isoformat()
    writer, _ = suppress(workspace, fingerprint, expires=yesterday)
    writer.append(Suppression(fingerprint=fingerprint, rule="r", file="b.py", reason="another file")).result(60)
    lapsed = writer.append(Suppression(fingerprint=fingerprint, rule="r", file="a.py", reason="lapsed"))
    subject = lapsed.result(60).id
    writer.append(Lapse(subject=subject, of="suppression", why="rewritten", file="a.py")).result(60)
    writer.close()
    done, data = scan()
    assert done.exit_code == 1
    assert [item["suppressed"] for item in data["findings"]] == [None]


@pytest.mark.portable
def test_a_log_that_cannot_be_read_suppresses_nothing(workspace):
    (workspace / "a.py").write_text(PASTED)
    path = log_path(workspace)
    private_folder(path.parent)
    path.write_bytes(b"this is no database" * 100)
    done, data = scan()
    assert done.exit_code == 1
    assert [item["suppressed"] for item in data["findings"]] == [None]
    assert any(item["message"].startswith("Suppressions are not applied: ") for item in data["notices"])


def test_blame_tells_every_line(workspace):
    file = workspace / "a.py"
    file.write_text(TYPED + PASTED, encoding="utf-8")
    block = record_paste(workspace, file)
    done = run("blame", "a.py", "--format", "json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    paste = {
        "kind": "paste",
        "evidence": "observed",
        "assistant": "Helper",
        "model": "m-1",
        "session": "s-1",
        "prompt": "p-1",
    }
    assert [item["line"] for item in data] == list(range(1, 11))
    assert data[0] == {
        "line": 1,
        "origin": None,
        "spans": [{"start": 0, "end": len("import subprocess"), "block": None, "origin": None}],
    }
    assert data[8] == {
        "line": 9,
        "origin": paste,
        "spans": [{"start": 0, "end": len('    """Ä😀"""'), "block": block, "origin": paste}],
    }
    shown = run("blame", "a.py").stdout.splitlines()
    label = "paste observed Helper m-1"
    assert shown[0] == f"{'-':<{len(label)}}  1 │ import subprocess"
    assert shown[8] == f'{label}  9 │     """Ä😀"""'


def test_blame_of_an_unknown_file_is_nobodys_and_makes_no_record(workspace):
    (workspace / "a.py").write_text("x = 1\n")
    done = run("blame", "a.py", "--format", "json")
    data = json.loads(done.stdout)
    assert data[0] == {"line": 1, "origin": None, "spans": [{"start": 0, "end": 5, "block": None, "origin": None}]}
    assert not state_path(workspace).exists()


def test_blame_of_what_is_no_text_or_is_not_there(workspace):
    (workspace / "junk.py").write_bytes(b"\0\xff")
    assert run("blame", "junk.py").exit_code == 2
    assert run("blame", "gone.py").exit_code == 2
    assert run("blame", ".").exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX links")
def test_a_planted_state_folder_is_refused(workspace, tmp_path):
    (workspace / "a.py").write_text("x = 1\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = state_path(workspace)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(elsewhere)
    done = run("blame", "a.py")
    assert done.exit_code == 3
    assert "is a symbolic link" in done.stderr


def test_blame_neutralises_what_a_file_holds(workspace):
    (workspace / "a.py").write_text("x = '\x1b[31m\u202e'\n", encoding="utf-8")
    assert "x = '<U+001B>[31m<U+202E>'" in run("blame", "a.py").stdout
