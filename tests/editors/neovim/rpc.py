"""Neovim's API over its socket, one request after the other.

pynvim does the same, but leaves its sockets and event loops to the garbage collector, which counts as a fault here.
"""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

import msgpack

if TYPE_CHECKING:
    from pathlib import Path

_REQUEST, _RESPONSE = 0, 1


class NeovimError(Exception):
    """What Neovim says against a request."""


class Connection:
    """A conversation with the Neovim that listens at `path`; waits `patience` seconds for it to start and to answer."""

    def __init__(self, path: Path, patience: float) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(patience)
        end = time.monotonic() + patience
        while True:
            try:
                self._socket.connect(str(path))
                break
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)
        self._unpacker = msgpack.Unpacker(unicode_errors="surrogateescape", strict_map_key=False)
        self._number = 0

    def request(self, method: str, *arguments: Any) -> Any:
        """Call a function of the API; raises NeovimError for what it reports."""
        self._number += 1
        message = [_REQUEST, self._number, method, arguments]
        self._socket.sendall(msgpack.packb(message, unicode_errors="surrogateescape"))
        while True:
            kind, number, *rest = self._receive()
            if kind == _RESPONSE and number == self._number:
                problem, result = rest
                if problem:
                    raise NeovimError(problem[1])
                return result

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _receive(self) -> Any:
        while True:
            try:
                return next(self._unpacker)
            except StopIteration:
                data = self._socket.recv(65536)
                if not data:
                    raise EOFError("Neovim has ended") from None
                self._unpacker.feed(data)
