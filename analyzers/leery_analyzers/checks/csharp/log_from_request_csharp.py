"""Text from a request written to the log as it is, in C#.

A line break in the value starts a line of its own, so that whoever sends it writes what looks like entries of this
program. Message templates (``"Login of {User}"`` with the value as an argument) keep values apart from the text.

Left alone: templates with arguments, numbers, and values whose line breaks are taken out.
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

_LEVELS = ("Trace", "Debug", "Information", "Warning", "Error", "Critical")
_MICROSOFT = frozenset(f".Log{level}" for level in _LEVELS)
_OTHERS = frozenset({".Info", ".Warn", ".Error", ".Debug", ".Fatal", ".Information", ".Warning", ".Verbose", ".Trace"})
_LOGGER = re.compile(r"(?:\b|_)[lL]og(?:ger|s)?\b|Logger|\bILog|Logging")
_CLEANED = re.compile(
    r"Replace\(\s*(?:@?\"(?:\\[rn]|\[|\\s)|'\\[rn]'|Environment\.NewLine)|(?i:sanitiz|encod|escap|clean|scrub)\w*\("
)
_FIELD = re.compile(r"\{([A-Za-z_][\w.]*)\}")


class LogFromRequestCsharp(Check):
    """Finds values of requests in the text of log entries."""

    summary = "Text from a request in the log as it is"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-117",)
    owasp = ("A09:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/core/extensions/logging#log-message-template",)
    languages = CSHARP
    calls = _MICROSOFT | _OTHERS | {".Log"}

    VALID = (
        """\
public class GrößeController : Controller {
    public IActionResult Show(string name) {
        _logger.LogInformation("Größe von {Name}", name);
        return Ok();
    }
}
""",
        """\
public class ShowController : Controller {
    public IActionResult Show(string name, int id) {
        _logger.LogWarning($"No item {id}");
        var clean = name.Replace("\\n", "").Replace("\\r", "");
        _logger.LogWarning("No item " + clean);
        return Ok();
    }
}
""",
        """\
class A {
    void F(string name) {
        _logger.LogInformation("Started " + name);
        dialog.Error("Unknown " + Request.Query["name"]);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Show(string name) {
        _logger.LogInformation($"Größe von {name}");
        return Ok();
    }
}
""",
            at='$"Größe von {name}"',
            message="`name` comes from the request; a line break in it forges entries of the log.",
            fixed=(
                """\
public class GrößeController : Controller {
    [HttpGet]
    public IActionResult Show(string name) {
        _logger.LogInformation("Größe von {Name}", name);
        return Ok();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
public class LoginController : Controller {
    [HttpPost]
    public IActionResult Login(string user) {
        try { Check(user); }
        catch (Exception error) { log.Error("Login of " + user, error); }
        return Ok();
    }
}
""",
            at='"Login of " + user',
            message="`user` comes from the request; a line break in it forges entries of the log.",
        ),
        Invalid(
            code="""\
class A {
    void F(HttpContext context) {
        var agent = context.Request.Headers["User-Agent"];
        _logger.LogError(error, "Blocked " + agent);
    }
}
""",
            at='"Blocked " + agent',
            message="`agent` comes from the request; a line break in it forges entries of the log.",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, CSharpCode)
        call = found["call"]
        base = code.receiver(call)
        if base is None or not _LOGGER.search(f"{code.text(base)} {code.type_of(base)}"):
            return
        if _CLEANED.search(code.text(code.function(call) or call)):
            return
        for value in code.arguments(call).positional[:3]:
            if code.literal(value) is not None:
                return
            source = from_request(code, value)
            if source:
                message = f"`{short(source)}` comes from the request; a line break in it forges entries of the log."
                yield Problem(value, message, fixes=_templated(code, call, value))
                return


def _templated(code: CSharpCode, call: Node, value: Node) -> tuple[Fix, ...]:
    """The values as arguments, where the text is interpolated from plain names and is the last argument."""
    text = code.text(value)
    if (
        f".{code.method(call)}" not in _MICROSOFT
        or not text.startswith('$"')
        or value != code.arguments(call).positional[-1]
    ):
        return ()
    names = _FIELD.findall(text)
    if not names or len(names) != text.count("{") or len(set(names)) < len(names):
        return ()
    titles = {name: "".join(part[:1].upper() + part[1:] for part in name.split(".")) for name in names}
    template = _FIELD.sub(lambda field: f"{{{titles[field[1]]}}}", text[1:])
    edit = code.replace(value, ", ".join((template, *names)))
    return (Fix("Give the values as arguments", "safe", (edit,)),)
