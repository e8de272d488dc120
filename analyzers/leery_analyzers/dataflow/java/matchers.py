"""Java's matchers: what a group holds is what its part of the pattern lets pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.java.strings import taken_out
from leery_analyzers.dataflow.patterns import excluded_classes, groups
from leery_analyzers.dataflow.values import UNKNOWN, Clearance, Value, all_taints, clear, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

PATTERN = "java.util.regex.Pattern"
MATCHER = "java.util.regex.Matcher"


def matcher_method(name: str, receiver: Value, given: Arguments, place: ir.Node) -> Value | None:
    """What a method of a pattern or a matcher gives; None for any other."""
    if receiver.type == PATTERN and name == "matcher":
        subject = given.at(0) or UNKNOWN
        pattern = (receiver.fields or {}).get("pattern", UNKNOWN)
        return Value(type=MATCHER, fields={"pattern": pattern, "subject": subject})
    if receiver.type != MATCHER or name not in {"group", "replaceAll", "replaceFirst"} or receiver.fields is None:
        return None
    taints = derived(all_taints(receiver.fields.get("subject", UNKNOWN)))
    found = Value(taints=taints, type="str")
    if name != "group":
        old, new = receiver.fields["pattern"].text, given.at(0)
        if name == "replaceFirst" or old is None or new is None or new.text is None:
            return found
        gone = taken_out(name, old, new.text)
        reason = "harmful characters are taken out"
        return clear(found, Clearance(gone, reason, place.start, place.end)) if gone else found
    inside = _group(receiver.fields["pattern"].text, given)
    classes = excluded_classes(inside, full=True, anchored=True) if inside else frozenset()
    if not classes:
        return found
    return clear(found, Clearance(classes, f"`{inside}` lets only harmless characters pass", place.start, place.end))


def _group(pattern: str | None, given: Arguments) -> str:
    """The part of a pattern that a group stands for; empty where that is not known."""
    which = given.at(0)
    if pattern is None or (which is not None and which.only is None):
        return ""
    wanted = which.only[0] if which is not None and which.only is not None else 0
    if wanted == 0:
        return pattern
    return next((text for number, name, text in groups(pattern) if wanted in {number, name}), "")
