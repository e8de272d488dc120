"""An XPath expression put together from values, in C#.

A value with a quote in it changes what is asked for: a login matches everybody, a search shows all. XPath takes values
as variables (`XsltContext`); LINQ to XML compares them in code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ASKS = frozenset(
    {
        "SelectNodes",
        "SelectSingleNode",
        "Select",
        "Evaluate",
        "XPathSelectElement",
        "XPathSelectElements",
        "XPathEvaluate",
    }
)
_EXPRESSION = re.compile(r"(?s)^[/.@\w].*\[[^\]]*=\s*['\"]\0|^//?\w.*\0")
_ESCAPED = re.compile(r"(?i)escape|encod|sanitiz|quote")


class XpathFromValuesCsharp(Check):
    """Finds XPath expressions with values in them."""

    summary = "An XPath expression put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-643",)
    owasp = ("A05:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca3008",)
    languages = CSHARP
    calls = frozenset({*(f".{name}" for name in _ASKS), "XPathExpression.Compile"})

    VALID = (
        """\
class Größe {
    object F(XmlDocument document) => document.SelectSingleNode("//user[@id='1']");
}
""",
        """\
class A {
    object F(XmlNode node, int id) => node.SelectNodes($"//user[@id='{id}']");
}
""",
        """\
class A {
    object F(IEnumerable<string> names, string end) => names.Select("name: " + end);
}
""",
        """\
class A {
    object F(XmlDocument document, string kind) {
        if (!AllowedKinds.Contains(kind)) throw new ArgumentException(kind);
        return document.SelectNodes("//item[@kind='" + kind + "']");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    object F(XmlDocument document, string name) {
        return document.SelectSingleNode("//user[name='" + name + "']"); // suchen
    }
}
""",
            at='"//user[name=\'" + name + "\']"',
            message="`name` becomes part of the XPath expression, so whoever controls it controls what is found.",
        ),
        Invalid(
            code="""\
class A {
    object F(XPathNavigator navigator, string user) {
        var query = $"/users/user[login='{user}']/role";
        return navigator.Select(query);
    }
}
""",
            at="Select(«query»)",
            message="`user` becomes part of the XPath expression, so whoever controls it controls what is found.",
        ),
        Invalid(
            code="""\
class A {
    object F(string user) {
        return XPathExpression.Compile(string.Format("//user[@name='{0}']", user));
    }
}
""",
            at="string.Format(\"//user[@name='{0}']\", user)",
            message="`user` becomes part of the XPath expression, so whoever controls it controls what is found.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        value = code.arguments(found["call"]).get(0)
        template = code.template(value) if value is not None else None
        if value is None or template is None or template.opaque or not _EXPRESSION.search(template.text):
            return
        outside = from_outside(code, template.holes)
        if outside is not None and not _ESCAPED.search(code.text(outside[0])):
            name = short(code.text(outside[0]))
            message = f"`{name}` becomes part of the XPath expression, so whoever controls it controls what is found."
            yield Problem(value, message, confidence=outside[1])
