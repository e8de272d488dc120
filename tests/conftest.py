"""A test that was skipped in CI has not passed; tests that run on more than one Python may be thinned.

Tests that share what a module has set up, mostly a server, are run by one process, so that it is set up
once; so are those that differ in their parameters only, since handing out thousands of tests one by one
takes longer than many of them.
"""

from __future__ import annotations

import os
from collections import Counter
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

IN_CI = bool(os.environ.get("CI"))

# A machine that is busy is no failure; and in CI the random examples are the same each time, so that a failure there
# is of the change and can be repeated.
settings.register_profile("leery", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=IN_CI)
settings.load_profile("leery")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--thin`` and ``--part``."""
    parser.addoption(
        "--thin", type=int, default=1, metavar="N", help="of tests that differ in their parameters only, run each Nth"
    )
    parser.addoption("--part", default="1/1", metavar="K/N", help="run the Kth of N parts of all tests")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep together what shares something, and what differs in parameters only."""
    together = "::" if _shares(item) else "["
    item.add_marker(pytest.mark.xdist_group(item.nodeid.partition(together)[0]))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `--part` and `--thin` say; of each kind in the part the first stays."""
    step = config.getoption("--thin")
    part, _, parts = config.getoption("--part").partition("/")
    seen: Counter[str] = Counter()
    kept, left = [], []
    for item in items:
        kind = item.nodeid.partition("[")[0].partition("@")[0]  # several processes have the group behind it
        is_in_part = crc32(kind.encode()) % int(parts) == int(part) - 1
        (kept if is_in_part and seen[kind] % step == 0 else left).append(item)
        seen[kind] += 1
    if not left:
        return
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def _shares(item: pytest.Item) -> bool:
    """Whether a test uses a fixture of ours that is set up once for a module."""
    used = item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ()
    return any(one.scope == "module" and one.baseid for definitions in used for one in definitions)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when something was skipped where everything can run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("tests were skipped: in CI that is a failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
