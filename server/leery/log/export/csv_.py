"""CSV (RFC 4180), one entry a line, for spreadsheets: no cell is a formula, and none steers a terminal.

A cell that a spreadsheet might take for a formula begins with an apostrophe, as OWASP advises against CSV injection.
Control and bidirectional characters are shown as ``<U+001B>``; lists and objects are JSON. In UTF-8, without a mark.
"""

from __future__ import annotations

import csv
import io
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from leery.log.body import PRIVATE_FIELDS, PUBLIC_FIELDS, LoggedOrigin
from leery.output import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery.log.reader import Record

NAME = "csv"

_FIRST = ("index", "id", "run", "time", "type")
_ORIGIN = tuple(f"origin.{name}" for name in LoggedOrigin.__dataclass_fields__)
_PUBLIC = tuple(dict.fromkeys(name for _, name in chain.from_iterable(PUBLIC_FIELDS.values()) if name != "origin"))
_PRIVATE = tuple(dict.fromkeys(name for _, name, _ in chain.from_iterable(PRIVATE_FIELDS.values())))
_LAST = ("erased", "withheld", "redacted", "clipped", "v")
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with; spreadsheets take the wide forms for the plain ones."""


def columns(*, private: bool = True) -> tuple[str, ...]:
    """The names in the first line; `other` holds, as JSON, what an entry of a later version has beside them."""
    return (*_FIRST, *_ORIGIN, *_PUBLIC, *(_PRIVATE if private else ()), *_LAST, "other")


def export(records: Iterable[Record], *, private: bool = True) -> Iterator[str]:
    """The lines, each with its line end; see `columns`.

    Args:
        records: what to export, in the order of the lines.
        private: whether to give private texts.
    """
    names = columns(private=private)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    places = {name: place for place, name in enumerate(names[:-1])}
    for record in records:
        writer.writerow(_cells(_flat(record.to_json(private=private)), places))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cells(value: dict[str, Any], places: dict[str, int]) -> list[str]:
    cells = [""] * (len(places) + 1)
    other: dict[str, Any] = {}
    for name, item in value.items():
        place = places.get(name)
        if place is not None:
            cells[place] = _cell(item)
        elif name != "commitments":
            other[name] = item
    cells[-1] = _cell(other or None)
    return cells


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    origin = value.pop("origin", None)
    if isinstance(origin, dict):
        value.update({f"origin.{name}": item for name, item in origin.items()})
    return value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = printable(value, keep="\n\t")
        return f"'{text}" if text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA else text
    return json.dumps(value, separators=(",", ":")).replace("\x7f", "\\u007f")
