"""A key that is too short, or made from a password in a way that is quick to repeat, in C#.

RSA and DSA keys below 2048 bits can be broken. `Rfc2898DeriveBytes` with few rounds makes each guess of a password
cheap (its old default is 1000 rounds), and a constant salt lets one table of guesses serve for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_constant_bytes, is_filled, number_literal
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PAIRS = frozenset(
    {"RSA.Create", "DSA.Create", "new RSACryptoServiceProvider", "new DSACryptoServiceProvider", "new RSACng"}
)
_DERIVED = frozenset({"new Rfc2898DeriveBytes", "Rfc2898DeriveBytes.Pbkdf2", "KeyDerivation.Pbkdf2"})
_SALT = "The salt is the same for every password, so one table of guesses serves for all."


class WeakKeyCsharp(Check):
    """Finds short keys and quick derivations."""

    summary = "A key that is too short, or quick to guess from a password"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-326", "CWE-916", "CWE-760")
    owasp = ("A04:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5387",)
    languages = CSHARP
    calls = _PAIRS | _DERIVED
    query = sets("KeySize", "IterationCount")

    VALID = (
        """\
class Größe {
    object F() => RSA.Create(3072);
}
""",
        """\
class A {
    object F(string password, byte[] salt) {
        return new Rfc2898DeriveBytes(password, salt, 600_000, HashAlgorithmName.SHA256);
    }
}
""",
        """\
class A {
    void F(Aes aes) {
        aes.KeySize = 256;
    }
}
""",
        """\
class A {
    void F(Lock gate) {
        gate.KeySize = 3;
        gate.IterationCount = 3;
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    object F() {
        return RSA.Create(1024); // schnell
    }
}
""",
            at="1024",
            message="Keys of 1024 bits can be broken; use at least 2048.",
            fixed=(
                """\
class Größe {
    object F() {
        return RSA.Create(2048); // schnell
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(string password, byte[] salt) {
        return new Rfc2898DeriveBytes(password, salt, 1000);
    }
}
""",
            at="1000",
            message="1000 rounds make each guess cheap; use at least 600,000 with SHA-256.",
            fixed=(
                """\
class A {
    object F(string password, byte[] salt) {
        return new Rfc2898DeriveBytes(password, salt, 600_000);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(string password) {
        var salt = Encoding.UTF8.GetBytes("salt1234");
        return new Rfc2898DeriveBytes(password, salt, 600_000, HashAlgorithmName.SHA256);
    }
}
""",
            at="password, «salt»",
            message=_SALT,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        if call is None:
            key, base = code.text(found["key"]), code.text(found["set"].child_by_field_name("left")).lower()
            if key == "KeySize" and ("rsa" in base or "dsa" in base):
                yield from _short(code, found["value"])
            elif key == "IterationCount" and ("hasher" in base or "derive" in base or "pbkdf" in base):
                yield from _few(code, found["value"])
            return
        values = code.arguments(call)
        if code.callee(call) in _PAIRS:
            size = values.get(0)
            if size is not None:
                yield from _short(code, size)
            return
        salt = values.get(1, "salt")
        if salt is not None and is_constant_bytes(code, salt) and not is_filled(code, salt):
            yield Problem(salt, _SALT)
        rounds = values.get(3 if code.callee(call) == "KeyDerivation.Pbkdf2" else 2, "iterations") or values.named.get(
            "iterationCount"
        )
        if rounds is not None:
            yield from _few(code, rounds)


def _short(code: CSharpCode, size: Node) -> Iterator[Problem]:
    literal, bits = number_literal(code, size), code.whole_number(size) or 0
    if 0 < bits < 2048:
        fixes = (Fix("Use 2048 bits", "safe", (code.replace(literal, "2048"),)),) if literal is not None else ()
        yield Problem(size, f"Keys of {bits} bits can be broken; use at least 2048.", fixes=fixes)


def _few(code: CSharpCode, rounds: Node) -> Iterator[Problem]:
    literal, count = number_literal(code, rounds), code.whole_number(rounds) or 0
    if 0 < count < 10_000:
        fixes = (
            (Fix("Use 600,000 rounds", "manual", (code.replace(literal, "600_000"),)),) if literal is not None else ()
        )
        message = f"{count} rounds make each guess cheap; use at least 600,000 with SHA-256."
        yield Problem(rounds, message, fixes=fixes)
