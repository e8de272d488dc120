import os
import shutil
import sys

import pytest
from tests.server.cli.samples import Repository
from tests.unprivileged import unprivileged

from leery import git
from leery.batch.discover import Discovery

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def names(base, *paths, excluded=lambda _root, _name: False):
    sources, notices = Discovery(base, excluded).collect(paths)
    return [source.name for source in sources], [notice.message for notice in notices]


@pytest.fixture(params=["git", "walk"])
def tree(request, tmp_path):
    """The same tree with and without git."""
    folder = tmp_path / "tree"
    if request.param == "git":
        Repository(folder)
    folder.mkdir(exist_ok=True)
    return folder


def plant(folder, *files):
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")


def test_files_come_by_name_with_their_language(tree):
    files = {
        "b.py": "python",
        "a/x.PY": "python",
        "a/x.js": "javascript",
        "a/x.jsx": "javascriptreact",
        "a/x.mts": "typescript",
        "a/x.tsx": "typescriptreact",
        "A.java": "java",
        "p.cs": "csharp",
        "m.go": "go",
        "stub.pyi": "python",
        "requirements.txt": "pip-requirements",
        "web/package.json": "json",
        "README.md": "markdown",
    }
    plant(tree, *files, "notes.md", "Makefile", "noext")
    sources, notices = Discovery(tree).collect([tree])
    assert [source.name for source in sources] == sorted(files)
    assert {source.name: source.language for source in sources} == files
    assert notices == []


def test_ignored_files_are_left_out_unless_named(repository):
    plant(repository.folder, "a.py", "build/b.py", "new.py", "tracked.py", "sub/.hidden.py")
    repository.write(".gitignore", "build/\ntracked.py\n")
    repository.git("add", "--force", "a.py", "tracked.py")
    assert names(repository.folder, repository.folder)[0] == ["a.py", "new.py", "sub/.hidden.py", "tracked.py"]
    assert names(repository.folder, repository.folder / "sub")[0] == ["sub/.hidden.py"]
    assert names(repository.folder, repository.folder / "build" / "b.py")[0] == ["build/b.py"]


def test_excluded_files_are_left_out_unless_named(tree):
    plant(tree, "a.py", "vendor/b.py")
    assert names(tree, tree, excluded=lambda _root, name: name.startswith("vendor/"))[0] == ["a.py"]
    assert names(tree, tree / "vendor" / "b.py", excluded=lambda _root, _name: True)[0] == ["vendor/b.py"]


def test_without_git_packages_and_environments_are_left_out(tmp_path):
    plant(tmp_path, "a.py", "node_modules/b.js", "env/lib/c.py", ".git/d.py", "x/__pycache__/e.py", "venv/f.py")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    assert names(tmp_path, tmp_path)[0] == ["a.py", "venv/f.py"]


def test_a_file_is_scanned_once(tree):
    plant(tree, "a/x.py")
    assert names(tree, tree, tree / "a", tree / "a" / "x.py", tree / "a" / ".." / "a")[0] == ["a/x.py"]


@posix
def test_links_are_not_followed(tree, tmp_path):
    plant(tmp_path / "outside", "secret.py", "deep/secret.py")
    plant(tree, "a.py")
    (tree / "file.py").symlink_to(tmp_path / "outside" / "secret.py")
    (tree / "folder").symlink_to(tmp_path / "outside")
    (tree / "loop").symlink_to(tree)
    assert names(tree, tree) == (["a.py"], ["1 symbolic link was not followed."])
    assert names(tree, tree / "file.py")[0] == ["file.py"]


@posix
def test_an_index_that_names_what_lies_behind_a_link_is_not_believed(repository, tmp_path):
    plant(tmp_path / "outside", "secret.py")
    plant(repository.folder, "folder/secret.py", "a.py")
    repository.commit()
    shutil.rmtree(repository.folder / "folder")
    (repository.folder / "folder").symlink_to(tmp_path / "outside")
    assert "folder/secret.py" in git.listed_files(repository.folder)
    assert names(repository.folder, repository.folder) == (["a.py"], ["1 symbolic link was not followed."])


@posix
def test_deleted_files_pipes_and_folders_with_a_suffix_are_no_files(repository):
    plant(repository.folder, "gone.py", "folder.py/x.py")
    repository.commit()
    (repository.folder / "gone.py").unlink()
    os.mkfifo(repository.folder / "pipe.py")
    assert names(repository.folder, repository.folder) == (["folder.py/x.py"], [])


def test_repositories_inside_are_scanned_by_their_own_rules(repository, tmp_path):
    library = Repository(tmp_path / "library")
    library.write("lib.py", "x = 1\n")
    library.write("out/made.py", "x = 1\n")
    library.write(".gitignore", "out/\n")
    library.commit()
    plant(repository.folder, "a.py")
    repository.commit()
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.folder), "sub")
    plant(repository.folder, "sub/out/made.py")
    shutil.copytree(library.folder, repository.folder / "copy")
    assert names(repository.folder, repository.folder)[0] == ["a.py", "copy/lib.py", "sub/lib.py"]


