"""A check that admits when it fails, in Java.

A handler that answers "yes" when the check could not be made lets in whoever can make it fail: with a token that does
not parse, or a server that does not answer. What could not be checked has to count as denied.

Reported is ``return true`` in a handler of a method whose name says that it checks a person, a token or a permission,
an answer such as ``authorized`` that is set to true there, and a filter that passes a request on after a check has
failed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CHECKS = frozenset(
    {"authenticate", "authenticated", "authorize", "authorized", "authorised", "verify", "permitted", "permission"}
    | {"permissions", "allowed", "access", "admin", "login", "validate", "authorise"}
)
_ABOUT = frozenset(
    {"token", "signature", "user", "password", "credentials", "session", "jwt", "role", "access", "certificate"}
)
_CERTAIN = _CHECKS - {"validate", "verify", "allowed", "access"}
_NOT = frozenset(
    {"expired", "denied", "invalid", "blocked", "locked", "revoked", "missing", "deny", "not", "required", "needs"}
)
_VAGUE = frozenset({"allowed", "access", "verify", "validate", "valid", "check", "permit", "permits", "can", "may"})
_ANSWERS = frozenset(
    {"authorized", "authorised", "authenticated", "allowed", "granted", "permitted", "access", "verified", "approved"}
)
_REFUSALS = frozenset(
    {"denied", "forbidden", "blocked", "revoked", "unauthorized", "unauthorised", "locked", "banned", "blacklisted"}
)
_TRUSTED = frozenset({"valid", "genuine", "trusted", "verified", "authentic", "ok", "permitted"})
_VERIFIED = re.compile(r"(?i)\.verify\w*\(|signature|isEqual\(|parseClaims|parseSigned|authenticate\(")
_FEW = 3
_ABOUT_ACCESS = re.compile(
    r"(?i)\b(?:token|signature|user\w*|password|credential\w*|permission\w*|role\w*|principal|jwt|acl|policy|certificate)\b"
)
_VERIFIES = re.compile(
    r"(?i)\b(?:verify|authenticate|authori[sz]e|validate(?:Token|Jwt|Session|User|Signature|Request)|checkAccess|"
    r"checkPermission|checkToken|parseClaimsJws|parseSignedClaims|verifyToken|require\w*(?:Role|Auth|Login|Permission))\w*\("
)
_REFUSES = re.compile(
    r"\b(?:return|throw|sendError|setStatus|sendRedirect|abortWith|commence|halt)\b|unauthori[sz]ed|forbidden|false"
)
_PASSES_ON = re.compile(r"(?i:\b\w*chain\w*)\s*\.\s*filter\(|\.\s*(?:doFilter|proceed)\(|\breturn\s+true\b")
_ASKED_LATER = re.compile(
    r"SecurityContextHolder|setAuthentication|getContext\(\)|setAttribute\(|clearContext|anonymous"
)
_MESSAGE = "When the check itself fails, `{}` says yes; what could not be checked has to count as denied."


class FailOpenJava(Check):
    """Finds handlers that answer a check with yes."""

    summary = "A check that admits when it fails"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-703")
    owasp = ("A10:2025",)
    languages = JAVA
    query = """
    (catch_clause body: (block (return_statement (true) @true)) @body) @catch
    (catch_clause body: (block (expression_statement
      (assignment_expression left: (identifier) @answer right: (true) @set)))) @catch
    (catch_clause body: (block (return_statement (false) @false)) @body) @refusing
    (local_variable_declaration declarator: (variable_declarator name: (identifier) @first value: (true) @assumed))
    (method_invocation name: (identifier) @resumed arguments: (argument_list (true) @resume .)
      (#any-of? @resumed "onErrorReturn" "exceptionally" "getOrElse" "recover" "orElseGet")) @reactive
    (try_statement body: (block) @tried (catch_clause body: (block) @handled) @caught) @try
    (method_invocation name: (identifier) @or_else arguments: (argument_list . (_) @default .) (#eq? @or_else "orElse"))
      @chosen
    """

    VALID = (
        """\
class A {
    boolean isAuthorized(String größe) {
        try {
            return check(größe);
        } catch (Exception e) {
            return false;
        }
    }
}
""",
        """\
class A {
    boolean isEmpty(Path path) {
        try {
            return size(path) == 0;
        } catch (IOException e) {
            return true;
        }
    }
}
""",
        """\
class A {
    boolean isTokenExpired(String token) {
        try {
            return parse(token).isBefore(now());
        } catch (Exception e) {
            return true;
        }
    }
}
""",
        """\
class A {
    boolean isAccessDenied(User user) {
        try {
            return !allowed(user);
        } catch (Exception e) {
            return true;
        }
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    boolean isAuthorized(String größe) {
        try {
            return service.check(größe);
        } catch (Exception e) {
            return true; // nicht stören
        }
    }
}
""",
            at="return «true»",
            message=_MESSAGE.format("isAuthorized"),
            fixed=(
                """\
class A {
    boolean isAuthorized(String größe) {
        try {
            return service.check(größe);
        } catch (Exception e) {
            return false; // nicht stören
        }
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    boolean validateToken(String token) {
        try {
            parser.parse(token);
            return false;
        } catch (JwtException e) {
            log.warn("bad token", e);
            return true;
        }
    }
}
""",
            at="return «true»",
            message=_MESSAGE.format("validateToken"),
            fixed=(
                """\
class A {
    boolean validateToken(String token) {
        try {
            parser.parse(token);
            return false;
        } catch (JwtException e) {
            log.warn("bad token", e);
            return false;
        }
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    public boolean hasPermission(User user, String name) {
        try {
            return lookup(user).contains(name);
        } catch (SQLException e) {
            return true;
        }
    }
}
""",
            at="return «true»",
            message=_MESSAGE.format("hasPermission"),
            fixed=(
                """\
class A {
    public boolean hasPermission(User user, String name) {
        try {
            return lookup(user).contains(name);
        } catch (SQLException e) {
            return false;
        }
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one handler."""
        assert isinstance(code, JavaCode)
        if "chosen" in found:
            yield from _by_default(code, found)
            return
        if "try" in found:
            yield from _went_on(code, found)
            return
        if "refusing" in found:
            yield from _not_refused(code, found["false"])
            return
        if "assumed" in found:
            yield from _assumed(code, found["first"], found["assumed"])
            return
        if "reactive" in found:
            yield from _resumed(code, found["resume"])
            return
        function = code.function(found["catch"])
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        answer = found.get("true") or found["set"]
        is_check = checks_access(name) or (_is_vague(name) and _ABOUT_ACCESS.search(code.text(function)) is not None)
        if "answer" in found and not is_check:
            is_check = bool(set(words_of(code.text(found["answer"]))) & _ANSWERS)
        if is_check:
            fix = Fix("Deny", "review", (code.replace(answer, "false"),))
            yield Problem(answer, _MESSAGE.format(name), fixes=(fix,))


def _by_default(code: JavaCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    """``answer.orElse(true)`` in a check."""
    default, function = found["default"], code.function(found["chosen"])
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    if code.text(default) in {"true", "Boolean.TRUE"} and (checks_access(name) or set(words_of(name)) & _ANSWERS):
        fix = Fix("Deny", "review", (code.replace(default, "false"),))
        yield Problem(default, _MESSAGE.format(name), fixes=(fix,))


def _not_refused(code: JavaCode, answer: Node) -> Iterator[Problem]:
    """``return false`` in a handler of a method that tells who is refused."""
    function = code.function(answer)
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    words = set(words_of(name))
    about = words & (_ABOUT | {"ip", "account", "request"}) or _ABOUT_ACCESS.search(code.text(function)) is not None
    if words & _REFUSALS and (words & {"denied", "forbidden", "unauthorized", "unauthorised"} or about):
        fix = Fix("Refuse", "review", (code.replace(answer, "true"),))
        yield Problem(
            answer,
            f"When the check itself fails, `{name}` refuses nobody; what could not be checked counts.",
            fixes=(fix,),
        )


def _assumed(code: JavaCode, name: Node, value: Node) -> Iterator[Problem]:
    """``boolean valid = true`` before a check whose errors are swallowed."""
    function, own = code.function(name), code.text(name)
    if function is None or not (set(words_of(own)) & (_ANSWERS | _TRUSTED)):
        return
    text = code.text(function)
    body = re.escape(own)
    tried = re.search(rf"\btry\s*(?:\([^{{]*\)\s*)?\{{[^}}]*\b{body}\s*=[^=]", text)
    caught = re.findall(r"\bcatch\s*\([^)]*\)\s*\{([^{}]*)\}", text)
    said = checks_access(code.text(function.child_by_field_name("name"))) or _VERIFIED.search(text) is not None
    open_ended = [block for block in caught if not re.search(rf"\b(?:throw|return)\b|\b{body}\s*=", block)]
    if tried is not None and said and open_ended and re.search(rf"\breturn\s+{body}\b|\bif\s*\(\s*!?\s*{body}\b", text):
        fix = Fix("Assume nothing", "review", (code.replace(value, "false"),))
        yield Problem(
            value, f"When the check fails with an error, `{own}` still says yes; begin with false.", fixes=(fix,)
        )


def _resumed(code: JavaCode, value: Node) -> Iterator[Problem]:
    """``.onErrorReturn(true)`` in a check."""
    function = code.function(value)
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    words = set(words_of(name))
    if (
        checks_access(name)
        or words & _ANSWERS
        or (_is_vague(name) and _ABOUT_ACCESS.search(code.text(function)) is not None)
    ):
        fix = Fix("Deny", "review", (code.replace(value, "false"),))
        yield Problem(value, _MESSAGE.format(name), fixes=(fix,))


def _went_on(code: JavaCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    """A filter that passes a request on although the check has failed."""
    handled, attempt = found["handled"], found["try"]
    text, function = code.text(handled), code.function(attempt)
    if not _VERIFIES.search(code.text(found["tried"])) or _REFUSES.search(text) or function is None:
        return
    following = code.text(function)[code.range(attempt).end - code.range(function).start :]
    if _PASSES_ON.search(following) or (_PASSES_ON.search(text) and not _PASSES_ON.search(code.text(found["tried"]))):
        if _ASKED_LATER.search(code.text(function)):
            return
        head = TextRange(code.range(found["caught"]).start, code.range(handled).start)
        yield Problem(head, "A request goes on although its check has failed; refuse it here.")


def _is_vague(name: str) -> bool:
    """Whether a method's name says that it checks something, and not what."""
    words = set(words_of(name))
    return bool(words & _VAGUE and not words & _NOT)


def checks_access(name: str) -> bool:
    """Whether a method's name says that it checks a person, a token or a permission and answers yes if it holds."""
    listed = words_of(name)
    words = set(listed)
    if words & _NOT:
        return False
    if len(words) <= _FEW and words & {"allowed", "access", "permitted"} and listed[0] in {"is", "has", "can", "may"}:
        return True
    return (
        bool(words & _CERTAIN) or bool(words & _CHECKS and words & _ABOUT) or bool(words & {"valid"} and words & _ABOUT)
    )
