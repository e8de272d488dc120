"""Work that is too slow for the event loop: comparing large texts, asking git, reading the disk.

A job holds a copy of what it needs (texts are immutable), runs in any thread, and touches nothing else. Its outcome
goes back to `Tracker.finish`, which applies it to the state the job was made for and lets what came later follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from leery.provenance import vcs
from leery.provenance.batch import ChangedLines, changed_lines, formatted_places
from leery.provenance.diff import Kept, diff
from leery.provenance.edits import trim
from leery_analyzers.text import TextEdit, TextRange, split_lines, union

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from leery.provenance.attribution import Attribution
    from leery.provenance.history import Part, State, Step
    from leery_analyzers.text import Text

_LARGEST_FORMATTED = 20_000_000
_LARGEST_READ = 64_000_000


@dataclass(frozen=True, slots=True)
class RefineJob:
    """Compare a large replacement with what it replaced.

    Attributes:
        uri: the document.
        state: the state after the batch.
        base: the state before it.
        steps: the batch.
    """

    uri: str
    state: State
    base: State
    steps: tuple[Step, ...]

    def run(self) -> Refined:
        """Compare; slow."""
        edits = [step.edit for step in self.steps]
        places = formatted_places(self.base.text, self.state.text, edits, _LARGEST_FORMATTED)
        if places is not None:
            return Refined(places, ())
        found: list[tuple[ChangedLines, tuple[Kept, ...]] | None] = []
        for step in self.steps:
            lines = changed_lines(step) if step.cut.removed and step.edit.text else None
            found.append(None if lines is None else (lines, tuple(diff(*lines.texts))))
        return Refined(None, tuple(found))


@dataclass(frozen=True, slots=True)
class Refined:
    """The recipe when the batch was formatting, else what each step that replaced something kept."""

    places: tuple[tuple[TextRange, tuple[Part, ...]], ...] | None
    found: tuple[tuple[ChangedLines, tuple[Kept, ...]] | None, ...]


@dataclass(frozen=True, slots=True)
class ReanchorJob:
    """Find the characters of a known text again in another.

    Attributes:
        uri: the document.
        state: the state that holds the new text.
        old: the known text.
        owners: whose its characters are.
    """

    uri: str
    state: State
    old: Text
    owners: Attribution

    def run(self) -> Reanchored:
        """Compare; slow."""
        new = self.state.text
        cut = trim(self.old, TextEdit(0, len(self.old), str(new)))
        places = formatted_places(self.old, new, [cut.edit] if cut else [], _LARGEST_FORMATTED)
        return Reanchored(places, () if places is not None else reanchor(str(self.old), str(new)))


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The recipe when the new text is the old one formatted, else what of it is old."""

    places: tuple[tuple[TextRange, tuple[Part, ...]], ...] | None
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class OriginJob:
    """Ask git and the disk where text came from that no hint explains.

    Attributes:
        uri: the document.
        state: the state whose text is compared.
        path: the file.
        blocks: blocks of unknown or disk origin that git or the disk may explain; nobody's text is always asked about.
        started: when the change came, monotonic seconds; a save after it makes the disk prove nothing.
    """

    uri: str
    state: State
    path: Path
    blocks: frozenset[str]
    started: float

    def run(self) -> Explained:
        """Start git, read the file; slow."""
        text = self.state.text
        _ = text.fingerprint  # computed here for the first time, it costs the event loop nothing later
        content = str(text)
        places: list[TextRange] = []
        for known in vcs.committed_texts(self.path):
            places += same_lines(known, content)
        return Explained(union(places), bool(self.blocks) and _is_on_disk(self.path, content))


@dataclass(frozen=True, slots=True)
class Explained:
    """Which lines git has, and whether the file on disk holds just this text."""

    committed: tuple[TextRange, ...]
    on_disk: bool


Job = Union[RefineJob, ReanchorJob, OriginJob]  # noqa: UP007 - evaluated at run time on 3.10
Outcome = Union[Refined, Reanchored, Explained]  # noqa: UP007 - as above


def reanchor(old: str, new: str) -> tuple[Kept, ...]:
    """The characters of a known text in another one; moved lines included. Slow for large changes."""
    return tuple(diff(old, new))


def same_lines(known: str, text: str) -> list[TextRange]:
    """The lines of `text` that stand in `known` too, at the same place in the order; endings do not count."""
    lines = split_lines(text)
    kept = diff(_plain(split_lines(known)), _plain(lines), refine=False)
    starts, plain = [0], [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
        plain.append(plain[-1] + len(line.rstrip("\r\n")) + 1)
    where = {offset: index for index, offset in enumerate(plain)}
    return [
        TextRange(starts[where[one.new]], starts[where[one.new + one.length]])
        for one in kept
        if one.new in where and one.new + one.length in where
    ]


def _plain(lines: Sequence[str]) -> str:
    return "".join(line.rstrip("\r\n") + "\n" for line in lines)


def _is_on_disk(path: Path, content: str) -> bool:
    try:
        if path.stat().st_size > _LARGEST_READ:
            return False
        return vcs.decode(path.read_bytes()) == content
    except (OSError, ValueError):
        return False
