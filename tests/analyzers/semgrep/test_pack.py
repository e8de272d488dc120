"""The rules shipped with Leery do on their own examples what the annotations there say, as a whole and in slices."""

import re

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.cwe import owasp_of
from leery_analyzers.semgrep import OWN_RULES, load_rules, scan_units
from leery_analyzers.semgrep.languages import language_of
from leery_analyzers.units import segment

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.portable]

RULES = sorted(path.stem for path in OWN_RULES.glob("*.yaml"))


def example(rule):
    (path,) = (path for path in OWN_RULES.glob(rule + ".*") if path.suffix != ".yaml")
    return path


def whole(rule):
    path = example(rule)
    return Unit(language_of(path), "file", "", 0, 0, path.read_text("utf-8"))


def annotated(text, kind, rule):
    """The lines (from 1) after an annotation."""
    lines = text.split("\n")
    return [number + 2 for number, line in enumerate(lines) if re.fullmatch(rf"\s*(#|//) {kind}: {rule}", line)]


def lines_of(text, findings, rule):
    return sorted({text.count("\n", 0, finding.range.start) + 1 for finding in findings if finding.rule == rule})


def places(report):
    return {(finding.rule, finding.range) for finding in report.findings}


@pytest.mark.parametrize("rule", RULES)
async def test_rule_finds_the_annotated_lines_and_no_other(pack_engine, rule):
    unit = whole(rule)
    wrong, right = annotated(unit.text, "ruleid", rule), annotated(unit.text, "ok", rule)
    assert len(wrong) >= 3
    assert len(right) >= 3
    (report,) = await pack_engine.analyze([unit])
    assert report.notices == ()
    assert lines_of(unit.text, report.findings, rule) == wrong


@pytest.mark.parametrize("rule", RULES)
async def test_slices_give_what_the_whole_file_gives(pack_engine, rule):
    unit = whole(rule)
    units = segment(unit.text, unit.language)
    assert len(units) > 5 or unit.language == "c"  # no scanner: a file is one unit
    (report,) = await pack_engine.analyze([unit])
    found = set()
    for piece, part in zip(units, await pack_engine.analyze(units), strict=True):
        assert part.notices == ()
        found |= places(part.shift(piece.start))
    assert found == places(report)


async def test_direct_calls_report_the_same_as_the_resident_process(pack_engine):
    units = [whole(rule) for rule in RULES]
    assert await scan_units(units, jobs=2) == await pack_engine.analyze(units)


async def test_javascript_rules_hold_for_typescript(pack_engine):
    text = whole("string-built-sql-javascript").text.replace("(name)", "(name: string): Promise<unknown>")
    (report,) = await pack_engine.analyze([Unit("typescript", "file", "", 0, 0, text)])
    assert report.notices == ()
    rule = "string-built-sql-javascript"
    assert lines_of(text, report.findings, rule) == annotated(text, "ruleid", rule)


@pytest.mark.parametrize("rule", RULES)
async def test_rule_is_complete(rule):
    (found,) = (item for item in load_rules().rules() if item.id == rule)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule)
    assert found.summary
    assert not found.summary.endswith(".")
    assert len(found.description) > 80
    assert found.cwe
    assert found.owasp
    assert set(owasp_of(found.cwe)) <= set(found.owasp)
    assert found.references
    assert all(address.startswith("https://") for address in found.references)
    assert found.languages
    assert not example(rule).read_text("utf-8").isascii()


async def test_the_pack_covers_what_no_other_engine_does():
    assert load_rules().notices == ()
    covered = {language for rule in load_rules().rules() for language in rule.languages}
    assert covered >= {"python", "javascript", "typescript", "java", "c"}
    assert len(RULES) >= 15
