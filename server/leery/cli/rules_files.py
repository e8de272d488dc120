"""The files of rules: writes new ones and runs the examples of those there are.

Loads a Python file only if it is named, or lies in a named folder, and imports the form of a check; an annotated
example of a semgrep rule is read, never run.
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leery.cli.rules_forms import check_text, semgrep_texts
from leery_analyzers import checks
from leery_analyzers.checks.analyzer import ChecksAnalyzer
from leery_analyzers.checks.discovery import CheckFileError, all_checks, load_check
from leery_analyzers.checks.examples import Failure, verify
from leery_analyzers.semgrep import OWN_RULES, RuleSet, find_core, load_rules, scan_files
from leery_analyzers.semgrep.languages import language_of
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from leery_analyzers.checks.base import Check
    from leery_analyzers.model import Report

CHECKS = Path(checks.__file__).parent
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_FORM = "leery_analyzers.checks.base"
_RULE_SUFFIXES = frozenset({".yaml", ".yml"})
_ANNOTATION = re.compile(r"(?:#|//|/\*|<!--)\s*(ruleid|ok):\s*([\w.,\s-]+)")


class RuleFileError(Exception):
    """A rule cannot be written or read; the message says which and why."""


@dataclass
class Outcome:
    """What running examples gave.

    Attributes:
        rules: how many rules were tested.
        examples: how many of their examples.
        failures: the examples that do not hold.
        missing: what could not be tested, and what mends that.
    """

    rules: int = 0
    examples: int = 0
    failures: list[Failure] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


# Writing


def write_check(rule_id: str, language: str, folder: Path | None) -> list[Path]:
    """Write a check whose examples hold.

    Args:
        rule_id: its id.
        language: of `CHECKED_LANGUAGES`.
        folder: where; by default with Leery's own checks, if this is a checkout.

    Raises:
        RuleFileError: the id is not usable, the file exists, or there is no folder to write to.
    """
    name = _checked(rule_id).replace("-", "_")
    if keyword.iskeyword(name):
        raise RuleFileError(f"{rule_id} is a word of Python")
    if folder is None:
        if not (CHECKS.parents[2] / "pyproject.toml").is_file():
            raise RuleFileError("this is no checkout of Leery: name a folder with --folder")
        folder = CHECKS / language
    title = "".join(part.capitalize() for part in rule_id.split("-"))
    return [_write(folder / f"{name}.py", check_text(title, language))]


def write_semgrep_rule(rule_id: str, language: str, folder: Path | None) -> list[Path]:
    """Write a semgrep rule beside its annotated example.

    Args:
        rule_id: its id.
        language: of `SEMGREP_LANGUAGES`.
        folder: where; by default with Leery's own rules, if this is a checkout.

    Raises:
        RuleFileError: the id is not usable, a file exists, or there is no folder to write to.
    """
    _checked(rule_id)
    if folder is None:
        if not (CHECKS.parents[2] / "pyproject.toml").is_file():
            raise RuleFileError("this is no checkout of Leery: name a folder with --folder")
        folder = OWN_RULES
    text, example, suffix = semgrep_texts(rule_id, language)
    rule = _write(folder / f"{rule_id}.yaml", text)
    return [rule, _write(folder / f"{rule_id}{suffix}", example)]


def _checked(rule_id: str) -> str:
    if not _ID.fullmatch(rule_id):
        raise RuleFileError(f"{rule_id!r} is no id: two words or more in lower case, joined by hyphens")
    return rule_id


def _write(file: Path, text: str) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError as error:
        raise RuleFileError(f"{file} exists already") from error
    except OSError as error:
        raise RuleFileError(f"{file} cannot be written: {error.strerror}") from error
    return file


# Testing


def run_examples(paths: Sequence[Path]) -> Outcome:
    """Run the examples of the rules in files and folders; of all of Leery's own without any.

    Raises:
        RuleFileError: a named file is no rule, or a check cannot be loaded.
    """
    outcome = Outcome()
    if not paths:
        _test_checks(all_checks(), outcome)
        _test_semgrep(_rule_files([OWN_RULES]), outcome)
        return outcome
    semgrep = list(_rule_files(paths))
    try:
        found = [load_check(file) for file in _check_files(paths)]
    except CheckFileError as error:
        raise RuleFileError(str(error)) from error
    if not found and not semgrep:
        raise RuleFileError(f"no rule in {', '.join(str(path) for path in paths)}")
    _test_checks(found, outcome)
    _test_semgrep(semgrep, outcome)
    return outcome


def _rule_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.suffix in _RULE_SUFFIXES and file.is_file())


def _check_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The checks among files and folders; a named file must be one."""
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*.py")) if _is_check(file))
        elif path.suffix not in _RULE_SUFFIXES:
            if not _is_check(path):
                raise RuleFileError(f"{path} is neither a check nor a semgrep rule")
            yield path


