"""Text from a request written into a page as HTML, in C#.

Razor escapes what it is given; `Html.Raw`, `HtmlString`, ``Response.Write`` and a text returned as ``text/html`` do
not, so that a value from a request becomes part of the page, scripts included.

Left alone: constants, and values that were encoded (``HtmlEncoder``, ``HttpUtility.HtmlEncode``, a sanitiser).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_web import from_request
from leery_analyzers.checks.origins import from_outside
from leery_analyzers.checks.words import short
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_RAW = frozenset({"Html.Raw", "new HtmlString", "new MvcHtmlString", "MvcHtmlString.Create", "new MarkupString"})
_WRITES = frozenset({"Write", "WriteAsync"})
_SAFE = re.compile(r"(?i)encod|sanitiz|escape|markdown|localiz|JsonSerializer|Json\.")
_OTHER_TYPE = re.compile(r"(?i)json|text/plain|text/csv|text/event-stream|octet-stream")
_QUERY = sets("InnerHtml", "Text", "Content")


class HtmlFromRequestCsharp(Check):
    """Finds values of requests written as HTML."""

    summary = "Text from a request written into a page as HTML"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-79",)
    owasp = ("A05:2025",)
    references = ("https://learn.microsoft.com/en-us/aspnet/core/security/cross-site-scripting",)
    languages = CSHARP
    calls = _RAW | {".Raw", ".Content", "Results.Content", *(f".{name}" for name in _WRITES), "Content"}
    query = _QUERY

    VALID = (
        """\
public class GrößeController : Controller {
    public IActionResult Show(string name) {
        return Content(HtmlEncoder.Default.Encode(name), "text/html");
    }
}
""",
        """\
class A {
    object F() => new HtmlString("<b>größe</b>");
}
""",
        """\
public class ShowController : Controller {
    public IActionResult Show(string name) => Content(name, "text/plain");
}
""",
        """\
class A {
    void F(string name) {
        writer.Write(name);
        label.Text = name;
    }
}
""",
        """\
public class ShowController : Controller {
    [HttpGet("{id}")]
    public IActionResult Show(int id) => Content("<p>" + id + "</p>", "text/html");
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Show(string name) {
        return Content($"<h1>Hallo {name}</h1>", "text/html"); // grüßen
    }
}
""",
            at='$"<h1>Hallo {name}</h1>"',
            message="`name` comes from the request and becomes part of the page, scripts included.",
            fixed=(
                """\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Show(string name) {
        return Content($"<h1>Hallo {System.Net.WebUtility.HtmlEncode(name)}</h1>", "text/html"); // grüßen
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
public class HelloController : Controller {
    public ContentResult Hello(string name) {
        return new ContentResult { ContentType = "text/html", Content = name + "!" };
    }
}
""",
            at='name + "!"',
            message="`name` comes from the request and becomes part of the page, scripts included.",
            fixed=(
                """\
public class HelloController : Controller {
    public ContentResult Hello(string name) {
        return new ContentResult { ContentType = "text/html", Content = System.Net.WebUtility.HtmlEncode(name) + "!" };
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class Page {
    void Load() {
        Response.Write("<p>" + Request.QueryString["q"] + "</p>");
    }
}
""",
            at='"<p>" + Request.QueryString["q"] + "</p>"',
            message='`Request.QueryString["q"]` comes from the request and becomes part of the page, scripts included.',
            fixed=(
                """\
class Page {
    void Load() {
        Response.Write("<p>" + System.Net.WebUtility.HtmlEncode(Request.QueryString["q"]) + "</p>");
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F() {
        var text = Request.Query["text"];
        return new HtmlString(text);
    }
}
""",
            at="HtmlString(«text»)",
            message="`text` comes from the request and becomes part of the page, scripts included.",
            fixed=(
                """\
class A {
    object F() {
        var text = Request.Query["text"];
        return new HtmlString(System.Net.WebUtility.HtmlEncode(text));
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        value = found.get("value") if call is None else _written(code, call)
        if value is None or _SAFE.search(code.text(value)):
            return
        if call is None and code.text(found["key"]) == "Content":
            if "html" not in code.text(found["set"].parent).lower():
                return
        elif call is None and not re.search(
            r"(?i)litera|\blit\w*\.|InnerHtml|label|lbl", code.text(found["set"].child_by_field_name("left"))
        ):
            return
        source = from_request(code, value)
        if call is not None and not source and (code.callee(call) in _RAW or code.method(call) == "Raw"):
            outside = from_outside(
                code, (hole for hole in code.template(value).holes if not _SAFE.search(code.text(hole.node)))
            )
            if outside is not None and outside[1] == "medium":
                name = short(code.text(outside[0]))
                message = f"`{name}` becomes part of the page as it is, scripts included."
                yield Problem(value, message, fixes=_encoded(code, value))
            return
        if source:
            message = f"`{short(source)}` comes from the request and becomes part of the page, scripts included."
            yield Problem(value, message, fixes=_encoded(code, value))


def _written(code: CSharpCode, call: Node) -> Node | None:
    """What a call writes as HTML."""
    values, method = code.arguments(call), code.method(call)
    first = values.get(0)
    if method == "Content":
        kind = values.get(1, "contentType")
        return first if kind is not None and "html" in code.text(kind).lower() else None
    if method in _WRITES:
        base = code.text(code.receiver(call))
        own = code.function(call)
        other = _OTHER_TYPE.search(code.text(own) if own is not None else code.source)
        return first if re.search(r"\b[Rr]esponse(?:\.Output)?$", base) and other is None else None
    return first


def _encoded(code: CSharpCode, value: Node) -> tuple[Fix, ...]:
    template = code.template(value)
    inside = [hole.node for hole in template.holes if value.start_byte <= hole.node.start_byte < value.end_byte]
    if not inside or len(inside) < len(template.holes):
        return ()
    edits = tuple(code.replace(node, f"System.Net.WebUtility.HtmlEncode({code.text(node)})") for node in inside)
    return (Fix("Encode it", "review", edits),)
