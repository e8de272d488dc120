"""What must not block typing or go by in silence: no server, a wrong one, a crashing one; odd texts and buffers."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from tests.editors.neovim.editor import BIN, private_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.editors.neovim.editor import Neovim


def server(folder: Path, code: str) -> dict[str, list[str]]:
    """Options that start a Python program in place of the server."""
    program = folder / "server.py"
    program.write_text(code, encoding="utf-8")
    return {"cmd": [str(BIN / "python"), str(program)]}


def sample(workspace: Path) -> Path:
    """A file to edit."""
    file = workspace / "sample.py"
    file.write_text("first = 1\n", encoding="utf-8")
    return file


def said(editor: Neovim, part: str) -> int:
    """In how many messages a text stands."""
    return sum(part in text for text in editor.notified)


# Servers.


def test_a_missing_server_is_told_once_and_typing_goes_on(start: Callable[..., Neovim], workspace: Path, home: Path):
    editor = start(environment=private_home(home, path="/usr/bin:/bin"))
    editor.open(sample(workspace), attach=False)
    editor.wait(lambda: said(editor, "'leery' was not found; install it with"), "the message")
    editor.open(workspace / "other.py", attach=False)
    editor.clipboard("outside = 1\n")
    editor.keys('"+potyped<Esc>')
    assert editor.text == "\noutside = 1\ntyped\n"
    assert said(editor, "was not found") == 1
    editor.command("checkhealth leery")
    assert "'leery' was not found" in editor.text


def test_a_server_in_the_workspace_is_not_started(start: Callable[..., Neovim], workspace: Path, home: Path):
    for name in ("leery", "leery.cmd"):
        program = workspace / name
        program.write_text(f"#!/bin/sh\ntouch {workspace}/started\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    editor = start(environment=private_home(home, path="/usr/bin:/bin"))
    editor.open(sample(workspace), attach=False)
    editor.wait(lambda: said(editor, "was not found"), "the message")
    assert not (workspace / "started").exists()


ANSWER = """
import json, sys
while True:
    length = 0
    for line in iter(sys.stdin.buffer.readline, b"\\r\\n"):
        if not line:
            sys.exit(0)
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    message = json.loads(sys.stdin.buffer.read(length))
    if message.get("method") == "exit":
        sys.exit(0)
    if "id" in message and "method" in message:
        result = {"capabilities": {}, "serverInfo": INFO} if message["method"] == "initialize" else None
        data = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
        sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(data), data))
        sys.stdout.buffer.flush()
