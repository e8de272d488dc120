"""A protection that is made and never used.

A rate limiter, a protection against forged requests or against framing does nothing until it is mounted:
``app.use(limiter)``, ``@limiter.limit(…)``, ``csrf.init_app(app)``. One that nothing in the file speaks of again
protects nothing.

Left alone: what is exported, passed on, returned, or bound to the application where it is made.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Invalid, Valid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MADE = lazy_regex(
    r"(?<![^\r\n])(?:const|let|var)?[ \t]*(\w*(?:limit|csrf|xsrf|helmet|talisman|"
    r"slow)\w*)\s*(?::[^=\r\n]+)?=\s*(?:new\s+)?(?:\w+\.)?"
    r"(rateLimit|RateLimit|rate_limit|Limiter|CSRFProtect|CsrfProtect|csurf|csrf|csrfProtection|helmet|"
    r"slowDown|Talisman|"
    r"RateLimiterMemory|RateLimiterRedis|RateLimiter)\w*\(([^\r\n]*)",
    re.IGNORECASE,
)
_MAKING = AnyCase(r"(?:limiter|limit|memory|redis|csrf|xsrf|csurf|protect|protection|helmet|slowdown|talisman)\w*\(")
"""What is in every call that makes one; quick to look for."""
_WORD = lazy_regex(r"\w+")
_CLUE = AnyCase("limit|csrf|xsrf|helmet|talisman|slow")
_COMMENT = lazy_regex(r"//[^\r\n]*|#[^\r\n]*|/\*.*?\*/", re.DOTALL)
_BOUND = lazy_regex(r"(?:^|[(,\s])(?:app\b|self\.app|application|app\s*=)|default_limits|application_limits")
_MESSAGE = "`{}` is made here and used nowhere in this file, so it protects nothing."


@lru_cache(maxsize=16_384)
def _is_clue(word: str) -> bool:
    return _CLUE.search(word) is not None


@dataclass(frozen=True, slots=True)
class _Made:
    name: str
    at: TextRange


@dataclass(frozen=True, slots=True)
class _Spoken:
    """How often a unit speaks of a name."""

    name: str
    times: int


class ProtectionNeverUsed(DocumentCheck):
    """Finds limiters and the like that nothing uses."""

    summary = "A protection that is made and never used"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-693", "CWE-307", "CWE-799")
    owasp = ("A06:2025", "A07:2025")
    languages = PYTHON + JAVASCRIPT
    clue = _CLUE
    parsed = False

    VALID = (
        'limiter = Limiter(key_func=größe)\n\n\n@limiter.limit("5/minute")\ndef view():\n    pass\n',
        "csrf = CSRFProtect(app)\nlimiter = Limiter(app, key_func=address)\n",
        "limit = compute(größe)\nslow_csrf = read()\n",
        Valid("const limiter = rateLimit({ max: 5 });\n\napp.use(limiter); // größe\n", "javascript"),
        Valid("export const limiter = rateLimit({ max: 5 });\nconst größe = 1;\n", "typescript"),
        Valid("const limiter = rateLimit({ max: 5 });\nmodule.exports = { limiter };\n", "javascript"),
    )
    INVALID = (
        Invalid(
            code="const limiter = rateLimit({ max: 5 }); // größe\n\napp.post('/login', login);\n",
            at="const «limiter» =",
            message=_MESSAGE.format("limiter"),
            language="javascript",
        ),
        Invalid(
            code="app = Flask(__name__)\ncsrf = CSRFProtect()  # größe\n\n\ndef view():\n    pass\n",
            at="\n«csrf» =",
            message=_MESSAGE.format("csrf"),
        ),
        Invalid(
            code="const loginLimiter = new RateLimit({ windowMs: 1000 });\n// app.use(loginLimiter);\n\n"
            "start(größe);\n",
            at="const «loginLimiter»",
            message=_MESSAGE.format("loginLimiter"),
            language="typescript",
        ),
    )

    def facts(self, code: Code) -> Facts:
        """What the unit makes, and the names that it speaks of."""
        text = code.unit.text
        plain = _COMMENT.sub("", text)
        is_told = code.unit.kind in {"statements", "file"} and _MAKING.search(text) is not None
        made = tuple(
            _Made(found.group(1), TextRange(found.start(1), found.end(1)))
            for found in (_MADE.finditer(text) if is_told else ())
            if not _BOUND.search(found.group(3))
        )
        words = Counter([word for word in _WORD.findall(plain) if _is_clue(word)])
        return (*made, *(_Spoken(word, words[word]) for word in sorted(words)))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Names that are spoken of once: where they are made."""
        spoken: dict[str, int] = {}
        for facts in document:
            for fact in facts:
                if isinstance(fact, _Spoken):
                    spoken[fact.name] = spoken.get(fact.name, 0) + fact.times
        for index, facts in enumerate(document):
            for fact in facts:
                if isinstance(fact, _Made) and spoken.get(fact.name) == 1:
                    yield Lack(index, fact.at, _MESSAGE.format(fact.name))
