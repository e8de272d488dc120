"""What the scheduler asks the instant worker, told by a worker that answers when the test says so."""

from __future__ import annotations

import asyncio

from leery.scheduler import Scheduler
from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Report, report_to_json
from leery_analyzers.text import Text, TextEdit
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