def _is_check(file: Path) -> bool:
    """Whether a file says that it is a check; nothing else is ever loaded."""
    if file.suffix != ".py" or any(file.with_suffix(suffix).exists() for suffix in _RULE_SUFFIXES):
        return False
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    imported = re.search(rf"^from {re.escape(_FORM)} import .*\bCheck\b", source, re.MULTILINE)
    return imported is not None and re.search(r"^class \w+\(Check\)", source, re.MULTILINE) is not None


def _test_checks(found: Iterable[Check], outcome: Outcome) -> None:
    everything = ChecksAnalyzer()
    for check in found:
        outcome.rules += 1
        outcome.examples += len(check.VALID) + len(check.INVALID)
        known = any(type(own).__module__ == type(check).__module__ for own in all_checks())
        outcome.failures += verify(check, everything if known else None)


def _test_semgrep(files: Iterable[Path], outcome: Outcome) -> None:
    """Compare what each rule finds in its example with the example's annotations."""
    files = list(files)
    if files and find_core() is None:
        outcome.missing.append("semgrep is not installed, so its rules were not tested: pip install 'leery[semgrep]'")
        return
    for file in files:
        rules = load_rules([file.parent], own=False)
        own = RuleSet({name: rule for name, rule in rules.by_id.items() if rule.source == file})
        reasons = [notice.message for notice in rules.notices if str(file) in notice.message]
        samples = [other for other in sorted(file.parent.glob(f"{file.stem}.*")) if language_of(other) is not None]
        outcome.rules += len(own.by_id)
        if not samples:
            reasons.append("has no annotated example beside it")
        reports = scan_files(samples, own)
        for sample in samples:
            text = sample.read_bytes().decode("utf-8", "replace")
            outcome.examples += len(_ANNOTATION.findall(text))
            reasons += _differences(sample.name, text, reports[sample], set(own.by_id))
        outcome.failures += [Failure(file.stem, "", reason) for reason in reasons]


def _differences(name: str, source: str, report: Report, ids: set[str]) -> Iterator[str]:
    text = Text(source)
    expected: set[tuple[int, str]] = set()
    annotated: set[str] = set()
    for line in range(text.line_count):
        for kind, listed in _ANNOTATION.findall(text.line(line)):
            for rule in re.findall(r"[\w.-]+", listed):
                annotated.add(rule)
                if kind == "ruleid":
                    expected.add((_next_code(text, line), rule))
    found = {(text.line_of(finding.range.start), finding.rule) for finding in report.findings}
    yield from (notice.message for notice in report.notices)
    yield from (f"{name}:{line + 1}: {rule} found nothing here" for line, rule in sorted(expected - found))
    yield from (f"{name}:{line + 1}: {rule} is not expected here" for line, rule in sorted(found - expected))
    yield from (f"{name}: {rule} has no annotation" for rule in sorted(ids - annotated))


def _next_code(text: Text, line: int) -> int:
    """The line that an annotation speaks of: the next without an annotation."""
    line += 1
    while line < text.line_count and _ANNOTATION.search(text.line(line)):
        line += 1
    return line
