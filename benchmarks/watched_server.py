"""The server with a watch on its event loop: `python -I watched_server.py FILE serve` writes what it saw into FILE.

Two figures: how late a timer due every 5 ms is called (the usual meaning of event-loop lag; it counts the time that
other processes had the processor, too), and how long each callback holds the loop, in wall-clock time and in processor
time of its thread, by name, so that a slow one can be found.
"""

from __future__ import annotations

import asyncio
import asyncio.events
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

EVERY = 0.005
_SLOW = 0.002


class Watch:
    """Collects, from the first callback of the first loop on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.late: list[float] = []
        self.slow: list[tuple[float, float, str]] = []
        self.count = 0
        self.loop: asyncio.AbstractEventLoop | None = None

    def install(self) -> None:
        """Time every callback, and write before the process ends."""
        run = asyncio.events.Handle._run  # noqa: SLF001 - the one place every callback passes
        leave = os._exit

        def timed(handle: Any) -> None:
            if self.loop is None:
                self._begin(handle._loop)  # noqa: SLF001
            wall, cpu = time.perf_counter(), time.thread_time()
            run(handle)
            took = time.perf_counter() - wall
            self.count += 1
            if took > _SLOW:
                self.slow.append((took * 1000, (time.thread_time() - cpu) * 1000, _name(handle._callback)))  # noqa: SLF001

        def leaving(status: int) -> None:
            self.write()
            leave(status)

        asyncio.events.Handle._run = timed  # type: ignore[method-assign,assignment]  # noqa: SLF001
        os._exit = leaving  # type: ignore[assignment]

    def write(self) -> None:
        """Put what was seen into the file."""
        record = {"late": self.late, "slow": self.slow, "callbacks": self.count}
        self.path.write_text(json.dumps(record), encoding="utf-8")

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._tick(loop.time())

    def _tick(self, due: float) -> None:
        assert self.loop is not None
        now = self.loop.time()
        self.late.append((now - due) * 1000)
        self.loop.call_at(now + EVERY, self._tick, now + EVERY)


def _name(callback: Any) -> str:
    task = getattr(callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return f"task {task.get_coro().__qualname__}"  # type: ignore[union-attr]
    return str(getattr(callback, "__qualname__", callback))


def main() -> None:
    """Run the command line under watch."""
    watch = Watch(Path(sys.argv.pop(1)))
    watch.install()
    from leery.cli import main as command  # noqa: PLC0415 - after the watch is in place

    sys.argv[0] = "leery"
    try:
        command()
    finally:
        watch.write()


if __name__ == "__main__":
    main()
