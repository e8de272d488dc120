"""Each signal that Neovim has of where text comes from, made as its users make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.neovim.editor import Neovim

OUTSIDE = "import subprocess\nsubprocess.call(command, shell=True)\n"


def origins(editor: Neovim) -> list[dict[str, str]]:
    """The origins of the blocks of the current buffer, absent members left out."""
    return [{name: value for name, value in block["origin"].items() if value} for block in editor.blocks()]


def plugin(folder: Path, path: str, code: str) -> str:
    """A file of a plugin, as the packages of plugin managers lay it out; what runs it."""
    file = folder / "plugins" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    return f"dofile([[{file}]])"


# Pastes.


def test_a_paste_is_a_paste_and_its_finding_is_shown(editor: Neovim):
    editor.keys("G")
    editor.paste("\n" + OUTSIDE.rstrip("\n"))
    assert editor.wait(lambda: editor.of("paste")) == ["\n" + OUTSIDE.rstrip("\n")]
    assert origins(editor) == [{"kind": "paste", "evidence": "observed"}]
    found = editor.wait(lambda: editor.lua("return vim.diagnostic.get(0)"), "a finding")
    assert [item["source"] for item in found] == ["leery"]


def test_a_paste_in_insert_mode_is_parted_from_what_is_typed_around_it(editor: Neovim):
    editor.keys("otyped ")
    editor.paste("pasted words")
    editor.keys(" and typed<Esc>")
    editor.settle()
    assert editor.of("paste") == ["pasted words"]


def test_a_stream_of_pastes_is_one_insertion(editor: Neovim):
    editor.keys("o")
    for text, phase in (("one = 1\ntw", 1), ("o = 2\nth", 2), ("ree = 3", 3)):
        editor.api("nvim_paste", text, True, phase)  # noqa: FBT003 - whether to convert line endings
    editor.keys("<Esc>")
    editor.settle()
    assert editor.of("paste") == ["one = 1\ntwo = 2\nthree = 3"]
    assert len(editor.blocks()) == 1


def test_a_paste_into_the_command_line_is_none(editor: Neovim):
    editor.keys(":let g:x = 1")
    editor.paste("23")
    editor.keys("<CR>")
    editor.settle()
    assert editor.blocks() == []
    assert editor.log("hint-unmatched") == []


@pytest.mark.parametrize(
    ("clipboard", "keys", "expected"),
    [
        (OUTSIDE, '"+p', OUTSIDE),
        (OUTSIDE, '"*P', OUTSIDE),
        (OUTSIDE, '"+gp', OUTSIDE),
        (OUTSIDE, '2"+p', OUTSIDE * 2),
        ("outside_words", '"+P', "outside_words"),
        ("outside_words", 'viw"+p', "outside_words"),
        (OUTSIDE, ":put +<CR>", OUTSIDE),
        (OUTSIDE, ":0put *<CR>", OUTSIDE),
        ("outside_words", "A <C-r>+ typed<Esc>", "outside_words"),
        ("outside_words", "A <C-r><C-o>+<Esc>", "outside_words"),
        ("outside_words", "A <C-r><C-r>*x<Esc>", "outside_words"),
        ("one()\ntwo()", "A <C-r>+;<Esc>", "one()\ntwo()"),
        ("é𝄞ü_wörter", "A <C-r>+é<Esc>", "é𝄞ü_wörter"),
        ("outside_words", "qqA <C-r>+ typed<Esc>q", "outside_words"),
    ],
)
def test_a_register_that_another_program_filled_is_a_paste(editor: Neovim, clipboard: str, keys: str, expected: str):
    editor.clipboard(clipboard)
    editor.keys(keys)
    editor.settle()
    assert editor.of("paste") == [expected]


def test_repeating_a_put_is_a_put(editor: Neovim):
    editor.clipboard(OUTSIDE)
    editor.keys('"+p')
    editor.keys("G.")
    editor.settle()
    assert editor.of("paste") == [OUTSIDE * 2]


def test_a_macro_with_a_put_pastes_only_what_it_puts(editor: Neovim):
    editor.clipboard("outside_words")
    editor.keys("qqA <C-r>+ typed<Esc>qo<Esc>@q")
    editor.settle()
    assert editor.of("paste") == ["outside_words", "outside_words"]


def test_a_letter_that_is_an_argument_puts_nothing(editor: Neovim):
    editor.clipboard("x")
    editor.keys("rPfprpomp<Esc>mp")
    editor.settle()
    assert editor.blocks() == []


def test_a_line_moved_by_cutting_and_putting_keeps_its_origin(editor: Neovim):
    editor.keys("osecond_line = 'typed'<Esc>")
    editor.clipboard(OUTSIDE)
    editor.keys('"+p')
    editor.settle()
    editor.keys("ggddGp")
    editor.keys("ggddGp")
    editor.settle()
    assert editor.text == OUTSIDE + "first = 1\nsecond_line = 'typed'\n"
    assert editor.of("paste") == [OUTSIDE]


def test_a_word_copied_here_is_no_paste(editor: Neovim):
    editor.keys("yiwo<C-r>0 = 2<Esc>op<Esc>p")
    editor.keys("yiwggddGp")  # what was copied is gone
    editor.settle()
    assert editor.blocks() == []


def test_a_word_copied_out_of_a_block_keeps_its_origin(editor: Neovim):
    editor.keys("o")
    editor.paste("alpha + beta")
    editor.keys("<Esc>0wwyiwox = <Esc>p")
    editor.settle()
    assert editor.of("paste") == ["alpha + beta", "beta"]
    assert len(editor.blocks()) == 1


def test_a_word_copied_into_another_file_keeps_its_origin(editor: Neovim):
    editor.keys("o")
    editor.paste("alpha + beta")
    editor.keys("<Esc>0wwyiw")
    other = editor.opened.with_name("other.py")
    editor.command("set hidden")
    editor.open(other)
    editor.keys("ix = <Esc>p")
    editor.settle()
    assert editor.of("paste") == ["beta"]
    editor.keys("oy = <C-r>0<Esc>")
    editor.settle()
    assert editor.of("paste") == ["beta", "beta"]
    assert len(editor.blocks()) == 1


def test_undo_and_redo_restore_what_was_there(editor: Neovim):
    editor.clipboard(OUTSIDE)
    editor.keys("otyped_by_hand = 1<Esc>")
    editor.keys('"+p')
    editor.keys("u")
    editor.settle()
    assert editor.of("paste") == []
    editor.keys("<C-r>")
    editor.settle()
    assert editor.of("paste") == [OUTSIDE]
    editor.keys("kdd")
    editor.keys("u")
    editor.settle()
    assert editor.of("paste") == [OUTSIDE]


@pytest.mark.parametrize("ending", ["dos", "mac"])
def test_line_endings_of_other_systems_count(editor: Neovim, ending: str):
    editor.command(f"set fileformat={ending} | write | edit ++fileformat={ending}")
    editor.clipboard("a_line()\nb_line()\n")
    editor.keys('"+p')
    editor.settle()
    places = [place for block in editor.blocks() for place in block["ranges"]]
    assert [(p["start"]["line"], p["end"]["line"]) for p in places] == [(1, 3)]
    assert [origin["kind"] for origin in origins(editor)] == ["paste"]


def test_a_file_without_a_last_line_ending(editor: Neovim):
    editor.command("set noendofline nofixendofline | write | edit")
    editor.clipboard("a_line()\nb_line()\n")
    editor.keys('"+p')
    editor.settle()
    assert [origin["kind"] for origin in origins(editor)] == ["paste"]
    assert editor.log("hint-unmatched") == []


# Completions.

TAB = """
vim.keymap.set('i', '<Tab>', function()
  return '<C-R><C-O>=%s#Text()<CR>'
end, { expr = true, replace_keycodes = true })
"""


def with_tab(editor: Neovim, tmp_path: Path, name: str, text: str) -> None:
    """Let Tab put in what a plugin's function returns, as copilot.vim and codeium.vim do."""
    folder = tmp_path / "vim"
    (folder / "autoload").mkdir(parents=True)
    (folder / "autoload" / f"{name}.vim").write_text(
        f"function! {name}#Text() abort\n  return {text!r}\nendfunction\n".replace("'", '"'), encoding="utf-8"
    )
    editor.command(f"set rtp+={folder}")
    editor.lua(TAB % name)


