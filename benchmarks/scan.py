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
    """How many places the separate tools report, and how many of these `leery scan` does not."""
    places: dict[str, set[tuple[str, int]]] = {"bandit": set(), "semgrep": set(), "leery": set()}
    bandit = json.loads((folder / "bandit.json").read_text(encoding="utf-8"))
    for result in bandit["results"]:
        places["bandit"].add((_relative(result["filename"], tree), result["line_number"]))
    semgrep = json.loads((folder / "semgrep.json").read_text(encoding="utf-8"))
    for result in semgrep["results"]:
        places["semgrep"].add((_relative(result["path"], tree), result["start"]["line"]))
    leery = json.loads((folder / "leery.json").read_text(encoding="utf-8"))
    for result in leery["findings"]:
        name, place = _relative(result["file"], tree), result["range"]
        places["leery"] |= {(name, line) for line in range(place["start"]["line"], place["end"]["line"] + 1)}
    return {
        "places": {name: len(found) for name, found in places.items()},
        "missed by leery": len((places["bandit"] | places["semgrep"]) - places["leery"]),
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
        f"{apart / own:.2f} times as fast (n {runs}); places {about['places']}, missed {about['missed by leery']}"
    )
    verdicts = [
        Verdict("leery scan against half of bandit plus semgrep scan", own / 1000, apart / 2000, "s"),
        Verdict("places of bandit and semgrep that leery scan misses", about["missed by leery"], 0, ""),
    ]
    record = {name: values.to_json() for name, values in samples.items()}
    return {**about, **record, "verdicts": [v.to_json() for v in verdicts]}, verdicts
