"""Random values that can be predicted, in Go.

`math/rand` repeats itself; with a seed taken from the time every value can be guessed. What must not be guessed, such
as a token, a password or a key, comes from `crypto/rand`.

Left alone: random choices that are no secret, such as a delay, a shuffle or a die.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.checks.words import is_guess_sensitive, short, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NAMES = (
    "Int",
    "Intn",
    "Int31",
    "Int31n",
    "Int63",
    "Int63n",
    "Uint32",
    "Uint64",
    "Float64",
    "Perm",
    "Read",
    "IntN",
    "N",
)
_DRAWS = named("math/rand", *_NAMES, "Int64N", "UintN", "Int32N", "Int64")
_SECRET_WORDS = frozenset(
    {"crypto", "cipher", "encrypt", "salt", "nonce", "session", "otp", "pin", "invite", "voucher"}
)


class InsecureRandomGo(Check):
    """Finds secrets drawn from `math/rand`."""

    summary = "A random value that can be predicted"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    references = ("https://pkg.go.dev/crypto/rand",)
    languages = GO
    calls = _DRAWS | frozenset(f".{name}" for name in _NAMES)

    VALID = (
        """\
package a

import "crypto/rand"

func newToken() []byte {
	größe := make([]byte, 32)
	rand.Read(größe)
	return größe
}
""",
        """\
package a

import "math/rand"

func roll() int {
	return rand.Intn(6) + 1
}
""",
        """\
package a

import "math/rand"

func backoff(token string) time.Duration {
	jitter := rand.Int63n(100)
	return time.Duration(jitter)
}
""",
        """\
package a

import "example.com/lib/rand"

func newToken() string {
	return rand.Read()
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "math/rand"

func generateToken(n int) string {
	größe := make([]byte, n)
	for i := range größe {
		größe[i] = letters[rand.Intn(len(letters))] // zufällig
	}
	return string(größe)
}
""",
            at="rand.Intn",
            message="`generateToken` must not be guessed, but these values can be predicted from earlier ones.",
        ),
        Invalid(
            code="""\
package a

import "math/rand"

func f() []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}
""",
            at="rand.Read",
            message="`key` must not be guessed, but these values can be predicted from earlier ones.",
        ),
        Invalid(
            code="""\
package a

import (
	"fmt"
	mrand "math/rand"
)

func f() {
	otp := fmt.Sprintf("%06d", mrand.Intn(1000000))
	send(otp)
}
""",
            at="mrand.Intn",
            message="`otp` must not be guessed, but these values can be predicted from earlier ones.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, function = code.callee(call), call.child_by_field_name("function")
        if function is None or not (name in _DRAWS or _is_source(code, call)):
            return
        if name.startswith("rand.") and code.imported_as("rand") not in {"", "math/rand"}:
            return
        if code.method(call) == "Read" and name == "rand.Read" and not code.imported_as("rand"):
            return
        given = [code.text(value) for value in code.arguments(call).positional if value.type == "identifier"]
        names = [*(given if code.method(call) == "Read" else ()), *code.purposes(call)]
        purpose = next((own for own in names if _is_sensitive(own)), "")
        if purpose:
            message = f"`{short(purpose)}` must not be guessed, but these values can be predicted from earlier ones."
            yield Problem(function, message)


def _is_source(code: GoCode, call: Node) -> bool:
    """A variable made by ``rand.New(rand.NewSource(…))``."""
    base = code.receiver(call)
    if base is None or base.type != "identifier":
        return False
    values = code.last_values(base)
    made = [b.value for b in values if b.kind == "value" and b.value is not None and b.value.type == "call_expression"]
    return any(
        code.callee(value) in {"math/rand.New", "rand.New"} and "NewSource" in code.text(value) for value in made
    )


def _is_sensitive(name: str) -> bool:
    words = set(words_of(name))
    if words & {"test", "fake", "mock", "jitter", "delay", "backoff", "retry"}:
        return False
    return (
        is_guess_sensitive(name)
        or bool(words & _SECRET_WORDS)
        or re.fullmatch(r"(?i)key|iv|secretkey", name) is not None
    )
