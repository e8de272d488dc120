"""The resident semgrep: keeps one `LspProcess` alive, asks it about units, and knows when not to believe it.

Must not know documents, rules' contents or how the process is talked to. All its work is done by one task, so that a
caller who goes away never leaves the process with half a question.

What is told as "nothing found" either follows from the rules, since the unit lacks what each of them needs, or has been
witnessed (see `canary`). The canary is scanned after each start, every so many scans, and before a process is replaced.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from leery_analyzers.model import Notice, Report, Rule
from leery_analyzers.semgrep import pack
from leery_analyzers.semgrep.batch import MISSING, match_units, prefilter_of, refusal
from leery_analyzers.semgrep.binary import Room, core_stamp, find_core
from leery_analyzers.semgrep.canary import Witness, finds_canary
from leery_analyzers.semgrep.core import CoreError, rejected_rules
from leery_analyzers.semgrep.languages import LANGUAGES
from leery_analyzers.semgrep.lsp_process import LspProcess, ProcessEndedError, Reply
from leery_analyzers.semgrep.results import notice, report_of
from leery_analyzers.semgrep.slices import slice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from leery_analyzers.analyzer import Unit
    from leery_analyzers.semgrep.prefilter import Prefilter

logger = logging.getLogger(__name__)

StateName = Literal["starting", "ready", "restarting", "missing", "disabled", "closed"]

_PATIENCE = 1.0  # seconds to wait for a process that is starting before a direct call is made instead
_DELAYS = (0.0, 0.25, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class EngineState:
    """What the engine is doing, for a status display; `message` is for a person and may be empty."""

    name: StateName
    message: str = ""


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """When a process is mistrusted or replaced.

    Attributes:
        recycle_scans: a process is replaced after so many scans, since it grows with each.
        recycle_bytes: or when it holds so much memory, where the system tells.
        canary_every: scans between two canaries.
        restarts: after so many ends within `window` seconds it is not started again.
        window: seconds.
        start_seconds: a process that takes longer to start is ended.
    """

    recycle_scans: int = 500
    recycle_bytes: int = 400 * 2**20
    canary_every: int = 50
    restarts: int = 5
    window: float = 60.0
    start_seconds: float = 30.0


@dataclass
class _Job:
    units: Sequence[Unit]
    timeout: float
    done: asyncio.Future[list[Report]]
    reports: dict[int, Report] = field(default_factory=dict)
    direct: list[int] = field(default_factory=list)
    next: int = 0


class SemgrepEngine:
    """The semgrep tier. Make one, `start` it, `analyze`, `close` it; it belongs to the event loop it is started in.

    Attributes:
        name: as in `Analyzer`.
        languages: language ids it understands.

    Args:
        rule_folders: the user's, already trusted. A folder that changed later wants a new engine.
        core: ``semgrep-core``; looked up when not given.
        own_rules: whether the rules shipped with Leery are applied.
        limits: when to replace a process.
        on_state: called after each change of `state`, with a notice when there is something to tell the person.
        on_doubt: called with the `Unit.key` of results that were given since the last canary sang, when it did not:
            they are to be forgotten and asked for again.
    """

    name = "semgrep"

    def __init__(
        self,
        rule_folders: Sequence[Path] = (),
        *,
        core: Path | None = None,
        own_rules: bool = True,
        limits: EngineLimits | None = None,
        on_state: Callable[[Notice | None], None] | None = None,
        on_doubt: Callable[[frozenset[str]], None] | None = None,
    ) -> None:
        self.languages = frozenset(LANGUAGES)
        self._folders = tuple(rule_folders)
        self._own_rules = own_rules
        self._core = core or find_core()
        self._limits = limits or EngineLimits()
        self._on_state = on_state
        self._on_doubt = on_doubt
        self._state = EngineState("starting") if self._core else EngineState("missing", MISSING)
        self._version: str | None = None
        self._rules: pack.RuleSet | None = None
        self._prefilter: Prefilter | None = None
        self._room: Room | None = None
        self._process: LspProcess | None = None
        self._starting: asyncio.Task[None] | None = None
        self._worker: asyncio.Task[None] | None = None
        self._begun: asyncio.Task[None] | None = None
        self._weighing: asyncio.Task[None] | None = None
        self._side_tasks: set[asyncio.Task[None]] = set()
        self._queue: asyncio.Queue[_Job] = asyncio.Queue()
        self._ends: deque[float] = deque()
        self._since_canary: set[str] = set()
        self._pending: list[Notice] = []
        self._generations = itertools.count(1)
        self._witness = Witness()
        self._turn = asyncio.Lock()  # held while the process is asked, so that it is not replaced in mid-question

    @property
    def state(self) -> EngineState:
        """What it is doing."""
        return self._state

    @property
    def version(self) -> str:
        """Changes with the rule files and with the installed semgrep; part of cache keys."""
        if self._version is None:
            stamp = core_stamp(self._core) if self._core is not None else "none"
            self._version = f"1-{stamp}-{pack.fingerprint(self._folders, own=self._own_rules)}"
        return self._version

    @property
    def pid(self) -> int | None:
        """The process id of the resident process, when there is one."""
        return self._process.pid if self._process is not None and self._process.alive else None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is wrong with the rule files; complete once started."""
        return self._loaded().notices

    def rules(self) -> tuple[Rule, ...]:
        """Every rule it can report; once started, those that semgrep accepts."""
        return self._loaded().rules()

    def _loaded(self) -> pack.RuleSet:
        if self._rules is None:
            self._rules = pack.load_rules(self._folders, own=self._own_rules)
        return self._rules

    async def start(self) -> None:
        """Read the rules and start the resident process. Never raises for what is wrong with either; see `state`."""
        if self._begun is None:
            self._begun = asyncio.create_task(self._begin())
        await asyncio.shield(self._begun)

    async def _begin(self) -> None:
        rules = await asyncio.to_thread(self._loaded)
        if self._core is None:
            self._pending.append(notice("missing", MISSING))
            self._enter(self._state, self._pending[0])
            return
        self._room = await asyncio.to_thread(Room)
        if self._folders:
            self._rules = rules = await self._accepted(self._core, self._room, rules)
        for item in rules.notices:
            self._enter(self._state, item)
        self._worker = asyncio.create_task(self._work())
        self._starting = asyncio.create_task(self._spawn())
        await asyncio.wait({self._starting})
        self._weighing = asyncio.create_task(self._weigh(self._core, self._room, rules))

    async def _weigh(self, core: Path, room: Room, rules: pack.RuleSet) -> None:
        """Learn what the rules need; until then every unit is asked about."""
        self._prefilter = await prefilter_of(core, room, rules)

    async def _accepted(self, core: Path, room: Room, rules: pack.RuleSet) -> pack.RuleSet:
        folder = room.folder("check")
        try:
            return rules.without(await rejected_rules(core, room, folder, rules))
        except (CoreError, OSError) as error:
            logger.warning("semgrep could not check the rules: %s", type(error).__name__)
            return rules

    async def analyze(
        self,
        units: Sequence[Unit],
        timeout: float = 10.0,
    ) -> list[Report]:
        """A report for every unit, in their order. What was not looked at has a notice; never raises for a unit.

        Cancelling the call takes its units out of the queue. Several calls take turns, unit by unit.

        Args:
            units: of any language.
            timeout: seconds for one unit.
        """
        await self.start()
        if self._state.name == "closed":
            return [Report((), (notice("crash", "semgrep was switched off."),)) for _ in units]
        if self._core is None:
            return self._with_pending([Report() for _ in units])
        job = _Job(units, timeout, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(job)
        return await job.done

    async def close(self) -> None:
        """End everything within two seconds and remove the private folder. Calls that wait are cancelled."""
        self._state = EngineState("closed")
        tasks = [
            task
            for task in (self._begun, self._worker, self._starting, self._weighing, *self._side_tasks)
            if task is not None
        ]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        while not self._queue.empty():
            self._queue.get_nowait().done.cancel()
        process, self._process = self._process, None
        if process is not None:
            await process.stop()
        room, self._room = self._room, None
        if room is not None:
            await asyncio.to_thread(room.remove)

    async def _work(self) -> None:
        while True:
            job = await self._queue.get()
            if job.done.done():
                continue
            try:
                await self._step(job)
            except asyncio.CancelledError:
                job.done.cancel()
                raise
            except Exception:
                logger.exception("the semgrep engine failed")
                failed = Report((), (notice("crash"),))
                job.reports = {number: job.reports.get(number, failed) for number in range(len(job.units))}
                self._finish(job)
            if not job.done.done():
                self._queue.put_nowait(job)

    async def _step(self, job: _Job) -> None:
        """One unit of a job, or all of its direct calls at its end."""
        if job.next < len(job.units):
            number = job.next
            job.next += 1
            unit = job.units[number]
            report = refusal(unit) or (await self._ask(unit, job.timeout) if self._may_match(unit) else Report())
            if report is None:
                job.direct.append(number)
            else:
                job.reports[number] = report
        elif job.direct:
            assert self._core is not None
            assert self._room is not None
            units = [job.units[number] for number in job.direct]
            found = await match_units(self._core, self._room, self._loaded(), units, timeout=max(job.timeout, 10.0))
            job.reports.update(zip(job.direct, found, strict=True))
            job.direct = []
        if len(job.reports) == len(job.units):
            self._finish(job)

    def _may_match(self, unit: Unit) -> bool:
        return bool(self._loaded().by_id) and (self._prefilter is None or self._prefilter.may_match(slice_of(unit)))

    def _finish(self, job: _Job) -> None:
        if not job.done.done():
            job.done.set_result(self._with_pending([job.reports[number] for number in range(len(job.units))]))

    def _with_pending(self, reports: list[Report]) -> list[Report]:
        """Add what is to be said once to the first report."""
        if self._pending and reports:
            reports[0] = Report(reports[0].findings, (*reports[0].notices, *self._pending))
            self._pending = []
        return reports

    async def _ask(self, unit: Unit, timeout: float) -> Report | None:
        """What the resident process says; None when a direct call must be made."""
        async with self._turn:
            process = await self._usable()
            return None if process is None else await self._ask_process(process, unit, timeout)

    async def _ask_process(self, process: LspProcess, unit: Unit, timeout: float) -> Report | None:
        piece = slice_of(unit, self._witness.word)
        try:
            reply = await process.scan(piece.data, LANGUAGES[unit.language].suffix, timeout)
        except asyncio.TimeoutError:
            await self._replace(process, "it took too long")
            return Report((), (notice("timeout"),))
        except ProcessEndedError:  # known from its streams, maybe before the system has told of its end
            await self._replace(process, "it ended")
            return None
        except OSError:
            if not process.alive:
                await self._replace(process, "it ended")
            return None
        self._recycle_when_old(process)
        believed = await self._believes(reply, process)
        rules = self._loaded()
        if not believed or any(hit.rule in rules.by_id and rules.by_id[hit.rule].binds_in_fix for hit in reply.hits):
            return None
        self._since_canary.add(unit.key)
        return report_of(piece, reply.hits, reply.problems, rules)

    async def _usable(self) -> LspProcess | None:
        if self._process is None and self._starting is not None:
            await asyncio.wait({self._starting}, timeout=_PATIENCE)
        if self._process is not None and not self._process.alive:
            await self._replace(self._process, "it ended")
        return self._process

    async def _believes(self, reply: Reply, process: LspProcess) -> bool:
        """Whether a reply was witnessed; one that was not, and every so many scans, put the process to the test."""
        believed = reply.scanned is not False and self._witness.saw(reply)
        if not believed or process.scans % self._limits.canary_every == 0:
            await self._check(process)
        return believed

    async def _check(self, process: LspProcess) -> None:
        """Scan the canary; a process that misses it is replaced, and what it said since the last one is doubted."""
        if await finds_canary(process):
            self._since_canary.clear()
            return
        doubted, self._since_canary = frozenset(self._since_canary), set()
        message = "semgrep missed code that it must find, so it is started again"
        if doubted:
            message += f" and its last {len(doubted)} results are doubtful"
        self._pending.append(notice("crash", message + "."))
        await self._replace(process, "it missed the canary")
        if doubted and self._on_doubt is not None:
            self._on_doubt(doubted)

    async def _replace(self, process: LspProcess, why: str) -> None:
        """End a process that is of no use and start another, later and later, until it is given up."""
        if self._process is not process:
            return
        self._process = None
        await process.kill()
        self._count_end(why)

    def _count_end(self, why: str) -> None:
        now = asyncio.get_running_loop().time()
        self._ends.append(now)
        while self._ends and now - self._ends[0] > self._limits.window:
            self._ends.popleft()
        if len(self._ends) > self._limits.restarts:
            text = (
                f"the resident semgrep was ended {len(self._ends)} times within a minute ({why}) and is not started"
                " again; its rules are applied by a slower way."
            )
            self._pending.append(notice("crash", text))
            self._starting = None
            self._enter(EngineState("disabled", text), self._pending[-1])
            return
        self._enter(EngineState("restarting", why))
        delay = _DELAYS[min(len(self._ends), len(_DELAYS)) - 1]
        self._starting = asyncio.create_task(self._spawn(delay))

    async def _spawn(self, delay: float = 0.0) -> None:
        await asyncio.sleep(delay)
        try:
            process = await self._new_process()
        except (asyncio.TimeoutError, ProcessEndedError, OSError) as error:
            self._count_end(f"it does not start: {type(error).__name__}")
            return
        self._process = process
        self._enter(EngineState("ready"))

    async def _new_process(self) -> LspProcess:
        """A process that has found the canary."""
        assert self._core is not None
        assert self._room is not None
        folder = self._room.folder(f"resident-{next(self._generations)}")
        rules = self._room.path / f"{folder.name}.json"
        await asyncio.to_thread(self._loaded().write, rules, *self._witness.rules())
        start = LspProcess.start(self._core, self._room, folder, rules)
        process = await asyncio.wait_for(start, self._limits.start_seconds)
        if not await finds_canary(process):
            await process.kill()
            raise ProcessEndedError("it missed the canary")
        return process

    def _recycle_when_old(self, process: LspProcess) -> None:
        full = process.scans % 10 == 0 and process.resident_bytes() > self._limits.recycle_bytes
        if (full or process.scans >= self._limits.recycle_scans) and not self._side_tasks:
            task = asyncio.create_task(self._recycle(process))
            self._side_tasks.add(task)
            task.add_done_callback(self._side_tasks.discard)

    async def _recycle(self, old: LspProcess) -> None:
        """Start a successor first, so that nobody waits; a successor that does not start leaves the old one at work."""
        with contextlib.suppress(asyncio.TimeoutError, ProcessEndedError, OSError):
            successor = await self._new_process()
            async with self._turn:
                if self._process is old:
                    await self._check(old)
                if self._process is not old:  # it was of no use any more and is being replaced already
                    await successor.kill()
                    return
                self._process = successor
            await old.stop()

    def _enter(self, state: EngineState, told: Notice | None = None) -> None:
        if self._state.name == "closed":
            return
        self._state = state
        if self._on_state is not None:
            self._on_state(told)
