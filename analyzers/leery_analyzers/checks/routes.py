"""Routes of web applications as they are declared, with what guards them.

Reads Flask, FastAPI, Starlette and aiohttp-like decorators by their shape; `javascript_routes` reads JavaScript. Holds
no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.text import TextRange

_GUARD = re.compile(
    r"(?i)login_?required|auth|jwt|protect|permission|require|guard|verify_?(token|jwt|user|session|role|"
    r"api)|current_?user|"
    r"api_?key|is_?(admin|user|logged|signed|owner)|ensure|check_?(auth|role|token|user|perm|admin|session)|"
    r"user_passes_test|"
    r"roles?_|access|secured|token_|staff|superuser|passport|acl|admin"
)
_NOT_GUARD = re.compile(
    r"(?i)rate|limit|csrf|author\b|authors|upload|parse|valid|schema|cache|log(?!in)|"
    r"json|urlencoded|multer|async_?handler"
)
PUBLIC = re.compile(
    r"(?i)log_?in|log_?out|sign_?(in|up|out)|regist|auth|token|refresh|webhook|hook\b|callback|health|ping|"
    r"password|reset|"
    r"forgot|verify|confirm|contact|public|subscribe|csrf|metrics|session|oauth|otp|captcha|search|query|"
    r"echo|guest|newsletter"
)
CHECKS = re.compile(
    r"(?i)current_user|is_authenticated|(?<![\w.])session\b|\breq(?:uest)?\.session\b|\b40[13]\b|authori[sz]|verify|check_\w*(auth|perm|token|"
    r"role|user)|require_|"
    r"\breq\.user\b|request\.user\b|g\.user|bearer|api_?key|x-api|getServerSession|getToken|jwt|"
    r"unauthenticated|forbidden"
)
CHANGING = frozenset({"post", "put", "patch", "delete"})
SOCKETS = frozenset({"websocket", "ws", "websocket_route"})
OWNER = re.compile(r"(?i)^(\w*(app|api|router|route|routes|bp|blueprint|server|fastify|controller)\w*)$")
_BLANKET = re.compile(
    r"@(\w+)\.(?:before_request|before_app_request|middleware)\b|"
    r"\b(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:APIRouter|FastAPI|Blueprint|Router)\([^\n]*dependencies\s*="
)


@dataclass(frozen=True, slots=True)
class Route:
    """One route.

    Attributes:
        owner: the application or router that it is declared on.
        name: its path, or the function's name.
        changes: whether it takes requests that change something.
        socket: whether it is a WebSocket.
        guards: what guards it, as written.
        checks: whether its body seems to check by itself who asks.
        public: whether its name says that everybody may use it.
        at: where it is declared.
        gap: where a guard would be written, -1 where it cannot be told.
        indent: white space before the line of the guard.
        seen: whether its handler is written out here, so that what it checks is seen.
    """

    owner: str
    name: str
    changes: bool
    socket: bool
    guards: tuple[str, ...]
    checks: bool
    public: bool
    at: TextRange
    gap: int
    indent: str
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Blanket:
    """Something that guards every route of an owner.

    Attributes:
        owner: the application or router.
        prefix: what the paths of the guarded routes start with.
        after: where it is mounted, if it guards only what is declared after it; -1 otherwise.
        guard: it, as written.
    """

    owner: str
    prefix: str = ""
    after: int = -1
    guard: str = ""


def routes_of(code: Code) -> Iterator[Route | Blanket]:
    """The routes that a unit declares, and what guards all of them."""
    text = code.unit.text
    for found in _BLANKET.finditer(text):
        yield Blanket(found.group(1) or found.group(2))
    for node in walk(code.tree.root) if code.tree is not None else ():
        if node.type == "decorated_definition" and (route := _python(code, node)) is not None:
            yield route


def is_guard(text: str) -> bool:
    """Whether something in front of a handler asks who is there, by its name."""
    return _GUARD.search(text) is not None and _NOT_GUARD.search(text) is None


def _python(code: Code, node: Node) -> Route | None:
    function = node.child_by_field_name("definition")
    if function is None or function.type != "function_definition":
        return None
    owner, path, methods, at, guards = "", "", set[str](), None, []
    for decorator in (child for child in node.named_children if child.type == "decorator"):
        text = code.text(decorator).removeprefix("@").strip()
        found = re.match(r"(\w+)\.(route|get|post|put|patch|delete|websocket|websocket_route|api_route)\(", text)
        if found is not None and OWNER.match(found.group(1)):
            owner, at = found.group(1), at or decorator
            methods |= _methods(found.group(2), text)
            path = (re.search(r"[\"']([^\"']*)[\"']", text) or [""])[0].strip("\"'")
        elif is_guard(text):
            guards.append(text)
    if at is None:
        return None
    parameters = code.text(function.child_by_field_name("parameters"))
    wanted = re.findall(r"(?:Depends|Security)\(\s*([\w.]+)", parameters + code.text(at))
    guards += [f"Depends({name})" for name in wanted if is_guard(name)]
    name = code.text(function.child_by_field_name("name"))
    start = code.range(function).start
    return Route(
        owner,
        name,
        bool(methods & CHANGING),
        bool(methods & SOCKETS),
        tuple(guards),
        CHECKS.search(code.text(function.child_by_field_name("body"))) is not None,
        PUBLIC.search(f"{path} {name}") is not None,
        code.range(at),
        start,
        " " * function.start_point.column,
    )


def _methods(kind: str, text: str) -> set[str]:
    if kind in {"route", "api_route"}:
        listed = re.search(r"methods\s*=\s*[\[({]([^\])}]*)", text)
        return {word.lower() for word in re.findall(r"\w+", listed.group(1))} if listed is not None else {"get"}
    return {kind}
