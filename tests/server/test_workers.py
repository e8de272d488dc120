"""Real worker processes: they answer, die, come back, and import nothing from where the server was started."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import psutil
import pytest
from tests.processes import running

from leery.workers import WorkerDiedError, WorkerProcess, Workers, WorkerTimeoutError
from leery_analyzers.analyzer import Unit
from leery_analyzers.wire import frame, unit_to_json

SHELL = "import os\n\n\ndef run(name):\n    os.system('ls ' + name)\n"


@pytest.fixture
async def worker(tmp_path):
    process = WorkerProcess("instant", ("checks",), tmp_path)
    await process.start()
    yield process
    await process.close()


async def until(condition):
    for _ in range(1200):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to be")


async def analyze(worker, **more):
    return await worker.ask("analyze", 30, doc="d", version=1, ranges=None, known=[], **more)


def rules(answer):
    return [finding["rule"] for fresh in answer["fresh"].values() for finding in fresh["report"]["findings"]]


async def test_follows_a_document(worker):
    worker.send("open", doc="d", language="python", text="import os\n\n\ndef run(name):\n    pass\n")
    assert rules(await analyze(worker)) == []
    worker.send("edit", doc="d", edits=[[31, 35, "os.system('ls ' + name)"]])
    answer = await analyze(worker)
    assert rules(answer) == ["shell-command-injection"]
    assert [line for _start, line, _key in answer["units"]] == [0, 3]


async def test_an_edit_brings_its_analysis_along(worker):
    worker.send("open", doc="d", language="python", text="import os\n\n\ndef run(name):\n    pass\n")
    identity, answer = worker.expect(30)
    then = {"id": identity, "version": 2, "ranges": [[31, 54]], "known": []}
    worker.send("edit", doc="d", edits=[[31, 35, "os.system('ls ' + name)"]], then=then)
    assert rules(await answer) == ["shell-command-injection"]
    assert await worker.ask("analyze", 30, doc="d", version=2, ranges=[[31, 54]], known=[]) == await answer


async def test_an_edit_that_fails_fails_its_analysis(worker):
    worker.send("open", doc="d", language="python", text="")
    first = worker.pid
    identity, answer = worker.expect(30)
    then = {"id": identity, "version": 2, "ranges": None, "known": []}
    worker.send("edit", doc="d", edits=[[5, 9, "x"]], then=then)
    with pytest.raises(WorkerDiedError):
        await answer
    await until(lambda: worker.alive and worker.pid != first)


async def test_known_units_are_not_sent_again(worker):
    worker.send("open", doc="d", language="python", text=SHELL)
    first = await analyze(worker)
    again = await worker.ask("analyze", 30, doc="d", version=1, ranges=None, known=list(first["fresh"]))
    assert again["units"] == first["units"]
    assert again["fresh"] == {}


async def test_preview_leaves_the_document_alone(worker):
    worker.send("open", doc="d", language="python", text=SHELL)
    before = await analyze(worker)
    start = SHELL.index("os.system")
    request = {"doc": "d", "ranges": [[start, start + 4]], "flows": None}
    preview = await worker.ask("preview", 30, edits=[[start, len(SHELL) - 1, "pass"]], **request)
    assert rules(preview) == []
    assert preview["broken"] is False
    broken = await worker.ask("preview", 30, edits=[[start, len(SHELL) - 1, "def ("]], **request)
    assert broken["broken"] is True
    assert await analyze(worker) == before


@pytest.mark.slow
async def test_an_analysis_that_an_edit_has_overtaken_is_not_done(worker):
    worker.send("open", doc="d", language="python", text=SHELL)
    await analyze(worker)
    slow = asyncio.ensure_future(
        worker.ask("units", 30, engine="checks", units=[unit_to_json(Unit("python", "file", "", 0, 0, SHELL * 2000))])
    )
    stale = asyncio.ensure_future(analyze(worker))
    await asyncio.sleep(0)
    worker.send("edit", doc="d", edits=[[0, 0, "\n"]])
    assert await stale == {"stale": True}
    await slow


async def test_comes_back_after_a_death(worker):
    started = []
    worker.on_start = lambda: started.append(worker.pid)
    first = worker.pid
    asking = asyncio.ensure_future(worker.ask("ping", 30))
    await asyncio.sleep(0)
    os.kill(first, 9)
    with pytest.raises(WorkerDiedError):
        await asking
    await until(lambda: started)
    assert started == [worker.pid]
    assert worker.pid != first
    assert await worker.ask("ping", 30) == {}


async def test_is_killed_when_it_takes_too_long(worker):
    await worker.ask("ping", 30)
    process = psutil.Process(worker.pid)
    process.suspend()
    with pytest.raises(WorkerTimeoutError, match=r"longer than 0\.2 s"):
        await worker.ask("ping", 0.2)
    await until(lambda: not running(process))


async def test_gives_up_after_five_deaths_and_says_so_once(worker):
    said = []
    worker.on_state = said.append
    for _ in range(5):
        await until(lambda: worker.alive)
        pid = worker.pid
        os.kill(pid, 9)
        await until(lambda pid=pid: worker.given_up or (worker.alive and worker.pid != pid))
    await until(lambda: said)
    assert said == [
        (
            "The instant worker ended 5 times within a minute and is not started again: "
            "its findings are missing until the server restarts."
        )
    ]
    with pytest.raises(WorkerDiedError, match="not running"):
        await worker.ask("ping", 5)


async def test_a_document_out_of_step_restarts_it(worker):
    worker.send("open", doc="d", language="python", text="")
    first = worker.pid
    worker.send("edit", doc="d", edits=[[5, 9, "x"]])
    await until(lambda: worker.alive and worker.pid != first)


async def test_errors_name_a_place_and_no_text(worker):
    with pytest.raises(WorkerDiedError, match=r"KeyError at worker\.py:\d+") as caught:
        await worker.ask("analyze", 30, doc="secret text", version=1, ranges=None, known=[])
    assert "secret" not in str(caught.value)


async def test_imports_nothing_from_the_current_folder(tmp_path, monkeypatch):
    hostile = tmp_path / "workspace"
    hostile.mkdir()
    marker = tmp_path / "executed"
    for name in ("json", "queue", "sitecustomize", "usercustomize", "conftest", "tree_sitter", "bandit"):
        (hostile / f"{name}.py").write_text(f"open({str(marker)!r}, 'w').close()\n")
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PYTHONPATH", str(hostile))
    monkeypatch.syspath_prepend("")
    workers = Workers()
    await workers.start()
    await workers.start_slow()
    unit = Unit("python", "file", "", 0, 0, SHELL)
    answer = await workers.bandit.ask("units", 60, engine="bandit", units=[unit_to_json(unit)])
    assert [finding["rule"] for finding in answer["reports"][unit.key]["findings"]] == ["B605"]
    assert await workers.instant.ask("ping", 60) == {}
    await workers.close()
    assert not marker.exists()


async def test_ends_with_its_owner(tmp_path):
    process = WorkerProcess("instant", ("checks",), tmp_path)
    await process.start()
    await process.ask("ping", 30)
    child = psutil.Process(process.pid)
    await process.close()
    assert not child.is_running()
    assert process.restarts == 0


@pytest.mark.parametrize("left", [b"", b"\0\0", b"\0\0\1\0{", b"\0\0\0\1{"])
async def test_ends_when_its_owner_is_killed_in_the_middle_of_a_message(left):
    command = [sys.executable, "-c", "from leery_analyzers.worker import main; main(['checks'])"]
    child = await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write(frame({"id": 1, "op": "ping"}) + left)
    child.stdin.close()
    output, _ = await asyncio.wait_for(child.communicate(), 30)
    assert output in (b"", frame({"id": 1, "result": {}}))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
async def test_an_engine_that_can_wait_goes_behind():
    workers = Workers()
    await asyncio.gather(workers.start(), workers.start_slow())
    try:
        for worker in (workers.instant, workers.bandit):
            await worker.ask("ping", 30)
        assert psutil.Process(workers.instant.pid).nice() == psutil.Process().nice()
        assert psutil.Process(workers.bandit.pid).nice() > psutil.Process().nice()
    finally:
        await workers.close()
