"""Routes of Python's web applications as they are declared, with what guards them.

Reads decorators of Flask, FastAPI, Starlette and their like, Django's views, and classes whose methods are views. Holds
no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.checks.routes import (
    CHANGING,
    CHECKS,
    OWNER,
    PUBLIC,
    SOCKETS,
    Blanket,
    Dependency,
    Helper,
    Mounted,
    Opened,
    Route,
    is_guard,
)
from leery_analyzers.checks.words import AnyCase
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.syntax import SyntaxTree

FUNCTION_VIEWS = "(functions)"
CLASS_VIEWS = "(classes)"
"""Owners of views that are not declared on anything."""
_BLANKET = lazy_regex(
    r"@(\w+)\.(?:before_request|before_app_request|middleware)\b|"
    r"\b(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:APIRouter|FastAPI|Blueprint|Router)\([^\n]*dependencies\s*="
)
_ASKS = AnyCase(
    CHECKS.pattern.replace(
        r"session\b(?<![\w.]session)|",
        r"session(?<![\w.]session)(?:\[|\.get\(\s*[\"']|\.pop\(\s*[\"'])|in(?<!\win)\s+session\b|",
    )
)
"""As `CHECKS`; a session of a database asks nobody."""
_REFUSES = lazy_regex(
    r"(?:raise|abort|return)\b[^\n]{0,80}?(?:\b40[13]\b|Forbidden|Unauthori[sz]ed|PermissionDenied|NotAuthenticated)|"
    r"\b(?:owner|author|user|member)\w*\s*!=[^\n]*\n?[^\n]*(?:raise|abort)\b"
)
_MOUNTED = lazy_regex(
    r"\b(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:APIRouter|Blueprint|Router)\([^)]*?\b(?:url_)?prefix\s*=\s*[\"']([^\"']+)"
)
_DEPENDENCY = lazy_regex(
    r"\b(?P<name>[A-Z]\w*)\s*(?::\s*(?:\w+\.)?TypeAlias\s*)?=\s*(?:\w+\.)?Annotated\[[^\n]*?(?:Depends|Security)\(\s*(?P<asked>[\w.]+)"
)
_TYPE = lazy_regex(r":\s*(?:\w+\.)*([A-Z]\w*)")
_SHARED = lazy_regex(r"Annotated\[|Router\(|Blueprint\(|FastAPI\(|before_request|before_app_request|middleware")
"""What any of these holds; quick to look for."""
_CALLED = lazy_regex(r"(?<![\w.])([A-Za-z_]\w*)\(")
_PERSONAL = lazy_regex(
    r"(?i)order|invoice|account|profile|message|document|payment|card|address|statement|ticket|booking|patient|wallet|"
    r"transaction|subscription|appointment|user|employee|customer|medical|salar|claim"
)
_ANYBODY = lazy_regex(r"permission_classes\s*=\s*[\[(]\s*(?:\w+\.)?AllowAny\s*,?\s*[\])]")
_ASKS_NOBODY = lazy_regex(r"(?i)\blog|time|metric|cors|header|cache|locale|trace|request_id|connect")
_LOOKED_AT = 600
_DECLARED = lazy_regex(r"(\w+)\.(route|get|post|put|patch|delete|websocket|websocket_route|api_route)\(")
_PLACED = lazy_regex(r"\w+\.\w+\(\s*[\"'](?:/|[\"'])")
"""A route on something of any name: a path is the first argument."""
_DJANGO = lazy_regex(r"\b(django|rest_framework)\b")
_CHANGES = lazy_regex(
    r"request\.(POST|FILES)\b|request\.method\s*[!=]=\s*[\"'](POST|PUT|DELETE|PATCH)|\.(delete|save|bulk_create|"
    r"bulk_update)\(|\.objects\.(create|update|update_or_create|get_or_create)\("
)
_METHODS = lazy_regex(r"(?i)require_POST|\b(post|put|patch|delete)\b")
_OPEN = lazy_regex(r"AllowAny|ReadOnly\b|require_(POST|GET|safe|http)|requires_csrf|xframe")
_GUARDED_BASE = lazy_regex(r"Login|Permission|UserPasses|Auth|Staff|Admin|Superuser|Owner|Protected|Secure")
_CHANGING_BASE = lazy_regex(
    r"(Create|Update|Delete|Destroy)\w*View$|(?:^|\.)FormView$|Model(Admin)?ViewSet$|^mixins\.|(Create|Update|Destroy)"
    r"ModelMixin$"
)
_VIEW_BASE = lazy_regex(r"(?:^|\.)(View|APIView|GenericAPIView|ViewSet|GenericViewSet|MethodView|Resource)$")
_SHOWING_BASE = lazy_regex(r"(List|Detail|Template|Retrieve)\w*View$|ReadOnlyModelViewSet$")
_ACTIONS = CHANGING | {"create", "update", "partial_update", "destroy"}
_CLASS = lazy_regex(r"\bclass\s+(?P<name>\w+)\s*\((?P<bases>[^)]*)\)\s*:")
_MARGIN = lazy_regex(r"[\r\n](?=[^\s#])")


@dataclass(frozen=True, slots=True)
class Changing:
    """A method by which a class of views takes requests that change something."""

    owner: str


def python_routes(code: Code) -> Iterator[Route | Blanket | Changing | Dependency | Helper | Mounted | Opened]:
    """The routes that a unit of Python declares, and what guards all of them."""
    yield from _for_all(code)
    if code.tree is not None:
        yield from _declarations(code, code.tree)


def _for_all(code: Code) -> Iterator[Blanket | Dependency | Mounted]:
    """What holds for all routes of an owner."""
    if not _SHARED.search(code.unit.text):
        return
    for found in _DEPENDENCY.finditer(code.unit.text):
        if is_guard(found["asked"]):
            yield Dependency(found["name"])
    for found in _MOUNTED.finditer(code.unit.text):
        yield Mounted(found.group(1), found.group(2))
    for found in _BLANKET.finditer(code.unit.text):
        body = code.unit.text[found.end() : found.end() + _LOOKED_AT]
        if found.group(2) or CHECKS.search(body) or not _ASKS_NOBODY.search(body):
            yield Blanket(found.group(1) or found.group(2))


def _declarations(code: Code, tree: SyntaxTree) -> Iterator[Route | Changing | Helper | Opened]:
    owner, _, method = code.unit.name.rpartition(".")
    if owner and method in _ACTIONS:
        yield Changing(owner)
    for node in tree.of_kinds("decorated_definition", "class_definition", "function_definition"):
        route: Route | None = None
        if node.type == "decorated_definition":
            route = _declared(code, node)
        elif node.type == "class_definition":
            route = _class_of_views(code, node)
            yield from _open_class(code, node)
        if route is None and node.type == "function_definition":
            route = _view(code, node)
            yield from _around(code, node)
        if route is not None and route.at.start >= 0:
            yield route


def _open_class(code: Code, node: Node) -> Iterator[Opened]:
    """A class of views that lets everybody change what belongs to somebody."""
    title, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    found = _ANYBODY.search(code.text(body))
    bases = " ".join(code.text(child) for child in _bases(node))
    if title is None or body is None or found is None or not re.search(r"\bModelViewSet\b", bases):
        return
    if _PERSONAL.search(code.text(title)):
        start = code.range(body).start + found.start()
        yield Opened(code.text(title), code.text(title), TextRange(start, start + len(found[0])))


def _around(code: Code, function: Node) -> Iterator[Helper | Opened]:
    """What a function says of others: that it refuses callers, or lets everybody in."""
    decorators = decorators_of(function)
    name = code.text(function.child_by_field_name("name"))
    for decorator in decorators:
        text = _plain(code, decorator)
        if text.startswith("action(") and _ANYBODY.search(text) and re.search(r"(?i)post|put|patch|delete", text):
            yield Opened(code.unit.name.rpartition(".")[0], name, code.range(decorator))
    if not decorators and _REFUSES.search(code.text(function.child_by_field_name("body"))):
        yield Helper(name)


def decorators_of(definition: Node) -> list[Node]:
    """The decorators of a function or a class, outermost first."""
    around = definition.parent
    if around is None or around.type != "decorated_definition":
        return []
    return [child for child in around.named_children if child.type == "decorator"]


def _plain(code: Code, decorator: Node) -> str:
    return code.spelled(code.text(decorator)).removeprefix("@").strip()


def _asks(decorator: str) -> bool:
    """Whether a decorator asks who is there."""
    return is_guard(decorator) and not _OPEN.search(decorator)


def _declared(code: Code, node: Node) -> Route | None:
    function = node.child_by_field_name("definition")
    if function is None or function.type != "function_definition":
        return None
    owner, path, methods, at, guards = "", "", set[str](), None, []
    for decorator in decorators_of(function):
        text = _plain(code, decorator)
        found = _DECLARED.match(text)
        if found is not None and (OWNER.match(found.group(1)) or _PLACED.match(text)):
            owner, at = found.group(1), at or decorator
            methods |= _methods(found.group(2), text)
            path = (re.search(r"[\"']([^\"']*)[\"']", text) or [""])[0].strip("\"'")
        elif _asks(text):
            guards.append(text)
    if at is None:
        return None
    parameters = code.text(function.child_by_field_name("parameters"))
    wanted = re.findall(r"(?:Depends|Security)\(\s*([\w.]+)", code.spelled(parameters + code.text(at)))
    guards += [f"Depends({name})" for name in wanted if is_guard(name)]
    guards += re.findall(r"\b(?:Current|Auth)\w*User\w*|\b(?:Admin|Current)User\b", code.spelled(parameters))
    name = code.text(function.child_by_field_name("name"))
    return Route(
        owner,
        name,
        bool(methods & CHANGING),
        bool(methods & SOCKETS),
        tuple(guards),
        _ASKS.search(code.text(function.child_by_field_name("body"))) is not None,
        PUBLIC.search(f"{path} {name}") is not None,
        code.range(at),
        code.range(function).start,
        " " * function.start_point.column,
        seen=True,
        path=path,
        calls=frozenset(_CALLED.findall(code.text(function.child_by_field_name("body")))),
        typed=frozenset(_TYPE.findall(parameters)),
    )


def _methods(kind: str, text: str) -> set[str]:
    if kind in {"route", "api_route"}:
        listed = re.search(r"methods\s*=\s*[\[({]([^\])}]*)", text)
        return {word.lower() for word in re.findall(r"\w+", listed.group(1))} if listed is not None else {"get"}
    return {kind}


def _view(code: Code, function: Node) -> Route | None:
    """A function that Django's addresses may name: at the top level, and its first parameter is the request."""
    around = function.parent
    outermost = around.parent if around is not None and around.type == "decorated_definition" else around
    parameters = function.child_by_field_name("parameters")
    first = parameters.named_children[0] if parameters is not None and parameters.named_children else None
    if outermost is None or outermost.type != "module" or first is None:
        return None
    if re.match(r"request\b", code.text(first)) is None or not _DJANGO.search(code.import_lines):
        return None
    decorators = decorators_of(function)
    texts = [_plain(code, decorator) for decorator in decorators]
    if any(_DECLARED.match(text) for text in texts) or any("register" in text for text in texts):
        return None
    name = code.text(function.child_by_field_name("name"))
    body = code.text(function.child_by_field_name("body"))
    title = function.child_by_field_name("name")
    if name.startswith("_") or title is None or "return" not in body:
        return None
    return Route(
        FUNCTION_VIEWS,
        name,
        _CHANGES.search(body) is not None or any(_METHODS.search(text) for text in texts),
        socket=False,
        guards=tuple(text for text in texts if _asks(text)),
        checks=_ASKS.search(body) is not None,
        public=PUBLIC.search(name) is not None,
        at=code.range(decorators[0]) if decorators else code.range(title),
        gap=code.range(decorators[0] if decorators else function).start,
        indent="",
    )


