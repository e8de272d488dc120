"""A file whose name comes from a request, in Go.

A name such as ``../../etc/passwd`` leads out of the folder; `filepath.Join` cleans it, but keeps it leading out.
`os.Root`, or `filepath.IsLocal` before joining, keep inside.

Left alone: names cut down by ``filepath.Base``, cleaned behind a slash (``filepath.Clean("/" + name)``), and paths
compared with their folder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.checks.go_web import from_request
from leery_analyzers.checks.origins import is_given
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FIRST = (
    named(
        "os",
        "Open",
        "OpenFile",
        "ReadFile",
        "Create",
        "Remove",
        "RemoveAll",
        "WriteFile",
        "Mkdir",
        "MkdirAll",
        "ReadDir",
    )
    | named("ioutil", "ReadFile", "WriteFile", "ReadDir")
    | named("io/ioutil", "ReadFile", "WriteFile", "ReadDir")
)
_SERVED = named("net/http", "ServeFile")
_JOINS = named("path/filepath", "Join", "Clean", "Abs") | named("path", "Join", "Clean")
_FILE_NAME = re.compile(r"(?i)(?:file|doc\w*|image|report|template|attachment|page)_?(?:name|path|id)?$|^name$")
_CHECKED = re.compile(
    r"HasPrefix\(|filepath\.Base\(|path\.Base\(|IsLocal\(|Contains\([^)]*\"\.\.|MatchString\(|filepath\.Rel\(|SecureJoin|"
    r"Clean\(\s*\"/\"|OpenRoot\(|Clean\(\s*string\(filepath\.Separator"
)


class PathFromRequestGo(Check):
    """Finds files named by requests."""

    summary = "A file whose name comes from a request"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-22",)
    owasp = ("A01:2025",)
    references = ("https://go.dev/blog/osroot",)
    languages = GO
    calls = _FIRST | _SERVED | {".File", ".SaveUploadedFile", ".FileAttachment", ".SendFile", ".Attachment"}

    VALID = (
        """\
package a

func größe(w http.ResponseWriter, r *http.Request) {
	data, _ := os.ReadFile(filepath.Join("data", filepath.Base(r.FormValue("name"))))
	w.Write(data)
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request) {
	path := filepath.Join(root, r.FormValue("name"))
	if !strings.HasPrefix(path, root+"/") {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, path)
}
""",
        """\
package a

func f(path string) ([]byte, error) {
	return os.ReadFile(path)
}
""",
        """\
package a

func f(r *http.Request) {
	id, _ := strconv.Atoi(r.FormValue("id"))
	os.ReadFile(fmt.Sprintf("data/%d.txt", id))
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import (
	"net/http"
	"os"
)

func größe(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	data, _ := os.ReadFile("data/" + name) // lesen
	w.Write(data)
}
""",
            at='"data/" + name',
            message="`name` comes from the request and can lead out of the folder.",
            fixed=(
                """\
package a

import (
	"net/http"
	"os"
	"path/filepath"
)

func größe(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	data, _ := os.ReadFile("data/" + filepath.Base(name)) // lesen
	w.Write(data)
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "path/filepath"

func f(c *gin.Context) {
	c.File(filepath.Join("uploads", c.Param("file")))
}
""",
            at='filepath.Join("uploads", c.Param("file"))',
            message='`c.Param("file")` comes from the request and can lead out of the folder.',
            fixed=(
                """\
package a

import "path/filepath"

func f(c *gin.Context) {
	c.File(filepath.Join("uploads", filepath.Base(c.Param("file"))))
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "path/filepath"

func f(w http.ResponseWriter, r *http.Request) {
	vars := mux.Vars(r)
	path := filepath.Join("static", vars["name"])
	http.ServeFile(w, r, path)
}
""",
            at="r, «path»)",
            message='`vars["name"]` comes from the request and can lead out of the folder.',
            fixed=(
                """\
package a

import "path/filepath"

func f(w http.ResponseWriter, r *http.Request) {
	vars := mux.Vars(r)
	path := filepath.Join("static", filepath.Base(vars["name"]))
	http.ServeFile(w, r, path)
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        values = code.arguments(call).positional
        place = 2 if code.callee(call) in _SERVED else 1 if code.method(call) == "SaveUploadedFile" else 0
        if place >= len(values) or _CHECKED.search(code.text(code.function(call) or call)):
            return
        for part in _parts(code, values[place], 0):
            source = from_request(code, part)
            if source:
                message = f"`{short(source)}` comes from the request and can lead out of the folder."
                yield Problem(values[place], message, fixes=_cut(code, part, source))
                return
        joined = _joined_parameter(code, values[place])
        if joined:
            message = f"`{short(joined)}` can lead out of the folder that it is joined to."
            yield Problem(values[place], message, confidence="low")


def _parts(code: GoCode, path: Node, depth: int) -> list[Node]:
    """The parts that a path is joined from."""
    path = code.bare(path)
    if path.type == "identifier" and depth < 5:
        values = [b.value for b in code.last_values(path) if b.kind == "value" and b.value is not None]
        if values and values[-1].type == "call_expression" and code.callee(values[-1]) in _JOINS:
            return _parts(code, values[-1], depth + 1)
    if path.type == "call_expression" and code.callee(path) in _JOINS and depth < 5:
        return [part for value in code.arguments(path).positional for part in _parts(code, value, depth + 1)]
    return [path]


def _joined_parameter(code: GoCode, path: Node) -> str:
    """The name of a file that a function is given and joins to a folder that it is not given."""
    parts = _parts(code, path, 0)
    if len(parts) < 2 or is_given(code, parts[0], 0):
        return ""
    last = code.bare(parts[-1])
    named = last.type == "identifier" and _FILE_NAME.search(code.text(last)) is not None
    return (
        code.text(last)
        if named and is_given(code, last, 0) and not code.guarded(code.text(last), last.start_byte)
        else ""
    )


def _cut(code: GoCode, part: Node, source: str) -> tuple[Fix, ...]:
    """Keep the last part of the name."""
    nodes = [hole.node for hole in code.template(part).holes if code.text(hole.node) == source]
    inside = [node for node in nodes if part.start_byte <= node.start_byte < part.end_byte]
    if len(inside) != 1:
        return ()
    edit = code.replace(inside[0], f"filepath.Base({source})")
    return (Fix("Keep the file's name only", "review", (edit,), ('import "path/filepath"',)),)
