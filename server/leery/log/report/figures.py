"""The numbers and rows of the report, from a summary. Plain values in a fixed order; must not know HTML."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from leery.log.report.rewrites import Rewrites, rewrites
from leery_analyzers.cwe import owasp_of
from leery_analyzers.model import LEVELS
from leery_analyzers.weaknesses import cwe_name, owasp_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leery.log.summary import Block, Decision, Finding, Gap, Origin, Summary
    from leery_analyzers.model import Rule

SEVERITIES = tuple(reversed(LEVELS))
"""The worst first."""
KINDS = ("agent", "chat", "completion", "paste", "disk", "unknown")
"""Kinds of origin in the order in which they are listed; others follow."""
NO_CLASS = "none"
_UNKNOWN = "not named"


@dataclass(slots=True)
class Share:
    """A part of all blocks.

    Attributes:
        name: of an assistant or a kind of origin.
        model: the model, or None.
        blocks: how many.
        lines: lines they had when they came in.
        insecure: how many ever had a finding.
        open: their open findings.
        reviewed: how many have a review that holds.
    """

    name: str
    model: str | None = None
    blocks: int = 0
    lines: int = 0
    insecure: int = 0
    open: int = 0
    reviewed: int = 0

    def add(self, block: Block) -> None:
        """Count a block in."""
        self.blocks += 1
        self.lines += block.lines
        self.reviewed += block.state in ("approved", "rejected")
        if block.findings:
            self.insecure += 1
            self.open += len(block.open)

    def join(self, other: Share) -> None:
        """Count in what another part of the blocks comes to."""
        self.blocks += other.blocks
        self.lines += other.lines
        self.reviewed += other.reviewed
        self.insecure += other.insecure
        self.open += other.open


@dataclass(slots=True)
class Weakness:
    """The open findings of one class.

    Attributes:
        cwe: the weakness that names the class, or `NO_CLASS`.
        name: what it is called.
        severities: how many findings of each severity.
        categories: how many of them each category of OWASP's two lists has.
        blocks: ids of the blocks they lie in.
        oldest: when the first of them was opened.
    """

    cwe: str
    name: str
    severities: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    blocks: set[str] = field(default_factory=set)
    oldest: str = ""

    @property
    def open(self) -> int:
        """How many findings are open."""
        return self.severities.total()

    @property
    def owasp(self) -> tuple[str, ...]:
        """Its categories of the OWASP Top 10:2025."""
        return tuple(name for name in sorted(self.categories) if owasp_name(name) and not name.startswith("LLM"))

    @property
    def llm(self) -> tuple[str, ...]:
        """Its categories of the OWASP Top 10 for LLM Applications 2025."""
        return tuple(name for name in sorted(self.categories) if owasp_name(name) and name.startswith("LLM"))


@dataclass(slots=True)
class Waiting:
    """A file with blocks that nobody has reviewed: how many, their lines, and their open findings."""

    file: str
    blocks: int = 0
    lines: int = 0
    severities: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A suppression that holds, and in how many days it does no more; negative when its last day is over."""

    suppression: Decision
    days: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the report says about the whole log.

    Attributes:
        total: all blocks.
        assisted: those from assistants.
        kinds: by kind of origin, in the order of `KINDS`.
        sources: by assistant and model, most lines first; what no assistant brought is not among them.
        severities: open findings by severity.
        weaknesses: open findings by class, the worst first.
        categories: category, its name and the open findings that it lists, for both of OWASP's lists.
        unreviewed: blocks without a review that holds.
        unreviewed_open: those of them with open findings.
        waiting: their files, those with the worst findings first.
        rewrites: places where findings grew when they were rewritten.
        holding: how many suppressions hold.
        lapsing: those of them that end within `ahead` days or should have ended, the next first.
        lapsed: how many suppressions have lapsed.
        ahead: in days.
        gaps: newest first.
    """

    total: Share
    assisted: Share
    kinds: tuple[Share, ...]
    sources: tuple[Share, ...]
    severities: Counter[str]
    weaknesses: tuple[Weakness, ...]
    categories: tuple[tuple[str, str, int], ...]
    unreviewed: int
    unreviewed_open: int
    waiting: tuple[Waiting, ...]
    rewrites: tuple[Rewrites, ...]
    holding: int
    lapsing: tuple[Lapsing, ...]
    lapsed: int
    ahead: int
    gaps: tuple[Gap, ...]


def figures(summary: Summary, rules: Mapping[str, Rule], today: date, ahead: int = 30) -> Figures:
    """The figures of a summary.

    Args:
        summary: of the whole log.
        rules: the known rules by id, for the categories they are listed in.
        today: the day of the report, in UTC.
        ahead: how many days count as "about to lapse".
    """
    blocks = [block for block in summary.blocks.values() if block.index >= 0]
    shares = _by_origin(blocks)
    open_findings = [finding for finding in summary.findings if finding.closed is None]
    weaknesses = _weaknesses(open_findings, rules)
    unreviewed = [block for block in blocks if block.state in ("unreviewed", "lapsed")]
    holding = [item for item in summary.suppressions if item.lapsed is None]
    return Figures(
        total=_joined("all", shares.values()),
        assisted=_joined("assistants", (share for origin, share in shares.items() if origin.assisted)),
        kinds=_kinds(shares),
        sources=_sources(shares),
        severities=Counter(finding.severity for finding in open_findings),
        weaknesses=weaknesses,
        categories=_categories(weaknesses),
        unreviewed=len(unreviewed),
        unreviewed_open=sum(bool(block.open) for block in unreviewed),
        waiting=_waiting(unreviewed),
        rewrites=rewrites(summary),
        holding=len(holding),
        lapsing=_lapsing(holding, today, ahead),
        lapsed=len(summary.suppressions) - len(holding),
        ahead=ahead,
        gaps=tuple(reversed(summary.gaps)),
    )


def class_of(weaknesses: tuple[str, ...]) -> str:
    """The most specific of a finding's weaknesses, which names its class; `NO_CLASS` for one without any."""
    return weaknesses[0] if weaknesses else NO_CLASS


