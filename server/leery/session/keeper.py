"""Keeps provenance in step with the documents: the tracker on the event loop, its slow jobs and the store in threads.

Must not analyse or show. What it learns goes to the recorder, and blocks that change their place or origin give the
analysis another focus.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leery.document import Document, uri_to_path
from leery.log.body import QUIET_KINDS
from leery.provenance.hints import Hint, Source, at
from leery.provenance.origin import Origin, is_block
from leery.provenance.tracker import Tracker
from leery.provenance.writer import DELAY, SOON
from leery.session.errors import NotFoundError
from leery.session.moves import take_over
from leery.session.recorder import Recorder
from leery.session.saver import Saver
from leery.session.views import BlockView, Spot
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path

    from leery.provenance.attribution import Attribution
    from leery.provenance.jobs import Job, Outcome
    from leery.provenance.result import TrackResult
    from leery.provenance.store import Saved
    from leery.provenance.view import BlockView as TrackedBlock
    from leery.provenance.workspace import Snapshot
    from leery.session.documents import Buffer
    from leery.session.session import Session
    from leery_analyzers.text import Text, TextEdit

Json = dict[str, Any]

_TICK = 0.25
_LAST_JOBS = 1.0
"""Seconds that what is being learned of documents gets when the session ends."""
_OWN = "leery"


class _Opening:
    """A document the tracker does not have yet, since the store is still asked, and what is to be done then."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.waiting: list[Callable[[], TrackResult | None]] = []
        self.closed = False


