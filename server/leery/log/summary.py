"""What the log's entries come to: blocks, their findings, rewrites and reviews, suppressions, gaps; made in one pass.

Give `Summary.add` the public members of one entry after the other, oldest first. It keeps what figures are made of and
refers to entries by index; private texts it never sees. Memory grows with blocks and findings, not with entries. Must
not know any database nor how figures are shown. A damaged or forged entry may hold anything: what has not the form of
its type counts as absent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from leery.log.body import AI_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Origin(NamedTuple):
    """Where blocks came from; see `leery.log.body.LoggedOrigin`. Many blocks share one."""

    kind: str
    evidence: str
    assistant: str | None
    model: str | None

    @property
    def assisted(self) -> bool:
        """Whether it is an assistant's work."""
        return self.kind in AI_KINDS


_NOBODY = Origin("unknown", "none", None, None)


@dataclass(slots=True)
class Finding:
    """The life of a finding, from one opening to its closing; one that comes again begins another life.

    Attributes:
        index: the entry that opened it.
        fingerprint: its stable name.
        rule: rule id.
        cwe: identifiers such as ``CWE-89``, the most specific first.
        severity: `low`, `medium` or `high`.
        file: path inside the workspace.
        line: first line then, from 1.
        block: the block it lies in, or None.
        opened: when, RFC 3339 in UTC.
        closed: when, or None while it is open.
        how: how it was closed, see `leery.log.body.ClosedHow`.
    """

    index: int
    fingerprint: str
    rule: str
    cwe: tuple[str, ...]
    severity: str
    file: str
    line: int
    block: str | None
    opened: str
    closed: str | None = None
    how: str | None = None


@dataclass(slots=True)
class Decision:
    """A suppression or a review.

    Attributes:
        index: its entry.
        file: path inside the workspace.
        block: the block, or None.
        time: when, RFC 3339 in UTC.
        verdict: of a review `approved` or `rejected`, of a suppression the rule's id.
        expires: the last day on which a suppression holds, ``YYYY-MM-DD``, or None.
        fingerprint: the finding that a suppression is of, else empty.
        lapsed: when it ceased to hold, or None.
        why: why, see `leery.log.body.LapseWhy`.
    """

    index: int
    file: str
    block: str | None
    time: str
    verdict: str
    expires: str | None = None
    fingerprint: str = ""
    lapsed: str | None = None
    why: str | None = None


@dataclass(slots=True)
class Block:
    """An insertion and what became of it.

    Attributes:
        id: the block's id.
        file: path inside the workspace, where it was seen last.
        origin: where it came from, corrections included.
        language: language id, or None.
        index: the entry of the insertion; -1 when the log has none (it may be in an earlier log).
        times: when it was inserted, and inserted anew under the same id; RFC 3339 in UTC.
        lines: how many lines it touched when it was inserted.
        first_line: the first of them, from 1; 0 when unknown.
        replaces: ids of blocks that it took characters from or parted: it is a rewrite of them.
        findings: the lives of findings in it, by opening.
        review: the newest review, which may have lapsed.
        lost: how many of its characters could not be found again after an unseen change.
        entries: indices of all entries about it, a finding's path through it included.
    """

    id: str
    file: str
    origin: Origin = _NOBODY
    language: str | None = None
    index: int = -1
    times: list[str] = field(default_factory=list)
    lines: int = 0
    first_line: int = 0
    replaces: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    review: Decision | None = None
    lost: int = 0
    entries: list[int] = field(default_factory=list)

    @property
    def time(self) -> str:
        """When it was first inserted, or first heard of."""
        return self.times[0] if self.times else ""

    @property
    def state(self) -> str:
        """`unreviewed`, `approved`, `rejected` or `lapsed`."""
        if self.review is None:
            return "unreviewed"
        return self.review.verdict if self.review.lapsed is None else "lapsed"

    @property
    def open(self) -> list[Finding]:
        """The findings that are open now."""
        return [finding for finding in self.findings if finding.closed is None] if self.findings else []


