"""The packages that a project's own files name: requirements files, pyproject.toml, package.json.

Lexical, with places; `written` knows commands. Offsets are code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.packages.names import Ecosystem


@dataclass(frozen=True, slots=True)
class Named:
    """A package that is named to be installed: the place of its name, and the name as it stands there."""

    start: int
    end: int
    name: str
    ecosystem: Ecosystem


PUBLIC = lazy_regex(
    r"//(?:[\w-]+\.)*(?:pypi\.org|pythonhosted\.org|pytorch\.org|npmjs\.(?:org|com)|yarnpkg\.com|nvidia\.com)"
)
"""Addresses of registries that add nothing which only one company knows."""
_REQUIREMENT = lazy_regex(
    r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)[ \t]*(?:\[[\w\s.,-]*\])?[ \t]*(?P<rest>.*)", re.DOTALL
)
_AFTER_NAME = lazy_regex(r"(?:$|[(;,<>=!~^]).*", re.DOTALL)
_ARCHIVE = lazy_regex(r"(?i).*\.(?:whl|zip|tgz|gz|bz2|txt|py|in)")
_LINE = lazy_regex(r"[^\n\r]+")
_INDEX_LINE = lazy_regex(r"[ \t]*(?:-i|-f|--(?:extra-)?index-url|--find-links|--no-index)\b[^\n\r]*", re.MULTILINE)


def requirement(word: str) -> str:
    """The name that a requirement of PEP 508 starts with; empty for an address, a path or anything else."""
    match = _REQUIREMENT.fullmatch(word.strip())
    if match is None or _AFTER_NAME.fullmatch(match["rest"]) is None or _ARCHIVE.fullmatch(match["name"]):
        return ""
    return match["name"]


def requirements(text: str) -> Iterator[Named]:
    """Of a requirements file of pip; none if it names an index of its own."""
    if any(
        PUBLIC.search(line[0]) is None for line in _INDEX_LINE.finditer(text) if "://" in line[0] or "no-" in line[0]
    ):
        return
    for line in _LINE.finditer(text):
        content = re.split(r"(?:^|\s)#|\s--|\\$", line[0])[0]
        start = line.start() + len(content) - len(content.lstrip("\ufeff \t"))
        name = requirement(content.lstrip("\ufeff"))
        if name:
            yield Named(start, start + len(name), name, "pypi")


_TABLE = lazy_regex(r"[ \t]*(\[\[?)[ \t]*([^\]\n]+?)[ \t]*\]\]?[ \t]*(?:#.*)?")
_KEY = lazy_regex(r"""[ \t]*(?P<quote>["']?)(?P<key>[A-Za-z0-9][\w.-]*)(?P=quote)[ \t]*=[ \t]*(?P<value>.*)""")
_STRING = lazy_regex(
    r"""#.*|"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|(?P<close>\])|(?P<open>\[)|(?P<brace>\{[^}]*\})"""
)
_LISTS = {
    "project": frozenset({"dependencies"}),
    "build-system": frozenset({"requires"}),
    "tool.uv": frozenset({"dev-dependencies", "constraint-dependencies"}),
}
_LIST_TABLES = frozenset({"project.optional-dependencies", "dependency-groups", "tool.pdm.dev-dependencies"})
_KEY_TABLES = lazy_regex(r"tool\.poetry(?:\.group\.[^.]+)?\.(?:dev-)?dependencies")
_SOURCES = lazy_regex(r"""(?m)^[ \t]*\[\[tool\.(?:uv\.index|poetry\.source|pdm\.source)\]\][^\[]*""")
_FROM_ELSEWHERE = lazy_regex(r"\b(?:git|path|url|workspace|source|file|develop)\b[ \t]*=")


def pyproject(text: str) -> Iterator[Named]:
    """Of a pyproject.toml: the project's, its extras, groups, build requirements, and poetry's tables.

    None if it names an index of its own; names that come from elsewhere are left out.
    """
    if any(PUBLIC.search(source[0]) is None for source in _SOURCES.finditer(text)):
        return
    elsewhere = {name for name, value in _keys_of(text, "tool.uv.sources") if _FROM_ELSEWHERE.search(value)}
    for found in _in_tables(text):
        if found.name not in elsewhere:
            yield found


def _keys_of(text: str, wanted: str) -> Iterator[tuple[str, str]]:
    table = ""
    for line in _LINE.finditer(text):
        if header := _TABLE.fullmatch(line[0]):
            table = header[2]
        elif table == wanted and (pair := _KEY.fullmatch(line[0])):
            yield pair["key"], pair["value"]


def _in_tables(text: str) -> Iterator[Named]:
    table, depth = "", 0
    for line in _LINE.finditer(text):
        if depth:
            found, depth = _strings(line[0], line.start(), depth)
            yield from found
        elif header := _TABLE.fullmatch(line[0]):
            table = header[2].replace('"', "")
        elif pair := _KEY.fullmatch(line[0]):
            if _KEY_TABLES.fullmatch(table):
                start = line.start() + pair.start("key")
                if pair["key"] != "python" and not _FROM_ELSEWHERE.search(pair["value"]):
                    yield Named(start, start + len(pair["key"]), pair["key"], "pypi")
            elif pair["value"].startswith("[") and (table in _LIST_TABLES or pair["key"] in _LISTS.get(table, ())):
                found, depth = _strings(pair["value"], line.start() + pair.start("value"), 0)
                yield from found


def _strings(line: str, base: int, depth: int) -> tuple[list[Named], int]:
    """The requirements in a line of an array, and how deep the line ends in arrays."""
    found = []
    for token in _STRING.finditer(line):
        if token["open"] or token["close"]:
            depth += 1 if token["open"] else -1
            if depth <= 0:
                break
            continue
        kind = "double" if token["double"] is not None else "single"
        name = requirement(token[kind] or "")
        if name:
            start = base + token.start(kind) + len(token[kind]) - len(token[kind].lstrip())
            found.append(Named(start, start + len(name), name, "pypi"))
    return found, max(depth, 0)


_TOKEN = lazy_regex(r"""(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<open>[{\[])|(?P<close>[}\]])|(?P<colon>:)|(?P<comma>,)""")
_TABLES = frozenset({"dependencies", "devDependencies", "peerDependencies", "optionalDependencies"})
_NPM_NAME = lazy_regex(r"(?:@[A-Za-z0-9][\w.~-]*/)?[A-Za-z0-9_][\w.~-]*")
_RANGE = lazy_regex(r"(?i)[\s\d.xv*^~<>=|&a-z+-]*|catalog:.*")
_SPECIFIED_ELSEWHERE = lazy_regex(r".*[:/].*")


def package_json(text: str) -> Iterator[Named]:
    """Of a package.json: what the tables of dependencies at its top name with a range of versions."""
    path: list[str] = []
    key, last, is_value = "", None, False
    for token in _TOKEN.finditer(text):
        if token["string"]:
            if is_value and len(path) == 2 and path[1] in _TABLES and last is not None:
                name, spec = last[0][1:-1], token[0][1:-1]
                from_elsewhere = _SPECIFIED_ELSEWHERE.fullmatch(spec) and not spec.startswith("catalog:")
                if _NPM_NAME.fullmatch(name) and _RANGE.fullmatch(spec) and not from_elsewhere:
                    yield Named(last.start() + 1, last.end() - 1, name, "npm")
            if not is_value:
                last = token
        elif token["colon"]:
            key, is_value = (last[0][1:-1] if last is not None else ""), True
        elif token["comma"]:
            is_value = False
        elif token["open"]:
            path.append(key)
            key, is_value = "", False
        elif path:
            path.pop()
            is_value = False
