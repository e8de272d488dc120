"""Where a file keeps its imports: turns the statements a fix requires into edits of the document.

Reads the head of a file line by line, so the cost does not grow with the file; it parses no tree and knows no rule.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.fixes.brace_imports import brace_import_edit
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery_analyzers.text import Text

_MAX_HEAD_LINES = 2000
_PYTHON_IMPORT = re.compile(r"(?:from\s+([.\w]+)\s+)?import\s+(.+)", re.DOTALL)
_SCRIPT_IMPORT = re.compile(
    r"""import\b(?!\s*\()(?:\s*type\b)?\s*([\w$*\s{},]*?)(?:\s*\bfrom\s*)?["']([^"']+)["']\s*;?""", re.DOTALL
)
_SCRIPT_REQUIRE = re.compile(
    r"""(?:const|let|var)\s+([\w$]+|\{[^}]*\})\s*=\s*require\(\s*["']([^"']+)["']\s*\)\s*;?""", re.DOTALL
)
_NAME = re.compile(r"[^\W\d]\w*")
_NAMED = re.compile(r"import \{ (\w+) \} from \"([^\"]+)\"")
_STRING_START = re.compile(r"[rRuU]?(\"\"\"|'''|\"|')")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement in the head of a file: `start` and `end` are offsets, `end` after its line ending."""

    start: int
    end: int
    text: str


def import_edits(text: Text, language: str, statements: Iterable[str]) -> tuple[TextEdit, ...]:
    """The edits that make a document import what a fix requires; those it has already are left out.

    Args:
        text: the document.
        language: language id.
        statements: as in `Fix.requires_import`: ``import x`` or ``from x import y`` for Python,
            ``import { x } from "y"`` for JavaScript and TypeScript, ``import a.b.C;`` for Java, ``using A.B;`` for C#,
            ``import "a/b"`` for Go.
    """
    edits = (import_edit(text, language, statement) for statement in statements)
    return tuple(edit for edit in edits if edit is not None)


def import_edit(text: Text, language: str, statement: str) -> TextEdit | None:
    """The edit for one statement, or None if the document imports it or its language has no imports here."""
    if language == "python":
        return _python_edit(text, statement)
    if language.startswith(("javascript", "typescript")):
        return _script_edit(text, statement)
    if language in {"java", "csharp", "go"}:
        return brace_import_edit(text, language, statement)
    return None


def adds_import(text: Text, language: str, edit: TextEdit) -> bool:
    """Whether an edit only imports a name that the text has not spoken of: the rest of it means what it meant.

    Args:
        text: the document before the edit.
        language: language id.
        edit: of the text.
    """
    statement = edit.text.strip()
    if edit.start != edit.end:
        return False
    if language == "python":
        found = _PYTHON_IMPORT.fullmatch(statement)
        names = found.group(2) if found is not None else ""
    elif language == "java":
        names = statement.rpartition(".")[2] if statement.startswith("import ") else ""
    else:
        found = _SCRIPT_IMPORT.fullmatch(statement) or _SCRIPT_REQUIRE.fullmatch(statement)
        names = found.group(1) if found is not None else ""
    bound = set(_NAME.findall(names))
    if not bound:
        return False
    whole = str(text)
    return not any(name in whole and re.search(rf"\b{name}\b", whole) for name in bound)


# Python


def _python_edit(text: Text, statement: str) -> TextEdit | None:
    start, head = _python_head(text)
    imports = [(found, item) for item in head if (found := _PYTHON_IMPORT.match(item.text))]
    wanted = _PYTHON_IMPORT.match(statement)
    if wanted is None or any(_binds(found, wanted) for found, _ in imports):
        return None
    ending = _line_ending(text)
    plain = [(found, item) for found, item in imports if found.group(1) != "__future__"]
    block = _first_block(text, plain)
    if not block:
        at = imports[-1][1].end if imports else start
        gap_before = ending if imports or (at > 0 and text.line(text.line_of(at) - 1).strip()) else ""
        gap_after = "" if not text.line(text.line_of(at)).strip() else ending
        return TextEdit(at, at, f"{gap_before}{statement}{ending}{gap_after}")
    return _into_block(block, wanted, statement, ending)


def _into_block(
    block: list[tuple[re.Match[str], _Statement]], wanted: re.Match[str], statement: str, ending: str
) -> TextEdit:
    """Among sorted imports of the same origin the statement goes where it sorts; else it gets a block of its own."""
    if _is_standard(wanted) and not any(_is_standard(found) for found, _ in block):
        at = block[0][1].start
        return TextEdit(at, at, f"{statement}{ending}{ending}")
    for found, item in block:
        if _sort_key(found) > _sort_key(wanted):
            return TextEdit(item.start, item.start, f"{statement}{ending}")
    last = block[-1][1]
    missing = "" if last.text.endswith(("\n", "\r")) else ending
    return TextEdit(last.end, last.end, f"{missing}{statement}{ending}")


def _first_block(text: Text, imports: list[tuple[re.Match[str], _Statement]]) -> list[tuple[re.Match[str], _Statement]]:
    """The imports up to the first gap."""
    block: list[tuple[re.Match[str], _Statement]] = []
    for found, item in imports:
        if block and text.slice(block[-1][1].end, item.start).strip(" \t"):
            break
        block.append((found, item))
    return block


def _sort_key(found: re.Match[str]) -> tuple[bool, str]:
    return bool(found.group(1)), (found.group(1) or found.group(2)).lower()


