"""Documents that are not open: those that hold blocks, and whole workspaces.

Must not keep anything but what is shown of them. Files are read in threads and analysed under names of their own.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

from leery.document import language_of, path_to_uri, uri_to_path
from leery.globs import matcher
from leery.output import printable
from leery.session.documents import Buffer
from leery_analyzers.text import Text, union

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from leery.session.session import Session
    from leery.session.views import View

_AT_ONCE = 4
_MOST_BYTES = 2_000_000
_NAMED = 5


class Survey:
    """Looks at files nobody has open.

    Args:
        session: has the open ones, and the scheduler.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names = itertools.count()

    async def views(self) -> AsyncIterator[tuple[str, View]]:
        """The settled view of every document that holds blocks, open ones first."""
        opened = list(self._session.documents.buffers)
        for uri in opened:
            view = await self._session.settled(uri)
            if view is not None:
                yield uri, view
        for uri in await self._session.keeper.stored():
            path = uri_to_path(uri)
            if uri not in self._session.documents.buffers and path is not None:
                view = await self._look(uri, path, whole=False)
                if view is not None:
                    yield uri, view

    async def scan(self) -> AsyncIterator[tuple[int, int, int]]:
        """Analyse every file of the workspace's folders and show what is found; counts after each file.

        The person is told what could not be looked at.
        """
        excluded = {folder: self._session.workspace_at(folder).config.exclude for folder in self._session.folders}
        paths, missed = await asyncio.to_thread(_discover, excluded)
        unread = []
        done = findings = 0
        for batch in _batches(paths):
            views = await asyncio.gather(*(self._look(path_to_uri(path), path, whole=True) for path in batch))
            for path, view in zip(batch, views, strict=True):
                done += 1
                findings += len(view.findings) if view is not None else 0
                if view is None:
                    unread.append(path)
                uri = path_to_uri(path)
                if uri not in self._session.documents.buffers:
                    self._session.viewer.show_closed(uri, view)
            yield done, findings, len(paths)
        if unread:
            named = ", ".join(printable(str(path)) for path in unread[:_NAMED])
            rest = f" and {len(unread) - _NAMED} more" if unread[_NAMED:] else ""
            missed.append(f"Too big, no text or not to be read: {named}{rest}.")
        if missed:
            self._session.listener.tell(f"not everything was analysed. {' '.join(missed)}")

    async def _look(self, uri: str, path: Path, *, whole: bool) -> View | None:
        """The settled view of a file: all of it, or what lies in its blocks."""
        open_view = await self._session.settled(uri)
        if open_view is not None:
            return open_view
        language = language_of(path.name)
        text = await asyncio.to_thread(_read, path, language)
        if text is None:
            return None
        workspace = self._session.workspace_for(uri)
        buffer = Buffer(uri, language, 0, text, workspace, workspace.name_of(path, uri))
        blocks = await self._session.keeper.spots_of_closed(buffer)
        focus = None if whole else union(place for block in blocks if block.flagged for place in block.ranges)
        name = f"{uri}#{next(self._names)}"
        scheduler = self._session.scheduler
        await self._session.complete.wait()
        scheduler.open(name, language, text, 0, focus)
        try:
            analysis = await scheduler.settled(name)
            if analysis is None:
                return None
            await self._session.stock.ready(workspace, analysis.findings)
            return self._session.viewer.build(buffer, name, analysis, blocks)
        finally:
            scheduler.close(name)


class _Excluder:
    """Whether the settings exclude a file."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._excluded = matcher(patterns)

    def __call__(self, _root: Path, name: str) -> bool:
        return self._excluded(name)


def _discover(folders: Mapping[Path, tuple[str, ...]]) -> tuple[list[Path], list[str]]:
    """The files to analyse below folders, each with the patterns of what it excludes, and what is left out; blocks."""
    from leery.batch.discover import Discovery  # noqa: PLC0415 - for who has the whole workspace analysed only

    found: dict[Path, None] = {}
    missed: dict[str, None] = {}
    for folder, patterns in folders.items():
        sources, notices = Discovery(folder, _Excluder(patterns)).collect([folder])
        found.update(dict.fromkeys(source.path for source in sources))
        missed.update(dict.fromkeys(printable(notice.message) for notice in notices))
    return list(found), list(missed)


def _read(path: Path, language: str) -> Text | None:
    from leery.batch.decode import decode  # noqa: PLC0415 - the same

    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return None
        decoded = decode(path.read_bytes(), language)
    except OSError:
        return None
    return Text(decoded.text) if decoded.text is not None else None


def _batches(paths: list[Path]) -> list[list[Path]]:
    return [paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE)]
