"""``leery review`` as a person and as a script runs it: what waits, what a decision leaves, what cannot be decided."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.server.cli.terminal import FAST, PROMPT, Terminal, bare
from tests.unprivileged import unprivileged

from leery.cli import group
from leery.document import Document, path_to_uri
from leery.log.reader import LogReader
from leery.paths import log_path, private_folder, state_path, user_config_path
from leery.provenance.hints import Hint, at
from leery.provenance.origin import Origin
from leery.provenance.store import Store
from leery.provenance.tracker import Tracker
from leery_analyzers.text import Text, TextEdit, TextRange

TYPED = "import subprocess\n\n\ndef mine(name):\n    subprocess.call(name, shell=True)\n\n\n"
EVIL = 'def theirs(x):\n    """Ä😀 \x1b]0;owned\x07\x9b2J\u202e"""\n    return eval(x)\n\n\n'
SHELL = "def other(command):\n    subprocess.call(command, shell=True)\n\n\n"
CALM = "def calm():\n    return 1\n"
ORIGIN = Origin("agent", "reported", "claude-code", "opus\x1b[31m", "s-1", "p-1")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for key, value in {"NAME": "Ada", "EMAIL": "ada@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{key}", value)
    folder = (tmp_path / "workspace").resolve()
    folder.mkdir()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "config", "user.name", "Ada"], check=True)
    subprocess.run(["git", "-C", str(folder), "config", "user.email", "ada@example.org"], check=True)
    monkeypatch.chdir(folder)
    return folder


def store_of(workspace):
    return Store(private_folder(state_path(workspace)), workspace, lambda notice: pytest.fail(notice.message))


def record(workspace, name, *pieces):
    """What a server keeps when an assistant puts pieces at the end of a file that held `TYPED`; their blocks."""
    file = workspace / name
    uri = path_to_uri(file)
    tracker = Tracker()
    tracker.settle(tracker.open(Document(uri, 1, "python", Text(TYPED))))
    text = TYPED
    for version, piece in enumerate(pieces, 2):
        place = TextRange(len(text), len(text) + len(piece))
        tracker.hint(Hint(uri, version, at(place), ORIGIN, None))
        tracker.settle(tracker.change(uri, version, [TextEdit(len(text), len(text), piece)]))
        text += piece
    store = store_of(workspace)
    store.save(tracker.snapshot(uri), 0)
    store.close()
    file.write_text(text, encoding="utf-8")
    return [view.block.id for view in tracker.blocks(uri)]


def listed(*arguments):
    done = CliRunner().invoke(group, ["review", *FAST, "--format", "json", *arguments])
    return done.exit_code, json.loads(done.stdout)


def reviews(workspace):
    return [record.body for record in LogReader(log_path(workspace)).records() if record.type == "review"]


def stored(workspace, name):
    store = store_of(workspace)
    saved = store.load(path_to_uri(workspace / name))
    store.close()
    return {block.id: block.review for block in saved.snapshot.blocks}


def test_what_waits_is_listed_with_its_place_origin_and_findings(workspace):
    first, second, _ = record(workspace, "a.py", EVIL, SHELL, CALM)
    code, (evil, shell) = listed()
    assert code == 1
    assert (evil["block"], evil["file"], evil["lines"], evil["state"]) == (first, "a.py", [[8, 12]], "unreviewed")
    assert evil["origin"] == ORIGIN.to_json()
    assert [(one["rule"], one["line"], one["cwe"][0]) for one in evil["findings"]] == [
        ("hidden-unicode", 9, "CWE-1007"),
        ("code-eval", 10, "CWE-95"),
    ]
    assert (shell["block"], [(one["line"], one["cwe"][0]) for one in shell["findings"]]) == (second, [(14, "CWE-78")])
    assert not log_path(workspace).exists()


def test_nothing_waits_where_nothing_was_recorded(workspace):
    (workspace / "a.py").write_text(TYPED + EVIL, encoding="utf-8")
    assert listed() == (0, [])
    done = CliRunner().invoke(group, ["review", "--list"])
    assert (done.exit_code, done.stdout) == (0, "0 blocks wait for review.\n")


def test_what_is_wrong_with_settings_and_models_is_told(workspace, tmp_path):
    record(workspace, "a.py", SHELL)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "m.toml").write_text('language = "python"\nsinks = [3]\n')
    user_config_path().parent.mkdir(parents=True, exist_ok=True)
    user_config_path().write_text(f"scoope = 1\nrules.folders = [{json.dumps(str(rules))}]\n")
    done = CliRunner().invoke(group, ["review", "--list", *FAST])
    assert done.exit_code == 2
    assert done.stdout.endswith("1 block waits for review.\n")
    assert done.stderr == (
        f"leery: {user_config_path()}:1: scoope is not a setting; did you mean scope?\n"
        "leery: the model m.toml is left out: m.toml: entry 1 of sinks: it must be a table, not 3\n"
    )


@pytest.mark.slow
def test_only_below_the_paths_and_only_what_is_still_there(workspace):
    (workspace / "in").mkdir()
    record(workspace, "in/a.py", SHELL)
    record(workspace, "b.py", SHELL)
    (gone,) = record(workspace, "c.py", EVIL)
    (workspace / "c.py").write_text(TYPED)
    assert [item["file"] for item in listed("in")[1]] == ["in/a.py"]
    assert [item["file"] for item in listed()[1]] == ["b.py", "in/a.py"]
    assert gone in stored(workspace, "c.py")


def close(file):
    file.chmod(0)


def grow(file):
    file.write_bytes(file.read_bytes() + b"#" * 10_000_001)


def spoil(file):
    file.write_bytes(file.read_bytes() + b"\0")


@pytest.mark.parametrize(
    ("hide", "why"),
    [
        (spoil, "The file is not text: not analysed."),
        (grow, "Larger than 10,000,000 bytes: not analysed."),
        pytest.param(
            close,
            "Cannot be read (Permission denied): not analysed.",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX modes"),
        ),
    ],
)
def test_a_file_with_blocks_that_cannot_be_read_is_no_clean_bill(workspace, hide, why):
    record(workspace, "a.py", SHELL)
    hide(workspace / "a.py")
    with unprivileged():
        done = CliRunner().invoke(group, ["review", *FAST, "--list"])
    assert (done.exit_code, done.stderr) == (3, f"leery: a.py: {why}\n")


def test_a_block_on_a_line_too_long_for_analysis_is_no_clean_bill(workspace):
    record(workspace, "a.py", SHELL)
    file = workspace / "a.py"
    file.write_text(file.read_text().replace("def other(command):", "def other(command):" + " " * 250_000 + "#"))
    done = CliRunner().invoke(group, ["review", *FAST, "--list"])
    assert (done.exit_code, done.stdout) == (3, "0 blocks wait for review.\n")
    assert "leery: a.py: Not analysed: more than" in done.stderr


def test_a_walk_needs_a_terminal(workspace):
    record(workspace, "a.py", SHELL)
    done = CliRunner().invoke(group, ["review"])
    assert done.exit_code == 2
    assert "a walk needs a terminal" in done.output


def test_approving_and_rejecting_in_a_terminal(workspace):
    first, second, _ = record(workspace, "a.py", EVIL, SHELL, CALM)
    with Terminal() as terminal:
        shown = bare(terminal.until(PROMPT))
        assert "1/2  a.py:8-12" in shown
        assert "agent · reported · claude-code · opus<U+001B>[31m" in shown
        assert "10 ! " in shown
        assert ' 9 !     """Ä😀 <U+001B>]0;owned<U+0007><U+009B>2J<U+202E>"""' in shown
        assert re.search(r"high code-eval CWE-95\S*( CWE-\d+)*  line 10", shown)
        terminal.press("?")
        assert "approve: you have read it" in terminal.until(PROMPT)
        terminal.press("a")
        assert "2/2  a.py:13-" in bare(terminal.until(PROMPT))
        terminal.press("r")
        terminal.until("Note")
        terminal.type("no shell, please")
        code, last = terminal.end()
    assert code == 0
    assert "1 approved, 1 rejected." in last
    assert "\x1b]0" not in terminal.seen
    assert "\x9b" not in terminal.seen
    assert "\u202e" not in terminal.seen
    approved, rejected = reviews(workspace)
    assert (approved.file, approved.block, approved.decision, approved.note) == ("a.py", first, "approved", None)
    assert (rejected.block, rejected.decision, rejected.note) == (second, "rejected", "no shell, please")
    assert approved.by == rejected.by == "Ada <ada@example.org>"
    kept = stored(workspace, "a.py")
    assert (kept[first].decision, kept[first].hashes) == ("approved", (approved.content,))
    assert (kept[second].decision, kept[second].note) == ("rejected", "no shell, please")
    assert listed() == (0, [])


@pytest.mark.slow
def test_what_was_decided_lapses_when_the_block_is_rewritten(workspace):
    record(workspace, "a.py", SHELL)
    with Terminal() as terminal:
        terminal.until(PROMPT)
        terminal.press("a")
        assert terminal.end()[0] == 0
    file = workspace / "a.py"
    file.write_text(file.read_text().replace("command", "arguments"))
    code, (item,) = listed()
    assert (code, item["state"]) == (1, "lapsed")


def test_moving_skipping_and_quitting_decide_nothing(workspace):
    record(workspace, "a.py", EVIL, SHELL)
    with Terminal() as terminal:
        terminal.until(PROMPT)
        for key, wanted in (("n", "2/2"), ("n", "No next"), ("p", "1/2"), ("p", "No previous"), ("s", "2/2")):
            terminal.press(key)
            assert wanted in bare(terminal.until(PROMPT))
        terminal.press("q")
        code, last = terminal.end()
    assert code == 0
    assert "1 skipped, 1 undecided." in last
    assert not log_path(workspace).exists()


@pytest.mark.slow
def test_a_block_that_changed_meanwhile_is_shown_again_instead_of_decided(workspace):
    (block,) = record(workspace, "a.py", SHELL)
    file = workspace / "a.py"
    with Terminal() as terminal:
        terminal.until(PROMPT)
        file.write_text(file.read_text().replace("other(command)", "other(command, more)"))
        terminal.press("a")
        shown = bare(terminal.until(PROMPT))
        assert "The block has changed since it was shown; nothing is recorded." in shown
        assert "+ def other(command, more):" in shown
        assert not log_path(workspace).exists()
        terminal.press("a")
        assert terminal.end()[0] == 0
    assert [one.block for one in reviews(workspace)] == [block]


@pytest.mark.slow
def test_a_block_mended_in_the_editor_waits_no_more(workspace):
    record(workspace, "a.py", SHELL)
    editor = workspace.parent / "an editor"
    editor.write_text('#!/bin/sh\nsed -i s/shell=True/shell=False/ "$1"\n')
    editor.chmod(0o700)
    with Terminal(env={"EDITOR": f"'{editor}'", "VISUAL": ""}) as terminal:
        terminal.until(PROMPT)
        terminal.press("e")
        code, last = terminal.end()
    assert code == 0
    assert "1 of its blocks need no review any more." in last
    assert "shell=False" in (workspace / "a.py").read_text()
    assert not log_path(workspace).exists()


@pytest.mark.parametrize("editor", ["'", "/nowhere/at all"])
def test_an_editor_that_does_not_start_ends_nothing(workspace, editor):
    record(workspace, "a.py", SHELL)
    with Terminal(env={"EDITOR": editor, "VISUAL": ""}) as terminal:
        terminal.until(PROMPT)
        terminal.press("e")
        assert "The editor cannot be started" in terminal.until(PROMPT)
        terminal.press("q")
        assert terminal.end()[0] == 0
