"""What a scan of files came to: plain data for the formats. Must not know how anything is found or shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leery_analyzers.model import LEVELS, Finding, Level, Notice, Rule, level_at_least

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from leery_analyzers.judge import Explanation, Refuted
    from leery_analyzers.text import Text

FAILED_KINDS = frozenset({"crash", "missing", "timeout"})
"""Kinds of notice that mean: an analyzer could not run. A file that does not parse or is too big is no such failure."""

UNKNOWN = "plaintext"
"""The language of files that no analyzer reads."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to scan.

    Attributes:
        path: absolute, symbolic links not resolved.
        name: as shown: relative to where the scan was started if it lies below, else absolute; ``/`` between parts.
        language: language id as in the LSP; `UNKNOWN` when no analyzer knows the file's extension.
        root: the folder whose scan found it; git is asked there.
        explicit: named by the user, not found.
    """

    path: Path
    name: str
    language: str
    root: Path
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that a person has suppressed, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was found in one file.

    Attributes:
        source: the file.
        text: what was analysed.
        findings: merged, in document order, without suppressed ones.
        suppressed: the suppressed ones.
        notices: what could not be done here.
        refuted: what other engines report and dataflow proves wrong, one engine each.
        explanations: what makes flows harmless, if that was asked for.
    """

    source: Source
    text: Text
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    notices: tuple[Notice, ...] = ()
    refuted: tuple[Refuted, ...] = ()
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a whole scan came to.

    Attributes:
        base: the folder that relative names start from.
        files: those with findings, suppressed findings or notices, by name.
        notices: what concerns no single file.
        problems: what is wrong with the configuration, with the place.
        scanned: how many files were analysed.
        engines: version of each engine that was asked to run, by name.
        rules: rules that the findings speak of, by id.
        started: when, UTC.
        ended: when, UTC.
        fail_on: the level from which on a finding counts, or None for never.
    """

    base: Path
    files: tuple[FileResult, ...]
    notices: tuple[Notice, ...]
    problems: tuple[str, ...]
    scanned: int
    engines: dict[str, str]
    rules: dict[str, Rule]
    started: datetime
    ended: datetime
    fail_on: Level | None = "low"
    _counts: dict[Level, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for level in LEVELS:
            self._counts[level] = sum(finding.severity == level for result in self.files for finding in result.findings)

    @property
    def counts(self) -> dict[Level, int]:
        """How many findings of each severity."""
        return dict(self._counts)

    @property
    def suppressed(self) -> int:
        """How many findings are suppressed."""
        return sum(len(result.suppressed) for result in self.files)

    @property
    def refuted(self) -> int:
        """How many findings of single engines dataflow proves wrong."""
        return sum(len(result.refuted) for result in self.files)

    @property
    def all_notices(self) -> list[tuple[FileResult | None, Notice]]:
        """Every notice with its file, if it has one; those of the whole scan first."""
        whole: list[tuple[FileResult | None, Notice]] = [(None, notice) for notice in self.notices]
        return whole + [(result, notice) for result in self.files for notice in result.notices]

    @property
    def exit_code(self) -> int:
        """0 nothing at or above `fail_on`, 1 findings, 2 faulty configuration, 3 an analyzer could not run.

        The highest that holds.
        """
        if any(notice.kind in FAILED_KINDS for _, notice in self.all_notices):
            return 3
        if self.problems:
            return 2
        floor = self.fail_on
        return int(floor is not None and any(n and level_at_least(level, floor) for level, n in self._counts.items()))
