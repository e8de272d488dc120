"""What is said to be too long after edits is what a fresh segmentation says."""

from __future__ import annotations

import random
from unittest import mock

import pytest

from leery_analyzers.text import Text, TextEdit
from leery_analyzers.units import Segmenter, segmenter

pytestmark = pytest.mark.portable

PIECES = {
    "python": [
        "import os\n", "def f(a):\n    return a\n\n\n", "class C:\n    x = 1\n\n    def m(self):\n        pass\n\n",
        "    def n(self):\n        return 2\n\n", "x = 1\n\ny = 2\n", "'''", "(", ")", "\n", "    ", "é",
    ],
    "java": ["class A {\n", "  void m() {\n    f();\n  }\n\n", "}\n", "import a.b;\n", "/*", "*/", "{", "}", "\n", "x"],
}  # fmt: skip


@pytest.mark.parametrize("limit", [30, 60, 120])
@pytest.mark.parametrize("language", PIECES)
@pytest.mark.parametrize("seed", range(6))
def test_notices_follow_edits(language, seed, limit):
    rng = random.Random(f"{language}{seed}{limit}")
    with mock.patch.object(segmenter, "MAX_UNIT", limit):
        text = Text("".join(rng.choices(PIECES[language], k=20)))
        followed = Segmenter(language)
        followed.reset(text)
        assert isinstance(followed.notices, tuple)  # asked once: from here on they are kept up to date
        for _ in range(80):
            start = rng.randrange(len(text) + 1)
            end = min(len(text), start + rng.choice([0, 0, 1, 8, 60]))
            edit = TextEdit(start, end, "".join(rng.choices(PIECES[language], k=rng.choice([0, 1, 4]))))
            text = text.replace(edit.start, edit.end, edit.text)
            followed.edit(text, edit)
            fresh = Segmenter(language)
            fresh.reset(text)
            assert followed.notices == fresh.notices
