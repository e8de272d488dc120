"""What functions give to a server without a framework around them: WSGI's lists of pieces, objects of AWS Lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import contexts
from leery_analyzers.dataflow.arguments import entry
from leery_analyzers.dataflow.models import SinkModel
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Value

RULE = "cross-site-scripting"
_PAGE = SinkModel((0,), RULE, text="html")
_MARKUP = SinkModel((0,), RULE, text="markup")
_ADDRESS = SinkModel((0,), "open-redirect", "medium", text="redirect")
_KIND = lazy_regex(r"""(?i)["']content-type["']\s*[,:]\s*f?["']([^"']*)""")
_WSGI = frozenset({"environ", "start_response"})


def answered(engine: Engine, node: ir.Expression, value: Value) -> None:
    """Look at what a function gives to a server."""
    function = engine.frame.function
    if function is None:
        return
    if {parameter.name for parameter in function.parameters} >= _WSGI:
        kinds = _KIND.findall(engine.text(function.start, function.end))
        if kinds and not any(contexts.is_page(kind) for kind in kinds):
            return
        for piece in pieces(value):
            engine.sinks.reach(_PAGE if kinds else _MARKUP, piece, node, (node.start, node.end))
    elif value.fields is not None and "statusCode" in value.fields:
        _object(engine, node, value)


def pieces(value: Value) -> Iterator[Value]:
    """What is sent of a value that is sent piece by piece."""
    if value.items is None and value.rest is None:
        yield value
        return
    yield from value.items or ()
    if value.rest is not None:
        yield value.rest


def _object(engine: Engine, node: ir.Expression, value: Value) -> None:
    """An object with a status, headers and a body."""
    fields, span = value.fields or {}, (node.start, node.end)
    headers = fields.get("headers")
    known = {str(key).lower(): item for key, item in (headers.fields or {}).items()} if headers is not None else {}
    kind = known["content-type"].text if "content-type" in known else None
    if "body" in fields and kind is not None and contexts.is_page(kind):
        engine.sinks.reach(_PAGE, fields["body"], entry(node, "body"), span)
    if "location" in known:
        engine.sinks.reach(_ADDRESS, known["location"], entry(node, "headers"), span)
