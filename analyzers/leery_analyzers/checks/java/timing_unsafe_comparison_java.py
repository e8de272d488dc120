"""A signature compared so that the time tells how much of it was right, in Java.

``equals`` stops at the first character that differs. Who may try often enough finds the right signature one character
after the other. ``MessageDigest.isEqual`` takes the same time for any.

Left alone: comparisons with constants and checksums of files. Where only the names say that something secret is
compared, confidence is low.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import short, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_EQUALS = frozenset({"equals", "equalsIgnoreCase", "contentEquals"})
_SIGNED = frozenset({"signature", "sig", "mac", "hmac", "signatures"})
_GIVEN = frozenset({"token", "secret", "apikey", "otp", "csrf"})
_WITH = frozenset({"api", "secret", "access", "auth", "expected", "stored", "provided", "admin", "webhook", "shared"})
_ABOUT = frozenset({"type", "name", "length", "size", "id", "kind", "count", "version", "algorithm", "alg", "method"})
_MAKES = re.compile(r"\bMac\.getInstance\(|HmacUtils|doFinal\(|\bhmac\w*\(", re.IGNORECASE)
_MESSAGE = "The time this takes tells how much of `{}` was right, so it can be found by trying."


class TimingUnsafeComparisonJava(Check):
    """Finds signatures compared by ``equals``."""

    summary = "A signature compared in a time that depends on it"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-208",)
    owasp = ("A04:2025",)
    languages = JAVA
    calls = frozenset({f".{name}" for name in _EQUALS} | {"Arrays.equals", "Objects.equals"})

    VALID = (
        """\
class A {
    boolean größe(byte[] expected, byte[] signature) {
        return MessageDigest.isEqual(expected, signature) && !"".equals(name);
    }
}
""",
        """\
class A {
    boolean größe(String signatureType, String token) {
        return signatureType.equals("hmac") || token.equals("(");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    boolean größe(String body, String signature) {
        return hmac(body).equals(signature);
    }
}
""",
            at="hmac(body).equals(signature)",
            message=_MESSAGE.format("signature"),
        ),
        Invalid(
            code="""\
class A {
    boolean größe(byte[] body, byte[] mac) throws Exception {
        Mac made = Mac.getInstance("HmacSHA256");
        return Arrays.equals(made.doFinal(body), mac);
    }
}
""",
            at="Arrays.equals(made.doFinal(body), mac)",
            message=_MESSAGE.format("mac"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one comparison."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        sides = list(code.arguments(call).positional)
        if code.callee(call) not in {"Arrays.equals", "Objects.equals"}:
            base = call.child_by_field_name("object")
            sides = [base, *sides[:1]] if base is not None else []
        if len(sides) != len(("one", "other")) or any(code.literal(side) is not None for side in sides):
            return
        known = [(side, set(words_of(_name(code, side)))) for side in sides]
        if any(words & _ABOUT or code.text(side) == "null" or code.text(side).isupper() for side, words in known):
            return
        signed = next((side for side, words in known if words & _SIGNED), None)
        if signed is not None:
            makes = _MAKES.search(code.text(code.function(call))) is not None
            plain = next((side for side, words in known if words & _SIGNED and side.type == "identifier"), signed)
            yield Problem(call, _MESSAGE.format(short(code.text(plain), 40)), confidence=None if makes else "low")
            return
        given = next((side for side, words in known if words & _GIVEN and words & _WITH), None)
        if given is not None:
            yield Problem(call, _MESSAGE.format(short(code.text(given), 40)), confidence="low")


def _name(code: JavaCode, node: Node) -> str:
    """The last part of the name of a side."""
    if node.type == "method_invocation":
        return code.method(node)
    return code.text(node).rpartition(".")[2]
