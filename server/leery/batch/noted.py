"""What notes of a repository say of a file's lines: whom other tools, or Leery on another machine, saw write them.

A note is a claim of whoever can push to the repository. It fills in where nothing better is known, and makes no block:
a block is an insertion that was seen here, and text that git has came with git.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from leery import git
from leery.git import GitError
from leery.log.export import git_ai
from leery.log.git_notes import REF
from leery.paths import relative_name, workspace_root
from leery.provenance.diff import diff
from leery.provenance.vcs import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from leery.log.export.git_ai import Attestation
    from leery_analyzers.text import Text

_HEADER = re.compile(rb"([0-9a-f]{40}(?:[0-9a-f]{24})?) (\d+) (\d+)(?: \d+)?")


class Notes:
    """The notes of some workspaces; git is asked once for which there are.

    Args:
        tell: called with what git could not say, for a person.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._listed: dict[Path, dict[str, str]] = {}
        self._tell = cache(tell)  # each once: a note speaks of many files

    def of(self, workspace: Path) -> dict[str, str]:
        """The commits of a workspace that have a note, with the note's blob; empty where there is no git."""
        if workspace not in self._listed:
            try:
                listed = git.run(workspace, "notes", f"--ref={REF}", "list", okay=(0, 1)).decode("ascii").split("\n")
            except GitError as error:
                listed = []
                if git.has_repository(workspace):
                    self._tell(f"git's notes of {workspace} cannot be read: {error}.")
            self._listed[workspace] = {commit: blob for blob, _, commit in (line.partition(" ") for line in listed)}
            self._listed[workspace].pop("", None)
        return self._listed[workspace]

    def said(self, file: Path, text: Text) -> dict[int, Attestation]:
        """By line of a file's present text, from 1, what the note of the commit that brought the line says.

        A note speaks of the lines that its own commit brought, under the name that the file had then. Lines that are
        not as in HEAD have none.
        """
        root = workspace_root(file)
        name = relative_name(root, file)
        if name is None or not self.of(root):
            return {}
        try:
            known = decode(git.run(root, "cat-file", "blob", f"HEAD:{name}"))
        except GitError:
            return {}  # it is not in HEAD
        try:
            lines = self._blamed(root, name)
            notes = self._notes(root, {(commit, was, line) for _, commit, was, line in lines})
        except GitError as error:
            self._tell(f"What git's notes say of {file} cannot be read: {error}.")
            return {}
        kept = _kept(known, str(text)) if notes else {}
        said = {kept.get(number): notes.get((commit, was, line)) for number, commit, was, line in lines}
        return {number: item for number, item in said.items() if number is not None and item is not None}

    def _blamed(self, root: Path, name: str) -> list[tuple[int, str, str, int]]:
        """See `_brought`; a shallow clone knows nothing of the lines that are older than it."""
        settings = ("-c", "core.quotePath=false", "-c", "blame.ignoreRevsFile=")
        porcelain = git.run(root, *settings, "blame", "--porcelain", "--no-textconv", "HEAD", "--", name)
        if b"\nboundary\n" in porcelain and git.run(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            self._tell(
                f"What git's notes say of {root} is known in part: the clone is shallow (git fetch --unshallow)."
            )
        return _brought(porcelain)

    def _notes(self, root: Path, wanted: set[tuple[str, str, int]]) -> dict[tuple[str, str, int], Attestation]:
        """What notes say of some lines, each given as commit, file and line."""
        lines: dict[tuple[str, str], list[int]] = {}
        for commit, file, line in sorted(wanted):
            lines.setdefault((commit, file), []).append(line)
        commits = {commit for commit, _ in lines}
        blobs = {commit: blob for commit, blob in self.of(root).items() if commit in commits}
        texts = git.read_blobs(root, blobs.values())
        said: dict[tuple[str, str, int], Attestation] = {}
        for commit, blob in blobs.items():
            try:
                note = git_ai.read(texts.get(blob, b"").decode("utf-8", "replace"))
            except git_ai.NoteError as error:
                self._tell(f"git's note of commit {commit} cannot be understood: {error}.")
                continue
            for item in note.attestations:
                there = lines.get((commit, item.file), [])
                said.update(((commit, item.file, line), item) for line in _among(there, item.lines))
        return said


def _among(lines: list[int], ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Those of some lines, in order, that lie in ranges. A hostile note may have many, each as long as can be said."""
    reached = 0
    for first, last in sorted(ranges):
        start, end = bisect_left(lines, first, reached), bisect_right(lines, last, reached)
        yield from lines[start:end]
        reached = max(reached, end)


def _brought(porcelain: bytes) -> list[tuple[int, str, str, int]]:
    """For each line its number, the commit that brought it, and the file and line that it was there."""
    found: list[tuple[int, str, str, int]] = []
    names: dict[str, str] = {}
    commit, line, number = "", 0, 0
    for part in porcelain.split(b"\n"):
        header = _HEADER.fullmatch(part)
        if part.startswith(b"\t"):
            found.append((number, commit, names.get(commit, ""), line))
        elif header is not None:
            commit, line, number = header[1].decode("ascii"), int(header[2]), int(header[3])
        elif part.startswith(b"filename "):
            names[commit] = part[len(b"filename ") :].decode("utf-8", "surrogateescape")
    return found


def _kept(known: str, text: str) -> dict[int, int]:
    """By line of a known text, from 1, the line of another text that is the same one; line endings do not count."""
    old, new = known.replace("\r\n", "\n"), text.replace("\r\n", "\n")
    if "\r" in old or "\r" in new:  # git does not count as an editor does
        return {}
    old_lines, new_lines = old.split("\n"), new.split("\n")
    old_at, new_at = _numbers(old_lines), _numbers(new_lines)
    kept: dict[int, int] = {}
    for part in diff(
        "".join(f"{line}\n" for line in old_lines), "".join(f"{line}\n" for line in new_lines), refine=False
    ):
        count = f"{old}\n".count("\n", part.old, part.old + part.length)
        kept.update((old_at[part.old] + step, new_at[part.new] + step) for step in range(count))
    return kept


def _numbers(lines: list[str]) -> dict[int, int]:
    """The number of each line, from 1, by its offset."""
    offsets = accumulate((len(line) + 1 for line in lines), initial=0)
    return {offset: number for number, offset in enumerate(offsets, 1)}
