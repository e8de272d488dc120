"""The server's end of the analysis workers: start, ask, watch over, restart.

Must not know documents' origins or LSP. The protocol is that of `leery_analyzers.worker`.

Children are started from this interpreter in isolated mode with an explicit module path and a private working folder,
so that nothing of a workspace can be imported. They end when their input does; `close` makes sure.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leery_analyzers.wire import frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from leery_analyzers.worker import main; main(sys.argv[2:])"
)
_MOST_RESTARTS = 5
_RESTART_WINDOW = 60.0
_GRACE = 2.0


class WorkerDiedError(Exception):
    """The child ended, was killed for a time-out, or could not be started."""


class WorkerTimeoutError(WorkerDiedError):
    """The child took longer than allowed and was killed."""


def module_path() -> list[str]:
    """This process's module path without the current folder and without relative entries."""
    here = Path.cwd()
    return [entry for entry in sys.path if entry and Path(entry).is_absolute() and Path(entry) != here]


class WorkerProcess:
    """One child and its replacement after a death.

    Args:
        name: for messages, e.g. ``instant``.
        engines: passed to the child.
        folder: private working folder of the child.

    Attributes:
        on_start: called after every start but the first, so that the owner can send its state again.
        on_state: called with a sentence when the worker has died for good.
    """

    def __init__(self, name: str, engines: Sequence[str], folder: Path) -> None:
        self.name = name
        self._engines = tuple(engines)
        self._folder = folder
        self.on_start: Callable[[], None] = lambda: None
        self.on_state: Callable[[str], None] = lambda _message: None
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._deaths: list[float] = []
        self._closing = False
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid if self._process is not None else None

    @property
    def alive(self) -> bool:
        """Whether a child is there to answer."""
        return self._process is not None and self._process.returncode is None

    @property
    def given_up(self) -> bool:
        """Whether it died too often to be started again."""
        return len(self._deaths) >= _MOST_RESTARTS

    async def start(self) -> None:
        """Start the child; on failure the state says so and requests fail at once."""
        arguments = ["-I", "-X", "utf8", "-c", _BOOT, json.dumps(module_path()), *self._engines]
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=self._folder,
            )
        except OSError as error:
            logger.error("worker %s cannot be started: %s", self.name, error.strerror)  # noqa: TRY400 - no trace needed
            self._process = None
            await self._died()
            return
        self._reader = asyncio.create_task(self._read(self._process))

    def send(self, op: str, **body: Any) -> None:
        """Send a message that has no answer; dropped when no child is there (`on_start` sends the state again)."""
        if self._process is not None and self._process.stdin is not None and self.alive:
            self._process.stdin.write(frame({"op": op, **body}))

    async def ask(self, op: str, timeout: float, **body: Any) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Args:
            op: name of the operation.
            timeout: seconds; when they pass, the child is killed and replaced.
            body: the operation's arguments.

        Raises:
            WorkerTimeoutError: no answer in time.
            WorkerDiedError: no child, or it died, or it answered with an error.
        """
        if not self.alive:
            raise WorkerDiedError(f"the {self.name} worker is not running")
        identity = next(self._ids)
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[identity] = future
        self.send(op, id=identity, **body)
        try:
            return await asyncio.wait_for(future, timeout)
        except asyncio.TimeoutError:
            self.kill()
            raise WorkerTimeoutError(f"the {self.name} worker took longer than {timeout:g} s") from None
        finally:
            self._waiting.pop(identity, None)

    def kill(self) -> None:
        """Kill the child; it is replaced like one that died by itself."""
        if self._process is not None and self.alive:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def close(self) -> None:
        """End the child, by force if it does not go."""
        self._closing = True
        process = self._process
        if process is not None and process.returncode is None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), _GRACE)
            except asyncio.TimeoutError:
                self.kill()
                await process.wait()
        if self._reader is not None:
            await asyncio.wait([self._reader])

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await process.stdout.readexactly(4)
                body = await process.stdout.readexactly(int.from_bytes(head, "big"))
                self._answer(json.loads(body))
        await process.wait()
        if not self._closing:
            await self._died()

    def _answer(self, message: dict[str, Any]) -> None:
        if message["id"] is None:
            logger.error("worker %s could not keep a document in step: %s", self.name, message["error"])
            self.kill()
            return
        future = self._waiting.pop(message["id"], None)
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(WorkerDiedError(f"the {self.name} worker failed: {message['error']}"))
        else:
            future.set_result(message["result"])

    async def _died(self) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(WorkerDiedError(f"the {self.name} worker ended unexpectedly"))
        self._waiting.clear()
        now = asyncio.get_running_loop().time()
        self._deaths = [death for death in self._deaths if now - death < _RESTART_WINDOW]
        self._deaths.append(now)
        if self.given_up:
            self.on_state(
                f"The {self.name} worker ended {_MOST_RESTARTS} times within a minute and is not started again: "
                "its findings are missing until the server restarts."
            )
            return
        self.restarts += 1
        await self.start()
        if self.alive:
            self.on_start()


class Workers:
    """The two workers of a server and their private working folder.

    They need nothing that takes long to import here, so they can be starting up while the rest is imported.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="leery-"))
        self.instant = WorkerProcess("instant", ("checks",), self.folder)
        self.bandit = WorkerProcess("bandit", (), self.folder)

    async def start(self) -> None:
        """Start both; what goes wrong is their state."""
        await asyncio.gather(self.instant.start(), self.bandit.start())

    async def close(self) -> None:
        """End both and remove the folder."""
        await asyncio.gather(self.instant.close(), self.bandit.close())
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)
