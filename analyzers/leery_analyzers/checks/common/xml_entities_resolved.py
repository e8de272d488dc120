"""An XML parser told to fetch what a document names.

With entities resolved a document can read files of the machine and address servers of its network; with limits switched
off a small document can fill the memory. Parsers that do none of this need no change.

Left alone: parsers with entities switched off, and documents that are written in the code. Python's own parsers fetch
nothing; those told to do so are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import is_false, is_python, is_true, literal_text, named_values, number, value_of
from leery_analyzers.fixes.arguments import append_argument
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PARSERS = frozenset({"XMLParser", "XMLPullParser", "ETCompatXMLParser", "iterparse"})
_LIBXML = frozenset({"parseXml", "parseXmlString", "parseXmlAsync", "parseString", "parseXML", "fromXml", "parseHtml"})
_FEATURES = frozenset(
    {"feature_external_ges", "feature_external_pes", "xml.sax.handler.feature_external_ges"}
    | {"xml.sax.handler.feature_external_pes"}
)
_MESSAGE = "Entities are resolved, so a document can read files of this machine and address servers of its network."
_HUGE = "Limits are switched off, so a small document can fill the memory."
_DEFAULT = "Before lxml 5 this parser resolves entities unless told not to, so a document can read files."


class XmlEntitiesResolved(Check):
    """Finds parsers that fetch what a document names."""

    summary = "An XML parser that fetches what a document names"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-611", "CWE-776")
    owasp = ("A02:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = frozenset(f".{name}" for name in (*_PARSERS, *_LIBXML)) | {".setFeature"}

    VALID = (
        "from lxml import etree\n\nparser = etree.XMLParser(resolve_entities=False, no_network=True)  # größe\n",
        "from xml.etree.ElementTree import XMLParser\n\nparser = XMLParser()\n",
        "parser.setFeature(feature_external_ges, False)\nparser.setFeature(feature_namespaces, True)\n",
        "from lxml import etree\n\nparser = etree.XMLParser(**options)\n",
        Valid("libxml.parseXml(text, { noent: false, nonet: true }); // größe\n", "javascript"),
        Valid("JSON.parseString(text, { noent: flag });\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="from lxml import etree\n\ngröße = etree.XMLParser(resolve_entities=True, remove_blank_text=True)\n",
            at="resolve_entities=True",
            message=_MESSAGE,
            fixed=(
                "from lxml import etree\n\ngröße = etree.XMLParser(resolve_entities=False, remove_blank_text=True)\n",
            ),
        ),
        Invalid(
            code="from lxml import etree\n\nparser = etree.XMLParser(resolve_entities=False, huge_tree=True)\n",
            at="huge_tree=True",
            message=_HUGE,
            fixed=("from lxml import etree\n\nparser = etree.XMLParser(resolve_entities=False, huge_tree=False)\n",),
        ),
        Invalid(
            code="from lxml.etree import XMLParser\n\nparser = XMLParser()\n",
            at="= «XMLParser»()",
            message=_DEFAULT,
            fixed=("from lxml.etree import XMLParser\n\nparser = XMLParser(resolve_entities=False)\n",),
        ),
        Invalid(
            code="from xml.sax.handler import feature_external_ges\n\nreader.setFeature(feature_external_ges, True)\n",
            at="reader.setFeature(feature_external_ges, True)",
            message=_MESSAGE,
            fixed=(
                "from xml.sax.handler import feature_external_ges\n\nreader.setFeature(feature_external_ges, False)\n",
            ),
        ),
        Invalid(
            code="const größe = libxmljs.parseXml(req.body, { noblanks: true, noent: true });\n",
            at="noent: true",
            message=_MESSAGE,
            fixed=("const größe = libxmljs.parseXml(req.body, { noblanks: true, noent: false });\n",),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        if not is_python(code):
            pair = named_values(code, call).get("noent") or named_values(code, call).get("replaceEntities")
            value = value_of(pair)
            own = literal_text(code, code.arguments(call).get(0))
            if pair is not None and value is not None and is_true(code, value) and own is None:
                yield Problem(pair, _MESSAGE, fixes=(_off(code, value, "false"),))
        elif code.method(call) == "setFeature":
            yield from _feature(code, call)
        elif "etree" in code.callee(call) and "ElementTree" not in code.callee(call):
            yield from _lxml(code, call)


def _feature(code: Code, call: Node) -> Iterator[Problem]:
    feature, value = code.arguments(call).get(0), code.arguments(call).get(1)
    if feature is None or value is None or code.name(feature).rpartition(".")[2] not in _FEATURES:
        return
    if is_true(code, value) or number(code, value) == 1:
        yield Problem(call, _MESSAGE, fixes=(_off(code, value, "False"),))


def _lxml(code: Code, call: Node) -> Iterator[Problem]:
    function = call.child_by_field_name("function")
    arguments = code.arguments(call)
    seen = False
    for name, bad, message in (
        ("resolve_entities", True, _MESSAGE),
        ("no_network", False, _MESSAGE),
        ("load_dtd", True, _MESSAGE),
        ("huge_tree", True, _HUGE),
    ):
        value = arguments.named.get(name)
        seen = seen or (name == "resolve_entities" and value is not None)
        if value is not None and (is_true(code, value) if bad else is_false(code, value)):
            low: Level | None = "low" if name == "load_dtd" else "medium" if name == "huge_tree" else None
            fix = _off(code, value, "False" if bad else "True")
            yield Problem(arguments.nodes[name], message, fixes=(fix,), confidence=low)
            seen = True
    lxml = "lxml" in code.callee(call) or "lxml" in code.import_lines
    if seen or arguments.spread or not lxml or code.method(call) != "XMLParser" or function is None:
        return
    added = append_argument(code, call, "resolve_entities=False")
    fixes = (Fix("Resolve no entities", "safe", (added,)),) if added is not None else ()
    yield Problem(function, _DEFAULT, fixes=fixes, severity="medium", confidence="low")


def _off(code: Code, value: Node, new: str) -> Fix:
    return Fix("Resolve no entities", "review", (code.replace(value, new),))
