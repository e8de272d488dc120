"""An XML parser that a small document can keep busy.

Python's own parsers expand entities; with an older expat a document of a few hundred bytes becomes gigabytes.
``defusedxml`` has the same functions and refuses such documents.

Left alone: documents that are written in the code, ``defusedxml`` itself. Since expat 2.4.1 limits the expansion, the
confidence is low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import literal_text
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MODULES = {
    "xml.etree.ElementTree": "defusedxml.ElementTree",
    "xml.etree.cElementTree": "defusedxml.ElementTree",
    "xml.dom.minidom": "defusedxml.minidom",
    "xml.dom.pulldom": "defusedxml.pulldom",
    "xml.sax": "defusedxml.sax",
    "xml.dom.expatbuilder": "defusedxml.expatbuilder",
}
_NAMES = ("parse", "fromstring", "iterparse", "XML", "parseString")
_MESSAGE = "A small document with nested entities can keep this parser busy and fill the memory."


class XmlEntityExpansion(Check):
    """Finds parsers that expand entities."""

    summary = "An XML parser that a small document can keep busy"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-776",)
    owasp = ("A02:2025",)
    languages = PYTHON
    calls = frozenset(f"{module}.{name}" for module in _MODULES for name in _NAMES)

    VALID = (
        "import defusedxml.ElementTree as ET\n\ntree = ET.fromstring(größe)\n",
        'import xml.etree.ElementTree as ET\n\ntree = ET.fromstring("<größe/>")\n',
        'import xml.etree.ElementTree as ET\n\ntree = ET.parse("config.xml")\n',
        "import json\n\ntree = json.parse(text)\n",
    )
    INVALID = (
        Invalid(
            code="import xml.etree.ElementTree as ET\n\nbaum = ET.fromstring(größe)\n",
            at="ET.fromstring",
            message=_MESSAGE,
            fixed=(
                (
                    "import defusedxml.ElementTree\nimport xml.etree.ElementTree as ET\n\n"
                    "baum = defusedxml.ElementTree.fromstring(größe)\n"
                ),
            ),
        ),
        Invalid(
            code="from xml.dom.minidom import parseString\n\ndoc = parseString(body)\n",
            at="= «parseString»(",
            message=_MESSAGE,
            fixed=(
                (
                    "import defusedxml.minidom\nfrom xml.dom.minidom import parseString\n\n"
                    "doc = defusedxml.minidom.parseString(body)\n"
                ),
            ),
        ),
        Invalid(
            code="import xml.sax\n\nxml.sax.parse(upload, handler)\n",
            at="xml.sax.parse",
            message=_MESSAGE,
            fixed=("import defusedxml.sax\nimport xml.sax\n\ndefusedxml.sax.parse(upload, handler)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        module, _, last = code.callee(call).rpartition(".")
        function, data = call.child_by_field_name("function"), code.arguments(call).get(0)
        if function is None or data is None or literal_text(code, data) is not None:
            return
        new = _MODULES[module]
        fix = Fix("Use defusedxml", "review", (code.replace(function, f"{new}.{last}"),), (f"import {new}",))
        yield Problem(function, _MESSAGE, fixes=(fix,))
