"""What the scheduler asks the instant worker, told by a worker that answers when the test says so."""

from __future__ import annotations

import asyncio

from leery import gently
from leery.scheduler import Scheduler
from leery.workers import WorkerDiedError
from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Finding, Report, report_to_json
from leery_analyzers.text import Text, TextEdit, TextRange
from leery_analyzers.wire import unit_to_json

LINES = "first = 1\n\n\n\nsecond = 2\n"


class SlowWorker:
    """Keeps what it is asked; the test answers."""

    alive = True
    given_up = False

    def __init__(self):
        self.asked = []

    def send(self, _op, **body):
        then = body.get("then")
        if then is not None:
            self.asked.append((then["known"], self.expected))

    def expect(self, _timeout):
        self.expected = asyncio.get_running_loop().create_future()
        return len(self.asked), self.expected

    async def ask(self, _op, _timeout, **body):
        future = asyncio.get_running_loop().create_future()
        self.asked.append((body["known"], future))
        return await future


def answer(*texts, known=()):
    units = [Unit("python", "statements", "", 0, 0, text) for text in texts]
    fresh = {u.key: {"unit": unit_to_json(u), "report": report_to_json(Report())} for u in units if u.key not in known}
    return {"units": [[0, 0, u.key] for u in units], "fresh": fresh, "notices": []}


async def turns(count=8):
    for _ in range(count):
        await asyncio.sleep(0)


async def test_what_an_outdated_answer_says_of_units_is_not_asked_for_again():
    worker, told = SlowWorker(), []
    scheduler = Scheduler(worker, (), told.append)
    scheduler.open("d", "python", Text(LINES), 1, None)
    await turns()
    scheduler.edit("d", [TextEdit(0, 0, "x")], Text("x" + LINES), 2)
    first = answer("first = 1\n", "second = 2\n")
    worker.asked[0][1].set_result(first)
    await turns()
    known, future = worker.asked[1]
    assert told == []
    assert sorted(known) == sorted(first["fresh"])
    future.set_result(answer("xfirst = 1\n", "second = 2\n", known=known))
    await turns()
    assert [analysis.version for analysis in told] == [2]
    await scheduler.close_all()


async def test_a_text_of_many_units_is_taken_in_while_others_have_their_turn():
    worker, told = SlowWorker(), []
    scheduler = Scheduler(worker, (), told.append)
    texts = [f"name_{number} = {number}\n" for number in range(100)]
    scheduler.open("d", "python", Text("".join(texts)), 1, None)
    await turns()
    worker.asked[0][1].set_result(answer(*texts))
    await turns(3)
    assert told == []
    await turns()
    assert [analysis.version for analysis in told] == [1]
    await scheduler.close_all()


def evals(count, first="run_0 = eval(0)\n"):
    """A text of many units with a finding each, and what the worker says of it."""
    texts = [first, *(f"run_{number} = eval({number})\n" for number in range(1, count))]
    units, fresh, at = [], {}, 0
    for text in texts:
        unit = Unit("python", "statements", "", 0, 0, text)
        place = TextRange(text.index("eval"), text.index(")"))
        finding = Finding("code-injection", place, "It runs.", "high", "high", ("CWE-95",), ("checks",))
        fresh[unit.key] = {"unit": unit_to_json(unit), "report": report_to_json(Report((finding,)))}
        units.append([at, 0, unit.key])
        at += len(text)
    return "".join(texts), {"units": units, "fresh": fresh, "notices": []}


async def told_of(text, said, version):
    """What a scheduler tells that has seen nothing else."""
    worker, told = SlowWorker(), []
    scheduler = Scheduler(worker, (), told.append)
    scheduler.open("d", "python", Text(text), version, None)
    await turns()
    worker.asked[0][1].set_result(said)
    await turns(100)
    await scheduler.close_all()
    return told


async def test_an_edit_while_many_findings_are_put_together_makes_them_moot(monkeypatch):
    monkeypatch.setattr(gently, "_TURN", 0)
    text, said = evals(200)
    longer, then = evals(200, first="changed = eval(10)\n")
    worker, told = SlowWorker(), []
    scheduler = Scheduler(worker, (), told.append)
    scheduler.open("d", "python", Text(text), 1, None)
    await turns()
    worker.asked[0][1].set_result(said)
    await turns(11)  # what was said has been read, and is being put together
    assert not scheduler.awaits("d")
    assert told == []
    scheduler.edit("d", [TextEdit(0, len("run_0 = eval(0)"), "changed = eval(10)")], Text(longer), 2)
    await turns()
    worker.asked[-1][1].set_result(then)
    await turns(100)
    assert told == await told_of(longer, then, 2)
    assert len(told[0].findings) == 200
    await scheduler.close_all()


