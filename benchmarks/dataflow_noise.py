"""What dataflow says of code that is good: the standard library of the Python at hand, or any folders, without tests.

Run with ``python -m benchmarks.dataflow_noise [FOLDER…] [--show LEVEL]``. Prints findings for each 1,000 lines by
confidence and by rule, notices, and the time that a unit takes. Nothing is asserted: a person reads it.
"""

from __future__ import annotations

import argparse
import sysconfig
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Samples, console

from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.units import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OUT = {
    "test",
    "tests",
    "idlelib",
    "lib2to3",
    "site-packages",
    "dist-packages",
    "turtledemo",
    "__pycache__",
    "dist",
    "umd",
}
_LANGUAGES = {
    ".py": "python",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascriptreact",
    ".ts": "typescript",
    ".tsx": "typescriptreact",
    ".java": "java",
}


def files(roots: list[Path]) -> Iterator[Path]:
    """The files under folders in languages that are followed; tests and what was made by a tool are left out."""
    for root in roots:
        for path in sorted(root.rglob("*")):
            inside = not _LEFT_OUT & set(path.relative_to(root).parts[:-1])
            if inside and path.suffix in _LANGUAGES and ".min." not in path.name and path.is_file():
                yield path


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path(sysconfig.get_path("stdlib"))])
    parser.add_argument("--show", choices=["low", "medium", "high"], default="")
    options = parser.parse_args()
    engine = DataflowAnalyzer()
    levels: Counter[str] = Counter()
    rules: Counter[tuple[str, str]] = Counter()
    notices: Counter[str] = Counter()
    taken = Samples()
    lines = 0
    for path in files(options.folders):
        text = path.read_text(encoding="utf-8", errors="replace")
        lines += text.count("\n")
        for unit in segment(text, _LANGUAGES[path.suffix]):
            before = time.perf_counter()
            report = engine.analyze(unit)
            taken.add((time.perf_counter() - before) * 1000)
            notices.update(f"{notice.kind}: {notice.message}" for notice in report.notices)
            for finding in report.findings:
                levels[finding.confidence] += 1
                rules[finding.confidence, finding.rule] += 1
                if finding.confidence == options.show:
                    line = unit.line + unit.text[: finding.range.start].count("\n") + 1
                    console.print(
                        f"{path}:{line} {finding.rule}: {unit.text[finding.range.start : finding.range.end]!r}"
                    )
    thousand = max(lines, 1) / 1000
    console.print(f"{lines} lines, unit p50 {taken.p50:.2f} ms, p95 {taken.p95:.2f} ms, p99 {taken.p99:.2f} ms")
    for level in ("high", "medium", "low"):
        console.print(f"{level}: {levels[level]} findings, {levels[level] / thousand:.3f} for each 1,000 lines")
    for (level, rule), count in sorted(rules.items()):
        console.print(f"  {level} {rule}: {count}")
    for message, count in notices.items():
        console.print(f"notice: {message}: {count}")


if __name__ == "__main__":
    main()
