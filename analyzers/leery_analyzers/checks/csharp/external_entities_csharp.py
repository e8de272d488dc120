"""An XML parser that reads external entities, in C#.

Since .NET Framework 4.5.2 and in .NET Core the parsers do not follow references out of a document, unless they are told
to: with a resolver, or with document types switched on.
"""

from __future__ import annotations

import re
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

_RESOLVER = re.compile(r"new\s+(?:System\.Xml\.)?XmlUrlResolver\b|new\s*\(\s*\)|XmlResolver\.FileSystemResolver")
_MESSAGE = "External entities are read: a text can make this program read files and reach other servers."


class ExternalEntitiesCsharp(Check):
    """Finds XML parsers that read external entities."""

    summary = "An XML parser that reads external entities"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-611",)
    owasp = ("A02:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca3075",)
    languages = CSHARP
    query = sets("XmlResolver", "DtdProcessing", "ProhibitDtd")

    VALID = (
        """\
class Größe {
    object F(Stream stream) {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        return XmlReader.Create(stream, settings);
    }
}
""",
        """\
class A {
    void F(string text) {
        var document = new XmlDocument();
        document.XmlResolver = null;
        document.LoadXml(text);
    }
}
""",
        """\
class A {
    void F(XmlReaderSettings settings) {
        settings.DtdProcessing = DtdProcessing.Ignore;
    }
}
""",
        """\
class A {
    void F(XmlDocument document, XmlResolver resolver) {
        document.XmlResolver = resolver;
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(string text) {
        var document = new XmlDocument();
        document.XmlResolver = new XmlUrlResolver(); // lädt nach
        document.LoadXml(text);
    }
}
""",
            at="document.XmlResolver = new XmlUrlResolver()",
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    void F(string text) {
        var document = new XmlDocument();
        document.XmlResolver = null; // lädt nach
        document.LoadXml(text);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(Stream stream) {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse };
        return XmlReader.Create(stream, settings);
    }
}
""",
            at="DtdProcessing = DtdProcessing.Parse",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    object F(Stream stream) {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };
        return XmlReader.Create(stream, settings);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(XmlReaderSettings settings) {
        settings.ProhibitDtd = false;
    }
}
""",
            at="settings.ProhibitDtd = false",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void F(XmlReaderSettings settings) {
        settings.ProhibitDtd = true;
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one property."""
        assert isinstance(code, CSharpCode)
        value, key = found["value"], code.text(found["key"])
        better = ""
        if key == "XmlResolver" and _RESOLVER.match(code.text(value)):
            better = "null"
        elif key == "DtdProcessing" and code.text(value).endswith("DtdProcessing.Parse"):
            better = "DtdProcessing.Prohibit"
        elif key == "ProhibitDtd" and is_word(code, value, "false"):
            better = "true"
        if better:
            around = code.text(code.function(found["set"]) or found["set"])
            closed = key != "XmlResolver" and re.search(r"XmlResolver\s*=\s*null", around) is not None
            fix = Fix("Forbid external entities", "review", (code.replace(value, better),))
            yield Problem(found["set"], _MESSAGE, fixes=(fix,), confidence="low" if closed else None)