class Echo:
    """A slow engine that knows at once what it has to say of many units."""

    name = "echo"
    languages = frozenset({"python"})
    batch = 1000

    async def analyze(self, units):
        found = Finding("echo", TextRange(0, 3), "It is said again.", "low", "low", (), ("echo",))
        return {unit.key: Report((found,)) for unit in units}


async def test_who_waits_for_all_engines_is_answered_once_all_have_been_told(monkeypatch):
    monkeypatch.setattr(gently, "_TURN", 0)
    text, said = evals(200)
    worker, told = SlowWorker(), []
    scheduler = Scheduler(worker, [Echo()], told.append)
    scheduler.open("d", "python", Text(text), 1, None)
    waiting = asyncio.create_task(scheduler.settled("d"))
    waiting.add_done_callback(lambda task: told.append(("answered", task.result())))
    await turns()
    worker.asked[0][1].set_result(said)
    await waiting
    await turns()
    before, answered = told[-2:]
    assert answered == ("answered", before)
    assert {finding.rule for finding in before.findings} == {"code-injection", "echo"}
    assert len(told) == 3  # the instant analysis, all of it, the answer
    await scheduler.close_all()


async def test_who_waits_is_answered_when_the_text_is_closed():
    scheduler = Scheduler(SlowWorker(), (), [].append)
    scheduler.open("d", "python", Text(LINES), 1, None)
    waiting = asyncio.create_task(scheduler.settled("d"))
    await turns()
    scheduler.close("d")
    assert await asyncio.wait_for(waiting, 60) is None
    await scheduler.close_all()


async def test_who_waits_is_answered_after_models_that_change_nothing():
    worker = SlowWorker()
    scheduler = Scheduler(worker, (), [].append)
    scheduler.open("d", "python", Text(LINES), 1, None)
    await turns()
    worker.asked[0][1].set_result(answer("first = 1\n"))
    await turns()
    scheduler.follow_anew()
    scheduler.forget("echo", ["unknown"])
    analysis = await asyncio.wait_for(scheduler.settled("d"), 60)
    assert (analysis.version, analysis.pending) == (1, frozenset())
    await scheduler.close_all()


class DyingWorker(SlowWorker):
    """Dies of every text and is not started again."""

    given_up = True

    async def ask(self, _op, _timeout, **_body):
        raise WorkerDiedError("it ended")


async def test_who_waits_is_answered_when_a_text_cannot_be_analysed():
    scheduler = Scheduler(DyingWorker(), (), [].append)
    scheduler.set_tiers((), dataflow=True)
    scheduler.open("d", "python", Text(LINES), 1, None)
    for _ in range(2):
        analysis = await asyncio.wait_for(scheduler.settled("d"), 60)
        told = [notice.message for notice in analysis.notices]
        assert told == ["This text is not analysed until it changes: it ended."]
        scheduler.follow_anew()  # other models do not help a text that nobody looks at
    await scheduler.close_all()


async def test_a_text_that_cannot_be_analysed_is_not_tried_elsewhere_until_it_changes():
    worker, told = DyingWorker(), []
    scheduler = Scheduler(worker, (), told.append)
    scheduler.open("d", "python", Text(LINES), 1, (TextRange(0, 9),))
    await asyncio.wait_for(scheduler.settled("d"), 60)
    worker.ask = super(DyingWorker, worker).ask
    scheduler.refocus("d", (TextRange(13, 23),))
    await turns()
    assert worker.asked == []
    assert [notice.message for notice in (await scheduler.settled("d")).notices] == [
        "This text is not analysed until it changes: it ended."
    ]
    scheduler.edit("d", [TextEdit(0, 0, "x")], Text("x" + LINES), 2)
    scheduler.refocus("d", (TextRange(14, 24),))
    worker.asked[0][1].set_result(answer("second = 2\n"))
    await turns()
    assert [(analysis.version, analysis.notices) for analysis in told[1:]] == [(2, ())]
    await scheduler.close_all()
