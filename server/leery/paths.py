"""Where a workspace begins, and the folders in which Leery keeps state, caches and settings about it.

Must not know what is kept there. Nothing here runs git or reads a workspace's configuration.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

import platformdirs

CONFIG_NAME = "leery.toml"
LOG_NAME = "log.db"
MADE_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", "__pypackages__", "site-packages"})
"""Names of folders in which nothing was written for the workspace: of version control, of packages, of caches."""


class UnsafeFolderError(OSError):
    """A folder of Leery's that others may have planted or can read; the message names it and says what to do."""


def workspace_root(place: Path) -> Path:
    """The workspace that a file or folder belongs to, as a resolved absolute path.

    It is the git top level, else the nearest folder upwards with a ``leery.toml``, else the folder itself. The place
    need not exist; whatever is no folder counts as a file in its parent.
    """
    place = resolve(place)
    folder = place if place.is_dir() else place.parent
    upwards = (folder, *folder.parents)
    for candidate in upwards:
        if _is_git_top(candidate):
            return candidate
    for candidate in upwards:
        if (candidate / CONFIG_NAME).is_file():
            return candidate
    return folder


def workspace_id(root: Path) -> str:
    """A stable name for a workspace: 32 hexadecimal digits, the same in every process of this machine."""
    path = os.path.normcase(resolve(root))
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def relative_name(root: Path, file: Path) -> str | None:
    """A file's path inside a workspace with ``/`` as separator, or None when it lies outside."""
    root, file = resolve(root), resolve(file)
    try:
        return file.relative_to(root).as_posix()
    except ValueError:
        return None


def state_path(root: Path) -> Path:
    """The folder of a workspace's state; it is neither made nor checked, see `private_folder`."""
    return _base("XDG_STATE_HOME", platformdirs.user_state_dir("leery", appauthor=False)) / workspace_id(root)


def log_path(root: Path) -> Path:
    """The provenance log of a workspace, which may not exist yet."""
    return state_path(root) / LOG_NAME


def log_key_path(log: Path) -> Path:
    """The file of the key that signs a log; it stays where it is when the log is deleted."""
    return log.with_name(log.name + ".key")


def cache_path() -> Path:
    """The folder of the caches that all workspaces share; it is neither made nor checked."""
    return _base("XDG_CACHE_HOME", platformdirs.user_cache_dir("leery", appauthor=False))


def user_config_path() -> Path:
    """The user's own settings file, which may not exist."""
    return _base("XDG_CONFIG_HOME", platformdirs.user_config_dir("leery", appauthor=False)) / CONFIG_NAME


def private_folder(path: Path) -> Path:
    """Make a folder that only this user can enter, or check that it is one; returns `path`.

    `path` and, where it is named ``leery``, its parent are Leery's own: each must be a real folder of this user, and
    loose permissions are tightened to 0700. Folders above are the user's affair and are made where missing.

    Raises:
        UnsafeFolderError: a symbolic link, a file or another user's folder lies at the place.
        OSError: it cannot be made.
    """
    own = [path.parent, path] if path.parent.name == "leery" else [path]
    own[0].parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in own:
        _make(folder)
    return path


def private_file(path: Path) -> IO[str]:
    """A file opened for writing UTF-8 with line ends as they are; where it is new, only this user can read it.

    Raises:
        OSError: it cannot be opened.
    """
    return open(path, "w", encoding="utf-8", newline="", opener=_open_privately)


def _open_privately(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def check_private(path: Path) -> None:
    """Like `private_folder` for a folder that is only read: raises the same, but makes and changes nothing."""
    own = [path.parent, path] if path.parent.name == "leery" else [path]
    for folder in own:
        if os.path.lexists(folder):
            _examine(folder)


def resolve(path: Path) -> Path:
    """The absolute path without symbolic links; one that leads in a circle, or is no path at all, stays as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def _base(variable: str, default: str) -> Path:
    """The user's folder of one kind: the XDG variable on every system, ignored when relative as its standard says."""
    value = os.environ.get(variable, "")
    return Path(value) / "leery" if Path(value).is_absolute() else Path(default)


def _is_git_top(folder: Path) -> bool:
    """Whether git would stop here: a repository folder, or the file that stands for one in worktrees and submodules."""
    marker = folder / ".git"
    try:
        if marker.is_dir():
            return (marker / "HEAD").exists()
        if not marker.is_file():
            return False
        with marker.open("rb") as file:
            return file.read(8) == b"gitdir: "
    except OSError:
        return False


def _examine(folder: Path) -> os.stat_result:
    status = folder.lstat()
    if stat.S_ISLNK(status.st_mode) or _is_reparse_point(status):
        raise UnsafeFolderError(
            f"{folder} is a symbolic link; Leery keeps private data only in a real folder. Remove it."
        )
    if not stat.S_ISDIR(status.st_mode):
        raise UnsafeFolderError(f"{folder} is not a folder, but Leery needs one of its own there. Remove it.")
    if sys.platform != "win32" and status.st_uid != os.geteuid():
        raise UnsafeFolderError(f"{folder} belongs to another user (id {status.st_uid}). Remove it or use your own.")
    return status


def _is_reparse_point(status: os.stat_result) -> bool:
    """Whether Windows would lead elsewhere: junctions are no symbolic links to `stat`."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)


def _make(folder: Path) -> None:
    """Make a folder with mode 0700, or check the one that is there and tighten its mode."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = _examine(folder)
    if sys.platform != "win32" and status.st_mode & 0o077:
        folder.chmod(0o700)
