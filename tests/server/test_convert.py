"""Places given as JSON: which of them a text has as they are."""

import pytest

from leery.lsp.convert import lies_in
from leery_analyzers.text import Text


def test_places_of_a_text_and_others():
    text = Text("a\U0001f600b\nc")

    def lies(start, end, encoding="utf-16"):
        place = {
            name: dict(zip(("line", "character"), at, strict=True)) for name, at in (("start", start), ("end", end))
        }
        return lies_in(text, place, encoding)

    assert lies((0, 0), (1, 1))
    assert lies((0, 4), (2, 0))
    assert lies((0, 6), (1, 0), "utf-8")
    assert lies((0, 3), (1, 0), "utf-32")
    assert not lies((0, 0), (0, 5))
    assert not lies((0, 2), (1, 0))
    assert not lies((0, 4), (1, 0), "utf-32")
    assert not lies((0, 0), (2, 1))
    assert not lies((0, 0), (3, 0))
    assert not lies((-1, 0), (1, 0))


def test_what_is_no_range():
    with pytest.raises(KeyError):
        lies_in(Text("a"), {"start": {"line": 0, "character": 0}}, "utf-8")
