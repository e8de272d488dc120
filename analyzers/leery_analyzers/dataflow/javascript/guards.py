"""Conditions as JavaScript writes them: what is known where one holds, or does not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, prefixes
from leery_analyzers.dataflow.elements import any_element
from leery_analyzers.dataflow.javascript.each import lists, of_all
from leery_analyzers.dataflow.javascript.prototypes import NAMES, NOT_PROTO, RULE
from leery_analyzers.dataflow.javascript.text_methods import matched_classes
from leery_analyzers.dataflow.names import is_lookup
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import CLOSED, EVERY, OPEN, TEXT, Clearance, Value, all_taints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow.guards import Guards

_EVERYTHING = frozenset({EVERY})
_FILES = frozenset({"path-traversal", "zip-slip", "unrestricted-upload"})
_HOSTS = frozenset({"server-side-request-forgery", "open-redirect"})
_REDIRECT = frozenset({"open-redirect"})
_SCRIPT = frozenset({"script-address", "system-address"})
_WEB = re.compile(r"(?i)\^?\(?(?:\?:)?(https?\b|\[a-z|\\?/|mailto)")
_SCHEME = re.compile(r"(?i)[a-z][\w+-]*:(?:$|\/\/)")
_SCHEMES = re.compile(r"(?i)javascript|\bdata\b")
_SENT = re.compile(r"(?i)\b(?:query|body|params|searchParams|cookies?|form|referr?er)\b")
"""Parts of a request that a link can choose; not the host that it came to."""
_SECOND = "(not constructor)"
"""A class that no sink has: a name is not one that leads to a prototype in two steps."""
_TRUST = frozenset({"trust-boundary-violation"})
_VOUCHES = re.compile(
    r"^(?:is|has|can|may|check|authori[sz]e|authenticate|allows?|owns?|belongs|by|verify|validate)(?=[A-Z]|$)"
)
"""Names of functions that say whether something exists, or somebody may have it."""
_UPLOADS = frozenset({"unrestricted-upload", prefixes.KIND})
_NUMBER_TYPES = frozenset({"number", "boolean", "bigint"})
_LONGEST = 200
_MEMBERSHIP = frozenset({"includes", "has", "hasOwnProperty"})
_PLACES = frozenset({"indexOf", "findIndex"})
_DENIED = re.compile(r"(?i)(^|_|is|has)_?(private|internal|local|loopback|reserved|blocked|forbidden|denied|malicious)")
_NOT_EMPTY: Mapping[tuple[str, ir.Constant], bool] = {
    (">", 0): True, ("!=", 0): True, (">=", 1): True, ("==", 0): False, ("<", 1): False, ("<=", 0): False,
}  # fmt: skip
_NOT_FOUND = {("==", -1): False, ("!=", -1): True, (">", -1): True, (">=", 0): True, ("<", 0): False}


def assume(guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
    """Take a condition for given; whether it is one of JavaScript's own."""
    if isinstance(test, ir.Attribute) and test.name == "length" and isinstance(test.base, ir.Name):
        guards.remembered(test.base, holds=holds)
        return False
    if isinstance(test, ir.Compare):
        return _compare(guards, test, holds=holds)
    if isinstance(test, ir.Index):
        return _looked_up(guards, test, holds=holds)
    if isinstance(test, ir.Call) and getattr(test.callee, "name", "") in _PLACES:
        return False  # a place, or -1: neither says that something is there
    if isinstance(test, ir.Call):
        if holds:
            _vouched(guards, test)
        return _call(guards, test, holds=holds)
    return False


def _vouched(guards: Guards, test: ir.Call) -> None:
    """``await members.find(user, team)`` found something, or ``mayUse(user, team)`` said yes."""
    name = getattr(test.callee, "name", "") or getattr(test.callee, "id", "")
    if not (is_lookup(name) or _VOUCHES.search(name)):
        return
    proof = Clearance(_TRUST, f"`{name}` was asked about it", test.start, test.end)
    for argument in test.arguments:
        for taint in all_taints(guards.engine.peek(argument.value)):
            guards.engine.clear_source(taint, proof)


def _compare(guards: Guards, test: ir.Compare, *, holds: bool) -> bool:
    left, right = test.left, test.right
    _counted(guards, test, holds=holds)
    if test.op in {"==", "!="} and holds is (test.op == "=="):
        _same_site(guards, test)
    if isinstance(right, ir.Call) and not isinstance(left, ir.Call):
        left, right = right, left
    known = guards.engine.peek(right).only
    if known is not None and known[0] == ".." and holds is (test.op == "!=") and _first_part(guards, left, test):
        return True
    if known is not None and _SCHEME.match(str(known[0])):
        _scheme(guards, left, test, str(known[0]), holds=holds is (test.op == "=="))
    if known is not None and known[0] in NAMES and holds is (test.op == "!="):
        _refused(guards, left, test, str(known[0]))
        return True
    if not isinstance(left, ir.Call) or known is None:
        return False
    name = getattr(left.callee, "name", "") or getattr(left.callee, "id", "")
    if name == "typeof" and left.arguments and test.op in {"==", "!="}:
        if holds is (test.op == "=="):
            _typed(guards, left.arguments[0].value, str(known[0]), test)
        return True
    return name in {"indexOf", "findIndex", "search"} and _positioned(guards, left, test, known[0], holds=holds)


