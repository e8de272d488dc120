"""Every rule's own examples, and what the form of a rule promises."""

from pathlib import Path

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.base import CSHARP, EVERY_TEXT, GO, JAVA, JAVASCRIPT, PYTHON, Check, Valid
from leery_analyzers.checks.discovery import FOLDERS, all_checks, checks_for
from leery_analyzers.checks.document import DocumentChecks
from leery_analyzers.checks.examples import example_language, expected_range, verify
from leery_analyzers.mirror import Mirror
from leery_analyzers.model import Finding
from leery_analyzers.packages.written import INSTALL_LANGUAGES
from leery_analyzers.text import Text, TextRange

CHECKS = all_checks()
EVERYTHING = ChecksAnalyzer()
INVALID = [
    pytest.param(check, example, id=f"{check.id}-{number}")
    for check in CHECKS
    for number, example in enumerate(check.INVALID, 1)
]
VALID = [
    pytest.param(check, example, id=f"{check.id}-{number}")
    for check in CHECKS
    for number, example in enumerate(check.VALID, 1)
]


def findings_by_parts(code: str, language: str) -> list[Finding]:
    """What the checks say of a file's units, and what those of whole documents say of all of them."""
    entries = Mirror(language, Text(code)).entries()
    own = [f for entry in entries for f in EVERYTHING.analyze(entry.unit).shift(entry.start).findings]
    return [*own, *DocumentChecks().report(entries).findings]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_examples_hold(check: Check):
    assert verify(check, EVERYTHING) == []


def test_a_rule_is_a_file_and_its_id_the_files_name():
    files = {
        path.stem.replace("_", "-")
        for folder in FOLDERS
        for place in folder.__path__
        for path in Path(place).glob("*.py")
        if path.name != "__init__.py"
    }
    assert files == {check.id for check in CHECKS}
    assert len(CHECKS) == len(files)


def test_every_check_is_found_by_each_of_its_languages():
    languages = {language for check in CHECKS for language in check.languages} - set(EVERY_TEXT)
    for language in (*languages, "plaintext"):
        assert checks_for(language) == tuple(check for check in CHECKS if check.applies_to(language)), language


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_metadata(check: Check):
    rule = check.rule()
    assert rule.description == check.page
    assert not rule.summary.endswith(".")
    assert all(cwe.startswith("CWE-") for cwe in rule.cwe)
    assert all(owasp.endswith(":2025") for owasp in rule.owasp)
    assert "no-" not in rule.id
    assert rule.languages


@pytest.mark.parametrize(("check", "example"), INVALID)
def test_the_parts_of_a_file_give_what_the_file_gives(check, example):
    language = example.language or example_language(check)
    found = [(f.range, f.message) for f in findings_by_parts(example.code, language) if f.rule == check.id]
    assert found == [(expected_range(example), example.message)]


@pytest.mark.parametrize(("check", "example"), VALID)
def test_the_parts_of_a_sound_file_are_sound(check, example):
    code = example if isinstance(example, str) else example.code
    language = (example.language if isinstance(example, Valid) else "") or example_language(check)
    assert [f for f in findings_by_parts(code, language) if f.rule == check.id] == []


@pytest.mark.parametrize(("check", "example"), INVALID)
def test_line_endings_do_not_matter(check, example):
    language = example.language or example_language(check)
    place = expected_range(example)
    assert place is not None
    for ending in ("\r\n", "\r"):
        code = example.code.replace("\n", ending)
        start = len(example.code[: place.start].replace("\n", ending))
        end = len(example.code[: place.end].replace("\n", ending))
        report = ChecksAnalyzer([check]).analyze(Unit(language, "file", "", 0, 0, code))
        assert [finding.range for finding in report.findings] == [TextRange(start, end)]


def test_every_language_of_a_rule_compiles():
    languages = {language for check in CHECKS for language in check.languages} - set(EVERY_TEXT)
    assert languages == {*PYTHON, *JAVASCRIPT, *JAVA, *CSHARP, *GO, *INSTALL_LANGUAGES}
    for language in languages:
        assert EVERYTHING.analyze(Unit(language, "file", "", 0, 0, "")).notices == ()
