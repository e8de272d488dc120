"""Fixtures of the log's tests."""

import pytest
from tests.server.cli.conftest import sarif_schema
from tests.server.log.samples import BODIES, append, eventful

from leery.log.export.bundle import disclose, export
from leery.log.reader import LogReader

__all__ = ["sarif_schema"]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "state" / "log.db"
    append(path, *BODIES[:3])
    append(path, *BODIES[3:])
    return path


@pytest.fixture
def everything(tmp_path):
    """A log in which everything has happened."""
    return eventful(tmp_path / "state" / "log.db")


@pytest.fixture
def whole(everything, tmp_path):
    export(LogReader(everything), tmp_path / "whole")
    return tmp_path / "whole"


@pytest.fixture
def part(everything, tmp_path):
    disclose(LogReader(everything), tmp_path / "part", blocks=["b2"])
    return tmp_path / "part"