def _class_of_views(code: Code, node: Node) -> Route | None:
    bases = [code.spelled(code.text(child)) for child in _bases(node)]
    changing = any(_CHANGING_BASE.search(base) for base in bases)
    title = node.child_by_field_name("name")
    if title is None or not (changing or any(_VIEW_BASE.search(base) or _SHOWING_BASE.search(base) for base in bases)):
        return None
    texts = [_plain(code, decorator) for decorator in decorators_of(node)]
    body = code.text(node.child_by_field_name("body"))
    allowed = re.search(r"\bpermission_classes\s*=\s*[\[(]([^\])]*)", body)
    guards = [base for base in bases if _GUARDED_BASE.search(base) and not _CHANGING_BASE.search(base)]
    guards += [text for text in texts if _asks(text)]
    if allowed is not None and allowed.group(1).strip() and not _OPEN.search(allowed.group(1)):
        guards.append(f"permission_classes = [{allowed.group(1).strip()}]")
    guards += re.findall(r"\b(?:decorators|dispatch)\s*=\s*\[[^\]\n]*(?:auth|login)[^\]\n]*\]", body)
    name = code.text(title)
    return Route(
        CLASS_VIEWS,
        name,
        changing,
        socket=False,
        guards=tuple(guards),
        checks=CHECKS.search(body) is not None or "get_permissions" in body or allowed is not None,
        public=PUBLIC.search(name) is not None,
        at=code.range(title),
        gap=-1,
        indent="",
    )


def _bases(node: Node) -> list[Node]:
    holder = node.child_by_field_name("superclasses")
    return [child for child in holder.named_children if child.type in {"identifier", "attribute"}] if holder else []


def classes_of(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The classes that a text declares (groups ``name`` and ``bases``), and where each ends: at the next one, or where
    something stands at the margin again."""  # noqa: D205, D209 - one sentence
    found = list(_CLASS.finditer(text)) if "class" in text else []
    for one, end in zip(found, [*(following.start() for following in found), len(text)][1:], strict=True):
        stop = _MARGIN.search(text, one.end(), end)
        yield one, stop.start() if stop is not None else end
