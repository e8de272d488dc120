"""The processes behind a session: two workers and the resident semgrep, with their health.

Must not know documents. One set serves all workspaces of the session.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from leery import __version__
from leery.scheduler import CachedTier, Tier, WorkerTier
from leery_analyzers.analyzer import Unit
from leery_analyzers.registry import bandit_analyzer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from leery.cache import ResultCache
    from leery.workers import WorkerProcess, Workers
    from leery_analyzers.dataflow.model_files import UserModel
    from leery_analyzers.model import Notice, Report
    from leery_analyzers.semgrep import SemgrepEngine

logger = logging.getLogger(__name__)

_SEMGREP_TIMEOUT = 20.0


class SemgrepTier:
    """The resident semgrep as a tier; it starts with the first question."""

    name = "semgrep"
    batch = 200

    def __init__(self, engine: SemgrepEngine) -> None:
        self._engine = engine
        self._starting: asyncio.Task[None] | None = None
        self.version = engine.version
        self.languages = engine.languages

    async def analyze(self, units: Sequence[Unit]) -> dict[str, Report]:
        """A report for every unit, by key."""
        if self._starting is None:
            self._starting = asyncio.create_task(self._engine.start())
        await self._starting
        reports = await self._engine.analyze(units, _SEMGREP_TIMEOUT)
        return {unit.key: report for unit, report in zip(units, reports, strict=True)}


class Engines:
    """Owner of all analysis processes.

    Args:
        workers: the instant one is starting.
        cache: results that outlive the processes.
        on_state: called when an engine's health changes.
        tell: says something to the person.
        on_restart: called when the instant worker was started anew and needs the documents again.
        on_models: called when dataflow uses other models.
        on_doubt: called with an engine and the keys of units about which it cannot be believed after all.
    """

    def __init__(
        self,
        workers: Workers,
        cache: ResultCache,
        on_state: Callable[[], None],
        tell: Callable[[str], None],
        on_restart: Callable[[], None],
        on_models: Callable[[], None],
        on_doubt: Callable[[str, frozenset[str]], None],
    ) -> None:
        self._workers = workers
        self._cache = cache
        self._on_state = on_state
        self._tell = tell
        self._on_models = on_models
        self._on_doubt = on_doubt
        self._semgrep_tier: CachedTier | None = None
        self._semgrep: SemgrepEngine | None = None
        self._semgrep_rules: tuple[Path, ...] = ()
        self.instant = workers.instant
        self.instant.on_start = on_restart
        self.instant.on_state = workers.bandit.on_state = self._worker_said
        self._bandit = workers.bandit
        self._enabled: frozenset[str] = frozenset()
        self._versions: dict[str, str] = {}
        self._model_folders: tuple[Path, ...] = ()
        self._models: tuple[UserModel, ...] = ()

    async def prepare(self) -> None:
        """Start what slow engines need."""
        await self._workers.start_slow()

    async def warm(self) -> None:
        """Have the workers load and compile what their first analysis needs, before there is one."""
        unit = Unit("python", "statements", "", 0, 0, "import warm_up_zz\n")
        for name, worker in (("checks", self.instant), ("bandit", self._bandit), ("dataflow", self.instant)):
            await WorkerTier(name, "", frozenset({"python"}), worker).analyze([unit])

    async def tiers(self, enabled: frozenset[str], rules: tuple[Path, ...]) -> list[Tier]:
        """The slow engines that are switched on, cheapest first; what they need is imported and read in a thread.

        Args:
            enabled: names of engines.
            rules: folders with the user's semgrep rules.
        """
        self._enabled = enabled
        found: list[Tier] = []
        if "bandit" in enabled:
            found.append(CachedTier(await asyncio.to_thread(_bandit_tier, self._bandit), self._cache))
        if "semgrep" in enabled:
            self._semgrep_tier = CachedTier(SemgrepTier(await self._semgrep_engine(rules)), self._cache)
            found.append(self._semgrep_tier)
        self._versions = {"checks": __version__, "dataflow": __version__, **{tier.name: tier.version for tier in found}}
        return found

    def use_models(self, folders: tuple[Path, ...]) -> None:
        """Have dataflow use the user's own models; they are read in a thread.

        Args:
            folders: with the user's rules and models.
        """
        if folders != self._model_folders:
            self._model_folders = folders
            self._reading = asyncio.create_task(self._read_models(folders))

    async def _read_models(self, folders: tuple[Path, ...]) -> None:
        from leery import flow_models  # noqa: PLC0415 - 15 ms of imports for the few who have models of their own

        try:
            models, problems = await asyncio.to_thread(flow_models.read, folders)
        except Exception as error:  # nobody waits for this task: what it does not say is never said
            self._tell(f"the models of rules.folders could not be read: {type(error).__name__}")
            raise
        if folders != self._model_folders:
            return
        self._models = models
        for problem in problems:
            self._tell(problem)
        self.send_models()
        self._on_models()

    def send_models(self) -> None:
        """Tell the instant worker, also after it was started anew."""
        self.instant.send("models", models=self._models)

    def health(self) -> list[dict[str, str]]:
        """Every engine's name, state and message, for the status notification."""
        health = [
            _worker_health("checks", self.instant, "checks" in self._enabled),
            _worker_health("dataflow", self.instant, "dataflow" in self._enabled),
            _worker_health("bandit", self._bandit, "bandit" in self._enabled),
        ]
        if self._semgrep is not None and "semgrep" in self._enabled:
            state = self._semgrep.state
            health.append({"name": "semgrep", "state": state.name, "message": state.message})
        else:
            health.append({"name": "semgrep", "state": "disabled", "message": ""})
        return health

    def versions(self) -> dict[str, str]:
        """The version of each engine in use, by name."""
        return dict(self._versions)

    async def close(self) -> None:
        """End every process and remove the working folder."""
        endings = [self._workers.close()]
        if self._semgrep is not None:
            endings.append(self._semgrep.close())
        await asyncio.gather(*endings, return_exceptions=True)

    async def _semgrep_engine(self, rules: tuple[Path, ...]) -> SemgrepEngine:
        if self._semgrep is None or rules != self._semgrep_rules:
            engine = await asyncio.to_thread(self._new_semgrep, rules)
            if self._semgrep is not None:
                self._retired = asyncio.ensure_future(self._semgrep.close())
            self._semgrep, self._semgrep_rules = engine, rules
        return self._semgrep

    def _new_semgrep(self, rules: tuple[Path, ...]) -> SemgrepEngine:
        """An engine that has found semgrep and knows its version, which depends on all rule files; blocks."""
        from leery_analyzers.semgrep import SemgrepEngine  # noqa: PLC0415 - costs start-up, and may be off

        engine = SemgrepEngine(rules, on_state=self._semgrep_said, on_doubt=self._semgrep_doubted)
        _ = engine.version
        return engine

    def _worker_said(self, message: str) -> None:
        self._tell(message)
        self._on_state()

    def _semgrep_doubted(self, keys: frozenset[str]) -> None:
        if self._semgrep_tier is not None:
            self._semgrep_tier.distrust(keys)
        self._on_doubt("semgrep", keys)

    def _semgrep_said(self, notice: Notice | None) -> None:
        if notice is not None:
            self._tell(notice.message)
        self._on_state()


def _bandit_tier(worker: WorkerProcess) -> WorkerTier:
    """Bandit as a tier; imports it, which blocks."""
    bandit = bandit_analyzer()
    return WorkerTier("bandit", bandit.version, bandit.languages, worker)


def _worker_health(name: str, worker: WorkerProcess, enabled: bool) -> dict[str, str]:
    if not enabled:
        return {"name": name, "state": "disabled", "message": ""}
    if worker.given_up:
        return {"name": name, "state": "failed", "message": "it ended too often and is not started again"}
    return {"name": name, "state": "ready" if worker.alive else "starting", "message": ""}
