"""``leery log show`` and ``leery log export`` as a person or a script runs them."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from leery.cli.log import command
from leery.log.body import (
    FindingClosed,
    FindingOpened,
    Gap,
    Insertion,
    Lapse,
    LoggedOrigin,
    Review,
    Suppression,
)
from leery.log.reader import LogReader
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
    assert [entry["index"] for entry in entries] == [0, 1, 2, 3, 4]
    assert [entry["type"] for entry in entries] == ["key", "insertion", "finding-opened", "suppression", "gap"]
    first = entries[1]
    assert first["time"] == "2026-11-20T10:00:00.000000Z"
    named = {"kind": "agent", "evidence": "reported", "assistant": "claude-code", "model": "m"}
    assert first["origin"] == {**named, "session": None, "prompt": None}
    assert first["code"] == f"x = 1\n{EVIL}\n".replace("\udc80", "\ufffd")
    assert (first["prompt"], first["withheld"]) == (None, ["prompt"])
    assert entries[3]["by"] == "A <a@b.c>"


@pytest.mark.usefixtures("log")
def test_filters():
    def indices(*arguments):
        return [entry["index"] for entry in shown(*arguments)]

    assert indices("--file", "a.py") == [1, 2, 3]
    assert indices("--file", "b.py") == []
    assert indices("--block", "b1") == [1, 2]
    assert indices("--type", "gap", "--type", "suppression") == [3, 4]
    assert indices("--type", "key") == [0]
    own = [part for kind in ("insertion", "finding-opened", "suppression", "gap") for part in ("--type", kind)]
    assert indices("--since", "2026-11-22T11:00+01:00", *own) == [3, 4]
    assert indices("--since", "2026-11-22T10:00:01Z", *own) == [4]
    assert indices("--since", "5000w") == [0, 1, 2, 3, 4]
    assert indices("--limit", "2") == [3, 4]


@pytest.mark.usefixtures("log")
def test_text_has_the_newest_first_and_reads_like_a_log():
    text = run("show")
    assert [line for line in text.splitlines() if line.startswith("entry")] == [
        "entry 4 gap", "entry 3 suppression", "entry 2 finding-opened", "entry 1 insertion", "entry 0 key"
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
    assert set(entries[1]["commitments"]) == {"code", "prompt"}


@pytest.mark.usefixtures("log")
def test_the_workspace_can_be_named(tmp_path, workspace, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown() == []
    assert len(shown("--workspace", str(workspace / "src" / "a.py"))) == 5


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
    assert [entry["index"] for entry in json.loads(done.stdout)] == [0, 1, 2, 3, 4]


@pytest.fixture
def reviewed(workspace):
    """Two assistants' blocks with findings; one block approved, one approved and rewritten, one not looked at."""
    with LogWriter(log_path(workspace)) as writer:
        for block, assistant, cwe in (("b1", "cursor", "CWE-89"), ("b2", "codex", "CWE-79"), ("b3", "codex", "CWE-89")):
            origin = LoggedOrigin(
                kind="agent", evidence="reported", assistant=assistant, model="m", session=f"s-{block}"
            )
            writer.append(Insertion(file="src/a.py", block=block, origin=origin, code=f"{block}()\n"))
            writer.append(
                FindingOpened(
                    fingerprint=f"f-{block}", rule=f"rule-{cwe}", cwe=(cwe,), severity="high", confidence="high",
                    file="src/a.py", line=1, block=block,
                )
            )  # fmt: skip
        for block, by in (("b1", "Ada <a@b.c>"), ("b2", "Bob <b@b.c>")):
            writer.append(Review(file="src/a.py", block=block, decision="approved", by=by))
        writer.append(FindingClosed(fingerprint="f-b1", rule="rule-CWE-89", how="fixed", file="src/a.py", block="b1"))
        writer.flush(60)
        subject = next(item for item in LogReader(log_path(workspace)).reviews() if item.body.block == "b2").record.id
        writer.append(Lapse(subject=subject, of="review", why="rewritten", file="src/a.py", block="b2"))


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--assistant", "codex"],
            "insertion b2, finding-opened b2, insertion b3, finding-opened b3, review b2, lapse b2",
        ),
        (["--assistant", "cursor", "--type", "insertion"], "insertion b1"),
        (["--model", "m", "--session", "s-b3"], "insertion b3, finding-opened b3"),
        (["--model", "other"], ""),
        (["--author", "Ada"], "review b1"),
        (["--author", "b.c"], "review b1, review b2"),
        (["--rule", "rule-CWE-79"], "finding-opened b2"),
        (["--cwe", "89"], "finding-opened b1, finding-opened b3, finding-closed b1"),
        (["--cwe", "cwe-79"], "finding-opened b2"),
        (["--state", "unreviewed"], "insertion b3, finding-opened b3"),
        (["--state", "approved"], "insertion b1, finding-opened b1, review b1, finding-closed b1"),
        (["--state", "lapsed", "--type", "lapse"], "lapse b2"),
        (["--state", "rejected"], ""),
        (["--until", "2001-01-01"], ""),
        (["--limit", "1", "--assistant", "codex"], "lapse b2"),
    ],
)
def test_filters_of_reviewers(arguments, expected):
    entries = shown(*arguments)
    assert ", ".join(f"{entry['type']} {entry['block']}" for entry in entries) == expected


def test_following_shows_what_is_written_later(workspace, log):  # noqa: ARG001 - the log must be there
    command_line = [sys.executable, "-m", "leery", "log", "show", "--follow", "--format", "json", "--type", "gap"]
    with subprocess.Popen(command_line, stdout=subprocess.PIPE, text=True, cwd=workspace) as follower:
        assert json.loads(follower.stdout.readline())["count"] == 2
        with LogWriter(log_path(workspace)) as writer:
            writer.append(Gap(what="client-off", count=41))
            writer.append(Insertion(file="x.py", block="x", origin=LoggedOrigin(kind="paste", evidence="observed")))
            writer.append(Gap(what="client-off", count=42))
        assert [json.loads(follower.stdout.readline())["count"] for _ in range(2)] == [41, 42]
        follower.terminate()
