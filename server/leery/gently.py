"""Work on the event loop that may take longer than others should wait."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_T = TypeVar("_T")
_TURN = 0.002
"""Seconds of work after which others have their turn."""


async def gently(steps: Generator[None, None, _T], holds: Callable[[], bool] = lambda: True) -> _T | None:
    """What comes of the steps; what takes a moment only is done without a break.

    Args:
        steps: the work.
        holds: asked when others have had their turn; the work is given up once it is of no use, with None.
    """
    end = time.perf_counter() + _TURN
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: _T = done.value
            return result
        if time.perf_counter() > end:
            await asyncio.sleep(0)
            if not holds():
                steps.close()
                return None
            end = time.perf_counter() + _TURN
