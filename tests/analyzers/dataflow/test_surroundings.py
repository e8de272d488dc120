"""What a document answers about its units by name, while others are asked in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.surroundings import Surroundings
from leery_analyzers.mirror import Mirror
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery_analyzers.dataflow.surroundings import Listed

_PARTS = "LIMIT = {0}\n\n\ndef save():\n    rows.append({0})\n\n\ndef load():\n    save({0})\n\n\n"


def _around(text: str) -> Surroundings:
    return Surroundings(Mirror("python", Text(text)).entries(), lambda _: frozenset({"LIMIT"}))


def _starts(found: Sequence[Listed]) -> list[int]:
    return [item.start for item in found]


def test_units_are_told_in_the_order_of_the_document_equal_ones_too() -> None:
    text = _PARTS.format(1) * 2 + _PARTS.format(2)
    around = _around(text)
    places = [item.start for item in around.listed]
    assert _starts(around.callers("save")) == [at for at in places if text[at:].startswith("def load")]
    assert _starts(around.changers("rows")) == [at for at in places if text[at:].startswith("def save")]
    assert _starts(around.binders("LIMIT")) == [at for at in places if text[at:].startswith("LIMIT")]
    assert len(around.callers("save")) == 3


def test_a_document_answers_the_same_after_many_others_were_asked() -> None:
    around = _around(_PARTS.format("first"))
    before = _starts(around.callers("save"))
    for number in range(600):
        other = _around(_PARTS.format(number))
        assert _starts(other.callers("save")) == [other.listed[-1].start]
    assert _starts(around.callers("save")) == before
    assert _starts(around.changers("rows")) == [around.listed[1].start]
    assert _starts(around.callers("missing")) == []
