"""Keeps provenance in step with the documents: the tracker on the event loop, its slow jobs and the store in threads.

Must not analyse or show. What it learns goes to the recorder, and blocks that change their place or origin give the
analysis another focus.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any

from leery.document import Document
from leery.provenance.hints import Hint, at
from leery.provenance.origin import Origin, is_block
from leery.provenance.tracker import Tracker
from leery.session.errors import NotFoundError
from leery.session.recorder import Recorder
from leery.session.views import BlockView, Spot
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from leery.provenance.attribution import Attribution
    from leery.provenance.jobs import Job, Outcome
    from leery.provenance.result import TrackResult
    from leery.provenance.view import BlockView as TrackedBlock
    from leery.session.documents import Buffer
    from leery.session.session import Session
    from leery_analyzers.text import Text, TextEdit

Json = dict[str, Any]

_TICK = 0.25
_OWN = "leery"
_QUIET_KINDS = frozenset({"typed", "vcs"})


class Keeper:
    """The session's tracker with all that hangs on it.

    Args:
        session: has documents, scheduler and workspaces.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tracker = Tracker(clock=session.clock)
        self._held: dict[str, int] = {}
        self._spots: dict[str, tuple[Attribution, tuple[Spot, ...]]] = {}
        self.recorder = Recorder(session)
        session.background(self._tick())

    # Documents.

    def opened(self, buffer: Buffer) -> None:
        """A document is the client's from now on."""
        self._tracker.unknown_threshold = buffer.workspace.config.unknown_threshold
        document = Document(buffer.uri, buffer.version, buffer.language, buffer.text)
        self._take(buffer.uri, self._tracker.open(document), edited=True)
        self._session.background(self.recorder.resume(buffer))

    def changed(self, buffer: Buffer, edits: Sequence[TextEdit]) -> None:
        """Sequential edits lead to a document's next version, which the buffer then holds."""
        result = self._tracker.change(buffer.uri, buffer.version, edits)
        buffer.text = result.document.text
        hold = bool(result.jobs) and buffer.workspace.git_moved()
        self._take(buffer.uri, result, edited=True, hold=hold)

    def saved(self, buffer: Buffer) -> None:
        """The client wrote the present version to disk."""
        self._tracker.saved(buffer.uri)

    def closed(self, buffer: Buffer) -> None:
        """The document is the disk's again."""
        self.recorder.closed(buffer)
        self._tracker.close(buffer.uri)
        self._held.pop(buffer.uri, None)
        self._spots.pop(buffer.uri, None)

    def renamed(self, old: str, new: str) -> None:
        """A file or folder goes by another name."""
        for uri in self._tracker.rename(old, new):
            self._session.documents.rename(old + uri[len(new) :], uri)
            self.recorder.rename(old + uri[len(new) :], uri)

    def hinted(
        self,
        uri: str,
        version: int | None,
        resolve: Callable[[Text], Sequence[TextRange]],
        origin: Mapping[str, Any],
        text_hash: str | None,
    ) -> None:
        """The client says where an insertion came from."""
        hint = Hint(uri, version, resolve, Origin.from_json(dict(origin)), text_hash)
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

    def files_changed(self, paths: Sequence[Path]) -> None:
        """Files were written, by whomever."""

    def watch(self, folder: Path) -> None:
        """See what happens to the files below a folder."""

    def unwatch(self, folder: Path) -> None:
        """A folder is of no interest any more."""

    async def stored(self) -> list[str]:
        """URIs of the documents that hold blocks, open or not."""
        return []

    async def spots_of_closed(self, _buffer: Buffer) -> tuple[Spot, ...]:
        """The blocks of a document that is not open, found again in its present text."""
        return ()

    # Blocks.

    def tracked(self, uri: str) -> list[TrackedBlock]:
        """The tracker's blocks of an open document."""
        return self._tracker.blocks(uri) if uri in self._session.documents.buffers else []

    def tracked_block(self, uri: str, block: str) -> TrackedBlock | None:
        """One of them."""
        return next((tracked for tracked in self.tracked(uri) if tracked.block.id == block), None)

    def holds_back(self, uri: str) -> bool:
        """Whether nothing is shown of a document for now, since its new text may be git's."""
        return uri in self._held

    def spots(self, uri: str) -> tuple[Spot, ...]:
        """Where the blocks of an open document are, in the order of their first characters; cheap."""
        if uri not in self._session.documents.buffers:
            return ()
        owners = self._tracker.owners(uri)
        known = self._spots.get(uri)
        if known is None or known[0] is not owners:
            self._spots[uri] = known = (owners, self._find_spots(owners))
        return known[1]

    def _find_spots(self, owners: Attribution) -> tuple[Spot, ...]:
        places: dict[str, list[TextRange]] = {}
        for start, end, owner in owners.spans():
            if is_block(owner):
                places.setdefault(owner, []).append(TextRange(start, end))
        spots = []
        for owner, ranges in places.items():
            origin = self._tracker.block(owner).origin
            spots.append(Spot(owner, tuple(ranges), origin.to_json(), origin.kind not in _QUIET_KINDS))
        return tuple(spots)

    def blocks(self, uri: str, findings: Mapping[str, Sequence[str]]) -> list[BlockView]:
        """An open document's blocks as they are shown, with findings by block."""
        return [_shown(tracked, findings.get(tracked.block.id, ())) for tracked in self.tracked(uri)]

    async def review(self, buffer: Buffer, block: str, decision: Any, note: str | None) -> None:
        """A person decided about a block; done once it is in the log."""
        self._find(buffer, block)
        content = self._tracker.content_hash(buffer.uri, block)
        await self.recorder.review(buffer, block, decision, note, content)
        self._take(buffer.uri, self._tracker.review(buffer.uri, block, decision, note))

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

    # Inside.

    def _take(self, uri: str, result: TrackResult, *, edited: bool = False, hold: bool = False) -> None:
        """Pass on what the tracker says has changed.

        Args:
            uri: the document.
            result: what changed.
            edited: whether the analysis is told of the document anyhow.
            hold: whether new blocks are not shown until the jobs are done.
        """
        buffer = self._session.documents.buffers.get(uri)
        if buffer is None:
            return
        self._record(buffer, result)
        for job in result.jobs:
            if hold:
                self._held[uri] = self._held.get(uri, 0) + 1
            self._session.background(self._run(job, hold=hold))
        changed = any((result.created, result.reattributed, result.arrived, result.removed, result.lapsed))
        if changed or result.matched:
            self._spots.clear()
            self._session.listener.blocks_changed(uri)
            if not edited:
                self._session.refocus(uri)
                self._session.viewer.refresh(self._session.documents.target_of(uri))

    def _record(self, buffer: Buffer, result: TrackResult) -> None:
        hinted = {matched.block for matched in result.matched}
        for created in result.created:
            self.recorder.insertion(buffer.uri, created.id, certain=created.id in hinted)
        for block in hinted:
            if block is not None:
                self.recorder.certain(block)
        for known, _ in result.reattributed:
            self.recorder.reattributed(buffer.uri, known.id)
        for hint in result.unmatched:
            if hint.origin.assistant != _OWN:
                self.recorder.unmatched(buffer.uri, hint)
        self.recorder.lapsed(buffer, result.lapsed)
        self.recorder.lost(buffer, result.lost)

    async def _run(self, job: Job, *, hold: bool) -> None:
        outcome: Outcome = await asyncio.to_thread(job.run)
        if hold and job.uri in self._held:
            self._held[job.uri] -= 1
            if not self._held[job.uri]:
                del self._held[job.uri]
        result = self._tracker.finish(job, outcome)
        if result is not None:
            self._take(job.uri, result)
        if hold and job.uri in self._session.documents.buffers:
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
