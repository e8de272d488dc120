"""A signature compared in a way that takes longer the more of it is right, in Go.

``==`` and ``bytes.Equal`` stop at the first difference. Whoever measures the time finds a valid signature byte by byte.
``hmac.Equal`` takes the same time for all.

Reported are comparisons of what a MAC gives, or of a signature with what is to be expected. Left alone: comparisons
with constants and of lengths.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_EQUAL = named("bytes", "Equal")
_MAC = re.compile(r"(?i)mac\.Sum\(|\bexpected_?(?:mac|sig\w*|hmac)\b|\b(?:hmac|mac|computed_?(?:mac|sig\w*))\b")
_CONSTANT = re.compile(r"\"[^\"]*\"|nil|\d+|true|false|''")
_MESSAGE = "This comparison stops at the first difference, so its time tells how much is right; use hmac.Equal."


class TimingUnsafeComparisonGo(Check):
    """Finds signatures compared byte by byte."""

    summary = "A signature compared in a time that tells how much is right"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-208",)
    owasp = ("A04:2025",)
    references = ("https://pkg.go.dev/crypto/hmac#Equal",)
    languages = GO
    calls = _EQUAL
    query = '(binary_expression left: (_) @left operator: ["==" "!="] right: (_) @right) @comparison'

    VALID = (
        """\
package a

func größe(given []byte) bool {
	return hmac.Equal(given, mac.Sum(nil)) && len(mac) == 32
}
""",
        """\
package a

func f(mac string) bool { return mac == "" || hardware.MAC == address }
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(given string) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return given == hex.EncodeToString(mac.Sum(nil)) // gleich?
}
""",
            at="given == hex.EncodeToString(mac.Sum(nil))",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "crypto/hmac"

func größe(given string) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return hmac.Equal([]byte(given), []byte(hex.EncodeToString(mac.Sum(nil)))) // gleich?
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(given []byte) bool {
	return bytes.Equal(given, mac.Sum(nil))
}
""",
            at="bytes.Equal",
            message=_MESSAGE,
            fixed=(
                """\
package a

import "crypto/hmac"

func f(given []byte) bool {
	return hmac.Equal(given, mac.Sum(nil))
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one comparison."""
        assert isinstance(code, GoCode)
        if (call := found.get("call")) is not None:
            function = call.child_by_field_name("function")
            if function is not None and any(_is_mac(code, value) for value in code.arguments(call).positional):
                fix = Fix("Use hmac.Equal", "safe", (code.replace(function, "hmac.Equal"),), ('import "crypto/hmac"',))
                yield Problem(function, _MESSAGE, fixes=(fix,))
            return
        sides = (found["left"], found["right"])
        if any(_CONSTANT.fullmatch(code.text(side)) for side in sides) or not any(
            _is_mac(code, side) for side in sides
        ):
            return
        negated = code.text(found["comparison"])[len(code.text(sides[0])) :].lstrip().startswith("!=")
        left, right = (f"[]byte({code.text(side)})" for side in sides)
        text = f"{'!' if negated else ''}hmac.Equal({left}, {right})"
        fix = Fix("Use hmac.Equal", "safe", (code.replace(found["comparison"], text),), ('import "crypto/hmac"',))
        yield Problem(found["comparison"], _MESSAGE, fixes=(fix,))


def _is_mac(code: GoCode, side: Node) -> bool:
    """Whether one side is what a MAC gives, directly or through a variable; only where the unit makes one."""
    if "hmac" not in code.source and "mac.Sum" not in code.source:
        return False
    texts = [code.text(side)]
    if side.type == "identifier":
        texts += [code.text(b.value) for b in code.last_values(side) if b.value is not None]
    return any(_MAC.search(text) and "len(" not in text for text in texts)
