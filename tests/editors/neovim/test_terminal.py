"""In a real terminal, installed as a person installs it: `make neovim` and one line of configuration."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from tests.editors.neovim.editor import PATIENCE, REPOSITORY, private_home

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Terminal:
    """A terminal of 100 by 30 characters in which a program runs, by way of a tmux server of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str], command: list[str], cwd: Path) -> None:
        tmux = shutil.which("tmux")
        if tmux is None:
            pytest.skip("tmux is not installed; .ci/editors-neovim does it")
        self._tmux = [tmux, "-S", str(folder / "tmux"), "-f", "/dev/null"]
        self._environment = {**environment, "TERM": "xterm-256color"}
        self._run("new-session", "-d", "-x", "100", "-y", "30", "-c", str(cwd), *command)

    def _run(self, *arguments: str, text: str | None = None) -> str:
        run = subprocess.run(
            [*self._tmux, *arguments], input=text, env=self._environment, capture_output=True, text=True, check=True
        )
        return run.stdout

    @property
    def screen(self) -> str:
        """What is seen."""
        return self._run("capture-pane", "-p")

    def wait(self, *parts: str) -> None:
        """Wait until all of these texts are seen at once: lenses, marks and findings come one after another."""
        end = time.monotonic() + PATIENCE
        while missing := [part for part in parts if part not in (screen := self.screen)]:
            assert time.monotonic() < end, f"waited in vain for {missing}:\n{screen}"
            time.sleep(0.05)

    def wait_for_lines(self, first: int, *shapes: str) -> None:
        """Wait until lines of the screen, counted from 0, match these regular expressions as a whole, all at once."""
        end = time.monotonic() + PATIENCE
        while True:
            lines = self.screen.split("\n")[first : first + len(shapes)]
            if all(re.fullmatch(shape, line) for shape, line in zip(shapes, lines, strict=True)):
                return
            assert time.monotonic() < end, "\n".join(lines)
            time.sleep(0.05)

    def keys(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Press keys that stand for themselves."""
        self._run("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste as a terminal does, in brackets where the program asked for them."""
        self._run("load-buffer", "-", text=text)
        self._run("paste-buffer", "-p", "-r")

    def close(self) -> None:
        """End the terminal and what runs in it."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("kill-server")


@pytest.fixture
def terminal(
    program: Path, home: Path, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    """Neovim with a file of one line, as it comes up for a person who has just installed Leery."""
    environment = private_home(home)
    subprocess.run(["make", "--no-print-directory", "neovim"], cwd=REPOSITORY, env=environment, check=True)
    config = home / "config" / "nvim"
    config.mkdir(parents=True)
    (config / "init.lua").write_text("vim.lsp.enable('leery')\n", encoding="utf-8")
    (workspace / "sample.py").write_text("first = 1\n", encoding="utf-8")
    short = tmp_path_factory.mktemp("t")
    terminal = Terminal(short, environment, [str(program), "-n", "-i", "NONE", "sample.py"], workspace)
    yield terminal
    terminal.close()


def attached(terminal: Terminal) -> None:
    """Wait for the server, as a person would look."""
    terminal.wait("first = 1")
    end = time.monotonic() + PATIENCE
    while True:
        terminal.type(":lua print('ready ' .. #vim.lsp.get_clients({ bufnr = 0, name = 'leery' }))")
        terminal.keys("Enter")
        if "ready 1" in terminal.screen:
            return
        assert time.monotonic() < end, terminal.screen
        time.sleep(0.1)


def test_a_bracketed_paste_is_seen_as_a_paste_with_its_finding(terminal: Terminal):
    attached(terminal)
    terminal.keys("o")
    terminal.type("typed = 2")
    terminal.keys("Enter")
    terminal.paste("import subprocess\nsubprocess.call(command, shell=True)\nlast = 3")
    terminal.keys("Escape")
    terminal.wait_for_lines(
        1,
        r" *typed = 2",
        r"▎ import subprocess paste, observed · 1 finding · .* paste",  # its origin, at the right
        r"[EW] subprocess\.call\(command, shell=True\).*",  # the sign of a finding
        r"▎ last = 3",
    )


def test_picking_a_block_and_reviewing_it(terminal: Terminal):
    attached(terminal)
    terminal.keys("o")
    terminal.paste("one = 1\ntwo = 2")
    terminal.keys("Escape")
    terminal.wait("no findings · unreviewed", "▎ one = 1", "▎ two = 2")
    terminal.type("gg:Leery blocks")
    terminal.keys("Enter")
    terminal.wait("1: 2: paste · unreviewed · 0 findings")
    terminal.type("1")
    terminal.keys("Enter")
    terminal.type(":Leery review")
    terminal.keys("Enter")
    terminal.wait("no findings · reviewed")
