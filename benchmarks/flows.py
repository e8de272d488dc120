"""What dataflow costs, in the processor's time: a pasted function, a file seen for the first time, files of any length.

The worker's own code runs here, so nothing that other processes do at the same time counts. A peer reads the same text:
bandit for Python, semgrep with our rules for the others (without the time that it takes for an empty file).
"""

from __future__ import annotations

import gc
import math
import random
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from benchmarks.flow_templates import SERVICES
from benchmarks.measure import Samples, Verdict, console, figure
from benchmarks.servers import executable
from benchmarks.templates import NOUNS
from tests.e2e.wire import private_environment

from leery_analyzers.analyzer import Unit
from leery_analyzers.registry import analyze
from leery_analyzers.worker import OBJECTS_BETWEEN_COLLECTIONS, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Json = dict[str, Any]

SIZES = (1500, 3000, 6000, 12000, 25000, 50000)
_FILE = 3000
_SUFFIXES = {"python": ".py", "javascript": ".js", "java": ".java"}
_STORE, _ARCHIVE = 2, 4
_DOCUMENT = "document"


def _fill(draw: random.Random, template: str, serial: int, rounds: int, parts: int) -> str:
    """A piece with fresh names, which calls parts of any of the rounds before."""
    earlier = draw.randrange(max(rounds, 1)) * parts
    values = {"n": draw.choice(NOUNS), "m": draw.choice(NOUNS), "i": draw.randrange(2, 40), "j": draw.randrange(3, 90)}
    named = {"k": serial, "p": earlier, "q": earlier + _STORE, "r": earlier + _ARCHIVE}
    return Template(template).substitute(values | named)


