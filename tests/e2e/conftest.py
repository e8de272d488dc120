"""A server of one's own for each test: private home, private workspace, ended when the test ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.e2e.client import LEERY, Client
from tests.e2e.wire import private_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty folder for the files of one workspace."""
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def start(tmp_path: Path, workspace: Path) -> Iterator[Callable[..., Client]]:
    """Start an initialized raw client; call again with the same `home` to restart in the same state folder."""
    clients: list[Client] = []

    def run(
        home: str = "home",
        *,
        options: dict[str, Any] | None = None,
        command: Sequence[str] = LEERY,
        env: dict[str, str] | None = None,
        strict: bool = False,
    ) -> Client:
        client = Client(tmp_path / home, command, cwd=workspace, env=env or {}, strict=strict)
        clients.append(client)
        client.initialize(workspace, options=options)
        return client

    yield run
    for client in clients:
        client.kill()


@pytest.fixture
def place(tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose state this process finds where a server with the home ``tmp_path / "home"`` keeps it."""
    (workspace / "leery.toml").touch()
    for name, value in private_environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return workspace
