"""What the engine does when its process dies, hangs, lies, grows, or is not there."""

import asyncio
import os
import shutil
import signal
import sys
import time

import pytest
import pytest_asyncio

from leery_analyzers.analyzer import Unit
from leery_analyzers.semgrep import EngineLimits, SemgrepEngine, binary, find_core
from leery_analyzers.semgrep.binary import Room

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops and kills processes by signals")


def unit(text="x = 1\nsink(x)\n"):
    return Unit("python", "function", "f", 0, 0, text)


def found(report):
    return [(finding.rule, finding.range.start, finding.range.end) for finding in report.findings]


FOUND = [("sink-called", 6, 13)]

OWNER = """
import asyncio
from leery_analyzers.semgrep import SemgrepEngine

async def main():
    engine = SemgrepEngine()
    await engine.start()
    print(engine.pid, engine._room.path, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:  # noqa: ASYNC110 - other processes set no event
        await asyncio.sleep(0.02)
    return condition()


@pytest_asyncio.fixture
async def make(sinks):
    made = []

    def start(**arguments):
        engine = SemgrepEngine([sinks], own_rules=False, **arguments)
        made.append(engine)
        return engine

    yield start
    for engine in made:
        await engine.close()


async def test_killed_in_mid_scan_it_answers_by_a_direct_call_and_starts_again(make):
    engine = make()
    await engine.start()
    first = engine.pid
    os.kill(first, signal.SIGSTOP)
    call = asyncio.create_task(engine.analyze([unit()]))
    process = engine._process
    assert await until(lambda: process._waiting)
    os.kill(first, signal.SIGKILL)
    (report,) = await call
    assert found(report) == FOUND
    assert report.notices == ()
    assert await until(lambda: engine.state.name == "ready")
    assert engine.pid != first
    assert [found(item) for item in await engine.analyze([unit()])] == [FOUND]


async def test_killed_between_scans_nobody_notices(make):
    engine = make()
    await engine.start()
    first = engine.pid
    os.kill(first, signal.SIGKILL)
    (report,) = await engine.analyze([unit()])
    assert (found(report), report.notices) == (FOUND, ())
    assert await until(lambda: engine.pid not in {first, None})


async def test_a_hanging_process_is_a_notice_and_is_replaced(make):
    engine = make()
    await engine.start()
    first = engine.pid
    os.kill(first, signal.SIGSTOP)
    (report,) = await engine.analyze([unit()], timeout=0.3)
    assert [notice.kind for notice in report.notices] == ["timeout"]
    assert not is_running(first)
    (report,) = await engine.analyze([unit()])
    assert (found(report), report.notices) == (FOUND, ())


async def test_a_process_that_lost_its_rules_is_not_believed(make):
    doubted = []
    engine = make(on_doubt=doubted.append)
    await engine.start()
    earlier = unit("y = 1  # no sink\n")
    await engine.analyze([earlier])
    first, process = engine.pid, engine._process
    for rules in engine._room.path.glob("resident-*.json"):
        rules.write_text('{"rules": []}', "utf-8")
    process._refreshed.clear()
    process._notify("semgrep/refreshRules", {})
    await asyncio.wait_for(process._refreshed.wait(), 60)
    (report,) = await engine.analyze([unit()])
    assert found(report) == FOUND
    assert [notice.kind for notice in report.notices] == ["crash"]
    assert "1 results are doubtful" in report.notices[0].message
    assert doubted == [frozenset({earlier.key})]
    assert await until(lambda: engine.pid not in {first, None})
    (report,) = await engine.analyze([unit()])
    assert (found(report), report.notices) == (FOUND, ())


async def test_the_canary_is_scanned_every_so_often(make):
    engine = make(limits=EngineLimits(canary_every=3))
    await engine.start()
    process = engine._process
    for number in range(8):
        await engine.analyze([unit(f"x = {number}  # no sink\n")])
    assert process.scans > 8 + 1
    assert len(engine._since_canary) < 3


async def test_it_is_given_up_after_too_many_ends_and_says_so_once(make):
    told = []
    engine = make(limits=EngineLimits(restarts=1), on_state=lambda notice: notice and told.append(notice))
    await engine.start()
    killed = {None}
    for _ in range(2):
        assert await until(lambda: engine.pid not in killed)
        killed.add(engine.pid)
        os.kill(engine.pid, signal.SIGKILL)
        (report,) = await engine.analyze([unit()])
        assert found(report) == FOUND
    assert await until(lambda: engine.state.name == "disabled")
    assert [notice.kind for notice in report.notices] == ["crash"]
    assert [notice.kind for notice in told] == ["crash"]
    (report,) = await engine.analyze([unit()])
    assert (found(report), report.notices) == (FOUND, ())
    assert engine.pid is None


@pytest.mark.parametrize("canary_every", [1, 2, 50])
async def test_an_old_process_is_replaced_without_a_gap(make, canary_every):
    engine = make(limits=EngineLimits(recycle_scans=4, canary_every=canary_every))
    await engine.start()
    pids = {engine.pid}
    deadline = time.monotonic() + 120
    while len(pids) < 3 and time.monotonic() < deadline:
        (report,) = await engine.analyze([unit()])
        assert (found(report), report.notices) == (FOUND, ())
        pids.add(engine.pid)
    assert len(pids) == 3
    assert await until(lambda: sum(map(is_running, pids)) <= 1)


async def test_missing_semgrep_is_said_once(monkeypatch):
    monkeypatch.setattr(binary, "_package_folders", lambda: iter(()))
    monkeypatch.setenv("PATH", "")
    assert find_core() is None
    told = []
    engine = SemgrepEngine(on_state=told.append)
    await engine.start()
    assert engine.state.name == "missing"
    assert "pip install" in engine.state.message
    first, second = await engine.analyze([unit()]), await engine.analyze([unit()])
    assert [notice.kind for notice in first[0].notices] == ["missing"]
    assert second[0].notices == ()
    assert [notice.kind for notice in told] == ["missing"]
    await engine.close()


async def test_a_program_that_is_no_semgrep_is_a_notice_on_every_unit(make, tmp_path):
    program = tmp_path / "semgrep-core"
    program.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    program.chmod(0o700)
    engine = make(core=program, limits=EngineLimits(restarts=1))
    await engine.start()
    assert await until(lambda: engine.state.name == "disabled")
    reports = await engine.analyze([unit(), unit("y = 2\n")])
    assert ["crash" in {notice.kind for notice in report.notices} for report in reports] == [True, True]


async def test_closing_ends_the_process_and_removes_the_folder(make):
    engine = make()
    await engine.start()
    await engine.analyze([unit()])
    pid, room = engine.pid, engine._room.path
    await engine.close()
    assert not is_running(pid)
    assert not room.exists()
    assert engine.state.name == "closed"
    (report,) = await engine.analyze([unit()])
    assert [notice.kind for notice in report.notices] == ["crash"]


async def test_closing_in_mid_scan_ends_a_hanging_process(make):
    engine = make()
    await engine.start()
    pid = engine.pid
    os.kill(pid, signal.SIGSTOP)
    call = asyncio.create_task(engine.analyze([unit()]))
    assert await until(lambda: engine._process._waiting)
    await engine.close()
    assert not is_running(pid)
    with pytest.raises(asyncio.CancelledError):
        await call


async def test_the_process_ends_with_its_owner(tmp_path):
    script = tmp_path / "owner.py"
    script.write_text(OWNER, "utf-8")
    owner = await asyncio.create_subprocess_exec(sys.executable, script, stdout=asyncio.subprocess.PIPE)
    pid, room = (await owner.stdout.readline()).decode().split()
    assert is_running(int(pid))
    if sys.platform == "linux":
        os.kill(int(pid), signal.SIGSTOP)  # elsewhere it ends because it sees that its input has ended
    owner.kill()
    await owner.wait()
    assert await until(lambda: not is_running(int(pid)))
    shutil.rmtree(room)


def test_a_folder_left_behind_is_removed_and_a_used_one_is_not(tmp_path):
    used = Room(tmp_path)
    left = tmp_path / "leery-semgrep-left"
    left.mkdir()
    (left / "owner").touch()
    young = tmp_path / "leery-semgrep-young"
    young.mkdir()
    (young / "owner").touch()
    for folder in (used.path, left):
        os.utime(folder, (0, 0))
    Room(tmp_path).remove()
    assert (used.path.exists(), left.exists(), young.exists()) == (True, False, True)
    used.remove()
    assert not used.path.exists()