def _counted(guards: Guards, test: ir.Compare, *, holds: bool) -> None:
    """``errors.length > 0``: whether anything was put into a list."""
    left, known = test.left, guards.engine.peek(test.right).only
    if not isinstance(left, ir.Attribute) or left.name != "length" or not isinstance(left.base, ir.Name):
        return
    some = _NOT_EMPTY.get((test.op, known[0])) if known is not None else None
    if some is not None:
        guards.remembered(left.base, holds=holds is some)


def _same_site(guards: Guards, test: ir.Compare) -> None:
    """``url.origin === request.nextUrl.origin``: the address is on the site that something else names."""
    for node, other in ((test.left, test.right), (test.right, test.left)):
        if not isinstance(node, ir.Attribute) or node.name not in {"origin", "host"}:
            continue
        base = guards.engine.peek(node.base)
        if base.type != "URL":
            continue
        site = all_taints(guards.engine.peek(other))
        if any(_SENT.search(taint.source.text) for taint in site):
            return
        known = {taint.source.key for taint in site}
        said = guards.engine.text(test.start, test.end)
        proof = Clearance(_REDIRECT, f"`{said}` keeps the address on this site", test.start, test.end)
        for taint in all_taints(base):
            if taint.source.key not in known:
                guards.engine.clear_source(taint, proof)
        return


def _first_part(guards: Guards, node: ir.Expression, test: ir.Compare) -> bool:
    """``way.split('/')[0] !== '..'`` of the way from a folder to a path."""
    taken = node.base if isinstance(node, ir.Index) and guards.engine.peek(node.key).only == (0,) else None
    if not isinstance(taken, ir.Call) or not isinstance(taken.callee, ir.Attribute) or taken.callee.name != "split":
        return False
    way = guards.engine.peek(taken.callee.base)
    return way.type == "path.relative" and _relative(guards, way, taken.callee.base, test)


def _positioned(guards: Guards, call: ir.Call, test: ir.Compare, number: object, *, holds: bool) -> bool:
    """``list.indexOf(x) !== -1``, and ``path.indexOf(folder) === 0``."""
    if not isinstance(number, int):
        return False
    if number == 0 and test.op in {"==", "!="} and isinstance(call.callee, ir.Attribute):
        if holds is (test.op == "=="):
            proof = Clearance(_FILES, "the resolved path is checked to lie in the folder", test.start, test.end)
            guards.narrow(call.callee.base, proof, resolved=True)
        return True
    inside = _NOT_FOUND.get((test.op, number))
    return inside is not None and _call(guards, call, holds=inside is holds)


def _scheme(guards: Guards, node: ir.Expression, test: ir.Node, scheme: str, *, holds: bool) -> None:
    """``url.protocol === 'https:'``, and ``!== 'javascript:'``; an origin starts with its scheme."""
    if holds is scheme.startswith("javascript"):
        return
    if isinstance(node, ir.Attribute) and node.name in {"protocol", "origin"}:
        told = guards.engine.peek(node.base)
    else:
        told = guards.engine.peek(node)
        if told.type not in {"URL.protocol", "URL.origin"}:
            return
    proof = Clearance(_SCRIPT, f"`{guards.engine.text(test.start, test.end)}` refuses scripts", test.start, test.end)
    for taint in all_taints(told):
        guards.engine.clear_source(taint, proof)


def _refused(guards: Guards, node: ir.Expression, test: ir.Node, name: str) -> None:
    """One of the names that lead to a prototype is refused; ``constructor.prototype`` leads there, too."""
    own, other = (NOT_PROTO, _SECOND) if name == "__proto__" else (_SECOND, NOT_PROTO)
    value = guards.engine.peek(node)
    taints = all_taints(value)
    both = bool(taints) and all(taint.cleared(other) or guards.engine.cleared(taint, other) for taint in taints)
    said = guards.engine.text(test.start, test.end)
    classes = frozenset({own, RULE}) if both else frozenset({own})
    guards.narrow(node, Clearance(classes, f"`{said}` refuses names of prototypes", test.start, test.end))


