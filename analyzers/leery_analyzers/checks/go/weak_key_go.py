"""A key that is too short, or made from a password in a way that is quick to repeat, in Go.

RSA and DSA keys below 2048 bits can be broken. `pbkdf2` with few rounds and `bcrypt` with a low cost make each guess of
a password cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_RSA = named("crypto/rsa", "GenerateKey")
_BCRYPT = named("golang.org/x/crypto/bcrypt", "GenerateFromPassword")
_PBKDF2 = named("golang.org/x/crypto/pbkdf2", "Key")


class WeakKeyGo(Check):
    """Finds short keys and quick derivations."""

    summary = "A key that is too short, or quick to guess from a password"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-326", "CWE-916")
    owasp = ("A04:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",)
    languages = GO
    calls = _RSA | _BCRYPT | _PBKDF2

    VALID = (
        """\
package a

import "crypto/rsa"

func größe() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 3072)
}
""",
        """\
package a

import "golang.org/x/crypto/bcrypt"

func f(password []byte) ([]byte, error) {
	return bcrypt.GenerateFromPassword(password, bcrypt.DefaultCost)
}
""",
        """\
package a

import "golang.org/x/crypto/pbkdf2"

func f(password, salt []byte) []byte {
	return pbkdf2.Key(password, salt, 600000, 32, sha256.New)
}
""",
        """\
package a

import "crypto/rsa"

func f(bits int) (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, bits)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "crypto/rsa"

func größe() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 1024) // schnell
}
""",
            at="1024",
            message="Keys of 1024 bits can be broken; use at least 2048.",
            fixed=(
                """\
package a

import "crypto/rsa"

func größe() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 2048) // schnell
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "golang.org/x/crypto/bcrypt"

func f(password []byte) ([]byte, error) {
	return bcrypt.GenerateFromPassword(password, bcrypt.MinCost)
}
""",
            at="bcrypt.MinCost",
            message="At this cost guesses are cheap; leave it at 10 or more.",
            fixed=(
                """\
package a

import "golang.org/x/crypto/bcrypt"

func f(password []byte) ([]byte, error) {
	return bcrypt.GenerateFromPassword(password, bcrypt.DefaultCost)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "golang.org/x/crypto/pbkdf2"

func f(password, salt []byte) []byte {
	return pbkdf2.Key(password, salt, 1000, 32, sha256.New)
}
""",
            at="1000",
            message="1000 rounds make each guess cheap; use at least 600,000 with SHA-256.",
            fixed=(
                """\
package a

import "golang.org/x/crypto/pbkdf2"

func f(password, salt []byte) []byte {
	return pbkdf2.Key(password, salt, 600_000, 32, sha256.New)
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, values = code.callee(call), code.arguments(call).positional
        place = 2 if name in _PBKDF2 else 1
        if place >= len(values):
            return
        value, text = values[place], code.text(values[place])
        number = code.whole_number(values[place]) or 0
        is_written = value.type != "identifier"
        if name in _BCRYPT and (0 < number < 10 or text.endswith("bcrypt.MinCost")):
            better = "bcrypt.DefaultCost" if "." in text else "12"
            fix = Fix("Use a higher cost", "review", (code.replace(value, better),))
            message = "At this cost guesses are cheap; leave it at 10 or more."
        elif name in _RSA and 0 < number < 2048:
            fix = Fix("Use 2048 bits", "safe", (code.replace(value, "2048"),))
            message = f"Keys of {number} bits can be broken; use at least 2048."
        elif name in _PBKDF2 and 0 < number < 10_000:
            fix = Fix("Use 600,000 rounds", "manual", (code.replace(value, "600_000"),))
            message = f"{number} rounds make each guess cheap; use at least 600,000 with SHA-256."
        else:
            return
        yield Problem(value, message, fixes=(fix,) if is_written else ())
