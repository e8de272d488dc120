"""A route that everybody may use, while its siblings ask who is there, in Go.

Where the routes of a router carry a middleware that asks who is there, one by one, a route without it has mostly been
forgotten.

Left alone: routes that read, those whose names say that everybody may use them (``/login``, ``/webhook``), handlers
that check by themselves, and groups and routers that are guarded as a whole (``r.Use(auth)``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Invalid
from leery_analyzers.checks.go_routes import go_routes
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.checks.siblings import odd_ones
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_MESSAGE = "`{}` lacks `{}`, which {} other routes of this file carry: anybody can use it."
_GIN = """\
package a

func routes(r *gin.Engine) {
	r.POST("/a", requireAuth(), add)
	r.PUT("/b", requireAuth(), edit)
	r.DELETE("/größe", drop)
}
"""
_MUX = """\
package a

func routes(mux *http.ServeMux) {
	mux.Handle("POST /a", requireAuth(http.HandlerFunc(add)))
	mux.HandleFunc("PUT /b", requireAuth(edit))
	mux.HandleFunc("DELETE /größe", drop)
}
"""


class RouteWithoutGuardGo(DocumentCheck):
    """Finds routes that were forgotten."""

    summary = "A route that lacks the guard of its siblings"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-862", "CWE-306")
    owasp = ("A01:2025", "A07:2025")
    languages = GO
    clue = re.compile(
        r"\.(?:POST|PUT|PATCH|DELETE|GET|Post|Put|Patch|Delete|Get|HandleFunc|Handle|Method|MethodFunc|Use|Group)\("
    )

    VALID = (
        _GIN.replace("(r *gin.Engine) {", "(r *gin.Engine) {\n\tr.Use(requireAuth())"),
        _GIN.replace("/größe", "/login"),
        _GIN.replace("DELETE", "GET"),
        _GIN.replace("requireAuth()", "requestID()"),
        _MUX.replace("DELETE /größe", "GET /größe"),
        _MUX.replace("drop)", 'func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", 403) })'),
    )
    INVALID = (
        Invalid(code=_GIN, at='r.DELETE("/größe"', message=_MESSAGE.format("DELETE /größe", "requireAuth", 2)),
        Invalid(
            code=_MUX,
            at='mux.HandleFunc("DELETE /größe"',
            message=_MESSAGE.format("DELETE /größe", "requireAuth", 2),
        ),
    )

    def facts(self, code: Code) -> Facts:
        """The unit's routes and what guards all of them."""
        return tuple(go_routes(code))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Routes without the guard that is the rule on their router."""
        for odd in odd_ones(document):
            yield Lack(odd.unit, odd.route.at, _MESSAGE.format(odd.route.name, short(odd.guard), odd.carrying))
