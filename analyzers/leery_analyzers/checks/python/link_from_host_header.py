"""A link that leads to whatever host the request claims to be for.

Whoever sends a request says in its ``Host`` header which site it is for, and may say anything. A link to reset a
password that is made of it goes by mail to the owner of the account, leads to somebody else's site, and tells it the
token. Take the address of the site from the settings.

Left alone: links without a token, links that are not sent, hosts that are compared with a list, and programs that say
which hosts are theirs (``TrustedHostMiddleware``, ``trusted_hosts``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack, Words
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_REQUEST = r"\b(?:self\.)?(?:request|req|info\.context)\b"
_HOST = lazy_regex(
    rf"{_REQUEST}\.(?:(?:host_url|url_root|base_url|root_url|host)(?!\w)|"
    r"url\.(?:hostname|netloc)\b|url_for\((?:[^()\n]|\([^()\n]*\))*\)|"
    r"headers(?:\.get\(|\[)\s*[\"'](?i:(?:x-forwarded-)?host|origin|referer)[\"'][^)\]\n]*[)\]]|"
    r"META(?:\.get\(|\[)\s*[\"'](?:HTTP_HOST|HTTP_X_FORWARDED_HOST|SERVER_NAME|HTTP_ORIGIN)[\"'][^)\]\n]*[)\]])"
)
_TOKEN = lazy_regex(r"(?i)token|reset|confirm|verif|activat|invit|magic|recover|one_time|unsubscribe")
_SECRET = lazy_regex(r"(?i)\btoken|_token|\bcode\b|_code\b|signed|secret|uid")
_SENT = lazy_regex(
    r"(?i)send_?mail|send_?message|mail\.send|\.send\(|send_\w*(?:mail|reset|link|invit|verif|confirm)|email|smtp|sendgrid|"
    r"mailgun|add_task|\.delay\(|notify|sms"
)
_KNOWN = lazy_regex(
    r"(?i)trusted_?host|trusted_hosts|allowed_?hosts|SERVER_NAME[\"']\]\s*=|(?:host|origin|netloc|domain|referer)\w*\s+(?:not\s+)?in\s|"
    r"is_safe_url|url_has_allowed|(?:host|origin|domain)\w*\s*[!=]=|valid\w*_(?:host|origin)|(?:host|origin)_allowed"
)
_NAMED = lazy_regex(r"(?m)^[ \t]*(\w+)\s*(?::[^=\n]+)?=\s*[^\n]*$")
_NEAR = 700
_MESSAGE = "The request says which host this link leads to, so the token in it may be sent to somebody else's site."


@dataclass(frozen=True, slots=True)
class _Link:
    """A link with a token in it whose host comes from the request."""

    at: TextRange


class LinkFromHostHeader(DocumentCheck):
    """Finds links in mails that lead where a request says."""

    summary = "A link with a token that leads to the host a request names"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-640", "CWE-20")
    owasp = ("A07:2025", "A06:2025")
    languages = PYTHON
    clue = AnyCase(r"host|root_url|url_root|base_url|origin|referer|netloc|trusted|url_for")
    parsed = False

    VALID = (
        (
            "def forgot(größe):\n    token = make_token(größe)\n"
            "    send_mail('Reset', f'{settings.SITE_URL}/reset?token={token}', None, [größe.email])\n"
        ),
        (
            "def forgot(größe):\n    if request.host not in HOSTS:\n        abort(400)\n    token = make_token(größe)\n"
            "    send_mail('Reset', f'{request.host_url}reset?token={token}', None, [größe.email])\n"
        ),
        "def next_page(größe):\n    return jsonify(next=f'{request.host_url}items?page={größe}')\n",
        (
            "def invite(request, größe):\n    token = signer.sign(größe.pk)\n"
            "    url = request.build_absolute_uri(f'/join/{token}')\n    send_mail('Größe', url, None, [größe.email])\n"
        ),
    )
    INVALID = (
        Invalid(
            code="def forgot(größe):\n    token = make_token(größe)\n"
            "    link = f'{request.host_url}reset?token={token}'\n    send_mail('Reset', link, None, [größe.email])\n",
            at="request.host_url",
            message=_MESSAGE,
        ),
        Invalid(
            code="def forgot(request, größe):\n    host = request.headers.get('host')\n    token = make_token(größe)\n"
            "    send_reset(größe.email, 'https://' + host + '/reset/' + token)\n",
            at="request.headers.get('host')",
            message=_MESSAGE,
        ),
        Invalid(
            code="def invite(request, größe):\n    token = signer.sign(größe.pk)\n"
            "    url = request.url_for('join', token=token)\n    send_mail('Größe', str(url), None, [größe.email])\n",
            at="request.url_for('join', token=token)",
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The links of one unit, and its text."""
        text = code.unit.text.replace("\r", "\n")
        places = _links(text) if _HOST.search(text) and _TOKEN.search(text) and _SENT.search(text) else ()
        return (Words(text), *map(_Link, places))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Links, unless something in the document compares hosts."""
        links = [(index, fact) for index, facts in enumerate(document) for fact in facts if isinstance(fact, _Link)]
        texts = (fact.text for facts in document for fact in facts if isinstance(fact, Words)) if links else ()
        if not any(_KNOWN.search(text) for text in texts):
            yield from (Lack(index, link.at, _MESSAGE) for index, link in links)


def _links(text: str) -> Iterator[TextRange]:
    """Where the host of a request goes into a link beside a token: here, or by a name in the lines that follow."""
    for found in _HOST.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        end = (text + "\n").find("\n", found.end())
        after = text[end : end + _NEAR]
        statement = text[line:end]
        if _speaks(statement.replace(found[0], "", 1) + _inside(found[0]), statement):
            yield TextRange(found.start(), found.end())
            continue
        named = _NAMED.match(text, line)
        if named is not None and any(
            _SECRET.search(use) for use in re.findall(rf"[^\n]*\b{re.escape(named[1])}\b[^\n]*", after)
        ):
            yield TextRange(found.start(), found.end())


def _inside(call: str) -> str:
    return call.partition("(")[2]


def _speaks(rest: str, statement: str) -> bool:
    """Whether what stands around a host is a text with a token in it."""
    return _SECRET.search(rest) is not None and re.search(r"[\"'+%]|urljoin", statement) is not None
