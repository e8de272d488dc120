"""Where Java, C# and Go files keep their imports.

Reads the head of a file line by line, so the cost does not grow with the file; it parses no tree and knows no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from leery_analyzers.text import Text

_MAX_HEAD_LINES = 2000
_LINES = {
    "java": re.compile(r"import\s+(static\s+)?([\w.]+(?:\.\*)?)\s*;"),
    "csharp": re.compile(r"(?:global\s+)?using\s+(static\s+)?(?:\w+\s*=\s*)?([\w.]+)\s*;"),
    "go": re.compile(r"import\s+(?:([\w.]+)\s+)?\"([^\"]+)\"(?!.*\))"),
}
_BEFORE = {
    "java": re.compile(r"package\s+[\w.]+\s*;"),
    "csharp": re.compile(r"extern\s+alias\b|#"),
    "go": re.compile(r"package\s+\w+"),
}
_SPEC = re.compile(r"(?:([\w.]+)\s+)?\"([^\"]+)\"")
_OPENED = re.compile(r"import\s*\(\s*(?://.*)?$")


@dataclass(frozen=True, slots=True)
class _Line:
    """An import on a line of its own: its offsets, `end` after the line ending, and what it imports."""

    start: int
    end: int
    indent: str
    target: str
    special: bool


@dataclass(slots=True)
class _Head:
    """The head of a file: imports, the offset after a ``package`` line (or -1), the lines of an open group."""

    imports: list[_Line]
    package_end: int = -1
    comment_end: int = 0
    group: bool = False


def brace_import_edit(text: Text, language: str, statement: str) -> TextEdit | None:
    """The edit for one statement, or None if the document imports it.

    Args:
        text: the document.
        language: ``java``, ``csharp`` or ``go``.
        statement: ``import a.b.C;``, ``using A.B;`` or ``import "a/b"``.
    """
    wanted = _LINES[language].match(statement)
    if wanted is None:
        return None
    target = wanted.group(2)
    head = _head(text, language)
    if any(_covers(line, target, language) for line in head.imports):
        return None
    ending = _line_ending(text)
    if head.group and head.imports:
        return _into_lines(text, head.imports, target, f'"{target}"', ending)
    if head.imports:
        return _into_lines(text, head.imports, target, statement, ending)
    if head.package_end >= 0:
        missing = "" if text.slice(0, head.package_end).endswith(("\n", "\r")) else ending
        return TextEdit(head.package_end, head.package_end, f"{missing}{ending}{statement}{ending}")
    at = head.comment_end
    gap = "" if at < len(text) and not text.line(text.line_of(at)).strip() else ending
    return TextEdit(at, at, f"{statement}{ending}{gap}")


def _into_lines(text: Text, lines: list[_Line], target: str, statement: str, ending: str) -> TextEdit:
    """Where it sorts among the imports up to the first gap; after them if they are in no order."""
    block = [lines[0]]
    for line in lines[1:]:
        if text.slice(block[-1].end, line.start).strip(" \t"):
            break
        block.append(line)
    keys = [_key(line.target, special=line.special) for line in block]
    indent = block[0].indent
    if keys == sorted(keys):
        for line, key in zip(block, keys, strict=True):
            if key > _key(target, special=False):
                return TextEdit(line.start, line.start, f"{indent}{statement}{ending}")
    last = next((line for line in reversed(block) if not line.special), block[-1])
    missing = "" if text.slice(last.start, last.end).endswith(("\n", "\r")) else ending
    return TextEdit(last.end, last.end, f"{missing}{indent}{statement}{ending}")


def _key(target: str, *, special: bool) -> tuple[bool, bool, str]:
    return special, not target.startswith("System"), target


def _covers(line: _Line, target: str, language: str) -> bool:
    if line.target == target and not (line.special and language != "go"):
        return True
    return language == "java" and line.target == f"{target.rpartition('.')[0]}.*" and not line.special


def _head(text: Text, language: str) -> _Head:
    head = _Head([])
    comment = False
    for number in range(min(text.line_count, _MAX_HEAD_LINES)):
        whole = text.line(number)
        stripped = whole.strip("\ufeff \t\f\r\n")
        end = text.line_start(number + 1)
        if comment or stripped.startswith(("//", "/*")):
            comment = "*/" not in stripped if comment or stripped.startswith("/*") else False
            if not head.imports and head.package_end < 0:
                head.comment_end = end
        elif not stripped:
            continue
        elif head.group and stripped.startswith(")"):
            return head
        elif not _take(head, language, whole, stripped, text.line_start(number), end):
            break
    return head


def _take(head: _Head, language: str, whole: str, stripped: str, start: int, end: int) -> bool:
    """Whether a line belongs to the head; if it does, it is taken in."""
    found = (_SPEC if head.group else _LINES[language]).match(stripped)
    if found is not None:
        indent = whole[: len(whole) - len(whole.lstrip())]
        special = bool(found.group(1)) if language != "go" else False
        head.imports.append(_Line(start, end, indent, found.group(2), special))
        return True
    if language == "go" and not head.imports and _OPENED.match(stripped):
        head.group = True
        return True
    if _BEFORE[language].match(stripped):
        if language != "csharp":
            head.package_end = end
        return True
    return False


def _line_ending(text: Text) -> str:
    first = text.line(0)
    return "\r\n" if first.endswith("\r\n") else "\r" if first.endswith("\r") else "\n"
