"""Routes of web applications as they are declared, with what guards them.

Reads Flask, FastAPI, Starlette, aiohttp-like decorators and Express, Koa and Fastify calls by their shape. Holds no
rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.checks.values import is_python, literal_text
from leery_analyzers.syntax import walk
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

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
_PUBLIC = re.compile(
    r"(?i)log_?in|log_?out|sign_?(in|up|out)|regist|auth|token|refresh|webhook|hook\b|callback|health|ping|"
    r"password|reset|"
    r"forgot|verify|confirm|contact|public|subscribe|csrf|metrics|session|oauth|otp|captcha|search|query|"
    r"echo|guest|newsletter"
)
_CHECKS = re.compile(
    r"(?i)current_user|is_authenticated|(?<![\w.])session\b|\breq(?:uest)?\.session\b|\b40[13]\b|authori[sz]|verify|check_\w*(auth|perm|token|"
    r"role|user)|require_|"
    r"\breq\.user\b|request\.user\b|g\.user|bearer|api_?key|x-api|getServerSession|getToken|jwt|"
    r"unauthenticated|forbidden"
)
_CHANGING = frozenset({"post", "put", "patch", "delete"})
_SOCKETS = frozenset({"websocket", "ws", "websocket_route"})
_OWNER = re.compile(r"(?i)^(\w*(app|api|router|route|routes|bp|blueprint|server|fastify|controller)\w*)$")
_BLANKET = re.compile(
    r"@(\w+)\.(?:before_request|before_app_request|middleware)\b|"
    r"\b(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:APIRouter|FastAPI|Blueprint|Router)\([^\n]*dependencies\s*="
)
_USED = re.compile(r"\b(\w+)\.(?:use|addHook|register|all)\(\s*(?:[\"'`](?:/|\*|/\*)?[\"'`]\s*,\s*)?([^\n]*)")


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


@dataclass(frozen=True, slots=True)
class Blanket:
    """Something that guards every route of an owner."""

    owner: str


def routes_of(code: Code) -> Iterator[Route | Blanket]:
    """The routes that a unit declares, and what guards all of them."""
    text = code.unit.text
    for found in _BLANKET.finditer(text):
        yield Blanket(found.group(1) or found.group(2))
    for found in _USED.finditer(text):
        if _is_guard(found.group(2)):
            yield Blanket(found.group(1))
    if code.tree is None:
        return
    wanted = "decorated_definition" if is_python(code) else "call_expression"
    for node in walk(code.tree.root):
        if node.type == wanted:
            route = _python(code, node) if is_python(code) else _script(code, node)
            if route is not None:
                yield route


def _is_guard(text: str) -> bool:
    return _GUARD.search(text) is not None and _NOT_GUARD.search(text) is None


def _python(code: Code, node: Node) -> Route | None:
    function = node.child_by_field_name("definition")
    if function is None or function.type != "function_definition":
        return None
    owner, path, methods, at, guards = "", "", set[str](), None, []
    for decorator in (child for child in node.named_children if child.type == "decorator"):
        text = code.text(decorator).removeprefix("@").strip()
        found = re.match(r"(\w+)\.(route|get|post|put|patch|delete|websocket|websocket_route|api_route)\(", text)
        if found is not None and _OWNER.match(found.group(1)):
            owner, at = found.group(1), at or decorator
            methods |= _methods(found.group(2), text)
            path = (re.search(r"[\"']([^\"']*)[\"']", text) or [""])[0].strip("\"'")
        elif _is_guard(text):
            guards.append(text)
    if at is None:
        return None
    parameters = code.text(function.child_by_field_name("parameters"))
    wanted = re.findall(r"(?:Depends|Security)\(\s*([\w.]+)", parameters + code.text(at))
    guards += [f"Depends({name})" for name in wanted if _is_guard(name)]
    name = code.text(function.child_by_field_name("name"))
    start = code.range(function).start
    return Route(
        owner,
        name,
        bool(methods & _CHANGING),
        bool(methods & _SOCKETS),
        tuple(guards),
        _CHECKS.search(code.text(function.child_by_field_name("body"))) is not None,
        _PUBLIC.search(f"{path} {name}") is not None,
        code.range(at),
        start,
        " " * function.start_point.column,
    )


def _methods(kind: str, text: str) -> set[str]:
    if kind in {"route", "api_route"}:
        listed = re.search(r"methods\s*=\s*[\[({]([^\])}]*)", text)
        return {word.lower() for word in re.findall(r"\w+", listed.group(1))} if listed is not None else {"get"}
    return {kind}


def _script(code: Code, call: Node) -> Route | None:
    function = call.child_by_field_name("function")
    owner = code.text(function.child_by_field_name("object")) if function is not None else ""
    method = code.method(call)
    arguments = code.arguments(call).positional
    if method not in _CHANGING | _SOCKETS or not _OWNER.match(owner) or len(arguments) < 2:
        return None
    path = literal_text(code, arguments[0])
    if path is None or not (path.startswith(("/", "*")) or path == ""):
        return None
    handler = arguments[-1]
    guards = [code.text(value) for value in arguments[1:-1] if _is_guard(code.text(value)[:80])]
    named = code.text(handler) if handler.type in {"identifier", "member_expression"} else ""
    return Route(
        owner,
        f"{method.upper()} {path}",
        method in _CHANGING,
        method in _SOCKETS,
        tuple(guards),
        _CHECKS.search(code.text(handler)) is not None and not named,
        _PUBLIC.search(f"{path} {named}") is not None,
        TextRange(code.range(call).start, code.range(arguments[0]).end),
        code.range(arguments[0]).end,
        "",
    )
