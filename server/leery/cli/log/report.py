"""``leery log report``: the whole log as one HTML page for a security reviewer. It only reads."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import leery
from leery.children import command_line
from leery.cli.log.common import LogError, name_inside, workspace_option, write
from leery.log.query import Query
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.summary import Summary
from leery.paths import log_path, workspace_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from leery.log.report.render import Integrity

_FILE = "leery-report.html"
_MOST_BLOCKS = 50_000


@click.command("report")
@click.option(
    "--html",
    "output",
    metavar="[FILE]",
    is_flag=False,
    flag_value=_FILE,
    default=_FILE,
    help=f"Where to write the page, {_FILE} by default; - for standard output.",
)
@click.option("--file", "file", type=click.Path(path_type=Path), help="Only what is about this file and its blocks.")
@click.option("--without-text", is_flag=True, help="Leave out code, prompts, reasons and names.")
@click.option(
    "--blocks",
    "most_blocks",
    type=click.IntRange(min=0),
    default=_MOST_BLOCKS,
    show_default=True,
    help="How many blocks to show in full: those with open findings, then the newest. The figures are of all.",
)
@click.option(
    "--checkpoint",
    "kept",
    metavar="FILE|REF",
    multiple=True,
    help="Hold the log against this checkpoint too, as `leery log verify` does; repeatable.",
)
@workspace_option
def report(
    *, output: str, file: Path | None, without_text: bool, most_blocks: int, kept: tuple[str, ...], workspace: Path
) -> None:
    """Write a report of the log for a security reviewer: one HTML page that needs no network.

    It tells what came from assistants, which findings are open, what got worse when it was rewritten, what nobody has
    reviewed, which suppressions lapse, what the log could not see, and whether the log can be believed. The page may
    hold code and prompts: it is readable by you alone. Exit code 1: the log does not hold; the page is written and
    says so.
    """
    root = workspace_root(workspace)
    if not log_path(root).exists():
        raise LogError(f"{root} has no provenance log yet")
    name = name_inside(root, file)
    verification = _Verification(root, kept)
    collects = gc.isenabled()
    gc.disable()  # what is made here stays until the page is written; to look for garbage in it costs a fifth of all
    try:
        integrity = _write_report(root, name, verification, output, texts=not without_text, most_blocks=most_blocks)
    except LogUnreadableError as error:
        raise LogError(str(error)) from error
    finally:
        verification.end()
        if collects:
            gc.enable()
    if output != "-":
        click.echo(f"the report is in {Path(output)}", err=True)
    if integrity.fault is not None:
        click.echo(f"the log does not hold: {integrity.fault}", err=True)
        click.get_current_context().exit(1)


@dataclass(slots=True)
class _Reading:
    """What was read of the log, and why no more."""

    summary: Summary
    unread: str | None = None


def _read(reader: LogReader, file: str | None) -> _Reading:
    """All that can be read, or all of a file; what is damaged ends it."""
    reading = _Reading(Summary())
    concerns = _concerning(reader, file)
    try:
        for index, leaf in reader.leaves():
            if concerns(leaf):
                reading.summary.add(index, leaf)
    except LogUnreadableError as error:
        if not reading.summary.size:
            raise
        reading.unread = f"{reading.summary.size} entries, then: {error}"
    return reading


def _concerning(reader: LogReader, file: str | None) -> Callable[[dict[str, Any]], bool]:
    """Whether an entry is about a file, about a block that was ever in it, or about a gap in all there is."""
    if file is None:
        return lambda _leaf: True
    blocks = _blocks(reader, file)

    def concerns(leaf: dict[str, Any]) -> bool:
        of, block = leaf.get("file"), leaf.get("block")
        return of == file or (isinstance(block, str) and block in blocks) or (of is None and leaf["type"] == "gap")

    return concerns


def _blocks(reader: LogReader, file: str) -> set[str]:
    """The blocks that were ever in a file; of a damaged log those of the entries before what cannot be read."""
    found: set[str] = set()
    try:
        found.update(_named(record.leaf for record in reader.records(Query(file=file))))
    except LogUnreadableError:
        with suppress(LogUnreadableError):  # the reading of the whole comes upon it too, and says so
            found.update(_named(leaf for _, leaf in reader.leaves() if leaf.get("file") == file))
    return found


def _named(leaves: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The blocks that entries are about."""
    for leaf in leaves:
        block = leaf.get("block")
        if isinstance(block, str):
            yield block


def _write_report(
    root: Path, file: str | None, verification: _Verification, output: str, *, texts: bool, most_blocks: int
) -> Integrity:
    from leery.log.report.figures import figures  # noqa: PLC0415 - other commands must not wait for Jinja
    from leery.log.report.render import Subject, render  # noqa: PLC0415
    from leery_analyzers.registry import catalogue  # noqa: PLC0415

    reader = LogReader(log_path(root))
    reading = _read(reader, file)
    rules = catalogue().rules
    now = datetime.now(timezone.utc)
    numbers = figures(reading.summary, rules, now.date())
    integrity = cache(verification.outcome)
    page = render(
        Subject(root.name or str(root), now, leery.__version__, reading.unread, file),
        integrity,
        reading.summary,
        numbers,
        reader=reader,
        rules=rules,
        texts=texts,
        most_blocks=most_blocks,
    )
    if output == "-":
        write(sys.stdout, page)
    else:
        _save(Path(output), page)
    return integrity()


def _save(path: Path, page: Iterable[str]) -> None:
    """Write a file that only its owner can read; it is there in whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
                write(file, page)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LogError(f"{path} cannot be written: {error.strerror or error}") from error


class _Verification:
    """``leery log verify`` in a process of its own, since it takes about as long as all else together.

    Args:
        root: the workspace.
        kept: further checkpoints to hold the log against.
    """

    def __init__(self, root: Path, kept: Sequence[str]) -> None:
        checkpoints = [part for name in kept for part in ("--checkpoint", name)]
        arguments = ["log", "verify", "--format", "json", "--workspace", str(root), *checkpoints]
        self._child = subprocess.Popen(
            command_line(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def outcome(self) -> Integrity:
        """What it found; waits for it.

        Raises:
            LogError: it was asked for something wrong, such as a checkpoint that is none.
        """
        from leery.log.report.render import Integrity  # noqa: PLC0415 - as above

        output, errors = self._child.communicate()
        try:
            verdict: dict[str, Any] = json.loads(output)
        except ValueError:
            said = errors.decode("utf-8", "replace").strip().removeprefix("Error: ")
            if self._child.returncode == 2 and "checkpoint" in said:
                raise LogError(said) from None
            return Integrity(unknown=said or f"verification ended with status {self._child.returncode}")
        return Integrity(
            fault=verdict["fault"],
            entries=verdict["entries"],
            root=verdict["root"],
            origin=verdict["origin"],
            checkpoints=tuple(verdict["checkpoints"]),
            outside=verdict["outside"],
            remarks=tuple(verdict["remarks"]),
        )

    def end(self) -> None:
        """Leave no process behind."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.communicate()
