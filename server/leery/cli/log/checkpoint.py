"""``leery log checkpoint``: a signed state of the log, to be kept where the log's owner cannot change it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leery.cli.log.common import LogError, opened, workspace_option
from leery.git import GitError
from leery.log import git_ref
from leery.log.checkpoint import NoteError, parse
from leery.log.rekor import RekorError, enter
from leery.log.rekor import check as check_entry
from leery.log.timestamp import TimestampError, fetch
from leery.log.timestamp import check as check_stamp
from leery.log.witness import WitnessError, ask, parse_key, witnessed
from leery.output import printable
from leery.paths import workspace_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_STAMP = ".tsr"
_ENTRY = ".rekor.json"
_EPILOG = """\b
Sigstore tells the public Rekor v2 log of the day in its signing_config, and
the logs' keys in its trusted_root: publicKey.rawBytes there, between the lines
-----BEGIN PUBLIC KEY----- and -----END PUBLIC KEY-----, is the FILE that
`leery log verify --rekor-key FILE` takes.

\b
Examples:
  leery log checkpoint --git
  leery log checkpoint --output today --timestamp https://tsa.example/
  leery log checkpoint --output today --rekor https://log.rekor.example
  leery log verify --checkpoint today --rekor-key rekor.pem
"""


class NotVouchedError(LogError):
    """A witness or an authority does not say what it was asked for; the message says which."""

    exit_code = 1


@click.command("checkpoint", epilog=_EPILOG)
@click.option("--git", "in_git", is_flag=True, help=f"Store it in the repository too, under {git_ref.REF}.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@click.option(
    "--witness", "witnesses", metavar="COMMAND", multiple=True, help="Let this program sign it too; repeatable."
)
@click.option("--timestamp", metavar="URL", help=f"Get an RFC 3161 time stamp, kept beside --output as {_STAMP}.")
@click.option(
    "--rekor",
    metavar="URL",
    help=f"Enter it in the Rekor v2 log at this address; the entry is kept beside --output as {_ENTRY}.",
)
@workspace_option
def checkpoint(
    *,
    in_git: bool,
    output: Path | None,
    witnesses: tuple[str, ...],
    timestamp: str | None,
    rekor: str | None,
    workspace: Path,
) -> None:
    """Print the newest signed checkpoint, to be kept where the log's owner cannot change it.

    It is a C2SP signed note, and the log remembers that it handed it out. A witness takes the note on standard input
    and gives it back with a signature line of its own. Nothing leaves the machine but a digest of the note, to the
    addresses given with --timestamp and --rekor; to the latter also the log's public key and its signature over the
    digest, which everybody can read there for ever.
    """
    if output is None and (timestamp is not None or rekor is not None):
        raise click.UsageError("--timestamp and --rekor need --output: what they bring is kept beside that file")
    _check_writable(output)
    root = workspace_root(workspace)
    with opened(root) as database:
        note = database.hand_out()
    if note is None:
        raise LogError(f"{root} has no provenance log yet")
    try:
        _check_plain(note)
        for command in witnesses:
            note = ask(command, note)
        beside: dict[str, bytes] = {}
        if timestamp is not None:
            beside[_STAMP] = fetch(timestamp, note)
        if rekor is not None:
            with opened(root) as database:
                beside[_ENTRY] = enter(rekor, note, database.sign_digest)
        _write(note, output, beside)
        if in_git:
            commit = git_ref.store(root, note)
            click.echo(f"stored as {commit[:12]}; push it with: git push origin {git_ref.REF}", err=True)
    except (WitnessError, TimestampError, RekorError) as error:
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


def _check_writable(output: Path | None) -> None:
    """A Rekor instance answers only once: what hinders keeping that should be known before it is asked."""
    if output is not None and not os.access(output if output.exists() else output.parent, os.W_OK):
        raise LogError(f"{output} cannot be written")


def _write(note: str, output: Path | None, beside: Mapping[str, bytes]) -> None:
    if output is None:
        click.echo(note, nl=False)
        return
    try:
        output.write_text(note, encoding="utf-8", newline="\n")
        for suffix, data in beside.items():
            output.with_name(output.name + suffix).write_bytes(data)
    except OSError as error:
        raise LogError(f"{output} cannot be written: {error.strerror or error}") from error


def vouched(files: Sequence[Path], witnesses: Sequence[str], tsa: Path | None, rekor: Path | None) -> Iterator[str]:
    """What witnesses, a time-stamping authority and a Rekor instance say of checkpoints in files, for a person.

    Raises:
        NotVouchedError: one of them does not vouch for one of the files.
    """
    if (witnesses or tsa or rekor) and not files:
        raise click.UsageError(
            "--witness, --tsa and --rekor-key are about checkpoints in files: give --checkpoint FILE"
        )
    for file in files:
        try:
            note = file.read_bytes().decode()
            for text in witnesses:
                yield _signed(note, text, file)
            if tsa is not None:
                when = check_stamp(_beside(file, _STAMP), note, tsa.read_bytes())
                yield f"the checkpoint in {file} was there at {when}"
            if rekor is not None:
                place = check_entry(_beside(file, _ENTRY), note, rekor.read_bytes())
                yield f"the checkpoint in {file} is entry {place.index} of {place.origin}, when that had {place.size}"
        except (OSError, ValueError, TimestampError, RekorError) as error:
            raise NotVouchedError(str(error)) from error


def _signed(note: str, text: str, file: Path) -> str:
    """That the witness with this key signed a note, and when it says that it did."""
    key = parse_key(text)
    when = witnessed(parse(note), key)
    if when is False:
        raise NotVouchedError(f"{key.name} did not sign the checkpoint in {file}")
    return f"{key.name} signed the checkpoint in {file}" + (f" at {when}" if when else "")


def _beside(file: Path, suffix: str) -> bytes:
    path = file.with_name(file.name + suffix)
    if not path.is_file():
        raise NotVouchedError(f"there is no file {path}")
    return path.read_bytes()
