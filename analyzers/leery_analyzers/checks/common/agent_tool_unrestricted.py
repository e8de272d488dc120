"""A tool that gives a language model a shell, an interpreter or any file.

What a model asks for can be chosen by whoever wrote a page, a mail or a file that it reads. A tool that runs a
command line or code, or writes a file anywhere, with what the model passes, hands that person the machine. Offer
single actions, take arguments from a list, run in a sandbox.

Left alone: tools that run fixed programs, and those that look the argument up in a list of allowed ones.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_python, literal_text
from leery_analyzers.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_DECORATOR = re.compile(
    r"@([\w.]+\.)?(tool|function_tool|tool_plain|mcp_tool|kernel_function|register_for_llm|register_tool|ai_callable|"
    r"ai_function|llm_tool|register_for_execution|action)\b"
)
_RUNS = {
    "os.system": "a command line", "os.popen": "a command line", "subprocess.run": "a program",
    "subprocess.call": "a program", "subprocess.check_output": "a program", "subprocess.check_call": "a program",
    "subprocess.Popen": "a program", "subprocess.getoutput": "a command line",
    "asyncio.create_subprocess_shell": "a command line", "eval": "code", "exec": "code", "builtins.eval": "code",
    "builtins.exec": "code", "child_process.exec": "a command line", "child_process.execSync": "a command line",
    "child_process.spawn": "a program", "child_process.spawnSync": "a program",
    "execa.execaCommand": "a command line", "Function": "code", "vm.runInNewContext": "code",
    "vm.runInThisContext": "code", "execSync": "a command line", "exec ": "a command line",
    "child_process.execFile": "a program", "execAsync": "a command line", "execPromise": "a command line",
}  # fmt: skip
_READY = {
    "ShellTool": "a shell", "BashProcess": "a shell", "PythonREPLTool": "an interpreter",
    "PythonAstREPLTool": "an interpreter", "PythonREPL": "an interpreter",
    "LocalCommandLineCodeExecutor": "an interpreter", "BashTool": "a shell",
}  # fmt: skip
_MAKERS = frozenset(
    {"tool", "registerTool", "DynamicTool", "DynamicStructuredTool", "defineTool", "createTool", "addTool"}
)
_CONTAINED = re.compile(
    r"is_relative_to|commonpath|startswith\(|startsWith\(|relative\(|basename|"
    r"secure_filename|sandbox|allowed"
)
_MOST = 400
_MESSAGE = "A model that uses this tool runs {} of its choice, and so does whoever wrote a text that it reads."


class AgentToolUnrestricted(Check):
    """Finds tools that run what a model says."""

    summary = "A tool that gives a model a shell or an interpreter"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-749", "CWE-78", "CWE-94")
    owasp = ("LLM06:2025", "LLM05:2025", "A05:2025")
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(f".{name}" for name in (*_READY, *_MAKERS)) | {
        "DynamicTool", "DynamicStructuredTool", "langchain.tools.DynamicTool", "@langchain/core/tools.DynamicTool",
        "@langchain/core/tools.DynamicStructuredTool", ".Tool", ".from_function", ".load_tools", ".StructuredTool",
    }  # fmt: skip
    query: ClassVar[Mapping[str, str]] = {
        "python": "(decorated_definition (decorator) @decorator definition: (function_definition) @function)",
    }

    VALID = (
        '@tool\ndef größe(name: str) -> str:\n    return subprocess.run(["ls", "-l"], check=True).stdout\n',
        "@tool\ndef add(a: int, b: int) -> int:\n    return a + b\n",
        "@app.command()\ndef run(line: str) -> None:\n    os.system(line)\n",
        (
            "@tool\ndef run(name: str) -> str:\n    if name not in ALLOWED:\n        raise ValueError\n"
            "    return os.popen(name).read()\n"
        ),
        Valid('server.tool("größe", {}, async () => execSync("ls"));\n', "javascript"),
        Valid("box.tool(line, (text) => text.trim());\nregistry.addTool(makeTool());\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code='import subprocess\n\n\n@tool\ndef größe(command: str) -> str:\n    """Run."""\n'
            "    return subprocess.run(command, shell=True, capture_output=True).stdout\n",
            at="subprocess.run",
            message=_MESSAGE.format("a program"),
        ),
        Invalid(
            code="@mcp.tool()\nasync def calculate(expression: str) -> str:\n"
            "    return str(eval(expression))  # größe\n",
            at="«eval»(expression)",
            message=_MESSAGE.format("code"),
        ),
        Invalid(
            code='@mcp.tool()\ndef save(größe: str, text: str) -> None:\n    with open(größe, "w") as file:\n'
            "        file.write(text)\n",
            at="«open»(",
            message=_MESSAGE.format("a write to any file"),
        ),
        Invalid(
            code="from langchain_community.tools import ShellTool\n\ntools = [ShellTool()]\n",
            at="[«ShellTool()»]",
            message=_MESSAGE.format("a shell"),
        ),
        Invalid(
            code='import os\n\nrunner = Tool(name="größe", func=os.system, description="runs")\n',
            at="os.system",
            message=_MESSAGE.format("a command line"),
        ),
        Invalid(
            code='import { execSync } from "child_process";\n\n'
            'server.tool("größe", { command: z.string() }, async ({ command }) => execSync(command).toString());\n',
            at="=> «execSync»(",
            message=_MESSAGE.format("a command line"),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one function or call."""
        if (function := found.get("function")) is not None:
            if _DECORATOR.match(code.text(found["decorator"])):
                parameters = function.child_by_field_name("parameters")
                yield from _inside(code, function, parameters)
            return
        call = found["call"]
        method = code.method(call) or code.callee(call).rpartition(".")[2]
        if not is_python(code):
            if method in _MAKERS:
                yield from _script(code, call)
        elif method in _READY:
            if re.search(r"(?i)langchain|agent|tool|llm|autogen|crew", code.import_lines + code.source):
                yield Problem(call, _MESSAGE.format(_READY[method]))
        elif method in {"Tool", "StructuredTool", "from_function"}:
            yield from _given(code, call)
        elif method == "load_tools":
            yield from _loaded(code, call)


