"""Joins many wishes for one call, so that a client is not told of every step of a change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Later:
    """Calls something once, a moment after the first of many wishes."""

    def __init__(self, delay: float, call: Callable[[], None]) -> None:
        self._delay = delay
        self._call = call
        self._handle: asyncio.TimerHandle | None = None

    def wish(self) -> None:
        """Have it called after the delay, unless that is under way already."""
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_later(self._delay, self._fire)

    def _fire(self) -> None:
        self._handle = None
        self._call()
