"""A check that admits when it fails, in Java.

A handler that answers "yes" when the check could not be made lets in whoever can make it fail: with a token that does
not parse, or a server that does not answer. What could not be checked has to count as denied.

Reported is ``return true`` in a handler of a method whose name says that it checks a person, a token or a permission,
and an answer such as ``authorized`` that is set to true there, or before the check, whose error changes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_access import ABOUT, ABOUT_ACCESS, ANSWERS, NOT, checks_access, decides, is_vague
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_REFUSALS = frozenset(
    {"denied", "forbidden", "blocked", "revoked", "unauthorized", "unauthorised", "locked", "banned", "blacklisted"}
)
_TRUSTED = frozenset({"valid", "genuine", "trusted", "verified", "authentic", "ok", "permitted"})
_VERIFIED = re.compile(r"(?i)\.verify\w*\(|signature|isEqual\(|parseClaims|parseSigned|authenticate\(")
_PROVES = re.compile(
    r"MessageDigest\s*\.\s*isEqual\(|\bsignature\.verify\(|\.verifySignature\(|parseClaimsJws\(|parseSignedClaims\(|"
    r"passwordEncoder\.matches\(|BCrypt\.checkpw\(|constructEvent\(|jwtDecoder\.decode\("
)
"""Calls that prove who somebody is, or who wrote something."""
_HARM = _REFUSALS | {"fraud", "fraudulent", "suspicious", "malicious", "infected", "risky", "compromised", "pwned"}
_YES = re.compile(
    r"Boolean\.TRUE|(?:\w+\.)*(?:ALLOW(?:ED)?|GRANT(?:ED)?|ACCESS_GRANTED|PERMIT(?:TED)?|AUTHORI[SZ]ED|APPROVED?|AUTHENTICATED)|"
    r"(?:\w+\.)*(?:allow|permit|grant|granted|allowed|permitAll)\(\)|new\s+Authorization(?:Decision|Result)\(true\)|"
    r"(?:Mono|Uni|Optional|CompletableFuture|ResponseEntity|Future)\.\w+\((?:true|Boolean\.TRUE)\)|"
    r"\"(?:ROLE_)?(?i:admin|administrator|superuser|allow|granted)\"|(?:\w+\.)*(?:Role|Roles|UserRole)\.(?:ROLE_)?ADMIN|"
    r"EnumSet\.allOf\(\s*\w*(?:Permission|Role|Scope|Authority|Privilege)s?\.class\s*\)|"
    r"(?:\w+\.)?(?:default|guest|anonymous|system)?(?:Admin|SuperUser)\w*\(\)"
)
_ABOUT_WHOM = re.compile(r"(?i)\b(?:ip|ip_?addr\w*|address|account\w*|client\w*|user\w*|\w*cert(?:ificate)?)\s*[,)]")
_MESSAGE = "When the check itself fails, `{}` says yes; what could not be checked has to count as denied."
_GONE_ON = "When the check above fails with an error, this goes on as if it had said yes."
_FILTERED = 2
"""Arguments with which a chain of filters goes on."""
_REFUSED = re.compile(r"sendError\(|setStatus\(|UNAUTHORIZED|FORBIDDEN|AccessDenied|\b40[13]\b")
_BROADLY = re.compile(r"\b(?:Exception|Throwable|RuntimeException|\w*(?:Auth|Jwt|Token|Security|Remote|Service)\w*)\b")
_STOPS = re.compile(r"\b(?:return|throw)\b|sendError\(|setStatus\(|\w+\s*=\s*(?:false|null)\b|clearContext\(")


class FailOpenJava(Check):
    """Finds handlers that answer a check with yes."""

    summary = "A check that admits when it fails"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-703")
    owasp = ("A10:2025",)
    languages = JAVA
    calls = frozenset({".doFilter"})
    query = """
    (catch_clause body: (block (return_statement (true) @true)) @body) @catch
    (catch_clause body: (block (return_statement [(method_invocation) (field_access) (identifier) (string_literal)
      (object_creation_expression)] @yes))) @catch
    (catch_clause body: (block (expression_statement
      (assignment_expression left: (identifier) right: [(field_access) (identifier)] @yes)))) @catch
    (catch_clause body: (block (expression_statement
      (assignment_expression left: (identifier) @answer right: (true) @set)))) @catch
    (catch_clause body: (block (return_statement (false) @false)) @body) @refusing
    (local_variable_declaration declarator: (variable_declarator name: (identifier) @first value: (true) @assumed))
    (local_variable_declaration declarator: (variable_declarator name: (identifier) @first value: (false) @harmless))
    (binary_expression left: (identifier) @first operator: "==" right: (null_literal)) @unknown
    (method_invocation name: (identifier) @resumed arguments: (argument_list (true) @resume .)
      (#any-of? @resumed "onErrorReturn" "exceptionally" "getOrElse" "recover" "orElseGet")) @reactive
    (method_invocation name: (identifier) @or_else arguments: (argument_list . (_) @default .) (#eq? @or_else "orElse"))
      @chosen
    """

    VALID = (
        """\
class A extends OncePerRequestFilter {
    void doFilterInternal(HttpServletRequest größe, HttpServletResponse answer, FilterChain chain) throws Exception {
        try {
            if (!keys.known(größe.getHeader("X-Key"))) {
                answer.sendError(401);
                return;
            }
        } catch (Exception error) {
            answer.sendError(503);
            return;
        }
        chain.doFilter(größe, answer);
    }
}
""",
        """\
class A {
    String role(String größe) {
        try {
            return parser.parse(größe).getRole();
        } catch (Exception e) {
            return "GUEST";
        }
    }
}
""",
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
class A extends OncePerRequestFilter {
    void doFilterInternal(HttpServletRequest größe, HttpServletResponse answer, FilterChain chain) throws Exception {
        try {
            if (!keys.known(größe.getHeader("X-Key"))) {
                answer.sendError(401);
                return;
            }
        } catch (Exception error) {
            log.warn("service is down", error);
        }
        chain.doFilter(größe, answer);
    }
}
""",
            at="chain.doFilter(größe, answer)",
            message=_GONE_ON,
        ),
        Invalid(
            code="""\
class A {
    Decision decide(User größe) {
        try {
            return client.decide(größe);
        } catch (PolicyException e) {
            return Decision.ALLOW;
        }
    }
}
""",
            at="Decision.ALLOW",
            message=_MESSAGE.format("decide"),
        ),
        Invalid(
            code="""\
class A {
    void transfer(String größe, long amount) {
        boolean suspicious = false;
        try {
            suspicious = service.check(größe, amount);
        } catch (IOException e) {
            log.warn("no answer", e);
        }
        if (suspicious) {
            throw new IllegalStateException();
        }
        ledger.transfer(größe, amount);
    }
}
""",
            at="suspicious = «false»",
            message="When the check fails with an error, `suspicious` still says no; begin with true.",
        ),
        Invalid(
            code="""\
class A {
    boolean isAllowed(Request größe) {
        Boolean answer = null;
        try {
            answer = service.isAllowed(größe.user());
        } catch (RuntimeException e) {
            log.warn("no answer", e);
        }
        return answer == null || answer;
    }
}
""",
            at="answer == null",
            message="When the check fails with an error, `answer` is null, which counts as yes here.",
        ),
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
        if "call" in found:
            yield from _gone_on(code, found["call"])
        elif "chosen" in found:
            yield from _by_default(code, found)
        elif "refusing" in found:
            yield from _not_refused(code, found["false"])
        elif "assumed" in found:
            yield from _assumed(code, found["first"], found["assumed"])
        elif "harmless" in found:
            yield from _assumed_harmless(code, found["first"], found["harmless"])
        elif "unknown" in found:
            yield from _unknown(code, found["first"], found["unknown"])
        elif "reactive" in found:
            yield from _resumed(code, found["resume"])
        else:
            yield from _answered(code, found)


def _gone_on(code: JavaCode, call: Node) -> Iterator[Problem]:
    """``chain.doFilter(…)`` after a check whose errors are swallowed."""
    statement = code.statement(call)
    before = statement.prev_named_sibling if statement is not None else None
    if before is None or before.type != "try_statement" or len(code.arguments(call).positional) != _FILTERED:
        return
    checked = before.child_by_field_name("body")
    if checked is None or not _REFUSED.search(code.text(checked)):
        return
    for handler in before.named_children:
        body = handler.child_by_field_name("body") if handler.type == "catch_clause" else None
        broad = body is not None and _BROADLY.search(code.text(handler).partition("{")[0])
        if body is not None and broad and not _STOPS.search(code.text(body)):
            yield Problem(call, _GONE_ON)
            return


def _answered(code: JavaCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    """An answer given, or set, in a handler."""
    function = code.function(found["catch"])
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    if (yes := found.get("yes")) is not None:
        if _YES.fullmatch(code.text(yes)) and function is not None and decides(name, code.text(function)):
            yield Problem(yes, _MESSAGE.format(name))
        return
    answer = found.get("true") or found["set"]
    is_check = checks_access(name) or (is_vague(name) and ABOUT_ACCESS.search(code.text(function)) is not None)
    is_check = is_check or (set(words_of(name)).isdisjoint(NOT) and _PROVES.search(code.text(function)) is not None)
    if "answer" in found and not is_check:
        is_check = bool(set(words_of(code.text(found["answer"]))) & ANSWERS)
    if is_check:
        fix = Fix("Deny", "review", (code.replace(answer, "false"),))
        yield Problem(answer, _MESSAGE.format(name), fixes=(fix,))


def _by_default(code: JavaCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    """``answer.orElse(true)`` in a check."""
    default, function = found["default"], code.function(found["chosen"])
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    if code.text(default) in {"true", "Boolean.TRUE"} and (checks_access(name) or set(words_of(name)) & ANSWERS):
        fix = Fix("Deny", "review", (code.replace(default, "false"),))
        yield Problem(default, _MESSAGE.format(name), fixes=(fix,))


def _not_refused(code: JavaCode, answer: Node) -> Iterator[Problem]:
    """``return false`` in a handler of a method that tells who is refused."""
    function = code.function(answer)
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    words, head = set(words_of(name)), code.text(function).partition("{")[0]
    about = (
        words & (ABOUT | {"ip", "account", "request"})
        or _ABOUT_WHOM.search(head)
        or ABOUT_ACCESS.search(code.text(function)) is not None
    )
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
    if function is None or not (set(words_of(own)) & (ANSWERS | _TRUSTED)):
        return
    text, body, method = code.text(function), re.escape(own), code.text(function.child_by_field_name("name"))
    said = decides(method, text) or _VERIFIED.search(text) is not None
    if said and _swallowed(text, own) and re.search(rf"\breturn\s+{body}\b|\bif\s*\(\s*!?\s*{body}\b", text):
        fix = Fix("Assume nothing", "review", (code.replace(value, "false"),))
        yield Problem(
            value, f"When the check fails with an error, `{own}` still says yes; begin with false.", fixes=(fix,)
        )


def _swallowed(text: str, own: str) -> bool:
    """Whether an answer is found out in an attempt, and an error there leaves it as it was."""
    body = re.escape(own)
    tried = re.search(rf"\btry\s*(?:\([^{{]*\)\s*)?\{{[^}}]*\b{body}\s*=[^=]", text)
    caught = re.findall(r"\bcatch\s*\([^)]*\)\s*\{([^{}]*)\}", text)
    kept = [block for block in caught if not re.search(rf"\b(?:throw|return)\b|\b{body}\s*=(?!\s*null\s*;)", block)]
    return tried is not None and bool(kept)


def _assumed_harmless(code: JavaCode, name: Node, value: Node) -> Iterator[Problem]:
    """``boolean blocked = false`` before a check whose errors are swallowed."""
    function, own = code.function(name), code.text(name)
    if function is None or not (set(words_of(own)) & _HARM):
        return
    text = code.text(function)
    if _swallowed(text, own) and re.search(rf"\breturn\s+{re.escape(own)}\b|\bif\s*\(\s*{re.escape(own)}\b", text):
        yield Problem(value, f"When the check fails with an error, `{own}` still says no; begin with true.")


def _unknown(code: JavaCode, name: Node, test: Node) -> Iterator[Problem]:
    """``decision == null || decision`` after a check whose errors are swallowed."""
    function, own = code.function(name), re.escape(code.text(name))
    if function is None or not decides(code.text(function.child_by_field_name("name")), code.text(function)):
        return
    text = code.text(function)
    rest = text[code.range(test).start - code.range(function).start :]
    admits = (
        rf"{own}\s*==\s*null\s*(?:\|\|\s*(?:Boolean\.TRUE\.equals\()?{own}\s*[;)]|\?\s*true\b|"
        r"\)\s*\{?\s*return\s+(?:true|Boolean\.TRUE)\b)"
    )
    if _swallowed(text, code.text(name)) and re.match(admits, rest):
        yield Problem(
            test, f"When the check fails with an error, `{code.text(name)}` is null, which counts as yes here."
        )


def _resumed(code: JavaCode, value: Node) -> Iterator[Problem]:
    """``.onErrorReturn(true)`` in a check."""
    function = code.function(value)
    name = code.text(function.child_by_field_name("name")) if function is not None else ""
    words = set(words_of(name))
    if (
        checks_access(name)
        or words & ANSWERS
        or (is_vague(name) and ABOUT_ACCESS.search(code.text(function)) is not None)
    ):
        fix = Fix("Deny", "review", (code.replace(value, "false"),))
        yield Problem(value, _MESSAGE.format(name), fixes=(fix,))
