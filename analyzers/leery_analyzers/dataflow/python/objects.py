"""What Python calls without being told: properties, and how an object writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.state import Closure, LocalClass

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Value

_PROPERTIES = frozenset({"property", "cached_property"})


def is_property(base: Value, name: str) -> bool:
    """Whether a member of an object is a method that is called when it is read."""
    found = _method(base, name)
    return found is not None and any(_last(decorator) in _PROPERTIES for decorator in found.function.decorators)


def own(engine: Engine, base: Value, name: str, node: ir.Node) -> Value | None:
    """What a method without arguments gives; None if the object is none of the document's, or has no such method."""
    found = _method(base, name)
    return engine.invoke(found, Arguments(), node, own=base)[0] if found is not None else None


def with_one(engine: Engine, base: Value, name: str, given: tuple[Value, ir.Node], node: ir.Node) -> Value | None:
    """What a method with one argument gives; None as of `own`."""
    found = _method(base, name)
    return engine.invoke(found, Arguments([given]), node, own=base)[0] if found is not None else None


def _method(base: Value, name: str) -> Closure | None:
    if not isinstance(base.target, LocalClass) or base.fields is None or name not in base.target.members:
        return None
    target = base.target.members[name].target
    return target if isinstance(target, Closure) else None


def _last(decorator: ir.Expression) -> str:
    return str(getattr(decorator, "name", "") or getattr(decorator, "id", ""))
