"""A temporary file whose name everybody knows beforehand, in C#.

In a folder that all write to, somebody else can put a file or a link of that name there first, and read or change what
is written. ``Path.GetTempFileName`` and ``Directory.CreateTempSubdirectory`` make names that are not known.

Left alone: names with something random in them, and files that are read only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WRITES = frozenset(
    f"File.{name}{end}"
    for name in ("WriteAllText", "WriteAllBytes", "WriteAllLines", "AppendAllText")
    for end in ("", "Async")
) | {"File.Create", "File.OpenWrite", "File.CreateText", "new StreamWriter"}
_MESSAGE = "Everybody knows this name beforehand and can put a file or a link there first."


class PredictableTemporaryFileCsharp(Check):
    """Finds temporary files with fixed names."""

    summary = "A temporary file whose name is known beforehand"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-377", "CWE-379")
    owasp = ("A01:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/api/system.io.path.gettempfilename",)
    languages = CSHARP
    calls = _WRITES

    VALID = (
        """\
class Größe {
    void F(string text) {
        File.WriteAllText(Path.GetTempFileName(), text);
        File.WriteAllText(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), text);
        File.WriteAllText("größe.txt", text);
    }
}
""",
        """\
class A {
    void F(string text, Guid id) => File.WriteAllText($"/tmp/{id}.txt", text);
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(string text) {
        File.WriteAllText("/tmp/größe.txt", text);
    }
}
""",
            at='"/tmp/größe.txt"',
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    void F(string text) {
        File.WriteAllText(Path.GetTempFileName(), text);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(string text) {
        var path = Path.Combine(Path.GetTempPath(), "session.dat");
        File.WriteAllText(path, text);
    }
}
""",
            at="WriteAllText(«path»",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        path = code.arguments(found["call"]).get(0)
        if path is None:
            return
        values = (
            [b.value for b in code.last_values(path) if b.value is not None] if path.type == "identifier" else [path]
        )
        for value in values[:1]:
            text = code.text(value)
            if re.fullmatch(r"@?\"(?:/var)?/tmp/[^\"{}]+\"", text) or re.fullmatch(
                r"Path\.Combine\(\s*Path\.GetTempPath\(\),\s*\"[^\"]+\"\s*\)|Path\.GetTempPath\(\)\s*\+\s*\"[^\"]+\"",
                text,
            ):
                fix = Fix("Let the system choose a name", "manual", (code.replace(path, "Path.GetTempFileName()"),))
                yield Problem(path, _MESSAGE, fixes=(fix,) if value == path else ())
