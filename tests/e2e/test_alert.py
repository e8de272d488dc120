"""The alert: too many of the last days' insertions were insecure. Told once, and kept in the log."""

from __future__ import annotations

import asyncio

from tests.e2e.lsp import COMPLETION, FAST, IMPORTS, SHELL, fresh, log_entries, session, until_logged

from leery.log.body import FindingOpened, Insertion, LoggedOrigin
from leery.log.reader import LogReader
from leery.log.writer import LogWriter
from leery.paths import log_path

ORIGIN = LoggedOrigin(kind="agent", evidence="reported", assistant="claude-code")


def fill(folder, insertions, insecure):
    """A log with so many insertions of just now."""
    with LogWriter(log_path(folder)) as writer:
        for number in range(insertions):
            writer.append(Insertion(file="old.py", block=f"b{number}", origin=ORIGIN, lines=((1, 2),)))
            if number < insecure:
                writer.append(
                    FindingOpened(
                        fingerprint=f"f{number}", rule="r", severity="high", confidence="high", file="old.py", line=1,
                        block=f"b{number}",
                    )
                )  # fmt: skip


def warnings(editor):
    messages = [item["message"] for item in editor.heard_of("window/showMessage")]
    return [message for message in messages if "insertions" in message]


async def work(editor):
    """Something is inserted and found; what is in the log then."""
    page = editor.page(IMPORTS)
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    await page.diagnostics()
    return page


async def test_too_many_insecure_insertions_are_told_once_and_kept(place):
    fill(place, 9, 4)
    async with session(place.parent, options=FAST) as editor:
        await work(editor)
        (message,) = await editor.until(lambda: warnings(editor), "the alert")
        assert "insertions" in message
        assert "in workspace had security findings; the limit is 30 %" in message
        entries = await until_logged(
            editor, place, lambda entries: any(e.get("what") == "alert" for e in entries), "the alert's entry"
        )
        (alert,) = [entry for entry in entries if entry.get("what") == "alert"]
        assert alert["type"] == "gap"
        assert alert["detail"] in {f"{share}, limit 30 %" for share in ("4 of 9", "4 of 10", "5 of 10")}
        assert alert["detail"].startswith(f"{alert['count']} of ")
        assert alert["since"] < alert["until"]
        await work(editor)
        await asyncio.sleep(1)
        assert warnings(editor) == [message]
    assert [e for e in log_entries(place.parent / "home", place) if e.get("what") == "alert"] == [alert]


async def test_few_insertions_or_another_threshold_raise_no_alert(place):
    fill(place, 9, 4)
    async with session(place.parent, options={**FAST, "trusted": True, "alert": {"threshold": 90}}) as editor:
        await work(editor)
        await asyncio.sleep(2)
        assert warnings(editor) == []
    kinds = [record.type for record in LogReader(log_path(place)).records()]
    assert "gap" not in kinds
