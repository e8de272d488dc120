"""What semgrep calls a language, and which file names make it read one.

Plain tables. Knows no rule and no process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Language:
    """One language id of the LSP in semgrep's terms.

    Attributes:
        analyzer: the name semgrep-core takes in a target.
        suffix: the file name ending that makes semgrep's language server choose this language.
        comment: what starts a comment up to the end of the line.
    """

    analyzer: str
    suffix: str
    comment: str = "//"


LANGUAGES: dict[str, Language] = {
    "python": Language("python", ".py", "#"),
    "javascript": Language("js", ".js"),
    "javascriptreact": Language("js", ".jsx"),
    "typescript": Language("typescript", ".ts"),
    "typescriptreact": Language("typescript", ".tsx"),
    "java": Language("java", ".java"),
    "csharp": Language("csharp", ".cs"),
    "go": Language("go", ".go"),
    "c": Language("c", ".c"),
}

# Names that a rule may use, from "Supported languages" of semgrep's rule syntax.
_NAMES: dict[str, tuple[str, ...]] = {
    "python": ("python", "python2", "python3", "py"),
    "javascript": ("javascript", "js"),
    "javascriptreact": ("javascript", "js"),
    "typescript": ("typescript", "ts"),
    "typescriptreact": ("typescript", "ts"),
    "java": ("java",),
    "csharp": ("csharp", "c#", "cs"),
    "go": ("go", "golang"),
    "c": ("c",),
}

# Rules in these "languages" look at the characters of any file; semgrep-core wants a target of its own for them.
TEXTUAL = {"regex": "regex", "none": "regex", "generic": "generic"}

_SUFFIXES: dict[str, str] = {
    ".py": "python",
    ".pyi": "python",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascriptreact",
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "typescriptreact",
    ".java": "java",
    ".cs": "csharp",
    ".go": "go",
    ".c": "c",
    ".h": "c",
}


def languages_named(names: list[str]) -> tuple[str, ...]:
    """The language ids of the LSP that a rule's `languages` stand for; all of them for a textual rule."""
    wanted = {name.lower() for name in names}
    if wanted & TEXTUAL.keys():
        return tuple(LANGUAGES)
    return tuple(language for language, spellings in _NAMES.items() if wanted.intersection(spellings))


def language_of(path: Path) -> str | None:
    """The language id of a file by its name, or None for a file that is not looked at."""
    return _SUFFIXES.get(path.suffix.lower())
