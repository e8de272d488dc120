"""Java's Base64 and hexadecimal digits: encoded, a text does little harm; decoded, it is what it was before."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.encodings import BASE64, HEX, Encoding, read, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.values import Value

_ENCODERS: Mapping[str, Encoding] = {
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
        BASE64,
    ),
    **dict.fromkeys(
        (
            "java.util.HexFormat.formatHex",
            "org.apache.commons.codec.binary.Hex.encodeHex",
            "org.apache.commons.codec.binary.Hex.encodeHexString",
            "javax.xml.bind.DatatypeConverter.printHexBinary",
        ),
        HEX,
    ),
}
_DECODERS: Mapping[str, Encoding] = {
    **dict.fromkeys(
        (
            "java.util.Base64.Decoder.decode",
            "org.apache.commons.codec.binary.Base64.decodeBase64",
            "javax.xml.bind.DatatypeConverter.parseBase64Binary",
            "org.springframework.util.Base64Utils.decodeFromString",
        ),
        BASE64,
    ),
    **dict.fromkeys(
        (
            "java.util.HexFormat.parseHex",
            "org.apache.commons.codec.binary.Hex.decodeHex",
            "javax.xml.bind.DatatypeConverter.parseHexBinary",
        ),
        HEX,
    ),
}


def coded(name: str, given: Arguments) -> Value | None:
    """What an encoder or a decoder gives; None for any other function."""
    if not given.positional:
        return None
    value, place = given.positional[0]
    if (encoding := _ENCODERS.get(name)) is not None:
        return written(value, encoding, _TO[encoding], place)
    if (encoding := _DECODERS.get(name)) is not None:
        return read(value, frozenset({encoding.reason}), _FROM[encoding])
    return None


_TO: Mapping[Encoding, Callable[[str], str]] = {
    BASE64: lambda text: base64.b64encode(text.encode("utf-8", "replace")).decode(),
    HEX: lambda text: text.encode("utf-8", "replace").hex(),
}
_FROM: Mapping[Encoding, Callable[[str], str]] = {
    BASE64: lambda text: base64.b64decode(text.encode(), validate=False).decode("latin-1"),
    HEX: lambda text: bytes.fromhex(text).decode("latin-1"),
}
