"""Looking places up finds what walking over all of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leery.places import Places, whole_lines
from leery_analyzers.text import Text, TextRange, union

pytestmark = pytest.mark.portable

PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=8)
TEXTS = st.text("ab\n\r", max_size=50)


def ranges(pairs):
    return [TextRange(start, start + size) for start, size in pairs]


@given(PLACES, PLACES)
def test_the_same_places_overlap(pairs, asked):
    known = union(ranges(pairs))
    places = Places(known)
    for place in ranges(asked):
        assert places.overlap(place) == any(place.overlaps(mine) for mine in known)
        assert [known[index] for index, _ in places.near(place)] == [
            mine for mine in known if mine.start <= place.end and place.start <= mine.end
        ]


@given(TEXTS, PLACES, PLACES)
def test_who_touches_whole_lines_shares_one(content, pairs, asked):
    text = Text(content)

    def lines(place):
        return text.line_of(place.start), text.line_of(place.end)

    known = [place for place in union(ranges(pairs)) if place.end <= len(text)]
    places = Places(whole_lines(place, text) for place in known)
    for place in ranges(asked):
        if place.end <= len(text):
            first, last = lines(place)
            assert places.touch(place) == any(lines(k)[0] <= last and first <= lines(k)[1] for k in known)
