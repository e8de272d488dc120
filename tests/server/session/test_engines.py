"""What the engines tell of when nobody waits for it."""

import asyncio
from types import SimpleNamespace

import pytest

from leery import flow_models
from leery.session.engines import Engines


async def test_models_that_cannot_be_read_at_all_are_told(monkeypatch, tmp_path):
    def broken(_folders):
        raise MemoryError

    monkeypatch.setattr(flow_models, "read", broken)
    said = []
    workers = SimpleNamespace(instant=SimpleNamespace(), bandit=SimpleNamespace())
    engines = Engines(workers, None, said.clear, said.append, said.clear, said.clear, said.clear)
    engines.use_models((tmp_path,))
    with pytest.raises(MemoryError):
        await asyncio.wait_for(engines._reading, 60)
    assert said == ["the models of rules.folders could not be read: MemoryError"]