def _kind_of_upload(guards: Guards, node: ir.Expression, test: ir.Node) -> None:
    """The type of an uploaded file is one of those that are meant."""
    if isinstance(node, ir.Attribute) and node.name in {"mimetype", "mimeType", "type"}:
        proof = Clearance(_UPLOADS, "only some types of files pass", test.start, test.end)
        base = guards.engine.text(node.base.start, node.base.end)
        for name in ("originalname", "name", "originalFilename", "filename"):
            guards.engine.state.cleared["request", f"{base}.{name}"] = (proof,)


def _no_prototype(guards: Guards, node: ir.Expression, test: ir.Node) -> None:
    """A name that leads to a prototype is refused."""
    said = guards.engine.text(test.start, test.end)
    guards.narrow(node, Clearance(frozenset({RULE}), f"`{said}` refuses names of prototypes", test.start, test.end))


def _typed(guards: Guards, node: ir.Expression, kind: str, test: ir.Node) -> None:
    said = guards.engine.text(test.start, test.end)
    if kind in _NUMBER_TYPES:
        guards.narrow(node, Clearance(_EVERYTHING, f"`{said}` lets no text pass", test.start, test.end))
    elif kind == "string":
        guards.narrow(node, Clearance(frozenset({TEXT}), f"`{said}` lets only texts pass", test.start, test.end))


def _looked_up(guards: Guards, test: ir.Index, *, holds: bool) -> bool:
    """``known[key]``: there is such an entry."""
    base = guards.engine.peek(test.base)
    if holds and not all_taints(base) and guards.is_allow_list(base, test.base):
        said = guards.engine.text(test.start, test.end)
        guards.narrow_checked(test.key, f"`{said}` is only there for known keys", test)
    return True


def _call(guards: Guards, test: ir.Call, *, holds: bool) -> bool:
    callee = test.callee
    if not isinstance(callee, ir.Attribute):
        return _plain(guards, test, holds=holds)
    if not test.arguments:
        return False
    receiver, argument = guards.engine.peek(callee.base), test.arguments[0].value
    first = guards.engine.peek(argument)
    name = callee.name
    outcome = False
    if name in {"test", "exec"} and receiver.type == "RegExp":
        outcome = _matched(guards, receiver, argument, test, holds=holds)
    elif name in {"match", "search"} and first.type == "RegExp":
        outcome = _matched(guards, first, callee.base, test, holds=holds)
    elif name in _MEMBERSHIP or name == "indexOf":
        outcome = _contained(guards, test, callee.base, receiver, argument, holds=holds)
    elif name in {"hasOwn", "call"} and len(test.arguments) > 1:
        outcome = _owned(guards, argument, test, holds=holds)
    elif name in {"startsWith", "endsWith"}:
        outcome = _affix(guards, callee, receiver, first, test, holds=holds)
    elif name in {"some", "every", "find", "findIndex"}:
        if holds and name != "every":
            outcome = _one(guards, receiver, argument, callee.base)
        else:
            outcome = of_all(guards, receiver, argument, callee.base, test, holds=holds)
    return outcome or _plain(guards, test, holds=holds)


def _owned(guards: Guards, node: ir.Expression, test: ir.Call, *, holds: bool) -> bool:
    """``Object.hasOwn(known, key)``: it is a property of the object's own."""
    if holds:
        _no_prototype(guards, test.arguments[1].value, test)
    if holds and guards.is_allow_list(guards.engine.peek(node), node):
        guards.narrow_checked(test.arguments[1].value, "it is a key of a known object", test)
    return True


def _below(ending: Value) -> bool:
    """Whether a text is what the names of hosts below one end with: without the dot others end with it, too."""
    if all_taints(ending) or ending.openness != CLOSED or not (ending.constants or ending.forms):
        return False
    starts = [*ending.constants, *(form[0] for form in ending.forms)]
    return all(isinstance(start, str) and start.startswith(".") for start in starts)


def _affix(guards: Guards, callee: ir.Attribute, receiver: Value, told: Value, test: ir.Call, *, holds: bool) -> bool:
    """How a text starts or ends."""
    part = told.text
    if callee.name == "endsWith":
        return holds and _below(told) and _ending(guards, callee.base, test)
    if not part:
        return False
    if _SCHEMES.match(part) if not holds else part.startswith(("http", "/", "mailto:")):
        reason = f"`{guards.engine.text(test.start, test.end)}` refuses scripts"
        guards.narrow(callee.base, Clearance(_SCRIPT, reason, test.start, test.end))
    return not holds and part in {"..", "../"} and _relative(guards, receiver, callee.base, test)