"""


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ('{"name": "leery", "version": "0.0.9"}', "0.1.0 or newer is needed, and leery 0.0.9 answered"),
        ('{"name": "other", "version": "9.0"}', "'other', which is not Leery"),
    ],
)
def test_a_server_of_a_wrong_version(
    start: Callable[..., Neovim], workspace: Path, tmp_path: Path, info: str, message: str
):
    editor = start(server(tmp_path, ANSWER.replace("INFO", info)))
    editor.open(sample(workspace), attach=False)
    editor.wait(lambda: said(editor, message), "the message")
    editor.wait(lambda: editor.client() is None, "the server to be let go")
    editor.open(workspace / "other.py", attach=False)
    editor.keys("itext<Esc>")
    assert said(editor, message) == 1


def test_a_server_that_keeps_crashing_is_given_up(start: Callable[..., Neovim], workspace: Path, tmp_path: Path):
    started = tmp_path / "started"
    editor = start(server(tmp_path, f"import sys\nopen({str(started)!r}, 'a').write('x')\nsys.exit(3)\n"))
    editor.open(sample(workspace), attach=False)
    editor.keys("ityped<Esc>")
    editor.wait(lambda: said(editor, "the server crashed 5 times and is not started again"), "the message")
    assert started.read_text(encoding="utf-8") == "x" * 5
    assert said(editor, "is started again") == 4
    editor.open(workspace / "other.py", attach=False)
    editor.lua("vim.wait(100)")
    assert started.read_text(encoding="utf-8") == "x" * 5
    editor.command("checkhealth leery")
    assert "the server was given up" in editor.text
    editor.command("bwipeout!")
    editor.command("Leery restart")
    editor.wait(lambda: len(started.read_text(encoding="utf-8")) > 5, "the server to be started anew")


def test_a_killed_server_is_started_again_and_knows_what_it_knew(start: Callable[..., Neovim], workspace: Path):
    editor = start()
    editor.open(sample(workspace))
    editor.clipboard("outside_words = 1\n")
    editor.keys('"+p')
    editor.settle()
    editor.command("write")
    editor.wait(lambda: editor.leery("blame", str(editor.opened))[1]["origin"], "the store to be written")
    before = editor.client()
    process = editor.lua(
        "return vim.tbl_filter(function(p) return true end, vim.api.nvim_get_proc_children(vim.fn.getpid()))"
    )
    for number in process:
        os.kill(number, 9)
    editor.wait(lambda: editor.client() not in (None, before), "another server")
    assert said(editor, "is started again") == 1
    assert editor.wait(lambda: editor.of("paste")) == ["outside_words = 1\n"]
    editor.clipboard("further_words = 2\n")
    editor.keys('G"+p')
    editor.settle()
    assert editor.of("paste") == ["outside_words = 1\nfurther_words = 2\n"]


def test_what_comes_while_no_server_listens_is_not_lost_in_silence(start: Callable[..., Neovim], workspace: Path):
    editor = start()
    editor.open(sample(workspace))
    editor.keys("otyped = 2<Esc>")
    editor.command("write")
    editor.wait(lambda: editor.leery("blame", str(editor.opened))[1]["origin"], "the store to be written")
    editor.lua("vim.lsp.enable('leery', false)")
    editor.wait(lambda: editor.client() is None, "the server to end")
    editor.clipboard("outside_words = 1\n")
    editor.keys('G"+p')
    editor.wait(lambda: said(editor, "no server was ready"), "the message")
    editor.lua("vim.lsp.enable('leery')")
    editor.wait(lambda: editor.client() is not None, "the server to attach")
    editor.settle()
    assert editor.wait(lambda: [entry["what"] for entry in editor.log("gap")], "the gap") == ["changed-unseen"]
    assert editor.of("paste") == []


def test_a_slow_server_holds_nothing_up(start: Callable[..., Neovim], workspace: Path, tmp_path: Path):
    editor = start(server(tmp_path, "import time\ntime.sleep(600)\n"))
    editor.open(sample(workspace), attach=False)
    editor.clipboard("outside_words = 1\n")
    editor.keys('"+potyped<Esc>')
    assert editor.text == "first = 1\noutside_words = 1\ntyped\n"


# Texts.


def test_a_huge_paste(editor: Neovim):
    line = "value = 'a line of text that is sixty characters in all ....'\n"
    count = 5_000_000 // len(line)
    editor.keys("o")
    editor.paste(line * count + "end")
    editor.keys(" typed<Esc>")
    editor.wait(lambda: editor.lua("return vim.api.nvim_buf_line_count(0)") == count + 2, "the paste")

    def told() -> list[tuple[str, str]]:  # the text itself may be there some time before what Neovim says of it
        return [(block["origin"]["kind"], block["origin"]["evidence"]) for block in editor.blocks()]

    editor.wait(lambda: told() == [("paste", "observed")], "the paste to be told")
    blocks = editor.blocks()
    ends = [(place["start"]["line"], place["end"]["line"], place["end"]["character"]) for place in blocks[0]["ranges"]]
    assert ends == [(1, count + 1, 3)]


@pytest.mark.parametrize(
    ("lua", "lines"),
    [
        (r"'\0\1\2 with \0 bytes'", 0),
        (r"'not UTF-8: \xff\xfe\x80 \xc3\xe4\xb8 \xf5\x80\x80\x80 \xe0\x80\x80 caf\xe9 \xe4\xc3\xa9\xb8\xad'", 0),
        (r"'\xed\xa0\x80 a surrogate, and é𝄞'", 0),
        (r"'\r\n\r\n\rlone\r\rreturns'", 2),
        (r"('long '):rep(20000)", 0),
    ],
)
def test_a_binary_paste(editor: Neovim, lua: str, lines: int):
    editor.keys("O<Esc>")
    editor.lua(f"vim.api.nvim_paste({lua} .. 'x', false, -1)")
    editor.keys("otyped = 1<Esc>")
    size = editor.lua("return #vim.api.nvim_buf_get_lines(0, select(1, ...), select(1, ...) + 1, true)[1]", lines)

    def pasted() -> list[tuple[int, int, int]]:
        blocks = [block for block in editor.blocks() if block["origin"]["kind"] == "paste"]
        places = [place for block in blocks for place in block["ranges"]]
        return [(p["start"]["line"], p["end"]["line"], p["end"]["character"]) for p in places]

    editor.wait(lambda: pasted() == [(0, lines, size)], "the block")
    assert {block["origin"]["kind"] for block in editor.blocks()} == {"paste"}
    assert editor.text.split("\n")[lines + 1 : lines + 3] == ["typed = 1", "first = 1"]
    assert not said(editor, "could not be followed")
    editor.clipboard("outside_words = 1\n")
    editor.keys('G"+p')
    editor.settle()
    last = [(p["start"]["line"], p["end"]["line"]) for p in editor.blocks()[-1]["ranges"]]
    assert last == [(lines + 3, lines + 4)]
    assert editor.log("hint-unmatched") == []


def test_a_blockwise_put(editor: Neovim):
    editor.keys("osecond = 2<Esc>othird = 3<Esc>gg0")
    editor.lua("CLIPBOARD = { { 'aa', 'bb' }, 'b' }")
    editor.keys('"+P')
    editor.settle()
    assert editor.text == "aafirst = 1\nbbsecond = 2\nthird = 3\n"
    assert editor.of("paste") == ["aa", "bb"]


# Buffers.


def test_a_file_that_must_not_be_changed(start: Callable[..., Neovim], workspace: Path):
    file = sample(workspace)
    file.chmod(0o444)
    editor = start()
    editor.open(file)
    editor.command("setlocal nomodifiable readonly")
    editor.clipboard("outside_words = 1\n")
    editor.keys('"+p')
    editor.settle()
    assert editor.text == "first = 1\n"
    assert editor.blocks() == []
    assert editor.log("hint-unmatched") == []


@pytest.mark.parametrize(
    "command", ["enew | setlocal buftype=nofile", "help", "enew", "edit term://true", "edit oil:///tmp/x"]
)
def test_buffers_that_are_no_files_are_left_alone(editor: Neovim, command: str):
    editor.command(command)
    editor.lua("vim.bo.filetype = 'python'")
    editor.lua("vim.wait(50)")
    assert editor.client() is None
    assert not editor.lua("return require('leery.hints.watch').is_watched(vim.api.nvim_get_current_buf())")
    editor.command("stopinsert")
    assert editor.notified == []


def test_a_paste_into_another_buffer_than_the_first(editor: Neovim):
    editor.command("set hidden")
    first = editor.opened
    editor.open(first.with_name("second.py"))
    editor.clipboard("outside_words = 1\n")
    editor.keys('"+p')
    editor.settle()
    assert editor.of("paste") == ["outside_words = 1\n"]
    editor.open(first)
    assert editor.blocks() == []
