"""An LDAP filter put together from values, in Go.

A parenthesis or ``*`` in a value changes what the filter finds: other people, or everybody. ``ldap.EscapeFilter`` keeps
it a value.

Left alone: constants, numbers, values found among known ones, and values that are escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FILTER = re.compile(r"\(\s*[&|!(]*\s*[\w;.-]+\s*[~<>]?=")
_ESCAPED = re.compile(r"(?i)escape")


class LdapFilterFromValuesGo(Check):
    """Finds LDAP filters with values in them."""

    summary = "An LDAP filter put together from values"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-90",)
    owasp = ("A05:2025",)
    references = ("https://pkg.go.dev/github.com/go-ldap/ldap/v3#EscapeFilter",)
    languages = GO
    calls = frozenset({".NewSearchRequest"})

    VALID = (
        """\
package a

func größe(name string) *ldap.SearchRequest {
	filter := fmt.Sprintf("(uid=%s)", ldap.EscapeFilter(name))
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil)
}
""",
        """\
package a

func f(id int) *ldap.SearchRequest {
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, fmt.Sprintf("(id=%d)", id), nil, nil)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(name string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, "(uid="+name+")", nil, nil) // wer?
}
""",
            at='"(uid="+name+")"',
            message="`name` becomes part of the LDAP filter, so whoever controls it controls what is found.",
            fixed=(
                """\
package a

func größe(name string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, "(uid="+ldap.EscapeFilter(name)+")", nil, nil) // wer?
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(w http.ResponseWriter, r *http.Request) *ldap.SearchRequest {
	filter := fmt.Sprintf("(&(objectClass=user)(mail=%s))", r.FormValue("mail"))
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil)
}
""",
            at="false, «filter»",
            message='`r.FormValue("mail")` becomes part of the LDAP filter, '
            "so whoever controls it controls what is found.",
            fixed=(
                """\
package a

func f(w http.ResponseWriter, r *http.Request) *ldap.SearchRequest {
	filter := fmt.Sprintf("(&(objectClass=user)(mail=%s))", ldap.EscapeFilter(r.FormValue("mail")))
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil)
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        for value in code.arguments(found["call"]).positional:
            template = code.template(value)
            if template.constant or template.opaque or not _FILTER.search(template.text):
                continue
            holes = [hole for hole in template.holes if not _ESCAPED.search(code.text(hole.node))]
            outside = from_outside(code, holes)
            if outside is None:
                continue
            name = short(code.text(outside[0]))
            message = f"`{name}` becomes part of the LDAP filter, so whoever controls it controls what is found."
            package = code.text(code.receiver(found["call"])) or "ldap"
            edits = tuple(
                code.replace(h.node, f"{package}.EscapeFilter({code.text(h.node)})") for h in holes if not h.number
            )
            fix = Fix("Escape the value", "safe", edits)
            yield Problem(value, message, confidence=outside[1], fixes=(fix,))
