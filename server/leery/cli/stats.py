"""``leery stats``: how insecure what came in was, by assistant and model, and what became of it. It only reads."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from leery import config as settings
from leery.cli.log.common import LogError, moment, workspace_option
from leery.log.entry import format_time
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.stats import Share, stats
from leery.output import json_text, printable
from leery.paths import log_path, workspace_root

if TYPE_CHECKING:
    from pathlib import Path

    from leery.log.report.rewrites import Rewrites
    from leery.log.stats import Stats

_MOST_PLACES = 10
_WIDTH = 1_000  # a terminal may wrap a row, but no figure is cut
_EPILOG = """\b
An insertion is insecure when a finding was ever opened in its block. Time to
fix runs from a finding's opening until its code was fixed, edited or removed.

\b
Exit codes:
  0  shown; with --fail-on-rate: the rate is not above it
  1  more than PERCENT of the period's insertions were insecure
  2  wrong use, or the log cannot be read

\b
Examples:
  leery stats
  leery stats --since 2026-01-01 --format json
  leery stats --window 30 --fail-on-rate 25
"""


@click.command("stats", epilog=_EPILOG)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--since", metavar="TIME", callback=moment, help="Insertions from then on: a date, RFC 3339, or an age like 7d."
)
@click.option(
    "--window",
    metavar="DAYS",
    type=click.IntRange(1, 36_500),
    help="Insertions of the last days; by default as many as the setting `alert.window` says.",
)
@click.option(
    "--fail-on-rate",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="End with exit code 1 when more of the insertions were insecure.",
)
@workspace_option
@click.pass_context
def command(
    ctx: click.Context, form: str, since: str | None, window: int | None, fail_on_rate: float | None, workspace: Path
) -> None:
    """Show how insecure what assistants wrote was, and what became of it.

    By assistant and model: how many insertions had a finding, how long findings took to be fixed, how many are open,
    how often a rewrite made it worse, and how much was reviewed.
    """
    if since is not None and window is not None:
        raise click.UsageError("--since and --window exclude each other")
    root = workspace_root(workspace)
    now = datetime.now(timezone.utc)
    days = window or settings.load(root, trusted=False).config.alert_window
    try:
        found = stats(LogReader(log_path(root)), since or format_time(now - timedelta(days=days)), format_time(now))
    except LogUnreadableError as error:
        raise LogError(str(error)) from error
    if form == "json":
        click.echo(json_text(as_json(found), indent=1), nl=False)
    else:
        _print(found)
    if fail_on_rate is not None and found.total.exceeds(fail_on_rate):
        click.echo(f"leery: {found.total.rate:.1%} of the insertions were insecure, over {fail_on_rate:g} %", err=True)
        ctx.exit(1)


def as_json(found: Stats) -> dict[str, Any]:
    """The figures in the form of ``leery stats --format json``; rates are fractions, times seconds."""
    return {
        "since": found.since,
        "until": found.until,
        "total": _share(found.total),
        "sources": [_share(share) for share in found.sources],
        "grown": [_place(place) for place in found.grown],
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "source": share.source,
        "model": share.model,
        "insertions": share.insertions,
        "lines": share.lines,
        "insecure": share.insecure,
        "rate": round(share.rate, 6),
        "findings": share.findings,
        "open": share.open,
        "fixed": len(share.seconds),
        "secondsToFix": {"median": share.median, "p90": share.p90},
        "grown": share.grown,
        "reviewed": share.reviewed,
        "coverage": round(share.coverage, 6),
    }


def _place(place: Rewrites) -> dict[str, Any]:
    versions = [{"time": version.time, "block": version.block.id, "open": version.open} for version in place.versions]
    return {"file": place.file, "growth": place.growth, "versions": versions}


_COLUMNS = ("insertions", "insecure", "rate", "findings", "open", "fixed", "median", "p90", "grown", "reviewed")


def _print(found: Stats) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=_WIDTH)
    console.print(f"Insertions from {found.since[:16]} to {found.until[:16]} UTC")
    if not found.total.insertions:
        console.print("None is in the log.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("assistant", no_wrap=True)
    table.add_column("model", no_wrap=True)
    for name in _COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    for share in (*found.sources, found.total):
        table.add_row(*_row(share), style="bold" if share is found.total else "")
    console.print(table)
    _print_grown(console, found.grown)


def _row(share: Share) -> list[Styled]:
    cells = (
        printable(share.source),
        printable(share.model or ""),
        str(share.insertions),
        str(share.insecure),
        f"{share.rate:.1%}",
        str(share.findings),
        str(share.open),
        str(len(share.seconds)),
        _duration(share.median),
        _duration(share.p90),
        str(share.grown),
        f"{share.coverage:.0%}",
    )
    return [Styled(cell) for cell in cells]


def _print_grown(console: Console, grown: tuple[Rewrites, ...]) -> None:
    if grown:
        console.print("\nFindings grew when these places were rewritten:")
    for place in grown[:_MOST_PLACES]:
        steps = " → ".join(str(version.open) for version in place.versions)
        console.print(f"  {printable(place.file)}: {steps} open, block {printable(place.versions[-1].block.id)}")
    if len(grown) > _MOST_PLACES:
        console.print(f"  and {len(grown) - _MOST_PLACES} more; --format json has all", style="dim")


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"
