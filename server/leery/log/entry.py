r"""An entry's final bytes, and the private texts that stand beside it.

The leaf is one JSON object in the canonical form of RFC 8785, at most 65,535 bytes long, the limit of an entry in C2SP
tlog-tiles. It never changes once written, so nothing in it may ever have to be erased: private fields (see `body`) are
in it only as commitments, HMAC-SHA256 with a salt of 32 random bytes of their own over the text's UTF-8. Text and salt
stand beside it; with both erased the commitment says nothing and the leaf is intact.

Every leaf has the members ``v`` (2), ``id``, ``run`` (one server or command), ``time``, ``type``, every public field of
its type (null when absent), ``commitments`` (hex, by name of the private field), ``withheld`` (names of the private
fields that were never kept, sorted), ``redacted`` (how many secrets were taken out of the private texts before they
were hashed) and ``clipped`` (whether public fields were cut to fit). Leaves of version 1 lack ``withheld``.

RFC 8785 knows neither lone surrogates nor integers beyond 2\ :sup:`53` - 1. In a leaf the character U+0010 (data link
escape) starts an escape: U+0010 and four hexadecimal digits stand for a lone surrogate, U+0010 twice for U+0010 itself,
and a string of U+0010, ``#`` and decimal digits for a large integer. Text beside the leaf is UTF-8 in which a
lone surrogate is encoded like any other code point of three bytes ("surrogatepass").
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard
from uuid import UUID

import orjson
import rfc8785

from leery.log.body import BODIES, PRIVATE_FIELDS, PUBLIC_FIELDS, Body, LoggedOrigin, json_name
from leery.log.form import fits
from leery.log.redact import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

LEAF_VERSION = 2
LEAF_BYTES = 65_535
KEPT_BYTES = 1_048_576
"""A private text longer than this, in UTF-8, is committed to but not kept."""

SALT_BYTES = 32
_HASHED_BYTES = 64
"""SHA-256 takes blocks of this length; a key of HMAC is filled up to it with zeros."""
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_INNER_REST, _OUTER_REST = (bytes([pad]) * (_HASHED_BYTES - SALT_BYTES) for pad in (0x36, 0x5C))

_LIMITS = ((2_048, 256), (256, 64), (32, 16))  # code points of a string and items of a list, tried in turn
_SAFE_INTEGER = 2**53 - 1
_DEEPEST = 64
"""Levels of lists and objects inside each other; entries have four. More would exhaust whatever walks through them."""
_ESCAPED = re.compile("[\x10\ud800-\udfff]")
_ESCAPE = re.compile("\x10(\x10|[0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to record: `id`, `run` and `time` are those of `new_id` and `now`."""

    id: str
    run: str
    time: str
    body: Body


class PrivateText(NamedTuple):
    """A private field beside the leaf: `data` is its UTF-8, or None when only the commitment is kept."""

    name: str
    salt: bytes
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry in its final form."""

    id: str
    leaf: bytes
    texts: tuple[PrivateText, ...]


def seal(
    entry: Entry,
    *,
    keep_prompts: bool = False,
    salt: Callable[[], bytes] = lambda: secrets.token_bytes(32),
) -> Sealed:
    """The final bytes of an entry and what stands beside them.

    Args:
        entry: what to record.
        keep_prompts: keep the text of prompts and not only the commitment.
        salt: 32 fresh random bytes for each call.

    Raises:
        TypeError: a public field holds something else than text, integers, booleans, lists and objects of them.
    """
    texts: list[PrivateText] = []
    commitments: dict[str, str] = {}
    redacted = 0
    for attribute, name, free_text in PRIVATE_FIELDS[entry.body.type]:
        text: str | None = getattr(entry.body, attribute)
        if text is None:
            continue
        if free_text:
            text, count = redact(text)
            redacted += count
        data = text.encode("utf-8", "surrogatepass")
        key = salt()
        commitments[name] = commitment(key, data)
        kept = len(data) <= KEPT_BYTES and (name != "prompt" or keep_prompts)
        texts.append(PrivateText(name, key, data if kept else None))
    withheld = sorted(text.name for text in texts if text.data is None)
    envelope = {"commitments": commitments, "withheld": withheld, "redacted": redacted}
    return Sealed(entry.id, _leaf(entry, envelope), tuple(texts))


def commitment(salt: bytes, data: bytes) -> str:
    """The commitment to a private text, in hexadecimal: HMAC-SHA256 as RFC 2104 writes it.

    Written out, since verification needs one for most entries and `hmac` looks its hash function up each time, which
    costs more than the hash.

    Args:
        salt: of `SALT_BYTES`.
        data: the text's UTF-8.
    """
    inner = sha256(salt.translate(_INNER) + _INNER_REST + data).digest()
    return sha256(salt.translate(_OUTER) + _OUTER_REST + inner).hexdigest()


def _leaf(entry: Entry, of_texts: dict[str, Any]) -> bytes:
    envelope: dict[str, Any] = {
        "v": LEAF_VERSION,
        "id": entry.id,
        "run": entry.run,
        "time": entry.time,
        "type": entry.body.type,
        **of_texts,
    }
    leaf = b""
    for characters, items in _LIMITS:
        cutter = _Cutter(characters, items)
        fields = {name: cutter.value(getattr(entry.body, key)) for key, name in PUBLIC_FIELDS[entry.body.type]}
        leaf = rfc8785.dumps({**fields, **envelope, "clipped": cutter.cut})
        if len(leaf) <= LEAF_BYTES:
            break
    return leaf


class _Cutter:
    """Turns public fields into JSON values that RFC 8785 can hold; `cut` tells whether something was too long."""

    def __init__(self, characters: int, items: int) -> None:
        self._characters = characters
        self._items = items
        self.cut = False

    def value(self, value: Any) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, int):
            return value if abs(value) <= _SAFE_INTEGER else f"\x10#{value}"
        if isinstance(value, (tuple, list)):
            self.cut |= len(value) > self._items
            return [self.value(item) for item in value[: self._items]]
        if isinstance(value, dict):
            self.cut |= len(value) > self._items
            first = sorted(value.items())[: self._items]
            return {self._text(key): self.value(item) for key, item in first}
        if isinstance(value, LoggedOrigin):
            return {name: self.value(getattr(value, key)) for key, name in _ORIGIN_FIELDS}
        raise TypeError(f"a {type(value).__name__} cannot stand in an entry of the log")

    def _text(self, text: str) -> str:
        if len(text) > self._characters:
            self.cut = True
            text = text[: self._characters - 1] + "…"
        return escape(text)


_ORIGIN_FIELDS = tuple((name, json_name(name)) for name in LoggedOrigin.__dataclass_fields__)


def escape(text: str) -> str:
    """Text as it stands in a leaf; see the module's description for the rule."""
    return _ESCAPED.sub(lambda hit: "\x10\x10" if hit[0] == "\x10" else f"\x10{ord(hit[0]):04x}", text)


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPE.sub(lambda hit: "\x10" if hit[1] == "\x10" else chr(int(hit[1], 16)), text)


