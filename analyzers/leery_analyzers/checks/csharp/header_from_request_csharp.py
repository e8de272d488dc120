"""Text from a request put into a header of the answer, in C#.

A line break in the value starts a header or an answer of its own. ASP.NET Core refuses line breaks when it sends, so
that mostly a failed answer is the worst; older servers and proxies pass them on.

Left alone: numbers, values found among known ones, and values whose line breaks are taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ADDS = frozenset({".AddHeader", ".AppendHeader", ".Add", ".Append", ".TryAdd"})
_HEADERS = re.compile(r"[Rr]esponse(?:\.Headers)?\Z")
_CLEANED = re.compile(r"(?i)encod|escape|sanitiz|replace\(|GetFileName|ContentDisposition")


class HeaderFromRequestCsharp(Check):
    """Finds values of requests in headers."""

    summary = "Text from a request in a header of the answer"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-113",)
    owasp = ("A05:2025",)
    languages = CSHARP
    calls = _ADDS
    query = """
    (assignment_expression left: (element_access_expression expression: (member_access_expression
      name: (identifier) @key) @base) right: (_) @value (#eq? @key "Headers")) @set
    """

    VALID = (
        """\
public class GrößeController : Controller {
    public IActionResult Show(int count, string name) {
        Response.Headers.Add("X-Größe", count.ToString());
        Response.Headers["X-Name"] = Uri.EscapeDataString(name);
        request.Headers.Add("X-Name", name);
        return Ok();
    }
}
""",
        """\
public class CorsController : Controller {
    public IActionResult Show() {
        Response.Headers.Add("Access-Control-Allow-Origin", Request.Headers["Referer"]);
        return Ok();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Show(string name) {
        Response.Headers.Add("X-Größe", name);
        return Ok();
    }
}
""",
            at='"X-Größe", «name»',
            message="`name` comes from the request; a line break in it starts a header of its own.",
        ),
        Invalid(
            code="""\
class A {
    void F() {
        Response.Headers["X-Name"] = "a " + Request.Query["name"];
    }
}
""",
            at='"a " + Request.Query["name"]',
            message='`Request.Query["name"]` comes from the request; a line break in it starts a header of its own.',
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one header."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        if call is None:
            base, value = code.text(found["base"]), found["value"]
        else:
            values = code.arguments(call).positional
            if len(values) != 2 or (code.literal(values[0]) or "").startswith("Access-Control"):
                return
            base, value = code.text(code.receiver(call)), values[1]
        if not _HEADERS.search(base) or _CLEANED.search(code.text(code.function(value) or value)):
            return
        source = from_request(code, value)
        if source:
            yield Problem(
                value, f"`{short(source)}` comes from the request; a line break in it starts a header of its own."
            )
