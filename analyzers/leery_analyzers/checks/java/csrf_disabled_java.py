"""Protection against forged requests switched off, in Java.

Without it another site can let a logged-in person's browser send requests here, with the person's cookies. Only an
interface that knows its callers by a header, never by a cookie, does without.

The confidence is low where the same configuration keeps no session, or reads tokens from a header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.fixes.arguments import whole_lines
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_OFF = re.compile(
    r"\w+\s*->\s*\w+\s*\.\s*disable\(\)|[\w.<>?]+::disable|\w+\s*->\s*\{\s*\w+\.disable\(\);\s*\}|"
    r"\w+\s*->\s*\w+\s*\.\s*ignoring(?:RequestMatchers|AntMatchers)\(\s*\"/?\*\*\"\s*\)"
)
_IGNORED = re.compile(r"ignoring(?:RequestMatchers|AntMatchers)\(\s*([^()]*(?:\([^()]*\))?[^()]*)\)")
_LEAVES_OUT = frozenset({"ignoringRequestMatchers", "ignoringAntMatchers"})
_BY_PEOPLE = re.compile(
    r"(?i)transfer|payment|/pay\b|payee|account|profile|password|e-?mail|orders?\b|cart\b|admin|settings|users?\b|delete"
    r"|update|checkout|bank|withdraw|address|cards?\b|comments?\b|posts?\b|forms?\b|wallet|subscription|invite|vote"
)
_BY_MACHINES = re.compile(
    r"(?i)hook|callback|notif|/api\b|ipn|webhook|/internal|actuator|machine|stripe|paypal|token|oauth|saml|h2-console"
    r"|/ws\b|/rpc|ingest|metric|public|report"
)
_EVERYTHING = re.compile(r"\"/?\*\*\"")
_NO_COOKIES = re.compile(r"STATELESS|oauth2ResourceServer|[jJ]wt\w*Filter|NoOpServerSecurityContextRepository")
_STATELESS = re.compile(
    r"STATELESS[\s\S]*(?:oauth2ResourceServer|[jJ]wt|httpBasic|[bB]earer|[aA]pi_?[kK]ey)"
    r"|(?:oauth2ResourceServer|[jJ]wt)[\s\S]*STATELESS"
)
"""A configuration that keeps no session and knows its callers by a header."""
_MESSAGE = "Another site can let a logged-in person's browser send requests here."


class CsrfDisabledJava(Check):
    """Finds Spring Security's protection against forged requests switched off."""

    summary = "Protection against forged requests switched off"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    references = ("https://docs.spring.io/spring-security/reference/features/exploits/csrf.html",)
    languages = JAVA
    calls = frozenset({".csrf", *(f".{name}" for name in _LEAVES_OUT)})

    VALID = (
        """\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()));
    }
}
""",
        """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.formLogin().disable().csrf();
    }
}
""",
        """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/hooks/**"));
    }
}
""",
        """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/webhooks/payments", "/api/**"));
    }
}
""",
        """\
class A {
    void f(Form form) {
        form.csrf("token").disable();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/**"));
    }
}
""",
            at='http.csrf(csrf -> csrf.ignoringRequestMatchers("/**"))',
            message=_MESSAGE,
            fixed=("class A {\n    void größe(HttpSecurity http) throws Exception {\n    }\n}\n",),
        ),
        Invalid(
            code="""\
class A {
    private static final String[] FORMS = {"/transfers/**", "/größe"};

    void f(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers(FORMS));
    }
}
""",
            at="ignoringRequestMatchers(«FORMS»",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.csrf().disable().authorizeRequests().anyRequest().authenticated();
    }
}
""",
            at="http.csrf().disable()",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.authorizeRequests().anyRequest().authenticated();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    SecurityFilterChain f(HttpSecurity http) throws Exception {
        http
            .csrf(csrf -> csrf.disable()) // später
            .formLogin(withDefaults());
        return http.build();
    }
}
""",
            at=""".csrf(csrf -> csrf.disable())""",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    SecurityFilterChain f(HttpSecurity http) throws Exception {
        http // später
            .formLogin(withDefaults());
        return http.build();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(HttpSecurity http) throws Exception {
        http.csrf(AbstractHttpConfigurer::disable);
        http.formLogin();
    }
}
""",
            at="http.csrf(AbstractHttpConfigurer::disable)",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.formLogin();
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        values, around = code.arguments(call).positional, call.parent
        if code.method(call) in _LEAVES_OUT:
            yield from _left_out(code, values)
            return
        if not values:
            if around is None or around.type != "method_invocation" or code.method(around) != "disable":
                return
            call = around
        elif not _OFF.fullmatch(code.text(values[0])) and not _ignores_all(code, values[0]):
            return
        if _STATELESS.search(code.source):
            return
        place = code.range(call)
        base = call.child_by_field_name("object")
        if not values and base is not None:
            base = base.child_by_field_name("object")
        if base is not None:
            end = code.range(base).end
            gap = len(code.unit.text[end : place.end]) - len(code.unit.text[end : place.end].lstrip())
            start = end + gap if re.search(r"[\r\n]", code.unit.text[end : end + gap]) else place.start
            at = TextRange(start, place.end)
        else:
            at = place
        confidence: Level | None = "low" if _NO_COOKIES.search(code.source) else None
        yield Problem(at, _MESSAGE, fixes=_kept(code, call, base), confidence=confidence)


def _ignores_all(code: JavaCode, value: Node) -> bool:
    """Whether the paths that are left out are all, by a constant or by a matcher."""
    found = _IGNORED.search(code.text(value))
    if found is None:
        return False
    name = found[1]
    if '"' in name:
        return _EVERYTHING.search(name) is not None
    return re.search(rf"\b{re.escape(name)}\s*=\s*[^;]*\"/?\*\*\"", code.source) is not None


def _left_out(code: JavaCode, values: Sequence[Node]) -> Iterator[Problem]:
    """Paths that are left out although people with a browser send changes there."""
    if _STATELESS.search(code.source) or _NO_COOKIES.search(code.source):
        return
    for value in values:
        known = [code.text(item.value) for item in code.last_values(value) if item.value is not None]
        written = " ".join([code.text(value), code.written(value), *known])
        paths = re.findall(r"\"([^\"]*)\"", written)
        if any(_BY_PEOPLE.search(path) and not _BY_MACHINES.search(path) for path in paths):
            yield Problem(value, _MESSAGE, confidence="medium")


def _kept(code: JavaCode, call: Node, base: Node | None) -> tuple[Fix, ...]:
    """Take the call out of its chain, or its statement out of the method."""
    around = call.parent
    if base is None or around is None:
        return ()
    place = code.range(call)
    if around.type == "expression_statement" and base.type == "identifier":
        whole = code.range(around)
        edit = whole_lines(code.unit.text, TextEdit(whole.start, whole.end, ""))
    else:
        edit = TextEdit(code.range(base).end, place.end, "")
    return (Fix("Keep the protection", "review", (edit,)),)
