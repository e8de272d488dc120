from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leery_analyzers.merge import class_of, merge
from leery_analyzers.model import Finding, Fix, Step
from leery_analyzers.text import Text, TextEdit, TextRange

pytestmark = pytest.mark.portable

_SOURCE = """\
import os

def load(name, db):
    db.execute("SELECT a FROM b WHERE c = " + name)
    os.system("cat " + name); os.system("rm " + name)
    db.execute(
        "DELETE FROM b WHERE c = " + name,
    )
    login = {"user": "a", "password": "hunter2", "token": "abc"}
"""
_TEXT = Text(_SOURCE)


def at(part: str, nth: int = 0, source: str = _SOURCE) -> TextRange:
    start = -1
    for _ in range(nth + 1):
        start = source.index(part, start + 1)
    return TextRange(start, start + len(part))


def found(engine: str, place: TextRange, cwe: str = "CWE-89", **more) -> Finding:
    values = {"rule": f"{engine}-rule", "message": f"{engine} says so", "severity": "medium", "confidence": "medium"}
    return Finding(**{**values, "range": place, "cwe": (cwe,), "engines": (engine,), **more})


def shown(findings, source: str = _SOURCE) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.rule, source[f.range.start : f.range.end], f.engines) for f in findings]


# What is one


def test_overlapping_findings_of_one_class_are_one():
    literal, call = at('"SELECT a FROM b WHERE c = "'), at('db.execute("SELECT a FROM b WHERE c = " + name)')

    merged = merge([found("bandit", literal), found("semgrep", call), found("checks", call)], _TEXT)

    assert shown(merged) == [
        ("checks-rule", 'db.execute("SELECT a FROM b WHERE c = " + name)', ("bandit", "checks", "semgrep"))
    ]


def test_two_calls_on_one_line_stay_two():
    calls = [at('os.system("cat " + name)'), at('os.system("rm " + name)')]

    merged = merge([found("bandit", c, "CWE-78") for c in calls] + [found("checks", c, "CWE-77") for c in calls], _TEXT)

    assert shown(merged) == [
        ("checks-rule", 'os.system("cat " + name)', ("bandit", "checks")),
        ("checks-rule", 'os.system("rm " + name)', ("bandit", "checks")),
    ]
    assert merged[0].fingerprint != merged[1].fingerprint


def test_an_imprecise_cover_supports_both_and_is_none_of_its_own():
    line = at('os.system("cat " + name); os.system("rm " + name)')
    calls = [at('os.system("cat " + name)'), at('os.system("rm " + name)')]

    merged = merge(
        [found("bandit", line, "CWE-78", severity="high"), *(found("checks", c, "CWE-78") for c in calls)], _TEXT
    )

    assert shown(merged) == [
        ("checks-rule", 'os.system("cat " + name)', ("bandit", "checks")),
        ("checks-rule", 'os.system("rm " + name)', ("bandit", "checks")),
    ]
    assert [finding.severity for finding in merged] == ["high", "high"]


def test_a_precise_cover_takes_the_imprecise_in():
    line = at('os.system("cat " + name); os.system("rm " + name)')
    calls = [at('os.system("cat " + name)'), at('os.system("rm " + name)')]

    merged = merge([found("dataflow", line, "CWE-78"), *(found("bandit", c, "CWE-78") for c in calls)], _TEXT)

    assert shown(merged) == [
        ("dataflow-rule", 'os.system("cat " + name); os.system("rm " + name)', ("bandit", "dataflow"))
    ]


def test_neighbours_on_a_line_are_one_unless_one_engine_tells_them_apart():
    keys, values = [at('"password"'), at('"token"')], [at('"hunter2"'), at('"abc"')]

    merged = merge(
        [found("bandit", k, "CWE-259") for k in keys] + [found("checks", v, "CWE-798") for v in values], _TEXT
    )

    assert shown(merged) == [
        ("checks-rule", '"hunter2"', ("bandit", "checks")),
        ("checks-rule", '"abc"', ("bandit", "checks")),
    ]


def test_neighbours_on_different_lines_stay_two():
    merged = merge([found("bandit", at("import os"), "CWE-78"), found("checks", at("os.system"), "CWE-78")], _TEXT)

    assert [rule for rule, _, _ in shown(merged)] == ["bandit-rule", "checks-rule"]


