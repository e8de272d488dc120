"""The plain data that analyzers give back: rules, findings, fixes, notices, and their JSON form.

Must not know how anything is found or shown. All offsets are code points. JSON, never pickle, is what caches keep.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

Level = Literal["low", "medium", "high"]
Applicability = Literal["safe", "review", "manual"]
NoticeKind = Literal["parse", "timeout", "crash", "missing", "limit"]

LEVELS: tuple[Level, ...] = get_args(Level)


def level_at_least(level: Level, floor: Level) -> bool:
    """Whether `level` is as high as `floor` or higher."""
    return LEVELS.index(level) >= LEVELS.index(floor)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding.

    Attributes:
        id: kebab-case name of the thing found, e.g. ``tls-verification-off``; for bandit its ``B`` number.
        summary: one sentence without a full stop.
        description: Markdown for the rule's catalogue page.
        severity: how bad it is when true.
        confidence: how often it is true.
        cwe: identifiers such as ``CWE-89``, the most specific first.
        engine: the analyzer that owns it.
        languages: language ids as in the LSP (``python``, ``javascript``, ``typescript``, …).
        owasp: OWASP Top 10:2025 and OWASP LLM Top 10:2025 entries, e.g. ``A05:2025``.
        references: addresses for further reading.
    """

    id: str
    summary: str
    description: str
    severity: Level
    confidence: Level
    cwe: tuple[str, ...]
    engine: str
    languages: tuple[str, ...]
    owasp: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A related place on the path of a finding, from source to sink."""

    range: TextRange
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that take a finding away.

    Attributes:
        title: a verb phrase.
        applicability: `safe` keeps behaviour, `review` wants a glance, `manual` is a start a person must finish.
        edits: all speak of the same text and do not overlap.
        requires_import: import statements, one line each, that the edited text needs. The analyzer sees one unit and
            cannot know where the document keeps its imports: who holds the document turns each into an edit
            (`leery_analyzers.fixes.imports.import_edits`) and applies it together with `edits`.
    """

    title: str
    applicability: Applicability
    edits: tuple[TextEdit, ...]
    requires_import: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One insecure place.

    Attributes:
        rule: id of the rule.
        range: the place, in the coordinates of the text it was found in.
        message: what is wrong, in one or two sentences.
        severity: how bad.
        confidence: how sure.
        cwe: as in `Rule`.
        engines: every engine that says so, sorted.
        path: related places from source to sink; empty when there is no flow.
        fixes: best first.
        fingerprint: stable name across edits elsewhere; empty until `merge` has set it.
        reach: what belongs to the place without being marked, such as the name of the function whose argument it is;
            what others find there is the same.
        refutable: whether it was concluded from how the code looks, so that who follows the values may know better.
    """

    rule: str
    range: TextRange
    message: str
    severity: Level
    confidence: Level
    cwe: tuple[str, ...]
    engines: tuple[str, ...]
    path: tuple[Step, ...] = ()
    fixes: tuple[Fix, ...] = ()
    fingerprint: str = ""
    reach: TextRange | None = None
    refutable: bool = False

    def places(self) -> Iterator[TextRange]:
        """Its place and those of its path's steps."""
        yield self.range
        for step in self.path:
            yield step.range

    def shift(self, by: int) -> Finding:
        """The same finding moved, with its path and fixes, by a signed number of code points."""
        if by == 0:
            return self
        return replace(
            self,
            range=self.range.shift(by),
            path=tuple(Step(step.range.shift(by), step.message) for step in self.path),
            reach=self.reach.shift(by) if self.reach is not None else None,
            fixes=tuple(
                replace(fix, edits=tuple(TextEdit(e.start + by, e.end + by, e.text) for e in fix.edits))
                for fix in self.fixes
            ),
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """An analyzer did not do its work, and says why; never silently nothing.

    Attributes:
        engine: who could not.
        kind: what happened.
        message: for a person, without document text.
        range: the place, or None for the whole document.
    """

    engine: str
    kind: NoticeKind
    message: str
    range: TextRange | None = None

    def shift(self, by: int) -> Notice:
        """The same notice moved by a signed number of code points."""
        return replace(self, range=self.range.shift(by)) if self.range is not None else self


@dataclass(frozen=True, slots=True)
class Report:
    """What one analyzer says about one text."""

    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def shift(self, by: int) -> Report:
        """The same report moved by a signed number of code points."""
        return Report(tuple(f.shift(by) for f in self.findings), tuple(n.shift(by) for n in self.notices))

    def __add__(self, other: Report) -> Report:
        return Report(self.findings + other.findings, self.notices + other.notices)


def report_to_json(report: Report) -> dict[str, Any]:
    """A JSON value that `report_from_json` reads back to an equal report."""
    return {
        "findings": [finding_to_json(finding) for finding in report.findings],
        "notices": [_notice_to_json(notice) for notice in report.notices],
    }


def report_from_json(data: dict[str, Any]) -> Report:
    """The report written by `report_to_json`.

    Raises:
        KeyError, TypeError, ValueError: the value was not written by it.
    """
    return Report(
        tuple(finding_from_json(item) for item in data["findings"]),
        tuple(_notice_from_json(item) for item in data["notices"]),
    )


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A JSON value that `finding_from_json` reads back to an equal finding."""
    return {
        "rule": finding.rule,
        "range": _range_to_json(finding.range),
        "message": finding.message,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "cwe": list(finding.cwe),
        "engines": list(finding.engines),
        "path": [[*_range_to_json(step.range), step.message] for step in finding.path],
        "fixes": [
            [
                fix.title,
                fix.applicability,
                [[edit.start, edit.end, edit.text] for edit in fix.edits],
                list(fix.requires_import),
            ]
            for fix in finding.fixes
        ],
        "fingerprint": finding.fingerprint,
        "reach": None if finding.reach is None else _range_to_json(finding.reach),
        "refutable": finding.refutable,
    }


def finding_from_json(data: dict[str, Any]) -> Finding:
    """The finding written by `finding_to_json`."""
    return Finding(
        rule=data["rule"],
        range=TextRange(*data["range"]),
        message=data["message"],
        severity=data["severity"],
        confidence=data["confidence"],
        cwe=tuple(data["cwe"]),
        engines=tuple(data["engines"]),
        path=tuple(Step(TextRange(start, end), message) for start, end, message in data["path"]),
        fixes=tuple(
            Fix(title, applicability, tuple(TextEdit(*edit) for edit in edits), tuple(imports))
            for title, applicability, edits, imports in data["fixes"]
        ),
        fingerprint=data["fingerprint"],
        reach=None if data["reach"] is None else TextRange(*data["reach"]),
        refutable=data["refutable"],
    )


def _range_to_json(place: TextRange) -> list[int]:
    return [place.start, place.end]


def _notice_to_json(notice: Notice) -> list[Any]:
    place = None if notice.range is None else _range_to_json(notice.range)
    return [notice.engine, notice.kind, notice.message, place]


def _notice_from_json(data: list[Any]) -> Notice:
    engine, kind, message, place = data
    return Notice(engine, kind, message, None if place is None else TextRange(*place))
