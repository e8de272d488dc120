"""The check of requests for scripts switched off, in C#.

ASP.NET refuses requests that look like markup unless it is told not to; what comes through then ends up in pages.

Reported are ``[ValidateInput(false)]`` and ``ValidateRequest = false``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MESSAGE = "Requests with markup in them are let through, scripts included."


class RequestValidationOffCsharp(Check):
    """Finds request validation switched off."""

    summary = "The check of requests for scripts switched off"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79", "CWE-20")
    owasp = ("A05:2025",)
    languages = CSHARP
    query = (
        "((attribute name: (identifier) @name (attribute_argument_list) @given) @attribute"
        f' (#eq? @name "ValidateInput"))\n{sets("ValidateRequest")}'
    )

    VALID = (
        """\
class Größe {
    [ValidateInput(true)]
    object F() => null;
}
""",
        """\
class A {
    void F(Page page) { page.ValidateRequest = true; }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    [HttpPost, ValidateInput(false)] // für HTML
    object F(string text) => Save(text);
}
""",
            at="ValidateInput(false)",
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    [HttpPost, ValidateInput(true)] // für HTML
    object F(string text) => Save(text);
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(Page page) { page.ValidateRequest = false; }
}
""",
            at="page.ValidateRequest = false",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void F(Page page) { page.ValidateRequest = true; }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one attribute or at one property."""
        assert isinstance(code, CSharpCode)
        if (attribute := found.get("attribute")) is not None:
            if code.text(found["given"]) == "(false)":
                fix = Fix("Keep the check", "review", (code.replace(found["given"], "(true)"),))
                yield Problem(attribute, _MESSAGE, fixes=(fix,))
        elif is_word(code, found["value"], "false"):
            fix = Fix("Keep the check", "review", (code.replace(found["value"], "true"),))
            yield Problem(found["set"], _MESSAGE, fixes=(fix,))
