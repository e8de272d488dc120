"""How many of the last days' insertions were insecure, kept up to date by reading only what is new in the log.

A server asks again and again, beside all it has to do at once; `leery.log.stats` gives the same two figures and all
others of a period from one reading of it. Not thread-safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leery.log.body import QUIET_KINDS
from leery.log.schema import BLOCK, FILE, SIZE, TIME, TYPE
from leery.log.stats import Share, first_since

if TYPE_CHECKING:
    import sqlite3

    from leery.log.reader import LogReader

_NEW = f"""SELECT {TYPE}, {TIME}, {BLOCK}, json_extract(leaf, '$.origin.kind'), json_extract(leaf, '$.amends'),
    {FILE}, json_extract(leaf, '$.fingerprint')
  FROM entries NOT INDEXED WHERE idx >= ? AND idx < ? AND {TYPE} IN ('insertion', 'finding-opened', 'finding-closed')
  ORDER BY idx"""  # noqa: S608 - made of constants


@dataclass(slots=True)
class _Came:
    """A block: when it came in last, whether its kind counts, whether a finding was ever opened in it."""

    time: str
    counts: bool
    insecure: bool = False


class Window:
    """The insertions from some time on; cheap while that advances.

    Args:
        reader: the log.
    """

    def __init__(self, reader: LogReader) -> None:
        self._reader = reader
        self._forget()

    def _forget(self) -> None:
        self._since = ""
        self._read = 0
        self._blocks: dict[str, _Came] = {}
        self._open: set[tuple[str, str]] = set()

    def look(self, since: str) -> Share:
        """Take in what is new, or all anew for an earlier time; the figures of the insertions not older than a time.

        Args:
            since: the time, in the form entries have it.

        Raises:
            LogUnreadableError: the log is damaged or not to be trusted.
        """
        if since < self._since:
            self._forget()
        with self._reader.connected() as connection:
            if connection is not None:
                connection.execute("BEGIN")
                self._take_new(connection, since)
        self._since = since
        self._blocks = {name: block for name, block in self._blocks.items() if block.time >= since}
        counted = [block for block in self._blocks.values() if block.counts]
        return Share("all", insertions=len(counted), insecure=sum(block.insecure for block in counted))

    def _take_new(self, connection: sqlite3.Connection, since: str) -> None:
        (size,) = connection.execute(SIZE).fetchone()
        if size < self._read:  # the log was damaged, and another one begun
            self._forget()
        first = self._read or first_since(connection, since)
        for kind, time, *members in connection.execute(_NEW, (first, size)):
            if str(time) >= since:
                self._take(kind, str(time), *members)
        self._read = size

    def _take(self, kind: str, time: str, block: Any, origin: Any, amends: Any, *finding: Any) -> None:
        if kind == "insertion" and isinstance(block, str):
            known = self._blocks.setdefault(block, _Came(time, counts=True))
            known.counts = origin not in QUIET_KINDS
            known.time = time if amends is None else known.time
        elif kind == "finding-closed":
            self._open.discard((finding[0], finding[1]))
        elif (
            kind == "finding-opened" and (finding[0], finding[1]) not in self._open
        ):  # else two servers saw it, or one that had forgotten it
            self._open.add((finding[0], finding[1]))
            if block in self._blocks:
                self._blocks[block].insecure = True
