"""Every site may call this one with the visitor's cookies, in C#.

An answer that allows any origin together with credentials lets each page that somebody visits read this site's data in
their name. The origins that are meant have to be listed (``WithOrigins``).

Without credentials any origin is reported with low severity: the data may be public.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode
from leery_analyzers.checks.csharp_values import always
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level


_CREDENTIALS = re.compile(
    r"\.AllowCredentials\(\)|SupportsCredentials\s*=\s*true|Access-Control-Allow-Credentials\W+true"
)
_HEADERS = frozenset({"Add", "Append", "AppendHeader", "AddHeader", "TryAdd"})
_QUERY = '((attribute name: (identifier) @attribute) @enable (#eq? @attribute "EnableCors"))'
_WITH = "Every site that somebody visits can call this one with their cookies and read the answer."
_WITHOUT = "Every site that somebody visits can read these answers."


_INDEXED = """
(assignment_expression left: (element_access_expression expression: (member_access_expression
  name: (identifier) @key) subscript: (_) @named) right: (_) @value (#eq? @key "Headers")) @set
"""
_POLICIES = re.compile(
    r"\.(?:AddPolicy|AddDefaultPolicy|UseCors)\((?:[^;{}]|\{[^{}]*\})*?(?=\.(?:AddPolicy|AddDefaultPolicy)\(|;|\Z)"
)


class CorsAnyOriginCsharp(Check):
    """Finds answers that any origin may read."""

    summary = "Any origin may read the answers"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-942", "CWE-346")
    owasp = ("A02:2025",)
    references = ("https://learn.microsoft.com/en-us/aspnet/core/security/cors",)
    languages = CSHARP
    calls = frozenset({".AllowAnyOrigin", ".SetIsOriginAllowed", ".WithOrigins", *(f".{name}" for name in _HEADERS)})
    query = _QUERY + _INDEXED

    VALID = (
        """\
class Größe {
    void F(CorsPolicyBuilder builder) {
        builder.WithOrigins("https://app.example.com").AllowCredentials();
    }
}
""",
        """\
class A {
    void F(CorsPolicyBuilder builder) {
        builder.SetIsOriginAllowed(origin => Allowed.Contains(origin)).AllowCredentials();
    }
}
""",
        """\
class A {
    void F(Dictionary<string, string> values) {
        values.Add("Access", "*");
    }
}
""",
        """\
class A {
    [EnableCors("Partners")]
    object F() => null;
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F(CorsPolicyBuilder builder) {
        builder.SetIsOriginAllowed(_ => true).AllowAnyHeader().AllowCredentials(); // alle
    }
}
""",
            at="builder.SetIsOriginAllowed",
            message=_WITH,
        ),
        Invalid(
            code="""\
class A {
    void F(IServiceCollection services) {
        services.AddCors(o => o.AddDefaultPolicy(p => p.AllowAnyOrigin().AllowAnyMethod()));
    }
}
""",
            at="p.AllowAnyOrigin",
            message=_WITHOUT,
        ),
        Invalid(
            code="""\
class A {
    void F() {
        Response.Headers.Add("Access-Control-Allow-Origin", Request.Headers["Origin"]);
        Response.Headers.Add("Access-Control-Allow-Credentials", "true");
    }
}
""",
            at='Request.Headers["Origin"]',
            message=_WITH,
        ),
        Invalid(
            code="""\
class A {
    [EnableCors(origins: "*", headers: "*", methods: "*", SupportsCredentials = true)]
    object F() => null;
}
""",
            at='EnableCors(origins: "*", headers: "*", methods: "*", SupportsCredentials = true)',
            message=_WITH,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call or at one attribute."""
        assert isinstance(code, CSharpCode)
        if (attribute := found.get("enable")) is not None:
            text = code.text(attribute)
            if re.search(r'origins:\s*"\*"|\(\s*"\*"\s*,', text):
                yield _problem(code, attribute, within=text)
            return
        if "set" in found:
            if "access-control-allow-origin" in code.text(found["named"]).lower():
                yield from _header(code, found["value"])
            return
        yield from _called(code, found["call"])


def _called(code: CSharpCode, call: Node) -> Iterator[Problem]:
    """What a call sets."""
    method, values = code.method(call), code.arguments(call).positional
    if method == "AllowAnyOrigin":
        yield _problem(code, code.called(call))
    elif method == "SetIsOriginAllowed":
        if values and always(code, values[0], "true"):
            yield _problem(code, code.called(call))
    elif method == "WithOrigins":
        if any(code.literal(value) == "*" for value in values):
            yield _problem(code, code.called(call))
    elif len(values) == 2 and (code.literal(values[0]) or "").lower() == "access-control-allow-origin":
        yield from _header(code, values[1])


def _header(code: CSharpCode, value: Node) -> Iterator[Problem]:
    """``Access-Control-Allow-Origin`` set to everybody, or to whoever asks."""
    texts = [code.text(value)]
    if value.type == "identifier" and not code.guarded(code.text(value), value.start_byte):
        texts += [code.text(b.value) for b in code.last_values(value) if b.value is not None]
    if any(text == '"*"' or re.search(r"[Rr]equest\.Headers\W+Origin", text) for text in texts):
        yield _problem(code, value)


def _policy(code: CSharpCode, at: Node | TextRange) -> str:
    """What else is set where a setting stands: the one policy, or all there is."""
    start = at.start if isinstance(at, TextRange) else code.range(at).start
    for found in _POLICIES.finditer(code.unit.text):
        if found.start() <= start < found.end():
            return found.group()
    return code.source


def _problem(code: CSharpCode, at: Node | TextRange, within: str = "") -> Problem:
    if _CREDENTIALS.search(within or _policy(code, at)):
        return Problem(at, _WITH)
    return Problem(at, _WITHOUT, severity="low", confidence="medium")