@pytest.mark.parametrize("name", ["copilot", "codeium"])
def test_a_suggestion_taken_by_tab_is_its_assistants(editor: Neovim, tmp_path: Path, name: str):
    with_tab(editor, tmp_path, name, "sum(values):\n    return total")
    editor.keys("odef ")
    editor.keys("<Tab>")
    editor.keys(" # typed<Esc>")
    editor.settle()
    assert editor.of("completion") == ["sum(values):\n    return total"]
    assert origins(editor) == [{"kind": "completion", "evidence": "observed", "assistant": name}]


def test_an_expression_of_another_plugin_is_no_completion(editor: Neovim, tmp_path: Path):
    with_tab(editor, tmp_path, "othertool", "short()")
    editor.keys("o<Tab><Esc>")
    editor.settle()
    assert editor.blocks() == []


APPLY = """
local row = vim.api.nvim_win_get_cursor(0)[1] - 1
local range = { start = { line = row, character = 0 }, ['end'] = { line = row, character = %d } }
vim.schedule(function()
  vim.lsp.util.apply_text_edits({ { range = range, newText = %s } }, vim.api.nvim_get_current_buf(), 'utf-8')
end)
"""


@pytest.mark.parametrize(
    ("path", "kind", "assistant"),
    [
        ("copilot.lua/lua/copilot/suggestion/init.lua", "completion", "copilot"),
        ("supermaven-nvim/lua/supermaven-nvim/completion_preview.lua", "completion", "supermaven"),
        ("codeium.nvim/lua/codeium/virtual_text.lua", "completion", "codeium"),
        ("codecompanion.nvim/lua/codecompanion/strategies/inline/init.lua", "chat", "codecompanion"),
        ("claudecode.nvim/lua/claudecode/diff.lua", "agent", "claude-code"),
        ("avante.nvim/lua/avante/sidebar.lua", "agent", "avante"),
    ],
)
def test_a_plugin_is_known_by_its_file(editor: Neovim, tmp_path: Path, path: str, kind: str, assistant: str):
    run = plugin(tmp_path, path, APPLY % (3, "'def add(a, b):\\n    return a + b'"))
    editor.keys("odef")
    editor.lua(run)
    editor.keys("<Esc>")
    editor.wait(lambda: "return a + b" in editor.text, "the edit")
    editor.settle()
    assert editor.of(kind) == [" add(a, b):\n    return a + b"]  # "def" was typed
    assert origins(editor) == [{"kind": kind, "evidence": "observed", "assistant": assistant}]


