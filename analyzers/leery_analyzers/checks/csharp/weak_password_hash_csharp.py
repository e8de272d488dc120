"""A password stored as a fast digest, in C#.

SHA-256 and its kin are made to be fast: whoever gets the table tries billions of passwords a second. Passwords need
`Rfc2898DeriveBytes`, bcrypt or Argon2, which are slow on purpose and salted.

Left alone: digests of other things, and functions that use one of the slow ones as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_DIGESTS = ("SHA256", "SHA384", "SHA512", "SHA256Managed", "SHA512Managed", "SHA3_256", "SHA256CryptoServiceProvider")
_PASSWORD = re.compile(r"(?i)passw(?:or)?d|passphrase|pwd\b")
_OTHER = re.compile(
    r"(?i)token|reset|file|pwned|Rfc2898|Pbkdf2|BCrypt|Argon2|scrypt|KeyDerivation|new Aes|Aes\.Create|iterations"
)
_MESSAGE = "This digest is fast, so passwords can be tried by the billion; use PBKDF2, bcrypt or Argon2."


class WeakPasswordHashCsharp(Check):
    """Finds fast digests of passwords."""

    summary = "A password stored as a fast digest"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-916", "CWE-328")
    owasp = ("A04:2025",)
    references = (
        "https://learn.microsoft.com/en-us/aspnet/core/security/data-protection/consumer-apis/password-hashing",
    )
    languages = CSHARP
    calls = frozenset(f"{kind}.{name}" for kind in _DIGESTS for name in ("HashData", "ComputeHash"))

    VALID = (
        """\
class Größe {
    string Name(byte[] file) => Convert.ToHexString(SHA256.HashData(file));
}
""",
        """\
class A {
    byte[] Hash(string password, byte[] salt) {
        using var kdf = new Rfc2898DeriveBytes(password, salt, 600_000, HashAlgorithmName.SHA256);
        return kdf.GetBytes(32);
    }
}
""",
        """\
class A {
    string OfToken(string passwordResetToken) => Convert.ToHexString(SHA256.HashData(Bytes(passwordResetToken)));
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    string Hash(string password) {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(password))); // schnell
    }
}
""",
            at="sha.ComputeHash",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    byte[] HashPassword(string text, string salt) {
        return SHA512.HashData(Encoding.UTF8.GetBytes(text + salt));
    }
}
""",
            at="SHA512.HashData",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        function = code.function(call)
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        about = " ".join((name, *(code.text(value) for value in code.arguments(call).positional)))
        about += " ".join(
            code.text(hole.node) for value in code.arguments(call).positional for hole in code.template(value).holes
        )
        if _PASSWORD.search(about) and not _OTHER.search(code.text(function or call)):
            yield Problem(code.called(call), _MESSAGE)
