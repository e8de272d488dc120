"""A server that listens on every network of the machine, in Java.

Bound to ``0.0.0.0`` or ``::`` a service can be reached from wherever the machine can, also where only local use was
meant. In a container that is needed; there a firewall or the container's own network decides.

Reported are such addresses where a server is told to listen, and ports without an address of what is for debugging or
maintenance. Left alone: addresses that come from elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_routes import class_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_EVERYWHERE = frozenset({"0.0.0.0", "::", "[::]", "::0"})  # noqa: S104 - what is looked for
_TOLD = frozenset({
    "getByName", "setHost", "setAddress", "setBindAddress", "setHostName", "host", "bind", "bindAddress", "bindHost",
    "listen", "start", "addHttpListener", "addHttpsListener", "ipAddress", "forHost", "setBindHost", "withHost",
    "bindNow", "withBindAddress", "setListenAddress", "createTcpServer",
})  # fmt: skip
_SERVERS = frozenset({"InetSocketAddress", "ServerSocket", "HttpServer", "Server", "NettyServer"})
_FOR_FEW = re.compile(r"(?i)admin|debug|maintenance|\bops|console|internal|diagnos|\bagent|heap|profil|jmx")
_ALONE = re.compile(r"\.\s*create\(\s*$|\.\s*bind\(\s*$|new\s+ServerSocket\(\s*$")
_MESSAGE = "This listens on every network of the machine; bind to the loopback address unless others need it."


class BindAllInterfacesJava(Check):
    """Finds servers that listen everywhere."""

    summary = "A server that listens on every network"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-605", "CWE-1327", "CWE-668")
    owasp = ("A02:2025",)
    languages = JAVA
    query = """
    ((string_literal) @address (#match? @address "^.(0[.]0[.]0[.]0|::|::0|\\\\[::\\\\]).$"))
    (object_creation_expression type: (type_identifier) @kind (#eq? @kind "InetSocketAddress")
      arguments: (argument_list . (_) @port .)) @made
    """

    VALID = (
        """\
class A {
    HttpServer größe() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9901), 0);
    }
}
""",
        """\
class A {
    boolean größe(String host) {
        return "0.0.0.0".equals(host);
    }

    HttpServer shop(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(port), 0);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    HttpServer größe(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress("0.0.0.0", port);
        return HttpServer.create(address, 16);
    }
}
""",
            at='"0.0.0.0"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe(Undertow.Builder builder, Handler handler) {
        builder.addHttpListener(8080, "0.0.0.0").setHandler(handler).build().start();
    }
}
""",
            at='"0.0.0.0"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class DebugServer {
    HttpServer größe() throws IOException {
        return HttpServer.create(new InetSocketAddress(9901), 0);
    }
}
""",
            at="new InetSocketAddress(9901)",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one address."""
        assert isinstance(code, JavaCode)
        if "made" in found:
            made = found["made"]
            around = class_of(made)
            said = code.text(around.child_by_field_name("name")) if around is not None else ""
            said += code.text(code.function(made))
            at = code.range(made).start
            begun = _ALONE.search(code.unit.text[max(0, at - 40) : at])
            if begun is not None and _FOR_FEW.search(said) is not None:
                yield Problem(made, _MESSAGE)
            return
        address = found["address"]
        around = address.parent.parent if address.parent is not None else None
        if around is None or address.parent is None or address.parent.type != "argument_list":
            return
        kind = code.text(around.child_by_field_name("type")).rpartition(".")[2]
        told = code.method(around) in _TOLD if around.type == "method_invocation" else kind in _SERVERS
        if told and code.literal(address) in _EVERYWHERE:
            yield Problem(address, _MESSAGE)
