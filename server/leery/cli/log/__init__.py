"""``leery log``: shows, verifies, exports and erases the provenance log. Commands of one kind share a module.

As with the commands of ``leery``, a module is imported when a command of it runs or is described.
"""

from __future__ import annotations

from importlib import import_module

import click

_MODULES = {
    "checkpoint": "checkpoint",
    "erase": "erase",
    "export": "export",
    "key": "trust",
    "notes": "notes",
    "report": "report",
    "salvage": "salvage",
    "send": "send",
    "show": "show",
    "verify": "trust",
}
"""The modules by the commands they define."""


class _Commands(click.Group):
    """A group whose commands are imported one by one when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - same
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(f"leery.cli.log.{_MODULES[cmd_name]}"), cmd_name)
        return command


@click.group("log", cls=_Commands)
def command() -> None:
    """Show, verify, export and erase the provenance log."""
