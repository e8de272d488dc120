"""A connection that does not check whom it talks to, in Go.

Without checking the certificate or the host's key, an encrypted connection can be read and changed by anyone on the
way. A certificate of one's own is no reason: it can be put into a pool of its own (`RootCAs`).

Left alone: configurations that check the certificate themselves (`VerifyPeerCertificate`, `VerifyConnection`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named, sets
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SSH = named("golang.org/x/crypto/ssh", "InsecureIgnoreHostKey")
_MESSAGE = "No certificate is checked, so anyone on the way can read and change what is sent."


class TlsVerificationOffGo(Check):
    """Finds certificates and host keys that are not checked."""

    summary = "A connection that does not check the other side's certificate"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-295",)
    owasp = ("A07:2025",)
    references = ("https://pkg.go.dev/crypto/tls#Config",)
    languages = GO
    calls = _SSH
    query = sets("InsecureSkipVerify")

    VALID = (
        """\
package a

import "crypto/tls"

func größe() *tls.Config {
	return &tls.Config{InsecureSkipVerify: false}
}
""",
        """\
package a

import "crypto/tls"

func f() *tls.Config {
	return &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: check}
}
""",
        """\
package a

import "crypto/tls"

func f(insecure bool) *tls.Config {
	return &tls.Config{InsecureSkipVerify: insecure}
}
""",
        """\
package a

import "golang.org/x/crypto/ssh"

func f(key ssh.PublicKey) *ssh.ClientConfig {
	return &ssh.ClientConfig{HostKeyCallback: ssh.FixedHostKey(key)}
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "crypto/tls"

func größe() *tls.Config {
	return &tls.Config{InsecureSkipVerify: true} // später
}
""",
            at="InsecureSkipVerify: true",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "crypto/tls"

func größe() *tls.Config {
	return &tls.Config{InsecureSkipVerify: false} // später
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(transport *http.Transport) {
	transport.TLSClientConfig.InsecureSkipVerify = true
}
""",
            at="transport.TLSClientConfig.InsecureSkipVerify = true",
            message=_MESSAGE,
            fixed=(
                """\
package a

func f(transport *http.Transport) {
	transport.TLSClientConfig.InsecureSkipVerify = false
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "golang.org/x/crypto/ssh"

func f() *ssh.ClientConfig {
	return &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()}
}
""",
            at="ssh.InsecureIgnoreHostKey()",
            message="The host's key is not checked, so anyone on the way can pretend to be it.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one field."""
        assert isinstance(code, GoCode)
        if (call := found.get("call")) is not None:
            yield Problem(call, "The host's key is not checked, so anyone on the way can pretend to be it.")
            return
        value, whole = found["value"], found["set"]
        around = code.text(code.function(whole) or whole.parent or whole)
        if value.type == "true" and "VerifyPeerCertificate" not in around and "VerifyConnection" not in around:
            fix = Fix("Check the certificate", "review", (code.replace(value, "false"),))
            yield Problem(whole, _MESSAGE, fixes=(fix,))
