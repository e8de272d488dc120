"""Which lines of a commit came from where: what formats about commits are made of. Must not know how that is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    """The lines that a commit brought, as far as they are a block's; and the files that it touched.

    Attributes:
        commit: its object id.
        files: those that it added or changed.
        blocks: its lines.
        moved: the names of files that were moved past every server, by the names that the log has for them.
        is_lost: whether the file of a name that the log has is neither in the commit nor anywhere else.
    """

    commit: str
    files: tuple[str, ...]
    blocks: tuple[Attributed, ...]
    moved: Mapping[str, str] = field(default_factory=dict)
    is_lost: Callable[[str], bool] = lambda _file: False
