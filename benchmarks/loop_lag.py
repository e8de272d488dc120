"""How long the server's event loop keeps others waiting while every tier works on a 3,000-line file.

Seen from inside (`watched_server.py`): how late a timer due every 5 ms is called. Seen from outside: the time to the
answer to a request that needs nothing but the loop (`leery/blocks` of another, tiny document), sent every 5 ms; that
includes both pipes and the turn each thread must wait for. Both are given for an idle server too.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.corpus import insecure_block, insertion_point, python_file
from benchmarks.measure import Samples, Verdict, console, figure
from benchmarks.servers import Leery
from benchmarks.watched_server import EVERY

Json = dict[str, Any]

_LINES = 3000


class _Watched(Leery):
    name = "leery, scope all"

    def command(self) -> tuple[str, ...]:
        self.record = self.folder / "loop.json"
        return sys.executable, "-I", str(Path(__file__).with_name("watched_server.py")), str(self.record), "serve"

    def options(self) -> Json:
        return {**super().options(), "scope": "all"}


class Probe(threading.Thread):
    """Asks every 5 ms on a thread of its own, never waiting for an answer before the next question."""

    def __init__(self, server: Leery, uri: str) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._uri = uri
        self._enough = threading.Event()
        self._asked: list[int] = []

    def run(self) -> None:
        """Ask until told to stop."""
        due = time.perf_counter()
        while not self._enough.is_set():
            self._asked.append(self._server.client.start_request("leery/blocks", {"textDocument": {"uri": self._uri}}))
            due += EVERY
            time.sleep(max(0.0, due - time.perf_counter()))

    def finish(self) -> Samples:
        """Stop asking; the time to every answer."""
        self._enough.set()
        self.join()
        samples = Samples()
        for number in self._asked:
            answer = self._server.client.finish_request(number)
            samples.add((answer.at - self._server.client.sent[number]) * 1000)
        return samples


def _serve(seconds: float, lines: int, *, work: bool, probe: bool) -> tuple[Samples, Samples, Json]:
    """Lateness inside, answers outside (when probed), and the loop's record."""
    with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch:
        server = _Watched(Path(scratch).resolve() / "leery", python_file(lines, seed=lines))
        try:
            tiny = (server.workspace / "tiny.py").as_uri()
            server.client.open(tiny, "x = 1\n")
            server.client.settle(0.5, 60)
            started = time.perf_counter()
            asking = Probe(server, tiny)
            if probe:
                asking.start()
            _work(server, seconds) if work else time.sleep(seconds)
            outside = asking.finish() if probe else Samples()
            lasted = time.perf_counter() - started
            server.client.close()
        finally:
            server.stop()
        record: Json = json.loads(server.record.read_text(encoding="utf-8"))
    # What came before the work started (imports, first analyses) is start-up, not lag.
    ticks = int(lasted / (EVERY * 1.3))
    return Samples(record["late"][-ticks:]), outside, record


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
        idle, idle_outside, _ = _serve(seconds / 3, _LINES, work=False, probe=True)
        busy, _, record = _serve(seconds, _LINES, work=True, probe=False)
        _, busy_outside, _ = _serve(seconds / 2, _LINES, work=True, probe=True)
    console.print(f"event loop, {_LINES:,} lines, ms:", markup=False)
    for what, samples in (
        ("lag of a 5 ms timer, idle", idle),
        ("lag of a 5 ms timer, all tiers at work", busy),
        ("answer to a trivial request, idle", idle_outside),
        ("answer to a trivial request, all tiers at work", busy_outside),
    ):
        p50, p99, most = samples.p50, samples.p99, max(samples.milliseconds)
        console.print(f"  {what:<48} p50 {figure(p50)}  p99 {figure(p99)}  max {figure(most)}", markup=False)
    for line in _slowest(record):
        console.print(f"    {line}", style="dim", markup=False)
    verdicts = [Verdict(f"event-loop lag p99 at {_LINES:,} lines", busy.p99, 5)]
    everything = {"idle": idle, "busy": busy, "idle outside": idle_outside, "busy outside": busy_outside}
    result = {name: values.to_json() for name, values in everything.items()}
    return {**result, "slow callbacks": record["slow"], "verdicts": [v.to_json() for v in verdicts]}, verdicts


def _slowest(record: Json) -> list[str]:
    """The callbacks that held the loop longest, by name."""
    total: Counter[str] = Counter()
    for wall, _cpu, name in record["slow"]:
        total[name] += wall
    lines = []
    for name, _ in total.most_common(6):
        walls = sorted(wall for wall, _, other in record["slow"] if other == name)
        cpus = sorted(cpu for _, cpu, other in record["slow"] if other == name)
        lines.append(
            f"{name}: {len(walls)} times over 2 ms, wall median {figure(walls[len(walls) // 2])} "
            f"max {figure(walls[-1])}, processor median {figure(cpus[len(cpus) // 2])} max {figure(cpus[-1])}"
        )
    return lines
