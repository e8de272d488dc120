"""A login that goes on with the session that was there before.

Who can make a visitor use a session whose id he knows is logged in with him, if the id stays the same. Django's
``login`` changes it; code that only writes the user into ``request.session`` must call ``cycle_key`` or ``flush``.

Left alone: views that call ``login`` or change the key, and sessions that are kept whole in a cookie, as Flask does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_CHECKED = lazy_regex(r"\b(?:authenticate|check_password)\(")
_RENEWED = lazy_regex(
    r"\b(?:auth_)?login\(|\.login\(|cycle_key|\.flush\(|\.clear\(|create_session|new_session|login_user"
)
_KEPT = lazy_regex(r"\brequest\.session(?:\s*\[\s*[^\]\n]+\]\s*=(?!=)|(?=\s*[,)]))")
_DJANGO = lazy_regex(r"\bdjango\b")
_MESSAGE = "The session keeps its id through the login: whoever knew it before is logged in, too."


@dataclass(frozen=True, slots=True)
class _Kept:
    """A write into the session of a login."""

    at: TextRange


@dataclass(frozen=True, slots=True)
class _Renewed:
    """A session that gets a new key."""


class SessionKeptThroughLogin(DocumentCheck):
    """Finds logins without a new session id."""

    summary = "A login that goes on with the session that was there before"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-384",)
    owasp = ("A07:2025",)
    languages = PYTHON
    clue = lazy_regex(r"(?:authenticate|check_password)\(|cycle_key\((?<!\wcycle_key\()")
    parsed = False

    VALID = (
        (
            "from django.contrib.auth import authenticate, login\n\n\ndef enter(request):\n"
            "    größe = authenticate(request, username='a', password='b')\n    login(request, größe)\n"
            "    request.session['seen'] = True\n"
        ),
        (
            "from django.contrib.auth import authenticate\n\n\ndef enter(request):\n"
            "    größe = authenticate(request, username='a', password='b')\n    request.session.cycle_key()\n"
            "    request.session['user'] = größe.pk\n"
        ),
        "def enter(request):\n    größe = authenticate(request)\n    return größe\n",
    )
    INVALID = (
        Invalid(
            code="from django.contrib.auth import authenticate\n\n\ndef enter(request):\n"
            "    größe = authenticate(request, username='a', password='b')\n    request.session['user'] = größe.pk\n",
            at="request.session['user'] =",
            message=_MESSAGE,
        ),
        Invalid(
            code="from django.contrib.auth import authenticate\n\n\ndef enter(request):\n"
            "    größe = authenticate(request, username='a', password='b')\n    remember(request.session, größe)\n",
            at="request.session",
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Where the unit writes into the session after a password was checked; whether it gives sessions new keys."""
        text = code.unit.text
        if "cycle_key" in text:
            return (_Renewed(),)
        checked = _CHECKED.search(text)
        if checked is None or not _DJANGO.search(code.import_lines) or _RENEWED.search(text):
            return ()
        kept = _KEPT.search(text, checked.end())
        return (_Kept(TextRange(kept.start(), kept.end())),) if kept is not None else ()

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Logins, unless something in the document renews a session's key."""
        if any(isinstance(fact, _Renewed) for facts in document for fact in facts):
            return
        for index, facts in enumerate(document):
            yield from (Lack(index, fact.at, _MESSAGE) for fact in facts if isinstance(fact, _Kept))
