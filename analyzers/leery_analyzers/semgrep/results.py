"""From what semgrep reports, by either way of calling it, to findings and notices of one slice.

Knows no process and no wire format. The two ways must end in equal reports, so all that is decided about a finding is
decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.model import Finding, Fix, Notice, NoticeKind, Report
from leery_analyzers.semgrep.slices import Slice, is_suppressed
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.semgrep.pack import RuleSet, SemgrepRule

_MAX_MESSAGE = 2_000

_SAYS: dict[NoticeKind, str] = {
    "parse": "semgrep could not read all of this code, so something may be missing.",
    "timeout": "semgrep took too long for this code, so something may be missing.",
    "crash": "semgrep failed on this code, so something may be missing.",
    "limit": "semgrep stopped looking at this code at one of its limits, so something may be missing.",
    "missing": "semgrep is not installed.",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One match of one rule.

    Attributes:
        rule: id.
        first: line and column of the first character, both from 0, the column in UTF-8 bytes.
        last: the same of the place after the last character.
        message: the rule's, its metavariables replaced.
        fix: the replacement of the match, its metavariables replaced; None without one.
    """

    rule: str
    first: tuple[int, int]
    last: tuple[int, int]
    message: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Semgrep did not do all of its work on a slice; `line` from 0, None for all of it."""

    kind: NoticeKind
    line: int | None = None


def report_of(piece: Slice, hits: Iterable[Hit], problems: Iterable[Problem], rules: RuleSet) -> Report:
    """The findings and notices within a slice's own text, sorted, without repetition.

    A rule speaks of the languages it names and of no other: semgrep's language server runs JavaScript rules on
    TypeScript, semgrep-core does not.
    """
    findings: dict[tuple[TextRange, str], Finding] = {}
    for hit in hits:
        item = rules.by_id.get(hit.rule)
        if item is None or piece.language not in item.rule.languages:
            continue
        place = piece.range_of(hit.first, hit.last)
        if place is None or is_suppressed(piece.lines, hit.first[0], hit.rule):
            continue
        findings.setdefault((place, hit.rule), _finding(item, hit, place))
    notices = dict.fromkeys(_notice(piece, problem) for problem in problems)
    return Report(tuple(findings[key] for key in sorted(findings)), tuple(notices))


def notice(kind: NoticeKind, message: str = "", place: TextRange | None = None) -> Notice:
    """A notice of semgrep's; the usual sentence for its kind when there is no better one."""
    return Notice("semgrep", kind, message or _SAYS[kind], place)


def _finding(item: SemgrepRule, hit: Hit, place: TextRange) -> Finding:
    rule = item.rule
    message = hit.message.strip() if "$" in item.message else item.message
    replacement = hit.fix if item.binds_in_fix else item.fix
    fixes: tuple[Fix, ...] = ()
    if replacement is not None:
        fixes = (Fix(item.fix_title, item.applicability, (TextEdit(place.start, place.end, replacement),)),)
    return Finding(
        rule=rule.id,
        range=place,
        message=message[:_MAX_MESSAGE],
        severity=rule.severity,
        confidence=rule.confidence,
        cwe=rule.cwe,
        engines=("semgrep",),
        fixes=fixes,
        refutable=True,
    )


def _notice(piece: Slice, problem: Problem) -> Notice:
    place = None if problem.line is None else piece.line_range(problem.line)
    return notice(problem.kind, place=place)
