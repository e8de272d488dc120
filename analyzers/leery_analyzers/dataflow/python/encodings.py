"""Values written in other characters, and read back: base64, hexadecimal digits, escapes of HTML and of addresses.

How these behave is told in the module of the same name for every language; here are Python's functions.
"""

from __future__ import annotations

import base64
import binascii
import html
import urllib.parse
from collections.abc import Callable
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.encodings import BASE64, BASE64_URL, HEX, LETTERS, Encoding, read, scripted, written
from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.values import (
    FIXED,
    UNKNOWN,
    Clearance,
    Value,
    all_taints,
    clear,
    derived,
    merge_taints,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow.arguments import Arguments

_ESCAPED = "line breaks are written as escapes"
_OF_HTML = frozenset({"it is escaped for HTML"})
_OF_ADDRESSES = frozenset({"it is quoted for an address", _ESCAPED})
_Coder = Callable[["Arguments"], Value]


def _encoder(encoding: Encoding, way: Callable[[bytes], bytes]) -> _Coder:
    def encoded(given: Arguments) -> Value:
        value, place = given.positional[0] if given.positional else (UNKNOWN, None)
        if place is None:
            return Value(taints=derived(given.taints()))
        return written(value, encoding, lambda text: way(text.encode()).decode("ascii"), place)

    return encoded


def _decoder(reasons: frozenset[str], way: Callable[[str], str]) -> _Coder:
    def decoded(given: Arguments) -> Value:
        return read(given.positional[0][0] if given.positional else UNKNOWN, reasons, way)

    return decoded


def _of(encoding: Encoding) -> frozenset[str]:
    return frozenset({encoding.reason})


def _from_base64(text: str) -> str:
    return base64.b64decode(text.encode(), validate=False).decode("latin-1")


def _from_url_safe(text: str) -> str:
    return base64.urlsafe_b64decode(text.encode()).decode("latin-1")


def _unknown(text: str) -> str:
    """Fields are no text: what they are is not known."""
    raise ValueError(text)


_PLAIN = _encoder(BASE64, base64.b64encode)
_SAFE = _encoder(BASE64_URL, base64.urlsafe_b64encode)
_HEX = _encoder(HEX, binascii.hexlify)

CODED: Mapping[str, _Coder] = {
    **dict.fromkeys(("base64.b64encode", "base64.standard_b64encode", "binascii.b2a_base64"), _PLAIN),
    "base64.urlsafe_b64encode": _SAFE,
    "base64.b32encode": _encoder(LETTERS, base64.b32encode),
    **dict.fromkeys(("binascii.hexlify", "binascii.b2a_hex"), _HEX),
    "base64.b16encode": _encoder(HEX, base64.b16encode),
    **dict.fromkeys(
        ("base64.b64decode", "base64.standard_b64decode", "binascii.a2b_base64", "base64.decodebytes"),
        _decoder(_of(BASE64), _from_base64),
    ),
    "base64.urlsafe_b64decode": _decoder(_of(BASE64), _from_url_safe),
    "base64.b32decode": _decoder(_of(LETTERS), lambda text: base64.b32decode(text).decode("latin-1")),
    **dict.fromkeys(
        ("binascii.unhexlify", "binascii.a2b_hex", "bytes.fromhex", "bytearray.fromhex", "base64.b16decode"),
        _decoder(_of(HEX), lambda text: binascii.unhexlify(text).decode("latin-1")),
    ),
    "html.unescape": _decoder(_OF_HTML, html.unescape),
    **dict.fromkeys(("urllib.parse.parse_qs", "urllib.parse.parse_qsl"), _decoder(_OF_ADDRESSES, _unknown)),
    **dict.fromkeys(("urllib.parse.unquote", "urllib.unquote"), _decoder(_OF_ADDRESSES, urllib.parse.unquote)),
    **dict.fromkeys(
        ("urllib.parse.unquote_plus", "urllib.unquote_plus"), _decoder(_OF_ADDRESSES, urllib.parse.unquote_plus)
    ),
}
"""By qualified name."""


def json_text(given: Arguments) -> Value | None:
    """``json.dumps``: it escapes line breaks and quotes, and no tag that would end a script around it.

    What it writes may come from anybody, as a rule: names and notes that are read from a database. So it counts as data
    from outside where it stands in a script, and nowhere else.
    """
    if not given.positional:
        return None
    value, place = given.positional[0]
    if value.is_constant:
        return FIXED
    taints = derived(all_taints(value))
    taints = merge_taints(taints, scripted(value, place, _ESCAPED))
    made = Value(taints=taints, type="str", openness=value.openness)
    return clear(made, Clearance(LINE_CLASSES, _ESCAPED, place.start, place.end)) if taints else made


def without_tags(value: Value, old: Value | None, start: int, end: int) -> Value:
    """A text in which something was replaced: JSON without the start of a tag ends no script."""
    told = old is not None and old.text in {"<", "</", "</script>", "</script"}
    if not told or not all(any(proof.reason == _ESCAPED for proof in taint.clearances) for taint in value.taints):
        return value
    return clear(value, Clearance(frozenset({"cross-site-scripting"}), "no tag is left in the JSON", start, end))


def hexadecimal(receiver: Value, given: Arguments, start: int, end: int) -> Value | None:
    """``data.hex()``; None if nothing from outside is written so."""
    if given.positional or given.named or not all_taints(receiver):
        return None
    made = Value(taints=derived(all_taints(receiver)), type="str")
    return clear(made, Clearance(HEX.classes, HEX.reason, start, end))
