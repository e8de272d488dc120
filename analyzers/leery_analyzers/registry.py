"""Every engine by its name, and the one way to ask them about a unit.

Engines are built when first asked for, so that importing this module costs nothing. What an engine reports is held to
the contract here: places outside of the unit are dropped, and an engine that raises is a notice.

The resident semgrep process is not asked through here, since it is not a function of a unit in this process; only its
rules are listed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from leery_analyzers.model import Finding, Notice, Report, Rule
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from leery_analyzers.analyzer import Analyzer, Unit
    from leery_analyzers.dataflow.document import FlowDocuments
    from leery_analyzers.model import NoticeKind

INSTANT = ("checks",)
"""Names of the engines that answer within a keystroke, in the order they are asked."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every rule by its id, and what could not be listed."""

    rules: Mapping[str, Rule]
    notices: tuple[Notice, ...] = ()


def _checks() -> Analyzer:
    from leery_analyzers.checks.analyzer import ChecksAnalyzer  # noqa: PLC0415 - loads every check and tree-sitter

    return ChecksAnalyzer()


def _bandit() -> Analyzer:
    from leery_analyzers.bandit import BanditAnalyzer  # noqa: PLC0415 - for those who need it only

    return BanditAnalyzer(hints=False)


def _dataflow() -> Analyzer:
    from leery_analyzers.dataflow.analyzer import DataflowAnalyzer  # noqa: PLC0415 - loads models and tree-sitter

    return DataflowAnalyzer()


def flow_documents(models: Iterable[Sequence[str]] = ()) -> FlowDocuments:
    """Dataflow over whole documents, and what they lack; keeps what it finds out, so hold on to it.

    Args:
        models: the user's own models for dataflow: name, language and text of each.

    Raises:
        ImportError: a library that it needs is missing.
    """
    from leery_analyzers.checks.document import Documents  # noqa: PLC0415 - loads the grammars
    from leery_analyzers.dataflow.analyzer import DataflowAnalyzer  # noqa: PLC0415 - loads models and tree-sitter
    from leery_analyzers.dataflow.model_files import UserModel  # noqa: PLC0415 - the same

    return Documents(DataflowAnalyzer(tuple(UserModel(*model) for model in models)))


_BUILDERS: Mapping[str, Callable[[], Analyzer]] = {
    "checks": _checks,
    "bandit": _bandit,
    "dataflow": _dataflow,
}
ENGINES = ("checks", "dataflow", "bandit")
"""Names of the engines whose rules are listed; of one rule that several have, the first one's words count."""


@cache
def analyzer(name: str) -> Analyzer:
    """The engine of a name, one in a process.

    Raises:
        KeyError: there is no engine of that name.
        ImportError: a library that the engine needs is missing.
    """
    return _BUILDERS[name]()


def instant_analyzers() -> tuple[Analyzer, ...]:
    """The engines of the instant tier."""
    return tuple(analyzer(name) for name in INSTANT)


def bandit_analyzer() -> Analyzer:
    """Bandit on single units; it imports bandit with its first use."""
    return analyzer("bandit")


def understands(engine: Analyzer, language: str) -> bool:
    """Whether an engine looks at texts of a language id; ``*`` among its languages means every text."""
    return language in engine.languages or "*" in engine.languages


def analyze(unit: Unit, engines: Iterable[str]) -> Report:
    """What several engines say about a unit, one after the other; never raises.

    Args:
        unit: the unit.
        engines: names from `ENGINES`. An engine that does not know the unit's language says nothing; one that is
            unknown or cannot be loaded is a notice.
    """
    report = Report()
    for name in engines:
        if name not in _BUILDERS:
            report += _notice(name, "missing", f"there is no engine named {name}")
            continue
        try:
            engine = analyzer(name)
            if understands(engine, unit.language):
                report += _held(engine.analyze(unit), len(unit.text))
        except ImportError as error:
            report += _notice(name, "missing", f"{name} cannot be loaded: {error}")
        except Exception as error:  # noqa: BLE001 - whatever an engine does, the person is told and the others go on
            report += _notice(name, "crash", f"{name} failed: {type(error).__name__}")
    return report


def catalogue() -> Catalogue:
    """Every rule of every engine that is there: the checks, bandit's tests, our semgrep rules."""
    rules: dict[str, Rule] = {}
    notices: list[Notice] = []
    for name in ENGINES:
        try:
            listed = analyzer(name).rules()
        except ImportError as error:
            notices.append(Notice(name, "missing", f"{name} cannot be loaded: {error}"))
        else:
            for rule in listed:
                rules.setdefault(rule.id, rule)
    try:
        from leery_analyzers.semgrep import load_rules  # noqa: PLC0415 - for those who need it only

        pack = load_rules()
    except ImportError as error:
        notices.append(Notice("semgrep", "missing", f"semgrep's rules cannot be listed: {error}"))
    else:
        rules.update((rule.id, rule) for rule in pack.rules())
        notices.extend(pack.notices)
    return Catalogue(rules, tuple(notices))


def all_rules() -> dict[str, Rule]:
    """Every rule by its id; `catalogue` tells what is missing, too."""
    return dict(catalogue().rules)


def _notice(engine: str, kind: NoticeKind, message: str) -> Report:
    return Report(notices=(Notice(engine, kind, message),))


def _held(report: Report, length: int) -> Report:
    """The report without what lies outside of the unit's text."""
    whole = TextRange(0, length)
    findings = tuple(_within(finding, whole) for finding in report.findings if whole.contains(finding.range))
    notices = tuple(
        notice if notice.range is None or whole.contains(notice.range) else replace(notice, range=None)
        for notice in report.notices
    )
    return Report(findings, notices)


def _within(finding: Finding, whole: TextRange) -> Finding:
    path = tuple(step for step in finding.path if whole.contains(step.range))
    fixes = tuple(fix for fix in finding.fixes if all(0 <= edit.start <= edit.end <= whole.end for edit in fix.edits))
    if len(path) == len(finding.path) and len(fixes) == len(finding.fixes):
        return finding
    return replace(finding, path=path, fixes=fixes)
