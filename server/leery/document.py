"""One version of one file's text, and the small facts that follow from a file's name.

Holds `Document`, the conversion between file URIs and paths, and language ids. It must not read files, know LSP types
or know who wrote what.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from leery_analyzers.packages.written import INSTALL_LANGUAGES

if TYPE_CHECKING:
    from leery_analyzers.text import Text

_LANGUAGES = {
    ".py": "python",
    ".pyi": "python",
    ".pyw": "python",
    ".js": "javascript",
    ".cjs": "javascript",
    ".mjs": "javascript",
    ".jsx": "javascriptreact",
    ".ts": "typescript",
    ".cts": "typescript",
    ".mts": "typescript",
    ".tsx": "typescriptreact",
    ".vue": "vue",
    ".svelte": "svelte",
    ".html": "html",
    ".htm": "html",
    ".java": "java",
    ".cs": "csharp",
    ".go": "go",
    ".c": "c",
    ".h": "c",
    ".sh": "shellscript",
    ".bash": "shellscript",
    ".dockerfile": "dockerfile",
}
_BY_NAME = (
    (re.compile(r"(?i)(?:.+[-_.])?requirements(?:[-_.].+)?\.(?:txt|in)"), "pip-requirements"),
    (re.compile(r"pyproject\.toml"), "toml"),
    (re.compile(r"package\.json"), "json"),
    (re.compile(r"(?i)(?:docker|container)file(?:\..+)?"), "dockerfile"),
    (
        re.compile(r"(?i)(?:readme|install|installation|setup|quickstart|getting[-_]started)(?:[-_.][\w-]+)?\.md"),
        "markdown",
    ),
)
"""Files that say what is to be installed; what they name and what they hide is looked at."""
_INSTRUCTIONS = re.compile(
    r"(?i)(?:agents|claude|claude\.local|gemini|copilot-instructions|conventions|skill)\.md"
    r"|\.(?:cursorrules|windsurfrules|clinerules|roorules|goosehints)"
    r"|.+\.(?:mdc|instructions\.md|prompt\.md|chatmode\.md)"
)
"""Files that assistants read as instructions."""
_DRIVE = re.compile(r"^/?([A-Za-z])[:|](?=[/\\]|$)")


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a text that a client has open.

    Attributes:
        uri: the name the client uses, verbatim.
        version: the number the client gave; it may repeat after a close and an open.
        language: language id as in the LSP.
        text: the content.
    """

    uri: str
    version: int
    language: str
    text: Text

    def with_text(self, version: int, text: Text) -> Document:
        """The document after an edit."""
        return replace(self, version=version, text=text)

    @property
    def path(self) -> Path | None:
        """Where the file lies, or None when the URI names no file."""
        return uri_to_path(self.uri)


def uri_to_path(uri: str) -> Path | None:
    """The path that a ``file:`` URI names, or None for any other scheme (RFC 8089; drive letters as VS Code sends)."""
    name = uri_to_filename(uri, windows=os.name == "nt")
    return None if name is None else Path(name)


def uri_to_filename(uri: str, *, windows: bool) -> str | None:
    """The file name of a ``file:`` URI in the notation of Windows or of POSIX; None when it names no local file."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file":
        return None
    name = unquote(parts.path, errors="surrogateescape")
    if "\0" in name or not name:
        return None
    host = "" if parts.netloc == "localhost" else parts.netloc
    if not windows:
        return name if not host else None
    if host:
        return "\\\\" + host + name.replace("/", "\\")
    drive = _DRIVE.match(name)
    if drive:
        name = drive.group(1).lower() + ":" + (name[drive.end() :] or "/")
    return name.replace("/", "\\")


def path_to_uri(path: Path) -> str:
    """The ``file:`` URI of an absolute path."""
    return filename_to_uri(str(path), windows=os.name == "nt")


def filename_to_uri(name: str, *, windows: bool) -> str:
    """The ``file:`` URI of an absolute file name in the notation of Windows or of POSIX."""
    if windows:
        name = name.replace("\\", "/")
        if name.startswith("//"):
            host, _, rest = name[2:].partition("/")
            return f"file://{host}/{_quote(rest)}"
        drive = _DRIVE.match(name)
        if drive:
            return f"file:///{drive.group(1).lower()}%3A{_quote(name[drive.end() :])}"
    return f"file://{_quote(name)}"


def _quote(name: str) -> str:
    return quote(name.encode("utf-8", "surrogateescape"), safe="/-_.~!$&'()*+,=@")


def canonical_uri(uri: str) -> str:
    """One spelling for URIs that differ only in escapes or in a drive letter's case; others come back unchanged."""
    path = uri_to_path(uri)
    return uri if path is None else path_to_uri(path)


def _path_of(uri: str) -> str:
    """The path of a URI; nothing of what only looks like one."""
    try:
        return urlsplit(uri).path
    except ValueError:
        return ""


def language_of(name: str) -> str:
    """The language id that a file's name suggests, ``plaintext`` when it suggests none.

    Assistants' files of instructions are ``markdown`` whatever they are called; other Markdown is not looked at, unless
    it tells how to install.
    """
    last = re.split(r"[/\\]", name)[-1]
    known = _LANGUAGES.get(os.path.splitext(last)[1].lower())  # noqa: PTH122 - names of URIs are no paths
    if known is None and _INSTRUCTIONS.fullmatch(last) is not None:
        return "markdown"
    return known or next((language for form, language in _BY_NAME if form.fullmatch(last)), "plaintext")


def document_language(uri: str, told: str) -> str:
    """The language id of a document that a client opens.

    Clients have names of their own for requirements files, or none: there the file's name counts, as in a scan.
    """
    known = language_of(_path_of(uri))
    return known if known in INSTALL_LANGUAGES else told
