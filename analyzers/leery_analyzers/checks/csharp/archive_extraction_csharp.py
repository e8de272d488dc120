"""Files of an archive written where the archive says, in C#.

An entry's name may be ``../../bin/start.sh``: joined to a folder it leads out of it, and the file there is
overwritten. ``ZipFile.ExtractToDirectory`` refuses such names.

Left alone: paths compared with their folder after ``Path.GetFullPath``, and names cut down by ``Path.GetFileName``.
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

_NAME = re.compile(r"\w*(?:[eE]ntry|[iI]tem|\bfile|\be)\w*\.(?:FullName|Key|Name|FileName)")
_ARCHIVE = re.compile(r"Zip|Tar|Archive|Rar|Reader\.Entry|SharpCompress")
_WRITES = re.compile(
    r"ExtractToFile|WriteToFile|WriteEntryTo|ExtractEntry|File\.(?:Create|Open|Write)|new FileStream|CopyTo"
)
_CHECKED = re.compile(r"\.StartsWith\(|Path\.GetFileName\(|\.Contains\(\s*\"\.\.\"|GetRelativePath\(|IsPathRooted")
_MESSAGE = "The archive says where its files go, also out of the folder."


class ArchiveExtractionCsharp(Check):
    """Finds archives that choose where their files go."""

    summary = "Files of an archive written where the archive says"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-22",)
    owasp = ("A01:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/standard/io/how-to-compress-and-extract-files",)
    languages = CSHARP
    calls = frozenset({"Path.Combine", "Path.Join"})

    VALID = (
        """\
class Größe {
    void F(ZipArchive archive, string folder) {
        var root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        foreach (var entry in archive.Entries) {
            var target = Path.GetFullPath(Path.Combine(root, entry.FullName));
            if (!target.StartsWith(root, StringComparison.Ordinal)) continue;
            entry.ExtractToFile(target);
        }
    }
}
""",
        """\
class A {
    void F(Menu menu) {
        foreach (var item in menu.Items) paths.Add(Path.Combine("icons", item.Name));
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(ZipArchive archive, string folder) {
        foreach (var entry in archive.Entries) {
            var target = Path.Combine(folder, entry.FullName); // wohin?
            entry.ExtractToFile(target);
        }
    }
}
""",
            at="entry.FullName",
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    void F(ZipArchive archive, string folder) {
        foreach (var entry in archive.Entries) {
            var target = Path.GetFullPath(Path.Combine(folder, entry.FullName)); // wohin?
            if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                continue;
            entry.ExtractToFile(target);
        }
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        body = code.text(code.function(call) or call)
        if _CHECKED.search(body) or not (_ARCHIVE.search(body) and _WRITES.search(body)):
            return
        for value in code.arguments(call).positional[1:]:
            if _NAME.fullmatch(code.text(value)):
                yield Problem(value, _MESSAGE, fixes=_kept_inside(code, call))
                return


def _kept_inside(code: CSharpCode, call: Node) -> tuple[Fix, ...]:
    """Leave out what leads outside; where the path is a variable of its own in a loop over the entries."""
    statement = code.statement(call)
    if (
        statement is None
        or statement.type != "local_declaration_statement"
        or "foreach" not in code.text(code.function(call))
    ):
        return ()
    holder = call.parent
    name = code.text(holder.child_by_field_name("name")) if holder is not None else ""
    if not name or holder is None or holder.type != "variable_declarator":
        return ()
    folder = code.text(code.arguments(call).positional[0])
    indent, end = code.indent(statement), code.newline()
    line = code.text(statement)
    rest = code.slice(statement.end_byte, statement.end_byte + 500)
    comment = rest.partition("\n")[0].rstrip("\r")
    test = (
        f"if (!{name}.StartsWith(Path.GetFullPath({folder}) + Path.DirectorySeparatorChar, StringComparison.Ordinal))"
    )
    text = f"{end}{indent}{test}{end}{indent}    continue;"
    if comment.strip() and not comment.strip().startswith("//"):
        return ()
    del line
    edits = (
        code.replace(call, f"Path.GetFullPath({code.text(call)})"),
        code.insert(statement.end_byte + len(comment.encode()), text),
    )
    return (Fix("Leave out what leads outside", "review", edits),)
