"""A key that signs or encrypts and falls back to a text written in the source.

``os.getenv("DOWNLOAD_KEY", "downloads")`` runs without complaint where the variable was forgotten, and then everybody
who can read the code signs what only the program should sign. Its name does not say that it is a secret; its use
does. A missing key has to stop the program.

Left alone: keys that are nothing of the kind (of a cache, of a map), an empty fallback, and programs that stop where
the key is the fallback.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack, Words
from leery_analyzers.checks.words import is_secret_setting
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_FALLBACK = lazy_regex(
    r"(?:^|[\r\n])[ \t]*(?:self\.)?(?P<name>\w+)\s*(?::[^=\r\n]+)?=\s*[^\r\n]*?\b"
    r"(?:getenv|(?:environ|config|settings)\.get|env|config|env\.str)\(\s*[\"'](?P<setting>\w+)[\"']\s*(?:,\s*(?:default\s*=\s*)?|\)\s*or\s+)(?P<text>b?(?:\"[^\"\r\n]{3,}\"|'[^'\r\n]{3,}'))"
)
_ASKED = lazy_regex(r"getenv|environ|env\(|env\.str|config\(|(?:config|settings)\.get")
_USED = lazy_regex(
    r"(?:hmac\.(?:new|digest)|(?:Serializer|Signer|Fernet|AESGCM|ChaCha20Poly1305|AES\.new))\(\s*(?:key\s*=\s*)?(?P<a>[\w.]+)|"
    r"jwt\.(?:encode|decode)\([^,()]*(?:\([^()]*\)|\{[^{}]*\})?[^,()]*,\s*(?:key\s*=\s*)?(?P<b>[\w.]+)|"
    r"\bsecret_key[\"'\]]*\s*=\s*(?P<c>[\w.]+)"
)
_STOPS = r"(?:raise|exit|abort|assert)"
_MESSAGE = (
    "Where {} is not set, this text signs or encrypts in its place, and everyone who can read the source knows it."
)


@dataclass(frozen=True, slots=True)
class _Fallback:
    """A setting with a text in its place."""

    name: str
    setting: str
    at: TextRange


class FallbackSigningKey(DocumentCheck):
    """Finds keys with a constant default."""

    summary = "A key that signs and falls back to a text in the source"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-798", "CWE-1188", "CWE-321")
    owasp = ("A07:2025", "A02:2025")
    languages = PYTHON
    clue = lazy_regex(
        r"getenv|environ|env\(|env\.str\(|config\(|\.get\(|hmac\.|Serializer\(|Signer\(|Fernet\(|jwt\.|AES|secret_key"
    )
    parsed = False

    VALID = (
        "KEY = os.environ['LINK_KEY']\n\n\ndef größe(path):\n    return hmac.new(KEY.encode(), path, 'sha256')\n",
        "KEY = os.getenv('CACHE_KEY', 'größe')\n\n\ndef größe():\n    return cache.get(KEY)\n",
        (
            "KEY = os.getenv('LINK_KEY', 'links')\nif KEY == 'links':\n    raise SystemExit('größe')\n\n\n"
            "def sign(path):\n    return hmac.new(KEY.encode(), path, 'sha256')\n"
        ),
        "KEY = os.getenv('LINK_KEY', '')\n\n\ndef größe(path):\n    return hmac.new(KEY.encode(), path, 'sha256')\n",
    )
    INVALID = (
        Invalid(
            code="KEY = os.getenv('LINK_KEY', 'links')\n\n\ndef größe(path):\n"
            "    return hmac.new(KEY.encode(), path, 'sha256').hexdigest()\n",
            at="'links'",
            message=_MESSAGE.format("LINK_KEY"),
        ),
        Invalid(
            code="SIGNING = os.environ.get('NEWS_KEY') or 'news-größe'\n\n\ndef signer():\n"
            "    return URLSafeTimedSerializer(SIGNING, salt='x')\n",
            at="'news-größe'",
            message=_MESSAGE.format("NEWS_KEY"),
        ),
        Invalid(
            code="PHRASE = os.getenv('GRÖSSE', 'größe')\n\n\ndef issue(user):\n"
            "    return jwt.encode({'sub': user.id}, PHRASE, algorithm='HS256')\n",
            at="'größe'",
            message=_MESSAGE.format("GRÖSSE"),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The settings of one unit that fall back, and its text."""
        text = code.unit.text
        found = _FALLBACK.finditer(text) if _ASKED.search(text) else ()
        fallbacks = (
            _Fallback(one["name"], one["setting"], TextRange(one.start("text"), one.end("text")))
            for one in found
            if not is_secret_setting(one["setting"]) and not _is_refused(text, one["name"])
        )
        return (Words(text), *fallbacks)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Those fallbacks that are used as keys."""
        fallbacks = [
            (index, fact) for index, facts in enumerate(document) for fact in facts if isinstance(fact, _Fallback)
        ]
        if not fallbacks:
            return
        texts = (fact.text for facts in document for fact in facts if isinstance(fact, Words))
        used = {name for text in texts for name in _keys(text)}
        for index, fact in fallbacks:
            if fact.name in used:
                yield Lack(index, fact.at, _MESSAGE.format(fact.setting))


def _keys(text: str) -> Iterator[str]:
    """The names whose values a text uses as keys."""
    for found in _USED.finditer(text):
        yield from (found["a"] or found["b"] or found["c"]).split(".")


def _is_refused(text: str, name: str) -> bool:
    """Whether the program stops where the name holds the wrong text."""
    return (
        re.search(
            rf"\bif\b[^\r\n]*\b{re.escape(name)}\b[^\r\n]*:\s*{_STOPS}\b|\bassert\b[^\r\n]*\b{re.escape(name)}\b", text
        )
        is not None
    )
