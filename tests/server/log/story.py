"""A small log whose every figure can be told by hand, for the tests of summary and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from leery.log.entry import Entry, new_id, seal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from leery.log.body import Body

CLAUDE = LoggedOrigin(
    kind="agent", evidence="reported", assistant="claude-code", model="sonnet", session="s1", prompt="t1"
)
COPILOT = LoggedOrigin(kind="completion", evidence="observed", assistant="copilot")
BO = "Bo <bo@example.org>"
PASTE = LoggedOrigin(kind="paste", evidence="observed")


def at(day: int, minute: int = 0, month: int = 3) -> str:
    return f"2026-{month:02}-{day:02}T10:{minute:02}:00.000000Z"


def inserted(block: str, file: str, origin: LoggedOrigin, first: int, last: int, **more: Any) -> Insertion:
    code = "".join(f"line {number}\n" for number in range(first, last + 1))
    return Insertion(
        file=file, block=block, origin=origin, language="python", lines=((first, last),), code=code, **more
    )


def opened(fingerprint: str, rule: str, cwe: tuple[str, ...], severity: str, file: str, line: int, block: str) -> Body:
    return FindingOpened(
        fingerprint=fingerprint, rule=rule, cwe=cwe, engines=("checks",), severity=severity, confidence="high",
        file=file, line=line, block=block, versions={"checks": "1"}, message=f"{rule} here",
    )  # fmt: skip


def closed(fingerprint: str, rule: str, how: Any, file: str, block: str) -> Body:
    return FindingClosed(fingerprint=fingerprint, rule=rule, how=how, file=file, block=block)


def fixed(fingerprint: str, rule: str, file: str, block: str) -> Body:
    return FixApplied(
        fingerprint=fingerprint, rule=rule, applicability="safe", file=file, block=block, title="Bind the value"
    )


def suppressed(fingerprint: str, rule: str, file: str, block: str | None, expires: str) -> Body:
    return Suppression(
        fingerprint=fingerprint, rule=rule, file=file, block=block, expires=expires, reason="internal only", by=BO
    )


STORY: list[tuple[str, Body]] = [
    (at(2), inserted("a1", "src/a.py", CLAUDE, 1, 10, prompt="write a")),
    (at(2, 1), opened("f1", "sql-injection", ("CWE-89",), "high", "src/a.py", 3, "a1")),
    (at(2, 2), fixed("f1", "sql-injection", "src/a.py", "a1")),
    (at(2, 3), closed("f1", "sql-injection", "fixed", "src/a.py", "a1")),
    (at(3), Review(file="src/a.py", block="a1", decision="approved", note="fine", by="Ana <ana@example.org>")),
    (at(4), inserted("b1", "src/b.py", COPILOT, 5, 9)),
    (at(4, 1), opened("f2", "weak-digest", ("CWE-328", "CWE-327"), "medium", "src/b.py", 6, "b1")),
    (at(5), inserted("c1", "web/c.js", PASTE, 1, 5)),
    (at(5, 1), opened("f3", "request-without-timeout", ("CWE-400",), "low", "web/c.js", 2, "c1")),
    (at(5, 2), suppressed("f3", "request-without-timeout", "web/c.js", "c1", "2026-04-10")),
    (at(5, 3), closed("f3", "request-without-timeout", "suppressed", "web/c.js", "c1")),
    (at(9), inserted("a2", "src/a.py", CLAUDE, 2, 6, replaces=("a1",))),
    (at(9, 1), opened("f4", "sql-injection", ("CWE-89",), "high", "src/a.py", 3, "a2")),
    (at(9, 2), opened("f5", "code-eval", ("CWE-95", "CWE-94"), "high", "src/a.py", 5, "a2")),
    (at(10), Gap(what="client-off", file="src/b.py", since=at(9, 30), until=at(10), count=3)),
    (at(11), Gap(what="block-lost", file="web/c.js", block="c1", count=7)),
    (at(12), HintUnmatched(file="src/b.py", origin=CLAUDE, why="no-change")),
    (at(13), suppressed("f9", "debug-mode", "src/d.py", None, "2026-12-31")),
]  # fmt: skip


def write(database: Path, story: Iterable[tuple[str, Body]] = STORY, *, prompts: bool = True) -> list[str]:
    """Write a story, with a lapse of the review of `a1` behind each block that replaces it; gives the ids."""
    log = LogDatabase(database, run := new_id())
    ids: list[str] = []
    try:
        for time, body in story:
            ids.append(new_id())
            log.append([seal(Entry(ids[-1], run, time, body), keep_prompts=prompts)])
    finally:
        log.close()
    return ids


def lapse_of(subject: str, time: str = at(9, 3)) -> tuple[str, Body]:
    return time, Lapse(subject=subject, of="review", why="rewritten", file="src/a.py", block="a1")
