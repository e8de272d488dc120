"""Where stored documents are whose files were moved past every server: found again by what the files hold.

A document is given to one file only, the one most like it: equal texts first, then as git does it, when at least half
of the lines are the same, or half of what is in the document's blocks. Must not know where documents are stored.
"""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from leery import git
from leery.document import uri_to_path
from leery.paths import MADE_FOLDERS
from leery.provenance.origin import is_block

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from leery.provenance.workspace import Snapshot

_ALIKE = 0.5
_PAIRS = 3_000
"""How many texts are compared line by line at most."""
_DOCUMENTS = 100
"""How many documents are looked for in texts that are not equal, at most."""
_SOLID = 40
"""Characters in its blocks from which on they alone tell a document."""
_LARGEST = 10_000_000
_MOST_NAMES = 50_000

Lines = Counter[str]


def is_gone(path: Path) -> bool:
    """Whether there is nothing of that name; what cannot be looked at is not gone."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        pass
    return False


def lost_of(documents: Mapping[str, frozenset[str]]) -> list[str]:
    """Those documents whose file is gone, with blocks that no document has whose file is there.

    Args:
        documents: all that are stored, with their blocks.
    """
    gone = {uri for uri in documents if (path := uri_to_path(uri)) is not None and is_gone(path)}
    there = frozenset[str]().union(*(blocks for uri, blocks in documents.items() if uri not in gone))
    return [uri for uri in documents if uri in gone and documents[uri] - there]


def strangers(root: Path, known: Container[Path | None]) -> list[Path]:
    """The files of a workspace of which nothing is stored; those that git ignores are left out."""
    try:
        names: Iterable[str] = git.listed_files(root)
    except git.GitError:
        names = _walk(root)
    paths = (root / name for name in names if not name.endswith("/"))
    return [path for path in paths if path not in known]


def find(gone: Sequence[Snapshot], files: Iterable[Path]) -> dict[Path, str]:
    """The document of each file that was moved there, by the file's path."""
    sizes = {path: size for path in files if (size := _size(path)) is not None}
    by_size: dict[int, list[Path]] = {}
    for path, size in sizes.items():
        by_size.setdefault(size, []).append(path)
    texts = _Texts()
    found: dict[Path, str] = {}
    left: list[Snapshot] = []
    for one in gone:
        length = _length(one)
        same = {path: length for size in (length, length + len(BOM_UTF8)) for path in by_size.get(size, ())}
        near = (path for path in _nearest(one, same) if path not in found and texts.of(path) == str(one.text))
        equal = next(near, None)
        if equal is None:
            left.append(one)
        else:
            found[equal] = one.uri
    for path in found:
        del sizes[path]
    return {**found, **_alike(left[:_DOCUMENTS], sizes, texts)}


def _alike(gone: Sequence[Snapshot], sizes: dict[Path, int], texts: _Texts) -> dict[Path, str]:
    """As `find`, of texts that have changed since they were stored."""
    scores: list[tuple[float, float, str, Path]] = []
    for one in gone:
        known = Likeness(one)
        for path in _nearest(one, sizes)[: _PAIRS // len(gone)]:
            most, whole = known.to(texts.lines(path))
            if most >= _ALIKE:
                scores.append((-most, -whole, one.uri, path))
    found: dict[Path, str] = {}
    for _, _, uri, path in sorted(scores):
        if path not in found and uri not in found.values():
            found[path] = uri
    return found


class Likeness:
    """How much a text is like a stored document, by the characters of lines that both have."""

    def __init__(self, stored: Snapshot) -> None:
        text = str(stored.text)
        self._lines = lines_of(text)
        self._blocks = lines_of(
            "\n".join(text[start:end] for start, end, owner in stored.owners.spans() if is_block(owner))
        )

    def to(self, lines: Lines) -> tuple[float, float]:
        """From 0 to 1, and the same without a second look at the blocks, which tells equals apart."""
        most = max(_weight(self._lines), _weight(lines))
        score = _weight(self._lines & lines) / most if most else 0.0
        solid = _weight(self._blocks)
        return (max(score, _weight(self._blocks & lines) / solid) if solid >= _SOLID else score), score

    def is_alike(self, text: str) -> bool:
        """Whether a text may be the document's."""
        return self.to(lines_of(text))[0] >= _ALIKE


def lines_of(text: str) -> Lines:
    """The lines of a text without the white space around them; how often each is there."""
    return Counter(line for line in map(str.strip, text.split("\n")) if line)


def _weight(lines: Lines) -> int:
    return sum(len(line) * count for line, count in lines.items())


class _Texts:
    """What files hold, read once."""

    def __init__(self) -> None:
        self._lines: dict[Path, Lines] = {}

    def of(self, path: Path) -> str:
        try:
            return path.read_bytes().decode("utf-8-sig", "replace")
        except (OSError, ValueError):
            return ""

    def lines(self, path: Path) -> Lines:
        if path not in self._lines:
            self._lines[path] = lines_of(self.of(path))
        return self._lines[path]


def _length(stored: Snapshot) -> int:
    return len(str(stored.text).encode("utf-8", "surrogatepass"))


def _nearest(stored: Snapshot, sizes: dict[Path, int]) -> list[Path]:
    """Files by how likely they are the document's: of the same name, of the same kind, of about its size."""
    was, length = uri_to_path(stored.uri), _length(stored)
    assert was is not None, "only files are gone"

    def distance(path: Path) -> tuple[bool, bool, int, Path]:
        return path.name != was.name, path.suffix != was.suffix, abs(sizes[path] - length), path

    return sorted(sizes, key=distance)


def _size(path: Path) -> int | None:
    """The size of a regular file that is neither empty nor too large to be compared."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) and 0 < status.st_size <= _LARGEST else None


def _walk(root: Path) -> Iterator[str]:
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in MADE_FOLDERS)
        for name in sorted(files):
            yield os.path.relpath(Path(folder, name), root)
            count += 1
        if count > _MOST_NAMES:
            return
