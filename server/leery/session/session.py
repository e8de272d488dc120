"""The facade: what a client's messages mean for documents, provenance, analysis and log.

Must not know LSP. Every method is called on the event loop and returns at once unless it is awaited; reading disks,
databases and git happens in threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from leery.cache import ResultCache
from leery.config import Config, load, rule_folders
from leery.document import document_language, uri_to_path
from leery.paths import UnsafeFolderError, cache_path, workspace_root
from leery.scheduler import Analysis, Scheduler
from leery.session.actions import Actions
from leery.session.afterwards import Afterwards
from leery.session.alarm import Alarm
from leery.session.documents import Buffer, Documents
from leery.session.elsewhere import Elsewhere
from leery.session.engines import Engines
from leery.session.keeper import Keeper
from leery.session.stock import Stock
from leery.session.survey import Survey
from leery.session.viewer import Viewer
from leery.session.watcher import Watcher
from leery.session.workspace import Workspace
from leery_analyzers.text import Text, TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

    from leery.provenance.hints import Source
    from leery.provenance.workspace import Snapshot
    from leery.session.listener import Listener
    from leery.session.views import BlockView, View
    from leery.workers import Workers

Json = dict[str, Any]

_WARM_AFTER = 0.25
"""Seconds in which the first document of a session may arrive and be analysed before anything else is started."""

logger = logging.getLogger(__name__)


class Session:
    """One client's session.

    Args:
        listener: who is told what has changed.
        workers: already starting.
    """

    def __init__(self, listener: Listener, workers: Workers) -> None:
        self.listener = listener
        self._workers = workers
        self.documents = Documents()
        self.workspaces: dict[Path, Workspace] = {}
        self._roots: dict[Path, Path] = {}
        self._folders: list[Path] = []
        self._trusted = False
        self._initial: Json = {}
        self._editor: Json = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.now: Callable[[], float] = time.monotonic
        """Monotonic seconds; stands still while something that the client has sent is yet to be taken in."""
        self._looked = asyncio.Event()
        self.complete = asyncio.Event()
        """Set while the engines are those that the settings want; before, an analysis says less than it will."""
        self._wanted: tuple[frozenset[str], tuple[Path, ...]] | None = None  # engines, and folders of rules
        self._applying = asyncio.Lock()

    # Life.

    def start(self) -> None:
        """Start what every session needs; call once, on the event loop."""
        self._loop = asyncio.get_running_loop()
        megabytes = load(None, trusted=False).config.cache_megabytes
        self._cache = ResultCache(cache_path(), megabytes=megabytes, report=self._tell_from_thread)
        self.engines = Engines(
            self._workers,
            self._cache,
            self.listener.status_changed,
            self.listener.tell,
            self._restarted,
            self._models_changed,
            self._doubted,
        )
        self.scheduler = Scheduler(self.engines.instant, (), self._analysed)
        self.afterwards = Afterwards(self.scheduler.awaits)
        self.viewer = Viewer(self)
        self.keeper = Keeper(self)
        self.actions = Actions(self)
        self.survey = Survey(self)
        self.stock = Stock(self)
        self.alarm = Alarm(self)
        self.watcher = Watcher(self)
        self.elsewhere = Elsewhere(self)

    def initialize(self, folders: Sequence[str], trusted: bool, settings: Json) -> None:
        """Take what the client said when it connected.

        Args:
            folders: URIs of the workspace folders.
            trusted: whether the workspaces' own settings and rules are admitted.
            settings: the editor's, as far as they came along.
        """
        self._trusted, self._initial, self._editor = trusted, settings, settings
        for uri in folders:
            self.add_folder(uri)
        self.background(self._warm())

    async def _warm(self) -> None:
        """Bring in the slow engines once the first document has been looked at, or none has come."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._looked.wait(), _WARM_AFTER)
        await self.engines.prepare()
        await self._apply_engines()
        await self.engines.warm()

    async def close(self) -> None:
        """Write what is to be kept and end every process."""
        self.watcher.close()
        await self.keeper.close()
        await self.scheduler.close_all()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.engines.close()
        for workspace in self.workspaces.values():
            await asyncio.to_thread(workspace.close)
        await asyncio.to_thread(self._cache.close)

    def background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run a coroutine without waiting for it; what goes wrong in it is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    # Settings and folders.

    @property
    def config(self) -> Config:
        """The settings of the first folder, for what concerns the whole session."""
        for folder in self._folders:
            return self._workspace_of(folder).config
        for workspace in self.workspaces.values():
            return workspace.config
        return Config()

    def configure(self, settings: Json) -> None:
        """Take the editor's settings: all it has now, on top of what came along when it connected."""
        self._editor = {**self._initial, **settings}
        for buffer in self.documents.buffers.values():  # what is hidden from here on is hidden by settings
            view = self.viewer.view(buffer.uri)
            for shown in view.findings if view is not None else ():
                self.keeper.recorder.will_close(buffer, shown.finding.fingerprint, "settings")
        for workspace in self.workspaces.values():
            workspace.configure(self._editor)
        if self._wanted not in (None, self._engines_wanted()):
            self.complete.clear()
            self.background(self._apply_engines())
        for uri in self.documents.buffers:
            self.refocus(uri)
            self.viewer.refresh(self.documents.target_of(uri))

    def add_folder(self, uri: str) -> None:
        """A workspace folder is there."""
        path = uri_to_path(uri)
        if path is not None and path not in self._folders:
            self._folders.append(path)
            self.watcher.add(path)

    def remove_folder(self, uri: str) -> None:
        """A workspace folder is gone; its open documents stay open."""
        path = uri_to_path(uri)
        if path in self._folders:
            self._folders.remove(path)
            self.watcher.remove(path)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The workspace folders."""
        return tuple(self._folders)

    def workspace_for(self, uri: str) -> Workspace:
        """The workspace that a document belongs to; one without a file belongs to the first folder."""
        path = uri_to_path(uri)
        if path is None:
            return self._workspace_of(self._folders[0] if self._folders else Path.home())
        return self._workspace_of(path.parent)

    # Documents.

    def text(self, uri: str) -> Text | None:
        """An open document's present text."""
        buffer = self.documents.buffers.get(uri)
        return buffer.text if buffer is not None else None

    def open(self, uri: str, language: str, version: int, text: str) -> None:
        """A document is the client's from now on; one that was open already begins anew."""
        self.close_document(uri)
        language = document_language(uri, language)
        owner = self.documents.target_of(uri)
        workspace = self.workspace_for(owner)
        name = workspace.name_of(uri_to_path(owner), owner)
        if owner != uri:
            name = f"{name}#{urlsplit(uri).fragment}"
        buffer = Buffer(uri, language, version, Text(text), workspace, name)
        self.documents.buffers[uri] = buffer
        self.keeper.opened(buffer)
        self.stock.check(workspace)
        target = self.documents.target_of(uri)
        if target in self.documents.notebooks:
            self._rejoin(target)
        else:
            self.scheduler.open(target, language, buffer.text, version, self._focus(target))

    def change(self, uri: str, version: int, edits: Sequence[TextEdit]) -> None:
        """Sequential edits lead to a document's next version."""
        buffer = self.documents.buffers[uri]
        buffer.version, buffer.saved = version, False
        for edit in edits:
            buffer.text = buffer.text.replace(edit.start, edit.end, edit.text)
        target = self.documents.target_of(uri)
        if target in self.documents.notebooks:
            self._rejoin(target)
        else:  # first, so that the worker follows the edit while this process tracks it
            self.scheduler.edit(target, edits, buffer.text, version)
        self.keeper.changed(buffer, edits)
        self.actions.note_fix(buffer)
        self.refocus(uri)

    def saved(self, uri: str) -> None:
        """The client wrote the present version to disk."""
        buffer = self.documents.buffers.get(uri)
        if buffer is not None:
            buffer.saved = True
            self.keeper.saved(buffer)

    def close_document(self, uri: str) -> None:
        """The document is the disk's again."""
        buffer = self.documents.buffers.get(uri)
        if buffer is None:
            return
        self.keeper.closed(buffer)
        del self.documents.buffers[uri]
        self._hide(uri)

    def hint(
        self,
        uri: str,
        version: int | None,
        resolve: Callable[[Text], list[TextRange]],
        origin: Json,
        text_hash: str | None,
        source: Source | None = None,
    ) -> None:
        """The client says where an insertion came from.

        Args:
            uri: the document.
            version: the one the ranges speak of, as far as the client knows.
            resolve: gives the ranges for a text.
            origin: kind, evidence and the rest, as JSON.
            text_hash: SHA-256 hex digest of the inserted text.
            source: for a paste, where the text was copied.

        Raises:
            ValueError: kind or evidence is none we know.
        """
        self.keeper.hinted(uri, version, resolve, origin, text_hash, source)

    def rename(self, old: str, new: str) -> None:
        """A file goes by another name; everything known of it goes along."""
        before = set(self.documents.buffers)
        self.keeper.renamed(old, new)
        for uri in before - self.documents.buffers.keys():
            self._hide(uri)
        for uri in self.documents.buffers.keys() - before:
            buffer = self.documents.buffers[uri]
            buffer.workspace = self.workspace_for(uri)
            buffer.name = buffer.workspace.name_of(uri_to_path(uri), uri)
            self.scheduler.open(uri, buffer.language, buffer.text, buffer.version, self._focus(uri))

    def files_changed(self, uris: Sequence[str]) -> None:
        """Files were written, by whomever."""
        self.watcher.changed([path for uri in uris if (path := uri_to_path(uri)) is not None])

    # Notebooks.

    def open_notebook(self, uri: str, cells: Sequence[str]) -> None:
        """A notebook's code cells, in order; their texts follow."""
        self.documents.open_notebook(uri, cells)
        self.scheduler.open(uri, "python", Text(), 0, ())

    def splice_notebook(self, uri: str, start: int, count: int, added: Sequence[str]) -> None:
        """Cells came, went or moved."""
        if uri in self.documents.notebooks:
            self.documents.splice_notebook(uri, start, count, added)
            self._rejoin(uri)

    def close_notebook(self, uri: str) -> None:
        """The notebook is the disk's again."""
        self.documents.close_notebook(uri)
        self.scheduler.close(uri)
        self.viewer.forget(uri)

    # What is shown.

    def view(self, uri: str) -> View | None:
        """What is shown of the present version; None while nothing is known of it."""
        return self.viewer.view(uri)

    async def settled(self, uri: str) -> View | None:
        """What is shown once every engine is done; None for a document that is not open."""
        if uri not in self.documents.buffers:
            return None
        await self.keeper.ready(uri)
        await self.complete.wait()
        analysis = await self.scheduler.settled(self.documents.target_of(uri))
        if analysis is not None and uri in self.documents.buffers:
            await self.stock.ready(self.documents.buffers[uri].workspace, analysis.findings)
        return self.viewer.view(uri)

    def blocks(self, uri: str) -> list[BlockView]:
        """A document's blocks in document order."""
        return self.viewer.blocks(uri)

    def status(self) -> Any:
        """Health and counts for a status bar."""
        return self.viewer.status()

    def workspace_views(self) -> AsyncIterator[tuple[str, View]]:
        """The settled view of every document of the workspace that holds blocks, open ones first."""
        return self.survey.views()

    def scan_workspace(self) -> AsyncIterator[tuple[int, int, int]]:
        """Analyse every file of the workspace; (files done, findings, files in all) after each."""
        return self.survey.scan()

    # Between the parts.

    def refocus(self, uri: str) -> None:
        """The blocks of a document are others: look where they are now."""
        target = self.documents.target_of(uri)
        self.scheduler.refocus(target, self._focus(target))

    def workspace_at(self, folder: Path) -> Workspace:
        """The workspace that a folder belongs to."""
        return self._workspace_of(folder)

    def clock(self) -> float:
        """Monotonic seconds, by `now`."""
        return self.now()

    def _hide(self, uri: str) -> None:
        """A document is not there any more."""
        if self.documents.target_of(uri) == uri:
            self.scheduler.close(uri)
        self.viewer.forget(uri)
        self.listener.document_closed(uri)
        self.listener.status_changed()

    def _focus(self, target: str) -> tuple[TextRange, ...] | None:
        return self.viewer.focus(target)

    def _rejoin(self, target: str) -> None:
        text, version, edit = self.documents.joined(target)
        if edit is not None:
            self.scheduler.edit(target, [edit], text, version)
        self.scheduler.refocus(target, self._focus(target))
        if edit is None:  # no new analysis comes for the cells' new versions or order: the last one holds
            self.viewer.refresh(target)

    def _analysed(self, analysis: Analysis) -> None:
        self.viewer.take(analysis)
        self._looked.set()
        self.afterwards.release(analysis.name)

    def _doubted(self, engine: str, keys: frozenset[str]) -> None:
        self.scheduler.forget(engine, keys)

    def _models_changed(self) -> None:
        self.scheduler.follow_anew()

    def _restarted(self) -> None:
        self.engines.send_models()
        self.scheduler.reopen()
        self.listener.status_changed()

    def _engines_wanted(self) -> tuple[frozenset[str], tuple[Path, ...]]:
        config = self.config
        base = self._folders[0] if self._folders else Path.home()
        return config.engines, rule_folders(config, base)

    async def _apply_engines(self) -> None:
        """Use the engines that the settings want; when these change meanwhile, the last wish counts."""
        wanted = self._wanted = self._engines_wanted()
        engines, folders = wanted
        try:
            async with self._applying:
                if wanted is self._wanted:
                    tiers = await self.engines.tiers(engines, folders)
                    self.engines.use_models(folders)
        except Exception as error:
            self.listener.tell(f"the engines are not those that are set, for one failed: {error}", error=True)
            if wanted is self._wanted:
                self.complete.set()  # who waits for them would wait for ever
            raise
        if wanted is self._wanted:
            self.complete.set()
            self.scheduler.set_tiers(tiers, checks="checks" in engines, dataflow="dataflow" in engines)

    def _workspace_of(self, folder: Path) -> Workspace:
        root = self._roots.get(folder)
        if root is None:
            root = self._roots[folder] = workspace_root(folder)
        workspace = self.workspaces.get(root)
        if workspace is None:
            workspace = self.workspaces[root] = Workspace(
                root,
                trusted=self._trusted,
                editor=self._editor,
                tell=self._tell_from_thread,
                merged=self._merged_from_thread,
            )
            self.background(self._load(workspace))
        return workspace

    async def _load(self, workspace: Workspace) -> None:
        try:
            await asyncio.to_thread(workspace.load)
        except UnsafeFolderError as error:
            self.listener.tell(str(error), error=True)
        self.alarm.consider(workspace)
        for buffer in self.documents.of_workspace(workspace):
            self.viewer.refresh(self.documents.target_of(buffer.uri))

    def _merged_from_thread(self, snapshot: Snapshot, revision: int) -> None:
        self._loop.call_soon_threadsafe(self.keeper.merged, snapshot, revision)

    def _tell_from_thread(self, message: str) -> None:
        self._loop.call_soon_threadsafe(self.listener.tell, message)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("background work failed: %s", type(error).__name__, exc_info=error)
