"""One resident engine for the tests of a folder's module, and rules of the tests' own."""

import pytest
import pytest_asyncio

from leery_analyzers.semgrep import SemgrepEngine, find_core

SINKS = """
rules:
  - id: sink-called
    languages: [python, javascript, typescript, java, csharp, go]
    severity: ERROR
    message: A sink is called.
    metadata: {cwe: "CWE-95: Eval", confidence: HIGH}
    pattern: sink(...)
"""


@pytest.fixture(scope="session", autouse=True)
def installed():
    assert find_core() is not None, "semgrep is not installed; these tests need it"


@pytest.fixture(scope="module")
def sinks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    (folder / "sinks.yaml").write_text(SINKS, "utf-8")
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(sinks):
    running = SemgrepEngine([sinks], own_rules=False)
    await running.start()
    assert running.state.name == "ready", running.state
    yield running
    await running.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pack_engine():
    running = SemgrepEngine()
    await running.start()
    assert running.state.name == "ready", running.state
    yield running
    await running.close()
