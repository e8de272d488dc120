"""A scan offers the fixes that were proven, and only those."""

import itertools

import pytest

from leery.batch.proof import Proof, Prover, complete, proven
from leery.batch.worker import Reporter
from leery_analyzers.judge import Flows
from leery_analyzers.mirror import Mirror
from leery_analyzers.model import Finding, Fix, Report, report_from_json
from leery_analyzers.registry import analyze
from leery_analyzers.text import Text, TextEdit

ENGINES = ("checks", "bandit")
SOURCE = """\
import subprocess


def run(name, data):
    subprocess.call("ls " + name, shell=True)
    return yaml.load(data)
"""
CALL = 'subprocess.call("ls " + name, shell=True)'
PLAIN = "subprocess.call(['ls', name])"


def fix(*edits, requires=()):
    return Fix("t", "safe", tuple(edits), requires)


def replacing(source, old, new):
    at = source.index(old)
    return fix(TextEdit(at, at + len(old), new))


@pytest.fixture
def prover():
    mirror = Mirror("python", Text(SOURCE))
    return Prover(mirror, lambda unit, _key: analyze(unit, ENGINES), lambda _mirror, _places: Flows())


@pytest.fixture(scope="module")
def shell():
    answer = Reporter(ENGINES).answer(SOURCE.encode(), "python")
    return next(f for f in report_from_json(answer["report"]).findings if f.rule == "shell-command-injection")


def test_a_fix_that_takes_the_finding_away_holds(prover, shell):
    proof = prover.prove(shell, replacing(SOURCE, CALL, PLAIN))
    assert proof.edits == replacing(SOURCE, CALL, PLAIN).edits
    assert [prover.units[key].text.count(PLAIN) for _, key in proof.after] == [1]
    assert Proof.from_json(proof.to_json()) == proof


@pytest.mark.parametrize(
    "bad",
    [
        replacing(SOURCE, CALL, CALL.replace("call(", "call( ")),  # it is still there
        replacing(SOURCE, CALL, PLAIN + ")"),  # it does not parse
        replacing(SOURCE, CALL, PLAIN + "; eval(name)"),  # something new comes
        replacing(SOURCE, "subprocess.call(", "subprocess.check_call("),  # another of the kind comes for it
        fix(TextEdit(40, 60, "x"), TextEdit(50, 70, "y")),  # its edits collide
        fix(TextEdit(40, 10_000, "x")),  # it speaks of another text
    ],
)
def test_a_fix_that_does_not_hold_goes_into_no_report(prover, shell, bad):
    assert prover.prove(shell, bad) is None
    assert prover.prove(shell, replacing(SOURCE, CALL, PLAIN)) is not None, "the text was given back as it was"


def test_an_import_that_a_fix_needs_is_part_of_what_is_proven(prover, shell):
    [edit] = replacing(SOURCE, CALL, PLAIN).edits
    proof = prover.prove(shell, fix(edit, requires=("import shlex",)))
    assert Text(SOURCE).apply(proof.edits).slice(0, 30).splitlines()[:2] == ["import shlex", "import subprocess"]


@pytest.mark.parametrize(("statement", "is_new"), [("import shlex", True), ("from safe import yaml", False)])
def test_flows_are_followed_from_an_import_that_others_may_use(shell, statement, is_new):
    asked = []
    mirror = Mirror("python", Text(SOURCE))
    own = Prover(mirror, lambda unit, _: analyze(unit, ENGINES), lambda _, places: asked.append(places) or Flows())
    [edit] = replacing(SOURCE, CALL, PLAIN).edits
    own.prove(shell, fix(edit, requires=(statement,)))
    before, after = asked
    first_function = SOURCE.index("def ")
    assert any(place.start < first_function for place in before) is not is_new
    assert len(after) == len(before)


def test_another_engine_must_agree(prover, shell):
    good = replacing(SOURCE, CALL, PLAIN)
    proof = prover.prove(shell, good)
    ((start, before),), ((_, after),) = proof.before, proof.after
    inside = shell.shift(-start)
    said = Finding("user-rule", inside.range, "m", "high", "high", ("CWE-78",), ("semgrep",))
    merged = Finding(**{**_members(shell), "fixes": (good,)})

    def offered(semgrep):
        return proven(merged, Text(SOURCE), "python", [proof], semgrep).fixes

    assert offered(None) == offered({before: Report((said,)), after: Report()}) == (good,)
    assert offered({before: Report((said,)), after: Report((said,))}) == ()


def test_what_was_not_tried_is_left_out(shell):
    merged = Finding(**{**_members(shell), "fixes": (replacing(SOURCE, CALL, PLAIN),)})
    assert proven(merged, Text(SOURCE), "python", [], None).fixes == ()


def test_what_a_scan_offers_holds_when_it_is_applied():
    source = SOURCE + "\n\ndef two(a):\n    import hashlib\n    return hashlib.md5(a), eval(a), open(a)\n" * 3
    answer = Reporter(ENGINES).answer(source.encode(), "python")
    proofs = [Proof.from_json(proof) for proof in answer["proofs"]]
    report = report_from_json(answer["report"])
    text = Text(source)
    offered = [(f, x) for f in report.findings for x in proven(f, text, "python", proofs, None).fixes]
    assert {f.rule for f, _ in offered} >= {"shell-command-injection", "unsafe-deserialization"}
    for finding, one in offered:
        after = Reporter(ENGINES).answer(str(text.apply(one.edits)).encode(), "python")
        rules = [f.rule for f in report_from_json(after["report"]).findings]
        assert rules.count(finding.rule) == [f.rule for f in report.findings].count(finding.rule) - 1


def test_the_first_of_very_many_fixes_are_tried_and_that_is_said(monkeypatch):
    monkeypatch.setattr("leery.batch.worker.MOST_FIXES", 2)
    source = "\n".join(f"def f{n}(a):\n    return yaml.load(a)\n" for n in range(4))
    answer = Reporter(("checks",)).answer(source.encode(), "python")
    report = report_from_json(answer["report"])
    assert [notice.message for notice in report.notices] == [
        "4 fixes were found; only the first 2 were tried, the others are left out."
    ]
    starts = [proof["edits"][0][0] for proof in answer["proofs"]]
    assert starts == [source.index("load", at) for at in itertools.islice(_starts(source), 2)]


def test_edits_are_sorted():
    edits = complete(Text(SOURCE), "python", fix(TextEdit(60, 61, "b"), TextEdit(50, 51, "a")))
    assert [edit.start for edit in edits] == [50, 60]


def _starts(source):
    at = source.find("yaml.load")
    while at >= 0:
        yield at
        at = source.find("yaml.load", at + 1)


def _members(finding):
    return {name: getattr(finding, name) for name in finding.__slots__}
