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
from typing import TYPE_CHECKING, Any, cast

from leery.children import module_path
from leery_analyzers.wire import frame, loads

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
_HEAD = 4  # bytes before a frame that tell its length


class WorkerDiedError(Exception):
    """The child ended, was killed for a time-out, or could not be started."""


class WorkerTimeoutError(WorkerDiedError):
    """The child took longer than allowed and was killed."""


class _Pipes(asyncio.SubprocessProtocol):
    """One child's frames and its end, taken as they come: a stream reader would cost the loop three more turns."""

    def __init__(self, answer: Callable[[dict[str, Any]], None]) -> None:
        self._answer = answer
        self._received = bytearray()
        self.ended = asyncio.get_running_loop().create_future()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take in bytes of the child's output."""
        del fd  # only its standard output is a pipe
        received = self._received
        received += data
        while len(received) >= _HEAD and len(received) >= (end := _HEAD + int.from_bytes(received[:_HEAD], "big")):
            message = loads(received[_HEAD:end])
            del received[:end]
            self._answer(message)

    def process_exited(self) -> None:
        """The child has ended and was waited for."""
        if not self.ended.done():
            self.ended.set_result(None)


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
        self._child: asyncio.SubprocessTransport | None = None
        self._input: asyncio.WriteTransport | None = None
        self._watch: asyncio.Task[None] | None = None
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._deaths: list[float] = []
        self._closing = False
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.get_pid() if self._child is not None else None

    @property
    def alive(self) -> bool:
        """Whether a child is there to answer."""
        return self._child is not None and self._child.get_returncode() is None

    @property
    def given_up(self) -> bool:
        """Whether it died too often to be started again."""
        return len(self._deaths) >= _MOST_RESTARTS

    async def start(self) -> None:
        """Start the child; on failure the state says so and requests fail at once."""
        arguments = ["-I", "-X", "utf8", "-c", _BOOT, json.dumps(module_path()), *self._engines]
        try:
            child, pipes = await asyncio.get_running_loop().subprocess_exec(
                lambda: _Pipes(self._answer),
                sys.executable,
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=self._folder,
            )
        except OSError as error:
            logger.error("worker %s cannot be started: %s", self.name, error.strerror)  # noqa: TRY400 - no trace needed
            self._child = None
            await self._died()
            return
        self._child = child
        self._input = cast("asyncio.WriteTransport", child.get_pipe_transport(0))
        self._watch = asyncio.create_task(self._watch_over(child, pipes))

    def send(self, op: str, **body: Any) -> None:
        """Send a message that has no answer; dropped when no child is there (`on_start` sends the state again)."""
        if self._input is not None and self.alive and not self._input.is_closing():
            self._input.write(frame({"op": op, **body}))

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
        identity, future = self.expect(timeout)
        self.send(op, id=identity, **body)
        return await future

    def expect(self, timeout: float) -> tuple[int, asyncio.Future[dict[str, Any]]]:
        """The id for a request that is about to be sent, and what will be its answer.

        Args:
            timeout: as of `ask`; so are the errors that the answer may be.

        Raises:
            WorkerDiedError: no child.
        """
        if not self.alive:
            raise WorkerDiedError(f"the {self.name} worker is not running")
        loop = asyncio.get_running_loop()
        identity = next(self._ids)
        future: asyncio.Future[dict[str, Any]] = loop.create_future()
        self._waiting[identity] = future
        expiry = loop.call_later(timeout, self._expire, future, timeout)

        def done(future: asyncio.Future[dict[str, Any]]) -> None:
            expiry.cancel()
            self._waiting.pop(identity, None)
            if not future.cancelled():
                future.exception()  # nobody need wait for it

        future.add_done_callback(done)
        return identity, future

    def kill(self) -> None:
        """Kill the child; it is replaced like one that died by itself."""
        if self._child is not None and self.alive:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()

    async def close(self) -> None:
        """End the child, by force if it does not go."""
        self._closing = True
        if self._input is not None:
            self._input.close()
        if self._watch is not None:
            done, _ = await asyncio.wait([self._watch], timeout=_GRACE)
            if not done:
                self.kill()
                await asyncio.wait([self._watch])

    def _expire(self, future: asyncio.Future[dict[str, Any]], timeout: float) -> None:
        if not future.done():
            self.kill()
            future.set_exception(WorkerTimeoutError(f"the {self.name} worker took longer than {timeout:g} s"))

    async def _watch_over(self, child: asyncio.SubprocessTransport, pipes: _Pipes) -> None:
        await pipes.ended
        child.close()
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

    They need nothing that takes long to import here, so the instant one can be starting up while the rest is imported.
    The other one would only take the processor away from it until the first document has been looked at.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="leery-"))
        self.instant = WorkerProcess("instant", ("checks",), self.folder)
        self.bandit = WorkerProcess("bandit", (), self.folder)

    async def start(self) -> None:
        """Start the instant one; what goes wrong is its state."""
        await self.instant.start()

    async def start_slow(self) -> None:
        """Start the other one, likewise."""
        await self.bandit.start()

    async def close(self) -> None:
        """End both and remove the folder."""
        await asyncio.gather(self.instant.close(), self.bandit.close())
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)
