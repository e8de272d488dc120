"""Texts written in other characters, and read back: base64, hexadecimal digits, JSON.

What an encoding makes harmless is harmful again once it is decoded; what was known of the data before that stays.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    FIXED,
    MAX_DEPTH,
    MAX_TEXT,
    UNKNOWN,
    Clearance,
    Taint,
    Value,
    all_taints,
    clear,
    constant,
    derived,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

_QUOTED = frozenset({
    "code-eval", "cross-site-scripting", "header-injection", "ldap-injection", "log-injection", "mail-header-injection",
    "nosql-injection", "shell-command-injection", "sql-injection", "template-injection", "xml-external-entities",
    "xpath-injection",
})  # fmt: skip
"""Classes that letters, digits and ``+/=`` do no harm in."""
_NAMES = frozenset({
    "open-redirect", "path-traversal", "regex-injection", "server-side-request-forgery", "unrestricted-upload",
    "zip-slip",
})  # fmt: skip
"""Classes that letters, digits and ``-_`` do no harm in either."""
_ENCODINGS: Mapping[str, frozenset[str]] = {
    "base64": _QUOTED,
    "base64url": _QUOTED | _NAMES,
    "hex": frozenset({EVERY}),
}
_BASE64, _HEX = "it is encoded in base64", "it is written in hexadecimal digits"
JSON = "JSON holds no line breaks"
_INSIDE = "(json)"
"""The type of what stands in a text of JSON; its `rest` is the value that was written."""


def _reason(encoding: str) -> str:
    return _HEX if encoding == "hex" else _BASE64


def encoded(value: Value, encoding: str, node: ir.Node) -> Value | None:
    """``data.toString('base64')``; None for an encoding that leaves the text as it is."""
    classes = _ENCODINGS.get(encoding)
    if classes is None:
        return None
    if value.is_constant:
        return _folded(value, lambda text: _write(text, encoding))
    made = Value(taints=derived(all_taints(value)), type="str", openness=value.openness)
    return clear(made, Clearance(classes, _reason(encoding), node.start, node.end))


def decoded(value: Value, encoding: str) -> Value | None:
    """What ``Buffer.from(text, 'base64')`` holds; None for an encoding that leaves the text as it is."""
    if encoding not in _ENCODINGS:
        return None
    if value.is_constant:
        return _folded(value, lambda text: _read(text, encoding))
    reason = _reason(encoding)
    taints = tuple(_before(taint, reason) for taint in derived(all_taints(value)))
    return Value(taints=taints, type="str", openness=value.openness)


def _before(taint: Taint, reason: str) -> Taint:
    """The taint as it was before the data was encoded last."""
    places = [index for index, proof in enumerate(taint.clearances) if proof.reason == reason]
    if not places:
        return taint
    return Taint(taint.source, taint.marks, taint.clearances[: places[-1]], taint.exact, taint.weak)


def _folded(value: Value, way: Callable[[str], str]) -> Value:
    text = value.text
    if text is None or len(text) > MAX_TEXT:
        return FIXED
    try:
        return constant(way(text))
    except (ValueError, binascii.Error):
        return FIXED


def _write(text: str, encoding: str) -> str:
    if encoding == "hex":
        return text.encode().hex()
    if encoding == "base64":
        return base64.b64encode(text.encode()).decode("ascii")
    return base64.urlsafe_b64encode(text.encode()).decode("ascii").rstrip("=")


def _read(text: str, encoding: str) -> str:
    if encoding == "hex":
        return bytes.fromhex(text).decode("latin-1")
    data = text.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(data + "=" * (-len(data) % 4)).decode("latin-1")


def to_base64(given: Arguments, node: ir.Call) -> Value | None:
    """``btoa``."""
    return encoded(given.at(0) or UNKNOWN, "base64", node)


def from_base64(given: Arguments, node: ir.Call) -> Value | None:
    """``atob``."""
    del node
    return decoded(given.at(0) or UNKNOWN, "base64")


# JSON


def json_text(value: Value, taints: tuple[Taint, ...], node: ir.Node) -> Value:
    """What stands in a text of JSON, with the value that was written."""
    proof = Clearance(LINE_CLASSES, JSON, node.start, node.end)
    return clear(Value(taints=taints, type=_INSIDE, rest=value), proof)


def json_value(text: Value) -> Value | None:
    """The value that a text of JSON was made of, if it was nothing else."""
    if text.constants or text.openness != CLOSED or len(text.forms) != 1:
        return None
    form = text.forms[0]
    inside = form[1] if len(form) == 3 else None
    if not isinstance(inside, Value) or inside.type != _INSIDE or inside.rest is None or form[0] != "{":
        return None
    return _read_back(inside.rest) if form[2] == "}" else None


def _read_back(value: Value, depth: int = 0) -> Value:
    """A value without what was known of its text, and without functions."""
    if depth > MAX_DEPTH:
        return value
    taints = tuple(_before(taint, JSON) for taint in value.taints)
    fields, items, rest = value.fields, value.items, value.rest
    return value.but(
        taints=taints,
        target=None,
        fields={key: _read_back(one, depth + 1) for key, one in fields.items()} if fields is not None else None,
        items=tuple(_read_back(one, depth + 1) for one in items) if items is not None else None,
        rest=_read_back(rest, depth + 1) if rest is not None else None,
    )
