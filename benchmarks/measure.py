"""Samples, percentiles, tables and the record of a run; knows no server."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console

Json = dict[str, Any]

RESULTS = Path(__file__).parent / "results"
console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile, e.g. of share 0.95; NaN of nothing."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


@dataclass(slots=True)
class Samples:
    """Measured durations of one kind.

    Attributes:
        milliseconds: in the order measured.
        missing: how often what was waited for did not come.
    """

    milliseconds: list[float] = field(default_factory=list)
    missing: int = 0

    @property
    def p50(self) -> float:
        """The median, milliseconds."""
        return statistics.median(self.milliseconds) if self.milliseconds else float("nan")

    @property
    def p95(self) -> float:
        """The 95th percentile, milliseconds."""
        return percentile(self.milliseconds, 0.95)

    @property
    def p99(self) -> float:
        """The 99th percentile, milliseconds."""
        return percentile(self.milliseconds, 0.99)

    def add(self, milliseconds: float | None) -> None:
        """Note one measurement; None for one that never came."""
        if milliseconds is None:
            self.missing += 1
        else:
            self.milliseconds.append(milliseconds)

    def to_json(self) -> Json:
        """Percentiles and every sample, milliseconds."""
        ms = self.milliseconds
        shares = {
            f"p{int(share * 100)}": round(percentile(ms, share), 3)
            for share in (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
        }
        extremes = {"min": round(min(ms), 3), "max": round(max(ms), 3)} if ms else {}
        return {
            "n": len(ms),
            "missing": self.missing,
            **(shares if ms else {}),
            **extremes,
            "samples": [round(value, 3) for value in ms],
        }

    def short(self) -> str:
        """`p50 / p95` for a table cell, with what is missing."""
        if not self.milliseconds:
            return "none came" if self.missing else "-"
        text = f"{figure(self.p50)} / {figure(self.p95)}"
        return f"{text} ({self.missing} of {self.missing + len(self.milliseconds)} missing)" if self.missing else text


def figure(value: float) -> str:
    """Three significant digits or so; counts as they are."""
    if isinstance(value, int):
        return str(value)
    if value != value:  # noqa: PLR0124 - NaN is the one value that differs from itself
        return "-"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one figure keeps its budget.

    Attributes:
        what: the figure.
        value: measured; NaN when it could not be.
        limit: the most it may be.
        unit: of both.
    """

    what: str
    value: float
    limit: float
    unit: str = "ms"

    @property
    def held(self) -> bool:
        """Whether the figure was measured and is within the limit."""
        return self.value <= self.limit

    def to_json(self) -> Json:
        """All of it, with the verdict."""
        value = None if self.value != self.value else round(self.value, 3)
        return {"what": self.what, "value": value, "limit": round(self.limit, 3), "unit": self.unit, "held": self.held}


def print_verdicts(verdicts: list[Verdict]) -> None:
    """One line a budget."""
    for verdict in verdicts:
        word = "[green]PASS[/]" if verdict.held else "[red]MISS[/]"
        console.print(
            f"  {word}  {verdict.what}: {figure(verdict.value)} {verdict.unit} (at most {figure(verdict.limit)})"
        )


def machine() -> Json:
    """What the figures depend on."""
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        **{name: _version(name) for name in ("leery", "ruff", "semgrep", "bandit", "pygls")},
    }


def print_machine(about: Json) -> None:
    """One line."""
    versions = ", ".join(f"{name} {about[name]}" for name in ("leery", "ruff", "semgrep", "bandit"))
    console.print(
        f"{about['processor']}, {about['cores']} cores, load {about['load']}, {about['system']}, "
        f"Python {about['python']}; {versions}",
        style="dim",
    )


class Stolen:
    """How much of the processors' time a virtual machine's host gave to others since this was made.

    What it takes shows in every figure and is no server's doing. Only Linux tells; elsewhere it counts as none.
    """

    def __init__(self) -> None:
        self._before = psutil.cpu_times()

    def percent(self) -> float:
        """Per cent of the time in which the processors had work to do."""
        now = psutil.cpu_times()
        took = {name: getattr(now, name) - getattr(self._before, name) for name in now._fields}
        stolen = took.get("steal", 0.0)
        busy = took["user"] + took["system"] + stolen
        return 100 * stolen / busy if busy else 0.0


def save(name: str, results: Json) -> Path:
    """Keep a run's record as JSON; its path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{time.strftime('%Y%m%dT%H%M%S')}-{name}.json"
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "latest.json").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
