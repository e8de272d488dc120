"""A login that goes on with the session that was there before.

Who can make a visitor use a session whose id he knows is logged in with him, if the id stays the same. Django's
``login`` changes it; code that only writes the user into ``request.session`` must call ``cycle_key`` or ``flush``.

Left alone: views that call ``login`` or change the key, and sessions that are kept whole in a cookie, as Flask does.
"""

from __future__ import annotations

import re
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

_CHECKED = lazy_regex(r"\b(?:authenticate|check_password)(?:_\w+)?\(")
_RENEWED = lazy_regex(
    r"\b(?:auth_)?login\(|\.login\(|cycle_key|\.flush\(|\.clear\(|create_session|new_session|login_user"
)
_KEPT = lazy_regex(r"\brequest\.session(?:\s*\[\s*[^\]\n]+\]\s*=(?!=)|(?=\s*[,)]))")
_ALIAS = lazy_regex(r"\b(\w+)\s*=\s*request\.session[ \t]*(?=[#\r\n])")
_CALLED = lazy_regex(r"(?<![\w.])([A-Za-z_]\w*)\(")
_DEFINED = lazy_regex(r"\bdef\s+(\w+)")
_WHO = lazy_regex(r"(?i)user|member|account|customer|person|uid|auth|role|staff|logged")
_DJANGO = lazy_regex(r"\bdjango\b")
_MESSAGE = "The session keeps its id through the login: whoever knew it before is logged in, too."


@dataclass(frozen=True, slots=True)
class _Step:
    """A part of a login.

    Attributes:
        names: of the functions that it defines.
        checks: whether a password is checked here.
        kept: where something is written into the session, after that.
        before: functions that are called before that.
        after: functions that are called after the check.
    """

    names: frozenset[str]
    checks: bool
    kept: TextRange | None
    before: frozenset[str]
    after: frozenset[str]


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
    clue = lazy_regex(r"authenticate|check_password|request\.session\b|cycle_key\((?<!\wcycle_key\()")
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
        Invalid(
            code="from django.contrib.auth import authenticate\n\n\ndef find(request):\n"
            "    return authenticate(request, username='a', password='b')\n\n\ndef enter(request):\n"
            "    größe = find(request)\n    request.session['user'] = größe.pk\n",
            at="request.session['user'] =",
            message=_MESSAGE,
        ),
        Invalid(
            code="from django.contrib.auth import authenticate\n\n\ndef enter(request):\n"
            "    größe = authenticate(request, username='a', password='b')\n    state = request.session\n"
            "    state['user'] = größe.pk\n",
            at="state['user'] =",
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Where the unit writes into the session after a password was checked; whether it gives sessions new keys."""
        text = code.unit.text
        if "cycle_key" in text:
            return (_Renewed(),)
        if not _DJANGO.search(code.import_lines) or _RENEWED.search(text):
            return ()
        checked = _CHECKED.search(text)
        start = checked.end() if checked is not None else 0
        kept = _kept(text, start)
        if checked is None and (kept is None or not _WHO.search(_line(text, kept))):
            return ()
        before = _CALLED.findall(text, 0, kept.start) if kept is not None else ()
        after = _CALLED.findall(text, start) if checked is not None else ()
        names = frozenset(_DEFINED.findall(text))
        return (_Step(names, checked is not None, kept, frozenset(before), frozenset(after)),)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Logins, unless something in the document renews a session's key."""
        if any(isinstance(fact, _Renewed) for facts in document for fact in facts):
            return
        steps = [(index, fact) for index, facts in enumerate(document) for fact in facts if isinstance(fact, _Step)]
        checking = {name for _, step in steps if step.checks for name in step.names}
        following = {name for _, step in steps if step.checks for name in step.after}
        for index, step in steps:
            if step.kept is not None and (step.checks or step.before & checking or step.names & following):
                yield Lack(index, step.kept, _MESSAGE)


def _kept(text: str, start: int) -> TextRange | None:
    """Where the session is written to, or handed on, after a place."""
    found = _KEPT.search(text, start)
    for alias in _ALIAS.finditer(text, start) if found is None else ():
        name = re.escape(alias[1])
        found = found or re.compile(rf"\b{name}\s*\[[^\]\n]+\]\s*=(?!=)|(?<=[(,\s]){name}(?=\s*[,)])").search(
            text, alias.end()
        )
    return TextRange(found.start(), found.end()) if found is not None else None


def _line(text: str, place: TextRange) -> str:
    return text[text.rfind("\n", 0, place.start) + 1 : (text + "\n").find("\n", place.end)]