def _plain(guards: Guards, test: ir.Call, *, holds: bool) -> bool:
    """A function whose name says that what it finds is refused."""
    name = getattr(test.callee, "name", "") or getattr(test.callee, "id", "")
    if holds or not test.arguments:
        return False
    first = test.arguments[0].value
    if name == "isNaN":
        guards.narrow(first, Clearance(_EVERYTHING, "it is a number here", test.start, test.end))
        return True
    if _DENIED.search(name):
        reason = f"`{name}` refuses it, by its name"
        for argument in test.arguments:
            guards.narrow_host(argument.value, Clearance(_HOSTS, reason, test.start, test.end, guess=True))
        return True
    return False


def _matched(guards: Guards, pattern: Value, subject: ir.Expression, test: ir.Node, *, holds: bool) -> bool:
    classes, known = matched_classes(pattern, holds=holds)
    said = guards.engine.text(test.start, test.end)
    source = (pattern.fields or {}).get("source")
    written = (source.text or "") if source is not None else ""
    if _WEB.match(written) if holds else _SCHEMES.search(written):
        guards.narrow(subject, Clearance(_SCRIPT, f"`{said}` refuses scripts", test.start, test.end))
    for name in _refused_names(written, holds=holds) if not known or RULE not in classes else ():
        _refused(guards, subject, test, name)
    if classes:
        reason = f"`{said}` lets only harmless characters pass"
        guards.narrow(subject, Clearance(classes, reason, test.start, test.end))
    elif not known and holds and not all_taints(pattern):
        guards.narrow(subject, Clearance(_EVERYTHING, "a pattern checks it", test.start, test.end, guess=True))
    return True


@lru_cache(maxsize=256)
def _refused_names(pattern: str, *, holds: bool) -> tuple[str, ...]:
    """The names of prototypes that are not in a text in which a pattern finds something, or nothing."""
    if not pattern or len(pattern) > _LONGEST:
        return ()
    try:
        compiled = re.compile(pattern)
    except re.error:
        return ()
    return tuple(sorted(name for name in NAMES if (compiled.search(name) is not None) is not holds))


def _contained(
    guards: Guards, test: ir.Call, base: ir.Expression, receiver: Value, argument: ir.Expression, *, holds: bool
) -> bool:
    part = guards.engine.peek(argument).text
    is_text = receiver.type == "str" or receiver.text is not None or bool(receiver.forms)
    if part is not None and not isinstance(receiver.items, tuple):
        if not holds and part in NAMES:
            _refused(guards, base, test, part)
        elif not holds and (part == ".." or not lists(receiver)):
            prefixes.without(guards.engine, ir.Compare(test.start, test.end, "in", argument, base), holds=False)
        return True
    if not holds and any(item.text in NAMES for item in receiver.items or ()):
        _no_prototype(guards, argument, test)
    elif holds and not is_text and guards.is_allow_list(receiver, base):
        _scheme(guards, argument, test, "", holds=True)
        _kind_of_upload(guards, argument, test)
        said = guards.engine.text(test.start, test.end)
        guards.narrow_checked(argument, f"`{said}` lets only known values pass", test)
    return True


def _relative(guards: Guards, receiver: Value, base: ir.Expression, test: ir.Node) -> bool:
    """The way from a folder to a path does not lead upwards."""
    if receiver.type == "path.relative":
        proof = Clearance(_FILES, "the path is checked to lie in the folder", test.start, test.end)
        for taint in all_taints(receiver):
            guards.engine.clear_source(taint, proof)
    else:
        guards.narrow(base, Clearance(_FILES, "`..` at its start is refused", test.start, test.end, guess=True))
    return True


def _ending(guards: Guards, base: ir.Expression, test: ir.Node) -> bool:
    """A host that ends as the program says."""
    value = guards.engine.peek(base)
    if value.type.partition(".")[0] not in prefixes.ADDRESSES or not value.type.endswith(tuple(prefixes.HOST_MEMBERS)):
        return False
    said = guards.engine.text(test.start, test.end)
    guards.narrow_checked(base, f"`{said}` fixes the host", test)
    return True


def _one(guards: Guards, receiver: Value, argument: ir.Expression, base: ir.Expression) -> bool:
    """``ALLOWED.some(one => one === value)``."""
    function = guards.engine.peek(argument).target
    if not isinstance(function, Closure) or not guards.is_allow_list(receiver, base):
        return False
    body, parameters = function.function.body, function.function.parameters
    if len(body) != 1 or not isinstance(body[0], ir.Return) or body[0].value is None or not parameters:
        return False
    name = parameters[0].name
    state = guards.engine.state
    kept = state.variables.get(name)
    inside = any_element(receiver)
    state.variables[name] = inside if inside.openness != OPEN else Value(openness=1)
    guards.engine.evaluator.of(body[0].value)
    guards.assume(body[0].value, holds=True)
    if kept is None:
        guards.engine.state.variables.pop(name, None)
    else:
        guards.engine.state.variables[name] = kept
    return True
