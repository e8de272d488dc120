"""Java's Base64 and hexadecimal digits: encoded, a text does little harm; decoded, it is what it was before."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    FIXED,
    OPEN,
    Clearance,
    Taint,
    Value,
    all_taints,
    clear,
    constant,
    map_taints,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments

_BASE64, _HEX = "(base64)", "(hexadecimal)"
"""Classes that no sink has: the value was encoded so."""
_ENCODED: Mapping[str, frozenset[str]] = {
    _BASE64: frozenset({
        _BASE64, "sql-injection", "shell-command-injection", "code-eval", "template-injection", "cross-site-scripting",
        "header-injection", "mail-header-injection", "log-injection", "ldap-injection", "xpath-injection",
        "nosql-injection", "xml-external-entities", "unsafe-reflection", "unrestricted-upload",
    }),
    _HEX: frozenset({_HEX, EVERY}),
}  # fmt: skip
_ENCODERS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "java.util.Base64.Encoder.encode",
            "java.util.Base64.Encoder.encodeToString",
            "org.apache.commons.codec.binary.Base64.encodeBase64",
            "org.apache.commons.codec.binary.Base64.encodeBase64String",
            "org.apache.commons.codec.binary.Base64.encodeBase64URLSafe",
            "org.apache.commons.codec.binary.Base64.encodeBase64URLSafeString",
            "javax.xml.bind.DatatypeConverter.printBase64Binary",
            "org.springframework.util.Base64Utils.encodeToString",
        ),
        _BASE64,
    ),
    **dict.fromkeys(
        (
            "java.util.HexFormat.formatHex",
            "org.apache.commons.codec.binary.Hex.encodeHex",
            "org.apache.commons.codec.binary.Hex.encodeHexString",
            "javax.xml.bind.DatatypeConverter.printHexBinary",
        ),
        _HEX,
    ),
}
_DECODERS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "java.util.Base64.Decoder.decode",
            "org.apache.commons.codec.binary.Base64.decodeBase64",
            "javax.xml.bind.DatatypeConverter.parseBase64Binary",
            "org.springframework.util.Base64Utils.decodeFromString",
        ),
        _BASE64,
    ),
    **dict.fromkeys(
        (
            "java.util.HexFormat.parseHex",
            "org.apache.commons.codec.binary.Hex.decodeHex",
            "javax.xml.bind.DatatypeConverter.parseHexBinary",
        ),
        _HEX,
    ),
}


def coded(name: str, given: Arguments) -> Value | None:
    """What an encoder or a decoder gives; None for any other function."""
    form = _ENCODERS.get(name) or _DECODERS.get(name)
    if form is None or not given.positional:
        return None
    value, place = given.positional[0]
    is_encoder = name in _ENCODERS
    if value.is_constant and not value.taints:
        return _folded((_TO if is_encoder else _FROM)[form], value)
    taints = all_taints(value)
    if not taints:
        return Value(type="str", openness=value.openness if value.openness != CLOSED or value.forms else OPEN)
    made = Value(taints=map_taints(taints, lambda taint: _plain(taint, form, is_encoder=is_encoder)), type="str")
    return clear(made, _proof(form, place)) if is_encoder else made


def _proof(form: str, place: ir.Node) -> Clearance:
    return Clearance(_ENCODED[form], "it is encoded", place.start, place.end)


def _plain(taint: Taint, form: str, *, is_encoder: bool) -> Taint:
    """The data encoded; or decoded, with what was known of it before it was encoded.

    What is found out of an encoded text says nothing of what is in it.
    """
    if is_encoder:
        return Taint(taint.source, taint.marks, taint.clearances, weak=taint.weak)
    known = [index for index, proof in enumerate(taint.clearances) if form in proof.classes]
    return Taint(taint.source, taint.marks, taint.clearances[: known[-1]] if known else (), weak=taint.weak)


def _folded(function: Callable[[str], str], value: Value) -> Value:
    if value.text is None:
        return FIXED
    try:
        return constant(function(value.text))
    except (ValueError, binascii.Error):
        return FIXED


_TO: Mapping[str, Callable[[str], str]] = {
    _BASE64: lambda text: base64.b64encode(text.encode("utf-8", "replace")).decode(),
    _HEX: lambda text: text.encode("utf-8", "replace").hex(),
}
_FROM: Mapping[str, Callable[[str], str]] = {
    _BASE64: lambda text: base64.b64decode(text.encode(), validate=False).decode("latin-1"),
    _HEX: lambda text: bytes.fromhex(text).decode("latin-1"),
}
