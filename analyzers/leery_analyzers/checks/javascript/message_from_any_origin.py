"""Messages between windows that are sent to anybody, or believed from anybody.

``postMessage(data, "*")`` goes to whatever page the window shows by then. A listener that does not look at
``event.origin`` does what any page that can reach this window tells it.

Left alone: messages to a named origin, those of workers and ports, and listeners that look at the origin or the
source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, literal_text
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_WINDOW = re.compile(r"(^|\.)(window|self|globalThis)$|^$")
_CHECKED = re.compile(r"\borigin\b|\.source\b|\bisTrusted\b|\bports\b")
_ACTS = re.compile(r"innerHTML|eval\(|location|localStorage|document\.|fetch\(|JSON\.parse|\.data\b")
_SENT = "Whatever page this window shows by then gets the message."
_BELIEVED = "Any page that can reach this window can send this message: nothing looks at its origin."

_MEASURES = re.compile(
    r"(?i)\{(\s*(type|event|action)\s*:\s*['\"`][^'\"`]*['\"`],?|\s*(height|width|size|scroll\w*|ready|loaded)\b[^,}]*,?)*\s*\}"
)
"""What a page inside of a frame tells of its size, which anybody may know."""


class MessageFromAnyOrigin(Check):
    """Finds messages without a named origin."""

    summary = "A message to or from a window of any origin"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-346", "CWE-345")
    owasp = ("A07:2025",)
    languages = JAVASCRIPT
    calls = frozenset({".postMessage", ".addEventListener", "addEventListener"})

    VALID = (
        'frame.contentWindow.postMessage(größe, "https://a.example");\nworker.postMessage(data);\n',
        (
            'window.addEventListener("message", (event) => {\n  if (event.origin !== home) return;\n'
            "  run(event.data);\n});\n"
        ),
        'socket.addEventListener("message", (event) => show(event.data)); // größe\n',
        Valid(
            'window.addEventListener("message", handle);\nwindow.addEventListener("resize", (e) => e.data);\n',
            "typescript",
        ),
    )
    INVALID = (
        Invalid(
            code='frame.contentWindow.postMessage(größe, "*");\n',
            at='"*"',
            message=_SENT,
            fixed=("frame.contentWindow.postMessage(größe, window.location.origin);\n",),
        ),
        Invalid(
            code='window.addEventListener("message", (event) => {\n  größe.innerHTML = event.data;\n});\n',
            at="window.addEventListener",
            message=_BELIEVED,
            fixed=(
                (
                    'window.addEventListener("message", (event) => {\n'
                    "  if (event.origin !== window.location.origin) return;\n  größe.innerHTML = event.data;\n});\n"
                ),
            ),
        ),
        Invalid(
            code="function größe() {\n  function show(event) {\n    run(event.data);\n  }\n"
            '  window.addEventListener("message", show);\n}\n',
            at="window.addEventListener",
            message=_BELIEVED,
            fixed=(
                (
                    "function größe() {\n  function show(event) {\n"
                    "    if (event.origin !== window.location.origin) return;\n    run(event.data);\n  }\n"
                    '  window.addEventListener("message", show);\n}\n'
                ),
            ),
        ),
        Invalid(
            code='addEventListener("message", function (e: MessageEvent) {\n  run(JSON.parse(e.data));\n});\n',
            at="addEventListener",
            message=_BELIEVED,
            fixed=(
                (
                    'addEventListener("message", function (e: MessageEvent) {\n'
                    "  if (e.origin !== window.location.origin) return;\n  run(JSON.parse(e.data));\n});\n"
                ),
            ),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        function = call.child_by_field_name("function")
        arguments = code.arguments(call)
        if function is None:
            return
        if code.method(call) == "postMessage":
            target = arguments.get(1)
            if target is not None and literal_text(code, target) == "*":
                fix = Fix("Send it to this site only", "review", (code.replace(target, "window.location.origin"),))
                said = code.text(arguments.get(0))
                plain = arguments.get(0) is not None and "string" in arguments.positional[0].type
                low: Level | None = "low" if plain or _MEASURES.fullmatch(said) else None
                yield Problem(target, _SENT, fixes=(fix,), confidence=low, severity="low")
            return
        handler = arguments.get(1)
        receiver = code.text(function.child_by_field_name("object"))
        if handler is None or literal_text(code, arguments.get(0)) != "message" or not _WINDOW.search(receiver):
            return
        handler = _function(code, handler)
        text = code.text(handler)
        if (
            handler.type in {"arrow_function", "function_expression", "function_declaration"}
            and _ACTS.search(text)
            and not _CHECKED.search(text)
        ):
            yield Problem(function, _BELIEVED, fixes=tuple(_fixes(code, handler)))


def _function(code: Code, handler: Node) -> Node:
    """What is called: a function written here, or one that stands beside it under a name."""
    node = followed(code, handler)
    if node.type == "call_expression" and code.callee(node).rpartition(".")[2] == "useCallback":
        node = code.arguments(node).get(0) or node
    around = handler.parent if node.type == "identifier" else None
    name = code.text(node)
    while around is not None:
        for child in around.named_children:
            if child.type == "function_declaration" and code.text(child.child_by_field_name("name")) == name:
                return child
        around = around.parent
    return node


def _fixes(code: Code, handler: Node) -> Iterator[Fix]:
    body = handler.child_by_field_name("body")
    name = re.match(r"(?:async\s*)?(?:function\b\s*\w*\s*)?\(?\s*(\w+)", code.text(handler))
    if body is None or name is None or body.type != "statement_block" or not body.named_children:
        return
    first = body.named_children[0]
    indent = " " * first.start_point.column
    line = f"if ({name.group(1)}.origin !== window.location.origin) return;\n{indent}"
    if first.start_point.row > body.start_point.row:
        yield Fix("Believe this site only", "review", (code.insert(first.start_byte, line),))
