"""A small, strict language client over stdio: it sees every byte the server sends, and when.

For benchmarks and for tests that need what an ordinary client library hides: raw frames, malformed input, the time of
every message. Features are tested with pytest-lsp. It must not import anything of Leery.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from tests.e2e.connection import Connection
from tests.e2e.wire import Document, Json, Received, text_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

# Isolated: what lies in the working folder cannot be imported in place of a module.
LEERY = (sys.executable, "-I", "-m", "leery", "serve")


@final
@dataclass
class Client(Connection):
    """A conversation with one server, with the documents this client has open.

    Use as a context manager: leaving it shuts the server down and fails on every fault `check` knows.
    """

    command: Sequence[str] = LEERY

    def __post_init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.encoding = "utf-16"
        super().__post_init__()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.kill()
            return
        self.end()
        self.kill()
        self.check()

    def initialize(
        self,
        root: Path | None = None,
        *,
        options: Json | None = None,
        capabilities: Json | None = None,
        encodings: Iterable[str] = ("utf-16",),
    ) -> Json:
        """Initialize and announce; what it answers. `capabilities` replaces the default ones by top-level name."""
        folders = None if root is None else [{"uri": root.as_uri(), "name": root.name}]
        own: Json = {
            "general": {"positionEncodings": list(encodings)},
            "textDocument": {
                "synchronization": {"didSave": True},
                "publishDiagnostics": {
                    "relatedInformation": True,
                    "versionSupport": True,
                    "codeDescriptionSupport": True,
                    "dataSupport": True,
                },
            },
            "workspace": {"configuration": bool(self.settings), "workspaceFolders": True, "applyEdit": True},
            "window": {"workDoneProgress": True},
        }
        result: Json = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "clientInfo": {"name": "leery-raw-client"},
                "rootUri": None if root is None else root.as_uri(),
                "workspaceFolders": folders,
                "capabilities": own | (capabilities or {}),
                "initializationOptions": options or {},
            },
        )
        self.encoding = result["capabilities"].get("positionEncoding", "utf-16")
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, language: str = "python", version: int = 1) -> Document:
        """Open a document."""
        document = Document(uri, language, version, text, self.encoding)
        self.documents[uri] = document
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return document

    def change(self, document: Document, start: int, end: int, text: str) -> float:
        """Replace a range of code points; the time just before the notification was written."""
        place = document.range(start, end)
        document.text = document.text[:start] + text + document.text[end:]
        document.version += 1
        return self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": document.uri, "version": document.version},
                "contentChanges": [{"range": place, "text": text}],
            },
        )

    def insertion(self, document: Document, start: int, text: str, *, ahead: bool, **origin: str) -> float:
        """Send `leery/insertion` for text that stands, or will stand after the next change, at `start`.

        Args:
            document: where.
            start: code point offset of the text after the edit.
            text: what was inserted.
            ahead: whether the `didChange` is still to come.
            origin: `kind`, `evidence`, and what else the message may hold.
        """
        after = document
        if ahead:
            new = document.text[:start] + text + document.text[start:]
            after = Document(document.uri, document.language, document.version + 1, new, document.encoding)
        return self.notify(
            "leery/insertion",
            {
                "textDocument": {"uri": after.uri, "version": after.version},
                "ranges": [after.range(start, start + len(text))],
                "textHash": text_hash(text),
            }
            | {"kind": "completion", "evidence": "observed"}
            | origin,
        )

    def save(self, document: Document) -> float:
        """Announce a save; the time just before the notification was written."""
        return self.notify("textDocument/didSave", {"textDocument": {"uri": document.uri}})

    def close_document(self, document: Document) -> None:
        """Close a document."""
        del self.documents[document.uri]
        self.notify("textDocument/didClose", {"textDocument": {"uri": document.uri}})

    def wait_for_diagnostics(
        self,
        uri: str,
        version: int | None = None,
        wanted: Callable[[list[Json]], bool] = lambda _: True,
        timeout: float | None = None,
        *,
        since: int = 0,
    ) -> Received:
        """The first publish for `uri` of at least this version whose list of diagnostics is wanted."""

        def matches(received: Received) -> bool:
            return (
                received.method == "textDocument/publishDiagnostics"
                and received.params["uri"] == uri
                and (version is None or received.params.get("version", version) >= version)
                and wanted(received.params["diagnostics"])
            )

        return self.wait_for(matches, timeout, since=since, what=f"diagnostics of {uri} at version {version}")

    def published(self, uri: str) -> list[Received]:
        """Every publish for a document so far, in order."""
        with self._arrived:
            return [
                m for m in self.messages if m.method == "textDocument/publishDiagnostics" and m.params["uri"] == uri
            ]
