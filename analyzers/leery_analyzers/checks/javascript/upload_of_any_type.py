"""Files of any type that are stored under the ending that the sender gave them.

A page or a script that is stored where a server gives it out runs there, or in the browser of whoever opens it. Let
only the types pass that are meant, and choose the name and its ending here.

Left alone: files that speak of types or endings anywhere (``fileFilter``, ``mimetype``), and storage in memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_STORED = re.compile(r"diskStorage\(")
_NAMED = re.compile(
    r"\b(?:cb|callback|done|next)\(\s*(?:null|undefined|\w+)\s*,\s*(?:[^;\n]|\n(?=\s*[+.`]))*?"
    r"(?:extname\([^)]*original|originalname\.(?:split|slice|substr)|\bext\w*\b)[^;\n]*\)"
)
_TYPES = re.compile(
    r"[fF]ileFilter|mime[tT]ype|file-type|fromBuffer|[aA]llowed|ALLOWED|accepts?\b|ACCEPT|[wW]hite[lL]ist|"
    r"(?:[eE]xtensions?|EXTENSIONS?)\b\s*[=.]"
)
_MESSAGE = "Files of any type are stored here with the ending that the sender chose, also pages and scripts."


@dataclass(frozen=True, slots=True)
class _Stored:
    at: TextRange


class UploadOfAnyType(DocumentCheck):
    """Finds uploads whose ending the sender chooses."""

    summary = "Uploaded files stored with the ending that the sender chose"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-434",)
    owasp = ("A06:2025",)
    languages = JAVASCRIPT
    clue = AnyCase(r"diskstorage\(|filefilter|mimetype|file-type|frombuffer|allowed|accept|whitelist|extension")
    parsed = False

    VALID = (
        (
            "const storage = multer.diskStorage({\n"
            "  filename: (req, file, cb) => cb(null, id() + path.extname(file.originalname)),\n"
            "});\nconst größe = multer({ storage, fileFilter: onlyImages });\n"
        ),
        "const storage = multer.diskStorage({\n  filename: (req, file, cb) => cb(null, `${größe()}.png`),\n});\n",
    )
    INVALID = (
        Invalid(
            code="const storage = multer.diskStorage({\n  filename: (req, file, cb) => {\n"
            "    cb(null, größe() + path.extname(file.originalname));\n  },\n});\n",
            at="cb(null, größe() + path.extname(file.originalname))",
            message=_MESSAGE,
        ),
        Invalid(
            code="const größe = multer.diskStorage({\n  filename(req, file, cb) {\n"
            "    const ext = path.extname(file.originalname);\n    cb(null, `${Date.now()}${ext}`);\n  },\n});\n",
            at="cb(null, `${Date.now()}${ext}`)",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Where files are named; a text if the unit speaks of types."""
        text = code.unit.text
        named = _NAMED.finditer(text) if _STORED.search(text) else ()
        stored = tuple(_Stored(TextRange(found.start(), found.end())) for found in named)
        return ("types",) if _TYPES.search(text) else stored

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Names given to files of any type."""
        if any(isinstance(fact, str) for part in document for fact in part):
            return
        for index, part in enumerate(document):
            for fact in part:
                yield Lack(index, fact.at, _MESSAGE)
