"""Conditions as only Python writes them: sets of keys, folders of paths, networks, what holds of every element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.models import Role
from leery_analyzers.dataflow.values import EVERY, Clearance, all_taints
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from leery_analyzers.dataflow.guards import Guards

_FILES = frozenset({"path-traversal", "zip-slip", "unrestricted-upload"})
_KEYS = frozenset({"sql-injection", "mass-assignment", "unsafe-reflection", "trust-boundary-violation"})
"""What the keys of an object do harm in; what stands under them may still be anything."""
_NETWORK = frozenset({"server-side-request-forgery"})
_SETS = frozenset({"set", "frozenset", "list", "tuple", "sorted", "keys"})
_SCALARS = frozenset({"str", "bytes", "int", "float", "bool", "Decimal", "date", "datetime", "None", "NoneType"})
_ORDERS = frozenset({"<", "<=", ">", ">="})
_INNER = frozenset({"is_private", "is_global"})
_KEY = lazy_regex(r"(?i)k|.*_?(?:key|field|col|column|attr|attribute|name)")
"""Names of variables that hold keys of an object."""
_NAMES = frozenset({"basename", "secure_filename"})


def assume(guards: Guards, test: ir.Expression, *, holds: bool) -> None:
    """Take a condition for given, as far as only Python writes it so."""
    if isinstance(test, ir.Name):
        kept = guards.engine.tests.get(test.id)
        if isinstance(kept, ir.Operation) and not holds:
            _difference(guards, kept)
    elif isinstance(test, ir.Operation):
        if not holds:
            _difference(guards, test)
    elif isinstance(test, ir.Attribute):
        if test.name in _INNER and holds is (test.name == "is_global"):
            _network(guards, test)
    elif isinstance(test, ir.Compare):
        _compared(guards, test, holds=holds)
    elif isinstance(test, ir.Call):
        _called(guards, test, holds=holds)


def looped(guards: Guards, loop: ir.Loop) -> None:
    """Take in what a loop that came to its end has found out about every element."""
    _weeded(guards, loop)
    for statement in loop.body:
        if not isinstance(statement, ir.If) or len(statement.branches) != 1 or statement.otherwise:
            continue
        test, body = statement.branches[0]
        if body and _ends(guards, body[-1]) and loop.iterable is not None and isinstance(loop.target, ir.Expression):
            for part in test.operands if isinstance(test, ir.Bool) and test.op == "or" else (test,):
                _element(guards, loop.target, loop.iterable, part, holds=False)


def _weeded(guards: Guards, loop: ir.Loop) -> None:
    """A loop over an object's keys that takes away what does not pass: its keys are known then, its values plain."""
    whole = _keys_of(loop.iterable) if loop.iterable is not None else None
    if whole is None or not isinstance(loop.target, ir.Name):
        return
    known, plain, reasons = False, False, list[ir.Node]()
    for statement in loop.body:
        if not isinstance(statement, ir.If) or statement.otherwise:
            continue
        for test, body in statement.branches:
            gone = [part for part in body if not isinstance(part, ir.Continue)]
            if not gone or not all(_takes_away(part, whole.id, loop.target.id) for part in gone):
                break
            for part in test.operands if isinstance(test, ir.Bool) and test.op == "or" else (test,):
                listed, typed = _passes(guards, part, whole.id, loop.target.id)
                reasons += [test] if listed or typed else []
                known, plain = known or listed, plain or typed
    if not known:
        return
    said = guards.engine.text(reasons[0].start, reasons[0].end)
    classes = _KEYS | {"nosql-injection"} if plain else _KEYS
    proof = Clearance(classes, f"what `{said}` finds is taken away", reasons[0].start, reasons[0].end)
    guards.narrow(whole, proof)


def _keys_of(iterable: ir.Expression) -> ir.Name | None:
    """The object whose keys a loop goes over, taken down before it changes."""
    copied = False
    while isinstance(iterable, ir.Call):
        name = _last(iterable.callee)
        copied = copied or name in _SETS - {"keys"} or name == "copy"
        if isinstance(iterable.callee, ir.Attribute) and name in {"keys", "copy"} and not iterable.arguments:
            iterable = iterable.callee.base
        elif name in _SETS and len(iterable.arguments) == 1:
            iterable = iterable.arguments[0].value
        else:
            return None
    return iterable if copied and isinstance(iterable, ir.Name) else None


