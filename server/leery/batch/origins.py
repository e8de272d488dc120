"""What the servers have recorded about where the text of files came from, found again in what the files hold now.

Nothing is recorded from here: a file that no server has seen has no blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from leery.document import Document, path_to_uri
from leery.paths import UnsafeFolderError, check_private, resolve, state_path, workspace_root
from leery.provenance.store import NAME, Store
from leery.provenance.tracker import Tracker
from leery_analyzers.model import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from leery.provenance.store import StoreNotice
    from leery_analyzers.text import Text, TextRange

QUIET_KINDS = frozenset({"typed", "vcs"})
"""Kinds of origin that need no second look."""


@final
class Origins:
    """The trackers' states of some workspaces; a context manager. Use it on one thread.

    Attributes:
        notices: what could not be read.
        unrecorded: workspaces of which nothing is known.
    """

    def __init__(self) -> None:
        self._stores: dict[Path, Store | None] = {}
        self.notices: list[Notice] = []
        self.unrecorded: list[Path] = []

    def __enter__(self) -> Origins:
        return self

    def __exit__(self, *_error: object) -> None:
        for store in self._stores.values():
            if store is not None:
                store.close()
        self._stores.clear()

    def flagged(self, path: Path, language: str, text: Text) -> list[TextRange]:
        """The places of a file that lie in blocks which are neither typed nor from version control."""
        tracker = self._track(path, language, text)
        if tracker is None:
            return []
        (uri,) = tracker.uris
        views = [view for view in tracker.blocks(uri) if view.block.origin.kind not in QUIET_KINDS]
        return [place for view in views for place in view.ranges]

    def blame(self, path: Path, language: str, text: Text) -> list[dict[str, Any]]:
        """One object a line of a file, see `leery.provenance.view.blame`."""
        tracker = self._track(path, language, text, even_unknown=True)
        assert tracker is not None, "even an unknown file is opened"
        (uri,) = tracker.uris
        return tracker.blame(uri)

    def _track(self, path: Path, language: str, text: Text, *, even_unknown: bool = False) -> Tracker | None:
        """A tracker that has the file, and only it, open with its present text; None for an unknown one."""
        path = resolve(path)
        uri = path_to_uri(path)
        store = self._store(workspace_root(path))
        saved = store.load(uri) if store is not None else None
        if saved is None and not even_unknown:
            return None
        tracker = Tracker()
        tracker.settle(tracker.open(Document(uri, 0, language, text), saved.snapshot if saved is not None else None))
        return tracker

    def _store(self, workspace: Path) -> Store | None:
        """The workspace's state, None where there is none yet: looking must not make it."""
        if workspace not in self._stores:
            self._stores[workspace] = None
            folder = state_path(workspace)
            try:
                check_private(folder)
                if (folder / NAME).exists():
                    self._stores[workspace] = Store(folder, workspace, self._tell)
                else:
                    self.unrecorded.append(workspace)
            except UnsafeFolderError as error:
                self.notices.append(Notice("provenance", "crash", str(error)))
            except OSError as error:
                self.notices.append(Notice("provenance", "crash", f"{folder} cannot be read: {error.strerror}."))
        return self._stores[workspace]

    def _tell(self, notice: StoreNotice) -> None:
        self.notices.append(Notice("provenance", "crash", f"{notice.message}."))
