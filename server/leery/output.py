"""What may leave the program: text that cannot steer a terminal, JSON that every parser reads.

File names, messages and code come from files nobody vouches for; a name may hold escape sequences, a line may hold
characters that reorder it on screen. Everything printed passes through here.
"""

from __future__ import annotations

import json
import os
import unicodedata
from typing import Any
from urllib.parse import quote

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str, keep: str = "") -> str:
    """The text with every control, format, bidirectional, separator and surrogate character shown as ``<U+001B>``.

    Args:
        text: anything.
        keep: characters to leave alone, such as a line feed.
    """
    bare = text
    for char in keep:
        bare = bare.replace(char, "")
    if bare.isascii() and bare.isprintable():
        return text
    return "".join(_shown(char) if char not in keep else char for char in text)


def _shown(char: str) -> str:
    return f"<U+{ord(char):04X}>" if unicodedata.category(char) in _HIDDEN else char


def well_formed(value: Any) -> Any:
    """A JSON value whose strings hold no lone surrogate, which strict JSON parsers refuse; U+FFFD stands for them."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {well_formed(key): well_formed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [well_formed(item) for item in value]
    return value


def json_text(value: Any, indent: int | None = None) -> str:
    """A JSON value as ASCII text with a final line feed, so that no character in it can act on a terminal.

    Args:
        value: the value; lone surrogates in its strings are replaced.
        indent: spaces a level; without, all is on one line, which is many times faster.
    """
    text = json.dumps(value, indent=indent, ensure_ascii=True)
    if "\\ud" in text:  # perhaps half of a surrogate pair
        text = json.dumps(well_formed(value), indent=indent, ensure_ascii=True)
    return text.replace("\x7f", "\\u007f") + "\n"


def uri_reference(name: str) -> str:
    """A file name, with ``/`` between its parts, as a relative URI reference (RFC 3986); bytes kept exactly."""
    reference = quote(os.fsencode(name), safe="/-._~")
    return f"./{reference}" if ":" in reference.split("/", 1)[0] else reference
