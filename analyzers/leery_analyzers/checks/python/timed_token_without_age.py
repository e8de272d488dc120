"""A token that tells when it was made, which nobody asks.

``URLSafeTimedSerializer`` and ``TimestampSigner`` write the time into what they sign, and compare it only if they are
told an age: without ``max_age`` a link to reset a password, once leaked, opens the account for ever.

Left alone: calls with an age, and serialisers without a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack, Words
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MADE = lazy_regex(
    r"(?:(?<![\w.])(?P<name>[\w.]+)\s*(?::[^=:\r\n]+)?=|\breturn)\s*(?:\w+\.)?(?:URLSafeTimedSerializer|TimedSerializer|TimestampSigner|TimedJSONWebSignatureSerializer)\("
)
_DEFINED = lazy_regex(r"\bdef\s+(\w+)")
_READ = lazy_regex(
    r"(?<![\w.])(?P<name>(?:\w+\.)*\w+)(?:\([^()\r\n]*\))?\.(?P<call>(?:loads|unsign|unsign_object)\((?P<given>(?:[^()]|\([^()]*\))*)\))"
)
_ASKED = lazy_regex(r"return_timestamp|\.get_issue_date|date_signed")
_MESSAGE = "Nothing asks how old this token is: without `max_age` it is good for ever."


@dataclass(frozen=True, slots=True)
class _Made:
    name: str


class TimedTokenWithoutAge(DocumentCheck):
    """Finds tokens that never grow too old."""

    summary = "A token with a time in it that nobody asks for"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-613",)
    owasp = ("A07:2025",)
    languages = PYTHON
    clue = lazy_regex(r"Timed|TimestampSigner|\.loads\(|\.unsign")
    parsed = False

    VALID = (
        "signer = URLSafeTimedSerializer(KEY)\n\n\ndef größe(token):\n    return signer.loads(token, max_age=900)\n",
        "signer = URLSafeSerializer(KEY)\n\n\ndef größe(token):\n    return signer.loads(token)\n",
        "signer = URLSafeTimedSerializer(KEY)\n\n\ndef größe(text):\n    return json.loads(text)\n",
    )
    INVALID = (
        Invalid(
            code="signer = URLSafeTimedSerializer(KEY)\n\n\ndef größe(token):\n    return signer.loads(token)\n",
            at="loads(token)",
            message=_MESSAGE,
        ),
        Invalid(
            code="def made():\n    return URLSafeTimedSerializer(current_app.secret_key)\n\n\n"
            'def größe(token):\n    return made().loads(token, salt="größe")\n',
            at='loads(token, salt="größe")',
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """What the unit makes, and its text if it may read something."""
        text = code.unit.text
        facts: list[_Made | Words] = [Words(text)] if ".loads(" in text or ".unsign" in text else []
        defined = list(_DEFINED.finditer(text))
        for made in _MADE.finditer(text):
            around = [one[1] for one in defined if one.start() < made.start()]
            facts.append(_Made((made["name"] or (around or [""])[-1]).rpartition(".")[2]))
        return tuple(facts)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """What is read without an age of what a serialiser with a time made."""
        made = {fact.name for facts in document for fact in facts if isinstance(fact, _Made)}
        for index, facts in enumerate(document if made else ()):
            for fact in facts:
                if isinstance(fact, Words) and not _ASKED.search(fact.text):
                    yield from (Lack(index, at, _MESSAGE) for name, at in _reads(fact.text) if name in made)


def _reads(text: str) -> Iterator[tuple[str, TextRange]]:
    """Each name that reads a token without an age, and where."""
    for found in _READ.finditer(text):
        if "max_age" not in found["given"]:
            yield found["name"].rpartition(".")[2], TextRange(found.start("call"), found.end("call"))
