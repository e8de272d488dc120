"""A server process, the frames to and from it, and strict book-keeping of both. It knows no LSP feature."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from tests.e2e.wire import Json, Received, ServerError, ServerGoneError, private_environment, take_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# What may stay unread at the end: sent whenever the server likes, and asserted on where a test is about them.
UNASKED = frozenset(
    {
        "textDocument/publishDiagnostics",
        "window/logMessage",
        "$/progress",
        "telemetry/event",
        "leery/status",
        "leery/blocksChanged",
    }
)


@dataclass
class Connection:
    """One server process and the messages to and from it.

    Use as a context manager: leaving it shuts the server down and fails on everything listed in `faults`.

    Args:
        home: private folder for HOME, XDG folders and temporary files.
        command: the server, an absolute executable first.
        cwd: its working folder; `home` when not given.
        env: added to the private environment.
        settings: answers to `workspace/configuration`, by section.
        strict: whether an unexpected notification nobody waited for is a fault.
        timeout: seconds that any wait may last unless told otherwise.
    """

    home: Path
    command: Sequence[str]
    cwd: Path | None = None
    env: dict[str, str] = field(default_factory=dict)
    settings: Json = field(default_factory=dict)
    strict: bool = True
    timeout: float = 60.0

    def __post_init__(self) -> None:
        self.faults: list[str] = []
        self.messages: list[Received] = []
        self.applied: list[Json] = []
        self._ids = iter(range(1, sys.maxsize))
        self.sent: dict[int, float] = {}
        self._methods: dict[int, str] = {}
        self._answers: dict[int, Received] = {}
        self._arrived = threading.Condition()
        self._writing = threading.Lock()
        self._closed = False
        self._ended = False
        self._stderr = bytearray()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(self.command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.cwd or self.home,
            env=private_environment(self.home, self.env),
            bufsize=0,
        )
        self._threads = [
            threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True),
            threading.Thread(target=self._read_stderr, args=(self.process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    # -- sending ---------------------------------------------------------------------------------------------------

    def send_bytes(self, data: bytes) -> float:
        """Write bytes as they are; the time just before."""
        stdin = self.process.stdin
        assert stdin is not None
        with self._writing:
            at = time.perf_counter()
            view = memoryview(data)
            while view:
                view = view[stdin.write(view) :]
        return at

    def send(self, message: Json) -> float:
        """Frame and write one message; the time just before the write."""
        text = json.dumps({"jsonrpc": "2.0"} | message, ensure_ascii=False)
        try:
            body = text.encode()
        except UnicodeEncodeError:  # a lone surrogate travels as an escape
            body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        return self.send_bytes(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method: str, params: Any = None) -> float:
        """Send a notification; the time just before the write."""
        return self.send({"method": method} | ({} if params is None else {"params": params}))

    def start_request(self, method: str, params: Any = None) -> int:
        """Send a request without waiting; its id, for `finish_request` or `$/cancelRequest`."""
        number = next(self._ids)
        self._methods[number] = method
        at = self.send({"id": number, "method": method} | ({} if params is None else {"params": params}))
        self.sent[number] = at
        return number

    def finish_request(self, number: int, timeout: float | None = None) -> Received:
        """The response of a request, be it a result or an error."""
        with self._arrived:
            self._wait(lambda: number in self._answers, timeout, f"the answer to {self._methods[number]}")
            return self._answers.pop(number)

    def request(self, method: str, params: Any = None, timeout: float | None = None) -> Any:
        """Send a request and wait for its result.

        Raises:
            ServerError: the server answered with an error.
            TimeoutError: it did not answer.
        """
        message = self.finish_request(self.start_request(method, params), timeout).message
        if "error" in message:
            raise ServerError(message["error"])
        return message["result"]

    # -- receiving -------------------------------------------------------------------------------------------------

    def wait_for(
        self,
        wanted: Callable[[Received], bool],
        timeout: float | None = None,
        *,
        since: int = 0,
        what: str = "a message",
    ) -> Received:
        """The first message from index `since` on that is wanted; it counts as read.

        Raises:
            TimeoutError: none came.
            ServerGoneError: the server ended before one came.
        """
        position = since
        match: Received | None = None

        def look() -> bool:
            nonlocal position, match
            while match is None and position < len(self.messages):
                if wanted(self.messages[position]):
                    match = self.messages[position]
                position += 1
            return match is not None

        with self._arrived:
            self._wait(look, timeout, what)
        assert match is not None
        match.read = True
        return match

    def wait_for_method(self, method: str, timeout: float | None = None, *, since: int = 0) -> Received:
        """The first notification or request of this method from index `since` on."""
        return self.wait_for(lambda m: m.method == method, timeout, since=since, what=method)

    def settle(self, quiet: float = 0.2, timeout: float | None = None) -> None:
        """Wait until nothing has come for `quiet` seconds."""
        deadline = time.perf_counter() + (self.timeout if timeout is None else timeout)
        with self._arrived:
            while True:
                count = len(self.messages)
                self._arrived.wait(quiet)
                if len(self.messages) == count:
                    return
                if time.perf_counter() > deadline:
                    raise TimeoutError(f"the server did not fall silent; last: {self.messages[-1].method}")

    def _wait(self, ready: Callable[[], bool], timeout: float | None, what: str) -> None:
        """Wait with the condition held."""
        limit = self.timeout if timeout is None else timeout
        self._arrived.wait_for(lambda: ready() or self._closed, limit)
        if ready():
            return
        if self._closed:
            raise ServerGoneError(f"the server ended before {what} came; stderr:\n{self.stderr[-4000:]}")
        raise TimeoutError(f"{what} did not come within {limit} s; stderr:\n{self.stderr[-4000:]}")

    # -- the end ---------------------------------------------------------------------------------------------------

    def close(self, timeout: float | None = None) -> int:
        """Shut down in order; the exit status."""
        timeout = self.timeout if timeout is None else timeout
        self.request("shutdown", timeout=timeout)
        self.notify("exit")
        self._ended = True
        status = self.process.wait(timeout)
        for thread in self._threads:
            thread.join(timeout)
        return status

    def end(self) -> None:
        """Shut down unless the test has done so; an end that nobody asked for is a fault."""
        if self._ended:
            return
        if self.process.poll() is not None:
            self.faults.append(f"the server ended by itself with status {self.process.returncode}")
            return
        try:
            self.close()
        except (TimeoutError, ServerGoneError, ServerError, subprocess.TimeoutExpired) as error:
            self.faults.append(f"no orderly shutdown: {error}")

    def kill(self) -> None:
        """End the process if it still runs."""
        self._ended = True
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(60)
        for thread in self._threads:
            thread.join(60)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    @property
    def stderr(self) -> str:
        """What the server has written to its error stream so far."""
        return self._stderr.decode("utf-8", "replace")

    def check(self) -> None:
        """Fail if the server broke the protocol, printed a traceback or said what nobody expected."""
        faults = list(self.faults)
        if "Traceback (most recent call last)" in self.stderr:
            faults.append(f"a traceback on stderr:\n{self.stderr[-6000:]}")
        if self.strict:
            faults += [
                f"left unread: {json.dumps(m.message)[:500]}"
                for m in self.messages
                if m.method and "id" not in m.message and not m.read and m.method not in UNASKED
            ]
        assert not faults, "\n".join(faults)

    # -- reading threads -------------------------------------------------------------------------------------------

    def _read(self, stream: IO[bytes]) -> None:
        buffer = bytearray()
        try:
            while chunk := os.read(stream.fileno(), 1 << 20):
                at = time.perf_counter()
                buffer += chunk
                while (body := take_frame(buffer, self.faults)) is not None:
                    self._accept(at, body)
            if buffer:
                self.faults.append(f"output ended inside a message: {bytes(buffer[:200])!r}")
        finally:
            with self._arrived:
                self._closed = True
                self._arrived.notify_all()

    def _accept(self, at: float, body: bytes) -> None:
        try:
            message = json.loads(body)
        except ValueError:
            self.faults.append(f"not JSON: {body[:200]!r}")
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            self.faults.append(f"not JSON-RPC 2.0: {body[:200]!r}")
            return
        received = Received(at, message)
        if "method" in message and "id" in message:
            self._answer(received)
        with self._arrived:
            if "method" not in message:
                self._accept_answer(received)
            else:
                self.messages.append(received)
                if received.method == "textDocument/publishDiagnostics":
                    self._check_diagnostics(received.params)
            self._arrived.notify_all()

    def _accept_answer(self, received: Received) -> None:
        message = received.message
        number = message.get("id")
        if ("result" in message) == ("error" in message):
            self.faults.append(f"an answer needs a result or an error: {json.dumps(message)[:300]}")
        if number is None:
            # The answer to something that could not be read; tests of bad input look for it.
            self.messages.append(received)
        elif number not in self._methods or number in self._answers:
            self.faults.append(f"an answer to nothing asked: {json.dumps(message)[:300]}")
        else:
            self._answers[number] = received

    def _check_diagnostics(self, params: Json) -> None:
        for diagnostic in params["diagnostics"]:
            start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
            if (start["line"], start["character"]) > (end["line"], end["character"]):
                self.faults.append(f"a range that ends before it starts: {json.dumps(diagnostic)[:300]}")

    def _answer(self, received: Received) -> None:
        number = received.message["id"]
        reply: Json = {"id": number, "result": None}
        if received.method == "workspace/configuration":
            reply["result"] = [self._setting(item.get("section") or "") for item in received.params["items"]]
        elif received.method == "workspace/applyEdit":
            self.applied.append(received.params["edit"])
            reply["result"] = {"applied": True}
        elif received.method not in {
            "client/registerCapability",
            "client/unregisterCapability",
            "window/workDoneProgress/create",
            "window/showMessageRequest",
            "workspace/codeLens/refresh",
            "workspace/diagnostic/refresh",
            "workspace/inlayHint/refresh",
        }:
            self.faults.append(f"a request this client does not know: {received.method}")
            reply = {"id": number, "error": {"code": -32601, "message": "not known"}}
        try:
            self.send(reply)
        except OSError:
            # The server went away between its question and our answer; whoever waits for it is told by `_wait`.
            return

    def _setting(self, section: str) -> Any:
        value: Any = self.settings
        for part in section.split(".") if section else []:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def _read_stderr(self, stream: IO[bytes]) -> None:
        while chunk := os.read(stream.fileno(), 1 << 16):
            self._stderr += chunk
