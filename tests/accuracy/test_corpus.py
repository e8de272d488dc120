"""The corpus keeps its own promises: every file reads, every mark means something, every class has enough cases."""

from collections import Counter

import pytest
from benchmarks.accuracy_cases import CORPUS, CorpusError, kinds, load, parses, statements

CASES = load()
MOST_LINES = 62


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_well_formed(case):
    assert parses(case), "the grammar does not read it"
    assert len(case.lines) <= MOST_LINES
    assert bool(case.expectations) == case.vulnerable
    assert case.vulnerable or case.sources == ()
    for expectation in case.expectations:
        code = case.lines[expectation.line - 1].partition(" expect:")[0]
        assert expectation.cwe & case.kind.cwe, "another class than the folder's"
        assert code.strip(" /#*{"), "no code on the line"
        assert expectation.exact is None or code.count(expectation.exact) >= 1


def test_every_class_has_four_vulnerable_and_four_secure_cases_in_each_of_its_languages():
    counts = Counter((case.kind.name, case.group, case.vulnerable) for case in CASES)
    promised = {(kind.name, language) for kind in kinds().values() for language in kind.languages}
    assert {(name, group) for name, group, _ in counts} == promised
    few = [(name, group, side) for name, group in promised for side in (True, False) if counts[name, group, side] < 4]
    assert few == []


def test_no_two_cases_hold_the_same_text():
    assert len({case.text for case in CASES}) == len(CASES)


def test_a_file_out_of_place_is_told(tmp_path):
    (tmp_path / "classes.toml").write_text((CORPUS / "classes.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "python" / "xss").mkdir(parents=True)
    (tmp_path / "python" / "xss" / "page.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"python/xss/page\.py"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("python", "a = 1\n\n# note\nb = f(\n    1,\n    2)\nc = '''x\ny'''\n", [(1, 1), (4, 6), (7, 8)]),
        ("javascript", "run(a, (b) => {\n  one(\n    1);\n  two();\n});\n", [(1, 1), (2, 3), (4, 4), (5, 5)]),
        ("java", "class A {\n  // note\n  int a = f(\n    1);\n}\n", [(1, 1), (3, 4), (5, 5)]),
        ("plaintext", "one\n\ntwo\n", [(1, 1), (3, 3)]),
    ],
)
def test_lines_that_continue_a_statement_belong_to_it(language, text, expected):
    assert statements(language, text) == expected
