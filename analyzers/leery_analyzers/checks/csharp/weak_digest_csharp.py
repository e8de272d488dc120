"""A digest that can be forged, in C#.

For MD5 and SHA-1 two inputs with the same digest can be made, so neither shows that something is unchanged or who made
it; for passwords even SHA-256 is far too fast. SHA-256 costs little more than MD5.

Low confidence has what the names around show to be a checksum, a cache key, an entity tag or the like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.algorithms import about_integrity_only, about_security, broken_digest
from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_KINDS = ("MD5", "SHA1")
_STATIC = frozenset(
    f"{kind}.{name}" for kind in _KINDS for name in ("Create", "HashData", "HashDataAsync", "TryHashData")
)
_MADE = frozenset(f"new {kind}{end}" for kind in _KINDS for end in ("CryptoServiceProvider", "Managed", "Cng")) | {
    "new HMACMD5"
}
_NAMED = frozenset({"HashAlgorithm.Create", "CryptoConfig.CreateFromName", "IncrementalHash.CreateHash"})
_MESSAGE = "Two inputs with the same {} digest can be made, so it proves nothing; use SHA-256."


class WeakDigestCsharp(Check):
    """Finds MD5 and SHA-1."""

    summary = "A digest that can be forged"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-328", "CWE-327")
    owasp = ("A04:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5351",)
    languages = CSHARP
    calls = _STATIC | _MADE | _NAMED

    VALID = (
        """\
class Größe {
    byte[] F(byte[] data) {
        using var sha = SHA256.Create();
        return sha.ComputeHash(data);
    }
}
""",
        """\
class A {
    byte[] F(byte[] data) => SHA512.HashData(data);
}
""",
        """\
class A {
    object F(Factory MD5) {
        return MD5.Create();
    }
}
""",
        """\
class A {
    object F() {
        return HashAlgorithm.Create("SHA256");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
using System.Security.Cryptography;

class Größe {
    byte[] Schlüssel(byte[] wert) {
        using (var md5 = MD5.Create()) { // schnell
            return md5.ComputeHash(wert);
        }
    }
}
""",
            at="MD5.Create",
            message=_MESSAGE.format("MD5"),
            fixed=(
                """\
using System.Security.Cryptography;

class Größe {
    byte[] Schlüssel(byte[] wert) {
        using (var md5 = SHA256.Create()) { // schnell
            return md5.ComputeHash(wert);
        }
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    string Sign(string token) {
        var sha = new System.Security.Cryptography.SHA1CryptoServiceProvider();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(token)));
    }
}
""",
            at="new System.Security.Cryptography.SHA1CryptoServiceProvider",
            message=_MESSAGE.format("SHA-1"),
            fixed=(
                """\
class A {
    string Sign(string token) {
        var sha = System.Security.Cryptography.SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(token)));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    byte[] F(byte[] token) {
        return SHA1.HashData(token);
    }
}
""",
            at="SHA1.HashData",
            message=_MESSAGE.format("SHA-1"),
            fixed=(
                """\
class A {
    byte[] F(byte[] token) {
        return SHA256.HashData(token);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return HashAlgorithm.Create("MD5");
    }
}
""",
            at="HashAlgorithm.Create",
            message=_MESSAGE.format("MD5"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        name, first = code.callee(call), code.arguments(call).get(0)
        base = code.receiver(call) if call.type == "invocation_expression" else None
        if base is not None and base.type == "identifier" and code.scopes.lookup(code.text(base), base.start_byte):
            return
        if name in _NAMED:
            written = code.literal(first) if first is not None else None
            if written is None and first is not None:
                written = code.text(first).rpartition(".")[2]
            digest = broken_digest(written or "")
        else:
            digest = "MD5" if "MD5" in name else "SHA-1"
        slow = re.search(r"(?i)passw", code.text(code.function(call))) is not None  # another digest would not help
        fixes = _fixes(code, call) if name not in _NAMED and not slow else ()
        if digest:
            around = " ".join((*code.purposes(call), *(code.text(n) for n in code.arguments(call).positional)))
            sure: Level | None = "low" if about_integrity_only(around) else "high" if about_security(around) else None
            yield Problem(code.called(call), _MESSAGE.format(digest), fixes=fixes, confidence=sure)


def _fixes(code: CSharpCode, call: Node) -> tuple[Fix, ...]:
    if call.type == "invocation_expression":
        base = code.receiver(call)
        better = re.sub(r"(?:MD5|SHA1)\Z", "SHA256", code.text(base))
        return (Fix("Use SHA-256", "review", (code.replace(base, better),)),) if base is not None else ()
    written = code.text(call.child_by_field_name("type"))
    if "HMAC" in written:
        return ()
    better = re.sub(r"(?:MD5|SHA1)\w*\Z", "SHA256.Create()", written)
    holder = call.parent
    declared = holder.parent.child_by_field_name("type") if holder is not None and holder.parent is not None else None
    if declared is not None and code.simple(declared).startswith(("MD5", "SHA1")):
        return ()
    return (Fix("Use SHA-256", "review", (code.replace(call, better),)),)
