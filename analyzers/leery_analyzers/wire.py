"""The frames between the server and its workers, and how a unit goes into one.

Both ends import this; it must import nothing heavy.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from leery_analyzers.analyzer import Unit

if TYPE_CHECKING:
    from typing import BinaryIO

Json = dict[str, Any]


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
    message: Json = json.loads(body)
    return message


def frame(message: Json) -> bytes:
    """A message as it goes over the stream; lone surrogates are escaped, so any text passes."""
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return len(body).to_bytes(4, "big") + body
