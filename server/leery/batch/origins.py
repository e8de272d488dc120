"""What the servers have recorded about where the text of files came from, found again in what the files hold now.

A file of which nothing is recorded may be one that was moved: see `leery.provenance.moved`.
Nothing but reviews is recorded from here: a file that no server has seen has no blocks. Where nothing better is known,
git's notes may tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, final

from leery import git
from leery.batch.noted import Notes
from leery.document import Document, path_to_uri, uri_to_path
from leery.log.body import QUIET_KINDS
from leery.paths import UnsafeFolderError, check_private, relative_name, resolve, state_path, workspace_root
from leery.provenance.moved import find, lost_of, strangers
from leery.provenance.store import NAME, Store, set_aside
from leery.provenance.tracker import Tracker
from leery_analyzers.model import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from leery.provenance.origin import Review
    from leery.provenance.store import Saved, StoreNotice
    from leery.provenance.view import BlockView
    from leery_analyzers.text import Text, TextRange

_COMMIT = "If they were deleted, commit that."
_ERASE = "If they were deleted, `leery log erase --block` forgets their blocks."
_NAMED = 5
_NOTED = ("by", "tool", "model", "session", "person")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A block that waits for a reviewer: what it is now, and the digest that a review of it is bound to."""

    view: BlockView
    content: str


