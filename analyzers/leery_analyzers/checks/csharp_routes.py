"""Routes of ASP.NET applications as they are declared, with what guards them.

Reads controllers' actions and ``MapGet``-like calls by their shape. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.routes import PUBLIC, Blanket, Route
from leery_analyzers.syntax import ancestors, walk
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code

_GUARD = re.compile(r"[\[,]\s*((?:\w*Authorize\w*|RequiresClaim|ApiKey\w*|\w+Auth(?:Filter)?)(?:\([^()]*\))?)\s*[\],]")
_VERBS = re.compile(r"\bHttp(Post|Put|Patch|Delete|Get|Head|Options)\b")
_CHANGING = frozenset({"Post", "Put", "Patch", "Delete"})
_MAPPED = re.compile(r"Map(Post|Put|Patch|Delete|Get)")
_ASKED = re.compile(
    r"RequireAuthorization\([^()]*\)|\[Authorize[^\]]*\]|AddEndpointFilter<\w*Auth\w*>\(\)|AllowAnonymous\(\)"
)
_CHECKS = re.compile(
    r"IsAuthenticated|IsInRole|Forbid\(|Unauthorized\(|AuthorizeAsync|User\.Identity|User\.Find|User\.Claims|GetUserId"
    r"|ClaimTypes|ValidateToken|SignInManager|ApiKey|StatusCode\(40[13]"
)


def csharp_routes(code: Code) -> Iterator[Route | Blanket]:
    """The routes that a unit declares, and what guards all of them."""
    if code.tree is None:
        return
    text = code.unit.text
    for found in re.finditer(r"\b(\w+)\s*=\s*\w+\.MapGroup\([^;]*RequireAuthorization\(", text):
        yield Blanket(found.group(1))
    for node in walk(code.tree.root):
        if node.type == "method_declaration":
            yield from _action(code, node)
        elif node.type == "invocation_expression":
            yield from _mapped(code, node)


def _action(code: Code, method: Node) -> Iterator[Route | Blanket]:
    place = code.range(method)
    holder = next((around for around in ancestors(method) if around.type == "class_declaration"), None)
    if holder is None or place.start < 0:
        return
    owner = code.text(holder.child_by_field_name("name"))
    listed = code.text(holder).partition("{")[0]
    if "Controller" not in listed:
        return
    if _GUARD.search(listed.partition("class ")[0]):
        yield Blanket(owner)
    head = code.text(method).partition(code.text(method.child_by_field_name("body")) or "\0")[0]
    attributes = "".join(code.text(child) for child in method.named_children if child.type == "attribute_list")
    name = code.text(method.child_by_field_name("name"))
    verbs = set(_VERBS.findall(attributes))
    if not verbs or "NonAction" in attributes or "public" not in head:
        return
    guards = tuple(f"[{found}]" for found in _GUARD.findall(attributes))
    own = method.child_by_field_name("name")
    end = code.range(own).end if own is not None else place.end
    open_to_all = "AllowAnonymous" in attributes or PUBLIC.search(f"{name} {attributes}") is not None
    yield Route(
        owner,
        name,
        bool(verbs & _CHANGING),
        socket=False,
        guards=guards,
        checks=_CHECKS.search(code.text(method.child_by_field_name("body"))) is not None,
        public=open_to_all,
        at=TextRange(end - len(name), end),
        gap=place.start,
        indent=" " * method.start_point.column,
    )


def _mapped(code: Code, call: Node) -> Iterator[Route]:
    """``app.MapPost("/path", handler).RequireAuthorization()``."""
    function = call.child_by_field_name("function")
    owner = function.child_by_field_name("expression") if function is not None else None
    verb = _MAPPED.fullmatch(code.method(call))
    values = code.arguments(call).positional
    if verb is None or owner is None or owner.type != "identifier" or len(values) < 2:
        return
    whole = call
    while whole.parent is not None and whole.parent.type in {"member_access_expression", "invocation_expression"}:
        whole = whole.parent
    handler, after = code.text(values[1]), code.text(whole)[len(code.text(call)) :]
    found = _ASKED.findall(f"{after} {handler.partition('=>')[0]}")
    path = code.text(values[0]).strip('"')
    yield Route(
        code.text(owner),
        f"{verb.group(1).upper()} {path}",
        verb.group(1) in _CHANGING,
        socket=False,
        guards=tuple(guard for guard in found if "Anonymous" not in guard),
        checks=_CHECKS.search(handler) is not None,
        public="AllowAnonymous()" in found
        or PUBLIC.search(f"{path} {handler if values[1].type == 'identifier' else ''}") is not None,
        at=TextRange(code.range(call).start, code.range(values[0]).end),
        gap=code.range(call).end,
        indent="",
    )
