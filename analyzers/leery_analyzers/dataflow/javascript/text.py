"""JavaScript's literals: what the escapes of a text stand for, and the values of numbers.

Pure functions of characters; knows no tree and no IR.
"""

from __future__ import annotations

import contextlib
import re

_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|\r\n|[\s\S])")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\r": ""}
_MAX_DIGITS = 40


def unescape(text: str) -> str:
    """The characters that a literal's text stands for."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape in _SIMPLE:
        return _SIMPLE[escape]
    if escape[0] in "xu" and len(escape) > 1:
        code = int(escape[1:].strip("{}"), 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return escape


def number(text: str) -> int | float | None:
    """The value of a number's literal; None if it is too long or none."""
    plain = text.replace("_", "").removesuffix("n").lower()
    if len(plain) > _MAX_DIGITS:
        return None
    with contextlib.suppress(ValueError):
        return int(plain, 0)
    with contextlib.suppress(ValueError, OverflowError):
        value = float(plain)
        return int(value) if value.is_integer() and "e" not in plain else value
    return None
