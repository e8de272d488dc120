"""A check that is made only where somebody is logged in, in Java.

``if (user != null && !owner.equals(user)) throw …`` refuses the wrong person and lets in who is nobody at all.

Reported is such a condition about a person who is a parameter, where it leads to a refusal and the rest of the method
goes on without asking whether there is one.
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
_MESSAGE = "Where `{}` is null this check is passed over, so nobody at all gets in: refuse that case, too."


class OptionalUserCheckJava(Check):
    """Finds refusals that somebody who is not logged in does not meet."""

    summary = "A check that is made only where somebody is logged in"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-639")
    owasp = ("A01:2025",)
    languages = JAVA
    query = "(if_statement condition: (parenthesized_expression (binary_expression) @test) consequence: (_) @then) @if"

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
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one condition."""
        assert isinstance(code, JavaCode)
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
