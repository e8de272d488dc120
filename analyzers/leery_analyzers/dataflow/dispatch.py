"""Methods of objects that nothing is known of, where only one class of the document has a method of that name.

What a framework, a container of services or a caller elsewhere hands over is often an object of a class that stands in
the same file. Names tell: ``self.scores.top(…)`` calls the one ``top`` that there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.lowered import FOREIGN
from leery_analyzers.dataflow.state import Bound, Closure, LocalClass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Value

_COMMON = frozenset({
    "get", "set", "put", "pop", "add", "append", "update", "keys", "values", "items", "copy", "clear", "remove",
    "sort", "insert", "extend", "index", "count", "join", "split", "strip", "format", "replace", "encode", "decode",
    "lower", "upper", "read", "write", "close", "open", "flush", "seek", "start", "stop", "run", "call", "send", "recv",
    "connect", "execute", "fetch", "fetchone", "fetchall", "commit", "rollback", "find", "search", "match", "query",
    "filter", "all", "first", "one", "save", "delete", "create", "load", "loads", "dump", "dumps", "post", "patch",
    "head", "options", "request", "render", "result", "submit", "map", "info", "debug", "warning", "error", "exception",
    "critical", "log", "publish", "handle", "process", "parse", "setup", "main", "init", "name", "path", "exists",
    "wait", "acquire", "release", "begin", "end", "next", "reset", "cursor", "group", "sub", "test", "validate",
    "check", "apply", "invoke",
})  # fmt: skip
"""Methods that objects of libraries have, too: there the object's own name must be like the class's."""


def written(engine: Engine, value: Value, node: ir.Node, names: Iterable[str]) -> Value:
    """An object of a class of the document's as one of its own methods writes it; any other value as it is.

    Args:
        engine: of the analysis.
        value: what is written.
        node: where.
        names: of the methods that write an object, those that are asked first before others.
    """
    if not isinstance(value.target, LocalClass) or value.fields is None:
        return value
    members = value.target.members
    target = next((members[name].target for name in names if name in members), None)
    closure = target.closure if isinstance(target, Bound) else target
    return engine.invoke(closure, Arguments(), node, own=value)[0] if isinstance(closure, Closure) else value


def method(engine: Engine, receiver: Value | None, callee: ir.Expression, count: int) -> tuple[Bound, bool] | None:
    """The method that is called, and whether the object's name speaks for it, too; None if that is not known.

    Args:
        engine: of the analysis.
        receiver: what it is called on.
        callee: how it is written.
        count: of the arguments by position.
    """
    known = receiver is None or not engine.language.by_name or not _is_open(receiver)
    if known or not isinstance(callee, ir.Attribute):
        return None
    running = {frame.function.name for frame in engine.frames if frame.function is not None}
    owner = _owner(engine, callee.name) if not callee.name.startswith("__") and callee.name not in running else None
    if owner is None:
        return None
    sure = _alike(_last(callee.base), owner.name)
    target = owner.members[callee.name].target if sure or callee.name not in _COMMON else None
    if not isinstance(target, Closure) or target.function.start < FOREIGN or not _takes(target.function, count):
        return None
    return Bound(target, engine.outside.object_of(owner, target)), sure


def _owner(engine: Engine, name: str) -> LocalClass | None:
    """The only class of the document that has a method of a name."""
    owners = {item.unit.name.rpartition(".")[0] for item in engine.outside.ask("methods", name)}
    path = owners.pop() if len(owners) == 1 else ""
    found = engine.lookup(path) if path.isidentifier() else None
    owner = found.target if found is not None else None
    return owner if isinstance(owner, LocalClass) and name in owner.members else None


def _is_open(receiver: Value) -> bool:
    """Whether an object may be of any class."""
    if receiver.name or receiver.target is not None or receiver.fields is not None or receiver.items is not None:
        return False
    known = receiver.type and not receiver.type.startswith(("self.", "local."))
    return not known and all(taint.source.origin == "parameter" for taint in receiver.taints)


def _takes(function: ir.Function, count: int) -> bool:
    own = [parameter for parameter in function.parameters if not parameter.spread]
    return function.is_method and (count <= len(own) - 1 or len(own) < len(function.parameters))


def _alike(variable: str, owner: str) -> bool:
    """Whether a variable is named after a class: ``audit`` or ``audit_log`` after ``AuditLog``."""
    plain, named = variable.replace("_", "").lower(), owner.lower()
    return len(plain) > 2 and (named.endswith(plain) or named.startswith(plain) or plain.endswith(named))


def _last(node: ir.Expression) -> str:
    return str(getattr(node, "name", "") or getattr(node, "id", ""))
