"""Writes what happens to blocks and findings into the log, each once and when it is certain.

An insertion without a hint waits until no hint can come for it any more; what follows from it waits with it. Must not
decide where text comes from. Everything here returns at once unless it is awaited.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.document import uri_to_path
from leery.log.body import HintUnmatched, Insertion, Lapse, LoggedOrigin, Review
from leery.provenance.hints import WINDOW
from leery.session.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery.log.body import Body
    from leery.provenance.hints import Hint
    from leery.provenance.origin import Origin
    from leery.provenance.result import Lost
    from leery.provenance.view import BlockView as TrackedBlock
    from leery.session.documents import Buffer
    from leery.session.session import Session
    from leery.session.views import Shown, View
    from leery_analyzers.model import Fix

_GRACE = WINDOW + 0.2


@dataclass(slots=True)
class _Pending:
    """A block whose insertion is not in the log yet."""

    uri: str
    due: float
    replaces: tuple[str, ...] = ()


class Recorder:
    """The session's hand in the logs of its workspaces.

    Args:
        session: has documents and workspaces.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pending: dict[str, _Pending] = {}
        self._logged: dict[str, asyncio.Future[Any]] = {}
        self._journals: dict[int, Journal] = {}
        self._views: dict[str, View] = {}
        self._resuming: set[str] = set()

    def insertion(self, uri: str, block: str, *, certain: bool, replaces: tuple[str, ...] = ()) -> None:
        """A new block; `certain` when a hint has said where it came from.

        Args:
            uri: its document.
            block: its id.
            certain: whether a hint has said where it came from.
            replaces: the blocks that lost characters to it, or were parted by it.
        """
        due = self._session.clock() + (0.0 if certain else _GRACE)
        self._pending[block] = _Pending(uri, due, replaces)

    def certain(self, block: str) -> None:
        """A hint has said where a new block came from: it need not wait any more."""
        if block in self._pending:
            self._pending[block].due = self._session.clock()

    def gone(self, blocks: Iterable[str]) -> None:
        """Blocks that have vanished before they were logged: they are logged as they were known, without a place."""
        for block in blocks:
            self.certain(block)

    def tick(self) -> None:
        """Log the insertions whose time has come, and the views that waited for them."""
        now = self._session.clock()
        for block in [block for block, pending in self._pending.items() if pending.due <= now]:
            self._log_insertion(block)
        for uri in [uri for uri in self._views if not self._waits(uri)]:
            self._journal_view(uri)

    def flush(self, uri: str | None = None) -> None:
        """Log what is pending of one document, or of all."""
        for block in [block for block, p in self._pending.items() if uri is None or p.uri == uri]:
            self._log_insertion(block)
        for waiting in [waiting for waiting in self._views if uri is None or waiting == uri]:
            self._journal_view(waiting)

    def reattributed(self, uri: str, block: str) -> None:
        """The origin of a block that may be in the log already is known better now."""
        if block in self._pending:
            return
        buffer = self._session.documents.buffers.get(uri)
        tracked = self._tracked(uri, block)
        if buffer is not None and tracked is not None:
            self._append(buffer, _insertion(buffer, tracked, amends=self._entry(block)))

    def unmatched(self, uri: str, hint: Hint) -> None:
        """A hint has found no change."""
        workspace = self._session.workspace_for(uri)
        buffer = self._session.documents.buffers.get(uri)
        name = buffer.name if buffer is not None else workspace.name_of(uri_to_path(uri), uri)
        origin = _logged_origin(hint.origin)
        workspace.log.append(HintUnmatched(file=name, origin=origin, why="no-change", text_hash=hint.text_hash))

    def lost(self, buffer: Buffer, lost: Iterable[Lost]) -> None:
        """Characters of blocks could not be found again."""
        for one in lost:
            buffer.workspace.gap(what="block-lost", file=buffer.name, block=one.block, count=one.count)

    async def lapsed(self, buffer: Buffer, blocks: Iterable[str]) -> None:
        """The reviews of blocks do not hold any more; the log knows those of other processes, too."""
        for block in blocks:
            entry = await asyncio.to_thread(buffer.workspace.review_entry, block)
            if entry is not None:
                lapse = Lapse(subject=entry, of="review", why="rewritten", file=buffer.name, block=block)
                self._append(buffer, lapse)

    async def review(self, buffer: Buffer, block: str, decision: Any, note: str | None, content: str) -> None:
        """A person decided about a block; done once it is in the log."""
        self.flush(buffer.uri)
        by = await asyncio.to_thread(buffer.workspace.author)
        entry = Review(file=buffer.name, block=block, decision=decision, note=note, by=by, content=content)
        await asyncio.wrap_future(buffer.workspace.log.append(entry))

    def viewed(self, buffer: Buffer, view: View) -> None:
        """A complete view is shown: log what opened and closed, as soon as its insertions are logged."""
        self._views[buffer.uri] = view
        if not self._waits(buffer.uri):
            self._journal_view(buffer.uri)

    def fix_applied(self, buffer: Buffer, shown: Shown, fix: Fix) -> None:
        """A fix that was offered stands in the document now."""
        self.flush(buffer.uri)
        self._journal(buffer).fix_applied(buffer.uri, buffer.name, shown, fix)

    def will_close(self, buffer: Buffer, fingerprint: str, how: Any) -> None:
        """Say why a finding is about to go."""
        self._journal(buffer).will_close(buffer.uri, fingerprint, how)

    def opened(self, uri: str) -> None:
        """A document is opened: what is shown of it waits until `resume` knows what the log has already."""
        self._resuming.add(uri)

    async def resume(self, buffer: Buffer) -> None:
        """Take over what earlier runs have logged about a file, and log the blocks they did not come to log."""
        blocks = [spot.id for spot in self._session.keeper.spots(buffer.uri)]
        found = await asyncio.to_thread(buffer.workspace.open_findings, buffer.name)
        unlogged = await asyncio.to_thread(buffer.workspace.unlogged, blocks)
        self._resuming.discard(buffer.uri)
        if self._session.documents.buffers.get(buffer.uri) is buffer:
            self._journal(buffer).resume(buffer.uri, found)
            for block in unlogged:
                if block not in self._pending and block not in self._logged:
                    self.insertion(buffer.uri, block, certain=True)

    def closed(self, buffer: Buffer) -> None:
        """A document is closed."""
        self.flush(buffer.uri)
        self._journal(buffer).forget(buffer.uri)

    def rename(self, old: str, new: str) -> None:
        """A document goes by another URI."""
        for pending in self._pending.values():
            if pending.uri == old:
                pending.uri = new
        for journal in self._journals.values():
            journal.rename(old, new)

    def _waits(self, uri: str) -> bool:
        return uri in self._resuming or any(pending.uri == uri for pending in self._pending.values())

    def _journal_view(self, uri: str) -> None:
        view = self._views.pop(uri)
        buffer = self._session.documents.buffers.get(uri)
        if buffer is not None:
            blocks = [spot.id for spot in self._session.keeper.spots(uri)]
            self._journal(buffer).update(uri, buffer.name, view, blocks)
            self._session.alarm.consider(buffer.workspace)

    def _journal(self, buffer: Buffer) -> Journal:
        key = id(buffer.workspace)
        if key not in self._journals:
            workspace = buffer.workspace
            self._journals[key] = Journal(workspace.log.append, self._session.engines.versions)
        return self._journals[key]

    def _log_insertion(self, block: str) -> None:
        pending = self._pending.pop(block)
        buffer = self._session.documents.buffers.get(pending.uri)
        tracked = self._tracked(pending.uri, block)
        if buffer is None or tracked is None:
            return
        self._logged[block] = self._append(buffer, _insertion(buffer, tracked, replaces=pending.replaces))

    def _tracked(self, uri: str, block: str) -> TrackedBlock | None:
        return self._session.keeper.tracked_block(uri, block)

    def _entry(self, block: str) -> str | None:
        future = self._logged.get(block)
        if future is None or not future.done() or future.exception() is not None:
            return None
        return str(future.result().id)

    def _append(self, buffer: Buffer, body: Body) -> Any:
        return buffer.workspace.log.append(body)


def _insertion(
    buffer: Buffer, tracked: TrackedBlock, amends: str | None = None, replaces: tuple[str, ...] = ()
) -> Insertion:
    text = buffer.text
    ranges = tracked.ranges
    lines = tuple((text.line_of(place.start) + 1, text.line_of(place.end - 1) + 1) for place in ranges)
    return Insertion(
        file=buffer.name,
        block=tracked.block.id,
        origin=_logged_origin(tracked.block.origin),
        language=buffer.language,
        ranges=tuple((place.start, place.end) for place in ranges),
        lines=lines,
        length=tracked.block.inserted,
        amends=amends,
        replaces=replaces,
        code="".join(text.slice(place.start, place.end) for place in ranges),
    )


def _logged_origin(origin: Origin) -> LoggedOrigin:
    return LoggedOrigin(**origin.to_json())  # type: ignore[arg-type]
