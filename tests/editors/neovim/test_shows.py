"""What a person sees and does: signs, virtual text, lenses, diagnostics, code actions, `:Leery`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.editors.neovim.editor import CLIENT

from leery.lsp import messages

if TYPE_CHECKING:
    from tests.editors.neovim.editor import Neovim

OUTSIDE = "import subprocess\nsubprocess.call(command, shell=True)\n"

MARKS = """
local space = vim.api.nvim_create_namespace('leery.blocks')
local found = {}
for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
  local details = mark[4]
  found[#found + 1] = {
    first = mark[2], last = details.end_row, sign = details.sign_hl_group,
    text = details.virt_text and details.virt_text[1][1] or '',
  }
end
return found
"""


def marks(editor: Neovim) -> list[dict[str, Any]]:
    """The blocks as they are marked in the current buffer."""
    return editor.lua(MARKS)


def findings(editor: Neovim) -> list[dict[str, Any]]:
    """The diagnostics of the current buffer."""
    return editor.lua("return vim.diagnostic.get(0)")


@pytest.fixture
def pasted(editor: Neovim) -> Neovim:
    """An editor whose file holds a pasted block with a finding, shown."""
    editor.clipboard(OUTSIDE)
    editor.keys('"+p')
    editor.wait(lambda: findings(editor), "a finding")
    editor.wait(lambda: marks(editor), "a mark")
    return editor


def test_a_block_has_signs_and_its_origin(pasted: Neovim):
    assert marks(pasted) == [{"first": 1, "last": 2, "sign": "LeeryPaste", "text": "paste"}]
    pasted.command("set signcolumn=yes | redraw")
    rows = "return vim.tbl_map(function(row) return vim.fn.screenstring(row, 1) end, { 1, 2, 3 })"
    assert pasted.lua(rows) in ([" ", "▎", "E"], [" ", "E", "E"], [" ", "▎", "W"])  # a finding's sign stands in front


def test_marks_move_along_and_are_told_anew(pasted: Neovim):
    pasted.keys("ggOabove<Esc>")
    pasted.wait(lambda: [(m["first"], m["last"]) for m in marks(pasted)] == [(2, 3)], "the mark to move")
    pasted.clipboard("x = 1\ny = 2\n")
    pasted.keys('G"+p')
    pasted.wait(lambda: [m["first"] for m in marks(pasted)] == [2, 4], "the second mark")


def test_a_reviewed_block_looks_so(pasted: Neovim):
    pasted.command("2 | Leery review looks fine")
    pasted.wait(lambda: [m["sign"] for m in marks(pasted)] == ["LeeryReviewed"], "the sign of a reviewed block")
    entries = pasted.wait(lambda: pasted.log("review"), "the entry")
    assert [(entry["decision"], entry["note"]) for entry in entries] == [("approved", "looks fine")]


def test_lenses_stand_behind_the_block_and_act(pasted: Neovim):
    lenses = (
        "return vim.tbl_map(function(l) return { l.range.start.line, l.command.title } end, vim.lsp.codelens.get(0))"
    )
    found = pasted.wait(lambda: pasted.lua(lenses), "lenses")
    assert [line for line, _ in found] == [1, 1]
    assert found[0][1].startswith("paste")
    pasted.lua("vim.ui.select = function(items, _, done) done(items[2]) end")
    pasted.command("2")
    pasted.lua("vim.lsp.codelens.run()")
    pasted.wait(lambda: pasted.log("review"), "the review")
    pasted.command("2")
    pasted.lua("vim.ui.select = function(items, _, done) done(items[1]) end")
    pasted.lua("vim.lsp.codelens.run()")
    pasted.wait(lambda: "leery://log" in pasted.lua("return vim.api.nvim_buf_get_name(0)"), "the log")
    assert "review" in pasted.text
    pasted.keys("q")


def test_a_fix_is_offered_and_applied(pasted: Neovim):
    pasted.clipboard("import yaml\nvalue = yaml.load(stream)\n")
    pasted.keys('G"+p')
    row = 4
    at = f"vim.diagnostic.get(0, {{ lnum = {row} }})"
    pasted.wait(lambda: pasted.lua(f"return #{at} > 0"), "a finding")
    pasted.lua(
        "vim.ui.select = function(items, _, done) "
        "OFFERED = vim.tbl_map(function(i) return i.action.title end, items) end"
    )
    pasted.command(str(row + 1))

    def offered() -> list[str]:
        pasted.lua("OFFERED = {} vim.lsp.buf.code_action()")
        return pasted.wait(lambda: pasted.lua("return OFFERED"), "code actions")

    pasted.wait(lambda: any("safe" in title.lower() or "load" in title.lower() for title in offered()), "a fix")
    titles = offered()
    assert any(title.startswith("Suppress") for title in titles)
    assert "Mark this block reviewed" in titles
    wanted = titles[0]
    pasted.lua(
        "vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.title == ... end })".replace(
            "...", f"[[{wanted}]]"
        )
    )
    pasted.wait(lambda: "safe_load" in pasted.text, "the fix")
    pasted.wait(lambda: not pasted.lua(f"return #{at} > 0"), "the finding to go")
    entries = pasted.wait(lambda: pasted.log("fix-applied"), "the entry")
    assert [entry["file"].endswith("sample.py") for entry in entries] == [True]


def test_suppressing_takes_a_reason(pasted: Neovim):
    pasted.lua("vim.ui.input = function(options, done) ASKED = options.prompt; done('') end")
    pasted.command("3 | Leery suppress")
    pasted.wait(lambda: any("only with a reason" in text for text in pasted.notified), "the message")
    assert pasted.log("suppression") == []
    pasted.command("3 | Leery suppress a known and checked command")
    pasted.wait(lambda: not pasted.lua("return #vim.diagnostic.get(0, { lnum = 2 }) > 0"), "the finding to go")
    entries = pasted.wait(lambda: pasted.log("suppression"), "the entry")
    assert [entry["fingerprint"] != "" for entry in entries] == [True]


def test_suppressing_by_the_code_action_asks_for_reason_and_day(pasted: Neovim):
    pasted.lua(
        "local answers = { 'checked', '2999-01-01' } "
        "vim.ui.input = function(_, done) done(table.remove(answers, 1)) end"
    )
    pasted.command("3")
    suppress = "return a.title:find('^Suppress') ~= nil"
    pasted.lua(f"vim.lsp.buf.code_action({{ apply = true, filter = function(a) {suppress} end }})")
    entries = pasted.wait(lambda: pasted.log("suppression"), "the suppression")
    assert [entry["expires"] for entry in entries] == ["2999-01-01"]


def test_an_origin_is_corrected(pasted: Neovim):
    pasted.command("2 | Leery origin agent codex")
    pasted.wait(lambda: [m["text"] for m in marks(pasted)] == ["agent by codex"], "the new origin")
    assert [block["origin"]["assistant"] for block in pasted.blocks()] == ["codex"]
    pasted.command("2 | Leery origin nonsense")
    pasted.wait(lambda: any("no kind of origin" in text for text in pasted.notified), "the message")
    pasted.command("1 | Leery origin paste")
    pasted.wait(lambda: any("no block on this line" in text for text in pasted.notified), "the message")


def test_blocks_are_picked_and_listed(pasted: Neovim):
    pasted.clipboard("x = 1\ny = 2\n")
    pasted.keys('G"+p')
    pasted.wait(lambda: len(marks(pasted)) == 2, "both marks")
    pasted.lua(
        "vim.ui.select = function(items, options, done) "
        "LABELS = vim.tbl_map(options.format_item, items) done(items[2]) end"
    )
    pasted.command("1 | Leery blocks")
    labels = pasted.lua("return LABELS")
    assert [label.split(" · ")[0] for label in labels] == ["2: paste", "4: paste"]
    assert labels[0].endswith("1 finding") or "findings" in labels[0]
    assert pasted.lua("return vim.api.nvim_win_get_cursor(0)[1]") == 4
    pasted.command("Leery! blocks")
    listed = pasted.lua("return vim.tbl_map(function(i) return i.lnum end, vim.fn.getqflist())")
    assert listed == [2, 4]
    pasted.command("cclose")
    pasted.keys("gg")
    pasted.lua(
        "vim.keymap.set('n', ']o', '<Plug>(LeeryNextBlock)') vim.keymap.set('n', '[o', '<Plug>(LeeryPreviousBlock)')"
    )
    places = []
    for keys in ("]o", "]o", "]o", "[o", "2]o"):
        pasted.keys(keys)
        places.append(pasted.lua("return vim.api.nvim_win_get_cursor(0)[1]"))
    assert places == [2, 4, 2, 4, 4]


def test_the_log_and_the_report(pasted: Neovim):
    uri = pasted.uri
    pasted.wait(lambda: pasted.log("insertion"), "the entry")
    pasted.command("Leery log")
    pasted.wait(lambda: pasted.lua("return vim.bo.filetype") == "leerylog", "the log")
    assert "insertion" in pasted.text
    pasted.keys("q")
    assert pasted.uri == uri
    pasted.lua("opened = {} vim.ui.open = function(path) table.insert(opened, path) end")
    pasted.command("Leery report")
    pasted.wait(lambda: pasted.lua("return #opened") == 1, "the report")
    [path] = pasted.lua("return opened")
    pasted.wait(lambda: any(path in text for text in pasted.notified), "the message")
    page = Path(path).read_text(encoding="utf-8")
    assert "<!doctype html>" in page
    assert '"type":"insertion"' in page


def test_the_command_completes_and_says_what_it_does_not_know(editor: Neovim):
    names = ["blocks", "log", "origin", "report", "restart", "review", "suppress"]
    assert editor.lua("return vim.fn.getcompletion('Leery ', 'cmdline')") == names
    assert editor.lua("return vim.fn.getcompletion('Leery review ', 'cmdline')") == ["approved", "rejected"]
    editor.command("Leery nonsense")
    editor.wait(lambda: any("no ':Leery nonsense'" in text for text in editor.notified), "the message")


def test_the_status_line_tells_counts(pasted: Neovim):
    text = pasted.wait(lambda: pasted.lua("return require('leery').statusline()"), "a status")
    pasted.wait(lambda: "1 unreviewed" in pasted.lua("return require('leery').statusline()"), f"one block in {text}")


def test_nothing_is_mapped(start):
    editor = start(enable=False)
    ours = "function(map) return not vim.startswith(map.lhs, '<Plug>') and (map.desc or ''):find('Leery') ~= nil end"
    assert editor.lua(f"return #vim.tbl_filter({ours}, vim.api.nvim_get_keymap('n'))") == 0
    plugs = "function(map) return vim.startswith(map.lhs, '<Plug>(Leery') end"
    assert editor.lua(f"return #vim.tbl_filter({plugs}, vim.api.nvim_get_keymap('n'))") == 7


def test_the_health_check_says_that_all_is_well(pasted: Neovim):
    pasted.command("checkhealth leery")
    text = pasted.text
    assert "ERROR" not in text
    assert "hints sent" in text
    assert "server version" in text
    pasted.command("bwipeout!")


def test_the_help_has_every_tag_once(editor: Neovim, tmp_path: Path):
    copy = tmp_path / "doc"
    shutil.copytree(CLIENT / "doc", copy)
    editor.command(f"helptags {copy}")
    tags = (copy / "tags").read_text(encoding="utf-8")
    assert {":Leery", "leery-hints", "leery.scope"} <= {line.split("\t")[0] for line in tags.splitlines()}


def test_without_decorations(start, workspace):
    file = workspace / "sample.py"
    file.write_text("first = 1\n", encoding="utf-8")
    editor = start({"signs": False, "virt_text": False, "lenses": False})
    editor.open(file)
    editor.clipboard(OUTSIDE)
    editor.keys('"+p')
    shown = editor.wait(lambda: marks(editor), "a mark")
    assert shown == [{"first": 1, "last": 2, "text": ""}]
    assert editor.lua("return vim.lsp.codelens.get(0)") == []


def test_names_of_messages_are_the_servers_own():
    code = "\n".join(file.read_text(encoding="utf-8") for file in CLIENT.rglob("*.lua"))
    used = {messages.INSERTION, messages.BLOCKS, messages.BLOCKS_CHANGED, messages.STATUS, *messages.COMMANDS}
    missing = {name for name in used if f"'{name}'" not in code}
    assert missing == {messages.SCAN_WORKSPACE}
