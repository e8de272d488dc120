"""Blocks that wait for a reviewer, with what is found in them now, and what a decision about one leaves behind.

A decision is an entry of the log and, after it, a mark in the tracker's state, as when an editor's server takes it. It
is bound to the text that was shown: what has changed since cannot be decided about. Must not know how it is shown.
"""

from __future__ import annotations

import time
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

from leery import git
from leery.batch.decode import decode
from leery.batch.discover import shown_name
from leery.batch.origins import Origins
from leery.batch.run import MOST_BYTES, NO_ENGINE, Request, scan
from leery.batch.worker import ENGINE, read_file
from leery.document import language_of
from leery.log.body import Review as ReviewEntry
from leery.log.writer import LogUnavailableError, LogWriter
from leery.paths import log_path, relative_name, resolve, workspace_root
from leery.provenance.moved import is_gone
from leery.provenance.origin import Review
from leery_analyzers.model import Notice
from leery_analyzers.text import Text, TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from leery.batch.result import FileResult
    from leery.config import Config
    from leery.provenance.origin import Decision
    from leery.provenance.view import BlockView
    from leery_analyzers.model import Finding

_PATIENCE = 30.0
"""Seconds that an entry may take to be on disk."""


class ChangedError(Exception):
    """The block is not what was shown any more."""


class UnrecordedError(Exception):
    """A decision could not be recorded; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block with findings that no review holds for.

    Attributes:
        path: the file, absolute.
        file: its name in the log.
        workspace: the root of its workspace.
        text: what the file holds.
        view: the block, with its places in `text`.
        content: digest of what a review is bound to.
        findings: those in the block, or whose path crosses it and that lie in no other one; in document order.
    """

    path: Path
    file: str
    workspace: Path
    text: Text
    view: BlockView
    content: str
    findings: tuple[Finding, ...]

    @property
    def block(self) -> str:
        """The block's id."""
        return self.view.block.id


