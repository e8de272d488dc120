"""Frames over two byte streams, read and written by a thread each.

So neither a slow client nor a big message holds up the event loop for longer than it must. A small message that the
system takes at once is written without the detour. Must not know what a message means. Framing is the base protocol of
the LSP specification, 3.17.
"""

from __future__ import annotations

import logging
import os
import queue
import select
import stat
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from leery_analyzers.wire import loads

try:
    import fcntl
    import termios
except ImportError:  # Windows
    fcntl = termios = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

logger = logging.getLogger(__name__)

_MOST_HEADER = 8192
_MOST_BODY = 1 << 30
_MOST_DIGITS = 20
_ATOMIC = getattr(select, "PIPE_BUF", 0)
"""Bytes that a pipe takes without blocking once it is reported as writable; sockets take more."""
_PIPE_SIZE = getattr(fcntl, "F_GETPIPE_SZ", None)


class BadFrameError(Exception):
    """A body that is not JSON; the stream itself is still in step."""


def read_message(stream: BinaryIO, begun: Callable[[], None] = lambda: None) -> Any:
    """The next message's JSON value, or None at the end of the stream.

    Header lines that make no sense are passed over until the next ``Content-Length``.

    Args:
        stream: where it is read from.
        begun: called once the message's header has been read, before its body is.

    Raises:
        BadFrameError: the body is not a JSON value.
    """
    length = _read_headers(stream)
    if length is None:
        return None
    begun()
    body = stream.read(length)
    if len(body) < length:
        return None
    try:
        message = loads(body)
    except (ValueError, RecursionError) as error:
        raise BadFrameError(type(error).__name__) from None
    if message is None:
        raise BadFrameError("null")
    return message


def _read_headers(stream: BinaryIO) -> int | None:
    length: int | None = None
    while line := stream.readline(_MOST_HEADER):
        stripped = line.strip()
        if not stripped:
            if length is not None:
                return length
            continue
        name, _, value = stripped.partition(b":")
        if name.strip().lower().endswith(b"content-length"):
            digits = value.strip()
            short = digits.isdigit() and len(digits) < _MOST_DIGITS  # more, and Python refuses to read them
            length = int(digits) if short and int(digits) <= _MOST_BODY else None
    return None


class Transport:
    """Two threads between byte streams and the event loop.

    Args:
        source: where messages come from.
        sink: where messages go.
        loop: the event loop that `receive` is to be called on.
        receive: takes each message, or the exception that stands for a bad one, or None once at the end of input.
        prepare: called with each message before, on the thread that reads; must not raise.
    """

    def __init__(
        self,
        source: BinaryIO,
        sink: BinaryIO,
        loop: asyncio.AbstractEventLoop,
        receive: Callable[[Any], None],
        prepare: Callable[[Any], Any] = lambda message: message,
    ) -> None:
        self._source = source
        self._sink = sink
        self._loop = loop
        self._receive = receive
        self._prepare = prepare
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._mutex = threading.Lock()
        self._begun: deque[float] = deque()  # when the messages began that are being read or wait to be handled
        self._spent = 0.0  # seconds that bodies took to read
        self._waiting = 0  # messages that are queued or being written by the thread
        self._room = _room_of(sink)
        self._writer = threading.Thread(target=self._write_all, name="leery-writer", daemon=True)

    def start(self) -> None:
        """Start both threads."""
        threading.Thread(target=self._read_all, name="leery-reader", daemon=True).start()
        self._writer.start()

    def write(self, data: bytes) -> None:
        """Send bytes that are a whole frame; returns at once."""
        with self._mutex:
            if self._waiting or len(data) > self._room():
                self._waiting += 1
                self._outbox.put(data)
            else:
                self._put(data)

    def close(self, timeout: float = 1.0) -> None:
        """Send what is waiting, for at most `timeout` seconds, and stop."""
        self._outbox.put(None)
        self._writer.join(timeout)

    def now(self) -> float:
        """Seconds as of what has been taken in; they never go back, and stand still while a message is read.

        While one is being read or waits to be handled, it is still the time when that message began: how long a big
        one takes on a busy machine must not decide what came in time.
        """
        try:
            return self._begun[0]
        except IndexError:
            return time.monotonic() - self._spent

    def _deliver(self, message: Any, counted: int) -> None:
        try:
            self._receive(message)
        finally:
            for _ in range(counted):
                self._begun.popleft()

    def _read_all(self) -> None:
        while True:
            message: Any
            begun: list[float] = []

            def begin(begun: list[float] = begun) -> None:
                begun.append(time.monotonic())
                self._begun.append(begun[0] - self._spent)

            try:
                message = self._prepare(read_message(self._source, begin))
            except BadFrameError as error:
                message = error
            except (OSError, ValueError):  # the stream was closed under us
                message = None
            if begun:
                self._spent += time.monotonic() - begun[0]
            try:
                self._loop.call_soon_threadsafe(self._deliver, message, len(begun))
            except RuntimeError:  # the loop is closed: the server is on its way out
                return
            if message is None:
                return

    def _write_all(self) -> None:
        while (data := self._outbox.get()) is not None:
            if not self._put(data):
                return
            with self._mutex:
                self._waiting -= 1

    def _put(self, data: bytes) -> bool:
        try:
            self._sink.write(data)
            self._sink.flush()
        except (OSError, ValueError):
            logger.info("the client does not read any more")
            return False
        return True


def _room_of(sink: BinaryIO) -> Callable[[], int]:
    """A function that says how many bytes a stream takes at once; none, where the system cannot say."""
    try:
        descriptor = sink.fileno()
        is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
        poll = select.poll()
        poll.register(descriptor, select.POLLOUT)
    except (AttributeError, OSError, ValueError):  # Windows has no poll; a stream in memory has no descriptor
        return lambda: 0

    def room() -> int:
        if not any(event == select.POLLOUT for _, event in poll.poll(0)):
            return 0
        if is_pipe and _PIPE_SIZE is not None:
            with suppress(OSError):
                waiting = fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4))
                if not any(waiting):  # an empty pipe takes as much as it holds
                    return fcntl.fcntl(descriptor, _PIPE_SIZE)
        return _ATOMIC

    return room