def _takes_away(statement: ir.Statement, whole: str, key: str) -> bool:
    """``del whole[key]`` or ``whole.pop(key)``."""
    if isinstance(statement, ir.Delete):
        return all(_is_entry(target, whole, key) for target in statement.targets)
    if not isinstance(statement, ir.Evaluate) or not isinstance(statement.value, ir.Call):
        return False
    callee, given = statement.value.callee, statement.value.arguments
    own = isinstance(callee, ir.Attribute) and isinstance(callee.base, ir.Name) and callee.base.id == whole
    first = given[0].value if given else None
    return own and _last(callee) == "pop" and isinstance(first, ir.Name) and first.id == key


def _is_entry(node: ir.Expression, whole: str, key: str) -> bool:
    if isinstance(node, ir.Call) and _last(node.callee) == "get" and node.arguments:
        base, index = getattr(node.callee, "base", None), node.arguments[0].value
    elif isinstance(node, ir.Index):
        base, index = node.base, node.key
    else:
        return False
    named = isinstance(base, ir.Name) and base.id == whole
    return named and isinstance(index, ir.Name) and index.id == key


def _passes(guards: Guards, test: ir.Expression, whole: str, key: str) -> tuple[bool, bool]:
    """Whether what a test does not find is a known key, or a plain value."""
    holds = False
    if isinstance(test, ir.Not):
        test, holds = test.operand, True
    if isinstance(test, ir.Compare) and test.op == ("in" if holds else "not-in"):
        listed = guards.is_allow_list(guards.engine.peek(test.right), test.right)
        return listed and isinstance(test.left, ir.Name) and test.left.id == key, False
    if holds and isinstance(test, ir.Call) and _last(test.callee) == "isinstance" and len(test.arguments) == 2:
        subject, kinds = (argument.value for argument in test.arguments)
        text = guards.engine.text(kinds.start, kinds.end)
        return False, _is_entry(subject, whole, key) and _plain(text)
    return False, False


def _plain(kinds: str) -> bool:
    """Whether types are those of texts and numbers."""
    named = set(kinds.strip("() ").replace(",", " ").replace("|", " ").split())
    return bool(named) and named <= _SCALARS


def _ends(guards: Guards, last: ir.Statement) -> bool:
    """Whether nothing comes after a statement."""
    if isinstance(last, ir.Evaluate) and isinstance(last.value, ir.Call):
        value = guards.engine.peek(last.value.callee)
        return bool(guards.engine.models.roles.get(value.name, 0) & Role.EXIT)
    return isinstance(last, (ir.Return, ir.Raise))


def _element(guards: Guards, target: ir.Expression, whole: ir.Expression, test: ir.Expression, *, holds: bool) -> None:
    """What holds, or does not, of each element of something."""
    if isinstance(test, ir.Not):
        test, holds = test.operand, not holds
    if isinstance(test, ir.Compare) and test.op == ("in" if holds else "not-in"):
        if isinstance(target, ir.Name) and isinstance(test.left, ir.Name) and test.left.id == target.id:
            _members(guards, whole, test, keys=_KEY.fullmatch(target.id) is not None)
    elif isinstance(test, ir.Attribute) and test.name in _INNER and holds is (test.name == "is_global"):
        _network(guards, test)


def _compared(guards: Guards, test: ir.Compare, *, holds: bool) -> None:
    if test.op in _ORDERS:
        _number(guards, test.left, test.right, test)
        _number(guards, test.right, test.left, test)
    if test.op == "<=" and holds:
        _keys(guards, test.left, test.right, test)
    elif (test.op == "==" and holds) or (test.op == "!=" and not holds):
        _folder(guards, test.left, test.right, test)
        _folder(guards, test.right, test.left, test)


def _number(guards: Guards, one: ir.Expression, other: ir.Expression, test: ir.Compare) -> None:
    """What is compared with a number is one, whatever comes of it: anything else is an error."""
    known = guards.engine.peek(other)
    if isinstance(one, ir.Name) and known.is_constant and all(type(item) in {int, float} for item in known.constants):
        said = guards.engine.text(test.start, test.end)
        guards.narrow(one, Clearance(frozenset({EVERY}), f"`{said}` compares numbers", test.start, test.end))


def _called(guards: Guards, test: ir.Call, *, holds: bool) -> None:
    callee, given = test.callee, test.arguments
    name = _last(callee)
    if len(given) != 1:
        return
    only = given[0].value
    if isinstance(callee, ir.Attribute):
        if name == "issubset" and holds:
            _keys(guards, callee.base, only, test)
        elif name == "issuperset" and holds:
            _keys(guards, only, callee.base, test)
        elif name == "difference" and not holds:
            _keys(guards, callee.base, only, test)
        elif name == "startswith" and not holds:
            _relative(guards, callee.base, only, test)
    elif isinstance(only, ir.Comprehension) and name in {"all", "any"} and holds is (name == "all"):
        _each(guards, only, holds=holds)


