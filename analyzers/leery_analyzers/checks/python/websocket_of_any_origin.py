"""A WebSocket that pages of other sites may open in the name of a visitor.

Browsers send cookies along with the handshake of a WebSocket, whichever site's page opens it, and no rule of CORS holds
them back. A server that knows its visitors by a cookie or a session must look at ``Origin`` before it accepts, or any
page that a visitor opens talks to it as that visitor.

Left alone: sockets that ask for a token in a message or in the address, and documents that look at the origin.
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

_ANY = lazy_regex(
    r"def\s+(check_origin)\s*\(\s*self[^)]*\)[^:\n]*:(?:\s|#[^\n]*\n|\"\"\"(?:[^\"]|\"(?!\"\"))*\"\"\")*return\s+True\b"
)
_OPENED = lazy_regex(
    r"\b(?:web\.)?WebSocketResponse\(|@\w+\.websocket\([^\n]*|@sock\.route\([^\n]*|\bAuthMiddlewareStack\(|"
    r"\bSessionMiddlewareStack\(|\bCookieMiddleware\(|async def \w+\([^)\n]*:\s*(?:\w+\.)?WebSocket\b[^)\n]*\)"
)
_COOKIE = lazy_regex(
    r"(?i)\.cookies\b|\bcookie\b|session\s*[\[(.]|get_session\(|current_user\b|login_required|authorized_userid|Middleware(?:Stack)?\(|"
    r"\[[\"']user[\"']\]"
)
_TOKEN = lazy_regex(
    r"(?i)query_params|bearer|authorization|subprotocol|csrf|ticket|Query\(|receive\w*\([^)\n]*\)[^\n]*token"
)
_ORIGIN = lazy_regex(
    r"[\"'](?i:http_)?[oO](?i:rigin)[\"']|\borigin\b|check_origin|OriginValidator|(?<!allow_)(?<!allowed_)\borigins\s*="
)
_MESSAGE = "Pages of any site may open this socket, and the browser sends the visitor's cookie along."


@dataclass(frozen=True, slots=True)
class _Socket:
    """A WebSocket that knows its visitor by a cookie.

    Attributes:
        at: where it is opened.
        sure: whether it says itself that every origin may.
    """

    at: TextRange
    sure: bool


class WebsocketOfAnyOrigin(DocumentCheck):
    """Finds sockets that do not ask where they are opened from."""

    summary = "A WebSocket opened in a visitor's name by pages of any site"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-1385", "CWE-346")
    owasp = ("A07:2025", "A01:2025")
    languages = PYTHON
    clue = lazy_regex(r"WebSocket|websocket|check_origin|[oO]rigin|sock\.route|Middleware")
    parsed = False

    VALID = (
        (
            "async def größe(request):\n    session = await get_session(request)\n"
            "    if request.headers.get('Origin') != SITE:\n        raise web.HTTPForbidden()\n"
            "    ws = web.WebSocketResponse()\n    await ws.prepare(request)\n    return ws, session['user']\n"
        ),
        "class Größe(WebSocketHandler):\n    def check_origin(self, origin):\n        return origin == SITE\n",
        (
            '@app.websocket("/ws")\nasync def größe(ws: WebSocket):\n    await ws.accept()\n'
            "    while True:\n        await ws.send_text(await ws.receive_text())\n"
        ),
        (
            "application = ProtocolTypeRouter({'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack("
            "URLRouter(größe)))})\n"
        ),
    )
    INVALID = (
        Invalid(
            code="class Größe(WebSocketHandler):\n    def check_origin(self, origin):\n"
            "        # wherever it runs\n        return True\n",
            at="check_origin",
            message=_MESSAGE,
        ),
        Invalid(
            code="async def größe(request):\n    session = await get_session(request)\n"
            "    ws = web.WebSocketResponse()\n    await ws.prepare(request)\n    return ws, session['user']\n",
            at="web.WebSocketResponse(",
            message=_MESSAGE,
        ),
        Invalid(
            code='@app.websocket("/ws")\nasync def größe(ws: WebSocket):\n    user = load(ws.cookies.get("session"))\n'
            "    await ws.accept()\n    await user.run(await ws.receive_json())\n",
            at='@app.websocket("/ws")',
            message=_MESSAGE,
        ),
        Invalid(
            code="application = ProtocolTypeRouter({'websocket': AuthMiddlewareStack(URLRouter(größe))})\n",
            at="AuthMiddlewareStack(",
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Whether the unit opens a socket for whom a cookie names, and whether it looks at origins."""
        text = code.unit.text.replace("\r", "\n")
        facts: list[_Socket | str] = [
            _Socket(TextRange(found.start(1), found.end(1)), sure=True) for found in _ANY.finditer(text)
        ]
        if facts:
            return tuple(facts)
        opened = _OPENED.search(text)
        if opened is not None and _COOKIE.search(text) and not _TOKEN.search(text):
            facts.append(_Socket(TextRange(opened.start(), opened.end()), sure=False))
        if _ORIGIN.search(text):
            facts.append("origin")
        return tuple(facts)

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Sockets that say that every origin may, and others where nothing looks at the origin."""
        looked = any(fact == "origin" for facts in document for fact in facts)
        for index, facts in enumerate(document):
            for fact in facts:
                if isinstance(fact, _Socket) and (fact.sure or not looked):
                    yield Lack(index, fact.at, _MESSAGE)
