"""`leery scan` over a generated tree against `bandit` plus `semgrep scan` with the same rules, wall clock."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_tree
from benchmarks.measure import Samples, Verdict, console, figure
from benchmarks.servers import executable
from tests.e2e.wire import private_environment

from leery_analyzers.bandit.hints import HINTS

Json = dict[str, Any]

_QUIET = ("--metrics", "off", "--disable-version-check", "--quiet")


def _commands(tree: Path, out: Path, rules: Path) -> dict[str, list[str]]:
    return {
        "leery scan": [
            *(sys.executable, "-I", "-m", "leery", "scan"),
            *("--format", "json", "--output", str(out / "leery.json"), str(tree)),
        ],
        "bandit -r": [executable("bandit"), "-q", "-r", "-f", "json", "-o", str(out / "bandit.json"), str(tree)],
        "semgrep scan": [
            *(executable("semgrep"), "scan", *_QUIET, "--config", str(rules)),
            *("--json", "--output", str(out / "semgrep.json"), str(tree)),
        ],
    }


def measure(files: int, runs: int, rules: Path) -> tuple[dict[str, Samples], Json]:
    """Milliseconds of every tool, in turn, each time with empty caches; and what they found."""
    with tempfile.TemporaryDirectory(prefix="leery-bench-") as scratch:
        folder = Path(scratch).resolve()
        tree = folder / "tree"
        lines = write_tree(tree, files)
        samples: dict[str, Samples] = {}
        for number in range(runs):
            for name, command in _commands(tree, folder, rules).items():
                env = private_environment(folder / f"home-{number}-{name.partition(' ')[0]}")
                started = time.perf_counter()
                done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
                took = (time.perf_counter() - started) * 1000
                if done.returncode not in {0, 1}:
                    raise RuntimeError(
                        f"{name} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
                    )
                samples.setdefault(name, Samples()).add(took)
        return samples, {"files": files, "lines": lines, **_agreement(folder, tree)}


def _agreement(folder: Path, tree: Path) -> Json:
    """How many places the separate tools report, and what has become of those that `leery scan` does not show.

    A place is refuted where dataflow says why it does no harm; it is a hint where bandit says nothing but what counts
    for nothing alone (`HINTS`), because a check of Leery's own looks at it more closely.
    """
    bandit: dict[tuple[str, int], set[str]] = {}
    for result in json.loads((folder / "bandit.json").read_text(encoding="utf-8"))["results"]:
        place = _relative(result["filename"], tree), result["line_number"]
        bandit.setdefault(place, set()).add(result["test_id"])
    found = json.loads((folder / "semgrep.json").read_text(encoding="utf-8"))["results"]
    semgrep = {(_relative(result["path"], tree), result["start"]["line"]) for result in found}
    leery = json.loads((folder / "leery.json").read_text(encoding="utf-8"))
    shown, refuted = (_lines(leery[name], tree) for name in ("findings", "refuted"))
    hidden = (bandit.keys() | semgrep) - shown
    hints = {place for place, numbers in bandit.items() if numbers <= HINTS} - semgrep
    return {
        "places": {"bandit": len(bandit), "semgrep": len(semgrep), "leery": len(shown)},
        "hidden by leery": {
            "hints": len(hidden & hints),
            "refuted": len((hidden - hints) & refuted),
            "unexplained": len(hidden - hints - refuted),
        },
    }


def _lines(results: list[Json], tree: Path) -> set[tuple[str, int]]:
    """Every line that some of Leery's results speak of."""
    return {
        (_relative(result["file"], tree), line)
        for result in results
        for line in range(result["range"]["start"]["line"], result["range"]["end"]["line"] + 1)
    }


def _relative(path: str, tree: Path) -> str:
    found = Path(path)
    return (found if found.is_absolute() else tree.parent / found).resolve().relative_to(tree).as_posix()


def run(files: int, runs: int, rules: Path) -> tuple[Json, list[Verdict]]:
    """Measure, print, and give back the record and the verdicts."""
    with console.status(f"scan of {files:,} files"):
        samples, about = measure(files, runs, rules)
    apart = samples["bandit -r"].p50 + samples["semgrep scan"].p50
    own = samples["leery scan"].p50
    console.print(
        f"scan of {files:,} files, {sum(about['lines'].values()):,} lines, s: leery {figure(own / 1000)}, "
        f"bandit {figure(samples['bandit -r'].p50 / 1000)} + semgrep {figure(samples['semgrep scan'].p50 / 1000)}: "
        f"{apart / own:.2f} times as fast (n {runs}); places {about['places']}, hidden {about['hidden by leery']}"
    )
    verdicts = [
        Verdict("leery scan against half of bandit plus semgrep scan", own / 1000, apart / 2000, "s"),
        Verdict("places hidden without a reason", about["hidden by leery"]["unexplained"], 0, ""),
    ]
    record = {name: values.to_json() for name, values in samples.items()}
    return {**about, **record, "verdicts": [v.to_json() for v in verdicts]}, verdicts
