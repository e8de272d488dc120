"""A tool that gives a language model a shell, in Java.

Whoever can put words before the model, in a web page or a document that it reads, decides what runs on this machine.
A tool has to do one named thing with checked arguments.

Reported is a method annotated as a tool (LangChain4j, Spring AI) that starts a command from one of its parameters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_TOOL = re.compile(r"@Tool\b")
_MESSAGE = "The model chooses what runs on this machine, and so does whoever writes a text that it reads."


class ShellToolForModelJava(Check):
    """Finds tools that run a model's commands."""

    summary = "A tool that gives a language model a shell"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-78", "CWE-77")
    owasp = ("LLM06:2025", "A05:2025")
    references = ("https://genai.owasp.org/llmrisk/llm062025-excessive-agency/",)
    languages = JAVA
    calls = frozenset({".exec", "new ProcessBuilder", ".eval"})

    VALID = (
        """\
class A {
    @Tool("Größe der Platte")
    String size() throws Exception {
        return read(new ProcessBuilder("df", "-h").start());
    }
}
""",
        """\
class A {
    String run(String command) throws Exception {
        return read(Runtime.getRuntime().exec(command));
    }
}
""",
        """\
class A {
    @Tool("Find an order")
    String find(String id) {
        return orders.exec(id);
    }
}
""",
        """\
class A {
    @Tool("Show a known report")
    String report(String name) throws Exception {
        if (!KNOWN_REPORTS.contains(name)) {
            return "unknown";
        }
        return read(new ProcessBuilder("report", name).start());
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    @Tool("Führe einen Befehl aus")
    String run(String befehl) throws Exception {
        return read(Runtime.getRuntime().exec(befehl));
    }
}
""",
            at="exec(«befehl»",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @Tool
    String run(@P("the command") String command) throws Exception {
        return read(new ProcessBuilder("bash", "-c", command).start());
    }
}
""",
            at='"-c", «command»',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @Tool(description = "Runs a script")
    Object run(String script) throws Exception {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("js");
        return engine.eval(script);
    }
}
""",
            at="eval(«script»",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        function = code.function(call)
        if function is None or not _TOOL.search(code.text(function)[:400]):
            return
        base = code.text(call.child_by_field_name("object"))
        if code.method(call) == "exec" and "untime" not in base:
            return
        if code.method(call) == "eval" and code.callee(call) != "ScriptEngine.eval" and "engine" not in base.lower():
            return
        for value in code.arguments(call).positional:
            for hole in code.template(value).holes:
                if _is_parameter(code, hole.node) and not code.guarded(code.text(hole.node), call.start_byte):
                    yield Problem(value, _MESSAGE)
                    return


def _is_parameter(code: JavaCode, node: Node) -> bool:
    bindings = code.scopes.lookup(code.text(node), node.start_byte) if node.type == "identifier" else ()
    return any(binding.kind == "parameter" for binding in bindings)
