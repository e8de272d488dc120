"""``leery log send``: entries and figures to an OpenTelemetry collector. Uses the network."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import click

from leery import config as settings
from leery.cli.log.common import LogError, moment, read, workspace_option
from leery.extras import MissingExtraError
from leery.log.entry import format_time
from leery.log.export.otlp import NotSentError, Target, send_logs, send_metrics
from leery.log.query import Query
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.stats import stats
from leery.output import printable
from leery.paths import log_path, workspace_root

if TYPE_CHECKING:
    from pathlib import Path

_EPILOG = """\b
Headers, certificates and proxies are taken from OpenTelemetry's variables,
such as OTEL_EXPORTER_OTLP_HEADERS. Code, prompts, notes and names are never
sent. What is sent twice has the same leery.log and leery.index.

\b
Exit codes: 0 sent; 1 the collector did not take everything; 2 wrong use.

\b
Examples:
  leery log send --endpoint http://localhost:4318 --since 1d
  leery log send --endpoint https://collector.example --after 1041
"""


@click.command("send", epilog=_EPILOG)
@click.option("--endpoint", required=True, metavar="URL", help="The collector's base address, for OTLP over HTTP.")
@click.option("--since", metavar="TIME", callback=moment, help="Only entries from then on; see `leery log show`.")
@click.option("--after", metavar="INDEX", type=click.IntRange(min=0), help="Only entries behind this one.")
@click.option("--repository", metavar="NAME", help="The repository's name; by default the folder's.")
@workspace_option
def send(*, endpoint: str, since: str | None, after: int | None, repository: str | None, workspace: Path) -> None:
    """Send entries as logs, and the figures of `leery stats` as metrics, to an OpenTelemetry collector.

    No entry is ever sent without this command. It needs the extra `leery[otlp]`.
    """
    root = workspace_root(workspace)
    reader = LogReader(log_path(root))
    try:
        target = Target(endpoint, _name(reader), repository or root.name)
        sent = send_logs(read(reader, Query(since=since, after=after)), target)
        _send_figures(reader, root, target)
    except (ValueError, MissingExtraError, LogUnreadableError) as error:
        raise LogError(str(error)) from error
    except NotSentError as error:
        click.echo(f"leery: {printable(str(error))}", err=True)
        click.get_current_context().exit(1)
    click.echo(f"{sent} entries sent to {printable(endpoint)}")


def _send_figures(reader: LogReader, root: Path, target: Target) -> None:
    now = datetime.now(timezone.utc)
    days = settings.load(root, trusted=False).config.alert_window
    send_metrics(stats(reader, format_time(now - timedelta(days=days)), format_time(now)), target)


def _name(reader: LogReader) -> str:
    """The log's name, which its key carries."""
    first = next(read(reader, Query(types=("key",))), None)
    return "unsigned" if first is None else str(first.leaf.get("name"))
