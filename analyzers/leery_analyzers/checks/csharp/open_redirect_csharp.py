"""A redirect to wherever a request says, in C#.

A link to this site then leads to another one that looks like it and asks for the password.

Left alone: `LocalRedirect`, and addresses checked with ``Url.IsLocalUrl``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_REDIRECTS = frozenset({"Redirect", "RedirectPermanent", "RedirectPreserveMethod"})
_CHECKED = re.compile(r"IsLocalUrl\(|\.StartsWith\(|\.Host\b|Allowed|IsWellFormedOriginalString|UriKind\.Relative")
_LOCAL = re.compile(r"/(?![/\\\0])|https?://[^/\0]+/")


class OpenRedirectCsharp(Check):
    """Finds redirects that requests choose."""

    summary = "A redirect to wherever a request says"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-601",)
    owasp = ("A01:2025",)
    references = ("https://learn.microsoft.com/en-us/aspnet/core/security/preventing-open-redirects",)
    languages = CSHARP
    calls = frozenset({*_REDIRECTS, "Results.Redirect", *(f".{name}" for name in _REDIRECTS), "new RedirectResult"})

    VALID = (
        """\
public class GrößeController : Controller {
    public IActionResult Login(string returnUrl) => LocalRedirect(returnUrl);
}
""",
        """\
public class LoginController : Controller {
    public IActionResult Login(string returnUrl) {
        if (Url.IsLocalUrl(returnUrl)) return Redirect(returnUrl);
        return RedirectToAction("Index");
    }
}
""",
        """\
public class LoginController : Controller {
    public IActionResult Go(string id) => Redirect($"/items/{id}");
}
""",
        """\
class Router {
    void Redirect(string target) {}
    void F(string target) { Redirect(target); }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpPost]
    public IActionResult Login(string returnUrl) {
        return Redirect(returnUrl); // zurück
    }
}
""",
            at="Redirect(«returnUrl»)",
            message="`returnUrl` comes from the request, so a link to this site can lead anywhere.",
            fixed=(
                """\
public class GrößeController : Controller {
    [HttpPost]
    public IActionResult Login(string returnUrl) {
        return LocalRedirect(returnUrl); // zurück
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F() {
        Response.Redirect(Request.QueryString["url"]);
    }
}
""",
            at='Request.QueryString["url"]',
            message='`Request.QueryString["url"]` comes from the request, so a link to this site can lead anywhere.',
        ),
        Invalid(
            code="""\
class A {
    void Map(WebApplication app) {
        app.MapGet("/go", (string next) => Results.Redirect(next));
    }
}
""",
            at="Redirect(«next»)",
            message="`next` comes from the request, so a link to this site can lead anywhere.",
            fixed=(
                """\
class A {
    void Map(WebApplication app) {
        app.MapGet("/go", (string next) => Results.LocalRedirect(next));
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        target = code.arguments(call).get(0)
        if target is None or _CHECKED.search(code.text(code.function(call) or call)):
            return
        source = from_request(code, target)
        if not source or _LOCAL.match(code.template(target).text):
            return
        function = call.child_by_field_name("function")
        own = function.child_by_field_name("name") or function if function is not None else None
        fixes: tuple[Fix, ...] = ()
        if (
            own is not None
            and code.method(call) == "Redirect"
            and not code.text(function).startswith(("Response", "context"))
        ):
            fixes = (Fix("Redirect within this site only", "review", (code.replace(own, "LocalRedirect"),)),)
        yield Problem(
            target, f"`{short(source)}` comes from the request, so a link to this site can lead anywhere.", fixes=fixes
        )
