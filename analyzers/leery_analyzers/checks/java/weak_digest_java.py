"""A digest that can be forged, in Java.

For MD5 and SHA-1 two inputs with the same digest can be made, so neither shows that something is unchanged or who made
it; for passwords even SHA-256 is far too fast. SHA-256 costs little more than MD5.

The name is followed through local variables, constants of the class, and the default of a setting. Low confidence has
what the names around show to be a checksum, a cache key, an entity tag or the like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.algorithms import about_integrity_only, about_security, broken_digest, broken_signature
from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CODECS = ("md2", "md5", "sha1", "sha", "getMd2Digest", "getMd5Digest", "getSha1Digest", "getShaDigest")
_SPELLED = tuple(f"{name}{end}" for name in ("md2", "md5", "sha1", "sha") for end in ("", "Hex"))
_UTILS = frozenset(f"DigestUtils.{name}" for name in (*_SPELLED, *_CODECS, "md5DigestAsHex", "md5Digest"))
_GUAVA = frozenset({"Hashing.md5", "Hashing.sha1"})
_INSTANCES = frozenset({"MessageDigest.getInstance", "Signature.getInstance", "Mac.getInstance"})
_FIELD = """
(field_declaration type: (type_identifier) @type
  declarator: (variable_declarator name: (identifier) @field value: (string_literal) @text)
  (#eq? @type "String"))
"""
_BETTER = {
    "DigestUtils.md5Hex": "sha256Hex",
    "DigestUtils.sha1Hex": "sha256Hex",
    "DigestUtils.shaHex": "sha256Hex",
    "DigestUtils.md5": "sha256",
    "DigestUtils.sha1": "sha256",
    "DigestUtils.sha": "sha256",
    "DigestUtils.getMd5Digest": "getSha256Digest",
    "DigestUtils.getSha1Digest": "getSha256Digest",
    "Hashing.md5": "sha256",
    "Hashing.sha1": "sha256",
}


class WeakDigestJava(Check):
    """Finds MD2, MD5 and SHA-1."""

    summary = "A digest that can be forged"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-328", "CWE-327")
    owasp = ("A04:2025",)
    references = ("https://docs.oracle.com/en/java/javase/21/docs/specs/security/standard-names.html",)
    languages = JAVA
    refutable = True
    calls = _INSTANCES | _UTILS | _GUAVA
    query = _FIELD

    VALID = (
        """\
import java.security.MessageDigest;

class A {
    byte[] größe() throws Exception {
        return MessageDigest.getInstance("SHA-256").digest();
    }
}
""",
        """\
class A {
    byte[] f() throws Exception {
        String name = "SHA-512";
        return java.security.MessageDigest.getInstance(name).digest();
    }
}
""",
        """\
import com.example.reports.MessageDigest;

class A {
    Object f() {
        return MessageDigest.getInstance("MD5");
    }
}
""",
        """\
class A {
    String f(byte[] data) {
        return DigestUtils.sha256Hex(data);
    }
}
""",
        """\
class A {
    void f(MessageDigest digest) throws Exception {
        if (!"MD5".equals(digest.getAlgorithm())) {
            throw new IllegalStateException("MD5");
        }
    }
}
""",
        """\
class A {
    private static final String LEGACY_NAME = "MD5";
}
""",
        """\
class A {
    Mac f(Key key) throws Exception {
        return Mac.getInstance("HmacSHA1");
    }
}
""",
        """\
class A {
    byte[] f() throws Exception {
        String name = "MD5";
        name = "SHA-256";
        return MessageDigest.getInstance(name).digest();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
import java.security.MessageDigest;

class Konten {
    byte[] schlüssel(byte[] wert) throws Exception {
        return MessageDigest.getInstance("MD5").digest(wert); // prüfen
    }
}
""",
            at='"MD5"',
            message="Two inputs with the same MD5 digest can be made, so it proves nothing; use SHA-256.",
            fixed=(
                """\
import java.security.MessageDigest;

class Konten {
    byte[] schlüssel(byte[] wert) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(wert); // prüfen
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    String signature(String message) throws Exception {
        String algorithm = "SHA1";
        java.security.MessageDigest md = java.security.MessageDigest.getInstance(algorithm, "SUN");
        return new String(md.digest(message.getBytes()));
    }
}
""",
            at='«algorithm», "SUN"',
            message="Two inputs with the same SHA-1 digest can be made, so it proves nothing; use SHA-256.",
            fixed=(
                """\
class A {
    String signature(String message) throws Exception {
        String algorithm = "SHA-256";
        java.security.MessageDigest md = java.security.MessageDigest.getInstance(algorithm, "SUN");
        return new String(md.digest(message.getBytes()));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    byte[] f(Properties settings) throws Exception {
        String name = settings.getProperty("hash", "MD5");
        return MessageDigest.getInstance(name).digest();
    }
}
""",
            at="getInstance(«name»)",
            message="Where the setting is missing MD5 is used, which can be forged; use SHA-256.",
            fixed=(
                """\
class A {
    byte[] f(Properties settings) throws Exception {
        String name = settings.getProperty("hash", "SHA-256");
        return MessageDigest.getInstance(name).digest();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import org.apache.commons.codec.digest.DigestUtils;

class A {
    String token(String user) {
        return DigestUtils.md5Hex(user);
    }
}
""",
            at="DigestUtils.md5Hex",
            message="Two inputs with the same MD5 digest can be made, so it proves nothing; use SHA-256.",
            fixed=(
                """\
import org.apache.commons.codec.digest.DigestUtils;

class A {
    String token(String user) {
        return DigestUtils.sha256Hex(user);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f() throws Exception {
        Signature s = Signature.getInstance("SHA1withRSA");
    }
}
""",
            at='"SHA1withRSA"',
            message="Two inputs with the same SHA1 digest can be made, so it proves nothing; use SHA-256.",
            fixed=(
                """\
class A {
    void f() throws Exception {
        Signature s = Signature.getInstance("SHA256withRSA");
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    private static final String HASH_ALGORITHM = "MD5";
}
""",
            at='"MD5"',
            message="Two inputs with the same MD5 digest can be made, so it proves nothing; use SHA-256.",
            fixed=(
                """\
class A {
    private static final String HASH_ALGORITHM = "SHA-256";
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one field."""
        assert isinstance(code, JavaCode)
        call = found.get("call")
        if call is None:
            yield from _constant(code, found["field"], found["text"])
        elif code.callee(call) in _INSTANCES:
            if not code.foreign(call, "java.security", "javax.crypto"):
                yield from _by_name(code, call)
        elif not code.foreign(call, "org.apache", "org.spring", "com.google", "org.codehaus"):
            yield from _by_method(code, call)


def _by_name(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``MessageDigest.getInstance(name)``."""
    wanted = code.arguments(call).get(0)
    for value in code.texts(wanted) if wanted is not None else ():
        digest, better = broken_digest(value.text), "SHA-256"
        if code.callee(call) == "Signature.getInstance":
            digest = broken_signature(value.text)
            better = f"SHA256{value.text[len(digest) :]}"
        elif code.callee(call) == "Mac.getInstance":
            digest = "MD5" if value.text.lower() == "hmacmd5" else ""
            better = "HmacSHA256"
        if not digest or wanted is None:
            continue
        message = f"Where the setting is missing {digest} is used, which can be forged; use SHA-256."
        fixes = (Fix("Use SHA-256", "review", (code.replace(value.node, f'"{better}"'),)),)
        yield Problem(
            wanted,
            message if value.fallback else _message(digest),
            fixes=fixes if value.node.type == "string_literal" else (),
            confidence=_confidence(code, call),
        )
        return


def _by_method(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``DigestUtils.md5Hex(data)``."""
    name, own = code.callee(call), call.child_by_field_name("name")
    if name.startswith("DigestUtils.sha") and code.imported_as("DigestUtils").startswith("org.spring"):
        return
    digest = "MD2" if "d2" in name else "MD5" if "d5" in name else "SHA-1"
    better = _BETTER.get(name)
    fixes = (Fix("Use SHA-256", "review", (code.replace(own, better),)),) if better and own is not None else ()
    yield Problem(code.called(call), _message(digest), fixes=fixes, confidence=_confidence(code, call))


def _constant(code: JavaCode, field: Node, text: Node) -> Iterator[Problem]:
    """A constant whose name says that it names a digest."""
    digest = broken_digest(code.literal(text) or "")
    words = words_of(code.text(field))
    if digest and set(words) & {"algorithm", "algo", "alg", "digest", "hash", "hashing"} and "legacy" not in words:
        fix = Fix("Use SHA-256", "review", (code.replace(text, '"SHA-256"'),))
        yield Problem(
            text, _message(digest), fixes=(fix,), confidence="low" if about_integrity_only(" ".join(words)) else None
        )


def _confidence(code: JavaCode, call: Node) -> Level | None:
    around = " ".join((*code.purposes(call), *(code.text(node) for node in code.arguments(call).positional)))
    if about_integrity_only(around):
        return "low"
    return "high" if about_security(around) else None


def _message(digest: str) -> str:
    return f"Two inputs with the same {digest} digest can be made, so it proves nothing; use SHA-256."
