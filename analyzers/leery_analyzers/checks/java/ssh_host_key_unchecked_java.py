"""A connection by SSH to whoever answers, in Java.

Without a look at the host's key anybody on the way can pose as the server and read what is sent, the password too. Give
the client a file of known hosts, or the fingerprint.
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

_TELLS = frozenset({"setConfig", "put", "setProperty", "setStrictHostKeyChecking"})
_VERIFIERS = frozenset({"addHostKeyVerifier", "setServerKeyVerifier", "verifyHost", "setHostKeyVerifier"})
_ANYBODY = re.compile(
    r"PromiscuousVerifier|AcceptAllServerKeyVerifier\.INSTANCE|AcceptAllHostKeyVerifier|NullHostKeyVerifier|"
    r"\(\s*\w+(?:\s*,\s*\w+)+\s*\)\s*->\s*(?:true|\{\s*return\s+true\s*;\s*\})"
)
_MESSAGE = "The host's key is not checked, so anybody on the way can pose as the server."


class SshHostKeyUncheckedJava(Check):
    """Finds clients that accept every host."""

    summary = "A connection by SSH that does not check the host's key"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-322", "CWE-295")
    owasp = ("A07:2025",)
    languages = JAVA
    calls = frozenset(f".{name}" for name in _TELLS | _VERIFIERS)

    VALID = (
        """\
class A {
    void größe(JSch jsch, Session session, SSHClient client) throws Exception {
        jsch.setKnownHosts("/etc/ssh/known_hosts");
        session.setConfig("StrictHostKeyChecking", "yes");
        client.loadKnownHosts();
        client.addHostKeyVerifier("SHA256:abc");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(Session session) throws Exception {
        session.setConfig("StrictHostKeyChecking", "no");
    }
}
""",
            at='"no"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe(Properties config) {
        config.put("StrictHostKeyChecking", "no");
    }
}
""",
            at='"no"',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe(SSHClient client) {
        client.addHostKeyVerifier(new PromiscuousVerifier());
    }
}
""",
            at="new PromiscuousVerifier()",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe(SshClient client) {
        client.setServerKeyVerifier((session, address, key) -> true);
    }
}
""",
            at="(session, address, key) -> true",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        values, method = code.arguments(call).positional, code.method(call)
        if not values:
            return
        if method in _VERIFIERS:
            if _ANYBODY.search(code.text(values[0])):
                yield Problem(values[0], _MESSAGE)
            return
        named = "Strict" in method or (len(values) > 1 and code.literal(values[0]) == "StrictHostKeyChecking")
        if named and code.literal(values[-1]) in {"no", "off"}:
            yield Problem(values[-1], _MESSAGE)
