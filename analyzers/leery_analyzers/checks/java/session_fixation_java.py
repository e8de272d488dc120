"""A session that keeps its identifier through the login, in Java.

Who plants an identifier in a browser before the login has the session after it. So a login has to change the identifier
(``request.changeSessionId()``), or to begin a new session.

Reported are Spring Security's protection switched off (``sessionFixation().none()``), a person put into a session that
existed before, in a method that checks a password, and a session's cookie whose value the request brought.
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

_WHO = re.compile(
    r"(?i)^[\"']?(?:current|logged_?in_?|auth(?:enticated)?_?|session_?|attr_?)*_?(?:user(?:_?name|_?id)?|account(?:_?id)?|"
    r"principal|login|logged_?in|authenticated|is_?authenticated|admin|"
    r"(?:member|customer|staff|employee|operator|student|teacher|patient|doctor|player|person|subject|owner)"
    r"(?:_?(?:id|name))?|is_?admin|role|uid|email|auth)(?:_?(?:key|attr|attribute))?[\"']?$|SPRING_SECURITY_CONTEXT(?:_KEY)?[\"']?$"
)
_PASSWORD = re.compile(
    r"(?i)password|passwd|\bpwd\b|authenticate\(|credential|checkLogin|\.login\(|verifyUser|validateUser|\botp\b|totp|"
    r"\.matches\(|\.verify\w*\(|checkpw\(|isValid(?:User|Login)?\("
)
_LOGIN = re.compile(r"(?i)(?:log|sign)_?-?(?:in|on)(?![a-z])|authenticat|(?-i:Log[Ii]n|Sign[Ii]n)")
_RENEWED = re.compile(
    r"changeSessionId|\.invalidate\(|migrateSession|newSession|SessionFixation|sessionRegenerate|\.onAuthentication\(|"
    r"(?i:(?:renew|rotate|regenerate|refresh|fresh|reset|replace|restart|recreate|invalidate)\w*(?:session\w*)?\()"
)
_SESSION_NAME = re.compile(r"(?i)^[\"'](?:j?session(?:_?id)?|sid|sess|jsessionid)[\"']$")
_KEY_AND_VALUE = 2
_FROM_REQUEST = re.compile(r"\bgetParameter\(|\bgetHeader\(|\bgetQueryString\(")
_OFF = "The session keeps its identifier through the login, so who planted it has the session."
_KEPT = "Nothing changes the session's identifier at this login, so who planted it has the session."
_GIVEN = "The session's identifier comes from the request, so who made the request decides on it."


class SessionFixationJava(Check):
    """Finds logins that keep a session's identifier."""

    summary = "A session that keeps its identifier through the login"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-384",)
    owasp = ("A07:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset({".none", ".setAttribute", ".putValue", "new Cookie", "new NullAuthenticatedSessionStrategy"})
    query = """
    (method_reference (_) (identifier) @name (#eq? @name "none")) @reference
    """

    VALID = (
        """\
class A {
    @PostMapping("/password")
    String change(@RequestParam String password, HttpSession session) {
        User größe = (User) session.getAttribute("user");
        größe.setPassword(encoder.encode(password));
        session.setAttribute("user", users.save(größe));
        return "ok";
    }
}
""",
        """\
class A {
    void login(HttpServletRequest request) {
        User größe = users.authenticate(request.getParameter("name"), request.getParameter("password"));
        request.changeSessionId();
        request.getSession().setAttribute("user", größe);
    }
}
""",
        """\
class A {
    void count(HttpServletRequest request) {
        request.getSession().setAttribute("views", 1);
    }
}
""",
        """\
class A {
    void f(HttpSecurity http) throws Exception {
        http.sessionManagement(s -> s.sessionFixation(f -> f.migrateSession()));
    }
}
""",
        """\
class A {
    boolean f(Stream<Page> pages) {
        return pages.none();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    @PostMapping("/login")
    String login(@RequestParam String name, @RequestParam String password, HttpSession session) {
        User größe = users.findByName(name);
        if (größe == null || !encoder.matches(password, größe.getHash())) {
            return "login";
        }
        session.setAttribute("userId", größe.getId());
        return "redirect:/";
    }
}
""",
            at="session.setAttribute",
            message=_KEPT,
        ),
        Invalid(
            code="""\
class A {
    void f(HttpSecurity http) throws Exception {
        http.sessionManagement(größe -> größe.sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()));
    }
}
""",
            at="new NullAuthenticatedSessionStrategy()",
            message=_OFF,
        ),
        Invalid(
            code="""\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.sessionManagement().sessionFixation().none();
    }
}
""",
            at="http.sessionManagement().sessionFixation().none",
            message=_OFF,
            fixed=(
                """\
class A {
    void größe(HttpSecurity http) throws Exception {
        http.sessionManagement().sessionFixation().changeSessionId();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void f(HttpSecurity http) throws Exception {
        http.sessionManagement(s -> s.sessionFixation(SessionManagementConfigurer.SessionFixationConfigurer::none));
    }
}
""",
            at="SessionManagementConfigurer.SessionFixationConfigurer::none",
            message=_OFF,
        ),
        Invalid(
            code="""\
class A {
    boolean login(HttpServletRequest request) {
        User user = users.authenticate(request.getParameter("name"), request.getParameter("password"));
        HttpSession größe = request.getSession();
        größe.setAttribute("user", user);
        größe.setAttribute("role", user.role());
        return true;
    }
}
""",
            at='«größe.setAttribute»("user"',
            message=_KEPT,
        ),
        Invalid(
            code="""\
class A {
    void f(HttpServletRequest request, HttpServletResponse response) {
        String größe = request.getParameter("sid");
        Cookie cookie = new Cookie("sid", größe);
        cookie.setSecure(true);
        response.addCookie(cookie);
    }
}
""",
            at='new Cookie("sid", größe)',
            message=_GIVEN,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or one reference."""
        assert isinstance(code, JavaCode)
        reference, call = found.get("reference"), found.get("call")
        if reference is not None:
            if "SessionFixation" in code.text(reference):
                yield Problem(reference, _OFF)
        elif call is not None and code.callee(call) == "new NullAuthenticatedSessionStrategy":
            yield Problem(call, _OFF)
        elif call is not None and call.type == "object_creation_expression":
            yield from _cookie(code, call)
        elif call is not None and code.method(call) == "none":
            yield from _none(code, call)
        elif call is not None:
            yield from _kept(code, call)


def _none(code: JavaCode, call: Node) -> Iterator[Problem]:
    own, around = call.child_by_field_name("name"), call
    base = call.child_by_field_name("object")
    said = code.text(base)
    while around.parent is not None and around.parent.type in {"lambda_expression", "argument_list"}:
        around = around.parent
    holder = around.parent
    inside = holder is not None and holder.type == "method_invocation" and code.method(holder) == "sessionFixation"
    if own is not None and (said.endswith("sessionFixation()") or inside):
        fix = Fix("Change the identifier at the login", "review", (code.replace(own, "changeSessionId"),))
        yield Problem(code.called(call), _OFF, fixes=(fix,), confidence="high")


def _kept(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A person put into a session that may be older than the login; of several things that a login puts, the first."""
    function = code.function(call)
    if function is None or not _is_kept(code, call, function) or code.tree is None:
        return
    own = code.method(call)
    others = (
        other
        for other in code.tree.of_kinds("method_invocation")
        if function.start_byte <= other.start_byte and other.end_byte <= call.start_byte and code.method(other) == own
    )
    if not any(_is_kept(code, other, function) for other in others):
        yield Problem(code.called(call), _KEPT)


def _is_kept(code: JavaCode, call: Node, function: Node) -> bool:
    """Whether a call puts a person into a session at a login that does not renew it."""
    values, base = code.arguments(call).positional, call.child_by_field_name("object")
    if len(values) < _KEY_AND_VALUE or base is None or values[1].type == "null_literal":
        return False
    key, body = code.text(values[0]), code.text(function)
    if not _WHO.search(key.rpartition(".")[2]) or _RENEWED.search(body):
        return False
    is_session = "ession" in code.type_of(base) or "ession" in code.text(base)
    if not is_session or not ("getSession(" in body or "HttpSession" in body.partition("{")[0]):
        return False
    is_login = _LOGIN.search(body.partition("{")[0]) is not None
    known_before = f"getAttribute({key})" in body
    return is_login or (_PASSWORD.search(body) is not None and not known_before)


def _cookie(code: JavaCode, call: Node) -> Iterator[Problem]:
    name, value = code.arguments(call).get(0), code.arguments(call).get(1)
    if name is None or value is None or not _SESSION_NAME.match(code.text(name)):
        return
    written = [code.text(value)]
    if value.type == "identifier":
        written = [code.text(binding.value) for binding in code.last_values(value) if binding.value is not None]
    if any(_FROM_REQUEST.search(text) for text in written):
        yield Problem(call, _GIVEN)
