"""Every site may call this one with the visitor's cookies, in Go.

An answer that allows any origin together with credentials lets each page that somebody visits read this site's data in
their name. The origins that are meant have to be listed.

Without credentials any origin is reported with low severity: the data may be public.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CREDENTIALS = re.compile(r"AllowCredentials\s*[:=]\s*true|Allow-Credentials\"\s*,\s*\"true\"|AllowCredentials\(\)")
_ORIGIN = re.compile(r"\.Header\.Get\(\"Origin\"\)|GetHeader\(\"Origin\"\)|\.Get\(\"Origin\"\)")
_CHECKED = re.compile(r"(?i)allowed|HasSuffix\(|slices\.Contains|whitelist|isOrigin|valid|origin\s*==|switch\s+origin")
_WITH = "Every site that somebody visits can call this one with their cookies and read the answer."
_WITHOUT = "Every site that somebody visits can read these answers."


class CorsAnyOriginGo(Check):
    """Finds answers that any origin may read."""

    summary = "Any origin may read the answers"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-942", "CWE-346")
    owasp = ("A02:2025",)
    references = ("https://developer.mozilla.org/docs/Web/HTTP/CORS",)
    languages = GO
    calls = frozenset({".Set", ".Add", ".Header"})
    query = sets("AllowAllOrigins", "AllowedOrigins", "AllowOrigins", "AllowOriginFunc", "CheckOrigin")

    VALID = (
        """\
package a

func größe() cors.Config {
	return cors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowCredentials: true}
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if allowed[origin] {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}
""",
        """\
package a

func f(values url.Values) {
	values.Set("origin", "*")
	values.Add("Access", "*")
}
""",
        """\
package a

func f() Options {
	return Options{AllowOriginFunc: func(origin string) bool { return origin == home }}
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // alle
	w.Header().Set("Access-Control-Allow-Credentials", "true")
}
""",
            at='r.Header.Get("Origin")',
            message=_WITH,
        ),
        Invalid(
            code="""\
package a

func f() cors.Options {
	return cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}
}
""",
            at='AllowedOrigins: []string{"*"}',
            message=_WITH,
        ),
        Invalid(
            code="""\
package a

func f(w http.ResponseWriter) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
}
""",
            at='"*"',
            message=_WITHOUT,
        ),
        Invalid(
            code="""\
package a

var upgrader = websocket.Upgrader{
	CheckOrigin: func(r *http.Request) bool { return true },
}
""",
            at="CheckOrigin: func(r *http.Request) bool { return true }",
            message="Every site that somebody visits can open this socket with their cookies.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one field."""
        assert isinstance(code, GoCode)
        if (call := found.get("call")) is not None:
            yield from _header(code, call)
            return
        key, value, whole = code.text(found["key"]), found["value"], found["set"]
        text = code.text(value)
        always = re.search(r"\{\s*return true;?\s*\}\s*\Z", text) is not None and value.type == "func_literal"
        if key == "CheckOrigin" and always:
            message = "Every site that somebody visits can open this socket with their cookies."
            yield Problem(whole, message, severity="medium", confidence="medium")
        elif (key == "AllowAllOrigins" and text == "true") or (key == "AllowOriginFunc" and always) or '"*"' in text:
            yield _problem(code, whole)


def _header(code: GoCode, call: Node) -> Iterator[Problem]:
    values = code.arguments(call).positional
    if len(values) != 2 or (code.literal(values[0]) or "").lower() != "access-control-allow-origin":
        return
    body = code.text(code.function(call) or call)
    if code.literal(values[1]) == "*" or (
        _is_echo(code, values[1]) and not _CHECKED.search(body.replace("Access-Control-Allow", ""))
    ):
        yield _problem(code, values[1])


def _is_echo(code: GoCode, value: Node) -> bool:
    if code.guarded(code.text(value), value.start_byte):
        return False
    if value.type != "identifier":
        return _ORIGIN.search(code.text(value)) is not None
    values = code.last_values(value)
    return any(b.value is not None and _ORIGIN.search(code.text(b.value)) for b in values)


def _problem(code: GoCode, at: Node) -> Problem:
    if _CREDENTIALS.search(code.source):
        return Problem(at, _WITH)
    return Problem(at, _WITHOUT, severity="low", confidence="medium")
