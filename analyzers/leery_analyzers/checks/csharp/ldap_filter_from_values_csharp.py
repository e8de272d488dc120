"""An LDAP filter put together from values, in C#.

A value with ``*`` or ``)`` in it changes what is asked for: a login matches everybody, a search shows all.
Values are encoded first (``Encoder.LdapFilterEncode``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LDAP_TEXT = re.compile(r"\(\s*[&|!]?\s*\(?\s*[\w.-]+\s*(?:=|~=|>=|<=)")
_ENCODED = re.compile(r"(?i)encod|escape|sanitiz")


class LdapFilterFromValuesCsharp(Check):
    """Finds LDAP filters with values in them."""

    summary = "An LDAP filter put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-90",)
    owasp = ("A05:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/LDAP_Injection_Prevention_Cheat_Sheet.html",)
    languages = CSHARP
    calls = frozenset({"new DirectorySearcher", "new SearchRequest"})
    query = sets("Filter")

    VALID = (
        """\
class Größe {
    void F(DirectorySearcher searcher, string name) {
        searcher.Filter = $"(&(objectClass=user)(cn={Encoder.LdapFilterEncode(name)}))";
    }
}
""",
        """\
class A {
    void F(DirectorySearcher searcher) {
        searcher.Filter = "(objectClass=user)";
    }
}
""",
        """\
class A {
    void F(OpenFileDialog dialog, string kind) {
        dialog.Filter = kind + " files (*." + kind + ")|*." + kind;
    }
}
""",
        """\
class A {
    void F(DirectorySearcher searcher, int id) {
        searcher.Filter = $"(employeeID={id})";
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(DirectorySearcher searcher, string name) {
        searcher.Filter = "(&(objectClass=user)(cn=" + name + "))"; // suchen
    }
}
""",
            at='"(&(objectClass=user)(cn=" + name + "))"',
            message="`name` becomes part of the LDAP filter, so whoever controls it controls what is found.",
        ),
        Invalid(
            code="""\
class A {
    object F(DirectoryEntry entry, string user) {
        return new DirectorySearcher(entry, $"(sAMAccountName={user})");
    }
}
""",
            at='$"(sAMAccountName={user})"',
            message="`user` becomes part of the LDAP filter, so whoever controls it controls what is found.",
        ),
        Invalid(
            code="""\
class A {
    object F(string user) {
        return new SearchRequest("ou=people", string.Format("(uid={0})", user), SearchScope.Subtree);
    }
}
""",
            at='string.Format("(uid={0})", user)',
            message="`user` becomes part of the LDAP filter, so whoever controls it controls what is found.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one object made or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        for value in (found["value"],) if call is None else code.arguments(call).positional:
            template = code.template(value)
            outside = from_outside(code, template.holes)
            if outside is None or template.opaque or not _LDAP_TEXT.search(template.text):
                continue
            if not _ENCODED.search(code.text(outside[0])):
                name = short(code.text(outside[0]))
                message = f"`{name}` becomes part of the LDAP filter, so whoever controls it controls what is found."
                yield Problem(value, message, confidence=outside[1])
