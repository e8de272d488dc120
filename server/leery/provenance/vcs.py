"""What git has of a file.

Only `cat-file` is used: it neither refreshes the index nor converts content. How git is kept from running what a
hostile repository names is the matter of `leery.git`. Repositories that git itself distrusts (``safe.directory``)
simply have nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leery import git

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT: Final = 5.0
"""Seconds git may take for one question."""
LARGEST: Final = 64_000_000
"""Bytes of a file above which git is not asked for its content."""


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
    """A blob; None when there is no git, no repository, no such file, no answer in time, or an error."""
    try:
        size = git.run(path.parent, "cat-file", "-s", name, timeout=TIMEOUT).strip()
        if not size.isdigit() or int(size) > LARGEST:
            return None
        return git.run(path.parent, "cat-file", "blob", name, timeout=TIMEOUT)
    except git.GitError:
        return None


def decode(data: bytes) -> str:
    """A file's text as an editor reads it: UTF-8 without its byte-order mark; other bytes become lone surrogates."""
    return data.decode("utf-8-sig", "surrogateescape")
