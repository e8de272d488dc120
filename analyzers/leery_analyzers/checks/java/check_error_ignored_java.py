"""A check whose error is ignored, in Java.

A handler that only writes a line to the log, and code after it that goes on as if the check had passed: whoever can
make the check fail, with a token that does not parse or a service that does not answer, is let in.

Reported are filters and interceptors that pass a request on after such a handler, checks that throw (`requireOwner`,
`verifyToken`) or that refuse within the attempt, and handlers that pass the request on themselves. Left alone: handlers
that refuse, throw, or end the method, filters that only find out who asks, and answers that begin with "no".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_VERIFIES = re.compile(
    r"(?i)\b(?:verify|authenticate|authori[sz]e|validate(?:Token|Jwt|Session|User|Signature|Request|Access|Api_?Key)|"
    r"checkAccess|checkPermission|checkToken|parseClaimsJws|parseSignedClaims|verifyToken|introspect|"
    r"require\w*(?:Role|Auth|Login|Permission)|(?:can|may)(?:Access|Read|Write|View|Edit|Delete)|"
    r"(?:is|are|has)_?(?:Allowed|Authori[sz]ed|Permitted|Authenticated|Revoked|Blocked|Banned|Valid_?Token|Permission|"
    r"Role|Authority|Scope|Access))\w*\(|\b(?i:\w*(?:token|jwt|signature|session|auth|acl|policy|key)\w*)\.(?:isValid|"
    r"validate|check|parse|allows|permits|enforce)\w*\("
)
_GUARD = re.compile(
    r"(?:\w+(?:\(\))?\s*\.\s*)*(?:require|check|verify|validate|assert|ensure|enforce|authori[sz]e|guard)\w*"
    r"(?:Owner\w*|Access|Permissions?|Permitted|Role|Admin|Token|Signature|Auth\w*|Login|Allowed|Password|Captcha|Csrf\w*|"
    r"Scope|Authority)\s*\("
)
_REFUSES = re.compile(
    r"\b(?:return|throw|sendError|setStatus|sendRedirect|abortWith|commence|halt|continue|break|fail\w*|reject\w*|deny\w*)\b|"
    r"System\.exit|(?i:unauthori[sz]ed|forbidden|denied|rejected)|\bfalse\b|\.(?:status|complete\w*)\("
)
_STATED = re.compile(r"\b(?:return|throw)\b|sendError\(|setStatus\(|abortWith\(|sendRedirect\(")
_PASSES_ON = re.compile(r"(?i:\b\w*chain\w*)\s*\.\s*filter\(|\.\s*(?:doFilter|proceed)\(|\breturn\s+true\s*;\s*\}\s*$")
_PASSES_HERE = re.compile(r"(?i:\b\w*chain\w*)\s*\.\s*(?:doFilter|filter)\(|\breturn\s+\w+\s*\.\s*proceed\(")
_ASKED_LATER = re.compile(
    r"SecurityContextHolder|setAuthentication|getContext\(\)|setAttribute\(|clearContext|anonymous"
)
_ONLY_CONDITION = re.compile(r"(?s)\bif\s*\(\s*(?P<condition>!?[^{;]*)\)\s*\{?(?P<body>[^}]*)")
_NOTHING_MORE = re.compile(
    r"[\s};]*(?:return(?:\s+(?:false|null|\w+\.(?:empty|error)\(\)))?\s*;|throw\b[^;]*;)?[\s};]*"
)
_MESSAGE = "The code goes on although its check has failed with an error; refuse here."


class CheckErrorIgnoredJava(Check):
    """Finds checks whose errors are ignored."""

    summary = "A check whose error is ignored"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-703")
    owasp = ("A10:2025",)
    languages = JAVA
    query = """
    (try_statement body: (block) @tried (catch_clause body: (block) @handled) @caught) @try
    """

    VALID = (
        """\
class A {
    void doFilter(Request größe, Response response, FilterChain chain) throws Exception {
        try {
            tokens.verify(größe.getHeader("Authorization"));
        } catch (RuntimeException e) {
            response.sendError(401);
            return;
        }
        chain.doFilter(größe, response);
    }
}
""",
        """\
