"""Parquet, partitioned by date and repository, so that any engine reads the logs of a whole organisation as one table.

``date=2026-11-22/repository=NAME/ORIGIN.parquet`` below a folder that many logs share: one file a day and a log, made
anew as a whole by each export, so that exporting again changes what is there instead of doubling it. ``leaf`` holds the
exact bytes that the log's tree is over: who takes the rows in can compute the root from them, see docs/log-format.md.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from leery.extras import load
from leery.log.body import PRIVATE_FIELDS, PUBLIC_FIELDS, LoggedOrigin
from leery.log.entry import parse_time
from leery.log.query import Query
from leery.log.schema import TIME
from leery.output import well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from leery.log.reader import LogReader, Record

NAME = "parquet"
_ROWS = 2_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_DATE = "0001-01-01"
_INTEGERS = frozenset({"index", "v", "length", "line", "endLine", "firstLine", "lastLine", "count", "redacted"})
_LISTS = frozenset({"cwe", "engines", "pathBlocks", "erased", "withheld"})
_PLAIN = ("index", "id", "run", "type", "v", "redacted", "clipped", "erased", "withheld")
_WEIGHT = 16_000_000  # characters of private text in memory at once
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many entries in how many files."""

    entries: int
    files: int


def export(reader: LogReader, folder: Path, *, repository: str, origin: str, private: bool = True) -> Written:
    """Write the log's files.

    Args:
        reader: the log.
        folder: the root of the partitions; files of other logs in it are left alone.
        repository: the name of the repository in the organisation.
        origin: the log's name.
        private: whether to give private texts; otherwise their columns are null.

    Raises:
        MissingExtraError: pyarrow is not installed.
        LogUnreadableError, OSError: the log cannot be read, or the folder not be written.
    """
    arrow, parquet = _libraries()
    schema = _schema(arrow)
    entries = files = 0
    for date, runs in sorted(_dates(reader).items()):
        target = folder / f"date={date}" / f"repository={quote(repository, safe='')}"
        target.mkdir(parents=True, exist_ok=True)
        whole = target / f"{quote(origin, safe='')}.parquet"
        with _replaced(whole) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for rows in _chunks(_rows(reader, runs, origin, private=private)):
                writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
                entries += len(rows)
        files += 1
    return Written(entries, files)


def _libraries() -> tuple[Any, Any]:
    arrow, parquet = (load(name, NAME, "Parquet files") for name in ("pyarrow", "pyarrow.parquet"))
    return arrow, parquet


def _schema(arrow: Any) -> Any:
    """The columns: those of every entry, of the origin, then each field of any type, named as in JSON."""
    text = arrow.string()
    kinds = {**dict.fromkeys(_INTEGERS, arrow.int64()), **dict.fromkeys(_LISTS, arrow.list_(text))}
    kinds["clipped"] = arrow.bool_()
    origin = [(f"origin_{name}", text) for name in LoggedOrigin.__dataclass_fields__]
    fields = dict.fromkeys(
        name for table in (PUBLIC_FIELDS, PRIVATE_FIELDS) for parts in table.values() for _, name, *_ in parts
    )
    fields.pop("origin")
    fields.pop("lines")
    columns = [
        ("log", text),
        ("time", arrow.timestamp("us", tz="UTC")),
        *((name, kinds.get(name, text)) for name in _PLAIN),
        *origin,
        ("firstLine", arrow.int64()),
        ("lastLine", arrow.int64()),
        *((name, kinds.get(name, text)) for name in fields),
        ("leaf", arrow.binary()),
    ]
    return arrow.schema(columns)


def _dates(reader: LogReader) -> dict[str, list[tuple[int, int]]]:
    """First and last index of each run of entries, by the day on which they were written."""
    runs: dict[str, list[tuple[int, int]]] = {}
    with reader.connected() as connection:
        if connection is None:
            return runs
        before: str | None = None
        for index, day in connection.execute(f"SELECT idx, substr({TIME}, 1, 10) FROM entries ORDER BY idx"):  # noqa: S608
            mine = runs.setdefault(day if _DATE.fullmatch(str(day)) else _NO_DATE, [])
            if day == before:
                mine[-1] = (mine[-1][0], index)
            else:
                mine.append((index, index))
            before = day
    return runs


def _rows(reader: LogReader, runs: Iterable[tuple[int, int]], log: str, *, private: bool) -> Iterator[dict[str, Any]]:
    for first, last in runs:
        for record in reader.records(Query(after=first - 1, up_to=last)):
            yield _row(record, log, private=private)


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in groups that fit into memory."""
    chunk: list[dict[str, Any]] = []
    weight = 0
    for row in rows:
        chunk.append(row)
        weight += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(chunk) == _ROWS or weight > _WEIGHT:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def _row(record: Record, log: str, *, private: bool) -> dict[str, Any]:
    value = well_formed(record.to_json(private=private))
    origin, lines = value.pop("origin", None), value.pop("lines", None)
    if isinstance(origin, dict):
        value.update({f"origin_{name}": item for name, item in origin.items()})
    if lines:
        with suppress(TypeError, LookupError):  # of another form; `leaf` has it
            value["firstLine"], value["lastLine"] = lines[0][0], lines[-1][1]
    plain = {name: _fitted(name, item) for name, item in value.items()}
    return {**plain, "log": log, "time": parse_time(record.time), "leaf": record.raw}


def _fitted(name: str, value: Any) -> Any:
    """A value of the column's type; entries of later versions may hold anything."""
    if value is None:
        return None
    if name == "clipped":
        return bool(value)
    if name in _INTEGERS:
        return value if type(value) is int and abs(value) <= _LARGEST else None
    if name in _LISTS:
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]
    return value if isinstance(value, str) else json.dumps(value)


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """A file beside the one it takes the place of once it is whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
