"""Semgrep beside the analysis workers: it is fed the units that they cut. Must not know what a finding says.

It runs in a thread with an event loop of its own; leaving the context ends it and its processes. It looks at units and
not at files, so that a scan says what the language server says.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitTimeoutError
from typing import TYPE_CHECKING, final

from leery_analyzers.model import Notice, Report
from leery_analyzers.semgrep import find_core, load_rules
from leery_analyzers.semgrep.batch import MISSING, match_units, prefilter_of, refusal
from leery_analyzers.semgrep.binary import Room
from leery_analyzers.semgrep.core import CoreError, rejected_rules
from leery_analyzers.semgrep.slices import slice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.semgrep import RuleSet
    from leery_analyzers.semgrep.prefilter import Prefilter

_CHUNK = 400
_CHUNK_SECONDS = 600.0
_TICK = 0.2
_GRACE = 5.0

Reports = dict[str, Report]
"""Reports by `Unit.key`."""


@final
class Semgrep:
    """One run over units that come in bit by bit; a context manager that leaves no process behind.

    Args:
        rule_folders: the user's, already trusted.
        jobs: processor cores to use.

    Attributes:
        problems: what is wrong with the user's rules; complete once `wait` has returned.
    """

    def __init__(self, rule_folders: Sequence[Path], jobs: int) -> None:
        self._folders = rule_folders
        self._jobs = jobs
        self._inbox: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._seen: set[str] = set()
        self._done: Future[Reports | Notice] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Reports | Notice] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="scan-semgrep", daemon=True)
        self.problems: list[str] = []

    def __enter__(self) -> Semgrep:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._inbox.put(None)
        if self._loop is not None and self._task is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it is done
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(_GRACE)

    def feed(self, units: Iterable[Unit]) -> None:
        """Take units; one that has come before is not looked at again."""
        for unit in units:
            key = unit.key
            if key not in self._seen:
                self._seen.add(key)
                self._inbox.put(unit)

    def wait(self) -> Reports | Notice:
        """The reports on all units, or why there are none; nothing can be fed any more."""
        self._inbox.put(None)
        while True:
            with contextlib.suppress(WaitTimeoutError, TimeoutError):
                return self._done.result(_TICK)  # short waits let an interrupt through on Windows

    def _work(self) -> None:
        try:
            self._done.set_result(asyncio.run(self._main()))
        except asyncio.CancelledError:
            self._done.cancel()
        except Exception as error:  # noqa: BLE001 - told where the result is taken, and never taken for "nothing found"
            self._done.set_result(Notice("semgrep", "crash", f"semgrep could not be run: {type(error).__name__}."))

    async def _main(self) -> Reports | Notice:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        if self._stopped.is_set():
            raise asyncio.CancelledError
        core = find_core()
        if core is None:
            return Notice("semgrep", "missing", MISSING)
        room = Room()
        try:
            rules = await self._rules(core, room)
            prefilter = await prefilter_of(core, room, rules)
            reports: Reports = {}
            while units := await asyncio.to_thread(self._next, prefilter, reports):
                found = await match_units(core, room, rules, units, jobs=self._jobs, timeout=_CHUNK_SECONDS)
                reports.update(zip((unit.key for unit in units), found, strict=True))
            return reports
        finally:
            room.remove()

    def _next(self, prefilter: Prefilter | None, reports: Reports) -> list[Unit]:
        """The next units, as many as make a start of the process worth it; none at the end.

        Those that no rule can match get their report at once.
        """
        units: list[Unit] = []
        while len(units) < _CHUNK and not self._stopped.is_set():
            unit = self._inbox.get()
            if unit is None:
                self._inbox.put(None)  # for the next call
                break
            if prefilter is None or refusal(unit) is not None or prefilter.may_match(slice_of(unit)):
                units.append(unit)
            else:
                reports[unit.key] = Report()
        return units

    async def _rules(self, core: Path, room: Room) -> RuleSet:
        """Our own rules and those of the user's that semgrep accepts."""
        rules = load_rules(self._folders)
        if self._folders:
            try:
                rules = rules.without(await rejected_rules(core, room, room.folder("check"), rules))
            except CoreError as error:
                self.problems.append(f"the rules could not be checked: {error}")
        self.problems += [notice.message for notice in rules.notices]
        return rules
