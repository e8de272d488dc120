"""The slow engines behind one face: units in, reports by key out, whatever happens.

Must not know targets or versions. A tier never raises for an engine's failure: it says so in a notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from leery.workers import WorkerDiedError, WorkerTimeoutError
from leery_analyzers.model import Notice, NoticeKind, Report, report_from_json
from leery_analyzers.wire import unit_to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leery.cache import ResultCache
    from leery.workers import WorkerProcess
    from leery_analyzers.analyzer import Unit


class Tier(Protocol):
    """One slow engine.

    Attributes:
        name: the engine.
        version: part of every cache key.
        languages: language ids it understands.
        batch: most lines to send in one go, so that a newer edit need not wait long.
    """

    name: str
    version: str
    languages: frozenset[str]
    batch: int

    async def analyze(self, units: Sequence[Unit]) -> dict[str, Report]:
        """A report for every unit, by key."""
        ...


class WorkerTier:
    """An analyzer in a worker process of its own.

    Args:
        name: the engine's name in the registry.
        version: the engine's version.
        languages: language ids it understands.
        worker: the process that hosts it.
        timeout: seconds for one batch.
    """

    batch = 600

    def __init__(
        self, name: str, version: str, languages: frozenset[str], worker: WorkerProcess, timeout: float = 20.0
    ) -> None:
        self.name = name
        self.version = version
        self.languages = languages
        self._worker = worker
        self._timeout = timeout

    async def analyze(self, units: Sequence[Unit]) -> dict[str, Report]:
        """A report for every unit, by key; a batch that fails is asked again unit by unit, to find the culprit."""
        try:
            answer = await self._worker.ask(
                "units", self._timeout, engine=self.name, units=[unit_to_json(unit) for unit in units]
            )
        except WorkerDiedError as error:
            if len(units) == 1 or self._worker.given_up:
                return {unit.key: Report(notices=(_failure(self.name, error),)) for unit in units}
            alone: dict[str, Report] = {}
            for unit in units:
                alone.update(await self.analyze([unit]))
            return alone
        reports: dict[str, Any] = answer["reports"]
        return {key: report_from_json(report) for key, report in reports.items()}


def _failure(engine: str, error: WorkerDiedError) -> Notice:
    kind: NoticeKind = "timeout" if isinstance(error, WorkerTimeoutError) else "crash"
    return Notice(engine, kind, f"{engine} could not analyse this code: {error}.")


class CachedTier:
    """A tier that remembers: what an engine of this version said of a unit is not asked twice.

    Args:
        tier: who is asked.
        cache: where answers are kept; a report with notices is not kept.
    """

    def __init__(self, tier: Tier, cache: ResultCache) -> None:
        self.name = tier.name
        self.version = tier.version
        self.languages = tier.languages
        self.batch = tier.batch
        self._tier = tier
        self._cache = cache
        self._distrusted: set[str] = set()

    def distrust(self, keys: Iterable[str]) -> None:
        """Ask again about these units, whatever was kept of them."""
        self._distrusted.update(keys)

    async def analyze(self, units: Sequence[Unit]) -> dict[str, Report]:
        """A report for every unit, by key, from the cache where it has one."""
        keys = {unit.key: unit for unit in units}
        trusted = keys.keys() - self._distrusted
        reports = dict(await self._cache.get_many(self.name, self.version, trusted))
        missing = [unit for key, unit in keys.items() if key not in reports]
        if missing:
            fresh = await self._tier.analyze(missing)
            for key, report in fresh.items():
                if not report.notices:
                    self._cache.put(self.name, self.version, key, report)
                    self._distrusted.discard(key)
            reports.update(fresh)
        return reports
