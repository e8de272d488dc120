"""How long the server's event loop keeps others waiting while every tier works on a 3,000-line file.

Seen from outside: every 5 ms a request that needs nothing but the loop (`leery/blocks` of another, tiny document) is
sent, and the time to its answer is taken. That includes both pipes and the operating system's scheduling, so it is an
upper bound of the lag; the same figure of an idle server is printed beside it.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.corpus import insecure_block, insertion_point, python_file
from benchmarks.measure import Samples, Verdict, console, figure
from benchmarks.servers import Leery

Json = dict[str, Any]

_EVERY = 0.005
_LINES = 3000


class _EverythingInScope(Leery):
    name = "leery, scope all"

    def options(self) -> Json:
        return {**super().options(), "scope": "all"}


class Probe(threading.Thread):
    """Asks every 5 ms on a thread of its own, never waiting for an answer before the next question."""

    def __init__(self, server: Leery, uri: str) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._uri = uri
        self._stop = threading.Event()
        self._asked: list[int] = []

    def run(self) -> None:
        """Ask until told to stop."""
        due = time.perf_counter()
        while not self._stop.is_set():
            self._asked.append(self._server.client.start_request("leery/blocks", {"textDocument": {"uri": self._uri}}))
            due += _EVERY
            time.sleep(max(0.0, due - time.perf_counter()))

    def finish(self) -> Samples:
        """Stop asking; the time to every answer."""
        self._stop.set()
        self.join()
        samples = Samples()
        for number in self._asked:
            answer = self._server.client.finish_request(number)
            samples.add((answer.at - self._server.client.sent[number]) * 1000)
        return samples


def _probe(server: Leery, uri: str) -> Probe:
    probe = Probe(server, uri)
    probe.start()
    return probe


def measure(seconds: float, lines: int = _LINES) -> tuple[Samples, Samples]:
    """Times to an answer while the server is idle, and while it works."""
    with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch:
        server = _EverythingInScope(Path(scratch).resolve() / "leery", python_file(lines, seed=lines))
        try:
            tiny = (server.workspace / "tiny.py").as_uri()
            server.client.open(tiny, "x = 1\n")
            server.client.settle(0.5)
            probe = _probe(server, tiny)
            time.sleep(seconds / 3)
            idle = probe.finish()
            probe = _probe(server, tiny)
            _work(server, seconds)
            busy = probe.finish()
        finally:
            server.stop()
        return idle, busy


def _work(server: Leery, seconds: float) -> None:
    """A block appears and goes four times a second, and eight letters are typed in between."""
    end = time.perf_counter() + seconds
    serial = 0
    while time.perf_counter() < end:
        serial += 1
        block = insecure_block(serial)
        at = insertion_point(server.document.text, (0.5, 0.15, 0.85)[serial % 3])
        server.edit(at, at, block.text)
        for letter in "leeryabc":
            time.sleep(0.03)
            server.edit(at + block.key, at + block.key, letter)
        time.sleep(0.01)
        server.edit(at, at + len(block.text) + 8, "")


def run(seconds: float) -> tuple[Json, list[Verdict]]:
    """Measure, print, and give back the record and the verdicts."""
    with console.status("event-loop lag"):
        idle, busy = measure(seconds)
    console.print(
        f"time to answer a trivial request, ms: idle p50 {figure(idle.p50)} p99 {figure(idle.p99)}; all tiers at work "
        f"on {_LINES:,} lines p50 {figure(busy.p50)} p99 {figure(busy.p99)} max {figure(max(busy.milliseconds))} "
        f"(n {len(busy.milliseconds)})"
    )
    verdicts = [Verdict(f"event-loop lag p99 at {_LINES:,} lines, from outside", busy.p99, 5)]
    return {"idle": idle.to_json(), "busy": busy.to_json(), "verdicts": [v.to_json() for v in verdicts]}, verdicts
