"""A JSON Web Token that is taken apart by hand.

Splitting a token at its dots and decoding the middle part gives what its sender wrote. Only a library that checks the
signature with a key says that it was issued here.

Left alone: code that goes on to check a signature, and code that only reads the header to find the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.checks.values import in_test
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SPLIT = lazy_regex(r"\.(?:r?split|partition)\(\s*([\"'`])\.\1")
_DECODED = lazy_regex(r"(?i)b64|base64")
_CHECKED = lazy_regex(r"(?i)verif|hmac|signature|compare_digest|\.sign\(|\bsig\b(?!\s*[=,)\]])")
_HEADER = lazy_regex(r"(?i)\bkid\b|\[\s*[\"']alg[\"']\s*\]|\.alg\b|\bhead(er)?s?\b")
_TOKEN = lazy_regex(r"(?i)token|jwt|bearer|credential|claims|payload")
_MESSAGE = "Nothing here checks the token's signature: its content is what the sender wrote."


class JwtReadUnverified(Check):
    """Finds tokens whose payload is decoded by hand."""

    summary = "A JSON Web Token that is taken apart by hand"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-347", "CWE-345")
    owasp = ("A07:2025", "A04:2025")
    languages = PYTHON
    calls = frozenset({"json.loads", "orjson.loads", "ujson.loads"})

    VALID = (
        "import json\n\n\ndef größe(text):\n    return json.loads(base64.b64decode(text))\n",
        (
            "import base64, hmac, json\n\n\ndef read(token):\n    head, body, mark = token.split('.')\n"
            "    if not hmac.compare_digest(sign(head, body), mark):\n        raise ValueError\n"
            "    return json.loads(base64.urlsafe_b64decode(body))\n"
        ),
        "import json\n\n\ndef key_id(token):\n    return json.loads(b64(token.split('.')[0]))['kid']\n",
    )
    INVALID = (
        Invalid(
            code="import base64\nimport json\n\n\ndef user_of(token):\n    _, größe, _ = token.split('.')\n"
            "    return json.loads(base64.urlsafe_b64decode(größe + '=='))['sub']\n",
            at="json.loads(base64.urlsafe_b64decode(größe + '=='))",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call that parses JSON."""
        call, text = found["call"], code.unit.text
        split = _SPLIT.search(text)
        if split is None or not _DECODED.search(text) or _CHECKED.search(text) or not _TOKEN.search(text):
            return
        argument = code.arguments(call).get(0)
        if argument is None or in_test(code, call) or _is_header(code, call, argument):
            return
        yield Problem(call, _MESSAGE)


def _is_header(code: Code, call: Node, argument: Node) -> bool:
    """Whether it is a token's header that is read."""
    around = call.parent.parent if call.parent is not None and call.parent.parent is not None else call
    return "[0]" in code.text(argument).replace(" ", "") or _HEADER.search(code.text(around)) is not None
