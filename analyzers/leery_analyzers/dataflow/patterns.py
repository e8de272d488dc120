"""Which classes of harm a regular expression keeps out, judged by the characters that it can let pass."""

from __future__ import annotations

import re
from functools import lru_cache

from leery_analyzers.dataflow.alternatives import is_anchored, is_ended, may_begin

IN_DOUBLE = "(between double quotes)"
"""A class that no sink has, and likewise the next ones: the value ends no text between such quotes."""
IN_SINGLE = "(between single quotes)"
IN_SHELL_DOUBLE = "(between double quotes of a shell)"
IN_SQL_SINGLE = "(between single quotes of SQL)"
IN_SQL_DOUBLE = "(between double quotes of SQL)"
_ANY = re.compile(r"(?<!\\)(?:\\\\)*(\.|\[\^|\\[SWDX])")
_LISTED = re.compile(r"(?<!\\)\[(?!\^)(?:\\.|[^\]\\])*\]")
_NAMED = re.compile(r"(?<!\\)\(\?P?<[^\W\d]\w*>")
_PART = re.compile(r"\\.|\{\d*,?\d*\}|.", re.DOTALL)
_LONGEST = 120
_ELSEWHERE = (
    "//", "//a", "//a.b", "//a.b/c", "///a", "/\\a", "/\\a.b", "//a/", "//A-1_b", "//1",
    *(f"//{char * count}" for char in "aA1" for count in range(2, 64)),
)  # fmt: skip
"""Addresses that lead to another site, or might with another pattern of the same kind."""
_ONE_HOST = re.compile(
    r"(?:\^|\\A)?\(?(?:\?:)?https?\??\)?:(?:\\?/){2}(?:[\w-]|\\[.-]|\[[\w-]+\][+*]|\(\?:\[[\w-]+\][+*]\\\.\)[?*])*"
    r"[\w-]\\\.[a-z]{2,}(?::\d+)?\\?/"
)
"""Patterns of addresses on one host, or on those below it."""
_ADDRESSES = frozenset({"server-side-request-forgery", "open-redirect"})
_FIRST_LIST = re.compile(r"\[[^\]]*\](?![*?{])")
_SYNTAX = frozenset("^$()|*+?")
_SCRIPTS = (
    "javascript:a", "javascript:a(1)", "JavaScript:a", "javascript:a.b/c", "data:text/html,a",
    *("javascript:" + "a" * count for count in range(2, 64)),
)  # fmt: skip
"""Addresses that are scripts, as short as patterns may want them, and longer."""
_HARMFUL = {
    "sql-injection": "'\"`; ()=",
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
    "unsafe-reflection": ".",
    IN_DOUBLE: '"',
    IN_SINGLE: "'",
    IN_SHELL_DOUBLE: '"$`\\',
    IN_SQL_SINGLE: "'\\",
    IN_SQL_DOUBLE: '"\\',
}
"""By class, the characters that do harm."""


def _without_dots(listed: re.Match[str]) -> str:
    """A list of characters without its dots, which stand for themselves there."""
    return listed[0].replace(".", "")


@lru_cache(maxsize=512)
def excluded_classes(pattern: str, *, full: bool, anchored: bool) -> frozenset[str]:
    """The classes whose harmful characters cannot be in a text that the whole pattern matches.

    Args:
        pattern: the expression, in Python's syntax.
        full: whether it must match the whole text without saying so.
        anchored: whether it must match from the start without saying so.
    """
    pattern = _NAMED.sub("(", pattern)
    starts = full or anchored or is_anchored(pattern)
    begun = _beginning(pattern) if starts else frozenset()
    if starts and _ONE_HOST.match(pattern) is not None and "|" not in pattern:
        return _ADDRESSES | begun
    return begun | _excluded(pattern, full=full, starts=starts)


def _beginning(pattern: str) -> frozenset[str]:
    """The classes in which only the start of a text does harm, and a pattern that begins with it lets none pass."""
    if len(pattern) > _LONGEST:
        return frozenset()
    try:
        compiled = re.compile(pattern)
    except re.error:
        return frozenset()
    found = {"argument-injection"} if not may_begin(pattern, "-") else set[str]()
    return frozenset(found if any(compiled.match(start) for start in _SCRIPTS) else {*found, "script-address"})


def _excluded(pattern: str, *, full: bool, starts: bool) -> frozenset[str]:
    ends = full or is_ended(pattern)
    if not starts or not ends or _ANY.search(_LISTED.sub(_without_dots, pattern)):
        return frozenset()
    passed = _characters(pattern)
    found = frozenset(name for name, harmful in _HARMFUL.items() if not passed & set(harmful))
    if _stays_inside(pattern):
        found |= {"path-traversal", "zip-slip"}
    return found | {"open-redirect"} if _stays_here(pattern) else found


def _stays_inside(pattern: str) -> bool:
    """Whether a pattern lets only relative paths pass in which no part is ``..``: dots stand alone, in known places."""
    plain = pattern.removeprefix("^").removesuffix("$")
    first = _FIRST_LIST.match(plain)
    if "/" not in plain or first is None or set("/.\\") & set(first[0]) or "(" in plain or "|" in plain:
        return False
    lists = _LISTED.findall(plain)
    outside = _LISTED.sub("x", plain)
    return not any("." in listed or "\\" in listed for listed in lists) and not re.search(
        r"\.\\?\.|\.[+*{?]|\\\\", outside
    )


