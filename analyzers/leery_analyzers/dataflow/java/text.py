"""Java's ways to write text: literals with their escapes, text blocks, templates of ``String`` and ``MessageFormat``.

Pure functions of characters; knows no tree and no IR.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ESCAPE = re.compile(r"\\(u+[0-9a-fA-F]{4}|[0-7]{1,3}|\r\n|[\s\S])")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " ", "\\": "\\", "'": "'", '"': '"'}
_PERCENT = re.compile(r"%(?:(?P<index>\d+)\$)?(?P<flags>[-#+ 0,(<]*)\d*(?:\.\d+)?(?P<kind>[a-zA-Z%])(?:[A-Za-z])?")
_BRACE = re.compile(r"''|'[^']*'|\{(\d+)(?:,([^{}]*))?\}")


class Slot(NamedTuple):
    """A place of a template where a value goes.

    Attributes:
        place: which of the values, from 0.
        number: whether only a number can be written there.
        plain: whether it is an integer, written as it is.
    """

    place: int
    number: bool
    plain: bool = False


def unescape(text: str) -> str:
    """The characters that a literal's text stands for."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape in _SIMPLE:
        return _SIMPLE[escape]
    if escape[0] == "u" and len(escape) > 1:
        return chr(int(escape.lstrip("u"), 16))
    if escape.isdigit() and escape.isascii():
        return chr(int(escape, 8)) if all(digit in "01234567" for digit in escape) else found[0]
    return "" if escape in {"\n", "\r\n"} else found[0]


def text_block(raw: str) -> str:
    """The characters of a text block, its quotes left out."""
    lines = raw.partition("\n")[2].split("\n") if "\n" in raw else [raw]
    counted = [line for line in lines if line.strip()]
    if lines and not lines[-1].strip():
        counted.append(lines[-1])
    indent = min((len(line) - len(line.lstrip()) for line in counted), default=0)
    kept = [line[indent:].rstrip() if line.strip() else "" for line in lines]
    return unescape("\n".join(kept))


def percent_template(text: str) -> list[str | Slot]:
    """The pieces of a text that ``String.format`` fills."""
    pieces: list[str | Slot] = []
    at = position = 0
    for found in _PERCENT.finditer(text):
        kind = found["kind"]
        end = found.end() if kind in "tT" else found.end("kind")
        if found.start() < at:
            continue
        pieces.append(text[at : found.start()])
        at = end
        if kind in "n%":
            pieces.append("\n" if kind == "n" else "%")
            continue
        index = (
            int(found["index"]) - 1 if found["index"] else max(position - 1, 0) if "<" in found["flags"] else position
        )
        if not found["index"] and "<" not in found["flags"]:
            position += 1
        pieces.append(Slot(index, kind in "doxXeEfgGaAhHtTbB", found[0].endswith("%d") or found[0].endswith("$d")))
    pieces.append(text[at:])
    return pieces


def brace_template(text: str) -> list[str | Slot]:
    """The pieces of a text that ``MessageFormat.format`` fills."""
    pieces: list[str | Slot] = []
    at = 0
    for found in _BRACE.finditer(text):
        pieces.append(text[at : found.start()])
        at = found.end()
        if found[1] is None:
            pieces.append("'" if found[0] == "''" else found[0][1:-1])
        elif len(found[1]) < 4:
            pieces.append(
                Slot(int(found[1]), bool(found[2]) and found[2].strip().startswith(("number", "date", "time")))
            )
    pieces.append(text[at:])
    return pieces
