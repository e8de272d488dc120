"""``leery review``: walks the blocks that wait for a reviewer, in the manner of ``git add -p``, or lists them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from leery.batch.pool import usable_processors
from leery.batch.result import FAILED_KINDS
from leery.batch.reviews import Reviews
from leery.cli.engines import configured, without_option
from leery.cli.review.page import as_json, listed
from leery.cli.review.walk import Walk
from leery.output import json_text, printable
from leery.paths import workspace_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leery.batch.reviews import Item

_EPILOG = """\b
Keys of the walk:
  a  approve          r  reject, with a note     s  skip
  n  next             p  previous                e  open in $VISUAL or $EDITOR
  q  quit             ?  help

\b
Exit codes:
  0  nothing waits, or the walk was ended
  1  --list or --format json: blocks wait
  2  wrong use, or a fault in the configuration (the rest of it holds)
  3  an analyzer could not run, or what is recorded or files with blocks
     could not be read or found: what is shown may not be all

\b
Examples:
  leery review
  leery review src/payment
  leery review --list
"""


@click.command("review", epilog=_EPILOG)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="Say what waits, and ask nothing.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="JSON only lists."
)
@without_option
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], form: str, without: tuple[str, ...], *, only_list: bool
) -> None:
    """Review blocks that nobody here typed, that have findings, and that no review holds for.

    Files below the PATHs, or the current folder's workspace, are analysed anew; a block is shown as the file holds it
    now. A decision goes into the provenance log under your git name and is bound to that text: when the block is
    rewritten it lapses. Editors that are open show it at once.
    """
    base = Path.cwd()
    asks = not only_list and form == "text"
    if asks and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("a walk needs a terminal; --list and --format json do not")
    root = workspace_root(base / paths[0]) if paths else workspace_root(base)
    loaded = configured(root, without, trusted=False)
    with Reviews(base, paths or (root,), loaded.config, usable_processors()) as reviews:
        with _waiting() as on_progress:
            items = reviews.search(on_progress)
        problems = [*map(str, loaded.problems), *reviews.problems]
        failed = _tell(reviews, problems)
        if asks:
            Walk(reviews, items).run()
        elif form == "json":
            click.echo(json_text([as_json(item) for item in items], indent=1), nl=False)
        else:
            _list(items)
    ctx.exit(3 if failed else 2 if problems else int(bool(items) and not asks))


def _list(items: list[Item]) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for item in items:
        for line in listed(item):
            console.print(line)
    console.print(f"{len(items)} {'block waits' if len(items) == 1 else 'blocks wait'} for review.")


def _tell(reviews: Reviews, problems: list[str]) -> bool:
    """Say what is wrong with the configuration and what could not be done; whether an analyzer could not run."""
    for problem in problems:
        click.echo(f"leery: {printable(problem)}", err=True)
    for file, notice in reviews.notices:
        where = "" if file is None else f"{printable(file)}: "
        click.echo(f"leery: {where}{printable(notice.message)}", err=True)
    return any(notice.kind in FAILED_KINDS for _, notice in reviews.notices)


@contextmanager
def _waiting() -> Iterator[Callable[[int, int], None]]:
    """A line on standard error, while it is a terminal, that says that files are analysed."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done, _total: None
        return
    with console.status("Analysing what waits") as status:
        yield lambda done, total: status.update(f"Analysed {done} of {total} files")
