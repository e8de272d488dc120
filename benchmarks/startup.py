"""Process start → first diagnostics of a 300-line file with an insecure block, and the memory of server and workers."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from benchmarks.corpus import insecure_block, insertion_point, python_file
from benchmarks.measure import Samples, Verdict, console, figure
from benchmarks.servers import Leery, Ruff, Server

Json = dict[str, Any]

_LINES = 300


class _FirstLook:
    """Stops at the first finding instead of waiting for silence."""

    def ready(self) -> None:
        """Wait for a finding."""
        assert isinstance(self, Server)
        self.seen = self.client.wait_for_diagnostics(self.document.uri, None, bool, 60).at


class _Leery(_FirstLook, Leery):
    def options(self) -> Json:
        return {**super().options(), "scope": "all"}


class _Ruff(_FirstLook, Ruff):
    pass


def start_once(kind: type[_Leery | _Ruff], text: str, *, memory: bool = False) -> tuple[float, Json]:
    """Milliseconds to the first finding, and what the processes hold once all is quiet."""
    with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch:
        server = kind(Path(scratch).resolve() / "server", text)
        try:
            took = (server.seen - server.client.started) * 1000
            used: Json = {}
            if memory:
                server.client.settle(1.5, 60)
                used = _memory(server.client.process.pid)
        finally:
            server.stop()
        _gone(server.client.process.pid)
    return took, used


def _memory(pid: int) -> Json:
    """Megabytes by process; where the system can tell, shared pages are divided among those who share them (PSS)."""
    root = psutil.Process(pid)
    processes: list[Json] = []
    for process in [root, *root.children(recursive=True)]:
        with_command = process.as_dict(["cmdline", "name", "memory_full_info"])
        info = with_command["memory_full_info"]
        command = " ".join(with_command["cmdline"] or [])
        used = getattr(info, "pss", 0) or info.rss
        semgrep = "semgrep" in command or "osemgrep" in (with_command["name"] or "")
        processes.append({"command": command[-120:], "megabytes": round(used / 2**20, 1), "semgrep": semgrep})
    own = [item["megabytes"] for item in processes if not item["semgrep"]]
    return {"processes": processes, "own megabytes": round(sum(own), 1)}


def _gone(pid: int, seconds: float = 5.0) -> None:
    """Give the killed server's workers time to notice, so that they do not slow the next start down."""
    deadline = time.perf_counter() + seconds
    while psutil.pid_exists(pid) and time.perf_counter() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)


def run(starts: int) -> tuple[Json, list[Verdict]]:
    """Measure, print, and give back the record and the verdicts."""
    text = python_file(_LINES - 40, seed=_LINES)
    at = insertion_point(text, 0.5)
    text = text[:at] + insecure_block(1).text + text[at:]
    leery, ruff = Samples(), Samples()
    used: Json = {}
    with console.status("start-up"):
        for number in range(starts + 1):
            took, held = start_once(_Leery, text, memory=number == starts)
            beside, _ = start_once(_Ruff, text)
            if number:  # the first start compiles modules and fills the page cache
                leery.add(took)
                ruff.add(beside)
            used = held or used
    console.print(
        f"start → first finding in {_LINES} lines, ms: leery {leery.short()}, ruff server {ruff.short()} (n {starts}); "
        f"memory without semgrep {figure(used['own megabytes'])} MB"
    )
    for process in used["processes"]:
        console.print(f"    {process['megabytes']:>6} MB  {process['command']}", style="dim", markup=False)
    verdicts = [
        Verdict("start to first diagnostics p50", leery.p50, 1200),
        Verdict("memory of server and workers without semgrep", used["own megabytes"], 180, "MB"),
    ]
    record = {"leery": leery.to_json(), "ruff server": ruff.to_json(), "memory": used}
    return {**record, "verdicts": [v.to_json() for v in verdicts]}, verdicts
