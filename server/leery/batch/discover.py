"""Which files of a tree to scan. Must not read their content.

Names come from a tree nobody vouches for, and from git's index, which can name anything: a found file is scanned only
if it is a regular file that really lies in the tree, reached without a symbolic link. What the user names is taken as
it is.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from leery import git
from leery.batch.result import UNKNOWN, Source
from leery.document import language_of
from leery.paths import MADE_FOLDERS
from leery_analyzers.model import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_NOT_OPENED = re.compile(r"warning: could not open directory '(.*?)/?': (.*)")  # git's words in the locale C
_ENVIRONMENT_MARK = "pyvenv.cfg"  # lies at the top of every virtual environment (PEP 405)


class Discovery:
    """Collects the files below some paths, and says what it left out.

    Args:
        base: the folder that shown names are relative to.
        excluded: whether configuration excludes a name, given a scanned folder and the name relative to it.
    """

    def __init__(self, base: Path, excluded: Callable[[Path, str], bool] = lambda _root, _name: False) -> None:
        self._base = base
        self._excluded = excluded
        self._links = 0
        self._seen: set[Path] = set()
        self._notices: list[Notice] = []
        self._closed: set[Path] = set()

    def collect(self, paths: Iterable[Path]) -> tuple[list[Source], list[Notice]]:
        """The files to scan, each once, in the order of the paths and then by name, and notices about the rest.

        Args:
            paths: existing files and folders, absolute or relative to the base.
        """
        sources = []
        for path in paths:
            path = self._base / path  # noqa: PLW2901 - absolute ones stay as they are
            found = self._below(path) if _is_folder(path) else iter([self._source(path, path.parent, explicit=True)])
            for source in found:
                if source.path not in self._seen:
                    self._seen.add(source.path)
                    sources.append(source)
        if self._links:
            links = "1 symbolic link was" if self._links == 1 else f"{self._links} symbolic links were"
            self._notices.append(Notice("leery", "limit", f"{links} not followed."))
        return sources, self._notices

    def _below(self, root: Path) -> Iterator[Source]:
        root = Path(os.path.normpath(root))
        names = self._tracked(root)
        inside = _Inside(root, self._unreadable)
        for name in sorted(self._walk(root) if names is None else names):
            if self._excluded(root, name):
                continue
            if name.endswith("/"):  # a repository of its own: a submodule or a checkout nobody tracks
                if inside.is_folder(name.rstrip("/")):
                    yield from self._below(root / name)
            elif language_of(name) != UNKNOWN:
                if inside.is_file(name):
                    yield self._source(root / name, root)
                elif inside.is_link(name):
                    self._links += 1

    def _tracked(self, root: Path) -> list[str] | None:
        """What git tracks or would track, or None where it keeps nothing or cannot say."""
        try:
            names = git.listed_files(root, lambda line: self._warned(root, line))
        except git.GitError as error:
            if git.has_repository(root):
                text = f"Ignored files of {shown_name(root, self._base)} are scanned too, because git fails: {error}."
                self._notices.append(Notice("leery", "limit", text))
            return None
        # A submodule is listed without a slash, like a file.
        return [f"{name}/" if not name.endswith("/") and _is_repository(root / name) else name for name in names]

    def _walk(self, root: Path) -> Iterator[str]:
        """Names below a folder without git; caches, packages and virtual environments are left out."""
        for folder, folders, files in os.walk(root, onerror=self._not_walked):
            here = Path(folder)
            folders[:] = [name for name in folders if not _is_skipped(here / name)]
            prefix = here.relative_to(root).as_posix()
            yield from (name if prefix == "." else f"{prefix}/{name}" for name in files)

    def _not_walked(self, error: OSError) -> None:
        self._unreadable(Path(error.filename), error.strerror)

    def _warned(self, root: Path, line: str) -> None:
        found = _NOT_OPENED.fullmatch(line)
        if found is not None:
            self._unreadable(root / found[1], found[2])

    def _unreadable(self, folder: Path, reason: str | None) -> None:
        folder = Path(os.path.normpath(folder))
        if folder not in self._closed:
            self._closed.add(folder)
            text = f"The folder {shown_name(folder, self._base)} cannot be read: {reason}."
            self._notices.append(Notice("leery", "crash", text))

    def _source(self, path: Path, root: Path, *, explicit: bool = False) -> Source:
        path = Path(os.path.normpath(path))
        return Source(path, shown_name(path, self._base), language_of(path.name), root, explicit)


def shown_name(path: Path, base: Path) -> str:
    """An absolute path relative to the base where it lies below, with ``/`` between its parts."""
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return path.as_posix()


def _is_repository(path: Path) -> bool:
    return _is_folder(path) and os.path.lexists(path / ".git")


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - the method raises where one may not look


def _is_skipped(folder: Path) -> bool:
    return folder.name in MADE_FOLDERS or os.path.lexists(folder / _ENVIRONMENT_MARK)  # False where it may not look


class _Inside:
    """Answers what really lies below a folder; folders are looked at once.

    Args:
        root: the folder.
        unreadable: called with a folder in which nothing can be looked at, and why.
    """

    def __init__(self, root: Path, unreadable: Callable[[Path, str | None], None]) -> None:
        self._root = root
        self._unreadable = unreadable
        self._folders: dict[str, bool] = {"": True, ".": True}

    def is_file(self, name: str) -> bool:
        """Whether it is a regular file, and no part of the way to it is a symbolic link."""
        return self.is_folder(str(PurePosixPath(name).parent)) and stat.S_ISREG(self._mode(name))

    def is_link(self, name: str) -> bool:
        """Whether it or a folder on the way to it is a symbolic link."""
        path = PurePosixPath(name)
        return any(stat.S_ISLNK(self._mode(str(part))) for part in (path, *path.parents))

    def is_folder(self, name: str) -> bool:
        """Whether it is a folder below the root, and no part of the way to it is a symbolic link."""
        known = self._folders.get(name)
        if known is None:
            path = PurePosixPath(name)
            known = (
                not path.is_absolute()
                and path.name != ".."
                and self.is_folder(str(path.parent))
                and stat.S_ISDIR(self._mode(name))
            )
            self._folders[name] = known
        return known

    def _mode(self, name: str) -> int:
        try:
            return (self._root / name).lstat().st_mode
        except PermissionError as error:
            self._unreadable((self._root / name).parent, error.strerror)
            return 0
        except (OSError, ValueError):
            return 0
