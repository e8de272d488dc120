"""Files that a shell has moved: their blocks are there when they are opened by their new name."""

from __future__ import annotations

import asyncio

import pytest
from tests.e2e.lsp import COMPLETION, FAST, IMPORTS, SHELL, SHELL_AT, fresh, session, until_logged

from leery.log.reader import LogReader
from leery.paths import log_path, state_path
from leery.provenance.moved import lost_of
from leery.provenance.store import Store

pytestmark = pytest.mark.slow


def has(kind, **values):
    """Whether entries hold one of a kind with these values."""
    return lambda entries: any(
        entry["type"] == kind and values.items() <= {name: entry.get(name) for name in values}.items()
        for entry in entries
    )


async def inserted(editor, place):
    """A page with an insecure completion, whose finding is logged, and its block."""
    page = editor.page(IMPORTS, (place / "a.py").as_uri())
    page.insert(len(page.text), fresh(SHELL), COMPLETION)
    assert SHELL_AT in [page.excerpt(item["range"]) for item in await page.diagnostics()]
    (place / "a.py").write_text(page.text)
    page.save()
    await until_logged(editor, place, has("finding-opened", file="a.py"), "the finding")
    (block,) = await page.blocks()
    return page, block


async def until_block(page, wanted):
    """The block of that id, once the page has it."""
    for _ in range(600):
        for block in await page.blocks():
            if block["id"] == wanted:
                return block
        await asyncio.sleep(0.1)
    raise AssertionError(wanted)


def stored(place):
    store = Store(state_path(place), place, lambda notice: pytest.fail(notice.message), "read")
    try:
        known = store.documents()
        assert lost_of(known) == []
        return {uri.rpartition("/")[2]: blocks for uri, blocks in known.items()}
    finally:
        store.close()


async def test_a_file_moved_while_no_server_ran(place):
    async with session(place.parent, options=FAST) as editor:
        _, block = await inserted(editor, place)
    (place / "a.py").rename(place / "moved.py")
    (place / "moved.py").write_text("# a head\n" + (place / "moved.py").read_text())
    async with session(place.parent, options=FAST) as editor:
        page = editor.page((place / "moved.py").read_text(), (place / "moved.py").as_uri())
        found = await until_block(page, block["id"])
        assert (found["origin"], SHELL_AT in page.excerpt(found["ranges"][0])) == (block["origin"], True)
        assert SHELL_AT in [page.excerpt(item["range"]) for item in await page.diagnostics()]
        await until_logged(editor, place, has("finding-opened", file="moved.py", block=block["id"]), "it by its name")
        other = editor.page((place / "moved.py").read_text(), (place / "copy.py").as_uri())
        assert block["id"] not in [one["id"] for one in await other.blocks()]
    assert block["id"] in stored(place)["moved.py"]
    assert "a.py" not in stored(place)
    bodies = [record.body for record in LogReader(log_path(place)).records()]
    assert [(one.how, one.file) for one in bodies if one.type == "finding-closed"] == [("removed", "a.py")]
    assert next((one.file, one.detail) for one in bodies if one.type == "gap") == ("moved.py", "moved")


async def test_a_file_moved_while_it_was_open_and_then_closed(place):
    async with session(place.parent, options=FAST) as editor:
        page, block = await inserted(editor, place)
        (place / "a.py").rename(place / "moved.py")
        page.close()
        moved = editor.page((place / "moved.py").read_text(), (place / "moved.py").as_uri())
        await until_block(moved, block["id"])
        again = editor.page(IMPORTS, (place / "a.py").as_uri())
        assert await again.blocks() == []
    assert block["id"] in stored(place)["moved.py"]


async def test_a_file_moved_while_it_is_open_is_known_by_both_names(place):
    async with session(place.parent, options=FAST) as editor:
        page, block = await inserted(editor, place)
        (place / "a.py").rename(place / "moved.py")
        moved = editor.page((place / "moved.py").read_text(), (place / "moved.py").as_uri())
        found = await until_block(moved, block["id"])
        assert found["origin"] == block["origin"]
        assert [one["id"] for one in await page.blocks()] == [block["id"]]
        page.close()
    assert block["id"] in stored(place)["moved.py"]