def test_what_is_typed_after_a_plugins_edit_is_typed(editor: Neovim, tmp_path: Path):
    run = plugin(tmp_path, "copilot.lua/lua/copilot/suggestion/init.lua", APPLY % (0, "'offered = 1'"))
    editor.keys("o")
    editor.lua(run)
    editor.wait(lambda: "offered" in editor.text, "the edit")
    editor.keys("<End>23<Esc>otyped = 2<Esc>")
    editor.settle()
    assert editor.of("completion") == ["offered = 1"]


NOTIFY_ACCEPTED = """
vim.lsp.start({
  name = 'copilot',
  cmd = function(dispatchers)
    return {
      request = function(method, _, callback)
        vim.schedule(function() callback(nil, method == 'initialize' and { capabilities = {} } or {}) end)
        return true, 1
      end,
      notify = function() return true end,
      is_closing = function() return false end,
      terminate = function() end,
    }
  end,
  root_dir = vim.fn.getcwd(),
})
"""


def test_an_acceptance_that_copilot_reports_counts_as_reported(editor: Neovim, tmp_path: Path):
    editor.lua(NOTIFY_ACCEPTED)
    ready = "local c = vim.lsp.get_clients({ name = 'copilot' })[1] return c ~= nil and c.initialized == true"
    editor.wait(lambda: editor.lua(ready), "the other server")
    accept = "vim.lsp.get_clients({ name = 'copilot' })[1]:request('notifyAccepted', { uuid = '1' }, function() end)\n"
    run = plugin(tmp_path, "copilot.lua/lua/copilot/suggestion/init.lua", accept + APPLY % (0, "'offered = 1'"))
    editor.keys("o<Esc>")
    editor.lua(run)
    editor.wait(lambda: "offered" in editor.text, "the edit")
    editor.settle()
    assert origins(editor) == [{"kind": "completion", "evidence": "reported", "assistant": "copilot"}]


def test_a_model_that_code_companion_names_is_told(editor: Neovim, tmp_path: Path):
    event = "vim.api.nvim_exec_autocmds('User', { pattern = 'CodeCompanionRequestStarted', data = { adapter = "
    event += "{ name = 'anthropic', model = 'claude-x' } } })\n"
    path = "codecompanion.nvim/lua/codecompanion/strategies/inline/init.lua"
    editor.keys("o<Esc>")
    editor.lua(plugin(tmp_path, path, event + APPLY % (0, "'offered = 1'")))
    editor.wait(lambda: "offered" in editor.text, "the edit")
    editor.settle()
    expected = {"kind": "chat", "evidence": "reported", "assistant": "codecompanion", "model": "claude-x"}
    assert origins(editor) == [expected]


