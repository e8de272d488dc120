"""A connection that may use a version of TLS that is broken, in Java.

SSL 2 and 3, TLS 1.0 and 1.1 can be attacked and are no longer allowed by RFC 8996. ``SSLContext.getInstance("TLS")``
chooses the newest version that both sides know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.fixes.arguments import remove_item
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OLD = re.compile(r"SSL|SSLv2|SSLv2Hello|SSLv3|TLSv1|TLSv1\.0|TLSv1\.1")
_LISTS = frozenset({"setEnabledProtocols", "setProtocols", "protocols", "setSupportedProtocols", "setIncludeProtocols"})
_PROPERTIES = frozenset({"https.protocols", "jdk.tls.client.protocols", "jdk.tls.server.protocols"})
_MESSAGE = "This version of the protocol is broken; with it, others can read or change what is sent."


class OutdatedTlsVersionJava(Check):
    """Finds protocol versions that must not be used any more."""

    summary = "An outdated version of TLS"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8996",)
    languages = JAVA
    calls = frozenset({"SSLContext.getInstance", "System.setProperty", *(f".{name}" for name in _LISTS)})

    VALID = (
        """\
class A {
    SSLContext größe() throws Exception {
        return SSLContext.getInstance("TLS");
    }
}
""",
        """\
class A {
    void f(SSLSocket socket) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
    }
}
""",
        """\
class A {
    void f() {
        System.setProperty("https.protocols", "TLSv1.2,TLSv1.3");
        System.setProperty("app.protocol", "SSLv3");
    }
}
""",
        """\
class A {
    void f(SSLSocket socket) {
        if (socket.getSession().getProtocol().equals("SSLv3")) {
            socket.close();
        }
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    SSLContext größe() throws Exception {
        return javax.net.ssl.SSLContext.getInstance("SSLv3"); // alt
    }
}
""",
            at='"SSLv3"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    SSLContext größe() throws Exception {
        return javax.net.ssl.SSLContext.getInstance("TLS"); // alt
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(SSLSocket socket) {
        socket.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.2"});
    }
}
""",
            at='"TLSv1"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f(SSLSocket socket) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f() {
        System.setProperty("https.protocols", "TLSv1,TLSv1.1");
    }
}
""",
            at='"TLSv1,TLSv1.1"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f() {
        System.setProperty("https.protocols", "TLSv1.2,TLSv1.3");
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        name, arguments = code.callee(call), code.arguments(call)
        first, second = arguments.get(0), arguments.get(1)
        if name == "SSLContext.getInstance":
            for value in code.texts(first) if first is not None else ():
                if first is not None and _OLD.fullmatch(value.text):
                    fixes = (Fix("Use a version that holds", "safe", (code.replace(value.node, '"TLS"'),)),)
                    weak: Level | None = "medium" if value.text == "SSL" else None
                    yield Problem(first, _MESSAGE, fixes=fixes, confidence=weak)
                    break
        elif name == "System.setProperty":
            values = [part.strip() for part in (code.literal(second) or "").split(",")] if second is not None else []
            old = any(_OLD.fullmatch(value) for value in values)
            if old and first is not None and second is not None and code.literal(first) in _PROPERTIES:
                fix = Fix("Use a version that holds", "safe", (code.replace(second, '"TLSv1.2,TLSv1.3"'),))
                yield Problem(second, _MESSAGE, fixes=(fix,))
        else:
            yield from _listed(code, arguments.positional)


def _listed(code: JavaCode, values: tuple[Node, ...]) -> Iterator[Problem]:
    """The protocols of ``setEnabledProtocols``."""
    for value in values:
        inner = value.child_by_field_name("value") if value.type == "array_creation_expression" else None
        items = code.values_of(inner.named_children) if inner is not None else [value]
        good = [item for item in items if (code.literal(item) or "").startswith(("TLSv1.2", "TLSv1.3"))]
        for item in items:
            if _OLD.fullmatch(code.literal(item) or "") and (
                inner is not None or len(values) > 1 or "v" in code.text(item)
            ):
                edit = remove_item(code, item) if good else code.replace(item, '"TLSv1.2"')
                yield Problem(item, _MESSAGE, fixes=(Fix("Use a version that holds", "safe", (edit,)),))
