"""A signature that is checked only where there is one.

``if signature and not valid(body, signature): refuse`` refuses a wrong signature and lets in who sends none at all.

Reported is such a condition about something that is named as a signature, where it leads to a refusal and nothing else
in the function asks whether it is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import function_of, is_python

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SIGNATURE = re.compile(r"(?i)(?:\w+_?)?(?:signature|sig|hmac|mac|digest|checksum)(?:_?header|_?hex|_?value)?")
_ASKS = re.compile(r"(?i)valid|verif|check|compare|equal|match|genuine|authentic")
_REFUSES = re.compile(r"\b(?:raise|throw|abort|return)\b")
_IN_PYTHON = """
(if_statement condition: (boolean_operator left: (identifier) @given operator: "and"
  right: (not_operator argument: (call) @asked)) consequence: (_) @then) @if
"""
_IN_SCRIPTS = """
(if_statement condition: (parenthesized_expression (binary_expression left: (identifier) @given operator: "&&"
  right: (unary_expression operator: "!" argument: (call_expression) @asked))) consequence: (_) @then) @if
"""
_MESSAGE = "Where `{}` is missing this check is passed over, so who sends no signature gets in: refuse that case, too."


class OptionalSignatureCheck(Check):
    """Finds refusals that a request without a signature does not meet."""

    summary = "A signature that is checked only where there is one"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-347", "CWE-345")
    owasp = ("A08:2025", "A04:2025")
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {"python": _IN_PYTHON, **dict.fromkeys(JAVASCRIPT, _IN_SCRIPTS)}

    VALID = (
        "def größe(body, signature):\n    if not signature or not is_valid(body, signature):\n        raise Denied\n",
        (
            "def f(body, signature):\n    if not signature:\n        raise Denied\n"
            "    if signature and not is_valid(body, signature):\n        raise Denied\n"
        ),
        "def f(body, name):\n    if name and not is_valid(name):\n        raise ValueError(name)\n",
        Valid("function f(body, sig) {\n  if (sig && !valid(größe)) {\n    throw new Error();\n  }\n}\n", "javascript"),
        Valid("function f(body, sig) {\n  if (sig && !valid(body, sig)) {\n    größe += 1;\n  }\n}\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code=(
                "def größe(body, signature):\n    if signature and not is_valid(body, signature):\n"
                "        raise Denied\n    take(body)\n"
            ),
            at="signature and not is_valid(body, signature)",
            message=_MESSAGE.format("signature"),
        ),
        Invalid(
            code=(
                "class Hooks {\n  größe(body, macHeader) {\n    if (macHeader && !this.verify(body, macHeader)) {\n"
                "      throw new ForbiddenException();\n    }\n    this.take(body);\n  }\n}\n"
            ),
            at="macHeader && !this.verify(body, macHeader)",
            message=_MESSAGE.format("macHeader"),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one condition."""
        given, asked, test = code.text(found["given"]), found["asked"], found["given"].parent
        if test is None or _SIGNATURE.fullmatch(given) is None or _ASKS.search(code.method(asked)) is None:
            return
        word = rf"(?<![\w.]){re.escape(given)}(?!\w)"
        handed = re.search(word, code.text(asked.child_by_field_name("arguments"))) is not None
        if not handed or _REFUSES.search(code.text(found["then"])) is None:
            return
        missing = rf"not\s+{word}|{word}\s+is\s+None"
        if not is_python(code):
            missing = rf"!\s*{word}|{word}\s*===?\s*(?:null|undefined)"
        if re.search(missing, code.text(function_of(found["if"]))) is None:
            yield Problem(test, _MESSAGE.format(given))
