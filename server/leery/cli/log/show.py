"""``leery log show``: entries in the manner of ``git log``. It only reads, also while servers write."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from leery.cli.log.common import LogError, moment, name_inside, plain_console, read, workspace_option, write
from leery.log.body import ENTRY_TYPES, PRIVATE_FIELDS, PUBLIC_FIELDS, Review
from leery.log.export import jsonl
from leery.log.query import Query
from leery.log.reader import LogReader, LogUnreadableError, Record
from leery.output import printable
from leery.paths import log_path, workspace_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CODE_LINES = 20
_FOLLOW_SECONDS = 0.5
STATES = ("unreviewed", "approved", "rejected", "lapsed")
"""How a block may stand with its reviewers."""
_HEAD = frozenset(
    {"index", "id", "time", "type", "v", "run", "commitments", "erased", "withheld", "redacted", "clipped"}
)
_LONG_TEXT = ("code", "prompt")
_STYLES = {"finding-opened": "red", "gap": "red", "finding-closed": "green", "fix-applied": "green"}


def _weakness(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """``cwe-89`` and ``89`` mean CWE-89."""
    return None if value is None else f"CWE-{value.upper().removeprefix('CWE-')}"


@click.command("show")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text is newest first.")
@click.option("--file", "file", type=click.Path(path_type=Path), help="Only entries about this file.")
@click.option("--block", help="Only entries about this block.")
@click.option("--type", "types", type=click.Choice(ENTRY_TYPES), multiple=True, help="Only this type; repeatable.")
@click.option("--assistant", help="Only what is about blocks of this assistant.")
@click.option("--model", help="Only what is about blocks of this model.")
@click.option("--session", help="Only what is about blocks of this session.")
@click.option("--author", metavar="NAME", help="Only what a person with this in the name decided or erased.")
@click.option("--state", type=click.Choice(STATES), help="Only what is about blocks that stand so with reviewers.")
@click.option("--rule", help="Only findings of this rule, and what was decided about them.")
@click.option("--cwe", metavar="CWE-N", callback=_weakness, help="Only findings of this class and what became of them.")
@click.option(
    "--since",
    metavar="TIME",
    callback=moment,
    help="Only entries from this time on: a date, RFC 3339, or an age like 7d.",
)
@click.option("--until", metavar="TIME", callback=moment, help="Only entries up to this time.")
@click.option("--limit", type=click.IntRange(min=0), help="Only the newest N of the entries that match.")
@click.option("--follow", is_flag=True, help="Oldest first, and go on with what is written from now on.")
@workspace_option
def show(*, form: str, file: Path | None, state: str | None, follow: bool, workspace: Path, **filters: Any) -> None:
    """Show entries: as text the newest first, as JSON an array with the oldest first."""
    root = workspace_root(workspace)
    reader = LogReader(log_path(root))
    newest_first = form == "text" and not follow
    query = Query(file=name_inside(root, file), newest_first=newest_first, **filters, **_standing(reader, state))
    if follow:
        _follow(reader, query, form)
    elif form == "json":
        write(sys.stdout, _array(read(reader, query)))
    else:
        _show_text(read(reader, query))


def _standing(reader: LogReader, state: str | None) -> dict[str, Any]:
    """The blocks that stand with their reviewers as asked for, as the query takes them."""
    if state is None:
        return {}
    try:
        reviews = [(item.body, item.lapse) for item in reader.reviews() if isinstance(item.body, Review)]
    except LogUnreadableError as error:
        raise LogError(str(error)) from error
    if state == "unreviewed":
        return {"besides": frozenset(body.block for body, _ in reviews)}
    if state == "lapsed":
        return {"among": frozenset(body.block for body, lapse in reviews if lapse is not None)}
    return {"among": frozenset(body.block for body, lapse in reviews if lapse is None and body.decision == state)}


def _follow(reader: LogReader, query: Query, form: str) -> None:
    """Show what matches, oldest first, and go on until the command is ended."""
    while True:
        for record in read(reader, query):
            if form == "json":
                write(sys.stdout, jsonl.export([record]))
            else:
                _show_text([record])
            query = replace(query, after=record.index, limit=None)
        sys.stdout.flush()
        time.sleep(_FOLLOW_SECONDS)


def _array(records: Iterable[Record]) -> Iterator[str]:
    """A JSON array, one entry a line; ASCII, so that no terminal obeys anything in it."""
    separator = "["
    for line in jsonl.export(records):
        yield f"{separator}\n{line.rstrip()}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def _show_text(records: Iterable[Record]) -> None:
    console = plain_console()
    for record in records:
        for line in _paragraph(record):
            console.print(line)
        console.print()


def _paragraph(record: Record) -> Iterator[Text]:
    """An entry as a paragraph in the manner of ``git log``."""
    value = record.to_json()
    head = Text(f"entry {record.index} ", style="yellow")
    head.append(printable(record.type), style=_STYLES.get(record.type, "bold"))
    yield head
    yield _line("id", record.id)
    yield _line("time", record.time)
    for name in _names(record, value):
        if value.get(name) not in (None, [], {}):
            yield _line(name, _plain(name, value[name]))
    for name in _LONG_TEXT:
        if value.get(name) is not None:
            yield from _quoted(name, str(value[name]))
    for state in ("erased", "withheld"):
        if value[state]:
            yield _line(state, ", ".join(value[state]), "dim")


def _names(record: Record, value: dict[str, Any]) -> list[str]:
    """What to show on a line each, in the order in which the type's class declares it; of unknown types everything."""
    own = [name for _, name in (*PUBLIC_FIELDS.get(record.type, ()), *_private_names(record.type))]
    return [name for name in own or sorted(value) if name not in _HEAD and name not in _LONG_TEXT]


def _private_names(kind: str) -> list[tuple[str, str]]:
    return [(attribute, name) for attribute, name, _ in PRIVATE_FIELDS.get(kind, ())]


def _line(name: str, text: str, style: str = "") -> Text:
    return Text(f"{printable(name) + ':':13}{printable(text)}", style=style)


def _plain(name: str, item: Any) -> str:
    """A value on one line."""
    if name == "origin" and isinstance(item, dict):
        order = ("kind", "evidence", "assistant", "model", "session", "prompt")
        return " · ".join(str(item[part]) for part in order if item.get(part) is not None)
    if name in {"ranges", "lines"} and isinstance(item, list) and all(isinstance(pair, list) for pair in item):
        return ", ".join("-".join(str(edge) for edge in pair) for pair in item)
    if isinstance(item, list):
        return ", ".join(str(part) for part in item)
    if isinstance(item, dict):
        return ", ".join(f"{key} {part}" for key, part in item.items())
    return " ".join(str(item).splitlines())


def _quoted(name: str, text: str) -> Iterator[Text]:
    lines = re.split(r"\r\n|\r|\n", text.removesuffix("\n"))
    yield Text(f"{name}:")
    for line in lines[:_CODE_LINES]:
        yield Text(f"    {printable(line)}", style="cyan")
    if len(lines) > _CODE_LINES:
        yield Text(f"    ({len(lines) - _CODE_LINES} more lines)", style="dim")
