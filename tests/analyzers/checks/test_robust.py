"""Any text: no crash, the same report twice, everything within the unit, fixes that apply."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.discovery import all_checks
from leery_analyzers.checks.examples import apply_fix
from leery_analyzers.model import report_from_json, report_to_json
from leery_analyzers.text import TextRange

pytestmark = pytest.mark.portable

ENGINE = ChecksAnalyzer()
LANGUAGES = (
    "python",
    "javascript",
    "javascriptreact",
    "typescript",
    "typescriptreact",
    "java",
    "csharp",
    "go",
    "plaintext",
)
SAMPLES = [
    example if isinstance(example, str) else example.code
    for check in all_checks()
    for example in (*check.INVALID, *check.VALID)
]
PIECES = st.one_of(
    st.text(max_size=8),
    st.text(st.characters(), max_size=4),
    st.sampled_from(
        ["(", ")", "[", "{", "}", '"', "'", "`", "${", "f'", "\\", "\r", "\r\n", "\u202e", "\ud800", "%s", "é"]
    ),
)


@st.composite
def mutated(draw) -> str:
    """An example with some pieces replaced, removed, doubled or put in."""
    text = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.one_of(PIECES, st.just(text[start:end] * 2))) + text[end:]
    return text


def check(unit: Unit) -> None:
    report = ENGINE.analyze(unit)
    assert [notice for notice in report.notices if notice.kind == "crash"] == []
    assert ENGINE.analyze(unit) == report
    assert report_from_json(report_to_json(report)) == report
    whole = TextRange(0, len(unit.text))
    for finding in report.findings:
        assert whole.contains(finding.range)
        assert all(whole.contains(step.range) for step in finding.path)
        for fix in finding.fixes:
            apply_fix(unit.text, unit.language, fix)


@settings(max_examples=150)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_random_text(text, language):
    check(Unit(language, "file", "", 0, 0, text))


@settings(max_examples=400)
@given(mutated(), st.sampled_from(LANGUAGES), st.sampled_from(["", "class Größe:\n", "class A {\n"]))
def test_mutated_examples(text, language, prefix):
    check(Unit(language, "function", "f", 0, 0, text, prefix=prefix, suffix="}\n", imports=("import os as größe",)))


@settings(max_examples=100)
@given(st.lists(st.sampled_from(SAMPLES), min_size=2, max_size=5), st.sampled_from(LANGUAGES))
def test_examples_together(samples, language):
    check(Unit(language, "file", "", 0, 0, "\n".join(samples)))
