"""A stored object filled from a request as a whole, in Go.

Binding sets every field that the request names, also those that no form shows: the role, the owner, the balance. A
struct of its own for the request takes only what may be set.

Reported are entities that a function binds and hands to the database. Left alone: structs named as what a request
brings (``CreateUserRequest``), unnamed structs, and updates of named columns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.go_web import bound_from_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_STORE = re.compile(r"(?i)db|gorm|tx|repo|store|orm|collection")
_BROUGHT = re.compile(r"(?i)(?:dto|request|req|input|form|payload|params|body|command|message|event|struct)$|^struct\b")
_ACCOUNTS = re.compile(r"(?i)user|account|admin|member|profile|employee|customer|person|order|payment|role|tenant")
_MESSAGE = "The request sets every field of `{}`, also those that no form shows; copy the ones that may be set."


class MassAssignmentGo(Check):
    """Finds entities filled from requests."""

    summary = "A stored object filled from a request as a whole"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-915",)
    owasp = ("A08:2025",)
    languages = GO
    calls = frozenset({".Create", ".Save", ".Updates", ".InsertOne", ".Insert", ".ReplaceOne", ".Update"})

    VALID = (
        """\
package a

func größe(c *gin.Context) {
	var in CreateUserRequest
	if err := c.ShouldBindJSON(&in); err != nil {
		return
	}
	db.Create(&User{Name: in.Name})
	db.Create(&in)
}
""",
        """\
package a

func f(c *gin.Context) {
	var user User
	db.First(&user, 1)
	db.Save(&user)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(c *gin.Context) {
	var user models.User
	if err := c.ShouldBindJSON(&user); err != nil {
		return
	}
	db.Create(&user) // alles
}
""",
            at="db.Create(«&user»)",
            message=_MESSAGE.format("user"),
        ),
        Invalid(
            code="""\
package a

func f(w http.ResponseWriter, r *http.Request) {
	var account Account
	json.NewDecoder(r.Body).Decode(&account)
	s.db.Save(&account)
}
""",
            at="db.Save(«&account»)",
            message=_MESSAGE.format("account"),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        if not _STORE.search(code.text(code.receiver(call))):
            return
        for value in code.arguments(call).positional:
            name = code.bare(value)
            kind = bound_from_request(code, name) if name.type == "identifier" else ""
            if kind and _BROUGHT.search(kind) is None:
                sure: Level | None = None if _ACCOUNTS.search(kind) else "low"
                yield Problem(value, _MESSAGE.format(code.text(name)), confidence=sure)
