"""Runs every check on a unit: one parse, one query pass, each match handed to the checks that asked for it.

Knows no rule by name. A check that raises is named in a notice and the others go on.
"""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from tree_sitter import QueryCursor

import leery_analyzers
from leery_analyzers.checks.base import EVERY_TEXT
from leery_analyzers.checks.code import Code
from leery_analyzers.checks.discovery import all_checks, checks_for
from leery_analyzers.checks.languages import code_class
from leery_analyzers.model import Finding, Fix, Notice, Report, Rule, Step
from leery_analyzers.packages.names import data_digest
from leery_analyzers.syntax import parse, query, walk
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tree_sitter import Node, Query

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.checks.base import Check, Problem
    from leery_analyzers.syntax import SyntaxTree

_GRAMMARS = (
    "tree-sitter",
    *(f"tree-sitter-{name}" for name in ("python", "javascript", "typescript", "java", "c-sharp", "go")),
)

MAX_CHARACTERS = 200_000
"""Longer units are not parsed; checks of single characters still run."""
MAX_LOOSE_PARTS = 5_000
"""A syntax error of more parts is not searched: tree-sitter's time for that grows with the square of their number."""
MAX_OPEN_MATCHES = 256
"""Matches that may be open at once; an expression nested deeper than any person writes opens more."""
MAX_FINDINGS = 200
"""Of one check in one unit; what follows is left out, with a notice."""
MAX_SECONDS = 2.0
"""Of this thread's time; after it a unit's analysis is given up, with a notice."""


@dataclass(frozen=True)
class _Program:
    """The queries of a language as one.

    Attributes:
        query: the patterns that bind names, then calls, then those of the checks.
        owners: who asked for each pattern; None for those that bind names, nobody for calls.
        by_call: who asked for a call, by its name.
        whole: who looks at the unit as a whole.
    """

    query: Query
    owners: tuple[tuple[Check, ...] | None, ...]
    by_call: Mapping[str, tuple[Check, ...]]
    whole: tuple[Check, ...]

    def asked(self, code: Code, call: Node) -> tuple[Check, ...]:
        """The checks that asked for a call."""
        name, method = code.callee(call), code.method(call)
        named = self.by_call.get(name, ()) if name else ()
        others = self.by_call.get(f".{method}")
        return named if others is None else named + tuple(check for check in others if check not in named)


class _Run:
    """The state of one analysis."""

    def __init__(self, unit: Unit, code: Code) -> None:
        self.unit = unit
        self.code = code
        self.findings: dict[tuple[str, TextRange], Finding] = {}
        self.notices: dict[str, Notice] = {}
        self._counts: Counter[str] = Counter()
        self._deadline = time.thread_time() + MAX_SECONDS

    @property
    def late(self) -> bool:
        return time.thread_time() > self._deadline

    def limit(self, message: str) -> None:
        self.notices["limit"] = Notice("checks", "limit", message)

    def run(self, check: Check, problems: Iterable[Problem]) -> None:
        """Take in what a check finds; `problems` may be a generator that raises."""
        if check.id in self.notices:
            return
        try:
            for problem in problems:
                self._add(check, problem)
                if self._counts[check.id] >= MAX_FINDINGS:
                    message = f"{check.id} found {MAX_FINDINGS} places in one part; further ones are left out"
                    self.notices[check.id] = Notice("checks", "limit", message)
                    break
        except Exception as error:  # noqa: BLE001 - one check's mistake must not hide what the others find
            self.notices[check.id] = Notice("checks", "crash", f"the check {check.id} failed: {type(error).__name__}")

    def report(self) -> Report:
        ordered = sorted(self.findings.values(), key=lambda f: (f.range.start, f.range.end, f.rule))
        return Report(tuple(ordered), tuple(self.notices.values()))

    def _add(self, check: Check, problem: Problem) -> None:
        place = problem.at if isinstance(problem.at, TextRange) else self.code.range(problem.at)
        whole = TextRange(0, len(self.unit.text))
        if not whole.contains(place) or (check.id, place) in self.findings:
            return
        self._counts[check.id] += 1
        steps = (Step(self.code.range(node), message) for node, message in problem.path)
        self.findings[check.id, place] = Finding(
            rule=check.id,
            range=place,
            message=problem.message,
            severity=problem.severity or check.severity,
            confidence=problem.confidence or check.confidence,
            cwe=check.cwe,
            engines=("checks",),
            path=tuple(step for step in steps if whole.contains(step.range)),
            fixes=tuple(fix for fix in problem.fixes if _inside(fix, whole)),
            refutable=check.refutable,
        )


