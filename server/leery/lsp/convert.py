"""Between the client's positions, URIs and JSON and our code points and values.

The only module besides `leery_analyzers.text` that knows units other than code points. Must not hold state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from leery_analyzers.text import Encoding, Text, TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsprotocol import types

Json = dict[str, Any]

_SUPPORTED: tuple[Encoding, ...] = get_args(Encoding)


def choose_encoding(offered: Sequence[types.PositionEncodingKind | str] | None) -> Encoding:
    """The first encoding in the client's order that we know; UTF-16, which every client must know, when none."""
    for kind in offered or ():
        value = str(getattr(kind, "value", kind))
        for encoding in _SUPPORTED:
            if value == encoding:
                return encoding
    return "utf-16"


def position_to_offset(text: Text, position: Json, encoding: Encoding) -> int:
    """The offset of a position given as JSON; places outside the text are clamped to it.

    Raises:
        KeyError, TypeError, ValueError: not a position.
    """
    return text.offset_at(int(position["line"]), int(position["character"]), encoding)


def range_to_offsets(text: Text, value: Json, encoding: Encoding) -> TextRange:
    """The code points of a range given as JSON; a range that ends before it starts is empty at its start."""
    start = position_to_offset(text, value["start"], encoding)
    return TextRange(start, max(start, position_to_offset(text, value["end"], encoding)))


def lies_in(text: Text, value: Json, encoding: Encoding) -> bool:
    """Whether a range given as JSON names places of the text as it is, so that nothing of it would be clamped.

    The end of a text without a last line ending may also be named as the start of the line after it.

    Raises:
        KeyError, TypeError, ValueError: not a range.
    """
    return all(
        text.position_at(position_to_offset(text, place, encoding), encoding) == place_of
        or place_of == (text.line_count, 0)
        for place in (value["start"], value["end"])
        for place_of in [(int(place["line"]), int(place["character"]))]
    )


def offsets_to_range(text: Text, place: TextRange, encoding: Encoding) -> Json:
    """A range as JSON, in units of `encoding`."""
    start_line, start_character = text.position_at(place.start, encoding)
    end_line, end_character = text.position_at(place.end, encoding)
    return {
        "start": {"line": start_line, "character": start_character},
        "end": {"line": end_line, "character": end_character},
    }


def changes_to_edits(text: Text, changes: Sequence[Json], encoding: Encoding) -> list[TextEdit]:
    """Content changes of ``didChange`` as sequential edits: each speaks of the text that the one before it left."""
    edits = []
    for change in changes:
        if change.get("range") is None:
            place = TextRange(0, len(text))
        else:
            place = range_to_offsets(text, change["range"], encoding)
        edit = TextEdit(place.start, place.end, change["text"])
        text = text.replace(edit.start, edit.end, edit.text)
        edits.append(edit)
    return edits


def edit_to_json(text: Text, edit: TextEdit, encoding: Encoding) -> Json:
    """A text edit as JSON."""
    return {"range": offsets_to_range(text, TextRange(edit.start, edit.end), encoding), "newText": edit.text}