@dataclass(slots=True)
class Gap:
    """What the log could not see or keep; see `leery.log.body.Gap`. `time` is that of the entry."""

    index: int
    time: str
    what: str
    file: str | None
    since: str | None
    until: str | None
    count: int | None


class Summary:
    """The state of the log after the entries given so far.

    Attributes:
        size: how many entries were added.
        first, last: the earliest and the latest time of an entry; empty without any.
        types: how many entries there are of each type.
        blocks: by id, in the order in which the log first names them.
        findings: every life of a finding, by opening.
        suppressions: every suppression, oldest first.
        gaps: oldest first.
        unmatched: how many hints no change bore out.
        erased: of how many entries private texts were erased.
    """

    def __init__(self) -> None:
        self.size = 0
        self.first = self.last = ""
        self.types: Counter[str] = Counter()
        self.blocks: dict[str, Block] = {}
        self.findings: list[Finding] = []
        self.suppressions: list[Decision] = []
        self.gaps: list[Gap] = []
        self.unmatched = 0
        self.erased = 0
        self._open: dict[tuple[str, str], Finding] = {}
        self._decisions: dict[str, Decision] = {}
        self._origins: dict[tuple[str | None, ...], Origin] = {}
        self._handlers: dict[str, Callable[[int, str, Mapping[str, Any]], None]] = {
            "insertion": self._insertion,
            "hint-unmatched": self._hint_unmatched,
            "finding-opened": self._finding_opened,
            "finding-closed": self._finding_closed,
            "fix-applied": self._fix_applied,
            "suppression": self._suppression,
            "review": self._review,
            "lapse": self._lapse,
            "gap": self._gap,
            "erasure": self._erasure,
        }

    def add(self, index: int, leaf: Mapping[str, Any]) -> None:
        """Take the next entry in.

        Args:
            index: its place in the log.
            leaf: its members, as `leery.log.entry.parse_leaf` gives them.
        """
        kind, time = leaf["type"], leaf["time"]
        self.size += 1
        self.types[kind] += 1
        self.last = max(self.last, time)
        if not self.first or time < self.first:
            self.first = time
        handler = self._handlers.get(kind)
        if handler is not None:
            handler(index, time, leaf)

    def _insertion(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        name = _text(leaf, "block")
        if name is None:
            return
        block = self._block(index, name, leaf)
        block.origin = self._origin(leaf.get("origin"))
        if leaf.get("amends") is not None and block.index >= 0:
            return
        if block.index < 0:
            block.index = index
            block.language = _text(leaf, "language")
            places = _pairs(leaf.get("lines"))
            block.lines = sum([last - first + 1 for first, last in places])
            block.first_line = places[0][0] if places else 0
        block.times.append(time)
        block.replaces += tuple([other for other in _texts(leaf.get("replaces")) if other != name])

    def _hint_unmatched(self, _index: int, _time: str, _leaf: Mapping[str, Any]) -> None:
        self.unmatched += 1

    def _finding_opened(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        fingerprint, file = _text(leaf, "fingerprint") or "", self._file(leaf)
        name = _text(leaf, "block")
        for crossed in _texts(leaf.get("pathBlocks")):
            if crossed != name:
                self._block(index, crossed, leaf)
        block = self._block(index, name, leaf) if name is not None else None
        if (file, fingerprint) in self._open:  # two servers saw it, or one that had forgotten it
            return
        finding = Finding(
            index,
            fingerprint,
            intern(_text(leaf, "rule") or "unknown"),
            tuple(map(intern, _texts(leaf.get("cwe")))),
            intern(_text(leaf, "severity") or "low"),
            file,
            _number(leaf, "line") or 0,
            name,
            time,
        )
        self._open[file, fingerprint] = finding
        self.findings.append(finding)
        if block is not None:
            block.findings.append(finding)

    def _finding_closed(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        self._about(index, leaf)
        finding = self._open.pop((self._file(leaf), _text(leaf, "fingerprint") or ""), None)
        if finding is not None:
            finding.closed, finding.how = time, intern(_text(leaf, "how") or "unknown")

    def _fix_applied(self, index: int, _time: str, leaf: Mapping[str, Any]) -> None:
        self._about(index, leaf)

    def _suppression(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        self._about(index, leaf)
        decision = Decision(
            index,
            self._file(leaf),
            _text(leaf, "block"),
            time,
            _text(leaf, "rule") or "unknown",
            _text(leaf, "expires"),
            _text(leaf, "fingerprint") or "",
        )
        self._decisions[leaf["id"]] = decision
        self.suppressions.append(decision)

    def _review(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        block = self._about(index, leaf)
        decision = Decision(index, self._file(leaf), _text(leaf, "block"), time, _text(leaf, "decision") or "unknown")
        self._decisions[leaf["id"]] = decision
        if block is not None:
            block.review = decision

    def _lapse(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        self._about(index, leaf)
        decision = self._decisions.get(_text(leaf, "subject") or "")
        if decision is not None and decision.lapsed is None:
            decision.lapsed, decision.why = time, _text(leaf, "why")

    def _gap(self, index: int, time: str, leaf: Mapping[str, Any]) -> None:
        block = self._about(index, leaf)
        count = _number(leaf, "count")
        what = _text(leaf, "what") or "unknown"
        if block is not None and what == "block-lost":
            block.lost += count or 0
        if what == "alert":  # nothing is missing
            return
        since, until = _text(leaf, "since"), _text(leaf, "until")
        self.gaps.append(Gap(index, time, what, _text(leaf, "file"), since, until, count))

    def _erasure(self, _index: int, _time: str, leaf: Mapping[str, Any]) -> None:
        self.erased += _number(leaf, "count") or 0

    def _about(self, index: int, leaf: Mapping[str, Any]) -> Block | None:
        """The block that an entry is about, which notes the entry."""
        name = _text(leaf, "block")
        return None if name is None else self._block(index, name, leaf)

    def _block(self, index: int, name: str, leaf: Mapping[str, Any]) -> Block:
        block = self.blocks.get(name)
        if block is None:
            block = self.blocks[name] = Block(name, self._file(leaf))
        elif leaf["type"] == "insertion":
            block.file = self._file(leaf)
        block.entries.append(index)
        return block

    def _file(self, leaf: Mapping[str, Any]) -> str:
        return intern(_text(leaf, "file") or "")

    def _origin(self, value: Any) -> Origin:
        value = value if type(value) is dict else {}
        kind, evidence = _text(value, "kind") or "unknown", _text(value, "evidence") or "none"
        told = (kind, evidence, _text(value, "assistant"), _text(value, "model"))
        origin = self._origins.get(told)
        if origin is None:
            origin = self._origins[told] = Origin(*told)
        return origin


def summarise(entries: Iterable[tuple[int, Mapping[str, Any]]]) -> Summary:
    """The summary of entries, each given by index and members, oldest first."""
    summary = Summary()
    for index, leaf in entries:
        summary.add(index, leaf)
    return summary


def _text(leaf: Mapping[str, Any], name: str) -> str | None:
    value = leaf.get(name)
    return value if type(value) is str else None


def _number(leaf: Mapping[str, Any], name: str) -> int | None:
    value = leaf.get(name)
    return value if isinstance(value, int) else None


def _texts(value: Any) -> Sequence[str]:
    return [item for item in value if type(item) is str] if type(value) is list and value else ()


def _pairs(value: Any) -> list[tuple[int, int]]:
    """First and last of each range of lines."""
    pairs = value if isinstance(value, list) else []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if type(pair) is list and len(pair) == 2 and isinstance(pair[0], int) and isinstance(pair[1], int)
    ]
