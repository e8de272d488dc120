"""Notebooks: their cells' texts and order go to the session, which analyses them as one document.

Must not join texts itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from leery.lsp.convert import changes_to_edits

if TYPE_CHECKING:
    from leery.lsp.app import LeeryServer

NOTEBOOK_SYNC = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(notebook="*", cells=[types.NotebookCellLanguage(language="python")]),
    ],
    save=True,
)


class Notebooks:
    """Handlers for notebook synchronisation."""

    def __init__(self, server: LeeryServer) -> None:
        self._server = server

    def did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """A notebook with its cells is the client's from now on."""
        notebook = params.notebook_document
        cells = [cell.document for cell in notebook.cells if cell.kind == types.NotebookCellKind.Code]
        self._server.session.open_notebook(notebook.uri, cells)
        for item in params.cell_text_documents:
            self._server.session.open(item.uri, item.language_id, item.version, item.text)

    def did_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        """Cells came, went, moved or changed their text."""
        session, uri = self._server.session, params.notebook_document.uri
        cells = params.change.cells
        if cells is None:
            return
        if cells.structure is not None:
            array = cells.structure.array
            added = [c.document for c in array.cells or [] if c.kind == types.NotebookCellKind.Code]
            session.splice_notebook(uri, array.start, array.delete_count, added)
            for item in cells.structure.did_open or []:
                session.open(item.uri, item.language_id, item.version, item.text)
            for closed in cells.structure.did_close or []:
                session.close_document(closed.uri)
        for content in cells.text_content or []:
            self._change_text(content)

    def did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        """The notebook is the disk's again."""
        for cell in params.cell_text_documents:
            self._server.session.close_document(cell.uri)
        self._server.session.close_notebook(params.notebook_document.uri)

    def _change_text(self, content: types.NotebookDocumentCellContentChanges) -> None:
        session, document = self._server.session, content.document
        text = session.text(document.uri)
        if text is None:
            return
        changes = [self._server.protocol.unstructure(change) for change in content.changes]
        session.change(document.uri, document.version, changes_to_edits(text, changes, self._server.encoding))
