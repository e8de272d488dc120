"""A connection that everybody on the way can read, in Java.

Plain HTTP, FTP, Telnet and gRPC without TLS send passwords and contents as they are. Each has an encrypted form that is
used in the same way.

Reported are addresses that begin with ``http://`` in methods that send secrets, and clients of the others. Left
alone: connections to this machine and to names of inner networks, and addresses that only name something (XML).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PLAIN = re.compile(r"(?i)http://(?!localhost|127\.|0\.0\.0\.0|\[|10\.|192\.168\.|172\.[123]\d\.)([\w-]+(?:\.[\w-]+)+)")
_NAMES = re.compile(
    r"(?i)(?:^|\.)(?:w3\.org|xml\.org|apache\.org|sun\.com|xmlsoap\.org|springframework\.\w+)$|schemas?\."
)
_INNER = re.compile(r"(?i)\.(?:local|internal|svc|lan|cluster\.local)$")
_SECRET = re.compile(
    r"(?i)password|passwd|\bpwd\b|secret|api_?-?key|credit_?card|card_?number|\bcvv\b|\"authorization\"|AUTHORIZATION\b"
    r"|setBasicAuth|setBearerAuth|access_?token|\bssn\b|patient|salary"
)
_SENDS = re.compile(
    r"openConnection|HttpRequest|HttpPost|HttpGet|HttpPut|RestTemplate|postFor|exchange\(|WebClient|Request\.Builder"
    r"|\.uri\(|\.target\(|Unirest|\.url\(|URL\(|retrieve\("
)
_CLIENTS = frozenset({"new FTPClient", "new TelnetClient", "new SMTPClient", "new POP3Client", "new IMAPClient"})
_MESSAGE = "What is sent here, passwords among it, can be read and changed by anyone on the way."


class CleartextConnectionJava(Check):
    """Finds connections without encryption."""

    summary = "A connection that everybody on the way can read"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-319",)
    owasp = ("A04:2025",)
    languages = JAVA
    calls = _CLIENTS | {".usePlaintext"}
    query = "(string_literal) @address"

    VALID = (
        """\
class A {
    void größe(String password) throws IOException {
        post(new URL("https://api.example.com/login"), password);
        post(new URL("http://localhost:8080/login"), password);
    }
}
""",
        """\
class A {
    Object f(DocumentBuilderFactory factory) throws Exception {
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return new URL("http://news.example.com/feed");
    }
}
""",
        """\
class A {
    Object f() {
        return ManagedChannelBuilder.forAddress("localhost", 9090).usePlaintext().build();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(String user, String password) throws IOException {
        URL url = new URL("http://login.example.com/sitzung");
        send(url.openConnection(), user + ":" + password);
    }
}
""",
            at='"http://login.example.com/sitzung"',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void größe(String user, String password) throws IOException {
        URL url = new URL("https://login.example.com/sitzung");
        send(url.openConnection(), user + ":" + password);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(String host) throws IOException {
        FTPClient client = new FTPClient();
        client.connect(host);
    }
}
""",
            at="new FTPClient",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return ManagedChannelBuilder.forAddress("api.example.com", 443).usePlaintext().build();
    }
}
""",
            at='ManagedChannelBuilder.forAddress("api.example.com", 443).usePlaintext',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one client or at one address."""
        assert isinstance(code, JavaCode)
        if (call := found.get("call")) is not None:
            if code.method(call) != "usePlaintext" or not re.search(r"\"(?:localhost|127\.)", code.text(call)):
                yield Problem(code.called(call), _MESSAGE)
            return
        address = found["address"]
        written = _PLAIN.match(code.literal(address) or "")
        if written is None or _NAMES.search(written[1]) or _INNER.search(written[1]):
            return
        body = code.text(code.function(address))
        if _SECRET.search(body) and _SENDS.search(body):
            fix = Fix("Use HTTPS", "review", (code.replace(address, code.text(address).replace("http:", "https:", 1)),))
            yield Problem(address, _MESSAGE, fixes=(fix,))
