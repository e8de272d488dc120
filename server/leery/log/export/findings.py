"""Which findings are open as far as the log knows, and where the code they lie in came from. Only reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery.log.body import FindingClosed, FindingOpened, Insertion, LoggedOrigin, Suppression
from leery.log.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery.log.reader import Decision, LogReader, Record


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block came from: the entry that says so last, and what it says."""

    entry: str
    origin: LoggedOrigin


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that is open, or hidden by a suppression that holds.

    Attributes:
        record: the entry that opened it.
        body: what that says.
        origin: where its block came from, None without a block or when the log does not tell.
        suppression: what hides it, or None.
        review: the last review of its block, or None.
    """

    record: Record
    body: FindingOpened
    origin: Origin | None
    suppression: Decision | None
    review: Decision | None


class OpenFindings:
    """The findings that are open now; in memory are their names and blocks, not their entries.

    Args:
        reader: the log.
    """

    def __init__(self, reader: LogReader) -> None:
        self._reader = reader
        self.rules: dict[str, FindingOpened] = {}
        """A finding of each rule."""
        self._opened: dict[tuple[str, str], tuple[int, str, str | None]] = {}  # index, rule and block
        self._wanted: set[str] = set()
        self._suppressed: dict[tuple[str, str], Decision] = {}
        for item in reader.active_suppressions():
            if isinstance(item.body, Suppression):
                self._suppressed[item.body.fingerprint, item.body.file] = item
        self._reviews = {item.body.block: item for item in reader.reviews() if item.lapse is None}
        self._find()
        self._origins = self._blocks()

    def __iter__(self) -> Iterator[OpenFinding]:
        for record, body in self._reader.bodies(Query(types=(FindingOpened.type,))):
            if isinstance(body, FindingOpened) and self._opened.get(_key(body), (-1,))[0] == record.index:
                block = body.block or ""
                yield OpenFinding(
                    record, body, self._origins.get(block), self._suppressed.get(_key(body)), self._reviews.get(block)
                )

    def _find(self) -> None:
        rules: dict[str, FindingOpened] = {}
        for record, body in self._reader.bodies(Query(types=(FindingOpened.type, FindingClosed.type))):
            if isinstance(body, FindingOpened):
                self._opened[_key(body)] = record.index, body.rule, body.block
                rules[body.rule] = body
            elif isinstance(body, FindingClosed) and not (body.how == "suppressed" and _key(body) in self._suppressed):
                self._opened.pop(_key(body), None)
        self._wanted = {block for _, _, block in self._opened.values() if block is not None}
        self.rules = {rule: rules[rule] for _, rule, _ in self._opened.values()}

    def _blocks(self) -> dict[str, Origin]:
        origins: dict[str, Origin] = {}
        for record, body in self._reader.bodies(Query(types=(Insertion.type,))):
            if isinstance(body, Insertion) and body.block in self._wanted:
                origins[body.block] = Origin(record.id, body.origin)
        return origins


def _key(body: FindingOpened | FindingClosed) -> tuple[str, str]:
    return body.fingerprint, body.file