class ChecksAnalyzer:
    """The custom checks as an engine.

    Args:
        checks: the checks to run; by default all of this package, each loaded when a text of its language comes.
    """

    name = "checks"

    def __init__(self, checks: Sequence[Check] | None = None) -> None:
        self._given = tuple(checks) if checks is not None else None
        self._programs: dict[str, _Program] = {}
        # Some of ours look at every text.
        self.languages = frozenset(EVERY_TEXT if checks is None else (name for one in checks for name in one.languages))

    @property
    def version(self) -> str:
        """Changes whenever a result could."""
        return _version()

    def rules(self) -> tuple[Rule, ...]:
        """Every rule it can report, sorted by id."""
        return tuple(check.rule() for check in (all_checks() if self._given is None else self._given))

    def _checks(self, language: str) -> Sequence[Check]:
        """Those that look at texts of a language."""
        if self._given is None:
            return checks_for(language)
        return [check for check in self._given if check.applies_to(language)]

    def analyze(self, unit: Unit) -> Report:
        """Findings with ranges relative to ``unit.text``; never raises."""
        kind = code_class(unit.language)
        if kind is None:
            return self._characters_only(unit, "")
        if len(unit.source) > MAX_CHARACTERS:
            return self._characters_only(unit, f"a part of more than {MAX_CHARACTERS} characters")
        tree = parse(unit)
        if tree.given_up:
            return self._characters_only(unit, "a part that takes too long to parse")
        if tree.has_error and _loose_parts(tree) > MAX_LOOSE_PARTS:
            return self._characters_only(unit, f"a syntax error over more than {MAX_LOOSE_PARTS} words")
        program = self._program(unit.language, kind)
        run = _Run(unit, kind(unit, tree))
        self._match(run, tree, program)
        return run.report()

    def _characters_only(self, unit: Unit, reason: str) -> Report:
        """What the checks say that need no tree; with a reason, a notice that the others did not run."""
        run = _Run(unit, Code(unit))
        for check in self._checks(unit.language):
            if check.languages == EVERY_TEXT or not reason:
                run.run(check, check.check(run.code))
        if reason:
            run.limit(f"{reason} was checked for hidden characters only")
        return run.report()

    def has_syntax_error(self, unit: Unit) -> bool:
        """Whether the grammar of the unit's language does not accept it; False for languages without one here."""
        return code_class(unit.language) is not None and parse(unit).has_error

    def _match(self, run: _Run, tree: SyntaxTree, program: _Program) -> None:
        cursor = QueryCursor(program.query, match_limit=MAX_OPEN_MATCHES)
        matches = cursor.matches(tree.root)
        if cursor.did_exceed_match_limit:
            run.limit("an expression nests too deep to be searched wholly; findings may be missing")
        bound: list[dict[str, Node]] = []
        asked: list[tuple[tuple[Check, ...], dict[str, Node]]] = []
        for index, captures in matches:
            found = {name: nodes[0] for name, nodes in captures.items()}
            owners = program.owners[index]
            if owners is None:
                bound.append(found)
            else:
                asked.append((owners, found))
        run.code.bind(bound)
        for check in program.whole:
            run.run(check, check.check(run.code))
        for owners, found in asked:
            for check in owners or program.asked(run.code, found["call"]):
                run.run(check, check.match(run.code, found))
            if run.late:
                break
        if run.late:
            run.notices["timeout"] = Notice(
                "checks", "timeout", f"gave up after {MAX_SECONDS:g} s; findings may be missing"
            )

    def _program(self, language: str, kind: type[Code]) -> _Program:
        program = self._programs.get(language)
        if program is None:
            program = self._programs[language] = self._compile(language, kind)
        return program

    def _compile(self, language: str, kind: type[Code]) -> _Program:
        asked: dict[str, list[Check]] = {}
        by_call: dict[str, list[Check]] = {}
        whole = []
        for check in self._checks(language):
            own = check.query_for(language).strip()
            if own:
                asked.setdefault(own, []).append(check)
            for name in check.calls:
                by_call.setdefault(name, []).append(check)
            if not own and not check.calls:
                whole.append(check)
        parts: list[tuple[str, tuple[Check, ...] | None]] = [(kind.bindings_query, None), (kind.calls_query, ())]
        parts += [(text, tuple(checks)) for text, checks in asked.items()]
        combined = query(language, "\n".join(text for text, _ in parts))
        ends = list(accumulate(len(text.encode()) + 1 for text, _ in parts))
        owners = tuple(
            parts[bisect_right(ends, combined.start_byte_for_pattern(index))][1]
            for index in range(combined.pattern_count)
        )
        named = {name: tuple(checks) for name, checks in by_call.items()}
        return _Program(combined, owners, named, tuple(whole))


def _loose_parts(tree: SyntaxTree) -> int:
    """The number of parts of the largest syntax error."""
    if tree.root.descendant_count <= MAX_LOOSE_PARTS:
        return 0
    return max((node.child_count for node in walk(tree.root) if node.is_error), default=0)


def _inside(fix: Fix, whole: TextRange) -> bool:
    return all(whole.contains(TextRange(edit.start, edit.end)) for edit in fix.edits)


@cache
def _version() -> str:
    """A digest of everything a result may depend on: the sources of the analyzers and the grammars' versions."""
    digest = hashlib.blake2b(digest_size=8)
    root = Path(leery_analyzers.__file__).parent
    for path in sorted(
        [
            *root.glob("*.py"),
            *(root / "checks").rglob("*.py"),
            *(root / "fixes").rglob("*.py"),
            *(root / "packages").glob("*.py"),
        ]
    ):
        digest.update(path.read_bytes())
    digest.update(data_digest().encode())
    from importlib import metadata  # noqa: PLC0415 - 35 ms for who stores results; the worker does not

    for package in _GRAMMARS:
        digest.update(metadata.version(package).encode())
    return digest.hexdigest()
