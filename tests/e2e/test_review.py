"""What is decided beside a running server: its editor shows it at once, and a review lapses like any other."""

from __future__ import annotations

import asyncio

from lsprotocol import types
from tests.e2e.lsp import COMPLETION, FAST, IMPORTS, SHELL, SHELL_AT, Page, fresh, session, until_logged
from tests.server.cli.terminal import PROMPT, Terminal

from leery.paths import state_path


def approve(folder):
    """What a person does in a terminal."""
    with Terminal(folder=folder) as terminal:
        terminal.until(PROMPT)
        terminal.press("a")
        code, last = terminal.end()
    assert (code, "1 approved" in last) == (0, True)


async def inserted(editor, place):
    """A page with an insecure completion, whose insertion is logged."""
    page = editor.page(IMPORTS, (place / "a.py").as_uri())
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    assert SHELL_AT in [page.excerpt(item["range"]) for item in await page.diagnostics()]
    (place / "a.py").write_text(page.text)
    await until_logged(editor, place, lambda entries: any(e["type"] == "finding-opened" for e in entries), "insertion")
    return page


async def until_state(page, wanted):
    """Wait until the page's one block stands so with reviewers."""
    for _ in range(600):
        (shown,) = await page.blocks()
        if shown["state"] == wanted:
            return shown["id"]
        await asyncio.sleep(0.1)
    raise AssertionError(shown)


async def test_a_review_in_a_terminal_is_seen_without_an_edit_and_lapses_with_the_text(place):
    async with session(place.parent, options=FAST) as editor:
        page = await inserted(editor, place)
        assert "Mark reviewed" in await lenses(page)
        told = len(editor.said)
        await asyncio.to_thread(approve, place)
        await editor.until(
            lambda: {"uri": page.uri} in editor.heard_of("leery/blocksChanged", since=told), "word of the review"
        )
        block = await until_state(page, "reviewed")
        await editor.until(lambda: editor.heard_of("leery/status")[-1]["unreviewed"] == 0, "another count")
        assert "Mark reviewed" not in await lenses(page)
        page.insert(page.text.index("name"), "other, ", COMPLETION)
        entries = await until_logged(
            editor, place, lambda entries: any(e["type"] == "lapse" for e in entries), "the lapse"
        )
        (review,) = [entry for entry in entries if entry["type"] == "review"]
        (lapse,) = [entry for entry in entries if entry["type"] == "lapse"]
        assert (review["block"], review["decision"]) == (block, "approved")
        assert (lapse["subject"], lapse["of"], lapse["why"], lapse["block"]) == (
            review["id"], "review", "rewritten", block,
        )  # fmt: skip


async def lenses(page: Page):
    """The titles of the page's lenses, in one text."""
    found = await page.editor.ask(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(page.identifier))
    return " | ".join(lens["command"]["title"] for lens in found)


async def test_a_document_that_is_opened_afterwards_has_it(place):
    async with session(place.parent, options=FAST) as editor:
        page = await inserted(editor, place)
        page.close()
        await asyncio.to_thread(approve, place)
        again = editor.page(page.text, page.uri)
        await again.diagnostics()
        assert [shown["state"] for shown in await again.blocks()] == ["reviewed"]


async def test_what_is_suppressed_in_one_editor_is_suppressed_in_the_other(place):
    async with session(place.parent, options=FAST) as one, session(place.parent, options=FAST) as other:
        here = await inserted(one, place)
        there = other.page(here.text, here.uri)
        (shown,) = await there.blocks()
        found = [item for item in await there.diagnostics() if there.excerpt(item["range"]) == SHELL_AT]
        assert found
        there.type(0, "#\n")
        for item in found:
            argument = {"uri": here.uri, "fingerprint": item["data"]["fingerprint"], "reason": "checked before"}
            await one.command("leery.suppress", argument)
        await other.until(
            lambda: SHELL_AT not in [there.excerpt(item["range"]) for item in there.pushed()], "no finding any more"
        )
        entries = await until_logged(
            one, place, lambda entries: [e for e in entries if e["type"] == "finding-closed"], "the closing"
        )
        assert {e["how"] for e in entries if e["type"] == "finding-closed"} == {"suppressed"}
        assert shown["id"] in {e["block"] for e in entries if e["type"] == "suppression"}


async def test_a_damaged_record_is_begun_anew_and_the_log_says_so(place):
    async with session(place.parent, options=FAST) as editor:
        await inserted(editor, place)
    database = state_path(place) / "tracker.db"
    database.write_bytes(b"garbage" * 2000)
    async with session(place.parent, options=FAST) as editor:
        editor.page((place / "a.py").read_text(), (place / "a.py").as_uri())
        entries = await until_logged(
            editor, place, lambda entries: any(e["type"] == "gap" for e in entries), "what is lost"
        )
    (gap,) = [entry for entry in entries if entry["type"] == "gap"]
    assert (gap["what"], gap["detail"]) == ("block-lost", "tracker-damaged")
    assert database.with_name("tracker.db.damaged-1").read_bytes() == b"garbage" * 2000
