"""A file whose name comes from a request, in C#.

A name such as ``../../web.config`` leads out of the folder; `Path.Combine` does not hinder it, and drops the folder
altogether when the name is a full path.

Left alone: a name cut down by ``Path.GetFileName``, and a path that is compared with its folder after
``Path.GetFullPath``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.origins import is_given
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FILE = frozenset(
    f"File.{name}{end}"
    for name in ("ReadAllText", "ReadAllBytes", "ReadAllLines", "WriteAllText", "WriteAllBytes", "AppendAllText")
    for end in ("", "Async")
) | frozenset(
    f"File.{name}"
    for name in ("Open", "OpenRead", "OpenWrite", "OpenText", "Delete", "Create", "Move", "Copy", "ReadLines")
)
_MADE = frozenset({"new FileStream", "new StreamReader", "new StreamWriter", "new FileInfo", "Directory.Delete"})
_SENT = frozenset({"PhysicalFile", "Results.File", "SendFileAsync", "TransmitFile"})
_FILE_NAME = re.compile(r"(?i)(?:file|doc\w*|image|report|template|attachment|page)_?(?:name|path|id)?$|^name$|path$")
_JOINS = frozenset({"Path.Combine", "Path.Join", "Server.MapPath"})
_CHECKED = re.compile(
    r"\.StartsWith\(|Path\.GetFileName\(|GetInvalidFileNameChars|\.Contains\(\s*\"\.\.\"|IsMatch\(|GetRelativePath\("
)


class PathFromRequestCsharp(Check):
    """Finds files named by requests."""

    summary = "A file whose name comes from a request"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-22",)
    owasp = ("A01:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca3003",)
    languages = CSHARP
    calls = _FILE | _MADE | _SENT

    VALID = (
        """\
public class GrößeController : Controller {
    public IActionResult Get(string name) {
        return PhysicalFile(Path.Combine(root, Path.GetFileName(name)), "text/plain");
    }
}
""",
        """\
public class FilesController : Controller {
    public IActionResult Get(string name) {
        var path = Path.GetFullPath(Path.Combine(root, name));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar)) return NotFound();
        return Content(System.IO.File.ReadAllText(path));
    }
}
""",
        """\
class A {
    string F(string path) => File.ReadAllText(path);
}
""",
        """\
public class FilesController : Controller {
    public IActionResult Get(int id) => Content(System.IO.File.ReadAllText($"data/{id}.txt"));
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Get(string name) {
        var path = Path.Combine(root, name); // Ordner
        return Content(System.IO.File.ReadAllText(path));
    }
}
""",
            at="ReadAllText(«path»)",
            message="`name` comes from the request and can lead out of the folder.",
            fixed=(
                """\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Get(string name) {
        var path = Path.Combine(root, Path.GetFileName(name)); // Ordner
        return Content(System.IO.File.ReadAllText(path));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F() {
        File.Delete("uploads/" + Request.Query["file"]);
    }
}
""",
            at='"uploads/" + Request.Query["file"]',
            message='`Request.Query["file"]` comes from the request and can lead out of the folder.',
            fixed=(
                """\
class A {
    void F() {
        File.Delete("uploads/" + Path.GetFileName(Request.Query["file"]));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
public class NotesController : Controller {
    [HttpPost]
    public IActionResult Save(Note note) {
        System.IO.File.WriteAllText("notes/" + note.Name, note.Text);
        return Ok();
    }
}
""",
            at='"notes/" + note.Name',
            message="`note.Name` comes from the request and can lead out of the folder.",
            fixed=(
                """\
public class NotesController : Controller {
    [HttpPost]
    public IActionResult Save(Note note) {
        System.IO.File.WriteAllText("notes/" + Path.GetFileName(note.Name), note.Text);
        return Ok();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
public class UploadController : Controller {
    [HttpPost]
    public async Task<IActionResult> Save(IFormFile file) {
        using var stream = new FileStream(Path.Combine("uploads", file.FileName), FileMode.Create);
        await file.CopyToAsync(stream);
        return Ok();
    }
}
""",
            at='Path.Combine("uploads", file.FileName)',
            message="`file.FileName` comes from the request and can lead out of the folder.",
            fixed=(
                """\
public class UploadController : Controller {
    [HttpPost]
    public async Task<IActionResult> Save(IFormFile file) {
        using var stream = new FileStream(Path.Combine("uploads", Path.GetFileName(file.FileName)), FileMode.Create);
        await file.CopyToAsync(stream);
        return Ok();
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
        path = code.arguments(call).get(0, "path")
        function = code.function(call)
        if path is None or _CHECKED.search(code.text(function) if function is not None else code.source):
            return
        for part in _parts(code, path, 0):
            source = from_request(code, part)
            if source:
                message = f"`{short(source)}` comes from the request and can lead out of the folder."
                yield Problem(path, message, fixes=_cut(code, part, source))
                return
        joined = _joined_parameter(code, path)
        if joined:
            message = f"`{short(joined)}` can lead out of the folder that it is joined to."
            yield Problem(path, message, confidence="low")


def _parts(code: CSharpCode, path: Node, depth: int) -> list[Node]:
    """The parts that a path is joined from."""
    path = code.bare(path)
    if path.type == "identifier" and depth < 5:
        values = [b.value for b in code.last_values(path) if b.kind == "value" and b.value is not None]
        if values and code.bare(values[-1]).type == "invocation_expression":
            return _parts(code, values[-1], depth + 1)
    if path.type == "invocation_expression" and depth < 5:
        if code.callee(path) in _JOINS:
            return [part for value in code.arguments(path).positional for part in _parts(code, value, depth + 1)]
        if code.callee(path) == "Path.GetFullPath":
            return [part for value in code.arguments(path).positional[:1] for part in _parts(code, value, depth + 1)]
    return [path]


def _joined_parameter(code: CSharpCode, path: Node) -> str:
    """The name of a file that a method is given and joins to a folder that it is not given."""
    parts = _parts(code, path, 0)
    if len(parts) < 2 or is_given(code, parts[0], 0):
        return ""
    last = code.bare(parts[-1])
    named = last.type == "identifier" and _FILE_NAME.search(code.text(last)) is not None
    return (
        code.text(last)
        if named and is_given(code, last, 0) and not code.guarded(code.text(last), last.start_byte)
        else ""
    )


def _cut(code: CSharpCode, part: Node, source: str) -> tuple[Fix, ...]:
    """Keep the last part of the name."""
    nodes = [hole.node for hole in code.template(part).holes if code.text(hole.node) == source]
    inside = [node for node in nodes if part.start_byte <= node.start_byte < part.end_byte]
    if len(inside) != 1:
        return ()
    return (Fix("Keep the file's name only", "review", (code.replace(inside[0], f"Path.GetFileName({source})"),)),)
