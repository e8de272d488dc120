"""One way to ask every engine, and what it is held to."""

import subprocess
import sys

import pytest

from leery_analyzers import registry
from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Finding, Fix, Notice, Report, Rule, Step
from leery_analyzers.text import TextEdit, TextRange

UNIT = Unit("python", "statements", "", 0, 0, "import os\nos.system(größe + 'x')\n")


def finding(start: int, end: int, **more) -> Finding:
    return Finding("x", TextRange(start, end), "X.", "low", "low", (), ("odd",), **more)


class Odd:
    name = "odd"
    version = "1"
    languages = frozenset({"python"})

    def __init__(self, report: Report | Exception) -> None:
        self.report = report

    def rules(self) -> tuple[Rule, ...]:
        return ()

    def analyze(self, unit: Unit) -> Report:
        del unit
        if isinstance(self.report, Exception):
            raise self.report
        return self.report


@pytest.fixture
def odd(monkeypatch):
    def use(report):
        monkeypatch.setattr(registry, "_BUILDERS", {"odd": lambda: Odd(report)})
        registry.analyzer.cache_clear()

    yield use
    registry.analyzer.cache_clear()


def test_engines_in_order():
    report = registry.analyze(UNIT, ("checks", "bandit"))
    assert [(f.engines, UNIT.text[f.range.start : f.range.end]) for f in report.findings] == [
        (("checks",), "größe + 'x'"),
        (("bandit",), "os.system(größe + 'x')"),
    ]
    assert report.notices == ()
    assert [engine.name for engine in registry.instant_analyzers()] == ["checks"]
    assert registry.bandit_analyzer().name == "bandit"


def test_an_engine_says_nothing_about_a_language_it_does_not_know():
    assert registry.analyze(Unit("javascript", "file", "", 0, 0, "x"), ("bandit",)) == Report()


def test_an_unknown_engine_is_a_notice():
    assert registry.analyze(UNIT, ("nobody",)) == Report(
        notices=(Notice("nobody", "missing", "there is no engine named nobody"),)
    )


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ImportError("no module"), "missing", "odd cannot be loaded: no module"),
        (RuntimeError("text of the document"), "crash", "odd failed: RuntimeError"),
        (RecursionError(), "crash", "odd failed: RecursionError"),
    ],
)
def test_an_engine_that_raises_is_a_notice(odd, error, kind, message):
    odd(error)
    assert registry.analyze(UNIT, ("odd",)) == Report(notices=(Notice("odd", kind, message),))


def test_what_lies_outside_of_the_unit_is_dropped(odd):
    end = len(UNIT.text)
    inside = finding(
        0,
        end,
        path=(Step(TextRange(-3, 1), "out"), Step(TextRange(1, 2), "in")),
        fixes=(Fix("Out", "safe", (TextEdit(0, end + 1, ""),)), Fix("In", "safe", (TextEdit(end, end, "x"),))),
    )
    notice = Notice("odd", "parse", "Far.", TextRange(end, end + 5))
    odd(Report((finding(-1, 2), inside, finding(end, end + 1)), (notice,)))
    report = registry.analyze(UNIT, ("odd",))
    assert [(f.range, f.path, [fix.title for fix in f.fixes]) for f in report.findings] == [
        (TextRange(0, end), (Step(TextRange(1, 2), "in"),), ["In"])
    ]
    assert report.notices == (Notice("odd", "parse", "Far."),)


def test_every_rule_by_its_id():
    rules = registry.all_rules()
    assert rules["sql-string-building"].engine == "checks"
    assert rules["B608"].engine == "bandit"
    assert {rule.engine for rule in rules.values()} >= {"checks", "bandit"}
    assert all(name == rule.id for name, rule in rules.items())


def test_importing_the_registry_loads_no_engine():
    heavy = "('bandit', 'tree_sitter', 'yaml')"
    code = f"import sys, leery_analyzers.registry; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
