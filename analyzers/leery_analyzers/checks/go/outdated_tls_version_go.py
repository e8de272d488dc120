"""A connection that may use a version of TLS that is broken, in Go.

SSL 3, TLS 1.0 and 1.1 can be attacked and are no longer allowed by RFC 8996. Without `MinVersion` Go asks for TLS 1.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, sets
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OLD = re.compile(r"(?:\w+\.)?Version(?:SSL30|TLS10|TLS11)|0x030[012]")
_WEAK_SUITE = re.compile(r"(?:\w+\.)?TLS_\w*(?:_RC4_|_3DES_|WITH_NULL)\w*")
_MESSAGE = "This version of the protocol is broken; with it, others can read or change what is sent."


class OutdatedTlsVersionGo(Check):
    """Finds protocol versions and cipher suites that must not be used any more."""

    summary = "An outdated version of TLS"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8996",)
    languages = GO
    query = sets("MinVersion", "MaxVersion", "CipherSuites")

    VALID = (
        """\
package a

func größe() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12}
}
""",
        """\
package a

func f(state tls.ConnectionState) bool {
	return state.Version == tls.VersionTLS10
}
""",
        """\
package a

func f() Rule {
	return Rule{MinVersion: "1.0"}
}
""",
        """\
package a

func f() *tls.Config {
	return &tls.Config{CipherSuites: []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}}
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS10} // alt
}
""",
            at="tls.VersionTLS10",
            message=_MESSAGE,
            fixed=(
                """\
package a

func größe() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12} // alt
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(config *tls.Config) {
	config.MinVersion = tls.VersionSSL30
}
""",
            at="tls.VersionSSL30",
            message=_MESSAGE,
            fixed=(
                """\
package a

func f(config *tls.Config) {
	config.MinVersion = tls.VersionTLS12
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f() *tls.Config {
	return &tls.Config{CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}}
}
""",
            at="[]uint16{tls.TLS_RSA_WITH_RC4_128_SHA}",
            message="`tls.TLS_RSA_WITH_RC4_128_SHA` is broken; leave the choice to crypto/tls.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one field."""
        assert isinstance(code, GoCode)
        value, text = found["value"], code.text(found["value"])
        if code.text(found["key"]) == "CipherSuites":
            weak = _WEAK_SUITE.search(text)
            if weak is not None:
                yield Problem(value, f"`{weak[0]}` is broken; leave the choice to crypto/tls.")
        elif _OLD.fullmatch(text):
            new = re.sub(r"(Version)\w+\Z", r"\1TLS12", text) if "Version" in text else "0x0303"
            yield Problem(
                value, _MESSAGE, fixes=(Fix("Use a version that holds", "safe", (code.replace(value, new),)),)
            )
