"""Texts written in other characters, and read back: base64, hexadecimal digits, JSON.

How these behave is told in the module of the same name for every language; here are JavaScript's functions.
"""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING
from urllib.parse import unquote

from leery_analyzers.dataflow.encodings import BASE64, BASE64_URL, HEX, Encoding, before, inside, read, written
from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    KNOWN,
    MAX_DEPTH,
    UNKNOWN,
    WIDENED,
    Clearance,
    Value,
    clear,
    constant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.values import Taint

_ENCODINGS: Mapping[str, Encoding] = {"base64": BASE64, "base64url": BASE64_URL, "hex": HEX}
JSON = "JSON holds no line breaks"
_OF_JSON = frozenset({JSON})
_INSIDE = "(json)"
"""The type of what stands in a text of JSON; its `rest` is the value that was written."""


def encoded(value: Value, encoding: str, node: ir.Node) -> Value | None:
    """``data.toString('base64')``; None for an encoding that leaves the text as it is."""
    known = _ENCODINGS.get(encoding)
    return None if known is None else written(value, known, lambda text: _write(text, encoding), node)


def decoded(value: Value, encoding: str) -> Value | None:
    """What ``Buffer.from(text, 'base64')`` holds; None for an encoding that leaves the text as it is."""
    known = _ENCODINGS.get(encoding)
    return None if known is None else read(value, frozenset({known.reason}), lambda text: _read(text, encoding))


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


# Escapes

_ADDRESSES = frozenset({"it is quoted for an address"})
MARKUP = frozenset({"it is escaped or cleaned for HTML"})
_HARMLESS = frozenset({KNOWN, EVERY})
"""What holds no escapes, or only those that the program wrote."""


def from_address(given: Arguments, node: ir.Call) -> Value | None:
    """``decodeURIComponent``."""
    del node
    only = given.at(0) or UNKNOWN
    return constant(unquote(only.text)) if only.text is not None else unescaped(only, _ADDRESSES)


def from_markup(given: Arguments, node: ir.Call) -> Value | None:
    """What reads the entities of HTML as the characters that they stand for."""
    del node
    only = given.at(0) or UNKNOWN
    return constant(html.unescape(only.text)) if only.text is not None else unescaped(only, MARKUP)


def unescaped(value: Value, reasons: frozenset[str]) -> Value:
    """A text in which escapes are read: what was found out of it before says little of what is in it now.

    Args:
        value: the text.
        reasons: why it was harmless with its escapes.
    """
    taints = inside(value, reasons, _HARMLESS)
    return Value(taints=taints, type="str", openness=value.openness if not value.is_constant else WIDENED)


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
    taints = tuple(before(taint, _OF_JSON) or taint for taint in value.taints)
    fields, items, rest = value.fields, value.items, value.rest
    return value.but(
        taints=taints,
        target=None,
        fields={key: _read_back(one, depth + 1) for key, one in fields.items()} if fields is not None else None,
        items=tuple(_read_back(one, depth + 1) for one in items) if items is not None else None,
        rest=_read_back(rest, depth + 1) if rest is not None else None,
    )


CODINGS: Mapping[str, Callable[[Arguments, ir.Call], Value | None]] = {
    **dict.fromkeys(("decodeURIComponent", "decodeURI", "unescape", "querystring.unescape"), from_address),
    **dict.fromkeys(
        (
            "he.decode",
            "he.unescape",
            "html-entities.decode",
            "entities.decode",
            "entities.decodeHTML",
            "lodash.unescape",
            "html-escaper.unescape",
            "unescape-html",
            "validator.unescape",
            "escape-goat.htmlUnescape",
            "decodeHTML",
            "decodeHtml",
            "unescapeHtml",
            "decode-html",
            "decodeEntities",
        ),
        from_markup,
    ),
    "btoa": to_base64,
    "atob": from_base64,
}
"""By qualified name."""
