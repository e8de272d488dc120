"""A template whose text comes from a request, in Go.

A template calls methods of what it is given and reads all of its fields; whoever writes it reads what the page does not
show, and escaping knows nothing of what stands in the text itself.

Left alone: constant templates with values as data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level


class TemplateFromRequestGo(Check):
    """Finds templates that requests write."""

    summary = "A template whose text comes from a request"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-1336", "CWE-94")
    owasp = ("A05:2025",)
    references = ("https://pkg.go.dev/text/template",)
    languages = GO
    calls = frozenset({".Parse"})

    VALID = (
        """\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	template.Must(template.New("a").Parse("<p>{{.}}</p>")).Execute(w, r.FormValue("name"))
}
""",
        """\
package a

func f(r *http.Request) {
	url.Parse(r.FormValue("address"))
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("größe")
	t, _ := template.New("a").Parse("<p>" + name + "</p>")
	t.Execute(w, nil)
}
""",
            at='"<p>" + name + "</p>"',
            message="`name` comes from the request and becomes part of the template, which can read all it is given.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        values = code.arguments(call).positional
        if len(values) != 1 or not re.search(r"(?i)template\.|tmpl|\btpl|\bt$", code.text(code.receiver(call))):
            return
        source = from_request(code, values[0])
        if source:
            message = (
                f"`{short(source)}` comes from the request and becomes part of the template, "
                "which can read all it is given."
            )
            yield Problem(values[0], message)
