"""The counting, on cases whose answer is known, and the tools, on a small folder."""

import pytest
from benchmarks.accuracy_cases import Case, Kind
from benchmarks.accuracy_count import Count, by_class, judge, means
from benchmarks.accuracy_known import accept, load
from benchmarks.accuracy_tools import TOOLS, Answer, Hit, at_least, run

EVAL = Kind("code-injection", "CWE-94", frozenset({"CWE-94", "CWE-470"}), 0)
SQL = Kind("sql-injection", "CWE-89", frozenset({"CWE-89"}), 0)

BAD_EVAL = """\
import sys


def first():
    expression = sys.argv[1]  # source
    return eval(expression)  # expect: CWE-94 @ expression


def last():
    return 0
"""
GOOD_EVAL = "def total(values):\n    return sum(values)\n"


def case(name, kind, text):
    return Case(f"python/{kind.name}/{name}.py", kind, text)


BAD = case("bad_one", EVAL, BAD_EVAL)
GOOD = case("good_one", EVAL, GOOD_EVAL)


def hit(of, first, *cwe, last=None, **more):
    return Hit(of.name, "rule", frozenset(cwe or {"CWE-94"}), first, last or first, **more)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ([hit(BAD, 6)], True),
        ([hit(BAD, 5)], True),  # the statement before
        ([hit(BAD, 9)], True),  # the statement after it, past blank lines
        ([hit(BAD, 4)], False),
        ([hit(BAD, 10)], False),
        ([hit(BAD, 1, last=10)], True),
        ([hit(BAD, 6, "CWE-89")], False),
        ([hit(BAD, 6, "CWE-470")], True),  # counts as the folder's class
        ([hit(BAD, 6, "CWE-89", "CWE-94")], True),
        ([], False),
    ],
)
def test_a_vulnerable_case_needs_its_class_at_its_place(found, right):
    (verdict,) = judge([BAD], found)
    assert verdict.right is right
    assert verdict.count == Count(found=int(right), vulnerable=1)


def test_the_right_class_elsewhere_is_told_but_does_not_count():
    (verdict,) = judge([BAD], [hit(BAD, 1)])
    assert (verdict.right, verdict.hits, [near.first for near in verdict.elsewhere]) == (False, (), [1])


@pytest.mark.parametrize(
    ("found", "alarms"),
    [([], 0), ([hit(GOOD, 1)], 1), ([hit(GOOD, 2), hit(GOOD, 1)], 1), ([hit(GOOD, 2, "CWE-89")], 0)],
)
def test_a_secure_case_counts_once_whatever_is_said_of_its_class(found, alarms):
    (verdict,) = judge([GOOD], found)
    assert verdict.count == Count(alarms=alarms, secure=1)


@pytest.mark.parametrize(
    ("text", "start", "exact"),
    [("expression", 5, 1), ("expression", 4, 0), ("expression", None, 0), ("eval(expression)", 5, 0)],
)
def test_an_exact_place_is_its_text_and_the_start_of_its_path(text, start, exact):
    (verdict,) = judge([BAD], [hit(BAD, 6, text=text, start=start)])
    assert (verdict.right, verdict.exact, verdict.promised) == (True, exact, 1)


def test_a_language_is_the_mean_over_its_classes():
    sql = [case(f"bad_{n}", SQL, f"run({n})  # expect: CWE-89\n") for n in range(3)]
    safe = case("good_1", SQL, "run(0)\n")
    found = [hit(BAD, 6), hit(sql[0], 1, "CWE-89"), hit(safe, 1, "CWE-89")]
    counts = by_class(judge([BAD, GOOD, *sql, safe], found))
    assert counts == {("python", "code-injection"): Count(1, 1, 0, 1), ("python", "sql-injection"): Count(1, 3, 1, 1)}
    mean = means(counts)["python"]
    assert mean.recall == pytest.approx((1 + 1 / 3) / 2)
    assert mean.false_rate == pytest.approx(0.5)
    assert mean.balanced == pytest.approx(100 / 6)


def test_the_tools_see_the_cases_as_they_are():
    answers = run(list(TOOLS), [BAD, GOOD])
    assert set(answers) == {"leery", "without dataflow", "dataflow", "semgrep", "bandit", "ruff S"}
    assert {tool: answer.faults for tool, answer in answers.items() if answer.faults} == {}
    lines = {
        tool: {(hit.first, cwe) for hit in answer.hits if hit.case == BAD.name for cwe in hit.cwe}
        for tool, answer in answers.items()
    }
    for tool in ("leery", "dataflow"):
        assert (6, "CWE-94") in lines[tool]
        (verdict, _) = judge([BAD, GOOD], answers[tool].hits)
        assert (verdict.right, verdict.exact) == (True, 1)
    assert lines["bandit"] == {(6, "CWE-78"), (6, "CWE-94")}  # its own class, and the one of the table
    assert lines["ruff S"] == {(6, "CWE-94")}
    assert all(hit.case != GOOD.name for answer in answers.values() for hit in answer.hits)


def test_a_floor_leaves_out_what_a_tool_is_not_sure_of():
    levels = ("low", "medium", "high")
    answer = Answer(tuple(hit(BAD, line, confidence=level) for line, level in enumerate(levels, start=1)))
    assert [[kept.confidence for kept in at_least(answer, floor)] for floor in levels] == [
        ["low", "medium", "high"],
        ["medium", "high"],
        ["high"],
    ]


def test_accepting_keeps_the_reasons_that_were_given(tmp_path):
    path = tmp_path / "known.toml"
    harmless = case("bad_two", EVAL, "def nothing():\n    return 1  # expect: CWE-94\n")
    path.write_text('[missed]\n"python/gone.py" = "was here"\n', encoding="utf-8")
    assert accept([BAD, harmless], path) == {"missed": {harmless.name}, "false": set()}
    assert load(path) == {"missed": {harmless.name: ""}, "false": {}}
    path.write_text(path.read_text(encoding="utf-8").replace('""', '"nothing to find"'), encoding="utf-8")
    assert accept([BAD, harmless], path) == {"missed": set(), "false": set()}
    assert load(path)["missed"] == {harmless.name: "nothing to find"}
