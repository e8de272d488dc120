"""Two hundred mixed actions: every character's origin is what the script that made it has on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.editors.neovim.record import NOBODY, Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.neovim.editor import Neovim

ACTIONS = 200


def blamed(editor: Neovim, text: str) -> list[tuple[str, str]]:
    """What `leery blame` says of the saved file, as `(text, maker)` for each stretch of one maker."""
    makers: list[str] = []
    lines = editor.leery("blame", str(editor.opened))
    assert [line["line"] for line in lines] == list(range(1, text.count("\n") + 1))
    for line, content in zip(lines, text.splitlines(keepends=True), strict=True):
        here = [""] * len(content)
        for span in line["spans"]:
            kind = span["origin"]["kind"] if span["origin"] else NOBODY
            here[span["start"] : span["end"]] = [kind] * (span["end"] - span["start"])
        makers += here
    pieces: list[tuple[str, str]] = []
    for char, maker in zip(text, makers, strict=True):
        if pieces and pieces[-1][1] == maker:
            pieces[-1] = (pieces[-1][0] + char, maker)
        else:
            pieces.append((char, maker))
    return pieces


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_two_hundred_actions(editor: Neovim, tmp_path: Path, seed: int):
    session = Session(editor, tmp_path, seed)
    session.install()
    done: list[str] = []
    for _ in range(ACTIONS):
        done.append(session.step())
        shown = [kind or "typed" for kind in editor.kinds()]
        wanted = ["typed" if maker == NOBODY else maker for maker in session.record.makers]
        assert shown == wanted, done[-8:]
    editor.command("silent write")
    editor.settle()
    assert editor.leery("blame", str(editor.opened))
    editor.wait(lambda: blamed(editor, session.record.text) == session.record.pieces(), "the store to be written")
