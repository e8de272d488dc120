"""A check whose answer is thrown away, in Go.

These functions say by their error whether a password, a signature or a token holds. When the error is dropped, every
password and every signature holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ERROR_ONLY = (
    named("golang.org/x/crypto/bcrypt", "CompareHashAndPassword")
    | named("crypto/rsa", "VerifyPKCS1v15", "VerifyPSS")
    | frozenset({".CheckSignature", ".CheckSignatureFrom", ".VerifyHostname"})
)
_TOKENS = frozenset(
    {".ParseWithClaims", ".ValidateToken", ".VerifyToken", ".ParseToken", ".Authenticate", ".Authorize"}
)
_MESSAGE = "The answer of this check is thrown away, so everything passes it."


class IgnoredCheckGo(Check):
    """Finds checks whose error is dropped."""

    summary = "A check whose answer is thrown away"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-252", "CWE-636")
    owasp = ("A10:2025",)
    languages = GO
    calls = _ERROR_ONLY | _TOKENS | {".Parse"}

    VALID = (
        """\
package a

import "golang.org/x/crypto/bcrypt"

func größe(hash, password []byte) bool {
	return bcrypt.CompareHashAndPassword(hash, password) == nil
}
""",
        """\
package a

func f(text string) error {
	token, err := parser.ParseWithClaims(text, &claims, keys)
	if err != nil || !token.Valid {
		return errToken
	}
	return nil
}
""",
        """\
package a

func f(user *User) {
	_ = user.Rename("a")
}
""",
        """\
package a

func f(text string) bool {
	token, _ := parser.ParseWithClaims(text, &claims, keys)
	return token != nil && token.Valid
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "golang.org/x/crypto/bcrypt"

func größe(hash, password []byte) {
	_ = bcrypt.CompareHashAndPassword(hash, password) // später
	login()
}
""",
            at="bcrypt.CompareHashAndPassword(hash, password)",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

func f(certificate, parent *x509.Certificate) {
	certificate.CheckSignatureFrom(parent)
	trust(certificate)
}
""",
            at="certificate.CheckSignatureFrom(parent)",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

func f(text string) string {
	token, _ := jwt.ParseWithClaims(text, &claims, keys)
	return subject(token)
}
""",
            at="jwt.ParseWithClaims(text, &claims, keys)",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        around = call.parent
        if around is None:
            return
        if code.method(call) == "Parse" and code.text(code.receiver(call)) != "jwt":
            return
        token = f".{code.method(call)}" in _TOKENS | {".Parse"}
        if around.type == "expression_statement":
            yield Problem(call, _MESSAGE, confidence="medium" if token else None)
            return
        holder = around.parent if around.type == "expression_list" else None
        if holder is None or holder.type not in {"short_var_declaration", "assignment_statement"}:
            return
        left = holder.child_by_field_name("left")
        names = [code.text(child) for child in left.named_children] if left is not None else []
        body = code.text(code.function(call) or call)
        if names and names[-1] == "_" and ".Valid" not in body and (not token or len(names) == 2):
            yield Problem(call, _MESSAGE, confidence="medium" if token else None)
