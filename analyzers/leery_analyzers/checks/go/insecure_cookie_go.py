"""A cookie that is sent without encryption, or that scripts can read, in Go.

A cookie without `Secure` is sent over plain HTTP too, where anyone on the way can read it; one without `HttpOnly` can
be read by any script in the page.

Reported are the settings where they are written as off, and cookies for logins or sessions that are made without them.
Left alone: cookies that are deleted (a negative `MaxAge`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, sets
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_TYPES = re.compile(r"(?:http|fiber|fasthttp|sessions)\.(?:Cookie|Options)")
_SENSITIVE = frozenset(
    {
        "auth",
        "session",
        "token",
        "login",
        "user",
        "jwt",
        "refresh",
        "access",
        "identity",
        "sid",
        "remember",
        "id",
        "oauth",
    }
)
_SECURE = "The cookie is sent without encryption too, where anyone on the way can read it."
_HTTP_ONLY = "Any script in the page can read the cookie, also one that an attacker brought in."
_QUERY = (
    "((composite_literal type: (qualified_type) @type) @literal"
    ' (#any-of? @type "http.Cookie" "fiber.Cookie" "sessions.Options"))\n' + sets("Secure", "HttpOnly", "HTTPOnly")
)


class InsecureCookieGo(Check):
    """Finds cookies that others can read."""

    summary = "A cookie that others can read"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-614", "CWE-1004")
    owasp = ("A02:2025",)
    references = ("https://pkg.go.dev/net/http#Cookie",)
    languages = GO
    calls = frozenset({".SetCookie"})
    query = _QUERY

    VALID = (
        """\
package a

func größe(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: token, Secure: true, HttpOnly: true})
}
""",
        """\
package a

func f(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "", MaxAge: -1})
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request) {
	request, _ := http.NewRequest("GET", address, nil)
	request.AddCookie(&http.Cookie{Name: "theme", Value: "", Path: "/"})
}
""",
        """\
package a

func f(door *Door) {
	door.Secure = false
	box := Box{Secure: false}
	use(box)
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request, token string) {
	cookie := http.Cookie{Name: "session", Value: token, HttpOnly: true}
	cookie.Secure = r.TLS != nil
	http.SetCookie(w, &cookie)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: token, HttpOnly: true}) // neu
}
""",
            at='http.Cookie{Name: "session", Value: token, HttpOnly: true}',
            message=_SECURE,
            fixed=(
                """\
package a

func größe(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: token, HttpOnly: true, Secure: true}) // neu
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(w http.ResponseWriter, token string) {
	cookie := &http.Cookie{
		Name:     "id",
		Value:    token,
		Secure:   true,
		HttpOnly: false,
	}
	http.SetCookie(w, cookie)
}
""",
            at="HttpOnly: false",
            message=_HTTP_ONLY,
            fixed=(
                """\
package a

func f(w http.ResponseWriter, token string) {
	cookie := &http.Cookie{
		Name:     "id",
		Value:    token,
		Secure:   true,
		HttpOnly: true,
	}
	http.SetCookie(w, cookie)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(c *gin.Context, token string) {
	c.SetCookie("token", token, 3600, "/", "", false, true)
}
""",
            at="false",
            message=_SECURE,
            fixed=(
                """\
package a

func f(c *gin.Context, token string) {
	c.SetCookie("token", token, 3600, "/", "", true, true)
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call, one literal or one field."""
        assert isinstance(code, GoCode)
        if (call := found.get("call")) is not None:
            values = code.arguments(call).positional
            if len(values) == 7:
                for value, message in ((values[5], _SECURE), (values[6], _HTTP_ONLY)):
                    if value.type == "false":
                        yield _off(code, value, value, message)
        elif (literal := found.get("literal")) is not None:
            yield from _made(code, literal, code.fields(literal))
        elif found["value"].type == "false" and _of_a_cookie(code, found["set"]):
            message = _SECURE if code.text(found["key"]) == "Secure" else _HTTP_ONLY
            yield _off(code, found["set"], found["value"], message)


def _off(code: GoCode, at: Node, value: Node, message: str) -> Problem:
    fix = Fix("Switch it on", "review", (code.replace(value, "true"),))
    return Problem(at, message, fixes=(fix,), severity="low" if message == _HTTP_ONLY else None)


def _of_a_cookie(code: GoCode, whole: Node) -> bool:
    if whole.type == "assignment_statement":
        return "ookie" in code.text(whole) or "Options" in code.text(whole)
    holder = whole.parent.parent if whole.parent is not None else None
    return holder is not None and _TYPES.fullmatch(code.type_name(holder.child_by_field_name("type"))) is not None


def _made(code: GoCode, literal: Node, fields: Mapping[str, Node]) -> Iterator[Problem]:
    """``http.Cookie{…}`` without ``Secure``, for a cookie that is worth stealing."""
    body = code.text(code.function(literal) or literal)
    age = code.text(fields.get("MaxAge"))
    if not fields or "Secure" in fields or age.startswith("-") or re.search(r"\.Secure\s*=", body):
        return
    name = code.text(fields.get("Name"))
    named = not name or bool(set(words_of(name)) & _SENSITIVE)
    if "Value" in fields and code.literal(fields["Value"]) == "":
        return
    if name or "sessions" in code.text(literal)[:9]:
        last = code.range(list(fields.values())[-1]).end
        inside = code.text(literal)
        text = (
            ", Secure: true"
            if "\n" not in inside
            else f",{code.newline()}{code.indent(list(fields.values())[-1])}Secure: true"
        )
        fix = Fix("Send it encrypted only", "review", (TextEdit(last, last, text),))
        yield Problem(
            literal, _SECURE, fixes=(fix,), confidence="medium" if named else "low", severity=None if named else "low"
        )
