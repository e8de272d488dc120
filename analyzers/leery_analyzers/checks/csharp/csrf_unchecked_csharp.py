"""A form that other sites can send, in C#.

Without an anti-forgery token another site can let a logged-in person's browser send the form, with the person's
cookies.

Reported is the check switched off: ``[IgnoreAntiforgeryToken]`` and ``DisableAntiforgery``. Left alone: controllers of
interfaces (`ApiController`), which are not called by forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.fixes.arguments import whole_lines
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MESSAGE = "Another site can let a logged-in person's browser send this form."


class CsrfUncheckedCsharp(Check):
    """Finds forms without an anti-forgery token."""

    summary = "A form that other sites can send"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-352",)
    owasp = ("A01:2025",)
    references = ("https://learn.microsoft.com/en-us/aspnet/core/security/anti-request-forgery",)
    languages = CSHARP
    query = """
    ((attribute_list (attribute name: (identifier) @name)) @list (#eq? @name "IgnoreAntiforgeryToken"))
    """
    calls = frozenset({".DisableAntiforgery", "new IgnoreAntiforgeryTokenAttribute"})

    VALID = (
        """\
public class GrößeController : Controller {
    [HttpPost, ValidateAntiForgeryToken]
    public IActionResult Save(Order order) => Ok();
}
""",
        """\
[ApiController]
public class ItemsController : ControllerBase {
    [IgnoreAntiforgeryToken]
    [HttpPost]
    public IActionResult Save(Order order) => Ok();
}
""",
        """\
public class ShowController : Controller {
    [HttpGet]
    public IActionResult Show() => View();
}
""",
        """\
class A {
    [Ignore]
    void F() {}
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpPost]
    [IgnoreAntiforgeryToken]
    public IActionResult Save(Order order) => Ok(); // später
}
""",
            at="[IgnoreAntiforgeryToken]",
            message=_MESSAGE,
            fixed=(
                """\
public class GrößeController : Controller {
    [HttpPost]
    public IActionResult Save(Order order) => Ok(); // später
}
""",
            ),
        ),
        Invalid(
            code="""\
[IgnoreAntiforgeryToken]
public class FormModel : PageModel {
    public void OnPost() {}
}
""",
            at="[IgnoreAntiforgeryToken]",
            message=_MESSAGE,
            fixed=(
                """\
public class FormModel : PageModel {
    public void OnPost() {}
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void Map(WebApplication app) {
        app.MapPost("/transfer", Transfer).DisableAntiforgery();
    }
}
""",
            at='app.MapPost("/transfer", Transfer).DisableAntiforgery',
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one attribute or at one call."""
        assert isinstance(code, CSharpCode)
        if (call := found.get("call")) is not None:
            yield Problem(code.called(call), _MESSAGE)
            return
        attributes = found["list"]
        if "ApiController" in code.source or "ControllerBase" in code.source:
            return
        fixes: tuple[Fix, ...] = ()
        if len(attributes.named_children) == 1:
            place = code.range(attributes)
            edit = whole_lines(code.unit.text, TextEdit(place.start, place.end, ""))
            fixes = (Fix("Check the token", "review", (edit,)),)
        yield Problem(attributes, _MESSAGE, fixes=fixes)
