"""What belongs to one workspace: its settings, its log with the suppressions that hold, its folder of state.

Must not hold documents. Reading the log and asking git happen in threads, through `load` and `author`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from leery import config as settings
from leery import git
from leery.log.body import FindingClosed, FindingOpened, Gap, Lapse, Review, Suppression
from leery.log.database import LogCorruptError
from leery.log.erase import retain
from leery.log.query import Query
from leery.log.reader import LogReader, LogUnreadableError
from leery.log.writer import LogWriter
from leery.paths import log_path, relative_name
from leery.provenance.store import Store
from leery.provenance.writer import StoreWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from leery.config import Config
    from leery.log.reader import Record
    from leery.provenance.store import StoreNotice
    from leery.provenance.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Held:
    """A suppression that holds.

    Attributes:
        entry: id of its log entry.
        block: the block it is bound to, or None.
        expires: last day (UTC, ``YYYY-MM-DD``), or None.
    """

    entry: str
    block: str | None
    expires: str | None


class Workspace:
    """One workspace of a session.

    Args:
        root: its folder.
        trusted: whether its own settings and rules are admitted.
        editor: the editor's settings.
        tell: says something to the person; may be called from any thread.
        merged: told, on another thread, what another server has learned about a document, and its revision.
    """

    def __init__(
        self,
        root: Path,
        *,
        trusted: bool,
        editor: Mapping[str, Any],
        tell: Callable[[str], None],
        merged: Callable[[Snapshot, int], None],
    ) -> None:
        self.root = root
        self._trusted = trusted
        self._tell = tell
        self.config: Config = settings.Config()
        path = log_path(root)
        self.log = LogWriter(path, report=tell)
        self.configure(editor)
        self.reader = LogReader(path)
        self.store = StoreWriter(Store(path.parent, root, self._tell_of_store), merged)
        self.suppressions: dict[tuple[str, str], Held] = {}
        self._read: int | None = None
        self._git_stamp = self._stamp()
        self._author: str | None = None

    def configure(self, editor: Mapping[str, Any]) -> None:
        """Take the editor's settings; what is wrong in any source is said, the rest applies."""
        loaded = settings.load(self.root, trusted=self._trusted, editor=editor)
        self.config = loaded.config
        self.log.keep_prompts = self.config.log_prompts == "text"
        for problem in loaded.problems:
            self._tell(str(problem))
        for path in loaded.skipped:
            self._tell(f"{path} is not read, because the workspace is not trusted.")

    def load(self) -> None:
        """Read from the log which suppressions hold, and erase what is too old; blocks, so call it in a thread."""
        try:
            read = self.reader.count()
            held = {}
            for decision in self.reader.active_suppressions():
                body = decision.body
                if isinstance(body, Suppression):
                    held[body.file, body.fingerprint] = Held(decision.record.id, body.block, body.expires)
        except LogUnreadableError as error:
            self._tell(str(error))
            self._read = 0
        else:
            self.suppressions = {**held, **self.suppressions}
            self._read = read  # only now: what lapsed meanwhile must lapse among what was just taken over
        self._retain()

    def new_decisions(self) -> list[Record]:
        """The suppressions and lapses that were written since the last question, or since `load`; blocks.

        Before `load` there are none to tell of.

        Raises:
            LogUnreadableError: see there.
        """
        read = self._read
        if read is None:
            return []
        size = self.reader.count()
        found: list[Record] = []
        if read != size:
            after = read - 1 if read < size else -1  # a log that was damaged is begun anew
            found += self.reader.records(Query(types=(Suppression.type, Lapse.type), after=after, up_to=size - 1))
        self._read = size
        return found

    def take(self, decisions: Iterable[Record]) -> dict[tuple[str, str], bool]:
        """Take in suppressions and lapses; the findings concerned, by file and fingerprint: whether they are hidden."""
        changed: dict[tuple[str, str], bool] = {}
        for record in decisions:
            body = record.body
            if isinstance(body, Suppression):
                key, held = (body.file, body.fingerprint), Held(record.id, body.block, body.expires)
                if self.suppressions.get(key) != held:
                    self.suppressions[key], changed[key] = held, True
            elif isinstance(body, Lapse):
                for key in [key for key, held in self.suppressions.items() if held.entry == body.subject]:
                    del self.suppressions[key]
                    changed[key] = False
        return changed

    def _retain(self) -> None:
        """Erase private texts from the log that are older than the settings allow."""
        days = self.config.log_retention_days
        if not days:
            return
        try:
            retain(log_path(self.root), days)
        except (LogCorruptError, LogUnreadableError, sqlite3.Error, OSError) as error:
            self._tell(f"What the provenance log holds from more than {days} days ago could not be erased: {error}.")

    def open_findings(self, file: str) -> list[tuple[str, str, str | None]]:
        """Findings of a file that the log has as open, as (fingerprint, rule, block); blocks."""
        found: dict[str, tuple[str, str, str | None]] = {}
        try:
            for record in self.reader.records(Query(file=file, types=("finding-opened", "finding-closed"))):
                body = record.body
                if isinstance(body, FindingOpened):
                    found[body.fingerprint] = (body.fingerprint, body.rule, body.block)
                elif isinstance(body, FindingClosed):
                    found.pop(body.fingerprint, None)
        except LogUnreadableError as error:
            self._tell(str(error))
        return list(found.values())

    def review_entry(self, block: str) -> str | None:
        """Id of the entry of a block's newest review, None when that has lapsed or there is none; blocks."""
        newest: str | None = None
        try:
            for record in self.reader.records(Query(block=block, types=("review", "lapse"))):
                body = record.body
                if isinstance(body, Review):
                    newest = record.id
                elif isinstance(body, Lapse) and body.subject == newest:
                    newest = None
        except LogUnreadableError as error:
            self._tell(str(error))
        return newest

    def unlogged(self, blocks: Iterable[str]) -> list[str]:
        """Those of the blocks whose insertion is not in the log, since an earlier run was killed before; blocks."""
        try:
            return [block for block in blocks if not self._is_logged(block)]
        except LogUnreadableError as error:
            self._tell(str(error))
            return []

    def _is_logged(self, block: str) -> bool:
        return next(self.reader.records(Query(block=block, types=("insertion",), limit=1)), None) is not None

    def author(self) -> str | None:
        """Who works here, as git names them; blocks."""
        if self._author is None:
            self._author = git.person(self.root)
        return self._author

    def name_of(self, path: Path | None, uri: str) -> str:
        """A document's name in the log: its path inside the workspace, else its URI."""
        name = relative_name(self.root, path) if path is not None else None
        return name if name is not None else uri

    def holds(self, file: str, fingerprint: str, block: str | None) -> bool:
        """Whether a finding is suppressed; a suppression that no longer holds is logged as lapsed and forgotten."""
        held = self.suppressions.get((file, fingerprint))
        if held is None:
            return False
        today = datetime.now(timezone.utc).date().isoformat()
        if held.expires is not None and held.expires < today:
            self._lapse(file, fingerprint, held, "expired")
            return False
        if held.block is not None and block is not None and held.block != block:
            self._lapse(file, fingerprint, held, "rewritten")
            return False
        return True

    def git_moved(self) -> bool:
        """Whether git has changed its index or HEAD since the last question: a checkout, a merge, a pull perhaps."""
        stamp = self._stamp()
        moved = stamp != self._git_stamp
        self._git_stamp = stamp
        return moved

    def _stamp(self) -> tuple[int, ...]:
        stamps = []
        for name in ("HEAD", "index"):
            try:
                stamps.append((self.root / ".git" / name).stat().st_mtime_ns)
            except OSError:
                stamps.append(0)
        return tuple(stamps)

    def close(self) -> None:
        """Write what is to be kept; blocks."""
        self.store.close()
        self.log.close()

    def gap(self, **what: Any) -> None:
        """Record that something happened unseen."""
        self.log.append(Gap(**what))

    def _tell_of_store(self, notice: StoreNotice) -> None:
        """What went wrong with the tracker's state; on the store's thread."""
        self._tell(notice.message)
        if notice.kind == "corrupt":
            self.gap(what="block-lost", detail="tracker-damaged")

    def _lapse(self, file: str, fingerprint: str, held: Held, why: Any) -> None:
        del self.suppressions[file, fingerprint]
        self.log.append(Lapse(subject=held.entry, of="suppression", why=why, file=file, block=held.block))
