"""``leery log verify|key``: whether the log can be believed, and the key it is signed with."""

from __future__ import annotations

import base64
from pathlib import Path

import click

from leery import git
from leery.cli.log.bundle import verify_bundle
from leery.cli.log.checkpoint import vouched
from leery.cli.log.common import LogError, opened, plain_console, tell_verified, workspace_option
from leery.git import GitError
from leery.log import git_ref
from leery.log.chain import Chain
from leery.log.checkpoint import NoteError, parse, verifier_key
from leery.log.reader import LogUnreadableError
from leery.log.verify import Kept, Verdict
from leery.log.verify import verify as verify_log
from leery.output import json_text, printable
from leery.paths import log_path, workspace_root

_LARGEST_NOTE = 1_000_000


@click.command("verify")
@click.option(
    "--checkpoint",
    "kept",
    metavar="FILE|REF",
    multiple=True,
    help="Hold the log against this checkpoint too: a file, or a git ref or commit with checkpoints; repeatable.",
)
@click.option(
    "--bundle",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Verify this bundle, made anywhere by `leery log export`, instead of the workspace's log.",
)
@click.option(
    "--witness", "witnesses", metavar="KEY", multiple=True,
    help="Every checkpoint in a file must be signed by this witness too, whose key is name+hash+key; repeatable.",
)  # fmt: skip
@click.option(
    "--tsa",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Every checkpoint in a file must have a time stamp beside it, as FILE.tsr, under this certificate (PEM).",
)
@click.option(
    "--rekor-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Every checkpoint in a file must have an entry beside it, as FILE.rekor.json, in the Rekor log with this "
    "public key (PEM).",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell the outcome.")
@workspace_option
def verify(
    *,
    kept: tuple[str, ...],
    bundle: Path | None,
    witnesses: tuple[str, ...],
    tsa: Path | None,
    rekor_key: Path | None,
    form: str,
    workspace: Path,
) -> None:
    """Recompute everything from the raw entries and say the first thing that is wrong.

    The log is held against its own signed head, every checkpoint that was handed out, and those that the repository
    keeps under refs/leery/, without being told. Exit code 0: it holds; 1: it does not; 2: wrong use.
    """
    root = workspace_root(workspace)
    checkpoints = [item for name in kept for item in _given(root, name)]
    for told in vouched([Path(name) for name in kept if Path(name).is_file()], witnesses, tsa, rekor_key):
        click.echo(printable(told), err=True)
    if bundle is not None:
        click.get_current_context().exit(verify_bundle(bundle, [*checkpoints, *_stored(root)], form))
    try:
        verdict = verify_log(log_path(root), [*checkpoints, *_stored(root)])
    except LogUnreadableError as error:
        verdict = Verdict(str(error), None, Chain(), ())
    if form == "json":
        click.echo(json_text(_as_json(verdict)), nl=False)
    else:
        _tell(verdict)
    click.get_current_context().exit(0 if verdict.fault is None else 1)


@click.command("key")
@click.option("--rotate", is_flag=True, help="Hand over to a new key; the old one is deleted.")
@workspace_option
def key(*, rotate: bool, workspace: Path) -> None:
    """Print the public key that signs the log, in the form that tools for signed notes take."""
    root = workspace_root(workspace)
    with opened(root) as database:
        if rotate:
            database.rotate_key()
        current = database.current_key()
    if current is None:
        raise LogError(f"{root} has no provenance log yet")
    click.echo(verifier_key(current.name, base64.b64decode(current.public)))


def _given(root: Path, name: str) -> list[Kept]:
    """The checkpoints that the option names: those of a file, else those of a git revision."""
    path = Path(name)
    if path.is_file():
        try:
            note = path.read_bytes()[:_LARGEST_NOTE].decode()
            parse(note)
        except (OSError, UnicodeDecodeError, NoteError) as error:
            raise LogError(f"{name} is no checkpoint: {error}") from error
        return [Kept(f"the checkpoint in {name}", note)]
    try:
        found = git_ref.kept(root, name)
    except GitError as error:
        raise LogError(f"{name} is neither a file nor a git revision with checkpoints: {error}") from error
    if not found:
        raise LogError(f"{name} holds no checkpoint")
    return [Kept(f"the checkpoint {place}", note) for place, note in found]


def _stored(root: Path) -> list[Kept]:
    """The checkpoints of the repository, if it is one."""
    try:
        return [Kept(f"the checkpoint {place}", note, required=False) for place, note in git_ref.kept(root)]
    except GitError as error:
        if git.is_inside_work_tree(root):
            click.echo(f"the repository's checkpoints cannot be read: {printable(str(error))}", err=True)
        return []


def _as_json(verdict: Verdict) -> dict[str, object]:
    chain = verdict.chain
    return {
        "holds": verdict.fault is None,
        "fault": verdict.fault,
        "entry": verdict.entry,
        "entries": chain.size,
        "root": chain.frontier.root().hex(),
        "origin": chain.origin,
        "checkpoints": list(verdict.checked),
        "outside": verdict.outside,
        "remarks": chain.remarks,
        "types": dict(sorted(chain.types.items())),
    }


def _tell(verdict: Verdict) -> None:
    chain = verdict.chain
    if verdict.fault is not None:
        console = plain_console()
        console.print(f"the log does not hold: {printable(verdict.fault)}", style="bold red")
        console.print(f"{chain.size} entries before it were checked", style="dim")
        return
    holds = f"the log holds: {chain.size} entries, root {chain.frontier.root().hex()}"
    tell_verified(holds, verdict.checked, chain.remarks, outside=verdict.outside)
