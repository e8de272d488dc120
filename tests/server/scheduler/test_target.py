"""What a target keeps through edits, and what it shows while slow engines work."""

from __future__ import annotations

import pytest

from leery.scheduler.target import INSTANT, PlacedUnit, Target, move
from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Finding, Fix, Notice, Report, Step
from leery_analyzers.text import Text, TextEdit, TextRange

TEXT = Text("one\ntwo\nthree\nfour\n")


def finding(start, end, **more):
    values = {"severity": "high", "confidence": "high", "cwe": ("CWE-78",), "engines": ("bandit",)}
    return Finding(rule="B1", range=TextRange(start, end), message="m", **{**values, **more})


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (TextEdit(0, 0, "new\n"), (12, 17)),  # a line above
        (TextEdit(1, 2, ""), (7, 12)),  # shorter above
        (TextEdit(14, 14, "x"), (8, 13)),  # below
        (TextEdit(8, 8, "x"), None),  # at its start
        (TextEdit(13, 13, "x"), None),  # at the end of its line
        (TextEdit(8, 8, "whole line\n"), (19, 24)),  # a line right above
        (TextEdit(7, 8, ""), None),  # joins its line to the one above
        (TextEdit(0, 19, ""), None),  # gone
    ],
)
def test_a_finding_moves_along_unless_its_lines_are_touched(edit, expected):
    moved = move(finding(8, 13), edit, TEXT)
    assert (None if moved is None else (moved.range.start, moved.range.end)) == expected


def test_its_path_and_fixes_move_each_by_themselves():
    fix = Fix("t", "safe", (TextEdit(0, 3, "1"), TextEdit(8, 9, "2")))
    before = finding(8, 13, path=(Step(TextRange(0, 3), "source"),), fixes=(fix,))
    after = move(before, TextEdit(4, 4, "new\n"), TEXT)
    assert after.path == (Step(TextRange(0, 3), "source"),)
    assert after.fixes[0].edits == (TextEdit(0, 3, "1"), TextEdit(12, 13, "2"))
    assert move(before, TextEdit(1, 1, "x"), TEXT) is None


def unit(text, start=0):
    return Unit("python", "statements", "", start, 0, text)


def target(text="one\ntwo\n", focus=None):
    return Target("d", "python", 1, Text(text), focus)


def placed(mine, *units, reports=()):
    for u, report in zip(units, reports or [Report()] * len(units), strict=True):
        mine.learn(u.key, u, report)
    mine.place([PlacedUnit(u.start, u.key) for u in units], mine.version)


def test_pending_engines_are_named_until_every_unit_is_reported_on():
    mine = target()
    first, second = unit("one\n"), unit("two\n", 4)
    placed(mine, first, second)
    assert mine.assemble(["bandit"]).pending == {"bandit"}
    mine.report("bandit", {first.key: Report()})
    assert [u.text for u in mine.missing("bandit")] == ["two\n"]
    mine.report("bandit", {second.key: Report((finding(0, 3),))})
    analysis = mine.assemble(["bandit"])
    assert analysis.pending == frozenset()
    assert [(f.rule, f.range) for f in analysis.findings] == [("B1", TextRange(4, 7))]


def test_what_a_slow_engine_said_stands_until_it_speaks_again_but_not_on_touched_lines():
    mine = target()
    whole = unit("one\ntwo\n")
    placed(mine, whole)
    mine.report("bandit", {whole.key: Report((finding(0, 3), finding(4, 7)))})
    assert len(mine.assemble(["bandit"]).findings) == 2
    mine.edit([TextEdit(0, 0, "x")], 2, Text("xone\ntwo\n"))
    changed = unit("xone\ntwo\n")
    placed(mine, changed)
    between = mine.assemble(["bandit"])
    assert [f.range for f in between.findings] == [TextRange(5, 8)]
    assert between.pending == {"bandit"}
    mine.report("bandit", {changed.key: Report()})
    assert mine.assemble(["bandit"]).findings == ()


def test_only_what_lies_in_the_focus_or_leads_there_is_shown():
    mine = target(focus=(TextRange(4, 7),))
    whole = unit("one\ntwo\n")
    leads = finding(0, 1, path=(Step(TextRange(5, 6), "source"),), cwe=("CWE-89",))
    placed(mine, whole, reports=[Report((finding(0, 3), finding(4, 5), leads))])
    shown = mine.assemble([]).findings
    assert [(f.range.start, f.cwe) for f in shown] == [(0, ("CWE-89",)), (4, ("CWE-78",))]


def test_units_that_are_gone_are_forgotten():
    mine = target()
    first, second = unit("one\n"), unit("two\n")
    placed(mine, first)
    mine.report("bandit", {first.key: Report()})
    placed(mine, second)
    assert set(mine.bodies) == {second.key}
    assert mine.reports == {INSTANT: {second.key: Report()}, "bandit": {}}
    mine.report("bandit", {first.key: Report((finding(0, 1),))})
    assert mine.reports["bandit"] == {}


def test_a_notice_is_shown_once():
    mine = target()
    notice = Notice("checks", "crash", "it failed")
    units = unit("one\n"), unit("two\n", 4)
    placed(mine, *units, reports=[Report(notices=(notice,))] * 2)
    assert mine.assemble([]).notices == (notice,)


@pytest.mark.parametrize(
    ("edits", "focus", "expected"),
    [
        ([TextEdit(4, 4, "x")], (), ()),  # a keystroke where nobody looks
        ([TextEdit(4, 4, "\n        ")], (), ()),
        ([TextEdit(4, 4, "call()\n")], (), (TextRange(4, 11),)),
        ([TextEdit(4, 6, "call()\n")], (TextRange(2, 8),), (TextRange(2, 13),)),
        ([TextEdit(5, 6, "")], (TextRange(4, 8),), (TextRange(4, 7),)),
        ([TextEdit(5, 5, "x")], (TextRange(4, 8),), (TextRange(4, 5), TextRange(6, 9))),  # what is typed is nobody's
        ([TextEdit(0, 6, "x")], (TextRange(4, 8),), (TextRange(1, 3),)),
        ([TextEdit(0, 9, "x")], (TextRange(4, 8),), ()),
        ([TextEdit(8, 8, "x")], (TextRange(4, 8),), (TextRange(4, 8),)),
        ([TextEdit(4, 4, "x")], (TextRange(4, 8),), (TextRange(5, 9),)),
        ([TextEdit(0, 0, "ab"), TextEdit(0, 1, "")], (TextRange(4, 8),), (TextRange(5, 9),)),
        ([TextEdit(0, 1, "x")], None, None),
    ],
)
def test_what_the_focus_is_likely_to_be(edits, focus, expected):
    assert target(focus=focus).guess(edits) == expected
