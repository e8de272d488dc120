"""What the instant worker answers, read into values; much of it little by little, so that others have their turn.

Must not ask or decide anything.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from leery.scheduler.target import Seen
from leery_analyzers.judge import Flows
from leery_analyzers.model import report_from_json
from leery_analyzers.wire import unit_from_json

if TYPE_CHECKING:
    from leery.scheduler.target import Target

_AT_ONCE = 32
"""Units that are read from an answer at once: less than a millisecond."""


async def read_flows(data: dict[str, Any] | None) -> Flows:
    """Flows as the worker sent them, other work on the event loop let in between."""
    flows = Flows()
    for flows in Flows.read(data) if data is not None else ():  # noqa: B007 - the last one is meant
        await asyncio.sleep(0)
    return flows


async def learn(target: Target, fresh: dict[str, Any]) -> None:
    """Take in units with what the instant worker says of them, other work on the event loop let in between."""
    for number, (key, data) in enumerate(fresh.items(), 1):
        target.learn(key, unit_from_json(data["unit"]), report_from_json(data["report"]))
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)


def seen(answer: dict[str, Any]) -> Seen:
    """Units at the places where they stand, with their reports."""
    result = []
    for start, line, key in answer["units"]:
        data = answer["fresh"][key]
        body = unit_from_json({**data["unit"], "start": start, "line": line})
        result.append((body, report_from_json(data["report"])))
    flows = answer.get("flows")
    return Seen(result, Flows.from_json(flows) if flows is not None else Flows())
