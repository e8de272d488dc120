"""Conditions that only Java writes so: ``text.matches(pattern)``, matchers, options that are present."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir, prefixes
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.java import lines, places
from leery_analyzers.dataflow.java.characters import every_character
from leery_analyzers.dataflow.java.types import NUMBERS
from leery_analyzers.dataflow.names import is_allow_list
from leery_analyzers.dataflow.patterns import excluded_classes, removed_classes
from leery_analyzers.dataflow.state import Closure
from leery_analyzers.dataflow.values import EVERY, OPEN, Clearance, Value, all_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow.guards import Guards

_FULL = {"matches": True, "find": False, "lookingAt": False}
_SIGNED = frozenset({"isEqual", "constantTimeAreEqual"})
_UPLOAD = frozenset({"unrestricted-upload"})
_OWN = frozenset({"unsafe-deserialization", "open-redirect", "trust-boundary-violation"})
_REDIRECT = frozenset({"open-redirect"})
_AFTER_SLASH = re.compile(r"\^?/(?![?*{])(?!.*\|)")
"""How a pattern begins that lets only a slash stand first."""
_ONE_CHARACTER = re.compile(r"(\[(?!\^)[^\]\\\[&]+\]|\w)(?![?*{])")
_ONE_LIST = re.compile(r"(\[(?!\^)[^\]\\\[&]+\])[*]\$?")
_KEPT = frozenset({"trust-boundary-violation"})


def assume(guards: Guards, test: ir.Expression, *, holds: bool) -> bool:
    """Take a condition for given; whether it is one of these."""
    if lines.assume(guards, test, holds=holds):
        return True
    if isinstance(test, ir.Compare):
        return _compared(guards, test, holds=holds)
    if not isinstance(test, ir.Call) or not isinstance(test.callee, ir.Attribute):
        return False
    name = test.callee.name
    if name in _FULL:
        known = every_character(guards, test, test.callee, holds=holds)
        return known or _pattern(guards, test, test.callee, name, holds=holds)
    if name == "startsWith" and holds:
        return places.contained(guards, test, test.callee.base)
    if name == "endsWith" and holds:
        _ends(guards, test, test.callee.base)
    elif name in _SIGNED and holds:
        _signed(guards, test, test.callee)
    elif name in places.INSIDE and not holds:
        places.outside(guards, test, test.callee)
    elif name == "test":
        _tested(guards, test, test.callee, holds=holds)
    return every_character(guards, test, test.callee, holds=holds)


def _compared(guards: Guards, test: ir.Compare, *, holds: bool) -> bool:
    if test.op == "instance-of" and holds:
        return _of_kind(guards, test)
    if test.op in {"==", "!="} and (test.op == "==") is holds:
        places.equal(guards, test)
    return False


def _tested(guards: Guards, test: ir.Call, callee: ir.Attribute, *, holds: bool) -> None:
    """``passwords.test(user, password)``: what a predicate of the unit found out; another has at least looked at it."""
    target = guards.engine.peek(callee.base).target
    if isinstance(target, Closure):
        given = Arguments([(guards.engine.peek(item.value), item.value) for item in test.arguments])
        if given.taints():
            guards.engine.ask(target, given, test, None, holds=holds)
    elif holds:
        proof = Clearance(_KEPT, "a predicate of the program checks it", test.start, test.end, guess=True)
        for argument in test.arguments:
            guards.narrow(argument.value, proof)


def _of_kind(guards: Guards, test: ir.Compare) -> bool:
    """``value instanceof Integer``: a number can do no harm."""
    if guards.engine.peek(test.right).name in NUMBERS:
        subject = test.left.value if isinstance(test.left, ir.AssignExpression) else test.left
        guards.narrow(subject, Clearance(frozenset({EVERY}), "it is a number", test.start, test.end))
    return False


def _ends(guards: Guards, test: ir.Call, base: ir.Expression) -> None:
    """``name.endsWith(".png")`` says what kind of file it is."""
    suffix = guards.engine.peek(test.arguments[0].value).text if test.arguments else None
    if suffix is not None and suffix.startswith(".") and suffix.count(".") > 1:
        places.below(guards, test, base)
    if suffix is not None and suffix.lstrip(".").isalnum():
        said = guards.engine.text(test.start, test.end)
        proof = Clearance(_UPLOAD, f"`{said}` lets only one kind of file pass", test.start, test.end)
        guards.narrow(base, proof)
        for taint in all_taints(guards.engine.peek(base)):
            guards.engine.clear_source(taint, proof)


def _signed(guards: Guards, test: ir.Call, callee: ir.Attribute) -> None:
    """``MessageDigest.isEqual(given, mac(data))`` says who wrote the data."""
    if guards.engine.peek(callee.base).name not in {"java.security.MessageDigest", "org.bouncycastle.util.Arrays"}:
        return
    proof = Clearance(_OWN, "a signature of it was checked", test.start, test.end)
    for argument in test.arguments:
        for taint in all_taints(guards.engine.peek(argument.value)):
            guards.engine.clear_source(taint, proof)


def _pattern(guards: Guards, test: ir.Call, callee: ir.Attribute, name: str, *, holds: bool) -> bool:
    subject, pattern = _asked(guards, test, callee, name)
    if subject is None or pattern is None:
        return False
    said = guards.engine.text(test.start, test.end)
    classes: frozenset[str] = frozenset()
    guess = False
    if pattern.text is None:
        guess = True
        reason = "a pattern checks it"
        if holds and pattern.openness != OPEN and name == "matches":
            classes = frozenset({EVERY})
    elif holds:
        classes = excluded_classes(pattern.text, full=_FULL[name], anchored=name != "find")
        reason = f"`{said}` lets only harmless characters pass"
    else:
        classes = _refused(pattern.text, full=_FULL[name])
        reason = f"`{said}` keeps harmful characters out"
    if holds and pattern.text is not None and _FULL[name] and _AFTER_SLASH.match(pattern.text):
        second = _AFTER_SLASH.sub("", pattern.text, count=1)
        if _stays_here(second):
            classes |= _REDIRECT
        else:
            prefixes.both(guards.engine, subject, test, prefixes.SLASH, prefixes.NO_TWO)
    if classes:
        guards.narrow(subject, Clearance(classes, reason, test.start, test.end, guess))
    return True


def _stays_here(rest: str) -> bool:
    """Whether what a pattern asks after a slash lets no second one follow at once."""
    first = _ONE_CHARACTER.match(rest) or _ONE_LIST.fullmatch(rest)
    return first is not None and not any(re.match(first[1], char) for char in "/\\")


def _asked(guards: Guards, test: ir.Call, callee: ir.Attribute, name: str) -> tuple[ir.Expression | None, Value | None]:
    """The text that is matched and the pattern."""
    engine = guards.engine
    if test.arguments:
        return (callee.base, engine.peek(test.arguments[0].value)) if name == "matches" else (None, None)
    matcher = callee.base
    if isinstance(matcher, ir.Name):
        matcher = engine.tests.get(matcher.id, matcher)
    if not isinstance(matcher, ir.Call) or not isinstance(matcher.callee, ir.Attribute) or not matcher.arguments:
        return None, None
    named = matcher.callee.base
    compiled = engine.peek(named)
    pattern = (compiled.fields or {}).get("pattern") or Value(openness=compiled.openness)
    if pattern.text is None and is_allow_list(getattr(named, "id", getattr(named, "name", ""))):
        pattern = Value(openness=1)
    return matcher.arguments[0].value, pattern


def _refused(pattern: str, *, full: bool) -> frozenset[str]:
    """The classes that a pattern rules out where it does not match: ``find()`` of ``[^a-z]`` finds nothing else."""
    inside = pattern.removeprefix("(?s)").removeprefix(".*").removesuffix(".*") if full else pattern.rstrip("+*")
    inside = inside.rstrip("+")
    if inside.startswith("[^") and inside.endswith("]") and "]" not in inside[2:-1].replace("\\]", ""):
        return excluded_classes(f"[{inside[2:]}+", full=True, anchored=True)
    anywhere = not full or pattern.removeprefix("(?s)") == f".*{inside}.*"
    return removed_classes(inside) if inside.startswith("[") and anywhere else frozenset()
