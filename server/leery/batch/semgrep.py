"""Semgrep over whole files, beside the analysis workers. Must not know what a finding says.

It runs in a thread with an event loop of its own; leaving the context ends it and its processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitTimeoutError
from pathlib import Path
from typing import TYPE_CHECKING, final

from leery.batch.decode import decode
from leery.batch.worker import digest, read_file
from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Notice, Report
from leery_analyzers.semgrep import find_core, load_rules, scan_units
from leery_analyzers.semgrep.batch import MISSING
from leery_analyzers.semgrep.binary import Room
from leery_analyzers.semgrep.core import CoreError, rejected_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery.batch.result import Source
    from leery_analyzers.semgrep import RuleSet

_CHUNK = 400
_TICK = 0.2
_GRACE = 5.0

Reports = dict[Path, tuple[str, Report]]
"""Digest of the content and report, by path."""


@final
class Semgrep:
    """One run over a list of files; a context manager that leaves no process behind.

    Args:
        sources: what to look at.
        rule_folders: the user's, already trusted.
        jobs: processor cores to use.
        limit: most bytes of a file.

    Attributes:
        problems: what is wrong with the user's rules; complete once `wait` has returned.
    """

    def __init__(self, sources: Sequence[Source], rule_folders: Sequence[Path], jobs: int, limit: int) -> None:
        self._sources = sources
        self._folders = rule_folders
        self._jobs = jobs
        self._limit = limit
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
        if self._loop is not None and self._task is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it is done
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(_GRACE)

    def wait(self) -> Reports | Notice:
        """The reports, or why there are none."""
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
        rules = await self._rules(core)
        reports: Reports = {}
        for start in range(0, len(self._sources), _CHUNK):
            reports |= await self._chunk(self._sources[start : start + _CHUNK], core, rules)
        return reports

    async def _rules(self, core: Path) -> RuleSet:
        """Our own rules and those of the user's that semgrep accepts."""
        rules = load_rules(self._folders)
        if self._folders:
            room = Room()
            try:
                rules = rules.without(await rejected_rules(core, room, room.folder("check"), rules))
            except CoreError as error:
                self.problems.append(f"the rules could not be checked: {error}")
            finally:
                room.remove()
        self.problems += [notice.message for notice in rules.notices]
        return rules

    async def _chunk(self, sources: Sequence[Source], core: Path, rules: RuleSet) -> Reports:
        """Some files; what cannot be read is told by the worker that tries the same."""
        units: dict[Path, Unit] = {}
        digests: dict[Path, str] = {}
        for source in sources:
            data = read_file(str(source.path), self._limit, found=not source.explicit)
            text = None if isinstance(data, Notice) else decode(data, source.language).text
            if text is not None and not isinstance(data, Notice):
                units[source.path] = Unit(source.language, "file", "", 0, 0, text)
                digests[source.path] = digest(data)
        reports = await scan_units(list(units.values()), rules, self._jobs, core=core)
        return {path: (digests[path], report) for path, report in zip(units, reports, strict=True)}


def rule_folders(names: Sequence[str], workspace: Path) -> tuple[Path, ...]:
    """The folders of the setting ``rules.folders``; relative ones start at the workspace."""
    return tuple(workspace / Path(name).expanduser() for name in names)
