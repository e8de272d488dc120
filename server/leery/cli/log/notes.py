"""``leery log notes``: what stands in git's notes about who wrote a commit, by git-ai's standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leery import git
from leery.cli.log.commit import attribution
from leery.cli.log.common import LogError, workspace_option
from leery.git import GitError
from leery.log import git_notes
from leery.log.export import git_ai
from leery.output import json_text, printable
from leery.paths import workspace_root

if TYPE_CHECKING:
    from pathlib import Path


@click.command("notes")
@click.argument("revision", metavar="[COMMIT]", default="HEAD")
@click.option("--write", "writing", is_flag=True, help="Store what Leery knows of the commit's lines.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show a note.")
@workspace_option
def notes(*, revision: str, writing: bool, form: str, workspace: Path) -> None:
    """Show who wrote the lines of a commit, as its note in refs/notes/ai says, whoever wrote that; or write the note.

    A note that Leery did not write is never changed. Exit code 1: the commit has no note that can be understood.
    """
    root = workspace_root(workspace)
    try:
        commit = git.resolve_commit(root, revision)
        if writing:
            _write(root, commit)
            return
        text = git_notes.read(root, commit)
    except GitError as error:
        raise LogError(str(error)) from error
    if text is None:
        _end(f"commit {commit[:12]} has no note in {git_notes.REF}")
    try:
        note = git_ai.read(text or "")
    except git_ai.NoteError as error:
        _end(f"the note of commit {commit[:12]} cannot be understood: {error}")
    _show(note, commit, form)


def _write(root: Path, commit: str) -> None:
    text = git_ai.write(attribution(root, commit))
    if text is None:
        raise LogError("no line of that commit is known to come from an assistant")
    try:
        is_new = git_notes.write(root, commit, text, _is_ours)
    except git_notes.ForeignNoteError as error:
        raise LogError(f"{error}; `leery log export --format git-ai` prints ours") from error
    done = "written" if is_new else "it stands there already"
    click.echo(f"commit {commit[:12]}: {done}; push it with: git push origin {git_notes.REF}")


def _is_ours(text: str) -> bool:
    try:
        return git_ai.read(text).ours
    except git_ai.NoteError:
        return False


def _show(note: git_ai.Note, commit: str, form: str) -> None:
    if form == "json":
        lines = [
            {"file": item.file, "lines": [list(run) for run in item.lines], "by": item.by, "tool": item.tool,
             "model": item.model, "session": item.session, "person": item.person}
            for item in note.attestations
        ]  # fmt: skip
        click.echo(json_text({"commit": commit, "recordedByLeery": note.ours, "attestations": lines}), nl=False)
        return
    for item in note.attestations:
        who = " ".join(part for part in (item.by, item.tool, item.model, item.person) if part)
        runs = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in item.lines)
        click.echo(f"{printable(item.file)}:{runs}  {printable(who)}")


def _end(message: str) -> None:
    click.echo(message, err=True)
    click.get_current_context().exit(1)
