"""Texts written in other characters, and read back: base64, digits; what every language's library does alike.

What an encoding makes harmless is harmful again once it is decoded; what was known of the data before that stays. What
is found out of an encoded text says nothing of what is in it.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.rules import flow_rules
from leery_analyzers.dataflow.values import (
    EVERY,
    FIXED,
    KNOWN,
    MAX_DEPTH,
    MAX_TEXT,
    OPEN,
    SCRIPTED,
    Clearance,
    Source,
    Taint,
    Value,
    all_taints,
    clear,
    constant,
    derived,
    map_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from leery_analyzers.dataflow import ir

_QUOTED = frozenset({
    "code-eval", "cross-site-scripting", "header-injection", "ldap-injection", "log-injection", "mail-header-injection",
    "nosql-injection", "shell-command-injection", "sql-injection", "template-injection", "unrestricted-upload",
    "unsafe-reflection", "xml-external-entities", "xpath-injection",
})  # fmt: skip
"""Classes that letters, digits and ``+/=`` do no harm in."""
_NAMES = frozenset({
    "open-redirect", "path-traversal", "regex-injection", "server-side-request-forgery", "zip-slip",
})  # fmt: skip
"""Classes that letters, digits and ``-_=`` do no harm in either."""

_KEPT = frozenset({KNOWN})


@dataclass(frozen=True, slots=True)
class Encoding:
    """A way to write data.

    Attributes:
        reason: why the text does no harm, by which decoding knows it again.
        classes: in which classes it does none.
    """

    reason: str
    classes: frozenset[str]


BASE64 = Encoding("it is encoded in base64", _QUOTED)
BASE64_URL = Encoding(BASE64.reason, _QUOTED | _NAMES)
HEX = Encoding("it is written in hexadecimal digits", frozenset({EVERY}))
LETTERS = Encoding("it is written in letters and digits", frozenset({EVERY}))


def written(value: Value, encoding: Encoding, way: Callable[[str], str], place: ir.Node) -> Value:
    """What an encoder makes of a value.

    Args:
        value: what is encoded.
        encoding: how.
        way: encodes a text that is known.
        place: what is told to be encoded.
    """
    if value.is_constant:
        return _folded(value, way)
    made = Value(taints=derived(all_taints(value)), type="str", openness=value.openness)
    return clear(made, Clearance(encoding.classes, encoding.reason, place.start, place.end))


def read(value: Value, reasons: frozenset[str], way: Callable[[str], str]) -> Value:
    """What a decoder makes of a value.

    Args:
        value: what is decoded.
        reasons: those that do not hold any more.
        way: decodes a text that is known; may raise ValueError.
    """
    if value.is_constant:
        return _folded(value, way)
    return Value(taints=inside(value, reasons), type="str", openness=value.openness)


def inside(value: Value, reasons: frozenset[str], keeps: frozenset[str] = _KEPT) -> tuple[Taint, ...]:
    """What is in encoded data.

    Args:
        value: the encoded data.
        reasons: those that do not hold any more.
        keeps: classes whose proofs hold whatever the data is decoded from.
    """

    def plain(taint: Taint) -> Taint:
        return before(taint, reasons) or _inside(taint, keeps)

    return map_taints(derived(all_taints(value)), plain)


def before(taint: Taint, reasons: frozenset[str]) -> Taint | None:
    """The taint as it was before the data was encoded last; None where it was not.

    What was found out since holds only where it says that the data is one of a few values.
    """
    proofs = taint.clearances
    for index in range(len(proofs) - 1, -1, -1):
        if proofs[index].reason in reasons:
            known = tuple(proof for proof in proofs[index + 1 :] if KNOWN in proof.classes)
            return Taint(taint.source, taint.marks, proofs[:index] + known, taint.exact, taint.weak)
    return None


def _inside(taint: Taint, keeps: frozenset[str]) -> Taint:
    """What encoded data holds: nothing is known of it, unless it is one of a few values."""
    known = tuple(proof for proof in taint.clearances if proof.classes & keeps)
    old = taint.source
    source = Source(old.start, old.end, old.text, old.origin, old.title, old.confidence, decoded=True)
    return Taint(source, taint.marks, known, weak=taint.weak)


def scripted(value: Value, place: ir.Node, reason: str) -> tuple[Taint, ...]:
    """What may be in a value that is written as JSON: it counts where it stands in a script, and nowhere else.

    Args:
        value: what is written.
        place: where.
        reason: why it does no harm elsewhere.
    """
    if not _has_unknown(value):
        return ()
    source = Source(place.start, place.end, SCRIPTED, "answer", SCRIPTED, "medium")
    others = frozenset(flow_rules()) - {"cross-site-scripting"}
    return (Taint(source, clearances=(Clearance(others, reason, place.start, place.end, guess=True),)),)


def _has_unknown(value: Value, depth: int = 0) -> bool:
    """Whether there is anything in a value of which it is not known where it comes from."""
    inside = [*value.elements]
    if inside and depth < MAX_DEPTH:
        return any(_has_unknown(part, depth + 1) for part in inside)
    looked_up = all(taint.weak for taint in all_taints(value))
    return value.openness == OPEN and looked_up and value.type not in {"bool", "number"}


def _folded(value: Value, way: Callable[[str], str]) -> Value:
    text = value.text
    if text is None or len(text) > MAX_TEXT:
        return FIXED
    try:
        return constant(way(text))
    except (ValueError, binascii.Error):
        return FIXED
