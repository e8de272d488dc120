"""Hands documents to the store once their first findings are out; many changes before that make one save.

Must not know what is in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leery.provenance.tracker import Tracker
    from leery.session.session import Session


class Saver:
    """Keeps which open documents are yet to be saved.

    Args:
        session: has the documents.
        tracker: has what is saved of them.
    """

    def __init__(self, session: Session, tracker: Tracker) -> None:
        self._session = session
        self._tracker = tracker
        self._unsaved: dict[str, float] = {}

    def save(self, uri: str, within: float) -> None:
        """Save a document, as it will be then, within so many seconds after its first findings."""
        if uri in self._unsaved:
            self._unsaved[uri] = min(within, self._unsaved[uri])
        else:
            self._unsaved[uri] = within
            target = self._session.documents.target_of(uri)
            self._session.afterwards.do(target, lambda: self._submit(uri))

    def flush(self) -> None:
        """Save now what is yet to be saved."""
        for uri in tuple(self._unsaved):
            self._submit(uri)

    def forget(self, uri: str) -> None:
        """A document is closed, and saved by whoever closes it."""
        self._unsaved.pop(uri, None)

    def _submit(self, uri: str) -> None:
        within = self._unsaved.pop(uri, None)
        buffer = self._session.documents.buffers.get(uri)
        if within is not None and buffer is not None and uri in self._tracker.uris:
            buffer.workspace.store.submit(self._tracker.snapshot(uri), within=within)
