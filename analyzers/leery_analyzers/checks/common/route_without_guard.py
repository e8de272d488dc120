"""A route that lacks the guard that its siblings carry.

Where most routes of a file that change something ask who is there, by a decorator, a dependency or a middleware, one
that does not ask has mostly been forgotten. The same holds for a WebSocket, which no cookie rule of the browser
protects.

The same again where a guard is mounted after a route that it should guard: Express asks in the order of the file.

Left alone: routes that read, routes whose names say that everybody may use them (``login``, ``webhook``), handlers
that check by themselves, and files where everything is guarded at once (``before_request``, ``router.use(auth)``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Invalid, Valid
from leery_analyzers.checks.javascript_routes import ACTIONS, HANDLERS, SOCKET, script_routes
from leery_analyzers.checks.lacking import DocumentCheck, Lack, insertion
from leery_analyzers.checks.python_routes import Changing, python_routes
from leery_analyzers.checks.routes import Blanket, Dependency, Helper, Made, Mounted, Opened, Route
from leery_analyzers.checks.values import is_python
from leery_analyzers.checks.words import short
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level
    from leery_analyzers.text import TextRange

_MESSAGE = "`{}` lacks `{}`, which {} other routes of this file carry: anybody can use it."
_SOCKET = "`{}` lacks `{}` or a check of its own, which another route of this file carries: anybody can connect."
_LATE = "`{}` is declared before `{}` is mounted, which guards only what comes after it: anybody can use it."
_CONNECTED = "Whoever connects here can change data: nothing asks who it is."
_UNASKED = "`{}` changes data for administrators, and nothing here asks who it is."
_UNCALLED = "`{}` does not call `{}`, which {} other routes of this file call: whoever is not allowed to gets in."
_OPENED = "`{}` lets everybody in, although `{}` asks who is there."
_ANYBODY = "`{}` lets everybody read and change what belongs to somebody."
_ASKING = lazy_regex(
    r"(?i)require_|ensure_|check_\w*(access|perm|owner|role|admin|auth|token|user)|authori[sz]e|assert_\w*(owner|access|can)"
)
_KEY = lazy_regex(r"[<{](?:\w+:)?(\w+)")
_RANKS = lazy_regex(
    r"/(?:users?|members?|accounts?|admins?)/\S*/(?:role|roles|permissions?|promote|demote|ban|admin|grant)\b"
)
_ADMIN = lazy_regex(r" /(api/)?(v\d/)?admin\b")
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
    clue = lazy_regex(
        r"@\w+\.get\(|\.get\([\"'`]/|\bRouter\(|APIRouter\((?<!\wAPIRouter\()|Annotated\[|Blueprint\((?<!\wBlueprint\()|40[13]\b(?<!\w40\d)|Forbidden|Unauthori[sz]ed|PermissionDenied|@action\(|AllowAny|"
        r"owner\w*\s*!=|author\w*\s*!=|user\w*\s*!=|member\w*\s*!=|"
        r"\.(route|post|put|patch|delete|websocket|ws|use|addHook|before_request|api_route)\(|"
        r"\.before_request\b|dependencies\s*=|@\w*Controller|@\w*(Get|Post|Put|Patch|Delete)\w*\(|export\s+(default\s+)?(async|const)\b|"
        r"use server|\.on\(|def \w+\(request\b|class \w+\([^)\n]*(View|Resource)|"
        r"def (post|put|patch|delete|create|update|partial_update|destroy)\(self"
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
            'const größe = new Map();\ngröße.put("/a", requireAuth, save);\ngröße.post("/b", requireAuth, save);\n'
            'größe.delete("/c", remove);\n',
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
            code="Größe = Annotated[User, Depends(current_editor)]\n\n\n"
            '@router.post("/")\ndef a(größe: Größe):\n    save()\n\n\n'
            '@router.put("/{key}")\ndef b(key: int, größe: Größe):\n    save(key)\n\n\n'
            '@router.delete("/{key}")\ndef c(key: int):\n    drop(key)\n',
            at='@router.delete("/{key}")',
            message=_MESSAGE.format("c", "Größe", 2),
        ),
        Invalid(
            code='@app.get("/größe")\nasync def a(user=Depends(current_user)):\n    return user\n\n\n'
            '@app.websocket("/live")\nasync def b(socket: WebSocket):\n    await socket.accept()\n'
            "    await socket.send_json(await latest())\n",
            at='@app.websocket("/live")',
            message=_SOCKET.format("b", "Depends(current_user)"),
        ),
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
            code='const größe = express.Router();\ngröße.put("/a", async (req, res) => save(req.body));\n'
            'größe.use(guard);\ngröße.get("/b", show);\n',
            at='größe.put("/a"',
            message=_LATE.format("PUT /a", "guard"),
            language="javascript",
        ),
        Invalid(
            code='router.get("/a", requireAuth, show);\nrouter.patch("/b", requireAuth, save);\n'
            'router.delete("/größe/:id", async (req, res) => remove(req.params.id));\n',
            at='router.delete("/größe/:id"',
            message=_MESSAGE.format("DELETE /größe/:id", "requireAuth", 2),
            fixed=(
                (
                    'router.get("/a", requireAuth, show);\nrouter.patch("/b", requireAuth, save);\n'
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
        return tuple(python_routes(code) if is_python(code) else script_routes(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Routes without the guard that is the rule on their owner, and those before it is mounted."""
        stated = [(index, fact) for index, facts in enumerate(document) for fact in facts]
        blankets = [(index, fact) for index, fact in stated if isinstance(fact, Blanket)]
        helpers = {fact.name for _, fact in stated if isinstance(fact, Helper)}
        prefixes = {fact.owner: fact.prefix for _, fact in stated if isinstance(fact, Mounted)}
        made = {fact.owner for _, fact in stated if isinstance(fact, Made)}
        changed = {fact.owner for _, fact in stated if isinstance(fact, Changing)}
        asking = {fact.name for _, fact in stated if isinstance(fact, Dependency)}
        routes = [
            (index, _told(fact, changed, asking))
            for index, fact in stated
            if isinstance(fact, Route) and (not fact.loose or fact.owner in made)
        ]
        for owner in dict.fromkeys(route.owner for _, route in routes):
            over = [blanket for blanket in blankets if blanket[1].owner == owner]
            own = [route for route in routes if route[1].owner == owner]
            if any(blanket.after < 0 and not blanket.prefix for _, blanket in over):
                continue
            if owner == ACTIONS and not over:
                continue
            open_ = own
            if over:
                open_ = [(index, route) for index, route in own if not _is_covered(index, route, over)]
                yield from _late(open_, over)
            told = list(_unlike(open_))
            told += _uncalled(open_, helpers, {lack.at for lack in told})
            told += _sockets(open_, {lack.at for lack in told})
            yield from told
            if not told:
                yield from _telling(open_, prefixes.get(owner, ""))
        yield from _opened(document)


