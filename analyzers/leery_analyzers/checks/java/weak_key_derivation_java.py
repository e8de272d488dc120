"""A key made from a password in a way that is quick to repeat, in Java.

Passwords are guessed by trying. PBKDF2 with few rounds makes each try cheap, and a salt that is the same for everybody
lets one table serve for all. Today 600,000 rounds of HMAC-SHA-256 and 16 random bytes of salt are usual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_values import is_constant, is_filled, number, number_literal
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PLACES = {"new PBEKeySpec": (1, 2), "new PBEParameterSpec": (0, 1)}
_FEWEST = 10_000
_USUAL = "600_000"
_SALT = "The salt is the same for every password, so one table of guesses serves for all."


class WeakKeyDerivationJava(Check):
    """Finds few rounds and constant salts."""

    summary = "A key from a password that is quick to guess"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-916", "CWE-760")
    owasp = ("A04:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset(_PLACES)

    VALID = (
        """\
class A {
    Object größe(char[] password, byte[] salt) {
        return new PBEKeySpec(password, salt, 600_000, 256);
    }
}
""",
        """\
class A {
    Object f(char[] password) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return new PBEKeySpec(password, salt, ROUNDS, 256);
    }
}
""",
        """\
class A {
    Object f(char[] password) {
        return new PBEKeySpec(password);
    }
}
""",
        """\
class A {
    Object f(char[] password, byte[] salt, int rounds) {
        return new PBEKeySpec(password, salt, rounds, 256);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    Object größe(char[] password, byte[] salt) {
        return new PBEKeySpec(password, salt, 1000, 256);
    }
}
""",
            at="1000",
            message="1000 rounds make each guess cheap; use at least 600,000 with HMAC-SHA-256.",
            fixed=(
                """\
class A {
    Object größe(char[] password, byte[] salt) {
        return new PBEKeySpec(password, salt, 600_000, 256);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f(char[] password) {
        return new PBEKeySpec(password, "salt".getBytes(), 600_000, 256);
    }
}
""",
            at='"salt".getBytes()',
            message=_SALT,
        ),
        Invalid(
            code="""\
class A {
    Object f(char[] password) {
        byte[] salt = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
        return new PBEParameterSpec(salt, 100_000);
    }
}
""",
            at="PBEParameterSpec(«salt»",
            message=_SALT,
        ),
        Invalid(
            code="""\
class A {
    private static final int RUNDEN = 1_000;

    Object f(char[] password, byte[] salt) {
        return new PBEKeySpec(password, salt, RUNDEN, 256);
    }
}
""",
            at="salt, «RUNDEN»",
            message="1000 rounds make each guess cheap; use at least 600,000 with HMAC-SHA-256.",
            fixed=(
                """\
class A {
    private static final int RUNDEN = 600_000;

    Object f(char[] password, byte[] salt) {
        return new PBEKeySpec(password, salt, RUNDEN, 256);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    private static final byte[] SALT = "größe".getBytes();

    Object f(char[] password) {
        return new PBEKeySpec(password, A.SALT, 600_000, 256);
    }
}
""",
            at="A.SALT",
            message=_SALT,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one object made."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        salt_at, rounds_at = _PLACES[code.callee(call)]
        arguments = code.arguments(call)
        salt, rounds = arguments.get(salt_at), arguments.get(rounds_at)
        if salt is not None and is_constant(code, salt) and (salt.type != "identifier" or not is_filled(code, salt)):
            yield Problem(salt, _SALT)
        count = number(code, rounds)
        if rounds is not None and count is not None and count < _FEWEST:
            literal = number_literal(code, rounds)
            fix = (
                (Fix("Use 600,000 rounds", "manual", (code.replace(literal, _USUAL),)),) if literal is not None else ()
            )
            message = f"{count} rounds make each guess cheap; use at least 600,000 with HMAC-SHA-256."
            yield Problem(rounds, message, fixes=fix)
