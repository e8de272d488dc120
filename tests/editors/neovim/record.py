"""A person's and some programs' work on a file, played in a real Neovim, with a record of who made each character.

The record is kept by the script alone: it knows what it pressed, pasted and let plugins do, and never asks the server.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.editors.neovim.editor import Neovim

NOBODY, TYPED = "nobody", "typed"
PASTE, COMPLETION, AGENT, DISK = "paste", "completion", "agent", "disk"

PLUGIN = """
local first, last, lines = unpack(EDIT)
vim.api.nvim_buf_set_lines(0, first, last, true, lines)
"""
SUGGESTION = """
local row, column, text = unpack(EDIT)
local range = { start = { line = row, character = 0 }, ['end'] = { line = row, character = column } }
vim.lsp.util.apply_text_edits({ { range = range, newText = text } }, vim.api.nvim_get_current_buf(), 'utf-8')
"""
TAB = """
vim.keymap.set('i', '<Tab>', function() return '<C-R><C-O>=copilot#Text()<CR>' end,
  { expr = true, replace_keycodes = true })
"""
AUTOLOAD = "function! copilot#Text() abort\n  return g:suggestion\nendfunction\n"


class Record:
    """Text with the maker of each character."""

    def __init__(self, text: str, maker: str) -> None:
        self.text = text
        self.makers = [maker] * len(text)

    def copy(self) -> Record:
        """The same at this moment."""
        other = Record(self.text, "")
        other.makers = list(self.makers)
        return other

    def replace(self, start: int, end: int, text: str, makers: list[str] | str) -> None:
        """Put `text` in the place of what stands from `start` to `end`."""
        if isinstance(makers, str):
            makers = [makers] * len(text)
        assert len(makers) == len(text)
        self.text = self.text[:start] + text + self.text[end:]
        self.makers[start:end] = makers

    @property
    def lines(self) -> list[str]:
        """The lines, without the empty one behind the last ending."""
        return self.text.split("\n")[:-1]

    def start(self, row: int) -> int:
        """Where a line starts; also the one behind the last."""
        return sum(len(line) + 1 for line in self.lines[:row])


class Session:
    """Actions at random places, each of which leaves Neovim in Normal mode with one change more to undo."""

    def __init__(self, editor: Neovim, folder: Path, seed: int) -> None:
        self.editor = editor
        self.random = random.Random(seed)
        self.folder = folder
        self.count = 0
        self.record = Record(editor.text, NOBODY)
        self.past: list[Record] = []
        self.future: list[Record] = []
        self.clipboard_text = ""
        self.actions: list[Callable[[], None]] = [
            *[self.type_line, self.type_inside, self.type_at_end] * 4,
            *[self.put_lines, self.put_words, self.put_by_command, self.put_in_insert_mode] * 2,
            *[self.paste_in_insert_mode, self.paste_lines] * 2,
            *[self.tab, self.suggestion, self.agent_adds, self.agent_rewrites, self.menu] * 2,
            *[self.delete_lines, self.delete_inside, self.join] * 2,
            *[self.move_by_cutting, self.move_by_command, self.copy_lines, self.copy_word, self.replace_word] * 2,
            *[self.undo, self.redo, self.undo] * 2,
            *[self.indent, self.space] * 2,
            *[self.write_outside] * 3,
        ]

    def install(self) -> None:
        """Lay out the plugins that the session uses."""
        for path, code in (
            ("lua/claudecode/edit.lua", PLUGIN),
            ("lua/copilot/suggestion/init.lua", SUGGESTION),
            ("lua/tidy/format.lua", PLUGIN),
            ("autoload/copilot.vim", AUTOLOAD),
        ):
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code, encoding="utf-8")
        self.editor.command(f"set rtp+={self.folder} completeopt=menuone autoread shiftwidth=4 expandtab")
        self.editor.command("filetype plugin indent off")
        self.editor.command("set noautoindent nosmartindent indentexpr= nojoinspaces formatoptions= foldmethod=manual")
        self.editor.lua(TAB)

    def step(self) -> str:
        """Carry out one action; its name."""
        action = self.random.choice(self.actions)
        action()
        assert self.editor.text == self.record.text, action.__name__
        return action.__name__

    def edit(self, start: int, end: int, text: str, makers: list[str] | str, *, joined: bool = False) -> None:
        """Record a change; unless it is `joined` to the last one, it is one that can be undone by itself."""
        if not joined:
            self.past.append(self.record.copy())
            self.future.clear()
        self.record.replace(start, end, text, makers)

    # What is put in.

    def words(self, much: int = 3) -> str:
        """Text that stands nowhere else; not only ASCII."""
        self.count += 1
        names = self.random.sample(
            ["größe", "value", "total", "名前", "item", "Δx", "call"], self.random.randint(1, much)
        )
        return "_".join(names) + f"_{self.count:03d}"

    def code(self) -> str:
        """A line that stands nowhere else."""
        indent = " " * self.random.choice([0, 0, 4])
        return f"{indent}{self.words(2)} = {self.random.randint(10, 99)}"

    def block(self) -> str:
        """Some lines that stand nowhere else, with their endings."""
        return "".join(f"{self.code()} + {self.words()}\n" for _ in range(self.random.randint(2, 5)))

    # Places.

    def row(self) -> int:
        """A line."""
        return self.random.randrange(len(self.record.lines))

    def rows(self) -> tuple[int, int]:
        """Some lines, end-exclusive; never all unless there is but one."""
        first = self.row()
        size = len(self.record.lines)
        last = min(first + self.random.randint(1, 4), size)
        return (first, last) if last - first < size else (first, max(last - 1, first + 1))

    def go(self, row: int, column: int = 0) -> None:
        """Put the cursor on a character of a line."""
        column = len(self.record.lines[row][:column].encode())
        self.editor.lua("vim.api.nvim_win_set_cursor(0, { ... })", row + 1, column)

    def inside(self) -> tuple[int, int, int]:
        """A place before a character of a line: row, column, offset. Rows without a character are passed over."""
        filled = [row for row, line in enumerate(self.record.lines) if line]
        row = self.random.choice(filled)
        column = self.random.randrange(len(self.record.lines[row]))
        return row, column, self.record.start(row) + column

    def outside_copies(self, text: str) -> None:
        """Another program fills the clipboard."""
        self.editor.clipboard(text)

    # Typing.

    def type_line(self) -> None:
        row, text = self.row(), self.code()
        self.go(row)
        self.editor.keys(f"o{text}<Esc>")
        self.edit(self.record.start(row + 1), self.record.start(row + 1), text + "\n", TYPED)

    def type_inside(self) -> None:
        row, column, at = self.inside()
        text = self.words(2)
        self.go(row, column)
        self.editor.keys("i")
        self.editor.type(text)
        self.editor.keys("<Esc>")
        self.edit(at, at, text, TYPED)

    def type_at_end(self) -> None:
        row = self.row()
        at = self.record.start(row) + len(self.record.lines[row])
        one, other = self.words(2), self.code()
        self.go(row)
        self.editor.keys(f"A{one}<CR>{other}<Esc>")
        self.edit(at, at, f"{one}\n{other}", TYPED)

    # Pasting.

    def put_lines(self) -> None:
        row, text = self.row(), self.block()
        self.outside_copies(text)
        self.go(row)
        below = self.random.random() < 0.5
        self.editor.keys('"+p' if below else '"+P')
        at = self.record.start(row + below)
        self.edit(at, at, text, PASTE)

    def put_words(self) -> None:
        row, column, at = self.inside()
        text = self.words()
        self.outside_copies(text)
        self.go(row, column)
        self.editor.keys('"*P')
        self.edit(at, at, text, PASTE)

    def put_by_command(self) -> None:
        row, text = self.row(), self.block()
        self.outside_copies(text)
        self.editor.keys(f":{row + 1}put +<CR>")
        at = self.record.start(row + 1)
        self.edit(at, at, text, PASTE)

    def put_in_insert_mode(self) -> None:
        row, column, at = self.inside()
        before, text, after = self.words(1), self.words(), self.words(1)
        self.outside_copies(text)
        self.go(row, column)
        self.editor.keys(f"i{before}{self.random.choice(['<C-r>', '<C-r><C-o>', '<C-r><C-r>'])}+{after}<Esc>")
        self.edit(at, at, before + text + after, [TYPED] * len(before) + [PASTE] * len(text) + [TYPED] * len(after))

    def paste_in_insert_mode(self) -> None:
        row, column, at = self.inside()
        before, text, after = self.words(1), self.block()[:-1], self.words(1)
        self.go(row, column)
        self.editor.keys(f"i{before}")
        self.editor.paste(text)
        self.editor.keys(f"{after}<Esc>")
        self.edit(at, at, before + text + after, [TYPED] * len(before) + [PASTE] * len(text) + [TYPED] * len(after))

    def paste_lines(self) -> None:
        row, text = self.row(), self.block()
        self.go(row)
        self.editor.keys("O<Esc>")
        self.editor.paste(text[:-1])
        at = self.record.start(row)
        self.edit(at, at, "\n", TYPED)
        self.edit(at, at, text[:-1], PASTE)

    # Assistants.

    def tab(self) -> None:
        row = self.row()
        typed, text = self.words(1), f"({self.words()}):\n    return {self.words()}"
        self.editor.lua("vim.g.suggestion = ...", text)
        self.go(row)
        self.editor.keys(f"o{typed}")
        self.editor.keys("<Tab>")
        self.editor.keys("<Esc>")
        at = self.record.start(row + 1)
        makers = [TYPED] * len(typed) + [COMPLETION] * len(text) + [TYPED]
        self.edit(at, at, f"{typed}{text}\n", makers)

    def run(self, path: str, *edit: object) -> None:
        """Let a plugin edit; outside of Insert mode as a change of its own."""
        if not self.editor.api("nvim_get_mode")["mode"].startswith("i"):
            self.editor.command("let &undolevels = &undolevels")
        self.editor.lua("EDIT = { select(2, ...) } dofile((...))", str(self.folder / path), *edit)

    def suggestion(self) -> None:
        row = self.row()
        typed, text = self.words(1), f" = {self.words()}\nassert {self.words()}"
        self.go(row)
        self.editor.keys(f"o{typed}")
        self.run("lua/copilot/suggestion/init.lua", row + 1, len(typed.encode()), typed + text)
        self.editor.keys("<Esc>")
        at = self.record.start(row + 1)
        self.edit(at, at, f"{typed}{text}\n", [TYPED] * len(typed) + [COMPLETION] * len(text) + [TYPED])

    def agent_adds(self) -> None:
        row, text = self.row(), self.block()
        self.run("lua/claudecode/edit.lua", row, row, text.split("\n")[:-1])
        at = self.record.start(row)
        self.edit(at, at, text, AGENT)

    def agent_rewrites(self) -> None:
        row = self.row()
        text = f"@{self.words()}!"  # no line begins or ends so: nothing is kept
        if self.record.lines[row][:1] == "@" or self.record.lines[row][-1:] == "!":
            return
        self.run("lua/claudecode/edit.lua", row, row + 1, [text])
        start = self.record.start(row)
        self.edit(start, start + len(self.record.lines[row]), text, AGENT)

    def menu(self) -> None:
        row = self.row()
        words = {word for line in self.record.lines for word in line.split() if word.isidentifier() and len(word) > 6}
        if not words:
            return
        typed = self.random.choice(sorted(words))[:4]
        self.go(row)
        self.editor.keys(f"o{typed}")
        self.editor.keys("<C-n>")
        line = self.editor.lua("return vim.api.nvim_get_current_line()")
        self.editor.keys("<C-y>")
        self.editor.keys("<Esc>")
        at = self.record.start(row + 1)
        added = len(line) - len(typed)
        assert line.startswith(typed)
        self.edit(at, at, f"{line}\n", [TYPED] * len(typed) + [COMPLETION] * added + [TYPED])

    # Taking away and moving.

    def delete_lines(self) -> None:
        first, last = self.rows()
        if len(self.record.lines) == 1:
            return
        self.go(first)
        self.editor.keys(f'"_{last - first}dd')
        self.edit(self.record.start(first), self.record.start(last), "", "")

    def delete_inside(self) -> None:
        row, column, at = self.inside()
        count = min(self.random.randint(1, 6), len(self.record.lines[row]) - column)
        text = self.record.text
        if text[at] == text[at + count] or text[at - 1] == text[at + count - 1]:
            return  # which of two equal characters went, nobody can tell
        self.go(row, column)
        self.editor.keys(f'"_{count}x')
        self.edit(at, at + count, "", "")

    def join(self) -> None:
        row = self.row()
        lines = self.record.lines
        if row + 1 >= len(lines) or not lines[row].strip() or not lines[row + 1].strip() or lines[row][-1] == " ":
            return
        if lines[row + 1].lstrip()[0] == ")":
            return
        indent = len(lines[row + 1]) - len(lines[row + 1].lstrip())
        self.go(row)
        self.editor.keys("J")
        at = self.record.start(row) + len(lines[row])
        maker = self.record.makers[at + indent] if indent else self.record.makers[at - 1]
        self.edit(at, at + 1 + indent, " ", maker)

    def _taken(self, first: int, last: int) -> tuple[str, list[str]]:
        start, end = self.record.start(first), self.record.start(last)
        return self.record.text[start:end], self.record.makers[start:end]

    def move_by_cutting(self) -> None:
        first, last = self.rows()
        if len(self.record.lines) == 1:
            return
        text, makers = self._taken(first, last)
        self.go(first)
        self.editor.keys(f"{last - first}dd")
        self.edit(self.record.start(first), self.record.start(last), "", "")
        row = self.row()
        self.go(row)
        self.editor.keys("p")
        at = self.record.start(row + 1)
        self.edit(at, at, text, makers)

    def move_by_command(self) -> None:
        first, last = self.rows()
        text, makers = self._taken(first, last)
        rest = len(self.record.lines) - (last - first)
        row = self.random.randint(0, rest)
        target = row if row <= first else row + (last - first)
        self.editor.keys(f":{first + 1},{last}m{target}<CR>")
        if target in (first, last):
            return
        self.edit(self.record.start(first), self.record.start(last), "", "")
        at = self.record.start(row)
        self.edit(at, at, text, makers, joined=True)

    def copy_lines(self) -> None:
        first, last = self.rows()
        text, makers = self._taken(first, last)
        self.go(first)
        self.editor.keys(f"{last - first}yy")
        row = self.row()
        self.go(row)
        self.editor.keys("p")
        at = self.record.start(row + 1)
        self.edit(at, at, text, makers)

    def _word(self) -> tuple[int, int, int, str] | None:
        """A word: row, column, offset, text."""
        for _ in range(20):
            row, column, at = self.inside()
            line = self.record.lines[row]
            if line[column].isalnum() and line[column].isascii() and line.isascii():
                start = column
                while start and (line[start - 1].isalnum() or line[start - 1] == "_"):
                    start -= 1
                end = column
                while end < len(line) and (line[end].isalnum() or line[end] == "_"):
                    end += 1
                return row, start, at - column + start, line[start:end]
        return None

    def copy_word(self) -> None:
        found = self._word()
        if found is None:
            return
        row, column, at, word = found
        makers = self.record.makers[at : at + len(word)]
        self.go(row, column)
        self.editor.keys("yiw")
        row, column, at = self.inside()
        self.go(row, column)
        self.editor.keys("P")
        self.edit(at, at, word, makers)

    def replace_word(self) -> None:
        found = self._word()
        if found is None:
            return
        row, column, at, word = found
        text = f"é{self.words(2)}é"
        self.outside_copies(text)
        self.go(row, column)
        self.editor.keys('viw"+p')
        self.edit(at, at + len(word), text, PASTE)

    # Undo and redo.

    def undo(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            if not self.past:
                return
            self.editor.keys("u")
            self.future.append(self.record)
            self.record = self.past.pop()
            assert self.editor.text == self.record.text, "undo"

    def redo(self) -> None:
        for _ in range(self.random.randint(1, 2)):
            if not self.future:
                return
            self.editor.keys("<C-r>")
            self.past.append(self.record)
            self.record = self.future.pop()
            assert self.editor.text == self.record.text, "undo"

    # Formatting and the disk.

    def indent(self) -> None:
        """Indent at least two lines: what is indented keeps its maker, and the indentation gets it."""
        first, last = self.rows()
        filled = [row for row in range(first, last) if self.record.lines[row]]
        if len(filled) < 2:
            return
        self.editor.keys(f":{first + 1},{last}><CR>")
        for index, row in enumerate(filled):
            at = self.record.start(row)
            self.edit(at, at, "    ", self.record.makers[at], joined=index > 0)

    def space(self) -> None:
        """Let a formatter take away the spaces around operators, and then put them back."""
        rows = [row for row, line in enumerate(self.record.lines) if line.count(" = ") == 1 and " + " in line]
        if not rows:
            return
        row = self.random.choice(rows)
        line = self.record.lines[row]
        whole = self.record.copy()
        self.run("lua/tidy/format.lua", row, row + 1, [line.replace(" = ", "=").replace(" + ", "+")])
        joined = False
        while match := re.search(r" [=+] ", self.record.lines[row]):
            at = self.record.start(row) + match.start()
            self.edit(at, at + 3, self.record.text[at + 1], self.record.makers[at + 1], joined=joined)
            joined = True
        self.editor.settle()  # nobody undoes half of what was done within a few milliseconds
        self.run("lua/tidy/format.lua", row, row + 1, [line])
        self.edit(0, len(self.record.text), whole.text, whole.makers)

    def write_outside(self) -> None:
        """Save, let another program add lines, and read them."""
        self.editor.command("silent write")
        row, text = self.row(), self.block()
        at = self.record.start(row)
        self.edit(at, at, text, DISK)
        self.editor.opened.write_text(self.record.text, encoding="utf-8", newline="")
        self.editor.command("checktime")
        self.editor.wait(lambda: self.editor.text == self.record.text, "the file to be read again")
        self.editor.settle()
