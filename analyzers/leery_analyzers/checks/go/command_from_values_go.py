"""A shell's command put together from values, in Go.

The shell decides what a value in its command means: a quote, a ``;`` or a ``$(…)`` in the value runs other commands.
``exec.Command`` starts a program without a shell and keeps arguments apart.

Reported are commands given to a shell with unknown values in them, and a program that a request names. Left alone:
constants, numbers, values found among known ones, and values passed as arguments of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.shell import split_command
from leery_analyzers.checks.templates import Hole
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.templates import Template
    from leery_analyzers.model import Level

_COMMAND = named("os/exec", "Command")
_CONTEXT = named("os/exec", "CommandContext")
_SHELL = re.compile(r"(?i)(?:.*[\\/])?(?:sh|bash|zsh|dash|ash|ksh|cmd|cmd\.exe|powershell|powershell\.exe|pwsh)")
_FLAG = re.compile(r"(?i)-\w*c|/c|/k|-Command|-EncodedCommand")
_QUOTING = re.compile(r"(?i)shellescape|shellquote|\bquote\(|strconv\.Quote|shellwords")


class CommandFromValuesGo(Check):
    """Finds shell commands with values in them."""

    summary = "A shell's command put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-78",)
    owasp = ("A05:2025",)
    references = ("https://pkg.go.dev/os/exec",)
    languages = GO
    calls = _COMMAND | _CONTEXT

    VALID = (
        """\
package a

import "os/exec"

func größe(path string) *exec.Cmd {
	return exec.Command("du", "-sh", "--", path)
}
""",
        """\
package a

import "os/exec"

func f(port int) *exec.Cmd {
	return exec.Command("sh", "-c", fmt.Sprintf("lsof -i :%d | wc -l", port))
}
""",
        """\
package a

import "example.com/game/exec"

func f(name string) {
	exec.Command("sh", "-c", "echo "+name)
}
""",
        """\
package a

import "os/exec"

func f(editor, path string) *exec.Cmd {
	return exec.Command(editor, path)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "os/exec"

func größe(host string) *exec.Cmd {
	return exec.Command("sh", "-c", "ping -c 1 "+host) // einmal
}
""",
            at='"ping -c 1 "+host',
            message="`host` becomes part of a shell's command, so whoever controls it can run others.",
            fixed=(
                """\
package a

import "os/exec"

func größe(host string) *exec.Cmd {
	return exec.Command("ping", "-c", "1", host) // einmal
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "os/exec"

func f(ctx context.Context, r *http.Request) *exec.Cmd {
	command := fmt.Sprintf("convert %s | head", r.FormValue("file"))
	return exec.CommandContext(ctx, "/bin/bash", "-c", command)
}
""",
            at='"-c", «command»',
            message='`r.FormValue("file")` becomes part of a shell\'s command, so whoever controls it can run others.',
        ),
        Invalid(
            code="""\
package a

import "os/exec"

func f(w http.ResponseWriter, r *http.Request) {
	tool := r.URL.Query().Get("tool")
	exec.Command(tool).Run()
}
""",
            at="Command(«tool»)",
            message="`tool` names the program to start, and it comes from the request.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        values = code.arguments(call).positional
        if code.callee(call) in _CONTEXT:
            values = values[1:]
        if not values:
            return
        tool = from_request(code, values[0])
        if tool and not any(_SHELL.fullmatch(value.text) for value in code.texts(values[0])):
            yield Problem(values[0], f"`{short(tool)}` names the program to start, and it comes from the request.")
        shell = any(_SHELL.fullmatch(value.text) for value in code.texts(values[0]))
        if not shell or len(values) < 3 or not _FLAG.fullmatch(code.literal(values[1]) or ""):
            return
        for value in values[2:]:
            template = code.template(value)
            outside = from_outside(code, template.holes)
            if outside is None or _QUOTING.search(code.text(outside[0])):
                continue
            message = (
                f"`{short(code.text(outside[0]))}` becomes part of a shell's command, "
                "so whoever controls it can run others."
            )
            sure: Level = "high" if from_request(code, value) else outside[1]
            fixes = _apart(code, values, template) if len(values) == 3 else ()
            yield Problem(value, message, fixes=fixes, confidence="low" if template.opaque and sure != "high" else sure)


def _apart(code: GoCode, values: tuple[Node, ...], template: Template) -> tuple[Fix, ...]:
    """The program itself with each argument by itself, where only plain words stand in the command."""
    words = split_command(template)
    if words is None or code.bare(values[2]).type == "identifier":
        return ()
    items = []
    for word in words:
        parts = [code.text(piece.node) if isinstance(piece, Hole) else f'"{piece}"' for piece in word]
        items.append("+".join(parts))
    place = TextEdit(code.range(values[0]).start, code.range(values[2]).end, ", ".join(items))
    return (Fix("Start the program without a shell", "review", (place,)),)
