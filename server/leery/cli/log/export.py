"""``leery log export``: the log in other forms."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from leery import git
from leery.cli.log.commit import attribution
from leery.cli.log.common import LogError, opened, read, workspace_option, write
from leery.extras import MissingExtraError
from leery.git import GitError
from leery.log.checkpoint import parse
from leery.log.entry import now
from leery.log.export import agent_trace, bundle, csv_, git_ai, intoto, jsonl, parquet, sarif
from leery.log.export.findings import OpenFindings
from leery.log.query import Query
from leery.log.reader import LogReader, LogUnreadableError
from leery.output import printable
from leery.paths import log_path, private_file, workspace_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_FOLDERS = frozenset({bundle.NAME, bundle.DISCLOSURE, parquet.NAME})
_OF_COMMITS = frozenset({agent_trace.NAME, git_ai.NAME, intoto.NAME})
_FORMATS = (
    jsonl.NAME,
    csv_.NAME,
    sarif.NAME,
    agent_trace.NAME,
    git_ai.NAME,
    intoto.NAME,
    parquet.NAME,
    bundle.NAME,
    bundle.DISCLOSURE,
)
_USERINFO = re.compile(r"^(?:[a-z+]+://)?(?:[^@/]*@)?", re.IGNORECASE)
_NAMED = 20
_EPILOG = """\b
Formats:
  jsonl        one entry a line, as `leery log show --format json`
  csv          one entry a line; no cell is a formula
  sarif        the findings that are open, with where their code came from
  agent-trace  Agent Trace 0.1.0: a record an insertion, or one of a --commit
  git-ai       an authorship log of a --commit; `leery log notes` stores it
  in-toto      two signed statements about a --commit: where its lines came
               from, and what the scanners say (Test Result)
  parquet      a folder of partitions by date and repository, for many logs
  bundle       a folder that anybody can verify without Leery
  disclosure   the entries about each --block, with proofs, and nothing else

\b
Examples:
  leery log export --format bundle --output audit/
  leery log export --format disclosure --block b1 --output one/
  leery log export --format in-toto --commit HEAD > head.intoto.jsonl
