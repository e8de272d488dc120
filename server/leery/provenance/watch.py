"""Changes on disk: files of the workspace, and what git has of them.

Many clients tell a server nothing when a file changes outside the editor, so the server watches itself, with
watchfiles. Symbolic links are never followed: on Linux, where a recursive watch would follow them and could be led
through the whole file system, folders are listed here and watched one by one.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Union

import watchfiles
from watchfiles import Change

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator

IGNORED: Final = frozenset(
    ("node_modules", ".venv", "venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".tox", ".nox")
) | frozenset((".hg", ".svn", ".idea", ".eggs", "site-packages"))
"""Names of folders that are not watched."""
MOST_FOLDERS: Final = 20_000
"""Folders watched at most; what lies beyond is reported as `WatchLimit`."""
_GIT_FILES = frozenset(("HEAD", "index", "MERGE_HEAD", "ORIG_HEAD"))
_RECURSIVE = sys.platform != "linux"
_PAUSE = 0.5
_TICK_MS = 500
_DEBOUNCE_MS = 80
_STEP_MS = 20
_Kind = Literal["added", "modified", "deleted"]
_NAMES: dict[Change, _Kind] = {
    Change.added: "added",
    Change.modified: "modified",
    Change.deleted: "deleted",
}


@dataclass(frozen=True, slots=True)
class FileEvent:
    """A file came, changed or went."""

    kind: _Kind
    path: Path


@dataclass(frozen=True, slots=True)
class GitEvent:
    """HEAD or the index of a repository changed: ask git anew about the files below `root`."""

    root: Path


@dataclass(frozen=True, slots=True)
class WatchLimit:
    """Not everything is watched: too many folders, or the system refused; without document text."""

    root: Path
    message: str


WatchEvent = Union[FileEvent, GitEvent, WatchLimit]  # noqa: UP007 - evaluated at run time on 3.10


async def watch(roots: Iterable[Path], stop: asyncio.Event) -> AsyncIterator[set[WatchEvent]]:
    """Batches of events below the given folders until `stop` is set, also when folders vanish and come again.

    Args:
        roots: absolute folders, which need not exist; events name files below them as they are spelled here.
        stop: ends the iteration at once.
    """
    given = _real(roots)
    told: set[Path] = set()
    while not stop.is_set():
        folders, limits = await asyncio.to_thread(_collect, given)  # a large workspace takes a while
        fresh = {limit for limit in limits if limit.root not in told}
        told.update(limit.root for limit in fresh)
        if fresh:
            yield set(fresh)
        try:
            async with aclosing(_events(given, folders, stop)) as batches:
                async for events in batches:
                    yield events
        except FileNotFoundError:  # a folder vanished before it was watched
            continue
        except (OSError, RuntimeError) as error:  # the system has no more watches to give
            for root in given.values():
                if root not in told:
                    told.add(root)
                    yield {WatchLimit(root, f"files are not watched: {type(error).__name__}")}
            await _pause(stop)


async def _events(
    given: dict[Path, Path], folders: set[Path], stop: asyncio.Event
) -> AsyncGenerator[set[WatchEvent], None]:
    """Events until `stop`, or until other folders must be watched."""
    if not folders:
        await _pause(stop)
        return
    end = _End(stop)
    batches = _batches(given, folders, end)
    try:
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            if batch:
                yield batch
    finally:
        end.reached = True  # a thread that is at work sees it within a step


class _End:
    """Whether to stop watching; asked by another thread."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self.reached = False

    def is_set(self) -> bool:
        return self.reached or self._stop.is_set()


def _batches(given: dict[Path, Path], folders: set[Path], end: _End) -> Iterator[set[WatchEvent]]:
    """Events, or none for a while, until the end or until other folders must be watched; blocks.

    Everything here takes the longer the more files change or folders are watched, so it runs in a thread.
    """
    missing = [root for root in given if root not in folders]
    watcher = watchfiles.watch(
        *folders,
        watch_filter=None,
        debounce=_DEBOUNCE_MS,
        step=_STEP_MS,
        stop_event=end,
        recursive=_RECURSIVE,
        ignore_permission_denied=True,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changes in watcher:
        events: set[WatchEvent] = set()
        again = any(root.is_dir() for root in missing) or not all(root.is_dir() for root in given if root in folders)
        for change, name in sorted(changes, key=lambda one: one[1]):
            path = Path(name)
            if path in folders or _is_new_folder(change, path):
                again = True
                events.update(_found(path, given))
            else:
                events.update(_event(_NAMES[change], path, given))
        yield events
        if again:
            return


def _real(roots: Iterable[Path]) -> dict[Path, Path]:
    """The folders without links, each with the spelling it was given in."""
    return {Path(os.path.realpath(root)): root for root in sorted(roots)}


async def _pause(stop: asyncio.Event) -> None:
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(stop.wait(), _PAUSE)


def _collect(given: dict[Path, Path]) -> tuple[set[Path], list[WatchLimit]]:
    """The folders to watch, and what is left out because there are too many."""
    folders: set[Path] = set()
    limits: list[WatchLimit] = []
    for root, spelled in given.items():
        for folder in _walk(root):
            if len(folders) >= MOST_FOLDERS:
                limits.append(WatchLimit(spelled, f"more than {MOST_FOLDERS} folders: not all are watched"))
                break
            folders.add(folder)
            if _RECURSIVE:
                break
    return folders, limits


def _walk(root: Path) -> Iterator[Path]:
    """A folder and those below it that count, top down; of a repository's own folder nothing below."""
    if not root.is_dir():
        return
    yield root
    for place, names, _ in os.walk(root):  # does not follow links
        kept = []
        for name in sorted(names):
            folder = Path(place, name)
            if name in IGNORED or folder.is_symlink():
                continue
            yield folder
            if name != ".git":
                kept.append(name)
        names[:] = kept


def _is_new_folder(change: Change, path: Path) -> bool:
    return not _RECURSIVE and change is Change.added and path.is_dir() and not path.is_symlink()


def _found(folder: Path, given: dict[Path, Path]) -> Iterator[WatchEvent]:
    """What came with a new folder before it was watched."""
    if _is_ignored(folder, given):
        return
    for place in _walk(folder):
        with suppress(OSError):
            for entry in os.scandir(place):
                if entry.is_file(follow_symlinks=False):
                    yield from _event("added", Path(entry.path), given)


def _is_ignored(path: Path, given: dict[Path, Path]) -> bool:
    return any(part in IGNORED for root in given if path.is_relative_to(root) for part in path.relative_to(root).parts)


def _event(kind: _Kind, path: Path, given: dict[Path, Path]) -> Iterator[WatchEvent]:
    """What a change of a path means; nothing for folders, links, ignored places and git's own files."""
    root = next((root for root in given if path.is_relative_to(root)), None)
    if root is None or _is_ignored(path, given):
        return
    parts = path.relative_to(root).parts
    if ".git" in parts:
        at = parts.index(".git")
        if len(parts) == at + 2 and parts[-1] in _GIT_FILES:
            yield GitEvent(given[root].joinpath(*parts[:at]))
        return
    places = [root.joinpath(*parts[: index + 1]) for index in range(len(parts))]
    if parts and not any(place.is_symlink() for place in places) and not path.is_dir():
        yield FileEvent(kind, given[root].joinpath(*parts))
