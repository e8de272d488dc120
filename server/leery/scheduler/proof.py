"""Proves a fix before it is offered: applied to a copy, parsed, analysed again by every engine.

Must not change a document or judge by itself; `leery_analyzers.proof` says what it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery.workers import WorkerDiedError
from leery_analyzers.proof import believed, holds, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leery.scheduler.scheduler import Scheduler
    from leery.scheduler.target import Seen
    from leery_analyzers.model import Finding
    from leery_analyzers.proof import Said
    from leery_analyzers.text import TextEdit


async def prove(scheduler: Scheduler, name: str, finding: Finding, edits: Sequence[TextEdit]) -> bool:
    """Whether the edits take the finding away and bring nothing new; False also when that cannot be known.

    Args:
        scheduler: has the target.
        name: the target.
        finding: as shown, in absolute offsets of the target's present text.
        edits: simultaneous, of the same text.
    """
    text, language = scheduler.text(name), scheduler.language(name)
    if text is None or language is None:
        return False
    before_places, after_places = places(finding, edits, text, language)
    try:
        before = await scheduler.around(name, before_places)
        after, parses = await scheduler.preview(name, edits, after_places)
    except WorkerDiedError:
        return False
    if not parses:
        return False
    return holds(finding, await _said(scheduler, name, before), await _said(scheduler, name, after))


async def _said(scheduler: Scheduler, name: str, seen: Seen) -> Said:
    """What all engines say, as far as dataflow does not refute it."""
    slow = await scheduler.slow_reports(name, [unit for unit, _ in seen.units])
    return believed([(unit.start, report) for unit, report in (*seen.units, *slow)], seen.flows)
