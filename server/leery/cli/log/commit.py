"""Which lines of a commit came from where, as far as the servers have recorded it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from leery import git
from leery.batch.decode import decode
from leery.batch.origins import Origins
from leery.cli.log.common import LogError
from leery.document import language_of
from leery.git import GitError
from leery.log.body import QUIET_KINDS, LoggedOrigin
from leery.log.export.attribution import Attributed, CommitAttribution
from leery.paths import relative_name
from leery.provenance.moved import is_gone
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LARGEST = 16_000_000
_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-color")


def attribution(root: Path, revision: str) -> CommitAttribution:
    """What a commit brought, against its first parent.

    Blocks are found again in what the commit holds, from what is known of the files now. So it is most exact for the
    newest commit: a block that is in no file any more belongs to no commit any more.

    Raises:
        LogError: there is no such commit, or what is recorded cannot be read.
    """
    try:
        commit = git.resolve_commit(root, revision)
        files = _changed(root, commit)
        blobs = git.tree_blobs(root, commit)
        with Origins() as origins:
            found = [item for file in files for item in _of_file(root, commit, file, blobs, origins)]
            moved = {_name(root, old): _name(root, new) for old, new in origins.moved(root).items()}
    except GitError as error:
        raise LogError(str(error)) from error
    if origins.notices:
        raise LogError(origins.notices[0].message)

    def is_lost(file: str) -> bool:
        is_file = _SCHEME.match(file) is None
        return is_file and file not in blobs and file not in moved and is_gone(root / file)

    return CommitAttribution(commit, tuple(files), tuple(found), moved, is_lost)


def _name(root: Path, path: Path) -> str:
    return relative_name(root, path) or path.as_posix()


def _changed(root: Path, commit: str) -> list[str]:
    """The files that a commit added or changed, against its first parent."""
    arguments = (
        "diff-tree",
        "-r",
        "-z",
        "--no-renames",
        "--diff-filter=AM",
        "--name-only",
        "--root",
        "-m",
        "--first-parent",
    )
    output = git.run(root, *arguments, "--no-commit-id", commit)
    return sorted(name.decode("utf-8", "surrogateescape") for name in output.split(b"\0") if name)


def _of_file(root: Path, commit: str, file: str, blobs: dict[str, str], origins: Origins) -> Iterator[Attributed]:
    data = git.read_blobs(root, [blobs[file]]).get(blobs[file]) if file in blobs else None
    if data is None or len(data) > _LARGEST:
        return
    decoded = decode(data, language_of(file))
    if decoded.text is None:
        return
    brought = _brought(root, commit, file)
    blamed = origins.blame(root / file, language_of(file), Text(decoded.text))
    owned: dict[str, tuple[LoggedOrigin, list[int]]] = {}
    for number, (block, origin) in _owners(blamed):
        if number in brought:
            owned.setdefault(block, (origin, []))[1].append(number)
    for block, (origin, numbers) in sorted(owned.items()):
        yield Attributed(file, block, origin, tuple(_runs(sorted(numbers))))


def _brought(root: Path, commit: str, file: str) -> set[int]:
    """The lines of a file that a commit added or changed."""
    arguments = (
        "diff-tree",
        "-p",
        "-U0",
        *_PLAIN,
        "--root",
        "-m",
        "--first-parent",
        "--no-commit-id",
        commit,
        "--",
        file,
    )
    hunks = _HUNK.findall(git.run(root, *arguments))
    return {int(first) + offset for first, count in hunks for offset in range(int(count or 1))}


def _owners(blamed: Iterable[dict[str, Any]]) -> Iterator[tuple[int, tuple[str, LoggedOrigin]]]:
    """Each line that is a block's, with the block and its origin; an empty line goes with a neighbour of its origin."""
    owner: tuple[str, LoggedOrigin] | None = None
    before: Any = None
    empty: list[int] = []
    for line in blamed:
        if line["origin"] != before:
            owner, before, empty = None, line["origin"], []
        if before is None or before["kind"] in QUIET_KINDS:
            continue
        block = _block(line)
        if block is not None:
            owner = block, LoggedOrigin(**{name: before.get(name) for name in _FIELDS})
        if owner is None:
            empty.append(line["line"])
            continue
        yield from ((number, owner) for number in (*empty, line["line"]))
        empty = []


def _block(line: dict[str, Any]) -> str | None:
    """The block that has most of what is of the line's origin; None for an empty line."""
    most: Counter[str] = Counter()
    for span in line["spans"]:
        if span["origin"] == line["origin"] and span["block"] is not None:
            most[span["block"]] += span["end"] - span["start"]
    return most.most_common(1)[0][0] if most else None


_FIELDS = tuple(LoggedOrigin.__dataclass_fields__)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours in sorted numbers."""
    for _, items in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in items]
        yield run[0], run[-1]
