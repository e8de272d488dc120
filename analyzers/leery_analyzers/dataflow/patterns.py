"""Which classes of harm a regular expression keeps out, judged by the characters that it can let pass."""

from __future__ import annotations

import re

_ANY = re.compile(r"(?<!\\)(?:\\\\)*(\.|\[\^|\\[SWDX])")
_HARMFUL = {
    "sql-injection": "'\"`; ()=-",
    "shell-command-injection": ";&|$`<>()'\"\n\\ *?",
    "code-eval": "()[]",
    "template-injection": "{}<%$",
    "cross-site-scripting": "<>\"'&",
    "path-traversal": "/\\",
    "zip-slip": "/\\",
    "unrestricted-upload": "/\\",
    "server-side-request-forgery": ":/@?#",
    "open-redirect": ":/\\",
    "header-injection": "\r\n",
    "mail-header-injection": "\r\n",
    "log-injection": "\r\n",
    "ldap-injection": "()*\\&|=",
    "xpath-injection": "'\"[]()=",
    "nosql-injection": "{}$",
    "regex-injection": "()[]*+?{}|",
    "xml-external-entities": "<&",
    "trust-boundary-violation": "",
    "unsafe-deserialization": "\n\x80\\:",
    "prompt-injection": " ",
}


def excluded_classes(pattern: str, *, full: bool, anchored: bool) -> frozenset[str]:
    """The classes whose harmful characters cannot be in a text that the whole pattern matches.

    Args:
        pattern: the expression, in Python's syntax.
        full: whether it must match the whole text without saying so.
        anchored: whether it must match from the start without saying so.
    """
    starts = full or anchored or pattern.startswith(("^", r"\A"))
    ends = full or (pattern.endswith(("$", r"\Z", r"\z")) and not pattern.endswith((r"\$",)))
    if not starts or not ends or _ANY.search(pattern):
        return frozenset()
    if "|" in pattern and not full and not re.search(r"[\[(].*\|.*[\])]", pattern):
        return frozenset()
    passed = _characters(pattern)
    return frozenset(name for name, harmful in _HARMFUL.items() if not passed & set(harmful))


def _characters(pattern: str) -> set[str]:
    """Characters beyond letters, digits and underscores that the pattern's own text can match."""
    found: set[str] = set()
    inside = False
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\" and index + 1 < len(pattern):
            escaped = pattern[index + 1]
            if escaped == "s":
                found |= set(" \n\r\t")
            elif not escaped.isalnum():
                found.add(escaped)
            elif escaped in "nrt":
                found.add({"n": "\n", "r": "\r", "t": "\t"}[escaped])
            index += 2
            continue
        if char == "[" and not inside:
            inside = True
        elif char == "]" and inside:
            inside = False
        elif inside:
            if char == "-" and pattern[index - 1].isalnum() and pattern[index + 1 : index + 2].isalnum():
                pass
            elif not char.isalnum() and char != "_":
                found.add(char)
        elif not char.isalnum() and char not in "_^$()|*+?{}":
            if char == "," and re.match(r",\d*\}", pattern[index:]):
                pass
            else:
                found.add(char)
        index += 1
    return found
