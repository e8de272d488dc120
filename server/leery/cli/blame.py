"""``leery blame``: where each line of a file came from, as far as the servers have seen it happen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text as Styled

from leery.batch.decode import decode
from leery.batch.origins import Origins
from leery.batch.worker import read_file
from leery.document import language_of
from leery.log.body import QUIET_KINDS
from leery.output import json_text, printable
from leery_analyzers.model import Notice
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_BYTES = 64_000_000
_NOBODY = "-"
_TAB = "\t"
_SPACES = "    "
_EPILOG = """\b
The JSON form is an array with one object a line:
  {"line": 1, "origin": null | {"kind", "evidence", "assistant", "model",
   "session", "prompt"}, "spans": [{"start", "end", "block", "origin"}]}
Lines count from 1, columns from 0 in code points, the end is exclusive. An
origin of null is nobody's: the file held the text when it was first seen.
Where that or version control is all that is known, and the line is as in
HEAD, "noted" gives what git's notes (refs/notes/ai) say of it:
  {"by": "ai" | "human", "tool", "model", "session", "person"}

\b
Exit codes: 0 shown, 2 no such file, 3 the recorded state cannot be read.

\b
Examples:
  leery blame app/views.py
  leery blame app/views.py --format json
"""


@click.command("blame", epilog=_EPILOG)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, file: Path, form: str) -> None:
    """Show where each line of a file came from.

    Each line stands with the kind of its origin, the evidence for it, and who made it. A line of several origins shows
    that of most of its characters, and a plus sign.
    """
    text = _read(file)
    with Origins() as origins:
        lines = origins.blame(file, language_of(file.name), text)
    unread = (*origins.notices, *origins.notes_unread)
    for notice in unread:
        click.echo(f"leery: {printable(notice.message)}", err=True)
    if form == "json":
        click.echo(json_text(lines), nl=False)
    else:
        _print(text, lines)
    ctx.exit(3 if unread else 0)


def _read(file: Path) -> Text:
    data = read_file(str(file), _MOST_BYTES, found=False)
    if isinstance(data, Notice):
        raise click.BadParameter(data.message, param_hint="FILE")
    decoded = decode(data, language_of(file.name))
    if decoded.text is None:
        raise click.BadParameter(f"The file {decoded.remark}.", param_hint="FILE")
    return Text(decoded.text)


def _print(text: Text, lines: list[dict[str, Any]]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    labels = [_label(line) for line in lines]
    width = max(map(len, labels), default=0)
    gutter = len(str(len(lines)))
    for line, label in zip(lines, labels, strict=True):
        number = line["line"]
        code = printable(text.slice(text.line_start(number - 1), text.line_end(number - 1)), keep=_TAB)
        shown = Styled(f"{label:<{width}} ", style=_style(line["origin"]))
        console.print(shown.append(f"{number:>{gutter}} │ {code.replace(_TAB, _SPACES)}".rstrip(), style="default"))


def _label(line: dict[str, Any]) -> str:
    origin = line["origin"]
    if "noted" in line:
        note = line["noted"]
        return _words(("noted", note["tool"] or note["person"] or note["by"], note["model"]))
    mixed = "+" if len({_key(span["origin"]) for span in line["spans"]}) > 1 else ""
    return (_NOBODY if origin is None else _words(origin.get(name) for name in _SHOWN)) + mixed


_SHOWN = ("kind", "evidence", "assistant", "model")


def _words(parts: Iterable[str | None]) -> str:
    return printable(" ".join(part for part in parts if part))


def _key(origin: dict[str, Any] | None) -> str:
    return "" if origin is None else _words(origin.get(name) for name in _SHOWN)


def _style(origin: dict[str, Any] | None) -> str:
    if origin is None:
        return "dim"
    return "green" if origin["kind"] in QUIET_KINDS else "yellow"
