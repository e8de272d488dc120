"""Templates that put values into pages as they are.

With escaping switched off a value that a visitor can choose becomes part of the page, scripts in it run in other
visitors' browsers.

Left alone: templates with escaping, and options of that name elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ENGINES = re.compile(r"(?i)handlebars|nunjucks|mustache|swig|\bejs\b|\beta\b|i18n|hbs|liquid|marked|pug|doT")
_SAFE = {"noEscape": "false", "autoescape": "true", "autoEscape": "true", "escapeValue": "true"}
_MESSAGE = "These templates escape nothing, so a value with markup in it becomes part of the page."


class TemplateEscapingOff(Check):
    """Finds template engines without escaping."""

    summary = "Templates that escape nothing"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79", "CWE-116")
    owasp = ("A05:2025",)
    languages = JAVASCRIPT
    query = """
    (pair key: (_) @key value: [(true) (false)] @value
      (#any-of? @key "noEscape" "autoescape" "autoEscape" "escapeValue")) @pair
    (assignment_expression
      left: (member_expression object: (identifier) @engine property: (property_identifier) @escape)
      right: (_) @function (#eq? @escape "escape")) @replaced
    """

    VALID = (
        "nunjucks.configure('größe', { autoescape: true });\nHandlebars.compile(text, { noEscape: false });\n",
        "const options = { autoescape: false };\nwriter.start({ noEscape: true, größe: 1 });\n",
        "i18next.init({ interpolation: { escapeValue: false }, react: { useSuspense: true } });\n",
        Valid("Mustache.escape = escapeHtml;\nregex.escape = (text) => text;\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="nunjucks.configure('größe', { autoescape: false, express: app });\n",
            at="autoescape: false",
            message=_MESSAGE,
            fixed=("nunjucks.configure('größe', { autoescape: true, express: app });\n",),
        ),
        Invalid(
            code="const render = Handlebars.compile(text, { noEscape: true });\n",
            at="noEscape: true",
            message=_MESSAGE,
            fixed=("const render = Handlebars.compile(text, { noEscape: false });\n",),
        ),
        Invalid(
            code="Mustache.escape = (text: string) => text; // größe\n",
            at="Mustache.escape = (text: string) => text",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one option or assignment."""
        if (pair := found.get("pair")) is None:
            same = re.search(
                r"\(?\s*(\w+)[^)=]*\)?\s*(?:=>\s*\1|"
                r"\{\s*return\s+\1\s*;?\s*\})\s*;?$",
                code.text(found["function"]),
            )
            if _ENGINES.search(code.text(found["engine"])) and same is not None:
                yield Problem(found["replaced"], _MESSAGE)
            return
        value = found["value"]
        safe = _SAFE[code.text(found["key"])]
        table = pair.parent
        holder = table.parent if table is not None else None
        call = holder.parent if holder is not None and holder.type == "arguments" else None
        if (
            code.text(value) == safe
            or call is None
            or not _ENGINES.search(code.text(call.child_by_field_name("function")))
        ):
            return
        yield Problem(pair, _MESSAGE, fixes=(Fix("Escape", "review", (code.replace(value, safe),)),))
