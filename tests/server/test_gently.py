"""Work in steps gives what it gives at once, lets others in, and is given up once it is of no use."""

from __future__ import annotations

import asyncio

from leery import gently as module
from leery.gently import gently
from leery_analyzers.steps import at_once


def counting(done, steps=5):
    for number in range(steps):
        done.append(number)
        yield
    return sum(done)


async def test_others_have_their_turn(monkeypatch):
    monkeypatch.setattr(module, "_TURN", 0)
    done, seen = [], []

    async def other():
        for _ in range(4):
            seen.append(len(done))
            await asyncio.sleep(0)

    watching = asyncio.ensure_future(other())
    assert await gently(counting(done)) == at_once(counting([])) == 10
    await watching
    assert seen == [1, 2, 3, 4]


async def test_what_is_of_no_use_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "_TURN", 0)
    done = []
    assert await gently(counting(done), lambda: len(done) < 3) is None
    assert done == [0, 1, 2]


async def test_what_takes_a_moment_only_is_done_without_a_break(monkeypatch):
    monkeypatch.setattr(module, "_TURN", 60)
    done = []
    assert await gently(counting(done), lambda: False) == 10
