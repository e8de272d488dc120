"""One scan from paths to result. Must not know how results are shown.

The analysis workers and semgrep run at the same time; what they say of one file is merged once both are done with it.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from leery import git
from leery.batch import catalogue
from leery.batch.changes import Lines, bases_of, covers, lines_since
from leery.batch.decode import decode
from leery.batch.discover import Discovery
from leery.batch.pool import Outcome, Pool
from leery.batch.proof import proven
from leery.batch.result import UNKNOWN, FileResult, ScanResult, Source, Suppressed
from leery.batch.semgrep import Reports, Semgrep
from leery.batch.suppressions import Suppressions
from leery.batch.worker import ENGINE, digest, read_file
from leery.config import rule_folders
from leery.globs import matcher
from leery.inventory import PACKAGE_RULES, Inventory, take_inventory
from leery.paths import relative_name, resolve, workspace_root
from leery_analyzers.judge import adjudicate
from leery_analyzers.merge import merge
from leery_analyzers.model import Finding, Level, Notice, Report, level_at_least
from leery_analyzers.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from leery.batch.origins import Origins
    from leery.config import Config
    from leery_analyzers.dataflow.model_files import UserModel

MOST_BYTES = 10_000_000
"""Size of a file from which on it is not analysed."""

NO_ENGINE = Notice(ENGINE, "missing", "The settings switch every engine off: nothing is looked for.")
_NOTHING = Report()


@dataclass(frozen=True, slots=True)
class Request:
    """What to scan and how.

    Attributes:
        base: the current folder, absolute; relative names start here.
        paths: existing files and folders.
        config: the settings that hold.
        jobs: how many worker processes at most.
        since: only findings on lines added or changed since this commit, or None for all.
        assistant_only: only findings in blocks that are neither typed nor from version control.
        fail_on: the level from which on findings count, or None for never.
        problems: what is wrong with the configuration.
        skipped: settings files of the workspace that were not read, because it is not trusted.
        explain: whether the result is to hold the rules; looking them up takes a while.
        explanations: whether the result is to hold what dataflow refutes, and what makes flows harmless.
    """

    base: Path
    paths: tuple[Path, ...]
    config: Config
    jobs: int
    since: str | None = None
    assistant_only: bool = False
    fail_on: Level | None = "low"
    problems: tuple[str, ...] = ()
    skipped: tuple[Path, ...] = ()
    explain: bool = False
    explanations: bool = False


def scan(request: Request, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> ScanResult:
    """Scan.

    Args:
        request: what and how.
        on_progress: told after every file how many of how many are done.

    Raises:
        GitError: `request.since` names no commit.
    """
    return _Scan(request).run(on_progress)


class _Scan:
    """The state of one scan."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._notices: list[Notice] = []
        self._problems = list(request.problems)
        self._outcomes: dict[Path, Outcome] = {}
        self._semgrep: Reports | None = None
        self._workspaces: dict[Path, Path] = {}
        self._inventories: dict[Path, Inventory] = {}
        self._suppressions = Suppressions()
        self._origins = _origins() if request.assistant_only else None
        self._new_lines: dict[Path, Lines | None] = {}

    def run(self, on_progress: Callable[[int, int], None]) -> ScanResult:
        request, started = self._request, datetime.now(timezone.utc)
        sources, notices = Discovery(request.base, self._excluder()).collect(request.paths)
        self._notices += notices
        self._notices += [_not_read(path) for path in request.skipped]
        if not request.config.engines:
            self._notices.append(NO_ENGINE)
        if request.since is not None:
            sources = self._changed(sources, request.since)
        known = [source for source in sources if source.language != UNKNOWN]
        self._analyze(known, on_progress)
        results = [self._unknown(source) for source in sources if source.language == UNKNOWN]
        with self._origins or nullcontext():
            results += [result for source in known if (result := self._result(source)) is not None]
            self._notices += self._gone(self._origins) if self._origins is not None else []
        if self._origins is not None:
            self._notices += [_not_recorded(workspace) for workspace in self._origins.unrecorded]
            self._notices += [*self._origins.notices, *self._origins.notes_unread]
        self._notices += self._suppressions.notices
        return ScanResult(
            base=request.base,
            files=tuple(sorted(results, key=lambda result: result.source.name)),
            notices=tuple(self._notices),
            problems=tuple(self._problems),
            scanned=len(known),
            engines=catalogue.versions(request.config.engines),
            rules=catalogue.rules(self._rule_folders(sources)) if request.explain else {},
            started=started,
            ended=datetime.now(timezone.utc),
            fail_on=request.fail_on,
        )

    def _gone(self, origins: Origins) -> list[Notice]:
        """What to say of files below the paths that are gone, with the blocks that are recorded in them."""
        paths = [resolve(self._request.base / path) for path in self._request.paths]
        roots = dict.fromkeys([*map(workspace_root, paths), *self._workspaces.values()])

        def is_meant(file: Path) -> bool:
            return any(file.is_relative_to(path) for path in paths)

        return [notice for root in roots for notice in origins.gone(root, is_meant)]

    def _workspace(self, folder: Path) -> Path:
        if folder not in self._workspaces:
            self._workspaces[folder] = workspace_root(folder)
        return self._workspaces[folder]

    def _rule_folders(self, sources: list[Source]) -> tuple[Path, ...]:
        """The user's folders with rules; relative ones start at the first file's workspace."""
        return rule_folders(self._request.config, self._workspace(sources[0].root)) if sources else ()

    def _models(self, sources: list[Source]) -> tuple[UserModel, ...]:
        """The user's own models for dataflow."""
        folders = self._rule_folders(sources)
        if not folders:
            return ()
        from leery import flow_models  # noqa: PLC0415 - 15 ms of imports for the few who have some

        models, problems = flow_models.read(folders)
        self._problems += problems
        return models

    def _excluder(self) -> Callable[[Path, str], bool]:
        """Whether the settings exclude a file; their patterns are relative to the file's workspace."""
        excluded = matcher(self._request.config.exclude)
        prefixes: dict[Path, str] = {}

        def is_excluded(root: Path, name: str) -> bool:
            if root not in prefixes:
                inside = relative_name(self._workspace(root), root)
                prefixes[root] = "" if inside in {None, "."} else f"{inside}/"
            return excluded(prefixes[root] + name)

        return is_excluded

    def _changed(self, sources: list[Source], since: str) -> list[Source]:
        """The files with new lines."""
        given = {Path(os.path.normpath(self._request.base / path)) for path in self._request.paths}
        for path in given:
            git.resolve_commit(path if path.is_dir() else path.parent, since)
        by_root: dict[Path, list[Source]] = {}
        for source in sources:
            by_root.setdefault(source.root, []).append(source)
        named = given | {source.root for source in sources if source.explicit}
        bases = bases_of(named, by_root, since)
        for root, members in by_root.items():
            contents = {}
            for source in members:
                data = read_file(str(source.path), MOST_BYTES, found=not source.explicit)
                # What cannot be read stays in, so that the analysis says why.
                self._new_lines[source.path] = None
                if isinstance(data, bytes):
                    contents[source.path.relative_to(root).as_posix()] = data
            for name, lines in lines_since(root, bases[root], contents, nested=root not in named).items():
                self._new_lines[root / name] = lines
        return [source for source in sources if self._new_lines[source.path] != Lines()]

    def _analyze(self, sources: list[Source], on_progress: Callable[[int, int], None]) -> None:
        """Take in what the workers and semgrep say, which run side by side."""
        config = self._request.config
        engines = sorted(config.engines - {"semgrep"})
        models = self._models(sources)
        setup = {
            "engines": engines,
            "limit": MOST_BYTES,
            "explain": self._request.explanations,
            "models": models,
        }
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="leery-")))
            semgrep = None
            if "semgrep" in config.engines and sources:
                semgrep = stack.enter_context(Semgrep(self._rule_folders(sources), self._request.jobs))
            pool = stack.enter_context(Pool(sources, setup, folder, self._request.jobs))
            for done, outcome in enumerate(pool.outcomes(), start=1):
                if semgrep is not None:
                    semgrep.feed(outcome.bodies)
                self._outcomes[outcome.source.path] = replace(outcome, bodies=())
                on_progress(done, len(sources))
            if semgrep is not None:
                said = semgrep.wait()
                self._problems += semgrep.problems
                if isinstance(said, Notice):
                    self._notices.append(said)
                else:
                    self._semgrep = said

    def _report(self, outcome: Outcome) -> Report:
        """What the workers and semgrep say of a file."""
        if self._semgrep is None:
            return outcome.report
        said = ((start, self._semgrep[key]) for start, key in outcome.units)
        return sum((report.shift(start) for start, report in said if report != _NOTHING), start=outcome.report)

    def _unknown(self, source: Source) -> FileResult:
        """A file that was named, but that nobody can read."""
        notice = Notice(ENGINE, "limit", "No analyzer knows this kind of file: not analysed.")
        return FileResult(source, Text(), notices=(notice,))

    def _result(self, source: Source) -> FileResult | None:
        """A file's merged findings that are asked for; None when there is nothing to say."""
        outcome = self._outcomes[source.path]
        report = self._report(outcome)
        if not report.findings and not report.notices and not outcome.explanations:
            return None
        text = self._text(source)
        if text is None:
            notice = Notice(ENGINE, "crash", "The file changed while it was scanned: scan it again.")
            return FileResult(source, Text(), notices=(notice,))
        workspace = self._workspace(source.root)
        is_wanted = self._filter(source, text)
        shown, suppressed = [], []
        stands, refuted = adjudicate(report.findings, outcome.judgements)
        refuted = [item for item in refuted if is_wanted(item.finding)]
        for finding in merge(stands, text):
            if not is_wanted(finding):
                continue
            complete = proven(finding, text, source.language, outcome.proofs, self._semgrep)
            reason = self._suppressions.reason(workspace, source.path, finding)
            if reason is None:
                shown.append(complete)
            else:
                suppressed.append(Suppressed(complete, reason))
        notices = tuple(dict.fromkeys(report.notices))
        if not shown and not suppressed and not notices and not refuted and not outcome.explanations:
            return None
        return FileResult(source, text, tuple(shown), tuple(suppressed), notices, tuple(refuted), outcome.explanations)

    def _text(self, source: Source) -> Text | None:
        """What was analysed, read once more; None when it is not the same any more."""
        wanted = self._outcomes[source.path].digest
        if not wanted:
            return Text()
        data = read_file(str(source.path), MOST_BYTES, found=not source.explicit)
        if isinstance(data, Notice) or digest(data) != wanted:
            return None
        return Text(decode(data, source.language).text or "")

    def _filter(self, source: Source, text: Text) -> Callable[[Finding], bool]:
        """Whether a finding is severe enough, and it or a step of its path lies where findings are asked for."""
        floor = self._request.config.minimum_severity
        new = self._new_lines.get(source.path)
        workspace = self._workspace(source.root)
        flagged = None
        if self._origins is not None:
            flagged = self._origins.flagged(source.path, source.language, text)

        def is_wanted(finding: Finding) -> bool:
            places = [finding.range, *(step.range for step in finding.path)]
            return (
                level_at_least(finding.severity, floor)
                and not self._is_known(workspace, finding, source.language, text)
                and any(covers(new, text.line_of(place.start), text.line_of(place.end)) for place in places)
                and (flagged is None or any(place.overlaps(block) for place in places for block in flagged))
            )

        return is_wanted

    def _is_known(self, workspace: Path, finding: Finding, language: str, text: Text) -> bool:
        """Whether a finding is about a package that the workspace knows; it is looked at when that is first asked."""
        if finding.rule not in PACKAGE_RULES:
            return False
        if workspace not in self._inventories:
            self._inventories[workspace] = take_inventory(workspace)
        return self._inventories[workspace].leaves_out(finding, language, text)


def _not_read(path: Path) -> Notice:
    text = f"{path.name} of the workspace is not read; pass --trusted if you vouch for the workspace."
    return Notice(ENGINE, "limit", text)


def _origins() -> Origins:
    from leery.batch.origins import Origins  # noqa: PLC0415 - 60 ms of imports for who asks for assistants' code only

    return Origins()


def _not_recorded(workspace: Path) -> Notice:
    text = f"Where the text of {workspace} came from is not known: no server has recorded it."
    return Notice(ENGINE, "limit", text)
