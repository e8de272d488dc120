r"""A regular expression that some texts keep busy for ever.

Where a loop can take the same text in several ways, as ``(\w+\s?)*`` can, all of them are tried before a search fails:
thirty characters that do not match are enough to stop a server. Whether a pattern has such a loop is decided from its
structure: two ways from a character of the pattern back to itself make the time exponential (medium confidence), two
loops side by side that take the same characters make it a polynomial (low confidence).

Left alone: loops after which the search cannot fail, alternatives that start differently, patterns too large to decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.regex_time import slow_part
from leery_analyzers.checks.values import is_python, literal_text
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.regex_time import Slow
    from leery_analyzers.model import Level

_FUNCTIONS = ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
_CALLS = frozenset(f"{module}.{name}" for module in ("re", "regex") for name in _FUNCTIONS)
_OTHERS = frozenset({".RegexValidator", ".re_path", ".Regexp", ".regexp_replace", ".RegExp"})
_LOOPS = re.compile(r"[*+}|].*[*+}]", re.DOTALL)
_NESTED = re.compile(r"(\((?:\?:)?)(\\?\S|\[[^\]]+\])([+*])\)([+*])")
_EXPONENTIAL = (
    "`{}` can take one text in very many ways: some thirty characters that do not match keep it busy for ever."
)
_POLYNOMIAL = "`{}` can take one text in many ways: a long text that does not match keeps it busy."


class SlowRegex(Check):
    """Finds patterns whose time grows out of bounds."""

    summary = "A regular expression that some texts keep busy for ever"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1333", "CWE-400")
    owasp = ("A06:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = _CALLS | _OTHERS | {"RegExp"}
    query: ClassVar[Mapping[str, str]] = dict.fromkeys(
        JAVASCRIPT, "(regex pattern: (regex_pattern) @pattern flags: (regex_flags)? @flags) @regex"
    )

    VALID = (
        'import re\n\nre.match(r"^[\\w.+-]+@größe(\\.[a-z]+)+$", text)\nre.compile(r"(a+)+")\n',
        'import re\n\nre.search(r"\\"(?:[^\\"\\\\]|\\\\.)*\\"", text)\nre.split(r"\\s*,\\s*", text)\n',
        're.compile(pattern)\nother.match(r"^(a+)+$")\n',
        'import re\n\nre.compile("(?P<a>x+)+(?P=a)$")\nre.compile("(((")\n',
        Valid("const ok = /^(?:größe|[a-z]+-)*$/.test(text);\nconst half = a / (b + c) / d;\n", "javascript"),
        Valid('const name = new RegExp("^[a-z]+(-[a-z]+)*$");\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code='import re\n\nGRÖSSE = re.compile(r"^(\\w+)+$")\n',
            at='r"^(\\w+)+$"',
            message=_EXPONENTIAL.format("(\\w+)+"),
            fixed=('import re\n\nGRÖSSE = re.compile(r"^(\\w+)$")\n',),
        ),
        Invalid(
            code='import re\n\nif re.match("^([a-zA-Z0-9]+\\\\s?)*$", name):\n    accept(name)\n',
            at='"^([a-zA-Z0-9]+\\\\s?)*$"',
            message=_EXPONENTIAL.format("([a-zA-Z0-9]+\\s?)*"),
        ),
        Invalid(
            code='import re\n\nre.fullmatch(r"(a|aa)+", text)\n',
            at='r"(a|aa)+"',
            message=_EXPONENTIAL.format("(a|aa)+"),
        ),
        Invalid(
            code='import re\n\nre.search(r"\\d*\\d+x", text)\n',
            at='r"\\d*\\d+x"',
            message=_POLYNOMIAL.format("\\d*\\d+"),
        ),
        Invalid(
            code="const größe = /^(([a-z])+.)+[A-Z]([a-z])+$/.test(req.body.name);\n",
            at="/^(([a-z])+.)+[A-Z]([a-z])+$/",
            message=_EXPONENTIAL.format("(([a-z])+.)+"),
            language="javascript",
        ),
        Invalid(
            code='const slow = new RegExp("^(a+)*$");\n',
            at='"^(a+)*$"',
            message=_EXPONENTIAL.format("(a+)*"),
            fixed=('const slow = new RegExp("^(a*)$");\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one pattern."""
        if (pattern := found.get("pattern")) is not None:
            own = code.text(pattern)
            ignore_case = "i" in code.text(found.get("flags"))
            if _LOOPS.search(own):
                yield from _problem(code, found["regex"], own, slow_part(own, ignore_case=ignore_case))
            return
        call = found["call"]
        name, method = code.callee(call), code.method(call)
        arguments = code.arguments(call)
        if name not in _CALLS and f".{method}" not in _OTHERS and name != "RegExp":
            return
        place = arguments.get(0, "regex" if method == "RegexValidator" else "pattern")
        flags = " ".join(code.text(value) for value in (*arguments.positional[1:], *arguments.named.values()))
        text = _unescaped(code, place)
        if place is None or text is None or not _LOOPS.search(text) or "VERBOSE" in flags or "re.X" in flags:
            return
        ignore_case = re.search(r"IGNORECASE|\bre\.I\b|^[\"'`]\w*i", flags) is not None
        slow = slow_part(text, ignore_case=ignore_case, whole=method == "fullmatch")
        yield from _problem(code, place, text, slow)


def _unescaped(code: Code, place: Node | None) -> str | None:
    """The pattern that a string literal stands for."""
    text = literal_text(code, place)
    if text is None or place is None:
        return None
    raw = is_python(code) and "r" in code.text(place)[:3].lower().split('"')[0].split("'")[0]
    return text if raw or "string" not in place.type else text.replace("\\\\", "\\")


def _problem(code: Code, place: Node, text: str, slow: Slow | None) -> Iterator[Problem]:
    if slow is None:
        return
    part = text[slow.start : slow.end]
    exponential = slow.growth == "exponential"
    message = (_EXPONENTIAL if exponential else _POLYNOMIAL).format(short(part))
    low: Level | None = None if exponential else "low"
    yield Problem(place, message, fixes=tuple(_fixes(code, place, part)), severity=low, confidence=low)


def _fixes(code: Code, place: Node, part: str) -> Iterator[Fix]:
    """One loop in the place of two, where one stands directly within the other."""
    nested = _NESTED.fullmatch(part)
    whole = code.text(place)
    if nested is None or whole.count(part) != 1:
        return
    opening, inner, first, second = nested.groups()
    sign = "+" if first == second == "+" else "*"
    yield Fix("Leave one loop out", "review", (code.replace(place, whole.replace(part, f"{opening}{inner}{sign})")),))
