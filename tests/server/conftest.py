"""What tests of the log and of its commands share."""

import pytest


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """An empty workspace, which is the current folder; what is kept of it lies beside it."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    root = tmp_path / "work"
    root.mkdir()
    (root / "leery.toml").touch()
    monkeypatch.chdir(root)
    return root
