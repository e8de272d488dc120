"""What git has of a file, asked so that a hostile repository cannot make git run anything.

Only `cat-file` is used: it neither refreshes the index nor converts content, so hooks, filters, fsmonitor, textconv and
pagers have no occasion; they are switched off as well. Missing objects are never fetched. Repositories that git
itself distrusts (``safe.directory``) simply have nothing.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

TIMEOUT: Final = 5.0
"""Seconds git may take for one question."""
LARGEST: Final = 64_000_000
"""Bytes of a file above which git is not asked for its content."""

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.pager=cat",
    "-c",
    "core.askPass=",
    "-c",
    "core.sshCommand=false",
    "-c",
    "core.gitProxy=",
    "-c",
    "credential.helper=",
    "-c",
    "protocol.allow=never",
    "-c",
    "diff.external=",
    "-c",
    "maintenance.auto=false",
    "-c",
    "gc.auto=0",
)


@lru_cache(maxsize=1)
def find_git() -> str | None:
    """The absolute path of git from absolute folders of PATH only, so that no workspace can supply one."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = Path(folder)
        if path.is_absolute() and (path / name).is_file() and os.access(path / name, os.X_OK):
            return str(path / name)
    return None


def committed_texts(path: Path) -> list[str]:
    """The file's content at HEAD and in the index as far as git has it, equal ones once; never raises."""
    texts: list[str] = []
    for revision in ("HEAD", ""):
        data = _content(path, f"{revision}:./{path.name}")
        if data is not None:
            text = decode(data)
            if text not in texts:
                texts.append(text)
    return texts


def _content(path: Path, name: str) -> bytes | None:
    size = run_git(path.parent, "cat-file", "-s", name)
    if size is None or not size.strip().isdigit() or int(size) > LARGEST:
        return None
    return run_git(path.parent, "cat-file", "blob", name)


def run_git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints, or None when there is no git, no repository, no answer in time, or an error."""
    git = find_git()
    if git is None:
        return None
    try:
        done = subprocess.run(
            [git, *_SAFE, "-C", str(folder), *arguments],
            cwd=tempfile.gettempdir(),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """The user's environment without anything that redirects git or lets it ask, fetch or write."""
    env = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    env.update(
        GIT_ALLOW_PROTOCOL="",
        GIT_NO_LAZY_FETCH="1",
        GIT_OPTIONAL_LOCKS="0",
        GIT_TERMINAL_PROMPT="0",
        GIT_PAGER="cat",
        LC_ALL="C",
    )
    return env


def decode(data: bytes) -> str:
    """A file's text as an editor reads it: UTF-8 without its byte-order mark; other bytes become lone surrogates."""
    return data.decode("utf-8-sig", "surrogateescape")
