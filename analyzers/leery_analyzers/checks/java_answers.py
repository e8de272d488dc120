"""Where a Java method writes what whoever asked gets to see: the answer, its writer, a body that is put together first.

Told by the names that web frameworks give them. Holds no rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.checks.java_code import JavaCode

WRITES = frozenset(
    {"print", "println", "write", "append", "sendError", "body", "entity", "printf", "format", "bodyValue", "json"}
    | {"result", "end", "html", "send", "put", "ok", "badRequest", "internalServerError", "serverError", "syncBody"}
)
"""Methods of an answer that are given something to tell."""
CARRIERS = frozenset(
    {"Map.of", "Map.entry", "Map.ofEntries", "List.of", "String.valueOf", "Collections.singletonMap", "String.format"}
    | {"ImmutableMap.of", "Objects.toString", "Optional.of", "Arrays.toString"}
)
"""Functions that hold what they are given."""
_BODIES = frozenset({"put", "append", "add"})
"""Methods of an answer's body that is put together first."""
_RESPONSE = re.compile(
    r"(?i)\bre(?:sp|sponse|s)\b.*\.get(?:Writer|OutputStream)\(\)|\bResponseEntity\b|\bResponse\.|\bServerResponse\."
    r"|\b(?:ctx|context|routingContext|exchange|res|response|resp)(?:\.response\(\))?(?:\.\w+\([^()]*\))*$|\bHttpResponse\."
)
_SENT_LATER = r"\.(?:end|json|send|body|bodyValue|entity|result|write|println|print)\([^;]*\b{}\b"
_ANSWERS_HERE = re.compile(
    r"ResponseEntity|HttpServletResponse|RoutingContext|io\.javalin|ContainerRequest|javax\.ws\.rs|jakarta\.ws\.rs"
    r"|import spark|HttpExchange"
)
_WRITERS = frozenset({"getWriter", "getOutputStream"})
_ANSWER_TYPES = frozenset({"HttpServletResponse", "ServletResponse"})


def is_answer(code: JavaCode, base: Node | None) -> bool:
    """Whether something is an answer, what writes one, or a body that is sent later in the method."""
    if base is None:
        return False
    if writes_answer(code, base):
        return True
    root = root_of(base)
    if root.type != "identifier" or code.method(base.parent or base) not in _BODIES:
        return False
    sent = _SENT_LATER.format(re.escape(code.text(root)))
    return re.search(sent, code.text(code.function(base))) is not None and _ANSWERS_HERE.search(code.source) is not None


def writes_answer(code: JavaCode, node: Node) -> bool:
    """Whether something is an answer, or the writer of one."""
    if _RESPONSE.search(code.text(node)):
        return True
    root = root_of(node)
    if root.type == "identifier" and code.method(node) in _WRITERS and code.type_of(root) in _ANSWER_TYPES:
        return True
    if node.type != "identifier":
        return False
    values = [binding.value for binding in code.last_values(node) if binding.value is not None]
    return any(value.type != "identifier" and writes_answer(code, value) for value in values)


def root_of(node: Node) -> Node:
    """What a chain of calls starts with."""
    while node.type == "method_invocation" and (inner := node.child_by_field_name("object")) is not None:
        node = inner
    return node
