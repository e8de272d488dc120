"""Nothing outlives what it is about: places in containers, patterns, quotes, flags, tests of variables."""

import pytest
from tests.analyzers.dataflow import flows, outlived

pytestmark = pytest.mark.portable

MODULE = "import os, sys\nq = sys.argv[1]\n"


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


@pytest.mark.parametrize("tables", [outlived.FLAGS_OF_TESTS, outlived.LISTS], ids=["test", "list"])
def test_what_a_variable_holds_of_a_test_until_something_changes(tables):
    for name, ((before, after), rows) in tables.items():
        for between, holds in rows.items():
            body = "\n".join(part for part in (before, between, after) if part)
            assert bool(found(name.partition(",")[0], body)) is not holds, (name, between)


def test_statements_of_a_module_take_out_of_a_list_as_well():
    code = MODULE + "errors = []\nif q not in ('a', 'ä'): errors.append(1)\n{}if not errors: os.system(q)\n"
    found = [flows.findings(code.format(between), "shell-command-injection") for between in ("", "errors.pop()\n")]
    assert [bool(one) for one in found] == [False, True]


@pytest.mark.parametrize("holds", [False, True])
def test_a_module_whose_flag_is_set_on_one_path(holds):
    code = f"{MODULE}ok = {not holds}\nif sys.argv[2]: ok = q in ('a', 'ä')\nif ok: os.system(q)\n"
    assert bool(flows.findings(code, "shell-command-injection")) is not holds