def test_classes_are_kept_apart():
    call = at('os.system("cat " + name)')

    merged = merge([found("bandit", call, "CWE-78"), found("checks", call, "CWE-22")], _TEXT)

    assert [(finding.cwe, finding.engines) for finding in merged] == [
        (("CWE-22",), ("checks",)),
        (("CWE-78",), ("bandit",)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CWE-79", "CWE-80", True),
        ("CWE-78", "CWE-88", True),
        ("CWE-89", "CWE-564", True),
        ("CWE-94", "CWE-95", True),
        ("CWE-22", "CWE-73", True),
        ("CWE-327", "CWE-328", True),
        ("CWE-330", "CWE-338", True),
        ("CWE-798", "CWE-321", True),
        ("CWE-295", "CWE-297", True),
        ("CWE-611", "CWE-776", True),
        ("CWE-838", "CWE-1007", True),
        ("CWE-295", "CWE-319", False),
        ("CWE-306", "CWE-639", False),
        ("CWE-78", "CWE-94", False),
        ("CWE-89", "CWE-943", False),
        ("CWE-327", "CWE-330", False),
        ("CWE-502", "CWE-611", False),
    ],
)
def test_classes_of_weaknesses(one, other, same):
    place = TextRange(0, 1)

    assert (class_of(found("checks", place, one)) == class_of(found("checks", place, other))) is same


def test_the_class_without_a_cwe_is_the_rule():
    place = at("import os")
    both = [replace(found(e, place), cwe=(), rule=rule) for e, rule in (("checks", "a"), ("semgrep", "b"))]

    assert [class_of(finding) for finding in both] == ["rule:a", "rule:b"]
    assert [finding.rule for finding in merge(both, _TEXT)] == ["a", "b"]


# What the one finding says


def test_the_most_precise_speaks_and_the_others_add():
    literal, call = at('"SELECT a FROM b WHERE c = "'), at('db.execute("SELECT a FROM b WHERE c = " + name)')
    edit, other = TextEdit(literal.start, literal.end, "x"), TextEdit(literal.start, literal.end, "y")
    path = (Step(at("name"), "from here"), Step(call, "to here"))
    bandit = found("bandit", literal, "CWE-89", rule="B608", severity="high", confidence="low")
    semgrep = found(
        "semgrep",
        call,
        "CWE-564",
        severity="low",
        confidence="high",
        fixes=(
            Fix("Copy", "review", (edit,)),
            Fix("Other", "manual", (other,)),
            Fix("Import", "safe", (edit,), ("a",)),
        ),
        path=path,
    )
    checks = found("checks", call, "CWE-89", severity="low", confidence="low", fixes=(Fix("First", "safe", (edit,)),))

    (merged,) = merge([bandit, semgrep, checks], _TEXT)

    assert merged == Finding(
        rule="checks-rule",
        range=call,
        message="checks says so",
        severity="high",
        confidence="high",
        cwe=("CWE-89", "CWE-564"),
        engines=("bandit", "checks", "semgrep"),
        path=path,
        fixes=(Fix("First", "safe", (edit,)), Fix("Other", "manual", (other,)), Fix("Import", "safe", (edit,), ("a",))),
        fingerprint=merged.fingerprint,
    )


def test_of_one_engine_the_narrowest_then_the_worst_speaks():
    call, name = at('os.system("cat " + name)'), at("os.system")
    same = [found("bandit", call, "CWE-78", rule=rule, severity=bad) for rule, bad in (("B1", "low"), ("B2", "high"))]

    assert [f.rule for f in merge(same, _TEXT)] == ["B2"]
    assert [f.rule for f in merge([*same, found("bandit", name, "CWE-78", rule="B9")], _TEXT)] == ["B9"]


def test_precision_of_engines():
    place = at("import os")
    engines = ["zeta", "bandit", "semgrep", "checks", "dataflow"]

    for count in range(1, 6):
        (merged,) = merge([found(engine, place) for engine in engines[:count]], _TEXT)
        assert merged.rule == f"{engines[count - 1]}-rule"
        assert merged.engines == tuple(sorted(engines[:count]))


def test_agreement_does_not_raise_confidence():
    place = at("import os")

    (merged,) = merge([found(engine, place) for engine in ("bandit", "semgrep", "checks")], _TEXT)

    assert merged.confidence == "medium"


