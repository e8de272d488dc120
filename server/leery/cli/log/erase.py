"""``leery log erase``: takes private texts off the disk, and leaves the log provable."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import click

from leery import git
from leery.cli.log.common import LogError, moment, workspace_option
from leery.log.database import LogCorruptError, LogDatabase
from leery.log.entry import new_id
from leery.log.erase import Erased, NothingSelectedError, Selection, select
from leery.log.erase import erase as erase_texts
from leery.log.reader import LogReader, LogUnreadableError
from leery.output import printable
from leery.paths import log_path, state_path, workspace_root
from leery.provenance.store import Store, set_aside

if TYPE_CHECKING:
    from pathlib import Path

_LONG = 300_000_000
"""A log of more bytes takes about as long as others wait before they say so."""


@click.command("erase")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--block", "blocks", multiple=True, help="All that is about this block; repeatable.")
@click.option("--session", help="All that is about the blocks of this assistant's session.")
@click.option("--before", metavar="TIME", callback=moment, help="All that is older: a date, RFC 3339, or an age: 90d.")
@click.option("--reason", help="Why; it becomes part of the log.")
@click.option("--yes", is_flag=True, help="Erase; without, only say what would be erased.")
@workspace_option
def erase(
    *,
    ids: tuple[str, ...],
    blocks: tuple[str, ...],
    session: str | None,
    before: str | None,
    reason: str | None,
    yes: bool,
    workspace: Path,
) -> None:
    """Erase code, prompts, reasons and names of entries, by the ids of entries or blocks or by an option.

    What remains are the entries' bones, and that something was erased, when and by whom: `leery log verify` holds as
    before. The text is also erased from what Leery knows of the documents, whose blocks are nobody's then.

    All texts that stay are written anew, in one go, which takes up to half a minute for each gigabyte of the log.
    Servers wait that long: after ten seconds they say that the log cannot be written, keep in memory what they record,
    and write it when the erasing is done. Do not end one meanwhile: what it cannot write in its last seconds is lost.
    """
    selection = Selection(ids, blocks, session, before)
    if selection == Selection():
        raise click.UsageError("name entries or blocks, or give --block, --session or --before")
    root = workspace_root(workspace)
    try:
        erased = _erase(root, selection, reason) if yes else _preview(root, selection)
    except NothingSelectedError as error:
        raise LogError(str(error)) from error
    except LogUnreadableError as error:
        raise LogError(str(error)) from error
    except (sqlite3.Error, OSError, LogCorruptError) as error:
        raise LogError(f"nothing is certain to be erased: {error}") from error
    _tell(root, erased, yes=yes)


def _preview(root: Path, selection: Selection) -> Erased:
    with LogReader(log_path(root)).connected() as connection:
        if connection is None:
            raise LogError(f"{root} has no provenance log yet")
        return select(connection, selection)


def _erase(root: Path, selection: Selection, reason: str | None) -> Erased:
    path = log_path(root)
    if not path.exists():
        raise LogError(f"{root} has no provenance log yet")
    size = path.stat().st_size
    if size > _LONG:
        click.echo(f"the log has {size / 1e9:.1f} GB: servers cannot write to it until this is done", err=True)
    database = LogDatabase(path, new_id())
    try:
        erased = erase_texts(database, selection, by=git.person(root), reason=reason)
    finally:
        database.close()
    _erase_state(root, erased)
    return erased


def _erase_state(root: Path, erased: Erased) -> None:
    """Erase the blocks from what the tracker keeps."""
    troubles: list[str] = []
    store = Store(state_path(root), root, lambda notice: troubles.append(notice.message), "change")
    try:
        is_erased = store.erase(erased.blocks)
    finally:
        store.close()
    if not is_erased or troubles:
        raise OSError("; ".join(troubles) or "the documents' state is in use; erase again")


def _tell(root: Path, erased: Erased, *, yes: bool) -> None:
    done = "erased" if yes else "would erase"
    click.echo(f"{done} {erased.texts} texts of {len(erased.entries)} entries, and {len(erased.blocks)} blocks")
    if not yes:
        click.echo("nothing has changed; add --yes")
    copies = [
        *log_path(root).parent.glob(f"{log_path(root).name}.corrupt-*"),
        *set_aside(state_path(root)),
    ]
    for copy in sorted(copies):
        if not copy.name.endswith(("-wal", "-shm", ".key")):
            click.echo(f"a damaged copy of before may still hold texts: {printable(str(copy))}", err=True)
