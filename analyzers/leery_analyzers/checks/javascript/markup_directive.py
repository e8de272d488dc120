"""Markup that a component puts into the page as it is: ``v-html``, ``{@html …}``.

What stands there may hold scripts, and no framework escapes it. Show text as text, or clean it first
(``DOMPurify.sanitize``).

Left alone: markup that is written in the component, and what something cleans on the way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.checks.words import short
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_DIRECTIVE = re.compile(r"//(?:v-html=(?P<quote>[\"'])(?P<vue>[^\n]+?)(?P=quote)|html[ \t]+(?P<svelte>[^\n}]+)\})")
"""How the scripts of a page keep what stood in its markup, see `units.embedded`."""
_CLEANED = re.compile(r"(?i)saniti[sz]e|purify|escape|clean|\bxss\b|highlight|katex")
_OWN = re.compile(r"(?i)\$t\(|\bt\(|i18n|icon|svg")
_WRITTEN = r"\b{}\s*(?::\s*\w+\s*)?[=:]\s*(?:(['\"])(?:(?!\1).)*\1|`[^`$]*`)\s*[;,\n]"
_MADE = (
    r"\b{}\s*(?:\([^)]*\)\s*(?::[^{{]+)?\{{|[=:]\s*(?:computed\(|\$derived|\(?[^=\n]*\)?\s*=>)?)"
    r"(?P<body>(?:[^\n]*\n){{1,4}})"
)
_MESSAGE = "`{}` becomes part of the page as it is, with whatever scripts are in it."


class MarkupDirective(Check):
    """Finds directives that put markup into the page."""

    summary = "Markup put into the page as it is by a component"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79",)
    owasp = ("A05:2025",)
    languages = JAVASCRIPT

    VALID = (
        "  //v-html=\"badge\"\n\nconst badge = '<svg></svg>'; // größe\n",
        '  //v-html="clean"\n\nconst clean = computed(() => DOMPurify.sanitize(größe.value));\n',
        "  //html md(größe)}\n\nimport { sanitize as md } from './md';\n",
    )
    INVALID = (
        Invalid(
            code="  //v-html=\"bio\"\n\nconst bio = computed(() => größe.about.replace(/\\n/g, '<br>'));\n",
            at='v-html="«bio»',
            message=_MESSAGE.format("bio"),
        ),
        Invalid(
            code="//html post.body}\n\nexport let post; // größe\n",
            at="post.body",
            message=_MESSAGE.format("post.body"),
            language="typescript",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        text = code.unit.text
        if "//v-html=" not in text and "//html " not in text:
            return
        for found in _DIRECTIVE.finditer(text):
            kind = "vue" if found["vue"] else "svelte"
            value = found[kind]
            if not _is_harmless(text, value):
                place = TextRange(found.start(kind), found.end(kind))
                yield Problem(place, _MESSAGE.format(short(value)))


def _is_harmless(text: str, value: str) -> bool:
    """Whether an expression is markup of the component's own, or is cleaned, by the names on its way."""
    if _CLEANED.search(value) or _OWN.search(value) or value[:1] in "'\"`":
        return True
    name = re.match(r"(?:this\.)?([A-Za-z_$][\w$]*)", value)
    if name is None:
        return False
    own = re.escape(name[1])
    if re.search(_WRITTEN.format(own), text):
        return True
    made = re.search(_MADE.format(own), text)
    imported = re.search(rf"\bimport\b[^;\n]*\b{own}\b[^;\n]*", text)
    said = (made["body"].partition(";\n")[0] if made is not None else "") + (
        imported[0] if imported is not None else ""
    )
    return _CLEANED.search(said) is not None
