"""A real Neovim, driven through its API as a person drives it by keys, with a private home and the real server."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
from tests.editors.neovim.rpc import Connection, NeovimError

from leery.cli import group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REPOSITORY = Path(__file__).resolve().parents[3]
CLIENT = REPOSITORY / "editors" / "neovim"
BIN = Path(sys.executable).parent
PATIENCE = 60.0

_PREPARE = """
vim.g.clipboard = {
  name = 'test',
  copy = { ['+'] = function(l, t) CLIPBOARD = { l, t } end, ['*'] = function(l, t) CLIPBOARD = { l, t } end },
  paste = { ['+'] = function() return CLIPBOARD end, ['*'] = function() return CLIPBOARD end },
}
CLIPBOARD = { { '' }, 'v' }
NOTIFIED, PRESSED = {}, ''
vim.on_key(function(_, typed) PRESSED = PRESSED .. (typed or '') end)
vim.notify = function(message, level) table.insert(NOTIFIED, { message, level or 2 }) end
vim.opt.swapfile = false
vim.opt.rtp:prepend(...)
vim.cmd.runtime('plugin/leery.lua')
"""


def private_home(home: Path, *, path: str | None = None) -> dict[str, str]:
    """An environment whose every folder of the user's lies in `home`, and whose PATH has the tested server."""
    names = ("CONFIG", "DATA", "STATE", "CACHE")
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in names}
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NVIM", "VIM"))}
    server = {"PATH": path if path is not None else f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return {
        **keep,
        **folders,
        **server,
        "HOME": str(home),
        "NVIM_LOG_FILE": str(home / "nvim.log"),
        "LC_ALL": "C.UTF-8",
    }


class Neovim:
    """One editor process.

    Args:
        program: the executable.
        workspace: the current folder.
        environment: of the process.
        options: `vim.g.leery`.
        enable: whether to call `vim.lsp.enable('leery')`.
    """

    def __init__(
        self,
        program: Path,
        workspace: Path,
        environment: Mapping[str, str],
        options: dict[str, Any] | None = None,
        *,
        enable: bool = True,
    ) -> None:
        self.environment = dict(environment)
        self._folder = tempfile.TemporaryDirectory(prefix="nvim")  # a socket's path must be short
        socket = Path(self._folder.name) / "socket"
        argv = [str(program), "--headless", "--listen", str(socket), "--clean", "-n", "-i", "NONE"]
        self._process = subprocess.Popen(
            argv, cwd=workspace, env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._connection = Connection(socket, PATIENCE)
        self.workspace = workspace
        self.opened = workspace / "nothing"
        if options is not None:
            self.lua("vim.g.leery = ...", options)
        self.lua(_PREPARE, str(CLIENT))
        if enable:
            self.lua("vim.lsp.enable('leery')")

    def api(self, name: str, *arguments: Any) -> Any:
        """Call a function of Neovim's API."""
        return self._connection.request(name, *arguments)

    def command(self, line: str) -> None:
        """Run an Ex command."""
        self.api("nvim_command", line)

    def lua(self, code: str, *arguments: Any) -> Any:
        """Run Lua code."""
        return self.api("nvim_exec_lua", code, list(arguments))

    def close(self) -> None:
        """End the editor and wait for it."""
        with contextlib.suppress(OSError, EOFError, NeovimError):
            self.command("qall!")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._connection.close()
        self._folder.cleanup()

    def wait(self, condition: Callable[[], Any], what: str = "a condition", patience: float = PATIENCE) -> Any:
        """Poll until something is true, and return it."""
        end = time.monotonic() + patience
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(
                    f"waited in vain for {what}; notified: {self.notified}; text: {self.text[-400:]!r}"
                )
            time.sleep(0.02)

    @property
    def notified(self) -> list[str]:
        """What `vim.notify` was given so far."""
        return [message for message, _ in self.lua("return NOTIFIED")]

    def open(self, path: Path, *, attach: bool = True) -> None:
        """Edit a file, and wait for the server."""
        self.opened = path
        self.command(f"edit {path}")
        if attach:
            self.wait(lambda: self.client() is not None, "the server to attach")
            self.settle()

    def client(self) -> int | None:
        """The id of the client that serves the current buffer."""
        found: int | None = self.lua(
            "local c = vim.lsp.get_clients({ bufnr = 0, name = 'leery' })[1] return c and c.id"
        )
        return found

    def keys(self, keys: str) -> None:
        """Press keys, in the notation of mappings, and wait until they have been carried out."""
        self.lua("PRESSED = ''")
        wanted: int = self.lua("return #vim.api.nvim_replace_termcodes(..., true, true, true)", keys)
        left = keys.encode()
        while left:
            left = left[self.api("nvim_input", left.decode()) :]
        self.wait(lambda: self.lua("return #PRESSED") >= wanted, f"the keys {keys} to be taken")

    def type(self, text: str) -> None:
        """Press keys one after the other, as fingers do: each is carried out before the next comes."""
        for key in text:
            self.keys("<lt>" if key == "<" else "<CR>" if key == "\n" else key)

    def paste(self, text: str) -> None:
        """Paste as a terminal or a graphical interface does."""
        self.api("nvim_paste", text, True, -1)  # noqa: FBT003 - whether to convert line endings

    @property
    def text(self) -> str:
        """The current buffer."""
        return "\n".join(self.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, true)")) + "\n"

    def clipboard(self, text: str) -> None:
        """Let another program copy a text."""
        lines = text.split("\n")
        kind = "V" if text.endswith("\n") else "v"
        self.lua("CLIPBOARD = { ..., 'KIND' }".replace("KIND", kind), lines)

    def request(self, method: str, params: Any) -> Any:
        """Ask the server that serves the current buffer."""
        code = """
        local client = vim.lsp.get_clients({ bufnr = 0, name = 'leery' })[1]
        local answer = client and client:request_sync(..., 20000, vim.api.nvim_get_current_buf())
        return answer and { answer.err or false, answer.result or false } or { 'no server', false }
        """.replace("...", "select(1, ...), select(2, ...)")
        problem, result = self.lua(code, method, params)
        assert not problem, problem
        return result

    @property
    def uri(self) -> str:
        """The current buffer's."""
        return str(self.lua("return vim.uri_from_bufnr(0)"))

    def blocks(self) -> list[dict[str, Any]]:
        """The blocks of the current buffer, asked of the server."""
        return self.request("leery/blocks", {"textDocument": {"uri": self.uri}}) or []

    def settle(self) -> None:
        """Wait until what has been sent is taken in: a request is answered behind all that came before it."""
        self.lua("vim.wait(0)")
        self.blocks()

    def kinds(self) -> list[str]:
        """The kind of origin of each character of the current buffer by the server's blocks, '' for no block."""
        text = self.text.encode()
        lines = text.split(b"\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        kinds = [""] * len(text)
        for block in self.blocks():
            for place in block["ranges"]:
                start, end = place["start"], place["end"]
                first, last = starts[start["line"]] + start["character"], starts[end["line"]] + end["character"]
                kinds[first:last] = [block["origin"]["kind"]] * (last - first)
        decoded: list[str] = []
        at = 0
        for char in self.text:
            decoded.append(kinds[at])
            at += len(char.encode())
        return decoded

    def marked(self) -> list[tuple[str, str]]:
        """The current buffer as pieces of one kind: `[(text, kind)]`."""
        pieces: list[tuple[str, str]] = []
        for char, kind in zip(self.text, self.kinds(), strict=True):
            if pieces and pieces[-1][1] == kind:
                pieces[-1] = (pieces[-1][0] + char, kind)
            else:
                pieces.append((char, kind))
        return pieces

    def of(self, kind: str) -> list[str]:
        """The pieces of the current buffer that have a kind of origin."""
        return [text for text, other in self.marked() if other == kind]

    def leery(self, *arguments: str) -> Any:
        """Run the command line in the file's folder, which is its workspace, but in this process; its JSON output."""
        before = Path.cwd()
        os.chdir(self.opened.parent)
        try:
            run = CliRunner(env=self.environment).invoke(
                group, [*arguments, "--format", "json"], catch_exceptions=False
            )
        finally:
            os.chdir(before)
        assert run.exit_code == 0, run.output
        return json.loads(run.stdout)

    def log(self, kind: str) -> list[dict[str, Any]]:
        """The log's entries of a type on the file opened last."""
        entries = self.leery("log", "show")
        return [entry for entry in entries if entry["type"] == kind and entry["file"] == self.opened.name]
