"""Nothing outlives what it is about: places in containers, patterns, quotes, flags, tests of variables."""

import pytest
from tests.analyzers.dataflow import flows, outlived

pytestmark = pytest.mark.portable


def found(language, body, beside=""):
    code = outlived.program(language, body, beside)
    return [finding.rule for finding in flows.document(code, language=language) if finding.confidence != "low"]


@pytest.mark.parametrize("holds", [False, True])
@pytest.mark.parametrize(("language", "name", "goes"), outlived.PATTERNS)
def test_a_pattern_that_lets_more_pass_than_it_seems(language, name, goes, holds):
    pattern = outlived.PATTERNS[language, name, goes][holds]
    pattern = pattern.replace("\\", "\\\\") if language == "java" else pattern
    body = outlived.PASSED[language, goes].replace("{}", pattern)
    assert bool(found(language, body)) is not holds


@pytest.mark.parametrize("holds", [False, True])
@pytest.mark.parametrize("name", outlived.FLAGS)
def test_flags_of_a_pattern(name, holds):
    body, *flags = outlived.FLAGS[name]
    assert bool(found(name.partition(",")[0], body.replace("{}", flags[holds]))) is not holds


@pytest.mark.parametrize("holds", [False, True])
@pytest.mark.parametrize(("language", "name"), outlived.BODIES)
def test_one_of_a_pair(language, name, holds):
    assert bool(found(language, outlived.BODIES[language, name][holds])) is not holds


@pytest.mark.parametrize("holds", [False, True])
@pytest.mark.parametrize(("language", "name"), outlived.BESIDE)
def test_one_of_a_pair_with_a_function(language, name, holds):
    beside, *bodies = outlived.BESIDE[language, name]
    assert bool(found(language, bodies[holds], beside)) is not holds
