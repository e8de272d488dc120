"""What goes over the wire and what the client keeps of it: frames, messages with their time, documents, positions."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADER_END = b"\r\n\r\n"


class ServerError(Exception):
    """The server answered a request with an error; `code` and `data` are those of JSON-RPC."""

    def __init__(self, error: Json) -> None:
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.code: int = error.get("code", 0)
        self.data = error.get("data")


class ServerGoneError(Exception):
    """The server closed its output while something was awaited."""


@dataclass(slots=True)
class Received:
    """One message of the server.

    Attributes:
        at: `time.perf_counter()` when its last byte had been read, before it was decoded.
        message: the decoded object.
        read: whether somebody waited for it.
    """

    at: float
    message: Json
    read: bool = False

    @property
    def method(self) -> str:
        """The method of a notification or request, empty for a response."""
        return str(self.message.get("method", ""))

    @property
    def params(self) -> Json:
        """The parameters, empty for a response."""
        return self.message.get("params") or {}


@dataclass(slots=True)
class Document:
    """What the client believes an open document to hold.

    Attributes:
        uri: as sent.
        language: LSP language id.
        version: of the last message sent about it.
        text: whole text after it.
        encoding: `utf-8`, `utf-16` or `utf-32`, as negotiated.
    """

    uri: str
    language: str
    version: int
    text: str
    encoding: str = "utf-16"

    def position(self, offset: int) -> Json:
        """The LSP position of a code point offset in `text`."""
        start = line = 0
        for line_end in _LINE_END.finditer(self.text, 0, offset):
            # Where `offset` cuts a CRLF the pattern sees a lone CR, which is no line end of the whole text.
            if line_end.end() == offset and self.text[offset - 1 : offset + 1] == "\r\n":
                break
            line, start = line + 1, line_end.end()
        return {"line": line, "character": _units(self.text[start:offset], self.encoding)}

    def range(self, start: int, end: int) -> Json:
        """The LSP range of two code point offsets in `text`."""
        return {"start": self.position(start), "end": self.position(end)}


def _units(text: str, encoding: str) -> int:
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_hash(text: str) -> str:
    """The `textHash` of `leery/insertion`."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def private_environment(home: Path, extra: dict[str, str] | None = None) -> dict[str, str]:
    """An environment in which a server finds nothing of the person who runs it, and leaves nothing behind."""
    keep = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "COMSPEC", "PATHEXT", "PYENV_VERSION")
    env = {name: os.environ[name] for name in keep if name in os.environ}
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "appdata",
        "LOCALAPPDATA": home / "localappdata",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_DATA_HOME": home / "data",
        "TMPDIR": home / "tmp",
        "TEMP": home / "tmp",
        "TMP": home / "tmp",
    }
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        env[name] = str(folder)
    return env | {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0"} | (extra or {})


def take_frame(buffer: bytearray, faults: list[str]) -> bytes | None:
    """Cut the first whole message off the buffer; None when there is none yet. What is malformed goes into `faults`."""
    end = buffer.find(_HEADER_END)
    if end < 0:
        return None
    length = None
    for line in bytes(buffer[:end]).split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if name.lower() == b"content-length" and colon and value.strip().isdigit():
            length = int(value)
        elif name.lower() != b"content-type":
            faults.append(f"a header that is none: {line[:200]!r}")
    start = end + len(_HEADER_END)
    if length is None:
        faults.append(f"a message without length: {bytes(buffer[:200])!r}")
        del buffer[:start]
        return b"{}"
    if len(buffer) < start + length:
        return None
    body = bytes(buffer[start : start + length])
    del buffer[: start + length]
    return body
