"""A program put together from values and run, in C#.

Whoever controls a value that becomes part of a script controls the whole process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SCRIPTS = frozenset({"EvaluateAsync", "RunAsync", "Create", "EvaluateAsync<object>"})
_LOADS = frozenset(
    {"Assembly.Load", "Assembly.LoadFrom", "Assembly.LoadFile", "Activator.CreateInstance", "Type.GetType"}
)


class CodeFromValuesCsharp(Check):
    """Finds scripts with values in them."""

    summary = "A program put together from values and run"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-94", "CWE-95")
    owasp = ("A05:2025",)
    languages = CSHARP
    calls = (
        _LOADS
        | {f"CSharpScript.{name}" for name in _SCRIPTS}
        | {".AddScript", ".InvokeScript", ".CompileAssemblyFromSource"}
    )

    VALID = (
        """\
class Größe {
    object F() => CSharpScript.EvaluateAsync("1 + 2");
}
""",
        """\
class A {
    object F(string name) => Assembly.Load(name);
}
""",
        """\
class A {
    void F(PowerShell shell, string path) {
        shell.AddScript("Get-ChildItem");
        shell.AddCommand("Get-Item").AddParameter("Path", path);
    }
}
""",
        """\
class A {
    object F(Runner runner, string text) => runner.EvaluateAsync(text);
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    Task<object> F(string formel) {
        return CSharpScript.EvaluateAsync(formel); // rechnen
    }
}
""",
            at="EvaluateAsync(«formel»",
            message="`formel` is run as a program, so whoever controls it controls this process.",
        ),
        Invalid(
            code="""\
class A {
    void F(PowerShell shell, string name) {
        shell.AddScript($"Get-Item {name}");
    }
}
""",
            at='$"Get-Item {name}"',
            message="`name` is run as a program, so whoever controls it controls this process.",
        ),
        Invalid(
            code="""\
public class PluginController : Controller {
    [HttpPost]
    public IActionResult Load(string path) {
        Assembly.LoadFrom(path);
        return Ok();
    }
}
""",
            at="LoadFrom(«path»",
            message="`path` is run as a program, so whoever controls it controls this process.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        script = code.arguments(call).get(0)
        if script is None:
            return
        source = from_request(code, script)
        if not source and code.callee(call) not in _LOADS:
            unknown = next((hole for hole in code.template(script).holes if not hole.number), None)
            source = code.text(unknown.node) if unknown is not None else ""
        if source:
            yield Problem(
                script, f"`{short(source)}` is run as a program, so whoever controls it controls this process."
            )
