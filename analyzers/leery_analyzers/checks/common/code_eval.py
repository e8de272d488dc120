"""A text that is run as code.

``eval``, ``exec`` and ``new Function`` give a text every right the program has. What they are used for mostly needs no
code at all: reading a literal, JSON, a number, picking a function by its name.

Left alone: constant code, methods that happen to be called ``eval``, and ``setTimeout`` with a function.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PYTHON = frozenset({"eval", "exec", "builtins.eval", "builtins.exec", "code.InteractiveInterpreter.runsource"})
_SCRIPT = frozenset(
    {"eval", "window.eval", "globalThis.eval", "global.eval", "Function", "window.Function", "globalThis.Function"}
    | {"vm.runInNewContext", "vm.runInThisContext", "vm.runInContext", "vm.Script", "vm.compileFunction"}
)
_COMPILED = re.compile(r"(?i)^(\w+[._])?(co|code|codeobj|code_obj(ect)?|bytecode|compiled)$|^compile\(")
_TIMERS = frozenset({"setTimeout", "setInterval", "window.setTimeout", "window.setInterval"})


class CodeEval(Check):
    """Finds evaluated text that is not constant."""

    summary = "A text that is run as code"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-95", "CWE-94")
    owasp = ("A05:2025", "LLM05:2025")
    languages = PYTHON + JAVASCRIPT
    refutable = True
    calls = _PYTHON | _SCRIPT | _TIMERS

    VALID = (
        'exec("import größe")\nmodel.eval()\n',
        "import ast\n\nvalue = ast.literal_eval(text)\n",
        "def run(eval, text):\n    return eval(text)\n",
        'df.eval("a + b")\n',
        Valid("setTimeout(() => run(größe), 10);\nsetTimeout(callback, 10);\n", "javascript"),
        Valid('const add = new Function("a", "b", "return a + b");\n', "typescript"),
        Valid("const value = JSON.parse(text);\nredis.eval(script, 1, key);\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code='def größe(request):\n    return eval(request.args["ausdruck"])  # rechnen\n',
            at='request.args["ausdruck"]',
            message='Whatever `request.args["ausdruck"]` holds is run as code, with all rights of this program.',
            fixed=(
                'import ast\n\ndef größe(request):\n    return ast.literal_eval(request.args["ausdruck"])  # rechnen\n',
            ),
        ),
        Invalid(
            code='def call(name, argument):\n    exec(f"{name}({argument!r})")\n',
            at='f"{name}({argument!r})"',
            message="The values of `name` and `argument` are run as code, with all rights of this program.",
        ),
        Invalid(
            code='const run = (ausdruck) => eval("(" + ausdruck + ")");\n',
            at='"(" + ausdruck + ")"',
            message="The value of `ausdruck` is run as code, with all rights of this program.",
            fixed=("const run = (ausdruck) => JSON.parse(ausdruck);\n",),
            language="javascript",
        ),
        Invalid(
            code="const f = new Function('größe', `return ${body}`);\n",
            at="`return ${body}`",
            message="The value of `body` is run as code, with all rights of this program.",
            language="typescript",
        ),
        Invalid(
            code='setTimeout("update(" + id + ")", 10);\n',
            at='"update(" + id + ")"',
            message="The value of `id` is run as code, with all rights of this program.",
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        name = code.callee(call)
        python = code.unit.language == "python"
        timer = not python and name in _TIMERS
        if not timer and name not in (_PYTHON if python else _SCRIPT):
            return
        positional = code.arguments(call).positional
        if not positional:
            return
        body = positional[-1] if name.endswith("Function") else positional[0]
        template = code.template(body)
        if template.constant or (timer and template.opaque):
            return
        fixes = () if body.type == "call" and code.callee(body) == "compile" else tuple(_fixes(code, call, body, name))
        yield Problem(
            body,
            _message([short(code.text(hole.node)) for hole in template.holes], whole=template.opaque),
            fixes=fixes,
            confidence="low" if template.only_numbers or _COMPILED.search(code.text(body)) else None,
        )


def _message(values: list[str], *, whole: bool) -> str:
    names = [f"`{value}`" for value in dict.fromkeys(values)]
    if whole:
        return f"Whatever {names[0]} holds is run as code, with all rights of this program."
    if len(names) == 1:
        return f"The value of {names[0]} is run as code, with all rights of this program."
    return (
        f"The values of {', '.join(names[:-1][:3])} and {names[-1]} are run as code, with all rights of this program."
    )


def _fixes(code: Code, call: Node, body: Node, name: str) -> Iterator[Fix]:
    """Reading a literal or JSON, where that may be what was meant."""
    function = call.child_by_field_name("function")
    if function is None or not name.endswith("eval") or len(code.arguments(call).positional) != 1:
        return
    template = code.template(body)
    if code.unit.language == "python":
        if template.opaque:
            yield Fix("Read a literal only", "review", (code.replace(function, "ast.literal_eval"),), ("import ast",))
    elif template.text.strip("() ") == "\0" and name in _SCRIPT:
        value = template.holes[0].node
        yield Fix("Read JSON only", "review", (code.replace(call, f"JSON.parse({code.text(value)})"),))
