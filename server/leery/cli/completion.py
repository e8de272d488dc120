"""``leery completion``: the script that teaches a shell to complete commands, options and file names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_VARIABLE = "_LEERY_COMPLETE"
_EXAMPLES = """\b
Examples:
  leery completion bash > ~/.local/share/bash-completion/completions/leery
  leery completion zsh > "${fpath[1]}/_leery"
  leery completion fish > ~/.config/fish/completions/leery.fish
"""


@click.command("completion", epilog=_EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a shell's completion script."""
    kind = get_completion_class(shell)
    assert kind is not None, "click knows the three shells"
    click.echo(kind(ctx.find_root().command, {}, "leery", _VARIABLE).source())
