"""What is held back until an edit's findings are out is done once, in order, and never lost."""

from __future__ import annotations

import asyncio

from leery.session.afterwards import Afterwards


async def test_calls_wait_for_the_findings_of_their_own_target():
    awaited, done = {"a", "b"}, []
    afterwards = Afterwards(awaited.__contains__)
    for target, word in (("a", "one"), ("b", "other"), ("a", "two"), ("c", "at once")):
        afterwards.do(target, lambda word=word: done.append(word))
    assert done == ["at once"]
    awaited.discard("a")
    afterwards.release("a")
    assert done == ["at once"]  # who publishes has the loop still
    await asyncio.sleep(0)
    assert done == ["at once", "one", "two"]
    afterwards.do("a", lambda: done.append("late"))
    assert done[-1] == "late"


async def test_findings_that_do_not_come_hold_nothing_up():
    afterwards = Afterwards(lambda _target: True)
    await asyncio.wait_for(afterwards.turn("a"), 60)
    first = asyncio.ensure_future(afterwards.turn("a"))
    await asyncio.sleep(0)
    afterwards.release("a")
    await asyncio.wait_for(first, 60)


async def test_who_gave_up_waiting_is_left_alone():
    afterwards = Afterwards(lambda _target: True)
    waiting = asyncio.ensure_future(afterwards.turn("a"))
    await asyncio.sleep(0)
    waiting.cancel()
    done = []
    afterwards.do("a", lambda: done.append("next"))
    afterwards.release("a")
    await asyncio.sleep(0)
    assert done == ["next"]
