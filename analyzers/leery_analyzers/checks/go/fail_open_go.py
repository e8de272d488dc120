"""A check that lets everybody in when it fails, in Go.

``if err != nil { return true }`` in a function that decides who may do what turns every fault of it, and every input
that provokes one, into a permission.

Reported are such branches in functions named after a check. Left alone: those that return false or an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_DECIDES = re.compile(
    r"(?i)authori[sz]|authenticat|permi(?:t|ssion)|isadmin|isallowed|hasaccess|hasrole|canaccess|verif|isvalid|validat"
    r"|checkaccess|checktoken|checkpassword|signature|isowner"
)
_MESSAGE = "A fault here lets everybody pass; return false, or the error."


class FailOpenGo(Check):
    """Finds checks that fail open."""

    summary = "A check that lets everybody in when it fails"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-703")
    owasp = ("A10:2025",)
    languages = GO
    query = """
    (if_statement condition: (binary_expression left: (_) @left right: (nil)) @test consequence: (block
      (statement_list (return_statement (expression_list . (true) @true)) @return)))
    """

    VALID = (
        """\
package a

func isValidGröße(token string) bool {
	user, err := find(token)
	if err != nil {
		return false
	}
	return user.Admin
}
""",
        """\
package a

func isMissing(path string) bool {
	_, err := os.Stat(path)
	if err != nil {
		return true
	}
	return false
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func isAuthorized(token string) bool {
	user, err := find(token)
	if err != nil {
		log.Println("größe", err)
		return true
	}
	return user.Admin
}
""",
            at="return true",
            message=_MESSAGE,
            fixed=(
                """\
package a

func isAuthorized(token string) bool {
	user, err := find(token)
	if err != nil {
		log.Println("größe", err)
		return false
	}
	return user.Admin
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one branch."""
        assert isinstance(code, GoCode)
        function = code.function(found["test"])
        name = code.text(function.child_by_field_name("name")) if function is not None else ""
        if _DECIDES.search(name) and re.fullmatch(r"\w*[eE]rr\s*!=\s*nil", code.text(found["test"])):
            fix = Fix("Return false", "review", (code.replace(found["true"], "false"),))
            yield Problem(found["return"], _MESSAGE, fixes=(fix,))