# Fingerprints


def _prints(source: str, *places: tuple[str, TextRange]) -> list[str]:
    return [f.fingerprint for f in merge([found(engine, place) for engine, place in places], Text(source))]


def test_a_fingerprint_is_this_one():
    # Kept suppressions and logs name findings by it: a change here orphans them.
    source = "x = 1\ndb.execute(  'a' + b)\n"

    assert _prints(source, ("checks", at("'a' + b", 0, source))) == ["f53be18d53db1ebd2b61ec2d718425f0"]
    assert _prints(source, ("bandit", at("'a'", 0, source))) == ["f53be18d53db1ebd2b61ec2d718425f0"]


def test_twins_are_counted():
    source = "eval(x)\nif y:\n    eval(x)\n"
    places = [("checks", at("eval(x)", nth, source)) for nth in (0, 1)]

    assert _prints(source, *places) == ["bac6dc2adcc2e41c5511fceec18c38ad", "aaddf42cd910f173e02aaa74b9570056"]
    assert _prints(source, *reversed(places)) == _prints(source, *places)
    assert _prints(source, places[1]) == ["bac6dc2adcc2e41c5511fceec18c38ad"]


@pytest.mark.parametrize(
    ("before", "part_before", "after", "part_after"),
    [
        ("eval(x)\n", "eval(x)", "import os\n\n\neval(x)\ny = 1\n", "eval(x)"),
        ("eval(x)\n", "eval(x)", "if y:\n        eval( x )\n", "eval( x )"),
        ("f(eval(x), b)\n", "eval(x)", "f(\n    eval(x),\n    b)\n", "eval(x)"),
        ("db.execute(\n    'a' + b,\n    c,\n)\n", "db.execute(\n    'a' + b,\n    c,\n)", None, "'a' + b"),
        ("db.execute('a' +\n           b)\n", "db.execute('a' +\n           b)", None, "b)"),
        ("x = f(g(\n    1,\n    h(\n        2, y)))\n", "f(g(\n    1,\n    h(\n        2, y)))", None, "y"),
        ("def f(\n    a):\n    eval(a)\n", "eval(a)", "def g(\n    b):\n    eval(a)\n", "eval(a)"),
        ("f(\r\n    eval(a))\r\n", "f(\r\n    eval(a))", "f(\r    eval(a))\r", "eval(a)"),
        ("if x:  # :(\n    eval(a)\n", "eval(a)", "eval(a)\n", "eval(a)"),
        ("print('(')\nif x == '(':\n    eval(a)\n", "eval(a)", "eval(a)\n", "eval(a)"),
        ("app.get('/', (a, b) => {\n  eval(a)\n})\n", "eval(a)", "eval(a)", "eval(a)"),
        ("app.get('/', (a, b) => {\n  x()\n})\n", "app.get", "app.get('/', (a, b) => {\n  y(z)\n})\n", "app.get"),
    ],
)
def test_a_fingerprint_survives(before, part_before, after, part_after):
    after = before if after is None else after

    assert _prints(before, ("checks", at(part_before, 0, before))) == _prints(
        after, ("bandit", at(part_after, 0, after))
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("eval(x)\n", "eval(y)\n"),
        ("db.execute(\n    'a' + x,\n)\n", "db.execute(\n    'b' + x,\n)\n"),
    ],
)
def test_a_fingerprint_changes_with_its_statement(before, after):
    assert _prints(before, ("checks", TextRange(0, 4))) != _prints(after, ("checks", TextRange(0, 4)))


def test_fingerprints_differ_by_class():
    place = at("import os")

    merged = merge([found("checks", place, "CWE-89"), found("checks", place, "CWE-78")], _TEXT)

    assert merged[0].fingerprint != merged[1].fingerprint


def test_a_fingerprint_stays_when_slower_engines_answer():
    call, literal = (
        at('db.execute(\n        "DELETE FROM b WHERE c = " + name,\n    )'),
        at('"DELETE FROM b WHERE c = "'),
    )
    instant, bandit, semgrep = found("checks", literal), found("bandit", literal), found("semgrep", call)

    prints = {
        merge(said, _TEXT)[0].fingerprint
        for said in ([instant], [instant, bandit], [instant, bandit, semgrep], [bandit], [bandit, semgrep], [semgrep])
    }

    assert len(prints) == 1