def service_file(language: str, lines: int, seed: int = 1) -> str:
    """The code of a web service of about so many lines.

    Args:
        language: language id.
        lines: at least those of its first parts.
        seed: the same gives the same file.
    """
    service, draw = SERVICES[language], random.Random(seed)
    count = len(service.parts)
    text, written = [service.head], service.head.count("\n")
    serial = 0
    while written < lines or serial < count:
        piece = _fill(draw, service.parts[serial % count], serial, serial // count, count)
        text.append(piece)
        written += piece.count("\n") + 2
        serial += 1
    return "\n\n".join(text)


def pasted(language: str, lines: int, serial: int) -> tuple[str, str, str]:
    """What stands around a pasted block, and the block, unlike that of any other serial number.

    Args:
        language: language id.
        lines: of the file that it goes into.
        serial: the block's number.
    """
    service = SERVICES[language]
    draw = random.Random(serial)
    rounds = lines // sum(part.count("\n") + 2 for part in service.parts)
    before, block, after = (
        _fill(draw, text, 1_000_000 + serial, rounds, len(service.parts))
        for text in (service.host[0], service.block, service.host[1])
    )
    return before, block, after


def _spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of this thread's processor time, and the result."""
    before = time.thread_time()
    result = work()
    return (time.thread_time() - before) * 1000, result


class _Document:
    """A document in a worker."""

    def __init__(self, language: str, text: str) -> None:
        self._worker = Worker(("checks",))
        self._version = 0
        self._worker.handle({"op": "open", "doc": _DOCUMENT, "language": language, "text": text})

    def edit(self, start: int, end: int, text: str) -> None:
        self._version += 1
        self._worker.handle({"op": "edit", "doc": _DOCUMENT, "edits": [[start, end, text]]})

    def analyze(self, ranges: list[list[int]] | None) -> float:
        request = {"op": "analyze", "doc": _DOCUMENT, "version": self._version, "ranges": ranges, "known": []}
        return _spent(lambda: self._worker.handle(request))[0]

    def follow(self, ranges: list[list[int]] | None) -> tuple[float, Json]:
        return _spent(lambda: self._worker.handle({"op": "flows", "doc": _DOCUMENT, "ranges": ranges}))


def _block(language: str, rounds: int) -> tuple[Samples, Samples]:
    """A pasted function in a file of 3,000 lines: its checks, and its flows."""
    text = service_file(language, _FILE)
    document = _Document(language, text)
    document.follow(None)
    checks, flows = Samples(), Samples()
    for serial in range(rounds + 3):
        before, block, after = pasted(language, _FILE, serial)
        at = _between_parts(text, (serial % 7 + 1) / 8)
        document.edit(at, at, before + block + after)
        place = [[at + len(before), at + len(before) + len(block)]]
        checked = document.analyze(place)
        followed, _ = document.follow(place)
        document.edit(at, at + len(before + block + after), "")
        gc.collect(1)  # as the worker does while nobody waits
        if serial >= 3:
            checks.add(checked)
            flows.add(followed)
    return checks, flows


def _between_parts(text: str, share: float) -> int:
    """The start of a top-level part, at or after a share of a text."""
    return text.index("\n\n\n", int(len(text) * share)) + 2


def _cold(language: str, lines: int) -> tuple[float, Json]:
    """All flows of a file that was never seen, and what was said of them."""
    return _Document(language, service_file(language, lines)).follow(None)


def _bandit(text: str) -> float:
    return _spent(lambda: analyze(Unit("python", "file", "", 0, 0, text), ("bandit",)))[0]


def _semgrep(texts: Sequence[str], suffix: str, rules: Path) -> float:
    """Milliseconds of processor time for one text more than for the first."""
    spent = []
    for text in texts:
        with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch:
            folder = Path(scratch).resolve()
            (folder / f"file{suffix}").write_text(text, encoding="utf-8")
            command = [executable("semgrep"), "scan", "--metrics", "off", "--disable-version-check", "--quiet"]
            command += ["--jobs", "1", "--config", str(rules), "--json", str(folder / f"file{suffix}")]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, env=private_environment(folder), capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    return spent[1] - spent[0]


def _peer(language: str, rules: Path) -> tuple[str, float]:
    """The name of the tool that reads the same file, and its milliseconds; NaN where it is not installed."""
    text = service_file(language, _FILE)
    if language == "python":
        _bandit("x = 1\n")
        return "bandit", _bandit(text)
    if shutil.which(executable("semgrep")) is None:
        return "semgrep", math.nan
    return "semgrep", _semgrep(("\n", text), _SUFFIXES[language], rules)


def _growth(language: str, sizes: Sequence[int]) -> tuple[list[tuple[int, float]], int, float]:
    """Milliseconds by size, notices of the largest, and how much worse than n log n it is."""
    spent = []
    said = 0
    for lines in sizes:
        took, answer = _cold(language, lines)
        gc.collect()
        spent.append((lines, took))
        said = len(answer["flows"]["report"]["notices"])
    base = next(index for index, (lines, _) in enumerate(spent) if lines >= min(_FILE, sizes[-1]))
    (first, least), (last, most) = spent[base], spent[-1]
    return spent, said, (most / least) / (last * math.log(last) / (first * math.log(first)))


def run(rounds: int, sizes: Sequence[int], rules: Path) -> tuple[Json, list[Verdict]]:
    """Measure, print, and give back the record and the verdicts."""
    threshold = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)  # as in the worker
    record: Json = {}
    verdicts: list[Verdict] = []
    try:
        for language in SERVICES:
            with console.status(f"dataflow, {language}"):
                checks, flows = _block(language, rounds)
                cold, _ = _cold(language, _FILE)
                peer, theirs = _peer(language, rules)
                spent, said, worse = _growth(language, sizes)
            console.print(
                f"{language}, ms of processor time: 40 lines pasted, checks {checks.short()}, flows {flows.short()}; "
                f"{_FILE:,} lines cold {figure(cold)}, {peer} {figure(theirs)}: {cold / theirs:.2f} of it"
            )
            sizes_text = ", ".join(f"{lines:,} lines {figure(took)}" for lines, took in spent)
            console.print(f"    {sizes_text}: {worse:.2f} times n log n; notices {said}", style="dim", markup=False)
            verdicts += [
                Verdict(f"flows of a pasted function p95, {language}", flows.p95, 8),
                Verdict(f"flows of {_FILE:,} lines, cold, {language}", cold, 500),
                Verdict(f"growth against n log n, {language}", worse, 1.25, "times"),
            ]
            record[language] = {
                "checks": checks.to_json(),
                "flows": flows.to_json(),
                "cold": cold,
                peer: theirs,
                "growth": spent,
                "notices": said,
            }
    finally:
        gc.set_threshold(*threshold)
    return {**record, "verdicts": [v.to_json() for v in verdicts]}, verdicts
