"""Stock bandit, and our analyzer with the line that bandit names beside each finding."""

from __future__ import annotations

import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.bandit import BanditAnalyzer, engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from leery_analyzers.model import Finding

Issue = tuple[str, int, str, str]
"""Test, line from 1, severity, confidence."""


@pytest.fixture(scope="session")
def analyzer() -> BanditAnalyzer:
    return BanditAnalyzer()


@pytest.fixture
def stock(tmp_path) -> Callable[[str], Counter[Issue]]:
    """What bandit's own manager says about a file."""
    from bandit.core import config, manager  # noqa: PLC0415 - the analyzer loads it first, its own way

    file = tmp_path / "package" / "module.py"
    file.parent.mkdir()

    def run(source: str) -> Counter[Issue]:
        file.write_bytes(source.encode())
        one = manager.BanditManager(config.BanditConfig(), "file")
        one.files_list = [str(file)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the parser, about the text
            one.run_tests()
        assert not one.skipped
        return Counter((i.test_id, i.lineno, i.severity.lower(), i.confidence.lower()) for i in one.results)

    return run


@pytest.fixture
def examine(analyzer, monkeypatch) -> Callable[[Unit], list[tuple[Finding, int]]]:
    """Our findings in a unit, each with the line (from 1, in the document) where bandit sees it."""
    outcomes: list[engine.Outcome] = []
    run = engine.run

    def spy(*args: Any, **options: Any) -> engine.Outcome:
        outcomes.append(run(*args, **options))
        return outcomes[-1]

    def examined(unit: Unit) -> list[tuple[Finding, int]]:
        report = analyzer.analyze(unit)
        assert report.notices == ()
        wrapped = unit.prefix.count("\n")
        lines = [hit.issue.lineno - wrapped for hit in outcomes.pop().hits]
        own = [unit.line + line for line in lines if line >= 1]
        return list(zip(report.findings, own, strict=True))

    monkeypatch.setattr(engine, "run", spy)
    return examined


@pytest.fixture
def issues(examine) -> Callable[[Unit], Counter[Issue]]:
    """Our findings in the form of `stock`; that bandit's line lies within each finding's place is checked."""

    def found(unit: Unit) -> Counter[Issue]:
        counted: Counter[Issue] = Counter()
        for finding, line in examine(unit):
            first = unit.line + unit.text.count("\n", 0, finding.range.start) + 1
            last = unit.line + unit.text.count("\n", 0, finding.range.end) + 1
            assert first <= line <= last, (finding, line)
            assert finding.range.start < finding.range.end <= len(unit.text)
            counted[finding.rule, line, finding.severity, finding.confidence] += 1
        return counted

    return found


@pytest.fixture(scope="session")
def whole() -> Callable[[str], Unit]:
    return lambda source: Unit("python", "file", "", 0, 0, source)
