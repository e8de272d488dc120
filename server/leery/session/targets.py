"""Which text an engine sees for which document: a file is one target, the cells of a notebook together are one.

Must not hold findings or origins. Offsets are code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leery_analyzers.text import Text, TextEdit, TextRange

_MAGIC = re.compile(r"^(?=[ \t]*[%!?])([ \t]*).", re.MULTILINE)


@dataclass
class Notebook:
    """The code cells of one notebook, in order, and the joined text the engines have of them.

    Attributes:
        uri: the notebook's own URI, which names the target.
        cells: the cells' URIs.
        joined: what was last given to the scheduler.
        version: counts every change of any cell.
        starts: offset of every cell in the joined text.
    """

    uri: str
    cells: list[str]
    joined: str = ""
    version: int = 0
    starts: dict[str, int] = field(default_factory=dict)

    def join(self, texts: dict[str, Text]) -> TextEdit | None:
        """Take the cells' present texts; the one edit that leads from the old joined text to the new one, if any.

        Args:
            texts: by cell URI; a cell that is not there counts as empty.
        """
        parts, at = [], 0
        self.starts = {}
        for uri in self.cells:
            text = mask_magics(str(texts.get(uri, ""))) + "\n"
            self.starts[uri] = at
            parts.append(text)
            at += len(text)
        before, self.joined = self.joined, "".join(parts)
        edit = difference(before, self.joined)
        if edit is not None:
            self.version += 1
        return edit

    def locate(self, place: TextRange) -> tuple[str, TextRange] | None:
        """The cell that holds a place of the joined text, and the place within it, cut at the cell's end."""
        found: str | None = None
        for uri in self.cells:
            if self.starts.get(uri, 0) <= place.start:
                found = uri
        if found is None:
            return None
        start = self.starts[found]
        index = self.cells.index(found) + 1
        end = self.starts[self.cells[index]] if index < len(self.cells) else len(self.joined)
        length = end - start - 1  # without the line ending that joins
        return found, TextRange(min(place.start - start, length), min(place.end - start, length))


def mask_magics(source: str) -> str:
    """IPython's magics and shell lines as comments of the same length, so that the rest of the cell parses."""
    return _MAGIC.sub(r"\1#", source)


def difference(before: str, after: str) -> TextEdit | None:
    """The smallest single edit between two texts: what is left after the common prefix and suffix."""
    if before == after:
        return None
    limit = min(len(before), len(after))
    start = _common(before, after, limit)
    rest = limit - start
    end = _common(before[::-1], after[::-1], rest)
    return TextEdit(start, len(before) - end, after[start : len(after) - end])


def _common(one: str, two: str, limit: int) -> int:
    """Length of the common prefix, up to `limit`, found by halving."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
