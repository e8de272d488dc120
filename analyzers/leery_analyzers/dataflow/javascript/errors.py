"""Errors: what they tell of the program, and conditions under which only developers or known errors get there.

An error is a value of a type of its own with data of origin ``error``; its trace is surer to tell than its message.
What any other member of it holds (``status``, ``code``) tells nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.errors import RULE
from leery_analyzers.dataflow.values import Clearance, Source, Taint, Value, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.model import Level

KIND = "exception"
_NAMED = frozenset({"err", "error", "exception", "ex"})
_TRACE = frozenset({"stack", "stackTrace", "stacktrace"})
_TOLD = frozenset({"message", "sql", "sqlMessage", "detail", "hint", "query", "toString"})
_INNER = frozenset({"cause", "original", "parent", "originalError", "inner", "reason"})
_CLASSES = frozenset({RULE})
_ANY = ("error", "(any)")
"""The key of guards that hold for all errors: nobody but developers sees them."""
_KNOWN = ("error", "(known)")
"""The key of guards after which an error is one whose message is meant to be read."""
_DEVELOPMENT = re.compile(
    r"(?i)NODE_ENV|\bis_?(prod|dev|debug|local)|\b_*(dev(elopment)?|prod(uction)?|debug)(Mode)?_*\b"
)
_STATUS = re.compile(r"(?i)(status|code)\)?$")
_KIND_OF = re.compile(r"(\.|\?\.)(name|code|type|kind|errno|constructor\.name)$")
_MEANT = re.compile(r"(?i)(\.|\?\.)(expose|isOperational|isBoom|isPublic|isJoi|userMessage)$")
_SERVER_FAULT = 500
_BELOW = {("==", True): -1, ("!=", False): -1, ("==", False): 0, ("!=", True): 0, ("<", True): 1, (">=", False): 1}
"""What a comparison of a status and a number says, by operator and outcome."""


def caught(engine: Engine, place: ir.Node, name: str) -> tuple[Taint, ...]:
    """What an error tells that comes in somewhere under a name."""
    engine.errors.add(("error", name))
    return (_told(place, name, "an error", "low"),)


def entered(engine: Engine, parameter: ir.Parameter, value: Value) -> Value:
    """A parameter whose name says that it is an error."""
    if parameter.name not in _NAMED or value.type or (parameter.annotation and "rror" not in parameter.annotation):
        return value
    return Value(taints=(*value.taints, *caught(engine, parameter, parameter.name)), type=KIND)


def member(engine: Engine, base: Value, name: str, node: ir.Expression) -> Value:
    """A member of an error."""
    others = tuple(taint for taint in derived(base.taints) if taint.source.origin != "error")
    if name in _INNER:
        return Value(taints=derived(base.taints), type=KIND)
    if name in _TRACE:
        return Value(taints=(*others, *_guarded(engine, node, "the trace of an error", "medium", (_ANY,))), type="str")
    if name in _TOLD:
        return Value(taints=(*others, *_guarded(engine, node, "an error", "low", (_ANY, _KNOWN))), type="str")
    return Value(taints=others)


def _guarded(
    engine: Engine, node: ir.Expression, title: str, level: Level, keys: tuple[tuple[str, str], ...]
) -> tuple[Taint, ...]:
    """What a member tells, unless a guard says that it is meant to."""
    if any(key in engine.state.cleared for key in keys):
        return ()
    return (_told(node, engine.text(node.start, node.end), title, level),)


def _told(place: ir.Node, text: str, title: str, level: Level) -> Taint:
    return Taint(Source(place.start, place.end, text, "error", title, level), exact=True)


def assumed(engine: Engine, test: ir.Expression, *, holds: bool) -> None:
    """A condition: whether it is about who runs the program, or about which error it is."""
    if isinstance(test, (ir.Bool, ir.Not)):
        return
    said = engine.text(test.start, test.end)
    if _DEVELOPMENT.search(said):
        proof = Clearance(_CLASSES, f"`{said}` tells developers from others", test.start, test.end)
        for key in (_ANY, *engine.errors):
            engine.state.cleared[key] = (proof,)
    elif (holds and _MEANT.search(said)) or (isinstance(test, ir.Compare) and _is_known(engine, test, holds=holds)):
        proof = Clearance(_CLASSES, f"`{said}` is true of errors that are meant to be read", test.start, test.end)
        engine.state.cleared[_KNOWN] = (proof,)


def _is_known(engine: Engine, test: ir.Compare, *, holds: bool) -> bool:
    """Whether the outcome of a comparison tells a known error from one of the program."""
    left, right = (engine.text(node.start, node.end) for node in (test.left, test.right))
    if test.op == "instance-of":
        return holds and right != "Error"
    known = engine.peek(test.right).only
    if known is None:
        return False
    if isinstance(known[0], str):
        return holds is (test.op == "==") and _KIND_OF.search(left) is not None
    if not isinstance(known[0], int) or not _STATUS.search(left):
        return False
    said = _BELOW.get((test.op, holds))
    if said == -1:
        return known[0] < _SERVER_FAULT
    return known[0] == _SERVER_FAULT if said == 0 else said == 1 and known[0] <= _SERVER_FAULT
