"""A token or code made by a function of the file that draws from `Math.random`.

The function may have a harmless name (``sixDigits``, ``part``); what it makes becomes a token elsewhere. From a few
outputs of ``Math.random`` all later ones can be computed. What must not be guessed comes from ``crypto``.

Left alone: functions whose results become nothing that must not be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import AnyCase, is_guess_sensitive
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_DRAWN = re.compile(r"\bMath\.random\(\)")
_MADE = re.compile(
    r"\bfunction\s+(\w+)\s*\([^)]*\)[^{]*\{(?:[^{}]|\{[^{}]*\})*?return[^;}]*\bMath\.random\(\)|"
    r"\b(?:const|let|var)\s+(\w+)\s*=\s*(?:\([^)]*\)|\w+)\s*=>\s*\(?[^;{]*?\bMath\.random\(\)"
)
_USED = re.compile(r"\b(\w+)\s*(?::\s*\w+\s*)?[=:]\s*(?!=)([^;\n]*)")
_CALLED = re.compile(r"\b(\w+)\(")
_MESSAGE = (
    "`{}` is made of this in `{}` and must not be guessed, but `Math.random` can be predicted from earlier values."
)


@dataclass(frozen=True, slots=True)
class _Maker:
    name: str
    at: TextRange


@dataclass(frozen=True, slots=True)
class _Use:
    name: str
    makers: frozenset[str]


class TokenFromPredictableFunction(DocumentCheck):
    """Finds functions that draw from `Math.random` what becomes a token elsewhere."""

    summary = "A secret value made by a function that can be predicted"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-338", "CWE-330")
    owasp = ("A04:2025",)
    languages = JAVASCRIPT
    clue = AnyCase(r"math\.random|token|otp|password|secret|pin\b|code|api_?key|nonce|session")
    parsed = False

    VALID = (
        "function größe() {\n  return Math.random() * 10;\n}\nconst width = größe();\n",
        "function sixDigits() {\n  return randomInt(100000, 1000000);\n}\nconst otp = sixDigits();\n",
    )
    INVALID = (
        Invalid(
            code="function größe() {\n  return String(Math.floor(Math.random() * 1000000));\n}\n\n"
            "function send() {\n  const otp = größe();\n  mail(otp);\n}\n",
            at="Math.random()",
            message=_MESSAGE.format("otp", "größe"),
        ),
        Invalid(
            code="const part = () => Math.random().toString(16);\n\nfunction größe() {\n"
            "  const apiKey = [part(), part()].join('');\n  return apiKey;\n}\n",
            at="Math.random()",
            message=_MESSAGE.format("apiKey", "part"),
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Functions that give such values, and names that must not be guessed with what they are made of."""
        text = code.unit.text
        makers = []
        for found in _MADE.finditer(text) if _DRAWN.search(text) else ():
            drawn = _DRAWN.search(text, found.start())
            if drawn is not None:
                makers.append(_Maker(found.group(1) or found.group(2), TextRange(drawn.start(), drawn.end())))
        uses = (
            _Use(found.group(1), frozenset(_CALLED.findall(found.group(2))))
            for found in _USED.finditer(text)
            if "(" in found.group(2) and is_guess_sensitive(found.group(1))
        )
        return (*makers, *uses)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Functions whose values become what must not be guessed."""
        uses = [fact for part in document for fact in part if isinstance(fact, _Use)]
        for index, part in enumerate(document):
            for fact in part:
                if isinstance(fact, _Maker) and not is_guess_sensitive(fact.name):
                    use = next((one for one in uses if fact.name in one.makers), None)
                    if use is not None:
                        yield Lack(index, fact.at, _MESSAGE.format(use.name, fact.name))
