"""An address from a request fetched by the server, in Go.

Whoever asks can let the server reach what only it can reach: its own network, the cloud's metadata, local services.
The hosts that are meant have to be listed and compared.
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

_GETS = named("net/http", "Get", "Post", "Head", "PostForm")
_REQUESTS = {"NewRequest": 1, "NewRequestWithContext": 2}
_NEW = named("net/http", *_REQUESTS)
_METHODS = frozenset({"Get", "Post", "Head", "PostForm"})
_CHECKED = re.compile(r"\.Host(?:name\(\))?\s*(?:!=|==|\])|[aA]llowed|whitelist|IsPrivate|validateURL|isSafe|checkURL")
_FIXED_HOST = re.compile(r"https?://[^/\0]+/")


class RequestAddressFetchedGo(Check):
    """Finds addresses of requests that the server fetches."""

    summary = "An address from a request fetched by the server"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-918",)
    owasp = ("A01:2025",)
    references = (
        "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
    )
    languages = GO
    calls = _GETS | _NEW | frozenset(f".{name}" for name in _METHODS)

    VALID = (
        """\
package a

import "net/http"

func größe(w http.ResponseWriter, r *http.Request) {
	http.Get("https://api.example.com/items/" + r.FormValue("id"))
}
""",
        """\
package a

import "net/http"

func f(w http.ResponseWriter, r *http.Request) {
	target, _ := url.Parse(r.FormValue("url"))
	if !allowedHosts[target.Host] {
		return
	}
	http.Get(r.FormValue("url"))
}
""",
        """\
package a

import "net/http"

func f(address string) (*http.Response, error) {
	return http.Get(address)
}
""",
        """\
package a

func f(w http.ResponseWriter, r *http.Request) {
	cache.Get(r.FormValue("key"))
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "net/http"

func größe(w http.ResponseWriter, r *http.Request) {
	antwort, err := http.Get(r.URL.Query().Get("url"))
	use(antwort, err)
}
""",
            at='r.URL.Query().Get("url")',
            message='`r.URL.Query().Get("url")` comes from the request, so whoever asks can reach what only this '
            "server can.",
        ),
        Invalid(
            code="""\
package a

import "net/http"

func f(c *gin.Context) {
	target := c.Query("target")
	request, _ := http.NewRequest("GET", target, nil)
	use(request)
}
""",
            at='"GET", «target»',
            message="`target` comes from the request, so whoever asks can reach what only this server can.",
        ),
        Invalid(
            code="""\
package a

import "net/http"

func f(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{}
	client.Get("http://" + r.FormValue("host") + "/status")
}
""",
            at='"http://" + r.FormValue("host") + "/status"',
            message='`r.FormValue("host")` comes from the request, '
            "so whoever asks can reach what only this server can.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        name, method, values = code.callee(call), code.method(call), code.arguments(call).positional
        place = _REQUESTS.get(method, 0)
        if place >= len(values):
            return
        if name not in _GETS | _NEW:
            base = code.receiver(call)
            kind = f"{code.text(base)} {code.type_of(base) if base is not None else ''}"
            if not re.search(r"(?i)client|http", kind):
                return
        if _CHECKED.search(code.text(code.function(call) or call)) or _FIXED_HOST.match(
            code.template(values[place]).text
        ):
            return
        source = from_request(code, values[place])
        if source:
            message = f"`{short(source)}` comes from the request, so whoever asks can reach what only this server can."
            yield Problem(values[place], message)
