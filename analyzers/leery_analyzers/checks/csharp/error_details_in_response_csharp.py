"""An error's details sent to whoever asked, in C#.

An exception's text and trace tell which libraries run here, how files and tables are called, and sometimes what is in
them. The details belong into the log; the answer only needs to say that something failed. The developer's error page
shows all of it, and more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_ANSWERS = frozenset(
    {"BadRequest", "StatusCode", "Problem", "Content", "Ok", "NotFound", "Json", "Conflict", "UnprocessableEntity"}
)
_WRITES = frozenset({"Write", "WriteAsync"})
_DETAIL = re.compile(r"(\w+)\.(StackTrace|Message|ToString\(\)|InnerException\??\.Message)|(\w+)")
_GUARDED = re.compile(r"IsDevelopment\(\)|#if DEBUG|EnvironmentName")
_MESSAGE = "The answer tells strangers how this program is built; write the details to the log only."


class ErrorDetailsInResponseCsharp(Check):
    """Finds exceptions written into answers."""

    summary = "An error's details in the answer"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-209",)
    owasp = ("A10:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html",)
    languages = CSHARP
    calls = frozenset({*_ANSWERS, *(f".{name}" for name in _ANSWERS | _WRITES), ".UseDeveloperExceptionPage"})

    VALID = (
        """\
class Größe : Controller {
    IActionResult F() {
        try { return Ok(Work()); }
        catch (Exception e) { _logger.LogError(e, "failed"); return StatusCode(500, "something failed"); }
    }
}
""",
        """\
class A {
    void F(WebApplication app) {
        if (app.Environment.IsDevelopment()) { app.UseDeveloperExceptionPage(); }
    }
}
""",
        """\
class A : Controller {
    IActionResult F(Message e) => Ok(e.Message);
}
""",
        """\
class A : Controller {
    IActionResult F() {
        try { return Ok(Work()); }
        catch (ValidationException e) { return BadRequest(e.Message); }
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe : Controller {
    IActionResult F() {
        try { return Ok(Work()); }
        catch (Exception fehler) { return StatusCode(500, fehler.ToString()); }
    }
}
""",
            at="fehler.ToString()",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A : Controller {
    IActionResult F() {
        try { return Ok(Work()); }
        catch (SqlException e) { return BadRequest("failed: " + e.Message); }
    }
}
""",
            at="e.Message",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void F(IApplicationBuilder app) {
        app.UseDeveloperExceptionPage();
    }
}
""",
            at="app.UseDeveloperExceptionPage",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        method, base = code.method(call), code.text(code.receiver(call))
        if method == "UseDeveloperExceptionPage":
            if not _GUARDED.search(code.source):
                yield Problem(code.called(call), _MESSAGE)
            return
        if method in _WRITES and not re.search(r"(?i)\bresponse$", base):
            return
        for value in code.arguments(call).positional:
            for part in _parts(code, value):
                detail = _DETAIL.fullmatch(code.text(part))
                name = (detail.group(1) or detail.group(3)) if detail is not None else ""
                if name and _caught(code, name, part) in {
                    "Exception",
                    "SqlException",
                    "DbException",
                    "IOException",
                    "DbUpdateException",
                }:
                    yield Problem(part, _MESSAGE)


def _caught(code: CSharpCode, name: str, at: Node) -> str:
    """The type of a caught exception of that name."""
    bindings = code.scopes.lookup(name, at.start_byte)
    kinds = [b.value for b in bindings if b.kind == "parameter" and b.value is not None and b.value.parent is not None]
    return next(
        (code.simple(kind) for kind in kinds if kind.parent is not None and kind.parent.type == "catch_declaration"), ""
    )


def _parts(code: CSharpCode, value: Node) -> list[Node]:
    """The values of a sum, an interpolated text, or an anonymous object."""
    found: list[Node] = []
    stack = [value]
    while stack and len(found) < 100:
        node = code.bare(stack.pop())
        if node.type == "binary_expression":
            stack.extend(side for name in ("left", "right") if (side := node.child_by_field_name(name)) is not None)
        elif node.type in {"interpolated_string_expression", "interpolation", "anonymous_object_creation_expression"}:
            stack.extend(node.named_children)
        else:
            found.append(node)
    return found
