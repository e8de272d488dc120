"""Provenance logs as months of work leave them: several assistants, findings, fixes, rewrites, reviews, gaps.

``python -m benchmarks.log_data DATABASE --blocks 50000`` writes one with the writer that the server has. Which things
happen, when and where follows from the seed; ids and keys are new each time. About three entries come for each block.
"""

from __future__ import annotations

import argparse
import heapq
import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import count, islice
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from benchmarks.log_flaws import FLAWS, Flaw
from benchmarks.templates import JAVASCRIPT, NOUNS, PYTHON, VERBS

from leery.log.body import (
    FindingClosed,
    FindingOpened,
    FixApplied,
    Gap,
    HintUnmatched,
    Insertion,
    Lapse,
    LoggedOrigin,
    Review,
    Suppression,
)
from leery.log.database import LogDatabase
from leery.log.entry import Entry, format_time, new_id, seal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from leery.log.body import Body, ClosedHow, GapWhat

    Fate = Literal["open", "fixed", "edited", "suppressed", "refuted"]

START = datetime(2026, 2, 2, 8, 0, tzinfo=timezone.utc)
DAYS = 270
_BATCH = 2_000
_FATES: tuple[Fate, ...] = ("fixed", "edited", "suppressed", "refuted", "open")
_PEOPLE = ("Ana Reyes <ana@example.org>", "Bo Lindqvist <bo@example.org>", "Chidi Okafor <chidi@example.org>")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where blocks come from: weight at the beginning and at the end of the time, and how many have a finding."""

    origin: LoggedOrigin
    early: float
    late: float
    insecure: float


def _source(words: str, early: float, late: float, insecure: float) -> _Source:
    kind, evidence, assistant, model = (None if word == "-" else word for word in words.split())
    assert kind is not None
    assert evidence is not None
    return _Source(LoggedOrigin(kind=kind, evidence=evidence, assistant=assistant, model=model), early, late, insecure)


_SOURCES = (
    _source("agent reported claude-code claude-sonnet-5", 2, 9, 0.14),
    _source("agent reported claude-code claude-opus-5", 1, 3, 0.09),
    _source("agent reported codex gpt-5.2-codex", 1, 4, 0.17),
    _source("chat matched cursor gpt-5.2", 3, 3, 0.20),
    _source("completion reported copilot -", 8, 3, 0.11),
    _source("completion observed cursor -", 2, 2, 0.12),
    _source("agent reported gemini-cli gemini-3-pro", 0.2, 2, 0.22),
    _source("paste observed - -", 3, 1, 0.26),
    _source("unknown inferred - -", 1, 0.6, 0.18),
    _source("disk observed - -", 1, 1, 0.10),
)


_PROMPTS = (
    "Add an endpoint that lets users $v their $n and returns it as JSON.",
    "The $n page is slow. Find out why and $v the query.",
    "Write a script that reads $n from the old system and puts them into $m.",
    "Refactor $n so that $m can use it, keep the tests green.",
    "why does the $v of $n fail when $m is empty? please fix",
)
_REASONS = (
    "The value is an enum of our own; checked in the caller.",
    "Test fixture, never deployed.",
    "Accepted until the new gateway is there.",
    "Only reachable from the internal network.",
)


class Story:
    """What happens to one workspace, as bodies of entries with their times.

    Args:
        seed: decides everything.
        blocks: how many insertions there are.
        files: in how many files; one for about 25 blocks when None.
    """

    def __init__(self, seed: int, blocks: int, files: int | None = None) -> None:
        self._random = random.Random(seed)
        self._blocks = blocks
        self._files = [self._file() for _ in range(files or max(3, blocks // 25))]
        self._serial = count()
        self._order = count()
        self._due: list[tuple[datetime, int, Body]] = []
        self._live: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self._sessions: dict[str, str] = {}

    def bodies(self) -> Iterator[tuple[datetime, Body]]:
        """Everything that happens, in its order."""
        step = timedelta(days=DAYS) / self._blocks
        for number in range(self._blocks):
            moment = self._working_time(START + step * number)
            yield from self._until(moment)
            self._insert(moment, number / self._blocks)
            if self._random.random() < 0.002:
                self._interrupt(moment)
        yield from self._until(None)

    def _until(self, moment: datetime | None) -> Iterator[tuple[datetime, Body]]:
        end = START + timedelta(days=DAYS)
        while self._due and (moment is None or self._due[0][0] <= moment):
            time, _, body = heapq.heappop(self._due)
            if time <= end:
                yield time, body

    def _later(self, moment: datetime, body: Body) -> None:
        heapq.heappush(self._due, (moment, next(self._order), body))

    def _working_time(self, moment: datetime) -> datetime:
        """The same day, within the hours in which people work; order within a day is kept."""
        day = moment.replace(hour=8, minute=0, second=0, microsecond=0)
        return day + (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) * 0.4

    def _insert(self, moment: datetime, progress: float) -> None:
        source = self._chosen(progress)
        file = self._random.choice(self._files)
        serial = next(self._serial)
        block = f"{serial:08x}-{self._random.getrandbits(32):08x}"
        before = self._live.get(file)
        rewrites = before is not None and source.origin.assistant is not None and self._random.random() < 0.22
        # What an assistant changes in its own code is worse than what it writes first.
        chance = source.insecure * (2.2 if rewrites else 1.0)
        flaws = (
            [self._flaw() for _ in range(self._random.choice((1, 1, 2, 3)))] if self._random.random() < chance else []
        )
        first = self._random.randrange(1, 600)
        code = self._code(file, flaws)
        lines = code.count("\n")
        origin = self._origin(source, moment)
        told = origin.kind in ("agent", "chat")
        insertion = Insertion(
            file=file,
            block=block,
            origin=origin,
            language="python" if file.endswith(".py") else "javascript",
            ranges=((first * 31, first * 31 + len(code)),),
            lines=((first, first + lines - 1),),
            length=len(code),
            replaces=(before[0],) if rewrites and before is not None else (),
            code=code,
            prompt=self._words(self._random.choice(_PROMPTS)) if told else None,
        )
        self._later(moment, insertion)
        old = before[1] if rewrites and before is not None else []
        if old and self._random.random() < 0.5:
            for fingerprint, rule in old:
                self._close(moment + timedelta(seconds=3), fingerprint, rule, "edited", file, block)
            old = []
        found = [(self._find(moment, file, block, first + at, flaw), flaw.rule) for at, flaw in enumerate(flaws)]
        self._live[file] = (block, old + [(name, rule) for name, rule in found if name is not None])
        self._judge(moment, file, block)

    def _chosen(self, progress: float) -> _Source:
        weights = [source.early + (source.late - source.early) * progress for source in _SOURCES]
        return self._random.choices(_SOURCES, weights)[0]

    def _origin(self, source: _Source, moment: datetime) -> LoggedOrigin:
        origin = source.origin
        if origin.assistant is None or origin.kind == "completion":
            return origin
        key = f"{origin.assistant}-{moment:%Y%m%d}"
        session = self._sessions.setdefault(key, f"{self._random.getrandbits(64):016x}")
        return LoggedOrigin(
            kind=origin.kind,
            evidence=origin.evidence,
            assistant=origin.assistant,
            model=origin.model,
            session=session,
            prompt=f"turn-{self._random.randrange(1, 40)}",
        )

    def _flaw(self) -> Flaw:
        return self._random.choices(FLAWS, [flaw.weight for flaw in FLAWS])[0]

    def _find(self, moment: datetime, file: str, block: str, line: int, flaw: Flaw) -> str | None:
        """Something is found; gives its fingerprint if it stays open."""
        fingerprint = f"{self._random.getrandbits(64):016x}"
        opened = moment + timedelta(seconds=2)
        finding = FindingOpened(
            fingerprint=fingerprint,
            rule=flaw.rule,
            cwe=flaw.cwe,
            engines=flaw.engines,
            severity=flaw.severity,
            confidence=self._random.choice(("high", "medium")),
            file=file,
            line=line,
            end_line=line,
            block=block,
            versions=dict.fromkeys(flaw.engines, "1.0"),
            message=flaw.message,
        )
        self._later(opened, finding)
        fate: Fate = self._random.choices(_FATES, (30, 30, 6, 4, 30))[0]
        after = opened + timedelta(minutes=self._random.expovariate(1 / 300))
        if fate == "fixed":
            title = "Use a parameter"
            fix = FixApplied(
                fingerprint=fingerprint, rule=flaw.rule, applicability="safe", file=file, block=block, title=title
            )
            self._later(after, fix)
        if fate == "suppressed":
            self._suppress(after, fingerprint, flaw.rule, file, block)
        if fate != "open":
            self._close(after + timedelta(seconds=1), fingerprint, flaw.rule, fate, file, block)
        return fingerprint if fate == "open" else None

    def _suppress(self, moment: datetime, fingerprint: str, rule: str, file: str, block: str) -> None:
        until = moment + timedelta(days=self._random.randrange(20, 300))
        suppression = Suppression(
            fingerprint=fingerprint,
            rule=rule,
            file=file,
            block=block,
            expires=until.date().isoformat() if self._random.random() < 0.8 else None,
            reason=self._random.choice(_REASONS),
            by=self._random.choice(_PEOPLE),
        )
        self._later(moment, suppression)

    def _close(
        self, moment: datetime, fingerprint: str, rule: str, how: ClosedHow | Fate, file: str, block: str
    ) -> None:
        assert how != "open"
        self._later(moment, FindingClosed(fingerprint=fingerprint, rule=rule, how=how, file=file, block=block))

    def _judge(self, moment: datetime, file: str, block: str) -> None:
        """Perhaps somebody reviews the block."""
        if self._random.random() > 0.55:
            return
        review = Review(
            file=file,
            block=block,
            decision="approved" if self._random.random() < 0.93 else "rejected",
            note="Needs a test for the empty case." if self._random.random() < 0.1 else None,
            by=self._random.choice(_PEOPLE),
        )
        self._later(moment + timedelta(hours=self._random.expovariate(1 / 30)), review)

    def _interrupt(self, moment: datetime) -> None:
        what: GapWhat = self._random.choice(("client-off", "changed-unseen", "block-lost"))
        file = self._random.choice(self._files)
        since = moment - timedelta(minutes=self._random.randrange(5, 600))
        live = self._live.get(file)
        gap = Gap(
            what=what,
            file=file,
            since=format_time(since),
            until=format_time(moment),
            count=self._random.randrange(1, 60),
            block=live[0] if what == "block-lost" and live is not None else None,
        )
        self._later(moment, gap)
        if self._random.random() < 0.3:
            self._later(moment, HintUnmatched(file=file, origin=_SOURCES[0].origin, why="no-change"))

    def _file(self) -> str:
        pick = self._random.choice
        ending, folder = pick((("py", "src"), ("py", "services"), ("ts", "web"), ("js", "web"), ("py", "tools")))
        return f"{folder}/{pick(NOUNS)}/{pick(VERBS)}_{pick(NOUNS)}.{ending}"

    def _code(self, file: str, flaws: list[Flaw]) -> str:
        """A function with some statements, the flaws among the first of its lines."""
        language = PYTHON if file.endswith(".py") else JAVASCRIPT
        statements = [self._random.choice(language.statements) for _ in range(self._random.randrange(1, 6))]
        body = [language.indent + line for statement in statements for line in statement.splitlines()]
        bad = [language.indent + flaw.line for flaw in flaws]
        return self._words("\n".join((*bad, language.opening, *body, language.closing, "")))

    def _words(self, template: str) -> str:
        pick = self._random.choice
        noun, other, verb = pick(NOUNS), pick(NOUNS), pick(VERBS)
        names = {"n": noun, "m": other, "v": verb, "f": f"{verb}_{noun}", "a": f"{noun}s", "b": f"{other}_map"}
        return Template(template).safe_substitute(names | {"i": "7", "j": "40", "k": "1", "me": ""})


def lapses(bodies: Iterator[tuple[datetime, Body]]) -> Iterator[tuple[datetime, str, Body]]:
    """The same with ids of entries, and with a lapse for each review whose block was rewritten later."""
    reviews: dict[str, str] = {}
    for time, body in bodies:
        name = new_id()
        yield time, name, body
        if isinstance(body, Review):
            reviews[body.block] = name
        if isinstance(body, Insertion):
            for block in body.replaces:
                review = reviews.pop(block, None)
                if review is not None:
                    lapse = Lapse(subject=review, of="review", why="rewritten", file=body.file, block=block)
                    yield time + timedelta(seconds=1), new_id(), lapse


def write(database: Path, *, blocks: int, seed: int = 1, files: int | None = None) -> int:
    """Write a log with so many blocks; gives how many entries it has, the one about its key not counted."""
    log = LogDatabase(database, new_id())
    run = new_id()
    events = lapses(Story(seed, blocks, files).bodies())
    size = 0
    try:
        while some := list(islice(events, _BATCH)):
            log.append([seal(Entry(name, run, format_time(at), body), keep_prompts=True) for at, name, body in some])
            size += len(some)
    finally:
        log.close()
    return size


def main() -> None:
    """Write a log as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--blocks", type=int, default=2_000)
    parser.add_argument("--files", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = write(options.database, blocks=options.blocks, seed=options.seed, files=options.files)
    print(f"{size} entries in {options.database}")  # noqa: T201 - it is a program


if __name__ == "__main__":
    main()
