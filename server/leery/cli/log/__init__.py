"""``leery log``: shows, verifies, exports and erases the provenance log. Commands of one kind share a module."""

from __future__ import annotations

import click

from leery.cli.log.checkpoint import checkpoint
from leery.cli.log.erase import erase
from leery.cli.log.export import export
from leery.cli.log.notes import notes
from leery.cli.log.report import report
from leery.cli.log.salvage import salvage
from leery.cli.log.send import send
from leery.cli.log.show import show
from leery.cli.log.trust import key, verify


@click.group("log")
def command() -> None:
    """Show, verify, export and erase the provenance log."""


for _part in (show, verify, checkpoint, export, report, notes, send, erase, key, salvage):
    command.add_command(_part)
