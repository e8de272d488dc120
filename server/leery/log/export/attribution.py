"""Which lines of a commit came from where: what formats about commits are made of. Must not know how that is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery.log.body import LoggedOrigin


@dataclass(frozen=True, slots=True)
class Attributed:
    """The lines of one file in a commit that one block owns most of.

    Attributes:
        file: path inside the repository.
        block: the block's id.
        origin: where it came from.
        lines: first and last line of each run, from 1, both included, sorted.
    """

    file: str
    block: str
    origin: LoggedOrigin
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CommitAttribution:
    """The lines that a commit brought, as far as they are a block's; and the files that it touched."""

    commit: str
    files: tuple[str, ...]
    blocks: tuple[Attributed, ...]