@final
class Origins:
    """The trackers' states of some workspaces; a context manager. Use it on one thread.

    Attributes:
        notices: what could not be read of what servers have recorded.
        notes_unread: what git's notes could not be asked, or did not say clearly.
        unrecorded: workspaces of which nothing is known, and of which no notes tell.
    """

    def __init__(self) -> None:
        self._stores: dict[Path, Store | None] = {}
        self._moved: dict[Path, dict[Path, str]] = {}
        self._notes = Notes(lambda message: self.notes_unread.append(Notice("provenance", "crash", message)))
        self.notices: list[Notice] = []
        self.notes_unread: list[Notice] = []
        self.unrecorded: list[Path] = []

    def __enter__(self) -> Origins:
        return self

    def __exit__(self, *_error: object) -> None:
        for store in self._stores.values():
            if store is not None:
                store.close()
        self._stores.clear()

    def flagged(self, path: Path, language: str, text: Text) -> list[TextRange]:
        """The places of a file in blocks that are neither typed nor from version control, or that are noted as AI's."""
        has_notes = bool(self._notes.of(workspace_root(resolve(path))))
        tracker = self._track(path, language, text, even_unknown=has_notes)
        if tracker is None:
            return []
        places = [place for view in _flagged(tracker) for place in view.ranges]
        if has_notes:
            noted = [
                line["line"] for line in self._blamed(tracker, path, text) if line.get("noted", {}).get("by") == "ai"
            ]
            places += [text.line_range(number - 1) for number in noted]
        return places

    def waiting(self, path: Path, language: str, text: Text) -> list[Waiting]:
        """The blocks of a file that are neither typed nor from version control and that no review holds for."""
        tracker = self._track(path, language, text)
        if tracker is None:
            return []
        (uri,) = tracker.uris
        saved = self._load(path)
        known = {block.id for block in saved.snapshot.blocks} if saved is not None else set()
        return [
            Waiting(view, tracker.content_hash(uri, view.block.id))
            for view in _flagged(tracker)
            if view.state != "reviewed" and view.block.id in known
        ]

    def recorded(self, path: Path) -> int:
        """How many blocks are recorded in a file that are neither typed nor from version control, there or not."""
        saved = self._load(path)
        return sum(block.origin.kind not in QUIET_KINDS for block in saved.snapshot.blocks) if saved is not None else 0

    def reviewed(self, path: Path, block: str, review: Review) -> bool:
        """Keep a person's decision about a block of a file; False when that does not work, see `notices`."""
        path = resolve(path)
        root = workspace_root(path)
        store = Store(state_path(root), root, self._tell, "change")
        try:
            return store.review(self._moves(root).get(path, path_to_uri(path)), block, review)
        finally:
            store.close()

    def files(self, workspace: Path) -> list[Path]:
        """The files of a workspace in which blocks were recorded, there or not; what was moved, where it is now."""
        store = self._store(workspace)
        now = {uri: path for path, uri in self._moves(workspace).items()}
        paths = [now.get(uri) or uri_to_path(uri) for uri in store.uris()] if store is not None else []
        return [path for path in paths if path is not None]

    def moved(self, workspace: Path) -> dict[Path, Path]:
        """The files that were moved past every server: where they were, and where they are."""
        paths = {uri_to_path(uri): path for path, uri in self._moves(workspace).items()}
        return {was: path for was, path in paths.items() if was is not None}

    def gone(self, workspace: Path, is_meant: Callable[[Path], bool]) -> list[Notice]:
        """What to say of files with blocks that are gone and found nowhere else.

        That may be how an assistant's code gets out of sight, so it is a failure while git still has the file. When a
        commit has taken it away, or git never had it, it was deleted, which is nobody's fault.
        """
        folder = state_path(workspace)
        if not (folder / NAME).exists() and not set_aside(folder):
            return []
        store, found = self._store(workspace), self._moves(workspace).values()
        uris = lost_of(store.documents()) if store is not None else []
        paths = (uri_to_path(uri) for uri in uris if uri not in found)
        lost = [path for path in paths if path is not None and is_meant(path)]
        counts = {path: count for path in lost if (count := self.recorded(path))}
        if not counts:
            return []
        try:
            kept = {workspace / name for name in git.tree_blobs(workspace, "HEAD")}
        except git.GitError:
            is_git = git.is_inside_work_tree(workspace)
            return [_gone(workspace, counts, _COMMIT if is_git else _ERASE)]
        missing = {path: count for path, count in counts.items() if path in kept}
        deleted = {path: count for path, count in counts.items() if path not in kept}
        return [
            *([_gone(workspace, missing, _COMMIT)] if missing else ()),
            *([_gone(workspace, deleted, "")] if deleted else ()),
        ]

    def blame(self, path: Path, language: str, text: Text) -> list[dict[str, Any]]:
        """One object a line of a file, see `leery.provenance.view.blame`.

        Where nothing is known but that git has the line, ``noted`` is what git's notes say of it.
        """
        tracker = self._track(path, language, text, even_unknown=True)
        assert tracker is not None, "even an unknown file is opened"
        return self._blamed(tracker, path, text)

    def _blamed(self, tracker: Tracker, path: Path, text: Text) -> list[dict[str, Any]]:
        """As `blame`, of a file that a tracker has open."""
        (uri,) = tracker.uris
        lines = tracker.blame(uri)
        said = self._notes.said(resolve(path), text)
        for line in lines:
            item = said.get(line["line"])
            if item is not None and (line["origin"] is None or line["origin"]["kind"] == "vcs"):
                line["noted"] = {name: getattr(item, name) for name in _NOTED}
        return lines

    def _track(self, path: Path, language: str, text: Text, *, even_unknown: bool = False) -> Tracker | None:
        """A tracker that has the file, and only it, open with its present text; None for an unknown one."""
        path = resolve(path)
        uri = path_to_uri(path)
        saved = self._load(path)
        if saved is None and not even_unknown:
            return None
        tracker = Tracker()
        tracker.settle(tracker.open(Document(uri, 0, language, text), saved.snapshot if saved is not None else None))
        return tracker

    def _load(self, path: Path) -> Saved | None:
        path = resolve(path)
        root = workspace_root(path)
        store = self._store(root)
        if store is None:
            return None
        saved = store.load(path_to_uri(path))
        was = self._moves(root).get(path) if saved is None else None
        known = store.load(was) if was is not None else None
        if known is None:
            return saved
        return replace(known, snapshot=replace(known.snapshot, uri=path_to_uri(path)))

    def _moves(self, workspace: Path) -> dict[Path, str]:
        """The stored documents whose files are gone, by the paths of the files that they are now."""
        if workspace not in self._moved:
            store = self._store(workspace)
            known = store.documents() if store is not None else {}
            gone = lost_of(known)
            self._moved[workspace] = {}
            if store is not None and gone:
                stored = [saved.snapshot for uri in gone if (saved := store.load(uri)) is not None]
                self._moved[workspace] = find(stored, strangers(workspace, {uri_to_path(uri) for uri in known}))
        return self._moved[workspace]

    def _store(self, workspace: Path) -> Store | None:
        """The workspace's state, None where there is none yet: looking must not make it."""
        if workspace not in self._stores:
            self._stores[workspace] = None
            folder = state_path(workspace)
            try:
                check_private(folder)
                damaged = set_aside(folder)
                for path in damaged:
                    self._fail(
                        f"What was recorded of {workspace} before is lost: its database was damaged and set aside as "
                        f"{path}. Delete that file once everything was reviewed anew."
                    )
                if (folder / NAME).exists():
                    self._stores[workspace] = Store(folder, workspace, self._tell, "read")
                elif not damaged:
                    self.unrecorded += [] if self._notes.of(workspace) else [workspace]
            except UnsafeFolderError as error:
                self._fail(str(error))
            except OSError as error:
                self._fail(f"{folder} cannot be read: {error.strerror}.")
        return self._stores[workspace]

    def _tell(self, notice: StoreNotice) -> None:
        self._fail(f"{notice.message}.")

    def _fail(self, message: str) -> None:
        self.notices.append(Notice("provenance", "crash", message))


def _flagged(tracker: Tracker) -> list[BlockView]:
    """The blocks of the one file of a tracker that need a second look."""
    (uri,) = tracker.uris
    return [view for view in tracker.blocks(uri) if view.block.origin.kind not in QUIET_KINDS]


def _gone(workspace: Path, counts: Mapping[Path, int], advice: str) -> Notice:
    """What to say of files that are gone, by how many blocks are recorded in each; without advice, it is no failure."""
    named = [
        f"{relative_name(workspace, path) or path.as_posix()} ({count} {'block' if count == 1 else 'blocks'})"
        for path, count in sorted(counts.items())
    ]
    more = f" and {len(named) - _NAMED} more" if named[_NAMED:] else ""
    names = ", ".join(named[:_NAMED]) + more
    if advice:
        message = f"Files with recorded blocks are gone and found nowhere else: {names}. {advice}"
        return Notice("provenance", "crash", message)
    return Notice("provenance", "limit", f"Files with recorded blocks were deleted: {names}.")
