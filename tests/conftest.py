"""A test that was skipped in CI has not passed; tests that run on more than one Python may be thinned.

Tests that share what a module has set up, mostly a server, are run by one process, so that it is set up
once; so are those that differ in their parameters only, since handing out thousands of tests one by one
takes longer than many of them.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--thin``."""
    parser.addoption(
        "--thin", type=int, default=1, metavar="N", help="of tests that differ in their parameters only, run each Nth"
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep together what shares something, and what differs in parameters only."""
    together = "::" if _shares(item) else "["
    item.add_marker(pytest.mark.xdist_group(item.nodeid.partition(together)[0]))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `--thin` says; the first of each kind stays."""
    step = config.getoption("--thin")
    if step < 2:
        return
    seen: Counter[str] = Counter()
    kept, left = [], []
    for item in items:
        kind = item.nodeid.partition("[")[0]
        (left if seen[kind] % step else kept).append(item)
        seen[kind] += 1
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def _shares(item: pytest.Item) -> bool:
    """Whether a test uses a fixture of ours that is set up once for a module."""
    used = item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ()
    return any(one.scope == "module" and one.baseid for definitions in used for one in definitions)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when something was skipped where everything can run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("tests were skipped: in CI that is a failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
