"""Fixtures of the log's tests."""

from tests.server.cli.conftest import sarif_schema

__all__ = ["sarif_schema"]
