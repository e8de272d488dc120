"""The smallest language client that can play a session: starts the real server and talks to it over its streams.

Must not know what the demonstration shows.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import queue
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import BinaryIO

Json = dict[str, Any]

_TIMEOUT = 20.0


class DemoError(Exception):
    """The server did not answer as it should have."""


class Client:
    """One server process and one open document, with positions in UTF-32.

    Args:
        folder: the workspace.
        env: the server's environment.
    """

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        command = [sys.executable, "-I", "-c", "from leery.cli import main; main()", "serve"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=dict(env)
        )
        self._folder = folder
        self._inbox: queue.SimpleQueue[Json | None] = queue.SimpleQueue()
        self._next = 0
        self.diagnostics: list[Json] = []
        self.text = ""
        self.version = 0
        self.uri = ""
        self._publishes = 0
        threading.Thread(target=self._read, daemon=True).start()

    def initialize(self) -> None:
        """The handshake."""
        capabilities = {
            "general": {"positionEncodings": ["utf-32"]},
            "workspace": {"workspaceEdit": {"documentChanges": True}},
        }
        root = self._folder.as_uri()
        folders = [{"uri": root, "name": "demo"}]
        self.request("initialize", processId=None, rootUri=root, workspaceFolders=folders, capabilities=capabilities)
        self.notify("initialized")

    def open(self, path: Path, language: str) -> None:
        """Open a file as its text stands on disk."""
        self.uri, self.text, self.version = path.as_uri(), path.read_text(encoding="utf-8"), 1
        item = {"uri": self.uri, "languageId": language, "version": 1, "text": self.text}
        self.notify("textDocument/didOpen", textDocument=item)

    def insert(self, offset: int, text: str, **origin: str) -> float:
        """Insert a text with a hint about its origin (none: typed character by character); seconds to diagnostics."""
        if not origin:
            for index, char in enumerate(text):
                self.replace(offset + index, offset + index, char)
            return 0.0
        started = time.perf_counter()
        seen = self._publishes
        self.replace(offset, offset, text)
        self.notify(
            "leery/insertion",
            textDocument={"uri": self.uri, "version": self.version},
            ranges=[self.range(offset, offset + len(text))],
            textHash=hashlib.sha256(text.encode()).hexdigest(),
            **origin,
        )
        self.wait(lambda: self._publishes > seen)
        return time.perf_counter() - started

    def replace(self, start: int, end: int, text: str) -> None:
        """One edit, in code points."""
        change = {"range": self.range(start, end), "text": text}
        self.text = self.text[:start] + text + self.text[end:]
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=[change])

    def apply(self, edit: Json) -> None:
        """Apply a workspace edit that concerns the open document, as an editor does."""
        edits = edit["documentChanges"][0]["edits"]
        placed = [(*self._offsets(item["range"]), item["newText"]) for item in edits]
        for start, end, text in sorted(placed, reverse=True):
            self.replace(start, end, text)

    def settle(self) -> None:
        """Wait until every engine is done with the newest version."""
        self.request("textDocument/diagnostic", textDocument={"uri": self.uri})

    def request(self, method: str, **params: Any) -> Any:
        """Send a request and wait for its result, taking in what else arrives.

        Raises:
            DemoError: an error came back, or nothing did.
        """
        self._next += 1
        identity = self._next
        self._send({"id": identity, "method": method, "params": params})
        deadline = time.monotonic() + _TIMEOUT
        while True:
            message = self._take(deadline)
            if message.get("id") == identity and "method" not in message:
                if "error" in message:
                    raise DemoError(f"{method}: {message['error']['message']}")
                return message.get("result")
            self._handle(message)

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def wait(self, ready: Callable[[], bool]) -> None:
        """Take in messages until something holds."""
        deadline = time.monotonic() + _TIMEOUT
        while not ready():
            self._handle(self._take(deadline))

    def close(self) -> None:
        """Shut the server down; by force when it does not go."""
        with contextlib.suppress(DemoError, OSError):
            self.request("shutdown")
            self.notify("exit")
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def range(self, start: int, end: int) -> Json:
        """Two offsets as an LSP range."""
        return {"start": self._position(start), "end": self._position(end)}

    def lines(self, item: Json) -> tuple[int, int, int, int]:
        """The start line, start column, end line and end column of a diagnostic, from 0."""
        start, end = item["range"]["start"], item["range"]["end"]
        return start["line"], start["character"], end["line"], end["character"]

    def _position(self, offset: int) -> Json:
        before = self.text[:offset]
        return {"line": before.count("\n"), "character": offset - (before.rfind("\n") + 1)}

    def _offsets(self, value: Json) -> tuple[int, int]:
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        start, end = value["start"], value["end"]
        return starts[start["line"]] + start["character"], starts[end["line"]] + end["character"]

    def _handle(self, message: Json) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics = message["params"]["diagnostics"]
            self._publishes += 1
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})

    def _take(self, deadline: float) -> Json:
        try:
            message = self._inbox.get(timeout=max(deadline - time.monotonic(), 0.01))
        except queue.Empty:
            raise DemoError("the server did not answer in time") from None
        if message is None:
            raise DemoError("the server ended")
        return message

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream: BinaryIO | None = self._process.stdin  # type: ignore[assignment]
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stream.flush()

    def _read(self) -> None:
        stream: BinaryIO | None = self._process.stdout  # type: ignore[assignment]
        assert stream is not None
        while head := stream.readline():
            if head.lower().startswith(b"content-length:"):
                length = int(head.split(b":")[1])
                while stream.readline().strip():
                    pass
                self._inbox.put(json.loads(stream.read(length)))
        self._inbox.put(None)