def test_an_unknown_plugin_is_not_guessed_at(editor: Neovim, tmp_path: Path):
    run = plugin(tmp_path, "some.nvim/lua/some/edit.lua", APPLY % (0, "'one = 1\\ntwo = 2\\nthree = 3'"))
    editor.keys("o<Esc>")
    editor.lua(run)
    editor.wait(lambda: "three" in editor.text, "the edit")
    editor.settle()
    assert [origin["kind"] for origin in origins(editor)] == ["unknown"]


def test_an_assistant_of_ones_own_can_be_named(start, workspace: Path, tmp_path: Path):
    file = workspace / "sample.py"
    file.write_text("first = 1\n", encoding="utf-8")
    editor = start({"assistants": [{"pattern": "/some%.nvim/", "kind": "agent", "assistant": "some"}]})
    editor.open(file)
    editor.keys("o<Esc>")
    editor.lua(plugin(tmp_path, "some.nvim/lua/some/edit.lua", APPLY % (0, "'one = 1'")))
    editor.wait(lambda: "one = 1" in editor.text, "the edit")
    editor.settle()
    assert origins(editor) == [{"kind": "agent", "evidence": "observed", "assistant": "some"}]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("ofir<C-n><C-y> typed<Esc>", ["st"]),
        ("ofir<C-n> typed<Esc>", ["st"]),
        ("ofir<C-n><C-e>e typed<Esc>", []),
        ("ofirst typed<Esc>", []),
        ("ofir<C-n><C-y><BS>x<Esc>", ["s"]),
    ],
)
def test_a_completion_of_the_menu_is_what_the_menu_added(editor: Neovim, keys: str, expected: list[str]):
    editor.command("set completeopt=menuone")
    for key in editor.lua("return vim.fn.split(select(1, ...), [[\\(<[^>]*>\\|.\\)\\zs]])", keys):
        editor.keys("<lt>" if key == "<" else key)
    editor.settle()
    assert editor.of("completion") == expected


INLINE = """
vim.lsp.start({
  name = 'inline-assistant',
  cmd = function()
    return {
      request = function(method, params, callback)
        local result = {}
        if method == 'initialize' then
          result = { capabilities = { inlineCompletionProvider = true, textDocumentSync = 1 } }
        elseif method == 'textDocument/inlineCompletion' then
          local line = params.position.line
          result = { items = { {
            insertText = 'def add(a, b):\\n    return a + b',
            range = { start = { line = line, character = 0 }, ['end'] = params.position },
            command = { title = 'Accepted', command = 'accepted' },
          } } }
        end
        vim.schedule(function() callback(nil, result) end)
        return true, 1
      end,
      notify = function() return true end,
      is_closing = function() return false end,
      terminate = function() end,
    }
  end,
  root_dir = vim.fn.getcwd(),
})
"""


def test_an_inline_completion_of_a_language_server(editor: Neovim):
    if not editor.lua("return vim.lsp.inline_completion ~= nil"):
        assert editor.lua("return vim.fn.has('nvim-0.12')") == 0
        return
    editor.lua(INLINE)
    attached = "return #vim.lsp.get_clients({ name = 'inline-assistant', bufnr = 0 }) == 1"
    editor.wait(lambda: editor.lua(attached), "the other server")
    editor.lua("vim.lsp.inline_completion.enable(true)")
    editor.keys("odef")
    space = "vim.api.nvim_create_namespace('nvim.lsp.inline_completion')"
    marks = f"return #vim.api.nvim_buf_get_extmarks(0, {space}, 0, -1, {{}})"
    editor.wait(lambda: editor.lua(marks) > 0, "the suggestion to be shown")
    assert editor.lua("return vim.lsp.inline_completion.get()")
    editor.wait(lambda: "return a + b" in editor.text, "the completion")
    editor.keys("<End> # typed<Esc>")
    editor.settle()
    assert editor.of("completion") == [" add(a, b):\n    return a + b"]
    assert origins(editor) == [{"kind": "completion", "evidence": "observed", "assistant": "inline-assistant"}]


# Disk.


def test_a_file_written_outside_is_from_disk(editor: Neovim):
    editor.keys("osecond_line = 'typed'<Esc>")
    editor.command("write")
    editor.settle()
    file = editor.opened
    file.write_text(editor.text + OUTSIDE, encoding="utf-8")
    editor.command("set autoread | checktime")
    editor.wait(lambda: OUTSIDE in editor.text, "the file to be read again")
    editor.wait(lambda: editor.of("disk") == [OUTSIDE], "the block")
    assert origins(editor) == [{"kind": "disk", "evidence": "observed"}]
    editor.clipboard("pasted_afterwards()\n")
    editor.keys('G"+p')
    editor.settle()
    assert editor.of("paste") == ["pasted_afterwards()\n"]
    assert editor.log("hint-unmatched") == []
