"""A cookie that is sent without encryption, in Java.

A cookie without ``setSecure(true)`` is sent over plain HTTP too, where anyone on the way can read it; one without
``setHttpOnly(true)`` can be read by any script in the page.

Reported are ``setSecure(false)``, ``setHttpOnly(false)``, builders that say so, and a cookie that is given to the
response in the method that makes it without having been made secure there. Left alone: cookies that are deleted
(``setMaxAge(0)``), and those that go elsewhere before they are sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_cookies import HEADERS as _HEADERS
from leery_analyzers.checks.java_cookies import MAKERS as _MAKERS
from leery_analyzers.checks.java_cookies import SECURE as _SECURE
from leery_analyzers.checks.java_cookies import built, written
from leery_analyzers.checks.java_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SETTERS = frozenset({"setSecure", "setHttpOnly", "setUseSecureCookie", "setCookieSecure", "setCookieHttpOnly"})
_BUILDERS = frozenset({"secure", "httpOnly", "cookieSecure", "cookieHttpOnly"})
_PACKAGES = (
    "javax.servlet",
    "jakarta.servlet",
    "io.netty",
    "org.springframework",
    "javax.ws",
    "jakarta.ws",
    "java.net",
)
_KEY = re.compile(r"(?i)session|^j?sid$|token|auth|jwt|remember|login|ticket")
_HTTP_ONLY = "Any script in the page can read the cookie, also one that an attacker brought in."


class InsecureCookieJava(Check):
    """Finds cookies without ``Secure`` or, said so, without ``HttpOnly``."""

    summary = "A cookie that others can read"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-614", "CWE-1004")
    owasp = ("A02:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset({f".{name}" for name in _SETTERS | _BUILDERS | _HEADERS} | {"new Cookie", ".cookie", *_MAKERS})

    VALID = (
        """\
class A {
    void f(HttpServletResponse response) {
        Cookie größe = new Cookie("id", next());
        größe.setSecure(true);
        größe.setHttpOnly(true);
        response.addCookie(größe);
    }
}
""",
        """\
class A {
    void logout(HttpServletResponse response) {
        Cookie cookie = new Cookie("id", "");
        cookie.setMaxAge(0);
        response.addCookie(cookie);
    }
}
""",
        """\
class A {
    Cookie f() {
        Cookie cookie = new Cookie("id", next());
        return harden(cookie);
    }
}
""",
        """\
class A {
    void f(Door door) {
        door.setSecure(false);
    }
}
""",
        """\
import com.example.bakery.Cookie;

class A {
    void f(Plate response) {
        Cookie cookie = new Cookie("oat", 3);
        response.addCookie(cookie);
    }
}
""",
        """\
