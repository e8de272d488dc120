"""A sign-in at another service that anybody can finish for somebody else, in Java.

An OAuth server sends the browser back with a code and the ``state`` that the program gave along. Where nothing compares
it, an attacker can make a visitor's browser finish the attacker's own sign-in, and the visitor then works in the
attacker's account or links it to the own one.

Reported are methods that exchange a code for a token and do not look at the state, and addresses that ask for a code
and have none. Left alone: flows that are bound by a verifier (PKCE) or left to a library.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_READS = frozenset(
    {
        "queryParam",
        "getParameter",
        "getQueryParam",
        "queryParams",
        "param",
        "getParam",
        "getQueryParameter",
        "queryString",
    }
)
_EXCHANGE = re.compile(
    r"authorization_code|access_token|getAccessToken|requestAccessToken|AuthorizationCodeTokenRequest|newTokenRequest|"
    r"\bexchange\w*\(\s*\w*[cC]ode|(?i:token\w*|oauth\w*)\.\w*(?:exchange|fetch|request|obtain)\w*\(|"
    r"\b(?:exchange|fetch|redeem|obtain|request|get)\w*Token\w*\(\s*[^;]*\bcode\b"
)
_COMPARED = re.compile(
    r"(?i)state\w*(?:\(\))?(?:\.getBytes\([^)]*\))?\)*\s*\.\s*(?:equals|contentEquals)\w*\(|(?:equals|isEqual)\w*\([^;]*state|"
    r"\bstate\w*\s*[!=]=\s*(?!null)|(?:verify|check|valid|consume|require|match|take|remove|contains|invalidate|claim|"
    r"use|redeem|pop|getAndRemove|getIfPresent|asMap|find|delete|load|lookup)\w*\([^;{}]*\bstate\b|"
    r"(?:verify|check|validate|consume|require|assert)\w*State\w*\(|code_?verifier|pkce|states?\.get\("
)
_MESSAGE = "Nothing compares `state` here, so a visitor can be made to finish a sign-in that somebody else began."
_WITHOUT = "Without `state` a visitor can be made to finish a sign-in that somebody else began."


class OauthWithoutStateJava(Check):
    """Finds sign-ins that are not tied to the browser."""

    summary = "A sign-in at another service that is not tied to the browser"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A07:2025", "A01:2025")
    references = ("https://www.rfc-editor.org/rfc/rfc6749#section-10.12",)
    languages = JAVA
    calls = frozenset(f".{name}" for name in _READS)
    query = """
    (formal_parameter name: (identifier) @code (#eq? @code "code")) @parameter
    ((string_literal) @asks (#match? @asks "response_type=code"))
    """

    VALID = (
        """\
class A {
    void callback(Context größe) {
        String code = größe.queryParam("code");
        String state = größe.sessionAttribute("state");
        if (state == null || !state.equals(größe.queryParam("state"))) {
            throw new BadRequestResponse();
        }
        enter(größe, client.getAccessToken(code));
    }
}
""",
        """\
class A {
    @GetMapping("/callback")
    String callback(@RequestParam String code, @RequestParam String state, HttpSession session) {
        checkState(session, state);
        return enter(oauth.exchangeCode(code));
    }

    String begin(String state) {
        return "https://größe.example/authorize?response_type=code&client_id=" + ID + "&state=" + state;
    }
}
""",
        """\
class A {
    Coupon of(@RequestParam String code) {
        return coupons.findByCode(code);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void callback(Context größe) {
        String code = größe.queryParam("code");
        String expected = größe.sessionAttribute("state");
        if (code == null || expected == null) {
            throw new BadRequestResponse();
        }
        String form = "grant_type=authorization_code&code=" + code;
        enter(größe, send(form));
    }
}
""",
            at='größe.queryParam("code")',
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    @GetMapping("/callback")
    String callback(@RequestParam String code, HttpSession größe) {
        Token token = oauth.exchangeCode(code);
        größe.setAttribute("user", token.user());
        return "redirect:/";
    }
}
""",
            at="@RequestParam String code",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    String größe() {
        return "https://id.example/authorize?response_type=code&client_id=" + ID;
    }
}
""",
            at='"https://id.example/authorize?response_type=code&client_id="',
            message=_WITHOUT,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one place where the code is read, or asked for."""
        assert isinstance(code, JavaCode)
        place = found.get("call") or found.get("parameter") or found["asks"]
        if "call" in found:
            name = code.arguments(place).get(0)
            if name is None or code.literal(name) != "code":
                return
        text = code.text(code.function(place))
        if "asks" in found:
            if text and "state" not in text.lower() and "code_challenge" not in text:
                yield Problem(place, _WITHOUT)
        elif _EXCHANGE.search(text) is not None and _COMPARED.search(text) is None:
            yield Problem(place, _MESSAGE)
