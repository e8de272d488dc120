"""``leery log checkpoint``: a signed state of the log, to be kept where the log's owner cannot change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leery.cli.log.common import LogError, opened, workspace_option
from leery.git import GitError
from leery.log import git_ref
from leery.log.checkpoint import NoteError, parse
from leery.log.timestamp import TimestampError, check, fetch
from leery.log.witness import WitnessError, ask, parse_key, witnessed
from leery.output import printable
from leery.paths import workspace_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class NotVouchedError(LogError):
    """A witness or an authority does not say what it was asked for; the message says which."""

    exit_code = 1


@click.command("checkpoint")
@click.option("--git", "in_git", is_flag=True, help=f"Store it in the repository too, under {git_ref.REF}.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@click.option(
    "--witness", "witnesses", metavar="COMMAND", multiple=True, help="Let this program sign it too; repeatable."
)
@click.option("--timestamp", metavar="URL", help="Get an RFC 3161 time stamp over it, kept beside --output as .tsr.")
@workspace_option
def checkpoint(
    *, in_git: bool, output: Path | None, witnesses: tuple[str, ...], timestamp: str | None, workspace: Path
) -> None:
    """Print the newest signed checkpoint, to be kept where the log's owner cannot change it.

    It is a C2SP signed note, and the log remembers that it handed it out. A witness takes the note on standard input
    and gives it back with a signature line of its own. The only thing that ever leaves the machine is the digest that
    --timestamp sends to the address given.
    """
    if timestamp is not None and output is None:
        raise click.UsageError("--timestamp needs --output: the stamp is kept beside that file")
    root = workspace_root(workspace)
    with opened(root) as database:
        note = database.hand_out()
    if note is None:
        raise LogError(f"{root} has no provenance log yet")
    try:
        _check_plain(note)
        for command in witnesses:
            note = ask(command, note)
        _write(note, output, timestamp)
        if in_git:
            commit = git_ref.store(root, note)
            click.echo(f"stored as {commit[:12]}; push it with: git push origin {git_ref.REF}", err=True)
    except (WitnessError, TimestampError) as error:
        raise LogError(str(error)) from error
    except NoteError as error:
        raise LogError(f"the signed head is damaged: {error}; `leery log verify` tells more") from error
    except GitError as error:
        raise LogError(f"the checkpoint cannot be stored in git: {error}") from error


def _check_plain(note: str) -> None:
    """A head that somebody changed in the database is not printed for a terminal to obey."""
    text = parse(note).text
    if not text.isascii() or printable(text, "\n") != text:
        raise NoteError("it holds what no checkpoint of a log holds")


def _write(note: str, output: Path | None, timestamp: str | None) -> None:
    if output is None:
        click.echo(note, nl=False)
        return
    stamp = fetch(timestamp, note) if timestamp is not None else None
    try:
        output.write_text(note, encoding="utf-8", newline="\n")
        if stamp is not None:
            output.with_name(output.name + ".tsr").write_bytes(stamp)
    except OSError as error:
        raise LogError(f"{output} cannot be written: {error.strerror or error}") from error


def vouched(files: Sequence[Path], witnesses: Sequence[str], tsa: Path | None) -> Iterator[str]:
    """What witnesses and a time-stamping authority say of checkpoints in files, for a person.

    Raises:
        NotVouchedError: one of them does not vouch for one of the files.
    """
    if (witnesses or tsa) and not files:
        raise click.UsageError("--witness and --tsa are about checkpoints in files: give --checkpoint FILE")
    for file in files:
        try:
            note = parse(file.read_text(encoding="utf-8"))
            for text in witnesses:
                key = parse_key(text)
                when = witnessed(note, key)
                if when is False:
                    raise NotVouchedError(f"{key.name} did not sign the checkpoint in {file}")
                yield f"{printable(key.name)} signed the checkpoint in {file}" + (f" at {when}" if when else "")
            if tsa is not None:
                stamp = file.with_name(file.name + ".tsr").read_bytes()
                when = check(stamp, file.read_text(encoding="utf-8"), tsa.read_bytes())
                yield f"the checkpoint in {file} was there at {when}"
        except (OSError, ValueError, TimestampError) as error:
            raise NotVouchedError(str(error)) from error