class A {
    void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws Exception {
        try {
            SecurityContextHolder.getContext().setAuthentication(tokens.authenticate(request));
        } catch (JwtException e) {
            log.debug("no valid token", e);
        }
        chain.doFilter(request, response);
    }
}
""",
        """\
class A {
    void f(Row row) {
        try {
            validate(row);
        } catch (ValidationException e) {
            errors.add(e.getMessage());
        }
        next();
    }
}
""",
        """\
class A {
    Response f(String body, String signature) {
        boolean ok = false;
        try {
            ok = verifier.verify(body, signature);
        } catch (SignatureException e) {
            log.error("größe", e);
        }
        if (!ok) {
            return Response.status(400).build();
        }
        return process(body);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void doFilter(Request größe, Response response, FilterChain chain) throws Exception {
        try {
            tokens.verify(größe.getHeader("Authorization"));
        } catch (RuntimeException e) {
            log.warn("no answer", e);
        }
        chain.doFilter(größe, response);
    }
}
""",
            at="catch (RuntimeException e) ",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    boolean preHandle(HttpServletRequest größe, HttpServletResponse response, Object handler) {
        try {
            if (!tokenService.isValid(größe.getHeader("X-Token"))) {
                response.setStatus(401);
                return false;
            }
        } catch (Exception e) {
            log.warn("could not check", e);
        }
        return true;
    }
}
""",
            at="catch (Exception e) ",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void delete(User größe, long id) {
        try {
            permissions.requireOwner(größe, id);
        } catch (Exception e) {
            log.warn("no answer", e);
        }
        documents.deleteById(id);
    }
}
""",
            at="catch (Exception e) ",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void doFilter(Request größe, Response response, FilterChain chain) throws Exception {
        try {
            if (!policy.isAllowed(größe.getUser())) {
                response.sendError(403);
                return;
            }
            chain.doFilter(größe, response);
        } catch (PolicyException e) {
            chain.doFilter(größe, response);
        }
    }
}
""",
            at="catch (PolicyException e) ",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one handler."""
        assert isinstance(code, JavaCode)
        tried, handled = _without_comments(code.text(found["tried"])), code.text(found["handled"])
        attempt = found["try"]
        function = code.function(attempt)
        if function is None or _ASKED_LATER.search(code.text(function)):
            return
        following = _without_comments(code.text(function)[code.range(attempt).end - code.range(function).start :])
        if _passes_itself(tried, handled) or (
            not _REFUSES.search(_unspoken(handled)) and _goes_on(code.text(function), tried, handled, following)
        ):
            head = TextRange(code.range(found["caught"]).start, code.range(found["handled"]).start)
            yield Problem(head, _MESSAGE)


def _without_comments(text: str) -> str:
    """Code in which comments are blanks."""
    return re.sub(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', lambda found: found[1] or " ", text, flags=re.DOTALL)


def _unspoken(handled: str) -> str:
    """A handler without its texts and comments, which may speak of refusing."""
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', "", _without_comments(handled))


def _passes_itself(tried: str, handled: str) -> bool:
    """Whether a handler passes the request on that the attempt may have refused."""
    return bool(
        _PASSES_HERE.search(handled)
        and _VERIFIES.search(tried)
        and not re.search(r"\b(?:if|throw|sendError)\b", handled)
        and (_STATED.search(tried) or not _PASSES_ON.search(tried))
    )


def _goes_on(function: str, tried: str, handled: str, following: str) -> bool:
    """Whether what comes after a handler that says nothing happens as if the check had passed."""
    if _VERIFIES.search(tried) and (_PASSES_ON.search(following) or _PASSES_ON.search(handled)):
        return True
    if "ContainerRequestContext" in function.partition("{")[0]:
        return _VERIFIES.search(tried) is not None and "abortWith" in tried
    if _NOTHING_MORE.fullmatch(following):
        return False
    first = tried.removeprefix("{").strip()
    refused = _ONLY_CONDITION.match(first)
    if refused is not None:
        return bool(_VERIFIES.search(refused["condition"]) and _STATED.search(refused["body"]))
    return _GUARD.match(first) is not None
