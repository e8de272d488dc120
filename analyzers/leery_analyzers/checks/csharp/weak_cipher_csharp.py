"""A cipher that is broken, or a mode that shows which parts of a text are equal, in C#.

DES, 3DES and RC2 have keys or blocks that are too short, and in ECB mode equal blocks stay equal. Nothing but an
authenticated mode notices that a text was changed: `AesGcm` with a nonce used once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.algorithms import broken_key_algorithm
from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_KINDS = ("DES", "TripleDES", "RC2")
_CALLS = (
    frozenset(f"{kind}.Create" for kind in _KINDS)
    | frozenset(f"new {kind}CryptoServiceProvider" for kind in _KINDS)
    | {"new TripleDESCng", "SymmetricAlgorithm.Create", "new DesEngine", "new DesEdeEngine", "new RC4Engine"}
)
_QUERY = """
((member_access_expression expression: (identifier) @enum name: (identifier) @mode)
  (#eq? @enum "CipherMode") (#eq? @mode "ECB")) @ecb
((member_access_expression expression: (_) @padding_of name: (identifier) @pkcs)
  (#eq? @padding_of "RSAEncryptionPadding") (#eq? @pkcs "Pkcs1")) @rsa
"""
_ECB = "In ECB mode equal blocks look equal, and nothing shows that the text was changed; use AesGcm."


class WeakCipherCsharp(Check):
    """Finds DES, 3DES, RC2 and ECB."""

    summary = "A broken cipher or cipher mode"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-327",)
    owasp = ("A04:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5350",)
    languages = CSHARP
    calls = _CALLS
    query = _QUERY

    VALID = (
        """\
class Größe {
    void F() {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
    }
}
""",
        """\
class A {
    object F(byte[] key) => new AesGcm(key, 16);
}
""",
        """\
class A {
    bool F(SymmetricAlgorithm algorithm) {
        return algorithm.Mode == CipherMode.ECB;
    }
}
""",
        """\
class A {
    object F(Registry DES) {
        return DES.Create();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F() {
        using var des = DES.Create(); // alt
    }
}
""",
            at="DES.Create",
            message="DES is broken; use AES with GCM.",
            fixed=(
                """\
class Größe {
    void F() {
        using var des = Aes.Create(); // alt
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F() {
        var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
    }
}
""",
            at="CipherMode.ECB",
            message=_ECB,
            fixed=(
                """\
class A {
    void F() {
        var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return new System.Security.Cryptography.TripleDESCryptoServiceProvider { Mode = CipherMode.CBC };
    }
}
""",
            at="new System.Security.Cryptography.TripleDESCryptoServiceProvider",
            message="TripleDES is broken; use AES with GCM.",
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return SymmetricAlgorithm.Create("DES");
    }
}
""",
            at="SymmetricAlgorithm.Create",
            message="DES is broken; use AES with GCM.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one mode."""
        assert isinstance(code, CSharpCode)
        if (mode := found.get("ecb")) is not None:
            if mode.parent is None or mode.parent.type not in {
                "binary_expression",
                "switch_expression_arm",
                "case_switch_label",
                "constant_pattern",
            }:
                fix = Fix("Use CBC, or better AesGcm", "manual", (code.replace(found["mode"], "CBC"),))
                yield Problem(mode, _ECB, fixes=(fix,))
            return
        if (padding := found.get("rsa")) is not None:
            fix = Fix("Use OAEP", "manual", (code.replace(found["pkcs"], "OaepSHA256"),))
            message = "This padding lets others test guesses of the text; use OAEP."
            yield Problem(padding, message, fixes=(fix,), severity="medium", confidence="medium")
            return
        call = found["call"]
        name, first = code.callee(call), code.arguments(call).get(0)
        base = code.receiver(call) if call.type == "invocation_expression" else None
        if base is not None and base.type == "identifier" and code.scopes.lookup(code.text(base), base.start_byte):
            return
        if name == "SymmetricAlgorithm.Create":
            written = code.literal(first) if first is not None else None
            if not written or not broken_key_algorithm(written):
                return
            own = written
        else:
            own = re.sub(r"^new |\.Create$|CryptoServiceProvider$|Cng$|Engine$", "", name.replace("new ", ""))
        fixes: tuple[Fix, ...] = ()
        if base is not None and name != "SymmetricAlgorithm.Create":
            better = re.sub(r"\w+\Z", "Aes", code.text(base))
            fixes = (Fix("Use AES", "manual", (code.replace(base, better),)),)
        yield Problem(code.called(call), f"{own} is broken; use AES with GCM.", fixes=fixes)
