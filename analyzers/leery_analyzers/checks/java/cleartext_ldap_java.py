"""A directory asked without a password, or with one that anyone on the way can read, in Java.

``simple`` authentication sends the password as it is; over ``ldap://`` it can be read. With ``none`` the directory does
not know who asks, and a login that only tests whether binding works lets everybody in.
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

_KIND = re.compile(r"(?:\w+\.)*SECURITY_AUTHENTICATION|\"java\.naming\.security\.authentication\"")
_ADDRESS = re.compile(r"(?:\w+\.)*PROVIDER_URL|\"java\.naming\.provider\.url\"")
_PLAIN = re.compile(r"(?i)ldap://(?!localhost\b|127\.|\[::1\])[^\"]*")
_ENCRYPTED = re.compile(r"StartTls|SECURITY_PROTOCOL|\"ssl\"|ldaps://")


class CleartextLdapJava(Check):
    """Finds directories asked without protection."""

    summary = "A directory asked without protection"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-287", "CWE-319")
    owasp = ("A07:2025",)
    languages = JAVA
    calls = frozenset({".put", ".setProperty"})

    VALID = (
        """\
class A {
    void größe(Hashtable<String, String> env) {
        env.put(Context.PROVIDER_URL, "ldaps://directory.example.com");
        env.put(Context.SECURITY_AUTHENTICATION, "simple");
    }
}
""",
        """\
class A {
    void f(Map<String, String> env) {
        env.put("authentication", "none");
        env.put("url", "ldap://directory.example.com");
    }
}
""",
        """\
class A {
    void f(Hashtable<String, String> env) {
        env.put(Context.PROVIDER_URL, "ldap://localhost:10389");
        env.put(Context.SECURITY_AUTHENTICATION, "simple");
    }
}
""",
        """\
class A {
    void f(Hashtable<String, String> env) {
        env.put(Context.PROVIDER_URL, "ldap://directory.example.com");
        env.put(Context.SECURITY_AUTHENTICATION, "GSSAPI");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(Hashtable<String, String> env) {
        env.put(Context.SECURITY_AUTHENTICATION, "none");
    }
}
""",
            at='env.put(Context.SECURITY_AUTHENTICATION, "none")',
            message="The directory does not know who asks, so it admits everybody.",
        ),
        Invalid(
            code="""\
class A {
    void f(Hashtable<String, String> env, String password) {
        env.put(Context.PROVIDER_URL, "ldap://directory.example.com:389");
        env.put(Context.SECURITY_AUTHENTICATION, "simple");
        env.put(Context.SECURITY_CREDENTIALS, password);
    }
}
""",
            at='"ldap://directory.example.com:389"',
            message="The password is sent as it is, and anyone on the way can read it.",
            fixed=(
                """\
class A {
    void f(Hashtable<String, String> env, String password) {
        env.put(Context.PROVIDER_URL, "ldaps://directory.example.com:636");
        env.put(Context.SECURITY_AUTHENTICATION, "simple");
        env.put(Context.SECURITY_CREDENTIALS, password);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(java.util.Properties env) {
        env.setProperty("java.naming.security.authentication", "none");
    }
}
""",
            at='env.setProperty("java.naming.security.authentication", "none")',
            message="The directory does not know who asks, so it admits everybody.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        values = code.arguments(call).positional
        if len(values) != 2:
            return
        setting, text = code.text(values[0]), code.literal(values[1])
        if _KIND.fullmatch(setting) and text == "none":
            yield Problem(call, "The directory does not know who asks, so it admits everybody.")
        elif _ADDRESS.fullmatch(setting) and text is not None and _PLAIN.fullmatch(text):
            body = code.text(code.function(call) or call)
            if "SECURITY_CREDENTIALS" in body and '"simple"' in body and not _ENCRYPTED.search(body):
                better = code.text(values[1]).replace("ldap://", "ldaps://").replace(":389", ":636")
                fix = Fix("Encrypt the connection", "review", (code.replace(values[1], better),))
                message = "The password is sent as it is, and anyone on the way can read it."
                yield Problem(values[1], message, fixes=(fix,))
