"""A thread that writes tracker state, so that the event loop never waits for a disk.

Saves of one document are joined: the latest counts. New blocks are written almost at once, typing a moment later.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from leery.provenance.store import Saved, Store
    from leery.provenance.workspace import Snapshot

SOON = 0.02
"""Seconds that a new block may wait, so that saving it does not hold up the first findings in it."""
DELAY = 1.0
"""Seconds that a save of typing waits for more of it."""
LONGEST = 5.0
"""Seconds after which a document that never comes to rest is written."""


class StoreWriter:
    """Runs a store on a thread of its own.

    Args:
        store: used by this thread alone from now on.
        merged: called on the writer's thread with what another server knew more and the revision it has; hand both to
            the event loop, and call `adopted` once the tracker has taken it over.
    """

    def __init__(self, store: Store, merged: Callable[[Snapshot, int], None]) -> None:
        self._store = store
        self._merged = merged
        self._condition = threading.Condition()
        self._waiting: dict[str, tuple[Snapshot, float, float]] = {}  # due, first asked for
        self._tasks: list[Callable[[], None]] = []
        self._revisions: dict[str, int] = {}
        self._busy = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="leery-store", daemon=True)
        self._thread.start()

    def load(self, uri: str) -> Saved | None:
        """What the store knows of a document; waits for the thread, so call it off the event loop."""
        found: list[Saved | None] = []

        def work() -> None:
            with self._condition:
                waiting = self._waiting.pop(uri, None)
            if waiting is not None:
                self._save(waiting[0])
            saved = self._store.load(uri)
            self._revisions[uri] = saved.revision if saved is not None else 0
            found.append(saved)

        self._call(work)
        return found[0] if found else None

    def uris(self) -> list[str]:
        """The stored documents with blocks; waits for the thread."""
        found: list[str] = []
        self._call(lambda: found.extend(self._store.uris()))
        return found

    def documents(self) -> dict[str, frozenset[str]]:
        """The stored documents with their blocks, see `Store.documents`; waits for the thread."""
        found: dict[str, frozenset[str]] = {}
        self._call(lambda: found.update(self._store.documents()))
        return found

    def advanced(self, uris: Iterable[str]) -> list[Snapshot]:
        """What other processes have written about loaded documents, see `Store.advanced`; waits for the thread."""
        found: list[Snapshot] = []

        def work() -> None:
            known = {uri: self._revisions[uri] for uri in uris if uri in self._revisions}
            found.extend(self._store.advanced(known))

        self._call(work)
        return found

    def submit(self, snapshot: Snapshot, *, within: float = DELAY) -> None:
        """Save a document. Never waits.

        Args:
            snapshot: the document.
            within: seconds; `DELAY` counts anew with every such save, so that one comes when typing pauses.
        """
        now = time.monotonic()
        with self._condition:
            _, earlier, first = self._waiting.get(snapshot.uri, (snapshot, now + within, now))
            due = min(now + within, first + LONGEST)
            if within < DELAY or earlier <= now + SOON:  # typing puts off typing, not a new block
                due = min(due, earlier)
            self._waiting[snapshot.uri] = (snapshot, due, first)
            self._condition.notify_all()

    def adopted(self, uri: str, revision: int) -> None:
        """The tracker holds what was merged into a document."""
        with self._condition:
            self._revisions[uri] = max(revision, self._revisions.get(uri, 0))

    def rename(self, old: str, new: str) -> None:
        """A file or folder has another URI. Never waits."""

        def work() -> None:
            self._store.rename(old, new)

        with self._condition:
            for known in [uri for uri in self._revisions if uri == old or uri.startswith(old + "/")]:
                self._revisions[new + known[len(old) :]] = self._revisions.pop(known)
            self._tasks.append(work)
            self._condition.notify_all()

    def erase(self, blocks: Iterable[str]) -> bool:
        """Erase blocks from the store; waits. Call it after `Tracker.erase`, or the next save brings text back."""
        done: list[bool] = []
        doomed = frozenset(blocks)
        with self._condition:
            for uri in [uri for uri, (one, _, _) in self._waiting.items() if not doomed.isdisjoint(one.owners.owners)]:
                del self._waiting[uri]
        self._call(lambda: done.append(self._store.erase(doomed)))
        return bool(done and done[0])

    def flush(self, timeout: float = 5.0) -> bool:
        """Write everything now and wait for it; False when it took longer than `timeout` seconds."""
        deadline = time.monotonic() + timeout
        with self._condition:
            for uri, (snapshot, _, first) in self._waiting.items():
                self._waiting[uri] = (snapshot, 0.0, first)
            self._condition.notify_all()
            while self._waiting or self._tasks or self._busy:
                left = deadline - time.monotonic()
                if left <= 0 or not self._thread.is_alive():
                    return False
                self._condition.wait(left)
        return True

    def close(self, timeout: float = 5.0) -> bool:
        """Write everything and end the thread; False when it took too long."""
        written = self.flush(timeout)
        with self._condition:
            self._closing = True
            self._condition.notify_all()
        self._thread.join(timeout)
        return written and not self._thread.is_alive()

    def _call(self, work: Callable[[], None]) -> None:
        """Let the thread do something and wait for it."""
        done = threading.Event()

        def task() -> None:
            try:
                work()
            finally:
                done.set()

        with self._condition:
            if self._closing:
                return
            self._tasks.append(task)
            self._condition.notify_all()
        done.wait()

    def _run(self) -> None:
        while True:
            with self._condition:
                self._busy = False
                self._condition.notify_all()
                work = self._next()
                while work is None:
                    if self._closing:
                        self._store.close()
                        return
                    self._condition.wait(self._pause())
                    work = self._next()
                self._busy = True
            try:
                work()
            except Exception as error:  # noqa: BLE001 - one bad document must not end all saving
                self._store.report(error)

    def _next(self) -> Callable[[], None] | None:
        """What is due; called with the lock held."""
        if self._tasks:
            return self._tasks.pop(0)
        now = time.monotonic()
        for uri, (snapshot, due, _) in self._waiting.items():
            if due <= now:
                del self._waiting[uri]
                return lambda: self._save(snapshot)
        return None

    def _pause(self) -> float | None:
        if not self._waiting:
            return None
        return max(min(due for _, due, _ in self._waiting.values()) - time.monotonic(), 0.001)

    def _save(self, snapshot: Snapshot) -> None:
        stored = self._store.save(snapshot, self._revisions.get(snapshot.uri, 0))
        if stored.revision is None:
            return
        if stored.merged is None:
            self._revisions[snapshot.uri] = stored.revision
        else:  # until the tracker has adopted it, the next save must merge again
            self._merged(stored.merged, stored.revision)
