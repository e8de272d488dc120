"""Which lines are new since a commit. Must not write into the repository nor let git read the work tree's content.

The old text comes from git's blobs; both sides are compared by ``git diff --no-index`` in a private temporary folder,
outside any repository, so that no attribute, filter or external diff of the repository has a say.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from leery import git
from leery.batch.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HUNK = re.compile(r"@@ -\d+(?:,(?P<old>\d+))? \+(?P<start>\d+)(?:,(?P<new>\d+))? @@")
_OPTIONS = (
    "--no-index",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-renames",
    "--no-prefix",
    "--text",
    "--unified=0",
    "--inter-hunk-context=0",
)

Lines = frozenset[int]
"""Line numbers from 0, as `leery_analyzers.text.Text` counts them."""


class Changes:
    """The lines added or changed since a commit, for files below one folder.

    Args:
        folder: inside a work tree; file names are relative to it.
        revision: names a commit.

    Raises:
        GitError: no repository or no such commit.
    """

    def __init__(self, folder: Path, revision: str) -> None:
        self._folder = folder
        self._blobs = git.tree_blobs(folder, git.resolve_commit(folder, revision))

    def new_lines(self, files: Mapping[str, bytes]) -> dict[str, Lines | None]:
        """For every file, given with its content now, the new lines; None for a file the commit does not have.

        Raises:
            GitError: git failed.
        """
        result: dict[str, Lines | None] = {name: None for name in files if name not in self._blobs}
        result |= {name: Lines() for name in files if name in self._blobs}
        touched = {
            name: self._blobs[name]
            for name, data in files.items()
            if name in self._blobs and _blob_id(data, self._blobs[name]) != self._blobs[name]
        }
        contents = git.read_blobs(self._folder, touched.values())
        pairs = {name: (contents[blob], files[name]) for name, blob in touched.items() if blob in contents}
        result |= {name: None for name in touched if name not in pairs}  # not in this clone: all of it may be new
        return result | _compare(pairs)


def bases_of(named: set[Path], roots: Iterable[Path], since: str) -> dict[Path, str | None]:
    """What each root is compared with: a repository inside another one with the commit that the outer one has of it.

    What `since` is called inside, as any branch may be, says nothing. None where the outer one had none: all is new.

    Args:
        named: folders and files that the user named.
        roots: folders in which files were found, those among them.
        since: names a commit.

    Raises:
        GitError: git failed.
    """
    bases: dict[Path, str | None] = {}
    for root in sorted({*named, *roots}, key=lambda root: len(root.parts)):
        outer = next((folder for folder in root.parents if folder in bases), None)
        if root in named or outer is None:
            bases[root] = since
        else:
            base, name = bases[outer], root.relative_to(outer).as_posix()
            bases[root] = git.submodule_commit(outer, base, name) if base is not None else None
    return bases


def lines_since(root: Path, base: str | None, contents: dict[str, bytes], *, nested: bool) -> dict[str, Lines | None]:
    """As of `Changes.new_lines`; a nested repository need not have the commit.

    Raises:
        GitError: no repository, no such commit, or git failed.
    """
    if base is None:
        return {}
    try:
        return Changes(root, base).new_lines(contents)
    except git.GitError:
        if not nested:
            raise
        return {}  # a repository inside does not have the commit: all of it may be new


def covers(lines: Lines | None, first: int, last: int) -> bool:
    """Whether one of the lines from `first` to `last` is new."""
    return lines is None or any(line in lines for line in range(first, last + 1))


def _blob_id(data: bytes, like: str) -> str:
    """The object id git gives to a content, with the hash that another id was made with."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _compare(pairs: Mapping[str, tuple[bytes, bytes]]) -> dict[str, Lines | None]:
    if not pairs:
        return {}
    with tempfile.TemporaryDirectory(prefix="leery-") as temporary:
        folder = Path(temporary)
        for side in ("old", "new"):
            (folder / side).mkdir()
        for index, (old, new) in enumerate(pairs.values()):
            (folder / "old" / str(index)).write_bytes(_plain_lines(old))
            (folder / "new" / str(index)).write_bytes(_plain_lines(new))
        output = git.run(folder, "diff", *_OPTIONS, "old", "new", okay=(0, 1), alone=True)
    added = _added_lines(output.decode("utf-8", "replace").split("\n"))
    return {name: Lines(added.get(str(index), ())) for index, name in enumerate(pairs)}


def _plain_lines(data: bytes) -> bytes:
    """The text in UTF-8 with one kind of line ending: a checkout may have changed those, and nobody wrote such lines.

    Every ending that `leery_analyzers.text.Text` knows becomes a line feed, so that git counts lines as it does.
    """
    text = decode(data, "").text or ""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "surrogatepass")


def _added_lines(diff: Iterable[str]) -> dict[str, list[int]]:
    """Lines added on the right-hand side, by file, out of a unified diff without context."""
    added: dict[str, list[int]] = {}
    current: list[int] = []
    body = 0
    for line in diff:
        if body and line[:1] in "+-\\":  # content, which may look like a header
            body -= line[:1] in "+-"
            continue
        if line.startswith("+++ new/"):
            current = added.setdefault(line.removeprefix("+++ new/").rstrip("\t"), [])
        elif (hunk := _HUNK.match(line)) is not None:
            old, new = int(hunk["old"] or 1), int(hunk["new"] or 1)
            start = int(hunk["start"]) - 1
            current += range(start, start + new)
            body = old + new
    return added
