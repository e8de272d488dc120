"""Semgrep is not asked about what no rule can match, and asked whenever that is not sure."""

import sys

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Report
from leery_analyzers.semgrep import OWN_RULES, find_core, load_rules, scan_units
from leery_analyzers.semgrep.batch import prefilter_of
from leery_analyzers.semgrep.binary import Room
from leery_analyzers.semgrep.languages import language_of
from leery_analyzers.semgrep.prefilter import MAX_CHARACTERS, Prefilter
from leery_analyzers.semgrep.slices import slice_of
from leery_analyzers.units import segment

RULE = """
  - id: {id}
    languages: [{language}]
    severity: WARNING
    message: found
"""
RULES = {
    ("words", "python"): "pattern: sink(...).drain()",
    ("anything", "java"): "pattern: $X == $X",
    ("textual", "regex"): "pattern-regex: x{3}",
    ("expression", "go"): (
        "patterns: [{pattern: $F(...)}, {metavariable-regex: {metavariable: $F, regex: ^(Exec|Run)$}}]"
    ),
}
WORDS = ["Some", ["Pred", ["Idents", ["sink", "drain"]]]]


def user_rules(folder, *names):
    wanted = {key: pattern for key, pattern in RULES.items() if key[0] in names}
    texts = [
        RULE.format(id=name, language=language) + f"    {pattern}\n" for (name, language), pattern in wanted.items()
    ]
    (folder / "rules.yaml").write_text("rules:" + "".join(texts), "utf-8")
    return load_rules([folder], own=False)


@pytest.fixture
def room():
    made = Room()
    yield made
    made.remove()


def piece(language, text):
    return slice_of(Unit(language, "file", "", 0, 0, text))


def example_units():
    for path in sorted(OWN_RULES.iterdir()):
        if path.suffix != ".yaml":
            text = path.read_text("utf-8")
            yield from segment(text, language_of(path))
            yield Unit(language_of(path), "file", "", 0, 0, text)


async def test_units_that_are_passed_over_have_no_findings_and_no_notices(room):
    rules = load_rules()
    prefilter = await prefilter_of(find_core(), room, rules)
    units = list({unit.key: unit for unit in example_units() if unit.text.strip()}.values())
    # Unreadable pieces too: semgrep does not even parse what no rule can match.
    units += [Unit(unit.language, "statements", "", 0, 0, unit.text[: len(unit.text) // 2] + "({[") for unit in units]
    passed = [unit for unit in units if not prefilter.may_match(slice_of(unit))]
    assert {unit.language for unit in passed} == {"python", "javascript", "java"}
    assert len(passed) > len(units) / 4
    assert await scan_units(passed, rules) == [Report()] * len(passed)


async def test_conditions_are_those_of_the_rules_for_the_language(tmp_path, room):
    prefilter = await prefilter_of(find_core(), room, user_rules(tmp_path, "words", "anything"))
    assert prefilter.may_match(piece("python", "sink(1).drain()\n"))
    assert not prefilter.may_match(piece("python", "sink(1)\n"))
    assert not prefilter.may_match(piece("go", "package a // sink(1).drain()\n"))
    assert prefilter.may_match(piece("java", "class A {}\n"))


async def test_textual_rules_may_match_everything(tmp_path, room):
    prefilter = await prefilter_of(find_core(), room, user_rules(tmp_path, "words", "textual"))
    assert prefilter.may_match(piece("python", "x\n"))
    assert prefilter.may_match(piece("go", "package a\n"))


async def test_expressions_of_the_users_rules_are_left_to_semgrep(tmp_path, room):
    prefilter = await prefilter_of(find_core(), room, user_rules(tmp_path, "expression"))
    assert prefilter.may_match(piece("go", "package a\n"))


@pytest.mark.parametrize(
    "printed",
    [
        None,
        "None",
        ["Some"],
        ["Some", ["Not", ["Pred", ["Idents", ["sink"]]]]],
        ["Some", ["Pred", ["Idents", "sink"]]],
        ["Some", ["Pred", ["Idents", [1]]]],
        ["Some", ["Pred", ["Regexp", "sink"]]],
        ["Some", ["Or", [["Pred", ["Idents", ["sink"]]], ["Pred", ["New", []]]]]],
        ["Some", {"And": []}],
    ],
)
def test_a_condition_in_an_unknown_form_may_be_met(tmp_path, printed):
    rules = user_rules(tmp_path, "words")
    assert not Prefilter(rules, {"words": WORDS}).may_match(piece("python", "x = 1\n"))
    assert Prefilter(rules, {"words": printed}).may_match(piece("python", "x = 1\n"))


def test_long_texts_are_left_to_semgrep(tmp_path):
    prefilter = Prefilter(user_rules(tmp_path, "words"), {"words": WORDS})
    assert prefilter.may_match(piece("python", "x = 1\n" * MAX_CHARACTERS))


async def test_without_conditions_every_unit_is_asked_about(tmp_path, room):
    if sys.platform == "win32":
        pytest.skip("the stand-in program is a shell script")
    program = tmp_path / "semgrep-core"
    program.write_text("#!/bin/sh\necho unknown\n", "utf-8")
    program.chmod(0o700)
    assert await prefilter_of(program, room, user_rules(tmp_path, "words")) is None


async def test_the_longest_text_that_is_looked_at_is_searched_to_its_end():
    filler = "# a line that says nothing\n" * 36_000
    code = "import requests\nfrom flask import request\n\n\ndef f():\n    return requests.get(request.args['u'])\n"
    units = [Unit("python", "file", "", 0, 0, text) for text in (code + filler, filler + code)]
    reports = await scan_units(units)
    assert [[finding.rule for finding in report.findings] for report in reports] == [
        ["request-address-fetched-python"]
    ] * 2
