"""Java's comparisons of where something lies: the folder of a file, the host and the scheme of an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, prefixes
from leery_analyzers.dataflow.java.objects import ADDRESS_PART
from leery_analyzers.dataflow.values import Clearance, Value, all_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow.guards import Guards

_PATHS = frozenset({
    "getCanonicalPath", "getCanonicalFile", "normalize", "toRealPath", "toAbsolutePath", "toString", "toPath", "toFile",
    "getAbsolutePath", "getAbsoluteFile", "getPath", "trim", "toLowerCase", "toUpperCase", "strip",
})  # fmt: skip
"""Methods that give the same path in another form."""
_TEXTS = frozenset({"getCanonicalPath", "getAbsolutePath", "getPath", "toString"})
INSIDE = frozenset({"isLoopbackAddress", "isSiteLocalAddress", "isLinkLocalAddress", "isAnyLocalAddress"})
"""What an address is asked that may lie in a network of one's own."""
_FOLDERS = frozenset({"getParentFile", "getParent"})
_HOST = f"{ADDRESS_PART}hostname"
_SCHEME = f"{ADDRESS_PART}scheme"
_HOST_CLASSES = frozenset({"server-side-request-forgery", "open-redirect"})
_REDIRECT = frozenset({"open-redirect"})
_OWN_HOST = frozenset({"getServerName"})
_OF_PROGRAM = frozenset({"parameter", "environment", "file"})


def outside(guards: Guards, test: ir.Call, callee: ir.Attribute) -> None:
    """``address.isSiteLocalAddress()``: what lies in no network of one's own may be asked."""
    taints = all_taints(guards.engine.peek(callee.base))
    known = {callee.name}
    for name in INSIDE:
        if taints and all(guards.engine.cleared(taint, f"(no {name})") for taint in taints):
            known.add(name)
    classes = {f"(no {callee.name})"}
    if {"isLoopbackAddress", "isSiteLocalAddress"} <= known:
        classes.add("server-side-request-forgery")
    said = guards.engine.text(test.start, test.end)
    proof = Clearance(frozenset(classes), f"`{said}` keeps it out of inner networks", test.start, test.end)
    for taint in taints:
        guards.engine.clear_source(taint, proof)


def all_outside(guards: Guards, loop: ir.Loop) -> None:
    """``for (var a : InetAddress.getAllByName(host)) if (a.isLoopbackAddress()) throw …``; there is one."""
    made = loop.iterable.callee if isinstance(loop.iterable, ir.Call) else None
    if not isinstance(made, ir.Attribute) or made.name != "getAllByName":
        return
    for statement in loop.body:
        if isinstance(statement, ir.If) and len(statement.branches) == 1 and not statement.otherwise:
            test, body = statement.branches[0]
            if body and isinstance(body[-1], (ir.Return, ir.Raise)):
                guards.assume(test, holds=False)


def contained(guards: Guards, test: ir.Call, base: ir.Expression) -> bool:
    """What holds of a path's canonical form holds of the path: ``file.getCanonicalPath().startsWith(folder)``.

    Returns:
        Whether that is all that the test says: as a text, the start of ``/srv/data2`` is ``/srv/data``.
    """
    taints = all_taints(guards.engine.peek(base))
    resolved = bool(taints) and all(taint.cleared("(resolved)") for taint in taints)
    if resolved and _is_text(guards, base) and not prefixes.ends_folder(guards.engine, test):
        return True
    _inside(guards, test, base)
    return False


def _is_text(guards: Guards, base: ir.Expression) -> bool:
    last = base.callee.name if isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) else ""
    return last in _TEXTS or guards.engine.peek(base).type == "str"


def _inside(guards: Guards, test: ir.Node, base: ir.Expression) -> None:
    guard = guards.engine.models.guards.get(".startsWith")
    value = guards.engine.peek(base)
    if guard is None or not all(taint.cleared("(resolved)") for taint in all_taints(value)):
        return
    while isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and base.callee.name in _PATHS:
        base = base.callee.base
        guards.narrow(base, Clearance(guard.classes, guard.reason, test.start, test.end))


def equal(guards: Guards, test: ir.Compare) -> None:
    """``file.getParentFile().equals(folder)``, ``own.equals(address.getHost())`` and the like."""
    for one, other in ((test.left, test.right), (test.right, test.left)):
        _folder(guards, test, one, other)
        _address(guards, test, one, other)


def _folder(guards: Guards, test: ir.Node, one: ir.Expression, other: ir.Expression) -> None:
    while isinstance(one, ir.Call) and isinstance(one.callee, ir.Attribute) and one.callee.name in _PATHS:
        one = one.callee.base
    if not isinstance(one, ir.Call) or not isinstance(one.callee, ir.Attribute) or one.callee.name not in _FOLDERS:
        return
    base, guard = one.callee.base, guards.engine.models.guards.get(".startsWith")
    if guard is None or not _is_own(guards, other, guards.engine.peek(base)):
        return
    proof = Clearance(guard.classes, "the folder of the resolved path is compared", test.start, test.end)
    guards.narrow(base, proof, resolved=True)
    _inside(guards, test, base)


def _address(guards: Guards, test: ir.Node, one: ir.Expression, other: ir.Expression) -> None:
    engine = guards.engine
    part = engine.peek(one)
    while part.type not in {_HOST, _SCHEME} and isinstance(one, ir.Call) and isinstance(one.callee, ir.Attribute):
        if one.arguments or one.callee.name not in _PATHS:
            return
        one = one.callee.base
        part = engine.peek(one)
    if not all_taints(part):
        return
    said = engine.text(test.start, test.end)
    known = engine.peek(other)
    classes = frozenset[str]()
    if part.type == _SCHEME and known.text:
        classes = frozenset({"script-address"})
    elif part.type == _HOST and isinstance(other, ir.Const) and other.value is None:
        classes = _REDIRECT
    elif part.type == _HOST and _is_own(guards, other, part):
        classes = _HOST_CLASSES
    elif part.type == _HOST and isinstance(other, ir.Call) and isinstance(other.callee, ir.Attribute):
        classes = _REDIRECT if other.callee.name in _OWN_HOST else classes
    if classes:
        proof = Clearance(classes, f"`{said}` lets only known addresses pass", test.start, test.end)
        for taint in all_taints(part):
            engine.clear_source(taint, proof)
        guards.narrow(one, proof)


def below(guards: Guards, test: ir.Call, base: ir.Expression) -> None:
    """``host.endsWith(".example.com")``: a host of that domain."""
    host = guards.engine.peek(base)
    while host.type != _HOST and isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute):
        base = base.callee.base
        host = guards.engine.peek(base)
    if host.type == _HOST:
        said = guards.engine.text(test.start, test.end)
        proof = Clearance(_HOST_CLASSES, f"`{said}` lets only hosts of a known domain pass", test.start, test.end)
        for taint in all_taints(host):
            guards.engine.clear_source(taint, proof)


def _is_own(guards: Guards, other: ir.Expression, asked: Value) -> bool:
    """Whether something is the program's, or a caller's, and not what is asked about."""
    value = guards.engine.peek(other)
    if isinstance(other, ir.Const) and not other.value:
        return False
    sources = {taint.source.key for taint in all_taints(asked)}
    return all(taint.source.origin in _OF_PROGRAM and taint.source.key not in sources for taint in all_taints(value))
