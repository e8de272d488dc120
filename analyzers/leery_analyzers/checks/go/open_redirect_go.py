"""A redirect to wherever a request says, in Go.

A link to this site then leads to another one that looks like it and asks for the password.

Left alone: addresses whose host is compared, and those that begin with a fixed path of this site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_HTTP = named("net/http", "Redirect")
_CHECKED = re.compile(
    r"\.Host(?:name\(\))?\b\s*(?:!=|==|\])|[aA]llowed|IsAbs\(\)|HasPrefix\(|isLocal|isSafe|validRedirect"
)
_LOCAL = re.compile(r"/(?![/\\\0])|https?://[^/\0]+/")
_THIS_SITE = re.compile(r"\w+\.(?:URL\.(?:Path|String\(\)|RequestURI\(\))|Host|RequestURI)")


class OpenRedirectGo(Check):
    """Finds redirects that requests choose."""

    summary = "A redirect to wherever a request says"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-601",)
    owasp = ("A01:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html",)
    languages = GO
    calls = _HTTP | {".Redirect"}

    VALID = (
        """\
package a

import "net/http"

func größe(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/items/"+r.FormValue("id"), http.StatusFound)
}
""",
        """\
package a

import "net/http"

func f(w http.ResponseWriter, r *http.Request) {
	next := r.FormValue("next")
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") {
		next = "/"
	}
	http.Redirect(w, r, next, http.StatusFound)
}
""",
        """\
package a

import "net/http"

func f(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "https://"+r.Host+r.URL.RequestURI(), http.StatusMovedPermanently)
}
""",
        """\
package a

func f(c *gin.Context, target string) {
	c.Redirect(302, target)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "net/http"

func größe(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.FormValue("next"), http.StatusFound) // zurück
}
""",
            at='r.FormValue("next")',
            message='`r.FormValue("next")` comes from the request, so a link to this site can lead anywhere.',
        ),
        Invalid(
            code="""\
package a

func f(c *gin.Context) {
	url := c.Query("url")
	c.Redirect(http.StatusFound, url)
}
""",
            at="StatusFound, «url»",
            message="`url` comes from the request, so a link to this site can lead anywhere.",
        ),
        Invalid(
            code="""\
package a

func f(c echo.Context) error {
	return c.Redirect(302, c.QueryParam("to"))
}
""",
            at='c.QueryParam("to")',
            message='`c.QueryParam("to")` comes from the request, so a link to this site can lead anywhere.',
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        values = code.arguments(call).positional
        if code.callee(call) in _HTTP:
            place = 2
        else:
            first = code.text(values[0]) if values else ""
            place = 1 if first.isdigit() or first.startswith("http.Status") else 0
        if place >= len(values) or _CHECKED.search(code.text(code.function(call) or call)):
            return
        source = from_request(code, values[place])
        here = any(_THIS_SITE.fullmatch(text) for text in (source, *_written(code, values[place])))
        if source and not here and not _LOCAL.match(code.template(values[place]).text):
            message = f"`{short(source)}` comes from the request, so a link to this site can lead anywhere."
            yield Problem(values[place], message)


def _written(code: GoCode, target: Node) -> list[str]:
    """What the variables in an address were given, as it is written."""
    names = [hole.node for hole in code.template(target).holes if hole.node.type == "identifier"]
    return [code.text(b.value) for name in names for b in code.last_values(name) if b.value is not None]
