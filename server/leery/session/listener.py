"""Who hears from a session: the language server, or a test."""

from __future__ import annotations

from typing import Protocol


class Listener(Protocol):
    """Who is told what has changed; all calls come on the event loop."""

    def view_changed(self, uri: str) -> None:
        """The findings of a document are others, or stand elsewhere."""

    def document_closed(self, uri: str) -> None:
        """A document is not shown any more."""

    def blocks_changed(self, uri: str) -> None:
        """The blocks of a document, their state or their findings are others."""

    def status_changed(self) -> None:
        """Counts or an engine's health are others."""

    def tell(self, message: str, *, error: bool = False) -> None:
        """Say something to the person, once for each message."""
