from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from leery.document import path_to_uri
from leery.git import executable
from leery.provenance import vcs
from leery.provenance.jobs import same_lines
from leery.provenance.origin import Origin
from leery_analyzers.text import TextRange

pytestmark = pytest.mark.skipif(executable() is None, reason="no git")

PASTE = "import os\nos.system('ls -l')\n"


def git(folder, *arguments):
    subprocess.run([executable(), "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-b", "main")
    git(folder, "config", "user.name", "Someone")
    git(folder, "config", "user.email", "someone@example.com")
    (folder / "a.py").write_text("one()\ntwo()\n")
    git(folder, "add", "a.py")
    git(folder, "commit", "-m", "first")
    return folder


class TestCommittedTexts:
    def test_head_and_index(self, repository):
        (repository / "a.py").write_text("staged()\n")
        git(repository, "add", "a.py")
        (repository / "a.py").write_text("neither()\n")
        assert vcs.committed_texts(repository / "a.py") == ["one()\ntwo()\n", "staged()\n"]

    def test_in_a_folder_below(self, repository):
        (repository / "sub").mkdir()
        (repository / "sub" / "ü [x].py").write_text("deep()\n")
        git(repository, "add", ".")
        assert vcs.committed_texts(repository / "sub" / "ü [x].py") == ["deep()\n"]

    def test_a_file_git_does_not_know(self, repository):
        (repository / "new.py").write_text("x\n")
        assert vcs.committed_texts(repository / "new.py") == []

    def test_no_repository(self, tmp_path):
        (tmp_path / "a.py").write_text("x\n")
        assert vcs.committed_texts(tmp_path / "a.py") == []

    def test_a_folder_that_is_gone(self, tmp_path):
        assert vcs.committed_texts(tmp_path / "gone" / "a.py") == []

    def test_bytes_that_are_no_utf8_and_a_byte_order_mark(self, repository):
        (repository / "b.py").write_bytes(b"\xef\xbb\xbfcaf\xe9\n")
        git(repository, "add", "b.py")
        assert vcs.committed_texts(repository / "b.py") == ["caf\udce9\n"]

    def test_git_redirected_by_the_environment_is_not(self, repository, tmp_path, monkeypatch):
        monkeypatch.setenv("GIT_DIR", str(tmp_path))
        assert vcs.committed_texts(repository / "a.py") == ["one()\ntwo()\n"]


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a shell script")
def test_a_hostile_repository_runs_nothing(repository, tmp_path):
    """Every setting that names a program names a trap, and objects are missing so that git would like to fetch."""
    sprung = tmp_path / "sprung"
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\necho \"$0 $*\" > '{sprung}'\nexit 1\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    for name in ("core.fsmonitor", "core.pager", "pager.cat-file", "core.sshCommand", "core.gitProxy", "core.askPass"):
        git(repository, "config", name, str(trap))
    for name in ("filter.x.smudge", "filter.x.clean", "filter.x.process", "diff.x.textconv", "diff.external"):
        git(repository, "config", name, str(trap))
    git(repository, "config", "filter.x.required", "true")
    git(repository, "config", "core.hooksPath", str(tmp_path))
    git(repository, "config", "credential.helper", f"!{trap}")
    git(repository, "config", "alias.cat-file", f"!{trap}")
    git(repository, "config", "remote.origin.url", "ssh://nowhere.invalid/x")
    git(repository, "config", "remote.origin.uploadpack", str(trap))
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "remote.origin.partialclonefilter", "blob:none")
    git(repository, "config", "extensions.partialClone", "origin")
    (repository / ".gitattributes").write_text("*.py filter=x diff=x\n")
    for hook in ("post-index-change", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"):
        (tmp_path / hook).write_text(trap.read_text())
        (tmp_path / hook).chmod(0o755)
    assert vcs.committed_texts(repository / "a.py") == ["one()\ntwo()\n"]
    for path in (repository / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.unlink()
    assert vcs.committed_texts(repository / "a.py") == []
    assert not sprung.exists(), sprung.read_text()
    subprocess.run([executable(), "-C", str(repository), "cat-file", "blob", "HEAD:a.py"], check=False, timeout=20)
    assert sprung.exists(), "the trap does not work, so this test shows nothing"


def test_git_is_taken_from_absolute_folders_only(tmp_path, monkeypatch):
    real = executable()
    fake = tmp_path / ("git.exe" if os.name == "nt" else "git")
    fake.write_text("")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", str(Path(real).parent)]))
    assert executable() == real


class TestSameLines:
    def test_places_of_lines_that_git_has(self):
        assert same_lines("one\ntwo\nthree\n", "one\nnew\nthree\n") == [TextRange(0, 4), TextRange(8, 14)]

    def test_line_endings_do_not_count(self):
        assert same_lines("one\ntwo\n", "one\r\ntwo\rnew") == [TextRange(0, 9)]

    def test_a_last_line_without_ending(self):
        assert same_lines("one\ntwo", "zero\none\ntwo\n") == [TextRange(5, 13)]


class TestTracking:
    def open(self, world, path, text=None):
        uri = path_to_uri(path)
        return uri, world.open(uri, path.read_text() if text is None else text)

    def test_what_git_has_is_its_own_at_first_sight(self, world, repository):
        (repository / "a.py").write_text("one()\nnew()\ntwo()\n")
        uri, result = self.open(world, repository / "a.py")
        assert world.runs(uri) == [("one()\nnew()\ntwo()\n", "")]
        world.tracker.settle(result)
        assert world.runs(uri) == [("one()\n", "vcs"), ("new()\n", ""), ("two()\n", "vcs")]

    def test_edits_meanwhile_are_kept(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        outcome = result.jobs[0].run()
        world.change((3, 3, "x"), uri=uri)
        world.change((0, 0, PASTE), uri=uri)
        world.tracker.finish(result.jobs[0], outcome)
        assert world.runs(uri) == [(PASTE, "b1"), ("one", "vcs"), ("x", "typed"), ("()\ntwo()\n", "vcs")]

    def test_a_checkout_under_an_open_file(self, world, repository):
        git(repository, "checkout", "-b", "other")
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        git(repository, "commit", "-am", "second")
        git(repository, "checkout", "main")
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        git(repository, "checkout", "other")
        result = world.change((6, 6, PASTE), uri=uri)
        assert [block.origin.kind for block in result.created] == ["unknown"]
        done = world.tracker.settle(result)
        assert world.runs(uri) == [("one()\n" + PASTE + "two()\n", "vcs")]
        assert done[-1].removed == ("b1",)

    def test_a_write_from_outside_into_an_open_file(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        result = world.change((6, 6, PASTE), uri=uri)
        done = world.tracker.settle(result)
        assert world.runs(uri) == [("one()\n", "vcs"), (PASTE, "b1"), ("two()\n", "vcs")]
        assert world.tracker.block("b1").origin == Origin("disk", "observed")
        assert [old.kind for _, old in done[-1].reattributed] == ["unknown"]

    def test_saving_a_paste_makes_it_no_write_from_outside(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        result = world.change((6, 6, PASTE), uri=uri)
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        world.time += 0.1
        world.tracker.saved(uri)
        world.tracker.settle(result)
        assert world.tracker.block("b1").origin == Origin("unknown", "inferred")

    def test_a_hint_meanwhile_is_better_evidence(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        result = world.change((6, 6, PASTE), uri=uri)
        outcome = result.jobs[0].run()
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        world.hint((6, 6 + len(PASTE)), uri=uri, kind="agent", text=PASTE)
        world.tracker.finish(result.jobs[0], outcome)
        assert world.tracker.block("b1").origin == Origin("agent", "observed")

    def test_a_branch_switched_while_the_file_was_closed(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        world.change((6, 6, PASTE), uri=uri)
        world.tracker.close(uri)
        (repository / "a.py").write_text("one()\nthree_thousand()\ntwo()\n")
        git(repository, "commit", "-am", "second")
        (repository / "a.py").write_text("one()\nthree_thousand()\nsmuggled()\ntwo()\n")
        _, result = self.open(world, repository / "a.py")
        done = world.tracker.settle(result)
        assert world.runs(uri) == [
            ("one()\nthree_thousand()\n", "vcs"),
            ("smuggled()\n", "b2"),
            ("two()\n", "vcs"),
        ]
        assert world.tracker.block("b2").origin == Origin("disk", "observed")
        assert world.tracker.block("b2").inserted == len("smuggled()\n")
        assert [(one.block, one.count) for one in done[0].lost] == [("b1", len(PASTE))]

    def test_a_checkout_that_ends_after_the_editor_has_reloaded(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        world.tracker.settle(world.change((6, 6, PASTE), uri=uri))
        assert world.tracker.block("b1").origin.kind == "disk"
        git(repository, "commit", "-am", "second")
        (job,) = world.tracker.recheck(uri)
        world.tracker.finish(job, job.run())
        assert world.runs(uri) == [("one()\n" + PASTE + "two()\n", "vcs")]

    def test_saving_and_committing_a_new_block_does_not_tell_where_it_came_from(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        world.tracker.settle(world.change((6, 6, PASTE), uri=uri))
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        world.time += 2
        world.wall += 2
        world.tracker.saved(uri)
        git(repository, "commit", "-am", "second")
        (job,) = world.tracker.recheck(uri)
        world.tracker.finish(job, job.run())
        assert world.runs(uri) == [("one()\n", "vcs"), (PASTE, "b1"), ("two()\n", "vcs")]
        assert world.tracker.block("b1").origin == Origin("unknown", "inferred")

    def test_committing_an_old_block_does_not_tell_where_it_came_from(self, world, repository):
        uri, result = self.open(world, repository / "a.py")
        world.tracker.settle(result)
        world.tracker.settle(world.change((6, 6, PASTE), uri=uri))
        (repository / "a.py").write_text("one()\n" + PASTE + "two()\n")
        git(repository, "commit", "-am", "second")
        world.wall += 60
        (job,) = world.tracker.recheck(uri)
        world.tracker.finish(job, job.run())
        assert world.runs(uri) == [("one()\n", "vcs"), (PASTE, "b1"), ("two()\n", "vcs")]
        assert world.tracker.block("b1").origin == Origin("unknown", "inferred")
