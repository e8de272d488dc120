r"""A regular expression that can take for ever, in C#.

In ``(\w+)+`` a text can be split between the two loops in ever so many ways, and a search that fails tries them all: a
few dozen characters keep a core busy for hours. What is repeated twice has to be told apart; a time limit, or
``RegexOptions.NonBacktracking``, helps against any pattern.

Decided by structure: two ways from a character of the pattern back to itself make the time exponential (medium
confidence), two loops side by side that take the same characters make it a polynomial (low confidence).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.regex_time import slow_part
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_STATIC = frozenset(f"Regex.{name}" for name in ("IsMatch", "Match", "Matches", "Replace", "Split"))
_LIMITED = re.compile(r"NonBacktracking|TimeSpan|[tT]imeout")
_EXPONENTIAL = (
    "`{}` can take one text in very many ways: some thirty characters that do not match keep it busy for ever."
)
_POLYNOMIAL = "`{}` can take one text in many ways: a long text that does not match keeps it busy."


class SlowRegexCsharp(Check):
    """Finds patterns whose time explodes."""

    summary = "A regular expression that can take for ever"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1333", "CWE-400")
    owasp = ("A06:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/standard/base-types/backtracking-in-regular-expressions",)
    languages = CSHARP
    calls = _STATIC | {"new Regex"}

    VALID = (
        """\
class A {
    Regex größe = new Regex("^[a-z]+(-[a-z]+)*$");
}
""",
        """\
class A {
    object F() => new Regex("(a+)+$", RegexOptions.NonBacktracking);
}
""",
        """\
class A {
    object F(string text) => Regex.IsMatch(text, "(a+)+$", RegexOptions.None, TimeSpan.FromSeconds(1));
}
""",
        """\
class A {
    object F(string pattern) => new Regex(pattern);
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    Regex größe = new Regex(@"^(\\w+)+$"); // Wörter
}
""",
            at='@"^(\\w+)+$"',
            message=_EXPONENTIAL.format("(\\w+)+"),
        ),
        Invalid(
            code="""\
class A {
    bool F(string text) => Regex.IsMatch(text, "^(a|aa)+$");
}
""",
            at='"^(a|aa)+$"',
            message=_EXPONENTIAL.format("(a|aa)+"),
        ),
        Invalid(
            code="""\
class A {
    object F(string text) {
        return Regex.Match(text, "^([a-zA-Z0-9]+\\\\s?)*$");
    }
}
""",
            at='"^([a-zA-Z0-9]+\\\\s?)*$"',
            message=_EXPONENTIAL.format("([a-zA-Z0-9]+\\s?)*"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        given = code.arguments(call).get(0 if code.callee(call) == "new Regex" else 1, "pattern")
        written = code.literal(given) if given is not None else None
        if given is None or _LIMITED.search(code.text(call)):
            return
        source = from_request(code, given) if written is None else ""
        if source and not re.search(r"Escape\(", code.text(code.function(call) or call)):
            yield Problem(given, f"`{short(source)}` is the pattern, and it comes from the request: some take hours.")
        if written is None:
            return
        pattern = re.sub(r"\\(.)", r"\1", written) if given.type == "string_literal" else written
        slow = slow_part(pattern)
        if slow is not None:
            exponential = slow.growth == "exponential"
            message = (_EXPONENTIAL if exponential else _POLYNOMIAL).format(short(pattern[slow.start : slow.end]))
            low: Level | None = None if exponential else "low"
            yield Problem(given, message, severity=low, confidence=low)
