"""A login that goes on with the session that was there before.

Who can make a visitor use a session whose id he knows is logged in with him, if the id stays the same. Django's
``login`` changes it; code that only writes the user into ``request.session`` must call ``cycle_key`` or ``flush``.

Left alone: views that call ``login`` or change the key, and sessions that are kept whole in a cookie, as Flask does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CHECKED = re.compile(r"\b(?:authenticate|check_password)\(")
_RENEWED = re.compile(
    r"\b(?:auth_)?login\(|\.login\(|cycle_key|\.flush\(|\.clear\(|create_session|new_session|login_user"
)
_KEPT = re.compile(r"\brequest\.session(?:\s*\[\s*[^\]\n]+\]\s*=(?!=)|(?=\s*[,)]))")
_DJANGO = re.compile(r"\bdjango\b")
_MESSAGE = "The session keeps its id through the login: whoever knew it before is logged in, too."


class SessionKeptThroughLogin(Check):
    """Finds logins without a new session id."""

    summary = "A login that goes on with the session that was there before"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-384",)
    owasp = ("A07:2025",)
    languages = PYTHON
    calls = frozenset({".authenticate", "authenticate", ".check_password", "django.contrib.auth.authenticate"})

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

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems in the function that checks a password."""
        text = code.unit.text
        if not _DJANGO.search(code.import_lines) or _RENEWED.search(text) or not _CHECKED.search(text):
            return
        kept = _KEPT.search(text, code.range(found["call"]).end)
        if kept is not None:
            yield Problem(TextRange(kept.start(), kept.end()), _MESSAGE)
