"""Runs the tiers over the targets: the instant worker after every edit, then each slow tier on what is missing.

Must not know origins, logs or LSP: it is given texts with a focus and gives back analyses. A result is used only for
the version it was computed for. All methods are to be called on the event loop and return at once unless awaited.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from leery.gently import gently
from leery.scheduler.answers import learn, read_flows, seen
from leery.scheduler.target import DATAFLOW, INSTANT, Analysis, Early, PlacedUnit, Ranges, Seen, Target
from leery.workers import WorkerDiedError, WorkerTimeoutError
from leery_analyzers.judge import Flows
from leery_analyzers.model import Notice, Report, report_from_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Sequence

    from leery.scheduler.tiers import Tier
    from leery.workers import WorkerProcess
    from leery_analyzers.analyzer import Unit
    from leery_analyzers.model import NoticeKind
    from leery_analyzers.proof import Where
    from leery_analyzers.text import Text, TextEdit

logger = logging.getLogger(__name__)

_INSTANT_TIMEOUT = 10.0
_FLOWS_TIMEOUT = 30.0
_RESTART_WAIT = 3.0
_PUBLISH_EVERY = 0.25


class Scheduler:
    """Owner of all targets and of the work on them.

    Args:
        instant: the worker that mirrors documents and runs the instant tier.
        tiers: slow engines, cheapest first.
        on_analysis: told every new analysis, instant ones first; called on the event loop.
    """

    def __init__(self, instant: WorkerProcess, tiers: Sequence[Tier], on_analysis: Callable[[Analysis], None]) -> None:
        self._instant = instant
        self._on_analysis = on_analysis
        self._targets: dict[str, Target] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._following: dict[str, asyncio.Task[None]] = {}
        self._tiers: list[Tier] = []
        self._runners: dict[str, asyncio.Task[None]] = {}
        self._wakes: dict[str, asyncio.Event] = {}
        self._changed = asyncio.Condition()
        self._restarted = asyncio.Event()
        self._notifying: set[asyncio.Task[Any]] = set()
        self.set_tiers(tiers)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The slow engines in use."""
        return tuple(self._tiers)

    def set_tiers(self, tiers: Sequence[Tier], *, checks: bool = True, dataflow: bool = False) -> None:
        """Use other engines from now on; what the old slow ones said is forgotten unless an equal one stays.

        Args:
            tiers: slow engines, cheapest first.
            checks: whether findings of the instant tier count; its notices always do.
            dataflow: whether flows are followed.
        """
        self._checks, self._dataflow = checks, dataflow
        for runner in self._runners.values():
            runner.cancel()
        self._tiers = list(tiers)
        self._wakes = {tier.name: asyncio.Event() for tier in tiers}
        self._runners = {tier.name: asyncio.create_task(self._run_tier(tier)) for tier in tiers}
        for target in self._targets.values():
            for gone in target.reports.keys() - {INSTANT, *self._wakes}:
                del target.reports[gone]
            target.news += 1
            self._background(self._publish(target))
            self._wake_tiers(target)
            self._kick_flows(target)

    def forget(self, engine: str, keys: Iterable[str]) -> None:
        """Forget what an engine said of some units, because it cannot be believed, and ask it again."""
        doubted = frozenset(keys)
        for target in self._targets.values():
            reports = target.reports.get(engine, {})
            for key in doubted & reports.keys():
                del reports[key]
                target.news += 1
            self._wake_tiers(target)

    def open(self, name: str, language: str, text: Text, version: int, focus: Ranges | None) -> None:
        """Start to analyse a text."""
        self._targets[name] = Target(name, language, version, text, focus)
        self._instant.send("open", doc=name, language=language, text=str(text))
        self._kick(name)

    def edit(self, name: str, edits: Sequence[TextEdit], text: Text, version: int) -> None:
        """Go on to the next version of a text; the analysis starts after the caller, who may `refocus` before.

        Args:
            name: the target.
            edits: sequential: each speaks of the text that the one before it left.
            text: the text after all of them.
            version: its version.
        """
        target = self._targets[name]
        listed = [[e.start, e.end, e.text] for e in edits]
        self._instant.send("edit", doc=name, edits=listed, then=self._ask_early(target, edits, version))
        target.edit(edits, version, text)
        self._kick(name)

    def refocus(self, name: str, focus: Ranges | None) -> None:
        """The same text, but findings are wanted elsewhere; one that is blocked stays so until it changes."""
        target = self._targets.get(name)
        if target is None or target.focus == focus:
            return
        target.focus = focus
        if target.blocked is None:
            target.news += 1
            target.analyzed = None
            self._kick(name)

    def close(self, name: str) -> None:
        """Stop to analyse a text."""
        if self._targets.pop(name, None) is not None:
            self._instant.send("close", doc=name)
            self._background(self._notify())

    def text(self, name: str) -> Text | None:
        """The newest text of a target."""
        target = self._targets.get(name)
        return target.text if target is not None else None

    def language(self, name: str) -> str | None:
        """The language id of a target."""
        target = self._targets.get(name)
        return target.language if target is not None else None

    def awaits(self, name: str) -> bool:
        """Whether the newest version of a text has no analysis yet."""
        target = self._targets.get(name)
        return target is not None and target.analyzed is None

    async def settled(self, name: str) -> Analysis | None:
        """The first analysis of the newest version on which no engine works any more; None once it is closed.

        All have been told of it before.
        """
        async with self._changed:
            while (target := self._targets.get(name)) is not None:
                told = target.told
                if told is not None and not told.pending:
                    return told
                if told is not None or target.analyzed != target.version or not await self._publish(target):
                    await self._changed.wait()
        return None

    def reopen(self) -> None:
        """Send every text to the instant worker again, after it was started anew."""
        for target in self._targets.values():
            self._instant.send("open", doc=target.name, language=target.language, text=str(target.text))
        self._restarted.set()
        self._restarted = asyncio.Event()

    def follow_anew(self) -> None:
        """Follow the flows of every text again: with other models, others are found."""
        for target in self._targets.values():
            target.flows_for = None
            target.asked += 1
            target.news += 1
            self._kick_flows(target)

    async def around(self, name: str, places: Where) -> Seen:
        """What the instant worker says of the units that meet some places.

        Raises:
            WorkerDiedError: it could not say.
        """
        return seen(await self._instant.ask("around", _INSTANT_TIMEOUT, **self._proof_request(name, places)))

    async def preview(self, name: str, edits: Sequence[TextEdit], places: Where) -> tuple[Seen, bool]:
        """The same for a copy with simultaneous edits applied, and whether all of it parses; `places` are in the copy.

        Raises:
            WorkerDiedError: it could not say.
        """
        listed = [[e.start, e.end, e.text] for e in edits]
        request = self._proof_request(name, places)
        answer = await self._instant.ask("preview", _INSTANT_TIMEOUT, edits=listed, **request)
        return seen(answer), not answer["broken"]

    async def slow_reports(self, name: str, units: Sequence[Unit]) -> list[tuple[Unit, Report]]:
        """What the slow engines say of units that need not belong to the target's text."""
        target = self._targets[name]
        said: list[tuple[Unit, Report]] = []
        for tier in self._tiers:
            if target.language not in tier.languages:
                continue
            kept = target.reports.get(tier.name, {})
            missing = [unit for unit in units if unit.key not in kept]
            fresh = await tier.analyze(missing) if missing else {}
            said += [(unit, kept.get(unit.key) or fresh[unit.key]) for unit in units]
        return said

    async def close_all(self) -> None:
        """Stop all work."""
        tasks = [*self._tasks.values(), *self._following.values(), *self._runners.values(), *self._notifying]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _engines(self, target: Target) -> list[str]:
        return [tier.name for tier in self._tiers if target.language in tier.languages]

    def _request(self, name: str, places: Ranges | None) -> dict[str, Any]:
        target = self._targets[name]
        return {"doc": name, "version": target.version, "ranges": _listed(places), "known": []}

    def _proof_request(self, name: str, places: Where) -> dict[str, Any]:
        followed = self._dataflow and self._targets[name].followed
        return {"doc": name, "ranges": _listed(places.units), "flows": _listed(places.flows) if followed else None}

    def _ask_early(self, target: Target, edits: Sequence[TextEdit], version: int) -> dict[str, Any] | None:
        """The request for an analysis that can go along with an edit, unless an earlier one is still under way."""
        task = self._tasks.get(target.name)
        if not self._instant.alive or (task is not None and not task.done()):
            return None
        focus = target.guess(edits)
        identity, answer = self._instant.expect(_INSTANT_TIMEOUT)
        target.early = Early(target.generation + 1, focus, answer)
        return {"id": identity, "version": version, "ranges": _listed(focus), "known": list(target.bodies)}

    def _answer(self, target: Target) -> Awaitable[dict[str, Any]]:
        """The answer to come for the newest version: to what went along with its edit, if the focus was guessed."""
        early, target.early = target.early, None
        if early is not None and early.generation == target.generation and early.focus == target.focus:
            return early.answer
        request = {**self._request(target.name, target.focus), "known": list(target.bodies)}
        return self._instant.ask("analyze", _INSTANT_TIMEOUT, **request)

    def _kick(self, name: str) -> None:
        task = self._tasks.get(name)
        if task is None or task.done():
            self._tasks[name] = asyncio.create_task(self._run_instant(name))

    async def _run_instant(self, name: str) -> None:
        while (target := self._targets.get(name)) is not None and target.analyzed != target.version:
            version, generation, focus = target.version, target.generation, target.focus
            try:
                answer = await self._answer(target)
            except WorkerDiedError as error:
                await self._instant_failed(target, error)
                continue
            if "stale" in answer:
                continue
            await learn(target, answer["fresh"])  # it holds of the units, whatever has come of the document since
            if target.generation != generation or target.focus != focus:
                continue
            await self._place(target, answer, version)
        self._tasks.pop(name, None)

    async def _place(self, target: Target, answer: dict[str, Any], version: int) -> None:
        units = [PlacedUnit(start, key) for start, _line, key in answer["units"]]
        target.notices = report_from_json({"findings": [], "notices": answer["notices"]}).notices
        target.place(units, version)
        await self._publish(target)
        self._wake_tiers(target)
        self._kick_flows(target)

    def _kick_flows(self, target: Target) -> None:
        task = self._following.get(target.name)
        if self._dataflow and target.awaits_flows and (task is None or task.done()):
            self._following[target.name] = asyncio.create_task(self._run_flows(target.name))

    async def _run_flows(self, name: str) -> None:
        """Ask for the flows of the newest version, once it has its instant analysis; that one goes first."""
        while (target := self._targets.get(name)) is not None and self._dataflow and target.awaits_flows:
            if target.analyzed != target.version:
                break  # it is asked for again when the version has been analysed
            asked = target.generation, target.focus
            count = target.asked
            try:
                answer = await self._instant.ask("flows", _FLOWS_TIMEOUT, doc=name, ranges=_listed(target.focus))
            except WorkerDiedError as error:
                answer = {"flows": Flows(Report(notices=(_flows_failed(error),))).to_json()}
            flows = await read_flows(answer.get("flows"))
            if asked != (target.generation, target.focus) or count != target.asked or "later" in answer:
                continue
            target.followed = "unsupported" not in answer
            target.flows = flows
            target.flows_for = asked
            target.news += 1
            await self._publish(target)
        self._following.pop(name, None)

    async def _instant_failed(self, target: Target, error: WorkerDiedError) -> None:
        target.failures += 1
        restarted = self._restarted
        if target.failures >= 2 or self._instant.given_up:  # this very text kills it: stop until it changes
            kind: NoticeKind = "timeout" if isinstance(error, WorkerTimeoutError) else "crash"
            target.block(Notice("checks", kind, f"This text is not analysed until it changes: {error}."))
            await self._publish(target)
            return
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(restarted.wait(), _RESTART_WAIT)

    def _wake_tiers(self, target: Target) -> None:
        for name in self._engines(target):
            if target.missing(name):
                self._wakes[name].set()

    async def _run_tier(self, tier: Tier) -> None:
        wake = self._wakes[tier.name]
        while True:
            await wake.wait()
            wake.clear()
            while (job := self._next_job(tier)) is not None:
                target, units, last = job
                reports = await tier.analyze(units)
                target.report(tier.name, reports)
                if last or not target.missing(tier.name):
                    await self._publish(target)

    def _next_job(self, tier: Tier) -> tuple[Target, list[Unit], bool] | None:
        """The next batch: of the target edited last; whether it is time to show what came of it."""
        for target in reversed(self._targets.values()):
            if tier.name not in self._engines(target):
                continue
            missing = target.missing(tier.name)
            if missing:
                batch = _batch(missing, tier.batch)
                return target, batch, len(batch) == len(missing)
        return None

    def _assembling(self, target: Target) -> Generator[None, None, Analysis]:
        return target.assembling(self._engines(target), checks=self._checks, dataflow=self._dataflow)

    async def _publish(self, target: Target) -> bool:
        """Make an analysis and tell of it, unless another is made meanwhile or the text is another."""
        target.telling += 1
        telling, news = target.telling, target.news

        def holds() -> bool:
            here = self._targets.get(target.name) is target and target.analyzed == target.version
            return here and target.telling == telling

        analysis = await gently(self._assembling(target), holds) if holds() else None
        if analysis is None:
            return False
        target.latest = news, analysis
        self._on_analysis(analysis)
        self._background(self._notify())
        return True

    def _background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._notifying.add(task)
        task.add_done_callback(self._notifying.discard)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _listed(places: Ranges | None) -> list[list[int]] | None:
    return None if places is None else [[place.start, place.end] for place in places]


def _batch(units: Iterable[Unit], lines: int) -> list[Unit]:
    batch: list[Unit] = []
    for unit in units:
        lines -= unit.text.count("\n") + 1
        if batch and lines < 0:
            break
        batch.append(unit)
    return batch


def _flows_failed(error: WorkerDiedError) -> Notice:
    kind: NoticeKind = "timeout" if isinstance(error, WorkerTimeoutError) else "crash"
    return Notice(DATAFLOW, kind, f"Flows in this text are not followed until it changes: {error}.")
