"""``--without``, which switches engines off, for all commands that analyse: the option, and the settings with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leery import config as settings

if TYPE_CHECKING:
    from pathlib import Path

    from leery.config import Loaded

ENGINES = ("checks", "dataflow", "bandit", "semgrep")
without_option = click.option(
    "--without", "without", type=click.Choice(ENGINES), multiple=True, help="Switch an engine off."
)


def configured(workspace: Path, without: tuple[str, ...], *, trusted: bool) -> Loaded:
    """The settings for a workspace, less some engines.

    Raises:
        click.UsageError: no engine is left, which the settings alone would leave to the analysis to tell.
    """
    loaded = settings.load(workspace, trusted=trusted, options={f"engines.{engine}": False for engine in without})
    if without and not loaded.config.engines:
        others = set(ENGINES) - set(without)
        off = f" ({', '.join(sorted(others))}: by the settings)" if others else ""
        raise click.BadParameter(f"no engine is left{off}", param_hint="--without")
    return loaded
