"""The command line: the group ``leery`` and how a run of it ends. Each command is a module here with a ``command``.

A command's module is imported when the command runs, not before: ``leery serve`` must not wait for what ``scan`` needs.

Exit codes: 0 nothing to complain about; 1 findings, or what was checked does not hold; 2 wrong use or configuration;
3 an analyzer could not run, or something could not be read; 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

import leery

COMMANDS = {
    "serve": "Speak the Language Server Protocol with an editor.",
    "demo": "Play an editing session against the real server and show every step.",
    "scan": "Find insecure code in files and folders.",
    "blame": "Show where each line of a file came from.",
    "review": "Review what assistants wrote, block by block.",
    "stats": "Show how insecure what assistants wrote was, and what became of it.",
    "rules": "List, explain, create and test rules.",
    "log": "Show, verify, export and erase the provenance log.",
    "doctor": "Check what is installed and running, and say what mends it.",
    "completion": "Print a shell's completion script.",
}
"""The commands in the order of the help, with their one-line summaries; a test holds both against the modules."""

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """A group whose commands are imported one by one when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - same
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"leery.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - same
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings=_CONTEXT)
@click.version_option(leery.__version__, prog_name="leery")
def group() -> None:
    """Leery is wary of code nobody in the room wrote.

    It knows which characters of a file were pasted, completed, chatted or written by an agent, looks for what is
    insecure in them, and keeps a record of where each block came from.
    """


_UNWRITABLE = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What writing fails with when there is no room, or nothing behind the output any more."""


def main() -> None:
    """Run the command line of this process and end the process with the command's exit code."""
    _prepare_streams()
    try:
        code = group.main(prog_name="leery", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        print(file=sys.stderr)  # noqa: T201 - the shell's prompt goes below the echoed ^C
        sys.exit(130)
    except BrokenPipeError:
        _discard_output()
        sys.exit(141)
    except OSError as error:
        if error.errno not in _UNWRITABLE or error.filename is not None:
            _failed()
        _discard_output()
        print(f"Error: the output cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201 - the last word
        sys.exit(2)
    except Exception:  # noqa: BLE001 - whatever it was
        _failed()
    sys.exit(code if isinstance(code, int) else 0)


def _failed() -> NoReturn:
    """A fault of Leery's own: the status 1 that Python gives would say that there are findings."""
    traceback.print_exc()
    sys.exit(3)


def _prepare_streams() -> None:
    """What a terminal's encoding lacks is escaped, not an error; what is closed swallows what it is given.

    Otherwise the next file that is opened, of a child or a database, would stand in for the closed stream.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # the lowest number that is free is its own
            nothing = Path(os.devnull).open("w" if number else "r", encoding="utf-8")  # noqa: SIM115 - for the whole run
            setattr(sys, name, nothing)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """The reader is gone; without this Python would complain again when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
