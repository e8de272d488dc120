"""The kept listing equals a fresh one after any edits."""

from __future__ import annotations

import random

import pytest

from leery_analyzers.outline import Outline
from leery_analyzers.text import Text, TextEdit
from leery_analyzers.units import Segmenter, segment

pytestmark = pytest.mark.portable

PIECES = {
    "python": [
        "import os\n", "def f(a):\n    return a\n\n\n", "class C:\n    x = 1\n\n    def m(self):\n        pass\n\n",
        "    def n(self):\n        return 2\n\n", "x = 1\n\ny = 2\n", "'''", "(", ")", "\n", "    ", "é", "@d\n",
    ],
    "java": ["class A {\n", "  void m() {\n    f();\n  }\n\n", "}\n", "import a.b;\n", "/*", "*/", "{", "}", "\n", "x"],
}  # fmt: skip


def listed(outline):
    return [(entry.start, entry.end, entry.line, entry.key) for entry in outline.entries()]


@pytest.mark.parametrize("language", PIECES)
@pytest.mark.parametrize("seed", range(12))
def test_kept_listing_equals_a_fresh_one(language, seed):
    rng = random.Random(f"{language}{seed}")
    text = Text("".join(rng.choices(PIECES[language], k=20)))
    segmenter = Segmenter(language)
    segmenter.reset(text)
    outline = Outline(segmenter)
    for _ in range(120):
        for _ in range(rng.choice([1, 1, 1, 1, 1, 1, 3, 40])):
            start = rng.randrange(len(text) + 1)
            end = min(len(text), start + rng.choice([0, 0, 1, 8, 60]))
            edit = TextEdit(start, end, "".join(rng.choices(PIECES[language], k=rng.choice([0, 1, 1, 4]))))
            before, text = text, text.replace(edit.start, edit.end, edit.text)
            outline.edit(before, text, edit, segmenter.edit(text, edit))
        expected = [(unit.start, unit.end, unit.line, unit.key) for unit in segment(text, language)]
        assert listed(outline) == expected
