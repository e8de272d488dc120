"""Many units or files at once, by direct calls of ``semgrep-core``: for `leery scan` and when no resident answers.

Everything is copied into a private folder first, so that what is matched is what was read. A file that brings the
process down is found by halving and gets a notice; the others keep their findings.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import TYPE_CHECKING

from leery_analyzers.analyzer import Unit
from leery_analyzers.model import Report
from leery_analyzers.semgrep.binary import Room, find_core
from leery_analyzers.semgrep.core import CoreError, conditions, match
from leery_analyzers.semgrep.languages import LANGUAGES, language_of
from leery_analyzers.semgrep.pack import RuleSet, load_rules
from leery_analyzers.semgrep.prefilter import Prefilter
from leery_analyzers.semgrep.results import notice, report_of
from leery_analyzers.semgrep.slices import Slice, slice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

MAX_BYTES = 1_000_000
"""Longer texts are not looked at, as in semgrep itself: its time grows faster than the text."""

MISSING = "semgrep is not installed, so its rules are not applied: pip install 'leery[semgrep]' adds it."
_CHUNK = 400
_CHUNK_SECONDS = 300.0
_numbers = itertools.count(1)


def scan_files(
    paths: Sequence[Path],
    rules: RuleSet | None = None,
    jobs: int = 1,
    *,
    core: Path | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> dict[Path, Report]:
    """Whole files, by path; must not be called where an event loop runs.

    Args:
        paths: a file whose name tells no known language gets an empty report.
        rules: our own when not given.
        jobs: processor cores to use.
        core: ``semgrep-core``; looked up when not given.
        on_progress: called with the number of files done so far.
    """
    units: dict[Path, Unit] = {}
    reports: dict[Path, Report] = {}
    for path in paths:
        language = language_of(path)
        if language is None:
            reports[path] = Report()
            continue
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            reports[path] = Report((), (notice("crash", f"the file cannot be read: {type(error).__name__}."),))
            continue
        units[path] = Unit(language, "file", "", 0, 0, text)
    found = asyncio.run(scan_units(list(units.values()), rules, jobs, core=core, on_progress=on_progress))
    reports.update(zip(units, found, strict=True))
    return {path: reports[path] for path in paths}


async def scan_units(
    units: Sequence[Unit],
    rules: RuleSet | None = None,
    jobs: int = 1,
    *,
    core: Path | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> list[Report]:
    """A report for every unit, in their order, equal to what the resident engine gives for it.

    Args: as in `scan_files`, `on_progress` counts units.
    """
    program = core or find_core()
    if program is None:
        return [Report((), (notice("missing", MISSING),)) for _ in units]
    known = rules if rules is not None else await asyncio.to_thread(load_rules)
    room = await asyncio.to_thread(Room)
    try:
        reports: list[Report] = []
        for start in range(0, len(units), _CHUNK):
            chunk = units[start : start + _CHUNK]
            reports += await match_units(program, room, known, chunk, jobs=jobs, timeout=_CHUNK_SECONDS)
            if on_progress is not None:
                on_progress(len(reports))
        return reports
    finally:
        await asyncio.to_thread(room.remove)


async def prefilter_of(core: Path, room: Room, rules: RuleSet) -> Prefilter | None:
    """The conditions of the rules; None when semgrep does not tell them.

    Args: as in `match_units`.
    """
    folder = room.folder(f"prefilter-{next(_numbers)}")
    try:
        return await asyncio.to_thread(Prefilter, rules, await conditions(core, room, folder, rules))
    except (CoreError, OSError) as error:
        logger.info("semgrep is asked about every unit: %s", type(error).__name__)
        return None
    finally:
        await asyncio.to_thread(_remove, folder)


async def match_units(
    core: Path,
    room: Room,
    rules: RuleSet,
    units: Sequence[Unit],
    *,
    jobs: int = 1,
    timeout: float,
) -> list[Report]:
    """A report for every unit, in their order, by direct calls.

    Args:
        core: ``semgrep-core``.
        room: where it runs.
        rules: those it accepts.
        units: of any language.
        jobs: processor cores to use.
        timeout: seconds for one call.
    """
    reports: list[Report] = [refusal(unit) or Report() for unit in units]
    todo = [(number, slice_of(unit)) for number, unit in enumerate(units) if refusal(unit) is None]
    if todo and rules.by_id:
        found = await _match([piece for _, piece in todo], core, room, rules, jobs, timeout)
        for (number, _), report in zip(todo, found, strict=True):
            reports[number] = report
    return reports


def refusal(unit: Unit) -> Report | None:
    """The report on a unit that semgrep is not asked about; None when it is."""
    if unit.language not in LANGUAGES or not unit.text.strip():
        return Report()
    if len(unit.text) > MAX_BYTES:
        text = f"semgrep does not look at code longer than {MAX_BYTES:,} characters."
        return Report((), (notice("limit", text),))
    return None


async def _match(
    pieces: list[Slice],
    core: Path,
    room: Room,
    rules: RuleSet,
    jobs: int,
    timeout: float,
) -> list[Report]:
    try:
        return await _call(pieces, core, room, rules, jobs, timeout)
    except asyncio.TimeoutError:
        reason = notice("timeout")
    except CoreError as error:
        reason = notice("crash", f"{error}, so its rules were not applied to this code.")
    except OSError as error:
        reason = notice("crash", f"semgrep could not be run: {error.strerror or type(error).__name__}.")
    if len(pieces) == 1:
        return [Report((), (reason,))]
    half = len(pieces) // 2
    return [
        *await _match(pieces[:half], core, room, rules, jobs, timeout),
        *await _match(pieces[half:], core, room, rules, jobs, timeout),
    ]


async def _call(
    pieces: list[Slice],
    core: Path,
    room: Room,
    rules: RuleSet,
    jobs: int,
    timeout: float,
) -> list[Report]:
    folder = room.folder(f"direct-{next(_numbers)}")
    try:
        files = await asyncio.to_thread(_write, pieces, folder)
        contents = {path: (piece.language, piece.data) for path, piece in files.items()}
        answers = await match(core, room, folder, rules, contents, jobs=jobs, timeout=timeout)
    finally:
        await asyncio.to_thread(_remove, folder)
    return [report_of(piece, answers[path].hits, answers[path].problems, rules) for path, piece in files.items()]


def _write(pieces: list[Slice], folder: Path) -> dict[Path, Slice]:
    files = {folder / f"s{number}{LANGUAGES[piece.language].suffix}": piece for number, piece in enumerate(pieces)}
    for path, piece in files.items():
        path.write_bytes(piece.data)
    return files


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink(missing_ok=True)
    folder.rmdir()
