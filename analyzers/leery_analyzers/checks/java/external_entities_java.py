"""An XML parser that reads external entities, in Java.

Java's parsers follow references out of a document by default: a text can then read files and reach servers of the
network, and blow up small texts to gigabytes. Forbidding document types switches all of that off.

Reported is a parser that is told to, and one made by a factory that the method leaves as it is and reads something
with. Left alone: factories with any of the known settings, and those that are handed on to be set up elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_fixes import after_statement
from leery_analyzers.checks.java_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_NO_DOCTYPE = '.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);'
_FACTORIES: Mapping[str, tuple[str, str]] = {
    "DocumentBuilderFactory.newInstance": (r"\.newDocumentBuilder\(", _NO_DOCTYPE),
    "SAXParserFactory.newInstance": (r"\.newSAXParser\(", _NO_DOCTYPE),
    **dict.fromkeys(
        ("DocumentBuilderFactory.newDefaultInstance", "DocumentBuilderFactory.newNSInstance"),
        (r"\.newDocumentBuilder\(", _NO_DOCTYPE),
    ),
    **dict.fromkeys(
        ("SAXParserFactory.newDefaultInstance", "SAXParserFactory.newNSInstance"), (r"\.newSAXParser\(", _NO_DOCTYPE)
    ),
    "XMLInputFactory.newDefaultFactory": (
        r"\.createXML(?:Stream|Event)Reader\(",
        ".setProperty(XMLInputFactory.SUPPORT_DTD, false);",
    ),
    "XMLInputFactory.newInstance": (
        r"\.createXML(?:Stream|Event)Reader\(",
        ".setProperty(XMLInputFactory.SUPPORT_DTD, false);",
    ),
    "XMLInputFactory.newFactory": (
        r"\.createXML(?:Stream|Event)Reader\(",
        ".setProperty(XMLInputFactory.SUPPORT_DTD, false);",
    ),
    "XMLReaderFactory.createXMLReader": (r"\.parse\(", _NO_DOCTYPE),
    "new SAXReader": (r"\.read\(", _NO_DOCTYPE),
    "new SAXBuilder": (r"\.build\(", _NO_DOCTYPE),
}
_ON = re.compile(r"external-(general|parameter)-entities|load-external-dtd|isSupportingExternalEntities|supportDTD")
_OFF = re.compile(r"disallow-doctype-decl|secure-processing")
_SET_UP = re.compile(r"\.set(?:Feature|Property|Attribute|EntityResolver|XMLResolver|Expand\w+|Secure\w*)\s*\(")
_READS_ITS_OWN = re.compile(r"getResource(?:AsStream)?\(|\.newDocument\(|ClassPathResource")
_MESSAGE = "External entities are read: a text can make this program read files and reach other servers."


class ExternalEntitiesJava(Check):
    """Finds XML parsers that read external entities."""

    summary = "An XML parser that reads external entities"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-611",)
    owasp = ("A02:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset({".setFeature", ".setProperty", *_FACTORIES})

    VALID = (
        """\
class Größe {
    Document f(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(in);
    }
}
""",
        """\
class A {
    void f(XMLInputFactory factory) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
    }
}
""",
        """\
class A {
    Document f(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        harden(factory);
        return factory.newDocumentBuilder().parse(in);
    }
}
""",
        """\
class A {
    Document f() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
    }
}
""",
        """\
class A {
    void f(Settings settings) {
        settings.setProperty("supportDTDs", "no");
        settings.setFeature("dark", true);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void f(SAXParserFactory größe) throws Exception {
        größe.setFeature("http://xml.org/sax/features/external-general-entities", true);
    }
}
""",
            at='größe.setFeature("http://xml.org/sax/features/external-general-entities", true)',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f(SAXParserFactory größe) throws Exception {
        größe.setFeature("http://xml.org/sax/features/external-general-entities", false);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(XMLInputFactory factory) {
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.TRUE);
    }
}
""",
            at="factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.TRUE)",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f(XMLInputFactory factory) {
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Document f(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance(); // ohne Prüfung
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(in);
    }
}
""",
            at="DocumentBuilderFactory.newInstance()",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    Document f(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance(); // ohne Prüfung
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(in);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    XMLStreamReader f(java.io.Reader in) throws Exception {
        var factory = javax.xml.stream.XMLInputFactory.newInstance();
        return factory.createXMLStreamReader(in);
    }
}
""",
            at="javax.xml.stream.XMLInputFactory.newInstance()",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    XMLStreamReader f(java.io.Reader in) throws Exception {
        var factory = javax.xml.stream.XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory.createXMLStreamReader(in);
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        factory = _FACTORIES.get(code.callee(call))
        if factory is not None:
            yield from _left_as_it_is(code, call, *factory)
            return
        feature, value = code.arguments(call).get(0), code.arguments(call).get(1)
        if feature is None or value is None:
            return
        name = code.text(feature)
        on = _ON.search(name) or name.endswith(("IS_SUPPORTING_EXTERNAL_ENTITIES",))
        wrong = "true" if on else "false" if _OFF.search(name) or name.endswith("FEATURE_SECURE_PROCESSING") else ""
        if wrong and is_word(code, value, wrong):
            fix = Fix("Forbid external entities", "review", (code.replace(value, "false" if on else "true"),))
            yield Problem(call, _MESSAGE, fixes=(fix,), confidence="high" if on else "medium")


def _left_as_it_is(code: JavaCode, call: Node, use: str, setting: str) -> Iterator[Problem]:
    """A factory that the method makes, does not set up, and reads with."""
    function, around = code.function(call), code.bare_parent(call)
    body = code.text(function)
    if function is None or around is None or _SET_UP.search(body) or _READS_ITS_OWN.search(body):
        return
    if around.type == "variable_declarator":
        name = re.escape(code.text(around.child_by_field_name("name")))
        handed_on = re.search(rf"(?<!\w)[\w.]+\([^()]*\b{name}\b(?!\s*\.)[^()]*\)", body)
        if handed_on is None and re.search(rf"\b{name}\s*{use}", body):
            edit = after_statement(code, call, f"{code.text(around.child_by_field_name('name'))}{setting}")
            fixes = (Fix("Forbid document types", "review", (edit,)),) if edit is not None else ()
            yield Problem(call, _MESSAGE, fixes=fixes, confidence="medium")
    elif around.type == "method_invocation" and re.search(use, f".{code.method(around)}("):
        yield Problem(call, _MESSAGE, confidence="medium")