class Keeper:
    """The session's tracker with all that hangs on it.

    Args:
        session: has documents, scheduler and workspaces.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tracker = Tracker(clock=session.clock)
        self._held: set[str] = set()
        self._opening: dict[str, _Opening] = {}
        self._jobs: dict[str, set[asyncio.Task[None]]] = {}
        self._spots: dict[str, tuple[Attribution, tuple[Spot, ...]]] = {}
        self._saver = Saver(session, self._tracker)
        self.recorder = Recorder(session)
        session.background(self._tick())

    # Documents.

    def opened(self, buffer: Buffer) -> None:
        """A document is the client's from now on."""
        document = Document(buffer.uri, buffer.version, buffer.language, buffer.text)
        self._opening[buffer.uri] = _Opening(document)
        self.recorder.opened(buffer.uri)
        self._start(buffer.uri, self._open(buffer, self._opening[buffer.uri], set(self._jobs.get(buffer.uri, ()))))

    async def ready(self, uri: str) -> None:
        """Wait until what the store, git and the disk know of a document has been taken in."""
        while tasks := self._jobs.get(uri):
            await asyncio.wait(tasks)

    async def _open(self, buffer: Buffer, opening: _Opening, earlier: set[asyncio.Task[None]]) -> None:
        """Open a document in the tracker, with what the store knows, and do what has been asked for meanwhile.

        When it has been closed again meanwhile, what was learned in between still goes into the store.
        """
        if earlier:
            await asyncio.wait(earlier)
        saved = await asyncio.to_thread(buffer.workspace.store.load, buffer.uri) or await self._moved(buffer, opening)
        if not opening.closed:
            del self._opening[buffer.uri]
        self._tracker.unknown_threshold = buffer.workspace.config.unknown_threshold
        document = replace(opening.document, uri=buffer.uri)
        if saved is not None and saved.snapshot.text != document.text:
            buffer.workspace.gap(what="changed-unseen", file=buffer.name)
        results = [self._tracker.open(document, saved.snapshot if saved is not None else None)]
        results += [result for call in opening.waiting if (result := call()) is not None]
        if opening.closed:
            self._close(buffer)
            return
        for result in results:
            self._take(buffer.uri, result)
        self._session.background(self.recorder.resume(buffer))
        self._session.refocus(buffer.uri)

    async def _moved(self, buffer: Buffer, opening: _Opening) -> Saved | None:
        """What the store knows of a document by the name that its file had before it was moved past everybody."""
        opened = frozenset(self._session.documents.buffers)
        found = await asyncio.to_thread(take_over, buffer.workspace, buffer.uri, opening.document.text, opened)
        if found is None:
            return None
        was, saved = found
        if was not in self._session.documents.buffers:
            self._tracker.rename(was, buffer.uri)
        return saved

    def changed(self, buffer: Buffer, edits: Sequence[TextEdit]) -> None:
        """Sequential edits have led to a document's next version."""
        opening = self._opening.get(buffer.uri)
        if opening is not None:
            version, text = buffer.version, buffer.text
            opening.waiting.append(lambda: self._tracker.change(buffer.uri, version, edits, text))
            return
        result = self._tracker.change(buffer.uri, buffer.version, edits, buffer.text)
        hold = bool(result.jobs) and buffer.workspace.git_moved()
        self._take(buffer.uri, result, edited=True, hold=hold)

    def saved(self, buffer: Buffer) -> None:
        """The client wrote the present version to disk."""
        if buffer.uri in self._opening:
            self._opening[buffer.uri].waiting.append(lambda: self._tracker.saved(buffer.uri))
        else:
            self._tracker.saved(buffer.uri)

    def closed(self, buffer: Buffer) -> None:
        """The document is the disk's again."""
        self.recorder.closed(buffer)
        opening = self._opening.pop(buffer.uri, None)
        if opening is None:
            self._close(buffer)
        else:
            opening.closed = True
        self._spots.pop(buffer.uri, None)

    def renamed(self, old: str, new: str) -> None:
        """A file or folder goes by another name."""
        self._saver.flush()
        for uri in self._tracker.rename(old, new):
            self._session.documents.rename(old + uri[len(new) :], uri)
            self.recorder.rename(old + uri[len(new) :], uri)
        self._session.workspace_for(new).store.rename(old, new)

    def hinted(
        self,
        uri: str,
        version: int | None,
        resolve: Callable[[Text], Sequence[TextRange]],
        origin: Mapping[str, Any],
        text_hash: str | None,
        source: Source | None,
    ) -> None:
        """The client says where an insertion came from."""
        hint = Hint(uri, version, resolve, Origin.from_json(dict(origin)), text_hash, source)
        if uri in self._opening:
            self._opening[uri].waiting.append(lambda: self._tracker.hint(hint))
        else:
            self._hint(uri, hint)

    def _hint(self, uri: str, hint: Hint) -> None:
        result = self._tracker.hint(hint)
        if result is None:
            self.recorder.unmatched(uri, hint)
        else:
            self._take(uri, result)

    def fixed(self, buffer: Buffer, ranges: Sequence[TextRange]) -> None:
        """What stands at some places is a fix of Leery's own, which a person chose."""
        text = "".join(buffer.text.slice(place.start, place.end) for place in ranges)
        if text:
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            origin = Origin("completion", "reported", _OWN)
            result = self._tracker.hint(Hint(buffer.uri, buffer.version, at(*ranges), origin, digest))
            if result is not None:
                self._take(buffer.uri, result, edited=True)

    async def stored(self) -> list[str]:
        """URIs of the documents that hold blocks, open or not."""
        found: dict[str, None] = {}
        for workspace in tuple(self._session.workspaces.values()):
            found.update(dict.fromkeys(await asyncio.to_thread(workspace.store.uris)))
        return list(found)

    async def spots_of_closed(self, buffer: Buffer) -> tuple[Spot, ...]:
        """The blocks of a document that is not open, found again in its present text."""
        saved = await asyncio.to_thread(buffer.workspace.store.load, buffer.uri)
        if saved is None:
            return ()
        tracker = Tracker()
        document = Document(buffer.uri, buffer.version, buffer.language, buffer.text)
        opened = tracker.open(document, saved.snapshot)
        await asyncio.to_thread(tracker.settle, opened)
        return _spots(tracker, tracker.owners(buffer.uri))

    def git_changed(self, root: Path) -> None:
        """Git has another HEAD or index below a folder: what came lately may be its work."""
        for buffer in self._session.documents.buffers.values():
            path = uri_to_path(buffer.uri)
            if path is not None and path.is_relative_to(root) and buffer.uri in self._tracker.uris:
                for job in self._tracker.recheck(buffer.uri):
                    self._start(buffer.uri, self._run(job))

    # Blocks.

    def tracked(self, uri: str) -> list[TrackedBlock]:
        """The tracker's blocks of an open document."""
        return self._tracker.blocks(uri) if uri in self._tracker.uris else []

    def tracked_block(self, uri: str, block: str) -> TrackedBlock | None:
        """One of them."""
        return self._tracker.block_view(uri, block) if uri in self._tracker.uris else None

    def holds_back(self, block: str) -> bool:
        """Whether nothing is shown of a new block for now, since its text may be git's."""
        return block in self._held

    def spots(self, uri: str) -> tuple[Spot, ...]:
        """Where the blocks of an open document are, in the order of their first characters; cheap."""
        if uri not in self._tracker.uris:
            return ()
        owners = self._tracker.owners(uri)
        known = self._spots.get(uri)
        if known is None or known[0] is not owners:
            self._spots[uri] = known = (owners, _spots(self._tracker, owners))
        return known[1]

    def blocks(self, uri: str, findings: Mapping[str, Sequence[str]]) -> list[BlockView]:
        """An open document's blocks as they are shown, with findings by block."""
        return [_shown(tracked, findings.get(tracked.block.id, ())) for tracked in self.tracked(uri)]

    async def review(self, buffer: Buffer, block: str, decision: Any, note: str | None) -> None:
        """A person decided about a block; done once it is in the log."""
        self._find(buffer, block)
        content = self.digest(buffer.uri, block)
        await self.recorder.review(buffer, block, decision, note, content)
        self._take(buffer.uri, self._tracker.review(buffer.uri, block, decision, note))

    def digest(self, uri: str, block: str) -> str:
        """What a decision about a block is bound to."""
        return self._tracker.content_hash(uri, block)

    async def set_origin(self, buffer: Buffer, block: str, origin: Json) -> None:
        """Somebody knows better where a block came from; done once it is in the log."""
        self._find(buffer, block)
        self.recorder.flush(buffer.uri)
        self._take(buffer.uri, self._tracker.set_origin(buffer.uri, block, Origin.from_json(origin)))
        await asyncio.to_thread(buffer.workspace.log.flush)

    async def close(self) -> None:
        """Write what is to be kept."""
        self.recorder.flush()
        for buffer in tuple(self._session.documents.buffers.values()):
            self.closed(buffer)
        if tasks := {task for tasks in self._jobs.values() for task in tasks}:
            await asyncio.wait(tasks, timeout=_LAST_JOBS)

    def merged(self, snapshot: Snapshot, revision: int) -> None:
        """Another server has learned more about a document."""
        buffer = self._session.documents.buffers.get(snapshot.uri)
        result = self._tracker.adopt(snapshot)
        if buffer is not None and result is not None:
            buffer.workspace.store.adopted(snapshot.uri, revision)
            self._take(snapshot.uri, result, save=False)
            self._session.listener.blocks_changed(snapshot.uri)  # a review changes no owner

    def decided(self, snapshot: Snapshot) -> None:
        """Another process has written about a document: perhaps a person has reviewed blocks of it there."""
        result = self._tracker.decided(snapshot)
        if result is not None:
            self._take(snapshot.uri, result, save=False)
            self._session.listener.blocks_changed(snapshot.uri)
            self._session.listener.status_changed()

    # Inside.

    def _close(self, buffer: Buffer) -> None:
        self._saver.forget(buffer.uri)
        for hint in self._tracker.unanswered(buffer.uri):
            self.recorder.unmatched(buffer.uri, hint)
        buffer.workspace.store.submit(self._tracker.close(buffer.uri), within=0)

    def _take(
        self, uri: str, result: TrackResult, *, edited: bool = False, hold: bool = False, save: bool = True
    ) -> None:
        """Pass on what the tracker says has changed.

        Args:
            uri: the document.
            result: what changed.
            edited: whether the analysis is told of the document anyhow.
            hold: whether new blocks are not shown until the jobs are done.
            save: whether the store does not know it yet.
        """
        buffer = self._session.documents.buffers.get(uri)
        if buffer is None:
            return
        self._record(buffer, result)
        held = frozenset(block.id for block in result.created) if hold else frozenset()
        self._held |= held
        for job in result.jobs:
            self._start(uri, self._run(job, held))
        changed = any((result.created, result.reattributed, result.arrived, result.removed, result.lapsed))
        if save and (changed or edited or result.touched):
            self._saver.save(uri, SOON if changed else DELAY)
        if changed or result.matched:
            self._spots.clear()
            self._session.listener.blocks_changed(uri)
            if not edited:
                self._session.refocus(uri)
                self._session.viewer.refresh(self._session.documents.target_of(uri))

    def _record(self, buffer: Buffer, result: TrackResult) -> None:
        hinted = {matched.block for matched in result.matched}
        replaces = (*result.touched, *result.removed)
        for created in result.created:
            self.recorder.insertion(buffer.uri, created.id, certain=created.id in hinted, replaces=replaces)
        for block in hinted:
            if block is not None:
                self.recorder.certain(block)
        for known, _ in result.reattributed:
            self.recorder.reattributed(buffer.uri, known.id)
        for hint in result.unmatched:
            if hint.origin.assistant != _OWN:
                self.recorder.unmatched(buffer.uri, hint)
        if result.lapsed:
            self._start(buffer.uri, self.recorder.lapsed(buffer, result.lapsed))
        self.recorder.lost(buffer, result.lost)

    def _start(self, uri: str, work: Coroutine[Any, Any, None]) -> None:
        """Run something that `ready` waits for."""
        task = self._session.background(work)
        tasks = self._jobs.setdefault(uri, set())
        tasks.add(task)

        def done(task: asyncio.Task[None]) -> None:
            tasks.discard(task)
            if not tasks and self._jobs.get(uri) is tasks:
                del self._jobs[uri]

        task.add_done_callback(done)

    async def _run(self, job: Job, held: frozenset[str] = frozenset()) -> None:
        """Run a job in a thread and take in its outcome; `held` blocks may then be shown."""
        await self._session.afterwards.turn(self._session.documents.target_of(job.uri))
        outcome: Outcome = await asyncio.to_thread(job.run)
        self._held -= held
        result = self._tracker.finish(job, outcome)
        if result is not None:
            self._take(job.uri, result)
        if held and job.uri in self._session.documents.buffers:
            self._session.refocus(job.uri)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            for result in self._tracker.tick():
                self._take(result.document.uri, result)
            self.recorder.tick()

    def _find(self, buffer: Buffer, block: str) -> TrackedBlock:
        tracked = self.tracked_block(buffer.uri, block)
        if tracked is None:
            raise NotFoundError("there is no such block in the document")
        return tracked


_as_json = lru_cache(maxsize=1024)(Origin.to_json)  # asked for with each key, for each block


def _spots(tracker: Tracker, owners: Attribution) -> tuple[Spot, ...]:
    places: dict[str, list[TextRange]] = {}
    for start, end, owner in owners.spans():
        if is_block(owner):
            places.setdefault(owner, []).append(TextRange(start, end))
    spots = []
    for owner, ranges in places.items():
        origin = tracker.block(owner).origin
        spots.append(Spot(owner, tuple(ranges), _as_json(origin), origin.kind not in QUIET_KINDS))
    return tuple(spots)


def _shown(tracked: TrackedBlock, findings: Sequence[str]) -> BlockView:
    origin = tracked.block.origin
    return BlockView(
        tracked.block.id,
        tracked.ranges,
        origin.to_json(),
        tracked.state,
        tracked.survived,
        tuple(findings),
    )
