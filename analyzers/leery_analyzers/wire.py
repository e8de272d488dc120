"""JSON as bytes, the frames between the server and its workers, and how a unit goes into one.

Both ends import this; it must import nothing heavy.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson

from leery_analyzers.analyzer import Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

Json = dict[str, Any]


def dumps(value: Any, default: Callable[[Any], Any] | None = None) -> bytes:
    """A value as JSON; lone surrogates, which UTF-8 cannot hold, are escaped, so any text passes.

    Args:
        value: what `json` can write.
        default: turns what it cannot write into what it can.

    Raises:
        TypeError, ValueError, RecursionError: it cannot be written.
    """
    try:
        return orjson.dumps(value, default)
    except TypeError:  # besides surrogates: what is nested deeper than it goes, and integers of more than 64 bits
        return json.dumps(value, default=default, separators=(",", ":")).encode("ascii")


def loads(data: bytes | bytearray) -> Any:
    """The value written in JSON, escaped lone surrogates included.

    Raises:
        ValueError, RecursionError: it is none.
    """
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(data)


def unit_to_json(unit: Unit) -> Json:
    """A JSON value that `unit_from_json` reads back to an equal unit."""
    return {name: getattr(unit, name) for name in Unit.__slots__}


def unit_from_json(data: Json) -> Unit:
    """The unit written by `unit_to_json`."""
    return Unit(**{**data, "imports": tuple(data["imports"])})


def read_frame(stream: BinaryIO) -> Json | None:
    """The next message of a stream, or None at its end, also when it ends within a message."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    if len(body) < size:
        return None
    message: Json = loads(body)
    return message


def frame(message: Json) -> bytes:
    """A message as it goes over the stream."""
    body = dumps(message)
    return len(body).to_bytes(4, "big") + body
