"""Text synchronisation and hints: what the client says of texts becomes edits in code points for the session.

Must not analyse or publish anything itself.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from leery.lsp import messages
from leery.lsp.convert import changes_to_edits, lies_in, range_to_offsets
from leery.session import Source

if TYPE_CHECKING:
    from lsprotocol import types

    from leery.lsp.app import LeeryServer
    from leery_analyzers.text import Text, TextRange

logger = logging.getLogger(__name__)


class Documents:
    """Handlers for open, change, close, save and hint."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        server.protocol.direct["textDocument/didChange"] = self.did_change
        server.protocol.direct[messages.INSERTION] = self.insertion
        server.on("textDocument/didSave", self.did_save)

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """A text is the client's from now on."""
        item = params.text_document
        self._server.session.open(item.uri, item.language_id, item.version, item.text)

    def did_change(self, params: dict[str, Any]) -> None:
        """Sequential changes lead to the next version; for a document that is not open they are passed over."""
        document = params["textDocument"]
        session = self._server.session
        text = session.text(document["uri"])
        if text is None:
            logger.warning("change of a document that is not open")
            return
        edits = changes_to_edits(text, params["contentChanges"], self._server.encoding)
        session.change(document["uri"], document["version"], edits)

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """The text is the disk's again."""
        self._server.session.close_document(params.text_document.uri)

    def did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        """The client has written the file: a change seen on disk now is its own."""
        self._server.session.saved(params.text_document.uri)

    def insertion(self, params: dict[str, Any]) -> None:
        """A hint about an edit that has come or will come."""
        document, ranges = params["textDocument"], params["ranges"]
        encoding, text_hash = self._server.encoding, params.get("textHash")

        def resolve(text: Text) -> list[TextRange]:
            if text_hash is None and not all(lies_in(text, value, encoding) for value in ranges):
                return []  # cut down to this text, the hint would speak of an edit that it does not mean
            return [range_to_offsets(text, value, encoding) for value in ranges]

        if not isinstance(ranges, list):
            raise TypeError("ranges is a list")
        origin = {name: params.get(name) for name in ("kind", "evidence", "assistant", "model", "session", "prompt")}
        source = self._source(params.get("source"))
        self._server.session.hint(document["uri"], document.get("version"), resolve, origin, text_hash, source)

    def _source(self, value: dict[str, Any] | None) -> Source | None:
        """Where a paste was copied; places outside the text it is looked up in are left out."""
        if value is None:
            return None
        uri, ranges, encoding = value["uri"], value["ranges"], self._server.encoding
        if not isinstance(uri, str) or not isinstance(ranges, list):
            raise TypeError("source is an object with uri and ranges")

        def resolve(text: Text) -> list[TextRange]:
            return [range_to_offsets(text, one, encoding) for one in ranges if lies_in(text, one, encoding)]

        return Source(uri, resolve)
