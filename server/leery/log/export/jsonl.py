"""JSON Lines: one entry a line, in the form of ``leery log show --format json``, in ASCII."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leery.output import well_formed

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
        line = json.dumps(well_formed(record.to_json(private=private)), separators=(",", ":"))
        yield line.replace("\x7f", "\\u007f") + "\n"
