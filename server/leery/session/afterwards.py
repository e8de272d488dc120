"""What an edit leads to that waits until its first findings are out: saving, git, the disk.

All of it takes a processor or the interpreter from those who look for findings. Must not know what it holds back.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 0.1
"""Seconds that anything is held back; findings that take longer are not held up by it either."""


class Afterwards:
    """Holds calls back while the first findings of a target are on their way.

    Args:
        is_awaited: whether they are, by the target's name.
    """

    def __init__(self, is_awaited: Callable[[str], bool]) -> None:
        self._is_awaited = is_awaited
        self._waiting: dict[str, list[Callable[[], None]]] = {}

    def do(self, target: str, call: Callable[[], None]) -> None:
        """Call something now or, when findings of the target are awaited, after them."""
        waiting = self._waiting.get(target)
        if waiting is not None:
            waiting.append(call)
        elif self._is_awaited(target):
            self._waiting[target] = waiting = [call]
            asyncio.get_running_loop().call_later(_LONGEST, self._late, target, waiting)
        else:
            call()

    async def turn(self, target: str) -> None:
        """Wait until something may be done that takes a while."""
        reached = asyncio.get_running_loop().create_future()
        self.do(target, lambda: None if reached.done() else reached.set_result(None))
        await reached

    def release(self, target: str) -> None:
        """The findings are out."""
        waiting = self._waiting.pop(target, None)
        if waiting is not None:
            asyncio.get_running_loop().call_soon(_call, waiting)

    def _late(self, target: str, waiting: list[Callable[[], None]]) -> None:
        if self._waiting.get(target) is waiting:
            self.release(target)


def _call(waiting: list[Callable[[], None]]) -> None:
    for call in waiting:
        call()