def _stays_here(pattern: str) -> bool:
    """Whether a pattern refuses all that browsers take for the address of another site."""
    if not pattern.startswith(("/", "^/", r"\A/")) or len(pattern) > _LONGEST:
        return False
    try:
        compiled = re.compile(pattern)
    except re.error:
        return False
    return not any(compiled.fullmatch(address) for address in _ELSEWHERE)


def _characters(pattern: str) -> set[str]:
    """Characters beyond letters, digits and underscores that the pattern's own text can match."""
    found: set[str] = set()
    inside = False
    for part in _PART.finditer(pattern):
        piece = part[0]
        if piece[0] == "\\":
            found |= _escaped(piece[1:])
        elif piece == "[" and not inside:
            inside = True
        elif piece == "]" and inside:
            inside = False
        elif inside:
            is_span = (
                piece == "-" and pattern[part.start() - 1].isalnum() and pattern[part.end() : part.end() + 1].isalnum()
            )
            found |= set() if is_span else {piece}
        elif piece not in _SYNTAX and len(piece) == 1:
            found.add(piece)
    return {char for char in found if not char.isalnum() and char != "_"}


def _escaped(char: str) -> set[str]:
    if char == "s":
        return set(" \n\r\t")
    return {{"n": "\n", "r": "\r", "t": "\t"}.get(char, char)}


_CONTROL = re.compile(r"\\x0[0-9aA]-\\x[01][0-9a-fA-F]")
_SHORT = {r"\W": r"[^\w]", r"\D": r"[^\d]", r"\W+": r"[^\w]+", r"\D+": r"[^\d]+"}
_NEGATED = re.compile(r"\[\^((?:\\.|[^\]\\])*)\][+*]?")
_CLASS = re.compile(r"\[((?:\\.|[^\]\\^])(?:\\.|[^\]\\])*)\][+*]?")


def removed_classes(pattern: str) -> frozenset[str]:
    r"""The classes whose harmful characters are gone where a pattern no longer finds anything.

    Args:
        pattern: one set of characters, such as ``[^a-z]`` or ``[\r\n]``, or alternatives of single characters.
    """
    pattern = _CONTROL.sub(r"\\n\\r\\t", _SHORT.get(pattern, pattern))
    negated = _NEGATED.fullmatch(pattern)
    if negated is not None:
        return excluded_classes(f"[{negated[1]}]*", full=True, anchored=True)
    listed = _CLASS.fullmatch(pattern)
    gone = _characters(f"[{listed[1]}]") if listed is not None else _alternatives(pattern)
    found = {name for name, harmful in _HARMFUL.items() if harmful and set(harmful) <= gone}
    if "\n" in gone:
        found |= {"log-injection", "header-injection", "mail-header-injection"}
    if "<" in gone:
        found.add("cross-site-scripting")
    return frozenset(found)


def replaced_classes(pattern: str, replacement: str) -> frozenset[str]:
    """The classes whose harmful characters are gone where everything that a pattern finds is replaced.

    Args:
        pattern: as of `removed_classes`.
        replacement: what is put there instead.
    """
    found = removed_classes(pattern)
    if replacement in {"", "_", "-", " ", "."}:
        return found
    return frozenset(name for name in found if not set(replacement) & set(_HARMFUL[name]))


def listed_classes(characters: str) -> frozenset[str]:
    """The classes that a text made of some characters can do no harm in."""
    special = {char for char in characters if not char.isalnum() and char != "_"}
    return frozenset(name for name, harmful in _HARMFUL.items() if not special & set(harmful))


def _alternatives(pattern: str) -> set[str]:
    parts = re.split(r"(?<!\\)\|", pattern.removesuffix("+").removeprefix("(?:").removesuffix(")"))
    if not all(re.fullmatch(r"\\?.\??|\\r\\n", part, re.DOTALL) for part in parts):
        return set()
    return set().union(*(_characters(f"[{part.removesuffix('?')}]") for part in parts))


def groups(pattern: str) -> list[tuple[int, str, str]]:
    """The groups of a pattern that keep what they match: number, name and text, those of inner ones without a name."""
    found: list[tuple[int, str, str]] = []
    opened: list[tuple[int, str, int] | None] = []
    index = number = 0
    listing = False
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            index += 1
        elif listing:
            listing = char != "]"
        elif char == "[":
            listing = True
        elif char == "(":
            name, start = "", index + 1
            if pattern.startswith("?<", start) and pattern[start + 2 : start + 3] not in {"=", "!"}:
                end = pattern.find(">", start)
                name, start = pattern[start + 2 : end], end + 1
            if pattern.startswith("?", start) and not name:
                opened.append(None)
            else:
                number += 1
                opened.append((number, name, start))
        elif char == ")" and opened:
            group = opened.pop()
            if group is not None:
                found.append((group[0], group[1], pattern[group[2] : index]))
        index += 1
    return sorted(found)
