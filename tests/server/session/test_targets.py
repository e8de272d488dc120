"""Cells of a notebook as one text, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leery.session.targets import Notebook, difference, mask_magics
from leery_analyzers.text import Text, TextRange


def notebook(*texts):
    cells = [f"cell{index}" for index in range(len(texts))]
    made = Notebook("book", cells)
    made.join(dict(zip(cells, map(Text, texts), strict=True)))
    return made


def test_cells_are_joined_by_line_ends():
    book = notebook("a = 1", "", "b = 2\n")
    assert book.joined == "a = 1\n\nb = 2\n\n"
    assert book.starts == {"cell0": 0, "cell1": 6, "cell2": 7}


@pytest.mark.parametrize(
    ("start", "end", "cell", "place"),
    [(0, 5, "cell0", (0, 5)), (6, 6, "cell1", (0, 0)), (7, 12, "cell2", (0, 5)), (2, 9, "cell0", (2, 5))],
)
def test_a_place_is_found_in_its_cell(start, end, cell, place):
    assert notebook("a = 1", "", "b = 2\n").locate(TextRange(start, end)) == (cell, TextRange(*place))


def test_magics_become_comments_of_the_same_length():
    source = "%pip install x\n!ls -l\n  %time f()\nx = 5 % 3\n?help\n%%bash\ns = '%d'\n"
    masked = mask_magics(source)
    assert masked == "#pip install x\n#ls -l\n  #time f()\nx = 5 % 3\n#help\n#%bash\ns = '%d'\n"
    assert len(masked) == len(source)


@given(st.text("ab\n", max_size=30), st.text("ab\n", max_size=30))
def test_the_difference_leads_from_one_text_to_the_other(before, after):
    edit = difference(before, after)
    if edit is None:
        assert before == after
    else:
        assert before[: edit.start] + edit.text + before[edit.end :] == after
        assert edit.start == edit.end or not edit.text or before[edit.start] != edit.text[0]


def test_a_changed_cell_is_one_small_edit():
    book = notebook("a = 1", "b = 2")
    edit = book.join({"cell0": Text("a = 1"), "cell1": Text("b = 23")})
    assert (edit.start, edit.end, edit.text) == (11, 11, "3")
    assert book.version == 2
    assert book.join({"cell0": Text("a = 1"), "cell1": Text("b = 23")}) is None
