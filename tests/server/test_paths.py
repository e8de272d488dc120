"""Where a workspace begins, and the folders that only its user may enter."""

import os
import stat
from pathlib import Path

import pytest

from leery import paths
from leery.paths import UnsafeFolderError, check_private, private_folder, relative_name, workspace_id, workspace_root


@pytest.fixture
def tree(tmp_path):
    deep = tmp_path / "top" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "x.py").touch()
    return tmp_path / "top"


def git_folder(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n")


def test_the_git_top_level_wins(tree):
    git_folder(tree)
    (tree / "a" / "leery.toml").touch()
    assert workspace_root(tree / "a" / "b" / "x.py") == tree.resolve()
    assert workspace_root(tree / "a" / "b") == tree.resolve()
    assert workspace_root(tree / "a" / "missing.py") == tree.resolve()


def test_the_innermost_git_top_level_wins_and_may_be_a_file(tree):
    git_folder(tree)
    (tree / "a" / ".git").write_text("gitdir: ../.git/worktrees/a\n")
    assert workspace_root(tree / "a" / "b" / "x.py") == (tree / "a").resolve()


def test_what_only_looks_like_git_is_passed_by(tree):
    git_folder(tree)
    (tree / "a" / ".git").mkdir()
    (tree / "a" / "b" / ".git").write_text("something else")
    assert workspace_root(tree / "a" / "b" / "x.py") == tree.resolve()


def test_else_the_folder_with_settings_else_the_folder_itself(tree):
    assert workspace_root(tree / "a" / "b" / "x.py") == (tree / "a" / "b").resolve()
    (tree / "leery.toml").touch()
    assert workspace_root(tree / "a" / "b" / "x.py") == tree.resolve()


def test_links_lead_to_one_workspace(tree, tmp_path):
    git_folder(tree)
    link = tmp_path / "link"
    link.symlink_to(tree, target_is_directory=True)
    assert workspace_root(link / "a") == tree.resolve()
    assert workspace_id(link) == workspace_id(tree)
    assert workspace_id(tree) != workspace_id(tree / "a")
    assert relative_name(tree, link / "a" / "b" / "x.py") == "a/b/x.py"


def test_an_id_is_the_same_in_every_process():
    name = workspace_id(Path("/no/such/place"))
    assert len(name) == 32
    if os.name == "posix":
        assert name == "19d2e6097cf8790c6bcba7714c5eba55"


def test_a_circle_of_links_is_no_error(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert workspace_root(tmp_path / "loop") == tmp_path.resolve()
    assert relative_name(tmp_path, Path("/elsewhere")) is None


def test_xdg_variables_are_honoured_when_absolute(monkeypatch, tmp_path):
    for kind in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    assert paths.state_path(tmp_path) == tmp_path / "STATE" / "leery" / workspace_id(tmp_path)
    assert paths.log_path(tmp_path) == paths.state_path(tmp_path) / "log.db"
    assert paths.cache_path() == tmp_path / "CACHE" / "leery"
    assert paths.user_config_path() == tmp_path / "CONFIG" / "leery" / "leery.toml"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert paths.cache_path().is_absolute()
    assert paths.cache_path().name == "leery"


posix = pytest.mark.skipif(os.name == "nt", reason="modes and owners are those of POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_private_folders_are_made_with_their_mode_whatever_the_mask(tmp_path):
    before = os.umask(0)
    try:
        private_folder(tmp_path / "base" / "leery" / "w")
    finally:
        os.umask(before)
    assert [mode(tmp_path / "base" / part) for part in ("leery", "leery/w")] == [0o700, 0o700]


@posix
def test_loose_modes_are_tightened_but_only_on_own_folders(tmp_path):
    folder = tmp_path / "base" / "leery" / "w"
    folder.mkdir(parents=True)
    for part in (folder, folder.parent, folder.parent.parent):
        part.chmod(0o755)
    private_folder(folder)
    assert [mode(part) for part in (folder, folder.parent, folder.parent.parent)] == [0o700, 0o700, 0o755]


@pytest.mark.parametrize("planted", ["leery", "leery/w"])
def test_a_planted_link_is_refused(tmp_path, planted):
    target = tmp_path / "target"
    target.mkdir(mode=0o755)
    place = tmp_path / planted
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(target, target_is_directory=True)
    for act in (private_folder, check_private):
        with pytest.raises(UnsafeFolderError, match=r"symbolic link.*Remove it"):
            act(tmp_path / "leery" / "w")
    assert list(target.iterdir()) == []


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "leery").write_text("x")
    with pytest.raises(UnsafeFolderError, match="not a folder"):
        private_folder(tmp_path / "leery" / "w")


@posix
def test_a_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    private_folder(tmp_path / "leery" / "w")
    monkeypatch.setattr(os, "geteuid", lambda: 4_294_000_000)
    with pytest.raises(UnsafeFolderError, match="another user"):
        private_folder(tmp_path / "leery" / "w")


def test_checking_makes_nothing(tmp_path):
    check_private(tmp_path / "leery" / "w")
    assert list(tmp_path.iterdir()) == []