def _told(route: Route, changed: set[str], asking: set[str]) -> Route:
    """A route with what other units say of it: that its class changes something, and which types have callers asked."""
    known = sorted(route.typed & asking) if route.typed and asking else ()
    if known:
        route = replace(route, guards=(*route.guards, *known))
    return replace(route, changes=True) if route.name in changed else route


def _sockets(routes: Sequence[tuple[int, Route]], told: set[TextRange]) -> Iterator[Lack]:
    """Sockets that nobody is asked at, beside a route where somebody is."""
    guards = [route.guards[0] for _, route in routes if route.guards]
    for index, route in routes:
        if guards and route.socket and not _is_asking(route) and route.at not in told:
            yield Lack(index, route.at, _SOCKET.format(route.name, short(guards[0])))


def _is_asking(route: Route) -> bool:
    return bool(route.guards) or route.checks or route.public


def _is_covered(index: int, route: Route, over: Sequence[tuple[int, Blanket]]) -> bool:
    return any(_fits(route, blanket) and (where, blanket.after) < (index, route.at.start) for where, blanket in over)


def _fits(route: Route, blanket: Blanket) -> bool:
    path = route.name.partition(" ")[2]
    return not blanket.prefix or path == blanket.prefix or path.startswith(f"{blanket.prefix}/")


def _late(routes: Sequence[tuple[int, Route]], over: Sequence[tuple[int, Blanket]]) -> Iterator[Lack]:
    """Routes that are declared before what guards the others is mounted."""
    for index, route in routes:
        blanket = next((blanket for _, blanket in over if blanket.after >= 0 and _fits(route, blanket)), None)
        if blanket is not None and route.changes and not _is_asking(route):
            level: Level = "low" if route.name.startswith("POST ") else "medium"
            yield Lack(index, route.at, _LATE.format(route.name, short(blanket.guard)), confidence=level)


