"""Which functions are entries from outside, by their decorators or by the class that they are methods of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.models import RouteModel
from leery_analyzers.dataflow.patterns import excluded_classes
from leery_analyzers.dataflow.state import Closure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.state import LocalClass

_NOT_A_ROUTE = RouteModel((), "", "")
_TOOL = RouteModel((), "", "a model that calls this tool")
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_HARMLESS = frozenset({"sql-injection", "shell-command-injection", "path-traversal", "cross-site-scripting"})
_NUMBERS = ("int", "float", "uuid")
_MOST_BASES = 12


def route_of(engine: Engine, closure: Closure) -> RouteModel:
    """The route that a function is; one without a title if it is none."""
    for decorator in closure.function.decorators:
        for name in _names(engine, decorator):
            for route in engine.models.routes.get(name, ()):
                if _is_here(engine, route) and _fits(route, decorator):
                    return route
    if closure.owner is not None and closure.function.name in _VERBS and engine.models.owners:
        for base in _bases(closure.owner):
            for route in engine.models.owners.get(base, ()):
                if _is_here(engine, route):
                    return route
    return _TOOL if _is_tool(engine, closure) else _NOT_A_ROUTE


def _is_tool(engine: Engine, closure: Closure) -> bool:
    """Whether a function is listed among those that are given to a model."""
    name, tools = closure.function.name, engine.language.tools
    if not name or closure.owner is not None or not tools:
        return False
    outside = engine.outside.knows_any(tools)
    for listed in tools:
        found = engine.lookup(listed, outside=outside)
        inside = found.elements if found is not None else ()
        if any(isinstance(item.target, Closure) and item.target.function.name == name for item in inside):
            return True
    return False


def address_of(closure: Closure) -> str:
    """The address in a route's decorator."""
    for decorator in closure.function.decorators:
        if isinstance(decorator, ir.Call) and decorator.arguments:
            first = decorator.arguments[0].value
            if isinstance(first, ir.Const) and isinstance(first.value, str):
                return first.value
    return ""


def number_in(address: str, name: str) -> str:
    """Why an address lets only numbers, or letters and digits, pass as a parameter; empty if nothing says so."""
    if name not in address:
        return ""
    for kind in _NUMBERS:
        if f"<{kind}:{name}>" in address or re.search(rf"[<{{]{re.escape(name)}:{kind}[>}}]", address):
            return f"the address lets only `{kind}` pass"
    found = re.search(rf"<{re.escape(name)}:re:([^>]+)>|{{{re.escape(name)}:([^}}]*[\\\[][^}}]*)}}", address)
    if found is not None and excluded_classes(found[1] or found[2], full=True, anchored=True) >= _HARMLESS:
        return f"the address lets only `{found[1] or found[2]}` pass"
    return ""


def _is_here(engine: Engine, route: RouteModel) -> bool:
    return not route.requires or any(module in engine.modules for module in route.requires)


def _fits(route: RouteModel, decorator: ir.Expression) -> bool:
    """Whether a decorator's arguments are as the route wants them."""
    if not route.when:
        return True
    given = decorator.arguments if isinstance(decorator, ir.Call) else ()
    return all(
        any(argument.name == key and _last(argument.value) in values for argument in given)
        for key, values in route.when.items()
    )


def _names(engine: Engine, decorator: ir.Expression) -> list[str]:
    """The names under which models may know a decorator."""
    callee = decorator.callee if isinstance(decorator, ir.Call) else decorator
    if isinstance(callee, ir.Attribute):
        return [_qualified(engine, callee), f".{callee.name}"]
    if isinstance(callee, ir.Name):
        found = engine.lookup(callee.id)
        name = found.name if found is not None and found.name else callee.id
        return [name, callee.id, name.rpartition(".")[2]]
    return []


def _qualified(engine: Engine, node: ir.Attribute) -> str:
    if not isinstance(node.base, ir.Name):
        return ""
    found = engine.lookup(node.base.id)
    return f"{found.name if found is not None and found.name else node.base.id}.{node.name}"


def _bases(owner: LocalClass) -> Iterator[str]:
    """What a class derives from, by qualified and by last name, through the document's own classes."""
    left, seen = [owner], 0
    while left and seen < _MOST_BASES:
        here = left.pop()
        seen += 1
        for base in here.bases:
            yield base
            yield base.rpartition(".")[2]
        left.extend(here.parents)


def _last(node: ir.Expression) -> str:
    """The last part of a name."""
    return node.name if isinstance(node, ir.Attribute) else getattr(node, "id", "")
