"""An initialisation vector that never changes, in C#.

With the same key and the same vector, equal texts give equal ciphertexts; in GCM two messages are enough to read both
and to forge others. A vector is drawn anew for each message (``GenerateIV``) and sent along with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_constant_bytes, is_filled
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SEALS = 4  # nonce, text, sealed text and tag
_TAKES = {"CreateEncryptor": 1, "Encrypt": 0, "EncryptCbc": 1}
_MESSAGE = "This vector is the same each time, so equal texts can be told and, in GCM, messages forged."
_CIPHERS = re.compile(r"(?i)aes|gcm|ccm|rijndael|algorithm|cipher|des|symmetric|provider|chacha|crypto")


class StaticInitializationVectorCsharp(Check):
    """Finds initialisation vectors that are constant."""

    summary = "An initialisation vector that never changes"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-329", "CWE-1204")
    owasp = ("A04:2025",)
    languages = CSHARP
    calls = frozenset(f".{name}" for name in _TAKES)
    query = sets("IV")

    VALID = (
        """\
class Größe {
    void F(Aes aes, byte[] message) {
        aes.GenerateIV();
        aes.IV = message[..16];
    }
}
""",
        """\
class A {
    void F(Aes aes) {
        var iv = new byte[16];
        RandomNumberGenerator.Fill(iv);
        aes.IV = iv;
    }
}
""",
        """\
class A {
    object F(Aes aes, byte[] key, byte[] iv) => aes.CreateEncryptor(key, iv);
}
""",
        """\
class A {
    void F(Patient patient) {
        patient.IV = "Saline";
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(Aes aes) {
        aes.IV = Encoding.UTF8.GetBytes("1234567890123456"); // fest
    }
}
""",
            at='Encoding.UTF8.GetBytes("1234567890123456")',
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    void F(Aes aes) {
        aes.GenerateIV(); // fest
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(Aes aes, byte[] key) {
        byte[] iv = new byte[16];
        return aes.CreateEncryptor(key, iv);
    }
}
""",
            at="key, «iv»",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void F(AesGcm gcm, byte[] text, byte[] sealed, byte[] tag) {
        var nonce = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
        gcm.Encrypt(nonce, text, sealed, tag);
    }
}
""",
            at="Encrypt(«nonce»",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        if call is None:
            value, whole = found["value"], found["set"]
            if is_constant_bytes(code, value) and not is_filled(code, value):
                yield Problem(value, _MESSAGE, fixes=_generated(code, whole))
            return
        base, vector = code.receiver(call), code.arguments(call).get(_TAKES[code.method(call)])
        if code.method(call) == "Encrypt" and len(code.arguments(call).positional) < _SEALS:
            return
        kind = f"{code.text(base)} {code.type_of(base) if base is not None else ''}"
        if (
            vector is not None
            and _CIPHERS.search(kind)
            and is_constant_bytes(code, vector)
            and not is_filled(code, vector)
        ):
            yield Problem(vector, _MESSAGE)


def _generated(code: CSharpCode, assignment: Node) -> tuple[Fix, ...]:
    left = assignment.child_by_field_name("left")
    base = left.child_by_field_name("expression") if left is not None else None
    if base is None:
        return ()
    edit = code.replace(assignment, f"{code.text(base)}.GenerateIV()")
    return (Fix("Draw it anew each time", "manual", (edit,)),)
