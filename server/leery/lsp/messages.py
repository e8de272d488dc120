"""Every custom method and command, once: the editors' clients are tested against these names.

Must hold names and shapes only.
"""

from __future__ import annotations

from typing import Any, TypedDict

INSERTION = "leery/insertion"
BLOCKS = "leery/blocks"
BLOCKS_CHANGED = "leery/blocksChanged"
STATUS = "leery/status"

REVIEW = "leery.review"
SUPPRESS = "leery.suppress"
SET_ORIGIN = "leery.setOrigin"
SHOW_PROVENANCE = "leery.showProvenance"
SCAN_WORKSPACE = "leery.scanWorkspace"
EXPORT_LOG = "leery.exportLog"

COMMANDS = (REVIEW, SUPPRESS, SET_ORIGIN, SHOW_PROVENANCE, SCAN_WORKSPACE, EXPORT_LOG)

SOURCE = "leery"
FIX_ALL = "source.fixAll.leery"

Json = dict[str, Any]


class InsertionParams(TypedDict, total=False):
    """``leery/insertion``, client to server: what the editor knows about an edit.

    `ranges` are those after the edit, in the negotiated encoding; `textHash` is the SHA-256 hex digest of the UTF-8 of
    the inserted text, several ranges joined in document order. `source`, `{uri, ranges}`, tells for a paste where its
    text was copied, in that document's text just before the paste.
    """

    textDocument: Json
    ranges: list[Json]
    kind: str
    evidence: str
    assistant: str | None
    model: str | None
    session: str | None
    prompt: str | None
    textHash: str | None
    source: Json | None


class BlocksParams(TypedDict):
    """``leery/blocks``, client to server, a request."""

    textDocument: Json


class BlockData(TypedDict):
    """One element of the answer to ``leery/blocks``."""

    id: str
    ranges: list[Json]
    origin: Json
    state: str
    survived: float
    findings: list[str]


class BlocksChangedParams(TypedDict):
    """``leery/blocksChanged``, server to client: ask for the blocks of this document again."""

    uri: str


class EngineStatus(TypedDict):
    """One engine's health within ``leery/status``."""

    name: str
    state: str
    message: str


class StatusParams(TypedDict):
    """``leery/status``, server to client: health and counts for a status bar."""

    engines: list[EngineStatus]
    unreviewed: int
    findings: int
    analysing: bool
