"""How insecure what came in was and what became of it, by assistant and model, over the insertions of a period.

An insertion is insecure when a finding was ever opened in its block. Time to fix runs from the opening of a finding
until its code was fixed, edited or removed; what was suppressed, refuted or hidden by settings was not fixed. Reads
only entries from the beginning of the period on, since all that is told of an insertion comes after it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from leery.log.body import QUIET_KINDS
from leery.log.entry import parse_leaf, parse_time
from leery.log.reader import LogUnreadableError
from leery.log.report.rewrites import Rewrites, rewrites
from leery.log.schema import SIZE, TIME
from leery.log.summary import Summary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from leery.log.reader import LogReader
    from leery.log.summary import Block, Finding

FIXED = frozenset({"fixed", "edited", "removed"})
"""How a finding is closed whose code is gone."""
_REVIEWED = frozenset({"approved", "rejected"})
_OUT_OF_ORDER = 1_000
"""So many entries in a row must be older than the period, since clocks go backwards."""


@dataclass(slots=True)
class Share:
    """The insertions of a period from one source.

    Attributes:
        source: the assistant, or the kind of origin where none is known; ``all`` for the sum.
        model: the model, or None.
        insertions: how many blocks came in.
        lines: lines they had then.
        insecure: how many of them ever had a finding.
        findings: how many findings were opened in them.
        open: how many of these are open.
        reviewed: how many blocks have a review that holds.
        grown: how many times a rewrite from here left more findings than there were before.
        seconds: how long each finding took to be fixed, ascending.
    """

    source: str
    model: str | None = None
    insertions: int = 0
    lines: int = 0
    insecure: int = 0
    findings: int = 0
    open: int = 0
    reviewed: int = 0
    grown: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The fraction of the insertions that were insecure; 0 without any."""
        return self.insecure / self.insertions if self.insertions else 0.0

    @property
    def coverage(self) -> float:
        """The fraction of the insertions that are reviewed; 0 without any."""
        return self.reviewed / self.insertions if self.insertions else 0.0

    @property
    def median(self) -> float | None:
        """Median seconds to fix, None without any fix."""
        return median(self.seconds) if self.seconds else None

    @property
    def p90(self) -> float | None:
        """The 90th percentile of the seconds to fix, by nearest rank; None without any fix."""
        return self.seconds[math.ceil(0.9 * len(self.seconds)) - 1] if self.seconds else None

    def exceeds(self, percent: float) -> bool:
        """Whether more than so many percent of the insertions were insecure."""
        return self.insecure * 100 > percent * self.insertions

    def add(self, block: Block) -> None:
        """Count a block in."""
        self.insertions += 1
        self.lines += block.lines
        self.insecure += bool(block.findings)
        self.findings += len(block.findings)
        self.open += len(block.open)
        self.reviewed += block.state in _REVIEWED
        self.seconds += [taken for finding in block.findings if (taken := _seconds(finding)) is not None]


@dataclass(frozen=True, slots=True)
class Stats:
    """What a period came to.

    Attributes:
        since: its beginning, RFC 3339 in UTC.
        until: its end.
        total: of all sources.
        sources: by assistant and model, most insertions first.
        grown: places whose findings grew when they were rewritten, the worst first.
    """

    since: str
    until: str
    total: Share
    sources: tuple[Share, ...]
    grown: tuple[Rewrites, ...]


def stats(reader: LogReader, since: str, until: str) -> Stats:
    """The figures of a period.

    Args:
        reader: the log.
        since: the beginning, in the form entries have their time in.
        until: the end; later entries do not count.

    Raises:
        LogUnreadableError: the log is damaged or not to be trusted.
    """
    summary = Summary()
    for index, leaf in _leaves(reader, since):
        if since <= leaf["time"] <= until:
            summary.add(index, leaf)
    blocks = [b for b in summary.blocks.values() if b.index >= 0 and b.origin.kind not in QUIET_KINDS]
    grown = rewrites(summary)
    total, shares = Share("all"), {_key(block): Share(*_key(block)) for block in blocks}
    for block in blocks:
        total.add(block)
        shares[_key(block)].add(block)
    for version in (version for place in grown for version in place.grew_at):
        total.grown += 1
        if _key(version.block) in shares:
            shares[_key(version.block)].grown += 1
    for share in (total, *shares.values()):
        share.seconds.sort()
    order = sorted(shares.values(), key=lambda share: (-share.insertions, share.source, share.model or ""))
    return Stats(since, until, total, tuple(order), grown)


def first_since(connection: sqlite3.Connection, since: str) -> int:
    """Index of about the first entry that is not older than a time; the log's size when there is none."""
    (size,) = connection.execute(SIZE).fetchone()

    def time_of(index: int) -> str:
        row = connection.execute(f"SELECT {TIME} FROM entries WHERE idx = ?", (index,)).fetchone()  # noqa: S608
        return "" if row is None else str(row[0])

    first = bisect_left(range(size), since, key=time_of)
    older = 0
    for index, time in connection.execute(
        f"SELECT idx, {TIME} FROM entries WHERE idx < ? ORDER BY idx DESC",  # noqa: S608 - made of constants
        (first,),
    ):
        first, older = (index, 0) if str(time) >= since else (first, older + 1)
        if older > _OUT_OF_ORDER:
            break
    return int(first)


def _key(block: Block) -> tuple[str, str | None]:
    return block.origin.assistant or block.origin.kind, block.origin.model


def _seconds(finding: Finding) -> float | None:
    if finding.closed is None or finding.how not in FIXED:
        return None
    opened, closed = parse_time(finding.opened), parse_time(finding.closed)
    try:
        return None if opened is None or closed is None else max((closed - opened).total_seconds(), 0.0)
    except TypeError:  # one of them says no zone
        return None


def _leaves(reader: LogReader, since: str) -> Iterable[tuple[int, dict[str, Any]]]:
    """Index and members of the entries from about the first one that is not older than a time."""
    with reader.connected() as connection:
        if connection is None:
            return
        connection.execute("BEGIN")
        first = first_since(connection, since)
        for index, leaf in connection.execute("SELECT idx, leaf FROM entries WHERE idx >= ? ORDER BY idx", [first]):
            try:
                yield index, parse_leaf(leaf)
            except (TypeError, ValueError, RecursionError) as error:
                raise LogUnreadableError(f"entry {index} is damaged: {error}") from error