class A {
    void f(HttpServletRequest request, Cookie cookie) {
        cookie.setSecure(request.isSecure());
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void f(HttpServletResponse response) {
        Cookie größe = new Cookie("SESSION", next()); // neu
        größe.setHttpOnly(true);
        response.addCookie(größe);
    }
}
""",
            at="new Cookie",
            message=_SECURE,
            fixed=(
                """\
class A {
    void f(HttpServletResponse response) {
        Cookie größe = new Cookie("SESSION", next()); // neu
        größe.setHttpOnly(true);
        größe.setSecure(true);
        response.addCookie(größe);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(HttpServletResponse response) {
        javax.servlet.http.Cookie cookie = new javax.servlet.http.Cookie("id", next());
        cookie.setSecure(false);
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
    }
}
""",
            at="cookie.setSecure(false)",
            message=_SECURE,
            fixed=(
                """\
class A {
    void f(HttpServletResponse response) {
        javax.servlet.http.Cookie cookie = new javax.servlet.http.Cookie("id", next());
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    ResponseCookie f() {
        return ResponseCookie.from("id", next()).secure(true).httpOnly(false).build();
    }
}
""",
            at='ResponseCookie.from("id", next()).secure(true).httpOnly(false)',
            message=_HTTP_ONLY,
            fixed=(
                """\
class A {
    ResponseCookie f() {
        return ResponseCookie.from("id", next()).secure(true).httpOnly(true).build();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(HttpServletResponse response) {
        response.addCookie(new Cookie("id", next()));
    }
}
""",
            at="new Cookie",
            message=_SECURE,
        ),
        Invalid(
            code="""\
class A {
    void f(HttpServletResponse response) {
        Cookie größe = new Cookie("auth_token", next());
        größe.setSecure(true);
        response.addCookie(größe);
    }
}
""",
            at="new Cookie",
            message=_HTTP_ONLY,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        if call.type == "object_creation_expression" and code.callee(call) == "new Cookie":
            if not code.foreign(call, *_PACKAGES):
                yield from _made(code, call)
            return
        value, method = code.arguments(call).get(0), code.method(call)
        if code.callee(call) in _MAKERS:
            yield from built(code, call)
            return
        if method in _HEADERS or method == "cookie":
            yield from written(code, call)
            return
        if value is None or not is_word(code, value, "false") or not _of_a_cookie(code, call):
            return
        if _is_taken_back(code, call, method):
            return
        fix = Fix("Switch it on", "review", (code.replace(value, "true"),))
        http_only = "only" in method.lower()
        yield Problem(call, _HTTP_ONLY if http_only else _SECURE, fixes=(fix,), severity="low" if http_only else None)


def _is_taken_back(code: JavaCode, call: Node, method: str) -> bool:
    """Whether the same setting of the same cookie is switched on later in the method."""
    function, base = code.function(call), call.child_by_field_name("object")
    if function is None or base is None or method not in _SETTERS:
        return False
    after = code.text(function)[code.range(call).end - code.range(function).start :]
    return re.search(rf"\b{re.escape(code.text(base))}\.{method}\(\s*true\s*\)", after) is not None


def _of_a_cookie(code: JavaCode, call: Node) -> bool:
    base = call.child_by_field_name("object")
    if base is None:
        return False
    kind, text = code.type_of(base), code.text(base)
    if "ookie" in kind:
        return not code.foreign(call, *_PACKAGES)
    return not kind and "cookie" in text.lower()


def _made(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``new Cookie(name, value)``."""
    around, function = call.parent, code.function(call)
    body = code.text(function)
    if around is None or len(code.arguments(call).positional) != 2:
        return
    if around.type == "argument_list":
        holder = around.parent
        if holder is not None and code.method(holder) == "addCookie":
            yield Problem(code.called(call), _SECURE)
        return
    name = code.text(around.child_by_field_name("name") or around.child_by_field_name("left"))
    use = re.escape(name)
    if not name or re.search(rf"\b{use}\.setMaxAge\(\s*0\s*\)", body):
        return
    secure, http_only = (re.search(rf"\b{use}\.{word}\(", body) is not None for word in ("setSecure", "setHttpOnly"))
    if secure and (http_only or not _is_a_key(code, call)):
        return
    sent = re.search(rf"\baddCookie\(\s*{use}\s*\)", body)
    if sent is None or re.search(rf"(?<!addCookie)\(\s*{use}\s*[,)]|,\s*{use}\s*[,)]", body):
        return
    if secure:
        yield Problem(code.called(call), _HTTP_ONLY, severity="low", confidence="medium")
    else:
        yield Problem(code.called(call), _SECURE, fixes=_secured(code, call, name))


def _is_a_key(code: JavaCode, call: Node) -> bool:
    """Whether a cookie's name says that whoever has it gets in."""
    name = code.arguments(call).get(0)
    return name is not None and _KEY.search(code.literal(name) or "") is not None


def _secured(code: JavaCode, call: Node, name: str) -> tuple[Fix, ...]:
    """Make it secure right before it is sent."""
    statement = code.statement(call)
    following = statement.next_named_sibling if statement is not None else None
    while following is not None:
        if re.fullmatch(rf"[\w.()]*\baddCookie\(\s*{re.escape(name)}\s*\);", code.text(following)):
            text = f"{name}.setSecure(true);{code.newline()}{code.indent(following)}"
            return (Fix("Send it encrypted only", "review", (code.insert(following.start_byte, text),)),)
        following = following.next_named_sibling
    return ()
