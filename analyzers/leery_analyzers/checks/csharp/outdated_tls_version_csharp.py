"""A connection that may use a version of TLS that is broken, in C#.

SSL 2 and 3, TLS 1.0 and 1.1 can be attacked and are no longer allowed by RFC 8996. ``SslProtocols.None`` lets the
operating system choose, which is best.

Left alone: naming a version to compare with it, or to take it away (``&= ~SecurityProtocolType.Tls``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NOT_A_USE = frozenset({"prefix_unary_expression", "switch_expression_arm", "case_switch_label", "constant_pattern"})
_MESSAGE = "This version of the protocol is broken; with it, others can read or change what is sent."


class OutdatedTlsVersionCsharp(Check):
    """Finds protocol versions that must not be used any more."""

    summary = "An outdated version of TLS"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8996",)
    languages = CSHARP
    query = """
    ((member_access_expression expression: (_) @kind name: (identifier) @name) @version
      (#match? @kind "(^|[.])(SslProtocols|SecurityProtocolType)$")
      (#any-of? @name "Ssl2" "Ssl3" "Tls" "Tls11" "Default"))
    """

    VALID = (
        """\
class Größe {
    void F(HttpClientHandler handler) {
        handler.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    }
}
""",
        """\
class A {
    bool F(SslStream stream) => stream.SslProtocol == SslProtocols.Tls;
}
""",
        """\
class A {
    void F() {
        ServicePointManager.SecurityProtocol &= ~SecurityProtocolType.Ssl3;
    }
}
""",
        """\
class A {
    object F() => Protocols.Tls11;
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F() {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls; // alt
    }
}
""",
            at="SecurityProtocolType.Tls",
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    void F() {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12; // alt
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(SslStream stream) {
        stream.AuthenticateAsClient(host, null, System.Security.Authentication.SslProtocols.Ssl3, true);
    }
}
""",
            at="System.Security.Authentication.SslProtocols.Ssl3",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void F(SslStream stream) {
        stream.AuthenticateAsClient(host, null, System.Security.Authentication.SslProtocols.Tls12, true);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return new HttpClientHandler { SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls11 };
    }
}
""",
            at="SslProtocols.Tls11",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    object F() {
        return new HttpClientHandler { SslProtocols = SslProtocols.Tls12 };
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one version."""
        assert isinstance(code, CSharpCode)
        version, around = found["version"], found["version"].parent
        if around is None or around.type in _NOT_A_USE:
            return
        edit = code.replace(found["name"], "Tls12")
        if around.type == "binary_expression":
            if code.text(around.child_by_field_name("operator")) != "|":
                return
            left, right = around.child_by_field_name("left"), around.child_by_field_name("right")
            kept = left if right == version else right
            if kept is not None:
                edit = code.replace(around, code.text(kept))
        yield Problem(version, _MESSAGE, fixes=(Fix("Use a version that holds", "safe", (edit,)),))
