"""Passwords stored so that they can be read or guessed, in Java.

Whoever gets the table has the passwords: at once where they are stored as they are, and after a short while where a
plain digest was taken of them. BCrypt, scrypt and Argon2 are slow on purpose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import number, number_literal
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WEAK = frozenset(
    f"new {name}"
    for name in ("StandardPasswordEncoder", "MessageDigestPasswordEncoder", "Md4PasswordEncoder", "Md5PasswordEncoder")
) | {"new LdapShaPasswordEncoder", "new ShaPasswordEncoder", "new PlaintextPasswordEncoder"}
_DIGESTS = frozenset(
    {"MessageDigest.getInstance", "Hashing.sha256", "Hashing.sha512"}
    | {f"DigestUtils.sha{size}{end}" for size in ("256", "384", "512") for end in ("", "Hex")}
)
_SHA2 = re.compile(r"(?i)^SHA-?(?:224|256|384|512)$|^SHA3-\d+$")
_OF_PASSWORD = re.compile(
    r"(?i)(?:digest|update|hashString|hashBytes|sha\d+(?:Hex)?)\(\s*\(?[^;]*"
    r"\b\w*(?:password|passwd|passwort|passphrase|\bpwd)\w*\b"
)
_REPEATED = re.compile(
    r"(?i)iterations|rounds|pbkdf|hibp|pwned|breach|\bfor\s*\(\s*int\s+\w+\s*=\s*0\s*;[^;]*(?:\d{3,}|ITER|ROUND)"
)
_IMPORT = ("import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;",)
_PLAIN = "Passwords are stored as they are, so whoever sees the table has them all."
_DIGEST = "A plain digest of a password is guessed quickly; BCrypt is slow on purpose."


class WeakPasswordEncoderJava(Check):
    """Finds password encoders that protect nothing."""

    summary = "Passwords stored so that they can be read or guessed"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-916", "CWE-256")
    owasp = ("A04:2025",)
    references = ("https://docs.spring.io/spring-security/reference/features/authentication/password-storage.html",)
    languages = JAVA
    calls = (
        _WEAK
        | _DIGESTS
        | {
            "NoOpPasswordEncoder.getInstance",
            "User.withDefaultPasswordEncoder",
            "new BCryptPasswordEncoder",
            "BCrypt.gensalt",
            ".password",
        }
    )

    VALID = (
        """\
class A {
    PasswordEncoder größe() {
        return new BCryptPasswordEncoder(12);
    }
}
""",
        """\
class A {
    PasswordEncoder f() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
""",
        """\
class A {
    void f(User.UserBuilder builder) {
        builder.password("{bcrypt}$2a$10$abcdefghijklmnopqrstuv");
    }
}
""",
        """\
class A {
    PasswordEncoder f(int strength) {
        return new BCryptPasswordEncoder(strength);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    String f(String größe) {
        return BCrypt.hashpw(größe, BCrypt.gensalt(4));
    }
}
""",
            at="gensalt(«4»",
            message="At strength 4 guesses are cheap; leave it at 10 or more.",
            fixed=(
                """\
class A {
    String f(String größe) {
        return BCrypt.hashpw(größe, BCrypt.gensalt(12));
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import org.springframework.security.crypto.password.NoOpPasswordEncoder;

class Größe {
    PasswordEncoder f() {
        return NoOpPasswordEncoder.getInstance(); // einfach
    }
}
""",
            at="NoOpPasswordEncoder.getInstance()",
            message=_PLAIN,
            fixed=(
                """\
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;

class Größe {
    PasswordEncoder f() {
        return new BCryptPasswordEncoder(); // einfach
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
import org.springframework.security.crypto.password.MessageDigestPasswordEncoder;

class A {
    PasswordEncoder f() {
        return new MessageDigestPasswordEncoder("MD5");
    }
}
""",
            at='new MessageDigestPasswordEncoder("MD5")',
            message=_DIGEST,
            fixed=(
                """\
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.MessageDigestPasswordEncoder;

class A {
    PasswordEncoder f() {
        return new BCryptPasswordEncoder();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    UserDetails f() {
        return User.withUsername("admin").password("{noop}s3cr3t").roles("ADMIN").build();
    }
}
""",
            at='"{noop}s3cr3t"',
            message=_PLAIN,
        ),
        Invalid(
            code="""\
class A {
    PasswordEncoder f() {
        return new BCryptPasswordEncoder(4);
    }
}
""",
            at="4",
            message="At strength 4 guesses are cheap; leave it at 10 or more.",
            fixed=(
                """\
class A {
    PasswordEncoder f() {
        return new BCryptPasswordEncoder(12);
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        name, first = code.callee(call), code.arguments(call).get(0)
        if name in {"new BCryptPasswordEncoder", "BCrypt.gensalt"}:
            strength = number(code, first)
            if strength is not None and first is not None and strength < 10:
                literal = number_literal(code, first)
                fixes = (
                    (Fix("Use strength 12", "review", (code.replace(literal, "12"),)),) if literal is not None else ()
                )
                message = f"At strength {strength} guesses are cheap; leave it at 10 or more."
                yield Problem(first, message, fixes=fixes, severity="medium")
        elif name in _WEAK or name == "NoOpPasswordEncoder.getInstance":
            plain = "NoOp" in name or "Plaintext" in name
            fix = Fix("Use BCrypt", "manual", (code.replace(call, "new BCryptPasswordEncoder()"),), _IMPORT)
            yield Problem(call, _PLAIN if plain else _DIGEST, fixes=(fix,))
        elif name in _DIGESTS:
            yield from _digest(code, call, first)
        elif name == "User.withDefaultPasswordEncoder":
            yield Problem(
                call, "This builder is for demonstrations: the password stands in the source.", severity="medium"
            )
        elif first is not None and re.match(r"\{noop\}.", code.literal(first) or ""):
            yield Problem(first, _PLAIN)


def _digest(code: JavaCode, call: Node, first: Node | None) -> Iterator[Problem]:
    """SHA-2 taken once of a password."""
    named = code.callee(call) == "MessageDigest.getInstance"
    if named and (first is None or not any(_SHA2.match(value.text) for value in code.texts(first))):
        return
    text = code.text(code.function(call))
    if _OF_PASSWORD.search(text) and not _REPEATED.search(text):
        yield Problem(code.called(call), _DIGEST, confidence="medium", severity="medium")