def _inside(code: Code, function: Node, parameters: Node | None) -> Iterator[Problem]:
    names = (
        {code.text(node) for node in walk(parameters) if "identifier" in node.type} if parameters is not None else set()
    )
    for node in islice(walk(function), _MOST):
        if node.type not in {"call", "call_expression", "new_expression"}:
            continue
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        what = _RUNS.get(code.callee(node)) or _written(code, node)
        first = code.arguments(node).get(0) or code.arguments(node).named.get("args")
        if what is None or called is None or first is None:
            continue
        used = {code.text(hole.node) for hole in code.template(first).holes} | set(re.findall(r"\w+", code.text(first)))
        looked_up = any(code.guarded(name, node.start_byte) for name in used & names)
        if used & names and not looked_up and not _fixed_program(code, first):
            yield Problem(called, _MESSAGE.format(what))


def _written(code: Code, call: Node) -> str | None:
    """What a call writes that opens a file under a name of the model's choice."""
    name = code.callee(call)
    if name in {"open", "io.open"}:
        mode = literal_text(code, code.arguments(call).get(1, "mode")) or "r"
        writes = mode[:1] in {"w", "a", "x"}
    else:
        writes = name.startswith("fs") and code.method(call) in {
            "writeFile",
            "writeFileSync",
            "appendFile",
            "appendFileSync",
        }
    return "a write to any file" if writes and not _CONTAINED.search(code.source) else None


def _fixed_program(code: Code, arguments: Node) -> bool:
    """Whether a list of arguments starts with a program that is written out and takes no code."""
    if arguments.type not in {"list", "string"} or not arguments.named_children:
        return False
    first = (
        literal_text(code, arguments.named_children[0])
        if arguments.type == "list"
        else code.text(arguments).strip("\"'`")
    )
    return (
        first is not None
        and re.fullmatch(r"(?:.*/)?(?:ba|z|da|k)?sh|cmd(\.exe)?|python\d?|node|powershell", first) is None
        and (arguments.type == "list" or "{" not in code.text(arguments))
    )


def _script(code: Code, call: Node) -> Iterator[Problem]:
    holder = call.child_by_field_name("arguments")
    for node in islice(walk(holder), _MOST) if holder is not None else ():
        if node.type in {"arrow_function", "function_expression", "method_definition"}:
            parameters = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
            yield from _inside(code, node, parameters)


def _given(code: Code, call: Node) -> Iterator[Problem]:
    arguments = code.arguments(call)
    function = arguments.named.get("func") or arguments.get(1 if code.method(call) == "Tool" else 0)
    what = _RUNS.get(code.name(function)) if function is not None else None
    if function is not None and what is not None:
        yield Problem(function, _MESSAGE.format(what))


def _loaded(code: Code, call: Node) -> Iterator[Problem]:
    listed = code.arguments(call).get(0, "tool_names")
    for item in listed.named_children if listed is not None else ():
        name = literal_text(code, item)
        if name in {"terminal", "python_repl"}:
            yield Problem(item, _MESSAGE.format("a shell" if name == "terminal" else "an interpreter"))
