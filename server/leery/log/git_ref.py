"""Checkpoints in the repository, under `REF`: a push carries them away, to where the log's owner cannot change them.

Each is a file in the tree of the ref's commit, named after the log and its size; older ones stay, so that whoever has
any state of the ref can hold the log against it. Must not know how a log is read or signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery import git
from leery.git import GitError
from leery.log.checkpoint import parse

if TYPE_CHECKING:
    from pathlib import Path

REF = "refs/leery/checkpoints"
_COMMIT = REF + "^{commit}"
_ALL = "refs/leery/"
_ATTEMPTS = 5
_MODE = "100644 blob"


def store(root: Path, note: str) -> str:
    """Keep a checkpoint in the repository of `root`; gives the ref's commit.

    Raises:
        GitError: there is no repository, or it cannot be written.
    """
    point = parse(note).checkpoint
    name = f"{point.origin.rpartition('/')[2]}-{point.size}"
    blob = _word(git.run(root, "hash-object", "-w", "--stdin", stdin=note.encode()))
    for _ in range(_ATTEMPTS):
        before = git.find_ref(root, _COMMIT)
        files = _files(root, before) if before else {}
        if before and files.get(name) == blob:
            return before
        commit = _committed(root, {**files, name: blob}, before, point.size)
        try:
            git.run(root, "update-ref", "-m", "leery log checkpoint", REF, commit, before or "0" * len(commit))
        except GitError as error:
            failure = error  # another process was faster
        else:
            return commit
    raise failure


def kept(root: Path, revision: str | None = None) -> list[tuple[str, str]]:
    """The checkpoints that the repository holds: a name for messages and the note.

    Args:
        root: a folder of the repository.
        revision: a commit or ref with checkpoints, instead of every ref of Leery's.

    Raises:
        GitError: there is no repository, or no such revision.
    """
    if revision is not None:
        return _notes(root, revision, git.resolve_commit(root, revision))
    listed = git.run(root, "for-each-ref", "--format=%(objecttype) %(refname) %(objectname)", _ALL).decode()
    refs = [line.split(" ") for line in listed.splitlines()]  # what is no commit must not hide the others
    return [note for kind, ref, name in refs if kind == "commit" for note in _notes(root, ref, name)]


def _notes(root: Path, ref: str, commit: str) -> list[tuple[str, str]]:
    files = _files(root, commit)
    contents = git.read_blobs(root, files.values())
    return [(f"{name} in {ref}", contents[blob].decode("utf-8", "replace")) for name, blob in sorted(files.items())]


def _committed(root: Path, files: dict[str, str], parent: str | None, size: int) -> str:
    listing = "".join(f"{_MODE} {blob}\t{name}\0" for name, blob in sorted(files.items()))
    tree = _word(git.run(root, "mktree", "-z", stdin=listing.encode()))
    parents = ("-p", parent) if parent else ()
    return _word(git.run(root, *git.IDENTITY, "commit-tree", tree, *parents, "-m", f"Leery's log at {size} entries"))


def _files(root: Path, commit: str) -> dict[str, str]:
    """Object ids of the files at the top of a commit's tree, by name."""
    files: dict[str, str] = {}
    for entry in git.run(root, "ls-tree", "-z", "--full-tree", commit).split(b"\0"):
        meta, _, name = entry.partition(b"\t")
        if meta.startswith(_MODE.encode()):
            files[name.decode("utf-8", "replace")] = meta.split()[2].decode()
    return files


def _word(output: bytes) -> str:
    return output.decode("ascii").strip()
