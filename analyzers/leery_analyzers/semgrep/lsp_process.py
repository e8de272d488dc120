"""One resident ``semgrep lsp``: started, asked one file at a time, ended. It has no opinion on what to do when it dies.

How it must be talked to was found by trial, since its language server is made for an editor with saved files: it reads
the disk and not what it is sent; a file it was not told of is empty to it; a path used twice may be answered from
memory. So every question is a new file, announced, saved, answered, deleted and reported deleted.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery_analyzers.priority import lower_priority
from leery_analyzers.semgrep.core import RULE_SECONDS
from leery_analyzers.semgrep.results import Hit, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from leery_analyzers.model import NoticeKind
    from leery_analyzers.semgrep.binary import Room

_MAX_MESSAGE = 64 * 2**20
_KEPT_LOG = 2**16
_SMALL = 64 * 1024  # bytes that are written in well under a millisecond
_LOG_SECONDS = 0.2
_END_SECONDS = 1.0

# The last line semgrep writes to standard error for one file: it does so before it publishes.
_SCANNED = re.compile(rb"^Found \d+ matches", re.MULTILINE)
_PASSED_OVER = b"No targets to scan!"
_PROBLEM = re.compile(r"^(?:Semgrep errors: )?([^\n]+?) at line ([^\n]+?):(\d+):", re.MULTILINE)


class ProcessEndedError(Exception):
    """The process ended, or its answers cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer about one file.

    Attributes:
        hits: every match, without fixes.
        problems: what semgrep complained about on standard error.
        scanned: whether it said that it looked at the file; None when this semgrep does not say such things.
    """

    hits: tuple[Hit, ...]
    problems: tuple[Problem, ...]
    scanned: bool | None


_TIED = "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, 9); os.execv(sys.argv[1], sys.argv[2:])"
"""Asks Linux to kill the program with who started it: it does not always see that its input has ended."""
_CALLED = ("osemgrep", "lsp")
"""By this name the program is the command line with its language server."""


def _command(core: Path) -> tuple[str | Path, tuple[str, ...]]:
    """The program to start and its arguments, its name first: on Linux one that ties semgrep to this process."""
    if sys.platform != "linux":
        return core, _CALLED
    return sys.executable, (sys.executable, "-I", "-S", "-c", _TIED, str(core), *_CALLED)


class LspProcess:
    """A running language server; made by `start`, ended by `stop`."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[list[dict[str, Any]]]] = {}
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._refreshed = asyncio.Event()
        self._log = bytearray()
        self._logged = asyncio.Event()
        self._speaks = True
        self._busy = asyncio.Lock()
        self._ended = False
        self.scans = 0
        self._tasks = (asyncio.create_task(self._read_messages()), asyncio.create_task(self._read_log()))

    @classmethod
    async def start(cls, core: Path, room: Room, folder: Path, rules: Path) -> LspProcess:
        """Start one and wait until it has read its rules; the caller sets the deadline.

        Args:
            core: ``semgrep-core``.
            room: gives the environment.
            folder: empty, of this process alone: its working folder and workspace.
            rules: one file of rules.

        Raises:
            OSError: it cannot be started.
            ProcessEndedError: it ended at once.
        """
        program, arguments = _command(core)
        process = await asyncio.create_subprocess_exec(
            *arguments,
            executable=program,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env=room.environment(),
        )
        lower_priority(process.pid)
        self = cls(process, folder)
        try:
            await self._request("initialize", _initialize(folder, rules))
            self._notify("initialized", {})
            await self._ready()
        except BaseException:
            await self.kill()
            raise
        return self

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._ended and self._process.returncode is None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def resident_bytes(self) -> int:
        """How much memory it holds; 0 where the system does not say it in ``/proc``."""
        try:
            with open(f"/proc/{self.pid}/statm", "rb") as file:  # noqa: PTH123 - four times as fast as pathlib
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError, AttributeError):
            return 0

    async def scan(self, data: bytes, suffix: str, timeout: float) -> Reply:
        """Have one file scanned. One at a time: what is written to standard error names no request.

        A caller that is cancelled or told of the time-out must not ask again: the process is to be ended then.

        Args:
            data: the file.
            suffix: of its name, which chooses the language.
            timeout: seconds.

        Raises:
            ProcessEndedError: it ended.
            TimeoutError: it did not answer in time (`asyncio.TimeoutError`).
            OSError: the file cannot be written.
        """
        async with self._busy:
            return await asyncio.wait_for(self._scan(data, suffix), timeout)

    async def _scan(self, data: bytes, suffix: str) -> Reply:
        name = f"s{next(self._numbers)}{suffix}"
        path = self._folder / name
        if len(data) <= _SMALL:
            path.write_bytes(data)
        else:
            await asyncio.to_thread(path.write_bytes, data)
        uri = path.as_uri()
        published: asyncio.Future[list[dict[str, Any]]] = asyncio.get_running_loop().create_future()
        self._waiting[name] = published
        self._log.clear()
        try:
            if self._ended:
                raise ProcessEndedError
            self._notify("workspace/didCreateFiles", {"files": [{"uri": uri}]})
            self._notify("textDocument/didSave", {"textDocument": {"uri": uri}})
            diagnostics = await published
            scanned = await self._said_scanned()
        finally:
            self._waiting.pop(name, None)
            path.unlink(missing_ok=True)
        self._notify("workspace/didDeleteFiles", {"files": [{"uri": uri}]})
        self.scans += 1
        return Reply(tuple(_hit(item) for item in diagnostics), self._problems(name), scanned)

    async def _said_scanned(self) -> bool | None:
        """Whether standard error says that the file was looked at; it may come a moment after the answer."""
        if not self._speaks:
            return None
        deadline = asyncio.get_running_loop().time() + _LOG_SECONDS
        while True:
            if _SCANNED.search(self._log):
                return True
            if _PASSED_OVER in self._log:
                return False
            self._logged.clear()
            try:
                await asyncio.wait_for(self._logged.wait(), deadline - asyncio.get_running_loop().time())
            except asyncio.TimeoutError:
                self._speaks = self.scans > 0  # one that says nothing about its first file is not asked again
                return None

    def _problems(self, name: str) -> tuple[Problem, ...]:
        text = self._log.decode("utf-8", "replace")
        return tuple(
            Problem(kind, int(line) - 1 if kind == "parse" else None)
            for what, path, line in _PROBLEM.findall(text)
            if path.endswith(name)
            for kind in (_kind(what),)
        )

    async def stop(self) -> None:
        """End it after the running scan: by the end of its input, and by force when that takes over a second."""
        try:
            async with self._busy:
                if self._process.stdin is not None:
                    self._process.stdin.close()
                await asyncio.wait_for(self._process.wait(), _END_SECONDS)
        except asyncio.TimeoutError:
            pass
        finally:
            await self.kill()

    async def kill(self) -> None:
        """End it by force and wait until it has ended."""
        with contextlib.suppress(ProcessLookupError):
            if self._process.returncode is None:
                self._process.kill()
        await self._process.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._fail()

    async def _ready(self) -> None:
        await self._refreshed.wait()
        if self._ended:
            raise ProcessEndedError

    async def _request(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        try:
            return await answer
        finally:
            self._answers.pop(number, None)

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        if self._process.stdin is None or self._process.stdin.is_closing():
            raise ProcessEndedError
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    async def _read_messages(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                header = await self._process.stdout.readuntil(b"\r\n\r\n")
                length = _content_length(header)
                self._take(json.loads(await self._process.stdout.readexactly(length)))
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, OSError):
            pass
        finally:
            self._fail()

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            params = message["params"]
            # The name alone: nobody else's file is in the folder, and two programs write one path as different URIs.
            waiting = self._waiting.get(params["uri"].rsplit("/", 1)[-1])
            if waiting is not None and not waiting.done():
                waiting.set_result(params["diagnostics"])
        elif method == "semgrep/rulesRefreshed":
            self._refreshed.set()
        elif method is None and (answer := self._answers.get(message.get("id", 0))) is not None and not answer.done():
            answer.set_result(message.get("result"))

    def _fail(self) -> None:
        self._ended = True
        self._refreshed.set()
        for future in (*self._waiting.values(), *self._answers.values()):
            if not future.done():
                future.set_exception(ProcessEndedError())

    async def _read_log(self) -> None:
        assert self._process.stderr is not None
        while data := await self._process.stderr.read(_KEPT_LOG):
            self._log += data
            del self._log[:-_KEPT_LOG]
            self._logged.set()


def _initialize(folder: Path, rules: Path) -> dict[str, Any]:
    uri = folder.as_uri()
    scan = {
        "configuration": [str(rules)],
        "exclude": [],
        "include": [],
        "jobs": 1,
        "maxMemory": 0,
        "maxTargetBytes": 0,
        "onlyGitDirty": False,
        "ci": False,
        "timeout": RULE_SECONDS,
        "timeoutThreshold": 3,
    }
    return {
        "processId": os.getpid(),
        "rootUri": uri,
        "workspaceFolders": [{"uri": uri, "name": "leery"}],
        "capabilities": {},
        "initializationOptions": {"scan": scan, "metrics": {"enabled": False}, "trace": {"server": "off"}},
    }


def _content_length(header: bytes) -> int:
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
            if 0 <= length <= _MAX_MESSAGE:
                return length
    raise ValueError("a message without a usable length")


def _hit(diagnostic: dict[str, Any]) -> Hit:
    first, last = diagnostic["range"]["start"], diagnostic["range"]["end"]
    return Hit(
        str(diagnostic.get("code", "")),
        (first["line"], first["character"]),
        (last["line"], last["character"]),
        str(diagnostic.get("message", "")),
    )


def _kind(what: str) -> NoticeKind:
    text = what.lower()
    if "timeout" in text or "timed out" in text:
        return "timeout"
    if "memory" in text or "overflow" in text or "fatal" in text or "internal" in text:
        return "crash"
    return "parse"