def test_names_outside_the_base_are_absolute(tmp_path):
    plant(tmp_path, "here/a.py", "there/b.py")
    found, _ = names(tmp_path / "here", tmp_path / "there", tmp_path / "here")
    assert found == [(tmp_path / "there" / "b.py").as_posix(), "a.py"]


@posix
def test_a_folder_that_cannot_be_read_is_told(tmp_path):
    plant(tmp_path, "closed/a.py", "b.py")
    (tmp_path / "closed").chmod(0)
    try:
        with unprivileged():
            assert names(tmp_path, tmp_path) == (["b.py"], ["The folder closed cannot be read: Permission denied."])
    finally:
        (tmp_path / "closed").chmod(0o700)


@posix
@pytest.mark.parametrize("tracked", [True, False])
def test_a_folder_of_a_repository_that_cannot_be_read_is_told(tmp_path, tracked):
    repository = Repository(tmp_path / "work")
    plant(repository.folder, "closed/a.py", "closed/deep/c.py", "b.py")
    if tracked:
        repository.commit()
    (repository.folder / "closed").chmod(0)
    try:
        with unprivileged():
            found, told = names(repository.folder, repository.folder)
    finally:
        (repository.folder / "closed").chmod(0o700)
    assert found == ["b.py"]
    assert "The folder closed cannot be read: Permission denied." in told
    assert {message.partition(" cannot")[0] for message in told} <= {"The folder closed", "The folder closed/deep"}


def test_a_repository_that_git_refuses_is_walked_and_told(tmp_path):
    plant(tmp_path, "a.py", "build/b.py")
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / ".git").mkdir()
    found, messages = names(tmp_path, tmp_path)
    assert found == ["a.py", "build/b.py"]
    (message,) = messages
    assert message.startswith("Ignored files of . are scanned too, because git fails: ")


@posix
def test_odd_names_come_through(tree):
    odd = ["new\nline.py", " space .py", "-rf.py", "x\udcff.py", "*.py", "ä.py"]
    plant(tree, *odd)
    assert names(tree, tree)[0] == sorted(odd)


@posix
def test_nothing_a_repository_configures_is_run(repository, tmp_path):
    marker = tmp_path / "executed"
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\necho x >> {marker}\ncat\n")
    hook.chmod(0o755)
    plant(repository.folder, "a.py")
    repository.write(".gitattributes", "*.py filter=evil diff=evil\n")
    commit = repository.commit()
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.alternateRefsCommand",
        "core.editor",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
    ):
        repository.git("config", key, str(hook))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(hook, hooks / name)
    repository.git("config", "core.hooksPath", str(hooks))
    marker.unlink(missing_ok=True)
    (repository.folder / "a.py").write_text("y = 2\n")
    assert git.listed_files(repository.folder) == [".gitattributes", "a.py"]
    assert git.resolve_commit(repository.folder, "HEAD") == commit
    blobs = git.tree_blobs(repository.folder, commit)
    assert git.read_blobs(repository.folder, [blobs["a.py"]]) == {blobs["a.py"]: b"x = 1\n"}
    assert not marker.exists()


def test_a_partial_clone_is_not_completed_by_its_own_program(repository, tmp_path):
    marker = tmp_path / "executed"
    helper = tmp_path / "helper"
    helper.write_text(f"#!/bin/sh\ntouch {marker}\n")
    helper.chmod(0o755)
    plant(repository.folder, "a.py")
    commit = repository.commit()
    blob = git.tree_blobs(repository.folder, commit)["a.py"]
    repository.git("config", "remote.origin.url", f"ext::{helper} %S")
    repository.git("config", "remote.origin.promisor", "true")
    repository.git("config", "extensions.partialClone", "origin")
    repository.git("config", "core.repositoryFormatVersion", "1")
    repository.git("config", "protocol.ext.allow", "always")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    try:
        contents = git.read_blobs(repository.folder, [blob])
    except git.GitError:
        contents = {}
    assert contents == {}
    assert not marker.exists()


@posix
def test_git_is_found_behind_a_folder_that_may_not_be_entered(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir(mode=0)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "closed"), os.environ["PATH"]]))
    with unprivileged():
        assert git.executable() == shutil.which("git")


def test_git_is_not_found_through_the_current_folder(tmp_path, monkeypatch):
    fake = tmp_path / ("git.exe" if sys.platform == "win32" else "git")
    fake.write_text("")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "relative"]))
    assert git.executable() is None
    with pytest.raises(git.GitError, match="not installed"):
        git.run(tmp_path, "--version")
