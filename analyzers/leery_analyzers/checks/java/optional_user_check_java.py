"""A check that is made only where somebody is logged in, in Java.

``if (user != null && !owner.equals(user)) throw …`` refuses the wrong person and lets in who is nobody at all.

Reported is such a condition about a person who is a parameter, where it leads to a refusal and the rest of the method
goes on without asking whether there is one; and an answer ``no`` that is written to the log and has no other effect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PERSON = re.compile(
    r"(?:Principal|Authentication|User|UserDetails|Jwt|Account|Member|Caller|AuthUser|CurrentUser|CustomUserDetails|"
    r"UserPrincipal|SecurityIdentity|HttpSession)$"
)
_ENDS = frozenset({"throw_statement", "return_statement"})
_ALLOWED = re.compile(
    r"(?i)^(?:\w+\.)*(?:is|has|can)?_?(?:admin|authori[sz]ed|allowed|permitted|authenticated|owner|access|permission|userInRole|"
    r"role|authority|logged_?in)\w*(?:\(.*\))?$"
)
_LOGS = re.compile(
    r"(?is)^(?:\w+\.)*(?:log\w*|trace|debug|info|warn\w*|error|fine|severe|println|printf|increment|add)\s*\("
    r"|^log\w*\.|^System\.(?:out|err)\."
)
_GOES_ON = "Who is not allowed is noted here and then let through: refuse it."
_MESSAGE = "Where `{}` is null this check is passed over, so nobody at all gets in: refuse that case, too."


class OptionalUserCheckJava(Check):
    """Finds refusals that somebody who is not logged in does not meet."""

    summary = "A check that is made only where somebody is logged in"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-639")
    owasp = ("A01:2025",)
    languages = JAVA
    query = """
    (if_statement condition: (parenthesized_expression (binary_expression) @test) consequence: (_) @then) @if
    (if_statement condition: (parenthesized_expression (unary_expression operand: (_) @asked) @denied)
      consequence: (block) @then) @if
    """

    VALID = (
        """\
class A {
    long f(long id, Principal größe) {
        if (größe == null || !ownerOf(id).equals(größe.getName())) {
            throw new SecurityException();
        }
        return take(id);
    }
}
""",
        """\
class A {
    long f(long id, Principal user) {
        if (user != null && !user.getName().isEmpty()) {
            count(user);
        }
        return show(id);
    }
}
""",
        """\
class A {
    long f(long id, Principal user) {
        if (user == null) {
            throw new SecurityException();
        }
        if (user != null && !ownerOf(id).equals(user.getName())) {
            throw new SecurityException();
        }
        return take(id);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    long f(long id, Principal größe) {
        if (größe != null && !ownerOf(id).equals(größe.getName())) {
            throw new SecurityException();
        }
        return take(id);
    }
}
""",
            at="größe != null && !ownerOf(id).equals(größe.getName())",
            message=_MESSAGE.format("größe"),
        ),
        Invalid(
            code="""\
class A {
    void größe(HttpServletRequest request) {
        boolean admin = request.isUserInRole("admin");
        if (!admin) {
            log("somebody else");
        }
        assign(request.getParameter("member"));
    }
}
""",
            at="!admin",
            message=_GOES_ON,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one condition."""
        assert isinstance(code, JavaCode)
        if "denied" in found:
            yield from _only_logged(code, found)
            return
        test, then = found["test"], found["then"]
        asked = re.match(r"(?s)\s*(?:null\s*!=\s*(\w+)|(\w+)\s*!=\s*null)\s*&&\s*!", code.text(test))
        function = code.function(test)
        if asked is None or function is None or found["if"].child_by_field_name("alternative") is not None:
            return
        name = asked[1] or asked[2]
        last = then.named_children[-1] if then.type == "block" and then.named_children else then
        head = code.text(function.child_by_field_name("parameters"))
        declared = re.search(rf"([\w.]+)\s+{re.escape(name)}\s*[,)]", head)
        body = code.text(function)
        if last.type not in _ENDS or declared is None or not _PERSON.search(declared[1]):
            return
        if not re.search(rf"\b{re.escape(name)}\s*==\s*null|null\s*==\s*{re.escape(name)}\b", body):
            yield Problem(test, _MESSAGE.format(short(name)))


def _only_logged(code: JavaCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    """``if (!admin) { log(…); }`` in front of what only an administrator may do."""
    node, body = found["if"], found["then"]
    statements = code.values_of(body.named_children)
    following = node.next_named_sibling
    if node.child_by_field_name("alternative") is not None or following is None or not statements:
        return
    if _ALLOWED.match(code.text(found["asked"])) and all(_LOGS.match(code.text(item)) for item in statements):
        yield Problem(found["denied"], _GOES_ON, confidence="medium")
