"""Which values of a C# unit come from a request, as far as its text shows.

No dataflow: an expression, the local variables it is built from, and the parameters of methods that answer requests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from leery_analyzers.checks.csharp_code import CSharpCode
    from leery_analyzers.checks.templates import Hole

_REQUEST = re.compile(
    r"(?:(?:this|base|[Hh]ttpContext|HttpContext\.Current|[Cc]ontext|ctx|_httpContextAccessor\.HttpContext[!?]?)\.)*"
    r"[Rr]equest[?!]?(?:\.(?:Query|Form|Headers|Cookies|Params|QueryString|Path|RouteValues|Url|RawUrl|UserAgent|Body|Unvalidated"
    r"|Files|UrlReferrer|ServerVariables|Host|ContentType|PathInfo)\b|\[)"
)
_CONTENT = re.compile(r"\.(?:FileName|ContentType|Name|QueryString|RawUrl|OriginalString|AbsoluteUri|Text|Value)\Z")
_SERVICE = re.compile(r"\AI[A-Z]|(?:Context|Service|Repository|Logger|Client|Factory|Token|Options|Manager|Provider)\Z")
_TEXTS = frozenset(
    {"string", "String", "Uri", "object", "IFormFile", "IFormCollection", "StringValues", "HttpPostedFileBase"}
)
_RESULTS = re.compile(
    r"\b(?:I?ActionResult|JsonResult|ContentResult|ViewResult|IResult|FileResult|RedirectResult|HttpResponseMessage)\b"
)
_ATTRIBUTES = re.compile(
    r"\[\s*(?:Http(?:Get|Post|Put|Delete|Patch)|Route|FromQuery|FromRoute|FromBody|FromForm|WebMethod|FromHeader)\b"
)
_MAPPED = re.compile(r"\.Map(?:Get|Post|Put|Delete|Patch|Methods|Fallback)?\s*\(")
_CONTROLLER = re.compile(r"Controller\b|PageModel\b|ApiController|ControllerBase")


def from_request(code: CSharpCode, node: Node) -> str:
    """The request's value that an expression is or is built from, as it is written; empty if none can be seen."""
    for hole in code.template(node).holes:
        found = requested(code, hole)
        if found:
            return found
    return ""


def requested(code: CSharpCode, hole: Hole) -> str:
    """The request's value that one unknown value is; empty if it cannot be seen to be one, or is a number."""
    if hole.number:
        return ""
    node = code.bare(hole.node)
    text = code.text(node)
    if _REQUEST.match(text) and not re.search(r"\.(?:Count|Length|ContentLength|HasFormContentType)\b", text):
        return text
    member = node.type == "member_access_expression"
    if member:
        node = code.bare(node.child_by_field_name("expression") or node)
    if node.type != "identifier":
        return ""
    for binding in code.last_values(node):
        if binding.kind == "parameter" and is_answered(code, node, binding.at):
            kind = code.simple(binding.value)
            model = member and kind not in code.number_types and _SERVICE.search(kind) is None
            return code.text(hole.node) if kind in _TEXTS or model else ""
        if binding.value is not None and _REQUEST.match(code.text(code.bare(binding.value)).removeprefix("(string)")):
            return text if not member or _CONTENT.search(text) else ""
    return ""


def is_answered(code: CSharpCode, node: Node, declared_at: int) -> bool:
    """Whether a parameter is one of a method that answers requests."""
    taken = _lambda_call(node, declared_at)
    if taken is not None:
        return _MAPPED.search(code.text(taken)[:200]) is not None
    function = code.function(node)
    if function is None:
        return False
    whole, body = code.text(function), function.child_by_field_name("body")
    head = whole[: body.start_byte - function.start_byte] if body is not None else whole[:400]
    if _ATTRIBUTES.search(head) or _RESULTS.search(head):
        return True
    return "public" in head and _CONTROLLER.search(_class_head(code, function)) is not None


def _class_head(code: CSharpCode, node: Node) -> str:
    for around in _around(node):
        if around.type == "class_declaration":
            return code.text(around).partition("{")[0]
    return ""


def _lambda_call(node: Node, declared_at: int) -> Node | None:
    """The call that a lambda around a node is given to, if the lambda declares the parameter."""
    inside = False
    for around in _around(node):
        if around.type == "lambda_expression" and around.start_byte <= declared_at:
            inside = True
        elif inside and around.type == "invocation_expression":
            return around
    return None


def _around(node: Node) -> Iterator[Node]:
    parent = node.parent
    for _ in range(60):
        if parent is None:
            return
        yield parent
        parent = parent.parent
