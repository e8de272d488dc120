"""A cookie that is sent without encryption, or that scripts can read, in C#.

A cookie without ``Secure`` is sent over plain HTTP too, where anyone on the way can read it; one without ``HttpOnly``
can be read by any script in the page.

Reported are the settings where they are written as off, and cookies for logins or sessions that are made without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_word
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OPTIONS = frozenset({"new CookieOptions", "new HttpCookie"})
_SENSITIVE = frozenset(
    {"auth", "session", "token", "login", "user", "jwt", "refresh", "access", "identity", "sid", "remember"}
)
_SECURE = "The cookie is sent without encryption too, where anyone on the way can read it."
_HTTP_ONLY = "Any script in the page can read the cookie, also one that an attacker brought in."


class InsecureCookieCsharp(Check):
    """Finds cookies that others can read."""

    summary = "A cookie that others can read"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-614", "CWE-1004")
    owasp = ("A02:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5382",)
    languages = CSHARP
    calls = _OPTIONS | {".Append"}
    query = sets("Secure", "HttpOnly", "SecurePolicy", "CookieSecure", "RequireSsl", "RequireSSL")

    VALID = (
        """\
class Größe {
    void F(HttpResponse response, string token) {
        response.Cookies.Append("auth", token, new CookieOptions { Secure = true, HttpOnly = true });
    }
}
""",
        """\
class A {
    void F(Door door) {
        door.Secure = false;
    }
}
""",
        """\
class A {
    void F(StringBuilder builder, HttpResponse response) {
        builder.Append("session", token);
        response.Cookies.Append("theme", "dark");
    }
}
""",
        """\
class A {
    void F(HttpRequest request, string token) {
        var options = new CookieOptions { HttpOnly = true };
        options.Secure = request.IsHttps;
        response.Cookies.Append("auth", token, options);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
var options = new CookieOptions { Path = "/größe" };
Response.Cookies.Append("session", token, options);
""",
            at="new CookieOptions",
            message=_SECURE,
            fixed=(
                """\
var options = new CookieOptions { Path = "/größe", Secure = true };
Response.Cookies.Append("session", token, options);
""",
            ),
        ),
        Invalid(
            code="""\
class Größe {
    void F(HttpResponse response, string token) {
        response.Cookies.Append("auth", token, new CookieOptions { Secure = false, HttpOnly = true }); // später
    }
}
""",
            at="Secure = false",
            message=_SECURE,
            fixed=(
                """\
class Größe {
    void F(HttpResponse response, string token) {
        response.Cookies.Append("auth", token, new CookieOptions { Secure = true, HttpOnly = true }); // später
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(HttpResponse response, string token) {
        response.Cookies.Append("session-token", token);
    }
}
""",
            at="response.Cookies.Append",
            message=_SECURE,
            fixed=(
                """\
class A {
    void F(HttpResponse response, string token) {
        response.Cookies.Append("session-token", token, new CookieOptions { HttpOnly = true, Secure = true });
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(string token) {
        var options = new CookieOptions { HttpOnly = true, Expires = Tomorrow };
        Response.Cookies.Append("auth", token, options);
    }
}
""",
            at="new CookieOptions",
            message=_SECURE,
            fixed=(
                """\
class A {
    void F(string token) {
        var options = new CookieOptions { HttpOnly = true, Expires = Tomorrow, Secure = true };
        Response.Cookies.Append("auth", token, options);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F(IServiceCollection services) {
        services.AddSession(options => { options.Cookie.HttpOnly = false; });
    }
}
""",
            at="options.Cookie.HttpOnly = false",
            message=_HTTP_ONLY,
            fixed=(
                """\
class A {
    void F(IServiceCollection services) {
        services.AddSession(options => { options.Cookie.HttpOnly = true; });
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        if call is None:
            yield from _set(code, found)
        elif code.callee(call) in _OPTIONS:
            yield from _made(code, call)
        elif re.search(r"\.Cookies[!?]?$", code.text(code.receiver(call))):
            values = code.arguments(call).positional
            if len(values) == 2 and set(words_of(code.text(values[0]))) & _SENSITIVE:
                at = code.range(values[1]).end
                edit = TextEdit(at, at, ", new CookieOptions { HttpOnly = true, Secure = true }")
                yield Problem(code.called(call), _SECURE, fixes=(Fix("Protect the cookie", "review", (edit,)),))


def _set(code: CSharpCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    key, value, whole = code.text(found["key"]), found["value"], found["set"]
    if key in {"SecurePolicy", "CookieSecure"}:
        if code.text(value).endswith(("CookieSecurePolicy.None", "CookieSecureOption.Never")):
            fix = Fix("Send it encrypted only", "review", (code.replace(value, "CookieSecurePolicy.Always"),))
            yield Problem(whole, _SECURE, fixes=(fix,) if key == "SecurePolicy" else ())
        return
    if not is_word(code, value, "false") or not _of_a_cookie(code, whole):
        return
    fix = Fix("Switch it on", "review", (code.replace(value, "true"),))
    http_only = key == "HttpOnly"
    yield Problem(whole, _HTTP_ONLY if http_only else _SECURE, fixes=(fix,), severity="low" if http_only else None)


def _of_a_cookie(code: CSharpCode, assignment: Node) -> bool:
    left, around = assignment.child_by_field_name("left"), assignment.parent
    if left is not None and left.type == "member_access_expression":
        base = left.child_by_field_name("expression")
        return base is not None and "ookie" in f"{code.text(base)} {code.type_of(base)}"
    holder = around.parent if around is not None and around.type == "initializer_expression" else None
    return holder is not None and "ookie" in code.callee(holder)


def _made(code: CSharpCode, call: Node) -> Iterator[Problem]:
    """``new CookieOptions { … }`` without ``Secure``, for a cookie that is worth stealing."""
    given = code.initial(call)
    function = code.function(call)
    body = code.text(function) if function is not None else code.source
    if "Secure" in given or re.search(r"\bSecure\s*=", body) or re.search(r"\.Delete\(|AddDays\(-", body):
        return
    if not set(words_of(" ".join(re.findall(r'"([^"]*)"', body)))) & _SENSITIVE:
        return
    fixes: tuple[Fix, ...] = ()
    if given:
        last = code.range(list(given.values())[-1]).end
        fixes = (Fix("Send it encrypted only", "review", (TextEdit(last, last, ", Secure = true"),)),)
    yield Problem(code.called(call), _SECURE, fixes=fixes, confidence="medium")
