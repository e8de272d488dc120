"""A shell that runs a command with a value in it.

A shell reads `;`, `|`, `$( )` and line ends in the value as its own. Given a list of arguments and no shell, a program
gets the value as one argument, whatever is in it.

Left alone: commands whose parts are all known, and values quoted with ``shlex.quote``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.shell import quotable, split_command
from leery_analyzers.checks.words import short
from leery_analyzers.fixes.arguments import remove_item
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Arguments, Code
    from leery_analyzers.checks.templates import Hole, Template
    from leery_analyzers.model import Level

_WITH_SHELL = frozenset(f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen"))
_ALWAYS = frozenset(
    {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
    | {"asyncio.create_subprocess_shell", "asyncio.subprocess.create_subprocess_shell", "commands.getoutput"}
)
_SAFE = frozenset({"shlex.quote", "pipes.quote", "shlex.join"})


class ShellCommandInjection(Check):
    """Finds shell commands that are not constant."""

    summary = "A shell runs a command with a value in it"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-78",)
    owasp = ("A05:2025",)
    languages = PYTHON
    refutable = True
    calls = _WITH_SHELL | _ALWAYS

    VALID = (
        'import subprocess\n\nsubprocess.run("ls -l | wc", shell=True)\nsubprocess.run(["ls", path])\n',
        'import os\n\nCOMMAND = "größe"\nos.system("clear")\nos.system(COMMAND)\n',
        'import shlex\nimport subprocess\n\nsubprocess.run(f"ls {shlex.quote(path)} | wc -l", shell=True)\n',
        'def run(subprocess, path):\n    subprocess.run(f"ls {path}", shell=True)\n',
        'import subprocess\n\nsubprocess.run(f"ls {path}", shell=False)\n',
        'import os\n\n\ndef clear():\n    os.system("cls" if os.name == "nt" else "clear")\n',
    )
    INVALID = (
        Invalid(
            code="import subprocess as sp\n\n\ndef archive(größe, name):\n"
            '    sp.run(f"tar czf backup.tgz {name}", shell=True, check=True)  # größe\n',
            at='f"tar czf backup.tgz {name}"',
            message="A shell runs this command and reads the value of `name` as a part of it, `;` and `$( )` included.",
            fixed=(
                (
                    "import subprocess as sp\n\n\ndef archive(größe, name):\n"
                    '    sp.run(["tar", "czf", "backup.tgz", name], check=True)  # größe\n'
                ),
                (
                    "import shlex\nimport subprocess as sp\n\n\ndef archive(größe, name):\n"
                    '    sp.run(f"tar czf backup.tgz {shlex.quote(name)}", shell=True, check=True)  # größe\n'
                ),
            ),
        ),
        Invalid(
            code='import os\n\n\ndef ping(host):\n    os.system("ping -c 1 " + host)\n',
            at='"ping -c 1 " + host',
            message="A shell runs this command and reads the value of `host` as a part of it, `;` and `$( )` included.",
            fixed=(
                (
                    "import os\nimport subprocess\n\n\ndef ping(host):\n"
                    '    subprocess.run(["ping", "-c", "1", host], check=False)\n'
                ),
                'import os\nimport shlex\n\n\ndef ping(host):\n    os.system("ping -c 1 " + shlex.quote(host))\n',
            ),
        ),
        Invalid(
            code="from subprocess import check_output\n\n\ndef count(folder):\n"
            '    cmd = f"ls {folder} | wc -l"\n    return check_output(cmd, shell=True)\n',
            at="check_output(«cmd», shell",
            message="A shell runs this command and reads the value of `folder` as a part of it, `;` and `$( )` "
            "included.",
            fixed=(
                (
                    "import shlex\nfrom subprocess import check_output\n\n\ndef count(folder):\n"
                    '    cmd = f"ls {shlex.quote(folder)} | wc -l"\n    return check_output(cmd, shell=True)\n'
                ),
            ),
        ),
        Invalid(
            code="import subprocess\n\n\ndef run(command):\n    return subprocess.run(command, shell=True)\n",
            at="run(«command», shell",
            message="A shell runs whatever `command` holds, and nothing here limits it.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        name = code.callee(call)
        arguments = code.arguments(call)
        command = arguments.get(0, "args") or arguments.named.get("cmd") or arguments.named.get("command")
        shell = arguments.named.get("shell")
        if command is None or (name in _WITH_SHELL and (shell is None or code.text(shell) not in {"True", "1"})):
            return
        template = code.template(command, _SAFE)
        if template.constant:
            return
        if template.opaque:
            message = f"A shell runs whatever `{short(code.text(command))}` holds, and nothing here limits it."
            yield Problem(command, message, confidence="low")
            return
        inline = command.type not in code.identifiers
        yield Problem(
            command,
            _message([short(code.text(hole.node)) for hole in template.holes]),
            path=() if inline else tuple((hole.node, "goes into the command here") for hole in template.holes),
            fixes=tuple(_fixes(code, call, command, arguments, template)),
            confidence="low" if template.only_numbers else None,
        )


def _message(values: list[str]) -> str:
    names = [f"`{value}`" for value in dict.fromkeys(values)]
    if len(names) == 1:
        return f"A shell runs this command and reads the value of {names[0]} as a part of it, `;` and `$( )` included."
    shown = f"{', '.join(names[:-1][:3])} and {names[-1]}"
    return f"A shell runs this command and reads the values of {shown} as a part of it, `;` and `$( )` included."


def _fixes(code: Code, call: Node, command: Node, arguments: Arguments, template: Template) -> Iterator[Fix]:
    words = split_command(template)
    inline = command.type not in code.identifiers and command.type != "list"
    if words is not None and inline and not arguments.spread:
        listed = f"[{', '.join(_argument(code, word) for word in words)}]"
        yield from _without_shell(code, call, command, arguments, listed)
    if quotable(template) and command.type != "list":
        edits = [code.replace(hole.node, f"shlex.quote({code.text(hole.node)})") for hole in template.holes]
        if len(set(edits)) == len(edits):
            yield Fix("Quote the value for the shell", "review", tuple(edits), ("import shlex",))


def _without_shell(code: Code, call: Node, command: Node, arguments: Arguments, listed: str) -> Iterator[Fix]:
    title = "Run the program without a shell"
    if (shell := arguments.nodes.get("shell")) is not None:
        yield Fix(title, "review", (code.replace(command, listed), remove_item(code, shell)))
    elif code.callee(call) == "os.system" and len(arguments.positional) == 1:
        used = call.parent is None or call.parent.type != "expression_statement"
        run = f"subprocess.run({listed}, check=False)" + (".returncode" if used else "")
        yield Fix(title, "review", (code.replace(call, run),), ("import subprocess",))


def _argument(code: Code, word: list[str | Hole]) -> str:
    """One argument as Python source."""
    if len(word) == 1:
        piece = word[0]
        if isinstance(piece, str):
            return f'"{piece}"'
        return f"str({code.text(piece.node)})" if piece.number else code.text(piece.node)
    texts = [piece if isinstance(piece, str) else f"{{{code.text(piece.node)}}}" for piece in word]
    return f'f"{"".join(texts)}"'
