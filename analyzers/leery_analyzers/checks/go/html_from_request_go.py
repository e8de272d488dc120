"""Text written into a page as HTML without being escaped, in Go.

`html/template` escapes what it is given. ``fmt.Fprintf`` to the response, ``template.HTML`` and `text/template` do not,
so that a value from a request becomes part of the page, scripts included.

Left alone: constants, escaped values, and answers that are said to be plain text or JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MARKED = named("html/template", "HTML", "JS", "URL", "HTMLAttr", "CSS", "JSStr", "Srcset")
_PRINTS = named("fmt", "Fprintf", "Fprint", "Fprintln") | named("io", "WriteString")
_OTHER_TYPE = re.compile(r"(?i)(?:text/plain|application/(?:json|octet|xml|pdf)|image/|text/csv|text/event-stream)")
_SAFE = re.compile(r"(?i)escape|sanitiz|QueryEscape|bluemonday|Encode")
_WRITER = re.compile(r"(?i)w|rw|writer|resp(?:onse)?|res|c\.Writer|c\.Response\(\)(?:\.Writer)?")
_PAGE = "`{}` comes from the request and becomes part of the page, scripts included."


class HtmlFromRequestGo(Check):
    """Finds values of requests written as HTML."""

    summary = "Text written into a page as HTML without being escaped"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79",)
    owasp = ("A05:2025",)
    references = ("https://pkg.go.dev/html/template",)
    languages = GO
    calls = _MARKED | _PRINTS | {".Write", ".WriteString", ".HTML", ".Execute", ".ExecuteTemplate", ".Data"}

    VALID = (
        """\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<p>%s</p>", html.EscapeString(r.FormValue("name")))
}
""",
        """\
package a

import "html/template"

func f() template.HTML {
	return template.HTML("<b>größe</b>")
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	fmt.Fprintln(w, r.FormValue("name"))
}
""",
        """\
package a

func f(r *http.Request) {
	fmt.Fprintln(os.Stderr, r.FormValue("name"))
	count, _ := strconv.Atoi(r.FormValue("n"))
	fmt.Fprintf(w, "<p>%d</p>", count)
}
""",
        """\
package a

import "html/template"

func f(w http.ResponseWriter, page *template.Template, r *http.Request) {
	page.Execute(w, r.FormValue("name"))
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import (
	"fmt"
	"net/http"
)

func größe(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	fmt.Fprintf(w, "<h1>Hallo %s</h1>", name) // grüßen
}
""",
            at='Hallo %s</h1>", «name»',
            message=_PAGE.format("name"),
            fixed=(
                """\
package a

import (
	"fmt"
	"html"
	"net/http"
)

func größe(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	fmt.Fprintf(w, "<h1>Hallo %s</h1>", html.EscapeString(name)) // grüßen
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "html/template"

func f(c *gin.Context) template.HTML {
	return template.HTML(c.Query("text"))
}
""",
            at='c.Query("text")',
            message=_PAGE.format('c.Query("text")'),
        ),
        Invalid(
            code="""\
package a

import "net/http"

func f(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("<p>" + r.FormValue("q") + "</p>"))
}
""",
            at='[]byte("<p>" + r.FormValue("q") + "</p>")',
            message=_PAGE.format('r.FormValue("q")'),
            fixed=(
                """\
package a

import "html"
import "net/http"

func f(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("<p>" + html.EscapeString(r.FormValue("q")) + "</p>"))
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

func f(c *gin.Context) {
	c.Data(200, "text/html; charset=utf-8", []byte("<h1>"+c.Param("name")+"</h1>"))
}
""",
            at='[]byte("<h1>"+c.Param("name")+"</h1>")',
            message=_PAGE.format('c.Param("name")'),
            fixed=(
                """\
package a

import "html"

func f(c *gin.Context) {
	c.Data(200, "text/html; charset=utf-8", []byte("<h1>"+html.EscapeString(c.Param("name"))+"</h1>"))
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "text/template"

func f(w http.ResponseWriter, r *http.Request) {
	template.Must(template.New("a").Parse(page)).Execute(w, r.FormValue("q"))
}
""",
            at='template.Must(template.New("a").Parse(page)).Execute',
            message="text/template escapes nothing; use html/template for pages.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, method, values = code.callee(call), code.method(call), code.arguments(call).positional
        if method in {"Execute", "ExecuteTemplate"}:
            if values and _is_response(code, values[0]) and _is_plain_template(code, call):
                message = "text/template escapes nothing; use html/template for pages."
                yield Problem(code.called(call), message)
            return
        if name in _MARKED:
            written = values[:1] if not code.foreign_package("html/template", "template") else ()
        elif name in _PRINTS:
            written = values[1:] if values and _is_response(code, values[0]) else ()
        elif method in {"Data", "HTML"}:
            page = len(values) == 2 if method == "HTML" else len(values) == 3 and "html" in code.text(values[1])
            written = values[-1:] if page else ()
        else:
            base = code.receiver(call)
            written = values[:1] if base is not None and _is_response(code, base) and method.startswith("Write") else ()
        body = code.text(code.function(call) or call)
        if not written or (name not in _MARKED and _OTHER_TYPE.search(body)):
            return
        for value in written:
            source = from_request(code, value)
            if source and not _SAFE.search(source):
                yield Problem(value, _PAGE.format(short(source)), fixes=_escaped(code, value, marked=name in _MARKED))
                return


def _is_response(code: GoCode, node: Node) -> bool:
    kind = code.written_type(node)
    if kind:
        return kind == "http.ResponseWriter"
    return _WRITER.fullmatch(code.text(node)) is not None


def _is_plain_template(code: GoCode, call: Node) -> bool:
    base = code.text(code.receiver(call))
    if code.imported_as("template") == "text/template":
        return "archive" not in base
    return False


def _escaped(code: GoCode, value: Node, *, marked: bool) -> tuple[Fix, ...]:
    template = code.template(value)
    inside = [hole.node for hole in template.holes if value.start_byte <= hole.node.start_byte < value.end_byte]
    if marked or not inside or len(inside) < len(template.holes):
        return ()
    edits = tuple(code.replace(node, f"html.EscapeString({code.text(node)})") for node in inside)
    return (Fix("Escape it", "review", edits, ('import "html"',)),)
