"""A token that is believed without being checked, in Go.

The middle of a token can be written by anyone. Only the signature, checked with a key and a method that the program
knows, says who wrote it.

Reported are ``ParseUnverified`` where claims are used, unsigned tokens, and a key given without looking at the method
or naming the methods that are accepted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PARSES = frozenset({"Parse", "ParseWithClaims"})
_JWT = re.compile(r"(?:^|/)(?:jwt|jwt-go)(?:\.|$)|golang-jwt|dgrijalva")
_METHOD_SEEN = re.compile(r"\.Method\b|\.Header\[\"alg\"\]|SigningMethod|WithValidMethods|ValidMethods")
_NONE = "A token that is not signed can be written by anyone."


class JwtVerificationOffGo(Check):
    """Finds tokens that are not checked."""

    summary = "A token that is believed without being checked"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-347",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8725",)
    languages = GO
    calls = frozenset({".ParseUnverified", ".UnsafeClaimsWithoutVerification", *(f".{name}" for name in _PARSES)})
    query = """
    ((selector_expression field: (field_identifier) @none) @unsigned
      (#any-of? @none "SigningMethodNone" "UnsafeAllowNoneSignatureType"))
    """

    VALID = (
        """\
package a

import "github.com/golang-jwt/jwt/v5"

func größe(text string) (*jwt.Token, error) {
	return jwt.Parse(text, func(t *jwt.Token) (any, error) {
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, errMethod
		}
		return key, nil
	})
}
""",
        """\
package a

import "github.com/golang-jwt/jwt/v5"

func f(text string) (*jwt.Token, error) {
	return jwt.Parse(text, keys, jwt.WithValidMethods([]string{"HS256"}))
}
""",
        """\
package a

import "net/url"

func f(text string) {
	url.Parse(text)
	template.Parse(text, func(a string) string { return a })
}
""",
        """\
package a

import "github.com/golang-jwt/jwt/v5"

func f(text string) (*jwt.Token, error) {
	return jwt.ParseWithClaims(text, &claims, keyFunc)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "github.com/golang-jwt/jwt/v5"

func größe(text string) string {
	token, _, _ := jwt.NewParser().ParseUnverified(text, jwt.MapClaims{})
	return token.Claims.(jwt.MapClaims)["sub"].(string)
}
""",
            at="jwt.NewParser().ParseUnverified",
            message="The token's signature is not checked, so anyone can write what it says.",
        ),
        Invalid(
            code="""\
package a

import "github.com/golang-jwt/jwt/v5"

func f(user string) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"sub": user})
	return token.SignedString(key)
}
""",
            at="jwt.SigningMethodNone",
            message=_NONE,
            fixed=(
                """\
package a

import "github.com/golang-jwt/jwt/v5"

func f(user string) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": user})
	return token.SignedString(key)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "github.com/golang-jwt/jwt/v5"

func f(text string) (*jwt.Token, error) {
	return jwt.Parse(text, func(t *jwt.Token) (interface{}, error) {
		return secret, nil
	})
}
""",
            at="jwt.Parse",
            message="Nothing says which signing methods are accepted, so the token chooses how it is checked.",
            fixed=(
                """\
package a

import "github.com/golang-jwt/jwt/v5"

func f(text string) (*jwt.Token, error) {
	return jwt.Parse(text, func(t *jwt.Token) (interface{}, error) {
		return secret, nil
	}, jwt.WithValidMethods([]string{"HS256"}))
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one name."""
        assert isinstance(code, GoCode)
        if (unsigned := found.get("unsigned")) is not None:
            around = unsigned.parent
            if around is not None and around.type in {
                "binary_expression",
                "expression_case",
                "type_assertion_expression",
            }:
                return
            fixes = (Fix("Sign it", "manual", (code.replace(found["none"], "SigningMethodHS256"),)),)
            yield Problem(unsigned, _NONE, fixes=fixes if code.text(found["none"]) == "SigningMethodNone" else ())
            return
        call = found["call"]
        function = call.child_by_field_name("function")
        if function is None:
            return
        if code.method(call) not in _PARSES:
            body = code.text(code.function(call) or call)
            if not re.search(r"\.Parse(?:WithClaims)?\(|\.Verify\(", body):
                yield Problem(function, "The token's signature is not checked, so anyone can write what it says.")
            return
        yield from _any_method(code, call, function)


def _any_method(code: GoCode, call: Node, function: Node) -> Iterator[Problem]:
    """``jwt.Parse(text, func(t) { return key, nil })`` without a look at the method."""
    base, values = code.receiver(call), code.arguments(call).positional
    if base is None or not _JWT.search(code.callee(call)) or _METHOD_SEEN.search(code.text(call)):
        return
    if not values or values[-1].type != "func_literal":
        return
    edit = code.insert(values[-1].end_byte, f', {code.text(base)}.WithValidMethods([]string{{"HS256"}})')
    fixes = (Fix("Accept HS256 only", "manual", (edit,)),) if "jwt/v" in code.import_lines else ()
    message = "Nothing says which signing methods are accepted, so the token chooses how it is checked."
    yield Problem(function, message, fixes=fixes, severity="medium", confidence="medium")
