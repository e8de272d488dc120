"""``leery/blocks`` and its notification: the data behind gutters, backgrounds and trees in the editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from leery.lsp import messages
from leery.lsp.convert import offsets_to_range
from leery.lsp.later import Later

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

_DELAY = 0.02


class Blocks:
    """Answers which blocks a document has."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server
        self._changed: dict[str, None] = {}
        self._later = Later(_DELAY, self._tell)
        server.on(messages.BLOCKS, self.blocks)

    async def blocks(self, params: Any) -> list[messages.BlockData]:
        """Every block of a document, in document order."""
        uri = _uri(params)
        await self._server.session.keeper.ready(uri)
        text = self._server.session.text(uri)
        if text is None:
            return []
        return [
            {
                "id": block.id,
                "ranges": [offsets_to_range(text, place, self._server.encoding) for place in block.ranges],
                "origin": block.origin,
                "state": block.state,
                "survived": block.survived,
                "findings": list(block.findings),
            }
            for block in self._server.session.blocks(uri)
        ]

    def changed(self, uri: str) -> None:
        """Tell the client shortly that a document's blocks are not what they were: after the first findings in them."""
        self._changed[uri] = None
        self._later.wish()

    def _tell(self) -> None:
        changed, self._changed = self._changed, {}
        for uri in changed:
            self._server.protocol.send_json({"method": messages.BLOCKS_CHANGED, "params": {"uri": uri}})


def _uri(params: Any) -> str:
    """The document's URI.

    Raises:
        JsonRpcInvalidParams: it is missing or no text.
    """
    document = params.get("textDocument") if isinstance(params, dict) else None
    uri = document.get("uri") if isinstance(document, dict) else None
    if not isinstance(uri, str):
        raise JsonRpcInvalidParams("the request needs 'textDocument' with a 'uri'")
    return uri
