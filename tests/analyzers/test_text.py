"""`Text` against a naive model: a string, and lines found one character at a time."""

from __future__ import annotations

import re
from contextlib import contextmanager
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from leery_analyzers import chunks as module
from leery_analyzers.text import BuiltText, Text, TextEdit, TextRange, split_lines, union

# What other tools take for line ends, what UTF-8 and UTF-16 store in more than one unit, what neither can hold.
PIECES = [
    *("a", "b ", "\n", "\r", "\r\n", "\n\r", "\r\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\t"),
    *(
        "é",
        "\u07ff",
        "\u0800",
        "\ufeff",
        "\uffff",
        "\U00010000",
        "\U0001f600",
        "\ud800",
        "\udfff",
        "\ud83d\ude00",
        "\0",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@contextmanager
def chunks_of(size: int):
    """Trees of many small leaves, so that short texts have deep ones."""
    with mock.patch.object(module, "_CHUNK", size):
        yield


def model_lines(text: str) -> list[str]:
    r"""Lines with their endings: ``\n``, ``\r\n`` and ``\r`` end one and nothing else does."""
    lines = [""]
    for index, char in enumerate(text):
        lines[-1] += char
        if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
            lines.append("")
    return lines


def model_units(text: str, encoding: str) -> int:
    """The length of a text in an encoding's units; a lone surrogate takes what its kind of code point takes."""
    return sum(len(char.encode(ENCODINGS[encoding], "surrogatepass")) for char in text) // UNIT[encoding]


def model_offset(text: str, line: int, character: int, encoding: str) -> int:
    """The LSP's reading of a position: clipped to the line, rounded down to a whole character."""
    lines = model_lines(text)
    if line < 0:
        return 0
    if line >= len(lines):
        return len(text)
    offset = sum(map(len, lines[:line]))
    for char in lines[line].rstrip("\r\n") if lines[line].endswith(("\r", "\n")) else lines[line]:
        character -= model_units(char, encoding)
        if character < 0:
            break
        offset += 1
    return offset


def check_tree(node) -> int:
    """Height-balanced, leaves not empty and not too long, sums right; returns the height."""
    if node.chunk is not None:
        assert len(node.chunk) <= module._CHUNK
        assert node.height == 0
        measured = module.measure(node.chunk)
    else:
        left, right = check_tree(node.left), check_tree(node.right)
        assert abs(left - right) <= 1
        assert node.height == 1 + max(left, right)
        assert node.left.chars
        assert node.right.chars
        measured = module.measure("".join(module.chunks(node)))
    assert (node.chars, node.bytes8, node.units16, node.breaks) == measured
    return node.height


class Editing(RuleBasedStateMachine):
    """Random edits of a text and of a string side by side."""

    def __init__(self):
        super().__init__()
        self.chunk = mock.patch.object(module, "_CHUNK", 4)
        self.chunk.start()

    @initialize(text=TEXTS)
    def start(self, text):
        self.model = text
        self.text = Text(text)

    @rule(start=st.integers(0, 60), deleted=st.one_of(st.just(0), st.integers(0, 40)), inserted=TEXTS)
    def replace(self, start, deleted, inserted):
        start = min(start, len(self.model))
        end = min(start + deleted, len(self.model))
        before, model_before = self.text, self.model
        self.text = self.text.replace(start, end, inserted)
        self.model = self.model[:start] + inserted + self.model[end:]
        assert str(before) == model_before

    @invariant()
    def agrees(self):
        text, model = self.text, self.model
        check_tree(text._root)
        assert str(text) == model
        assert len(text) == len(model)
        assert text == Text(model)
        assert hash(text) == hash(Text(model))
        assert text.byte_length == model_units(model, "utf-8")
        lines = model_lines(model)
        assert text.line_count == len(lines)
        assert [text.line(line) for line in range(len(lines))] == lines
        for line, content in enumerate(lines):
            start = sum(map(len, lines[:line]))
            ending = re.search(r"(?:\r\n|\r|\n)?\Z", content)[0]
            assert text.line_start(line) == start
            assert text.line_range(line) == TextRange(start, start + len(content))
            assert text.line_end(line) == start + len(content) - len(ending)
            for offset in range(start, start + len(content)):
                assert text.line_of(offset) == line

    def teardown(self):
        self.chunk.stop()


Editing.TestCase.settings = settings(max_examples=100, stateful_step_count=12)
TestEditing = pytest.mark.portable(Editing.TestCase)


@settings(max_examples=150)
@given(text=TEXTS, encoding=st.sampled_from(sorted(ENCODINGS)), size=st.sampled_from([1, 3, 1024]))
def test_positions_in_every_encoding(text, encoding, size):
    with chunks_of(size):
        subject = Text(text)
        for line in range(-1, subject.line_count + 2):
            for character in range(-1, 12):
                found = subject.offset_at(line, character, encoding)
                assert found == model_offset(text, line, character, encoding)
        for offset in range(len(text) + 1):
            line, character = subject.position_at(offset, encoding)
            before = text[subject.line_start(line) : offset]
            assert line == subject.line_of(offset)
            assert character == model_units(before, encoding)
            if offset <= subject.line_end(line):
                assert subject.offset_at(line, character, encoding) == offset
            assert subject.byte_offset(offset) == model_units(text[:offset], "utf-8")


@settings(max_examples=150)
@given(text=TEXTS, start=st.integers(-3, 40), end=st.integers(-3, 40))
def test_slices_are_clipped(text, start, end):
    with chunks_of(3):
        assert Text(text).slice(start, end) == text[max(start, 0) : max(end, 0)]


@settings(max_examples=150)
@given(text=TEXTS)
def test_split_lines(text):
    assert list(split_lines(text)) == model_lines(text)


@settings(max_examples=150)
@given(text=TEXTS, cuts=st.lists(st.tuples(st.integers(0, 40), TEXTS), max_size=5))
def test_simultaneous_edits(text, cuts):
    places = sorted({min(at, len(text)) for at, _ in cuts})
    edits = [
        TextEdit(start, end, inserted) for (start, end), (_, inserted) in zip(pairwise(places), cuts, strict=False)
    ]
    expected, at = "", 0
    for edit in edits:
        expected += text[at : edit.start] + edit.text
        at = edit.end
    with chunks_of(3):
        assert str(Text(text).apply(reversed(edits))) == expected + text[at:]


def test_insertions_at_one_place_keep_their_order():
    assert str(Text("ab").apply([TextEdit(1, 1, "x"), TextEdit(1, 1, "y")])) == "axyb"


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        Text("abcd").apply([TextEdit(0, 3, ""), TextEdit(2, 4, "")])


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (0, 5), (5, 5)])
def test_edits_outside_are_refused(start, end):
    with pytest.raises(ValueError, match="outside"):
        Text("abcd").replace(start, end, "")


