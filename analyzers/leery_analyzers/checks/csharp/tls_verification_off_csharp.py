"""A connection that does not check whom it talks to, in C#.

Without checking the certificate, an encrypted connection can be read and changed by anyone on the way. A certificate of
one's own is no reason: its thumbprint or its authority can be compared.

Reported are callbacks that always agree, `DangerousAcceptAnyServerCertificateValidator`, and
``TrustServerCertificate=true`` in a connection text. Left alone: callbacks that look at anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import always
from leery_analyzers.fixes.arguments import remove_item, whole_lines
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CALLBACKS = (
    "ServerCertificateCustomValidationCallback",
    "ServerCertificateValidationCallback",
    "RemoteCertificateValidationCallback",
    "CertificateValidationCallback",
)
_FUNCTIONS = frozenset({"lambda_expression", "anonymous_method_expression"})
_QUERY = (
    sets(*_CALLBACKS)
    + """
((identifier) @danger (#eq? @danger "DangerousAcceptAnyServerCertificateValidator"))
(method_declaration parameters: (parameter_list (parameter type: (_) @type)) @parameters body: (_) @body
  (#eq? @type "SslPolicyErrors")) @method
"""
)
_MESSAGE = "No certificate is checked, so anyone on the way can read and change what is sent."


class TlsVerificationOffCsharp(Check):
    """Finds certificates that are not checked."""

    summary = "A connection that does not check the server's certificate"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-295",)
    owasp = ("A07:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5359",)
    languages = CSHARP
    calls = frozenset({"new SslStream", "new RemoteCertificateValidationCallback"})
    query = _QUERY

    VALID = (
        """\
class Größe {
    void F(HttpClientHandler handler) {
        handler.ServerCertificateCustomValidationCallback = (m, c, ch, errors) => errors == SslPolicyErrors.None;
    }
}
""",
        """\
class A {
    void F(Dialog dialog) {
        dialog.ClosingCallback = (sender, e) => true;
    }
}
""",
        """\
class A {
    bool Check(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors) {
        return certificate.GetCertHashString() == Pinned;
    }
}
""",
        """\
class A {
    void F(HttpClientHandler handler) {
        handler.ServerCertificateCustomValidationCallback = null;
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    void F() {
        var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true; // später
        Use(handler);
    }
}
""",
            at="handler.ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true",
            message=_MESSAGE,
            fixed=(
                """\
class Größe {
    void F() {
        var handler = new HttpClientHandler();
        // später
        Use(handler);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    void F() {
        ServicePointManager.ServerCertificateValidationCallback += delegate { return true; };
    }
}
""",
            at="ServicePointManager.ServerCertificateValidationCallback += delegate { return true; }",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    void F() {
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F() {
        return new HttpClientHandler {
            UseProxy = false,
            ServerCertificateCustomValidationCallback = Handlers.DangerousAcceptAnyServerCertificateValidator,
        };
    }
}
""",
            at="ServerCertificateCustomValidationCallback = Handlers.DangerousAcceptAnyServerCertificateValidator",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    object F() {
        return new HttpClientHandler {
            UseProxy = false,
        };
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    bool Check(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors) {
        return true;
    }
}
""",
            at="Check",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        assert isinstance(code, CSharpCode)
        if (call := found.get("call")) is not None:
            for value in code.arguments(call).positional:
                if value.type in _FUNCTIONS and always(code, value, "true"):
                    around = call.parent
                    if around is None or around.type != "assignment_expression":
                        yield Problem(value, _MESSAGE)
        elif (method := found.get("method")) is not None:
            body, name = found["body"], method.child_by_field_name("name")
            if name is not None and re.sub(r"\s", "", code.text(body)) in {"{returntrue;}", "=>true"}:
                yield Problem(name, _MESSAGE)
        elif (danger := found.get("danger")) is not None:
            whole = danger.parent if danger.parent is not None and "access" in danger.parent.type else danger
            if whole.parent is None or whole.parent.type != "assignment_expression":
                yield Problem(whole, _MESSAGE)
        elif _agrees(code, found["value"]):
            yield Problem(found["set"], _MESSAGE, fixes=_removed(code, found["set"]))


def _agrees(code: CSharpCode, value: Node) -> bool:
    if value.type in _FUNCTIONS:
        return always(code, value, "true")
    if value.type.endswith("object_creation_expression"):
        return any(_agrees(code, inner) for inner in code.arguments(value).positional)
    return code.text(value).endswith("DangerousAcceptAnyServerCertificateValidator")


def _removed(code: CSharpCode, assignment: Node) -> tuple[Fix, ...]:
    """Take the callback away; the default checks."""
    around = assignment.parent
    if around is not None and around.type == "initializer_expression":
        edit = remove_item(code, assignment)
    elif around is not None and around.type == "expression_statement":
        place = code.range(around)
        edit = whole_lines(code.unit.text, TextEdit(place.start, place.end, ""))
        if edit.start == place.start and code.unit.text[edit.end : edit.end + 1] == " ":
            edit = TextEdit(edit.start, edit.end + 1, "")
    else:
        return ()
    return (Fix("Check as usual", "review", (edit,)),)
