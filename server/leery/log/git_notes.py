"""Notes of a repository, read and written; a note that somebody else wrote is never overwritten.

Must not know what stands in a note.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from leery import git
from leery.git import GitError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REF = "refs/notes/ai"
_DRAFTS = "refs/notes/leery-draft-"
_ATTEMPTS = 5
_SETTINGS = (*git.IDENTITY, "-c", f"core.notesRef={REF}")


class ForeignNoteError(Exception):
    """The commit has a note that is not ours to replace."""


def read(root: Path, commit: str) -> str | None:
    """The note of a commit, None when it has none.

    Raises:
        GitError: there is no repository.
    """
    return _read(root, REF, commit)


def write(root: Path, commit: str, note: str, is_ours: Callable[[str], bool]) -> bool:
    """Give a commit a note; gives whether that changed anything.

    The new state is made beside the ref, which is moved only if nobody else has moved it meanwhile.

    Args:
        root: a folder of the repository.
        commit: the full id of the commit.
        note: the text.
        is_ours: whether a note that is there may be replaced.

    Raises:
        ForeignNoteError: see there.
        GitError: there is no repository, or it cannot be written.
    """
    failure = GitError("the notes could not be written")
    for _ in range(_ATTEMPTS):
        before = git.find_ref(root, REF)
        present = _read(root, REF, commit) if before else None
        if present == note:
            return False
        if present is not None and not is_ours(present):
            raise ForeignNoteError(f"commit {commit[:12]} already has a note in {REF} that Leery did not write")
        try:
            _write(root, commit, note, before)
        except GitError as error:
            failure = error  # perhaps another process was faster
        else:
            return True
    raise failure


def _write(root: Path, commit: str, note: str, before: str | None) -> None:
    draft = _DRAFTS + secrets.token_hex(8)
    data = note.encode("utf-8", "replace")
    try:
        if before is not None:
            git.run(root, "update-ref", draft, before)
        blob = git.run(root, "hash-object", "-w", "--stdin", stdin=data).decode("ascii").strip()
        git.run(root, *_SETTINGS, "notes", f"--ref={draft}", "add", "--force", "-C", blob, commit)
        git.run(root, "update-ref", "-m", "leery", REF, draft, before or "0" * len(commit))
    finally:
        with suppress(GitError):
            git.run(root, "update-ref", "-d", draft)


def _read(root: Path, ref: str, commit: str) -> str | None:
    listed = git.run(root, "notes", f"--ref={ref}", "list", commit, okay=(0, 1)).decode("ascii").strip()
    blobs = git.read_blobs(root, [listed]) if listed else {}
    return blobs[listed].decode("utf-8", "replace") if listed in blobs else None
