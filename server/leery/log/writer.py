"""Appends entries to the log from any thread without waiting: a thread of its own writes what has queued up.

An entry is acknowledged, by its future, only once it is on disk. What cannot be written stays in memory, up to a limit,
and is tried again; what had to be dropped is counted, and a gap entry tells of it as soon as writing works.
"""

from __future__ import annotations

import itertools
import logging
import sqlite3
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leery.log.body import PRIVATE_FIELDS, Gap
from leery.log.database import LogCorruptError, LogDatabase
from leery.log.entry import Entry, Sealed, new_id, now, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

    from leery.log.body import Body

_BATCH = 500
_RENEWALS = 3
_UNTIDY, _QUIET = 64, 0.25  # the database is tidied after so many entries, once none has come for so many seconds
_FIRST_PAUSE, _LAST_PAUSE = 0.1, 5.0  # seconds between attempts while the log cannot be written

_logger = logging.getLogger(__name__)


class LogUnavailableError(Exception):
    """The log cannot be written: the entry is not in it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An acknowledged entry: its place in the log, from 0, and its id."""

    index: int
    id: str


@dataclass(slots=True)
class _Item:
    """An entry on its way; only the writing thread touches it once it is queued."""

    entry: Entry
    weight: int
    future: Future[Receipt] = field(default_factory=Future)
    sealed: Sealed | None = None
    tried: bool = False


