"""The lines of a document as scanners see them: without their endings, opaque where too long.

Must not know languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.units.marks import LONG_LINE, LONG_LINE_HEAD, LongLine

if TYPE_CHECKING:
    from leery_analyzers.text import Text

_ENDING = re.compile(r"\r\n|\r|\n")
_FEW = 64


def document_lines(text: Text, first: int, end: int) -> list[str]:
    """Lines from `first` to before `end`, counted from 0; costs what they are long, an opaque one only its head."""
    start, stop = text.line_start(first), text.line_start(end)
    if stop - start > LONG_LINE and end - first <= _FEW:
        return [_line(text, line) for line in range(first, end)]
    chunk = text.slice(start, stop)
    lines = (_ENDING.split(chunk) if "\r" in chunk else chunk.split("\n"))[: end - first]
    if stop - start > LONG_LINE:
        return [_clipped(line) if len(line) > LONG_LINE else line for line in lines]
    return lines


def _line(text: Text, line: int) -> str:
    start, end = text.line_start(line), text.line_end(line)
    if end - start > LONG_LINE:
        return _clipped(text.slice(start, start + LONG_LINE_HEAD))
    return text.slice(start, end)


def _clipped(line: str) -> LongLine:
    return LongLine(line[:LONG_LINE_HEAD])
