"""Python's ways to put text together: string literals with their escapes, ``%`` and ``{}`` templates.

Pure functions of characters; knows no tree and no IR.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from leery_analyzers.lazy import lazy_regex

_ESCAPE = lazy_regex(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|\r\n|[\s\S])")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_NUMBER_FORMATS = frozenset("bcdoxXneEfFgG%")
_PERCENT = lazy_regex(r"%(?:\((?P<key>[^)]*)\))?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?(?P<kind>[a-zA-Z%])")
_FIELD = lazy_regex(r"\{\{|\}\}|\{(?P<key>[^{}!:]*)(?:!(?P<form>[rsa]))?(?::(?P<spec>[^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}")

_DOLLAR = lazy_regex(r"\$(?:\$|(?P<plain>[_a-zA-Z]\w*)|\{(?P<braced>[_a-zA-Z]\w*)\})")


class Slot(NamedTuple):
    """A place of a template where a value goes.

    Attributes:
        key: its position, its name, or an expression that starts with one of them.
        number: whether only a number can be written there.
        shown: whether it is written as `repr` does, with its line breaks as escapes.
        parts: keys and members of the value that follow, in order.
    """

    key: int | str
    number: bool
    shown: bool = False
    parts: tuple[str, ...] = ()


def unescape(text: str) -> str:
    """The characters that a literal's text stands for; an escape that is not known stands for itself."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape in _SIMPLE:
        return _SIMPLE[escape]
    if escape in {"\n", "\r", "\r\n"}:
        return ""
    if escape[0] in "xuU" and len(escape) > 1:
        code = int(escape[1:], 16)
    elif escape.isdigit() and escape.isascii():
        code = int(escape, 8) if all(digit in "01234567" for digit in escape) else -1
    else:
        code = -1
    return chr(code) if 0 <= code <= 0x10FFFF else found[0]


def percent_template(text: str) -> list[str | Slot] | None:
    """The pieces of the left side of ``%``; None if it is no template."""
    pieces: list[str | Slot] = []
    position, at = 0, 0
    for found in _PERCENT.finditer(text):
        if found.start() > at:
            pieces.append(text[at : found.start()])
        at = found.end()
        if found["kind"] == "%":
            pieces.append("%")
            continue
        number, shown = found["kind"] in "diouxXeEfFgG", found["kind"] in "ra"
        if found["key"] is not None:
            pieces.append(Slot(found["key"], number, shown))
        else:
            pieces.append(Slot(position, number, shown))
            position += 1
    pieces.append(text[at:])
    return pieces if any(isinstance(piece, Slot) for piece in pieces) else None


def dollar_template(text: str) -> list[str | Slot]:
    """The pieces of a text that `string.Template` fills."""
    pieces: list[str | Slot] = []
    at = 0
    for found in _DOLLAR.finditer(text):
        pieces.append(text[at : found.start()])
        at = found.end()
        name = found["plain"] or found["braced"]
        pieces.append(Slot(name, number=False) if name else "$")
    pieces.append(text[at:])
    return [piece for piece in pieces if piece != ""]


def is_number_format(spec: str) -> bool:
    """Whether what follows the colon of a field writes numbers only."""
    return spec[-1:] in _NUMBER_FORMATS


def brace_template(text: str) -> list[str | Slot]:
    """The pieces of a text that `str.format` fills."""
    pieces: list[str | Slot] = []
    position, at = 0, 0
    for found in _FIELD.finditer(text):
        if found.start() > at:
            pieces.append(text[at : found.start()])
        at = found.end()
        if found[0] in {"{{", "}}"}:
            pieces.append(found[0][0])
            continue
        key, *parts = (part.rstrip("]") for part in re.split(r"[.\[]", found["key"]))
        number, shown = is_number_format(found["spec"] or ""), found["form"] in {"r", "a"}
        if not key:
            pieces.append(Slot(position, number, shown, tuple(parts)))
            position += 1
        else:
            pieces.append(Slot(int(key) if key.isdecimal() and len(key) < 4 else key, number, shown, tuple(parts)))
    pieces.append(text[at:])
    return pieces
