"""What the log's entries come to: the small log's blocks, findings, decisions and gaps, and entries that are none."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.log.story import STORY, at, lapse_of, write

from leery.log.body import ENTRY_TYPES
from leery.log.reader import LogReader
from leery.log.summary import Origin, summarise


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "log.db"
    [*_, review, _, _, _, _, _, _, _, _, _, _, _, _, _] = write(path)
    write(path, [lapse_of(review)])
    return summarise(LogReader(path).leaves())


def test_the_size_and_the_kinds_of_entries(summary):
    assert summary.size == len(STORY) + 2  # the key and the lapse
    assert summary.first == at(2)
    assert (summary.types["insertion"], summary.types["finding-opened"], summary.types["key"]) == (4, 5, 1)
    assert (summary.unmatched, summary.erased) == (1, 0)


def test_blocks(summary):
    told = {
        name: (block.file, block.origin, block.lines, block.first_line, block.state, block.replaces, block.lost)
        for name, block in summary.blocks.items()
    }
    claude = Origin("agent", "reported", "claude-code", "sonnet")
    assert told == {
        "a1": ("src/a.py", claude, 10, 1, "lapsed", (), 0),
        "b1": ("src/b.py", Origin("completion", "observed", "copilot", None), 5, 5, "unreviewed", (), 0),
        "c1": ("web/c.js", Origin("paste", "observed", None, None), 5, 1, "unreviewed", (), 7),
        "a2": ("src/a.py", claude, 5, 2, "unreviewed", ("a1",), 0),
    }
    assert summary.blocks["a1"].times == [at(2)]
    assert summary.blocks["a1"].entries == [1, 2, 3, 4, 5, 19]


def test_the_lives_of_findings(summary):
    told = [(one.fingerprint, one.rule, one.block, one.opened, one.closed, one.how) for one in summary.findings]
    assert told == [
        ("f1", "sql-injection", "a1", at(2, 1), at(2, 3), "fixed"),
        ("f2", "weak-digest", "b1", at(4, 1), None, None),
        ("f3", "request-without-timeout", "c1", at(5, 1), at(5, 3), "suppressed"),
        ("f4", "sql-injection", "a2", at(9, 1), None, None),
        ("f5", "code-eval", "a2", at(9, 2), None, None),
    ]
    assert [one.fingerprint for one in summary.blocks["a2"].open] == ["f4", "f5"]


def test_decisions_and_gaps(summary):
    review = summary.blocks["a1"].review
    assert (review.verdict, review.time, review.lapsed, review.why) == ("approved", at(3), at(9, 3), "rewritten")
    told = [(one.fingerprint, one.verdict, one.expires, one.lapsed) for one in summary.suppressions]
    assert told == [
        ("f3", "request-without-timeout", "2026-04-10", None),
        ("f9", "debug-mode", "2026-12-31", None),
    ]
    assert [(gap.what, gap.file, gap.count) for gap in summary.gaps] == [
        ("client-off", "src/b.py", 3),
        ("block-lost", "web/c.js", 7),
    ]


def leaf(kind, **members):
    return {"id": members.pop("id", "i"), "time": members.pop("time", at(1)), "type": kind, **members}


def of(*leaves):
    return summarise(enumerate(leaves))


OPENED = {"fingerprint": "f", "rule": "r", "cwe": ["CWE-1"], "severity": "high", "file": "a", "line": 1, "block": "b"}


def test_a_finding_that_comes_again_begins_another_life():
    gone = leaf("finding-closed", fingerprint="f", how="edited", file="a", time=at(2))
    told = of(leaf("finding-opened", **OPENED), gone, leaf("finding-opened", **OPENED, time=at(3)))
    assert [(one.opened, one.closed) for one in told.findings] == [(at(1), at(2)), (at(3), None)]


def test_a_finding_that_is_open_already_is_one():
    told = of(leaf("finding-opened", **OPENED), leaf("finding-opened", **OPENED, time=at(3)))
    assert [one.opened for one in told.findings] == [at(1)]
    assert told.blocks["b"].entries == [0, 1]


def test_the_same_fingerprint_in_another_file_is_another_finding():
    told = of(leaf("finding-opened", **OPENED), leaf("finding-opened", **OPENED | {"file": "z"}))
    assert [one.file for one in told.findings] == ["a", "z"]


def test_a_corrected_origin_counts_and_nothing_else_of_it():
    first = leaf("insertion", file="a", block="b", origin={"kind": "unknown", "evidence": "inferred"}, lines=[[1, 4]])
    right = {"kind": "agent", "evidence": "reported", "assistant": "x", "model": None}
    told = of(first, leaf("insertion", file="a", block="b", origin=right, lines=[[1, 9]], amends="i", time=at(2)))
    block = told.blocks["b"]
    assert (block.origin, block.lines, block.times) == (Origin("agent", "reported", "x", None), 4, [at(1)])


def test_a_block_that_only_a_finding_names_is_no_insertion():
    block = of(leaf("finding-opened", **OPENED, pathBlocks=["p"])).blocks["b"]
    assert (block.index, block.origin.kind, block.times) == (-1, "unknown", [])


def test_a_block_that_a_path_crosses_notes_it():
    told = of(leaf("finding-opened", **OPENED, pathBlocks=["p", "b"]))
    assert (told.blocks["p"].entries, told.blocks["p"].findings, told.blocks["b"].entries) == ([0], [], [0])


VALUES = st.sampled_from(
    [None, True, 7, -1, "", "x", "f", "2026-13-01", [], ["x"], [["x"]], [[1, 2]], [[1]], {}, {"kind": 5}]
)
MEMBERS = ("file", "block", "origin", "lines", "replaces", "fingerprint", "rule", "cwe", "severity", "line", "subject")
MORE = ("decision", "expires", "count", "what", "pathBlocks", "amends", "why", "how")


LEAVES = st.tuples(st.sampled_from(ENTRY_TYPES), st.dictionaries(st.sampled_from(MEMBERS + MORE), VALUES))


@pytest.mark.portable
@given(st.lists(LEAVES, max_size=8))
def test_whatever_an_entry_holds_it_is_taken_in(entries):
    told = of(*(leaf(kind, **members) for kind, members in entries))
    assert told.size == len(entries)
    assert all(
        isinstance(value, (str, int)) for block in told.blocks.values() for value in dataclasses.astuple(block)[:2]
    )
