"""The report's numbers and rows, against the small log and hand-made ones."""

from collections import Counter
from datetime import date

import pytest
from tests.server.log.story import at, write

from leery.log.reader import LogReader
from leery.log.report.figures import Share, class_of, figures
from leery.log.summary import summarise
from leery_analyzers.registry import catalogue
from leery_analyzers.weaknesses import cwe_name, owasp_name

RULES = catalogue().rules
TODAY = date(2026, 4, 1)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "log.db"
    write(path)
    return figures(summarise(LogReader(path).leaves()), RULES, TODAY)


def test_shares(told):
    assert told.total == Share("all", None, blocks=4, lines=25, insecure=4, open=3, reviewed=1)
    assert told.assisted == Share("assistants", None, blocks=3, lines=20, insecure=3, open=3, reviewed=1)
    assert [(kind.name, kind.lines) for kind in told.kinds] == [("agent", 15), ("completion", 5), ("paste", 5)]
    assert told.sources == (
        Share("claude-code", "sonnet", blocks=2, lines=15, insecure=2, open=2, reviewed=1),
        Share("copilot", None, blocks=1, lines=5, insecure=1, open=1, reviewed=0),
    )


def test_open_findings_by_class(told):
    assert told.severities == Counter(high=2, medium=1)
    rows = [(w.cwe, w.name, w.owasp, w.llm, dict(w.severities), w.blocks, w.oldest) for w in told.weaknesses]
    assert rows == [
        ("CWE-89", "SQL injection", ("A05:2025",), (), {"high": 1}, {"a2"}, at(9, 1)),
        ("CWE-95", "Eval injection", ("A05:2025",), ("LLM05:2025",), {"high": 1}, {"a2"}, at(9, 2)),
        ("CWE-328", "Weak hash", ("A04:2025",), (), {"medium": 1}, {"b1"}, at(4, 1)),
    ]
    counts = {category: count for category, _, count in told.categories if count}
    assert counts == {"A05:2025": 2, "LLM05:2025": 1, "A04:2025": 1}
    assert [category for category, _, _ in told.categories][::19] == ["A01:2025", "LLM10:2025"]


def test_what_waits_for_review(told):
    assert (told.unreviewed, told.unreviewed_open) == (3, 2)
    rows = [(row.file, row.blocks, row.lines, dict(row.severities)) for row in told.waiting]
    assert rows == [
        ("src/a.py", 1, 5, {"high": 2}),
        ("src/b.py", 1, 5, {"medium": 1}),
        ("web/c.js", 1, 5, {}),
    ]


def test_what_got_worse_when_it_was_rewritten(told):
    [place] = told.rewrites
    assert [(version.block.id, version.open) for version in place.versions] == [("a1", 0), ("a2", 2)]
    assert (place.file, place.growth, [version.block.id for version in place.grew_at]) == ("src/a.py", 2, ["a2"])


def test_suppressions(told):
    assert (told.holding, told.lapsed) == (2, 0)
    assert [(row.suppression.verdict, row.days) for row in told.lapsing] == [("request-without-timeout", 9)]


def test_gaps_are_the_newest_first(told):
    assert [gap.what for gap in told.gaps] == ["block-lost", "client-off"]


def leaf(kind, index, **members):
    return index, {"id": f"i{index}", "time": members.pop("time"), "type": kind, **members}


def insertion(index, block, time, replaces=()):
    origin = {"kind": "agent", "evidence": "reported", "assistant": "x"}
    return leaf(
        "insertion", index, time=time, file="a", block=block, origin=origin, lines=[[1, 1]], replaces=list(replaces)
    )


def finding(index, name, block, time):
    more = {"rule": "r", "cwe": ["CWE-89"], "severity": "high", "file": "a", "line": 1}
    return leaf("finding-opened", index, time=time, fingerprint=name, block=block, **more)


def gone(index, name, time):
    return leaf("finding-closed", index, time=time, fingerprint=name, how="edited", file="a")


def test_a_place_is_followed_through_all_its_versions():
    story = [
        insertion(0, "v1", at(1)),
        finding(1, "f1", "v1", at(1, 1)),
        insertion(2, "other", at(1, 2)),
        insertion(3, "v2", at(2), ["v1"]),
        gone(4, "f1", at(2, 1)),
        insertion(5, "v3", at(3), ["v2"]),
        finding(6, "f2", "v3", at(3, 1)),
        finding(7, "f3", "v3", at(3, 2)),
        insertion(8, "v4", at(4), ["v3", "v1"]),
        gone(9, "f2", at(4, 1)),
    ]
    [place] = figures(summarise(story), {}, TODAY).rewrites
    assert [(version.block.id, version.open) for version in place.versions] == [
        ("v1", 1),
        ("v2", 0),
        ("v3", 2),
        ("v4", 1),
    ]
    assert ([version.block.id for version in place.grew_at], place.growth) == (["v3"], 0)


def test_what_did_not_grow_is_not_told():
    story = [insertion(0, "v1", at(1)), finding(1, "f1", "v1", at(1, 1)), insertion(2, "v2", at(2), ["v1"])]
    assert figures(summarise(story), {}, TODAY).rewrites == ()


def suppressed(expires):
    return leaf("suppression", 0, time=at(1), fingerprint="f", rule="r", file="a", expires=expires)


@pytest.mark.parametrize(
    ("expires", "days"),
    [("2026-03-30", [-2]), ("2026-04-01", [0]), ("2026-05-01", [30]), ("2026-05-02", []), (None, []), ("soon", [])],
)
def test_when_a_suppression_is_about_to_lapse(expires, days):
    told = figures(summarise([suppressed(expires)]), {}, TODAY)
    assert [row.days for row in told.lapsing] == days


def test_an_empty_log():
    told = figures(summarise([]), {}, TODAY)
    assert (told.total.blocks, told.weaknesses, told.rewrites, told.gaps) == (0, (), (), ())


def test_every_weakness_and_category_that_rules_name_has_a_name():
    nameless = {cwe for rule in RULES.values() for cwe in rule.cwe[:1] if cwe_name(cwe) is None}
    assert nameless == set(), "leery_analyzers/weaknesses.py names what reports show"
    assert {category for rule in RULES.values() for category in rule.owasp if owasp_name(category) is None} == set()


@pytest.mark.parametrize("cwe", ["", "CWE-", "CWE-x", "CWE-²", "CWE-99999999", "<script>"])
def test_what_is_no_weakness_has_no_name(cwe):
    assert cwe_name(cwe) is None


def test_a_finding_without_a_weakness_has_a_class_too():
    bare = leaf("finding-opened", 0, time=at(1), fingerprint="f", rule="r", severity="odd", file="a", line=1)
    told = summarise([bare])
    assert class_of(told.findings[0].cwe) == "none"
    [row] = figures(told, {}, TODAY).weaknesses
    assert (row.name, row.owasp) == ("Other", ())