def test_an_edit_may_split_and_join_a_line_ending():
    with chunks_of(1):
        text = Text("a\r\nb")
        split = text.replace(2, 2, "x")
        assert [split.line(line) for line in range(split.line_count)] == ["a\r", "x\n", "b"]
        joined = split.replace(2, 3, "")
        assert [joined.line(line) for line in range(joined.line_count)] == ["a\r\n", "b"]
        assert joined.line_of(2) == 0
        assert joined.position_at(2) == (0, 2)


def test_equal_texts_are_equal_however_they_came_about():
    with chunks_of(4):
        built = Text("")
        for char in reversed("surrogate \ud800 and é"):
            built = built.replace(0, 0, char)
        whole = Text("surrogate \ud800 and é")
        assert built == whole
        assert built.fingerprint == whole.fingerprint
        assert built != Text("surrogate \ud801 and é")
        assert built != "surrogate \ud800 and é"


def test_a_text_that_was_built_before_is_the_same():
    built = BuiltText("größe\r\n" * 500 + "\r")
    for before in ("", "x\r", "one\n" * 900):
        for at in (0, len(before) // 2, len(before)):
            assert Text(before).replace(at, at, built) == Text(before[:at] + str(built) + before[at:])
    assert Text(built) == Text("größe\r\n" * 500 + "\r")


def test_an_edit_shares_what_it_does_not_touch():
    text = Text("line\n" * 20_000)
    after = text.replace(50_000, 50_000, "x")
    old, new = set(nodes(text)), set(nodes(after))
    assert len(new - old) <= 20


def nodes(text: Text):
    """The identities of all nodes of a text's tree."""
    stack = [text._root]
    while stack:
        node = stack.pop()
        yield id(node)
        if node.chunk is None:
            stack += [node.left, node.right]


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ((0, 2), (1, 3), True),
        ((0, 2), (2, 3), False),
        ((2, 2), (2, 3), True),
        ((2, 2), (0, 2), True),
        ((2, 2), (2, 2), True),
        ((2, 2), (3, 4), False),
    ],
)
def test_ranges_that_overlap(one, other, overlaps):
    assert TextRange(*one).overlaps(TextRange(*other)) is overlaps
    assert TextRange(*other).overlaps(TextRange(*one)) is overlaps


def test_ranges_move_and_contain():
    place = TextRange(2, 5)
    assert len(place) == 3
    assert place.shift(-2) == TextRange(0, 3)
    assert place.contains(TextRange(5, 5))
    assert not place.contains(TextRange(4, 6))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5))))
def test_union_covers_the_same_characters(pairs):
    ranges = [TextRange(start, start + length) for start, length in pairs]
    merged = union(ranges)
    covered = {at for place in ranges for at in range(place.start, place.end)}
    assert {at for place in merged for at in range(place.start, place.end)} == covered
    assert all(one.end < two.start for one, two in pairwise(merged))
