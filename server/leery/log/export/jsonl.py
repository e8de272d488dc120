"""JSON Lines: one entry a line, in the form of ``leery log show --format json``, in ASCII."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery.log.reader import Record

NAME = "jsonl"


def export(records: Iterable[Record], *, private: bool = True) -> Iterator[str]:
    """The lines, each with its line feed.

    Args:
        records: what to export, in the order of the lines.
        private: whether to give private texts (code, reasons, names) and not only commitments to them.
    """
    for record in records:
        line = json.dumps(_well_formed(record.to_json(private=private)), separators=(",", ":"))
        yield line.replace("\x7f", "\\u007f") + "\n"


def _well_formed(value: Any) -> Any:
    """A JSON value in which U+FFFD stands for each lone surrogate, which strict parsers refuse."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    return value
