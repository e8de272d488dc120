"""Worker processes of a scan: hand out files, collect reports, survive deaths. Must not know what a report says.

Not `concurrent.futures`: when one of its processes dies, every task under way is lost with it and nobody can say which
file it was. Here each child is asked by a thread of its own for one file at a time, so a death names the file, costs
that file alone, and the child is replaced. Children are started in isolated mode with an explicit module path and a
private working folder, so that nothing of the scanned tree can be imported.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast, final

from leery.batch.proof import Proof
from leery.batch.worker import ENGINE
from leery.children import module_path
from leery_analyzers.judge import Explanation, Flows
from leery_analyzers.model import Notice, Report, report_from_json
from leery_analyzers.wire import frame, read_frame, unit_from_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from leery.batch.result import Source
    from leery_analyzers.analyzer import Unit
    from leery_analyzers.judge import Judgement

FILE_TIMEOUT = 120.0
"""Seconds that one file may take before its worker is killed."""

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from leery.batch.worker import main; main()"
_TICK = 0.2
_MOST_DEATHS = 10
_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker says of one file.

    Attributes:
        source: the file.
        report: of all its units.
        digest: names the content it is about; empty when there is none.
        units: start and key of every unit.
        bodies: units that have not come with an earlier outcome of the same worker.
        proofs: of the fixes that hold.
        judgements: what dataflow knows of sinks.
        explanations: what makes flows harmless, if that was asked for.
    """

    source: Source
    report: Report
    digest: str = ""
    units: tuple[tuple[int, str], ...] = ()
    bodies: tuple[Unit, ...] = ()
    proofs: tuple[Proof, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    explanations: tuple[Explanation, ...] = ()


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@final
class Pool:
    """A number of workers over a list of files; a context manager that leaves no child behind.

    Args:
        sources: what to analyse.
        setup: the first request of `leery.batch.worker`.
        folder: private working folder of the children.
        jobs: how many children at most.
        timeout: seconds for one file.
    """

    def __init__(
        self, sources: Sequence[Source], setup: dict[str, Any], folder: Path, jobs: int, timeout: float = FILE_TIMEOUT
    ) -> None:
        self._waiting = deque(sorted(sources, key=_size, reverse=True))  # so that none is left alone at the end
        self._total = len(sources)
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._deaths = 0
        self._timeout = timeout
        self._lanes = [_Lane(setup, folder) for _ in range(min(jobs, len(sources)))]
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), name=f"scan-{number}", daemon=True)
            for number, lane in enumerate(self._lanes)
        ]

    def __enter__(self) -> Pool:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._waiting.clear()
        for lane in self._lanes:
            lane.end()
        for thread in self._threads:
            thread.join(_GRACE)

    def outcomes(self) -> Iterator[Outcome]:
        """One outcome a file, as they come."""
        for _ in range(self._total):
            while True:
                try:
                    outcome = self._outcomes.get(timeout=_TICK)  # short waits let an interrupt through on Windows
                except queue.Empty:
                    for lane in self._lanes:
                        lane.kill_overdue(self._timeout)
                    continue
                yield outcome
                break

    def _serve(self, lane: _Lane) -> None:
        while (source := self._next()) is not None:
            self._outcomes.put(self._outcome(lane, source))
        lane.finish()

    def _outcome(self, lane: _Lane, source: Source) -> Outcome:
        request = {"path": str(source.path), "language": source.language, "found": not source.explicit}
        try:
            answer = lane.ask(request)
        except _ChildDiedError as death:
            with self._lock:
                self._deaths += 1
            return Outcome(source, Report(notices=(death.notice,)))
        report = report_from_json(answer["report"])
        if not answer["digest"]:
            return Outcome(source, report)
        return Outcome(
            source,
            report,
            answer["digest"],
            tuple((start, key) for start, key in answer["units"]),
            tuple(unit_from_json(body) for body in answer["bodies"]),
            tuple(Proof.from_json(proof) for proof in answer["proofs"]),
            Flows.from_json(answer["judgements"]).judgements,
            tuple(Explanation.from_json(explanation) for explanation in answer["explanations"]),
        )

    def _next(self) -> Source | None:
        with self._lock:
            if not self._waiting:
                return None
            if self._deaths < _MOST_DEATHS:
                return self._waiting.popleft()
            notice = Notice(ENGINE, "crash", f"Not analysed: the analysis workers died {_MOST_DEATHS} times.")
            while self._waiting:
                self._outcomes.put(Outcome(self._waiting.popleft(), Report(notices=(notice,))))
            return None


class _ChildDiedError(Exception):
    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.message)
        self.notice = notice


class _Lane:
    """One child and its successors; asked by one thread, killed from another."""

    def __init__(self, setup: dict[str, Any], folder: Path) -> None:
        self._setup = setup
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None
        self._asked: float | None = None
        self._overdue = False
        self._ended = False
        self._lock = threading.Lock()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The child's answer.

        Raises:
            _ChildDiedError: there is none.
        """
        try:
            answer = self._exchange(self._running(), request)
        except (OSError, ValueError) as error:
            raise _ChildDiedError(self._bury(str(error))) from error
        if answer is None:
            raise _ChildDiedError(self._bury(""))
        if self._overdue:  # killed just as it answered
            self._bury("")
        return answer

    def kill_overdue(self, timeout: float) -> None:
        """Kill the child if it has worked on one file for too long."""
        with self._lock:
            if self._asked is not None and time.monotonic() - self._asked > timeout and self._child is not None:
                self._overdue = True
                self._child.kill()

    def finish(self) -> None:
        """Let the child go: there is nothing left to ask."""
        with self._lock:
            self._ended = True
            if self._child is not None:
                _close_stream(self._child.stdin)

    def end(self) -> None:
        """Make sure that the child is gone."""
        self.finish()
        with self._lock:
            if self._child is not None:
                self._child.kill()
                self._child.wait()
                _close(self._child)

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise OSError("the scan was stopped")
            if self._child is not None:
                return self._child
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, json.dumps(module_path())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
            )
            assert self._child.stdin is not None
            self._child.stdin.write(frame(self._setup))
            return self._child

    def _exchange(self, child: subprocess.Popen[bytes], request: dict[str, Any]) -> dict[str, Any] | None:
        assert child.stdin is not None
        assert child.stdout is not None
        with self._lock:
            self._asked = time.monotonic()
        try:
            child.stdin.write(frame(request))
            child.stdin.flush()
            return read_frame(cast("BinaryIO", child.stdout))
        finally:
            with self._lock:
                self._asked = None

    def _bury(self, reason: str) -> Notice:
        """Forget a child that gave no answer, and say what became of it."""
        with self._lock:
            child, self._child = self._child, None
            overdue, self._overdue = self._overdue, False
        if child is not None:
            try:
                child.wait(_GRACE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            _close(child)
            reason = f"status {child.returncode}"
        if overdue:
            return Notice(ENGINE, "timeout", "Not analysed: the analysis took too long.")
        return Notice(ENGINE, "crash", f"Not analysed: the analysis worker died ({reason}).")


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except (OSError, ValueError):
        return 0


def _close(child: subprocess.Popen[bytes]) -> None:
    _close_stream(child.stdin)
    _close_stream(child.stdout)


def _close_stream(stream: IO[bytes] | None) -> None:
    if stream is not None:
        with contextlib.suppress(OSError):  # a dead child cannot take what is still in the buffer
            stream.close()
