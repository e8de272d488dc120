"""Every request admitted without a login, in Java.

A rule for all paths that permits everything makes the rules beside it pointless, and a path added later is open without
anybody noticing. The last rule has to be ``anyRequest().authenticated()`` or stricter.

Left alone: rules for some paths, such as ``/login`` or ``/assets/**``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MATCHERS = frozenset({"antMatchers", "requestMatchers", "mvcMatchers", "pathMatchers", "securityMatcher"})
_EVERYTHING = frozenset({"/**", "/*", "**", "*"})
_FOR_FEW = re.compile(
    r"(?i)/?(?:[\w-]+/)*(?:admin|administration|management|internal|actuator|manage)(?:/?\*\*|/\*|/?)$"
)
_MESSAGE = "Everybody may call everything here without a login, also what is added later."


class PermissiveAccessJava(Check):
    """Finds rules of Spring Security that admit everything."""

    summary = "Every request admitted without a login"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025",)
    references = (
        "https://docs.spring.io/spring-security/reference/servlet/authorization/authorize-http-requests.html",
    )
    languages = JAVA
    calls = frozenset({".permitAll", ".ignoring", ".anonymous"})

    VALID = (
        """\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(a -> a
            .requestMatchers("/login", "/assets/**").permitAll()
            .anyRequest().authenticated());
    }
}
""",
        """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.formLogin().loginPage("/login").permitAll();
    }
}
""",
        """\
class A {
    void f(WebSecurity web) {
        web.ignoring().antMatchers("/favicon.ico");
    }
}
""",
        """\
class A {
    void f(Door door) {
        door.permitAll();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.authorizeRequests().anyRequest().permitAll(); // später
    }
}
""",
            at="http.authorizeRequests().anyRequest().permitAll",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.authorizeRequests().anyRequest().authenticated(); // später
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(a -> a.requestMatchers("/**").permitAll());
    }
}
""",
            at='a.requestMatchers("/**").permitAll',
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(a -> a.requestMatchers("/**").authenticated());
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(WebSecurity web) {
        web.ignoring().antMatchers("/**");
    }
}
""",
            at="web.ignoring",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(a -> a.requestMatchers("/", "/admin/**").permitAll().anyRequest().authenticated());
    }
}
""",
            at='"/admin/**"',
            message="Everybody may call this without a login, which looks as if it were for a few.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        if code.method(call) == "ignoring":
            around = call.parent
            if around is not None and around.type == "method_invocation" and _matches_everything(code, around):
                yield Problem(code.called(call), _MESSAGE)
            return
        base, own = call.child_by_field_name("object"), call.child_by_field_name("name")
        if base is None or own is None or base.type != "method_invocation":
            return
        if code.method(base) in {"anyRequest", "anyExchange"} or _matches_everything(code, base):
            other_rules = len(re.findall(r"\.(?:hasRole|hasAuthority|hasAnyRole|authenticated)\(", code.text(call)))
            fix = Fix("Ask for a login", "review", (code.replace(own, "authenticated"),))
            yield Problem(code.called(call), _MESSAGE, fixes=(fix,), severity="medium" if other_rules else None)
        elif code.method(call) == "permitAll" and code.method(base) in _MATCHERS:
            for value in code.arguments(base).positional:
                if _FOR_FEW.match(code.literal(value) or ""):
                    yield Problem(
                        value, "Everybody may call this without a login, which looks as if it were for a few."
                    )


def _matches_everything(code: JavaCode, call: Node) -> bool:
    values = code.arguments(call).positional
    return code.method(call) in _MATCHERS and any(code.literal(value) in _EVERYTHING for value in values)
