"""Routes of Java servers that are declared by calls, with what guards them: Vert.x, Javalin, Spark.

Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.routes import CHANGING, PUBLIC, Helper, Route, is_guard
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

FLUENT = re.compile(r"\b(?:[gG]et|post|put|patch|delete)\s*\(\s*\"/|\b(?:RoutingContext|Context|Request)\s+\w+")
"""What is in every unit that declares such routes, or holds what they call."""
_DECLARES = re.compile(r"(?:[gG]et|post|put|patch|delete)\s*\(\s*\"/")
_VERBS = CHANGING | {"get"}
_ADDED = frozenset({"handler", "blockingHandler", "consumes", "produces", "failureHandler", "order", "setName"})
_HANDLERS = frozenset({"handler", "blockingHandler"})
_ROLE = re.compile(r"(?:\w+\.)*(?:\w*Roles?\.\w+|ADMIN\w*|STAFF|OWNER|EDITOR|MANAGER|LOGGED_IN|AUTHENTICATED|USER)\b")
_ASKS = re.compile(
    r"\b40[13]\b|UNAUTHORI[SZ]ED|FORBIDDEN|(?:Unauthorized|Forbidden)Response|\bhalt\(\s*40[13]|"
    r"\b(?:require|check|assert|ensure|verify)\w*(?:Admin|Auth|Role|Access|User|Permission|Owner|Login)\w*\(|isAdmin\("
)
_NAMED = re.compile(r"[\w.]*::(\w+)")


def fluent_routes(code: Code) -> Iterator[Route | Helper]:
    """The routes that a unit declares, and its methods that ask who is there."""
    if code.tree is None or not isinstance(code, JavaCode):
        return
    if _DECLARES.search(code.unit.text) is None and _ASKS.search(code.unit.text) is None:
        return
    for node in code.tree.of_kinds("method_declaration"):
        body = node.child_by_field_name("body")
        if body is not None and _ASKS.search(code.text(body)):
            yield Helper(code.text(node.child_by_field_name("name")))
    for call in code.tree.of_kinds("method_invocation"):
        route = _route(code, call)
        if route is not None:
            yield route


def _route(code: JavaCode, call: Node) -> Route | None:
    verb, values = code.method(call), code.arguments(call).positional
    path = code.literal(values[0]) if verb in _VERBS and values else None
    if path is None or not path.startswith("/"):
        return None
    handlers, roles = values[1:2], [code.text(value) for value in values[2:]]
    here = call
    while (parent := here.parent) is not None and parent.type == "method_invocation" and code.method(parent) in _ADDED:
        if code.method(parent) in _HANDLERS:
            handlers += code.arguments(parent).positional[:1]
        here = parent
    if not handlers:
        return None
    *before, last = (code.text(handler) for handler in handlers)
    guards = [text for text in before if is_guard(text)] + [text for text in roles if _ROLE.fullmatch(text)]
    named = _NAMED.fullmatch(last)
    owner = code.text(call.child_by_field_name("object")) or "(routes)"
    return Route(
        owner,
        f"{verb.upper()} {path}",
        verb in CHANGING,
        socket=False,
        guards=tuple(guards),
        checks=named is None and _ASKS.search(last) is not None,
        public=PUBLIC.search(f"{path} {last if named is not None else ''}") is not None and not guards,
        at=TextRange(code.range(call).start, code.range(values[0]).end),
        gap=-1,
        indent="",
        path=path,
        calls=frozenset({named[1]}) if named is not None else frozenset(),
    )
