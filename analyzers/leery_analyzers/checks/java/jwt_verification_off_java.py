"""A token that is believed without its signature being checked, in Java.

The middle of a token can be written by anyone. Only the signature, checked with a key that the program knows, says who
wrote it.

Reported are parsers of jjwt that accept unsigned tokens, ``JWT.decode`` of auth0 in a method that verifies nothing,
``Algorithm.none()``, and claims of jose4j and Nimbus read without a check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_fixes import drop_call
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_UNSIGNED = {
    "parseClaimsJwt": "parseClaimsJws",
    "parsePlaintextJwt": "parsePlaintextJws",
    "parseUnsecuredClaims": "parseSignedClaims",
    "parseUnsecuredContent": "parseSignedContent",
}
_SKIPS = frozenset({"setSkipSignatureVerification", "setDisableRequireSignature", "unsecured"})
_PARSES = frozenset({"SignedJWT.parse", "JWTParser.parse", "JWSObject.parse"})
_SIGNED = frozenset({"SignedJWT", "JWSObject", "Signature", "JWTClaimsSet"})
"""Types whose ``verify`` answers yes or no."""
_ONLY_SOME = re.compile(
    r"(?i)\bif\s*\([^;{}|]*\balg\w*\b[^;{}|]*&&\s*!\s*[\w.]+\([^;{}|]*\)\s*\{?\s*(?:return|throw)\b"
)
"""A signature that is asked for only where the token itself says that it has one."""
_SOME = "The signature is checked only if the token says so itself, and anyone can write what it says."
_BY_HAND = re.compile(r"split\(\s*\"(?:\\\\\.|\[\.\])\"")
_TOKEN = re.compile(r"(?i)jwt|token|bearer|compact")
_SIGNS = re.compile(r"(?i)\bMac\.|Signature\.|verif|parseSigned|parseClaimsJws|hmac|JwtDecoder|sign\w*\(")
_CHECKED = re.compile(
    r"\.(?:verify|require|process|parseClaimsJws|parseSignedClaims|validate\w*)\(|Verifier\b|jwtDecoder"
)
_ALG_NONE = re.compile(r"(?is)^\"none\"\.equals\w*\(\s*\w*alg\w*\W*\)$|^\w*alg\w*\.equals\w*\(\s*\"none\"\s*\)$")
_KEYLESS = re.compile(r"^(?:[\w.]+\.)?Jwts\s*\.\s*parser(?:Builder)?\(\)")
_KEYED = re.compile(r"(?i)signingkey|verifywith|keylocator|decryptwith")
_CLAIMS = re.compile(r"\.get(?:JWTClaimsSet|Claim|Claims|Subject|Payload)\(")
_MESSAGE = "The token's signature is not checked, so anyone can write what it says."


class JwtVerificationOffJava(Check):
    """Finds tokens read without a check of the signature."""

    summary = "A token whose signature is not checked"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-347",)
    owasp = ("A04:2025",)
    references = ("https://www.rfc-editor.org/rfc/rfc8725",)
    languages = JAVA
    query = """
    (if_statement condition: (parenthesized_expression (method_invocation) @none)
      consequence: (block . (return_statement (true)) @accepted .))
    (expression_statement . (method_invocation object: (_) @object name: (identifier) @verify
      arguments: (argument_list . (_) .)) @ignored . (#eq? @verify "verify"))
    """
    calls = frozenset(
        {f".{name}" for name in ("decode", *_UNSIGNED, *_SKIPS, "parse")} | {"JWT.decode", "Algorithm.none", *_PARSES}
    )

    VALID = (
        """\
class A {
    Claims größe(String token) {
        return Jwts.parser().verifyWith(key).build().parseSignedClaims(token).getPayload();
    }
}
""",
        """\
class A {
    String f(String token) {
        DecodedJWT jwt = JWT.decode(token);
        JWT.require(keys.get(jwt.getKeyId())).build().verify(token);
        return jwt.getSubject();
    }
}
""",
        """\
class A {
    String f(Decoder JWT, String text) {
        return JWT.decode(text);
    }
}
""",
        """\
class A {
    boolean f(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        return jwt.verify(verifier) && jwt.getJWTClaimsSet().getSubject() != null;
    }
}
""",
        """\
class A {
    String f(String token) {
        return JWT.decode(token).getKeyId();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    boolean größe(String alg, String[] parts) {
        if ("none".equals(alg)) {
            return true;
        }
        return check(parts);
    }
}
""",
            at="return true;",
            message="A token that is not signed can be written by anyone.",
        ),
        Invalid(
            code="""\
class A {
    Claims größe(String token) {
        return Jwts.parser().setSigningKey(key).parseClaimsJwt(token).getBody();
    }
}
""",
            at="Jwts.parser().setSigningKey(key).parseClaimsJwt",
            message="This accepts tokens that are not signed, so anyone can write what they say.",
            fixed=(
                """\
class A {
    Claims größe(String token) {
        return Jwts.parser().setSigningKey(key).parseClaimsJws(token).getBody();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    String f(String token) {
        DecodedJWT jwt = JWT.decode(token);
        return jwt.getSubject();
    }
}
""",
            at="JWT.decode",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    String f(String user) {
        return JWT.create().withSubject(user).sign(Algorithm.none());
    }
}
""",
            at="Algorithm.none",
            message="A token that is not signed can be written by anyone.",
        ),
        Invalid(
            code="""\
class A {
    JwtConsumer f() {
        return new JwtConsumerBuilder().setRequireSubject().setSkipSignatureVerification().build();
    }
}
""",
            at="new JwtConsumerBuilder().setRequireSubject().setSkipSignatureVerification",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    JwtConsumer f() {
        return new JwtConsumerBuilder().setRequireSubject().build();
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        if "ignored" in found:
            if code.type_of(found["object"]) in _SIGNED:
                yield Problem(
                    found["ignored"], "Whether the signature is right is asked here, and the answer not used."
                )
        elif "accepted" not in found:
            yield from _called(code, found["call"])
        elif _ALG_NONE.match(code.text(found["none"])):
            yield Problem(found["accepted"], "A token that is not signed can be written by anyone.")


def _called(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A call that reads or makes a token."""
    name, method, own = code.callee(call), code.method(call), call.child_by_field_name("name")
    if method in _UNSIGNED and own is not None:
        fix = Fix("Accept signed tokens only", "review", (code.replace(own, _UNSIGNED[method]),))
        message = "This accepts tokens that are not signed, so anyone can write what they say."
        yield Problem(code.called(call), message, fixes=(fix,))
    elif method in _SKIPS:
        if method != "unsecured" or "wts" in code.text(call):
            edit = drop_call(code, call)
            yield Problem(
                code.called(call), _MESSAGE, fixes=(Fix("Check the signature", "review", (edit,)),) if edit else ()
            )
    elif method == "parse" and _KEYLESS.search(code.text(call.child_by_field_name("object"))):
        yield from _parsed(code, call)
    elif name == "Algorithm.none":
        yield Problem(code.called(call), "A token that is not signed can be written by anyone.")
    elif method == "decode" and name != "JWT.decode":
        yield from _by_hand(code, call)
    elif name == "JWT.decode" or name in _PARSES:
        base = call.child_by_field_name("object")
        if base is None or _is_variable(code, base) or code.foreign(call, "com.auth0", "com.nimbus"):
            return
        body = code.text(code.function(call) or call)
        if not _CHECKED.search(body) and _CLAIMS.search(body):
            yield Problem(code.called(call), _MESSAGE, confidence="medium")


def _by_hand(code: JavaCode, call: Node) -> Iterator[Problem]:
    """The middle of a token decoded with `Base64`, in a document that checks no signature."""
    base, function = code.text(call.child_by_field_name("object")), code.function(call)
    text = code.text(function) if function is not None else ""
    if _ONLY_SOME.search(text) and text.find(code.text(call)) == text.find(f"{base}.decode("):
        yield Problem(code.called(call), _SOME, confidence="medium")
    elif "ecoder" in base and _BY_HAND.search(text) and _TOKEN.search(text) and not _SIGNS.search(code.source):
        yield Problem(code.called(call), _MESSAGE, confidence="medium")


def _is_variable(code: JavaCode, base: Node) -> bool:
    """Whether a receiver is bound to something else than what an import gives."""
    return any(binding.kind != "import" for binding in code.scopes.lookup(code.text(base), 1 << 30))


def _parsed(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``Jwts.parser()….parse(token)``."""
    if not _KEYED.search(code.text(call)):
        yield Problem(code.called(call), "This parser has no key, so it accepts only what is not signed.")
    elif not re.search(r"\bJws\b|SignedClaims|\.accept\(|SUPPORTED", code.text(code.function(call) or call)):
        message = "This accepts tokens that are not signed, too, so anyone can write what they say."
        yield Problem(code.called(call), message, confidence="medium")
