"""The way into provenance: who wrote each character of every open document, kept through all edits.

A `Tracker` serves one workspace. It is synchronous, starts nothing, reads no file and is not thread-safe: call it on
one thread (the event loop). What is slow it hands out as jobs.

    tracker = Tracker()
    result = tracker.open(document, snapshot_from_the_store_or_None)
    result = tracker.change(uri, version, edits)    # sequential, as in didChange
    result = tracker.hint(Hint(uri, version, place, origin, text_hash))
    for result in tracker.tick(): ...               # at least every second: reports hints without a change
    outcome = await to_thread(job.run)              # for every job in result.jobs
    result = tracker.finish(job, outcome)           # None: the document moved on too far, nothing was done
    tracker.blocks(uri), tracker.blame(uri)
    snapshot = tracker.close(uri)

All places are code points of the present text. Unknown URIs raise KeyError, everything else a client can send is
accepted: places outside the text are moved inside.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leery.provenance import finish, view
from leery.provenance.attribution import Attribution
from leery.provenance.batch import advance, grow
from leery.provenance.claims import claim, duplicate_of
from leery.provenance.hints import WINDOW
from leery.provenance.history import History, State
from leery.provenance.jobs import OriginJob, ReanchorJob, RefineJob
from leery.provenance.observe import Before, compare
from leery.provenance.origin import NOBODY, UNKNOWN_THRESHOLD, Review
from leery.provenance.result import Matched, TrackResult
from leery.provenance.workspace import Opened, Snapshot, Workspace, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from leery.document import Document
    from leery.provenance.hints import Hint
    from leery.provenance.jobs import Job, Outcome
    from leery.provenance.origin import Block, BlockState, Decision, Origin
    from leery_analyzers.text import Text, TextEdit

_CHECKOUT = 30.0
"""Seconds after which a block is no longer taken for something that a running checkout brought."""


class Tracker:
    """Provenance of the open documents of one workspace.

    Args:
        clock: monotonic seconds.
        wall: seconds since the epoch, for the time blocks were made.
        make_id: makes ids of blocks.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        make_id: Callable[[], str] = new_id,
    ) -> None:
        self._workspace = Workspace(clock, wall, make_id)

    @property
    def unknown_threshold(self) -> int:
        """Characters that are not white space from which on unhinted text is of unknown origin."""
        return self._workspace.threshold

    @unknown_threshold.setter
    def unknown_threshold(self, value: int) -> None:
        self._workspace.threshold = value if value > 0 else UNKNOWN_THRESHOLD

    @property
    def uris(self) -> tuple[str, ...]:
        """The open documents."""
        return tuple(self._workspace.documents)

    def open(self, document: Document, saved: Snapshot | None = None) -> TrackResult:
        """Begin with a document; open ones are replaced as if they had been closed first.

        Args:
            document: what the client opened.
            saved: what the store knows of it; what this tracker remembers from an earlier close is newer and wins.

        When the text is another than the one known, nothing is attributed until the job in the result is done.
        """
        workspace = self._workspace
        if document.uri in workspace.documents:
            self.close(document.uri)
        known = workspace.closed.pop(document.uri, saved)
        size = len(document.text)
        state = State(document.text, document.version, Attribution.of(size, NOBODY))
        opened = Opened(document, History(state))
        workspace.documents[document.uri] = opened
        jobs: tuple[Job, ...] = ()
        before = Before.of(opened)
        if known is not None:
            for block in known.blocks:
                workspace.blocks.setdefault(block.id, block)
                workspace.reported.setdefault(block.id, block.origin)
            for block in saved.blocks if saved is not None else ():
                workspace.take_review(block)
            past = workspace.pasts.pop(document.uri, ())
            opened.history.inherit(past)
            restored = next((one for one in reversed(past) if one.text == document.text), None)
            if known.text == document.text or restored is not None:
                owners = known.owners if restored is None or known.text == document.text else restored.owners
                state.reset(workspace.resolve(owners))
                opened.reviews = _review_states(workspace, state)
            else:
                jobs = (ReanchorJob(document.uri, state, known.text, workspace.resolve(known.owners)),)
        if not jobs:
            jobs = self._origin_jobs(opened, ())
        opened.held += [job.state for job in jobs]
        return compare(workspace, opened, before, jobs=jobs)

    def change(self, uri: str, version: int, edits: Sequence[TextEdit], text: Text | None = None) -> TrackResult:
        """Apply sequential edits, each in the coordinates of the text after the one before it.

        Args:
            uri: the document.
            version: the one they lead to.
            edits: the edits.
            text: the text after all of them, where the caller has made it.
        """
        workspace = self._workspace
        opened = workspace.touch(uri)
        now = workspace.clock()
        before = Before.of(opened)
        done = advance(workspace, opened, version, edits, now, text)
        state = opened.now
        opened.document = opened.document.with_text(version, state.text)
        if done.formatted:  # loses no characters of a block and ends no review
            near = before.near(workspace, done.steps)
            grow(workspace, before.state, state, near)
            finish.rebind_reviews(workspace, before.state, state, near)
        unmatched = self._expire(opened, now)
        matched = self._try_waiting(opened)
        jobs: list[Job] = []
        if done.deferred:
            jobs.append(RefineJob(uri, state, before.state, done.steps))
        else:
            made = [step.made for step in done.steps if step.made is not None and step.made in state.owners]
            jobs += self._origin_jobs(opened, made) if made else ()
        opened.held += [held for job in jobs for held in _held(job)]
        opened.history.prune(now - WINDOW, opened.held)
        return compare(
            workspace, opened, before, steps=done.steps, matched=matched, unmatched=unmatched, jobs=tuple(jobs)
        )

    def hint(self, hint: Hint) -> TrackResult | None:
        """Take a hint, before or after its edit; None when its document is not open.

        A hint that finds no edit within two seconds comes back as unmatched from `change` or `tick`.
        """
        opened = self._workspace.documents.get(hint.uri)
        if opened is None:
            return None
        now = self._workspace.clock()
        before = Before.of(opened)
        made = claim(self._workspace, opened, hint, now)
        if made is None:
            opened.waiting.append((hint, now))
            return compare(self._workspace, opened, before)
        return compare(self._workspace, opened, before, matched=(Matched(hint, made.block),))

    def tick(self) -> list[TrackResult]:
        """Report hints whose time is up, and forget what is too old to change."""
        results: list[TrackResult] = []
        now = self._workspace.clock()
        for opened in self._workspace.documents.values():
            before = Before.of(opened)
            unmatched = self._expire(opened, now)
            opened.history.prune(now - WINDOW, opened.held)
            if unmatched:
                results.append(compare(self._workspace, opened, before, unmatched=unmatched))
        return results

    def finish(self, job: Job, outcome: Outcome) -> TrackResult | None:
        """Apply what a job found out; None when its document was closed or has moved on too far."""
        opened = self._workspace.documents.get(job.uri)
        if opened is None:
            return None
        for held in _held(job):
            if held in opened.held:
                opened.held.remove(held)
        if not all(opened.history.reaches(state) for state in _held(job)):
            return None
        before = Before.of(opened)
        done = finish.apply(self._workspace, opened, job, outcome)
        jobs: tuple[Job, ...] = ()
        if isinstance(job, ReanchorJob) or done.made:
            jobs = self._origin_jobs(opened, done.made, job.state)
            opened.held += [held for one in jobs for held in _held(one)]
        return compare(self._workspace, opened, before, lost=done.lost, jobs=jobs)

    def recheck(self, uri: str) -> tuple[Job, ...]:
        """Ask git again, as HEAD or the index of its repository has changed.

        The job asks about text of nobody's, and about blocks of unknown or disk origin that came in the last seconds,
        since an editor may reload before git is done.
        Older blocks, and those that the client has saved since, are left alone: committing a block does not tell where
        it came from, and what a checkout brings is reloaded, not saved.
        """
        opened = self._workspace.documents[uri]
        unsaved = self._workspace.clock() - opened.saved_at
        since = self._workspace.wall() - min(_CHECKOUT, unsaved)
        fresh = [name for name, block in self._workspace.blocks.items() if block.created > since]
        jobs = self._origin_jobs(opened, [name for name in fresh if name in opened.now.owners], settled=True)
        opened.held += [job.state for job in jobs]
        return jobs

    def settle(self, result: TrackResult) -> list[TrackResult]:
        """Run a result's jobs here and now, and those they lead to; for the command line and for tests."""
        results: list[TrackResult] = []
        jobs = list(result.jobs)
        while jobs:
            job = jobs.pop(0)
            done = self.finish(job, job.run())
            if done is not None:
                results.append(done)
                jobs += done.jobs
        return results

    def saved(self, uri: str) -> None:
        """The client saved a document: that the file on disk holds its text says nothing about where it came from."""
        self._workspace.documents[uri].saved_at = self._workspace.clock()

    def unanswered(self, uri: str) -> tuple[Hint, ...]:
        """The hints that still wait for an edit of a document: who closes it now must tell of them."""
        opened = self._workspace.documents[uri]
        return tuple(hint for hint, _ in opened.waiting if duplicate_of(opened, hint) is None)

    def close(self, uri: str) -> Snapshot:
        """End with a document; what was known of it is remembered for the next `open`."""
        snapshot = self._workspace.snapshot(uri)
        for block in snapshot.blocks:
            self._workspace.blocks[block.id] = block
        opened = self._workspace.documents.pop(uri)
        self._workspace.keep_closed(snapshot, opened.history.detach())
        return snapshot

    def rename(self, old: str, new: str) -> list[str]:
        """A file or folder has another URI; the new URIs of the open documents concerned."""
        workspace = self._workspace
        moved: list[str] = []
        for uri in [uri for uri in (*workspace.documents, *workspace.closed) if _is_under(uri, old)]:
            target = new + uri[len(old) :]
            closed = workspace.closed.pop(uri, None)
            if closed is not None:
                workspace.closed[target] = replace(closed, uri=target)
            opened = workspace.documents.pop(uri, None)
            if opened is not None:
                opened.document = replace(opened.document, uri=target)
                workspace.documents[target] = opened
                moved.append(target)
        return moved

    def adopt(self, merged: Snapshot) -> TrackResult | None:
        """Take over what another server knew of an open document; None when its text is another one by now."""
        workspace = self._workspace
        opened = workspace.documents.get(merged.uri)
        if opened is None or opened.now.text != merged.text:
            return None
        before = Before.of(opened)
        for block in merged.blocks:
            workspace.blocks.setdefault(block.id, block)
            workspace.take_review(block)
        opened.history.replace_now(merged.owners)
        return compare(workspace, opened, before)

    def decided(self, elsewhere: Snapshot) -> TrackResult | None:
        """Take over the reviews that another process has of an open document's blocks; None when it has no later ones.

        A review is bound to what the block held, so it does not matter which text the other one has.
        """
        workspace = self._workspace
        opened = workspace.documents.get(elsewhere.uri)
        if opened is None:
            return None
        before, is_news = Before.of(opened), False
        for block in elsewhere.blocks:
            is_news |= workspace.take_review(block)
        return compare(workspace, opened, before) if is_news else None

    def document(self, uri: str) -> Document:
        """The present version of an open document."""
        return self._workspace.documents[uri].document

    def owners(self, uri: str) -> Attribution:
        """Whose the characters of an open document are."""
        return self._workspace.documents[uri].now.owners

    def snapshot(self, uri: str) -> Snapshot:
        """What a store must keep of an open document."""
        return self._workspace.snapshot(uri)

    def block(self, block: str) -> Block:
        """What is known of a block; raises KeyError for an unknown id."""
        return self._workspace.blocks[block]

    def blocks(self, uri: str) -> list[view.BlockView]:
        """The blocks in an open document, by their first character."""
        counts = self._workspace.counts()
        owners = dict.fromkeys(self.owners(uri).owners)
        return [self._view_of(uri, owner, counts[owner]) for owner in owners if owner in self._workspace.blocks]

    def block_view(self, uri: str, block: str) -> view.BlockView | None:
        """One of the blocks in an open document; None when it is not there."""
        workspace = self._workspace
        if block not in workspace.blocks or block not in self.owners(uri):
            return None
        return self._view_of(uri, block, workspace.count(block))

    def _view_of(self, uri: str, block: str, count: int) -> view.BlockView:
        state, known = self._workspace.documents[uri].now, self._workspace.blocks[block]
        ranges, survived = state.owners.ranges_of(block), self._workspace.survived(block, count)
        return view.BlockView(known, ranges, view.review_state(state, known), survived)

    def blame(self, uri: str) -> list[dict[str, Any]]:
        """One object a line, in the form of ``leery blame --format json``."""
        return view.blame(self._workspace.documents[uri].now, self._workspace.blocks)

    def content_hash(self, uri: str, block: str) -> str:
        """A digest of what a review or a suppression in a block is bound to; formatting may change it."""
        return view.content_hash(self._workspace.documents[uri].now, block)

    def review(self, uri: str, block: str, decision: Decision, note: str | None = None) -> TrackResult:
        """A person decided about a block; raises KeyError for an unknown one."""
        opened = self._workspace.documents[uri]
        known = self._workspace.blocks[block]
        before = Before.of(opened)
        hashes = (view.content_hash(opened.now, block),)
        self._workspace.blocks[block] = replace(known, review=Review(decision, hashes, self._workspace.wall(), note))
        opened.reviews[block] = "reviewed"
        return compare(self._workspace, opened, before)

    def set_origin(self, uri: str, block: str, origin: Origin) -> TrackResult:
        """Somebody knows better where a block came from; raises KeyError for an unknown one."""
        opened = self._workspace.documents[uri]
        before = Before.of(opened)
        self._workspace.update(block, origin=origin)
        return compare(self._workspace, opened, before)

    def erase(self, blocks: Iterable[str]) -> None:
        """Forget what is known of blocks and every remembered text with them; open texts stay, of unknown origin."""
        finish.erase(self._workspace, frozenset(blocks))

    def _origin_jobs(
        self, opened: Opened, blocks: Iterable[str], state: State | None = None, *, settled: bool = False
    ) -> tuple[OriginJob, ...]:
        path = opened.document.path
        if path is None:
            return ()
        now = float("-inf") if settled else self._workspace.clock()
        return (OriginJob(opened.document.uri, state or opened.now, path, frozenset(blocks), now),)

    def _try_waiting(self, opened: Opened) -> tuple[Matched, ...]:
        matched: list[Matched] = []
        for entry in list(opened.waiting):
            made = claim(self._workspace, opened, entry[0], entry[1])
            if made is not None:
                opened.waiting.remove(entry)
                matched.append(Matched(entry[0], made.block))
        return tuple(matched)

    def _expire(self, opened: Opened, now: float) -> tuple[Hint, ...]:
        """Drop hints whose time is up; those that repeat a matched one only add better evidence."""
        unmatched: list[Hint] = []
        for entry in list(opened.waiting):
            hint, came = entry
            if now - came <= WINDOW:
                continue
            opened.waiting.remove(entry)
            same = duplicate_of(opened, hint)
            if same is None:
                unmatched.append(hint)
            elif same.block in self._workspace.blocks and hint.origin.stronger_than(same.origin):
                self._workspace.update(same.block, origin=hint.origin)
        opened.claims = [made for made in opened.claims if now - made.time <= 2 * WINDOW]
        return tuple(unmatched)


def _review_states(workspace: Workspace, state: State) -> dict[str, BlockState]:
    """The state of every reviewed block in a document."""
    known = [workspace.blocks[owner] for owner in set(state.owners.owners) if owner in workspace.blocks]
    return {block.id: view.review_state(state, block) for block in known if block.review is not None}


def _held(job: Job) -> list[State]:
    return [job.base, job.state] if isinstance(job, RefineJob) else [job.state]


def _is_under(uri: str, folder: str) -> bool:
    return uri == folder or uri.startswith(folder.rstrip("/") + "/")
