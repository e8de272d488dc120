"""``leery log show`` and ``leery log export`` as a person or a script runs them."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from leery.cli.log import command
from leery.log.body import FindingOpened, Gap, Insertion, LoggedOrigin, Suppression
from leery.log.writer import LogWriter
from leery.paths import log_path

EVIL = "\x1b]0;title\x07\x9b31m\u202e\udc80"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "work"
    (root / "src").mkdir(parents=True)
    (root / "leery.toml").touch()
    (root / "src" / "a.py").touch()
    monkeypatch.chdir(root / "src")
    return root


@pytest.fixture
def log(workspace):
    origin = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code", model="m")
    with LogWriter(log_path(workspace)) as writer:
        writer.append(
            Insertion(
                file="src/a.py", block="b1", origin=origin, lines=((1, 2),), code=f"x = 1\n{EVIL}\n", prompt="secret"
            ),
            at="2026-11-20T10:00:00.000000Z",
        )
        writer.append(
            FindingOpened(
                fingerprint="f1", rule="r1", cwe=("CWE-89",), severity="high", confidence="high", file="src/a.py",
                line=1, block="b1", message="[bold]not markup[/bold] :smile:",
            ),
            at="2026-11-21T10:00:00.000000Z",
        )  # fmt: skip
        writer.append(
            Suppression(fingerprint="f1", rule="r1", file="src/a.py", reason=f"fine {EVIL}", by="A <a@b.c>"),
            at="2026-11-22T10:00:00.000000Z",
        )
        writer.append(Gap(what="client-off", count=2), at="2026-11-23T10:00:00.000000Z")


def run(*arguments, code=0):
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == code, result.output
    return result.output


def shown(*arguments):
    return json.loads(run("show", "--format", "json", *arguments))


def test_without_a_log(workspace):
    assert run("show", "--format", "json") == "[]\n"
    assert run("show") == ""
    assert run("export") == ""
    assert not log_path(workspace).parent.exists()


@pytest.mark.usefixtures("log")
def test_json_is_an_array_with_the_oldest_first():
    entries = shown()
    assert [entry["index"] for entry in entries] == [0, 1, 2, 3]
    assert [entry["type"] for entry in entries] == ["insertion", "finding-opened", "suppression", "gap"]
    first = entries[0]
    assert first["time"] == "2026-11-20T10:00:00.000000Z"
    named = {"kind": "agent", "evidence": "reported", "assistant": "claude-code", "model": "m"}
    assert first["origin"] == {**named, "session": None, "prompt": None}
    assert first["code"] == f"x = 1\n{EVIL}\n".replace("\udc80", "\ufffd")
    assert (first["prompt"], first["withheld"]) == (None, ["prompt"])
    assert entries[2]["by"] == "A <a@b.c>"


@pytest.mark.usefixtures("log")
def test_filters():
    def indices(*arguments):
        return [entry["index"] for entry in shown(*arguments)]

    assert indices("--file", "a.py") == [0, 1, 2]
    assert indices("--file", "b.py") == []
    assert indices("--block", "b1") == [0, 1]
    assert indices("--type", "gap", "--type", "suppression") == [2, 3]
    assert indices("--since", "2026-11-22T11:00+01:00") == [2, 3]
    assert indices("--since", "2026-11-22T10:00:01Z") == [3]
    assert indices("--since", "5000w") == [0, 1, 2, 3]
    assert indices("--limit", "2") == [2, 3]


@pytest.mark.usefixtures("log")
def test_text_has_the_newest_first_and_reads_like_a_log():
    text = run("show")
    assert [line for line in text.splitlines() if line.startswith("entry")] == [
        "entry 3 gap", "entry 2 suppression", "entry 1 finding-opened", "entry 0 insertion"
    ]  # fmt: skip
    assert "message:     [bold]not markup[/bold] :smile:" in text
    assert "origin:      agent · reported · claude-code · m" in text
    assert "lines:       1-2" in text
    assert "code:\n    x = 1\n" in text
    assert "withheld:    prompt" in text
    assert "secret" not in text


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("arguments", [("show",), ("show", "--format", "json"), ("export",)])
def test_nothing_in_the_log_can_steer_a_terminal(arguments):
    text = run(*arguments)
    assert all(char == "\n" or char.isprintable() for char in text)


@pytest.mark.usefixtures("log")
def test_export_is_one_entry_a_line(tmp_path):
    lines = run("export").splitlines()
    assert [json.loads(line) for line in lines] == shown()
    target = tmp_path / "out.jsonl"
    assert run("export", "--output", str(target)) == ""
    assert target.read_text().splitlines() == lines


@pytest.mark.usefixtures("log")
def test_export_can_leave_private_texts_out():
    entries = [json.loads(line) for line in run("export", "--without-text").splitlines()]
    assert all(not {"code", "prompt", "reason", "by", "message"} & set(entry) for entry in entries)
    assert set(entries[0]["commitments"]) == {"code", "prompt"}


@pytest.mark.usefixtures("log")
def test_the_workspace_can_be_named(tmp_path, workspace, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown() == []
    assert len(shown("--workspace", str(workspace / "src" / "a.py"))) == 4


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "--since", "yesterday"), "'yesterday' is no time"),
        (("show", "--type", "dream"), "'dream' is not one of"),
        (("show", "--limit", "-1"), "-1 is not in the range"),
        (("show", "--file", "../../elsewhere.py"), "outside the workspace"),
        (("show", "--workspace", "missing"), "does not exist"),
        (("export", "--format", "xml"), "'xml'"),
        (("export", "--output", "missing/out"), "cannot be written: No such file"),
    ],
)
def test_wrong_use_ends_with_2(arguments, message):
    assert message in run(*arguments, code=2)


def test_a_damaged_log_ends_with_2_and_says_so(workspace):
    log_path(workspace).parent.mkdir(parents=True)
    log_path(workspace).write_bytes(b"garbage" * 999)
    assert "not a database" in run("show", code=2)


@pytest.mark.usefixtures("log")
def test_as_a_program(workspace):
    command_line = [sys.executable, "-c", "from leery.cli import main; main()", "log", "show", "--format", "json"]
    done = subprocess.run(command_line, cwd=workspace, capture_output=True, check=True)
    assert [entry["index"] for entry in json.loads(done.stdout)] == [0, 1, 2, 3]
