"""Routes of Go servers as they are declared, with what guards them.

Reads `net/http`, gin, echo, fiber, chi and gorilla by their shape. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.routes import PUBLIC, Blanket, Route, is_guard
from leery_analyzers.syntax import walk
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_VERBS = frozenset({"post", "put", "patch", "delete", "get", "head", "options"})
_CHANGING = frozenset({"post", "put", "patch", "delete"})
_HANDLES = frozenset({"Handle", "HandleFunc", "Method", "MethodFunc"})
_CHANGES = re.compile(r"(?i)delete|update|create|edit|remove|transfer|save|admin|\badd|upload|settings|account")
_OWNER = re.compile(
    r"(?i)\w*(?:mux|router|route|engine|app|api|group|server|srv|v\d)\w*|r|e|g|http|public|private|auth\w*|admin\w*"
)
_GROUPED = re.compile(r"\b(\w+)\s*:?=\s*\w+\.Group\(\s*\"[^\"]*\"\s*,([^\n]*)\)")
_USED = re.compile(r"\b(\w+)\.(?:Use|Pre)\(([^\n]*)\)")
_CHECKS = re.compile(
    r"(?i)\b40[13]\b|unauthori[sz]ed|forbidden|authori[sz]|verify|r\.Header\.Get\(\"Authorization|session|claims"
)


def go_routes(code: Code) -> Iterator[Route | Blanket]:
    """The routes that a unit declares, and what guards all of them."""
    text = code.unit.text
    for pattern in (_GROUPED, _USED):
        for found in pattern.finditer(text):
            if is_guard(found.group(2)):
                yield Blanket(found.group(1))
    if code.tree is None:
        return
    for node in walk(code.tree.root):
        if node.type == "call_expression":
            route = _route(code, node)
            if route is not None:
                yield route


def _route(code: Code, call: Node) -> Route | None:
    function, method = call.child_by_field_name("function"), code.method(call)
    owner = code.text(function.child_by_field_name("operand")) if function is not None else ""
    values = code.arguments(call).positional
    verb = method.lower()
    if verb not in _VERBS and method not in _HANDLES:
        return None
    path = code.literal(values[0]) if len(values) > 1 and isinstance(code, GoCode) else None
    if path is None or not re.match(r"(?:[A-Z]+ )?/|\Z", path) or not _OWNER.fullmatch(owner):
        return None
    said = re.match(r"([A-Z]+) ", path)
    named = re.search(r"\A\.Methods\(([^)]*)\)", code.unit.text[code.range(call).end :][:80])
    if said is not None or named is not None:
        verb = (said or named).group(1).lower()  # type: ignore[union-attr] # one of them is there
    handlers = [code.text(value) for value in values[1:]]
    changes = any(word in verb for word in _CHANGING) or (
        verb in {"handle", "handlefunc"} and _CHANGES.search(path) is not None
    )
    guards = [guard for text in handlers if (guard := _guard(text))]
    last = handlers[-1] if not handlers[-1].startswith("func") else ""
    path = path.partition(" ")[2] if said is not None else path
    return Route(
        owner,
        f"{verb.upper()} {path}" if verb not in {"handle", "handlefunc"} else path,
        changes,
        socket=False,
        guards=tuple(guards),
        checks=any(_CHECKS.search(text) is not None for text in handlers if text.startswith("func")),
        public=PUBLIC.search(f"{path} {last}") is not None and not guards,
        at=TextRange(code.range(call).start, code.range(values[0]).end),
        gap=-1,
        indent="",
    )


def _guard(text: str) -> str:
    """What guards a handler: a middleware beside it, or one around it."""
    if text.startswith("func"):
        return ""
    called = re.match(r"([\w.]+)\((?=.)", text)
    name = (
        called.group(1)
        if called is not None
        else text
        if re.fullmatch(r"[\w.]*(?i:auth|guard|require|jwt)\w*", text)
        else ""
    )
    return name if name and name != "http.HandlerFunc" and is_guard(name) else ""
