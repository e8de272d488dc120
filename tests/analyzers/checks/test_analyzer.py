"""The engine: units, notices, limits, and that one check's failure is nobody else's."""

from dataclasses import replace

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks import analyzer as engine
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.base import EVERY_TEXT, PYTHON, Check, Problem
from leery_analyzers.checks.discovery import all_checks
from leery_analyzers.model import Notice, report_from_json, report_to_json
from leery_analyzers.text import TextRange

EVERYTHING = ChecksAnalyzer()


def unit(text: str, language: str = "python", **more) -> Unit:
    return Unit(language, "file", "", 0, 0, text, **more)


def found(text: str, language: str = "python", **more) -> list[tuple[str, str]]:
    report = EVERYTHING.analyze(unit(text, language, **more))
    assert report.notices == ()
    return [(finding.rule, text[finding.range.start : finding.range.end]) for finding in report.findings]


class Failing(Check):
    """Finds one thing, then fails."""

    id = "failing"
    summary = "Fails"
    severity = "low"
    cwe = ()
    languages = PYTHON
    calls = frozenset({"eval"})

    def match(self, code, found):
        del code
        yield Problem(found["call"], "Found.")
        raise RuntimeError("secret text of the document")


class Repeated(Check):
    """Finds every character."""

    id = "repeated"
    summary = "Repeats"
    severity = "low"
    cwe = ()
    languages = EVERY_TEXT

    def check(self, code):
        for at in range(len(code.unit.text)):
            yield Problem(TextRange(at, at + 1), "Here.")


def test_a_check_that_raises_is_named_and_the_others_go_on():
    report = ChecksAnalyzer([Failing(), *all_checks()]).analyze(unit("eval(größe)\n"))
    assert [(f.rule, f.range) for f in report.findings] == [
        ("failing", TextRange(0, 11)),
        ("code-eval", TextRange(5, 10)),
    ]
    assert report.notices == (Notice("checks", "crash", "the check failing failed: RuntimeError"),)


def test_a_method_in_the_header_of_its_class():
    text = "    def load(self, größe):\n        eval(größe)\n"
    method = Unit("python", "function", "Store.load", 120, 9, text, prefix="class Größe:\n")
    report = EVERYTHING.analyze(method)
    assert [text[f.range.start : f.range.end] for f in report.findings] == ["größe"]
    assert report.findings[0].range.start == text.index("eval(") + 5


def test_what_stands_in_the_wrapping_lines_is_not_reported():
    report = EVERYTHING.analyze(
        Unit("python", "function", "f", 0, 0, "    pass\n", prefix="@go(eval(x))\ndef f():\n", suffix="eval(y)\n")
    )
    assert report.findings == ()


def test_imports_of_the_document_hold_in_the_unit():
    text = "def f(cmd):\n    s(cmd + 'x')\n"
    assert found(text, imports=("from os import system as s",)) == [("shell-command-injection", "cmd + 'x'")]
    assert found(text) == []


def test_broken_code_is_analysed_as_far_as_it_goes():
    assert ("code-eval", "x") in found("def f(:\n    pass\n\neval(x)\n")


def test_a_language_without_checks_is_looked_at_by_character():
    assert found("x = 1 \u202e\n", "cobol") == [("hidden-unicode", "\u202e")]


def test_a_long_unit_is_looked_at_by_character_and_says_so(monkeypatch):
    monkeypatch.setattr(engine, "MAX_CHARACTERS", 40)
    report = EVERYTHING.analyze(unit("eval(x)\n" * 10 + "\u202e"))
    assert [f.rule for f in report.findings] == ["hidden-unicode"]
    assert [notice.kind for notice in report.notices] == ["limit"]


def test_a_syntax_error_of_many_parts_says_so():
    report = EVERYTHING.analyze(unit("[" * 20_000))
    assert [notice.kind for notice in report.notices] == ["limit"]


def test_too_many_findings_say_so():
    report = ChecksAnalyzer([Repeated()]).analyze(unit("x" * 300, "plaintext"))
    assert [f.range for f in report.findings] == [TextRange(at, at + 1) for at in range(engine.MAX_FINDINGS)]
    assert [(notice.kind, notice.range) for notice in report.notices] == [("limit", None)]


def test_a_unit_that_takes_too_long_says_so(monkeypatch):
    monkeypatch.setattr(engine, "MAX_SECONDS", -1.0)
    report = EVERYTHING.analyze(unit("eval(x)\n"))
    assert [notice.kind for notice in report.notices] == ["timeout"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000 + "eval(x)" + ")" * 3000,
        "f(" * 3000 + "random.choice(string.digits)" + ")" * 3000,
        "db.execute('select * from '" + " + x" * 5000 + ")",
        "os.system('" + "{}" * 3000 + "'.format(x))",
        "x = x + x\n" * 500 + "eval(x)",
        "a" + ".b" * 5000 + "()",
        "if x in A:\n  pass\n" * 500,
    ],
)
def test_deep_and_long_code_ends(text):
    for language in ("python", "javascript"):
        report = EVERYTHING.analyze(unit(text, language))
        assert all(notice.kind == "limit" for notice in report.notices)


def test_the_report_survives_json():
    report = EVERYTHING.analyze(unit("import os\n\n\ndef f(name):\n    os.system('ls ' + name)\n"))
    assert report.findings[0].fixes[0].requires_import == ("import subprocess",)
    assert report_from_json(report_to_json(report)) == report


def test_the_version_is_a_digest():
    assert len(EVERYTHING.version) == 16
    assert ChecksAnalyzer([]).version == EVERYTHING.version


def test_where_the_unit_stands_does_not_matter():
    here = unit("eval(x)\n")
    assert EVERYTHING.analyze(replace(here, start=900, line=30)) == EVERYTHING.analyze(here)
