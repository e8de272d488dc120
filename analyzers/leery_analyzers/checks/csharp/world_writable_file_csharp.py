"""A file that everybody on the machine may write or run, in C#.

Whoever has an account there, or a program that runs under one, can change what this program reads later.

Reported is ``UnixFileMode.OtherWrite``, also as a number, where a mode is set.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MESSAGE = "Everybody on the machine may write this file."


class WorldWritableFileCsharp(Check):
    """Finds modes that let everybody write."""

    summary = "A file that everybody on the machine may write"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-732",)
    owasp = ("A01:2025",)
    languages = CSHARP
    calls = frozenset({"File.SetUnixFileMode", "Directory.CreateDirectory"})

    VALID = (
        """\
class Größe {
    void F(string path) {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(path);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(string path) {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherWrite); // für alle
    }
}
""",
            at="UnixFileMode.UserRead | UnixFileMode.OtherWrite",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void F(string path) {
        var mode = UnixFileMode.UserWrite | UnixFileMode.OtherWrite;
        Directory.CreateDirectory(path, mode);
    }
}
""",
            at="path, «mode»",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        mode = code.arguments(found["call"]).get(1)
        if mode is None:
            return
        values = (
            [b.value for b in code.last_values(mode) if b.value is not None] if mode.type == "identifier" else [mode]
        )
        if any(re.search(r"\bOtherWrite\b|\(UnixFileMode\)\s*(?:511|438)\b", code.text(value)) for value in values):
            yield Problem(mode, _MESSAGE)
