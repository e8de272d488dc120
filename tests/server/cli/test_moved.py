"""Blocks of files that were moved by a shell: found again by scan, blame and review in what the files hold."""

import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from tests.server.cli.terminal import FAST, PROMPT, Terminal
from tests.server.cli.test_review import CALM, SHELL, TYPED, record, reviews, store_of, stored, workspace

from leery.cli import group

__all__ = ["workspace"]
OTHER = "import sys\n\n\ndef third(arguments):\n    return [one for one in arguments if one in sys.argv]\n"


def run(*arguments):
    return CliRunner().invoke(group, [*arguments])


def found(*arguments):
    """Status, and file and line of what a scan for assistants' code finds, and what it says."""
    done = run("scan", ".", *FAST, "--origin", "assistant", "--format", "json", *arguments)
    data = json.loads(done.stdout)
    places = [(item["file"], item["range"]["start"]["line"]) for item in data["findings"]]
    return done.exit_code, places, [item["message"] for item in data["notices"]]


def waiting():
    done = run("review", *FAST, "--format", "json")
    return done.exit_code, [(item["file"], item["block"], item["lines"]) for item in json.loads(done.stdout)]


def lines_of(block, file):
    """The lines in which something is a block's."""
    shown = json.loads(run("blame", file, "--format", "json").stdout)
    return [line["line"] for line in shown if block in [span["block"] for span in line["spans"]]]


def commit(folder):
    subprocess.run(["git", "-C", str(folder), "add", "-A"], check=True)
    subprocess.run(["git", "-C", str(folder), "commit", "-qm", "x"], check=True)


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_moved_file_keeps_its_blocks(workspace, is_committed):
    (block,) = record(workspace, "a.py", SHELL)
    (workspace / "other.py").write_text(OTHER)
    if is_committed:
        commit(workspace)
    (workspace / "in").mkdir()
    (workspace / "a.py").rename(workspace / "in" / "moved.py")
    if is_committed:
        commit(workspace)
    assert found() == (1, [("in/moved.py", 9)], [])
    assert waiting() == (1, [("in/moved.py", block, [[8, 11]])])
    assert lines_of(block, "in/moved.py") == [8, 9]


def test_a_file_moved_and_changed_is_the_one_most_like_it(workspace):
    (block,) = record(workspace, "a.py", SHELL)
    text = (workspace / "a.py").read_text()
    (workspace / "a.py").unlink()
    (workspace / "typed.py").write_text(TYPED + OTHER * 3)
    (workspace / "less.py").write_text("# a head\n" + text + OTHER)
    (workspace / "most.py").write_text("# a head\n" + text)
    assert waiting() == (1, [("most.py", block, [[9, 12]])])
    assert lines_of(block, "less.py") == []
    assert found()[1] == [("most.py", 10)]


def test_a_block_that_went_into_a_larger_file_is_found(workspace):
    (block,) = record(workspace, "a.py", SHELL)
    (workspace / "a.py").unlink()
    (workspace / "larger.py").write_text(OTHER * 10 + SHELL)
    assert [item[:2] for item in waiting()[1]] == [("larger.py", block)]


def test_a_copy_and_a_file_that_others_know_are_nobodys(workspace):
    (block,) = record(workspace, "a.py", SHELL)
    shutil.copy(workspace / "a.py", workspace / "copy.py")
    assert lines_of(block, "copy.py") == []
    record(workspace, "b.py", CALM)
    shutil.copy(workspace / "a.py", workspace / "b.py")
    (workspace / "a.py").unlink()
    (workspace / "copy.py").unlink()
    assert lines_of(block, "b.py") == []
    assert waiting() == (3, [])


def test_many_files_moved_with_their_folder(workspace):
    (workspace / "src").mkdir()
    blocks = {}
    for number in range(12):
        (block,) = record(workspace, f"src/m{number}.py", SHELL.replace("other", f"other{number}"))
        blocks[f"lib/m{number}.py"] = block
    (workspace / "src").rename(workspace / "lib")
    assert {item[0]: item[1] for item in waiting()[1]} == blocks


def test_a_decision_about_a_moved_block_is_kept(workspace):
    (block,) = record(workspace, "a.py", SHELL)
    (workspace / "a.py").rename(workspace / "moved.py")
    with Terminal() as terminal:
        assert "1/1  moved.py:8-" in terminal.until(PROMPT)
        terminal.press("a")
        assert terminal.end()[0] == 0
    assert [(one.file, one.block, one.decision) for one in reviews(workspace)] == [("moved.py", block, "approved")]
    assert stored(workspace, "a.py")[block].decision == "approved"
    assert waiting() == (0, [])


GONE = "Files with recorded blocks are gone and found nowhere else: "


def said():
    """Status and words of a scan and of a review, which must be the same."""
    status, places, messages = found()
    done = run("review", *FAST, "--list")
    assert (done.exit_code, done.stderr.splitlines()) == (status, [f"leery: {one}" for one in messages])
    assert (places, done.stdout) == ([], "0 blocks wait for review.\n")
    return status, messages


def test_a_file_that_is_gone_is_told_of_until_git_knows_that_it_was_deleted(workspace):
    record(workspace, "a.py", SHELL, CALM)
    record(workspace, "b.py", CALM)
    commit(workspace)
    assert found()[0] == 1
    for name in ("a.py", "b.py"):
        (workspace / name).unlink()
    (workspace / "unlike.py").write_text(OTHER)
    assert said() == (3, [f"{GONE}a.py (2 blocks), b.py (1 block). If they were deleted, commit that."])
    assert run("scan", "unlike.py", *FAST, "--origin", "assistant").exit_code == 0
    commit(workspace)
    assert said() == (0, ["Files with recorded blocks were deleted: a.py (2 blocks), b.py (1 block)."])


def test_where_there_is_no_git_erasing_is_the_way_to_say_that_a_file_was_deleted(workspace):
    (block,) = record(workspace, "a.py", SHELL)
    shutil.rmtree(workspace / ".git")
    (workspace / "leery.toml").touch()
    (workspace / "a.py").unlink()
    advice = "If they were deleted, `leery log erase --block` forgets their blocks."
    status, _, messages = found()
    assert (status, messages) == (3, [f"{GONE}a.py (1 block). {advice}"])
    store = store_of(workspace)
    assert store.erase([block])
    store.close()
    assert found()[0] == 0


def test_an_empty_repository_has_deleted_nothing(workspace):
    for number in range(7):
        record(workspace, f"{number}.py", CALM.replace("calm", f"calm{number}"))
    for file in workspace.glob("*.py"):
        file.unlink()
    names = ", ".join(f"{number}.py (1 block)" for number in range(5))
    assert said() == (3, [f"{GONE}{names} and 2 more. If they were deleted, commit that."])