@final
class Reviews:
    """What waits in some files and folders; a context manager.

    Args:
        base: the current folder, absolute.
        paths: existing files and folders; what is recorded about files below them counts.
        config: the settings that hold.
        jobs: how many worker processes at most.

    Attributes:
        notices: what could not be read or analysed in the last search, with the file's name or None.
        problems: what was wrong with the user's rules and models in the last search.
    """

    def __init__(self, base: Path, paths: Iterable[Path], config: Config, jobs: int) -> None:
        self._base = base
        self._paths = tuple(resolve(base / path) for path in paths)
        self._config = config
        self._jobs = jobs
        self._origins = Origins()
        self._authors: dict[Path, str | None] = {}
        self.notices: list[tuple[str | None, Notice]] = []
        self.problems: tuple[str, ...] = ()

    def __enter__(self) -> Reviews:
        return self

    def __exit__(self, *error: object) -> None:
        self._origins.__exit__(*error)

    def search(self, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> list[Item]:
        """All that waits, by file and place."""
        workspaces = dict.fromkeys(workspace_root(path) for path in self._paths)
        files = dict.fromkeys(path for root in workspaces for path in self._origins.files(root) if self._is_meant(path))
        items = self.look(files, on_progress)
        self.notices += [(None, notice) for root in workspaces for notice in self._origins.gone(root, self._is_meant)]
        return items

    def look(
        self, files: Iterable[Path], on_progress: Callable[[int, int], None] = lambda _done, _total: None
    ) -> list[Item]:
        """What waits in some files, by file and place; those without a block that waits are not analysed."""
        self.notices = []
        waiting = sorted(path for path in files if self._waits(path))
        self.notices += [(None, notice) for notice in self._origins.notices]
        self.problems = ()
        if not self._config.engines:
            self.notices.append((None, NO_ENGINE))
            return []
        if not waiting:
            return []
        request = Request(self._base, tuple(waiting), self._config, self._jobs, assistant_only=True)
        result = scan(request, on_progress)
        self.problems = result.problems
        self.notices += [self._heard(file, notice) for file, notice in result.all_notices]
        return [item for file in result.files for item in self._items(file.source.path, file.text, file.findings)]

    def decide(self, item: Item, decision: Decision, note: str | None) -> None:
        """Record what a person decided about a block.

        Raises:
            ChangedError: it is not what `item` shows any more; nothing was recorded.
            UnrecordedError: it could not be recorded, or not everywhere.
        """
        text = _read(item.path)
        language = language_of(item.path.name)
        waiting = self._origins.waiting(item.path, language, text) if isinstance(text, Text) else []
        if not any(one.view.block.id == item.block and one.content == item.content for one in waiting):
            raise ChangedError
        by = self._author(item.workspace)
        body = ReviewEntry(file=item.file, block=item.block, decision=decision, note=note, by=by, content=item.content)
        with LogWriter(log_path(item.workspace)) as log:
            try:
                log.append(body).result(_PATIENCE)
            except (LogUnavailableError, FutureTimeoutError) as error:
                raise UnrecordedError(f"the log cannot be written: {error}") from error
        review = Review(decision, (item.content,), time.time(), note)
        if not self._origins.reviewed(item.path, item.block, review):
            raise UnrecordedError("the log has it, but the state that editors see could not be changed")

    def _is_meant(self, path: Path) -> bool:
        return any(path == given or path.is_relative_to(given) for given in self._paths)

    def _waits(self, path: Path) -> bool:
        text = _read(path)
        if isinstance(text, Notice) and self._origins.recorded(path):
            self.notices.append((shown_name(path, self._base), text))
        return isinstance(text, Text) and bool(self._origins.waiting(path, language_of(path.name), text))

    def _heard(self, file: FileResult | None, notice: Notice) -> tuple[str | None, Notice]:
        """A notice of a scan; that what waits is not analysed is a failure here, whatever it is elsewhere."""
        if file is None:
            return None, notice
        if notice.engine == "units" and notice.range is not None:
            path, text = file.source.path, file.text
            waiting = self._origins.waiting(path, language_of(path.name), text)
            if any(notice.range.overlaps(place) for one in waiting for place in one.view.ranges):
                notice = replace(notice, kind="crash")
        return file.source.name, notice

    def _items(self, path: Path, text: Text, findings: Iterable[Finding]) -> list[Item]:
        waiting = self._origins.waiting(path, language_of(path.name), text)
        found: dict[str, list[Finding]] = {}
        blocks = [one.view for one in waiting]
        for finding in findings:
            block = _block_of(finding, text, blocks)
            if block is not None:
                found.setdefault(block, []).append(finding)
        root = workspace_root(path)
        name = relative_name(root, path) or path.as_posix()
        return [
            Item(path, name, root, text, one.view, one.content, tuple(found[one.view.block.id]))
            for one in sorted(waiting, key=lambda one: one.view.ranges[0].start)
            if one.view.block.id in found
        ]

    def _author(self, workspace: Path) -> str | None:
        if workspace not in self._authors:
            self._authors[workspace] = git.person(workspace)
        return self._authors[workspace]


def _read(path: Path) -> Text | Notice | None:
    """What a file holds, or why that is not known; None when it is gone."""
    if is_gone(path):
        return None
    data = read_file(str(path), MOST_BYTES, found=True)
    if isinstance(data, Notice):
        return replace(data, kind="crash")
    decoded = decode(data, language_of(path.name))
    if decoded.text is None:
        return Notice(ENGINE, "crash", f"The file {decoded.remark}: not analysed.")
    return Text(decoded.text)


def _block_of(finding: Finding, text: Text, blocks: Iterable[BlockView]) -> str | None:
    """The block that a finding, or else a step of its path, lies in; else one that it shares a line with.

    A review is bound to whole lines, and what was rewritten in them outside every editor is nobody's recorded block.
    """
    places = (finding.range, *(step.range for step in finding.path))
    lines = [
        TextRange(text.line_start(text.line_of(place.start)), text.line_end(text.line_of(place.end)))
        for place in places
    ]
    for place in (*places, *lines):
        for view in blocks:
            if any(place.overlaps(mine) for mine in view.ranges):
                return view.block.id
    return None
