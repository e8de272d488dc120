"""A route that lacks the guard that its siblings carry.

Where most routes of a file that change something ask who is there, by a decorator, a dependency or a middleware, one
that does not ask has mostly been forgotten. The same holds for a WebSocket, which no cookie rule of the browser
protects.

Left alone: routes that read, routes whose names say that everybody may use them (``login``, ``webhook``), handlers
that check by themselves, and files where everything is guarded at once (``before_request``, ``router.use(auth)``).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Invalid, Valid
from leery_analyzers.checks.lacking import DocumentCheck, Lack, insertion
from leery_analyzers.checks.routes import Blanket, Route, routes_of
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MESSAGE = "`{}` lacks `{}`, which {} other routes of this file carry: anybody can use it."
_FEWEST = 2
_GUARDED = 0.5
"""The share of the routes that change something and are guarded, from which on a guard is the rule."""


class RouteWithoutGuard(DocumentCheck):
    """Finds routes that were forgotten."""

    summary = "A route that lacks the guard of its siblings"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025", "A07:2025")
    languages = PYTHON + JAVASCRIPT
    clue = re.compile(
        r"\.(route|post|put|patch|delete|websocket|ws|use|addHook|before_request|api_route)\(|"
        r"\.before_request\b|dependencies\s*="
    )

    VALID = (
        (
            '@app.post("/a")\n@login_required\ndef größe():\n    save()\n\n\n@app.post("/login")\ndef login():\n'
            "    enter()\n"
        ),
        (
            '@app.post("/a")\n@login_required\ndef a():\n    save()\n\n\n@app.post("/b")\n@login_required\n'
            "def b():\n    save()\n\n\n"
            '@app.get("/c")\ndef größe():\n    return show()\n'
        ),
        (
            '@app.before_request\ndef check():\n    ask()\n\n\n@app.post("/a")\n@admin_required\ndef a():\n'
            "    save()\n\n\n"
            '@app.post("/b")\n@admin_required\ndef b():\n    save()\n\n\n@app.post("/c")\ndef größe():\n    save()\n'
        ),
        '@app.post("/a")\ndef a():\n    save()\n\n\n@app.post("/b")\ndef größe():\n    save()\n',
        Valid(
            'router.use(requireAuth);\nrouter.post("/a", isAdmin, save);\nrouter.put("/b", isAdmin, save);\n'
            'router.delete("/größe", remove);\n',
            "javascript",
        ),
        Valid(
            'app.post("/a", requireAuth, save);\napp.put("/b", requireAuth, save);\napp.post("/login", größe);\n'
            'app.get("/c", show);\n',
            "typescript",
        ),
    )
    INVALID = (
        Invalid(
            code='@app.post("/a")\n@login_required\ndef add():\n    save()\n\n\n@app.put("/b")\n'
            "@login_required\ndef edit():\n"
            '    save()\n\n\n@app.delete("/größe")\ndef drop():\n    remove()\n',
            at='@app.delete("/größe")',
            message=_MESSAGE.format("drop", "login_required", 2),
            fixed=(
                (
                    '@app.post("/a")\n@login_required\ndef add():\n    save()\n\n\n@app.put("/b")\n'
                    "@login_required\ndef edit():\n"
                    '    save()\n\n\n@app.delete("/größe")\n@login_required\ndef drop():\n    remove()\n'
                ),
            ),
        ),
        Invalid(
            code='@router.post("/a")\ndef add(user: User = Depends(get_current_user)):\n    save()\n\n\n'
            '@router.put("/b")\ndef edit(user: User = Depends(get_current_user)):\n    save()\n\n\n'
            '@router.websocket("/größe")\nasync def live(socket: WebSocket):\n    await socket.accept()\n',
            at='@router.websocket("/größe")',
            message=_MESSAGE.format("live", "Depends(get_current_user)", 2),
        ),
        Invalid(
            code='router.post("/a", requireAuth, save);\nrouter.put("/b", requireAuth, save);\n'
            'router.delete("/größe/:id", async (req, res) => remove(req.params.id));\n',
            at='router.delete("/größe/:id"',
            message=_MESSAGE.format("DELETE /größe/:id", "requireAuth", 2),
            fixed=(
                (
                    'router.post("/a", requireAuth, save);\nrouter.put("/b", requireAuth, save);\n'
                    'router.delete("/größe/:id", requireAuth, async (req, res) => remove(req.params.id));\n'
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code='@router.get("/a", dependencies=[Depends(require_admin)])\ndef show():\n    return rows()\n\n\n'
            '@router.post("/b", dependencies=[Depends(require_admin)])\ndef add():\n    db.session.add(row())\n\n\n'
            '@router.delete("/größe")\ndef drop():\n    db.session.delete(row())\n',
            at='@router.delete("/größe")',
            message=_MESSAGE.format("drop", "Depends(require_admin)", 2),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The unit's routes and what guards all of them."""
        return tuple(routes_of(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Routes without the guard that is the rule on their owner."""
        blankets = {fact.owner for facts in document for fact in facts if isinstance(fact, Blanket)}
        routes = [(index, fact) for index, facts in enumerate(document) for fact in facts if isinstance(fact, Route)]
        for owner in dict.fromkeys(route.owner for _, route in routes):
            if owner in blankets:
                continue
            own = [
                (index, route) for index, route in routes if route.owner == owner and (route.changes or route.socket)
            ]
            guarded = [route for _, route in own if route.guards]
            carrying = [route for _, route in routes if route.owner == owner and route.guards]
            asked = [route for _, route in own if route.guards or not (route.public or route.checks)]
            if not guarded or len(carrying) < _FEWEST or len(guarded) < _GUARDED * len(asked):
                continue
            guard = Counter(route.guards[0] for route in carrying).most_common(1)[0][0]
            for index, route in own:
                if not (route.guards or route.checks or route.public):
                    message = _MESSAGE.format(route.name, short(guard), len(carrying))
                    yield Lack(index, route.at, message, fix=_fix(route, guard))


def _fix(route: Route, guard: str) -> Fix | None:
    """The siblings' guard, where it is a decorator or a middleware."""
    if route.gap < 0 or route.socket:
        return None
    title = f"Guard it by {short(guard)}"
    if "/" in route.name:
        return Fix(title, "review", insertion(route.gap, f", {guard}"))
    if not guard.startswith("Depends("):
        return Fix(title, "review", insertion(route.gap, f"@{guard}\n{route.indent}"))
    return None
