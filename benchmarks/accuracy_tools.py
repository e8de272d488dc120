"""The tools that are compared, each asked about a folder of cases as its own command line would be.

Every tool becomes a list of hits. Counts nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.servers import executable
from tests.e2e.wire import private_environment

from leery_analyzers.cwe import class_of_cwe
from leery_analyzers.model import level_at_least
from leery_analyzers.semgrep.batch import scan_files
from leery_analyzers.syntax import LANGUAGES
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.accuracy_cases import Case

    from leery_analyzers.model import Finding, Level

Json = dict[str, Any]
_BEST: Level = "high"


# What bandit's tests and ruff's S rules of the same number find. Bandit gives some another class than the one meant
# here (``eval`` is a command to it); both count.
_CWE_OF_TESTS = {
    "103": 732, "104": 605, "105 106 107": 798, "108 306 325": 377, "110 112": 703, "113": 400, "201": 489,
    "102 307 612 701": 94, "202": 22, "301 302 403 506 614 615": 502, "303 304 305 324 413 502 503 504": 327,
    "311": 330, "308 701 702 703 704": 79, "310": 918, "312 321 401 402 508 509": 319,
    "313 314 315 316 317 318 319 320 405 406 407 408 409 410 411": 611, "323 501 507": 295, "505": 326,
    "404 601 602 603 604 605 606 607 609": 78, "608 610 611": 89,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a tool says.

    Attributes:
        case: the name of the file it speaks of.
        rule: the tool's own name for it.
        cwe: class names (`class_of_cwe`).
        first, last: lines, from 1.
        text: what its range covers; None when the tool gives no exact range.
        start: the line where its path begins; None without a path.
        confidence: the tool's own; high where it gives none.
    """

    case: str
    rule: str
    cwe: frozenset[str]
    first: int
    last: int
    text: str | None = None
    start: int | None = None
    confidence: Level = _BEST


class ToolError(RuntimeError):
    """A tool did not do its work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool says of all cases.

    Attributes:
        hits: its findings.
        faults: files it could not look at, and why; they hold no hits.
    """

    hits: tuple[Hit, ...]
    faults: tuple[str, ...] = ()


def run(names: Iterable[str], cases: Sequence[Case]) -> dict[str, Answer]:
    """What each of some tools says of all cases.

    Raises:
        ToolError: one of them failed.
    """
    with tempfile.TemporaryDirectory(prefix="leery-accuracy-") as scratch:
        folder = Path(scratch).resolve() / "code"
        for case in cases:
            path = folder / case.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(case.text, encoding="utf-8", newline="")
        return {name: TOOLS[name](folder, cases) for name in names}


def _scan(folder: Path, cases: Sequence[Case], without: tuple[str, ...] = ()) -> Answer:
    """``leery scan``, language by language: a scan that lost ten workers gives up, and that should cost one only."""
    switches = [word for engine in without for word in ("--without", engine)]
    command = [sys.executable, "-I", "-m", "leery", "scan", *switches, "--format", "json", "--fail-on", "never"]
    hits: list[Hit] = []
    faults: list[str] = []
    for group in sorted({case.group for case in cases}):
        result = _json_of([*command, group], folder, {0, 3})
        found = [notice for notice in result["notices"] if notice["kind"] in {"crash", "missing", "timeout"}]
        if any(notice["file"] is None for notice in found):
            raise ToolError(f"leery scan: {found[0]['message']}")
        faults += [f"{notice['file']}: {notice['engine']}: {notice['message']}" for notice in found]
        hits += [_hit_of_scan(folder, finding) for finding in result["findings"] if finding["suppressed"] is None]
    return Answer(tuple(hits), tuple(faults))


def _hit_of_scan(folder: Path, finding: Json) -> Hit:
    place, path = finding["range"], finding["path"]
    return Hit(
        case=finding["file"],
        rule=finding["rule"],
        cwe=frozenset(map(class_of_cwe, finding["cwe"])),
        first=place["start"]["line"],
        last=place["end"]["line"],
        text=_covered((folder / finding["file"]).read_text(encoding="utf-8"), place),
        start=path[0]["range"]["start"]["line"] if path else None,
        confidence=finding["confidence"],
    )


