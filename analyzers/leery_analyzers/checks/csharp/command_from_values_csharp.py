"""A command line put together from values, in C#.

The shell, or the program that splits the line into arguments, decides what a value in it means: a quote, a space or a
``&`` in the value adds arguments or commands. ``ProcessStartInfo.ArgumentList`` keeps arguments apart.

Reported are arguments with unknown values in them, and a program that a request names. Left alone: constants, numbers,
values found among known ones, and lists of arguments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SHELL = re.compile(r"(?i)(?:.*[\\/])?(?:cmd|powershell|pwsh|bash|sh|zsh)(?:\.exe)?")
_STARTS = frozenset({"Process.Start", "new ProcessStartInfo"})
_QUERY = sets("Arguments", "FileName")


class CommandFromValuesCsharp(Check):
    """Finds command lines with values in them."""

    summary = "A command line put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-78", "CWE-88")
    owasp = ("A05:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/api/system.diagnostics.processstartinfo.argumentlist",)
    languages = CSHARP
    calls = _STARTS
    query = _QUERY

    VALID = (
        """\
class Größe {
    void F(string path) {
        var info = new ProcessStartInfo("git");
        info.ArgumentList.Add("log");
        info.ArgumentList.Add(path);
        Process.Start(info);
    }
}
""",
        """\
class A {
    void F(int port) {
        Process.Start("server", "--port " + port);
        Process.Start("notepad.exe", "readme.txt");
    }
}
""",
        """\
class A {
    void F(string name) {
        Process.Start("git", new[] { "log", name });
    }
}
""",
        """\
class A {
    void F(Job job, string name) {
        job.Arguments = "--name " + name;
        job.FileName = name;
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(string host) {
        Process.Start("cmd.exe", "/c ping " + host); // prüfen
    }
}
""",
            at='"/c ping " + host',
            message="`host` becomes part of a shell's command, so whoever controls it can run others.",
        ),
        Invalid(
            code="""\
class A {
    void F(string file) {
        var info = new ProcessStartInfo { FileName = "convert", Arguments = $"{file} out.png" };
        Process.Start(info);
    }
}
""",
            at='$"{file} out.png"',
            message="`file` becomes part of a command line, so whoever controls it can add arguments.",
            fixed=(
                """\
class A {
    void F(string file) {
        var info = new ProcessStartInfo { FileName = "convert", ArgumentList = { file, "out.png" } };
        Process.Start(info);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
public class ToolsController : Controller {
    [HttpGet]
    public IActionResult Run(string tool) {
        Process.Start(tool);
        return Ok();
    }
}
""",
            at="Start(«tool»",
            message="`tool` names the program to start, and it comes from the request.",
        ),
        Invalid(
            code="""\
class A {
    void F(string name) {
        var info = new ProcessStartInfo("tool", string.Format("--name {0}", name));
    }
}
""",
            at='string.Format("--name {0}", name)',
            message="`name` becomes part of a command line, so whoever controls it can add arguments.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        if call is None:
            if _of_start_info(code, found["set"]):
                yield from _arguments(code, found)
            return
        program, arguments = code.arguments(call).get(0, "fileName"), code.arguments(call).get(1, "arguments")
        if program is not None and (tool := from_request(code, program)) and code.template(program).opaque:
            yield Problem(program, f"`{short(tool)}` names the program to start, and it comes from the request.")
        elif program is not None and arguments is None and _is_text_parameter(code, program):
            message = f"`{short(code.text(program))}` names the program to start, so whoever controls it runs any."
            yield Problem(program, message, confidence="low")
        if arguments is not None:
            shell = program is not None and any(_SHELL.fullmatch(value.text) for value in code.texts(program))
            yield from _built(code, arguments, shell=shell)


def _arguments(code: CSharpCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    """``info.Arguments = text`` and ``new ProcessStartInfo { Arguments = text }``."""
    value, whole = found["value"], found["set"]
    if code.text(found["key"]) == "FileName":
        tool = from_request(code, value)
        if tool:
            yield Problem(value, f"`{short(tool)}` names the program to start, and it comes from the request.")
        elif _is_text_parameter(code, value):
            message = f"`{short(code.text(value))}` names the program to start, so whoever controls it runs any."
            yield Problem(value, message, confidence="low")
        return
    around = code.text(code.function(whole) or whole)
    shell = re.search(r"(?i)\"[^\"]*\b(?:cmd|powershell|pwsh|bash|sh|zsh)(?:\.exe)?\"", around) is not None
    in_initialiser = whole.parent is not None and whole.parent.type == "initializer_expression"
    yield from _built(code, value, shell=shell, whole=whole if in_initialiser else None)


def _built(code: CSharpCode, value: Node, *, shell: bool, whole: Node | None = None) -> Iterator[Problem]:
    template = code.template(value)
    outside = from_outside(code, template.holes)
    if outside is None or value.type in {"array_creation_expression", "implicit_array_creation_expression"}:
        return
    if template.opaque and not shell and not from_request(code, value):
        return
    name = short(code.text(outside[0]))
    message = (
        f"`{name}` becomes part of a shell's command, so whoever controls it can run others."
        if shell
        else f"`{name}` becomes part of a command line, so whoever controls it can add arguments."
    )
    fixes = _listed(code, value, whole) if whole is not None and not shell else ()
    yield Problem(value, message, fixes=fixes, confidence=outside[1] if shell or from_request(code, value) else "low")


def _listed(code: CSharpCode, value: Node, whole: Node) -> tuple[Fix, ...]:
    """Each argument by itself, where the text is plain words."""
    if value.type != "interpolated_string_expression":
        return ()
    text = code.text(value)[2:-1]
    words = text.split()
    if re.search(r"[\"'\\@]", text) or any(
        "{" in word and not re.fullmatch(r"\{\w+(?:\.\w+)*\}", word) for word in words
    ):
        return ()
    items = ", ".join(word[1:-1] if word.startswith("{") else f'"{word}"' for word in words)
    edit = code.replace(whole, f"ArgumentList = {{ {items} }}")
    return (Fix("Keep the arguments apart", "review", (edit,)),)


def _of_start_info(code: CSharpCode, assignment: Node) -> bool:
    left, around = assignment.child_by_field_name("left"), assignment.parent
    if left is not None and left.type == "member_access_expression":
        base = left.child_by_field_name("expression")
        return base is not None and (
            code.type_of(base) == "ProcessStartInfo" or code.text(base).endswith(("StartInfo", "startInfo", "psi"))
        )
    holder = around.parent if around is not None and around.type == "initializer_expression" else None
    return holder is not None and code.callee(holder) == "new ProcessStartInfo"


def _is_text_parameter(code: CSharpCode, node: Node) -> bool:
    bindings = code.scopes.lookup(code.text(node), node.start_byte) if node.type == "identifier" else ()
    return any(b.kind == "parameter" and code.simple(b.value) == "string" for b in bindings)
