"""A server that listens on every network of the machine.

Bound to ``0.0.0.0`` or ``::`` a service can be reached from wherever the machine can, also where only local use was
meant. In a container that is needed; there a firewall or the container's own network decides.

Left alone: addresses that come from elsewhere, and addresses that are compared or shown. For web servers that are
started with a framework's own command the confidence is low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, is_python, literal_text, named_values, value_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_EVERYWHERE = frozenset({"0.0.0.0", "::", "[::]", "0"})  # noqa: S104 - what is looked for
_SERVERS = frozenset(
    {"HTTPServer", "ThreadingHTTPServer", "TCPServer", "UDPServer", "ThreadingTCPServer", "SimpleXMLRPCServer"}
    | {"make_server", "create_server", "start_server", "run_simple", "WSGIServer", "serve", "SimpleWebSocketServer"}
)
_MESSAGE = "This listens on every network of the machine, not only on its own."


class BindAllInterfaces(Check):
    """Finds servers bound to every address."""

    summary = "A server that listens on every network"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1327", "CWE-605")
    owasp = ("A02:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(f".{name}" for name in _SERVERS) | {
        ".bind",
        ".run",
        ".listen",
        ".run_app",
        ".createServer",
        "inspector.open",
    }

    VALID = (
        'server.bind(("127.0.0.1", 80))  # größe\napp.run(host="localhost")\n',
        'import os\n\napp.run(host=os.environ["HOST"])\n',
        'if address == "0.0.0.0":\n    warn()\nprint("0.0.0.0")\n',
        'key.bind("0.0.0.0")\ncase.run("größe", 0)\n',
        Valid('app.listen(3000, "127.0.0.1");\nqueue.listen("größe");\n', "javascript"),
        Valid("server.listen({ port: 80, host: process.env.HOST });\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code='const inspector = require("node:inspector");\n\ninspector.open(größe, "0.0.0.0");\n',
            at='"0.0.0.0"',
            message=_MESSAGE,
            fixed=('const inspector = require("node:inspector");\n\ninspector.open(größe, "127.0.0.1");\n',),
            language="javascript",
        ),
        Invalid(
            code='import socket\n\ngröße = socket.socket()\ngröße.bind(("0.0.0.0", 8080))\n',
            at='"0.0.0.0"',
            message=_MESSAGE,
            fixed=('import socket\n\ngröße = socket.socket()\ngröße.bind(("127.0.0.1", 8080))\n',),
        ),
        Invalid(
            code='if __name__ == "__main__":\n    app.run(host="0.0.0.0", port=5000)\n',
            at='"0.0.0.0"',
            message=_MESSAGE,
            fixed=('if __name__ == "__main__":\n    app.run(host="127.0.0.1", port=5000)\n',),
        ),
        Invalid(
            code='from http.server import HTTPServer\n\nHTTPServer(("", 80), Handler).serve_forever()\n',
            at='""',
            message=_MESSAGE,
            fixed=('from http.server import HTTPServer\n\nHTTPServer(("127.0.0.1", 80), Handler).serve_forever()\n',),
        ),
        Invalid(
            code='from http.server import HTTPServer as Größe\n\nGröße(("", 80), Handler).serve_forever()\n',
            at='""',
            message=_MESSAGE,
            fixed=(
                'from http.server import HTTPServer as Größe\n\nGröße(("127.0.0.1", 80), Handler).serve_forever()\n',
            ),
        ),
        Invalid(
            code='app.listen(3000, "0.0.0.0", () => log("größe"));\n',
            at='"0.0.0.0"',
            message=_MESSAGE,
            fixed=('app.listen(3000, "127.0.0.1", () => log("größe"));\n',),
            language="javascript",
        ),
        Invalid(
            code="await fastify.listen({ port: 80, host: '::' });\n",
            at="'::'",
            message=_MESSAGE,
            fixed=("await fastify.listen({ port: 80, host: '127.0.0.1' });\n",),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        method, arguments = code.method(call), code.arguments(call)
        host = value_of(named_values(code, call).get("host") or named_values(code, call).get("hostname"))
        raw = method in {"bind", *_SERVERS}
        if host is None and is_python(code) and raw and (pair := arguments.get(0, "server_address")) is not None:
            pair = followed(code, pair)
            host = pair.named_children[0] if pair.type == "tuple" and len(pair.named_children) > 1 else None
        if host is None and (method == "listen" or code.callee(call) == "inspector.open"):
            host = arguments.get(1)
        if host is None and method in {"run", "run_simple", "make_server", "create_server", "start_server"}:
            host = arguments.get(1 if method == "start_server" else 0)
        text = literal_text(code, host)
        if host is None or text is None or not (text in _EVERYWHERE or (text == "" and raw)):
            return
        if "string" not in host.type:
            yield Problem(host, _MESSAGE, confidence=None if raw else "low")
            return
        quote = code.text(host)[-1]
        fix = Fix("Listen on this machine only", "review", (code.replace(host, f"{quote}127.0.0.1{quote}"),))
        yield Problem(host, _MESSAGE, fixes=(fix,), confidence=None if raw else "low")
