"""A review that ``leery review`` takes beside a running server: the editor shows it, and it lapses like any other."""

from __future__ import annotations

import asyncio

from tests.e2e.lsp import COMPLETION, FAST, IMPORTS, SHELL, fresh, session, until_logged

from leery.batch.reviews import Reviews
from leery.config import Config


def approve(folder):
    """What a person does in a terminal; the block and the digest it is bound to."""
    with Reviews(folder, [folder], Config(engines_semgrep=False, engines_bandit=False), 1) as reviews:
        (item,) = reviews.search()
        reviews.decide(item, "approved", "seen")
        assert reviews.search() == []
    return item.block, item.content


async def test_the_editor_takes_it_over_and_it_lapses_with_the_text(place):
    async with session(place.parent, options=FAST) as editor:
        page = editor.page(IMPORTS, (place / "a.py").as_uri())
        page.insert(len(page.text), fresh(SHELL), COMPLETION)
        await page.diagnostics()
        (place / "a.py").write_text(page.text)
        await until_logged(editor, place, lambda entries: any(e["type"] == "insertion" for e in entries), "insertion")
        block, content = await asyncio.to_thread(approve, place)

        async def state():
            (shown,) = await page.blocks()
            return shown["state"]

        page.replace(0, 0, "# a note\n")
        for _ in range(300):
            if await state() == "reviewed":
                break
            await asyncio.sleep(0.1)
        assert await state() == "reviewed"
        page.insert(page.text.index("name"), "other, ", COMPLETION)
        entries = await until_logged(
            editor, place, lambda entries: any(e["type"] == "lapse" for e in entries), "the lapse"
        )
        (review,) = [entry for entry in entries if entry["type"] == "review"]
        (lapse,) = [entry for entry in entries if entry["type"] == "lapse"]
        assert (review["block"], review["content"], review["note"], review["decision"]) == (
            block, content, "seen", "approved",
        )  # fmt: skip
        assert (lapse["subject"], lapse["of"], lapse["why"], lapse["block"]) == (
            review["id"], "review", "rewritten", block,
        )  # fmt: skip


async def test_a_document_that_is_opened_afterwards_has_it(place):
    async with session(place.parent, options=FAST) as editor:
        uri = (place / "a.py").as_uri()
        page = editor.page(IMPORTS, uri)
        page.insert(len(page.text), fresh(SHELL), COMPLETION)
        await page.diagnostics()
        (place / "a.py").write_text(page.text)
        await until_logged(editor, place, lambda entries: any(e["type"] == "insertion" for e in entries), "insertion")
        text = page.text
        page.close()
        block, _ = await asyncio.to_thread(approve, place)
        again = editor.page(text, uri)
        await again.diagnostics()
        assert [(shown["id"], shown["state"]) for shown in await again.blocks()] == [(block, "reviewed")]
