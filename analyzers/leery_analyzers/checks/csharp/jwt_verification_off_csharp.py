"""A token that is believed without being checked, in C#.

The middle of a token can be written by anyone. Only the signature says who wrote it; the expiry, the issuer and the
audience say that it is meant for here and now.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SIGNATURE = ("RequireSignedTokens", "ValidateIssuerSigningKey")
_REST = ("ValidateLifetime", "RequireExpirationTime", "ValidateIssuer", "ValidateAudience")
_CHECKED = re.compile(r"\.(?:ValidateToken\w*|ReadJwtTokenAsync|Validate)\(|TokenValidationParameters")
_CLAIMS = re.compile(r"\.(?:Claims|Subject|Payload|GetClaim|GetPayloadValue)\b")
_SIGNED = "The token's signature is not checked, so anyone can write what it says."
_MESSAGES = {
    "ValidateLifetime": "A token that has expired is still accepted.",
    "RequireExpirationTime": "A token that never expires is accepted.",
    "ValidateIssuer": "A token of any issuer is accepted.",
    "ValidateAudience": "A token that is meant for another service is accepted.",
}


class JwtVerificationOffCsharp(Check):
    """Finds tokens that are not checked."""

    summary = "A token that is believed without being checked"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-347",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8725",)
    languages = CSHARP
    calls = frozenset({".ReadJwtToken", ".ReadJsonWebToken", ".ReadToken", ".Decode"})
    query = sets(*_SIGNATURE, *_REST, "SignatureValidator")

    VALID = (
        """\
class Größe {
    object F() => new TokenValidationParameters { ValidateIssuerSigningKey = true, ValidateLifetime = true };
}
""",
        """\
class A {
    string F(JwtSecurityTokenHandler handler, string token) {
        handler.ValidateToken(token, parameters, out _);
        return handler.ReadJwtToken(token).Subject;
    }
}
""",
        """\
class A {
    void F(Ticket ticket) {
        ticket.ValidateIssuerName = false;
    }
}
""",
        """\
class A {
    string F(JwtSecurityTokenHandler handler, string token) {
        return handler.ReadJwtToken(token).Header.Kid;
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    object F() {
        return new TokenValidationParameters { RequireSignedTokens = false }; // Tests
    }
}
""",
            at="RequireSignedTokens = false",
            message=_SIGNED,
            fixed=(
                """\
class Größe {
    object F() {
        return new TokenValidationParameters { RequireSignedTokens = true }; // Tests
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(JwtBearerOptions options) {
        options.TokenValidationParameters = new TokenValidationParameters {
            ValidateIssuerSigningKey = true,
            ValidateLifetime = false,
        };
    }
}
""",
            at="ValidateLifetime = false",
            message=_MESSAGES["ValidateLifetime"],
            fixed=(
                """\
class A {
    void F(JwtBearerOptions options) {
        options.TokenValidationParameters = new TokenValidationParameters {
            ValidateIssuerSigningKey = true,
            ValidateLifetime = true,
        };
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(TokenValidationParameters parameters) {
        parameters.SignatureValidator = (token, p) => new JwtSecurityToken(token);
    }
}
""",
            at="parameters.SignatureValidator = (token, p) => new JwtSecurityToken(token)",
            message=_SIGNED,
        ),
        Invalid(
            code="""\
class A {
    string F(string token) {
        var jwt = new JwtSecurityTokenHandler().ReadJwtToken(token);
        return jwt.Claims.First(c => c.Type == "sub").Value;
    }
}
""",
            at="new JwtSecurityTokenHandler().ReadJwtToken",
            message=_SIGNED,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        if (call := found.get("call")) is not None:
            yield from _read(code, call)
            return
        key, value, whole = code.text(found["key"]), found["value"], found["set"]
        if key == "SignatureValidator":
            if re.search(
                r"=>\s*(?:\{\s*(?:return|var \w+ =)\s*)?new (?:JwtSecurityToken|JsonWebToken)\b", code.text(value)
            ):
                yield Problem(whole, _SIGNED)
        elif is_word(code, value, "false"):
            fix = Fix("Check it", "review", (code.replace(value, "true"),))
            message = _MESSAGES.get(key, _SIGNED)
            weak = key in {"ValidateIssuer", "ValidateAudience"}
            grade: Level | None = "low" if weak else "medium" if key in _REST else None
            yield Problem(whole, message, fixes=(fix,), severity=grade, confidence="medium" if weak else None)


def _read(code: CSharpCode, call: Node) -> Iterator[Problem]:
    method, body = code.method(call), code.text(code.function(call) or call)
    if method == "Decode":
        values = code.arguments(call)
        verify = values.named.get("verify") or (values.positional[2] if len(values.positional) > 2 else None)
        if verify is not None and is_word(code, verify, "false"):
            fix = Fix("Check it", "review", (code.replace(verify, "true"),))
            yield Problem(verify, _SIGNED, fixes=(fix,))
        return
    of_a_token = method != "ReadToken" or "wt" in code.text(code.receiver(call))
    if of_a_token and not _CHECKED.search(body) and _CLAIMS.search(body):
        yield Problem(code.called(call), _SIGNED, confidence="medium")
