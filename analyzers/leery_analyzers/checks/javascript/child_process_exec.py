"""A shell that runs a command with a value in it.

``exec`` of ``child_process`` gives its text to a shell, which reads `;`, `|`, `$( )` and line ends in the value as its
own. ``execFile`` and ``spawn`` without ``shell: true`` start one program and pass the value as one argument.

Left alone: commands whose parts are all known, ``exec`` of regular expressions and of databases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.shell import split_command
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.templates import Hole, Template
    from leery_analyzers.model import Level

_ALWAYS = frozenset(
    {"child_process.exec", "child_process.execSync", "execa.execaCommand", "execa.command", "shelljs.exec"}
)
_BARE = frozenset({"exec", "execSync"})
_OPTIONAL = frozenset(f"child_process.{name}" for name in ("spawn", "spawnSync", "execFile", "execFileSync"))
_SAFE = frozenset({"shell-quote.quote", "shell-escape", "shellescape", "shq", ".shellQuote"}) | {
    "process.cwd",
    "os.tmpdir",
    "os.homedir",
}


class ChildProcessExec(Check):
    """Finds shell commands that are not constant."""

    summary = "A shell runs a command with a value in it"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-78",)
    owasp = ("A05:2025",)
    languages = JAVASCRIPT
    refutable = True
    calls = _ALWAYS | _BARE | _OPTIONAL

    VALID = (
        'const { exec } = require("child_process");\n\nexec("ls -l größe | wc");\n',
        'import { execFile } from "node:child_process";\n\nexecFile("ls", [größe]);\n',
        "const found = /a/.exec(`x${text}`);\ndb.exec(`VACUUM ${name}`);\n",
        'import { spawn } from "child_process";\n\nspawn("ls", [path], { shell: false });\n',
        Valid('import { exec } from "./tasks";\n\nexec(`build ${name}`);\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='const { exec } = require("child_process");\n\n'
            "function größe(path, done) {\n  exec(`du -sh ${path}`, done); // größe\n}\n",
            at="`du -sh ${path}`",
            message="A shell runs this command and reads the value of `path` as a part of it, `;` and `$( )` included.",
            fixed=(
                (
                    'const { exec, execFile } = require("child_process");\n\n'
                    'function größe(path, done) {\n  execFile("du", ["-sh", path], done); // größe\n}\n'
                ),
            ),
        ),
        Invalid(
            code='import * as cp from "node:child_process";\n\n'
            'export const clone = (url: string) => cp.execSync("git clone --depth 1 " + url);\n',
            at='"git clone --depth 1 " + url',
            message="A shell runs this command and reads the value of `url` as a part of it, `;` and `$( )` included.",
            fixed=(
                (
                    'import * as cp from "node:child_process";\n\n'
                    'export const clone = (url: string) => cp.execFileSync("git", ["clone", "--depth", "1", url]);\n'
                ),
            ),
            language="typescript",
        ),
        Invalid(
            code='import { exec } from "child_process";\nimport { promisify } from "util";\n\n'
            "const run = promisify(exec);\nawait run(`convert ${file} | head`);\n",
            at="`convert ${file} | head`",
            message="A shell runs this command and reads the value of `file` as a part of it, `;` and `$( )` included.",
        ),
        Invalid(
            code='const { spawn } = require("child_process");\n\nspawn("ls " + path, { shell: true });\n',
            at='"ls " + path',
            message="A shell runs this command and reads the value of `path` as a part of it, `;` and `$( )` included.",
        ),
        Invalid(
            code='const cp = require("child_process");\n\ncp.exec(command);\n',
            at="cp.exec(«command»)",
            message="A shell runs whatever `command` holds, and nothing here limits it.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        name = code.callee(call)
        bare = name in _BARE
        arguments = code.arguments(call)
        command = arguments.get(0)
        if command is None or (name in _OPTIONAL and not _with_shell(code, arguments.positional)):
            return
        template = code.template(command, _SAFE)
        if template.constant or (bare and template.opaque):
            return
        if template.opaque:
            message = f"A shell runs whatever `{short(code.text(command))}` holds, and nothing here limits it."
            yield Problem(command, message, confidence="low")
            return
        yield Problem(
            command,
            _message([short(code.text(hole.node)) for hole in template.holes]),
            path=()
            if command.type not in code.identifiers
            else tuple((hole.node, "goes into the command here") for hole in template.holes),
            fixes=tuple(_fixes(code, call, command, template)) if name in _ALWAYS else (),
            confidence="low" if bare or template.only_numbers else None,
        )


def _message(values: list[str]) -> str:
    names = [f"`{value}`" for value in dict.fromkeys(values)]
    if len(names) == 1:
        return f"A shell runs this command and reads the value of {names[0]} as a part of it, `;` and `$( )` included."
    shown = f"{', '.join(names[:-1][:3])} and {names[-1]}"
    return f"A shell runs this command and reads the values of {shown} as a part of it, `;` and `$( )` included."


def _with_shell(code: Code, positional: tuple[Node, ...]) -> bool:
    for argument in positional[1:]:
        for pair in argument.named_children if argument.type == "object" else ():
            if code.text(pair.child_by_field_name("key")).strip("\"'") == "shell":
                return code.text(pair.child_by_field_name("value")) not in {"false", "undefined", "null"}
    return False


def _fixes(code: Code, call: Node, command: Node, template: Template) -> Iterator[Fix]:
    """``execFile`` with a list, where the file calls ``exec`` by its own name and no shell is needed."""
    words = split_command(template)
    function = call.child_by_field_name("function")
    if words is None or function is None or command.type in code.identifiers:
        return
    last = function.child_by_field_name("property") or function
    own = code.text(last)
    if own not in {"exec", "execSync"} or not code.callee(call).startswith("child_process."):
        return
    new = {"exec": "execFile", "execSync": "execFileSync"}[own]
    program, *rest = (_argument(code, word) for word in words)
    edits = (code.replace(last, new), code.replace(command, f"{program}, [{', '.join(rest)}]"))
    imports = (f'import {{ {new} }} from "node:child_process"',) if function.type == "identifier" else ()
    yield Fix("Run the program without a shell", "review", edits, imports)


def _argument(code: Code, word: list[str | Hole]) -> str:
    """One argument as JavaScript source."""
    if len(word) == 1:
        piece = word[0]
        if isinstance(piece, str):
            return f'"{piece}"'
        return f"String({code.text(piece.node)})" if piece.number else code.text(piece.node)
    texts = [piece if isinstance(piece, str) else f"${{{code.text(piece.node)}}}" for piece in word]
    return f"`{''.join(texts)}`"
