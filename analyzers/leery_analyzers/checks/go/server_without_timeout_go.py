"""A server that waits for its clients for ever, in Go.

``http.ListenAndServe`` and a `http.Server` without `ReadHeaderTimeout` or `ReadTimeout` keep every connection open that
sends its request slowly or not at all, until no more are accepted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LISTEN = named("net/http", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS")
_TIMEOUTS = frozenset({"ReadHeaderTimeout", "ReadTimeout"})
_MESSAGE = "A client that sends slowly keeps its connection for ever, until no more are accepted."


class ServerWithoutTimeoutGo(Check):
    """Finds servers without a timeout."""

    summary = "A server that waits for its clients for ever"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-400",)
    owasp = ("A06:2025",)
    references = ("https://pkg.go.dev/net/http#Server",)
    languages = GO
    calls = _LISTEN
    query = """
    ((composite_literal type: (qualified_type) @type) @server (#eq? @type "http.Server"))
    """

    VALID = (
        """\
package a

import "net/http"

func größe(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: timeout}
}
""",
        """\
package a

import "net/http"

func f(handler http.Handler) {
	server := &http.Server{Handler: handler}
	server.ReadTimeout = timeout
	server.ListenAndServe()
}
""",
        """\
package a

import "example.com/toy/http"

func f() {
	http.ListenAndServe(":8080", nil)
}
""",
        """\
package a

import "net/http"

func f(client *http.Client) {
	client.Get(address)
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import (
	"net/http"
	"time"
)

func größe(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler} // öffentlich
	return server.ListenAndServe()
}
""",
            at='http.Server{Addr: ":8080", Handler: handler}',
            message=_MESSAGE,
            fixed=(
                """\
package a

import (
	"net/http"
	"time"
)

func größe(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler, ReadHeaderTimeout: 10 * time.Second} // öffentlich
	return server.ListenAndServe()
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "net/http"

func f() {
	http.ListenAndServe(":8080", nil)
}
""",
            at="http.ListenAndServe",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
package a

import (
	"net/http"
)

var server = http.Server{
	Addr: ":8443",
}
""",
            at='http.Server{\n\tAddr: ":8443",\n}',
            message=_MESSAGE,
            fixed=(
                """\
package a

import (
	"net/http"
	"time"
)

var server = http.Server{
	Addr: ":8443",
	ReadHeaderTimeout: 10 * time.Second,
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one server."""
        assert isinstance(code, GoCode)
        if (call := found.get("call")) is not None:
            yield Problem(call.child_by_field_name("function") or call, _MESSAGE)
            return
        server = found["server"]
        fields = code.fields(server)
        body = code.text(code.function(server) or server)
        if _TIMEOUTS & fields.keys() or re.search(r"\.Read(?:Header)?Timeout\s*=", body):
            return
        fixes: tuple[Fix, ...] = ()
        if fields:
            value = list(fields.values())[-1]
            at = code.range(value).end
            spread = "\n" in code.text(server)
            gap = f",{code.newline()}{code.indent(value)}" if spread else ", "
            edit = TextEdit(at, at, f"{gap}ReadHeaderTimeout: 10 * time.Second")
            fixes = (Fix("Wait ten seconds", "review", (edit,), ('import "time"',)),)
        yield Problem(server, _MESSAGE, fixes=fixes)