def test_a_place_in_an_enormous_line_has_a_fingerprint():
    source = "x" * 100_000 + "eval(y)" + "z" * 100_000

    (finding,) = merge([found("checks", at("eval(y)", 0, source))], Text(source))

    assert len(finding.fingerprint) == 32


# For any findings

_LINES = "aaaa bbbb cccc\n    dddd(eeee,\n        ffff)\ngggg hhhh\n\niiii jjjj kkkk\n"
_ANY_TEXT = Text(_LINES)


@st.composite
def _findings(draw, engines=("dataflow", "checks", "semgrep", "bandit", "other")):
    start = draw(st.integers(0, len(_LINES)))
    end = draw(st.integers(start, min(start + 30, len(_LINES))))
    engine = draw(st.sampled_from(engines))
    return Finding(
        rule=f"{engine}-{draw(st.sampled_from('ab'))}",
        range=TextRange(start, end),
        message=draw(st.sampled_from(["m", "n"])),
        severity=draw(st.sampled_from(["low", "medium", "high"])),
        confidence=draw(st.sampled_from(["low", "medium", "high"])),
        cwe=draw(st.sampled_from([("CWE-79",), ("CWE-80", "CWE-20"), ("CWE-89",), ()])),
        engines=(engine,),
        path=draw(st.sampled_from([(), (Step(TextRange(0, 1), "s"),), (Step(TextRange(1, 2), "t"),)])),
        fixes=draw(st.sampled_from([(), (Fix("f", "safe", (TextEdit(0, 1, "x"),)),), (Fix("g", "safe", ()),)])),
    )


_MANY = st.lists(_findings(), max_size=9)


@settings(max_examples=120)
@given(_MANY, st.randoms(use_true_random=False))
def test_order_does_not_matter(findings, random):
    shuffled = random.sample(findings, len(findings))

    assert merge(shuffled, _ANY_TEXT) == merge(findings, _ANY_TEXT)


@settings(max_examples=120)
@given(_MANY)
def test_merging_again_changes_nothing(findings):
    once = merge(findings, _ANY_TEXT)

    assert merge(once, _ANY_TEXT) == once


@settings(max_examples=120)
@given(_MANY)
def test_nothing_is_lost_and_nothing_made_up(findings):
    merged = merge(findings, _ANY_TEXT)

    for finding in findings:
        assert any(class_of(one) == class_of(finding) and set(finding.engines) <= set(one.engines) for one in merged), (
            finding
        )
    for one in merged:
        assert any((f.rule, f.range, f.message) == (one.rule, one.range, one.message) for f in findings)
    assert len({one.fingerprint for one in merged}) == len(merged)


@settings(max_examples=120)
@given(_MANY)
def test_merged_findings_of_a_class_do_not_overlap(findings):
    merged = merge(findings, _ANY_TEXT)

    for index, one in enumerate(merged):
        for other in merged[index + 1 :]:
            marked = range(one.range.start, max(one.range.end, one.range.start + 1))
            assert class_of(one) != class_of(other) or other.range.start not in marked


@settings(max_examples=120)
@given(
    st.lists(_findings(engines=("dataflow", "checks")), max_size=6),
    st.lists(_findings(engines=("semgrep", "bandit")), max_size=6),
)
def test_slower_engines_take_no_finding_away(quick, slow):
    first = {(one.rule, one.range, class_of(one)) for one in merge(quick, _ANY_TEXT)}
    then = {(one.rule, one.range, class_of(one)) for one in merge(quick + slow, _ANY_TEXT)}

    assert first <= then


@settings(max_examples=120)
@given(_MANY, _MANY)
def test_what_is_merged_here_does_not_depend_on_elsewhere(here, elsewhere):
    both = Text(_LINES + _LINES.upper())
    moved = [finding.shift(len(_LINES)) for finding in elsewhere if finding.range.start < len(_LINES)]
    alone = merge([finding for finding in here if finding.range.end < len(_LINES)], both)

    merged = merge([*(finding for finding in here if finding.range.end < len(_LINES)), *moved], both)

    assert [one for one in merged if one.range.start < len(_LINES)] == list(alone)
