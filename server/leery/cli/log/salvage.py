"""``leery log salvage``: what survives of a damaged log."""

from __future__ import annotations

from pathlib import Path

import click

from leery.cli.log.common import LogError, workspace_option
from leery.log.export import jsonl
from leery.log.reader import LogUnreadableError, Record
from leery.log.salvage import salvage as salvaged
from leery.output import printable
from leery.paths import log_path, workspace_root


@click.command("salvage")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write what survives, as JSON Lines.")
@workspace_option
def salvage(*, file: Path | None, output: Path | None, workspace: Path) -> None:
    """Say what survives of a damaged log, and export it.

    When a log is damaged Leery keeps it beside the new one that it begins, as log.db.corrupt-TIME, and the new log
    records the break. FILE is such a copy; without it every copy of the workspace is told about.
    """
    files = [file] if file is not None else _copies(log_path(workspace_root(workspace)))
    if not files:
        click.echo("no damaged log was kept")
        return
    if output is not None and len(files) > 1:
        raise click.UsageError("--output takes one FILE; name one of: " + ", ".join(str(item) for item in files))
    for path in files:
        _tell(path, output)


def _copies(log: Path) -> list[Path]:
    found = log.parent.glob(f"{log.name}.corrupt-*")
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm", ".key")))


def _tell(path: Path, output: Path | None) -> None:
    records: list[Record] = []
    fit = unknown = 0
    try:
        for item in salvaged(path):
            records.append(item.record)
            fit += item.fits is True
            unknown += item.fits is None
        if output is not None:
            with output.open("w", encoding="ascii", newline="\n") as stream:
                stream.writelines(jsonl.export(records))
    except LogUnreadableError as error:
        raise LogError(str(error)) from error
    except OSError as error:
        raise LogError(f"{output} cannot be written: {error.strerror or error}") from error
    click.echo(f"{printable(str(path))}: {len(records)} entries survive; {_missing(records)}")
    wrong = len(records) - fit - unknown
    click.echo(
        f"  {fit} are as they were written; {wrong} differ from their hash in the tree; of {unknown} none survives"
    )


def _missing(records: list[Record]) -> str:
    count = records[-1].index + 1 - len(records) if records else 0
    return f"{count} before the last one are lost" if count else "none before the last one is lost"
