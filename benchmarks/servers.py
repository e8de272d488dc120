"""The servers that are compared, each driven in the way an editor would drive it.

A server is started on a private home and workspace, has one document open, and answers to `edit`, which returns when it
was sent, and to `shown`, which waits for what came of it.
"""

from __future__ import annotations

import contextlib
import shutil
import sysconfig
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import psutil
from tests.e2e.client import LEERY, Client

import leery_analyzers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.wire import Document

Json = dict[str, Any]

RULES = Path(leery_analyzers.__file__).parent / "semgrep_rules"


def executable(name: str) -> str:
    """The absolute path of a tool of this environment.

    Raises:
        FileNotFoundError: it is not installed.
    """
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed")
    return found


class Server(ABC):
    """One running server with one open document.

    Args:
        folder: private; its home and its workspace are made in it.
        text: of the document.
    """

    name: ClassVar[str]
    # Whether it may give fewer samples than the others when it is slow.
    sparing: ClassVar[bool] = False

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self.workspace = folder / "workspace"
        self.workspace.mkdir(parents=True)
        self.path = self.workspace / "sample.py"
        self.path.write_text(text, encoding="utf-8")
        self.client = Client(folder / "home", self.command(), cwd=self.workspace, timeout=60, strict=False)
        self.client.initialize(self.workspace, options=self.options())
        self.document: Document = self.client.open(self.path.as_uri(), text)
        self.mark = 0
        self.watched = self.document.uri
        self.ready()

    @abstractmethod
    def command(self) -> tuple[str, ...]:
        """How it is started."""

    @abstractmethod
    def options(self) -> Json:
        """Its initialization options."""

    def ready(self) -> None:
        """Wait until the opened document has been dealt with."""
        self.client.settle(1.0, 300)

    def edit(self, start: int, end: int, text: str) -> float:
        """Change the document; when the change was sent, `perf_counter` seconds."""
        self.mark = len(self.client.messages)
        return self.client.change(self.document, start, end, text)

    def first(self, sent: float, timeout: float = 60.0) -> float | None:
        """Milliseconds from the change to the first diagnostics for it."""
        return self.until(sent, lambda _: True, timeout)

    def until(self, sent: float, wanted: Callable[[list[Json]], bool], timeout: float) -> float | None:
        """Milliseconds from the change to the first diagnostics for it that are wanted; None if they never came."""
        try:
            received = self.client.wait_for_diagnostics(
                self.watched, self.document.version, wanted, timeout, since=self.mark
            )
        except TimeoutError:
            return None
        return (received.at - sent) * 1000

    def rest(self) -> None:
        """Wait until the last edit causes no more work, which would slow the next server down."""
        rest(self.client.process.pid)

    def stop(self) -> None:
        """End the process."""
        self.client.kill()


class Ruff(Server):
    """`ruff server` with the stable security rules."""

    name = "ruff server"

    def command(self) -> tuple[str, ...]:
        return executable("ruff"), "server"

    def options(self) -> Json:
        return {"settings": {"lint": {"select": ["S"], "preview": False}, "configuration": {"lint": {"select": ["S"]}}}}


class Semgrep(Server):
    """`semgrep lsp`: it reads the file on disk, so a change counts from its save.

    Every edit goes to a path of its own: of a file it has seen before, taint rules often report nothing (an internal
    error, which the client is not told of), and what reports nothing is fast.

    Args:
        folder: as above.
        text: as above.
        rules: files or folders of rules.
    """

    name = "semgrep lsp"
    sparing = True

    def __init__(self, folder: Path, text: str, rules: Path = RULES) -> None:
        self.rules = rules
        super().__init__(folder, text)

    def command(self) -> tuple[str, ...]:
        return executable("semgrep"), "lsp"

    def options(self) -> Json:
        scan = {
            "configuration": [str(self.rules)],
            "exclude": [],
            "include": [],
            "jobs": 1,
            "maxMemory": 0,
            "maxTargetBytes": 0,
            "timeout": 120,
            "timeoutThreshold": 0,
            "onlyGitDirty": False,
            "ci": False,
        }
        return {"scan": scan, "metrics": {"enabled": False}, "doHover": False}

    def edit(self, start: int, end: int, text: str) -> float:
        super().edit(start, end, text)
        if self.watched != self.document.uri:
            self.path.unlink()
            self.client.notify("workspace/didDeleteFiles", {"files": [{"uri": self.watched}]})
        self.path = self.workspace / f"sample_{self.document.version}.py"
        self.path.write_text(self.document.text, encoding="utf-8")
        self.watched = self.path.as_uri()
        self.client.notify("workspace/didCreateFiles", {"files": [{"uri": self.watched}]})
        return self.client.notify("textDocument/didSave", {"textDocument": {"uri": self.watched}})


class Leery(Server):
    """`leery serve`; findings of every engine that is installed."""

    name = "leery"

    def command(self) -> tuple[str, ...]:
        return LEERY

    def options(self) -> Json:
        return {"trusted": False}

    def engine(self, sent: float, name: str, timeout: float = 10.0) -> float | None:
        """Milliseconds from the change to the first diagnostics for it with a finding of this engine."""
        return self.until(sent, lambda shown: any(name in engines(d) for d in shown), timeout)

    def rest(self) -> None:
        # Every tier publishes what it changed; a pause longer than any tier of a small block takes means all are done.
        time.sleep(0.05)
        self.client.settle(0.15, 20)
        super().rest()


class LeeryHinted(Leery):
    """The same, told ahead of each insertion where it comes from."""

    name = "leery, hinted"

    def edit(self, start: int, end: int, text: str) -> float:
        if len(text) > 1:
            self.client.insertion(self.document, start, text, ahead=True, kind="completion", assistant="bench")
        return super().edit(start, end, text)


def rest(pid: int, longest: float = 3.0) -> None:
    """Wait until a process and its children use no processor time, at most so many seconds.

    A tick of processor time is 10 ms on Linux, so what uses less than that in 60 ms counts as none.
    """
    deadline = time.perf_counter() + longest
    used, before = _processor_time(pid), -1.0
    while used != before and time.perf_counter() < deadline:
        time.sleep(0.06)
        used, before = _processor_time(pid), used


def _processor_time(pid: int) -> float:
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                times = process.cpu_times()
                total += times.user + times.system
    return total


def engines(diagnostic: Json) -> list[str]:
    """Who says so, of a diagnostic of Leery."""
    found: list[str] = (diagnostic.get("data") or {}).get("engines", [])
    return found
