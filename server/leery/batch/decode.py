"""Bytes of a file to text, by the rules of the language; whatever the bytes are, there is an answer.

Must not open files.
"""

from __future__ import annotations

import codecs
import re
import warnings
from dataclasses import dataclass

_PROBE = 8192  # bytes in which a NUL tells a binary file, as git does it
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)  # PEP 263
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$", re.ASCII)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The outcome: `text`, or None when the bytes are no text; `remark` says what was not as it should be, or is empty.

    A byte order mark is no part of the text, as in an editor.
    """

    text: str | None
    remark: str = ""


def decode(data: bytes, language: str) -> Decoded:
    """Read bytes as a byte order mark, a PEP 263 line (Python only) or UTF-8 says, in this order; else as Latin-1."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding) or _latin(data[len(mark) :], f"is not valid {encoding.upper()}")
    if b"\0" in data[:_PROBE]:
        return Decoded(None, "is not text")
    declared = _declared(data) if language == "python" else None
    if declared is None:
        return _try(data, "utf-8") or _latin(data, "is not valid UTF-8")
    return _try(data, declared) or _latin(data, f"is not valid {declared.upper()}, which it declares")


def _declared(data: bytes) -> str | None:
    """The encoding a Python file names in one of its first two lines."""
    for line in re.split(rb"\r\n|\r|\n", data[:1024], maxsplit=2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie is not None:
            return cookie[1].decode("ascii")
        if _BLANK.match(line) is None:
            return None
    return None


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some codecs warn about what they read
            return Decoded(data.decode(encoding))
    except (LookupError, ValueError):  # UnicodeError is a ValueError; an unknown or a non-text codec a LookupError
        return None


def _latin(data: bytes, remark: str) -> Decoded:
    if b"\0" in data[:_PROBE]:
        return Decoded(None, "is not text")
    return Decoded(data.decode("latin-1"), f"{remark}: read as Latin-1")
