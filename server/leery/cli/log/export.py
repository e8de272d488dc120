"""``leery log export``: the whole log in another form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leery.cli.log.common import LogError, read, workspace_option, write
from leery.log.export import jsonl
from leery.log.query import Query
from leery.log.reader import LogReader
from leery.paths import log_path, workspace_root


@click.command("export")
@click.option("--format", "form", type=click.Choice([jsonl.NAME]), default=jsonl.NAME, help="One entry a line.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@click.option("--without-text", is_flag=True, help="Leave out code, prompts, reasons and names.")
@workspace_option
def export(*, form: str, output: Path | None, without_text: bool, workspace: Path) -> None:
    """Write the whole log, oldest entry first."""
    assert form == jsonl.NAME
    records = read(LogReader(log_path(workspace_root(workspace))), Query())
    lines = jsonl.export(records, private=not without_text)
    if output is None:
        write(sys.stdout, lines)
        return
    try:
        with output.open("w", encoding="ascii", newline="\n") as file:
            write(file, lines)
    except OSError as error:
        raise LogError(f"{output} cannot be written: {error.strerror or error}") from error
