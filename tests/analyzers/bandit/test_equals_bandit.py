"""The analyzer against stock bandit over the standard library, as whole files and unit by unit.

A deterministic part of the library; all of it with LEERY_FULL=1.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import tokenize
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from leery_analyzers.bandit import BanditAnalyzer, engine
from leery_analyzers.bandit.hints import HINTS
from leery_analyzers.units import segment

_LIBRARY = Path(sysconfig.get_path("stdlib"))
_FOREIGN = {"site-packages", "dist-packages"}
_PART = 1 if os.environ.get("LEERY_FULL") == "1" else 20
pytestmark = pytest.mark.timeout(3600 if _PART == 1 else 300)


def _in_part(path: Path) -> bool:
    name = path.relative_to(_LIBRARY).as_posix()
    return not _FOREIGN & set(path.parts) and int(hashlib.sha256(name.encode()).hexdigest(), 16) % _PART == 0


def _decoded(path: Path) -> str | None:
    """The text of a file, or None when not even Python can decode it."""
    try:
        with tokenize.open(path) as file:
            return path.read_bytes().decode(file.encoding)
    except (SyntaxError, UnicodeDecodeError):
        return None


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """By path: the text and what one run of bandit's command line says; files that bandit skips are left out."""
    folder = tmp_path_factory.mktemp("stock")
    paths = [path for path in sorted(_LIBRARY.rglob("*.py")) if _in_part(path)]
    command = [sys.executable, "-I", "-m", "bandit", "-q", "-f", "json", "-o", str(folder / "out.json")]
    by_path = defaultdict(Counter)
    skipped = set()
    for start in range(0, len(paths), 200):
        batch = [str(path) for path in paths[start : start + 200]]
        subprocess.run([*command, *batch], cwd=folder, check=False, capture_output=True)
        data = json.loads((folder / "out.json").read_text(encoding="utf-8"))
        skipped |= {error["filename"] for error in data["errors"]}
        for result in data["results"]:
            grade, sure = result["issue_severity"].lower(), result["issue_confidence"].lower()
            by_path[result["filename"]][result["test_id"], result["line_number"], grade, sure] += 1
    return {path: (_decoded(path), by_path[str(path)]) for path in paths if str(path) not in skipped}


def test_the_part_is_worth_comparing(library):
    tests = {issue[0] for _, expected in library.values() for issue in expected}

    assert len(library) >= 40
    assert {"B101", "B110", "B404", "B603"} <= tests


def test_whole_files_give_what_bandit_gives(library, issues, whole):
    for path, (text, expected) in library.items():
        assert issues(whole(text)) == expected, path


def test_units_give_what_bandit_gives(library, issues):
    for path, (text, expected) in library.items():
        found = Counter()
        for unit in segment(text, "python"):
            found += issues(unit)
        assert found == expected, path


def test_tests_that_are_not_run_had_only_hints_to_give(library, analyzer, whole):
    quiet = BanditAnalyzer(hints=False)
    for path, (text, _) in library.items():
        kept = [finding for finding in analyzer.analyze(whole(text)).findings if finding.rule not in HINTS]
        found = quiet.analyze(whole(text)).findings
        assert [(f.rule, f.range) for f in found] == [(f.rule, f.range) for f in kept], path


def test_a_test_that_gives_hints_only_is_not_run():
    calls = {test._test_id for test in engine._selected(HINTS).get_tests("Call")}
    assert {"B602", "B605"} <= calls
    assert calls.isdisjoint(HINTS)
    assert "pickle.loads" in engine._selected(HINTS).listed
    assert "random.random" not in engine._selected(HINTS).listed
