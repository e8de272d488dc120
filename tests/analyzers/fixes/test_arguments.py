"""Removals that take their lines along."""

import pytest

from leery_analyzers.fixes.arguments import whole_lines
from leery_analyzers.text import TextEdit


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a\n  b  \nc\n", (4, 5), (2, 8)),
        ("a\r\n  b\r\nc", (5, 6), (3, 8)),
        ("b\nc\n", (0, 1), (0, 2)),
        ("a b\nc\n", (2, 3), (2, 3)),
        ("b c\n", (0, 1), (0, 1)),
        ("b", (0, 1), (0, 1)),
    ],
)
def test_lines_that_hold_nothing_else_go_too(text, place, expected):
    assert whole_lines(text, TextEdit(*place, "")) == TextEdit(*expected, "")


@pytest.mark.parametrize("place", [(-86, -62), (-2, -1), (-3, 2), (5, 60)])
def test_what_stands_outside_of_a_unit_is_left_alone(place):
    edit = TextEdit(*place, "")
    assert whole_lines("    one\n    two\n", edit) == edit
