"""``leery scan``: options to a request, the result to a format and an exit code."""

from __future__ import annotations

import io
import signal
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from leery.batch.pool import usable_processors
from leery.batch.run import Request, scan
from leery.cli.engines import configured, without_option
from leery.cli.formats import text
from leery.git import GitError
from leery.paths import workspace_root
from leery_analyzers.model import LEVELS, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from leery.batch.result import ScanResult

_FORMATS = {"text": "text", "json": "json_", "sarif": "sarif", "github": "github"}
_EPILOG = """\b
Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  wrong use, or a fault in the configuration (the scan is done with the rest)
  3  an analyzer could not run: it is missing, crashed or took too long, or the
     settings switch all off; what was found is reported, but may not be all
A file that does not parse, is no text or is too big is told as a notice and
does not change the exit code.

\b
Examples:
  leery scan .
  leery scan src tests/conftest.py --fail-on medium
  leery scan . --diff origin/main --format github
  leery scan . --format sarif --output leery.sarif
  leery scan . --origin assistant
  leery scan app.py --explain
"""


@click.command("scan", epilog=_EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True, help="Form of the result."
)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the result to a file."
)
@click.option("--diff", "since", metavar="REV", help="Only findings on lines added or changed since a git revision.")
@click.option(
    "--origin",
    type=click.Choice(["any", "assistant"]),
    default="any",
    show_default=True,
    help="'assistant': only findings in text that nobody here typed and that git does not have, or that an assistant"
    " wrote by git's notes.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*LEVELS, "never"]),
    default="low",
    show_default=True,
    help="The lowest severity that makes the exit code 1.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many worker processes at most; by default one a processor.",
)
@without_option
@click.option("--explain", is_flag=True, help="Also say where data from outside arrives and why it does no harm.")
@click.option("--trusted", is_flag=True, help="Read the settings and rules that the workspace itself brings.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    since: str | None,
    origin: str,
    fail_on: str,
    jobs: int | None,
    without: tuple[str, ...],
    *,
    explain: bool,
    trusted: bool,
) -> None:
    """Find insecure code in files and folders.

    Folders are searched for Python, JavaScript, TypeScript, Java, C#, Go and C, for scripts in HTML, Vue and Svelte,
    and for what names packages or rules assistants: manifests, shell scripts, Dockerfiles, Markdown. Files that git
    ignores and files that the setting `exclude` names are left out, symbolic links are not followed; a file that is
    named is always scanned. Nothing of what is scanned is executed. The settings are those of the workspace of the
    first PATH.
    """
    _end_on_terminate()
    base = Path.cwd()
    loaded = configured(workspace_root(base / paths[0]), without, trusted=trusted)
    request = Request(
        base=base,
        paths=paths,
        config=loaded.config,
        jobs=jobs or usable_processors(),
        since=since,
        assistant_only=origin == "assistant",
        fail_on=_level(fail_on),
        problems=tuple(map(str, loaded.problems)),
        skipped=loaded.skipped,
        explain=form == "sarif",
        explanations=explain,
    )
    try:
        with _progress() as on_progress:
            result = scan(request, on_progress)
    except GitError as error:
        raise click.UsageError(f"--diff: {error}") from error
    _write(result, form, output)
    ctx.exit(result.exit_code)


def _level(name: str) -> Level | None:
    return next((level for level in LEVELS if level == name), None)


def _end_on_terminate() -> None:
    """A polite kill, or a terminal that is closed, unwinds like any exit: processes and temporary folders go."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has one of them
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, end)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error while it is a terminal; nothing otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Scanning", total=None)

        def advance(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)
            if done == total:
                progress.update(task, description="Waiting for semgrep")

        yield advance


def _write(result: ScanResult, form: str, output: Path | None) -> None:
    write: Callable[[ScanResult, TextIO], None] = import_module(f"leery.cli.formats.{_FORMATS[form]}").write
    if output is None:
        write(result, sys.stdout)
        return
    stream = io.StringIO()
    write(result, stream)
    try:
        output.write_bytes(stream.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise click.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from error
    Console(stderr=True, highlight=False, soft_wrap=True).print(text.summary(result))
