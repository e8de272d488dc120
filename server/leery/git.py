"""Git as a source of facts about a workspace that nobody vouches for.

A repository's own ``.git/config`` can name programs: file-system monitors, hooks, filters, external diffs, transports.
Every command here switches them off or does not reach them; in particular nothing here lets git read the work tree's
*content* (``git diff`` and ``git status`` run the repository's clean filters), only names, trees and blobs.
Must not know origins, findings or LSP.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TIMEOUT = 60.0
"""Seconds one git command may take, unless the caller says otherwise."""

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.alternateRefsCommand": "",
    "core.pager": "cat",
    "core.askPass": "",
    "core.sshCommand": "false",
    "core.gitProxy": "",
    "credential.helper": "",
    "diff.external": "",
    "protocol.allow": "never",
    "maintenance.auto": "false",
    "gc.auto": "0",
}
_HARDENED = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *(part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")),
)
_ENVIRONMENT = {
    # A partial clone would fetch missing objects, through any program it names. This is a list of no protocol; an
    # empty value counts as no value on some systems.
    "GIT_ALLOW_PROTOCOL": ":",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}


IDENTITY = ("-c", "user.name=leery", "-c", "user.email=leery@localhost")
"""Settings under which Leery commits what it keeps in a repository itself."""


class GitError(Exception):
    """Git is missing, refused, failed or took too long; the text says which, for a person."""


def executable() -> str | None:
    """The absolute path of git, from absolute folders of PATH only, so that no workspace can supply one."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = Path(folder, name)
        if path.is_absolute() and os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113 - never raises
            return str(path)
    return None


def run(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    okay: tuple[int, ...] = (0,),
    alone: bool = False,
    timeout: float = TIMEOUT,
    warn: Callable[[str], None] = lambda _line: None,
) -> bytes:
    """What a git command prints.

    Args:
        folder: where git looks for the repository.
        arguments: the sub-command and its arguments.
        stdin: bytes for its standard input.
        okay: exit codes that are no failure.
        alone: do not look for a repository above the folder.
        timeout: seconds it may take.
        warn: called with each line that git says although it did not fail.

    Raises:
        GitError: see there.
    """
    git = executable()
    if git is None:
        raise GitError("git is not installed")
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    environment |= _ENVIRONMENT
    if alone:
        environment["GIT_CEILING_DIRECTORIES"] = str(folder.resolve().parent)
    try:
        done = subprocess.run(
            [git, *_HARDENED, "-C", str(folder.absolute()), *arguments],
            cwd=tempfile.gettempdir(),
            input=stdin,
            capture_output=True,
            env=environment,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {timeout:g} s") from None
    except (OSError, ValueError) as error:  # a name may hold a null character
        raise GitError(f"git cannot be started: {getattr(error, 'strerror', None) or error}") from None
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode not in okay:
        raise GitError(lines[0] if lines else f"git {arguments[0]} ended with status {done.returncode}")
    for line in lines:
        warn(line)
    return done.stdout


def has_repository(folder: Path) -> bool:
    """Whether something by the name of ``.git`` is in a folder or one around it, be it of use to git or not."""
    return any(os.path.lexists(around / ".git") for around in (folder, *folder.parents))


def is_inside_work_tree(folder: Path) -> bool:
    """Whether git is there and counts the folder to a work tree."""
    try:
        return run(folder, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except GitError:
        return False


def person(folder: Path) -> str | None:
    """Who works here, as git is told to name them: ``Name <address>``; None when git does not know."""
    parts = []
    for name in ("user.name", "user.email"):
        try:
            parts.append(run(folder, "config", "--get", name).decode("utf-8", "replace").strip())
        except GitError:
            continue
    if not parts:
        return None
    return f"{parts[0]} <{parts[1]}>" if len(parts) == 2 else parts[0]


def listed_files(folder: Path, warn: Callable[[str], None] = lambda _line: None) -> list[str]:
    """Names below a folder, relative to it, of what git tracks or would track: ignored files are left out.

    A name that ends in a slash is a repository of its own. Tracked files may be gone from disk, and a hostile index can
    name anything: check every name before it is opened.

    Args:
        folder: where to look.
        warn: as of `run`: a folder that cannot be read is no failure to git.

    Raises:
        GitError: no repository, or git failed.
    """
    output = run(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", warn=warn)
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def resolve_commit(folder: Path, revision: str) -> str:
    """The object id of a commit.

    Raises:
        GitError: no such commit, or no repository.
    """
    if not revision or revision.startswith("-"):
        raise GitError(f"'{revision}' is not a revision")
    try:
        return run(folder, "rev-parse", "--verify", "--quiet", revision + "^{commit}").decode("ascii").strip()
    except GitError as error:
        try:
            inside = run(folder, "rev-parse", "--is-inside-work-tree").strip() == b"true"
        except GitError as reason:
            raise GitError(f"{folder} is in no git repository that can be read: {reason}") from error
        if not inside:
            raise GitError(f"{folder} is in no work tree of git") from error
        raise GitError(f"'{revision}' names no commit") from error


def find_ref(folder: Path, ref: str) -> str | None:
    """The object id that a ref stands for; None when there is no such ref.

    Raises:
        GitError: no repository.
    """
    return run(folder, "rev-parse", "--verify", "--quiet", ref, okay=(0, 1)).decode("ascii").strip() or None


def tree_blobs(folder: Path, commit: str) -> dict[str, str]:
    """Object ids of the files below a folder at a commit, by name relative to the folder."""
    blobs = {}
    for entry in run(folder, "ls-tree", "-r", "-z", commit).split(b"\0"):
        meta, _, name = entry.partition(b"\t")
        fields = meta.split()
        if len(fields) == 3 and fields[1] == b"blob":
            blobs[os.fsdecode(name)] = fields[2].decode("ascii")
    return blobs


def submodule_commit(folder: Path, commit: str, name: str) -> str | None:
    """The commit of a submodule that a commit of the repository around it has; None where it has none.

    Args:
        folder: inside the outer work tree.
        commit: of the outer repository.
        name: of the submodule, relative to the folder.

    Raises:
        GitError: no repository or no such commit.
    """
    meta = run(folder, "ls-tree", "-z", resolve_commit(folder, commit), "--", name).partition(b"\t")[0].split()
    return meta[2].decode("ascii") if len(meta) == 3 and meta[1] == b"commit" else None


def read_blobs(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs by object id; those that are not in the repository are left out."""
    wanted = list(dict.fromkeys(blobs))
    if not wanted:
        return {}
    output = run(folder, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in wanted).encode("ascii"))
    contents, at = {}, 0
    for blob in wanted:
        end = output.index(b"\n", at)
        fields = output[at:end].split()
        at = end + 1
        if len(fields) == 3:
            size = int(fields[2])
            contents[blob] = output[at : at + size]
            at += size + 1
    return contents
