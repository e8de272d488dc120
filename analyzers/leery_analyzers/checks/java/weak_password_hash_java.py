"""A password stored as a fast digest, in Java.

SHA-256 and its kin are made to be fast: whoever gets the table tries billions of passwords a second. Passwords need
bcrypt, Argon2 or PBKDF2, which are slow on purpose and salted.

Reported are a password given to a ``MessageDigest``, to the digests of Apache and Google, or to a function that is
named after one. Left alone: digests of other things, methods that use one of the slow ones as well, and digests that
are broken, which another rule reports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NAMED = tuple(
    f"{name}{form}"
    for name in ("sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512")
    for form in ("", "Hex", "AsHex", "Base64", "Hash", "Bytes")
)
_DIGESTS = ("digest", "update", "digestAsHex", "hashString", "hashBytes", "hexDigest", *_NAMED)
_PASSWORD = re.compile(r"(?i)passw(?:or)?d|passphrase|(?<![a-z])pwd(?![a-z])|\bplain_?text\b")
_OTHER = re.compile(
    r"(?i)token|reset|pwned|hibp|PBEKeySpec|PBKDF2|BCrypt|Argon2|scrypt|SecretKeyFactory|\bCipher\b|SecretKeySpec|"
    r"\bMac\b|checksum|fingerprint|\"MD[245]\"|\"SHA-?1?\""
)
_HOLDS = re.compile(r"(?i)digest|\bmd\b|sha|hasher|hashing")
_MESSAGE = "This digest is fast, so passwords can be tried by the billion; use bcrypt, Argon2 or PBKDF2."


class WeakPasswordHashJava(Check):
    """Finds fast digests of passwords."""

    summary = "A password stored as a fast digest"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-916", "CWE-328")
    owasp = ("A04:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset({*(f".{name}" for name in _DIGESTS), *_NAMED})

    VALID = (
        """\
class Größe {
    byte[] name(byte[] file) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(file);
    }
}
""",
        """\
class A {
    void register(String email, String password) {
        store(sha256(email), encoder.encode(password));
    }
}
""",
        """\
class A {
    String ofToken(String passwordResetToken) {
        return DigestUtils.sha256Hex(passwordResetToken);
    }
}
""",
        """\
class A {
    void change(Account account, String password) {
        account.update(password);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    String hash(String password) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return hex(digest.digest(password.getBytes(StandardCharsets.UTF_8))); // schnell
    }
}
""",
            at="digest.digest",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void register(String email, String password) {
        jdbc.update("INSERT INTO users VALUES (?, ?)", email, sha256(password));
    }
}
""",
            at="«sha256»(password)",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    byte[] hashPassword(String text, byte[] salt) throws Exception {
        MessageDigest md = MessageDigest.getInstance("SHA-512");
        md.update(salt);
        return md.digest(text.getBytes());
    }
}
""",
            at="md.digest",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    String stored(User user) {
        return Hashing.sha256().hashString(user.getPassword(), StandardCharsets.UTF_8).toString();
    }
}
""",
            at="Hashing.sha256().hashString",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        values = code.arguments(call).positional
        if not values or not _is_digest(code, call):
            return
        function = code.function(call)
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        by_name = _PASSWORD.search(name) is not None and code.method(call) != "update"
        given = any(_PASSWORD.search(text) for value in values for text in _said(code, value))
        if (given or by_name) and not _OTHER.search(code.text(function or call)):
            yield Problem(code.called(call), _MESSAGE)


def _said(code: JavaCode, value: Node) -> Iterator[str]:
    """What is written of a value: here, and where its variable was given one."""
    if value.type != "string_literal":
        yield code.text(value)
    if value.type == "identifier":
        written = (binding.value for binding in code.last_values(value) if binding.kind == "value")
        yield from (code.text(one) for one in written if one is not None and one.type != "string_literal")


def _is_digest(code: JavaCode, call: Node) -> bool:
    """Whether a call makes a digest: by its name, or by what it is called on."""
    base = call.child_by_field_name("object")
    if code.method(call) in _NAMED:
        return True
    return base is not None and _HOLDS.search(f"{code.text(base)} {code.type_of(base)}") is not None
