r"""A regular expression that can take for ever, in Java.

In ``(\w+)+`` a text can be split between the two loops in ever so many ways, and a search that fails tries them all: a
few dozen characters keep a core busy for hours. What is repeated twice has to be told apart.

Decided by structure: two ways from a character of the pattern back to itself make the time exponential (medium
confidence), two loops side by side that take the same characters make it a polynomial (low confidence). Left alone:
possessive loops (``\w++``), and patterns that are no literal texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.regex_time import slow_part
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WHOLE = frozenset({"matches", "Pattern.matches"})
_CALLS = frozenset({"Pattern.compile", "Pattern.matches", ".matches", ".replaceAll", ".split", ".replaceFirst"})
_ESCAPED = re.compile(r"\\(.)")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}
_EXPONENTIAL = (
    "`{}` can take one text in very many ways: some thirty characters that do not match keep it busy for ever."
)
_POLYNOMIAL = "`{}` can take one text in many ways: a long text that does not match keeps it busy."


class SlowRegexJava(Check):
    """Finds patterns whose time explodes."""

    summary = "A regular expression that can take for ever"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1333", "CWE-400")
    owasp = ("A06:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Denial_of_Service_Cheat_Sheet.html",)
    languages = JAVA
    calls = _CALLS

    VALID = (
        """\
class A {
    Pattern größe = Pattern.compile("^[a-z]+(-[a-z]+)*$");
}
""",
        """\
class A {
    Pattern f() {
        return Pattern.compile("(\\\\w++)+");
    }
}
""",
        """\
class A {
    boolean f(Rule rule) {
        return rule.matches("(a+)+ and more", 3);
    }
}
""",
        """\
class A {
    String f(String text) {
        return text.replaceAll("\\\\s+", " ");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    Pattern größe = Pattern.compile("^(\\\\w+)+$"); // Wörter
}
""",
            at='"^(\\\\w+)+$"',
            message=_EXPONENTIAL.format("(\\w+)+"),
        ),
        Invalid(
            code="""\
class A {
    boolean f(String text) {
        return text.matches("(a|aa)+");
    }
}
""",
            at='"(a|aa)+"',
            message=_EXPONENTIAL.format("(a|aa)+"),
        ),
        Invalid(
            code="""\
class A {
    boolean f(String text) {
        return Pattern.matches("([a-zA-Z0-9]+\\\\s?)*x", text);
    }
}
""",
            at='"([a-zA-Z0-9]+\\\\s?)*x"',
            message=_EXPONENTIAL.format("([a-zA-Z0-9]+\\s?)*"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        values, method = code.arguments(call).positional, code.method(call)
        written = code.literal(values[0]) if values else None
        if written is None or (method == "matches" and code.callee(call) != "Pattern.matches" and len(values) != 1):
            return
        pattern = _ESCAPED.sub(lambda escape: _PLAIN.get(escape.group(1), escape.group(1)), written)
        slow = slow_part(pattern, whole=method in _WHOLE)
        if slow is not None:
            exponential = slow.growth == "exponential"
            message = (_EXPONENTIAL if exponential else _POLYNOMIAL).format(short(pattern[slow.start : slow.end]))
            low: Level | None = None if exponential else "low"
            yield Problem(values[0], message, severity=low, confidence=low)