def parse_leaf(leaf: str | bytes) -> dict[str, Any]:
    """The members of a leaf with escapes undone; entries of later versions and unknown types parse as well.

    Raises:
        ValueError: it is no JSON object, nests too deep, or lacks one of `id`, `time` and `type`.
        RecursionError: it nests too deep even to be parsed.
    """
    text = leaf.decode() if isinstance(leaf, bytes) else leaf
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:  # a damaged leaf may be what Python's parser takes
        value = json.loads(text)
    if text.count("[") + text.count("{") > _DEEPEST and _is_too_deep(value):
        raise ValueError("an entry of the log does not nest that deep")
    if "\\" in text and "\\u0010" in text:  # how JSON holds the character that starts an escape; most hold no backslash
        value = _unescaped(value)
    if not is_leaf(value):
        raise ValueError("an entry of the log is an object with id, time and type")
    return value


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [part for item in level for part in _parts(item)]
    return bool(level)


def _parts(value: Any) -> Collection[Any]:
    return value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()


def is_leaf(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value has the form of every leaf: an object that says id, time and type."""
    if type(value) is not dict:
        return False
    get = value.get
    return type(get("id")) is type(get("time")) is type(get("type")) is str


def _unescaped(value: Any) -> Any:
    if isinstance(value, str):
        return int(value[2:]) if value.startswith("\x10#") else unescape(value)
    if isinstance(value, list):
        return [_unescaped(item) for item in value]
    if isinstance(value, dict):
        return {unescape(key): _unescaped(item) for key, item in value.items()}
    return value


def body_of(leaf: Mapping[str, Any], texts: Mapping[str, str | None]) -> Body | None:
    """The typed body of a parsed leaf, private fields filled from `texts` where they are kept.

    None for a type that this version does not know, or whose fields are not all there and of their types; further
    members are ignored.
    """
    body = BODIES.get(leaf["type"])
    if body is None:
        return None
    values = {key: _typed(key, leaf[name]) for key, name in PUBLIC_FIELDS[body.type] if name in leaf}
    values.update({key: texts.get(name) for key, name, _ in PRIVATE_FIELDS[body.type]})
    if not fits(body, values):
        return None
    try:
        return body(**values)
    except TypeError:
        return None


def _typed(attribute: str, value: Any) -> Any:
    if attribute == "origin" and isinstance(value, dict):
        members: dict[str, Any] = {key: value.get(name) for key, name in _ORIGIN_FIELDS}
        return LoggedOrigin(**members)
    return _tuples(value)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def now() -> str:
    """The time in the form entries have it: RFC 3339, UTC, microseconds, ``Z``; sorts as text."""
    return format_time(datetime.now(timezone.utc))


def parse_time(text: str) -> datetime | None:
    """The moment that an entry's time is; None for what is no time, which an entry of hostile make may say."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def format_time(moment: datetime) -> str:
    """A time with its zone, in the form entries have it."""
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


_id_lock = threading.Lock()
_last_id = 0


def new_id() -> str:
    """A UUID of version 7 (RFC 9562, section 5.7; method 3), later ones of one process always greater."""
    global _last_id  # noqa: PLW0603 - the sequence is one for the process
    with _id_lock:
        nanoseconds = time.time_ns()
        stamp = (nanoseconds // 1_000_000) << 12 | (nanoseconds % 1_000_000) * 4096 // 1_000_000
        _last_id = stamp = max(stamp, _last_id + 1)
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return str(UUID(int=(stamp >> 12) << 80 | 7 << 76 | (stamp & 0xFFF) << 64 | 2 << 62 | random))