def _is_standard(found: re.Match[str]) -> bool:
    module = (found.group(1) or found.group(2)).strip()
    return re.split(r"[.\s,]", module)[0] in sys.stdlib_module_names


def _binds(found: re.Match[str], wanted: re.Match[str]) -> bool:
    """Whether an import statement already binds what another one would."""
    if found.group(1) != wanted.group(1):
        return False
    own = [" ".join(part.split()) for part in re.sub(r"#[^\n\r]*|[()\\]", " ", found.group(2)).split(",")]
    return wanted.group(2).strip() in own


def _python_head(text: Text) -> tuple[int, list[_Statement]]:
    """Where code may start (after comments and docstring), and the import statements that follow."""
    start = 0
    found: list[_Statement] = []
    for item in _python_statements(text):
        stripped = item.text.lstrip("\ufeff \t\f")
        if not stripped.strip():
            continue
        if stripped.startswith("#"):
            start = start if found else item.end
        elif not found and _STRING_START.match(stripped):
            start = item.end
        elif item.text[:1] in "if" and _PYTHON_IMPORT.match(item.text):
            found.append(item)
        else:
            break
    return start, found


def _python_statements(text: Text) -> Iterator[_Statement]:
    """The lines of the head, joined where a bracket, a backslash or a triple-quoted string goes on."""
    line = 0
    while line < min(text.line_count, _MAX_HEAD_LINES):
        first = line
        whole = text.line(line)
        while not _complete(whole) and line + 1 < text.line_count and line - first < _MAX_HEAD_LINES:
            line += 1
            whole += text.line(line)
        yield _Statement(text.line_start(first), text.line_start(line + 1), whole)
        line += 1


def _complete(statement: str) -> bool:
    opening = _STRING_START.match(statement.lstrip("\ufeff \t\f"))
    if opening is not None:
        quote = opening.group(1)
        return len(quote) == 1 or statement.count(quote) >= 2
    code = re.sub(r"#[^\n\r]*", "", statement)
    return code.count("(") <= code.count(")") and not code.rstrip("\r\n").endswith("\\")


# JavaScript and TypeScript


def _script_edit(text: Text, statement: str) -> TextEdit | None:
    wanted = _NAMED.fullmatch(statement)
    if wanted is None:
        return None
    name, module = wanted.groups()
    start, head = _script_head(text)
    required = False
    for item in head:
        found = _SCRIPT_IMPORT.match(item.text) or _SCRIPT_REQUIRE.match(item.text)
        assert found is not None
        required = required or found.re is _SCRIPT_REQUIRE
        if found.group(2).removeprefix("node:") == module.removeprefix("node:"):
            names = re.search(r"\{([^}]*)\}", found.group(1))
            if names is not None:
                return _into_braces(item, found, names, name)
    return _new_script_import(text, start, head, name, module, required=required)


def _into_braces(item: _Statement, found: re.Match[str], names: re.Match[str], name: str) -> TextEdit | None:
    own = [part.strip() for part in names.group(1).split(",")]
    if name in own:
        return None
    kept = names.group(1).rstrip().rstrip(",")
    at = item.start + found.start(1) + names.start(1) + len(kept)
    return TextEdit(at, at, f", {name}" if kept.strip() else f" {name} ")


def _new_script_import(
    text: Text, start: int, head: list[_Statement], name: str, module: str, *, required: bool
) -> TextEdit:
    ending = _line_ending(text)
    sample = head[-1].text if head else '";'
    quote = "'" if "'" in sample else '"'
    stop = ";" if sample.rstrip().endswith(";") else ""
    target = f"{quote}{module}{quote}"
    line = f"const {{ {name} }} = require({target})" if required else f"import {{ {name} }} from {target}"
    at = head[-1].end if head else start
    missing = ending if head and not head[-1].text.endswith(("\n", "\r")) else ""
    gap = "" if head or not text.line(text.line_of(at)).strip() else ending
    return TextEdit(at, at, f"{missing}{line}{stop}{ending}{gap}")


def _script_head(text: Text) -> tuple[int, list[_Statement]]:
    """Where code may start (after comments and directives), and the import statements that follow."""
    start, line, comment = 0, 0, False
    found: list[_Statement] = []
    while line < min(text.line_count, _MAX_HEAD_LINES):
        first, whole = line, text.line(line)
        stripped = whole.strip("\ufeff \t\f\r\n")
        if comment or stripped.startswith(("//", "/*", "#!", '"use ', "'use ")):
            comment = "*/" not in stripped if comment or stripped.startswith("/*") else False
            start = start if found else text.line_start(line + 1)
        elif stripped:
            if not re.match(r"(import|const|let|var)\b", stripped):
                break
            while not _script_import(whole) and line + 1 < text.line_count and line - first < 100:
                line += 1
                whole += text.line(line)
            if not _script_import(whole):
                break
            found.append(_Statement(text.line_start(first), text.line_start(line + 1), whole))
        line += 1
    return start, found


def _script_import(statement: str) -> bool:
    found = _SCRIPT_IMPORT.match(statement) or _SCRIPT_REQUIRE.match(statement)
    return found is not None and not statement[found.end() :].strip(" \t\r\n;")


def _line_ending(text: Text) -> str:
    first = text.line(0)
    return "\r\n" if first.endswith("\r\n") else "\r" if first.endswith("\r") else "\n"
