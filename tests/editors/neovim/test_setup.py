"""How a person sets Leery up: nothing but `vim.lsp.enable`, settings, trust, several folders."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.editors.neovim.editor import private_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.editors.neovim.editor import Neovim

INSECURE = "import subprocess\nsubprocess.call(command, shell=True)\n"
FOUND = "return #vim.diagnostic.get(0) > 0"


def insecure(folder: Path) -> Path:
    """A file with a finding in text that nobody brought just now."""
    folder.mkdir(exist_ok=True)
    file = folder / "insecure.py"
    file.write_text(INSECURE, encoding="utf-8")
    return file


def quiet(editor: Neovim) -> bool:
    """Whether nothing is found, once every engine has looked."""
    done = """
    local status = require('leery.status').of(vim.lsp.get_clients({ name = 'leery' })[1].id)
    return status ~= nil and not status.analysing
    """
    editor.wait(lambda: editor.lua(done), "the analysis")
    return not editor.lua(FOUND)


def test_settings_reach_the_server(start: Callable[..., Neovim], workspace: Path):
    editor = start(enable=False)
    editor.lua("vim.lsp.config('leery', { settings = { leery = { scope = 'all' } } }) vim.lsp.enable('leery')")
    editor.open(insecure(workspace))
    editor.wait(lambda: editor.lua(FOUND), "the finding")


def test_a_workspace_is_not_trusted_by_itself(start: Callable[..., Neovim], workspace: Path):
    (workspace / "leery.toml").write_text('scope = "all"\n', encoding="utf-8")
    editor = start()
    editor.open(insecure(workspace))
    assert quiet(editor)


def test_a_workspace_can_be_trusted(start: Callable[..., Neovim], workspace: Path):
    (workspace / "leery.toml").write_text('scope = "all"\n', encoding="utf-8")
    editor = start(enable=False)
    editor.lua(
        "local root = ... require('leery').setup({ trusted = function(r) return r == root end })", str(workspace)
    )
    editor.lua("vim.lsp.enable('leery')")
    editor.open(insecure(workspace))
    editor.wait(lambda: editor.lua(FOUND), "the finding")


def test_folders_of_the_same_trust_share_a_server(start: Callable[..., Neovim], workspace: Path):
    editor = start()
    editor.command("set hidden")
    editor.open(insecure(workspace / "one"))
    first = editor.client()
    editor.open(insecure(workspace / "two"))
    assert editor.client() == first
    editor.keys('ggyyG"+p')
    editor.clipboard("outside_words = 1\n")
    editor.keys('"+p')
    editor.settle()
    assert editor.of("paste") == ["outside_words = 1\n"]
    editor.wait(lambda: editor.log("insertion"), "the entry in the second folder's log")
    names = (
        "return vim.tbl_map(function(f) return vim.fs.basename(f.name) end, vim.lsp.get_clients()[1].workspace_folders)"
    )
    assert editor.lua(names) == ["one", "two"]


def git(folder: Path, home: Path, *arguments: str) -> None:
    """Run git as a person without any configuration of their own."""
    names = {f"GIT_{who}_{what}": "someone" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    nothing = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": str(home)}
    environment = {**private_home(home), **names, **nothing}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def test_a_workspace_in_git(start: Callable[..., Neovim], workspace: Path, home: Path):
    folder = workspace / "inner"
    folder.mkdir()
    file = folder / "sample.py"
    file.write_text("committed = 1\n", encoding="utf-8")
    git(workspace, home, "init", "-b", "main")
    git(workspace, home, "add", ".")
    git(workspace, home, "commit", "-m", "one")
    git(workspace, home, "checkout", "-b", "other")
    file.write_text("committed = 1\nfrom_the_other_branch = 2\n", encoding="utf-8")
    git(workspace, home, "commit", "-a", "-m", "two")
    git(workspace, home, "checkout", "main")

    editor = start()
    editor.open(file)
    assert editor.lua("return vim.lsp.get_clients()[1].root_dir") == str(workspace)
    git(workspace, home, "checkout", "other")
    editor.command("set autoread | checktime")
    editor.wait(lambda: "other_branch" in editor.text, "the file to be read again")
    editor.settle()
    assert editor.blocks() == []  # what version control brought is nobody's insertion
    editor.clipboard("outside_words = 3\n")
    editor.keys('G"+p')
    editor.keys("otyped_words = 4<Esc>")
    editor.command("write")
    expected = [(1, "vcs"), (2, "vcs"), (3, "paste"), (4, "typed")]

    def blamed() -> list[tuple[int, str | None]]:
        lines = editor.leery("blame", str(file))
        return [(line["line"], line["origin"] and line["origin"]["kind"]) for line in lines]

    editor.wait(lambda: blamed() == expected, "blame")


def test_an_option_that_does_not_exist_is_named(start: Callable[..., Neovim]):
    editor = start()
    editor.lua("require('leery').setup({ singns = true })")
    editor.wait(lambda: any("there is no option 'singns'" in text for text in editor.notified), "the message")


def test_a_configuration_of_ones_own_does_not_switch_hints_off(start: Callable[..., Neovim], workspace: Path):
    editor = start(enable=False)
    editor.lua("vim.lsp.config('leery', { on_attach = function() ATTACHED = true end }) vim.lsp.enable('leery')")
    file = workspace / "sample.py"
    file.write_text("first = 1\n", encoding="utf-8")
    editor.open(file)
    assert editor.lua("return ATTACHED")
    editor.clipboard("outside_words = 1\n")
    editor.keys('"+p')
    editor.settle()
    assert editor.of("paste") == ["outside_words = 1\n"]


def test_the_server_ends_with_the_editor(start: Callable[..., Neovim], workspace: Path):
    editor = start()
    editor.open(insecure(workspace))
    editor.lua("vim.lsp.enable('leery', false)")
    editor.wait(lambda: editor.client() is None, "the server to end")
    editor.lua("vim.wait(300)")
    assert editor.notified == []
