"""Cookies that Java's frameworks make in one expression, or write as a header; part of `insecure_cookie_java`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.checks.base import Problem
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.java_code import JavaCode

MAKERS = frozenset({
    "ResponseCookie.from", "ResponseCookie.fromClientResponse", "NewCookie.Builder", "new NewCookie.Builder",
    "new Builder", "new NewCookie", "Cookie.cookie", "new DefaultCookie", "new CookieImpl",
    "Cookie.of", "Cookie.builder",
})  # fmt: skip
"""What makes a cookie that is sent without encryption unless it is told otherwise."""
HEADERS = frozenset({"setHeader", "addHeader", "header", "putHeader", "putSingle"})
_PACKAGES = (
    "org.springframework", "javax.ws", "jakarta.ws", "io.vertx", "io.netty", "io.undertow", "io.micronaut",
)  # fmt: skip
SECURE = "The cookie is sent without encryption too, where anyone on the way can read it."
_TOLD = re.compile(r"(?i)\.(?:set)?(?:is)?secure\s*\(")
_GONE = re.compile(r"(?i)\.(?:set)?max_?age\(\s*(?:0|Duration\.ZERO)|deleteCookie")
_NAME = re.compile(r"\s*[\w.-]+=")
_SENT = re.compile(r"(?i)\bsecure\b")
_FRAMEWORKS = re.compile(r"\bio\.javalin\b|\bimport (?:static )?spark\.")


def built(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``ResponseCookie.from(name, value)….build()``, without a word of encryption anywhere in the method."""
    kind = code.text(call.child_by_field_name("type")) if call.type == "object_creation_expression" else ""
    if code.callee(call) == "new Builder" and kind != "NewCookie.Builder":
        return
    if code.callee(call) == "new NewCookie":
        values = code.arguments(call).positional
        if any(code.text(value) == "true" for value in values) or len(values) not in {1, 2, 5, 6, 7}:
            return
    if kind != "NewCookie.Builder" and code.foreign(call, *_PACKAGES):
        return
    function = code.function(call)
    around = code.text(function if function is not None else code.statement(call) or call)
    if _TOLD.search(around) or _GONE.search(around):
        return
    yield Problem(code.called(call), SECURE, confidence="medium")


def written(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A cookie written as a header, or handed to a framework as a name and a value."""
    values = code.arguments(call).positional
    if code.method(call) == "cookie":
        yield from _handed(code, call, values)
        return
    if len(values) != 2 or not _names_cookie(code, values[0]):
        return
    template = code.template(values[1])
    if _NAME.match(template.text) and not _SENT.search(template.text) and not _is_removal(template.text):
        yield Problem(values[1], SECURE, confidence="medium")


def _handed(code: JavaCode, call: Node, values: tuple[Node, ...]) -> Iterator[Problem]:
    """``ctx.cookie(name, value)`` of Javalin, ``response.cookie(name, value)`` of Spark."""
    base = call.child_by_field_name("object")
    imports = "\n".join(code.unit.imports)
    if base is None or base.type != "identifier" or len(values) < 2 or _FRAMEWORKS.search(imports) is None:
        return
    if any(code.text(value) == "true" for value in values) or values[0].type == "object_creation_expression":
        return
    if next(iter(ancestors(call)), call).type in {"expression_statement", "lambda_expression", "method_invocation"}:
        yield Problem(code.called(call), SECURE, confidence="medium")


def _names_cookie(code: JavaCode, node: Node) -> bool:
    return (code.literal(node) or "").lower() == "set-cookie" or code.text(node).endswith("SET_COOKIE")


def _is_removal(text: str) -> bool:
    return re.search(r"(?i)max-age=0\b|expires=thu, 01", text) is not None
