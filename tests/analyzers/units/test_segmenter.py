"""Units asked for by place, documents too large to analyse, and languages without a scanner."""

from __future__ import annotations

import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Notice
from leery_analyzers.text import Text, TextEdit, TextRange
from leery_analyzers.units import Segmenter, segment

SOURCE = """\
import os

def f():
    pass

class A:
    x = 1

    def m(self):
        pass

    def n(self):
        pass
    y = 2
"""


def segmenter_of(source: str, language: str = "python") -> tuple[Segmenter, Text]:
    text = Text(source)
    segmenter = Segmenter(language)
    segmenter.reset(text)
    return segmenter, text


def names(segmenter: Segmenter, *places: TextRange) -> list[str]:
    return [unit.name or unit.kind for unit in segmenter.units(places)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("import", "os", ["statements"]),
        ("import", "def f", ["statements", "f"]),
        ("def m", "def m", ["A", "A.m"]),  # an empty place at the edge of both
        ("ef m", "ef m", ["A.m"]),
        ("def m", "def n", ["A.m", "A.n"]),
        ("y = 2", "= 2", ["A"]),
        ("def f", "y = 2", ["f", "A", "A.m", "A.n"]),
    ],
)
def test_units_that_meet_a_place(start, end, expected):
    segmenter, _ = segmenter_of(SOURCE)
    first = SOURCE.index(start) - (4 if start == end == "def m" else 0)
    last = first if start == end else SOURCE.index(end) + 1
    assert names(segmenter, TextRange(first, last)) == expected


def test_every_unit_comes_once_and_in_order():
    segmenter, text = segmenter_of(SOURCE)
    places = [TextRange(0, len(text)), TextRange(3, 4), TextRange(len(text), len(text)), TextRange(0, 0)]
    assert segmenter.units(reversed(places)) == segmenter.units(None) == segment(SOURCE, "python")


def test_places_outside_the_text_are_clipped():
    segmenter, text = segmenter_of(SOURCE)
    assert names(segmenter, TextRange(len(text) + 5, len(text) + 9)) == ["A"]
    assert names(segmenter) == []


def test_an_empty_document_has_no_units():
    for language in ("python", "go", "plaintext"):
        assert segment("", language) == []


def test_a_language_without_a_scanner_is_one_unit():
    segmenter, text = segmenter_of("a\n\nb\n", "ruby")
    assert segmenter.units() == [Unit("ruby", "file", "", 0, 0, "a\n\nb\n")]
    after = text.replace(0, 1, "c")
    assert segmenter.edit(after, TextEdit(0, 1, "c")) == TextRange(0, len(after))
    assert segmenter.units([TextRange(4, 4)]) == [Unit("ruby", "file", "", 0, 0, "c\n\nb\n")]


@pytest.mark.parametrize("language", ["python", "javascript", "java", "csharp", "go"])
def test_a_line_too_long_is_told_and_its_unit_left_out(language):
    data = "x = '" + "a" * 200_000 + "';\n\n"
    before, after = "y = 1;\n\n", {"go": "func f() {}\n", "java": "class f {}\n"}.get(language, "class f { }\n")
    segmenter, _ = segmenter_of(before + data + after, language)
    assert segmenter.notices == (
        Notice(
            "units",
            "limit",
            "Not analysed: more than 1,000,000 characters in one piece or 200,000 on one line.",
            TextRange(len(before), len(before + data)),
        ),
    )
    assert all(len(unit.text) < 100 for unit in segmenter.units())


def test_a_method_too_long_leaves_the_rest_of_its_class():
    method = "    def m(self):\n        '" + "a" * 200_000 + "'\n"
    segmenter, _ = segmenter_of(f"class A:\n{method}    def n(self): pass\n")
    assert [unit.name for unit in segmenter.units()] == ["A", "A.n"]
    assert [notice.range for notice in segmenter.notices] == [TextRange(9, 9 + len(method))]


def test_a_unit_too_large_is_told_and_left_out():
    function = "def f():\n" + "    pass\n" * 120_000
    segmenter, _ = segmenter_of(f"{function}def g(): pass\n")
    assert [unit.name for unit in segmenter.units()] == ["g"]
    assert [notice.range for notice in segmenter.notices] == [TextRange(0, len(function))]
    text = Text("def g(): pass\n")
    segmenter.edit(text, TextEdit(0, len(function), ""))
    assert segmenter.notices == ()
    assert [unit.name for unit in segmenter.units()] == ["g"]


def test_a_file_too_large_is_told_in_a_language_without_a_scanner():
    segmenter, _ = segmenter_of("a\n" * 500_001, "ruby")
    assert segmenter.units() == []
    assert [notice.range for notice in segmenter.notices] == [TextRange(0, 1_000_002)]


def test_an_edit_in_ten_megabytes_on_one_line():
    line = "x = '" + "a(b[c" * 2_000_000
    segmenter, text = segmenter_of(f"{line}\ndef f(): pass\n")
    after = text.replace(7, 9, "zz'")
    segmenter.edit(after, TextEdit(7, 9, "zz'"))
    assert [unit.name for unit in segmenter.units()] == ["f"]
    assert [notice.range for notice in segmenter.notices] == [TextRange(0, len(line) + 2)]


@pytest.mark.parametrize("language", ["python", "typescript", "java", "csharp", "go"])
@pytest.mark.parametrize(
    "junk",
    [
        "(" * 5_000 + ")" * 5_000,
        "{\n" * 5_000 + "}\n" * 5_000,
        "`${" * 3_000,
        "f'{" * 5_000,
        "/[" * 20_000,
        "\\" * 50_000,
        "class A {\n" * 300 + "class A:\n" * 300,
        "".join(map(chr, range(3_000))) * 3,
        "\r\n\r\r\n" * 300 + "\x00" * 3_000,
    ],
    ids=["brackets", "braces", "templates", "f-strings", "slashes", "backslashes", "classes", "characters", "returns"],
)
def test_junk_is_covered(language, junk):
    units = segment(junk, language)
    shown = [False] * len(junk)
    for unit in units:
        assert len(unit.text) == len(junk[unit.start : unit.end])
        for offset in range(unit.start, unit.end):
            shown[offset] = shown[offset] or unit.text[offset - unit.start] == junk[offset]
    assert all(shown)


def test_the_affected_place_reaches_as_far_as_an_import_or_a_header():
    segmenter, text = segmenter_of(SOURCE)

    def affected(old: str, new: str) -> str:
        start = str(text).index(old)
        edit = TextEdit(start, start + len(old), new)
        after = text.replace(edit.start, edit.end, edit.text)
        place = segmenter.edit(after, edit)
        segmenter.edit(text, TextEdit(start, start + len(new), old))
        return after.slice(place.start, place.end)

    assert affected("x = 1", "x = 2") == "class A:\n    x = 2\n"
    assert affected("os", "sys") == SOURCE.replace("os", "sys")
    assert affected("class A", "class B") == SOURCE[SOURCE.index("    pass") :].replace("A", "B")
