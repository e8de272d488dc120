"""Runs the examples of a check: the marked place, the message, the fixes, and that fixed code is clean.

The same for the tests and for ``leery rules test``. Must not know where a check comes from.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.analyzer import Unit
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.base import EVERY_TEXT, Valid
from leery_analyzers.fixes.imports import import_edits
from leery_analyzers.text import Text, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.base import Check, Invalid
    from leery_analyzers.model import Finding, Fix


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold.

    Attributes:
        rule: id of the rule.
        example: ``VALID 1``, ``INVALID 2``, counted from 1; empty for what concerns all of them.
        reason: what differs from what.
    """

    rule: str
    example: str
    reason: str


def verify(check: Check, everything: ChecksAnalyzer | None = None) -> list[Failure]:
    """What is wrong with a check's examples; empty when they hold.

    Args:
        check: the check.
        everything: the engine that fixed code must not give new findings in; by default the check alone.
    """
    alone = ChecksAnalyzer([check])
    failures = [Failure(check.id, "", reason) for reason in _incomplete(check)]
    for number, valid in enumerate(check.VALID, 1):
        example = valid if isinstance(valid, Valid) else Valid(valid)
        report = alone.analyze(_unit(example.code, example.language or example_language(check)))
        failures.extend(
            Failure(check.id, f"VALID {number}", f"expected nothing, got {_shown(example.code, finding)}")
            for finding in report.findings
        )
        failures.extend(Failure(check.id, f"VALID {number}", notice.message) for notice in report.notices)
    for number, invalid in enumerate(check.INVALID, 1):
        failures.extend(
            Failure(check.id, f"INVALID {number}", reason)
            for reason in _verify_invalid(check, invalid, alone, everything or alone)
        )
    return failures


def apply_fix(code: str, language: str, fix: Fix) -> str:
    """A file after a fix and the imports it requires.

    Raises:
        ValueError: the edits overlap or lie outside.
    """
    text = Text(code)
    return str(text.apply((*import_edits(text, language, fix.requires_import), *fix.edits)))


def example_language(check: Check) -> str:
    """The language of an example that names none."""
    return "plaintext" if check.languages == EVERY_TEXT else check.languages[0]


def expected_range(example: Invalid) -> TextRange | None:
    """The marked place of an example; None if it does not occur exactly once."""
    head, opened, rest = example.at.partition("«")
    part, closed, tail = rest.partition("»")
    around = head + part + tail if opened and closed else example.at
    if example.code.count(around) != 1:
        return None
    start = example.code.index(around) + (len(head) if opened and closed else 0)
    return TextRange(start, start + len(part if opened and closed else around))


def _incomplete(check: Check) -> Iterator[str]:
    if not check.VALID or not check.INVALID:
        yield "needs at least one VALID and one INVALID example"
    codes = [example if isinstance(example, str) else example.code for example in (*check.VALID, *check.INVALID)]
    if all(code.isascii() for code in codes):
        yield "needs an example that is not ASCII"


def _verify_invalid(check: Check, example: Invalid, alone: ChecksAnalyzer, everything: ChecksAnalyzer) -> Iterator[str]:
    language = example.language or example_language(check)
    expected = expected_range(example)
    if expected is None:
        yield f"the marked text {example.at!r} must occur once"
        return
    report = alone.analyze(_unit(example.code, language))
    yield from (notice.message for notice in report.notices)
    if len(report.findings) != 1:
        shown = "; ".join(_shown(example.code, finding) for finding in report.findings)
        yield f"expected one finding, got {len(report.findings)}: {shown}"
        return
    finding = report.findings[0]
    if finding.range != expected:
        marked = example.code[finding.range.start : finding.range.end]
        yield f"expected the mark at {example.at!r}, got {marked!r} at {finding.range.start}"
    if finding.message != example.message:
        yield f"expected the message {example.message!r}, got {finding.message!r}"
    if len(finding.fixes) != len(example.fixed):
        yield f"expected {len(example.fixed)} fixes, got {[fix.title for fix in finding.fixes]}"
    before = _found(everything, example.code, language)
    for fix, golden in zip(finding.fixes, example.fixed, strict=False):
        yield from _verify_fix(check, example.code, language, fix, golden, before, everything)


def _verify_fix(
    check: Check,
    code: str,
    language: str,
    fix: Fix,
    golden: str,
    before: Counter[str],
    everything: ChecksAnalyzer,
) -> Iterator[str]:
    fixed = apply_fix(code, language, fix)
    if fixed != golden:
        yield f"{fix.title}: expected {golden!r}, got {fixed!r}"
    after = _found(everything, fixed, language)
    if after[check.id] >= before[check.id]:
        yield f"{fix.title}: the finding is still there"
    if new := after - before:
        yield f"{fix.title}: gives new findings of {', '.join(new)}"


def _found(engine: ChecksAnalyzer, code: str, language: str) -> Counter[str]:
    """How often each rule reports; a text that the grammar does not accept counts too."""
    report = engine.analyze(_unit(code, language))
    found = Counter(finding.rule for finding in report.findings)
    if engine.has_syntax_error(_unit(code, language)):
        found["syntax error"] = 1
    return found


def _unit(code: str, language: str) -> Unit:
    return Unit(language, "file", "", 0, 0, code)


def _shown(code: str, finding: Finding) -> str:
    return f"{code[finding.range.start : finding.range.end]!r} ({finding.message})"
