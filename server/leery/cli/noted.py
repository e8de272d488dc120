"""What notes of a repository say of a file's lines: whom other tools, or Leery on another machine, saw write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery import git
from leery.git import GitError
from leery.log.export import git_ai
from leery.log.git_notes import REF
from leery.paths import relative_name, workspace_root

if TYPE_CHECKING:
    from pathlib import Path

    from leery.log.export.git_ai import Attestation

_HEADER = re.compile(rb"([0-9a-f]{40}(?:[0-9a-f]{24})?) (\d+) (\d+)(?: \d+)?")


def noted(file: Path) -> dict[int, Attestation]:
    """By line, from 1, what the note of the commit that brought it says; empty for a file that differs from HEAD's.

    A note speaks of the lines that its own commit brought, under the name that the file had then.
    """
    root = workspace_root(file)
    name = relative_name(root, file)
    try:
        if name is None or not git.run(root, "rev-parse", "--verify", "--quiet", REF, okay=(0, 1)):
            return {}
        if git.run(root, "cat-file", "blob", f"HEAD:{name}") != file.read_bytes():
            return {}
        lines = _brought(
            git.run(root, "-c", "core.quotePath=false", "blame", "--porcelain", "--no-textconv", "HEAD", "--", name)
        )
        said = _notes(root, {commit for _, commit, _, _ in lines})
    except (GitError, OSError):
        return {}
    found = {number: said.get((commit, was, line)) for number, commit, was, line in lines}
    return {number: item for number, item in found.items() if item is not None}


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


def _notes(root: Path, commits: set[str]) -> dict[tuple[str, str, int], Attestation]:
    """What the notes of some commits say, by commit, file and line."""
    listed = git.run(root, "notes", f"--ref={REF}", "list").decode("ascii").split("\n")
    blobs = {commit: blob for blob, _, commit in (line.partition(" ") for line in listed) if commit in commits}
    texts = git.read_blobs(root, blobs.values())
    said: dict[tuple[str, str, int], Attestation] = {}
    for commit, blob in blobs.items():
        try:
            note = git_ai.read(texts[blob].decode("utf-8", "replace"))
        except git_ai.NoteError:
            continue
        for item in note.attestations:
            for first, last in item.lines:
                said.update({(commit, item.file, line): item for line in range(first, min(last, first + 100_000) + 1)})
    return said