def _covered(text: str, place: Json) -> str:
    lines = text.splitlines(keepends=True)[place["start"]["line"] - 1 : place["end"]["line"]]
    if not lines:
        return ""
    lines[-1] = lines[-1][: place["end"]["column"] - 1]
    lines[0] = lines[0][place["start"]["column"] - 1 :]
    return "".join(lines)


def _hit_of_finding(name: str, text: Text, finding: Finding) -> Hit:
    return Hit(
        case=name,
        rule=finding.rule,
        cwe=frozenset(map(class_of_cwe, finding.cwe)),
        first=text.line_of(finding.range.start) + 1,
        last=text.line_of(finding.range.end) + 1,
        text=text.slice(finding.range.start, finding.range.end),
        start=text.line_of(finding.path[0].range.start) + 1 if finding.path else None,
        confidence=finding.confidence,
    )


def _semgrep(folder: Path, cases: Sequence[Case]) -> Answer:
    by_path = {folder / case.name: case for case in cases if case.language in LANGUAGES}
    hits, faults = [], []
    for path, report in scan_files(list(by_path)).items():
        case = by_path[path]
        faults += [f"{case.name}: {notice.message}" for notice in report.notices]
        hits += [_hit_of_finding(case.name, Text(case.text), finding) for finding in report.findings]
    return Answer(tuple(hits), tuple(faults))


def _bandit(folder: Path, _cases: Sequence[Case]) -> Answer:
    result = _json_of([executable("bandit"), "-q", "-r", "-f", "json", "."], folder, {0, 1})
    hits = [
        Hit(
            case=Path(item["filename"]).as_posix().removeprefix("./"),
            rule=item["test_id"],
            cwe=_classes_of_test(item["test_id"], (item.get("issue_cwe") or {}).get("id")),
            first=item["line_number"],
            last=max(item["line_range"]),
        )
        for item in result["results"]
    ]
    return Answer(tuple(hits), tuple(f"{error['filename']}: {error['reason']}" for error in result["errors"]))


def _ruff(folder: Path, _cases: Sequence[Case]) -> Answer:
    options = ["--select", "S", "--isolated", "--no-cache", "--exit-zero", "--output-format", "json"]
    result = _json_of([executable("ruff"), "check", *options, "."], folder, {0})
    hits = [
        Hit(
            case=Path(item["filename"]).relative_to(folder).as_posix(),
            rule=item["code"],
            cwe=_classes_of_test(item["code"]),
            first=item["location"]["row"],
            last=item["end_location"]["row"],
        )
        for item in result
        if (item["code"] or "").startswith("S")
    ]
    faults = tuple(
        f"{item['filename']}: {item['message']}" for item in result if not (item["code"] or "").startswith("S")
    )
    return Answer(tuple(hits), faults)


def _classes_of_test(test: str, own: int | None = None) -> frozenset[str]:
    """The classes of a bandit test, whose number ruff's S rules share: its own number's and those of the table."""
    numbers = [number for tests, number in _CWE_OF_TESTS.items() if test[1:] in tests.split()]
    return frozenset(class_of_cwe(f"CWE-{number}") for number in [*numbers, *([own] if own else [])])


def _json_of(command: list[str], folder: Path, allowed: set[int]) -> Any:
    with tempfile.TemporaryDirectory(prefix="leery-home-") as home:
        env = private_environment(Path(home))
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=540)
    if done.returncode not in allowed:
        raise ToolError(f"{Path(command[0]).name} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


TOOLS: dict[str, Callable[[Path, Sequence[Case]], Answer]] = {
    "leery": _scan,
    "without dataflow": lambda folder, cases: _scan(folder, cases, ("dataflow",)),
    "dataflow": lambda folder, cases: _scan(folder, cases, ("checks", "bandit", "semgrep")),
    "semgrep": _semgrep,
    "bandit": _bandit,
    "ruff S": _ruff,
}
PYTHON_ONLY = frozenset({"bandit", "ruff S"})


def at_least(answer: Answer, floor: Level) -> list[Hit]:
    """The hits that a tool is that sure of."""
    return [hit for hit in answer.hits if level_at_least(hit.confidence, floor)]
