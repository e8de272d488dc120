"""Where semgrep's native program is, and the closed room its processes live in.

Must not start anything. Semgrep's wheel holds one native program, ``semgrep-core``; called as ``osemgrep`` it is the
whole command line, language server included, so that no Python has to start (see the wheel's
``console_scripts/entrypoint.py``).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import site
import stat
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WINDOWS = sys.platform == "win32"
_PROGRAM = "semgrep-core.exe" if _WINDOWS else "semgrep-core"
_PREFIX = "leery-semgrep-"
_YOUNG = 60.0  # seconds


def find_core(search_path: str | None = None, *, installed: bool = True) -> Path | None:
    """The absolute path of ``semgrep-core``, or None when semgrep is not installed.

    Looks into this Python's own package folders, never into ``sys.path``, which may hold the workspace; then along
    the absolute folders of `search_path`, also behind a ``semgrep`` script there (pipx, a virtual environment).

    Args:
        search_path: as the variable PATH, whose value is taken when this is None.
        installed: whether this Python's own package folders count.
    """
    if installed:
        for folder in _package_folders():
            if _is_program(found := folder / "semgrep" / "bin" / _PROGRAM):
                return found
    path = os.environ.get("PATH", "") if search_path is None else search_path
    for name in path.split(os.pathsep):
        folder = Path(name)
        if not name or not folder.is_absolute():
            continue
        if _is_program(found := folder / _PROGRAM):
            return found
        for script in (folder / "semgrep", folder / "semgrep.exe"):
            if script.is_file() and (behind := _behind_script(script)) is not None:
                return behind
    return None


def _package_folders() -> Iterator[Path]:
    for name in ("platlib", "purelib"):
        if folder := sysconfig.get_path(name):
            yield Path(folder)
    if site.ENABLE_USER_SITE and (user := site.getusersitepackages()):
        yield Path(user)


def _behind_script(script: Path) -> Path | None:
    root = script.resolve().parent.parent
    for pattern in ("lib/python*/site-packages", "Lib/site-packages"):
        for folder in sorted(root.glob(pattern)):
            if _is_program(found := folder / "semgrep" / "bin" / _PROGRAM):
                return found
    return None


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def core_stamp(core: Path) -> str:
    """A short text that changes when another semgrep is installed at the same place; reading 250 MB takes too long."""
    status = core.stat()
    return f"{status.st_size}-{status.st_mtime_ns}"


class Room:
    """A private folder (0700) with everything a semgrep process sees: home, settings, slices, rules.

    Removed by `remove`. A room whose owner died without doing so is removed by the next `Room`, told by a lock that
    the system drops with the process.
    """

    def __init__(self, parent: Path | None = None) -> None:
        base = Path(tempfile.gettempdir()) if parent is None else parent
        _sweep(base)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base)).resolve()
        self._lock: IO[bytes] | None = (self.path / "owner").open("wb")
        _try_lock(self._lock)
        (self.path / "home").mkdir(mode=0o700)
        self._programs = self.path / "programs"
        self._programs.mkdir(mode=0o700)
        # Semgrep runs `uname` at start and does without git, which would read the configuration of any repository
        # around the folder; so the one is all it finds.
        uname = None if _WINDOWS else shutil.which("uname", path="/usr/bin:/bin:/run/current-system/sw/bin")
        if uname is not None:
            (self._programs / "uname").symlink_to(uname)

    def environment(self) -> dict[str, str]:
        """The whole environment of a semgrep process: no token, no settings, no search paths of the user's."""
        home = str(self.path / "home")
        environment = {
            "HOME": home,
            "USERPROFILE": home,
            "XDG_CONFIG_HOME": home,
            "XDG_CACHE_HOME": home,
            "XDG_DATA_HOME": home,
            "XDG_STATE_HOME": home,
            "TMPDIR": home,
            "TEMP": home,
            "TMP": home,
            "PATH": str(self._programs),
            "SEMGREP_SETTINGS_FILE": str(self.path / "home" / "settings.yml"),
            "SEMGREP_SEND_METRICS": "off",
            "SEMGREP_ENABLE_VERSION_CHECK": "0",
            "SEMGREP_LOG_FILE": str(self.path / "home" / "semgrep.log"),
            "GIT_CEILING_DIRECTORIES": str(self.path),
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
        }
        # Windows does not load a program without these.
        environment.update({name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ})
        return environment

    def folder(self, name: str) -> Path:
        """A new folder in the room.

        Raises:
            FileExistsError: the name was used before.
        """
        folder = self.path / name
        folder.mkdir(mode=0o700)
        return folder

    def remove(self) -> None:
        """Delete the room and all that is in it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(base: Path) -> None:
    with contextlib.suppress(OSError):
        for folder in base.glob(_PREFIX + "*"):
            with contextlib.suppress(OSError):
                if _is_left_behind(folder):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_left_behind(folder: Path) -> bool:
    status = folder.lstat()
    # A young room may not have locked its file yet.
    if not stat.S_ISDIR(status.st_mode) or time.time() - status.st_mtime < _YOUNG:
        return False
    if sys.platform != "win32" and status.st_uid != os.getuid():
        return False
    with (folder / "owner").open("r+b") as lock:
        return _try_lock(lock)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
