"""A check that admits when it fails, in Java.

A handler that answers "yes" when the check could not be made lets in whoever can make it fail: with a token that does
not parse, or a server that does not answer. What could not be checked has to count as denied.

Reported is ``return true`` in a handler of a method whose name says that it checks a person, a token or a permission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import words_of
from leery_analyzers.model import Fix

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
_MESSAGE = "When the check itself fails, `{}` says yes; what could not be checked has to count as denied."


class FailOpenJava(Check):
    """Finds handlers that answer a check with yes."""

    summary = "A check that admits when it fails"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-703")
    owasp = ("A10:2025",)
    languages = JAVA
    query = "(catch_clause body: (block (return_statement (true) @true)) @body) @catch"

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
        function = code.function(found["catch"])
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        if checks_access(name):
            fix = Fix("Deny", "review", (code.replace(found["true"], "false"),))
            yield Problem(found["true"], _MESSAGE.format(name), fixes=(fix,))


def checks_access(name: str) -> bool:
    """Whether a method's name says that it checks a person, a token or a permission and answers yes if it holds."""
    words = set(words_of(name))
    if words & {
        "expired",
        "denied",
        "invalid",
        "blocked",
        "locked",
        "revoked",
        "missing",
        "deny",
        "not",
        "required",
        "needs",
    }:
        return False
    return (
        bool(words & _CERTAIN) or bool(words & _CHECKS and words & _ABOUT) or bool(words & {"valid"} and words & _ABOUT)
    )