class LogWriter:
    """The writing side of one workspace's log; safe to use from any thread, and beside other processes.

    Args:
        path: the database, usually `leery.paths.log_path`; folder and file are made by the first entry.
        report: told, from the writing thread, when writing begins to fail, once, and when it works again.
        keep_prompts: keep the text of prompts, and not only commitments; may be changed at any time.
        max_entries: how many unwritten entries are held in memory while writing fails.
        max_characters: how much private text they may hold together, in code points.
        busy: seconds to wait for other processes before that counts as a failure.
    """

    def __init__(
        self,
        path: Path,
        *,
        report: Callable[[str], None] | None = None,
        keep_prompts: bool = False,
        max_entries: int = 20_000,
        max_characters: int = 64_000_000,
        busy: float = 10.0,
    ) -> None:
        self.run = new_id()
        self._path = path
        self._database = LogDatabase(path, self.run, busy)
        self._report = report
        self.keep_prompts = keep_prompts
        self._max_entries = max_entries
        self._max_characters = max_characters
        self._changed = threading.Condition()  # guards all below
        self._queue: deque[_Item] = deque()
        self._queued_characters = 0
        self._appended = self._settled = self._failures = self._dropped = 0
        self._dropped_since: str | None = None
        self._failing_since: str | None = None
        self._urgent = self._closing = False
        self._owed: list[Sealed] = []  # gaps to be written before all else; of the writing thread alone
        self._untidy = 0  # entries since the database was tidied; likewise
        self._thread = threading.Thread(target=self._run, name="leery-log", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def failing_since(self) -> str | None:
        """When writing began to fail (RFC 3339), or None while it works."""
        return self._failing_since

    def append(self, body: Body, *, at: str | None = None) -> Future[Receipt]:
        """Record something that happened now, or at the time `at` (RFC 3339, UTC, as `entry.now` gives it).

        Returns at once. The future cannot be cancelled. It ends with the receipt when the entry is on disk, with
        `LogUnavailableError` when it was dropped, or with `TypeError` or `ValueError` when it cannot be an entry.
        Entries of one thread keep their order.
        """
        item = _Item(Entry(new_id(), self.run, at or now(), body), _weight(body))
        item.future.set_running_or_notify_cancel()
        with self._changed:
            refusal = self._refusal(item)
            if refusal is None:
                self._enqueue(item)
        if refusal is not None:
            item.future.set_exception(LogUnavailableError(refusal))
        return item.future

    def flush(self, timeout: float | None = None) -> None:
        """Wait until everything appended before is settled; it makes a failing writer try again at once.

        Args:
            timeout: seconds to wait at most.

        Raises:
            LogUnavailableError: it is not all on disk, because writing fails or the time is over.
        """
        with self._changed:
            wanted, failures = self._appended, self._failures
            self._urgent = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._settled >= wanted or self._failures > failures, timeout)
            if self._settled < wanted:
                raise LogUnavailableError("the log could not be written in time")

    def close(self, timeout: float = 15.0) -> None:
        """Write what is left, with one last attempt if writing fails, and end; what could not be written is dropped.

        Args:
            timeout: seconds to wait at most; the thread is a daemon and ends with the process.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def _refusal(self, item: _Item) -> str | None:
        """Why an entry cannot be queued; counts it as dropped if so."""
        if self._closing:
            return "the log is closed"
        full = len(self._queue) >= self._max_entries or self._queued_characters + item.weight > self._max_characters
        if self._failing_since is None or not full:
            return None
        self._dropped += 1
        self._dropped_since = self._dropped_since or item.entry.time
        return "the log cannot be written and too much waits for it"

    def _enqueue(self, item: _Item) -> None:
        self._queue.append(item)
        self._queued_characters += item.weight
        self._appended += 1
        self._changed.notify_all()

    def _run(self) -> None:
        pause = 0.0
        while (batch := self._next_batch(pause)) is not None:
            batch = self._sealed(batch)
            try:
                indices = self._write(batch)
            except (sqlite3.Error, OSError) as error:
                pause = min(max(_FIRST_PAUSE, pause * 2), _LAST_PAUSE)
                self._failed(error)
            except Exception as error:  # noqa: BLE001 - a defect must not end the thread with futures never settled
                self._settle([(item, error) for item in batch])
            else:
                pause = 0.0
                self._untidy += len(batch)
                self._succeeded()
                self._settle(
                    [(item, Receipt(index, item.entry.id)) for item, index in zip(batch, indices, strict=True)]
                )
        self._database.close()

    def _next_batch(self, pause: float) -> list[_Item] | None:
        """The entries to write next, which stay queued until they are settled; None to end."""
        if self._untidy >= _UNTIDY and not self._awaited(_QUIET):
            self._database.tidy()
            self._untidy = 0
        self._awaited()
        with self._changed:
            if pause and not self._closing:
                self._changed.wait_for(lambda: self._urgent or self._closing, pause)
            self._urgent = False
            return list(itertools.islice(self._queue, _BATCH)) or None

    def _awaited(self, timeout: float | None = None) -> bool:
        """Wait until there is something to do, so many seconds at most; whether there is."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._queue) or self._closing, timeout)

    def _sealed(self, batch: list[_Item]) -> list[_Item]:
        """Those of the batch that have final bytes; the others are settled with what is wrong with them."""
        good: list[_Item] = []
        for item in batch:
            try:
                item.sealed = item.sealed or seal(item.entry, keep_prompts=self.keep_prompts)
            except Exception as error:  # noqa: BLE001 - whatever a caller put into a body concerns that entry alone
                self._settle([(item, error)])
            else:
                good.append(item)
            time.sleep(0)  # sealing is pure Python: let the event loop's thread in after each entry
        return good

    def _write(self, batch: list[_Item]) -> list[int]:
        """Write a batch, and before it what is owed; a damaged log is replaced on the way, a few times at most."""
        sealed = [item.sealed for item in batch if item.sealed is not None]
        retried = any(item.tried for item in batch)
        for item in batch:
            item.tried = True
        for _ in range(_RENEWALS):
            try:
                indices = self._database.append([*self._owed, *sealed], retried=retried or bool(self._owed))
            except LogCorruptError as error:
                self._renew(error)
            else:
                indices = indices[len(self._owed) :]
                self._owed.clear()
                return indices
        raise sqlite3.OperationalError("the log is damaged again and again")

    def _renew(self, error: LogCorruptError) -> None:
        aside = self._database.start_afresh()
        if aside is None:  # another process was faster, and owes the gap
            return
        self._owed.append(seal(Entry(new_id(), self.run, now(), Gap(what="log-corrupt", detail=aside))))
        self._tell(f"The provenance log was damaged ({error}); it was kept as {aside} and a new one was begun.")

    def _failed(self, error: Exception) -> None:
        with self._changed:
            first = self._failing_since is None
            self._failing_since = self._failing_since or now()
            rest = list(self._queue) if self._closing else []
        if first:
            kept = "entries are kept in memory and written later" if not rest else f"{len(rest)} entries are lost"
            self._tell(f"The provenance log {self._path} cannot be written ({error}); {kept}.")
        if rest:
            self._settle([(item, LogUnavailableError(f"the log cannot be written: {error}")) for item in rest])
        with self._changed:
            self._failures += 1
            self._changed.notify_all()

    def _succeeded(self) -> None:
        with self._changed:
            if self._failing_since is None:
                return
            self._failing_since = None
            dropped, since = self._dropped, self._dropped_since
            self._dropped, self._dropped_since = 0, None
            if dropped:
                gap = Gap(what="log-unwritable", since=since, until=now(), count=dropped)
                self._enqueue(_Item(Entry(new_id(), self.run, now(), gap), 0))
        self._tell(f"The provenance log is written again; {dropped or 'no'} entries were lost.")

    def _settle(self, outcomes: list[tuple[_Item, Receipt | Exception]]) -> None:
        """Take entries, which are the first of the queue or among them, out of it and end their futures."""
        done = {id(item) for item, _ in outcomes}
        with self._changed:
            while self._queue and id(self._queue[0]) in done:
                self._queue.popleft()
            if any(id(item) in done for item in itertools.islice(self._queue, _BATCH)):
                self._queue = deque(item for item in self._queue if id(item) not in done)
            self._queued_characters -= sum(item.weight for item, _ in outcomes)
            self._settled += len(outcomes)
            self._changed.notify_all()
        for item, outcome in outcomes:
            if isinstance(outcome, Receipt):
                item.future.set_result(outcome)
            else:
                item.future.set_exception(outcome)

    def _tell(self, message: str) -> None:
        _logger.warning("%s", message)
        if self._report is not None:
            try:
                self._report(message)
            except Exception:
                _logger.exception("the log's report could not be given")


def _weight(body: Body) -> int:
    """Code points of private text in an entry."""
    texts = (getattr(body, attribute) for attribute, _, _ in PRIVATE_FIELDS[body.type])
    return sum(len(text) for text in texts if text is not None)