def _difference(guards: Guards, test: ir.Operation) -> None:
    """``set(data) - ALLOWED`` is empty."""
    if test.op == "-" and len(test.operands) == 2:
        _keys(guards, *test.operands, test)


def _keys(guards: Guards, left: ir.Expression, right: ir.Expression, test: ir.Node) -> None:
    while isinstance(left, ir.Call) and _last(left.callee) in _SETS:
        if left.arguments:
            left = left.arguments[0].value
        elif isinstance(left.callee, ir.Attribute):
            left = left.callee.base
        else:
            return
    if guards.is_allow_list(guards.engine.peek(right), right):
        said = guards.engine.text(test.start, test.end)
        guards.narrow(left, Clearance(_KEYS, f"`{said}` lets only known keys pass", test.start, test.end))


def _folder(guards: Guards, one: ir.Expression, other: ir.Expression, test: ir.Node) -> None:
    """The folder that a resolved path lies in; a name that is its own last part."""
    engine = guards.engine
    said = engine.text(test.start, test.end)
    proof = Clearance(_FILES, f"`{said}` keeps it in the folder", test.start, test.end)
    if isinstance(one, ir.Attribute):
        if one.name == "parent" and not all_taints(engine.peek(other)):
            guards.narrow(one.base, proof, resolved=True)
        elif one.name == "name" and isinstance(one.base, ir.Call) and len(one.base.arguments) == 1:
            _same(guards, one.base.arguments[0].value, other, proof)
    elif isinstance(one, ir.Call) and len(one.arguments) == 1:
        inside = one.arguments[0].value
        if _last(one.callee) == "dirname" and not all_taints(engine.peek(other)):
            guards.narrow(inside, proof, resolved=True)
        elif _last(one.callee) in _NAMES:
            _same(guards, inside, other, proof)


def _same(guards: Guards, inside: ir.Expression, other: ir.Expression, proof: Clearance) -> None:
    if isinstance(other, ir.Name) and isinstance(inside, ir.Name) and inside.id == other.id:
        guards.narrow(other, proof)


def _relative(guards: Guards, base: ir.Expression, prefix: ir.Expression, test: ir.Node) -> None:
    """``os.path.relpath(path, folder).startswith("..")`` of a resolved path."""
    if not isinstance(base, ir.Call) or _last(base.callee) != "relpath" or len(base.arguments) != 2:
        return
    if guards.engine.peek(prefix).text in {"..", "../"} and not all_taints(guards.engine.peek(base.arguments[1].value)):
        said = guards.engine.text(test.start, test.end)
        proof = Clearance(_FILES, f"`{said}` keeps it in the folder", test.start, test.end)
        guards.narrow(base.arguments[0].value, proof, resolved=True)


def _network(guards: Guards, test: ir.Attribute) -> None:
    """The number of a machine is one of the public network's; what it was looked up for leads there, too."""
    said = guards.engine.text(test.start, test.end)
    proof = Clearance(_NETWORK, f"`{said}` keeps machines of the own network out", test.start, test.end)
    for taint in all_taints(guards.engine.peek(test.base)):
        guards.engine.clear_source(taint, proof)


def _each(guards: Guards, inside: ir.Comprehension, *, holds: bool) -> None:
    """``all(key in ALLOWED for key in data)``: what holds of every element holds of the whole."""
    if len(inside.generators) != 1 or inside.generators[0].conditions:
        return
    made, element = inside.generators[0], inside.element
    if isinstance(element, ir.Not):
        element, holds = element.operand, not holds
    parts = (
        element.operands if isinstance(element, ir.Bool) and element.op == ("and" if holds else "or") else (element,)
    )
    for part in parts:
        _element(guards, made.target, made.iterable, part, holds=holds)


def _members(guards: Guards, whole: ir.Expression, test: ir.Compare, *, keys: bool) -> None:
    if keys or (isinstance(whole, ir.Call) and _last(whole.callee) == "keys"):
        _keys(guards, whole, test.right, test)
    elif guards.is_allow_list(guards.engine.peek(test.right), test.right):
        said = guards.engine.text(test.start, test.end)
        proof = Clearance(frozenset({EVERY}), f"`{said}` lets only known values pass", test.start, test.end)
        guards.narrow(whole, proof)


def _last(node: ir.Expression) -> str:
    return str(getattr(node, "name", "") or getattr(node, "id", ""))
