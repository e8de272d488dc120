"""Two hundred mixed actions: every character's origin is what the script that made it has on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.editors.neovim.record import AGENT, COMPLETION, DISK, NOBODY, PASTE, TYPED, Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.neovim.editor import Neovim

ACTIONS = 200


def blamed(editor: Neovim, text: str) -> list[str]:
    """The maker of each character of the saved file but line endings, by `leery blame`."""
    makers: list[str] = []
    lines = editor.leery("blame", str(editor.opened))
    assert [line["line"] for line in lines] == list(range(1, text.count("\n") + 1))
    for line, content in zip(lines, text.splitlines(), strict=True):
        here = [""] * len(content)
        for span in line["spans"]:
            kind = span["origin"]["kind"] if span["origin"] else NOBODY
            here[span["start"] : span["end"]] = [kind] * (span["end"] - span["start"])
        makers += here
    return makers


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
    wanted = [maker for char, maker in zip(session.record.text, session.record.makers, strict=True) if char != "\n"]
    editor.wait(lambda: blamed(editor, session.record.text) == wanted, "the store to be written")
    assert {TYPED, PASTE, COMPLETION, AGENT, DISK} <= set(wanted)
    assert editor.log("hint-unmatched") == []
