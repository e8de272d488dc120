"""The open documents of a session, and which target of the scheduler each belongs to.

Must not analyse or log. Offsets are code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.session.targets import Notebook
from leery_analyzers.text import Text, TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from leery.session.workspace import Workspace


@dataclass
class Buffer:
    """One open document.

    Attributes:
        uri: as the client names it.
        language: language id.
        version: the client's.
        text: the content of that version.
        workspace: where its log and settings are.
        name: its name in the log.
        saved: whether the client wrote this very version to disk.
    """

    uri: str
    language: str
    version: int
    text: Text
    workspace: Workspace
    name: str
    saved: bool = False


class Documents:
    """Buffers by URI, notebooks by URI, and the way between a document's places and its target's."""

    def __init__(self) -> None:
        self.buffers: dict[str, Buffer] = {}
        self.notebooks: dict[str, Notebook] = {}
        self._notebook_of: dict[str, str] = {}

    def target_of(self, uri: str) -> str:
        """The name of the target that a document belongs to."""
        return self._notebook_of.get(uri, uri)

    def members(self, target: str) -> list[str]:
        """The documents of a target, in order."""
        notebook = self.notebooks.get(target)
        return [target] if notebook is None else [uri for uri in notebook.cells if uri in self.buffers]

    def version_of(self, target: str) -> int | None:
        """The present version of a target's text; None when it is not open."""
        notebook = self.notebooks.get(target)
        if notebook is not None:
            return notebook.version
        buffer = self.buffers.get(target)
        return buffer.version if buffer is not None else None

    def open_notebook(self, uri: str, cells: Sequence[str]) -> None:
        """A notebook's code cells, in order; their texts come with `Buffer`s."""
        self.notebooks[uri] = Notebook(uri, list(cells))
        self._notebook_of.update(dict.fromkeys(cells, uri))

    def splice_notebook(self, uri: str, start: int, count: int, added: Sequence[str]) -> None:
        """Replace `count` cells from `start` on by others."""
        notebook = self.notebooks[uri]
        for cell in notebook.cells[start : start + count]:
            self._notebook_of.pop(cell, None)
        notebook.cells[start : start + count] = added
        self._notebook_of.update(dict.fromkeys(added, uri))

    def close_notebook(self, uri: str) -> None:
        """The notebook is gone, and its cells with it."""
        notebook = self.notebooks.pop(uri, None)
        for cell in notebook.cells if notebook is not None else ():
            self._notebook_of.pop(cell, None)

    def joined(self, target: str) -> tuple[Text, int, TextEdit | None]:
        """A notebook's joined text, its version, and the edit that led there from what was joined before."""
        notebook = self.notebooks[target]
        edit = notebook.join({uri: buffer.text for uri, buffer in self.buffers.items() if uri in notebook.cells})
        return Text(notebook.joined), notebook.version, edit

    def start_of(self, uri: str) -> int:
        """Where a document starts in its target's text."""
        notebook = self.notebooks.get(self.target_of(uri))
        return 0 if notebook is None else notebook.starts.get(uri, 0)

    def locate(self, target: str, place: TextRange) -> tuple[str, TextRange] | None:
        """The document that holds a place of a target's text, and the place within it."""
        notebook = self.notebooks.get(target)
        return (target, place) if notebook is None else notebook.locate(place)

    def split_edits(self, target: str, edits: Iterable[TextEdit]) -> dict[str, tuple[TextEdit, ...]]:
        """Edits of a target's text as edits of its documents."""
        split: dict[str, tuple[TextEdit, ...]] = {}
        for edit in edits:
            located = self.locate(target, TextRange(edit.start, edit.end))
            if located is not None:
                uri, place = located
                split[uri] = (*split.get(uri, ()), TextEdit(place.start, place.end, edit.text))
        return split

    def rename(self, old: str, new: str) -> None:
        """An open document goes by another URI."""
        buffer = self.buffers.pop(old, None)
        if buffer is not None:
            buffer.uri = new
            self.buffers[new] = buffer

    def of_workspace(self, workspace: Workspace) -> Iterator[Buffer]:
        """The open documents of one workspace."""
        return (buffer for buffer in self.buffers.values() if buffer.workspace is workspace)
