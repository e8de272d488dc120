"""What the commands of ``leery log`` share: where the log is, how times are given, and how errors end."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from rich.console import Console

from leery.log.entry import format_time
from leery.log.reader import LogReader, LogUnreadableError, Record
from leery.output import printable
from leery.paths import log_path, relative_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leery.log.database import LogDatabase
    from leery.log.query import Query

_AGO = re.compile(r"(\d{1,6})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

workspace_option = click.option(
    "--workspace",
    type=click.Path(exists=True, path_type=Path),
    default=Path(),
    help="A file or folder of the workspace; the current folder by default.",
)


class LogError(click.ClickException):
    """The log, or what is asked of it, cannot be had; the message says why."""

    exit_code = 2

    def format_message(self) -> str:
        """It may quote a path, a document, or what another program said."""
        return printable(self.message)


def name_inside(root: Path, file: Path | None) -> str | None:
    """The name that entries have for a file of the workspace at `root`."""
    name = relative_name(root, file) if file is not None else None
    if file is not None and name is None:
        raise LogError(f"{file} lies outside the workspace {root}")
    return name


def moment(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """The time that an option gives as a date, as RFC 3339, or as an age; without a zone it is local time."""
    if value is None:
        return None
    ago = _AGO.fullmatch(value)
    text = value[:-1] + "+00:00" if value.endswith(("Z", "z")) else value
    try:
        if ago is not None:
            return format_time(datetime.now(timezone.utc) - timedelta(**{_UNITS[ago[2]]: int(ago[1])}))
        return format_time(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        message = f"{value!r} is no time; write 2026-11-21, 2026-11-21T08:30Z or an age like 30m, 12h, 7d or 2w"
        raise click.BadParameter(message) from error


def read(reader: LogReader, query: Query) -> Iterator[Record]:
    """The entries that match; what is wrong with the log ends the command with a message."""
    try:
        yield from reader.records(query)
    except LogUnreadableError as error:
        raise LogError(str(error)) from error


def plain_console() -> Console:
    """Standard output with styles, which takes nothing in a text for markup and breaks no line."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def tell_verified(holds: str, checked: Iterable[str], remarks: Iterable[str], *, outside: int, key: str = "") -> None:
    """Say that a log or a bundle holds.

    Args:
        holds: what holds, in one line.
        checked: the checkpoints that agree, by name.
        remarks: what a person should know besides.
        outside: how many of the checkpoints were kept elsewhere.
        key: the log's first key, where a reader may not know it.
    """
    console = plain_console()
    console.print(holds, style="bold green")
    for name in checked:
        console.print(f"  agrees with {printable(name)}")
    for remark in remarks:
        console.print(f"  note: {printable(remark)}", style="yellow")
    if key:
        console.print(f"  the log's first key: {printable(key)}")
    if not outside:
        anew = "whoever has the key could have made all of it anew"
        console.print(f"  no checkpoint was kept elsewhere: {anew}", style="dim")


def write(stream: IO[str], parts: Iterable[str]) -> None:
    """Write piece by piece."""
    for part in parts:
        stream.write(part)


def opened(root: Path) -> _Opened:
    """The workspace's log for writing, as a context; whatever is wrong with it ends the command with a message."""
    return _Opened(log_path(root))


class _Opened:
    """The log opened for writing; whatever is wrong with it ends the command with a message."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> LogDatabase:
        from leery.log.database import LogDatabase  # noqa: PLC0415 - `verify` must run without what writes
        from leery.log.entry import new_id  # noqa: PLC0415

        if not self._path.exists():
            raise LogError(f"there is no provenance log at {self._path} yet")
        self._database = LogDatabase(self._path, new_id())
        return self._database

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._database.close()
        from leery.log.database import LogCorruptError  # noqa: PLC0415 - as above

        if isinstance(error, (sqlite3.Error, OSError, ValueError, LogCorruptError)):
            raise LogError(f"the provenance log {self._path} cannot be written: {error}") from error
