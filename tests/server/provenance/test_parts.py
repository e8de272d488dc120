"""Attribution, edits, comparison and formatting, each against a naive model or by example."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leery.provenance.attribution import Attribution
from leery.provenance.diff import diff
from leery.provenance.edits import align_to_line, common_prefix, common_suffix, compose, slide_into, trim
from leery.provenance.origin import KINDS, Block, Origin, Review
from leery.provenance.tokens import Same, formatting
from leery_analyzers.text import Text, TextEdit, TextRange

pytestmark = pytest.mark.portable

OWNERS = st.lists(st.sampled_from("abc"), max_size=12)
SMALL = st.text("ab\n\r ", max_size=12)


def runs_of(owners):
    return Attribution((1, owner) for owner in owners)


def expanded(attribution):
    return [owner for length, owner in attribution.runs() for _ in range(length)]


class TestAttribution:
    @given(OWNERS, OWNERS, st.data())
    def test_splice_slice_and_spans(self, owners, middle, data):
        start = data.draw(st.integers(0, len(owners)))
        end = data.draw(st.integers(start, len(owners)))
        attribution = runs_of(owners)
        spliced = attribution.splice(start, end, runs_of(middle))
        assert expanded(spliced) == owners[:start] + middle + owners[end:]
        assert spliced == runs_of(expanded(spliced))
        assert attribution.slice(start, end) == runs_of(owners[start:end])
        assert [owner for a, b, owner in attribution.spans(start, end) for _ in range(b - a)] == owners[start:end]
        assert len(spliced) == len(owners) - (end - start) + len(middle)

    @given(OWNERS)
    def test_ranges_and_owner_at(self, owners):
        attribution = runs_of(owners)
        for name in "abc":
            places = [index for place in attribution.ranges_of(name) for index in range(place.start, place.end)]
            assert places == [index for index, owner in enumerate(owners) if owner == name]
            assert attribution.count(name) == len(places)
        assert [attribution.owner_at(index) for index in range(len(owners))] == owners

    @given(OWNERS, st.data())
    def test_overlay_and_rename(self, owners, data):
        start = data.draw(st.integers(0, len(owners)))
        end = data.draw(st.integers(start, len(owners)))
        laid = runs_of(owners).overlay([TextRange(start, end)], "z", "ab")
        assert expanded(laid) == [
            "z" if start <= index < end and owner in "ab" else owner for index, owner in enumerate(owners)
        ]
        assert expanded(runs_of(owners).rename({"a": "b"})) == ["b" if owner == "a" else owner for owner in owners]

    def test_places_outside(self):
        attribution = runs_of("ab")
        with pytest.raises(ValueError, match="outside"):
            attribution.splice(1, 3, runs_of(""))
        for offset in (-1, 2):
            with pytest.raises(IndexError):
                attribution.owner_at(offset)
        assert attribution.slice(-5, 99) == attribution


class TestEdits:
    @given(st.text("ab", max_size=9), st.text("ab", max_size=9))
    def test_common_ends(self, one, other):
        size = common_prefix(one, other)
        assert one[:size] == other[:size]
        assert size == min(len(one), len(other)) or one[size] != other[size]
        size = common_suffix(one, other)
        assert size == common_prefix(one[::-1], other[::-1])

    @given(SMALL, SMALL, st.data())
    def test_trimming_and_aligning_keep_the_result(self, old, new, data):
        start = data.draw(st.integers(0, len(old)))
        end = data.draw(st.integers(start, len(old)))
        wanted = old[:start] + new + old[end:]
        cut = trim(Text(old), TextEdit(start, end, new))
        if cut is None:
            assert wanted == old
            return
        assert cut.whole == new
        for one in (cut, align_to_line(Text(old), cut)):
            edit = one.edit
            assert old[: edit.start] + edit.text + old[edit.end :] == wanted
            assert old[edit.start : edit.end] == one.removed

    @given(st.text("ab", max_size=8), st.text("ab", min_size=1, max_size=4), st.data())
    def test_sliding_keeps_the_result(self, old, new, data):
        start = data.draw(st.integers(0, len(old)))
        to = data.draw(st.integers(0, len(old)))
        after = old[:start] + new + old[start:]
        by = slide_into(Text(after), TextRange(start, start + len(new)), TextRange(to, to + len(new)))
        same = after[:to] + after[to + len(new) :] == old
        assert (by is not None) == same
        if by is not None:
            assert start + by == to

    @given(SMALL, st.data())
    def test_composing(self, old, data):
        text, edits = old, []
        for _ in range(data.draw(st.integers(0, 4))):
            start = data.draw(st.integers(0, len(text)))
            end = data.draw(st.integers(start, len(text)))
            edits.append(TextEdit(start, end, data.draw(st.text("xyz", max_size=3))))
            text = text[:start] + edits[-1].text + text[end:]
        regions = compose(edits)
        back = text
        for region in reversed(regions):
            back = back[: region.new.start] + old[region.old.start : region.old.end] + back[region.new.end :]
        assert back == old
        assert all(one.new.end < other.new.start for one, other in pairwise(regions))


class TestDiff:
    @given(st.lists(st.sampled_from(["alpha(beta)\n", "x = 1\r\n", "\n", "}\n", "q"]), max_size=12), st.data())
    def test_what_is_kept_is_the_same_and_in_order(self, lines, data):
        old = "".join(lines)
        mixed = data.draw(st.permutations(lines)) if data.draw(st.booleans()) else [*lines[2:], "new()\n"]
        new = "".join(mixed)
        for refine in (False, True):
            at = 0
            for one in diff(old, new, refine=refine):
                assert one.new >= at
                assert old[one.old : one.old + one.length] == new[one.new : one.new + one.length]
                at = one.new + one.length
            assert at <= len(new)

    def kept(self, old, new, **more):
        return [(old[one.old : one.old + one.length], one.old, one.new) for one in diff(old, new, **more)]

    def test_equal_texts_are_one_piece(self):
        assert self.kept("a\nb\nc", "a\nb\nc") == [("a\nb\nc", 0, 0)]

    def test_inserted_lines(self):
        assert self.kept("one\ntwo\n", "one\nnew\ntwo\n") == [("one\n", 0, 0), ("two\n", 4, 8)]

    def test_a_moved_function(self):
        first, second = "def a():\n    one()\n\n", "def b():\n    two()\n\n"
        kept = self.kept(first + second, second + first)
        assert "".join(sorted("".join(text for text, _, _ in kept).replace("\n", ""))) == "".join(
            sorted((first + second).replace("\n", ""))
        )
        assert ("def b():\n    two()\n", len(first), 0) in kept or ("def a():\n    one()\n", 0, len(second)) in kept

    def test_a_changed_line_keeps_its_tokens(self):
        old, new = "value = compute(alpha, beta)\n", "value = compute(alpha, gamma)\n"
        assert self.kept(old, new) == [("value = compute(alpha, ", 0, 0), ("a)\n", 26, 27)]

    def test_not_when_only_whole_lines_count(self):
        assert self.kept("value = compute(alpha)\n", "value = compute(beta)\n", refine=False) == []

    def test_unlike_lines_share_nothing(self):
        assert self.kept("import os\n", "return compute(x)\n") == []

    def test_large_texts_without_unique_lines_end(self):
        generator = random.Random(1)
        old = "".join(generator.choice(["x\n", "y\n", "\n"]) for _ in range(20_000))
        new = "".join(generator.choice(["x\n", "y\n", "\n"]) for _ in range(20_000))
        kept = diff(old, new)
        assert sum(one.length for one in kept) > 0


class TestFormatting:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("x = {  'a':1,'b':2 }\n", 'x = {"a": 1, "b": 2}\n'),
            ("foo(a, b,)\n", "foo(\n    a,\n    b,\n)\n"),
            ("foo(a, b)\n", "foo(\n    a,\n    b,\n)\n"),
            ("x = a + b\n", "x = (\n    a\n    + b\n)\n"),
            ("return a and b\n", "return (\n    a\n    and b\n)\n"),
            ("if (a):\n  pass\n", "if a:\n    pass\n"),
            ("x = (a or b)  # note\ny = 1\n", "x = a or b  # note\ny = 1\n"),
            ("from m import (a, b)\n", "from m import a, b\n"),
            ("const f = () => (a + b);\n", "const f = () => a + b;\n"),
            ("y = a if (b or c) else d\n", "y = a if b or c else d\n"),
            ("x = 0XFF\n", "x = 0xff\n"),
            ("s = F'a'\n", 's = f"a"\n'),
            ("s = 'it\\'s'\n", 's = "it\'s"\n'),
            ('def f():\n  """doc\n  more"""\n', 'def f():\n    """doc\n    more"""\n'),
            ("x=1#note\n", "x = 1  # note\n"),
            ("const f = x => x+1\n", "const f = (x) => x + 1;\n"),
            ("const x = {a:1}\n", "const x = { a: 1 };\n"),
            ("import {a,b} from 'm'\n", 'import { a, b } from "m";\n'),
        ],
    )
    def test_formatting(self, old, new):
        parts = formatting(old, new)
        assert sum(part.length for part in parts) == len(new)
        at = 0
        for part in parts:
            if isinstance(part, Same):
                assert old[part.old : part.old + part.length].lower() == new[at : at + part.length].lower() or (
                    set(old[part.old : part.old + part.length]) & set("'\"")
                )
            at += part.length
        assert formatting(new, old) is not None

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("x = a + b * c\n", "x = (a + b) * c\n"),
            ("run('x')\n", "run(x)\n"),
            ("f((a, b))\n", "f(a, b)\n"),
            ("x = (a,)\n", "x = (a)\n"),
            ("f(a, b)\n", "f(a b)\n"),
            ("x = a\n", "x = b\n"),
            ("foo bar\n", "foobar\n"),
            ("s = 'a b'\n", "s = 'a  b'\n"),
            ("s = b'a'\n", "s = 'a'\n"),
            ("not (a or b)\n", "not a or b\n"),
            ("if not (a or b):\n", "if not a or b:\n"),
            ("x = a and (b or c)\n", "x = a and b or c\n"),
            ("if (a or b) and c:\n", "if a or b and c:\n"),
            ("f(\n    (a or b)\n    and c\n)\n", "f(\n    a or b\n    and c\n)\n"),
            ("x = (a || b)\n  && c\n", "x = a || b\n  && c\n"),
            ("x = (a || b)\n  .foo()\n", "x = a || b\n  .foo()\n"),
            ("if a == (b or c):\n", "if a == b or c:\n"),
            ("if a in (b or c):\n", "if a in b or c:\n"),
            ("assert (a, b)\n", "assert a, b\n"),
            ("x = (lambda: a) if b else c\n", "x = lambda: a if b else c\n"),
            ("x = a & (b | c)\n", "x = a & b | c\n"),
            ("x = (y = z) ? a : b\n", "x = y = z ? a : b\n"),
            ("a = -(b)\n", "a = - - (b)\n"),
            ("for (;;) {}\n", "for (;) {}\n"),
            ("f(a)(b)\n", "f(a, b)\n"),
            ("x = lambda: (yield)\n", "x = lambda: yield_\n"),
            ("shell=False\n", "shell=True\n"),
            ("a = (b, c)\n", "a = b\n"),
            ("x => ({a})\n", "x => {a}\n"),
        ],
    )
    def test_no_formatting(self, old, new):
        assert formatting(old, new) is None


class TestJson:
    @pytest.mark.parametrize("kind", KINDS)
    def test_origins(self, kind):
        origin = Origin(kind, "observed", "claude", None, "s")
        assert Origin.from_json(origin.to_json()) == origin
        assert list(origin.to_json()) == ["kind", "evidence", "assistant", "model", "session", "prompt"]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"kind": "x", "evidence": "observed"},
            {"kind": "paste"},
            {"kind": "paste", "evidence": "observed", "model": 3},
        ],
    )
    def test_bad_origins(self, data):
        with pytest.raises(ValueError, match=r"origin|evidence|strings"):
            Origin.from_json(data)

    def test_blocks(self):
        block = Block("b1", Origin("chat", "reported"), 7, 1.5, Review("rejected", ("a", "b"), 2.0, "no"))
        assert Block.from_json(block.to_json()) == block
        assert Block.from_json(Block("b2", Origin("paste", "matched"), 7, 1.5).to_json()).review is None
