"""A profiler that anyone can ask, in Go.

Importing `net/http/pprof` adds its pages to the default router. Where that answers the public, anyone can read what the
program has in memory and keep it busy.

The confidence is low: the router may listen on this machine only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level


class ProfilerExposedGo(Check):
    """Finds the profiler added to the default router."""

    summary = "A profiler that anyone can ask"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "low"
    cwe = ("CWE-489", "CWE-200")
    owasp = ("A02:2025",)
    references = ("https://pkg.go.dev/net/http/pprof",)
    languages = GO
    query = """
    ((import_spec path: (interpreted_string_literal) @path) @import_of (#eq? @path "\\"net/http/pprof\\""))
    """

    VALID = (
        """\
package a

import "net/http"

var größe = http.DefaultServeMux
""",
        """\
package a

import "runtime/pprof"
""",
        """\
package a

import _ "example.com/net/http/pprof"
""",
        """\
package a

import "net/http/pprof"

var profile = pprof.Profile
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import _ "net/http/pprof" // größe
""",
            at='_ "net/http/pprof"',
            message="This adds the profiler's pages to the default router, where anyone may be able to ask them.",
        ),
        Invalid(
            code="""\
package a

import (
\t"net/http"
\t_ "net/http/pprof"
)

var mux = http.DefaultServeMux
""",
            at='_ "net/http/pprof"',
            message="This adds the profiler's pages to the default router, where anyone may be able to ask them.",
        ),
        Invalid(
            code="""\
package main

import (
\t_ "net/http/pprof"
)

func main() {
\tstart()
}
""",
            at='_ "net/http/pprof"',
            message="This adds the profiler's pages to the default router, where anyone may be able to ask them.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one import."""
        assert isinstance(code, GoCode)
        spec = found["import_of"]
        if code.text(spec.child_by_field_name("name")) == "_":
            message = "This adds the profiler's pages to the default router, where anyone may be able to ask them."
            yield Problem(spec, message)