"""


@click.command("export", epilog=_EPILOG)
@click.option("--format", "form", type=click.Choice(_FORMATS), default=jsonl.NAME, help="See below.")
@click.option("--output", type=click.Path(path_type=Path), help="A file instead of standard output, or the folder.")
@click.option("--without-text", is_flag=True, help="Leave out code, prompts, reasons and names.")
@click.option("--block", "blocks", multiple=True, help="For a disclosure: a block's id; repeatable.")
@click.option("--checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="For a disclosure: the checkpoint that its reader has.")  # fmt: skip
@click.option("--commit", metavar="REV", help="The commit that a format is about; HEAD where it needs one.")
@click.option("--repository", help="For parquet: the repository's name; by default from git's origin.")
@workspace_option
def export(
    *,
    form: str,
    output: Path | None,
    without_text: bool,
    blocks: tuple[str, ...],
    checkpoint: Path | None,
    commit: str | None,
    repository: str | None,
    workspace: Path,
) -> None:
    """Write the whole log, oldest entry first, or what a format tells of it."""
    _check(form, output, blocks, checkpoint, commit)
    root = workspace_root(workspace)
    reader = LogReader(log_path(root))
    private = not without_text
    if output is not None and form in _FOLDERS:
        with _told():
            note = checkpoint.read_text(encoding="utf-8") if checkpoint is not None else None
            said = _folder(form, reader, output, blocks, note, repository or _repository(root), private=private)
        click.echo(f"{said} in {printable(str(output))}")
        return
    with _told(), _stream(output) as stream:
        write(stream, _parts(form, root, reader, commit, private=private))
    _tell_malformed(reader)


def _check(
    form: str, output: Path | None, blocks: tuple[str, ...], checkpoint: Path | None, commit: str | None
) -> None:
    if form in _FOLDERS and output is None:
        raise click.UsageError(f"--format {form} needs --output FOLDER")
    if (form == bundle.DISCLOSURE) != bool(blocks):
        raise click.UsageError(f"--block and --format {bundle.DISCLOSURE} belong together")
    if checkpoint is not None and form != bundle.DISCLOSURE:
        raise click.UsageError(f"--checkpoint is for --format {bundle.DISCLOSURE}")
    if commit is not None and form not in _OF_COMMITS:
        raise click.UsageError(f"--commit is for --format {', '.join(sorted(_OF_COMMITS))}")


def _folder(
    form: str,
    reader: LogReader,
    output: Path,
    blocks: tuple[str, ...],
    note: str | None,
    repository: str,
    *,
    private: bool,
) -> str:
    if form == parquet.NAME:
        written = parquet.export(reader, output, repository=repository, origin=_origin(reader), private=private)
        return f"{written.entries} entries in {written.files} files"
    if form == bundle.NAME:
        made = bundle.export(reader, output, private=private)
    else:
        made = bundle.disclose(reader, output, blocks=blocks, checkpoint=note, private=private)
    return f"{made.entries} entries of {made.head.size}"


def _parts(form: str, root: Path, reader: LogReader, commit: str | None, *, private: bool) -> Iterable[str]:
    """The parts of a format that is one stream."""
    if form == sarif.NAME:
        from leery.batch import catalogue  # noqa: PLC0415 - loads all engines

        return sarif.export(reader, catalogue.rules(()), private=private)
    if form == intoto.NAME:
        return _envelopes(root, reader, commit or "HEAD")
    if form == git_ai.NAME:
        note = git_ai.write(attribution(root, commit or "HEAD"))
        if note is None:
            raise LogError("no line of that commit is known to come from an assistant")
        return [note]
    if form == agent_trace.NAME and commit is not None:
        return [agent_trace.of_commit(attribution(root, commit), now())]
    if form == agent_trace.NAME:
        return agent_trace.export(reader)
    make: Callable[..., Iterator[str]] = csv_.export if form == csv_.NAME else jsonl.export
    return make(read(reader, Query()), private=private)


def _envelopes(root: Path, reader: LogReader, commit: str) -> Iterator[str]:
    found = attribution(root, commit)
    with opened(root) as database:
        note = database.hand_out()
        if note is None:
            raise LogError(f"{root} has no provenance log yet")
        head = parse(note)
        reviews = {item.body.block: item for item in reader.reviews() if item.lapse is None}
        held = {block: item for block, item in reviews.items() if block is not None}
        for statement in intoto.statements(found, OpenFindings(reader), held, head, now()):
            yield intoto.envelope(statement, head.checkpoint.origin, database.sign)


def _tell_malformed(reader: LogReader) -> None:
    """Say which entries could not be exported; `leery log verify` says what is wrong with a log."""
    found = sorted(reader.malformed)
    if found:
        named = ", ".join(map(str, found[:_NAMED])) + (f" and {len(found) - _NAMED} more" if found[_NAMED:] else "")
        click.echo(f"not what their type says, and left out: entries {named}", err=True)


def _origin(reader: LogReader) -> str:
    first = next(reader.records(Query(types=("key",))), None)
    return "unsigned" if first is None else str(first.leaf.get("name"))


def _repository(root: Path) -> str:
    """The repository's name in an organisation: git's origin without scheme and credentials, else the folder's name."""
    try:
        address = git.run(root, "config", "--get", "remote.origin.url").decode("utf-8", "replace").strip()
    except GitError:
        return root.name or "unnamed"
    return _USERINFO.sub("", address).removesuffix(".git").replace(":", "/").strip("/") or root.name or "unnamed"


@contextmanager
def _told() -> Iterator[None]:
    """Whatever stands against an export ends the command with a message."""
    try:
        yield
    except (LogUnreadableError, bundle.NotBundledError, MissingExtraError) as error:
        raise LogError(str(error)) from error
    except UnicodeDecodeError as error:
        raise LogError("the checkpoint is no text") from error
    except BrokenPipeError:
        raise  # whoever reads has seen enough
    except OSError as error:
        raise LogError(f"{error.filename or 'the output'} cannot be written: {error.strerror or error}") from error


@contextmanager
def _stream(output: Path | None) -> Iterator[IO[str]]:
    """UTF-8 with line ends as they are, wherever it goes."""
    if output is not None:
        with private_file(output) as file:
            yield file
        return
    stream = io.TextIOWrapper(click.get_binary_stream("stdout"), "utf-8", newline="")
    try:
        yield stream
    finally:
        stream.detach()
