"""A tool of development that others can reach, in Java.

A database's console runs any statement, a debugger and a management port run any code. They are for the machine on
which one develops, and there only for oneself.

Reported are H2's servers that let others in, remote management without passwords, and Spring Security told to show what
it does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SERVERS = frozenset({"createWebServer", "createTcpServer", "createPgServer", "runTool"})
_OTHERS = re.compile(r"-?(?:web|tcp|pg)AllowOthers")
_SETTINGS = re.compile(
    r"(?i)(?:com\.sun\.management\.jmxremote\.authenticate=false|spring\.h2\.console\.settings\.web-allow-others=true"
    r"|management\.endpoints\.web\.exposure\.include=\*|management\.security\.enabled=false)"
)
_PUTS = frozenset({"setProperty", "put", "addInitParameter", "setInitParameter"})
_QUERY = '((annotation name: (identifier) @annotation) @debug (#eq? @annotation "EnableWebSecurity"))'
_CONSOLE = "Anybody who reaches this port can run statements, or code, here."
_SHOWN = "This shows every request with its headers in the log, passwords and session numbers included."


class ConsoleForOthersJava(Check):
    """Finds consoles and debuggers that let others in."""

    summary = "A tool of development that others can reach"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-489", "CWE-306")
    owasp = ("A02:2025",)
    languages = JAVA
    calls = frozenset({*(f".{name}" for name in _SERVERS | _PUTS), ".debug"})
    query = _QUERY

    VALID = (
        """\
class A {
    Server größe() throws SQLException {
        return Server.createWebServer("-web", "-webPort", "8082");
    }
}
""",
        """\
class A {
    void f() {
        System.setProperty("com.sun.management.jmxremote.authenticate", "true");
        map.put("allow", "others");
    }
}
""",
        """\
@EnableWebSecurity
class A {
    void f(Logger log, WebSecurity web) {
        log.debug("web");
        web.debug();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    Server größe() throws SQLException {
        return Server.createWebServer("-web", "-webAllowOthers", "-webPort", "8082");
    }
}
""",
            at='"-webAllowOthers"',
            message=_CONSOLE,
        ),
        Invalid(
            code="""\
class A {
    void f() {
        System.setProperty("com.sun.management.jmxremote.authenticate", "false");
    }
}
""",
            at='"false"',
            message=_CONSOLE,
        ),
        Invalid(
            code="""\
@EnableWebSecurity(debug = true)
class A {
}
""",
            at="debug = true",
            message=_SHOWN,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one annotation."""
        assert isinstance(code, JavaCode)
        if (annotation := found.get("debug")) is not None:
            value = code.annotation(annotation).get("debug")
            if value is not None and code.text(value) == "true" and value.parent is not None:
                yield Problem(value.parent, _SHOWN, severity="medium")
            return
        call = found["call"]
        values, method = code.arguments(call).positional, code.method(call)
        if method in _SERVERS:
            told = next((value for value in values if _OTHERS.fullmatch(code.literal(value) or "")), None)
            if told is not None:
                yield Problem(told, _CONSOLE)
        elif method == "debug":
            base = call.child_by_field_name("object")
            if values and base is not None and code.type_of(base) == "WebSecurity" and is_word(code, values[0], "true"):
                yield Problem(call, _SHOWN, severity="medium")
        elif len(values) == 2:
            key, told_as = code.literal(values[0]), code.literal(values[1])
            if key is not None and _SETTINGS.fullmatch(f"{key}={told_as or code.text(values[1])}"):
                yield Problem(values[1], _CONSOLE)
            elif key is not None and _OTHERS.fullmatch(key) and method.endswith("InitParameter"):
                yield Problem(values[0], _CONSOLE)
