"""A password stored as a fast digest, in Go.

SHA-256 and its kin are made to be fast: whoever gets the table tries billions of passwords a second. Passwords need
bcrypt, scrypt or Argon2 from `golang.org/x/crypto`, which are slow on purpose and salted.

Left alone: digests of other things, and functions that use one of the slow ones as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MADE = named("crypto/sha256", "New", "New224") | named("crypto/sha512", "New", "New384")
_SUMS = named("crypto/sha256", "Sum256", "Sum224") | named("crypto/sha512", "Sum512", "Sum384")
_PASSWORD = re.compile(r"(?i)passw(?:or)?d|passphrase|\bpwd\b")
_WRITTEN = re.compile(
    r"(?i)(?:Write|WriteString)\((?:\w+,\s*)?(?:\[\]byte\()?[^\n]*(?:passw(?:or)?d|passphrase|\bpwd\b)"
)
_OTHER = re.compile(r"(?i)token|reset|pwned|bcrypt|scrypt|argon2|pbkdf2|hmac\.|hkdf|\bfile\b")
_MESSAGE = "This digest is fast, so passwords can be tried by the billion; use bcrypt, scrypt or Argon2."


class WeakPasswordHashGo(Check):
    """Finds fast digests of passwords."""

    summary = "A password stored as a fast digest"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-916", "CWE-328")
    owasp = ("A04:2025",)
    references = ("https://pkg.go.dev/golang.org/x/crypto/bcrypt",)
    languages = GO
    calls = _MADE | _SUMS

    VALID = (
        """\
package a

import "crypto/sha256"

func größe(data []byte) [32]byte { return sha256.Sum256(data) }
""",
        """\
package a

import "golang.org/x/crypto/bcrypt"

func hashPassword(password string) ([]byte, error) {
	return bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
}
""",
        """\
package a

import "crypto/sha256"

func derive(password string, salt []byte) []byte {
	return pbkdf2.Key([]byte(password), salt, 600000, 32, sha256.New)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "crypto/sha256"

func größe(password string) [32]byte {
	return sha256.Sum256([]byte(password)) // schnell
}
""",
            at="sha256.Sum256",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

import "crypto/sha512"

func store(user, password string) {
	h := sha512.New()
	h.Write([]byte(password + salt))
	save(user, h.Sum(nil))
}
""",
            at="sha512.New",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        function = code.function(call)
        body = code.text(function or call)
        if _OTHER.search(body):
            return
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        given = " ".join((name, *(code.text(value) for value in code.arguments(call).positional)))
        if _PASSWORD.search(given) if code.callee(call) in _SUMS else _WRITTEN.search(body):
            yield Problem(code.called(call), _MESSAGE)
