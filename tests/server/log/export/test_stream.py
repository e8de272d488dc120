"""Exports are written as they are read: none holds a log in memory."""

from __future__ import annotations

import tracemalloc

import pytest
from tests.server.log.samples import ORIGIN, append

from leery.log.body import Insertion
from leery.log.export import agent_trace, csv_, jsonl, parquet
from leery.log.reader import LogReader


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A log of 60 million characters, which is read only."""
    path = tmp_path_factory.mktemp("large") / "state" / "log.db"
    append(path, *(
        Insertion(file="a", block=f"b{number}", origin=ORIGIN, code="x" * 300_000) for number in range(200)
    ))  # fmt: skip
    return path


@pytest.mark.parametrize("make", [
    lambda reader, _: jsonl.export(reader.records()),
    lambda reader, _: csv_.export(reader.records()),
    lambda reader, _: agent_trace.export(reader),
    lambda reader, folder: [write_parquet_of(reader, folder)],
], ids=["jsonl", "csv", "agent-trace", "parquet"])  # fmt: skip
@pytest.mark.slow
def test_exports_stream(large, tmp_path, make):
    tracemalloc.start()
    try:
        for _ in make(LogReader(large), tmp_path / "out"):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000, "of 60 million characters"


def write_parquet_of(reader, folder):
    return parquet.export(reader, folder, repository="r", origin="o")