def _unlike(routes: Sequence[tuple[int, Route]]) -> Iterator[Lack]:
    """Routes that lack what their siblings carry."""
    own = [(index, route) for index, route in routes if route.changes or route.socket]
    guarded = [route for _, route in own if route.guards]
    carrying = [route for _, route in routes if route.guards]
    asked = [route for _, route in own if route.guards or not (route.public or route.checks)]
    alone = bool(routes) and routes[0][1].owner in {HANDLERS, ACTIONS}
    fewest = 1 if alone else _FEWEST
    if len(carrying) < fewest or (not guarded and not alone) or len(guarded) < _GUARDED * len(asked) - alone:
        return
    guard = Counter(route.guards[0] for route in carrying).most_common(1)[0][0]
    for index, route in own:
        if not _is_asking(route):
            message = _MESSAGE.format(route.name, short(guard), len(carrying)).replace(
                "1 other routes", "another route"
            )
            yield Lack(
                index,
                route.at,
                message.replace("route of this file carry", "route of this file carries"),
                fix=_fix(route, guard),
            )


def _uncalled(routes: Sequence[tuple[int, Route]], helpers: set[str], told: set[TextRange]) -> Iterator[Lack]:
    """Routes that do not call the function which refuses callers and which their siblings call."""
    own = [(index, route) for index, route in routes if route.changes and route.seen]
    callers = Counter([name for _, route in own for name in _asking(route.calls, helpers)])
    helper, count = next(iter(callers.most_common(1)), ("", 0))
    if count < _FEWEST or count < _GUARDED * len(own):
        return
    keys = {key for _, route in own if helper in route.calls for key in _KEY.findall(route.path)[:1]}
    for index, route in own:
        asked = route.calls & callers.keys() or route.public or route.checks or route.at in told
        if not asked and (not keys or keys & set(_KEY.findall(route.path)[:1])):
            yield Lack(index, route.at, _UNCALLED.format(route.name, helper, count))


def _asking(calls: frozenset[str], helpers: set[str]) -> Iterable[str]:
    """Those of some functions that refuse callers."""
    if calls.isdisjoint(helpers):
        return _asking_names(calls)
    return [name for name in calls if name in helpers or _ASKING.match(name)]


@lru_cache(maxsize=16_384)
def _asking_names(calls: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in calls if _ASKING.match(name))


def _opened(document: Sequence[Facts]) -> Iterator[Lack]:
    """Actions that let everybody in, in classes that ask who is there."""
    guarded = {fact.name for facts in document for fact in facts if isinstance(fact, Route) and fact.guards}
    for index, facts in enumerate(document):
        for fact in facts:
            if not isinstance(fact, Opened) or fact.at.start < 0:
                continue
            if fact.owner == fact.name:
                yield Lack(index, fact.at, _ANYBODY.format(fact.name))
            elif fact.owner in guarded:
                yield Lack(index, fact.at, _OPENED.format(fact.name, fact.owner))


def _telling(routes: Sequence[tuple[int, Route]], prefix: str) -> Iterator[Lack]:
    """Routes whose name says that not everybody may use them, and sockets that change something."""
    for index, route in routes:
        if route.owner == SOCKET and not route.checks:
            yield Lack(index, route.at, _CONNECTED)
        elif route.changes and route.seen and not _is_asking(route) and _is_for_administrators(route, prefix, routes):
            yield Lack(index, route.at, _UNASKED.format(route.name))


def _is_for_administrators(route: Route, prefix: str, routes: Sequence[tuple[int, Route]]) -> bool:
    """Whether a route says whom it is for; a router may be guarded where it is mounted, unless its routes are here."""
    if not _speaks_of_administrators(f"{route.name} {prefix}{route.path}", seen=route.seen):
        return False
    here = any(other.guards for _, other in routes)
    return re.match(r"app|server|fastify", route.owner) is not None or (prefix != "" and here)


@lru_cache(maxsize=16_384)
def _speaks_of_administrators(where: str, *, seen: bool) -> bool:
    return _ADMIN.search(where) is not None or (seen and _RANKS.search(where) is not None)


def _fix(route: Route, guard: str) -> Fix | None:
    """The siblings' guard, where it is a decorator or a middleware."""
    if route.gap < 0 or route.socket:
        return None
    if guard.startswith("UseGuards("):
        return Fix(f"Guard it by {short(guard)}", "review", insertion(route.gap, f"\n  @{guard}"))
    title = f"Guard it by {short(guard)}"
    if "/" in route.name:
        return Fix(title, "review", insertion(route.gap, f", {guard}"))
    if not guard.startswith("Depends(") and not re.fullmatch(r"[A-Z]\w*", guard):
        return Fix(title, "review", insertion(route.gap, f"@{guard}\n{route.indent}"))
    return None
