"""A query for documents put together from values, in C#.

A text that the database reads as a query (JSON for MongoDB, JavaScript in ``$where``) with a value in it means what
the value makes of it: a quote and an operator such as ``$ne`` match everything. `Builders` keep values apart.

Left alone: constants, numbers, and filters that are built (``Builders<User>.Filter.Eq``).
"""

from __future__ import annotations

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

_PARSED = frozenset({"BsonDocument.Parse", "new BsonJavaScript", "new JsonFilterDefinition", "new JsonCommand"})
_FOUND = frozenset({".Find", ".FindAsync", ".DeleteMany", ".DeleteOne", ".Aggregate", ".CountDocuments"})


class DocumentQueryFromValuesCsharp(Check):
    """Finds MongoDB queries with values in them."""

    summary = "A query for documents put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-943",)
    owasp = ("A05:2025",)
    references = ("https://www.mongodb.com/docs/drivers/csharp/current/fundamentals/builders/",)
    languages = CSHARP
    calls = _PARSED | _FOUND

    VALID = (
        """\
class Größe {
    object F(string name) => users.Find(Builders<User>.Filter.Eq(u => u.Name, name));
}
""",
        """\
class A {
    object F(int age) => users.Find("{ age: " + age + " }");
    object G() => BsonDocument.Parse("{ open: true }");
    object H(string path) => files.Find("reports/" + path);
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    object F(string name) {
        return users.Find("{ name: '" + name + "' }"); // suchen
    }
}
""",
            at='"{ name: \'" + name + "\' }"',
            message="`name` becomes part of the query, so whoever controls it controls what is found.",
        ),
        Invalid(
            code="""\
class A {
    object F(string name) => BsonDocument.Parse($"{{ name: '{name}' }}");
}
""",
            at="$\"{{ name: '{name}' }}\"",
            message="`name` becomes part of the query, so whoever controls it controls what is found.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        value = code.arguments(found["call"]).get(0)
        template = code.template(value) if value is not None else None
        if (
            value is None
            or template is None
            or template.opaque
            or not template.text.lstrip().startswith(("{", "[", "this.", "function"))
        ):
            return
        outside = from_outside(code, template.holes)
        if outside is not None:
            name = short(code.text(outside[0]))
            message = f"`{name}` becomes part of the query, so whoever controls it controls what is found."
            yield Problem(value, message, confidence=outside[1])
