"""Which values of a Go unit come from a request, as far as its text shows.

No dataflow: an expression, and the local variables it is built from. Knows `net/http` and the usual routers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.go_code import GoCode
    from leery_analyzers.checks.templates import Hole

_REQUESTS = r"(?:r|req|request|c\.Request|ctx\.Request|c\.Request\(\)|httpReq)"
_HTTP = re.compile(
    rf"{_REQUESTS}\.(?:FormValue|PostFormValue|PathValue|Referer|UserAgent)\(|{_REQUESTS}\.URL\.(?:Query\(\)|Path\b|RawQuery|"
    rf"String\(|RequestURI)|{_REQUESTS}\.(?:Header\.Get\(|Form\b|PostForm\b|RequestURI\b|Host\b|Header\[)"
)
_CONTEXT = re.compile(
    r"(?:c|ctx|context|gctx)\.(?:Query|Param|PostForm|DefaultQuery|DefaultPostForm|GetHeader|QueryParam|FormValue|Params"
    r"|QueryString|BodyParam|GetQuery|Cookies?)\("
)
_ROUTERS = re.compile(r"mux\.Vars\(\w+\)\[|chi\.URLParam\(|(?:ps|params|p)\.ByName\(|pat\.Param\(")
_PARTS = re.compile(r"\.(?:Query\(\)|Form|PostForm)\Z|mux\.Vars\(\w+\)\Z")
_FILE_NAME = re.compile(r"(?:\w*[hH]eader|file|fh|fileHeader|upload\w*|handler)\.Filename")
_BINDS = (
    r"(?:\.(?:ShouldBind\w*|Bind\w*|BodyParser|QueryParser|ParamsParser|ReadJSON|DecodeJSON)"
    r"|NewDecoder\(\w+(?:\.Request)?\.Body\)\.Decode|json\.Unmarshal|\bdecodeJSON|\breadJSON|render\.\w+)"
)
_TYPES = frozenset({"Request", "Context", "Ctx", "Params", ""})


def from_request(code: GoCode, node: Node) -> str:
    """The request's value that an expression is or is built from, as it is written; empty if none can be seen."""
    for hole in code.template(node).holes:
        found = requested(code, hole)
        if found:
            return found
    return ""


def requested(code: GoCode, hole: Hole) -> str:
    """The request's value that one unknown value is; empty if it cannot be seen to be one, or is a number."""
    if hole.number:
        return ""
    text = code.text(hole.node)
    if _is_request(code, hole.node, text):
        return text
    if hole.node.type == "selector_expression":
        owner = hole.node.child_by_field_name("operand")
        kind = bound_from_request(code, owner) if owner is not None and owner.type == "identifier" else ""
        field = code.text(hole.node.child_by_field_name("field"))
        return text if kind and not re.search(rf"\b{re.escape(field)}\s+\*?(?:u?int|float|bool|time\.)", kind) else ""
    base = hole.node.child_by_field_name("operand") if hole.node.type == "index_expression" else None
    if hole.node.type == "call_expression" and code.method(hole.node) == "Get":
        base = code.receiver(hole.node)
    if base is not None and base.type == "identifier" and _bound(code, base, _PARTS):
        return text
    if hole.node.type == "identifier" and _bound_to_request(code, hole.node, 0):
        return text
    return ""


def bound_from_request(code: GoCode, name: Node) -> str:
    """The type of a variable that is filled from a request before this use; empty if it is not seen to be."""
    own, function = code.text(name), code.function(name)
    if function is None or not own:
        return ""
    before = code.slice(function.start_byte, name.start_byte)
    if not re.search(rf"{_BINDS}\(\s*(?:[^()]*,\s*)?&?{re.escape(own)}\s*[,)]", before):
        return ""
    declared = re.search(
        rf"\bvar\s+{re.escape(own)}\s+(struct\s*\{{[^{{}}]*\}}|[\w.]+)|\b{re.escape(own)}\s*:?=\s*(?:&|new\()?([\w.]+)",
        before,
    )
    return (declared.group(1) or declared.group(2)) if declared is not None else ""


def _bound_to_request(code: GoCode, name: Node, depth: int) -> bool:
    for binding in code.last_values(name):
        value = binding.value
        if binding.kind != "value" or value is None or depth > 4:
            continue
        if _is_request(code, value, code.text(value)):
            return True
        base = value.child_by_field_name("operand") if value.type == "index_expression" else None
        if value.type == "call_expression" and code.method(value) == "Get":
            base = code.receiver(value)
        if base is not None and base.type == "identifier" and _bound(code, base, _PARTS):
            return True
    return False


def _bound(code: GoCode, name: Node, pattern: re.Pattern[str]) -> bool:
    values = code.last_values(name)
    return any(b.kind == "value" and b.value is not None and pattern.search(code.text(b.value)) for b in values)


def _is_request(code: GoCode, node: Node, text: str) -> bool:
    if not (_HTTP.match(text) or _CONTEXT.match(text) or _ROUTERS.match(text) or _FILE_NAME.fullmatch(text)):
        return False
    first = node
    while first.type in {"call_expression", "selector_expression", "index_expression"}:
        inner = first.child_by_field_name("function") or first.child_by_field_name("operand")
        if inner is None:
            break
        first = inner
    return first.type != "identifier" or code.type_of(first) in _TYPES or _FILE_NAME.fullmatch(text) is not None
