"""Glob patterns of the settings, as a test on file names. Must not look at the disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TOKEN = re.compile(
    r"\*\*/|/\*\*$|\*\*|\*|\?|\[(?P<not>[!^]?)(?P<set>\]?[^\]/]*)\]|\{(?P<choices>[^{}]*)\}|.", re.DOTALL
)


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """A test whether a name matches one of the patterns, or lies in a folder that does.

    ``*`` stands for anything in one part of a name, ``**`` for any number of parts, ``?`` for one character, ``[ab]``
    for one of some, ``{a,b}`` for one of several texts. Names and patterns are relative to the same folder and have
    ``/`` between their parts.
    """
    alternatives = [_regex(pattern.removeprefix("./").rstrip("/")) for pattern in patterns if pattern.strip("./")]
    if not alternatives:
        return lambda _name: False
    pattern = re.compile(rf"(?:{'|'.join(alternatives)})(?:/.*)?", re.DOTALL)
    return lambda name: pattern.fullmatch(name.rstrip("/")) is not None


def _regex(pattern: str) -> str:
    return "".join(_part(token) for token in _TOKEN.finditer(pattern))


_WILD = {"**/": "(?:[^/]+/)*", "/**": "/.+", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _part(token: re.Match[str]) -> str:
    text = token[0]
    if text in _WILD:
        return _WILD[text]
    if token["set"]:
        members = re.sub(r"([\\\[\]^&~|])", r"\\\1", token["set"])
        return f"(?!/)[{'^' if token['not'] else ''}{members}]"
    if token["choices"] is not None:
        return f"(?:{'|'.join(map(_regex, token['choices'].split(',')))})"
    return re.escape(text)
