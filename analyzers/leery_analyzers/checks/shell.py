"""What shell rules share: splitting a command, values and all, into a program and its arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.templates import Hole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.templates import Template

_SPECIAL = re.compile(r"[|&;<>()$`\\*?\[\]#~!{}\n\r=]")
_QUOTED_HOLE = re.compile("([\"'])(\0)\\1")


def split_command(template: Template) -> list[list[str | Hole]] | None:
    """The words of a command, each as its pieces; None where only a shell would understand it.

    The first word, the program, must be known. Quotes are understood around a single value and nowhere else.
    """
    holes = iter(template.holes)
    text = _QUOTED_HOLE.sub("\0", template.text)
    if _SPECIAL.search(text) or "'" in text or '"' in text:
        return None
    words = text.split()
    if not words or "\0" in words[0]:
        return None
    return [_pieces(word, holes) for word in words]


def _pieces(word: str, holes: Iterator[Hole]) -> list[str | Hole]:
    pieces: list[str | Hole] = []
    for index, part in enumerate(word.split("\0")):
        if index:
            pieces.append(next(holes))
        if part:
            pieces.append(part)
    return pieces


def quotable(template: Template) -> bool:
    """Whether no hole stands between quotes, so that each can be quoted by itself."""
    open_quotes = [False, False, False]
    for piece in template.pieces:
        if not isinstance(piece, Hole):
            open_quotes = [
                is_open ^ bool(piece.count(quote) % 2) for is_open, quote in zip(open_quotes, "'\"`", strict=True)
            ]
        elif any(open_quotes):
            return False
    return True