def source_name(origin: Origin) -> str:
    """The assistant that blocks came from, in words."""
    return origin.assistant or f"{origin.kind}, {_UNKNOWN}"


def _by_origin(blocks: Iterable[Block]) -> dict[Origin, Share]:
    """What the blocks of each origin come to: there are few origins, so that all else is put together of these."""
    shares: dict[Origin, Share] = {}
    for block in blocks:
        share = shares.get(block.origin)
        if share is None:
            share = shares[block.origin] = Share(block.origin.kind)
        share.add(block)
    return shares


def _joined(name: str, shares: Iterable[Share]) -> Share:
    whole = Share(name)
    for share in shares:
        whole.join(share)
    return whole


def _kinds(shares: Mapping[Origin, Share]) -> tuple[Share, ...]:
    kinds: dict[str, Share] = {}
    for origin, share in shares.items():
        kinds.setdefault(origin.kind, Share(origin.kind)).join(share)
    order = {kind: index for index, kind in enumerate(KINDS)}
    return tuple(sorted(kinds.values(), key=lambda share: (order.get(share.name, len(order)), share.name)))


def _sources(shares: Mapping[Origin, Share]) -> tuple[Share, ...]:
    sources: dict[tuple[str, str | None], Share] = {}
    for origin, share in shares.items():
        if origin.assisted:
            key = (source_name(origin), origin.model)
            sources.setdefault(key, Share(*key)).join(share)
    return tuple(sorted(sources.values(), key=lambda share: (-share.lines, share.name, share.model or "")))


def categories_of(rule: str, weaknesses: tuple[str, ...], rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The categories of OWASP's lists that a finding is in: those its rule names, else those of its weaknesses."""
    known = rules.get(rule)
    return known.owasp if known is not None and known.owasp else owasp_of(weaknesses)


def _weaknesses(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> tuple[Weakness, ...]:
    rows: dict[str, Weakness] = {}
    alike: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for finding in findings:
        cwe = class_of(finding.cwe)
        row = rows.get(cwe)
        if row is None:
            row = rows[cwe] = Weakness(cwe, cwe_name(cwe) or "Other")
        row.severities[finding.severity] += 1
        alike[finding.rule, finding.cwe] += 1
        if finding.block is not None:
            row.blocks.add(finding.block)
        if finding.opened < row.oldest or not row.oldest:
            row.oldest = finding.opened
    for (rule, weaknesses), count in alike.items():
        row = rows[class_of(weaknesses)]
        for category in categories_of(rule, weaknesses, rules):
            row.categories[category] += count
    return tuple(sorted(rows.values(), key=lambda row: (_badness(row.severities), row.cwe)))


def _badness(severities: Counter[str]) -> tuple[int, ...]:
    """Sorts what has most findings of the worst severity first."""
    return tuple(-severities[severity] for severity in SEVERITIES)


def _categories(weaknesses: Iterable[Weakness]) -> tuple[tuple[str, str, int], ...]:
    counts: Counter[str] = Counter()
    for row in weaknesses:
        counts.update(row.categories)
    every = [f"{prefix}{number:02}:2025" for prefix in ("A", "LLM") for number in range(1, 11)]
    return tuple((category, owasp_name(category) or "", counts[category]) for category in every)


def _waiting(unreviewed: Iterable[Block]) -> tuple[Waiting, ...]:
    rows: dict[str, Waiting] = {}
    for block in unreviewed:
        row = rows.get(block.file)
        if row is None:
            row = rows[block.file] = Waiting(block.file)
        row.blocks += 1
        row.lines += block.lines
        for finding in block.open:
            row.severities[finding.severity] += 1
    return tuple(sorted(rows.values(), key=lambda row: (_badness(row.severities), -row.lines, row.file)))


def _lapsing(holding: Iterable[Decision], today: date, ahead: int) -> tuple[Lapsing, ...]:
    last = today + timedelta(days=ahead)
    rows = [
        Lapsing(item, (day - today).days)
        for item in holding
        if item.expires is not None and (day := _day(item.expires)) is not None and day <= last
    ]
    return tuple(sorted(rows, key=lambda row: (row.days, row.suppression.index)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
