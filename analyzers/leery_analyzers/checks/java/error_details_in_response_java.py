"""An error's details sent to whoever asked, in Java.

A stack trace tells which libraries and versions run here, how files and tables are called, and sometimes what is in
them. The details belong into the log; the answer only needs to say that something failed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_answers import CARRIERS, WRITES, is_answer, writes_answer
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_TRACES = frozenset(
    {"ExceptionUtils.getStackTrace", "ExceptionUtils.getFullStackTrace", "Throwables.getStackTraceAsString"}
)
_ANSWERS = re.compile(r"ControllerAdvice|@RestController|ExceptionMapper\b|HttpServletResponse\b")
_STACK = re.compile(r"(\w+)\.getStackTrace\(\)")
_INTO = re.compile(r"printStackTrace\(\s*new\s+(?:java\.io\.)?PrintWriter\(\s*(\w+)")
_DETAIL = re.compile(
    r"(\w+)\.(?:getMessage|getLocalizedMessage|toString|getStackTrace)\(\)|(\w+)|ExceptionUtils\.\w+\((\w+)\)"
)
_MAPS = re.compile(r"\btoResponse\s*\(")
_FAILURE = re.compile(r"\.failure\(\)$|\.getCause\(\)$|\.cause\(\)$")
_BROAD = frozenset({"Exception", "Throwable", "RuntimeException", "SQLException", "IOException"})
_ROUTE = re.compile(r"@(?:\w+Mapping|GET|POST|PUT|DELETE|PATCH|Get|Post|Put|Delete)\b[\s\S]*\bString\s+\w+\s*\(")
_HEAD = 600
_FOLLOWED = 10
_MESSAGE = "The answer tells strangers how this program is built; write the details to the log only."


class ErrorDetailsInResponseJava(Check):
    """Finds exceptions written into answers."""

    summary = "An error's details in the answer"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-209",)
    owasp = ("A10:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html",)
    languages = JAVA
    query = "(catch_clause (block (return_statement (_) @returned))) @catch"
    calls = _TRACES | {".printStackTrace", *(f".{name}" for name in WRITES)}

    VALID = (
        """\
class A {
    void größe(HttpServletResponse response) throws IOException {
        try {
            work();
        } catch (Exception e) {
            log.error("failed", e);
            response.sendError(500, "something failed");
        }
    }
}
""",
        """\
class A {
    String f(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
""",
        """\
class A {
    void f(PrintWriter report) {
        try {
            work();
        } catch (Exception e) {
            report.println(e.getMessage());
        }
    }
}
""",
        """\
class A {
    void f(HttpServletResponse response, String e) throws IOException {
        response.getWriter().print(e);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(HttpServletResponse response) throws IOException {
        try {
            work();
        } catch (Exception fehler) {
            fehler.printStackTrace(response.getWriter());
        }
    }
}
""",
            at="fehler.printStackTrace(response.getWriter())",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void größe(HttpServletResponse response) throws IOException {
        try {
            work();
        } catch (Exception fehler) {
            fehler.printStackTrace();
        }
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(HttpServletResponse response) throws IOException {
        try {
            work();
        } catch (SQLException e) {
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "failed: " + e.getMessage());
        }
    }
}
""",
            at="e.getMessage()",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @ExceptionHandler(Exception.class)
    ResponseEntity<String> failed(Exception e) {
        return ResponseEntity.status(500).body(e.getMessage());
    }
}
""",
            at="e.getMessage()",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    ResponseEntity<String> f() {
        try {
            return work();
        } catch (Exception e) {
            return ResponseEntity.status(500).body(e.toString());
        }
    }
}
""",
            at="e.toString()",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        if "returned" in found:
            yield from _returned(code, found["returned"])
            return
        call = found["call"]
        values = code.arguments(call).positional
        if not values:
            return
        if code.callee(call) in _TRACES:
            yield from _traced(code, call)
            return
        if code.method(call) == "printStackTrace":
            if writes_answer(code, values[0]):
                holder = call.child_by_field_name("arguments")
                fixes = (
                    (Fix("Print it here only", "review", (code.replace(holder, "()"),)),) if holder is not None else ()
                )
                yield Problem(call, _MESSAGE, fixes=fixes, confidence="high")
            return
        if code.method(call) != "sendError" and not is_answer(code, call.child_by_field_name("object")):
            return
        for value in values:
            yield from _details(code, value)


def _details(code: JavaCode, value: Node) -> Iterator[Problem]:
    """The parts of a value that tell of an exception."""
    for part in _parts(code, value):
        detail = _DETAIL.fullmatch(code.text(part))
        name = next((group for group in detail.groups() if group), "") if detail is not None else ""
        if name and _is_caught(code, name, part):
            yield Problem(part, _MESSAGE)


def _returned(code: JavaCode, value: Node) -> Iterator[Problem]:
    """``return "Error: " + e.getMessage()`` in a method whose answer goes to a browser as it is."""
    function = code.function(value)
    head = code.text(function)[:_HEAD] if function is not None else ""
    if _ROUTE.search(head) and value.type in {"binary_expression", "method_invocation"}:
        yield from _details(code, value)


def _parts(code: JavaCode, value: Node) -> list[Node]:
    """The values of a sum."""
    found: list[Node] = []
    stack = [value]
    while stack and len(found) < 100:
        node = code.bare(stack.pop())
        if node.type == "binary_expression":
            stack.extend(side for name in ("left", "right") if (side := node.child_by_field_name(name)) is not None)
        elif node.type == "identifier" and len(found) < _FOLLOWED and not _is_caught(code, code.text(node), node):
            written = [b.value for b in code.last_values(node) if b.kind == "value" and b.value is not None]
            found.append(node)
            stack.extend(item for item in written if item.type in {"binary_expression", "method_invocation"})
        elif node.type == "method_invocation" and (appended := code.appended(node)) is not None:
            stack.extend(appended)
        elif node.type == "method_invocation" and code.callee(node) in CARRIERS:
            stack.extend(code.arguments(node).positional)
        else:
            found.append(node)
    return found


def _traced(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``ExceptionUtils.getStackTrace(error)`` where answers are made."""
    statement = code.text(code.statement(call))
    if _ANSWERS.search(code.source) and not re.search(r"(?i)\blog(?:ger)?\b\s*\.", statement):
        yield Problem(call, _MESSAGE)


def _is_caught(code: JavaCode, name: str, at: Node) -> bool:
    """Whether a name is that of a caught exception."""
    function = code.function(at)
    text = code.text(function) if function is not None else ""
    handler = "@ExceptionHandler" in text[:200] or _MAPS.search(text[:200]) is not None
    if name in _INTO.findall(text):
        return True
    return any(
        (b.kind == "value" and b.value is not None and _FAILURE.search(code.text(b.value)) is not None)
        or (b.kind == "loop" and b.value is not None and _STACK.fullmatch(code.text(b.value)) is not None)
        for b in code.scopes.lookup(name, at.start_byte)
    ) or any(
        b.kind == "parameter"
        and b.value is not None
        and (b.value.type == "catch_type" or (handler and code.simple(b.value) in _BROAD))
        for b in code.scopes.lookup(name, at.start_byte)
    )
