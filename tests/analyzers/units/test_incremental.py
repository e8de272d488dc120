"""Segmenting after every edit gives what segmenting the whole text at once gives, valid code or garbage."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import pytest

from leery_analyzers.text import Text, TextEdit, TextRange
from leery_analyzers.units import Segmenter, segment

PYTHON = '''\
"""Doc."""
import os
from a import (
    b as c,
)

X = {
    1: 2,
}
Y = f"{X["a"]}"

@deco(
    1,
)
def f(a,
      b=")"):
    """x
def g(): pass
    """
    import json; import re
    return [a \\
        for a in b]

class A(B,
        C):
    """Doc."""
    x = 1

    @staticmethod
    def m(self):
        pass
    y = 2
    class In:
        def q(self): return 1

        async def r(self):
            s = \'\'\'
    def no(): pass
\'\'\'
        z = 3

    def n(self): pass

if __name__ == "__main__":
    import late

    f(1)
else:
    g()
'''

SAMPLES = {"python": PYTHON}

FRAGMENTS = [
    *"()[]{}\"'`\\#/*;:,.@=<>$ \t\n\r\f",
    "\r\n", '"""', "'''", "\n\n", "\n    ", "    ", "/*", "*/", "//", "${", "\\\n", "x", "é", "\u2028", "\ud800",
    "import a\n", "from b import c\n", "def h(y):\n    return y\n", "    def k(self): pass\n", "@deco\n", "class K:\n",
    "class In2(\n  object):\n", "else:\n", "f'{x", 'f"{"a"}"',
    "function q(a) {\n", "}\n", "class Z extends Y {\n", "  go() { return 1 }\n", "import z from 'z';\n", "=> {",
    "public class T {\n", "  private int v(String s) {\n", "package p;\n", "func Do(a int) {\n", "using System;\n",
    "namespace N\n{\n", "export default ", "const r = /[/'\"]/;\n", "`a${b", '@"', '$"', "const q = require('q')\n",
]  # fmt: skip

EDITS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 200)),
        st.lists(st.sampled_from(FRAGMENTS), max_size=4).map("".join),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("language", SAMPLES)
@settings(max_examples=400, deadline=None)
@given(edits=EDITS, ending=st.sampled_from(["\n", "\n", "\r\n", "\r"]))
def test_incremental_equals_batch(language, edits, ending):
    text = Text(SAMPLES[language].replace("\n", ending))
    segmenter = Segmenter(language)
    segmenter.reset(text)
    units = segmenter.units()
    for at, deleted, inserted in edits:
        start = at % (len(text) + 1)
        edit = TextEdit(start, min(start + deleted, len(text)), inserted)
        text = text.replace(edit.start, edit.end, edit.text)
        affected = segmenter.edit(text, edit)
        before, units = units, segmenter.units()
        assert units == segment(text, language)
        check_affected(before, units, affected, text)
    check_partition(units, text)


def check_affected(before, after, affected: TextRange, text: Text) -> None:
    """A unit outside the range is one that was there before; a frame may differ in how long its members are."""
    assert 0 <= affected.start <= affected.end <= len(text)
    known = {signature(unit) for unit in before}
    for unit in after:
        if unit.end <= affected.start or affected.end <= unit.start:
            assert signature(unit) in known


def signature(unit):
    text = unit.text.split() if unit.kind == "class" else unit.text
    return (unit.kind, unit.name, unit.prefix, unit.suffix, unit.imports, str(text))


def check_partition(units, text: Text) -> None:
    """Every character lies in one unit that shows it; other units that span it show a blank or their filler there."""
    whole = str(text)
    owners = [0] * len(whole)
    for unit in units:
        assert unit.end - unit.start == len(unit.text)
        assert text.line_of(unit.start) == unit.line
        assert text.line_start(unit.line) == unit.start
        if unit.kind == "class":
            continue
        assert unit.text == whole[unit.start : unit.end]
        for offset in range(unit.start, unit.end):
            owners[offset] += 1
    frames = sorted((unit for unit in units if unit.kind == "class"), key=lambda unit: len(unit.text))
    for unit in frames:  # inner ones first: what they own is blank in those around them
        for offset in range(unit.start, unit.end):
            if not owners[offset]:
                assert unit.text[offset - unit.start] == whole[offset]
                owners[offset] = 1
    assert owners == [1] * len(whole)
    assert [(unit.start, -len(unit.text)) for unit in units] == sorted((u.start, -len(u.text)) for u in units)
